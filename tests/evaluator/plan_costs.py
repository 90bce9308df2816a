"""What a plan adds to the burden of a year: new posts in full, raised posts by the difference (S22, S31).

Nothing is deducted for posts that are lowered or given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from .evaluator import Truth
from .post_conditions import Case, exists, head_of, kind_of
from .post_table import HEAD_OF, LEVELS
from .quantities import ANYTHING, NOTHING, Bounds, Facts, known, total

Costs = Mapping[tuple[str, str], int]


def cost_of(costs: Costs, post: str, level: str) -> Bounds:
    """Baht a year for a post at a level; a pair that the table leaves out is not known."""
    found = costs.get((post, level))
    return ANYTHING if found is None else known(found)


def hull(choices: Iterable[Bounds]) -> Bounds:
    """The narrowest interval around all of these."""
    made = list(choices)
    tops = [one.high for one in made]
    return Bounds(
        min(one.low for one in made), None if None in tops else max(top for top in tops if top is not None)
    )


def raised(costs: Costs, planned: tuple[str, str], today: tuple[str, str]) -> Bounds:
    """What it costs to have the planned post and level instead of today's."""
    if LEVELS.index(today[1]) >= LEVELS.index(planned[1]):
        return NOTHING
    new, old = cost_of(costs, *planned), cost_of(costs, *today)
    low = Fraction(0) if old.high is None else max(Fraction(0), new.low - old.high)
    return Bounds(low, None if new.high is None else max(Fraction(0), new.high - old.low))


def added(costs: Costs, planned: tuple[str, str], there: Truth, today: str, level: str | None) -> Bounds:
    """The cost of a planned post, given the post of today at a level that may not be known."""
    choices = [] if there is True else [cost_of(costs, *planned)]
    if there is not False:
        choices += [raised(costs, planned, (today, one)) for one in ([level] if level else LEVELS)]
    return hull(choices)


def more_of(costs: Costs, post: str, level: str, planned: int, today: int | None) -> Bounds:
    """Sections or parts beyond those of today."""
    each = cost_of(costs, post, level)
    most = each.times(max(0, planned - (today or 0)))
    return most if today is not None or planned == 0 else Bounds(Fraction(0), most.high)


def increase_of(
    case: Case, plan: Facts, deputies: Iterable[tuple[Facts, Facts | None]], costs: Costs
) -> Bounds:
    """The increase of a plan for a whole year, its deputies matched with those listed as given."""
    level, clerk = plan["clerk"]["level"], case.clerk
    parts = [added(costs, ("clerk", level), exists(clerk), "clerk", (clerk or {}).get("level"))]
    for deputy, today in deputies:
        there = exists(today) if today is not None or case.deputies is None else False
        parts.append(
            added(costs, ("deputy", deputy["level"]), there, "deputy", (today or {}).get("level")),
        )
    for planned in plan.get("units", []):
        unit = None if case.units is None else case.units[planned["id"]]
        there, facts = exists(unit), unit or {}
        kind = kind_of(unit)
        post_today = HEAD_OF[planned["kind"] if kind is None else kind]
        parts.append(
            added(
                costs,
                (HEAD_OF[planned["kind"]], planned["level"]),
                there,
                post_today,
                head_of(unit).get("level"),
            )
        )
        for key, post, of_level in (("sections", "section_head", "early"), ("parts", "part_head", "mid")):
            today_number = 0 if there is False else facts.get(key)
            parts.append(more_of(costs, post, of_level, planned.get(key, 0), today_number))
    return total(parts)
