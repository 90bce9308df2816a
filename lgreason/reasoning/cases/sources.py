"""Which entries a measure is taken of: the sources of docs/facts.md, on one day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from lgreason.reasoning.cases.counting import FOREVER, Span, overlap, stretches
from lgreason.reasoning.cases.days import BEFORE_ALL, DayWindow, When, contains, plus
from lgreason.reasoning.cases.entries import Entries, Item
from lgreason.reasoning.cases.kleene import all_of
from lgreason.rules.terms import Truth


@dataclass(frozen=True, slots=True)
class Member:
    """An entry that counts (`truth`: surely, or not known), with the days that surely and possibly count of it."""

    item: Item
    truth: Truth
    sure: tuple[Span, ...]
    possible: tuple[Span, ...]
    weight: tuple[Fraction, Fraction | None] | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Entries; `open`: there may be others, of which nothing is known. `groups`: the same by what they share."""

    members: tuple[Member, ...]
    open: bool = False
    groups: tuple[Selection, ...] | None = None

    @property
    def sure(self) -> list[Member]:
        """Those that surely count."""
        return [member for member in self.members if member.truth]

    def of(self, members: Iterable[Member]) -> Selection:
        """Other entries instead."""
        return replace(self, members=tuple(members))


OPEN = Selection((), True)


def begun(entries: Entries, items: Sequence[Item], day: date) -> list[Member]:
    """The entries that are there on a day, with what of their days has come by then."""
    return [member for item in items if (member := _begun(entries, item, day)) is not None]


def _begun(entries: Entries, item: Item, day: date) -> Member | None:
    period = entries.period(item)
    if period is None:
        return Member(item, True, (), ())
    start, end = period
    if start is None or end is None:
        return None
    if item.shape.name == "rounds":
        return (
            None
            if end.last > day
            else Member(item, True, ((start.first, end.last),), ((start.first, end.last),))
        )
    if start.first > day:
        return None
    first = start.last
    sure = ((first, min(end.first, day)),) if first <= min(end.first, day) else ()
    last = min(end.last, day)
    possible = ((start.first, last),) if start.first <= last else ()
    already = start == (BEFORE_ALL, entries.day)  # on a day not known: as if before all record
    return Member(item, True if already or start.last <= day else None, sure, possible)


def clipped(entries: Entries, selection: Selection, window: DayWindow | None) -> Selection:
    """What lies in a window: of periods the part that does, of what is dated those that do."""
    kept = []
    for member in selection.members:
        period = entries.period(member.item)
        if period is None:
            kept.append(member)
        elif member.item.shape.name in ("events", "rounds"):
            start, end = period
            inside = all_of((member.truth, contains(window, start), contains(window, end)))
            if inside is not False:
                kept.append(replace(member, truth=inside))
        elif window is not None:
            sure = overlap(member.sure, [window.surely]) if window.surely and member.sure else []
            possible = overlap(member.possible, [window.possibly]) if window.possibly else []
            if possible:
                truth = member.truth if sure else None
                kept.append(replace(member, truth=truth, sure=tuple(sure), possible=tuple(possible)))
    return selection.of(kept)


def latest(entries: Entries, selection: Selection, number: int) -> Selection:
    """The latest so many by date."""
    if selection.open:
        return replace(selection, members=tuple(replace(each, truth=None) for each in selection.members))
    dated = [(when, member) for member in selection.members for when in [_when(entries, member.item)]]
    kept = []
    for when, member in dated:
        later = [other for day, other in dated if other is not member and day.last > when.first]
        surely_later = [
            other for day, other in dated if other is not member and other.truth and day.first > when.last
        ]
        if len(surely_later) >= number:
            continue
        ties = [other for day, other in dated if other is not member and day == when and when.known]
        truth = member.truth if len(later) + len(ties) < number else None
        kept.append(replace(member, truth=truth))
    return selection.of(kept)


def _when(entries: Entries, item: Item) -> When:
    period = entries.period(item)
    return When(BEFORE_ALL, FOREVER) if period is None or period[0] is None else period[0]


def without(selection: Selection, other: Selection, inside: bool) -> Selection:
    """The days that the other does not cover, or (`inside`) that it does."""
    sure = [span for member in other.sure for span in member.sure]
    possible = [span for member in other.members for span in member.possible]
    if other.open:
        possible = [(BEFORE_ALL, FOREVER)]
    kept = []
    for member in selection.members:
        if inside:
            surely, possibly = overlap(member.sure, sure), overlap(member.possible, possible)
        else:
            surely, possibly = minus(member.sure, possible), minus(member.possible, sure)
        if possibly:
            truth = member.truth if surely else None
            kept.append(replace(member, truth=truth, sure=tuple(surely), possible=tuple(possibly)))
    return selection.of(kept)


def minus(spans: Sequence[Span], gone: Sequence[Span]) -> list[Span]:
    """The days of the spans that are in none of the others."""
    found = stretches(spans)
    for first, last in stretches(gone):
        cut: list[Span] = []
        for start, end in found:
            if end < first or start > last:
                cut.append((start, end))
                continue
            if start < first:
                cut.append((start, plus(first, -1)))
            if end > last:
                cut.append((plus(last, 1), end))
        found = cut
    return found


def union(one: Selection, other: Selection) -> Selection:
    """Both."""
    return Selection((*one.members, *other.members), one.open or other.open)
