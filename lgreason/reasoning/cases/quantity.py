"""What a measure comes to: exact numbers and lengths of time, between a least and a greatest value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple, TypeAlias

from lgreason.reasoning.cases.counting import Calendar, Count, Duration, Span, stretches
from lgreason.reasoning.cases.kleene import any_of
from lgreason.rules.declared import exact
from lgreason.rules.terms import Fn, Truth

DAYS_A_MONTH = 30


class Time(NamedTuple):
    """A length of time: completed months and the days beyond (C1–C8), and the days in all."""

    months: int
    days: int
    whole: int

    @property
    def duration(self) -> Duration:
        """In years, months and days."""
        return Duration(*divmod(self.months, 12), self.days)

    @property
    def thirtieths(self) -> int:
        """In days, thirty to a month."""
        return self.months * DAYS_A_MONTH + self.days


NO_TIME = Time(0, 0, 0)
Quantity: TypeAlias = Fraction | Time


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest that a measure may be; `None` is no limit.

    `empty` says whether there is nothing to measure at all (the mean of nothing): then no bound is met.
    """

    low: Quantity | None
    high: Quantity | None
    empty: Truth = False

    @property
    def known(self) -> bool:
        """Whether it is one value."""
        return self.low == self.high and self.low is not None


UNKNOWN = Range(None, None)
NOTHING = Range(None, None, True)


def just(value: Quantity | int) -> Range:
    """One value, known."""
    exactly = Fraction(value) if isinstance(value, int) else value
    return Range(exactly, exactly)


# ── lengths of time ─────────────────────────────────────────────────────────────────────────────────


def length_of(spans: Iterable[Span], count: Count = Calendar) -> Time:
    """All days of the spans, counted once."""
    merged = stretches(spans)
    total = count.total(merged)
    return Time(total.whole_months, total.days, sum((end - start).days + 1 for start, end in merged))


def scaled(time: Time, by: Fraction) -> Time:
    """So much of a length of time: thirty days a month, an unfinished day dropped."""
    if by == 1:
        return time
    months, days = divmod(floor(time.thirtieths * by), DAYS_A_MONTH)
    return Time(months, days, floor(time.whole * by))


def together(one: Time, other: Time) -> Time:
    """Two lengths of time added (C5)."""
    if not one.whole or not other.whole:
        return one if one.whole else other
    more, days = divmod(one.days + other.days, DAYS_A_MONTH)
    return Time(one.months + other.months + more, days, one.whole + other.whole)


def _less(one: Time, other: Time) -> Time:
    months, days = divmod(one.thirtieths - other.thirtieths, DAYS_A_MONTH)
    return Time(months, days, one.whole - other.whole)


# ── arithmetic ──────────────────────────────────────────────────────────────────────────────────────


def _sum(one: Quantity | None, other: Quantity | None, sign: int = 1) -> Quantity | None:
    if one is None or other is None:
        return None
    if isinstance(one, Time) or isinstance(other, Time):
        first, second = _as_time(one), _as_time(other)
        return together(first, second) if sign > 0 else _less(first, second)
    return one + sign * other


def _as_time(value: Quantity) -> Time:
    if isinstance(value, Time):
        return value
    if value:
        raise ValueError("a number is no length of time")
    return NO_TIME


def add(one: Range, other: Range) -> Range:
    """The sum of two."""
    return Range(_sum(one.low, other.low), _sum(one.high, other.high), any_of((one.empty, other.empty)))


def subtract(one: Range, other: Range) -> Range:
    """One without the other."""
    return Range(
        _sum(one.low, other.high, -1), _sum(one.high, other.low, -1), any_of((one.empty, other.empty))
    )


def scale(one: Range, by: Fraction) -> Range:
    """So many times it; `by` is not negative."""

    def of(value: Quantity | None) -> Quantity | None:
        return None if value is None else scaled(value, by) if isinstance(value, Time) else value * by

    return Range(of(one.low), of(one.high), one.empty)


def limited(one: Range, amount: Range, most: bool) -> Range:
    """At most (`most`), or at least, an amount."""
    pick = min if most else max

    def of(value: Quantity | None, limit: Quantity | None, either: bool) -> Quantity | None:
        """The end that is picked; `either`: one of the two is enough to limit it."""
        known = [each for each in (value, limit) if each is not None]
        return pick(known, key=_key) if len(known) == 2 or (either and known) else None

    return Range(of(one.low, amount.low, not most), of(one.high, amount.high, most), one.empty)


def _key(value: Quantity) -> tuple[int, int] | Fraction:
    return (value.months, value.days) if isinstance(value, Time) else value


