"""Organisations and the measures of docs/facts.md. Imported only where a clause measures so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction

from lgreason.files.organisation.organisation import Organisation
from lgreason.reasoning.cases.asked import Asked
from lgreason.reasoning.cases.evidence import Missing
from lgreason.reasoning.cases.measures import Measures, is_number
from lgreason.reasoning.cases.quantity import Quantity, Range, Time
from lgreason.reasoning.organisations.finding import Finding
from lgreason.reasoning.organisations.quantities import Interval
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import GATES, Bound, Clause, demand_of
from lgreason.rules.records import dataclass
from lgreason.rules.terms import Fn, Truth
from lgreason.words.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class FactFinding(Finding):
    """What an organisation comes to by declared facts: the truth of each demand was measured with it."""

    truths: Mapping[Fn, Truth] = field(default_factory=dict)

    def meets(self, bound: Bound) -> Truth:
        """Whether what was measured meets a bound; `None` where that is not known."""
        return self.truths[demand_of(bound)]


def found(kb: KnowledgeBase, organisation: Organisation, clause: Clause) -> FactFinding:
    """What an organisation comes to for a clause that measures declared facts."""
    assert clause.expression is not None
    declared = kb.declared
    vocabulary = Vocabulary(declared)
    asked = Asked(declared, vocabulary)
    day = organisation.day or date.today()
    measures = Measures(
        declared.declarations("organisation"),
        lambda fact: _given(organisation, fact),
        day,
        asked.decide,
        asked.same,
        lambda *_: None,
    )
    forms = [form for _, form in clause.demands() if form.name not in GATES]
    truths = {form: measures.leaf(clause, form, None, day) for form in forms}
    missing = tuple(dict.fromkeys(map(_path, measures.missed))) if None in truths.values() else ()
    value = measures.number(clause.expression, None, day) if all(map(is_number, forms)) else Range(None, None)
    amounts = [form.args[0].name for form in forms if form.args and isinstance(form.args[0], Fn)]
    unit = next((name for name in amounts if name in ("baht", "percent", "points")), "number")
    return FactFinding(unit, _interval(value), missing=missing, truths=truths)


def _given(organisation: Organisation, fact: str) -> object:
    if fact != "plan":
        return organisation.given.facts.get(fact)
    plan = organisation.plan
    if plan is None:
        return None
    return {"deputies": tuple({} for _ in plan.deputies), "units": tuple({} for _ in plan.units)}


def _path(missing: Missing) -> str:
    number = "" if missing.number is None else f"[{missing.number}]"
    return f"{missing.list}{number}" + (f".{missing.key}" if missing.key else "")


def _interval(value: Range) -> Interval | None:
    def plain(end: Quantity | None) -> Fraction | None:
        return Fraction(end.whole) if isinstance(end, Time) else end

    low, high = plain(value.low), plain(value.high)
    return None if low is None and high is None else Interval(Fraction(0) if low is None else low, high)
