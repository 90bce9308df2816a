"""Repairing a plan: the valid structures that differ least from it, then the cheapest; each judged again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lgreason.files.organisation.organisation import Organisation, Plan, PlannedUnit
from lgreason.reasoning.organisations.establishment import Establishment, Tables
from lgreason.reasoning.structures.choices import Costs, Structures, plan_of
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.reasoning.structures.optimum import Objective, best
from lgreason.reasoning.structures.space import Factor, FeatureValue, Option, Space

DISTANCE = "distance"
NO_UNIT = "none"


@dataclass(frozen=True, slots=True)
class ChoiceChanged:
    """One choice of a plan and what a repair makes of it: `deputies.high` from 2 to 1."""

    choice: str
    before: FeatureValue
    after: FeatureValue


@dataclass(frozen=True, slots=True)
class Repair:
    """A valid structure near a plan: what it changes in it, and what it adds to salaries, if costs are known."""

    plan: Plan
    differences: tuple[ChoiceChanged, ...]
    increase: int | None


def repairs(
    tables: Tables, organisation: Organisation, plan: Plan, costs: Costs | None, most: int
) -> tuple[Repair, ...]:
    """Up to `most` of the smallest repairs: fewest changes, then the fewest filled posts lost, then least cost.

    Units of today that the plan gives up stay given up. Where the text sets no number, no more posts are considered
    than the plan asks for. A repair is kept only if the whole structure, judged once more, surely may be.
    """
    planned = {unit.id for unit in plan.units}
    given_up = frozenset(unit.id for unit in organisation.units or ()) - planned
    largest = max(
        (len(plan.deputies), *(number for unit in plan.units for number in (unit.sections, unit.parts)))
    )
    structures = Structures(tables, organisation, costs, largest, given_up)
    space = _measured(structures.space, plan)
    if not all(space.open):
        return ()
    further = ("lost", "changes") if costs is None else ("lost", "increase", "changes")
    objectives = [Objective(DISTANCE), *map(Objective, further)]
    found = []
    for structure in islice(best(space.surely(), objectives), most):
        repaired = plan_of(structure)
        if PlanJudge(Establishment(tables, organisation), costs).truth(repaired) is True:
            increase = None if costs is None else structure.cost
            found.append(Repair(repaired, tuple(differences(plan, repaired)), increase))
    return tuple(found)


def _measured(space: Space, plan: Plan) -> Space:
    """The same space, every option measured by how much it changes in the plan."""
    return replace(
        space,
        factors=tuple(
            Factor(factor.name, tuple(_with_distance(option, factor.name, plan) for option in factor.options))
            for factor in space.factors
        ),
    )


def _with_distance(option: Option, factor: str, plan: Plan) -> Option:
    distance = _distance(option.value, factor, plan)
    others = tuple(replace(way, measures={**way.measures, DISTANCE: distance}) for way in option.others)
    return replace(option, measures={**option.measures, DISTANCE: distance}, others=others)


def _distance(value: object, factor: str, plan: Plan) -> int:
    if factor == "clerk":
        return int(value != plan.clerk)
    if factor == "deputies":
        assert isinstance(value, tuple)
        asked, chosen = Counter(post.level for post in plan.deputies), Counter(value)
        return max((asked - chosen).total(), (chosen - asked).total())
    unit = next((unit for unit in plan.units if f"units.{unit.id}" == factor), None)
    if unit is None:
        return 0
    if value is None:
        return 1 + unit.sections + unit.parts
    assert isinstance(value, PlannedUnit)
    head = int((unit.kind, unit.level) != (value.kind, value.level))
    return head + abs(unit.sections - value.sections) + abs(unit.parts - value.parts)


def differences(before: Plan, after: Plan) -> Iterator[ChoiceChanged]:
    """What differs between two plans, choice by choice."""
    if before.clerk != after.clerk:
        yield ChoiceChanged("clerk", before.clerk, after.clerk)
    levels = [Counter(post.level or "" for post in plan.deputies) for plan in (before, after)]
    for level in sorted(levels[0] | levels[1]):
        if levels[0][level] != levels[1][level]:
            yield ChoiceChanged(f"deputies.{level}", levels[0][level], levels[1][level])
    units = {unit.id: unit for unit in after.units}
    for unit in before.units:
        other = units.get(unit.id)
        if other is None:
            yield ChoiceChanged(f"units.{unit.id}.kind", unit.kind, NO_UNIT)
            continue
        for choice in ("kind", "level", "sections", "parts"):
            values = getattr(unit, choice), getattr(other, choice)
            if values[0] != values[1]:
                yield ChoiceChanged(f"units.{unit.id}.{choice}", *values)
