"""What clauses that measure declared facts came to, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from lgreason.files.facts.values import NONE, Between, Score, Term
from lgreason.reasoning.cases.measured import FactMeasurement
from lgreason.reasoning.cases.quantity import OF_NUMBER, OF_TIME, Quantity, Time
from lgreason.reasoning.cases.tree import ReasonNode
from lgreason.reasoning.organisations.ascertained import Ascertained
from lgreason.reasoning.organisations.facts import FactAscertained
from lgreason.rules.declared import word
from lgreason.rules.model import Bound, demand_of
from lgreason.rules.terms import Fn, Value

Document = dict[str, Any]


def required_document(bound: Bound) -> Document:
    """A demand: its relation, and the amount, the values or the days that it names."""
    form = demand_of(bound)
    document: Document = {"relation": form.name}
    first = form.args[0] if form.args else None
    if isinstance(first, Fn) and first.name in OF_TIME | OF_NUMBER and len(first.args) == 1:
        document[first.name] = _number(first.args[0])
    elif form.name == "one_of":
        document["values"] = [word(each) for each in form.args]
    elif form.args:
        document["of"] = [_term(each) for each in form.args]
    return document


def measured_document(measured: FactMeasurement, bound: Bound) -> Document:
    """What was found: a number in the unit of the bound, a length of time, or what something is."""
    document: Document = {}
    found = measured.found
    if measured.value is not None:
        document["value"] = plain_value(measured.value.value)
    elif measured.days is not None:
        document["period"] = [
            None if each is None or not each.known or each.first == date.max else each.first.isoformat()
            for each in measured.days
        ]
    elif found.empty:
        document["measured"] = None
    elif found.low is not None or found.high is not None:
        unit = bound.unit or "number"
        document["measured"] = None if found.low is None else _quantity(found.low, unit)
        if found.high != found.low:
            document["measured_at_most"] = None if found.high is None else _quantity(found.high, unit)
    return document


def finding_document(finding: Ascertained, bound: Bound) -> Document:
    """What was required and found of declared facts of an organisation."""
    assert isinstance(finding, FactAscertained) and finding.of is not None
    return {"required": required_document(bound), **measured_document(finding.of, bound)}


def entries_document(
    measured: FactMeasurement, node: Callable[[ReasonNode[Any, Any]], Document]
) -> list[Document]:
    """The entries of which a clause was asked, each with its reason tree; `node` writes a tree."""
    found = []
    for reason in measured.reasons():
        document: Document = {}
        if reason.entry is not None:
            document |= {"fact": reason.entry.list, "number": reason.entry.number}
        elif reason.span is not None:
            document |= {"from": reason.span[0].isoformat(), "to": reason.span[1].isoformat()}
        document |= {"holds": reason.node.holds, "reason": node(reason.node)}
        found.append(document)
    return found


def plain_value(value: object) -> object:
    """A value of a declared fact as plain data."""
    if isinstance(value, Between):
        return {"earliest": value.first.isoformat(), "latest": value.last.isoformat()}
    if isinstance(value, Term):
        return value.text if value.id is None else value.id
    if isinstance(value, Score):
        return {"score": plain_value(value.score), "full": plain_value(value.full)}
    if isinstance(value, Fraction):
        return _fraction(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is NONE:
        return "none"
    if isinstance(value, tuple):
        return [plain_value(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): plain_value(each) for key, each in value.items()}
    return value


def _quantity(value: Quantity, unit: str) -> Document:
    if isinstance(value, Time):
        return {"days": value.whole} if unit in ("days", "weeks") else value.duration._asdict()
    return {unit if unit in OF_NUMBER else "number": _fraction(value)}


def _fraction(value: Fraction) -> object:
    """A whole number as such, any other exactly: `67.4`, or `1/3` where no decimals end."""
    if value.denominator == 1:
        return value.numerator
    scaled = value * 10**12
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    return f"{scaled.numerator / 10**12:.12f}".rstrip("0") if abs(scaled.numerator) < 10**15 else str(value)


def _number(value: Value) -> object:
    return value if isinstance(value, int) else word(value)


def _term(value: Value) -> str:
    if isinstance(value, Fn) and value.args:
        return f"{value.name}({','.join(map(_term, value.args))})"
    return word(value)
