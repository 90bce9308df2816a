"""Organisations and the measures of docs/facts.md. Imported only where a clause measures so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.cases.asked import EntryDecider
from lgreason.reasoning.cases.course import Courses
from lgreason.reasoning.cases.evidence import Missing
from lgreason.reasoning.cases.measured import FactMeasurement, measured
from lgreason.reasoning.cases.measures import Measures, is_number
from lgreason.reasoning.cases.quantity import Quantity, Range, Time
from lgreason.reasoning.organisations.ascertained import Ascertained
from lgreason.reasoning.organisations.quantities import Interval
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import GATES, Bound, Clause, demand_of
from lgreason.rules.terms import Fn, Truth
from lgreason.words.vocabulary import Vocabulary

TYPED = frozenset({"plan"})
"""The facts that the form of an organisation itself reads."""


@dataclass(frozen=True, slots=True)
class FactAscertained(Ascertained):
    """What an organisation comes to by declared facts, and the truth of each demand."""

    truths: Mapping[Fn, Truth] = field(default_factory=dict)
    of: FactMeasurement | None = None

    def meets(self, bound: Bound) -> Truth:
        """Whether what was measured meets a bound; `None` where that is not known."""
        return self.truths[demand_of(bound)]


def day_of(organisation: Organisation) -> date:
    """The day on which the facts of an organisation are asked about."""
    return organisation.day or date.today()


def found(kb: KnowledgeBase, organisation: Organisation, clause: Clause) -> FactAscertained:
    """What an organisation comes to for a clause that measures declared facts."""
    assert clause.expression is not None
    declared, day = kb.declared, day_of(organisation)
    asked = EntryDecider(declared, Vocabulary(declared))
    measures = Measures(
        declared.declarations("organisation"),
        lambda fact: _given(organisation, fact),
        day,
        asked.decide,
        asked.same,
        lambda *_: None,
    )
    of = measured(measures, Courses(measures, declared.clauses), asked, declared.clauses, clause, day)
    forms = [form for _, form in clause.demands() if form.name not in GATES]
    truths = {form: measures.leaf(clause, form, None, day) for form in forms}
    missing = tuple(dict.fromkeys(map(path_of, of.missing)))
    number = bool(forms) and all(map(is_number, forms))
    amounts = [form.args[0].name for form in forms if form.args and isinstance(form.args[0], Fn)]
    unit = next((name for name in amounts if name in ("baht", "percent", "points")), "number")
    value = _interval(of.found) if number else None
    return FactAscertained(unit, value, missing=missing, truths=truths, of=of)


def _given(organisation: Organisation, fact: str) -> object:
    if fact != "plan":
        return organisation.given.facts.get(fact)
    plan = organisation.plan
    if plan is None:
        return None
    return {"deputies": tuple({} for _ in plan.deputies), "units": tuple({} for _ in plan.units)}


def path_of(missing: Missing) -> str:
    """Where in a file a fact would stand that it does not give."""
    number = "" if missing.number is None else f"[{missing.number}]"
    return f"{missing.list}{number}" + (f".{missing.key}" if missing.key else "")


def _interval(value: Range) -> Interval | None:
    def plain(end: Quantity | None) -> Fraction | None:
        return Fraction(end.whole) if isinstance(end, Time) else end

    low, high = plain(value.low), plain(value.high)
    return None if low is None and high is None else Interval(Fraction(0) if low is None else low, high)
