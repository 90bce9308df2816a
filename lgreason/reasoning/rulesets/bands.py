"""Alternatives that are bands of one quantity: what they leave out between them, and where they overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor
from typing import NamedTuple

from lgreason.reasoning.rulesets.bounds import Stretch, stretch
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn, Value

_PARTED = frozenset({"baht", "percent", "points", "number", "hours"})


class Band(NamedTuple):
    """An alternative that is a stretch of one quantity."""

    clause: str
    measured: Value
    unit: str
    values: Stretch


def bands(clauses: Mapping[str, Clause], of: Clause) -> list[Band]:
    """The alternatives of a clause that are bands, in the order of their values."""
    found = [band for part in of.parts if (band := _band(clauses, part, part, 0)) is not None]
    return sorted(found, key=lambda band: (band.values.low is not None, band.values.low or 0))


def _band(clauses: Mapping[str, Clause], identity: str, told: str, deep: int) -> Band | None:
    clause = clauses.get(identity)
    if clause is None or clause.says is None or clause.exceptions or deep > 20:
        return None
    if clause.says.name == "same":
        target = str(clause.says.args[0])
        return _band(clauses, target, target, deep + 1)
    if clause.says == Fn("all"):
        inner = [_band(clauses, part, part, deep + 1) for part in clause.parts]
        whole = Stretch()
        for each in inner:
            if each is None or inner[0] is None or each[1:3] != inner[0][1:3]:
                return None
            whole = whole.meet(each.values)
        first = inner[0] if inner else None
        return None if first is None else Band(told, first.measured, first.unit, whole)
    measured = clause.expression or clause.measures
    bound = next((bound for _, bound in clause.bounds()), None)
    found = stretch(bound) if bound is not None else None
    if measured is None or found is None:
        return None
    key = Fn("of", (measured, *sorted(clause.counts, key=repr)))
    return Band(told, key, *found)


def faults_of(found: list[Band]) -> Iterator[tuple[str, tuple[str, ...], dict[str, object]]]:
    """Holes and overlaps between bands that follow one another: a code, the two clauses, and the values."""
    kinds = dict.fromkeys((band.measured, band.unit) for band in found)
    for kind in kinds:
        row = [b for b in found if (b.measured, b.unit) == kind and not b.values.empty]
        if len(row) < 2:
            continue
        highest = row[0]
        for band in row[1:]:
            gap = highest.values.gap(band.values)
            if gap is not None and _holds_any(gap, band.unit):
                args: dict[str, object] = {"low": _said(gap.low), "high": _said(gap.high), "unit": band.unit}
                yield "lint_gap", (highest.clause, band.clause), {**args, "value": _said(gap.middle())}
            common = highest.values.meet(band.values)
            inside = band.values.inside(highest.values) or highest.values.inside(band.values)
            if not common.empty and common.low != common.high and not inside:
                args = {"low": _said(common.low), "high": _said(common.high), "unit": band.unit}
                yield "lint_overlap", (highest.clause, band.clause), args
            high = highest.values.high
            if high is not None and (band.values.high is None or band.values.high > high):
                highest = band


def _holds_any(gap: Stretch, unit: str) -> bool:
    """Whether a value of that unit lies in a gap: money and shares may be any number, all else is counted whole."""
    if unit in _PARTED or gap.low is None or gap.high is None:
        return True
    first = floor(gap.low) + 1 if gap.open_low or gap.low.denominator != 1 else floor(gap.low)
    return first < gap.high or (first == gap.high and not gap.open_high)


def _said(value: Fraction | None) -> str:
    if value is None:
        return "…"
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,}"
