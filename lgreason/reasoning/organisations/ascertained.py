"""What was measured of an organisation for a clause, and whether it meets a bound."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lgreason.files.organisation.organisation import FULL_JOB_VALUE
from lgreason.reasoning.organisations.quantities import Interval, Quantity
from lgreason.rules.model import Bound
from lgreason.rules.terms import Truth

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Ascertained:
    """What was measured for a clause.

    A number lies in `value`, in `unit`; anything else is `said`, an id, with those that the clause `accepts`.
    `entries` are the paths of the file that were read, `missing` those that are absent.
    """

    unit: str
    value: Interval | None = None
    said: str | None = None
    accepts: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    quantity: Quantity | None = None

    def meets(self, bound: Bound) -> Truth:
        """Whether what was measured meets a bound; `None` where that is not known."""
        if self.value is None:
            return None if self.said is None else self.said in self.accepts
        low, high = self.value
        least = limit(bound, self.unit)
        if bound.relation == "at_least":
            return True if low >= least else False if high is not None and high < least else None
        if bound.relation == "less_than":
            return True if high is not None and high < least else False if low >= least else None
        over = low > least
        within = high is not None and high <= least
        if bound.relation == "more_than":
            return True if over else False if within else None
        return True if within else False if over else None

    def short_of(self, bound: Bound) -> Fraction | None:
        """How far a failing measurement is from a bound, at the least; `None` where nothing compares."""
        if self.value is None:
            return None
        nearest = self.value.low if bound.relation in ("at_most", "less_than") else self.value.high
        return None if nearest is None else abs(limit(bound, self.unit) - nearest)


def limit(bound: Bound, unit: str) -> Fraction:
    """A bound in the unit in which the quantity is measured: baht, points of a job value, per cent, posts."""
    if bound.unit == "million_baht":
        return Fraction(bound.value * MILLION)
    if bound.unit == "percent" and unit == "points":
        return Fraction(bound.value * FULL_JOB_VALUE, 100)
    return Fraction(bound.value)
