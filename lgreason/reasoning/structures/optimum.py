"""The best structures of a space: by several measures in order, or the Pareto front of two.

Whole structures are never listed to find them. From the last factor to the first, the ends of a structure are kept
that no other end beats: an end is beaten if another adds and demands the same, costs no more and is no worse. What is
best of the ends stays best whatever stands before, because measures and costs add up. Then a listing goes down only
where a best structure lies.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Literal, NamedTuple

from lgreason.reasoning.structures.combination import MOST_STATES
from lgreason.reasoning.structures.coupling import Cost, Counts, Demands, eased, guesses
from lgreason.reasoning.structures.listing import Listing
from lgreason.reasoning.structures.space import Feature, Option, Space, Structure
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


def first(space: Space, objectives: Sequence[Objective], number: int) -> Iterator[Structure]:
    """So many structures, the best by the first objective first, among equals by the second, and so on; lazily.

    Raises `NoSuchMeasure` at once, and `LimitReached` rather than guess.
    """
    # A structure that comes about in several ways may stand at several totals: it is given at the best of them.
    several = max((len(option.ways) for row in space.open for option in row), default=1)
    search = _Search(space, objectives, partial(_leading, number * several))

    def each() -> Iterator[Structure]:
        done: set[tuple[Feature, ...]] = set()
        for target in search.targets:
            for structure in search.at(target):
                if structure.features not in done:
                    done.add(structure.features)
                    yield structure

    return islice(each(), number)


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


def _leading(number: int, ends: Ends) -> Ends:
    """Those ends that fewer than so many others precede that cost no more."""
    kept: dict[Vector, int] = {}
    before: list[Vector] = []
    for vector, cost in sorted(ends.items(), key=lambda end: (end[1], end[0])):
        at = bisect_right(before, vector)
        if at < number:
            before.insert(at, vector)
            kept[vector] = cost
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


State = tuple[Counts, Demands]
Ahead = dict[State, Ends]


class _Search:
    """The unbeaten ends of structures from each factor on, by what they add and demand.

    Among ends that add and demand the same, the cheapest of equals is kept; where something demands that the sum of
    costs exceed its limit, the dearest is kept beside it (`dear`, as costs below nothing).
    """

    def __init__(self, space: Space, objectives: Sequence[Objective], prune: Callable[[Ends], Ends]) -> None:
        self.options = space.open
        self.coupling = space.coupling
        self.certain = space.certain
        self.signs = tuple(1 if objective.sense == "minimise" else -1 for objective in objectives)
        self.measures = tuple(objective.measure for objective in objectives)
        known = {m for f in space.factors for o in f.options for way in o.ways for m in way.measures}
        for measure in self.measures:
            if measure not in known:
                raise NoSuchMeasure(measure)
        self.prune = prune
        self.senses = self._senses()
        nothing: Ends = {(0,) * len(self.measures): 0}
        self.ahead: dict[int, list[Ahead]] = {}
        for sense in self.senses:
            tables: list[Ahead] = [{(self.coupling.none, frozenset()): nothing}]
            for row in reversed(self.options):
                tables.append(self._before(row, tables[-1], sense))
            tables.reverse()
            self.ahead[sense] = tables
        if self._across():
            self.senses = ()
        self.targets: list[Vector] = self._targets() if all(self.options) else []

    def _senses(self) -> tuple[int, ...]:
        """Whether the cheapest of equal ends are kept, or the dearest besides, because some demand asks for more.

        Where what lies between might be wanted, it is listed instead (`_listed`).
        """
        ways = [way for row in self.options for option in row for way in option.ways]
        demands = self.coupling.always.union(*(way.demands for way in ways))
        by = [eased(each, self.coupling.leaves) for each in demands]
        directions = frozenset[bool]().union(*by)
        if True not in directions:
            return (1,)
        if any(len(each) > 1 for each in by) or (len(directions) > 1 and len(self.coupling.limits) > 1):
            return ()
        return (1, -1)

    def _across(self) -> bool:
        """Whether some structure may be only because what it costs is not known: its sum lies across a limit.

        No end shows that by its least or its greatest cost alone, so such structures are listed instead.
        """
        if all(way.price.least == way.price.most for row in self.options for o in row for way in o.ways):
            return False
        for ahead in self.ahead.values():
            for counts, demands in ahead[0]:
                whole = self.coupling.added(self.coupling.nothing, counts)
                if any(guesses(each, self.coupling.leaves) for each in demands | self.coupling.always):
                    return True
                across = [(n, m) for n, m in self.coupling.corners(whole, demands) if n < m]
                if across and not self.coupling.spans(whole, demands, False):
                    return True
        return False

    def _listed(self) -> Iterator[Structure]:
        """Every structure that may be, one after the other, up to a number."""
        listing = Listing(self.options, self.coupling, self._rank, self.certain)
        for number, structure in enumerate(listing.structures()):
            if number >= MOST_ENDS:
                raise LimitReached(MOST_ENDS)
            yield structure

    def _rank(self, structure: Structure) -> Vector:
        return tuple(map(sum, zip(*map(self._vector, structure.options), strict=True)))

    def _vector(self, option: Option) -> Vector:
        return tuple(
            sign * option.measures.get(measure, 0)
            for sign, measure in zip(self.signs, self.measures, strict=True)
        )

    def _before(self, row: Iterable[Option], ahead: Ahead, sense: int) -> Ahead:
        """The unbeaten ends from a factor on, of those from the next."""
        firsts: dict[State, dict[Vector, int]] = {}
        for option in row:
            for way in option.ways:
                of = firsts.setdefault((way.adds or self.coupling.none, way.demands), {})
                _cheapest(of, self._vector(way), self._paid(way, sense))
        found: dict[State, dict[Vector, int]] = {}
        for (adds, demands), ways in firsts.items():
            kept = self.prune(ways)
            for (counts, asked), ends in ahead.items():
                of = found.setdefault((self.coupling.added(adds, counts), demands | asked), {})
                for first, paid in kept.items():
                    for end, cost in ends.items():
                        _cheapest(of, tuple(map(int.__add__, first, end)), paid + cost)
                if len(of) > 4 * MOST_ENDS:
                    of = found[self.coupling.added(adds, counts), demands | asked] = dict(self.prune(of))
                    if len(of) > MOST_ENDS:
                        raise LimitReached(MOST_ENDS)
        if len(found) > MOST_STATES:
            raise LimitReached(MOST_STATES)
        return {state: self.prune(ends) for state, ends in found.items()}

    def _paid(self, way: Option, sense: int) -> int:
        if sense < 0:
            return -(way.price.least if self.certain else way.price.most)
        return way.price.most if self.certain else way.price.least

    def _targets(self) -> list[Vector]:
        """The totals of valid structures that no other totals beat."""
        found: dict[Vector, int] = {}
        if not self.senses:
            return sorted(self.prune(dict.fromkeys(map(self._rank, self._listed()), 0)))
        for sense, tables in self.ahead.items():
            for (counts, demands), ends in tables[0].items():
                whole = self.coupling.added(self.coupling.nothing, counts)
                for vector, cost in ends.items():
                    if self._valid(whole, demands, sense * cost):
                        found[vector] = 0
        return sorted(self.prune(found))

    def _valid(self, counts: Counts, demands: Demands, cost: int) -> bool:
        truth = self.coupling.verdict(counts, demands, Cost(cost, cost))
        return truth is True if self.certain else truth is not False

    def printed(self, target: Vector) -> tuple[int, int]:
        """The two totals of a target as the measures have them."""
        one, other = (sign * total for sign, total in zip(self.signs, target, strict=True))
        return one, other

    def at(self, target: Vector) -> Iterator[Structure]:
        """Every structure with the totals of a target, in the order of the factors and their options."""
        if not self.senses:
            yield from (structure for structure in self._listed() if self._rank(structure) == target)
            return
        yield from self._continued(
            [_Begun((), target, self.coupling.nothing, frozenset(), Cost(), dict.fromkeys(self.senses, 0))]
        )

    def _continued(self, begun: list[_Begun]) -> Iterator[Structure]:
        at = len(begun[0].options)
        if at == len(self.options):
            best: tuple[tuple[bool, int], Structure] | None = None
            for one in begun:
                truth = self.coupling.verdict(one.counts, one.demands, one.cost)
                if truth is False or (self.certain and truth is not True):
                    continue
                structure = Structure(one.options, one.cost.least, truth is True)
                rank = truth is not True, one.cost.least
                if best is None or rank < best[0]:
                    best = rank, structure
            if best is not None:
                yield best[1]
            return
        for option in self.options[at]:
            longer = [
                further
                for one in begun
                for way in option.ways
                if self._has_an_end(at + 1, further := self._with(one, way))
            ]
            if longer:
                yield from self._continued(longer)

    def _with(self, begun: _Begun, way: Option) -> _Begun:
        return _Begun(
            (*begun.options, way),
            tuple(map(int.__sub__, begun.left, self._vector(way))),
            self.coupling.added(begun.counts, way.adds) if way.adds else begun.counts,
            begun.demands | way.demands,
            Cost(begun.cost.least + way.price.least, begun.cost.most + way.price.most),
            {sense: paid + self._paid(way, sense) for sense, paid in begun.paid.items()},
        )

    def _has_an_end(self, at: int, begun: _Begun) -> bool:
        """Whether some end brings exactly what is left: an end that is unbeaten, because the target is."""
        for sense, paid in begun.paid.items():
            for (counts, demands), ends in self.ahead[sense][at].items():
                end = ends.get(begun.left)
                if end is None:
                    continue
                whole = self.coupling.added(begun.counts, counts)
                if self._valid(whole, begun.demands | demands, sense * (paid + end)):
                    return True
        return False


class _Begun(NamedTuple):
    """The beginning of a structure: what is left of a target, and what it added, demands and costs."""

    options: tuple[Option, ...]
    left: Vector
    counts: Counts
    demands: Demands
    cost: Cost
    paid: Mapping[int, int]


def _cheapest(ends: dict[Vector, int], vector: Vector, cost: int) -> None:
    if cost <= ends.get(vector, cost):
        ends[vector] = cost
