"""Days as people write and export them: a day, one still open, a month or a year alone as a bound, or no day."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from lgreason.words.dates import (
    BUDDHIST_OFFSET,
    DateProblem,
    fiscal_year,
    month_named,
    parse_date,
    parse_year,
)
from lgreason.words.plain import plain_text
from lgreason.words.recognising.outcome import Outcome, Recognised, mapping

FARTHEST = 40
"""Years from today after which no day of a record lies."""
LONGEST_CAREER = 50
"""Years. A year of two digits is read in the era in which it falls within the service of people now living."""
_OPEN = frozenset(
    {"ปัจจุบัน", "ถึงปัจจุบัน", "จนถึงปัจจุบัน", "ถึงบัดนี้", "จนถึงบัดนี้", "บัดนี้", "ยังดำรงอยู่", "ยังดำรงตำแหน่ง"}
    | {"ยังดำรงตำแหน่งอยู่", "ยังครอง", "present", "now", "current", "to date", "today", "until now", "to present"}
)
_EMPTY = frozenset({"-", "--", ".", "ไม่ทราบ", "ไม่ระบุ", "n/a", "na", "null", "none", "?"})
_SERIAL = re.compile(r"[2-6][0-9]{4}(?:\.[0-9]+)?")
_SHORT_YEAR = re.compile(
    r"(?P<day>[0-9]{1,2})\s*[/.\-]\s*(?P<month>[0-9]{1,2})\s*[/.\-]\s*(?P<year>[0-9]{2})"
)
_NO_MONTH = re.compile(r"[0-9]{1,2} ?(?!พ\.?ศ|ค\.?ศ)[\u0e01-\u0e5ba-z.]{2,14} ?[0-9]{2,4}")
_COMPACT = re.compile(r"[0-9]{8}")
_EXCEL_EPOCH = date(1899, 12, 30)


class Days:
    """Recognises days."""

    def __init__(self, today: date) -> None:
        """Take the day after which nothing has been served yet."""
        self.today = today

    def recognise(self, text: str, column: str | None = None) -> Recognised:
        """A day; `column` is `from`, `to` or `obtained` where it is told."""
        plain = plain_text(text).strip(" .")
        if plain in _OPEN or plain.replace(" ", "") in _OPEN:
            if column in ("from", "obtained"):
                return Recognised("date", text, "impossible", why="open_start")
            return Recognised("date", text, "this", mapping(date="open"))
        if plain in _EMPTY or not plain:
            return Recognised("date", text, "unrecognised", why="no_date")
        day = parse_date(text)
        if isinstance(day, date):
            if not self.today.year - 110 <= day.year <= self.today.year + FARTHEST:
                return Recognised("date", text, "impossible", why="far_off", args={"found": day})
            return Recognised("date", text, "this", mapping(date=day.isoformat()))
        return self._otherwise(text, plain, day, column)

    def _otherwise(self, text: str, plain: str, problem: DateProblem, column: str | None) -> Recognised:
        if match := _SHORT_YEAR.fullmatch(plain):
            return self._short_year(text, match)
        if bound := _bound(text):
            first, last = bound
            reading = mapping(earliest=first.isoformat(), latest=last.isoformat())
            why = "month_alone" if (last - first).days < 40 else "year_alone"
            return Recognised("date", text, "unrecognised", reading, why=why)
        if problem.code == "date_two_days":
            days = (str(problem.args["first"]), str(problem.args["last"]))
            choices = tuple(mapping(date=day) for day in days)
            return Recognised("date", text, "several", choices=choices, why=problem.code, args=problem.args)
        if problem.code == "date_unreadable" and _NO_MONTH.fullmatch(plain):
            return Recognised("date", text, "impossible", why="date_no_month_name", args=problem.args)
        if _SERIAL.fullmatch(plain):
            day = _EXCEL_EPOCH + timedelta(days=int(float(plain)))
            reading = mapping(date=day.isoformat())
            if column is not None:  # a cell of a column of dates, in which spreadsheets keep days so
                return Recognised("date", text, "this", reading, why="serial")
            return Recognised("date", text, "several", choices=(reading,), why="serial")
        if _COMPACT.fullmatch(plain):
            day_ = parse_date(f"{plain[:4]}-{plain[4:6]}-{plain[6:]}")
            if isinstance(day_, date):
                choices = (mapping(date=day_.isoformat()),)
                return Recognised("date", text, "several", choices=choices, why="digits_alone")
        unsure = problem.code in ("date_unreadable", "date_era_unclear", "date_year_cut")
        outcome: Outcome = "unrecognised" if unsure else "impossible"
        return Recognised("date", text, outcome, why=problem.code, args=problem.args)

    def _short_year(self, text: str, match: re.Match[str]) -> Recognised:
        """A day whose year has two digits: พ.ศ. or ค.ศ., whichever could be of somebody now in service."""
        found: dict[str, None] = {}
        problem: DateProblem | None = None
        short = int(match["year"])
        for year in (2500 + short - BUDDHIST_OFFSET, 2000 + short, 1900 + short):
            if not self.today.year - LONGEST_CAREER <= year <= self.today.year + 1:
                continue
            day = parse_date(f"{year}-{match['month']}-{match['day']}")
            if isinstance(day, date):
                found[day.isoformat()] = None
            else:
                problem = day
        buddhist = 2500 + short - BUDDHIST_OFFSET
        if len(found) == 1 and next(iter(found)).startswith(str(buddhist)):
            return Recognised("date", text, "this", mapping(date=next(iter(found))))
        if found:
            choices = tuple(mapping(date=day) for day in found)
            return Recognised("date", text, "several", choices=choices, why="era_unclear")
        if problem is not None:
            return Recognised("date", text, "impossible", why=problem.code, args=problem.args)
        return Recognised("date", text, "unrecognised", why="date_era_unclear")


def _bound(text: str) -> tuple[date, date] | None:
    """The first and the last day of a month, a year or a fiscal year that a text names alone."""
    if (fiscal := fiscal_year(text)) is not None:
        return date(fiscal - 1, 10, 1), date(fiscal, 9, 30)
    if (month := month_named(text)) is not None:
        year, number = month
        return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
    year_ = parse_year(text)
    if isinstance(year_, int) and len(re.findall(r"[0-9๐-๙]", text)) == 4:
        return date(year_ - BUDDHIST_OFFSET, 1, 1), date(year_ - BUDDHIST_OFFSET, 12, 31)
    return None
