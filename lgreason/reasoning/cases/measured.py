"""What a clause that measures declared facts comes to, as the answers about persons take it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lgreason.reasoning.cases import folds, tree
from lgreason.reasoning.cases.asked import EntryDecider
from lgreason.reasoning.cases.counting import FOREVER, ONE_DAY, Duration, Span
from lgreason.reasoning.cases.course import Courses
from lgreason.reasoning.cases.days import When
from lgreason.reasoning.cases.entries import Item
from lgreason.reasoning.cases.evidence import Entry
from lgreason.reasoning.cases.measurement import BEFORE_ALL_RECORD, Measurement, Reach
from lgreason.reasoning.cases.measures import Measures, is_number
from lgreason.reasoning.cases.names import NamedValue
from lgreason.reasoning.cases.quantity import Range, Time, amount
from lgreason.reasoning.cases.sources import Selection
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
        first = next((day for day in (now, *(turn for turn in turns if turn > now)) if self.on(day)), None)
        if first is None:
            return None, FOREVER
        since = max((turn for turn in turns if turn <= first), default=BEFORE_ALL_RECORD)
        last = next((turn - ONE_DAY for turn in turns if turn > first), FOREVER)
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


@dataclass(frozen=True, slots=True)
class EntryReason:
    """What the clause of an entry came to: the entry (or the days of a round that nobody entered) and its tree."""

    entry: Entry | None
    span: Span | None
    node: tree.ReasonNode[FactMeasurement, Duration]


_NOTHING_SAID = Range(None, None)


@dataclass(frozen=True, slots=True)
class FactMeasurement(Measurement):
    """What a subject, or an entry, comes to for a clause that measures declared facts.

    `found` is the number or length of time measured; for a clause that asks what something is, `value` is that, and
    for one that asks when it is, `days` are its first and last.
    `reasons` are the trees of the entries that were asked.
    """

    found: Range = _NOTHING_SAID
    value: NamedValue | None = None
    days: tuple[When | None, When | None] | None = None
    reasons: Callable[[], tuple[EntryReason, ...]] = tuple


def measured(
    measures: Measures,
    courses: Courses,
    asked: EntryDecider,
    clauses: Mapping[str, Clause],
    clause: Clause,
    day: date,
) -> FactMeasurement:
    """What the subject comes to for a clause on a day: a number or a length of time, and what it is of."""
    return _Reasons(measures, courses, asked, clauses, day).measured(clause, None)


class _Reasons:
    """Builds what a clause came to, and under it what the clauses of its entries came to."""

    def __init__(
        self,
        measures: Measures,
        courses: Courses,
        asked: EntryDecider,
        clauses: Mapping[str, Clause],
        day: date,
    ) -> None:
        self._measures = measures
        self._courses = courses
        self._asked = asked
        self._clauses = clauses
        self._day = day

    def measured(self, clause: Clause, item: Item | None) -> FactMeasurement:
        of = clause.expression or Fn(clause.measures or "")
        measures, day = self._measures, self._day
        forms = [form for _, form in clause.demands() if form.name not in GATES]
        before, measures.missed = measures.missed, []
        truths = [measures.leaf(clause, form, item, day) for form in forms]
        missing = tuple(dict.fromkeys(measures.missed)) if None in truths else ()
        sure, maybe = self._entries(of, item)
        found = Range(None, None)
        if forms and all(is_number(form) for form in forms):
            found = measures.number(of, item, day)
        value = measures.find(of.args[0], item, day) if of.name == "value" and not found.known else None
        days = measures.period(of, item) if of.name == "period" and item is not None else None
        measures.missed = before
        low, high = found.low, found.high
        return FactMeasurement(
            low=low.duration if isinstance(low, Time) else 0,
            high=high.duration if isinstance(high, Time) else None if isinstance(low, Time) else 0,
            entries=sure,
            maybe=maybe,
            missing=missing,
            reach=lambda bound: Course(measures, self._courses, clause, bound),
            shortfall=lambda bound: _short(found, bound),
            found=found,
            value=value,
            days=days,
            reasons=lambda: tuple(self._reasons(of, item)),
        )

    def _entries(self, of: Value, item: Item | None) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """The entries that surely count for an expression, and those that possibly do."""
        sure: dict[Entry, None] = {}
        maybe: dict[Entry, None] = {}
        for selection in self._selections(of, item):
            for member in selection.members:
                top = member.item.top
                if top.number is not None:
                    (sure if member.truth else maybe)[Entry(top.fact.id, top.number)] = None
        return tuple(sure), tuple(each for each in maybe if each not in sure)

    def _selections(self, of: Value, item: Item | None) -> Iterator[Selection]:
        if not isinstance(of, Fn):
            return
        if of.name in folds.FOLDS and len(of.args) > (of.name in folds.OF_NUMBERS):
            yield self._measures.select(of.args[0], item, self._day)
            return
        for arg in of.args:
            yield from self._selections(arg, item)

    def _reasons(self, of: Value, item: Item | None) -> Iterator[EntryReason]:
        """The trees of the entries that an expression asks, each clause of each entry once."""
        for source, clause in dict.fromkeys(_asking(of)):
            for member in self._measures.select(source, item, self._day).members:
                yield self._reason(clause, member.item)

    def _reason(self, clause: str, item: Item) -> EntryReason:
        truths = self._asked.truths(
            clause, lambda leaf, form: self._measures.leaf(leaf, form, item, self._day)
        )
        grower = tree.Grower[FactMeasurement, Duration](
            self._clauses,
            truths,
            lambda leaf: self.measured(leaf, item),
            lambda found, bound: found.shortfall(bound),
        )
        entry = None if item.top.number is None else Entry(item.fact.id, item.top.number)
        return EntryReason(entry, item.span, grower.grow(clause))


def _asking(of: Value) -> Iterator[tuple[Value, str]]:
    """The sources of an expression of whose entries a clause is asked, with that clause."""
    if isinstance(of, Fn):
        if of.name == "which":
            yield of.args[0], word(of.args[1])
        for arg in of.args:
            yield from _asking(arg)


def _short(found: Range, bound: Bound) -> Duration | None:
    """How much time is missing, thirty days a month, as if it went on without a break."""
    limit = amount(Fn(bound.unit, (bound.value,))) if bound.unit and bound.relation == "at_least" else None
    if not isinstance(found.low, Time) or not isinstance(limit, Time):
        return None
    if bound.unit in ("weeks", "days"):
        return Duration(0, 0, max(1, limit.whole - found.low.whole))
    months, days = divmod(max(1, limit.thirtieths - found.low.thirtieths), 30)
    return Duration(*divmod(months, 12), days)
