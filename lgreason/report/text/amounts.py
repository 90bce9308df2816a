"""Amounts of organisations in words and as JSON: money, percentages, points and numbers, never rounded into a lie."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lgreason.reasoning.organisations.circumstances import Ascertained, limit
from lgreason.reasoning.organisations.quantities import Quantity
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
    return decimal(value, _decimals(value, beside))


def short_percent(value: Fraction, beside: Fraction) -> str:
    """A percentage with two decimals, rounded away from the bound it is `beside` where it would else look equal."""
    text = decimal(value)
    step = Fraction(1, 10**DECIMALS)
    if value > beside and Fraction(text) <= beside:
        return decimal(beside + step)
    return decimal(beside - step) if value < beside and Fraction(text) >= beside else text


def fraction(value: Fraction) -> str:
    """A number exactly, as a fraction: `7157/250`."""
    return f"{value.numerator}/{value.denominator}"


def _decimals(value: Fraction, beside: Fraction | None) -> int:
    decimals = DECIMALS
    while (
        beside is not None
        and value != beside
        and decimals < _MOST_DECIMALS
        and decimal(value, decimals) == decimal(beside, decimals)
    ):
        decimals += 1
    return decimals


def decimals_of(quantity: Quantity, beside: Fraction | None = None) -> dict[str, int]:
    """With how many decimals each percentage of a calculation is printed, so that it can be redone on paper.

    The result as it stands `beside` its bound; what a mean is taken of with as many as make the mean of the printed
    numbers, rounded, the printed mean.
    """
    found: dict[str, int] = {}
    if quantity.value.exact is not None and quantity.unit == "percent":
        found[quantity.id] = _decimals(quantity.value.exact, beside)
    for step in reversed(list(quantity.steps())):
        values = [term.quantity.value.exact for term in step.terms]
        exact = step.value.exact
        known = [value for value in values if value is not None]
        if step.operation != "mean" or exact is None or len(known) < len(values) or not known:
            continue
        printed = decimal(exact, found.get(step.id, DECIMALS))
        decimals = DECIMALS
        while decimals < _MOST_DECIMALS:
            rounded = sum((Fraction(decimal(value, decimals)) for value in known), Fraction(0)) / len(known)
            if decimal(rounded, found.get(step.id, DECIMALS)) == printed:
                break
            decimals += 1
        for term in step.terms:
            found[term.quantity.id] = max(decimals, found.get(term.quantity.id, DECIMALS))
    return found


def bound_words(bound: Bound, wording: Wording) -> str:
    """A bound in words: `35 per cent`, `300 million baht`."""
    return value_words(Fraction(bound.value), bound.unit, wording, whole=True)


def value_words(
    value: Fraction,
    unit: str,
    wording: Wording,
    beside: Fraction | None = None,
    whole: bool = False,
    decimals: int | None = None,
) -> str:
    """A number in words; `whole`: a percentage without decimals, as bounds are; or with so many `decimals`."""
    if unit in COUNTED:
        return wording.say(f"amount.{unit}", n=value.numerator)
    if unit == "percent" and not whole:
        text = percent(value, beside) if decimals is None else decimal(value, decimals)
    else:
        text = f"{value.numerator:,}" if value.denominator == 1 else decimal(value)
    return wording.say(f"amount.{unit}", n=wording.digits_of(text))


def short_words(finding: Ascertained, bound: Bound, wording: Wording) -> str:
    """How far a finding is from a bound, in words; a percentage that would round to nothing keeps more decimals."""
    short = finding.short_of(bound)
    assert short is not None
    return value_words(short, finding.unit, wording, Fraction(0) if short else None)


def bound_document(bound: Bound, finding: Ascertained) -> Document:
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
