"""What is asked of a post of a structure, what a leaf looks at, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from lgreason.reasoning.organisations.circumstances import Ascertained, Subject
from lgreason.reasoning.organisations.quantities import Interval
from lgreason.reasoning.structures.coupling import (
    NEVER,
    UNSURE,
    Counted,
    Counts,
    CoupledDemand,
    Demands,
    Priced,
    split,
)
from lgreason.reasoning.structures.slots import MANY
from lgreason.rules.model import Bound, Clause
from lgreason.rules.terms import Truth

UNLIMITED = 10**24
"""A limit that no sum of costs exceeds."""


class Settled(NamedTuple):
    """What something comes to: surely (`truth`), or as the totals of all choices tell (`demand`)."""

    truth: Truth
    demand: CoupledDemand | None = None

    @property
    def demands(self) -> Demands:
        """What is demanded of all choices together."""
        if self.demand is not None:
            return split(self.demand)
        return frozenset() if self.truth else frozenset((UNSURE,))


@dataclass(frozen=True, slots=True)
class PostAsked:
    """A post as it is asked about; `own` is what its unit has itself of what clauses count in it."""

    subject: Subject = field(compare=False)
    name: str
    group: str = ""
    own: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AskedLeaf:
    """A leaf as it is asked of a case: what it comes to, or what it looks at.

    `looks`: the sort of count, the group, and what is counted whatever is chosen; `first` is then what it comes to
    today.
    """

    clause: Clause
    variant: str
    bound: Bound
    truth: Truth = None
    first: Truth = None
    looks: tuple[str, str, tuple[int, int]] | None = None
    priced: Priced | None = None


def gravest(first: Ascertained, leaf: Counted, counts: Counts) -> Ascertained:
    """Of what is there today and what the plan has, that which decides."""
    low, high = counts[leaf.counter]
    bound = Bound(leaf.relation, "", leaf.bound)
    plan = Ascertained(
        first.unit, Interval(Fraction(low), None if high >= MANY else Fraction(high)), entries=("plan",)
    )
    now = plan.meets(bound)
    if now is False or first.value is None:
        return plan
    return first if now is True or leaf.first is None else replace(plan, missing=first.missing)


def last_within(values: Sequence[Fraction], most: Fraction) -> int:
    """The last sum with which a quantity that grows evenly is not over a bound, given its first two values."""
    first, second = values
    if first == second:
        return UNLIMITED if first <= most else NEVER
    room = int((most - first) // (second - first))
    return room if room >= 0 else NEVER
