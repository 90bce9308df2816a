"""The leaves of clauses as demands: what each measures, which values meet it, and what follows of two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lgreason.reasoning.cases.counting import COUNTED_OTHERWISE
from lgreason.reasoning.rulesets.bounds import Stretch
from lgreason.reasoning.rulesets.counted import Thing
from lgreason.reasoning.rulesets.expressions import NamedValues
from lgreason.rules.model import Bound, Clause
from lgreason.rules.terms import DEFAULT, Fn, Leaf, Value


@dataclass(frozen=True, slots=True)
class LeafDemand:
    """A leaf: what it measures, the values that meet it, and what it counts.

    `measured` is equal where two leaves measure the same of the same; `things` is what counts, for what persons have.
    """

    leaf: Leaf
    clause: Clause
    bound: Bound
    measured: Value
    unit: str
    values: Stretch | None
    things: frozenset[Thing]
    side: int = 0
    choice: NamedValues | None = None
    days: tuple[str, date, date] | None = None
    posts: frozenset[Thing] = frozenset()
    """The posts of which a stretch of the list of postings is measured."""

    @property
    def same(self) -> tuple[Value, str, object]:
        """Equal where two leaves come to the same for everybody."""
        return self.measured, self.unit, self.values or self.choice or self.days or self.bound

    @property
    def held(self) -> bool:
        """Whether the post must still be held."""
        return Fn("while_held") in self.clause.counts

    @property
    def within(self) -> bool:
        """Whether only what lies within other service counts."""
        return any(what.name == "within" for what in self.clause.counts)

    @property
    def of_degrees(self) -> bool:
        """Whether it is met by one degree of several."""
        return (
            self.clause.measures == "qualification" and self.bound.unit == "count" and self.bound.value == 1
        )

    def implies(self, other: LeafDemand) -> bool:
        """Whether whoever meets this one meets the other, as far as the two alone tell."""
        if self.values is None or other.values is None or self.unit != other.unit:
            return False
        if self.measured == other.measured:
            return self.values.inside(other.values)
        if self.posts and other.clause.measures == "service" and other.things:
            # A stretch without a break is part of the time in all.
            same = not any(Fn(counting) in other.clause.counts for counting in COUNTED_OTHERWISE)
            more = self.values.high is None and other.values.high is None and not (other.held or other.within)
            return same and more and self.posts <= other.things and self.values.inside(other.values)
        times = ("service", "experience")
        kinds = (self.clause.measures, other.clause.measures)
        if kinds != ("qualification", "qualification") and not (kinds[0] in times and kinds[1] in times):
            return False
        if other.within or (other.held and not self.held) or not self.things:
            return False
        for counting in map(Fn, COUNTED_OTHERWISE):
            if (counting in self.clause.counts) != (counting in other.clause.counts):
                return False
        more = self.values.high is None and other.values.high is None
        return more and self.things <= other.things and self.values.inside(other.values)


def args_of(demand: LeafDemand) -> tuple[Value, Value]:
    """How a leaf is named in facts: its clause, and which of its demands it is."""
    clause, variant = demand.leaf
    return clause, Fn(DEFAULT) if variant == DEFAULT else variant


def fact(name: str, one: LeafDemand, other: LeafDemand) -> Fn:
    """A fact on two leaves."""
    return Fn(name, (*args_of(one), *args_of(other)))


def bearing_on_one_another(one: LeafDemand, other: LeafDemand, total: bool) -> Iterator[Fn]:
    """What two leaves have to do with one another by their bounds; `total`: both always come to a value."""
    if one.of_degrees and other.of_degrees:
        return  # what is had tells
    if one.choice is not None and other.choice is not None and one.measured == other.measured:
        yield from _chosen(one, one.choice, other, other.choice)
    if one.days is not None and other.days is not None and _lies(one.days, other.days):
        yield from [fact("implies", one, other)] if one.measured == other.measured else ()
    if one.implies(other):
        yield fact("implies", one, other)
    if one.values is None or other.values is None or (one.measured, one.unit) != (other.measured, other.unit):
        return
    if one.values.meet(other.values).empty:
        yield fact("excludes", one, other)
    if total and _everything(one.values, other.values):
        yield fact("covers", one, other)


def _chosen(one: LeafDemand, mine: NamedValues, other: LeafDemand, its: NamedValues) -> Iterator[Fn]:
    if mine.values <= its.values:
        yield fact("implies", one, other)
    if mine.one and not mine.values & its.values:
        yield fact("excludes", one, other)
    if mine.all is not None and mine.all <= mine.values | its.values:
        yield fact("covers", one, other)


def _lies(one: tuple[str, date, date], other: tuple[str, date, date]) -> bool:
    """Whether a period that lies so to some days lies so to others."""
    (how, start, end), (wanted, first, last) = one, other
    if how == "covers":
        inside = start <= first and last <= end
        return inside if wanted == "covers" else wanted == "meets" and start <= last and first <= end
    inside = first <= start and end <= last
    return inside and wanted in (("within", "meets") if how == "within" else ("meets",))


def _everything(one: Stretch, other: Stretch) -> bool:
    """Whether two half-lines together leave nothing out."""
    if one.low is None and other.high is None and one.high is not None and other.low is not None:
        return one.gap(other) is None and (one.high > other.low or not (one.open_high and other.open_low))
    if other.low is None and one.high is None and other.high is not None and one.low is not None:
        return _everything(other, one)
    return False
