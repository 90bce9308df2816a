"""Dates as officials write them: read from Thai, English and ISO forms, and written in Thai or English.

A year of 2400 or more is of the Buddhist Era (พ.ศ.), any other four-digit year of the Common Era (ค.ศ.),
unless the writer names the era. A text that two readers could take for two days is refused, never guessed.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal

Language = Literal["th", "en"]
Style = Literal["long", "short"]

BUDDHIST_OFFSET = 543
FIRST_BUDDHIST_YEAR = 2400  # a year from here on, written without its era, is พ.ศ.

MONTHS: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        "th": (
            *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
            *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
        ),
        # Written out, for the calendar module's names follow the machine's locale.
        "en": (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
    }
)
SHORT_MONTHS: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        "th": (
            *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
            *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
        ),
        "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    }
)


@dataclass(frozen=True, slots=True)
class DateProblem:
    """Why a text is no usable date: a finding's code and its arguments; `args["found"]` is the text itself.

    - `date_unreadable`: no form of a date.
    - `date_no_such_month` (`month`), `date_no_such_day` (`day`, and `last`, the last day of that month).
    - `date_era_unclear`: a year of one to three digits (`year`) without its era, which could be
      `buddhist` (พ.ศ.) or `common` (ค.ศ.).
    - `date_year_cut`: a year of one to three digits said to be ค.ศ. (`year`); its century is not known.
    - `date_not_buddhist`, `date_not_common`: the era named contradicts the year, which can only be
      พ.ศ. `buddhist`, that is ค.ศ. `common`.
    """

    code: str
    args: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def parse_date(text: str) -> date | DateProblem:
    """The day that `text` names, or what is wrong with it.

    Reads `2558-10-01`, `1/10/2558` (the day first), `1 ตุลาคม 2558`, `1 ต.ค. 2558`, `1 October 2015` and
    `October 1, 2015`, with Thai or Arabic digits, optional วันที่ and an optional era (พ.ศ., ค.ศ., B.E., C.E.); also
    with `-`, `/` or `.` between the parts, and with a time of day behind, as programs export them.
    """
    if (day := _plainest(text)) is not None:
        return day
    found: dict[str, object] = {"found": _excerpt(text)}
    plain = _plain(text)
    if match := _compiled(_TIME).search(plain):
        if match["zone"] and match["zone"] not in _HERE and not _midnight(match):
            return DateProblem("date_zone_unclear", {**found, "part": match[0].strip()})
        plain = plain[: match.start()]
    for form in _forms()[0]:
        if match := form.fullmatch(plain):
            return _day(match.groupdict(), found)
    if days := _two_days(text):
        return DateProblem("date_two_days", {**found, "first": days[0], "last": days[1]})
    return DateProblem("date_unreadable", found)


def _plainest(text: str) -> date | None:
    """The day of a text that is `2015-10-01` or `2558-10-01` and nothing else, as most are; otherwise nothing."""
    if not (len(text) == 10 and text.isascii() and text[4] == text[7] == "-"):
        return None
    year, month, day = text[:4], text[5:7], text[8:]
    if not (year.isdigit() and month.isdigit() and day.isdigit()):
        return None
    written = int(year)
    common = written - BUDDHIST_OFFSET if written >= FIRST_BUDDHIST_YEAR else written
    try:
        return date(common, int(month), int(day)) if written >= 1000 else None
    except ValueError:
        return None  # what is wrong with it is told by reading it in full


def month_named(text: str) -> tuple[int, int] | None:
    """The year ค.ศ. and the month that a text names without a day, if it does: `ต.ค. 2560`, `10/2560`, `2017-10`."""
    plain = _plain(text)
    for form in _forms()[1]:
        if match := form.fullmatch(plain):
            parts = match.groupdict()
            year = _year(int(parts["year"]), _era_of(parts), {})
            month = _month(parts["month"])
            return (year, month) if isinstance(year, int) and 1 <= month <= 12 else None
    return None


def fiscal_year(text: str) -> int | None:
    """The fiscal year ค.ศ. that a text names (ปีงบประมาณ 2560), which begins on 1 October of the year before."""
    plain = _plain(text)
    if match := re.fullmatch(f"(?:ปีงบประมาณ|ปีงบ|fiscalyear|fy){_YEAR_AND_ERA}", plain):
        year = _year(int(match["year"]), _era_of(match.groupdict()), {})
        return year if isinstance(year, int) else None
    return None


def _two_days(text: str) -> tuple[date, date] | None:
    """The two days of a text that names a period."""
    for sign in (" - ", "–", "ถึง", " to "):
        first, found, last = text.partition(sign)
        days = (parse_date(first), parse_date(last)) if found else ()
        if days and isinstance(days[0], date) and isinstance(days[1], date):
            return days[0], days[1]
    return None


def _midnight(match: re.Match[str]) -> bool:
    return not match["time"].strip("0:.")


def parse_year(text: str) -> int | DateProblem | None:
    """The year พ.ศ. that `text` names, what is wrong with it, or `None` where it has no form of a year.

    Reads `2558`, `2015`, `พ.ศ. 2558`, `ค.ศ. 2015` and `2015 C.E.`, with Thai or Arabic digits.
    """
    if (match := _compiled(_YEAR).fullmatch(_plain(text))) is None:
        return None
    era = _ERAS.get(match["era"] or match["era_after"] or "")
    year = _year(int(match["year"]), era, {"found": _excerpt(text)})
    return year if isinstance(year, DateProblem) else year + BUDDHIST_OFFSET


def format_date(day: date, language: Language, style: Style = "long") -> str:
    """`day` in words: in Thai with its year พ.ศ., in English C.E.; `short` abbreviates the month.

    `parse_date` reads the text back to the same day for every year whose era it can tell without being told:
    from พ.ศ. 2400 in Thai, from 1000 to 2399 in English.
    """
    months = MONTHS if style == "long" else SHORT_MONTHS
    year = day.year + BUDDHIST_OFFSET if language == "th" else day.year
    return f"{day.day} {months[language][day.month - 1]} {year}"


def _day(parts: Mapping[str, str | None], found: dict[str, object]) -> date | DateProblem:
    """The day of a text whose form is right, from its named parts."""
    month = _month(parts["month"] or "")
    if not 1 <= month <= 12:
        return DateProblem("date_no_such_month", {**found, "month": month})
    year = _year(int(parts["year"] or ""), _era_of(parts), found)
    if isinstance(year, DateProblem):
        return year
    day, last = int(parts["day"] or ""), calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        return DateProblem("date_no_such_day", {**found, "day": day, "last": date(year, month, last)})
    return date(year, month, day)


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _month_numbers()[text]


def _era_of(parts: Mapping[str, str | None]) -> str | None:
    """The era of a year: as named, or พ.ศ. for a year of two digits after a Thai month."""
    named = _ERAS.get(parts.get("era") or parts.get("era_after") or "")
    thai = "\u0e01" <= (parts.get("month") or "")[:1] <= "\u0e5b"
    return named or ("buddhist" if thai and len(parts["year"] or "") <= 2 else None)


def _year(written: int, era: str | None, found: dict[str, object]) -> int | DateProblem:
    """The C.E. year of a year as written in `era` (`buddhist`, `common` or not said)."""
    if written < 1000:
        return _cut_year(written, era, {**found, "year": written})
    looks = "buddhist" if written >= FIRST_BUDDHIST_YEAR else "common"
    common = written - BUDDHIST_OFFSET if looks == "buddhist" else written
    if era in (None, looks):
        return common
    args = {**found, "buddhist": common + BUDDHIST_OFFSET, "common": common}
    return DateProblem("date_not_buddhist" if era == "buddhist" else "date_not_common", args)


def _cut_year(written: int, era: str | None, args: dict[str, object]) -> int | DateProblem:
    """A year cut to its last digits: พ.ศ. 58 and 558 are 2558, but ค.ศ. 58 tells no century."""
    buddhist = written + (2500 if written < 100 else 2000)
    if era == "buddhist" and buddhist >= FIRST_BUDDHIST_YEAR:
        return buddhist - BUDDHIST_OFFSET
    if era is not None:
        return DateProblem("date_year_cut", args)
    common = written + (2000 if written < 50 else 1900 if written < 100 else 1000)
    return DateProblem("date_era_unclear", {**args, "buddhist": buddhist, "common": common})


_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first asked for: most runs read dates of digits alone, and write others."""
    return re.compile(pattern)