def ratio(one: Range, other: Range, times: int = 1) -> Range:
    """One by the other, both not negative; nothing by nothing is nothing to measure."""
    ends = [one.low, one.high, other.low, other.high]
    if any(isinstance(end, Time) for end in ends):
        one, other = (Range(_days(each.low), _days(each.high), each.empty) for each in (one, other))
    empty = any_of((one.empty, other.empty))
    if other.high == 0:
        return Range(None, None, True)
    if other.low is None or other.low == 0:
        empty = any_of((empty, None))

    def by(above: Quantity | None, below: Quantity | None) -> Fraction | None:
        if above is None or below is None or not below:
            return None
        assert isinstance(above, Fraction) and isinstance(below, Fraction)
        return times * above / below

    low = Fraction(0) if other.high is None or one.low is None else by(one.low, other.high)
    return Range(low, by(one.high, other.low), empty)


def _days(value: Quantity | None) -> Fraction | None:
    return Fraction(value.whole) if isinstance(value, Time) else value


def applied(one: Range, what: str) -> Range:
    """Rounded to a whole number, or the completed years, months or days of a length of time."""

    def of(value: Quantity | None) -> Quantity | None:
        if value is None:
            return None
        if isinstance(value, Time):
            parts = {"whole_years": value.months // 12, "whole_months": value.months}
            return Fraction(parts.get(what, value.whole))
        return Fraction(-floor(-value) if what == "round_up" else floor(value))

    return Range(of(one.low), of(one.high), one.empty)


def extreme(ranges: Sequence[Range], most: bool) -> Range:
    """The least, or the greatest, of several that all count."""
    if not ranges:
        return NOTHING
    pick = max if most else min

    def of(values: list[Quantity | None], open_wins: bool) -> Quantity | None:
        known = [value for value in values if value is not None]
        if not known or (open_wins and len(known) < len(values)):
            return None
        return pick(known, key=_key)

    low = of([each.low for each in ranges], open_wins=not most)
    high = of([each.high for each in ranges], open_wins=most)
    return Range(low, high, any_of(each.empty for each in ranges))


# ── amounts and bounds ──────────────────────────────────────────────────────────────────────────────

RELATIONS = frozenset({"at_least", "more_than", "at_most", "less_than", "exactly"})
OF_TIME = frozenset({"years", "months", "weeks", "days", "time"})
_TIMES = {"million_baht": 1_000_000}
OF_NUMBER = frozenset({"count", "number", "percent", "points", "hours", "baht", *_TIMES})


def amount(term: Fn) -> Quantity | None:
    """What an amount such as `years(4)` or `percent("67.5")` is; `None` if the term is none."""
    try:
        numbers = [exact(each) for each in term.args]
    except ValueError:
        return None
    if term.name == "time" and len(numbers) == 3:
        years, months, days = map(int, numbers)
        return Time(12 * years + months, days, 365 * years + DAYS_A_MONTH * months + days)
    if len(numbers) != 1:
        return None
    (value,) = numbers
    if term.name in OF_NUMBER:
        return value * _TIMES.get(term.name, 1)
    if term.name in OF_TIME:
        n = int(value)
        months = {"years": 12 * n, "months": n}.get(term.name, 0)
        days = {"weeks": 7 * n, "days": n}.get(term.name, 0)
        return Time(months, days, days or months // 12 * 365 + months % 12 * DAYS_A_MONTH)
    return None


def compares_days(unit: str) -> bool:
    """Whether lengths of time are compared by days, not by completed months."""
    return unit in ("weeks", "days")


def meets(measured: Range, relation: str, bound: Range, by_days: bool = False) -> Truth:
    """Whether what was measured meets a bound; `None` where it is not known."""
    if measured.empty:
        return False

    def key(value: Quantity | None) -> object:
        if isinstance(value, Time):
            return value.whole if by_days else (value.months, value.days)
        return value

    low, high, least, most = (key(v) for v in (measured.low, measured.high, bound.low, bound.high))
    found = _compare(relation, low, high, least, most)
    return None if found and (measured.empty is None or bound.empty is not False) else found


def _compare(relation: str, low: Any, high: Any, least: Any, most: Any) -> Truth:
    def surely(one: Any, op: str, other: Any) -> bool:
        if one is None or other is None:
            return False
        tests = {">=": one >= other, ">": one > other}
        return bool(tests[op])

    if relation == "at_least":
        return True if surely(low, ">=", most) else False if surely(least, ">", high) else None
    if relation == "more_than":
        return True if surely(low, ">", most) else False if surely(least, ">=", high) else None
    if relation == "at_most":
        return True if surely(least, ">=", high) else False if surely(low, ">", most) else None
    if relation == "less_than":
        return True if surely(least, ">", high) else False if surely(low, ">=", most) else None
    assert relation == "exactly"
    if surely(least, ">", high) or surely(low, ">", most):
        return False
    return True if low is not None and low == high == least == most else None
