"""Structures and repairs against brute force: all plans of small organisations, by the independent evaluator."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import clingo
import pytest

from lgreason.files.organisation.organisation import LEVELS, Organisation, Plan, PlannedUnit, Post
from lgreason.reasoning.organisations.assignment import assignment
from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.reasoning.structures.against_today import lost_in
from lgreason.reasoning.structures.choices import Costs, Structures, plan_of
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.reasoning.structures.program import program
from lgreason.reasoning.structures.repairs import _distance, repairs
from lgreason.rules.terms import Truth
from tests.evaluator.all_plans import all_plans
from tests.evaluator.organisations import valid_in
from tests.evaluator.post_conditions import Case
from tests.evaluator.post_table import MEDIUM, SCOPES, scopes_of
from tests.evaluator.random_organisations import random_costs, random_organisation, with_gaps
from tests.organisation_agreement import loaded, tables

SMALL = range(96)
MANY = 1
"""How many larger spaces of each kind of organisation are tried."""
Key = tuple[Any, ...]


class Instance(NamedTuple):
    """A small random organisation, the costs of posts if they are known, and how many posts are considered."""

    data: dict[str, Any]
    organisation: Organisation
    costs: Costs | None
    most: int


@cache
def instance(seed: int) -> Instance | None:
    """One of each kind in turn, in half of them with gaps; none if the kind itself, or its units, are the gap."""
    rng = random.Random(seed)
    data = random_organisation(rng, SCOPES[seed % len(SCOPES)], units=rng.choice((1, 1, 2)))
    if rng.random() < 0.5:
        data = with_gaps(rng, data)
    if len(scopes_of(data)) > 1 or "units" not in data:
        return None
    budget = data.get("fiscal", {}).get("requested", {}).get("budget")
    costs = random_costs(rng, data) if budget and rng.random() < 0.8 else None
    if costs is not None and rng.random() < 0.5:  # dear ones, so that the bound on the burden comes to bear
        costs = {post: 10 * cost for post, cost in costs.items()}
    return Instance(data, loaded(data), costs, rng.choice((1, 2)))


def instances() -> Iterator[Instance]:
    return (found for seed in SMALL if (found := instance(seed)) is not None)


def key_of(plan: dict[str, Any]) -> Key:
    units = [(u["id"], u["kind"], u["level"], u.get("sections", 0), u.get("parts", 0)) for u in plan["units"]]
    return plan["clerk"]["level"], tuple(sorted(one["level"] for one in plan["deputies"])), tuple(units)


def key(plan: Plan) -> Key:
    units = [(u.id, u.kind, u.level, u.sections, u.parts) for u in plan.units]
    return plan.clerk, tuple(sorted(str(post.level) for post in plan.deputies)), tuple(units)


@cache
def valid_plans(seed: int, may_go: frozenset[str] = frozenset()) -> dict[Key, bool]:
    """Every plan of an instance that the evaluator does not refuse, and whether it is surely valid."""
    found = instance(seed)
    assert found is not None
    data, _, costs, most = found
    case = Case(data, {})
    listed = {unit["id"]: unit for unit in data["units"]}
    numbers = [unit.get(key, 0) for unit in data["units"] for key in ("sections", "parts")]
    deputies = len((data.get("posts") or {}).get("deputies") or ())
    kept: dict[Key, bool] = {}
    for plan in all_plans(data, sections=max(most, *numbers), deputies=max(most, deputies), may_go=may_go):
        more = any(
            unit[inside] > max(most, listed[unit["id"]].get(inside, 0))
            for unit in plan["units"]
            for inside in ("sections", "parts")
        )
        if more and scopes_of(data) != (MEDIUM,):  # there the text sets the number
            continue
        truth = valid_in(case, plan, costs).verdict
        if truth is not False:
            kept[key_of(plan)] = truth is True
    return kept


def judged(found: Instance, plan: Plan) -> Truth:
    return PlanJudge(Establishment(tables(), found.organisation), found.costs).truth(plan)


# ── the structures of small organisations ─────────────────────────────────────────────────────────────────


def test_the_small_organisations_are_of_every_sort() -> None:
    every = list(instances())
    assert len(every) >= 60
    assert {scopes_of(one.data)[0] for one in every} == set(SCOPES)
    assert sum(one.costs is not None for one in every) >= 20
    assert sum(one.costs is not None and _bears(one) for one in every) >= 8


def _bears(one: Instance) -> bool:
    """Whether the costs make a difference to what may be."""
    with_costs, without = (
        Structures(tables(), one.organisation, c, one.most).space for c in (one.costs, None)
    )
    return (with_costs.count(), with_costs.conditional()) != (without.count(), without.conditional())


@pytest.mark.parametrize("seed", SMALL)
def test_structures_are_the_plans_that_the_evaluator_lets_stand(seed: int) -> None:
    found = instance(seed)
    if found is None:
        return
    space = Structures(tables(), found.organisation, found.costs, found.most).space
    listed = [(key(plan_of(structure)), structure.sure) for structure in space.structures()]
    assert len(listed) == len({plan for plan, _ in listed}), "a structure is listed twice"
    expected = valid_plans(seed)
    assert dict(listed) == expected
    sure = sum(expected.values())
    assert (space.count(), space.conditional()) == (sure, len(expected) - sure)


@pytest.mark.parametrize("seed", [seed for seed in SMALL if seed % 3 == 2])
def test_units_that_may_be_given_up_are_given_up_as_the_evaluator_lets_them(seed: int) -> None:
    found = instance(seed)
    units = found.organisation.units if found is not None else None
    if found is None or not units or not units[0].exists:
        return
    may_go = frozenset((units[0].id,))
    space = Structures(tables(), found.organisation, found.costs, found.most, may_go=may_go).space
    listed = {key(plan_of(structure)): structure.sure for structure in space.structures()}
    assert listed == valid_plans(seed, may_go)
    gone = list(space.require(f"units.{units[0].id}.kind", "none").structures())
    assert {key(plan_of(s)) for s in gone} == {k for k in listed if units[0].id not in {u[0] for u in k[2]}}
    for structure in gone[:3]:
        judgement = PlanJudge(Establishment(tables(), found.organisation), found.costs).judge(
            plan_of(structure)
        )
        assert sorted(map(repr, judgement.lost)) == sorted(map(repr, lost_in(structure)))


@pytest.mark.parametrize("seed", SMALL)
def test_facets_say_how_many_remain(seed: int) -> None:
    found = instance(seed)
    if found is None:
        return
    structures = Structures(tables(), found.organisation, found.costs, found.most)
    every = list(structures.space.structures())
    for facet in structures.space.facets(structures.refused):
        having = [one for one in every if (facet.choice, facet.value) in one.features]
        sure = sum(one.sure for one in having)
        assert (facet.remaining, facet.conditional) == (sure, len(having) - sure), facet
        status = "cannot" if not having else "must" if len(having) == len(every) else "may"
        assert facet.status == status, facet


@pytest.mark.parametrize("seed", [seed for seed in SMALL if seed % 4 == 1])
def test_clingo_counts_the_same(seed: int) -> None:
    found = instance(seed)
    if found is None:
        return
    structures = Structures(tables(), found.organisation, found.costs, found.most)
    text, space = program(structures), structures.space
    assert models(text, certain=1) == space.count()
    assert models(text, certain=0) == space.count() + space.conditional()


def models(text: str, certain: int) -> int:
    """How many structures plain clingo finds, as the program says they are to be enumerated."""
    messages: list[str] = []
    options = ["0", "--project=show", "-c", f"certain={certain}", "--warn=all"]
    control = clingo.Control(options, logger=lambda _, message: messages.append(message))
    control.add("base", [], text)
    control.ground([("base", [])])
    found: list[None] = []
    control.solve(on_model=lambda _: found.append(None))
    assert messages == []
    return len(found)


# ── larger ones ───────────────────────────────────────────────────────────────────────────────────────────


def larger(seeds: Iterable[int]) -> Iterator[Instance]:
    for seed in seeds:
        rng = random.Random(seed)
        data = random_organisation(rng, SCOPES[seed % len(SCOPES)], units=2)
        costs = random_costs(rng, data) if seed % 3 else None
        yield Instance(data, loaded(data), costs, 2)


def changed(rng: random.Random, plan: Plan) -> Plan:
    """A plan with one thing in it changed."""
    sort = rng.randrange(4)
    if sort == 0:
        return replace(plan, clerk=rng.choice(LEVELS))
    if sort == 1:
        return replace(plan, deputies=(*plan.deputies, Post(rng.choice(LEVELS))))
    if sort == 2 and plan.deputies:
        return replace(plan, deputies=(Post(rng.choice(LEVELS)), *plan.deputies[1:]))
    if not plan.units:
        return plan
    at = rng.randrange(len(plan.units))
    unit = plan.units[at]
    other = rng.choice(
        (
            replace(unit, level=rng.choice(LEVELS)),
            replace(unit, kind="office" if unit.kind == "division" else "division"),
            replace(unit, sections=unit.sections + 1),
            replace(unit, parts=unit.parts + 1),
        )
    )
    return replace(plan, units=(*plan.units[:at], other, *plan.units[at + 1 :]))


@pytest.mark.parametrize("seed", range(500, 500 + MANY * len(SCOPES)))
def test_every_option_passes_validate_and_no_other_plan_does(seed: int) -> None:
    rng = random.Random(seed)
    (found,) = larger((seed,))
    space = Structures(tables(), found.organisation, found.costs, found.most).space
    every = {key(plan_of(structure)): structure for structure in islice(space.structures(), 20_000)}
    complete = len(every) == space.count() + space.conditional()
    others = 0
    for structure in rng.sample(list(every.values()), min(6, len(every))):
        plan = plan_of(structure)
        assert judged(found, plan) is (True if structure.sure else None), plan
        for other in (changed(rng, plan) for _ in range(3)):
            if complete and key(other) not in every and _considered(found, other):
                others += 1
                assert judged(found, other) is False, other
    assert others or len(every) < 6, len(every)


def _considered(found: Instance, plan: Plan) -> bool:
    """Whether a plan keeps to the numbers up to which structures are sought where the text sets none."""
    listed = {unit.id: unit for unit in found.organisation.units or ()}
    within = all(
        unit.sections <= max(found.most, listed[unit.id].sections or 0)
        and unit.parts <= max(found.most, listed[unit.id].parts or 0)
        for unit in plan.units
    )
    return within and len(plan.deputies) <= max(found.most, len(found.organisation.deputies or ()))


# ── repairs ───────────────────────────────────────────────────────────────────────────────────────────────


def distance(before: Plan, after: dict[str, Any]) -> int:
    """How many changes lead from a plan to one of all plans, by the product's own measure of each factor."""
    units = {unit["id"]: unit for unit in after["units"]}
    total = _distance(after["clerk"]["level"], "clerk", before)
    total += _distance(tuple(one["level"] for one in after["deputies"]), "deputies", before)
    for unit in before.units:
        other = units.get(unit.id)
        value = None
        if other is not None:
            value = PlannedUnit(unit.id, other["kind"], other["level"], other["sections"], other["parts"])
        total += _distance(value, f"units.{unit.id}", before)
    return total


