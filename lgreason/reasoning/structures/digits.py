"""How many ways there are to sums up to each of many, as the digits of long integers, in blocks.

A table has, for each sum from 0 to a top, in how many ways no more than it is come to: a digit for each sum, wide
enough for the greatest number. One more choice is a shift and an addition for each of its costs; taking a choice away
again is a division of power series, block by block. Blocks keep what is worked on small enough for fast memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import exp, log

BLOCK = 256
"""How many digits a block has, if there are so many sums."""
PIECES = 8
"""Into how many pieces a block is divided to be solved one after the other."""
Table = list[int]
Inside = list[tuple[int, int, int]]
"""Costs within a block: the cost, by how many bits it shifts, and how many options have it."""
Terms = tuple[tuple[int, int], ...]
"""The costs of a choice, the least first, each with the number of its options that cost so much."""


def terms(costs: Mapping[int, int]) -> Terms:
    """The costs of a choice, in order."""
    return tuple(sorted(costs.items()))


class Digits:
    """Tables with a digit of so many bits for each sum up to a top (or a little more)."""

    def __init__(self, top: int, bits: int) -> None:
        """Take the greatest sum that is told apart, and the bits of the greatest number of ways."""
        self.block = min(BLOCK, top + 1)
        self.number = top // self.block + 1
        self.width = max(8, (bits + 7) // 8 * 8)
        self.bits = self.block * self.width
        self.mask = (1 << self.bits) - 1

    @property
    def size(self) -> int:
        """How many bytes a table has."""
        return self.number * self.bits // 8

    @property
    def top(self) -> int:
        """The greatest sum that has a digit."""
        return self.number * self.block - 1

    def one(self) -> Table:
        """The table of nothing: one way, to the sum 0."""
        return [self.mask // ((1 << self.width) - 1)] * self.number

    def none(self) -> Table:
        """The table of what there is no way to."""
        return [0] * self.number

    def wider(self, table: Table, other: Digits) -> Table:
        """A table of `other` digits, which are narrower, as one of these."""
        narrow, size = other.width // 8, other.block * other.width // 8
        pad = bytes((self.width - other.width) // 8)
        found = []
        for block in table:
            data = block.to_bytes(size, "little")
            each = [data[at : at + narrow] for at in range(0, size, narrow)]
            found.append(int.from_bytes(pad.join((*each, b"")), "little"))
        return found

    def add(self, into: Table, table: Table, costs: Terms, sign: int = 1) -> None:
        """Add a table with one more choice (or take it away) to what `carried` makes a table of."""
        *before, last = factors(costs)
        for factor in before:
            sums = self.none()
            self._add(sums, table, factor)
            table = self.carried(sums)
        self._add(into, table, last, sign)

    def _add(self, into: Table, table: Table, costs: Terms, sign: int = 1) -> None:
        steps = self._steps(costs)
        for at, block in enumerate(table):
            if not block:
                continue
            for further, shifts in steps:
                if at + further >= self.number:
                    break
                found = 0
                for shift, ways in shifts:
                    found += (block * ways if ways > 1 else block) << shift
                into[at + further] += found if sign > 0 else -found

    def carried(self, sums: Table) -> Table:
        """What was added up, every digit in its place."""
        found, carry = [], 0
        for each in sums:
            whole = each + carry
            found.append(whole & self.mask)
            carry = whole >> self.bits
        return found

    def without(self, table: Table, costs: Terms, known: int) -> Table:
        """The table that with one more choice becomes this one, of which so many digits are known.

        Of it as many digits fewer are known as the least cost comes to; the others are 0. `table` may be what was
        added up, not yet carried.
        """
        for factor in factors(costs):
            table = self._without(table, factor, known)
            known -= factor[0][0]
        return table

    def _without(self, table: Table, costs: Terms, known: int) -> Table:
        (least, ways), *more = costs
        further = tuple((cost - least, number) for cost, number in more)
        rest = self._down(table, least) if least else list(table)
        inside = [(cost, cost * self.width, number) for cost, number in further if cost < self.block]
        steps = self._steps(further)
        found, carry = [], 0
        for at in range(self.number):
            length = min(self.block, known - least - at * self.block)
            if length <= 0:
                found.append(0)
                continue
            whole = rest[at] + carry
            block = self._solved(whole & ((1 << length * self.width) - 1), length, ways, inside)
            found.append(block)
            # What the block brings to itself is taken away too: what is left of it is carried on.
            whole -= block * ways
            for jump, shifts in steps if block else ():
                if at + jump >= self.number:
                    break
                taken = 0
                for shift, number in shifts:
                    taken += (block * number if number > 1 else block) << shift
                if jump:
                    rest[at + jump] -= taken
                else:
                    whole -= taken
            carry = whole >> self.bits
        return found

    def _solved(self, sums: int, length: int, ways: int, costs: Inside) -> int:
        """The first digits of a quotient, from as many of what is divided: piece by piece."""
        if not costs or costs[0][0] >= length:
            return sums // ways
        width = self.width
        piece = max(costs[0][0], length // PIECES, 1)
        near = [each for each in costs if each[0] < piece]
        found, low = 0, (1 << piece * width) - 1
        for at in range(0, length, piece):
            left = length - at
            if left < piece:
                low = (1 << left * width) - 1
            part = self._solved(sums & low, min(piece, left), ways, near) if near else (sums & low) // ways
            found |= part << at * width
            if left <= piece:
                break
            taken = part * ways
            for cost, shift, number in costs:
                if cost >= left:
                    break
                taken += (part * number if number > 1 else part) << shift
            sums = ((sums - taken) >> piece * width) & ((1 << (left - piece) * width) - 1)
        return found

    def _down(self, table: Table, cost: int) -> Table:
        """A table without its first digits."""
        table = self.carried(table)
        jump, digits = divmod(cost, self.block)
        shift = digits * self.width
        low = (1 << shift) - 1
        kept = [*table[jump:], *[0] * (jump + 1)]
        return [
            (kept[at] >> shift) | (kept[at + 1] & low) << (self.bits - shift) for at in range(self.number)
        ]

    def at(self, table: Table, cost: int) -> int:
        """How many ways there are to no more than a sum, which is not beyond the top."""
        block, digit = divmod(cost, self.block)
        return (table[block] >> digit * self.width) & ((1 << self.width) - 1)

    def _steps(self, costs: Terms) -> tuple[tuple[int, tuple[tuple[int, int], ...]], ...]:
        return _steps(costs, self.block, self.width)


@lru_cache(maxsize=4096)
def _steps(costs: Terms, block: int, width: int) -> tuple[tuple[int, tuple[tuple[int, int], ...]], ...]:
    """By how many blocks, and by how many bits besides, each cost shifts, with its number of ways."""
    found: dict[int, list[tuple[int, int]]] = {}
    for cost, ways in costs:
        jump, digits = divmod(cost, block)
        found.setdefault(jump, []).append((digits * width, ways))
    return tuple((jump, tuple(shifts)) for jump, shifts in sorted(found.items()))


@lru_cache(maxsize=4096)
def factors(costs: Terms) -> tuple[Terms, ...]:
    """Choices that one after the other come to the same as one, where together they have fewer costs.

    What costs 0, d, 2d … whatever else is chosen (so many sections, say) is a choice by itself.
    """
    least, greatest = costs[0][0], costs[-1][0]
    whole = {cost - least: ways for cost, ways in costs}
    for step in sorted(whole)[1:]:
        if greatest - least - step not in whole:
            continue
        number = 1
        while (number + 1) * step in whole:
            number += 1
        for times in range(number, 0, -1):
            rest = _divided(whole, step, times)
            if rest is not None and times + 1 + len(rest) < len(costs):
                first = tuple((least + step * n, 1) for n in range(times + 1))
                return first, *factors(terms(rest))
    return (costs,)


def _divided(whole: Mapping[int, int], step: int, times: int) -> dict[int, int] | None:
    """What comes to the whole with a choice of so many times a step, from none on; `None` if nothing does."""
    left = dict(whole)
    found: dict[int, int] = {}
    for cost in sorted(whole):
        if ways := left[cost]:
            found[cost] = ways
            for n in range(times + 1):
                if left.get(cost + n * step, 0) < ways:
                    return None
                left[cost + n * step] -= ways
    return found


def bits_needed(rows: Iterable[Mapping[int, int]], top: int) -> int:
    """The bits of no less than the number of selections, one cost of each row, that sum up to no more than a top.

    For every z not below 0 it is at most exp(z·top) times the product over the rows of the sums of exp(−z·cost).
    """
    kept = [tuple(row.items()) for row in rows]

    def bound(z: float) -> float:
        return z * top + sum(log(sum(ways * exp(-z * cost) for cost, ways in row)) for row in kept)

    low, high = 0.0, 8.0
    best = bound(0.0)
    for _ in range(18):
        one, other = low + (high - low) / 4, low + (high - low) / 2
        here, there = bound(one), bound(other)
        best = min(best, here, there)
        low, high = (low, other) if here <= there else (one, high)
    return int(best / log(2)) + 4
