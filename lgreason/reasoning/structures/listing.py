"""Listing the valid structures over some options, lazily and at an even pace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, NamedTuple

from lgreason.reasoning.structures.coupling import (
    Cost,
    Counts,
    Coupling,
    Demands,
)
from lgreason.reasoning.structures.rooms import Rooms
from lgreason.reasoning.structures.structure import Option, Options, Structure

BLOCK = 256
"""Structures that differ only in the last factors are listed from ready-made blocks of about this size."""
MOST_BLOCKS = 4_096


class Begun(NamedTuple):
    """A way in which a beginning of a structure comes about: what it adds, demands and costs, option by option."""

    counts: Counts
    demands: Demands
    cost: Cost
    options: tuple[Option, ...]


class Listing:
    """Lists valid structures: the first factors one after the other, the last ones from blocks made beforehand.

    A beginning is followed only if it has a valid end, so that the time between two structures stays the same.
    """

    def __init__(
        self,
        options: Options,
        coupling: Coupling,
        rank: Callable[[Structure], object] | None = None,
        certain: bool = False,
    ) -> None:
        """Take the options of each factor, and what ties them; of several ways the least by `rank` is shown.

        `certain`: only what is surely valid.
        """
        self.certain = certain
        self.ranked = rank is not None
        self.rank = rank or (lambda structure: structure.total("changes"))
        self.options = options
        self.coupling = coupling
        self.head = len(options)
        size = 1
        several = [any(len(option.ways) > 1 for option in row) for row in options]
        while self.head and not several[self.head - 1] and size * len(options[self.head - 1]) <= BLOCK:
            self.head -= 1
            size *= max(1, len(options[self.head]))
        start = Begun(coupling.none, frozenset(), Cost(), ())
        self.tails = [self._joined(start, tail) for tail in product(*options[self.head :])]
        self.blocks: dict[object, list[tuple[tuple[Option, ...], int, bool]]] = {}
        self.rooms = Rooms(options, coupling)

    def _joined(self, begun: Begun, options: tuple[Option, ...]) -> Begun:
        for option in options:
            begun = self._with(begun, option)
        return begun

    def _with(self, begun: Begun, way: Option) -> Begun:
        cost = Cost(begun.cost.least + way.price.least, begun.cost.most + way.price.most)
        counts = self.coupling.added(begun.counts, way.adds) if way.adds else begun.counts
        demands = begun.demands | way.demands if way.demands else begun.demands
        return Begun(counts, demands, cost, (*begun.options, way))

    def structures(self) -> Iterator[Structure]:
        """Every valid structure."""
        if all(self.options):
            yield from self._continued([Begun(self.coupling.nothing, frozenset(), Cost(), ())])

    def _continued(self, begun: list[Begun]) -> Iterator[Structure]:
        at = len(begun[0].options)
        if at == self.head:
            if len(begun) == 1:
                (one,) = begun
                for tail, cost, sure in self._block(one):
                    yield Structure(one.options + tail, one.cost.least + cost, sure)
            else:
                yield from self._whole(begun)
            return
        for option in self.options[at]:
            longer = [
                longer
                for one in begun
                for way in option.ways
                if self._has_an_end(longer := self._with(one, way))
            ]
            if longer:
                yield from self._continued(longer)

    def _has_an_end(self, begun: Begun) -> bool:
        return self.rooms.has_an_end(begun.counts, begun.demands, begun.cost, len(begun.options))

    def _block(self, begun: Begun) -> list[tuple[tuple[Option, ...], int, bool]]:
        """The valid ends of a beginning, each with what it costs, and whether the whole is surely valid."""
        key: object = begun.counts, begun.demands, begun.cost if self.coupling.limits else None
        found = self.blocks.get(key)
        if found is None:
            if len(self.blocks) >= MOST_BLOCKS:
                self.blocks.clear()
            found = self.blocks[key] = []
            added, verdict = self.coupling.added, self.coupling.verdict
            for tail in self.tails:
                cost = Cost(begun.cost.least + tail.cost.least, begun.cost.most + tail.cost.most)
                truth = verdict(added(begun.counts, tail.counts), begun.demands | tail.demands, cost)
                if truth is True or (truth is None and not self.certain):
                    found.append((tail.options, tail.cost.least, truth is True))
        return found

    def _whole(self, begun: list[Begun]) -> Iterator[Structure]:
        """The structures whose beginning comes about in several ways: the surest and cheapest of them is shown."""
        for tail in self.tails:
            best: tuple[Any, Structure] | None = None
            for one in begun:
                cost = Cost(one.cost.least + tail.cost.least, one.cost.most + tail.cost.most)
                counts = self.coupling.added(one.counts, tail.counts)
                truth = self.coupling.verdict(counts, one.demands | tail.demands, cost)
                if truth is True or (truth is None and not self.certain):
                    structure = Structure(one.options + tail.options, cost.least, truth is True)
                    rank: Any = (truth is not True, cost.least, self.rank(structure))
                    if self.ranked:
                        rank = (self.rank(structure), *rank)
                    if best is None or rank < best[0]:
                        best = rank, structure
            if best is not None:
                yield best[1]
