"""What a sentence that is not read may have meant, told in words that are read and come to the same.

A proposal holds every name, number, unit, bound, denial and conjunction of the author's sentence; stretches that
nothing knows are named with it. Where two things may be meant both are proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lgreason.language.grammar.grammars import Grammar
from lgreason.language.grammar.nodes import Node
from lgreason.language.grammar.plain import plain_sentence
from lgreason.language.meaning.clause import Meaning
from lgreason.language.meaning.meaning import meaning
from lgreason.language.proposing.contents import ContentFinder
from lgreason.language.proposing.searching import Meant, TreeSearch
from lgreason.language.proposing.varying import varied, worded
from lgreason.language.reading.faults import Edit
from lgreason.language.reading.sentences import Sentences
from lgreason.language.wording.writer import Writer
from lgreason.language.writing.telling import demands_of

LONGEST = 600
"""A sentence of more characters is not looked at: it wants to be cut into items."""
MOST = 2
LIKE = 0.7
"""How like a word must be to what was written to be no other word than that, misspelt."""
MOST_TREES = 12
MOST_UNREAD = 0.4
"""Of the signs of a sentence so many may not be understood; of more, nobody can tell what it means."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence that may stand for the author's, and the author's stretches that it does not hold."""

    text: str
    unread: tuple[str, ...] = ()


class Proposing:
    """Proposes sentences in one language."""

    def __init__(self, sentences: Sentences, units: Callable[[str], tuple[str, ...]]) -> None:
        """Take what reads sentences, and the units of quantities."""
        self._sentences = sentences
        self._units = units
        self._writer = Writer(sentences.grammar.language, sentences.lexicon)
        self._search = TreeSearch(sentences)
        self.contents = ContentFinder(sentences)

    def proposals(self, written: str) -> tuple[Proposal, ...]:
        """What may have been meant, the likeliest first: at most two, none where no sentence holds all of it."""
        if len(written) > LONGEST or "\n(" in written:
            return ()
        found: dict[str, Proposal] = {}
        cost: float | None = None
        for text in self._ordered(written):
            for meant in self._trees(text):
                if cost is not None and meant.cost > cost:
                    break
                for comes_to, proposal in self._told(written, text, meant):
                    cost = meant.cost
                    found.setdefault(comes_to, proposal)
                    if len(found) == MOST:
                        return tuple(found.values())
            if found:
                break
        return tuple(found.values())

    def _ordered(self, written: str) -> Iterator[str]:
        """The sentence, and with what stands before its "must" moved behind its verb: «ปริญญาโท ต้องได้รับ …»."""
        yield written
        plain = plain_sentence(written)
        bits = self.contents.bits(plain)
        spellings = self._sentences.grammar.spellings
        musts = {word for name in _musts(self._sentences.grammar) for word in spellings[name]}
        at = next((n for n, bit in enumerate(bits) if plain.text[bit.start : bit.end] in musts), None)
        if not at or at + 2 >= len(bits) or not any(bit.names for bit in bits[:at]):
            return
        pieces = [plain.as_written(bit.start, bit.end) for bit in bits]
        for verbs in (1, 2):
            yield " ".join((*pieces[at : at + 1 + verbs], *pieces[:at], *pieces[at + 1 + verbs :]))

    def _trees(self, written: str) -> Iterator[Meant]:
        plain = plain_sentence(written)
        bits = self.contents.bits(plain)
        unread = sum(bit.end - bit.start for bit in bits if not bit.known)
        if not self.contents.whole(plain, bits) or unread > MOST_UNREAD * len(plain.text):
            return
        for number, meant in enumerate(
            self._search.trees(plain, bits, lambda at: self.contents.passable(plain, bits, at))
        ):
            if number == MOST_TREES:
                return
            yield meant

    def _told(self, written: str, ordered: str, meant: Meant) -> Iterator[tuple[str, Proposal]]:
        plain = plain_sentence(ordered)
        unread = tuple(plain.as_written(*stretch) for stretch in meant.unread)
        for node in varied(meant.node, self._sentences.lexicon.declared, plain):
            comes_to = self._comes_to(node)
            if comes_to is None:
                continue
            text = next(
                (
                    text
                    for other in worded(node, self._sentences.lexicon.declared)
                    if (text := self._sentence(other, comes_to)) and not self.contents.lost(written, text)
                ),
                None,
            )
            if text is not None:
                yield comes_to, Proposal(text, unread)
                if node is meant.node:
                    return

    def _sentence(self, node: Node, comes_to: str) -> str | None:
        """The sentence that says a tree, if it is read back to the same demands."""
        try:
            text = self._writer.sentence(node, own=True)
        except ValueError:
            return None
        again = self._sentences.read(text)
        return text if isinstance(again, Node) and self._comes_to(again) == comes_to else None

    def sound(self, written: str, edits: Sequence[Edit]) -> bool:
        """Whether the sentence is read without a fault once it is changed, and has lost nothing."""
        other = _changed(written, edits)
        said = self._sentences.read(other)
        read = isinstance(said, Node) and self._comes_to(said) is not None
        return read and not self.loses(written, edits)

    def loses(self, written: str, edits: Sequence[Edit]) -> bool:
        """Whether changes of single words lose a name, number, bound, denial or conjunction, or invent one."""
        if any(edit.start == edit.end and self._invents(written, edit) for edit in edits):
            return True
        spelt = _changed(
            written, [edit for edit in edits if self.spelt(written[edit.start : edit.end], edit.text)]
        )
        return bool(self.contents.lost(spelt, _changed(written, edits), stretches=False))

    @staticmethod
    def spelt(written: str, other: str) -> bool:
        """Whether a word is most likely another one, misspelt."""
        return SequenceMatcher(None, plain_sentence(written).text, plain_sentence(other).text).ratio() >= LIKE

    def _invents(self, written: str, edit: Edit) -> bool:
        """Whether a word that is put in names something of its own: the type of a level does not."""
        with_next = plain_sentence(_changed(written, [edit])).text
        before = len(plain_sentence(written[: edit.start]).text)
        put = len(plain_sentence(edit.text).text)
        whole = any(
            bit.start <= before and bit.end > before + put
            for bit in self.contents.bits(plain_sentence(with_next))
        )
        return self.contents.says(edit.text) and not whole

    def _comes_to(self, node: Node) -> str | None:
        """What a tree demands, to be compared; none where it comes to nothing."""
        whole = (0, 1)
        found: Meaning = meaning("t", node, self._units, whole, self._sentences.lexicon.declared)
        if any(fault.severity == "error" for fault in found.faults) or not found.clauses:
            return None
        return repr((demands_of(found.clauses), found.facts))


def _musts(grammar: Grammar) -> Iterator[str]:
    """The fixed words that say by themselves that something must be."""
    for rule in grammar.rules["_must"]:
        if len(rule.expansion) == 1 and rule.expansion[0].name in grammar.spellings:
            yield rule.expansion[0].name


def _changed(text: str, edits: Sequence[Edit]) -> str:
    pieces, at = [], 0
    for edit in sorted(edits):
        if edit.start >= at:
            pieces += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join([*pieces, text[at:]])
