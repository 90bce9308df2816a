"""Counting the structures over some options: what has the same effect is told apart no more, and parts are combined.

The rows of options are independent but for what a coupling ties. So the options of a row are grouped by what they
add, demand and cost; the tables of two rows are combined state by state; and what all rows but one come to is found
by halving them again and again. An option that may come about in several ways is there if one of them may be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from math import gcd, prod
from typing import NamedTuple

from lgreason.reasoning.structures.coupling import (
    NEVER,
    Cost,
    Counts,
    Coupling,
    Demands,
    Priced,
    before,
    eased,
    joined,
)
from lgreason.reasoning.structures.products import OptionGroup, Products
from lgreason.reasoning.structures.quotients import counted, counted_by_option
from lgreason.reasoning.structures.structure import Options
from lgreason.reasoning.structures.sums import MOST_STEPS, LimitReached, Size, SumTable, few_sums, table_for

MOST_STATES = 20_000
"""The different states, of what has been added and demanded, that are kept at most."""
State = tuple[Counts, Demands]


class OptionWay(NamedTuple):
    """One way in which an option comes about: what it adds and demands, and what it costs in steps."""

    counts: Counts
    demands: Demands
    cost: Cost


class Ways(NamedTuple):
    """How many structures are surely valid, and how many valid."""

    sure: int
    valid: int


Row = dict[State, Counter[Cost]]
"""The options of a row by their effect and their cost."""
Tables = dict[State, object]


class Combination:
    """The structures over some options, one of each row."""

    def __init__(self, options: Options, coupling: Coupling) -> None:
        """Take the options of each row, and what ties them; raises `ValueError` if several rows have other ways."""
        self._options = options
        costs = [[way.price for option in row for way in option.ways] for row in options]
        least = [min((cost.least for cost in row), default=0) for row in costs]
        above = [n - low for row, low in zip(costs, least, strict=True) for cost in row for n in cost]
        step = gcd(*above) or 1
        offset = sum(least)
        self._step = step
        self._exact = all(cost.least == cost.most for row in costs for cost in row)
        self.coupling = replace(
            coupling,
            leaves=tuple(
                replace(
                    leaf,
                    possible=_steps(leaf.possible, offset, step),
                    certain=_steps(leaf.certain, offset, step),
                )
                if isinstance(leaf, Priced)
                else leaf
                for leaf in coupling.leaves
            ),
            _spans={},
        )
        self.rows = [
            [
                tuple(
                    OptionWay(
                        way.adds or coupling.none,
                        way.demands,
                        Cost((way.price.least - low) // step, (way.price.most - low) // step),
                    )
                    for way in option.ways
                )
                for option in row
            ]
            for row, low in zip(options, least, strict=True)
        ]
        several = [n for n, row in enumerate(self.rows) if any(len(self._needed(ways)) > 1 for ways in row)]
        if len(several) > 1:
            raise ValueError("options of several rows come about in several ways")
        self._last = several[0] if several else None
        top = sum(max((way.cost.most for ways in row for way in ways), default=0) for row in self.rows)
        every = prod(max(1, len(row)) for row in self.rows)
        # The greatest limit beyond which some sum is.
        self._top = max((limit for limit in self.coupling.limits if limit < top), default=0)
        self._table: SumTable[object] = table_for(self.coupling.limits, top, every, self._exact)

    @cached_property
    def _products(self) -> Products | None:
        """The structures as products, where every option comes about in one way at a cost exactly known."""
        if not self._exact or self._last is not None or not all(self.rows):
            return None
        costs = [{way.cost.least for ways in row for way in ways} for row in self.rows]
        if self._top > MOST_STEPS and few_sums(costs, self._top):
            return None
        rows = []
        for row in self.rows:
            groups: dict[State, dict[int, list[int]]] = {}
            for at, ways in enumerate(row):
                (way,) = self._needed(ways)
                groups.setdefault((way.counts, way.demands), {}).setdefault(way.cost.least, []).append(at)
            rows.append(
                tuple(
                    OptionGroup(*state, {cost: tuple(places) for cost, places in by_cost.items()})
                    for state, by_cost in groups.items()
                )
            )
        return Products(rows, self.coupling)

    @cached_property
    def _dear(self) -> bool:
        """Whether something may be demanded for which it is better to cost more."""
        demands = self.coupling.always.union(
            *(way.demands for row in self.rows for ways in row for way in ways)
        )
        return any(True in eased(demand, self.coupling.leaves) for demand in demands)

    def _needed(self, ways: tuple[OptionWay, ...]) -> tuple[OptionWay, ...]:
        """The ways without those that another makes needless: that adds the same, demands no more, costs no more."""
        if len(ways) == 1:
            return ways
        kept: list[OptionWay] = []
        for way in sorted(set(ways), key=lambda w: (len(w.demands), w.cost)):
            if not any(self._makes_needless(other, way) for other in kept):
                kept.append(way)
        return tuple(kept)

    def _makes_needless(self, one: OptionWay, other: OptionWay) -> bool:
        cheaper = (
            one.cost == other.cost
            if self._dear
            else one.cost.least <= other.cost.least and (one.cost.most <= other.cost.most)
        )
        return cheaper and one.counts == other.counts and one.demands <= other.demands

    # ── combining ───────────────────────────────────────────────────────────────────────────────

    def _groups(self, row: Sequence[tuple[OptionWay, ...]]) -> Row:
        """The options of a row that come about in one way, by effect and cost."""
        found: Row = {}
        for ways in row:
            needed = self._needed(ways)
            if len(needed) == 1:
                (way,) = needed
                found.setdefault((way.counts, way.demands), Counter())[way.cost] += 1
        return found

    def _times(self, tables: Tables, row: Row) -> Tables:
        made: Tables = {}
        for (counts, demands), costs in row.items():
            for (so_far, asked), table in tables.items():
                state = self.coupling.added(so_far, counts), asked | demands
                more = self._table.times(table, costs)
                made[state] = self._table.plus(made[state], more) if state in made else more
            if len(made) > MOST_STATES:
                raise LimitReached(MOST_STATES)
        return made

    @property
    def _nothing(self) -> Tables:
        return {(self.coupling.nothing, frozenset()): self._table.one()}

    def _others(self, rows: Sequence[Row]) -> Iterator[tuple[int, Tables]]:
        """For each row, what all others come to; rows that are alike share it."""
        alike: dict[object, list[int]] = {}
        for number, row in enumerate(rows):
            effect = frozenset((state, frozenset(costs.items())) for state, costs in row.items())
            alike.setdefault(effect, []).append(number)
        first = {numbers[0]: numbers for numbers in alike.values()}

        def spread(low: int, high: int, tables: Tables) -> Iterator[tuple[int, Tables]]:
            if not any(number in first for number in range(low, high)):
                return
            if high - low == 1:
                yield from ((number, tables) for number in first[low])
                return
            middle = (low + high) // 2
            for (start, end), (left, right) in (
                ((low, middle), (middle, high)),
                ((middle, high), (low, middle)),
            ):
                inner = tables
                for row in rows[left:right]:
                    inner = self._times(inner, row)
                yield from spread(start, end, inner)

        if rows:
            yield from spread(0, len(rows), self._nothing)

    def _counted(self, state: State, table: object, ways: Sequence[OptionWay]) -> Ways:
        """How many of the selections in a table become valid structures with an option, in one way or another."""
        added = [(self.coupling.added(state[0], w.counts), state[1] | w.demands, w.cost) for w in ways]
        if not self._exact:
            return self._counted_one_by_one(table, added)
        found = []
        for sure in (True, False):
            spans = joined(before(self.coupling.spans(c, d, sure), cost.least) for c, d, cost in added)
            found.append(self._table.ways(table, spans) if spans else 0)
        return Ways(*found)

    def _counted_one_by_one(self, table: object, added: Sequence[tuple[Counts, Demands, Cost]]) -> Ways:
        sure = valid = 0
        assert isinstance(table, dict)
        for so_far, ways in table.items():
            truths = {
                self.coupling.verdict(c, d, Cost(so_far.least + cost.least, so_far.most + cost.most))
                for c, d, cost in added
            }
            sure += ways if True in truths else 0
            valid += ways if truths != {False} else 0
        return Ways(sure, valid)

    # ── answers ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def total(self) -> Ways:
        """All valid structures. Raises `LimitReached` rather than guess."""
        with self._named():
            return self._total() if all(self.rows) else Ways(0, 0)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Say of a limit that is reached what made it so large."""
        try:
            yield
        except LimitReached as error:
            costs = max(len({way.cost for ways in row for way in ways}) for row in self.rows)
            choices = sum(len(row) > 1 for row in self.rows)
            raise LimitReached(error.most, Size(choices, costs, self._top, self._step)) from error

    def _total(self) -> Ways:
        if self._products is not None:
            return Ways(*counted(self._products))
        free = [row for number, row in enumerate(self.rows) if number != self._last]
        tables = self._nothing
        for row in free:
            tables = self._times(tables, self._groups(row))
        last = (
            [(OptionWay(self.coupling.none, frozenset(), Cost()),)]
            if self._last is None
            else self.rows[self._last]
        )
        return self._sum(tables, Counter(map(self._needed, last)))

    def _sum(self, tables: Tables, ends: Counter[tuple[OptionWay, ...]]) -> Ways:
        sure = valid = 0
        for state, table in tables.items():
            for ways, times in ends.items():
                found = self._counted(state, table, ways)
                sure, valid = sure + times * found.sure, valid + times * found.valid
        return Ways(sure, valid)

    def by_option(self) -> list[list[Ways]]:
        """For each option, how many valid structures have it. Raises `LimitReached` rather than guess."""
        with self._named():
            return self._by_option()

    def _by_option(self) -> list[list[Ways]]:
        found: list[list[Ways]] = [[Ways(0, 0)] * len(row) for row in self.rows]
        if not all(self.rows):
            return found
        if self._products is not None:
            sizes = list(map(len, self.rows))
            return [[Ways(*of) for of in row] for row in counted_by_option(self._products, sizes)]
        whole = [self._groups(row) for row in self.rows]
        if self._last is None:
            self._put(found, range(len(self.rows)), self._others(whole), {})
            return found
        numbers = [number for number in range(len(self.rows)) if number != self._last]
        others = Counter(n for n in map(self._needed, self.rows[self._last]) if len(n) > 1)
        if all(whole):  # with those options of the last row that come about in one way
            self._put(found, range(len(self.rows)), self._others(whole), {})
        else:
            whole[self._last] = {}
        self._put(found, numbers, self._others([whole[number] for number in numbers]), others)
        tables = self._nothing
        for number in numbers:
            tables = self._times(tables, whole[number])
        for at, ways in enumerate(self.rows[self._last]):
            needed = self._needed(ways)
            if len(needed) > 1:
                found[self._last][at] = self._sum(tables, Counter([needed]))
        return found

    def _put(
        self,
        found: list[list[Ways]],
        numbers: Sequence[int],
        others: Iterator[tuple[int, Tables]],
        ends: Counter[tuple[OptionWay, ...]] | dict[tuple[OptionWay, ...], int],
    ) -> None:
        """Add what every option of some rows comes to; `ends`: the options of the last row, where it is left out."""
        for place, tables in others:
            number = numbers[place]
            effects: dict[State, dict[Cost, list[int]]] = {}
            for at, ways in enumerate(self.rows[number]):
                needed = self._needed(ways)
                if len(needed) == 1:
                    (way,) = needed
                    of = effects.setdefault((way.counts, way.demands), {})
                    of.setdefault(way.cost, []).append(at)
            for state, table in tables.items():
                for (counts, demands), by_cost in effects.items():
                    whole = self.coupling.added(state[0], counts), state[1] | demands
                    if len(numbers) == len(self.rows) and self._exact:
                        self._put_exact(found[number], whole, table, by_cost)
                        continue
                    for cost, places in by_cost.items():
                        one = Ways(0, 0)
                        for end, times in ends.items() if len(numbers) < len(self.rows) else (((), 1),):
                            way = OptionWay(counts, demands, cost)
                            each = tuple(_with(way, other, self.coupling.added) for other in end) or (way,)
                            more = self._counted(state, table, each)
                            one = Ways(one.sure + times * more.sure, one.valid + times * more.valid)
                        _add(found[number], places, one)

    def _put_exact(
        self, found: list[Ways], whole: State, table: object, by_cost: dict[Cost, list[int]]
    ) -> None:
        """The same where costs are exactly known, for options that add and demand the same."""
        sure, valid = (self.coupling.spans(*whole, surely) for surely in (True, False))
        if not valid:
            return
        for cost, places in by_cost.items():
            number = self._table.ways(table, before(valid, cost.least))
            if sure == valid:
                _add(found, places, Ways(number, number))
            else:
                _add(found, places, Ways(self._table.ways(table, before(sure, cost.least)), number))


def _add(found: list[Ways], places: Sequence[int], more: Ways) -> None:
    for at in places:
        so_far = found[at]
        found[at] = Ways(so_far.sure + more.sure, so_far.valid + more.valid)


def _with(way: OptionWay, other: OptionWay, added: Callable[[Counts, Counts], Counts]) -> OptionWay:
    cost = Cost(way.cost.least + other.cost.least, way.cost.most + other.cost.most)
    return OptionWay(added(way.counts, other.counts), way.demands | other.demands, cost)


def _steps(limit: int, offset: int, step: int) -> int:
    """A limit on a sum, as one on the steps above the least sum."""
    return NEVER if limit < offset else (limit - offset) // step


__all__ = ["Combination", "OptionWay", "Ways"]
