"""What a clause that measures declared facts comes to, as the answers about persons take it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from lgreason.reasoning.cases.counting import FOREVER, ONE_DAY, Duration
from lgreason.reasoning.cases.course import Courses
from lgreason.reasoning.cases.evidence import Entry
from lgreason.reasoning.cases.measures import Measures, is_number
from lgreason.reasoning.cases.quantity import Quantity, Range, Time
from lgreason.reasoning.cases.sources import Selection
from lgreason.reasoning.persons.measurement import BEFORE_ALL_RECORD, Measurement, Reach
from lgreason.rules.declared import word
from lgreason.rules.model import GATES, Bound, Clause, demand_of
from lgreason.rules.terms import Fn, Truth, Value


class Course(Reach):
    """When a demand is met: on which days it holds, fails or is not known, however often that turns."""

    _measures: Measures
    _courses: Courses
    _clause: Clause
    _form: Fn
    _on: dict[date, Truth]

    def __init__(self, measures: Measures, courses: Courses, clause: Clause, bound: Bound) -> None:
        """Take what measures, and the demand."""
        found: dict[date, Truth] = {}
        self.__dict__.update(_measures=measures, _courses=courses, _clause=clause)
        self.__dict__.update(_form=demand_of(bound), _on=found)

    def on(self, day: date) -> Truth:
        """Whether the demand is met on a day; `None` where it is not known."""
        if day not in self._on:
            self._on[day] = self._measures.leaf(self._clause, self._form, None, day)
        return self._on[day]

    def turns(self) -> Iterator[date]:
        """The days on which it comes out otherwise than on the day before."""
        yield from self._courses.turns(self._clause, self._form)

    @cached_property
    def _span(self) -> tuple[date | None, date]:
        """The days around that of the case, or next after it, on which the demand is met without a break."""
        now, turns = self._measures.day, list(self.turns())
        starts = [day for day in (now, *(turn for turn in turns if turn > now)) if self.on(day)]
        if not starts:
            return None, FOREVER
        first = starts[0]
        since = first
        for turn in [BEFORE_ALL_RECORD, *turns][::-1]:
            if turn <= first:
                since = turn if self.on(turn) and (turn == first or self.on(turn)) else since
                break
        last = next((turn - ONE_DAY for turn in turns if turn > first and not self.on(turn)), FOREVER)
        return since, last

    @property
    def since(self) -> date | None:
        """The first of those days, `None` if there are none."""
        return self._span[0]

    @property
    def last(self) -> date:
        """The last of those days."""
        return self._span[1]

    @property
    def possibly(self) -> date | None:
        """The first day, from that of the case on, on which it does not surely fail."""
        now = self._measures.day
        days = (now, *(turn for turn in self.turns() if turn > now))
        found = next((day for day in days if self.on(day) is not False), None)
        return BEFORE_ALL_RECORD if found == now else found


def measured(measures: Measures, courses: Courses, clause: Clause, day: date) -> Measurement:
    """What the subject comes to for a clause on a day: a number or a length of time, and what it is of."""
    assert clause.expression is not None
    measures.missed.clear()
    sure, maybe = entries_of(measures, clause.expression, day)
    found = _number(measures, clause, day)
    missing = tuple(dict.fromkeys(measures.missed))
    truths = [measures.leaf(clause, form, None, day) for form in _leaves(clause)]
    if not missing and None in truths:
        missing = tuple(dict.fromkeys(measures.missed))
    return Measurement(
        low=_plain(found.low),
        high=_plain(found.high) if found.high is not None else None,
        entries=sure,
        maybe=maybe,
        missing=missing if None in truths else (),
        reach=lambda bound: Course(measures, courses, clause, bound),
        shortfall=lambda bound: _short(found, bound),
    )


def _number(measures: Measures, clause: Clause, day: date) -> Range:
    assert clause.expression is not None
    if all(is_number(form) for form in _leaves(clause)):
        return measures.number(clause.expression, None, day)
    return Range(None, None)


def _leaves(clause: Clause) -> list[Fn]:
    return [form for _, form in clause.demands() if form.name not in GATES]


def _plain(value: Quantity | None) -> Duration | int:
    if value is None:
        return 0
    if isinstance(value, Time):
        return value.duration
    return int(value) if value.denominator == 1 else value  # type: ignore[return-value]


def _short(found: Range, bound: Bound) -> Duration | None:
    """How much time is missing, as if it went on without a break."""
    if not isinstance(found.low, Time) or bound.unit not in ("years", "months"):
        return None
    short = bound.months * 30 - found.low.thirtieths
    months, days = divmod(max(0, short), 30)
    return Duration(*divmod(months, 12), days)


def entries_of(measures: Measures, of: Value, day: date) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries that surely count for an expression, and those that possibly do."""
    sure: dict[Entry, None] = {}
    maybe: dict[Entry, None] = {}
    for selection in _selections(measures, of, day):
        for member in selection.members:
            top = member.item.top
            if top.number is not None:
                (sure if member.truth else maybe)[Entry(top.fact.id, top.number)] = None
    return tuple(sure), tuple(each for each in maybe if each not in sure)


def _selections(measures: Measures, of: Value, day: date) -> Iterator[Selection]:
    from lgreason.reasoning.cases import folds

    if not isinstance(of, Fn):
        return
    if of.name in folds.FOLDS:
        yield measures.select(of.args[0], None, day)
        return
    for arg in of.args:
        yield from _selections(measures, arg, day)


__all__ = ["Course", "entries_of", "measured", "word"]