@pytest.mark.parametrize("seed", range(300, 340))
def test_repairs_are_valid_and_none_is_nearer(seed: int) -> None:
    rng = random.Random(seed)
    data = random_organisation(rng, SCOPES[seed % len(SCOPES)], units=rng.choice((1, 2)))
    costs = random_costs(rng, data) if rng.random() < 0.4 else None
    organisation = loaded(data)
    plan = organisation.plan
    assert plan is not None
    found = Instance(data, organisation, costs, 2)
    if judged(found, plan) is not False:
        return
    offered = repairs(tables(), organisation, plan, costs, 5)
    planned = {unit.id for unit in plan.units}
    asked = {**data, "units": [unit for unit in data["units"] if unit["id"] in planned]}
    most = max(len(plan.deputies), *(n for u in plan.units for n in (u.sections, u.parts)), 0)
    case = Case(data, {})
    nearest: int | None = None
    for other in sorted(all_plans(asked, sections=most, deputies=most), key=lambda p: distance(plan, p)):
        if valid_in(case, other, costs).verdict is True:
            nearest = distance(plan, other)
            break
    if nearest is None:
        assert offered == ()
        return
    assert offered, nearest
    assert valid_in(case, as_data(offered[0].plan), costs).verdict is True
    for repair in offered:
        assert distance(plan, as_data(repair.plan)) == nearest
        assert valid_in(case, as_data(repair.plan), costs).verdict is True
        assert repair.differences


