"""An organisation with other amounts of money than its file states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from lgreason.files.organisation.organisation import FiscalYear, Organisation

YEARS = ("previous", "requested")


def with_amounts(organisation: Organisation, amounts: Mapping[str, Fraction]) -> Organisation:
    """The organisation with other amounts, by their paths (`requested.budget`)."""
    changed: dict[str, dict[str, Fraction]] = {}
    for path, amount in amounts.items():
        year, _, key = path.partition(".")
        changed.setdefault(year, {})[key] = amount
    if "previous" in changed:
        organisation = replace(organisation, previous=_with(organisation.previous, changed["previous"]))
    if "requested" in changed:
        organisation = replace(organisation, requested=_with(organisation.requested, changed["requested"]))
    return organisation


def _with(year: FiscalYear | None, amounts: Mapping[str, Fraction]) -> FiscalYear:
    """A year with other amounts; shares of a whole come to fractions of a baht, which are reckoned with exactly."""
    assert year is not None
    changed: dict[str, Any] = {
        **year.amounts,
        **amounts,
    }  # whole baht in every file, but not where shares are tried
    return replace(year, amounts=MappingProxyType(changed))


def sound(organisation: Organisation, amounts: Mapping[str, Fraction]) -> bool:
    """Whether a file could state such amounts: no part of a budget is more than the whole."""
    changed = with_amounts(organisation, amounts)
    for year in YEARS:
        budget = changed.amount(f"{year}.budget")
        if budget is None:
            continue
        parts = sum(changed.amount(f"{year}.{key}") or 0 for key in ("loans", "salary_subsidies"))
        if budget <= 0 or parts > budget or (changed.amount(f"{year}.investment") or 0) > budget:
            return False
    return True
