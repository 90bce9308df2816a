"""The typed model of a regulation: clauses, what they demand, and the terms they are written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from lgreason.rules.terms import DEFAULT, Fn, Leaf

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = ("th", "en")
GATES = frozenset({"all", "any", "none", "k_of", "same"})
OF_CLAUSES = (
    *("clause", "place", "gloss", "quote", "repair", "subject"),
    *("says", "part", "except", "measures", "counts", "relies"),
)
"""The predicates that say something of a clause, their first argument."""
EXPRESSION = "expression"
MONTHS_IN = {"years": 12, "months": 1}


class Text(NamedTuple):
    """The same in Thai and in English."""

    th: str
    en: str

    def into(self, language: Language) -> str:
        """The text in one language."""
        return self.th if language == "th" else self.en


@dataclass(frozen=True, slots=True)
class Bound:
    """What a quantity is compared with: `at_least` 4 `years`; `passed` and `one_of` compare with no number.

    `form` is the demand itself, where it is one of docs/facts.md that these three do not tell.
    """

    relation: str
    unit: str = ""
    value: int = 0
    form: Fn | None = None

    @property
    def months(self) -> int:
        """A bound of time in months."""
        return self.value * MONTHS_IN[self.unit]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a document: where it stands, its words, and what it demands.

    `says` is a gate over `parts` or a bound on what the clause `measures`; each of `exceptions` names the clause
    that defeats this one and what is demanded in its stead. `relies` are the readings of ambiguities it rests on.
    A clause that measures an `expression` over declared facts (docs/facts.md) has `EXPRESSION` for its `measures`.
    """

    id: str
    document: str
    treatment: str
    status: str
    in_force: date
    place: Text
    gloss: Text
    quote: str | None = None
    repairs: tuple[tuple[str, str], ...] = ()
    subject: Text | None = None
    says: Fn | None = None
    parts: tuple[str, ...] = ()
    exceptions: tuple[tuple[str, Fn], ...] = ()
    measures: str | None = None
    expression: Fn | None = None
    counts: tuple[Fn, ...] = ()
    relies: tuple[str, ...] = ()

    @property
    def corrected(self) -> str | None:
        """The quotation with the slips of the copy mended; for display beside the words as printed."""
        text = self.quote
        for wrong, right in self.repairs:
            text = text.replace(wrong, right) if text else text
        return text

    @property
    def op(self) -> str:
        """The kind of demand: a gate (`all`, `any`, …), `same`, or a relation such as `at_least`."""
        return self.says.name if self.says else "states"

    def demands(self) -> Iterator[tuple[str, Fn]]:
        """Every demand that may govern the clause, by variant."""
        if self.says is not None:
            yield DEFAULT, self.says
        yield from self.exceptions

    def outdone(self) -> Iterator[tuple[str, str]]:
        """Pairs of exceptions that both shorten a time, the one that asks less first: it governs where both hold."""
        bounds = dict(self.bounds())
        default = bounds.get(DEFAULT)
        if default is None or len(self.exceptions) < 2:
            return
        shorter = [
            (bounds[name].months, name)
            for name, _ in self.exceptions
            if name in bounds and _shortens(bounds[name], default)
        ]
        for months, name in shorter:
            yield from ((name, other) for longer, other in shorter if months < longer)

    def bounds(self) -> Iterator[tuple[str, Bound]]:
        """The demands that are bounds on the measured quantity, by variant."""
        for variant, form in self.demands():
            if form.name not in GATES:
                yield variant, bound_of(form)

    def needs(self) -> Iterator[str]:
        """The clauses on which this one depends."""
        yield from self.parts
        for variant, form in self.demands():
            if form.name == "same":
                yield str(form.args[0])
            if variant != DEFAULT:
                yield variant


def bound_of(form: Fn) -> Bound:
    """A demand on a measured quantity as a bound."""
    if not form.args:
        return Bound(form.name)
    amount = form.args[0]
    if (
        len(form.args) == 1
        and isinstance(amount, Fn)
        and len(amount.args) == 1
        and isinstance(amount.args[0], int)
    ):
        return Bound(form.name, amount.name, amount.args[0])
    return Bound(form.name, form=form)


def demand_of(bound: Bound) -> Fn:
    """The demand that a bound is of."""
    if bound.form is not None:
        return bound.form
    return Fn(bound.relation, (Fn(bound.unit, (bound.value,)),) if bound.unit else ())


def tree(clauses: Mapping[str, Clause], roots: tuple[str, ...]) -> tuple[Clause, ...]:
    """The clauses on which the roots depend, themselves included, each once."""
    found: dict[str, Clause] = {}
    waiting = list(roots)
    while waiting:
        identity = waiting.pop()
        if identity not in found:
            clause = found[identity] = clauses[identity]
            waiting.extend(clause.needs())
    return tuple(found.values())


def structure(clauses: tuple[Clause, ...]) -> Iterator[Fn]:
    """The facts of the theory that state what the clauses demand."""
    for clause in clauses:
        if clause.says is not None:
            yield Fn("says", (clause.id, clause.says))
        for number, part in enumerate(clause.parts, 1):
            yield Fn("part", (clause.id, number, part))
        for exception, form in clause.exceptions:
            yield Fn("except", (clause.id, exception, form))
        for less, more in clause.outdone():
            yield Fn("outdoes", (clause.id, less, more))


def _shortens(bound: Bound, default: Bound) -> bool:
    """Whether a time demanded is shorter than another."""
    timed = all(each.relation == "at_least" and each.unit in MONTHS_IN for each in (bound, default))
    return timed and bound.months < default.months


def leaves(clauses: tuple[Clause, ...]) -> tuple[Leaf, ...]:
    """The demands whose truth is measured outside the theory."""
    return tuple((clause.id, variant) for clause in clauses for variant, _ in clause.bounds())
