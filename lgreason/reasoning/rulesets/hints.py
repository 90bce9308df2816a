"""The values at and beside the bounds that occur in what clauses measure: what files are tried with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from lgreason.reasoning.rulesets.bounds import Stretch
from lgreason.reasoning.rulesets.demands import LeafDemand
from lgreason.reasoning.rulesets.space import RuleSpace
from lgreason.rules.declared import Attribute, Declarations, Fact, path, word
from lgreason.rules.model import Bound, Clause, demand_of, tree
from lgreason.rules.terms import Fn, Value

_DAY = timedelta(days=1)
_WRAPPED = frozenset({"which", "clip", "last", "without", "inside", "union", "alike", "weighted"})


@dataclass
class FactHints:
    """Of one fact: the values of each attribute by its path, days, lengths of time, and how many entries."""

    values: dict[tuple[str, ...], list[Any]] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)
    lengths: list[Fn] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    names: dict[str, list[Any]] = field(default_factory=dict)
    posts: list[dict[str, Any]] = field(default_factory=list)
    """The posts that entries of a list of postings may be of, as entries say them."""

    def value(self, steps: tuple[str, ...], *values: Any) -> None:
        """Add values of an attribute."""
        held = self.values.setdefault(steps, [])
        held += [value for value in values if value not in held]


class Gathered:
    """What the demands of a space on declared facts name, fact by fact; `joined`: facts that one measure joins."""

    def __init__(self, space: RuleSpace, declared: Declarations, day: date) -> None:
        """Take the space, what is declared, and the day."""
        self.facts: dict[str, FactHints] = {}
        self.of: dict[int, frozenset[str]] = {}
        self._space = space
        self._declared = declared
        self._day = day
        for number, demand in enumerate(space.demands):
            if demand.clause.expression is not None:
                found: set[str] = set()
                self._measure(demand.side, demand.clause, demand.bound, None, found)
                self._dates(demand, found)
                if found:
                    self.of[number] = frozenset(found)

    def _hints(self, fact: str) -> FactHints:
        return self.facts.setdefault(fact, FactHints())

    def _measure(self, side: int, clause: Clause, bound: Bound, of: str | None, found: set[str]) -> None:
        form = demand_of(bound)
        expression = clause.expression or Fn(clause.measures or "")
        self._expression(side, expression, form, of, found)

    def _expression(self, side: int, what: Fn, form: Fn, of: str | None, found: set[str]) -> None:
        amount = form.args[0] if form.args else None
        if what.name == "value":
            self._value(what.args[0], form, of, found)
        elif what.name in ("age", "left"):
            self._fact_of(what.args[0], of, found)
        elif what.name in ("count", "kinds", "length", "longest", "running", "since"):
            for fact in self._source(side, what.args[0], of, found):
                hints = self._hints(fact)
                if what.name in ("count", "kinds") and isinstance(amount, Fn) and amount.args:
                    hints.counts += [_whole(amount.args[0])]
                elif isinstance(amount, Fn) and amount.args:
                    hints.lengths.append(amount)
        elif what.name in ("sum", "least", "greatest", "mean", "latest") and what.args:
            if len(what.args) == 1:
                self._value(what.args[0], form, of, found)
                return
            for fact in self._source(side, what.args[0], of, found):
                self._numbers(fact, path(what.args[1]), amount)
        else:
            for arg in what.args:
                if isinstance(arg, Fn) and arg.args:
                    self._expression(side, arg, form, of, found)

    def _fact_of(self, named: Value, of: str | None, found: set[str]) -> tuple[str, tuple[str, ...]] | None:
        """The fact and the path within it of what a name stands for."""
        while isinstance(named, Fn) and named.name in ("after", "before", "previous"):
            named = named.args[0]
        if isinstance(named, str):
            return None
        steps = path(named)
        if of is not None and self._declared.facts[of].attribute(steps) is not None:
            return of, steps
        if steps[0] in self._declared.facts:
            found.add(steps[0])
            self._hints(steps[0])
            return steps[0], steps[1:]
        return None

    def _value(self, named: Value, form: Fn, of: str | None, found: set[str]) -> None:
        if isinstance(named, Fn) and named.name == "at" and len(named.args) == 2:
            place = self._fact_of(named.args[0], of, found)
            if place is not None:
                fact, steps = place
                key = ".".join(path(named.args[1])) if not isinstance(named.args[1], str) else named.args[1]
                if isinstance(named.args[1], Fn) and named.args[1].name == "fiscal_year":
                    back = int(word(named.args[1].args[0]))
                    key = str(self._day.year + (self._day.month >= 10) - back)
                self._named(fact, steps, key, form)
            return
        place = self._fact_of(named, of, found)
        if place is None:
            return
        fact, steps = place
        attribute = self._attribute(fact, steps)
        if attribute is None:
            return
        hints = self._hints(fact)
        if form.name in ("within", "covers", "meets"):
            return
        if form.name == "one_of":
            hints.value(steps, *map(_plain, form.args))
        elif attribute.type.args and (order := self._declared.values.get(word(attribute.type.args[0]), ())):
            hints.value(steps, *order)
            return
        else:
            self._numbers(fact, steps, form.args[0] if form.args else None)
        hints.value(steps, *self._others(attribute, hints.values.get(steps, [])))

    def _named(self, fact: str, steps: tuple[str, ...], key: str, form: Fn) -> None:
        hints = self._hints(fact)
        bound = form.args[0] if form.args else None
        values = _beside(bound)
        if not steps:
            hints.names.setdefault(key, []).extend(v for v in values if v is not None)
        else:
            hints.value((*steps, key), *values)

    def _others(self, attribute: Attribute, named: list[Any]) -> list[Any]:
        """A value that nothing names, of the same type."""
        kind = attribute.type
        if kind.name == "yes_no":
            return [True, False]
        order = self._declared.values.get(word(kind.args[0]), ()) if kind.args else ()
        rest = [value for value in order if value not in named]
        if rest or kind.name in ("one_of", "scale"):
            return rest[:1]
        return ["อื่น ๆ"] if kind.name in ("term", "text") else []

    def _numbers(self, fact: str, steps: tuple[str, ...], amount: Value | None) -> None:
        attribute = self._attribute(fact, steps)
        values = _beside(amount)
        if attribute is not None:
            low, high = attribute.low, attribute.high
            values = [v for v in values if (low is None or v >= low) and (high is None or v <= high)]
        if steps or attribute is not None:
            self._hints(fact).value(steps, *values)

    def _attribute(self, fact: str, steps: tuple[str, ...]) -> Attribute | None:
        of: Fact | None = self._declared.facts.get(fact)
        if of is None:
            return None
        return of.value if not steps else of.attribute(steps)

    def _source(self, side: int, source: Value, of: str | None, found: set[str]) -> list[str]:
        """The facts that a source takes its entries of; what its windows and clauses name is gathered."""
        if not isinstance(source, Fn) or source.name not in _WRAPPED or not source.args:
            place = self._fact_of(source, of, found)
            return [place[0]] if place is not None and place[0] != of else []
        if source.name in ("union", "without", "inside"):
            both = [self._source(side, arg, of, found) for arg in source.args]
            return [fact for facts in both for fact in facts]
        inner = source.args[1] if source.name in ("last", "alike") else source.args[0]
        facts = self._source(side, inner, of, found)
        for fact in facts:
            hints = self._hints(fact)
            if source.name == "last":
                hints.counts.append(_whole(source.args[0]))
            elif source.name == "clip":
                limits = self._space.window(source.args[1])
                if limits is not None:
                    hints.days += limits
            elif source.name == "which":
                self._asked(side, word(source.args[1]), fact, found)
            elif source.name == "weighted" and isinstance(source.args[1], Fn):
                self._expression(side, source.args[1], Fn(""), fact, found)
        return facts

    def _asked(self, side: int, identity: str, fact: str, found: set[str]) -> None:
        clauses: Mapping[str, Clause] = self._space.sides[side].clauses
        if identity not in clauses:
            return
        for clause in tree(clauses, (identity,)):
            if clause.expression == Fn("post"):
                self._posts(clause, fact)
            for _, bound in clause.bounds():
                self._measure(side, clause, bound, fact, found)
                asks = self._space.asks(side, clause, bound)
                if asks is not None and asks.values is not None and asks.unit == "date":
                    steps = path(asks.measured.args[0]) if isinstance(asks.measured, Fn) else ()
                    self._hints(fact).value(steps, *_around(asks.values))
                elif asks is not None and asks.days is not None:
                    self._hints(fact).days += asks.days[1:]
                elif clause.expression is not None and clause.expression.name == "age":
                    self._hints(fact).lengths += [a for a in demand_of(bound).args if isinstance(a, Fn)]

    def _posts(self, clause: Clause, fact: str) -> None:
        """The posts that a clause counts, and one of another kind."""
        held = self._hints(fact).posts
        for what in clause.counts:
            args = [word(arg) for arg in what.args]
            if what.name in ("position", "not_below") and args:
                held.append({"position": args[0]})
            elif what.name in ("level", "level_from") and len(args) == 2:
                held.append({"type": args[0], "level": args[1]})

    def _dates(self, demand: LeafDemand, found: set[str]) -> None:
        if demand.unit != "date" or demand.values is None or not isinstance(demand.measured, Fn):
            return
        place = self._fact_of(demand.measured.args[0], None, found)
        if place is not None:
            self._hints(place[0]).value(place[1], *_around(demand.values))


def _around(values: Stretch) -> list[date]:
    """The days at the ends of a stretch of dates and beside them."""
    ends = [int(end) for end in (values.low, values.high) if end is not None]
    near = [end + by for end in ends for by in (0, -1, 1)]
    return [date.fromordinal(each) for each in near if 1 <= each <= date.max.toordinal()]


def _whole(value: Value) -> int:
    try:
        return int(word(value))
    except ValueError:
        return 1


def _beside(amount: Value | None) -> list[Any]:
    """The number of a bound, one less and one more."""
    number = amount.args[0] if isinstance(amount, Fn) and len(amount.args) == 1 else amount
    try:
        exact = Fraction(word(number)) if number is not None and not _nested(number) else None
    except (ValueError, ZeroDivisionError):
        exact = None
    if exact is None:
        return []
    if isinstance(amount, Fn) and amount.name == "million_baht":
        exact *= 1_000_000
    return [int(v) if v.denominator == 1 else float(v) for v in (exact, exact - 1, exact + 1)]


def _nested(value: Value) -> bool:
    return isinstance(value, Fn) and bool(value.args)


def _plain(value: Value) -> Any:
    name = word(value)
    return {"true": True, "false": False}.get(name, name) if isinstance(value, Fn) else value
