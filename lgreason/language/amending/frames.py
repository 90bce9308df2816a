"""Operations of an amending text read whatever the order of their words: what is done, to which provision, how.

A text without its days and instruments is cut into tokens. What lies together is one operation if its parts make one;
a word that is no token ends it, so that nothing which is not understood is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from lgreason.language.amending.changes import (
    Add,
    Operation,
    Quoted,
    Repeal,
    Replace,
    Target,
    TermChanged,
    WordsChanged,
)
from lgreason.language.amending.tokens import VERBS, FramePart, FrameWord, groups, parts, split_places, tokens
from lgreason.language.grammar.nodes import Span


@dataclass(frozen=True, slots=True)
class Framed:
    """Operations and the stretch of text that they explain."""

    start: int
    end: int
    operations: tuple[Operation, ...]


class Parts(Protocol):
    """The text that is read: what a frame takes its parts from."""

    def quoted(self, sign: str) -> Quoted:
        """What was quoted where a sign stands."""

    def target(self, text: str, start: int, end: int) -> Target:
        """A provision."""

    def written(self, start: int, end: int) -> Quoted:
        """A stretch of text as it was written."""

    def dated(self, text: str) -> date | None:
        """The day that a sign in a text stands for."""

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of text stands in the file."""


class Frames:
    """Reads the operations of one text."""

    def __init__(self, of: Parts) -> None:
        """Take the text."""
        self._of = of
        self._last: Operation | None = None

    def read(self, text: str) -> Iterator[Framed]:
        """Every operation that the words of a text make."""
        for group in groups(tokens(text)):
            while group and group[0].kind == "gone":
                group.pop(0)
            while group and group[-1].kind in ("gone",):
                group.pop()
            if not group:
                continue
            made = tuple(self._made(group))
            if made:
                self._last = made[-1]
                yield Framed(group[0].start, group[-1].end, made)

    def _made(self, group: Sequence[FrameWord]) -> Iterator[Operation]:
        verbs = {token.kind for token in group} & VERBS
        found = parts(group)
        of = {
            kind: [part for part in found if part.token.kind == kind]
            for kind in ("place", "quote", "amount", "sum", "other")
        }
        if of["other"] and (of["place"] or len(of["other"]) > 1):
            return
        places = of["place"] or of["other"]
        quotes = of["quote"]
        named = self._targets(places) if len(quotes) > 1 else []
        if len(quotes) > 1 and len(named) == len(quotes) and not any(q.marked or q.role for q in quotes[1:]):
            # «ให้ยกเลิกความในข้อ ๒ และข้อ ๓ และให้ใช้ความต่อไปนี้แทน» is followed by as many new texts.
            if verbs & {"repeal", "change", "use"} and "add" not in verbs:
                for target, quote in zip(named, quotes, strict=True):
                    yield Replace(target, self._of.quoted(quote.token.text))
        elif len(quotes) == 2 and not of["amount"]:
            yield from self._words(verbs, places, quotes)
        elif len(quotes) == 1 and not of["amount"]:
            yield from self._one_quote(verbs, places, quotes[0])
        elif not quotes:
            yield from self._without(verbs, places, of["amount"], of["sum"], group)

    def _words(
        self, verbs: set[str], places: list[FramePart], quotes: list[FramePart]
    ) -> Iterator[Operation]:
        first, second = quotes
        old, new = first, second
        where: Literal["instead", "after", "before"] = "instead"
        if "add" in verbs:
            if second.role not in ("after", "before"):
                return
            old, new = second, first
            where = "before" if second.role == "before" else "after"
        elif second.role == "instead":
            old, new = second, first
        elif not verbs & {"change", "use", "repeal"}:
            return
        if any(place.role == "to" for place in places):
            return
        for target in self._targets(places):
            yield WordsChanged(
                target, self._of.quoted(old.token.text), self._of.quoted(new.token.text), where
            )

    def _one_quote(self, verbs: set[str], places: list[FramePart], quote: FramePart) -> Iterator[Operation]:
        new = self._of.quoted(quote.token.text)
        if "add" in verbs:
            yield from self._added(places, quote, new)
        elif quote.marked and verbs & {"cut", "repeal"} and "use" not in verbs:
            for target in self._targets(places):
                yield WordsChanged(target, new, None)
        elif not verbs and quote.role == "to" and isinstance(self._last, WordsChanged):
            yield WordsChanged(self._last.target, self._last.old, new, self._last.where)
        elif verbs & {"repeal", "change", "use"} and len(places) == 1 and not quote.marked:
            for target in self._targets(places):
                yield Replace(target, new)

    def _added(self, places: list[FramePart], quote: FramePart, new: Quoted) -> Iterator[Operation]:
        if quote.marked or any(place.token.kind == "other" for place in places):
            return
        as_ = [place for place in places if place.role == "to"]
        beside = [place for place in places if place.role in ("after", "between")]
        plain = [place for place in places if place.role == ""]
        if len(as_) > 1 or len(plain) > 1 or any(place.role == "before" for place in places):
            return
        home = plain[0].token.text if plain else ""
        named = as_ or ([] if beside else plain)
        if not named and not beside:
            return
        after: Target | None = None
        if beside:
            text = split_places(beside[0].token.text)[0]
            after = self._of.target(self._below(text, home), beside[0].token.start, beside[0].token.end)
        if named:
            token = named[0].token
            text = self._below(token.text, home) if as_ else token.text
            name = self._of.target(text, token.start, token.end)
        else:
            name = self._of.target("", quote.token.start, quote.token.end)
        yield Add(name, new, after)

    @staticmethod
    def _below(text: str, home: str) -> str:
        """A provision that is named within another: «ในข้อ ๒ … เป็น (ค)»."""
        inside = home and re.match(r"\(|วรรค", text) and not re.search(r"ข้อ[0-9]", text)
        return f"{text}ของ{home}" if inside else text

    def _without(
        self,
        verbs: set[str],
        places: list[FramePart],
        amounts: list[FramePart],
        sums: list[FramePart],
        group: Sequence[FrameWord],
    ) -> Iterator[Operation]:
        if verbs & {"repeal", "cut"} and not amounts and not sums:
            if verbs <= {"repeal", "cut"} and all(not place.role for place in places):
                for target in self._targets(places):
                    yield Repeal(target)
            return
        if len(sums) == 2 and not amounts and verbs & {"change", "raise", "reduce", "use"}:
            # The old number is a word of the provision, the new one stands for it.
            old, new = (self._of.written(part.token.start, part.token.end) for part in sums)
            for target in self._targets(places):
                yield WordsChanged(target, old, new)
            return
        yield from self._terms(verbs, places, amounts, group)

    def _terms(
        self, verbs: set[str], places: list[FramePart], amounts: list[FramePart], group: Sequence[FrameWord]
    ) -> Iterator[Operation]:
        if not 1 <= len(amounts) <= 2:
            return
        if len(amounts) == 2 and amounts[1].role == "instead":
            amounts = amounts[::-1]  # «ให้ใช้กำหนดเวลา ๒ ปี แทนกำหนดเวลา ๔ ปี»
        last = amounts[-1]
        old = amounts[0].token.text if len(amounts) == 2 else None
        span = self._of.span(last.token.start, last.token.end)
        timed = any(token.kind == "term" for token in group)
        if not places and isinstance(self._last, TermChanged) and last.role == "to" and old is None:
            yield TermChanged(self._last.target, None, last.token.text, span)
            return
        if not (timed or old) or (not verbs and last.role != "to"):
            return
        by: Literal[-1, 0, 1] = 0
        if last.role != "to":
            by = -1 if "reduce" in verbs else 1 if "raise" in verbs else 0
            if not by:
                return
        for target in self._targets(places):
            yield TermChanged(target, old, last.token.text, span, by=by)

    def _targets(self, places: list[FramePart]) -> list[Target]:
        found: list[Target] = []
        for part in places:
            token = part.token
            texts = split_places(token.text) if token.kind == "place" else [token.text]
            found += [self._of.target(text, token.start, token.end) for text in texts]
        return found or [self._of.target("", 0, 0)]
