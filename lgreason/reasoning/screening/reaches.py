"""When each person reaches a bound, in columns: as `measurement.Reach` says of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from lgreason.reasoning.cases.measurement import BEFORE_ALL_RECORD
from lgreason.reasoning.cases.measurement import Reach as ScalarReach
from lgreason.reasoning.screening.calendar import FIRST, FOREVER, NEVER, Flags, Ints, day_number, day_of

FAILS, OPEN, HOLDS = 0, 1, 2
"""A truth as a number: so a vector of them is one number, digit by digit to the base of three."""
DIGIT = {False: FAILS, None: OPEN, True: HOLDS}


class Reaches(Protocol):
    """When each person reaches a bound."""

    def digits(self, rows: Ints | None, day: int | Ints) -> Ints:
        """Whether each of some persons (all, if none are named) has reached it on a day, or on a day of each."""

    def turns(self) -> list[Ints]:
        """Columns of the days on which that may change, `NEVER` where there is none."""

    @property
    def size(self) -> int:
        """How many persons there are."""


@dataclass(frozen=True)
class Once:
    """A bound that is reached once; `last` and `possibly` are `None` where nobody has one."""

    since: Ints
    last: Ints | None = None
    possibly: Ints | None = None

    @property
    def size(self) -> int:
        """How many persons there are."""
        return len(self.since)

    def digits(self, rows: Ints | None, day: int | Ints) -> Ints:
        """Whether each person has reached it on a day."""
        met: Flags = _of(self.since, rows) <= day
        if self.last is not None:
            met &= _of(self.last, rows) >= day
        if self.possibly is None:
            return met * np.int64(HOLDS)
        open_ = _of(self.possibly, rows) <= day
        return np.where(met, np.int64(HOLDS), open_ * np.int64(OPEN))

    def turns(self) -> list[Ints]:
        """The day on which it is reached, and the day on which it lapses."""
        if self.last is None:
            return [self.since]
        return [self.since, np.where(self.last < FOREVER, self.last + 1, NEVER)]


@dataclass(frozen=True)
class ReachSteps:
    """A bound that is reached and lost any number of times: from each day on, what it comes to."""

    days: Ints
    truths: Ints

    @property
    def size(self) -> int:
        """How many persons there are."""
        return len(self.days)

    def digits(self, rows: Ints | None, day: int | Ints) -> Ints:
        """Whether each person has reached it on a day."""
        days, truths = (self.days, self.truths) if rows is None else (self.days[rows], self.truths[rows])
        asked = day[:, None] if isinstance(day, np.ndarray) else day
        at = (days <= asked).sum(axis=1) - 1
        result: Ints = truths[np.arange(len(at)), at]
        return result

    def turns(self) -> list[Ints]:
        """Every day on which it turns."""
        return [np.where(column == FIRST, NEVER, column) for column in self.days.T]


def spread(found: Sequence[ScalarReach], which: Ints) -> Reaches:
    """The reaches of distinct records, for the persons who have them."""
    if all(type(each) is ScalarReach for each in found):
        since = [NEVER if each.since is None else day_number(each.since) for each in found]
        possibly = [NEVER if each.possibly is None else day_number(each.possibly) for each in found]
        last = [day_number(each.last) for each in found]
        return Once(*(np.array(column, dtype=np.int64)[which] for column in (since, last, possibly)))
    rows = []
    for each in found:
        days = sorted({FIRST, *(day_number(day) for day in each.turns() if day != BEFORE_ALL_RECORD)})
        rows.append([(day, DIGIT[each.on(day_of(day))]) for day in days])
    most = max(map(len, rows), default=1)
    padded = [[*row, *[(NEVER, FAILS)] * (most - len(row))] for row in rows]
    table = np.array(padded, dtype=np.int64).reshape(len(rows), most, 2)[which]
    return ReachSteps(table[:, :, 0], table[:, :, 1])


def _of(days: Ints, rows: Ints | None) -> Ints:
    return days if rows is None else days[rows]
