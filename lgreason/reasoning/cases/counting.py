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


def completes(start: date, months: int, eve: bool = False) -> date:
    """The day on which that many months are complete (C2), or the month's last day if none matches (C3).

    With `eve` a day that does not exist is taken for the month's last, and the term is complete the day before.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = 29 if month == 1 and isleap(year) else _LAST_DAYS[month]
    if start.day > last:
        return date(year, month + 1, last) - (ONE_DAY if eve else timedelta())
    return date(year, month + 1, start.day) - ONE_DAY


def length(start: date, end: date, eve: bool = False) -> Duration:
    """One stretch counted by the calendar, first and last day included (C1); `eve` as for `completes`."""
    if end < start:
        return Duration()
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    while completes(start, months, eve) > end:
        months -= 1
    done = completes(start, months, eve)
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


class Counting(NamedTuple):
    """How time is counted: one choice for each of the three questions that the documents leave open (A-20).

    `by_days`: 365 days are a year and 30 a month, the first day left out. `eve`: a term that began on a day that its
    last month lacks is complete a day earlier. `joined`: stretches count as if they were one that ends on the last
    day counted; otherwise each is counted by the calendar, and the sums are added (C5).
    """

    by_days: bool = False
    eve: bool = False
    joined: bool = False

    def total(self, spans: Iterable[Span]) -> Duration:
        """All days of the spans, counted once: years, months and days, or days alone where days are counted."""
        merged = stretches(spans)
        if self.by_days:
            return Duration(0, 0, self._days(merged))
        if self.joined and len(merged) > 1:
            return self._joined(merged)
        return add([length(start, end, self.eve) for start, end in merged])

    def reached(self, total: Duration, months: int) -> bool:
        """Whether a total comes to that many months."""
        return total.days >= _days_of(months) if self.by_days else total.reaches(months)

    def first_day(self, spans: Iterable[Span], months: int) -> date | None:
        """The first day by whose end the spans come to that many months, or `None` if they never do."""
        done: list[Span] = []
        for start, end in stretches(spans):
            alone = self._alone(start, months)
            if not done and alone <= end:
                return alone
            within = min(end, alone)
            if done and self._reaches([*done, (start, within)], months):
                return self._search(start, within, months, done)
            if end != FOREVER:
                done.append((start, end))
        return None

    def short(self, total: Duration, months: int) -> Duration:
        """How many days are missing, where days are counted."""
        return Duration(0, 0, max(0, _days_of(months) - total.days))

    def _alone(self, start: date, months: int) -> date:
        """The day on which a stretch comes to so many months by itself."""
        if self.by_days:
            return start + timedelta(days=_days_of(months))
        return completes(start, months, self.eve)

    # ── several stretches ────────────────────────────────────────────────────────────────────────

    def _days(self, merged: Sequence[Span]) -> int:
        first_days = 1 if self.joined else len(merged)
        return max(0, sum((end - start).days + 1 for start, end in merged) - (first_days if merged else 0))

    def _reaches(self, merged: Sequence[Span], months: int) -> bool:
        """Whether stretches come to so many months at the end of the last."""
        if self.by_days:
            return self._days(merged) >= _days_of(months)
        if not self.joined or len(merged) == 1:
            return add([length(start, end, self.eve) for start, end in merged]).reaches(months)
        served = sum((end - start).days + 1 for start, end in merged)
        return served >= self._shortest(merged[-1][1], months)

    def _shortest(self, end: date, months: int) -> int:
        """The days of the shortest single stretch that ends on a day and completes so many months by then."""
        low, high = 28 * months, 31 * months + 3
        while low < high:
            middle = (low + high) // 2
            if completes(end - timedelta(days=middle - 1), months, self.eve) <= end:
                high = middle
            else:
                low = middle + 1
        return low

    def _joined(self, merged: Sequence[Span]) -> Duration:
        """The most months to which the stretches have come by now, and the days beyond them."""
        served = sum((end - start).days + 1 for start, end in merged)
        months = served // 28
        ends = range(1, len(merged) + 1)
        while months and not any(self._reaches(merged[:end], months) for end in ends):
            months -= 1
        beyond = served - self._shortest(merged[-1][1], months) if months else served
        return Duration(months // 12, months % 12, max(0, beyond))

    def _search(self, start: date, last: date, months: int, done: Sequence[Span]) -> date:
        low, high = start.toordinal(), last.toordinal()
        while low < high:
            middle = (low + high) // 2
            if self._reaches([*done, (start, date.fromordinal(middle))], months):
                high = middle
            else:
                low = middle + 1
        return date.fromordinal(low)


Count: TypeAlias = Counting
Calendar = Counting()
"""Time by the calendar: what the knowledge base takes by default."""
DaysOf365 = Counting(by_days=True)


COUNTED_OTHERWISE = ("days_of_365", "month_end_eve", "stretches_joined")
"""What a clause may say of how its time is counted, in the order of the fields of `Counting`."""


def counting_of(said: Iterable[str]) -> Counting:
    """How a clause counts time, by what it says of that."""
    names = frozenset(said)
    return Counting(*(name in names for name in COUNTED_OTHERWISE))


def _days_of(months: int) -> int:
    return months // 12 * 365 + months % 12 * 30
