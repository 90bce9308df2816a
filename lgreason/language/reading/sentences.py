"""From the text of a sentence to what it says, or to the first place where it makes no sense.

The parser is lark's. The words are found here: the longest that the grammar admits at a place, for Thai writes no
spaces. Numbers of items such as (1) (2) or ก. ข. are turned into brackets, so that lists may stand in lists.
"""

from __future__ import annotations

from lgreason.language.grammar.nodes import Node
from lgreason.language.grammar.plain import plain_sentence
from lgreason.language.reading.choices import Admitting, ReadWord
from lgreason.language.reading.faults import Fault
from lgreason.language.reading.parsing import Continuation, Parsing

MOST_SIGNS = 20_000
MOST_REFUSED = 8


class Sentences(Admitting):
    """Reads sentences in one language over one vocabulary."""

    def read(self, written: str, offset: int = 0) -> Node | Fault:
        """What a sentence says; `offset` is where it begins in its file."""
        if len(written) > MOST_SIGNS:
            return Fault(
                "rule_sentence_too_long", (offset, offset + 1), {"most": MOST_SIGNS, "found": len(written)}
            )
        plain = plain_sentence(written)
        reading = Parsing(self, plain, offset)
        said = reading.node()
        # The longest word is not always the one meant: "workload, score of" are two, though "workload score" is one.
        # Where the text makes no sense right after a word, it is read again without that word.
        refused: frozenset[ReadWord] = frozenset()
        while isinstance(said, Fault) and reading.last is not None and len(refused) < MOST_REFUSED:
            refused |= {reading.last}
            again = Parsing(self, plain, offset, refused, until=reading.reached)
            other = again.node()
            if isinstance(other, Fault) and again.reached <= reading.reached:
                if again.last is None or again.last in refused or again.reached < reading.reached:
                    break
                reading = again
                continue
            reading, said = again, other
        return said

    def offers(self, written: str) -> list[Continuation]:
        """The words with which a sentence that is being written may go on, or that complete what was begun of one."""
        return Parsing(self, plain_sentence(written), 0).offers()
