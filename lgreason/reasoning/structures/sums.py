"""How many selections, one number from each of several lists, have a sum within a limit: exactly, without listing.

The lists are shared out between two halves. Each half keeps, sum by sum, how many selections reach it; a sum of one
half is completed by every sum of the other that leaves the total within the limit. So a million million selections
need no more than a million sums, and far fewer where sums coincide, as prices from one table do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from math import prod

MOST_SUMS = 1_000_000
"""The distinct sums that one half may have; beyond, a count would cost more memory than an answer is worth."""


class LimitReached(Exception):
    """An exact answer would need more than the stated number of intermediate values; none is guessed instead."""

    def __init__(self, most: int) -> None:
        """Take the number that would have been exceeded."""
        super().__init__(f"more than {most:,} intermediate values")
        self.most = most


Counts = Mapping[int, int]
"""How many choices have each number (or how many selections each sum)."""


class _Half:
    """Some of the lists, and after each of them the sums so far: how many selections reach each."""

    def __init__(self) -> None:
        self.lists: list[int] = []
        self.layers: list[dict[int, int]] = [{0: 1}]

    def take(self, position: int, counts: Counts, room: int, most: int) -> None:
        sums: dict[int, int] = {}
        for number, times in sorted(counts.items()):
            for total, ways in self.layers[-1].items():
                longer = total + number
                if longer <= room:
                    sums[longer] = sums.get(longer, 0) + ways * times
            if len(sums) > most:
                raise LimitReached(most)
        self.lists.append(position)
        self.layers.append(sums)

    def completing(self, sums: Mapping[int, int], room: int) -> dict[int, int]:
        """For each of the sums of the other half, in how many ways this one completes it."""
        own = sorted(self.layers[-1].items())
        bounds = [total for total, _ in own]
        ways = [0, *accumulate(times for _, times in own)]
        return {total: ways[bisect_right(bounds, room - total)] for total in sums}


class Sums:
    """The selections, one choice from each list, whose numbers add up to no more than a limit."""

    def __init__(self, lists: Sequence[Counts], limit: int, most: int = MOST_SUMS) -> None:
        """Take the lists, each as its numbers with how many choices have them; numbers and limit of any size.

        Raises `LimitReached` if the sums are more than `most`.
        """
        self._lists = lists
        self._limit = limit
        self._most = most

    @cached_property
    def _nothing_to_check(self) -> int | None:
        """The number of all selections if all are within the limit, 0 if none is; `None` if that has to be seen."""
        if not all(self._lists) or sum(map(min, self._lists)) > self._limit:
            return 0
        if sum(map(max, self._lists)) <= self._limit:
            return prod(sum(counts.values()) for counts in self._lists)
        return None

    @cached_property
    def _halves(self) -> tuple[_Half, _Half, list[int], int]:
        least = [min(counts) for counts in self._lists]
        room = self._limit - sum(least)
        one, other = _Half(), _Half()
        for position in sorted(range(len(self._lists)), key=lambda p: -len(self._lists[p])):
            smaller = min(one, other, key=lambda half: len(half.layers[-1]))
            above = {number - least[position]: times for number, times in self._lists[position].items()}
            smaller.take(position, above, room, self._most)
        return one, other, least, room

    @cached_property
    def total(self) -> int:
        """How many selections there are."""
        if self._nothing_to_check is not None:
            return self._nothing_to_check
        one, other, _, room = self._halves
        last = one.layers[-1]
        completed = other.completing(last, room)
        return sum(ways * completed[total] for total, ways in last.items())

    @cached_property
    def with_choice(self) -> tuple[Counts, ...]:
        """For each list, by number: in how many ways the other lists complete one choice that has it."""
        if self._nothing_to_check == 0:
            return tuple(dict.fromkeys(counts, 0) for counts in self._lists)
        if self._nothing_to_check is not None:
            everything = self._nothing_to_check
            return tuple(dict.fromkeys(counts, everything // sum(counts.values())) for counts in self._lists)
        one, other, least, room = self._halves
        found: list[Counts] = [{}] * len(self._lists)
        for half, rest in ((one, other), (other, one)):
            after = rest.completing(half.layers[-1], room)
            for step in range(len(half.lists) - 1, -1, -1):
                position = half.lists[step]
                after, ways = self._step_back(half.layers[step], after, position, least[position])
                found[position] = ways
        return tuple(found)

    def _step_back(
        self, before: Counts, after: Counts, position: int, least: int
    ) -> tuple[dict[int, int], dict[int, int]]:
        """From the completions of the sums after a list to those of the sums before it, and those of its choices."""
        completions = dict.fromkeys(before, 0)
        ways: dict[int, int] = {}
        for number, times in self._lists[position].items():
            above = number - least
            with_it = 0
            for total, reached in before.items():
                further = after.get(total + above)
                if further:
                    completions[total] += times * further
                    with_it += reached * further
            ways[number] = with_it
        return completions, ways
