"""Days that are known to lie between two others, and windows of days that move with the day asked about."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from lgreason.reasoning.cases.counting import FOREVER, ONE_DAY, Span
from lgreason.reasoning.cases.quantity import Time, amount
from lgreason.rules.terms import Fn, Truth, Value

BEFORE_ALL = date.min


class When(NamedTuple):
    """A day between a first and a last that it may be; known where the two are one."""

    first: date
    last: date

    @property
    def known(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


ANY_DAY = When(BEFORE_ALL, FOREVER)


def on(day: date) -> When:
    """A day that is known."""
    return When(day, day)


class DayWindow(NamedTuple):
    """The days from a start to an end, both counted; either may itself not be known exactly."""

    start: When
    end: When

    @property
    def surely(self) -> Span | None:
        """The days that surely lie in it."""
        return (self.start.last, self.end.first) if self.start.last <= self.end.first else None

    @property
    def possibly(self) -> Span | None:
        """The days that may lie in it."""
        return (self.start.first, self.end.last) if self.start.first <= self.end.last else None


DateOf = Callable[[Value], When | None]
"""What a term that names a date of the entry or of the subject comes to; `None`: there is no such day."""


def plus(day: date, days: int) -> date:
    """A day later (or earlier), within the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return FOREVER if days > 0 else BEFORE_ALL


def later(day: date, months: int) -> date:
    """The matching day so many months later (earlier, if negative), or that month's last day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if year > 9999:
        return FOREVER
    if year < 1:
        return BEFORE_ALL
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after(day: date, term: Fn) -> date:
    """The day so long after a day: its anniversary, or that many days later."""
    months, days = _length(term)
    return plus(later(day, months), days)


def before_by(day: date, term: Fn) -> date:
    """The day so long before a day."""
    months, days = _length(term)
    return plus(later(day, -months), -days)


def _length(term: Fn) -> tuple[int, int]:
    """A length of time as months and days."""
    length = amount(term)
    assert isinstance(length, Time), term
    return length.months, length.days


def fiscal_year_of(day: date) -> int:
    """The fiscal year (C.E.) in which a day lies: from 1 October of the year before to 30 September."""
    return day.year + (day.month >= 10)


def fiscal_year(year: int) -> Span:
    """The days of a fiscal year (C.E.)."""
    return (date(year - 1, 10, 1), date(year, 9, 30))


def _calendar_year(year: int) -> Span:
    return (date(year, 1, 1), date(year, 12, 31))


def reference(term: Value, day: date, date_of: DateOf) -> When | None:
    """The day that `day`, `eve`, a date or the name of a date stands for on a day; `None`: there is none."""
    if isinstance(term, str):
        try:
            return on(date.fromisoformat(term))
        except ValueError:
            return date_of(term)
    name = term.name if isinstance(term, Fn) else ""
    if name == "day":
        return on(day)
    if name == "eve":
        return on(plus(day, -1))
    if name == "fiscal_start":
        return on(fiscal_year(fiscal_year_of(day))[0])
    if name == "fiscal_end":
        return on(fiscal_year(fiscal_year_of(day))[1])
    return date_of(term)


def window(term: Value, day: date, date_of: DateOf) -> DayWindow | None:
    """The days of a window on a day; `None` where one of the days that limit it is none."""
    assert isinstance(term, Fn)
    name, args = term
    if name in ("day", "eve"):
        only = reference(term, day, date_of)
        assert only is not None
        return DayWindow(only, only)
    if name == "last":
        end = reference(args[1] if len(args) > 1 else Fn("day"), day, date_of)
        assert isinstance(args[0], Fn)
        if end is None:
            return None
        return DayWindow(When(*(plus(before_by(each, args[0]), 1) for each in end)), end)
    if name in ("until", "since", "between"):
        ends = [reference(arg, day, date_of) for arg in args]
        if any(end is None for end in ends):
            return None
        known = [end for end in ends if end is not None]
        if name == "between":
            return DayWindow(known[0], known[1])
        return DayWindow(on(BEFORE_ALL), known[0]) if name == "until" else DayWindow(known[0], on(FOREVER))
    (n,) = args
    assert isinstance(n, int)
    of, now = (fiscal_year, fiscal_year_of(day)) if name.startswith("fiscal") else (_calendar_year, day.year)
    first, last = (now - n, now - 1) if name.endswith("s") else (now - n, now - n)
    return DayWindow(on(of(max(2, first))[0]), on(of(max(2, last))[1]))


def turns(term: Value, days: Iterable[date], day: date) -> Iterator[date]:
    """The days on which the window, or day of reference, may come to hold or no longer hold one of the `days`.

    More may be given than turn. `day` is the day of the case: years are followed for so long as anything of the
    record can lie in them.
    """
    found = set(days)
    name, args = (term.name, term.args) if isinstance(term, Fn) else ("", ())
    near = {plus(each, by) for each in found for by in (-1, 0, 1, 2)}
    yield from near
    if name == "last" and isinstance(args[0], Fn):
        for each in near:
            if BEFORE_ALL < each < FOREVER:
                yield from _leaves(each, args[0])
    elif name.startswith(("fiscal", "calendar")):
        number = args[0] if args and isinstance(args[0], int) else 0
        month = 10 if name.startswith("fiscal") else 1
        kept = [each.year for each in found if BEFORE_ALL < each < FOREVER] or [day.year]
        for year in range(max(2, min(kept) - 1), min(9990, max(*kept, day.year) + number + 3)):
            yield date(year, month, 1)


def _leaves(each: date, term: Fn) -> Iterator[date]:
    """The first days on which a window that ends on them begins after `each`; the days around, to be sure."""
    first = after(each, term)
    yield from (plus(first, by) for by in range(-2, 5))


def contains(of: DayWindow | None, when: When | None) -> Truth:
    """Whether a day lies in a window."""
    if of is None or when is None:
        return False
    sure, possible = of.surely, of.possibly
    if sure and sure[0] <= when.first and when.last <= sure[1]:
        return True
    if possible is None or when.last < possible[0] or when.first > possible[1]:
        return False
    return None


__all__ = ["ANY_DAY", "BEFORE_ALL", "FOREVER", "ONE_DAY", "DayWindow", "When", "contains", "window"]
