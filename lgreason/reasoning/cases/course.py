"""How a measure goes on from day to day: the days on which the truth of a leaf turns.

Between the days on which something begins, ends, enters a window or leaves it, a measure only grows, only shrinks or
stays; so a few days are asked, and where it turns in between is found by halving. What may go up and down between
two such days is asked day by day, leaping over days in which it cannot come to its bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lgreason.reasoning.cases import folds, quantity
from lgreason.reasoning.cases.counting import FOREVER
from lgreason.reasoning.cases.days import BEFORE_ALL, When, later, plus, turns
from lgreason.reasoning.cases.entries import Item, round_span
from lgreason.reasoning.cases.measures import Measures
from lgreason.reasoning.cases.numbers import NAMES_OF_AMOUNTS, WRAPPED
from lgreason.reasoning.cases.quantity import Time
from lgreason.rules.declared import path, word
from lgreason.rules.model import Clause, tree
from lgreason.rules.terms import Fn, Truth, Value

Trend = Literal[-1, 0, 1] | None
"""Between two breaks it shrinks, stays, grows; `None`: it may do either."""
YEARS_AHEAD = 100
YEARS_SCANNED = 20
MOST_A_DAY = 16
"""By how many days, thirty to a month, a length of time may change from one day to the next between two breaks."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The days on which a measure may leap, and what it does between them; `settles`: after the last it stays."""

    breaks: frozenset[date]
    trend: Trend = 0
    settles: bool = False

    def __or__(self, other: Shape) -> Shape:
        """What is made of both."""
        if not self.trend or not other.trend:
            both: Trend = self.trend if other.trend == 0 else other.trend if self.trend == 0 else None
        else:
            both = self.trend if self.trend == other.trend else None
        settles = (self.settles or self.trend == 0) and (other.settles or other.trend == 0)
        return Shape(self.breaks | other.breaks, both, settles)

    def falling(self) -> Shape:
        """The same, taken away."""
        return Shape(self.breaks, None if self.trend is None else -self.trend, self.settles)

    def at(self, days: Iterable[date]) -> Shape:
        """The same with further breaks."""
        return Shape(self.breaks | frozenset(days), self.trend, self.settles)


STATIC = Shape(frozenset())


