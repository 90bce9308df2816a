"""Posts of one series against one another: the higher reached with less, and those that nobody enters first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lgreason.reasoning.rulesets.realise import Realiser
from lgreason.reasoning.rulesets.sides import Side
from lgreason.reasoning.rulesets.space import RuleSpace
from lgreason.rules.solver.deciding import Vector

MOST_ROUTES = 200
MOST_CASES = 12


def easier_above(side: Side, low: str, high: str) -> tuple[str, Mapping[str, Any]] | None:
    """Somebody who may have the higher of two positions and not the lower, with less than the lower takes.

    The code of the finding, and the file: `lint_easier_above` where part of what the lower position takes is enough,
    or a lower degree; `lint_degree_above` where a degree is enough that the lower one does not accept, though the
    person meets all else that it asks.
    """
    below, above = side.kb.posts[low], side.kb.posts[high]
    space = RuleSpace((side.kb,), ((below, above),), side.day)
    both = {v.met for v in space.cases([(0, below), (0, above)], most=MOST_ROUTES)}
    lower = space.cases([(0, below)], most=MOST_ROUTES)
    routes = {v.met for v in lower} & both
    higher = space.cases([(0, above)], [(0, below)], most=MOST_ROUTES)
    easier = [
        case
        for case in higher
        if any(case.met < route for route in routes)
        or any(_by_lower_degrees(space, case, route) for route in lower)
    ]
    wider = [case for case in higher if any(_by_other_degrees(space, case, route) for route in lower)]
    for code, cases in (("lint_easier_above", easier), ("lint_degree_above", wider)):
        if cases and (document := _shown(side, space, cases, low, high)) is not None:
            return code, document
    return None


def _shown(
    side: Side, space: RuleSpace, cases: list[Vector], low: str, high: str
) -> Mapping[str, Any] | None:
    """The file of one who may have the higher position and not the lower."""
    below, above = side.kb.posts[low], side.kb.posts[high]
    realiser = Realiser(space, (side,))

    def sound(document: dict[str, Any]) -> bool:
        return [side.verdict(document, position) for position in (low, high)] == ["ineligible", "eligible"]

    offered = realiser.offering
    tried = realiser.cases([(0, above)], [(0, below)], MOST_CASES) if offered else cases[:MOST_CASES]
    for case in tried:
        if (document := realiser.file(case, sound)) is not None:
            return {"kind": "person", **document}
    return None


def _by_lower_degrees(space: RuleSpace, case: Vector, route: Vector) -> bool:
    """Whether a case takes what a route does and nothing else, but for degrees that are lower."""
    (met, had), (wanted, asked) = (_taken(space, each) for each in (case, route))
    order = space.sides[0].declared.declarations("person").values.get("degree", ())
    if not met <= wanted or len(had) != len(asked) or not {*had, *asked} <= set(order):
        return False
    pairs = list(
        zip(*(sorted(order.index(degree) for degree in degrees) for degrees in (had, asked)), strict=True)
    )
    return all(mine <= its for mine, its in pairs) and any(mine < its for mine, its in pairs)


def _by_other_degrees(space: RuleSpace, case: Vector, route: Vector) -> bool:
    """Whether a case takes all that a route does, but for degrees no higher, in fields that the route leaves out."""
    (met, had), (wanted, asked) = (_taken(space, each) for each in (case, route))
    order = space.sides[0].declared.declarations("person").values.get("degree", ())
    if not wanted <= met or len(had) != len(asked) or not had or not {*had, *asked} <= set(order):
        return False
    ranks = [sorted(order.index(degree) for degree in degrees) for degrees in (had, asked)]
    return all(mine <= its for mine, its in zip(*ranks, strict=True))


def _taken(space: RuleSpace, case: Vector) -> tuple[frozenset[object], list[str]]:
    """What a case takes: the demands that it meets besides those on degrees, and its degrees."""
    demands = [space.demands[number] for number in case.met]
    return frozenset(d.same for d in demands if not d.of_degrees), [space.things[n].one for n in case.has]


def shut_in(side: Side) -> list[str]:
    """The positions that can be entered only from one another: each asks that one of them was held before.

    A position that no rule opens, a post named by its type and level, and an equivalent post are open to somebody.
    """
    roots = side.kb.posts
    space = RuleSpace((side.kb,), (tuple(roots.values()),), side.day)
    needing: dict[str, frozenset[str]] = {}
    for demand in space.demands:
        things = demand.posts or demand.things
        if demand.clause.measures == "qualification" or not things:
            continue
        if all(thing.sort == "position" and thing.how in ("plain", "acting") for thing in things):
            needing[demand.clause.id] = frozenset(thing.one for thing in things)
    shut = dict.fromkeys(roots) if needing else {}
    while shut:
        blocked = [(0, clause) for clause, posts in needing.items() if posts <= shut.keys()]
        opened = [post for post in shut if space.cases([(0, roots[post])], blocked)]
        if not opened:
            break
        shut = {post: None for post in shut if post not in opened}
    return list(shut)
