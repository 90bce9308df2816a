"""Spans of many persons at once: merged, added, and the first day on which they come to so much.

Every function stands for the one of `reasoning.cases.counting` with its name, and for `measure`'s shortfall.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lgreason.reasoning.screening.calendar import (
    FOREVER,
    NEVER,
    Flags,
    Ints,
    completes,
    duration,
    length,
    month_and_day,
)

APART = 4_000_000
"""More days than any two days lie apart: keeps one person's spans clear of the next one's."""


@dataclass(frozen=True)
class Stretches:
    """Stretches by owner and start, none touching another of the same owner."""

    owner: Ints
    start: Ints
    end: Ints

    @cached_property
    def is_first(self) -> Flags:
        """Whether a stretch is the first of its owner."""
        first = np.ones(len(self.owner), dtype=bool)
        first[1:] = self.owner[1:] != self.owner[:-1]
        return first

    @cached_property
    def is_last(self) -> Flags:
        """Whether a stretch is the last of its owner."""
        return np.append(self.is_first[1:], np.ones(min(1, len(self.owner)), dtype=bool))

    @cached_property
    def begun(self) -> tuple[Ints, Ints]:
        """Month and day of every start."""
        return month_and_day(self.start)

    @cached_property
    def lengths(self) -> tuple[Ints, Ints]:
        """Months and days of every stretch; one that does not end comes to nothing here."""
        ends = self.end < FOREVER
        months, days = length(self.start, np.where(ends, self.end, self.start))
        return np.where(ends, months, 0), np.where(ends, days, 0)

    @cached_property
    def before(self) -> tuple[Ints, Ints]:
        """Months and days of the same owner's stretches before each."""
        return self._before(self.lengths[0]), self._before(self.lengths[1])

    def _before(self, amounts: Ints) -> Ints:
        sums = np.cumsum(amounts) - amounts
        starts = np.nonzero(self.is_first)[0]
        groups = np.cumsum(self.is_first) - 1
        result: Ints = sums - sums[starts][groups] if len(starts) else sums
        return result


def stretches(owner: Ints, start: Ints, end: Ints) -> Stretches:
    """Spans, sorted by owner and start, merged where they overlap or touch (C4)."""
    if len(owner) < 2:
        return Stretches(owner, start, end)
    shift = owner * APART
    reached = np.maximum.accumulate(end + shift)
    new = np.ones(len(owner), dtype=bool)
    new[1:] = start[1:] + shift[1:] > reached[:-1] + 1
    last = np.append(new[1:], True)
    return Stretches(owner[new], start[new], reached[last] - shift[last])


def until(spans: Stretches, day: int) -> Stretches:
    """What lies on or before a day."""
    kept = spans.start <= day
    return Stretches(spans.owner[kept], spans.start[kept], np.minimum(spans.end[kept], day))


@dataclass(frozen=True)
class Totals:
    """What each owner's stretches come to: months and days added, in how many parts."""

    months: Ints
    days: Ints
    parts: Ints

    @cached_property
    def duration(self) -> Ints:
        """The whole as a duration (C5)."""
        return duration(self.months, self.days, self.parts)


def total(spans: Stretches, owners: int) -> Totals:
    """The stretches of each of so many owners added; all must end."""
    months, days = spans.lengths

    def summed(amounts: Ints | None) -> Ints:
        return np.bincount(spans.owner, amounts, minlength=owners).astype(np.int64)

    return Totals(summed(months), summed(days), summed(None))


def first_day(spans: Stretches, owners: int, months: int) -> Ints:
    """For each owner the first day by whose end the stretches come to so many months, or `NEVER`."""
    found = np.full(owners, NEVER, dtype=np.int64)
    complete = completes(spans.begun, months)
    enough = spans.is_first & (complete <= spans.end)
    later = np.nonzero(~spans.is_first)[0]
    if len(later):
        lim = np.minimum(spans.end[later], complete[later])
        own_months, own_days = length(spans.start[later], lim)
        earlier_months, earlier_days = spans.before[0][later], spans.before[1][later]
        enough[later] = earlier_months + own_months + (earlier_days + own_days) // 30 >= months
    hits = np.nonzero(enough)[0]
    owner = spans.owner[hits]
    hits = hits[np.append(True, owner[1:] != owner[:-1])] if len(hits) else hits
    alone = hits[spans.is_first[hits]]
    found[spans.owner[alone]] = complete[alone]
    rest = hits[~spans.is_first[hits]]
    if len(rest):
        earlier = spans.before[0][rest], spans.before[1][rest]
        high = np.minimum(spans.end[rest], complete[rest])
        found[spans.owner[rest]] = _search(spans.start[rest], high, months, earlier)
    return found


def _search(start: Ints, high: Ints, months: int, earlier: tuple[Ints, Ints]) -> Ints:
    """The first day from each start at which the stretch and the earlier ones together come to so many months."""
    low, high = start.copy(), high.copy()
    while (open_ := low < high).any():
        middle = (low + high) // 2
        own_months, own_days = length(start, middle)
        enough = earlier[0] + own_months + (earlier[1] + own_days) // 30 >= months
        high = np.where(open_ & enough, middle, high)
        low = np.where(open_ & ~enough, middle + 1, low)
    return low


def shortfall(served: Stretches, owners: int, months: int, day: int) -> Ints:
    """How much longer each owner would have to serve from the day after `day`, whose stretches lie until that day.

    Only for owners whose stretches do not come to so many months yet; for others the number means nothing.
    """
    sums = total(served, owners)
    last = np.nonzero(served.is_last)[0]
    goes_on = last[served.end[last] == day]
    going = served.owner[goes_on]
    start = np.full(owners, day + 1, dtype=np.int64)
    start[going] = served.start[goes_on]
    earlier_months, earlier_days, parts = sums.months.copy(), sums.days.copy(), sums.parts.copy()
    earlier_months[going] -= served.lengths[0][goes_on]
    earlier_days[going] -= served.lengths[1][goes_on]
    parts[going] -= 1
    first = completes(month_and_day(start), months)
    several = np.nonzero(parts > 0)[0]
    if len(several):
        earlier = earlier_months[several], earlier_days[several]
        first[several] = _search(start[several], first[several], months, earlier)
    more_months, more_days = length(np.full(owners, day + 1, dtype=np.int64), first)
    return duration(more_months, more_days, np.where(parts > 0, 2, 1))
