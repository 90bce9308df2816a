"""Counting service by the calendar: the counting rules C1-C6, on ``datetime.date`` alone.

The position standard says «ไม่น้อยกว่า ๒ ปี» and the like, but not how years are counted; these rules do.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
DAYS_CARRIED_AS_A_MONTH = 30
Interval = tuple[date, date]


class Span(NamedTuple):
    """An amount of service; spans compare years first, then months, then days."""

    years: int
    months: int
    days: int


def from_be(year: int, month: int, day: int) -> date:
    """C6: a date of the Buddhist Era; leap years are those of the Christian year, B.E. - 543."""
    return date(year - 543, month, day)


def month_length(year: int, month: int) -> int:
    """C6: the number of days of a month of the Christian year."""
    next_month = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return (next_month - ONE_DAY).day


def period_end(start: date, months: int) -> date:
    """The last day of a period of so many months from ``start``.

    C2: a period is complete on the day before the day that matches its start.
    C3: where the matching day does not exist, it is complete on the last day of that month.
    """
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    length = month_length(year, month0 + 1)
    if start.day > length:
        return date(year, month0 + 1, length)
    return date(year, month0 + 1, start.day) - ONE_DAY


def counted(start: date, end: date | None, as_of: date) -> Interval | None:
    """C1: first and last day both count; a post still held, or held beyond ``as_of``, is cut at ``as_of``.

    Nothing is counted (None) of what starts after ``as_of``.
    """
    last = as_of if end is None else min(end, as_of)
    return (start, last) if start <= last else None


def stretches(intervals: Iterable[Interval]) -> list[Interval]:
    """C4: overlapping and contiguous intervals are one stretch."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and (start - merged[-1][1]).days <= 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def span_of(stretch: Interval) -> Span:
    """One stretch in years, months and days: the whole months that are complete, and the days left over."""
    start, end = stretch
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    while period_end(start, months) > end:
        months -= 1
    return Span(months // 12, months % 12, (end - period_end(start, months)).days)


def total(intervals: Iterable[Interval]) -> Span:
    """C5: the service in all intervals together.

    Days are carried into months (30 = 1) only where two or more stretches are added up, never inside one.
    """
    spans = [span_of(stretch) for stretch in stretches(intervals)]
    if len(spans) == 1:
        return spans[0]
    carried, days = divmod(sum(span.days for span in spans), DAYS_CARRIED_AS_A_MONTH)
    months = carried + sum(span.years * 12 + span.months for span in spans)
    return Span(months // 12, months % 12, days)


# ---------------------------------------------------------------- the other readings of A-20


class Conventions(NamedTuple):
    """How years are counted: in days of 365, with the end of February a day early, stretches taken as one."""

    by_days: bool = False
    eve: bool = False
    joined: bool = False


def ends_on(start: date, months: int, eve: bool) -> date:
    """The last day of a period; with ``eve`` a matching day that does not exist is taken for the month's last day."""
    end = period_end(start, months)
    no_such_day = (end + ONE_DAY).day == 1 and start.day > end.day
    return end - ONE_DAY if eve and no_such_day else end


def shortest(end: date, years: int, eve: bool) -> int:
    """How many days the shortest single stretch has that ends on ``end`` and completes so many years by then."""
    days = 365 * years - 1
    while ends_on(end - timedelta(days=days - 1), 12 * years, eve) > end:
        days += 1
    return days


def enough(intervals: Iterable[Interval], years: int, conventions: Conventions) -> bool:
    """Whether the service in all intervals together comes to so many years."""
    merged = stretches(intervals)
    inclusive = [(end - start).days + 1 for start, end in merged]
    if conventions.by_days:
        first_days = min(1, len(merged)) if conventions.joined else len(merged)
        return sum(inclusive) - first_days >= 365 * years
    if conventions.joined:
        return any(
            sum(inclusive[: number + 1]) >= shortest(end, years, conventions.eve)
            for number, (_, end) in enumerate(merged)
        )
    if conventions.eve:
        spans = []
        for start, end in merged:
            months = (end.year - start.year) * 12 + end.month - start.month + 1
            while ends_on(start, months, True) > end:
                months -= 1
            spans.append((months, (end - ends_on(start, months, True)).days))
        carried = sum(days for _, days in spans) // DAYS_CARRIED_AS_A_MONTH if len(spans) > 1 else 0
        return sum(months for months, _ in spans) + carried >= 12 * years
    return total(merged) >= Span(years, 0, 0)


def shared(one: Interval, others: Iterable[Interval]) -> list[Interval]:
    """The days of an interval that lie in any of some others."""
    found = [(max(one[0], start), min(one[1], end)) for start, end in stretches(others)]
    return [(start, end) for start, end in found if start <= end]
