"""When an amending text is in force: the days that it names, from its publication, for a time, or by fiscal years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from lgreason.language.amending.changes import Period
from lgreason.language.amending.numbers import counted
from lgreason.reasoning.cases.counting import completes
from lgreason.words.dates import BUDDHIST_OFFSET, DateProblem, parse_date

_THAI_MONTHS = "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
_ENGLISH_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_ERA = r"(?: ?(?:พ\.? ?ศ\.?|ค\.? ?ศ\.?) ?)?"
D = (
    rf"((?:วันที่)?[0-9]{{1,2}}(?:เดือน)?(?:{_THAI_MONTHS}){_ERA}[0-9]{{4}}"
    rf"|[0-9]{{1,2}} (?:{_ENGLISH_MONTHS}) [0-9]{{4}}"
    rf"|(?:{_ENGLISH_MONTHS}) [0-9]{{1,2}},? [0-9]{{4}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"
)
"""A day as it is written in a text without its spaces."""

_TEXT = r"(?:ประกาศ|ระเบียบ|ข้อบังคับ|หลักเกณฑ์|มติ|การแก้ไข(?:เพิ่มเติม)?|การเพิ่ม|การยกเลิก)(?:ฉบับ)?นี้"
_COMMENCES = (
    rf"(?:และ)?(?:ทั้งนี้)?(?:โดย)?(?:ให้ถือว่า)?(?:{_TEXT})?(?:ให้|จะ)?"
    r"(?:มีผล(?:เป็นการ)?(?:ใช้บังคับ|บังคับใช้)?|เริ่มใช้บังคับ|ใช้บังคับ|บังคับใช้|เริ่มใช้)?(?:ย้อนหลัง)?(?:มา)?"
)
_NOTICE = (
    r"(?:(?:and )?(?:this (?:amendment|notice|regulation|rule|announcement)|it) )?"
    r"(?:(?:takes|shall take|has|shall have|taking) effect|(?:comes"
    r"|shall come|coming) into (?:force|effect)|is in force"
    r"|applies|shall apply|becomes effective|is effective|effective|(?<=to have effect)|(?<=to apply))"
)
_GAZETTE = r"(?:ใน)?(?:ราชกิจจานุเบกษา)?"
_YEAR = rf"ปีงบประมาณ{_ERA}(?P<{{}}>[0-9]{{{{4}}}})"
_SPELL = r"(?P<n>[0-9]+|[ก-๎]+?)(?P<unit>ปี|เดือน|วัน)"
_AFTER = r"(?:เป็นต้นไป|เป็นต้นมา|สืบไป)?"

_FORMS = (
    (rf"(?:ใน|ภายใน)?ระหว่าง{D}(?:จนถึง|ถึง|และ){D}", "period"),
    (rf"{_COMMENCES}(?:ตั้งแต่|นับแต่|นับตั้งแต่){D}(?:จนถึง|ถึง|และสิ้นสุด(?:ใน)?){D}(?:เป็นการชั่วคราว)?", "period"),
    (
        rf"{_COMMENCES}(?:เป็น(?:ระยะ)?เวลา|มีกำหนด(?:เวลา)?){_SPELL}(?:นับ)?(?:ตั้งแต่|แต่|จาก){D}{_AFTER}",
        "lasting",
    ),
    (
        rf"{_COMMENCES}(?:ตั้งแต่|นับแต่){D}{_AFTER}(?:เป็น(?:ระยะ)?เวลา|มีกำหนด(?:เวลา)?){_SPELL}(?:เท่านั้น)?",
        "lasting",
    ),
    (
        rf"(?:เป็น(?:ระยะ)?เวลา|มีกำหนด(?:เวลา)?){_SPELL}(?:นับ)?(?:ตั้งแต่|แต่|จาก)?วันที่{_TEXT}(?:มีผล)?(?:ใช้บังคับ|บังคับใช้)",
        "for",
    ),
    (
        rf"{_COMMENCES}(?:ตั้งแต่|นับแต่)(?:ต้น)?{_YEAR.format('year')}{_AFTER}",
        "from_year",
    ),
    (rf"(?:เฉพาะ)?(?:ใน|สำหรับ)?{_YEAR.format('year')}", "in_year"),
    (rf"{_COMMENCES}(?:ตั้งแต่|นับแต่|นับตั้งแต่){D}{_AFTER}", "since"),
    (rf"{_TEXT}(?:ให้)?(?:มีผล)?(?:ใช้บังคับ|บังคับใช้)ใน{D}{_AFTER}", "since"),
    (rf"{_COMMENCES}(?:ใช้ได้)?(?:จนถึง|ถึงเพียง){D}", "until"),
    (
        rf"{_COMMENCES}(?:เมื่อพ้น(?:กำหนด)?|ตั้งแต่เมื่อพ้นกำหนด|ตั้งแต่พ้นกำหนด)(?P<n>[0-9]+|[ก-๎]+?)วัน(?:นับ)?(?:แต่|จาก|ถัดจาก)วัน(?:ที่)?(?:ได้)?ประกาศ{_GAZETTE}{_AFTER}",
        "after",
    ),
    (rf"{_COMMENCES}(?:ตั้งแต่|นับแต่)?วันถัดจากวัน(?:ที่)?(?:ได้)?ประกาศ{_GAZETTE}{_AFTER}", "day_after"),
    (rf"{_COMMENCES}(?:ตั้งแต่|นับแต่|ใน)วัน(?:ที่)?(?:ได้)?ประกาศ{_GAZETTE}{_AFTER}", "same_day"),
    (rf"(?:ประกาศ|สั่ง|ให้ไว้)ณ{D}", "published"),
    (rf"(?:between|during the period from) {D} (?:and|to|until) {D}", "period"),
    (rf"(?:{_NOTICE},? )?(?:with effect )?from {D} (?:until|to|through) {D}", "period"),
    (rf"{_NOTICE},? (?:on and from|on|from|as from|as of) {D}", "since"),
    (rf"(?:with effect |as )?(?:on and )?from {D}(?: onwards?)?", "since"),
    (rf"{_NOTICE} (?:on )?the day (?:after|following) (?:its |the day of )?publication", "day_after"),
    (
        rf"{_NOTICE} (?P<n>[0-9]+|[a-z-]+) days (?:after"
        rf"|from) (?:its |the (?:day|date) of (?:its )?)?publication",
        "after",
    ),
    (rf"(?:published|given|announced|dated)(?: on)? {D}", "published"),
)


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(form), kind) for form, kind in _FORMS)


@dataclass(frozen=True, slots=True)
class DayMention:
    """A stretch of text that names days, and whether it is of the text as a whole (`ประกาศนี้`)."""

    start: int
    end: int
    since: date | None = None
    until: date | None = None
    published: date | None = None
    after_days: int | None = None
    lasting: tuple[int, str] | None = None
    whole: bool = False


def mentions(text: str, begins_line: Callable[[int], bool]) -> Iterator[DayMention]:
    """The days that a text without its spaces names; `begins_line` tells whether a line begins at a position."""
    left = text
    for form, kind in _forms():
        while (found := form.search(left)) is not None:
            start, end = found.span()
            whole = re.search(rf"{_TEXT}|this (?:amendment|notice|regulation|rule|announcement)", found[0])
            if whole is not None:
                # «ข้อ ๒ ประกาศนี้ให้ใช้บังคับ…» has a number of its own before it.
                own = re.search(r"(?:ข้อ[0-9]+|[0-9]+\.)$", left[:start])
                if own is not None and begins_line(own.start()):
                    start = own.start()
            left = left[:start] + "\x00" * (end - start) + left[end:]
            if (mention := _mention(found, kind, start, end, whole is not None)) is not None:
                yield mention


def _mention(found: re.Match[str], kind: str, start: int, end: int, whole: bool) -> DayMention | None:
    named = found.groupdict()
    days = [day for group in found.groups() if group and (day := _day(group)) is not None]
    match kind, days:
        case "period", [since, until]:
            return DayMention(start, end, since, until, whole=whole)
        case "since", [since]:
            return DayMention(start, end, since, whole=whole)
        case "until", [until]:
            return DayMention(start, end, None, until, whole=True)
        case "published", [published]:
            return DayMention(start, end, published=published)
        case "lasting", [since]:
            n = counted(named["n"])
            return (
                None
                if n is None
                else DayMention(start, end, since, lasted(since, n, named["unit"]), whole=whole)
            )
        case "for", _:
            n = counted(named["n"])
            return None if n is None else DayMention(start, end, lasting=(n, named["unit"]), whole=True)
        case "from_year" | "in_year", _:
            year = int(named["year"]) - (BUDDHIST_OFFSET if int(named["year"]) >= 2400 else 0)
            last = date(year, 9, 30) if kind == "in_year" else None
            return DayMention(start, end, date(year - 1, 10, 1), last, whole=whole)
        case "day_after", _:
            return DayMention(start, end, after_days=1, whole=True)
        case "same_day", _:
            return DayMention(start, end, after_days=0, whole=True)
        case "after", _:
            return DayMention(start, end, after_days=counted(named["n"]), whole=True)
    return None


def lasted(since: date, n: int, unit: str) -> date:
    """The last day of a time that begins on a day: it is complete on the day before the anniversary."""
    if unit == "วัน":
        return since + timedelta(days=n - 1)
    return completes(since, n * (12 if unit == "ปี" else 1))


def periods(
    found: list[DayMention], starts: list[int]
) -> tuple[DayMention | None, tuple[Period | None, ...]]:
    """The days of the text as a whole, and those of operations (by where they start) that have days of their own.

    Days follow what they are of, or lead it where the first days stand before the first operation.
    """
    dated = sorted((m for m in found if m.since is not None), key=lambda m: m.start)
    different = {(m.since, m.until) for m in dated}
    if len(different) <= 1:
        return (dated[0] if dated else None), ()
    whole = next((m for m in dated if m.whole), None)
    own = [m for m in dated if m is not whole]
    leads = bool(own and starts) and own[0].start < min(starts)
    of: list[Period | None] = []
    taken = -1
    for number, at in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else own[-1].end + 1 if own else at
        behind = [n for n, m in enumerate(own) if taken < n and m.start < at]
        ahead = [n for n, m in enumerate(own) if taken < n and at < m.start < end]
        if leads:
            last = [n for n, m in enumerate(own) if m.start < at]
            mine = last[-1] if last else None
        else:
            mine = ahead[0] if ahead else behind[-1] if behind else None
            if mine is None:  # several share the days that follow the last of them
                mine = next((n for n, m in enumerate(own) if m.start > at), None)
            else:
                taken = mine
        since = own[mine].since if mine is not None else None
        of.append(None if mine is None or since is None else Period(since, own[mine].until))
    return whole, tuple(of)


def _day(text: str) -> date | None:
    if not any(sign.isdigit() for sign in text) or text.isdigit():
        return None
    day = parse_date(text)
    return None if isinstance(day, DateProblem) else day
