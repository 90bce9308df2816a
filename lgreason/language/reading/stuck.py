"""One sentence being read, and what is told where it makes no sense."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lgreason.language.grammar.automaton import Automaton, Value
from lgreason.language.grammar.nodes import Span, WordNode
from lgreason.language.grammar.numbering import (
    ITEM,
    Marker,
)
from lgreason.language.lexicon.lists import CATEGORIES
from lgreason.language.reading.choices import FORMS, ID, NUMBER, Admitting, ReadWord
from lgreason.language.reading.faults import Fault, Stuck
from lgreason.language.reading.hints import NO_HINTS, Hints, hints
from lgreason.words.forms import ends_word
from lgreason.words.plain import Plain, is_thai

MOST_TOLD = 60
_LAST_STOP = re.compile(r"(?:(?<![ก-๎])\.|[ ;])+$")
AS_WRITTEN = frozenset({"NUMERAL", "CLAUSE_ID"})
KEPT = frozenset({*(name for name in CATEGORIES if not name.startswith("_")), *FORMS, "TERM"})
BRACKETS = frozenset({"_BEGIN", "_NEXT", "_END", "$END"})


@dataclass(slots=True)
class List:
    """A list that is open, with the last number in it."""

    marker: Marker


class ReadingPlace:
    """Where the reading of a sentence stands."""

    def __init__(
        self,
        sentences: Admitting,
        plain: Plain,
        offset: int,
        refused: frozenset[ReadWord] = frozenset(),
        until: int = -1,
    ) -> None:
        """Take the text; `refused` are words that are not to be read there, `until` how far another reading came."""
        self._refused = refused
        self._until = until  # a fault no further on than here is of no interest
        self.last: ReadWord | None = None  # where the last word stands that was understood
        self.reached = 0  # how far the text makes sense
        self._sentences = sentences
        self._plain = plain
        self._text = _LAST_STOP.sub("", plain.text)
        self._offset = offset
        self._lists: list[List] = []
        self._marks: list[str] = []
        self._parser = Automaton(sentences.grammar.table)

    def _span(self, start: int, end: int) -> Span:
        starts, offset = self._plain.starts, self._offset
        if start < end <= len(starts):
            return (offset + starts[start], offset + starts[end - 1] + 1)
        first = offset + self._plain.place(start)
        return (first, first)

    def _said(self, span: Span) -> str:
        """What was written at a place of the file."""
        return " ".join(self._plain.written[span[0] - self._offset : span[1] - self._offset].split())

    def _feed(self, terminal: str, value: str, start: int, end: int) -> bool:
        kept: Value = ()
        if terminal in KEPT:
            # What does not fit is seldom made in vain: nearly every word that is found may stand where it is.
            written = self._plain.as_written(start, end) if terminal in AS_WRITTEN else None
            kept = WordNode(terminal, value, self._span(start, end), written)
        place = self._span(start, end) if terminal not in BRACKETS else None
        return self._parser.take(terminal, kept, place)

    def _incomplete(self, at: int | None = None) -> Fault:
        end = len(self._text) if at is None else at
        start = max(0, end - 1)
        found = self._hints(end, "") if self._sentences.looks > 0 else NO_HINTS
        args = self._told(end, found)
        return Fault("rule_incomplete", self._span(start, end), args, stuck=Stuck((), found.fitting))

    def _told(self, at: int, of: Hints, **more: object) -> dict[str, object]:
        """The arguments of a finding: what was understood up to a place, and what could stand there."""
        read = " ".join(self._plain.as_written(0, at).split())
        shown = read if len(read) <= MOST_TOLD else f"…{read[-MOST_TOLD:]}"
        return {"understood": shown, "expected": of.expected, **more}

    def _hints(self, at: int, found: str) -> Hints:
        grammar, lexicon = self._sentences.grammar, self._sentences.lexicon
        admitted = self._sentences.choices(self._parser.state).admitted
        taken = [name for name in admitted if self._parser.takes(name)]
        return hints(grammar, lexicon, taken, self._text, at, found)

    def _fault(self, at: int) -> Fault:
        end = self._stretch(at)
        found = self._text[at:end].strip()
        span = self._span(at, at + len(found))
        shown = self._plain.as_written(at, at + len(found))
        thai = self._sentences.grammar.language == "th"
        known = self._known(at)
        if self._sentences.looks <= 0:
            return Fault(
                "rule_unexpected" if known else "rule_unknown_word",
                span,
                self._told(at, NO_HINTS, found=shown),
            )
        if is_thai(found[0]) != thai and found[0].isalpha() and not known:
            return Fault("rule_other_language", span, {"found": shown})
        self._sentences.looks -= 1
        found_hints = self._hints(at, found)
        near = tuple((word, self._span(at, at + size)) for word, size in found_hints.near)
        stuck = Stuck(near, found_hints.fitting)
        if known or not near:
            code = "rule_unexpected" if known else "rule_unknown_word"
            return Fault(code, span, self._told(at, found_hints, found=shown), stuck=stuck)
        nearest, of = near[0]
        shown = self._plain.as_written(at, at + found_hints.near[0][1])
        args = self._told(at, found_hints, found=shown, nearest=nearest)
        return Fault("rule_unknown_word_nearest", of, args, nearest, stuck=stuck)

    def _known(self, at: int) -> bool:
        """Whether what stands there is a word, though not one that belongs there."""
        grammar = self._sentences.grammar
        rest = self._text[at:]
        if NUMBER.match(rest) or ID.match(rest) or ITEM.match(rest):
            return True
        for word in grammar.fixed:
            if len(word) > 2 and rest.startswith(word) and ends_word(self._text, at + len(word)):
                return True
        return any(
            True
            for terminal in CATEGORIES
            for end in self._sentences.lexicon.words(terminal).at(self._text, at)
            if end - at > 2
        )

    def _stretch(self, at: int) -> int:
        """Where the text that is not understood ends: before the next word of the grammar, number or item."""
        words = [word for word in self._sentences.grammar.fixed if len(word) >= 4]
        thai = self._sentences.grammar.language == "th"
        for end in range(at + 1, min(len(self._text), at + 120)):
            if not thai and self._text[end - 1] != " ":
                continue
            rest = self._text[end:]
            if NUMBER.match(rest) or ITEM.match(rest) or any(rest.startswith(word) for word in words):
                return end
        return min(len(self._text), at + 120)