_INVISIBLE = "[\u200b-\u200d\u2060\ufeff]"
# Only the dot of an abbreviation goes: one between digits would join them into another number.
_ABBREVIATION_DOT = r"(?<=[a-z\u0e01-\u0e4e])\."
_LOOSE_SPACE = r"(?<![0-9])\s+|\s+(?![0-9])"


def _plain(text: str) -> str:
    """`text` without what means nothing in a date: its digits' script, case, dots and spaces."""
    if len(text) > 100:
        return ""
    text = _compiled(_INVISIBLE).sub("", unicodedata.normalize("NFC", text))
    text = _compiled(_LOOSE_SPACE).sub("", text.translate(_THAI_DIGITS).lower().strip())
    return _compiled(_ABBREVIATION_DOT).sub("", text)


def _excerpt(text: str) -> str:
    text = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    return text if len(text) <= 60 else text[:59] + "…"


@cache
def _month_numbers() -> Mapping[str, int]:
    numbers = {"sept": 9}
    for names in (*MONTHS.values(), *SHORT_MONTHS.values()):
        numbers |= {_plain(name): number for number, name in enumerate(names, start=1)}
    for number, name in enumerate(MONTHS["th"], start=1):  # as spoken: ตุลา, กันยา, กุมภา
        numbers[re.sub("(?:คม|ยน|พันธ์)$", "", name)] = number
    return numbers