class Courses:
    """The courses of the leaves of one case."""

    def __init__(self, measures: Measures, clauses: Mapping[str, Clause]) -> None:
        """Take what measures the case, and the clauses that are asked of its entries."""
        self._measures = measures
        self._clauses = clauses
        self._turns: dict[tuple[str, Fn, int], tuple[date, ...]] = {}
        self._day = measures.day

    def turns(self, clause: Clause, form: Fn, item: Item | None = None) -> tuple[date, ...]:
        """The days on which a demand of a clause comes out otherwise than on the day before, in order."""
        key = (clause.id, form, id(item))
        if key not in self._turns:
            self._turns[key] = tuple(self._find(clause, form, item))
        return self._turns[key]

    def _find(self, clause: Clause, form: Fn, item: Item | None) -> Iterator[date]:
        shape = self._leaf(clause, form, item)
        breaks = sorted(day for day in shape.breaks if BEFORE_ALL < day < FOREVER)
        if not breaks and shape.trend == 0:
            return

        def at(day: date) -> Truth:
            return self._measures.leaf(clause, form, item, day)

        horizon = later(self._day, 12 * (YEARS_AHEAD if shape.trend is not None else YEARS_SCANNED))
        if shape.trend == -1 or not breaks:  # what shrinks does so from long before
            breaks = [later(self._day, -12 * YEARS_AHEAD), *breaks]
        before = at(plus(breaks[0], -1))
        for number, start in enumerate(breaks):
            now = at(start)
            if now is not before:
                yield start
            is_last = number + 1 == len(breaks)
            end = plus(breaks[number + 1], -1) if not is_last else max(start, horizon)
            before = now
            if end > start and shape.trend != 0 and not (is_last and shape.settles):
                if shape.trend is None:
                    yield from self._scan(clause, form, item, start, end)
                    before = at(end)
                elif (then := at(end)) is not now:
                    yield from _halved(at, start, now, end, then)
                    before = then

    def _scan(self, clause: Clause, form: Fn, item: Item | None, start: date, end: date) -> Iterator[date]:
        measures = self._measures
        day, now = start, measures.leaf(clause, form, item, start)
        while day < end:
            day = plus(day, self._leap(clause, form, item, day))
            if day > end:
                return
            then = measures.leaf(clause, form, item, day)
            if then is not now:
                yield day
            now = then

    def _leap(self, clause: Clause, form: Fn, item: Item | None, day: date) -> int:
        """For how many days a length of time is surely not at its bound."""
        bound = form.args[0] if form.args else None
        of = clause.expression
        if not isinstance(bound, Fn) or of is None or of.name not in folds.OF_TIME:
            return 1
        limit = quantity.amount(bound)
        if not isinstance(limit, Time) or quantity.compares_days(bound.name):
            return 1
        found = self._measures.number(of, item, day)
        gaps = [
            abs(end.thirtieths - limit.thirtieths) for end in (found.low, found.high) if isinstance(end, Time)
        ]
        return max(1, min(gaps, default=0) // MOST_A_DAY - 2)

    # ── leaves ───────────────────────────────────────────────────────────────────────────────────

    def _leaf(self, clause: Clause, form: Fn, item: Item | None) -> Shape:
        relation, args = form
        of = clause.expression or Fn(clause.measures or "")
        if relation in ("within", "covers", "meets"):
            ends: list[When | None] = []
            if of.name == "value":
                ends.append(self._measures.date_of(of.args[0], item))
            else:
                ends.extend(self._measures.period(of, item) or ())
            return STATIC.at(self._window(args[0], item, {d for end in ends if end is not None for d in end}))
        if relation in quantity.RELATIONS and isinstance(args[0], Fn) and args[0].args:
            found = self.expression(of, item)
            if args[0].name == "amount":
                return found | self.expression(args[0].args[0], item).falling()
            return found
        return STATIC

    def _window(self, term: Value, item: Item | None, dates: Iterable[date]) -> Iterator[date]:
        found = set(dates) - {BEFORE_ALL, FOREVER}
        yield from turns(term, found, self._day)
        if isinstance(term, Fn):
            for arg in term.args:
                named = isinstance(arg, Fn) and arg.name not in ("day", "eve", "fiscal_start", "fiscal_end")
                if (
                    named
                    and not self._is_amount(arg)
                    and (when := self._measures.date_of(arg, item)) is not None
                ):
                    yield from (plus(day, by) for day in when for by in (-1, 0, 1, 2))

    @staticmethod
    def _is_amount(term: Value) -> bool:
        return isinstance(term, Fn) and term.name in NAMES_OF_AMOUNTS

    # ── expressions ──────────────────────────────────────────────────────────────────────────────

    def expression(self, of: Value, item: Item | None) -> Shape:
        """How an expression goes on."""
        if not isinstance(of, Fn) or (of.name in NAMES_OF_AMOUNTS and quantity.amount(of) is not None):
            return STATIC
        name, args = of
        if name == "value":
            return STATIC.at(self._yearly(args[0]))
        if name in ("age", "left"):
            return self._age(name, args, item)
        if name in (
            "scale",
            "cap",
            "floor",
            "round_up",
            "round_down",
            "whole_years",
            "whole_months",
            "whole_days",
        ):
            found = self.expression(args[0], item)
            return found | self.expression(args[1], item) if name in ("cap", "floor") else found
        if name in ("subtract", "ratio", "share"):
            return self.expression(args[0], item) | self.expression(args[1], item).falling()
        if name in ("add", "mean_of", "least_of", "greatest_of"):
            found = STATIC
            for each in args:
                found = found | self.expression(each, item)
            return found
        if len(args) == 1 and name in folds.OF_NUMBERS:
            return STATIC
        shape = self.source(args[0], item)
        if name not in folds.OF_TIME:
            return Shape(shape.breaks)
        if len(args) > 1:
            shape = shape.at(self._window(args[1], item, shape.breaks))
        return Shape(shape.breaks, None, settles=True) if shape.settles else Shape(shape.breaks, 1)

    def _yearly(self, of: Value) -> Iterator[date]:
        """The first days of fiscal years, where a value is of a year before that of the day."""
        if (
            isinstance(of, Fn)
            and of.name == "at"
            and isinstance(of.args[1], Fn)
            and of.args[1].name == "fiscal_year"
        ):
            for year in range(self._day.year - 60, self._day.year + 20):
                yield date(year, 10, 1)

    def _age(self, name: str, args: Sequence[Value], item: Item | None) -> Shape:
        when = self._measures.date_of(args[0], item)
        at = args[1] if len(args) > 1 else Fn("day")
        if when is None:
            return STATIC
        own = {plus(day, by) for day in when if BEFORE_ALL < day < FOREVER for by in (-1, 0, 1, 2)}
        if isinstance(at, Fn) and at.name in ("fiscal_start", "fiscal_end"):
            years = {day.year for day in own} | {self._day.year}
            return STATIC.at(
                {
                    date(y, 10, 1)
                    for y in range(max(2, min(years) - YEARS_AHEAD), min(9998, max(years) + YEARS_AHEAD))
                }
            )
        if isinstance(at, str) or (isinstance(at, Fn) and at.name not in ("day", "eve")):
            return STATIC
        return Shape(frozenset(own), 1 if name == "age" else -1)

    # ── sources ──────────────────────────────────────────────────────────────────────────────────

    def source(self, of: Value, item: Item | None) -> Shape:
        """When the entries of a source change; `settles` where its window slides over periods."""
        name, args = of if isinstance(of, Fn) else (of, ())
        if name not in WRAPPED:
            return self._base(of, item)
        if name == "which":
            found = self.source(args[0], item)
            return found.at(
                day
                for each in self.items(args[0], item)
                for leaf in tree(self._clauses, (word(args[1]),))
                for _, form in leaf.demands()
                if leaf.measures is not None
                for day in self.turns(leaf, form, each)
            )
        if name == "clip":
            found = self.source(args[0], item)
            window = found.at(self._window(args[1], item, found.breaks)).at(self._rounds(args[0], 12))
            slides = isinstance(args[1], Fn) and args[1].name == "last"
            return Shape(window.breaks, window.trend, settles=slides or found.settles)
        if name == "last":
            number = args[0]
            assert isinstance(number, int)
            return self.source(args[1], item).at(self._rounds(args[1], number + 2))
        if name in ("union", "without", "inside"):
            one, other = self.source(args[0], item), self.source(args[1], item)
            return Shape(one.breaks | other.breaks, None, settles=one.settles or other.settles)
        if name == "alike":
            return self.source(args[1], item)
        found = self.source(args[0], item)
        for each in self.items(args[0], item):
            found = found.at(self.expression(args[1], each).breaks)
        return found

    def items(self, of: Value, item: Item | None) -> list[Item]:
        """The entries that a source may select from, of whatever day."""
        while isinstance(of, Fn) and of.name in WRAPPED:
            if of.name in ("union", "without", "inside"):
                return [*self.items(of.args[0], item), *self.items(of.args[1], item)]
            of = of.args[1] if of.name in ("last", "alike") else of.args[0]
        return self._measures.entries_of(of, item)[0] or []

    def _base(self, of: Value, item: Item | None) -> Shape:
        found: set[date] = set()
        for each in self.items(of, item):
            start, end = self._measures.entries.period(each) or (None, None)
            found |= set(start or ())
            found |= {plus(day, 1) for day in end or () if day < FOREVER}
            if each.shape.name == "rounds" and end is not None:
                found |= set(end)
        return STATIC.at(found)

    def _rounds(self, of: Value, years: int) -> Iterator[date]:
        """The days on which rounds are complete, where a source is of rounds."""
        fact = (
            self._measures.declared.facts.get(path(of)[0])
            if not (isinstance(of, Fn) and of.name in WRAPPED)
            else None
        )
        if fact is None or fact.shape.name != "rounds":
            return
        of_year = fact.shape.args[2]
        assert isinstance(of_year, int)
        spans = [each.span for each in self.items(of, None) if each.span is not None]
        first = min((span[0].year for span in spans), default=self._day.year)
        for year in range(max(2, first - 1), self._day.year + years + 3):
            for number in range(1, of_year + 1):
                yield round_span(year, number, of_year)[1]


def _halved(at: Callable[[date], Truth], start: date, now: Truth, end: date, then: Truth) -> Iterator[date]:
    """The days after `start`, up to `end`, on which a truth that goes one way turns."""
    if (end - start).days == 1:
        yield end
        return
    middle = plus(start, (end - start).days // 2)
    between = at(middle)
    if between is not now:
        yield from _halved(at, start, now, middle, between)
    if between is not then:
        yield from _halved(at, middle, between, end, then)
