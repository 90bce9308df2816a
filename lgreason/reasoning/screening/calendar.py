"""The calendar in columns: days as numbers since 1 January 1970, counted by the rules C1 to C6 as `counting` does.

`counting` is the oracle: what a function here says of every row is what its namesake there says of one.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_EPOCH = date(1970, 1, 1).toordinal()
FIRST = date.min.toordinal() - _EPOCH
FOREVER = date.max.toordinal() - _EPOCH
NEVER = FOREVER + 1
"""Later than any day: what does not come."""
DAYS_OF_MONTH = 1 << 16
"""A duration is one number: its whole months times this, and its days, which are fewer: so it sorts as it reads."""


def day_number(day: date) -> int:
    """A day as a number."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The day that a number stands for."""
    return date.fromordinal(number + _EPOCH)


class _Tables(NamedTuple):
    first_day: Ints
    month: NDArray[np.int32]


@cache
def _tables() -> _Tables:
    """The first day of each month of the years 1 to 9999, and the month of each day."""
    starts = np.arange("0001-01", "10000-01", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
    starts = np.append(starts, [FOREVER + 1, FOREVER + 32])
    lengths = np.diff(starts[:-1])
    return _Tables(starts, np.repeat(np.arange(len(lengths), dtype=np.int32), lengths))


def month_and_day(days: Ints) -> tuple[Ints, Ints]:
    """The month (counted from January of the year 1) and the day of the month, from 0."""
    tables = _tables()
    months = tables.month[days - FIRST].astype(np.int64)
    return months, days - tables.first_day[months]


def completes(months_and_days: tuple[Ints, Ints], months: int | Ints) -> Ints:
    """The day on which so many months from a day are complete (C2, C3)."""
    first_day = _tables().first_day
    month, day = months_and_days
    ends_in = np.minimum(month + months, len(first_day) - 2)
    begins = first_day[ends_in]
    result: Ints = begins + np.minimum(day, first_day[ends_in + 1] - begins) - 1
    return result


def length(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Months and days of stretches, first and last day included (C1); nothing where the end is before the start."""
    begun = month_and_day(start)
    months = month_and_day(np.maximum(start, end))[0] - begun[0]
    over, whole = completes(begun, months + 1), completes(begun, months)
    done = completes(begun, months - 1)
    more, less = over <= end, whole > end
    months = months + more - less
    done = np.where(more, over, np.where(less, done, whole))
    nothing = end < start
    return np.where(nothing, 0, months), np.where(nothing, 0, end - done)


def duration(months: Ints, days: Ints, parts: Ints) -> Ints:
    """Durations as numbers; thirty days make a month only where two or more parts were added (C5)."""
    carried = np.where(parts > 1, days // 30, 0)
    result: Ints = (months + carried) * DAYS_OF_MONTH + days - 30 * carried
    return result
