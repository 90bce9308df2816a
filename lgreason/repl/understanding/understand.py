"""Understanding a sentence: the cheapest way to read it in which everything has its place.

A sentence that is read to its last word is a question. One in which a stretch stays unread, or a name is misspelt, is
never answered as it stands: what it may mean is offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lgreason.repl.lexicon import Lexicon
from lgreason.repl.understanding.chunks import chunks
from lgreason.repl.understanding.frames import fitting, frames
from lgreason.repl.understanding.index import word_index
from lgreason.repl.understanding.lattice import Lattice, SentenceWay
from lgreason.repl.understanding.offering import (
    OF_A_PERSON,
    WITH_A_POST,
)
from lgreason.repl.understanding.offers import Offers
from lgreason.repl.understanding.supposed_facts import supposed_fact
from lgreason.repl.understanding.whole import LONGEST, MOST_WAYS, Understood
from lgreason.words.plain import plain


def understand(line: str, lexicon: Lexicon, today: date | None = None) -> Understood:
    """What a line asks, what it may ask, or why it asks nothing that can be answered."""
    return _Sentence(plain(line[: 4 * LONGEST]), lexicon, today or date.today()).understood()


def prepare() -> None:
    """Read the words, chunks and frames of questions, so that the first question need not wait for them."""
    word_index()
    chunks(())
    frames()


class _Sentence(Offers):
    """A line, with what it comes to."""

    def understood(self) -> Understood:
        text = self._sentence.text
        if not text or len(text) > LONGEST:
            return Understood(fallback="not_a_question_here")
        breaks = frozenset(self._spaces())
        ways = list(Lattice(text, self._lexicon, self._today, breaks=breaks).ways(MOST_WAYS))
        if (found := self._exact(ways)) is not None:
            return found
        if (supposing := supposed_fact(self._sentence, self._lexicon)) is not None:
            return Understood(supposing, sure=True)
        if (two := self._two_questions()) is not None:
            return two
        if (beside := self._beside_an_aside()) is not None:
            return beside
        if (outside := self._outside(ways)) is not None:
            return outside
        ways = list(Lattice(text, self._lexicon, self._today, slips=True).ways(MOST_WAYS)) or ways
        return self._offered(ways)

    def _outside(self, ways: Sequence[SentenceWay]) -> Understood | None:
        """That a sentence asks about what is not here, if its cheapest way to be read says so."""
        for way in ways[:3]:
            tags = {tag for token in way.tokens for tag in token.tags if not token.names}
            if "OUTSIDE" in tags:
                named = next(token for token in way.tokens if "OUTSIDE" in token.tags)
                return Understood(fallback="not_a_question_here", named=self._written(named))
            found = chunks(way.tokens)
            other = [c for c in found or () if self._other_post(c)]
            if found is None or not other:
                continue
            instead = tuple(
                replace(chunk, called=frozenset({"position", "post"})) if chunk in other else chunk
                for chunk in found
            )
            known = tuple(chunk for chunk in instead if "UNREAD" not in chunk.called)
            asks = WITH_A_POST if any("OTHER_TITLE" in chunk.called for chunk in other) else OF_A_PERSON
            if any(frame.ask in asks for frame in fitting(known)):
                token = other[0].tokens[0]
                return Understood(
                    fallback="outside_standard", named=self._written(token, other[0].tokens[-1])
                )
        return None
