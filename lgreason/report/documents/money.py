"""What money does to an answer about an organisation, and the burden year by year, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.money import JointChange, JointMargin, Margin, MoneyChange
from lgreason.reasoning.organisations.quantities import Interval
from lgreason.reasoning.organisations.years import Ceilings, YearOfBurden, ceilings
from lgreason.reasoning.structures.comparison import Compared
from lgreason.report.text.amounts import decimal, fraction, short_percent

Document = dict[str, Any]


def changes_document(found: Iterable[MoneyChange]) -> list[Document]:
    """The amounts that alone make an answer yes, each with its least change, in baht."""
    return [
        {"field": f"fiscal.{each.path}", "before": each.before, "after": each.after, "by": each.by}
        for each in found
    ]


def together_document(found: Iterable[JointChange]) -> list[Document]:
    """By how much all income would have to rise, or all costs fall, in per cent."""
    return [{"what": each.what, "percent": decimal(Fraction(each.by, 100))} for each in found]


def margins_document(joint: Iterable[JointMargin], margins: Iterable[Margin]) -> Document:
    """How far income may fall and costs rise before the answer changes; `last` still stands."""
    return {
        "together": [
            {"what": each.what, "percent": decimal(Fraction(each.last, 100)), **_then(each)} for each in joint
        ],
        "each": [
            {
                "field": f"fiscal.{each.path}",
                "direction": each.direction,
                "before": each.before,
                "last": each.last,
                "by": abs(each.last - each.before),
                **_then(each),
            }
            for each in margins
        ],
    }


def money_of_plan_document(found: Compared) -> Document:
    """The burden that a plan comes to, and what it adds to a year's salaries, in baht."""
    mean = found.burden.mean.value.exact
    return {
        "burden": {
            "mean": None if mean is None else short_percent(mean, ceilings(found.here).mean),
            "mean_exact": None if mean is None else fraction(mean),
            "within": found.burden.reason.holds,
        },
        "increase": None if found.increase is None else _baht(found.increase),
    }


def _then(found: Margin | JointMargin) -> Document:
    return {"then": permission_of(found.truth), "clauses": list(found.clauses)}


def years_document(found: Iterable[YearOfBurden], most: Ceilings) -> Document:
    """Every year, and the ceilings it is held against."""
    return {
        "ceilings": {
            "mean": {"percent": int(most.mean), "clause": most.mean_clause},
            "year": {"percent": int(most.year), "clause": most.year_clause},
        },
        "years": [_year(each, most) for each in found],
    }


def _year(year: YearOfBurden, most: Ceilings) -> Document:
    document: Document = {"year": year.year, "of": year.of}
    for key in ("salaries", "steps", "new_posts", "plan", "benefits", "amount", "budget"):
        document[key] = _baht(getattr(year, key))
    for key, beside in (("percent", most.year), ("mean", most.mean)):
        value = getattr(year, key)
        exact = None if value is None else value.exact
        document[key] = None if exact is None else short_percent(exact, beside)
        document[f"{key}_exact"] = None if exact is None else fraction(exact)
    return document | {
        "within_year": year.within_year,
        "within_mean": year.within_mean,
        "room": year.room(most.year),
        "estimated": list(year.rates),
        "missing": [{"field": path} for path in year.missing],
    }


def _baht(value: Interval) -> int | str | None:
    exact = value.exact
    if exact is None:
        return None
    return int(exact) if exact.denominator == 1 else decimal(exact)
