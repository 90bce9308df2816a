"""Counting service by the calendar: the rules C1 to C6 of docs/semantics.md, on plain dates.

A span is a pair of its first and last day, both counted; a span that still runs ends on `FOREVER`.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

Span: TypeAlias = tuple[date, date]
FOREVER = date.max
ONE_DAY = timedelta(days=1)
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Duration(NamedTuple):
    """Completed years, months and days; ordered as one would read it."""

    years: int = 0
    months: int = 0
    days: int = 0

    @property
    def whole_months(self) -> int:
        """The completed months in all."""
        return 12 * self.years + self.months

    def reaches(self, months: int) -> bool:
        """Whether at least that many months are completed."""
        return self.whole_months >= months


def completes(start: date, months: int) -> date:
    """The day on which that many months are complete (C2), or the month's last day if none matches (C3)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = 29 if month == 1 and isleap(year) else _LAST_DAYS[month]
    if start.day > last:
        return date(year, month + 1, last)
    return date(year, month + 1, start.day) - ONE_DAY


def length(start: date, end: date) -> Duration:
    """One stretch counted by the calendar, first and last day included (C1)."""
    if end < start:
        return Duration()
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    while completes(start, months) > end:
        months -= 1
    done = completes(start, months)
    return Duration(months // 12, months % 12, (end - done).days)


def stretches(spans: Iterable[Span]) -> list[Span]:
    """The spans merged where they overlap or follow one another without a gap (C4), in order."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (merged[-1][1] == FOREVER or start <= merged[-1][1] + ONE_DAY):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def until(spans: Iterable[Span], day: date) -> list[Span]:
    """What of the spans lies on or before that day."""
    return [(start, min(end, day)) for start, end in spans if start <= day]


def overlap(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The days that lie in both."""
    return [
        (max(a, c), min(b, d))
        for a, b in stretches(spans)
        for c, d in stretches(others)
        if max(a, c) <= min(b, d)
    ]


def add(parts: Sequence[Duration]) -> Duration:
    """Several stretches together: 30 left-over days make a month only where there are two or more (C5)."""
    years = sum(part.years for part in parts)
    months = sum(part.months for part in parts)
    days = sum(part.days for part in parts)
    if len(parts) > 1:
        months, days = months + days // 30, days % 30
    return Duration(years + months // 12, months % 12, days)


class Calendar:
    """Time by the calendar: the reading of A-20 that the knowledge base takes by default."""

    @staticmethod
    def total(spans: Iterable[Span]) -> Duration:
        """All days of the spans, counted once."""
        return add([length(start, end) for start, end in stretches(spans)])

    @classmethod
    def first_day(cls, spans: Iterable[Span], months: int) -> date | None:
        """The first day by whose end the spans come to that many months, or `None` if they never do."""
        done: list[Duration] = []
        for start, end in stretches(spans):
            if not done and (day := completes(start, months)) <= end:
                return day
            if done and _reaches([*done, length(start, min(end, completes(start, months)))], months):
                return _search(start, end, months, done)
            if end != FOREVER:
                done.append(length(start, end))
        return None


class DaysOf365:
    """Time by days, the first one excluded, 365 to a year and 30 to a month: the other reading of A-20."""

    @staticmethod
    def total(spans: Iterable[Span]) -> Duration:
        """All days of the spans, counted once."""
        days = sum((end - start).days for start, end in stretches(spans))
        return Duration(days // 365, min(11, days % 365 // 30), days % 365 - 30 * min(11, days % 365 // 30))

    @classmethod
    def first_day(cls, spans: Iterable[Span], months: int) -> date | None:
        """The first day by whose end the spans come to that many months, or `None` if they never do."""
        need = months // 12 * 365 + months % 12 * 30
        for start, end in stretches(spans):
            if (end - start).days >= need:
                return start + timedelta(days=need)
            need -= (end - start).days
        return None


Count: TypeAlias = type[Calendar] | type[DaysOf365]


def _reaches(parts: Sequence[Duration], months: int) -> bool:
    return add(parts).reaches(months)


def _search(start: date, end: date, months: int, done: Sequence[Duration]) -> date:
    low, high = start.toordinal(), min(end, completes(start, months)).toordinal()
    while low < high:
        middle = (low + high) // 2
        if _reaches([*done, length(start, date.fromordinal(middle))], months):
            high = middle
        else:
            low = middle + 1
    return date.fromordinal(low)
