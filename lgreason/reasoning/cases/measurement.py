"""What a person comes to for a clause: what surely and possibly counts, and when each bound is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lgreason.reasoning.cases.counting import FOREVER, ONE_DAY, Duration, Span
from lgreason.reasoning.cases.evidence import Entry, Missing
from lgreason.rules.model import Bound
from lgreason.rules.terms import Truth

BEFORE_ALL_RECORD = date.min


@dataclass(frozen=True, slots=True)
class Reach:
    """When a bound is reached: surely, at the latest day still surely so, and possibly."""

    since: date | None
    last: date = FOREVER
    possibly: date | None = None

    def turns(self) -> Iterator[date]:
        """The days on which it may come out otherwise than before."""
        if self.since is not None:
            yield self.since
            if self.last != FOREVER:
                yield self.last + ONE_DAY

    def on(self, day: date) -> Truth:
        """Whether the bound is reached on a day; `None` where it is not known."""
        if self.since is not None and self.since <= day <= self.last:
            return True
        return None if self.possibly is not None and self.possibly <= day else False


class Added(NamedTuple):
    """Time that is still short, and is added to stretches that do not adjoin it (A-20C).

    Served without a break from `start` it is complete on `day`; on `otherwise` if stretches are added the other way.
    """

    start: date
    day: date
    otherwise: date


def _one_stretch(_: Bound) -> Added | None:
    return None


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a person comes to for one clause on one day.

    `low` surely counts; `high` is the most it can be, `None` if no limit is known. `entries` surely count, `maybe`
    possibly do; `missing` is what is not known. `lapsed`: enough time, but the post is no longer held (A-03).
    `served`: of time, the days that surely count, entry by entry and up to the day. `added`: what is short of a
    bound, where it depends on how stretches are added.
    """

    low: Duration | int
    high: Duration | int | None
    entries: tuple[Entry, ...]
    maybe: tuple[Entry, ...]
    missing: tuple[Missing, ...]
    reach: Callable[[Bound], Reach]
    shortfall: Callable[[Bound], Duration | None]
    lapsed: bool = False
    served: tuple[tuple[Entry, Span], ...] = ()
    added: Callable[[Bound], Added | None] = _one_stretch