def as_data(plan: Plan) -> dict[str, Any]:
    return {
        "clerk": {"level": plan.clerk},
        "deputies": [{"level": post.level} for post in plan.deputies],
        "units": [
            {"id": u.id, "kind": u.kind, "level": u.level, "sections": u.sections, "parts": u.parts}
            for u in plan.units
        ],
    }


# ── deputies ──────────────────────────────────────────────────────────────────────────────────────────────


def test_assignments_are_the_best_of_all() -> None:
    from itertools import permutations

    rng = random.Random(1)
    for _ in range(400):
        rows = rng.randint(0, 4)
        columns = rows + rng.randint(0, 3)
        costs = [[(rng.randint(0, 1), rng.randint(0, 3)) for _ in range(columns)] for _ in range(rows)]

        def total(places: tuple[int, ...], costs: list[list[tuple[int, int]]] = costs) -> tuple[int, ...]:
            return tuple(
                sum(costs[row][column][part] for row, column in enumerate(places)) for part in (0, 1)
            )

        found = tuple(assignment(costs))
        assert len(set(found)) == rows
        assert total(found) == min(map(total, permutations(range(columns), rows)))


def test_no_deputy_of_today_is_raised_twice() -> None:
    """One deputy today, two planned at mid: one is raised, the other new."""
    data = {
        "kind": "organisation",
        "type": "sao",
        "size": "large",
        "posts": {"deputies": [{"level": "early", "delegated_units": [], "workload_analysis": "passed"}]},
        "units": [],
        "plan": {"clerk": {"level": "mid"}, "deputies": [{"level": "mid"}, {"level": "mid"}], "units": []},
    }
    organisation = loaded(data)
    assert organisation.plan is not None
    judgement = PlanJudge(Establishment(tables(), organisation)).judge(organisation.plan)
    assert [(post.change, post.was) for post in judgement.posts[1:]] == [("raised", "early"), ("new", None)]


