"""What an entry would have to say for the clause asked of it to hold: a guess, measured like any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from lgreason.files.facts.values import Term
from lgreason.reasoning.cases.days import later
from lgreason.reasoning.cases.quantity import RELATIONS, amount
from lgreason.rules.declared import NUMBERS, Attribute, Declarations, Fact, exact, path, word
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn, Value

Wanted = Mapping[tuple[str, ...], object]
"""What attributes are to say, by path."""
NOTHING_MORE: Wanted = {}
FOLDED = frozenset({"sum", "greatest", "least", "latest", "mean"})
"""The folds that come to a number of one attribute."""


class Witness:
    """Finds what entries of one fact would have to say."""

    def __init__(
        self, declared: Declarations, clauses: Mapping[str, Clause], fact: Fact, start: date
    ) -> None:
        """Take the declarations, the clauses, the fact, and the day from which an entry would count."""
        self._declared = declared
        self._clauses = clauses
        self._fact = fact
        self._start = start

    def wanted(self, identity: str, holds: bool = True) -> Wanted:
        """What the attributes are to say for a clause to hold (or not to)."""
        clause = self._clauses[identity]
        if clause.op in ("all", "any", "none", "k_of"):
            each = holds if clause.op != "none" else not holds
            found: dict[tuple[str, ...], object] = {}
            parts = (
                clause.parts[:1] if (clause.op == "any") == holds and clause.op != "none" else clause.parts
            )
            for part in parts:
                found |= self.wanted(part, each)
            return found
        if clause.says is None or clause.expression is None:
            return {}
        return self._of_leaf(clause.says, clause.expression, holds)

    def _of_leaf(self, form: Fn, of: Fn, holds: bool) -> Wanted:
        if of.name == "count" and form.name in RELATIONS:
            steps = path(_base(of.args[0]))
            empty = (form.name in ("at_most", "less_than")) is holds
            return {steps: ()} if empty and self._fact.attribute(steps) is not None else {}
        if of.name != "value" or not of.args:
            return {}
        steps = path(of.args[0])
        attribute = self._fact.attribute(steps)
        if attribute is None or attribute.type.name == "date":
            return {}
        value = self._value(form, attribute, holds)
        return {} if value is None else {steps: value}

    def _value(self, form: Fn, attribute: Attribute, holds: bool) -> object:
        named = form.args[0] if form.args else Fn("")
        if attribute.type.name == "yes_no":
            return (word(named) == "true") is holds
        if attribute.type.name in NUMBERS:
            limit = amount(named) if isinstance(named, Fn) else None
            if form.name == "one_of":
                return exact(named)
            if not isinstance(limit, Fraction) or not holds:
                return None
            return limit + {"more_than": 1, "less_than": -1}.get(form.name, 0)
        order = self._declared.values.get(word(attribute.type.args[0]) if attribute.type.args else "", ())
        if form.name == "one_of" and holds:
            return Term(word(named), word(named)) if attribute.type.name != "text" else word(named)
        if word(named) not in order:
            return None
        if form.name == "one_of":
            others = [each for each in order if each not in {word(arg) for arg in form.args}]
            return Term(others[0], others[0]) if others else None
        at = order.index(word(named)) + {"more_than": 1, "less_than": -1}.get(form.name, 0)
        at = at if holds else at - 1
        return Term(order[at], order[at]) if 0 <= at < len(order) else None

    def value(self, form: Fn) -> object:
        """What a fact of one value would have to be for a demand to hold; `None` if that cannot be told."""
        return None if self._fact.value is None else self._value(form, self._fact.value, True)

    def folded(self, form: Fn, of: Value) -> Wanted:
        """What one entry would have to say for a sum, or the like, of an attribute to reach its bound alone."""
        if not isinstance(of, Fn) or of.name not in FOLDED or len(of.args) != 2:
            return {}
        steps = path(of.args[1])
        attribute = self._fact.attribute(steps)
        value = None if attribute is None else self._value(form, attribute, True)
        return {} if value is None else {steps: value}

    def entry(
        self, identity: str | None, since: date, more: Wanted = NOTHING_MORE
    ) -> dict[str, object] | None:
        """An entry that begins on a day, of which a clause is likely to hold; `None` for rounds, which take time."""
        name, args = self._fact.shape
        if name not in ("list", "events", "periods", "steps", "record"):
            return None
        found = {**more, **(self.wanted(identity) if identity is not None else {})}
        if name in ("events", "periods", "steps"):
            found[path(args[0])] = since
        if name == "periods":
            end = args[1].args[0] if isinstance(args[1], Fn) and args[1].args else args[1]
            attribute = self._fact.attribute(path(end))
            if attribute is not None and attribute.absent.name not in ("still", "none"):
                found[path(end)] = later(self._start, 120)
        return nested(found)


def nested(found: Mapping[tuple[str, ...], object]) -> dict[str, object]:
    """Values by path as an entry has them."""
    entry: dict[str, object] = {}
    for steps, value in found.items():
        within = entry
        for step in steps[:-1]:
            inner = within.setdefault(step, {})
            assert isinstance(inner, dict)
            within = inner
        within[steps[-1]] = value
    return entry


def _base(source: Value) -> Value:
    while (
        isinstance(source, Fn)
        and source.args
        and source.name in ("which", "clip", "last", "alike", "weighted")
    ):
        source = source.args[1] if source.name in ("last", "alike") else source.args[0]
    return source


def asking(of: Value) -> list[tuple[str, str | None]]:
    """The facts of which an expression takes entries, each with the clause that these are asked."""
    found: list[tuple[str, str | None]] = []

    def walk(term: Value, clause: str | None) -> None:
        if not isinstance(term, Fn):
            return
        if term.name == "which":
            walk(term.args[0], word(term.args[1]))
        elif term.name in ("clip", "weighted"):
            walk(term.args[0], clause)
        elif term.name in ("last", "alike"):
            walk(term.args[1], clause)
        elif term.args:
            for each in term.args:
                walk(each, clause)
        else:
            found.append((term.name, clause))

    walk(of, None)
    return list(dict.fromkeys(found))