_ERAS = {"พศ": "buddhist", "be": "buddhist", "คศ": "common", "ce": "common", "ad": "common"}


# The era stands before the year or after it, not both.
_YEAR_AND_ERA = "(?P<era>{era})?(?P<year>[0-9]{{1,4}})(?(era)|(?P<era_after>{era})?)".format(
    era="|".join(_ERAS)
)
_YEAR = f"(?:ปีงบประมาณ|ปี)?{_YEAR_AND_ERA}"


_TIME = (
    r"[t ]?(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)(?:น|hrs?)?\.? ?"
    r"(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_HERE = ("+07:00", "+0700")


@cache
def _forms() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """The accepted forms of a day, and those of a month alone, over `_plain` text."""
    day, number = "(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", "(?P<month>[0-9]{1,2})"
    names = "|".join(sorted(_month_numbers(), key=len, reverse=True))
    start = "(?:ตั้งแต่|เมื่อ|ณ|จาก|ถึง)?(?:วัน[\u0e01-\u0e4e]{0,12}ที่|วันที่)?"
    days = (
        f"{start}(?P<year>[0-9]{{4}})(?P<sign>[-/.]){number}(?P=sign){day}",
        f"{start}{day}/{number}/{_YEAR_AND_ERA}",
        f"{start}{day}(?P<sign>[-.]){number}(?P=sign)(?P<year>[0-9]{{4}})",
        f"{start}{day}(?P<sign>[-/ ]?)(?:เดือน)?(?P<month>{names}),?(?P=sign){_YEAR_AND_ERA}",
        f"(?P<month>{names}){day}(?:,| ){_YEAR_AND_ERA}",
    )
    months = (
        f"(?:เดือน)?(?P<month>{names})[-/,]?{_YEAR_AND_ERA}",
        f"{number}[-/](?P<year>[0-9]{{4}})",
        f"(?P<year>[0-9]{{4}})[-/]{number}",
    )
    return tuple(map(re.compile, days)), tuple(map(re.compile, months))
