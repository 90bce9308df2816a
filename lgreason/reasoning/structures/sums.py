"""In how many ways selections come to each sum of costs: exactly, without listing them.

Three ways to keep such a table: a number alone where no limit on sums matters; one long integer with a digit for each
sum where the limit is not many steps away (multiplied by shifting, a million digits in milliseconds); and sum by sum
where there are few distinct ones. A sum beyond every limit is only counted.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Generic, NamedTuple, TypeVar

from lgreason.reasoning.structures.coupling import Cost, Spans

MOST_SUMS = 500_000
"""The distinct sums that a table may have; beyond, a count would cost more memory and time than it is worth."""
FEW_SUMS = 5_000
"""So many different sums are looked up one by one, however far apart they are."""
MOST_STEPS = 20_000
"""How many steps away a limit may be for a table with a digit for each sum."""
MOST_EFFORT = 80_000_000_000
"""About how many bytes may be shifted and added for one answer: some forty seconds."""
EACH = 300
"""To look a sum up and add to it takes as long as so many bytes."""
T = TypeVar("T")
Costs = Mapping[Cost, int]
"""How many choices have each cost."""


class Size(NamedTuple):
    """What makes a count large: choices, the most costs of one, and a limit so many steps of so many baht away."""

    choices: int
    costs: int
    steps: int
    step: int


class LimitReached(Exception):
    """An exact answer would need more than the stated number of intermediate values; none is guessed instead."""

    def __init__(self, most: int, size: Size | None = None) -> None:
        """Take the number that would have been exceeded, and what made it so large, if that is known."""
        super().__init__(f"more than {most:,} intermediate values")
        self.most = most
        self.size = size


class SumTable(ABC, Generic[T]):
    """How tables of sums are begun, combined and read."""

    _spent = 0

    def spend(self, effort: int) -> None:
        """Add to what all tables took so far; raises `LimitReached` beyond what one answer may take."""
        self._spent += effort
        if self._spent > MOST_EFFORT:
            raise LimitReached(MOST_EFFORT)

    @abstractmethod
    def one(self) -> T:
        """The table of nothing: one way to the sum 0."""

    @abstractmethod
    def times(self, table: T, costs: Costs) -> T:
        """The table after one more choice."""

    @abstractmethod
    def plus(self, one: T, other: T) -> T:
        """Both together."""

    @abstractmethod
    def ways(self, table: T, spans: Spans) -> int:
        """How many selections have a sum in some ranges."""


class PlainSums(SumTable[int]):
    """No limit matters."""

    def one(self) -> int:
        """One way."""
        return 1

    def times(self, table: int, costs: Costs) -> int:
        """Each with each."""
        return table * sum(costs.values())

    def plus(self, one: int, other: int) -> int:
        """Added."""
        return one + other

    def ways(self, table: int, spans: Spans) -> int:
        """All, if so is the sum 0: every sum lies on the same side of each limit."""
        return table if spans and spans[0][0] == 0 else 0


Digits = tuple[int, int]
"""How many there are in all, and for each sum up to the greatest limit, a digit of a long integer."""


class DigitSums(SumTable[Digits]):
    """A digit for each sum from 0 to `top`, wide enough for `most` ways."""

    def __init__(self, top: int, most: int) -> None:
        """Take the greatest limit, and the greatest number of ways."""
        self._top = top
        self._width = (most.bit_length() + 8) // 8 * 8
        self._mask = (1 << self._width * (top + 1)) - 1
        self._read: tuple[int, list[int]] | None = None

    def one(self) -> Digits:
        """One way to 0."""
        return 1, 1

    def times(self, table: Digits, costs: Costs) -> Digits:
        """Shifted and added."""
        every, digits = table
        self.spend(len(costs) * (digits.bit_length() // 8 + EACH))
        made = 0
        for cost, number in costs.items():
            if cost.least <= self._top:
                made += (digits * number if number > 1 else digits) << self._width * cost.least
        return every * sum(costs.values()), made & self._mask

    def plus(self, one: Digits, other: Digits) -> Digits:
        """Added."""
        return one[0] + other[0], one[1] + other[1]

    def ways(self, table: Digits, spans: Spans) -> int:
        """By the numbers of ways up to each sum."""
        found = 0
        for start, end in spans:
            if start == 0 and end is None:
                found += table[0]
                continue
            until, most = self._until(table[1]), self._top + 1
            if start > most:
                continue
            # Sums beyond lie on the same side of every limit: as the first of them does.
            high = table[0] if end is None or end >= most else until[end + 1]
            found += high - until[start]
        return found

    def _until(self, digits: int) -> list[int]:
        """For each sum, how many ways there are to less."""
        if self._read is None or self._read[0] is not digits:
            size = self._width // 8
            data = digits.to_bytes(size * (self._top + 1), "little")
            each = (int.from_bytes(data[at : at + size], "little") for at in range(0, len(data), size))
            self._read = digits, [0, *accumulate(each)]
        return self._read[1]


BySum = dict[int, int]


class Sparse(SumTable[BySum]):
    """Sum by sum; of those beyond `top` only how many there are."""

    def __init__(self, top: int, most: int = MOST_SUMS) -> None:
        """Take the greatest limit, and how many sums are kept at most; raises `LimitReached` beyond."""
        self._top = top
        self._most = most
        self._read: tuple[BySum, list[int], list[int]] | None = None

    def one(self) -> BySum:
        """One way to 0."""
        return {0: 1}

    def times(self, table: BySum, costs: Costs) -> BySum:
        """Each sum with each cost."""
        self.spend(len(costs) * len(table) * EACH)
        made: BySum = {}
        top = self._top
        beyond = table.get(top + 1, 0) * sum(costs.values())
        inside = [(so_far, ways) for so_far, ways in table.items() if so_far <= top]
        for cost, number in costs.items():
            least = cost.least
            for so_far, ways in inside:
                total = so_far + least
                if total > top:
                    beyond += ways * number
                elif total in made:
                    made[total] += ways * number
                else:
                    made[total] = ways * number
            if len(made) > self._most:
                raise LimitReached(self._most)
        if beyond:
            made[top + 1] = beyond
        return made

    def plus(self, one: BySum, other: BySum) -> BySum:
        """Added."""
        small, large = sorted((one, other), key=len)
        made = dict(large)
        for key, ways in small.items():
            made[key] = made.get(key, 0) + ways
        return made

    def ways(self, table: BySum, spans: Spans) -> int:
        """By the numbers of ways up to each sum."""
        if self._read is None or self._read[0] is not table:
            pairs = sorted(table.items())
            until = [0, *accumulate(ways for _, ways in pairs)]
            self._read = table, [total for total, _ in pairs], until
        _, sums, until = self._read
        found = 0
        for start, end in spans:
            high = len(sums) if end is None else bisect_right(sums, end)
            found += until[high] - until[bisect_right(sums, start - 1)]
        return found


Pairs = dict[Cost, int]


class Ranges(SumTable[Pairs]):
    """Sum by sum, of costs that are not exactly known, at least and at most; read by whoever takes it (`items`)."""

    def __init__(self, top: int, most: int = MOST_SUMS) -> None:
        """Take the greatest limit, and how many sums are kept at most; raises `LimitReached` beyond."""
        self._beyond = Cost(top + 1, top + 1)
        self._top = top
        self._most = most

    def one(self) -> Pairs:
        """One way to 0."""
        return {Cost(0, 0): 1}

    def times(self, table: Pairs, costs: Costs) -> Pairs:
        """Each sum with each cost."""
        self.spend(len(costs) * len(table) * EACH)
        made: Pairs = {}
        top, beyond = self._top, self._beyond
        for cost, number in costs.items():
            least, most = cost
            for so_far, ways in table.items():
                low = so_far.least + least
                key = beyond if low > top else Cost(low, min(top + 1, so_far.most + most))
                made[key] = made.get(key, 0) + ways * number
            if len(made) > self._most:
                raise LimitReached(self._most)
        return made

    def plus(self, one: Pairs, other: Pairs) -> Pairs:
        """Added."""
        small, large = sorted((one, other), key=len)
        made = dict(large)
        for key, ways in small.items():
            made[key] = made.get(key, 0) + ways
        return made

    def ways(self, table: Pairs, spans: Spans) -> int:
        """Those of which both bounds lie in one of the ranges."""
        return sum(
            ways
            for cost, ways in table.items()
            if any(start <= cost.least and (end is None or cost.most <= end) for start, end in spans)
        )


def few_sums(rows: Iterable[Collection[int]], top: int, most: int = FEW_SUMS) -> bool:
    """Whether one cost of each row, all together, come to few different sums up to a top."""
    sums = {0}
    for row in rows:
        if len(sums) * len(row) > 50 * most:
            return False
        sums = {total for so_far in sums for cost in row if (total := so_far + cost) <= top}
        if len(sums) > most:
            return False
    return True


def table_for(limits: Sequence[int], top_needed: int, most: int, exact: bool) -> SumTable[Any]:
    """The table that suits some limits (in steps), the greatest sum there can be, and the greatest number of ways."""
    kept = [limit for limit in limits if 0 <= limit < top_needed]
    if not kept and exact:
        # Every limit lies beyond every sum, or below every one: all sums are judged alike.
        return PlainSums()
    top = max(kept, default=0)
    if exact and top <= MOST_STEPS:
        return DigitSums(top, most)
    return Sparse(top) if exact else Ranges(top)
