"""Times that a sentence names: days as officials write them, and days relative to today.

Every form is looked for in the plain form of the sentence. A time has its first and its last day: the last is meant
where something is asked *by* then, the first where something goes on *since* then.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lgreason.words.dates import (
    BUDDHIST_OFFSET,
    FIRST_BUDDHIST_YEAR,
    MONTHS,
    SHORT_MONTHS,
    DateProblem,
    parse_date,
)
from lgreason.words.forms import ends_word
from lgreason.words.plain import plain_text

FISCAL_END = (9, 30)
"""The last day of a fiscal year, which bears the number of the year in which it ends."""


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """A time as written: its first and last day; none if there is no such day."""

    first: date | None
    last: date | None
    written: str
    a_day: bool = True
    """Whether a single day is named, rather than a month, a year or the end of one."""


def times_at(text: str, start: int, today: date) -> Iterator[tuple[int, TimeSaid]]:
    """The times that a plain text has at a place, each with its end; the longest first."""
    found: dict[int, TimeSaid] = {}
    for form, meaning in _FORMS:
        match = form.match(text, start)
        if match is None or match.end() == start or not ends_word(text, match.end()):
            continue
        time = meaning(match, today)
        if time is not None:
            found.setdefault(match.end(), time)
    yield from sorted(found.items(), reverse=True)


# ── the forms ─────────────────────────────────────────────────────────────────────────────────────────────────────

_NUMBERS = {
    **{
        word: n for n, word in enumerate(("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ"), 1)
    },
    **{
        word: n
        for n, word in enumerate(
            ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
        )
    },
    "a": 1,
    "ครึ่ง": 0,
}
_NUMBER = rf"(?:[0-9]{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"


def _month_numbers() -> dict[str, int]:
    found = {"sept": 9}
    for names in (*MONTHS.values(), *SHORT_MONTHS.values()):
        for number, name in enumerate(names, 1):
            for form in (name, name.rstrip("."), name.replace(".", "")):
                found[plain_text(form)] = number
    for number, name in enumerate(MONTHS["th"], 1):  # as spoken: ตุลา, กันยา, กุมภา
        found[re.sub("(?:คม|ยน|พันธ์)$", "", name)] = number
    return found


_MONTHS = _month_numbers()
_MONTH = "|".join(re.escape(name) for name in sorted(_MONTHS, key=len, reverse=True))
_ERA = r"(?:พ\.?ศ\.?|ค\.?ศ\.?|b\.?e\.?|c\.?e\.?|a\.?d\.?)"
_YEAR = rf"(?P<year>{_ERA} ?[0-9]{{2,4}}|[0-9]{{4}}(?: ?{_ERA})?|[0-9]{{2}})"
_LONG_YEAR = rf"(?P<year>{_ERA} ?[0-9]{{2,4}}|[0-9]{{4}}(?: ?{_ERA})?)"


def _year(text: str) -> int:
    """The C.E. year of a year as written; of two digits it is taken to be พ.ศ., as officials cut years."""
    number = int(re.sub(r"[^0-9]", "", text))
    if number < 100:
        number += 2500
    return number - BUDDHIST_OFFSET if number >= FIRST_BUDDHIST_YEAR else number


def _span(first: date, last: date, match: re.Match[str]) -> TimeSaid:
    return TimeSaid(first, last, match[0].strip(), first == last and not _ending(match))


def _written_day(match: re.Match[str], _today: date) -> TimeSaid | None:
    text = match[0].strip()
    day = parse_date(text)
    if isinstance(day, DateProblem):
        if day.code == "date_unreadable":
            return None
        if day.code == "date_era_unclear" and any("\u0e01" <= sign <= "\u0e5b" for sign in text):
            year = re.search(r"[0-9]{2}$", text)
            if year is not None:
                return _written_day_of(f"{text[: year.start()]}25{year[0]}", text)
        return TimeSaid(None, None, text)
    return TimeSaid(day, day, text)


def _written_day_of(longer: str, text: str) -> TimeSaid:
    day = parse_date(longer)
    return TimeSaid(None, None, text) if isinstance(day, DateProblem) else TimeSaid(day, day, text)


def _month_of_year(match: re.Match[str], _today: date) -> TimeSaid | None:
    year, month = _year(match["year"]), _MONTHS[match["month"]]
    return _month(year, month, match)


def _month(year: int, month: int, match: re.Match[str]) -> TimeSaid:
    last = date(year, month, calendar.monthrange(year, month)[1])
    return _span(last if match[0].startswith(("สิ้น", "end")) else date(year, month, 1), last, match)


def _of_year(match: re.Match[str], _today: date) -> TimeSaid | None:
    return _whole_year(_year(match["year"]), match)


def _whole_year(year: int, match: re.Match[str]) -> TimeSaid:
    last = date(year, 12, 31)
    return _span(last if _ending(match) else date(year, 1, 1), last, match)


def _ending(match: re.Match[str]) -> bool:
    return match[0].startswith(("สิ้น", "ปลาย", "end", "the end"))


def _fiscal(year: int, match: re.Match[str]) -> TimeSaid:
    last = date(year, *FISCAL_END)
    return _span(last if _ending(match) else date(year - 1, 10, 1), last, match)


def _of_fiscal_year(match: re.Match[str], _today: date) -> TimeSaid | None:
    return _fiscal(_year(match["year"]), match)


def _fiscal_year_on(day: date) -> int:
    return day.year + ((day.month, day.day) > FISCAL_END)


def _relative_year(years: int, fiscal: bool) -> Callable[[re.Match[str], date], TimeSaid | None]:
    def meaning(match: re.Match[str], today: date) -> TimeSaid | None:
        if fiscal:
            return _fiscal(_fiscal_year_on(today) + years, match)
        return _whole_year(today.year + years, match)

    return meaning


def _relative_month(months: int) -> Callable[[re.Match[str], date], TimeSaid | None]:
    def meaning(match: re.Match[str], today: date) -> TimeSaid | None:
        day = _later(date(today.year, today.month, 1), months)
        return _month(day.year, day.month, match)

    return meaning


def _relative_day(days: int) -> Callable[[re.Match[str], date], TimeSaid | None]:
    def meaning(match: re.Match[str], today: date) -> TimeSaid | None:
        day = today + timedelta(days=days)
        return _span(day, day, match)

    return meaning


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _from_today(match: re.Match[str], today: date) -> TimeSaid | None:
    number = match["n"]
    n = int(number) if number.isdecimal() else _NUMBERS[number]
    unit = match["unit"]
    if unit.startswith(("ปี", "year")):
        months = 6 if number == "ครึ่ง" else 12 * n
    elif unit.startswith(("เดือน", "month")):
        months = n
    else:
        return _relative_day(n)(match, today)
    day = _later(today, months)
    return TimeSaid(day, day, match[0].strip(), False)


def _forms() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str], date], TimeSaid | None]]]:
    day_forms = (
        r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}",
        rf"[0-9]{{1,2}}/[0-9]{{1,2}}/ ?(?:{_ERA} ?)?[0-9]{{1,4}}",
        rf"[0-9]{{1,2}}(?:st|nd|rd|th)? ?(?:เดือน|of )?(?:{_MONTH})\.? ?(?:{_ERA} ?)?[0-9]{{1,4}}",
        rf"(?:{_MONTH})\.? ?[0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}}",
    )
    for form in day_forms:
        yield re.compile(rf"(?:วันที่)?{form}"), _written_day
    end = r"(?:สิ้น|ปลาย|(?:the )?end of (?:the )?)"
    fiscal = r"(?:ปีงบประมาณ|ปีงบ|fiscal year|fy)"
    this, following = r"(?:นี้|this)", r"(?:หน้า|ถัดไป|next|coming)"
    yield re.compile(rf"{end}?(?:เดือน)?(?P<month>{_MONTH})\.? ?{_YEAR}"), _month_of_year
    yield re.compile(rf"{end}?{fiscal} ?{_YEAR}"), _of_fiscal_year
    yield (
        re.compile(rf"{end}?(?:ใน)?(?:{fiscal}นี้|this fiscal year|current fiscal year)"),
        _relative_year(0, True),
    )
    yield re.compile(rf"{end}?(?:{fiscal}(?:หน้า|ถัดไป)|next fiscal year)"), _relative_year(1, True)
    yield re.compile(r"(?:สิ้นปีงบประมาณ|สิ้นปีงบ|(?:the )?end of (?:the )?fiscal year)"), _relative_year(0, True)
    yield re.compile(rf"{end}?(?:ใน)?(?:ปี|year ) ?{_YEAR}"), _of_year
    yield re.compile(rf"(?:in )?{_LONG_YEAR}"), _of_year
    yield re.compile(rf"{end}(?P<year>[0-9]{{4}})"), _of_year
    yield re.compile(rf"{end}?(?:ใน)?(?:ปี{this}|this year)"), _relative_year(0, False)
    yield re.compile(rf"{end}?(?:ใน)?(?:ปี{following}|next year)"), _relative_year(1, False)
    yield re.compile(r"(?:สิ้นปี|(?:the )?end of (?:the )?year)"), _relative_year(0, False)
    yield re.compile(rf"{end}?(?:เดือนนี้|this month)"), _relative_month(0)
    yield re.compile(rf"{end}?(?:เดือนหน้า|next month)"), _relative_month(1)
    yield re.compile(r"(?:พรุ่งนี้|tomorrow)"), _relative_day(1)
    yield re.compile(r"(?:เมื่อวานนี้|เมื่อวาน|yesterday)"), _relative_day(-1)
    units = r"(?P<unit>ปี|เดือน|วัน|years?|months?|days?)"
    yield re.compile(rf"(?:ใน)?อีก(?:ประมาณ)? ?(?P<n>{_NUMBER}) ?{units}(?:ข้างหน้า|จากนี้)?"), _from_today
    yield re.compile(rf"(?:ใน)?(?P<n>{_NUMBER}) ?{units}(?:ข้างหน้า|จากนี้)"), _from_today
    yield re.compile(rf"in (?P<n>{_NUMBER}) {units}(?: time)?(?: from now)?"), _from_today
    yield re.compile(rf"(?P<n>{_NUMBER}) {units} from now"), _from_today
    yield re.compile(rf"(?P<n>{_NUMBER}) ?{units}นี้"), _from_today
    within = r"(?:(?<=ภายใน)|(?<=ภายใน )|(?<=within )|(?<=within the next )|(?<=in the next ))"
    yield re.compile(rf"{within}(?P<n>{_NUMBER}) ?{units}"), _from_today


_FORMS = tuple(_forms())
