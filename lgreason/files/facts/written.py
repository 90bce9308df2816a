"""Declared facts as plain data that a file may hold: what is written so reads back to the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from lgreason.files.facts.values import NONE, UNREAD, Between, Given, Score, Term
from lgreason.words.dates import BUDDHIST_OFFSET

Plain = dict[str, object]


def written(value: object) -> object:
    """A value as a file has it: texts in the writer's own words, days in ISO, exact numbers."""
    if value is NONE:
        return "none"
    if value is None or value is UNREAD or isinstance(value, bool | int | str):
        return None if value is UNREAD else value
    if isinstance(value, Term):
        return value.text
    if isinstance(value, Score):
        parts = {"score": written(value.score), "full": written(value.full)}
        return {key: each for key, each in parts.items() if each is not None}
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else _decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Between):
        return _bounds(value)
    if isinstance(value, Mapping):
        return {str(key): written(each) for key, each in value.items() if each is not None}
    if isinstance(value, tuple):
        return [written(each) for each in value]
    raise TypeError(type(value))


def facts_written(given: Given) -> Plain:
    """The facts that a file states by their declarations, by key."""
    return {key: written(value) for key, value in given.facts.items() if value is not None}


def more_written(given: Given, name: str, number: int) -> Plain:
    """What the entry of a list that the program types itself says besides; `number` counts from 1."""
    rows = given.more.get(name, ())
    found = written(rows[number - 1]) if number <= len(rows) else {}
    assert isinstance(found, dict)
    return found


def _decimal(value: Fraction) -> str:
    """A number that was read from decimal digits, in such digits again."""
    places = 0
    while (value * 10**places).denominator != 1 and places < 100:
        places += 1
    digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[: len(digits) - places]}.{digits[len(digits) - places :]}"


def _bounds(days: Between) -> str:
    """A day of which only the month, the fiscal year or the year is told."""
    first, last = days.first, days.last
    year = last.year + BUDDHIST_OFFSET
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year:04}-{first.month:02}"
    return f"ปีงบประมาณ {year}" if (first.month, last.month) == (10, 9) else f"พ.ศ. {year}"
