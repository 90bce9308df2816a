"""Listing the valid structures over some options, lazily and at an even pace."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from lgreason.reasoning.structures.structure import Option, Options, Structure, surely

BLOCK = 256
"""Structures that differ only in the last factors are listed from ready-made blocks of about this size."""


class _Tail(NamedTuple):
    """The last factors settled together."""

    options: tuple[Option, ...]
    cost: int
    sure: bool
    bound: bool


class Listing:
    """Lists valid structures: the first factors one after the other, the last ones from blocks made beforehand.

    A beginning is followed only if it has a valid end, so that the time between two structures stays the same.
    """

    def __init__(self, options: Options, limit: int | None) -> None:
        """Take the options of each factor, and the limit on the sum of costs if there is one."""
        self.options = options
        self.limit = limit
        self.head = len(options)
        size = 1
        while self.head and size * len(options[self.head - 1]) <= BLOCK:
            self.head -= 1
            size *= max(1, len(options[self.head]))
        self.least = [0]
        self.free = [True]
        for row in reversed(options):
            self.least.append(self.least[-1] + min((o.cost for o in row), default=0))
            self.free.append(self.free[-1] and any(not o.bound for o in row))
        self.least.reverse()
        self.free.reverse()
        self.exact = all(o.worst is None for row in options for o in row)
        self.tails = tuple(map(_tail, product(*options[self.head :])))
        self.bounds = sorted({tail.cost for tail in self.tails})
        self.blocks: dict[tuple[int, bool], Sequence[_Tail]] = {}

    def structures(self) -> Iterator[Structure]:
        """Every valid structure."""
        if all(self.options):
            yield from self._continued(0, (), 0, True, False)

    def _continued(
        self, at: int, chosen: tuple[Option, ...], cost: int, sure: bool, bound: bool
    ) -> Iterator[Structure]:
        if at == self.head:
            for options, more, certain, _ in self._block(cost, bound):
                every, valid = chosen + options, sure and certain
                if not self.exact:
                    valid = surely(every, self.limit)
                yield Structure(every, cost + more, valid)
            return
        for option in self.options[at]:
            spent, demanded = cost + option.cost, bound or option.bound
            if self._has_an_end(at + 1, spent, demanded):
                yield from self._continued(at + 1, (*chosen, option), spent, sure and option.sure, demanded)

    def _has_an_end(self, at: int, cost: int, bound: bool) -> bool:
        if self.limit is None or cost + self.least[at] <= self.limit:
            return True
        return not bound and self.free[at]

    def _block(self, cost: int, bound: bool) -> Sequence[_Tail]:
        """The ends of a beginning that costs `cost` and has a bound option or not."""
        if self.limit is None:
            return self.tails
        room = self.limit - cost
        key = (bisect_right(self.bounds, room), bound)
        found = self.blocks.get(key)
        if found is None:
            found = [t for t in self.tails if t.cost <= room or not (bound or t.bound)]
            self.blocks[key] = found
        return found


def _tail(options: tuple[Option, ...]) -> _Tail:
    return _Tail(
        options,
        sum(option.cost for option in options),
        all(option.sure for option in options),
        any(option.bound for option in options),
    )
