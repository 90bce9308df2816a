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
