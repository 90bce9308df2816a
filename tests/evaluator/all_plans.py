"""Every plan of an organisation, one by one, to compare a search for structures with.

The clerk has one of the levels; the deputies are any multiset; a unit that exists stays, one that is only wanted
may be there or not; each has a kind, a level, sections and parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement, product
from typing import Any

from .organisations import USUAL, Readings, valid_in
from .plan_costs import Costs
from .post_conditions import Case, exists
from .post_table import HEAD_OF, LEVELS, scopes_of, section_limit
from .quantities import Facts


def all_plans(
    org: Facts,
    sections: int = 2,
    deputies: int = 2,
    readings: Readings = USUAL,
    every_level: bool = False,
    may_go: frozenset[str] = frozenset(),
) -> Iterator[dict[str, Any]]:
    """Plans up to the numbers that the text allows, or else up to ``sections`` and ``deputies``.

    Only the levels that the table prints, since it refuses the others, or ``every_level`` with one deputy, one
    section and one part more than the text allows. Units in ``may_go`` may be given up.
    """
    case = Case(org, readings)
    (scope,) = scopes_of(org)
    more = 1 if every_level else 0

    def levels(post: str) -> tuple[str, ...]:
        return LEVELS if every_level else case.printed(scope, post)

    numbers = [limit.number for limit in case.deputy_limits(scope) if limit.levels == LEVELS]
    most_deputies = min(numbers, default=deputies) + more
    groups = [
        group
        for size in range(most_deputies + 1)
        for group in combinations_with_replacement(levels("deputy"), size)
    ]
    limit = section_limit(scope)
    most_sections = (sections if limit is None else limit) if case.printed(scope, "section_head") else 0
    most_parts = sections if case.printed(scope, "part_head") else 0

    def choices(unit: Facts) -> list[dict[str, Any] | None]:
        made: list[dict[str, Any] | None] = [None] if exists(unit) is False or unit["id"] in may_go else []
        for kind, post in HEAD_OF.items():
            for level, some, parts in product(
                levels(post), range(most_sections + more + 1), range(most_parts + more + 1)
            ):
                made.append(
                    {"id": unit["id"], "kind": kind, "level": level, "sections": some, "parts": parts}
                )
        return made

    for level, group, units in product(
        levels("clerk"), groups, product(*(choices(unit) for unit in org.get("units", [])))
    ):
        yield {
            "clerk": {"level": level},
            "deputies": [{"level": one} for one in group],
            "units": [unit for unit in units if unit is not None],
        }


def count_valid(
    org: Facts, sections: int = 2, deputies: int = 2, costs: Costs | None = None, readings: Readings = USUAL
) -> tuple[int, int]:
    """How many plans are surely valid, and how many only if something not known turns out right."""
    case = Case(org, readings)
    verdicts = [valid_in(case, plan, costs).verdict for plan in all_plans(org, sections, deputies, readings)]
    return verdicts.count(True), verdicts.count(None)