def test_what_is_not_known_about_today_is_never_a_no() -> None:
    """The level of the one division is not known: a plan that may only keep it is not refused for its cost."""
    year = {"budget": 100, "salaries_frame": 34, "benefits_paid": 0, "investment": 20}
    asked = {"budget": 100, "salaries_frame": 34, "upgrade_increase": 0, "support_posts": 0}
    data = {
        "kind": "organisation",
        "type": "sao",
        "size": "large",
        "fiscal": {
            "previous": {"year": 2560, **year},
            "requested": {"year": 2561, **asked, "benefits_budgeted": 0, "investment": 20},
        },
        "posts": {"clerk": {"level": "mid"}, "deputies": []},
        "units": [{"id": "works", "kind": "division", "sections": 0, "workload_analysis": "passed"}],
        "plan": {
            "clerk": {"level": "mid"},
            "deputies": [],
            "units": [{"id": "works", "kind": "division", "level": "mid", "sections": 0}],
        },
    }
    costs = {
        (post, level): 10 for post in ("clerk", "deputy", "division_head", "section_head") for level in LEVELS
    }
    costs["division_head", "mid"] = 50
    organisation = loaded(data)
    assert organisation.plan is not None
    assert PlanJudge(Establishment(tables(), organisation), costs).truth(organisation.plan) is None
    space = Structures(tables(), organisation, costs).space
    found = [one for one in space.structures() if key(plan_of(one)) == key(organisation.plan)]
    assert [one.sure for one in found] == [False]
