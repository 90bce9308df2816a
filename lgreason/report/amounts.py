"""Amounts of organisations in words and as JSON: money, percentages, points and numbers, never rounded into a lie."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lgreason.reasoning.circumstances import Finding, limit
from lgreason.report.wording import Wording
from lgreason.rules.model import Bound

Document = dict[str, Any]
COUNTED = frozenset({"posts", "units", "areas"})
DECIMALS = 2
_MOST_DECIMALS = 12


def decimal(value: Fraction, decimals: int = DECIMALS) -> str:
    """A number with so many decimals, halves rounded up."""
    scaled = value * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    if not decimals:
        return str(whole)
    sign, digits = ("-" if whole < 0 else ""), str(abs(whole)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def percent(value: Fraction, beside: Fraction | None = None) -> str:
    """A percentage with two decimals; with more where it would otherwise look the same as what it is `beside`."""
    decimals = DECIMALS
    while (
        beside is not None
        and value != beside
        and decimals < _MOST_DECIMALS
        and decimal(value, decimals) == decimal(beside, decimals)
    ):
        decimals += 1
    return decimal(value, decimals)


def bound_words(bound: Bound, wording: Wording) -> str:
    """A bound in words: `35 per cent`, `300 million baht`."""
    return value_words(Fraction(bound.value), bound.unit, wording, whole=True)


def value_words(
    value: Fraction, unit: str, wording: Wording, beside: Fraction | None = None, whole: bool = False
) -> str:
    """A number in words; `whole`: a percentage that is written without decimals, as bounds are."""
    if unit in COUNTED:
        return wording.say(f"amount.{unit}", n=value.numerator)
    if unit == "percent" and not whole:
        text = percent(value, beside)
    else:
        text = f"{value.numerator:,}" if value.denominator == 1 else decimal(value)
    return wording.say(f"amount.{unit}", n=wording.digits_of(text))


def short_words(finding: Finding, bound: Bound, wording: Wording) -> str:
    """How far a finding is from a bound, in words; a percentage that would round to nothing keeps more decimals."""
    short = finding.short_of(bound)
    assert short is not None
    return value_words(short, finding.unit, wording, Fraction(0) if short else None)


def bound_document(bound: Bound, finding: Finding) -> Document:
    """What was required, as JSON."""
    if bound.relation == "passed":
        return {"outcome": "passed"}
    if bound.relation == "one_of":
        return {"one_of": list(finding.accepts)}
    document: Document = {"relation": bound.relation, bound.unit: bound.value}
    if bound.unit == "million_baht":
        document = {"relation": bound.relation, "baht": int(limit(bound, finding.unit))}
    elif bound.unit == "percent" and finding.unit == "points":
        document["points"] = int(limit(bound, finding.unit))
    return document


def value_document(value: Fraction, unit: str, beside: Fraction | None = None) -> Document:
    """A measured number as JSON: whole numbers as such, percentages as decimal text with the exact fraction."""
    if value.denominator == 1 and unit != "percent":
        return {unit: value.numerator}
    return {unit: percent(value, beside), "exact": f"{value.numerator}/{value.denominator}"}
