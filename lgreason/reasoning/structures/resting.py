"""On which readings it rests that a plan may be, or that a structure is among those that may be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from lgreason.files.organisation.organisation import Organisation, Plan
from lgreason.reasoning.organisations.ascertained import Ascertained
from lgreason.reasoning.organisations.establishment import Establishment, Tables
from lgreason.reasoning.organisations.plans import PlanJudgement
from lgreason.reasoning.organisations.quantities import Interval, Quantities
from lgreason.reasoning.organisations.resting import Rests, open_to, rests_on
from lgreason.reasoning.structures.choices import Costs, MissingCost, Structures
from lgreason.reasoning.structures.combination import Combination, Ways
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.reasoning.structures.space import Feature, NoSuchChoice, Space, Status, Structure
from lgreason.reasoning.structures.structure import Options
from lgreason.reasoning.structures.sums import LimitReached
from lgreason.rules.terms import Truth


def rests_of_plan(
    tables: Tables,
    organisation: Organisation,
    plan: Plan,
    costs: Costs | None,
    judgement: PlanJudgement,
    truth: Truth,
) -> Rests:
    """What the verdict on a plan rests on."""

    increase = None
    if costs is not None:
        increase = Interval(Fraction(judgement.increase), Fraction(judgement.increase_most))

    def asked(other: Tables) -> Truth:
        if _same_conditions(tables, other, judgement) and _same_amounts(
            other, organisation, judgement, increase
        ):
            return truth
        return PlanJudge(Establishment(other, organisation), costs).truth(plan)

    return rests_on(tables, judgement.nodes, truth, asked, judgement.readings)


BEARING = ("plans", "chosen_posts", "chosen_holders")
"""What readings may bear on besides the clauses that rely on them, where a plan is judged."""


def _same_conditions(tables: Tables, other: Tables, judgement: PlanJudgement) -> bool:
    """Whether another reading asks the same of a plan, clause by clause."""
    bearing = (reading for what in BEARING for reading in tables.kb.bearing_on(what))
    if any(tables.kb.readings[each].chosen != other.kb.readings[each].chosen for each in bearing):
        return False
    mine, its = tables.kb.clauses, other.kb.clauses
    return tables.printed == other.printed and all(
        mine[below.clause.id] == its[below.clause.id]
        for node in judgement.nodes
        for below in node.walk()
        if below.clause.id in mine
    )


def _same_amounts(
    other: Tables, organisation: Organisation, judgement: PlanJudgement, increase: Interval | None
) -> bool:
    """Whether all that is reckoned of money comes out as before by the definitions of another reading."""
    quantities = Quantities(other.kb, organisation, increase)
    for node in judgement.nodes:
        for below in node.walk():
            found = below.measurement
            if below.bound is None or found is None or found.quantity is None:
                continue
            again = quantities.quantity(found.quantity.id)
            if Ascertained(again.unit, again.value).meets(below.bound) is not below.holds:
                return False
    return True


@dataclass(frozen=True)
class Otherwise:
    """The same structures under another reading of one ambiguity: as many, or more, or fewer."""

    reading: str
    choice: str
    space: Space
    count: int
    conditional: int

    @cached_property
    def statuses(self) -> dict[Feature, Status]:
        """Whether the structures under this reading must, may or cannot have each choice; of others they cannot."""
        counted, every = self._combined.by_option(), self._combined.total

        def valid(ways: Ways) -> int:
            return ways.sure if self.space.certain else ways.valid

        having: dict[Feature, int] = {}
        for row, ways in zip(self.space.open, counted, strict=True):
            for option, of in zip(row, ways, strict=True):
                for feature in dict.fromkeys(option.features):
                    having[feature] = having.get(feature, 0) + valid(of)
        return {
            feature: "cannot" if not number else "must" if number == valid(every) else "may"
            for feature, number in having.items()
        }

    @cached_property
    def _combined(self) -> Combination:
        return Combination(self.space.open, self.space.coupling)

    @cached_property
    def _by_value(self) -> list[dict[object, int]]:
        return [{option.value: at for at, option in enumerate(row)} for row in self.space.open]

    def truth(self, structure: Structure) -> Truth:
        """Whether a structure may be under this reading."""
        places = [by.get(option.value) for by, option in zip(self._by_value, structure.options, strict=True)]
        if None in places:
            return False
        rows: Options = tuple(
            (row[at],) for row, at in zip(self.space.open, places, strict=True) if at is not None
        )
        total = Combination(rows, self.space.coupling).total
        return True if total.sure else None if total.valid else False


def otherwise(structures: Structures, space: Space, readings: frozenset[str]) -> tuple[Otherwise, ...]:
    """The structures under every other choice of some readings, where they differ in number.

    What cannot be counted, or for which a cost is missing, is left out.
    """
    found: list[Otherwise] = []
    tables = structures.tables
    with suppress(LimitReached):
        own = space.count(), space.conditional()
        for identity in open_to(tables.kb, readings):
            for choice in tables.kb.readings[identity].others:
                found += _under(structures, space, identity, choice, own)
    return tuple(found)


def _under(
    structures: Structures, space: Space, identity: str, choice: str, own: tuple[int, int]
) -> Iterator[Otherwise]:
    with suppress(LimitReached, MissingCost, NoSuchChoice):
        other = structures.within(structures.tables.under(identity, choice))
        narrowed = replace(other.space, certain=space.certain)
        for step in space.steps:
            narrow = narrowed.require if step.required else narrowed.forbid
            narrowed = narrow(step.choice, step.value)
        counted = narrowed.count(), narrowed.conditional()
        if counted != own:
            yield Otherwise(identity, choice, narrowed, *counted)
