"""Folds: from the entries that count to one number or one length of time, least and greatest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from lgreason.files.facts.values import NONE
from lgreason.reasoning.cases.counting import ONE_DAY, Span, stretches
from lgreason.reasoning.cases.days import BEFORE_ALL, When
from lgreason.reasoning.cases.entries import Entries
from lgreason.reasoning.cases.quantity import (
    NO_TIME,
    NOTHING,
    Quantity,
    Range,
    Time,
    extreme,
    length_of,
    scaled,
    together,
)
from lgreason.reasoning.cases.sources import Member, Selection
from lgreason.rules.terms import Truth

OF_TIME = frozenset({"length", "longest", "running", "since"})
OF_NUMBERS = frozenset({"sum", "least", "greatest", "mean"})
FOLDS = OF_TIME | OF_NUMBERS | {"count", "kinds", "latest"}


def count(selection: Selection) -> Range:
    """How many entries."""
    high = None if selection.open else Fraction(len(selection.members))
    return Range(Fraction(len(selection.sure)), high)


def kinds(selection: Selection, values: Sequence[object]) -> Range:
    """How many distinct values the entries have; `values` are theirs, in order."""
    pairs = list(zip(selection.members, values, strict=True))
    surely = {value for member, value in pairs if member.truth and value is not None and value is not NONE}
    possibly = {value for _, value in pairs if value is not None and value is not NONE}
    unknown = [member for member, value in pairs if value is None]
    low = len(surely) or (1 if any(member.truth for member in unknown) else 0)
    return Range(Fraction(low), None if selection.open else Fraction(len(possibly) + len(unknown)))


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────────


def numbers(name: str, selection: Selection, values: Sequence[Range], limit: Range) -> Range:
    """The sum, the least, the greatest or the mean of an attribute; `limit` bounds what is not known."""
    pairs = [
        (member.truth if value.empty is False else None, value)
        for member, value in zip(selection.members, values, strict=True)
        if value.empty is not True
    ]
    sure = [value for truth, value in pairs if truth]
    maybe = [value for truth, value in pairs if truth is None]
    if name == "sum":
        return _sum(sure, maybe, selection.open, limit)
    if selection.open:
        maybe = [*maybe, limit]
    if not sure and not maybe:
        return NOTHING
    empty: Truth = False if sure else None
    if name == "mean":
        return Range(_mean(sure, maybe, least=True), _mean(sure, maybe, least=False), empty)
    most = name == "greatest"
    possible = extreme([*sure, *maybe], most)
    surely = extreme(sure, most) if sure else possible
    low, high = (surely.low, possible.high) if most else (possible.low, surely.high)
    return Range(low, high, empty)


def _sum(sure: Sequence[Range], maybe: Sequence[Range], open_: bool, limit: Range) -> Range:
    def total(ends: list[Quantity | None]) -> Fraction | None:
        return None if None in ends else sum((Fraction(str(end)) for end in ends), Fraction(0))

    lows = [each.low for each in sure]
    highs = [each.high for each in sure]
    for each in maybe:
        lows.append(None if each.low is None else min(Fraction(str(each.low)), Fraction(0)))
        highs.append(None if each.high is None else max(Fraction(str(each.high)), Fraction(0)))
    # mypy: amounts, not days
    low = None if open_ and (limit.low is None or limit.low < 0) else total(lows)  # type: ignore[operator]
    return Range(low, None if open_ else total(highs))


def _mean(sure: Sequence[Range], maybe: Sequence[Range], least: bool) -> Fraction | None:
    """The least or the greatest mean, with any of those that may count."""
    ends = [each.low if least else each.high for each in sure]
    others = [each.low if least else each.high for each in maybe]
    if None in ends or None in others:
        return None
    values = [Fraction(str(end)) for end in ends]
    rest = sorted((Fraction(str(end)) for end in others), reverse=not least)
    if not values:
        return rest[0]
    total, number = sum(values, Fraction(0)), len(values)
    for value in rest:
        mean = total / number
        if (value < mean) if least else (value > mean):
            total, number = total + value, number + 1
    return total / number


def of_all(values: Sequence[Range], name: str) -> Range:
    """The sum, mean, least or greatest of several that all count."""
    if not values:
        return NOTHING
    if any(value.empty for value in values):
        return NOTHING
    if name in ("least", "greatest"):
        return extreme(values, name == "greatest")
    if name == "mean" or name == "sum":
        by = len(values) if name == "mean" else 1
        empty: Truth = None if any(value.empty is None for value in values) else False
        lows, highs = [value.low for value in values], [value.high for value in values]
        return Range(
            None if None in lows else sum((Fraction(str(v)) for v in lows), Fraction(0)) / by,
            None if None in highs else sum((Fraction(str(v)) for v in highs), Fraction(0)) / by,
            empty,
        )
    raise ValueError(name)


def latest(entries: Entries, selection: Selection, values: Sequence[Range]) -> Range:
    """The value of the latest entry."""
    dated = []
    for member, value in zip(selection.members, values, strict=True):
        period = entries.period(member.item)
        start = period[0] if period is not None else None
        dated.append((start or When(BEFORE_ALL, BEFORE_ALL), member, value))
    if not dated:
        return Range(None, None, None) if selection.open else NOTHING
    surely = max((day.first for day, member, _ in dated if member.truth), default=BEFORE_ALL)
    candidates = [value for day, _, value in dated if day.last >= surely]
    empty: Truth = False if any(member.truth for _, member, _ in dated) and not selection.open else None
    lows = [each.low for each in candidates]
    low = None if None in lows else extreme(candidates, most=False).low
    return Range(low, extreme(candidates, most=True).high, empty)


# ── time ────────────────────────────────────────────────────────────────────────────────────────────


def time(name: str, selection: Selection, day: date, at: When | None) -> Range:
    """A length of time; `at` is the day that a running stretch must hold."""
    sure = [span for member in selection.sure for span in member.sure]
    possible = [span for member in selection.members for span in member.possible]
    boundless = selection.open or any(start == BEFORE_ALL for start, _ in possible)
    if name == "length" and any(member.weight is not None for member in selection.members):
        low: Time = _weighted([m for m in selection.members if m.truth], least=True) or NO_TIME
        high = None if boundless else _weighted(selection.members, least=False)
        return Range(low, None if high is None else max(low, high))
    if name == "running":
        held = at.first if at is not None and at.known else None
        low = _running(sure, held)
        most = _longest(possible) if at is not None and held is None else _running(possible, held)
    elif name == "since":
        low, most = _since_at_least(sure, possible, day), _since_at_most(sure, possible, day)
    elif name == "longest":
        low, most = _longest(sure), _longest(possible)
    else:
        low, most = length_of(sure), length_of(possible)
    return Range(low, None if boundless else max(low, most))


def _running(spans: Sequence[Span], day: date | None) -> Time:
    if day is None:
        return NO_TIME
    held = next(((start, end) for start, end in stretches(spans) if start <= day <= end), None)
    return NO_TIME if held is None else length_of([(held[0], day)])


def _since_at_least(sure: Sequence[Span], possible: Sequence[Span], day: date) -> Time:
    """The least that it may be: from the last day that possibly counts, if what surely counts ends before it."""
    if not sure:
        return NO_TIME
    start, end = stretches(sure)[-1]
    last = max(end for _, end in possible)
    return length_of([(start if last == end else last, day)])


def _since_at_most(sure: Sequence[Span], possible: Sequence[Span], day: date) -> Time:
    """The most that it may be: from the stretch that holds what surely counts last, or else from the first."""
    last = max((end for _, end in sure), default=BEFORE_ALL)
    held = next((start for start, end in stretches(possible) if end >= last), None)
    return NO_TIME if held is None else length_of([(held, day)])


def _longest(spans: Sequence[Span]) -> Time:
    return max((length_of([span]) for span in stretches(spans)), default=NO_TIME)


def _weighted(members: Sequence[Member], least: bool) -> Time | None:
    """Each day at its greatest weight: stretches of one weight by C1–C8, scaled and added; `None`: no limit."""
    spans: list[tuple[date, date, Fraction]] = []
    for member in members:
        low, high = member.weight if member.weight is not None else (Fraction(1), Fraction(1))
        weight = low if least else high
        if weight is None:
            return None
        spans += [(start, end, weight) for start, end in (member.sure if least else member.possible)]
    edges = sorted(
        {start for start, _, _ in spans} | {end + ONE_DAY for _, end, _ in spans if end < date.max}
    )
    by_weight: list[tuple[Span, Fraction]] = []
    for start, until in pairwise(edges):
        weight = max((w for a, b, w in spans if a <= start <= b), default=Fraction(0))
        end = until - ONE_DAY
        if by_weight and by_weight[-1][1] == weight and by_weight[-1][0][1] + ONE_DAY == start:
            by_weight[-1] = ((by_weight[-1][0][0], end), weight)
        else:
            by_weight.append(((start, end), weight))
    total = NO_TIME
    for span, weight in by_weight:
        if weight:
            total = together(total, scaled(length_of([span]), weight))
    return total
