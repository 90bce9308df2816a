"""The best structures of a space: by several measures in order, or the Pareto front of two.

Whole structures are never listed to find them. From the last factor to the first, the ends of a structure are kept
that no other end beats: under the limit an end is beaten if another costs no more and is no worse. What is best of
the ends stays best whatever stands before, because measures and costs add up. Then a listing goes down only where a
best structure lies.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal, NamedTuple

from lgreason.reasoning.structures.space import Option, Space, Structure
from lgreason.reasoning.structures.structure import surely
from lgreason.reasoning.structures.sums import LimitReached

MOST_ENDS = 200_000
"""The unbeaten ends that may be kept at one factor."""

Vector = tuple[int, ...]


class Objective(NamedTuple):
    """A measure, and whether little or much of it is good."""

    measure: str
    sense: Literal["minimise", "maximise"] = "minimise"


class NoSuchMeasure(LookupError):
    """A measure was named that no option has."""


class Point(NamedTuple):
    """A point of a Pareto front: its two totals, and its structures, made anew each time they are asked for."""

    values: tuple[int, int]
    structures: Callable[[], Iterator[Structure]]


def best(space: Space, objectives: Sequence[Objective]) -> Iterator[Structure]:
    """Every structure that is best by the first objective, among those by the second, and so on; lazily, in order.

    Raises `NoSuchMeasure` at once, and `LimitReached` rather than guess.
    """
    search = _Search(space, objectives, _least)
    return (structure for target in search.targets for structure in search.at(target))


def front(space: Space, one: Objective, other: Objective) -> tuple[Point, ...]:
    """The totals in two measures that no structure betters in one without losing in the other; the best `one` first.

    Raises `NoSuchMeasure`, and `LimitReached` rather than guess.
    """
    search = _Search(space, (one, other), _unbeaten)
    return tuple(Point(search.printed(target), partial(search.at, target)) for target in search.targets)


Ends = Mapping[Vector, int]
"""Totals of the ends of structures (little is good), each with the least cost at which it can be had."""


def _least(ends: Ends) -> Ends:
    """Those ends that no cheaper end precedes in the order of the objectives."""
    kept: dict[Vector, int] = {}
    lead: Vector | None = None
    for vector, cost in sorted(ends.items(), key=lambda end: (end[1], end[0])):
        if lead is None or vector < lead:
            kept[vector] = cost
            lead = vector
    return kept


def _unbeaten(ends: Ends) -> Ends:
    """Those ends that no other end equals or betters in both measures and in cost."""
    kept: dict[Vector, int] = {}
    stairs: list[tuple[int, int]] = []  # of the cheaper ends: the first measure rising, the second falling
    for vector, cost in sorted(ends.items(), key=lambda end: (end[1], end[0])):
        one, other = vector
        at = bisect_right(stairs, (one, other))
        if at and stairs[at - 1][1] <= other:
            continue
        while at < len(stairs) and stairs[at][1] >= other:
            del stairs[at]
        insort(stairs, (one, other))
        kept[vector] = cost
    return kept


class _Search:
    """The unbeaten ends from each factor on: under the limit (`within`), and of options without a bound (`free`)."""

    def __init__(self, space: Space, objectives: Sequence[Objective], prune: Callable[[Ends], Ends]) -> None:
        self.options = space.open
        self.limit = space.limit
        self.signs = tuple(1 if objective.sense == "minimise" else -1 for objective in objectives)
        self.measures = tuple(objective.measure for objective in objectives)
        known = {measure for f in space.factors for option in f.options for measure in option.measures}
        for measure in self.measures:
            if measure not in known:
                raise NoSuchMeasure(measure)
        self.prune = prune
        nothing: Ends = {(0,) * len(self.measures): 0}
        self.within, self.free = [nothing], [nothing]
        for row in reversed(self.options):
            self.within.append(self._before(row, self.within[-1], counted=True))
            free = [option for option in row if self.limit is None or not option.bound]
            self.free.append(self._before(free, self.free[-1], counted=False))
        self.within.reverse()
        self.free.reverse()
        ends = dict.fromkeys((*self.within[0], *self.free[0]), 0) if all(self.options) else {}
        self.targets: list[Vector] = sorted(prune(ends))

    def _vector(self, option: Option) -> Vector:
        return tuple(
            sign * option.measures.get(measure, 0)
            for sign, measure in zip(self.signs, self.measures, strict=True)
        )

    def _before(self, row: Iterable[Option], ends: Ends, counted: bool) -> Ends:
        """The unbeaten ends from a factor on, of those from the next; `counted`: costs matter, within the limit."""
        if counted and self.limit is None:
            return {}
        room = self.limit if self.limit is not None and counted else 0
        firsts: dict[Vector, int] = {}
        for option in row:
            _cheapest(firsts, self._vector(option), option.cost if counted else 0)
        found: dict[Vector, int] = {}
        for first, paid in self.prune(firsts).items():
            for end, cost in ends.items():
                if paid + cost <= room:
                    _cheapest(found, tuple(map(int.__add__, first, end)), paid + cost)
            if len(found) > 4 * MOST_ENDS:
                found = dict(self.prune(found))
                if len(found) > MOST_ENDS:
                    raise LimitReached(MOST_ENDS)
        return self.prune(found)

    def printed(self, target: Vector) -> tuple[int, int]:
        """The two totals of a target as the measures have them."""
        one, other = (sign * total for sign, total in zip(self.signs, target, strict=True))
        return one, other

    def at(self, target: Vector) -> Iterator[Structure]:
        """Every structure with the totals of a target, in the order of the factors and their options."""
        vectors = [[(option, self._vector(option)) for option in row] for row in self.options]
        yield from self._continued(vectors, (), target, 0, True, False)

    def _continued(
        self,
        vectors: list[list[tuple[Option, Vector]]],
        chosen: tuple[Option, ...],
        left: Vector,
        cost: int,
        sure: bool,
        bound: bool,
    ) -> Iterator[Structure]:
        at = len(chosen)
        if at == len(vectors):
            yield Structure(chosen, cost, sure and surely(chosen, self.limit))
            return
        for option, vector in vectors[at]:
            rest = tuple(map(int.__sub__, left, vector))
            spent, demanded = cost + option.cost, bound or option.bound
            if self._has_an_end(at + 1, rest, spent, demanded):
                yield from self._continued(
                    vectors, (*chosen, option), rest, spent, sure and option.sure, demanded
                )

    def _has_an_end(self, at: int, left: Vector, cost: int, bound: bool) -> bool:
        """Whether some end brings exactly what is left: an end that is unbeaten, because the target is."""
        if self.limit is None:
            return left in self.free[at]
        end = self.within[at].get(left)
        return (end is not None and cost + end <= self.limit) or (not bound and left in self.free[at])


def _cheapest(ends: dict[Vector, int], vector: Vector, cost: int) -> None:
    if cost <= ends.get(vector, cost):
        ends[vector] = cost
