"""Counting structures whose costs are exactly known, as sums of products over the rows of options.

What counters come to in the end tells which conditions are met, and so which options may be had beside one another.
So for each such end, and each range of the sum of costs, the options that it lets stand are taken, and the selections
of them that lead to it are counted: a product over the rows of polynomials in the counters and in the costs. That a
counter reaches its bound is: whatever it comes to, less each number below the bound. With one row taken away again,
by division, the same products say how many structures have each option.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import prod
from typing import NamedTuple

from lgreason.reasoning.structures.coupling import Cost, Counted, Counts, CoupledDemand, Coupling, Demands
from lgreason.reasoning.structures.digits import Terms, terms
from lgreason.reasoning.structures.sums import LimitReached
from lgreason.rules.terms import Truth

MOST_ENDS = 20_000
"""The different ends of the counters that are told apart at most."""
Dimension = tuple[int, int]
"""A counter, and which of its two ends: what it surely is, or what it is at most; 0 for both, where they are one."""
Degrees = tuple[int, ...]
Exact = tuple[int, ...]
"""The dimensions of which exact numbers are told apart; the others may be anything."""
Pair = tuple[int, int]
"""How many are surely valid, and how many valid."""


class OptionGroup(NamedTuple):
    """The options of a row that add and demand the same, by their cost in steps."""

    counts: Counts
    demands: Demands
    places: Mapping[int, tuple[int, ...]]


Row = tuple[OptionGroup, ...]
Part = Mapping[Degrees, Terms]
"""A row as a polynomial: what its options add to the dimensions that are told apart, by their costs."""


@dataclass(eq=False)
class ProductSought:
    """A product to be worked out: the groups that may be had in each row, and what is made of which coefficient.

    `wanted`: for each coefficient, and each limit of the sum of costs (`None`: none), how often it counts.
    """

    allowed: tuple[tuple[int, ...], ...]
    exact: Exact
    wanted: dict[Degrees, dict[int | None, Pair]] = field(default_factory=dict)

    @cached_property
    def most(self) -> Degrees:
        """The greatest number wanted of each dimension; 0 of those that are not told apart."""
        return tuple(map(max, zip(*self.wanted, strict=True)))

    @property
    def priced(self) -> bool:
        """Whether sums of costs are told apart."""
        return any(bound is not None for wanted in self.wanted.values() for bound in wanted)


class Products:
    """The structures over some rows of options, each of which comes about in one way."""

    def __init__(self, rows: Sequence[Row], coupling: Coupling) -> None:
        """Take the rows, and what ties them; costs and limits are steps."""
        self.rows = rows
        self._coupling = coupling
        self._demands = coupling.always.union(*(group.demands for row in rows for group in row))
        used = {leaf for demand in self._demands for leaf in demand.leaves}
        self._leaves = [n for n in sorted(used) if isinstance(coupling.leaves[n], Counted)]
        self._base = coupling.nothing
        self._dimensions, self._stops = self._told_apart()
        self._adds: dict[tuple[Counts, Exact], Degrees] = {}
        greatest = sum(max(cost for group in row for cost in group.places) for row in rows)
        # A limit beyond every sum is none; one below every sum was made `NEVER`.
        ends = [end for _, end in coupling.segments if end is not None]
        self.limits = [end if end < greatest else None for end in ends]

    def _told_apart(self) -> tuple[list[Dimension], list[int]]:
        leaves = [self._coupling.leaves[n] for n in self._leaves]
        stops: dict[int, int] = {}
        for leaf in leaves:
            assert isinstance(leaf, Counted)
            stops[leaf.counter] = max(stops.get(leaf.counter, 0), leaf.stop)
        dimensions: list[Dimension] = []
        for counter in sorted(stops):
            counts = [self._base, *(group.counts for row in self.rows for group in row)]
            both = any(low != high for low, high in (each[counter] for each in counts))
            dimensions += [(counter, 0), (counter, 1)] if both else [(counter, 0)]
        return dimensions, [stops[counter] for counter, _ in dimensions]

    # ── the ends, and what they let stand ───────────────────────────────────────────────────────

    @cached_property
    def jobs(self) -> list[ProductSought]:
        """The products that have to be worked out. Raises `LimitReached` if the ends are too many."""
        found: dict[tuple[object, Exact], ProductSought] = {}
        segments = self._coupling.segments
        base = [self._base[counter][which] for counter, which in self._dimensions]
        for truths, ends in self._ends():
            for at, (start, _) in enumerate(segments):
                for which in (0, 1):
                    allowed = self._allowed(truths, start, which == 0)
                    if allowed is None:
                        continue
                    # What lies in a range is what keeps within its end, less what keeps within the one before.
                    bounds = [(self.limits[at] if at < len(self.limits) else None, 1)]
                    bounds += [(self.limits[at - 1], -1)] if at else []
                    for basis, times in ends.items():
                        exact = tuple(n for n, number in enumerate(basis) if number is not None)
                        # What is there whatever is chosen need not be added; less than that never is.
                        degrees = tuple(0 if n is None else n - b for n, b in zip(basis, base, strict=True))
                        if min(degrees, default=0) < 0:
                            continue
                        job = found.setdefault((allowed, exact), ProductSought(allowed, exact))
                        of = job.wanted.setdefault(degrees, {})
                        for bound, sign in bounds:
                            one, other = of.get(bound, (0, 0))
                            more = sign * times
                            of[bound] = (one + more, other) if which == 0 else (one, other + more)
        return list(self._split(found.values()))

    def _split(self, jobs: Iterable[ProductSought]) -> Iterator[ProductSought]:
        """The jobs without what cancels out, those that need no sums of costs by themselves."""
        for job in jobs:
            for priced in (False, True):
                of = ProductSought(job.allowed, job.exact)
                for degrees, wanted in job.wanted.items():
                    kept = {b: w for b, w in wanted.items() if w != (0, 0) and (b is not None) is priced}
                    if kept:
                        of.wanted[degrees] = kept
                if of.wanted:
                    yield of

    def _ends(self) -> Iterator[tuple[dict[int, Truth], Counter[tuple[int | None, ...]]]]:
        """What the leaves may come to, and the coefficients of which selections that lead there are the sum."""
        by_counter: list[list[tuple[dict[int, Truth], Counter[tuple[int | None, ...]]]]] = []
        number = 1
        for counter in sorted({counter for counter, _ in self._dimensions}):
            by_counter.append(self._ends_of(counter))
            number *= len(by_counter[-1])
        if number > MOST_ENDS:
            raise LimitReached(MOST_ENDS)
        for chosen in product(*by_counter):
            truths = {leaf: truth for known, _ in chosen for leaf, truth in known.items()}
            ends: Counter[tuple[int | None, ...]] = Counter({(): 1})
            for _, of in chosen:
                ends = Counter({(*one, *other): n * m for one, n in ends.items() for other, m in of.items()})
            yield truths, ends

    def _ends_of(self, counter: int) -> list[tuple[dict[int, Truth], Counter[tuple[int | None, ...]]]]:
        stops = [stop for (of, _), stop in zip(self._dimensions, self._stops, strict=True) if of == counter]
        leaves = [n for n in self._leaves if self._counted(n).counter == counter]
        found: dict[tuple[Truth, ...], Counter[tuple[int | None, ...]]] = {}
        for point in product(*(range(stop + 1) for stop in stops)):
            counts = tuple((point[0], point[-1]) for _ in range(counter + 1))
            truths = tuple(self._counted(n).truth(counts) for n in leaves)
            of = found.setdefault(truths, Counter())
            for basis in product(*map(_basis, point, stops)):
                of[tuple(number for number, _ in basis)] += prod(sign for _, sign in basis)
        return [
            (dict(zip(leaves, truths, strict=True)), Counter({b: n for b, n in of.items() if n}))
            for truths, of in found.items()
        ]

    def _counted(self, number: int) -> Counted:
        leaf = self._coupling.leaves[number]
        assert isinstance(leaf, Counted)
        return leaf

    def _allowed(
        self, known: dict[int, Truth], cost: int, surely: bool
    ) -> tuple[tuple[int, ...], ...] | None:
        """The groups of each row of which all that is demanded is so; `None` if some row has none."""
        truths: list[Truth] = [
            known.get(n) if isinstance(leaf, Counted) else leaf.truth(Cost(cost, cost))
            for n, leaf in enumerate(self._coupling.leaves)
        ]

        def fails(demand: CoupledDemand) -> bool:
            truth = demand.decided(truths)
            return truth is False or (truth is None and surely)

        failing = {demand for demand in self._demands if fails(demand)}
        if failing & self._coupling.always:
            return None
        found = [
            tuple(n for n, group in enumerate(row) if failing.isdisjoint(group.demands)) for row in self.rows
        ]
        return tuple(found) if all(found) else None

    # ── rows as polynomials ─────────────────────────────────────────────────────────────────────

    def degrees(self, counts: Counts, exact: Exact) -> Degrees:
        """What an option adds to the dimensions that are told apart; to the others 0."""
        found = self._adds.get((counts, exact))
        if found is None:
            found = self._adds[counts, exact] = tuple(
                counts[counter][which] if n in exact else 0
                for n, (counter, which) in enumerate(self._dimensions)
            )
        return found

    def part(self, number: int, job: ProductSought, priced: bool) -> Part:
        """A row of a product, with its costs if they are told apart: what adds more than is wanted is left out."""
        found: dict[Degrees, Counter[int]] = {}
        for n in job.allowed[number]:
            group = self.rows[number][n]
            degrees = self.degrees(group.counts, job.exact)
            if all(map(int.__le__, degrees, job.most)):
                of = found.setdefault(degrees, Counter())
                for cost, places in group.places.items():
                    of[cost if priced else 0] += len(places)
        return {degrees: terms(of) for degrees, of in sorted(found.items())}


def _basis(number: int, stop: int) -> list[tuple[int | None, int]]:
    """A number as told apart, or where it is the stop: anything, less every number below."""
    return [(number, 1)] if number < stop else [(None, 1), *((below, -1) for below in range(stop))]
