"""Measures of declared facts against one another: what follows from how they are put together in all cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from lgreason.reasoning.cases import quantity
from lgreason.reasoning.cases.days import DayWindow, When, window
from lgreason.reasoning.cases.entries import Item
from lgreason.reasoning.cases.measures import Measures, is_number
from lgreason.reasoning.rulesets.bounds import Stretch
from lgreason.reasoning.rulesets.shapes import (
    asked_of,
    base,
    is_fold,
    latest,
    spread,
    with_latest,
    wrappers,
)
from lgreason.reasoning.rulesets.sides import content, expression
from lgreason.rules.declared import Attribute, Declarations, path, word
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Bound, Clause, demand_of
from lgreason.rules.terms import Fn, Value

Sided = tuple[int, Value]
"""An expression, a source or the id of a clause, with the side that it is of."""
Entails = Callable[[tuple[int, str], tuple[int, str]], bool]
"""Whether whatever one clause is asked of and meets, meets another."""
Possible = Callable[[tuple[int, str]], bool]
"""Whether there is an entry that a clause can be met by."""
NUMBERED = frozenset({"count", "length", "longest", "running", "sum"})
"""Folds that come to a number even of nothing."""
_GROWING = (("running", "longest", "length"), ("count",))
"""Folds that grow with their entries, each never more than those after it in its row."""
_LENGTHS = frozenset({"length", "longest", "running"})
_WINDOWED = frozenset({"within", "covers", "meets"})
_FIRST, _LAST = date(1600, 1, 1), date(2200, 1, 1)


class NamedValues(NamedTuple):
    """The named values that meet a demand; `all`: those that there are, where each entry has one of them.

    `one`: an entry has one value at most.
    """

    values: frozenset[str]
    all: frozenset[str] | None
    one: bool


class Asks(NamedTuple):
    """What a demand asks: `measured` is equal where two measure the same of the same; of numbers the stretch."""

    measured: Value
    unit: str = ""
    values: Stretch | None = None
    choice: NamedValues | None = None
    days: tuple[str, date, date] | None = None


class Expressions:
    """Compares measures of the declared facts of one or two knowledge bases on a day."""

    def __init__(
        self, sides: Sequence[KnowledgeBase], day: date, entails: Entails, possible: Possible
    ) -> None:
        """Take the sides, the day, and what tells of clauses of entries: of two whether one entails the other, of one
        whether any entry can meet it.
        """
        self._sides = sides
        self._day = day
        self._entails = entails
        self._possible = possible
        self._empty: dict[tuple[int, str], bool] = {}
        self._entailed: dict[tuple[tuple[int, str], tuple[int, str]], bool] = {}

    # ── what a demand asks ───────────────────────────────────────────────────────────────────────────────────────

    def asks(self, side: int, clause: Clause, bound: Bound) -> Asks | None:
        """What a demand on dates or on named values asks; `None` for all others."""
        of, form = clause.expression, demand_of(bound)
        if of is None:
            return None
        if form.name in _WINDOWED and of.name in ("value", "period"):
            limits = self.window(form.args[0])
            if limits is None:
                return None
            if of.name == "value":
                return Asks(Fn("date", of.args), "date", _ordinals(*limits))
            return Asks(Fn("period", of.args), days=(form.name, *limits))
        if of.name in ("age", "left") and len(of.args) in (1, 2) and is_number(form):
            return self._dated(of, form)
        if of.name == "value" and (form.name == "one_of" or not is_number(form)):
            return self._chosen(side, clause, form)
        return None

    def window(self, term: Value) -> tuple[date, date] | None:
        """The days of a window that does not hang on what a file says."""
        hangs: list[Value] = []

        def named(name: Value) -> When | None:
            hangs.append(name)
            return None

        found: DayWindow | None = window(term, self._day, named)
        if hangs or found is None or not (found.start.known and found.end.known):
            return None
        return found.start.first, found.end.first

    def _dated(self, of: Fn, form: Fn) -> Asks | None:
        """An age, or the time left to a day that follows from a date, as the dates by which it is met."""
        named, bound = of.args[0], form.args[0]
        while isinstance(named, Fn) and named.name in ("after", "before"):
            named = named.args[0]
        if not isinstance(bound, Fn) or bound.name == "amount" or isinstance(named, str):
            return None
        if isinstance(named, Fn) and named.name in ("previous", "at"):
            return None

        def met(when: date) -> bool:
            measures = _OfDate(self._declared[0], lambda _: when, self._day, *_NOBODY)
            found = measures.number(of, None, self._day)
            limit = measures.number(bound, None, self._day)
            return quantity.meets(found, form.name, limit, quantity.compares_days(bound.name)) is True

        last = min(_LAST, self._day) if of.name == "age" else _LAST
        stretch = _where(met, _FIRST, last)
        return None if stretch is None else Asks(Fn("date", (named,)), "date", stretch)

    def _chosen(self, side: int, clause: Clause, form: Fn) -> Asks | None:
        of = clause.expression
        assert of is not None
        named = frozenset(word(arg) for arg in form.args if not (isinstance(arg, Fn) and arg.args))
        attribute = self._attribute(side, clause.id, of.args[0])
        if len(named) != len(form.args) or attribute is None:
            return None
        order = (
            self._declared[side].values.get(word(attribute.type.args[0]), ()) if attribute.type.args else ()
        )
        if attribute.type.name == "yes_no":
            order = ("true", "false")
        if form.name != "one_of":
            (least,) = named
            if least not in order:
                return None
            at = order.index(least)
            kept = {"at_least": order[at:], "more_than": order[at + 1 :], "at_most": order[: at + 1]}
            kept |= {"less_than": order[:at], "exactly": order[at : at + 1]}
            named = frozenset(kept[form.name])
        every = order if attribute.absent.name != "none" and attribute.type.name != "term" else ()
        choice = NamedValues(named, frozenset(every) or None, attribute.type.name != "terms")
        return Asks(Fn("named", of.args), choice=choice)

    # ── how much a measure may come to ───────────────────────────────────────────────────────────────────────────

    def limits(self, side: int, of: Fn, unit: str) -> Stretch | None:
        """Between which numbers a measure always lies, in a unit; `None` where nothing is said of that."""
        if of.name in NUMBERED and of.args and self._of_nothing(side, of.args[0]):
            return Stretch(Fraction(0), Fraction(0))
        if of.name in _LENGTHS and unit in ("months", "days"):
            return Stretch(Fraction(0), self._longest(side, of.args[0], unit))
        if of.name in NUMBERED and of.name != "sum":
            most = latest(of.args[0]) if of.name == "count" else None
            return Stretch(low=Fraction(0), high=None if most is None else Fraction(most[0]))
        attribute: Attribute | None = None
        if of.name in ("mean", "least", "greatest", "latest") and len(of.args) == 2:
            fact = self._declared[side].facts.get(base(of.args[0])[0])
            attribute = fact.attribute(path(of.args[1])) if fact is not None else None
        elif of.name == "value":
            fact = (
                self._declared[side].facts.get(path(of.args[0])[0]) if not is_fold(of.args[0], "at") else None
            )
            attribute = fact.value if fact is not None else None
        if attribute is None or (attribute.low is None and attribute.high is None):
            return None
        return Stretch(attribute.low, attribute.high)

    def _longest(self, side: int, source: Value, unit: str) -> Fraction | None:
        """How long the time of a source is at most: the window that it lies in, or a life."""
        if isinstance(source, Fn) and any(each.name == "weighted" for each in _inner(source)):
            return None  # days may count more than once
        windows = [self.window(each.args[1]) for each in wrappers(source) if each.name == "clip"]
        spans = [(end - start).days + 1 for start, end in filter(None, windows)]
        life = self.life(side)
        if unit == "days":
            return Fraction(min([*spans, *([life * 366] if life else [])], default=0)) or None
        # Thirty days of separate stretches make a month (C5), and a February of its own is one already.
        most = [Fraction(days + 2 * (days // 365 + 1), 30) for days in spans if days > 0]
        return min([*most, *([Fraction(life * 12)] if life else [])], default=None)

    def life(self, side: int) -> int | None:
        """The years beyond which nobody lives or serves, as the knowledge base expects."""
        years = [int(word(row[0])) for row in self._sides[side].rows("lives_at_most")]
        return max(years, default=None)

    def _of_nothing(self, side: int, source: Value) -> bool:
        """Whether no entry can ever be of a source."""
        for each in wrappers(source):
            if each.name == "which":
                key = (side, word(each.args[1]))
                if key not in self._empty:
                    self._empty[key] = not self._possible(key)
                if self._empty[key]:
                    return True
        return False

    def total(self, side: int, of: Fn) -> bool:
        """Whether a measure comes to a number for everybody of whom all is known."""
        if of.name in NUMBERED:
            return True
        if of.name in ("add", "subtract", "scale", "cap", "floor"):
            return all(self.total(side, arg) for arg in of.args if isinstance(arg, Fn) and arg.args)
        if of.name in ("value", "age", "left") and of.args and not is_fold(of.args[0], "at", "previous"):
            facts = self._declared[side].facts
            fact = facts.get(path(of.args[0])[0]) if not is_fold(of.args[0], "after", "before") else None
            return fact is not None and fact.value is not None and fact.absent.name != "none"
        return quantity.amount(of) is not None if of.name in quantity.OF_TIME | quantity.OF_NUMBER else False

    def never_more(self, one: Sided, other: Sided) -> bool:
        """Whether what one measure comes to is never more than what another does."""
        (side, mine), (beside, its) = one, other
        if not isinstance(mine, Fn) or not isinstance(its, Fn):
            return False
        if self._content(one) == self._content(other):
            return True
        for row in _GROWING:
            if mine.name in row and its.name in row and row.index(mine.name) <= row.index(its.name):
                if len(its.args) > 1 and mine.args[1:] != its.args[1:]:
                    return False
                return self.within((side, mine.args[0]), (beside, its.args[0]))
        if mine.name != its.name or len(mine.args) != len(its.args):
            return False
        if mine.name in ("sum", "greatest", "kinds") and len(mine.args) == 2 and mine.args[1] == its.args[1]:
            fact = self._declared[side].facts.get(base(mine.args[0])[0])
            attribute = fact.attribute(path(mine.args[1])) if fact is not None else None
            counted = attribute is not None and attribute.low is not None and attribute.low >= 0
            grows = mine.name != "sum" or counted
            return grows and self.within((side, mine.args[0]), (beside, its.args[0]))
        if mine.name == "add":
            return all(
                self.never_more((side, a), (beside, b)) for a, b in zip(mine.args, its.args, strict=True)
            )
        if mine.name in ("scale", "cap", "floor", "round_up", "round_down", "whole_years", "whole_months"):
            return mine.args[1:] == its.args[1:] and self.never_more(
                (side, mine.args[0]), (beside, its.args[0])
            )
        return False

    def most_of(self, one: Sided, other: Sided, values: Stretch, wanted: Stretch) -> bool:
        """Whether so many of the latest K make so many of the latest L, which are fewer.

        Where all but j of the latest K are met, all but j of any fewer are.
        """
        (side, mine), (beside, its) = one, other
        if not (isinstance(mine, Fn) and isinstance(its, Fn) and (mine.name, its.name) == ("count", "count")):
            return False
        mine_of, its_of = latest(mine.args[0]), latest(its.args[0])
        if mine_of is None or its_of is None or values.low is None or wanted.low is None:
            return False
        (most, of), (fewer, its_own) = mine_of, its_of
        left = most - values.low
        if (
            wanted.high is not None
            or fewer > most
            or fewer - left < wanted.low
            or wanted.open_low
            or left < 0
        ):
            return False
        if self._content((side, of)) != self._content((beside, its_own)):
            return False
        shorter = Fn("last", (fewer, its_own))
        return self.within((side, with_latest(mine.args[0], shorter)), (beside, its.args[0]))

    # ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────

    def within(self, one: Sided, other: Sided) -> bool:
        """Whether each entry (and day) of one source is one of another."""
        if self._content(one) == self._content(other):
            return True
        (side, mine), (beside, its) = one, other
        if is_fold(its, "union"):
            assert isinstance(its, Fn)
            return any(self.within(one, (beside, arg)) for arg in its.args)
        if is_fold(mine, "union"):
            assert isinstance(mine, Fn)
            return all(self.within((side, arg), other) for arg in mine.args)
        if is_fold(its, "alike", "weighted") or is_fold(mine, "alike", "weighted"):
            return False
        restricted = list(wrappers(mine))
        if not isinstance(its, Fn) or its.name not in ("which", "clip", "last", "without", "inside"):
            return base(mine) == base(its)
        if its.name == "last":
            return any(
                w.name == "last"
                and int(word(w.args[0])) <= int(word(its.args[0]))
                and self._content((side, w.args[1])) == self._content((beside, its.args[1]))
                for w in restricted
            )
        if not self.within(one, (beside, its.args[0])):
            return False
        if its.name == "which":
            return any(
                w.name == "which" and self._entail((side, word(w.args[1])), (beside, word(its.args[1])))
                for w in restricted
            )
        if its.name == "clip":
            return any(w.name == "clip" and self._shorter(w.args[1], its.args[1]) for w in restricted)
        for w in restricted:
            if w.name == its.name:
                pair = (side, w.args[1]), (beside, its.args[1])
                if self.within(*(pair if its.name == "inside" else pair[::-1])):
                    return True
        return False

    def _shorter(self, one: Value, other: Value) -> bool:
        """Whether a window lies within another."""
        if one == other:
            return True
        mine, its = self.window(one), self.window(other)
        return mine is not None and its is not None and its[0] <= mine[0] and mine[1] <= its[1]

    def _entail(self, one: tuple[int, str], other: tuple[int, str]) -> bool:
        if (one, other) not in self._entailed:
            (side, mine), (beside, its) = one, other
            kbs = self._sides[side].clauses, self._sides[beside].clauses
            same = content(kbs[0], mine) == content(kbs[1], its)
            self._entailed[one, other] = same or self._entails(one, other)
        return self._entailed[one, other]

    def _content(self, of: Sided) -> Value:
        side, value = of
        if not isinstance(value, Fn):
            return value
        return expression(self._sides[side].clauses, value)

    # ── what is declared ─────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _declared(self) -> list[Declarations]:
        return [kb.declared.declarations("person") for kb in self._sides]

    @cached_property
    def _of_entries(self) -> Sequence[Mapping[str, str]]:
        """Of each side: of the entries of which fact each clause is asked."""
        found: list[dict[str, str]] = []
        for kb in self._sides:
            asked: dict[str, str] = {}
            for clause in kb.clauses.values():
                for source, identity in asked_of(clause.expression):
                    steps = base(source)
                    asked[identity] = steps[0] if len(steps) == 1 else ""
                    spread(kb.clauses, identity, asked)
            found.append(asked)
        return found

    def _attribute(self, side: int, clause: str, named: Value) -> Attribute | None:
        """What is declared of what a clause names."""
        if is_fold(named, "at", "previous"):
            return None
        steps = path(named)
        of = self._of_entries[side].get(clause)
        facts = self._declared[side].facts
        if of is None:
            fact = facts.get(steps[0])
            if fact is None:
                return None
            return fact.value if len(steps) == 1 else fact.attribute(steps[1:])
        return facts[of].attribute(steps) if of in facts else None


def _nothing(*_: object) -> None:
    return None


_NOBODY = (_nothing, _nothing, _nothing)


class _OfDate(Measures):
    """Measures of which every name is one date."""

    def date_of(self, name: Value, item: Item | None) -> When | None:
        """The date; what is so long after it."""
        if isinstance(name, Fn) and name.name in ("after", "before"):
            return super().date_of(name, item)
        when = self._subject("")
        assert isinstance(when, date)
        return When(when, when)


def _where(met: Callable[[date], bool], first: date, last: date) -> Stretch | None:
    """The dates by which something is met, which is so from one end up to a day; `None` where it is not so."""
    ends = met(first), met(last)
    if ends == (True, True):
        return None
    if ends == (False, False):
        return None
    low, high = first.toordinal(), last.toordinal()
    while high - low > 1:
        middle = (low + high) // 2
        if met(date.fromordinal(middle)) == ends[0]:
            low = middle
        else:
            high = middle
    return Stretch(high=Fraction(low)) if ends[0] else Stretch(low=Fraction(high))


def _ordinals(start: date, end: date) -> Stretch:
    low = None if start == date.min else Fraction(start.toordinal())
    return Stretch(low, None if end == date.max else Fraction(end.toordinal()))


def _inner(of: Fn) -> Iterator[Fn]:
    yield of
    for arg in of.args:
        if isinstance(arg, Fn):
            yield from _inner(arg)
