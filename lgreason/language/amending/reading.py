"""An amending text read: quotations are masked, then days, the instrument and each operation are found.

Thai is compared without its spaces, English with one between words. What no pattern explains is left over and told:
no word of an amendment is passed over, but for its heading, the powers it cites, and notes in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from lgreason.language.amending.changes import (
    Add,
    Amending,
    Demand,
    InPost,
    Operation,
    Quoted,
    Repeal,
    Replace,
    Target,
    Term,
    Words,
)
from lgreason.language.nodes import Span
from lgreason.words.dates import DateProblem, parse_date
from lgreason.words.plain import Plain, plain

_QUOTES = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|‘([^’]*)’')
_FIRST_QUOTE = 0xE000
_MOST_QUOTES = 200
Q = "([\ue000-\ue0ff])"
_AMENDS = re.compile(
    r"^(?:ข้อ[0-9]+(?:\.[0-9]+)*)?(?:ประกาศ.{0,60}?)?(?:(?:โดย)?อาศัย.{0,300}?)?"
    r"(?:ให้(?:ยกเลิก|แก้|เพิ่ม|ตัด|แทนที่|เปลี่ยน|ลบ|ใช้คำว่า)|ให้ผู้(?:จะ|ที่จะ|ซึ่งจะ)ดำรง|ให้ผู้ดำรง|ผู้ซึ่งดำรงตำแหน่ง|ในระหว่าง|ระหว่างวันที่"
    r"|กำหนดเวลา(?!.*(?:สำหรับผู้|กรณี)).{0,80}ให้(?:ใช้|เป็น|เปลี่ยน|แก้|เพิ่ม|ลด)|ใน(?:ข้อ|\().{0,80}ให้)"
    r"|\b(?:is|are|shall be) (?:hereby )?(?:deleted|repealed|replaced|amended|inserted|added|substituted|omitted)\b"
    r"|^the following .*(?:added|inserted)|^the term (?!.*for persons).{0,100} shall be "
)
_LIKELY = re.compile(
    "ให้(?:ยกเลิก|แก้|เพิ่ม|ตัด|แทนที่|เปลี่ยน|ลบ|ใช้|เป็น|ผู้|ถือ)|deleted|repealed|replaced|amended|inserted|added"
    "|substituted|omitted|shall be|the term of",
    re.IGNORECASE,
)
_THAI_MONTHS = "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
_ENGLISH_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_ERA = r"(?: ?(?:พ\.? ?ศ\.?|ค\.? ?ศ\.?) ?)?"
D = (
    rf"((?:วันที่)?[0-9]{{1,2}}(?:เดือน)?(?:{_THAI_MONTHS}){_ERA}[0-9]{{4}}"
    rf"|[0-9]{{1,2}} (?:{_ENGLISH_MONTHS}) [0-9]{{4}}"
    rf"|(?:{_ENGLISH_MONTHS}) [0-9]{{1,2}},? [0-9]{{4}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"
)
_COMMENCES = r"(?:ทั้งนี้)?(?:ประกาศนี้|ระเบียบนี้|ข้อบังคับนี้)?(?:ให้)?(?:มีผล(?:ใช้บังคับ|บังคับใช้)?|ใช้บังคับ)?(?:ย้อนหลัง)?"
_NOTICE = (
    r"(?:(?:this (?:amendment|notice|regulation|rule|announcement)|it) )?"
    r"(?:(?:takes|shall take) effect|(?:comes|shall come) into force|is in force|applies|shall apply|has effect)"
)
_DAYS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form), kind)
    for form, kind in (
        (rf"(?:ใน)?ระหว่าง{D}(?:จนถึง|ถึง){D}", "period"),
        (rf"{_COMMENCES}(?:ตั้งแต่){D}(?:จนถึง|ถึง){D}(?:เป็นการชั่วคราว)?", "period"),
        (rf"{_COMMENCES}(?:ตั้งแต่){D}(?:เป็นต้นไป)?", "since"),
        (rf"{_COMMENCES}ตั้งแต่วันถัดจากวันประกาศ(?:ในราชกิจจานุเบกษา)?(?:เป็นต้นไป)?", "day_after"),
        (rf"{_COMMENCES}ตั้งแต่วันประกาศ(?:ในราชกิจจานุเบกษา)?(?:เป็นต้นไป)?", "same_day"),
        (
            rf"{_COMMENCES}(?:เมื่อพ้น(?:กำหนด)?|ตั้งแต่เมื่อพ้นกำหนด)(?P<n>[0-9]+|[ก-๎]+?)วันนับ(?:แต่|จาก|ถัดจาก)วันประกาศ(?:ในราชกิจจานุเบกษา)?(?:เป็นต้นไป)?",
            "after",
        ),
        (rf"ประกาศณ{D}", "published"),
        (rf"(?:between|during the period from) {D} (?:and|to|until) {D}", "period"),
        (rf"(?:{_NOTICE} )?(?:with effect )?from {D} (?:until|to) {D}", "period"),
        (rf"{_NOTICE} (?:on|from|as from|as of) {D}", "since"),
        (rf"(?:with effect |as )?from {D}", "since"),
        (rf"{_NOTICE} (?:on )?the day (?:after|following) (?:its |the day of )?publication", "day_after"),
        (rf"{_NOTICE} (?P<n>[0-9]+|[a-z]+) days (?:after|from) (?:its |the day of )?publication", "after"),
        (rf"(?:published|given|announced|dated)(?: on)? {D}", "published"),
    )
)
_HEADING = (
    re.compile(r"^ประกาศ[^\ue000-\ue0ff]{0,80}?(?=อาศัย|ให้|กำหนดเวลา|ผู้ซึ่ง|ข้อ[0-9]|ระหว่าง|ใน(?:ระหว่าง|ข้อ))"),
    re.compile(r"(?:โดย)?อาศัยอำนาจ[^\ue000-\ue0ff]{0,300}?(?=ให้ผู้|ให้ยกเลิก|ให้แก้|ให้เพิ่ม|ให้ตัด)"),
    re.compile(r"(?<!\S)ข้อ[0-9]+(?=ให้(?:ยกเลิก|แก้|เพิ่ม|ตัด|ผู้))"),
)
_NOTE = re.compile(r"\((?=[^()]{6,400}\))(?:มาตรฐาน|หมายเหตุ|ทั้งนี้เป็นไปตาม|note)[^()]*\)")
_OF = r"(?:ของ|แห่ง|ใน|ตาม|of the |of |in the |in |to the )?"
T = r"([^\ue000-\ue0ff]+?)"
_ANY = r"(?:ความ|ข้อความ|ถ้อยคำ|คำ)"
_WORD = r"(?:คำว่า|ความว่า|ข้อความว่า|ถ้อยคำว่า|คำ)?"
_AMOUNT = r"((?:[0-9]+|[ก-๎]{2,8}?)(?:ปี(?:[0-9]+เดือน)?|เดือน|วัน|สัปดาห์))"
_AMOUNT_EN = r"((?:[0-9]+|[a-z-]+) (?:years?|months?)(?: and [0-9a-z]+ months?)?)"
_FILLER = re.compile(r"^(?:และ|ทั้งนี้|โดย|แล้ว|จึง|[.,;: ]|and |:)+|(?:และ|ทั้งนี้|[.,;: ]| and)+$")


def amends(written: str) -> bool:
    """Whether a text reads as an amendment, not as a demand."""
    if _LIKELY.search(written) is None:
        return False
    masked, _ = _masked(written)
    return _AMENDS.search(plain(masked.replace(":", " ")).text) is not None


def read_amending(written: str, offset: int, documents: Mapping[str, str]) -> Amending:
    """What an amending text changes; `documents` are the names of instruments in their plain form, with their ids."""
    return _Reading(written, offset, documents).amending()


def _masked(written: str) -> tuple[str, list[tuple[str, Span]]]:
    """The text with a sign of its own for each quotation, as long as it was, and what was quoted."""
    quoted: list[tuple[str, Span]] = []

    def sign(match: re.Match[str]) -> str:
        text = next(group for group in match.groups() if group is not None)
        begin = match.start() + 1
        quoted.append((text, (begin, begin + len(text))))
        return chr(_FIRST_QUOTE + len(quoted) - 1) + "\u200b" * (len(match[0]) - 1)

    return _QUOTES.sub(sign, written, count=_MOST_QUOTES), quoted


class _Reading:
    def __init__(self, written: str, offset: int, documents: Mapping[str, str]) -> None:
        self._written, self._offset = written, offset
        masked, self._quoted = _masked(written)
        self._plain: Plain = plain(masked.replace(":", " "))
        self._text = self._plain.text
        self._documents = documents
        self._values: dict[str, object] = {}
        self._operations: list[tuple[int, Operation]] = []

    # ── places ────────────────────────────────────────────────────────────────────────────────────────────────

    def _span(self, start: int, end: int) -> Span:
        first = self._plain.place(start)
        last = self._plain.place(end - 1) + 1 if end > start else first
        return (self._offset + first, self._offset + last)

    def _q(self, sign: str) -> Quoted:
        text, (start, end) = self._quoted[ord(sign) - _FIRST_QUOTE]
        return Quoted(text.strip(), (self._offset + start, self._offset + end))

    def _target(self, match: re.Match[str], group: int) -> Target:
        text = match[group] or ""
        text = re.sub(r"^(?:ใน|ของ|แห่ง|of |in |to )|(?:ของ|แห่ง|ใน| of| in)$", "", text.strip(" \x00"))
        start, end = match.span(group) if match[group] else match.span()
        return Target(text.strip(" \x00"), self._span(start, end))

    def _blank(self, start: int, end: int) -> None:
        """Take away what has been understood; the places of the rest stay."""
        self._text = self._text[:start] + "\x00" * (end - start) + self._text[end:]

    # ── the whole ─────────────────────────────────────────────────────────────────────────────────────────────

    def amending(self) -> Amending:
        for form in (*_HEADING[:2], _NOTE):
            for match in form.finditer(self._text):
                self._blank(*match.span())
        unknown = self._instrument()
        self._steps()
        self._days()
        for match in _HEADING[2].finditer(self._text.replace("\x00", " ")):
            self._blank(*match.span())
        for form, make in _OPERATIONS:
            while (said := form.search(self._text)) is not None:
                self._operations.append((said.start(), make(self, said)))
                self._blank(*said.span())
        left = self._left()
        return Amending(
            self._written.strip(),
            (self._offset, self._offset + len(self._written)),
            tuple(made for _, made in sorted(self._operations, key=lambda pair: pair[0])),
            unknown_document=unknown,
            unread=left,
            **self._values,  # type: ignore[arg-type]
        )

    def _left(self) -> Quoted | None:
        for match in re.finditer(r"[^\x00]+", self._text):
            text = _FILLER.sub("", match[0].strip())
            if text:
                span = self._span(*match.span())
                shown = self._plain.as_written(*match.span())
                quoted = [self._q(sign).text for sign in text if "\ue000" <= sign <= "\ue0ff"]
                return Quoted(shown if not quoted else f"{shown} {quoted[0]}".strip(), span)
        return None

    def _instrument(self) -> Quoted | None:
        for name, identity in sorted(self._documents.items(), key=lambda pair: -len(pair[0])):
            form = re.compile(rf"{_OF}{re.escape(name)}(?:ลง(?:วันที่)?{D}|,? dated {D})?(?:ฉบับที่[0-9]+)?")
            found = list(form.finditer(self._text))
            if found:
                self._values["document"] = identity
                for match in found:
                    self._blank(*match.span())
                return None
        other = re.search(
            r"(?:ของ|แห่ง)((?:ประกาศ|ระเบียบ|ข้อบังคับ|มาตรฐาน)(?!นี้)[^\ue000-\ue0ff\x00]+?)(?=ลงวันที่|และให้|ให้|เป็น|ตั้งแต่|ทั้งนี้|[\ue000-\ue0ff\x00]|$)",
            self._text,
        )
        if other is None:
            return None
        found_text = Quoted(self._plain.as_written(*other.span(1)), self._span(*other.span(1)))
        self._blank(*other.span())
        return found_text

    # ── days ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _days(self) -> None:
        for form, kind in _DAYS:
            while (found := form.search(self._text)) is not None:
                days = [self._day(group) for group in found.groups() if group and not group.isalpha()]
                days = [day for day in days if day is not None]
                match kind, days:
                    case "period", [since, until]:
                        self._values |= {"since": since, "until": until}
                    case "since", [since]:
                        self._values["since"] = since
                    case "published", [published]:
                        self._values["published"] = published
                    case "day_after", _:
                        self._values["after_days"] = 1
                    case "same_day", _:
                        self._values["after_days"] = 0
                    case "after", _:
                        self._values["after_days"] = _counted(found["n"])
                self._blank(*found.span())

    @staticmethod
    def _day(text: str) -> date | None:
        day = parse_date(text)
        return None if isinstance(day, DateProblem) else day

    def _steps(self) -> None:
        """A term that changes step by step, each from its own day."""
        form = re.compile(rf"กำหนดเวลา(?:{_AMOUNT})?(?:ตาม|ใน){T}\x00*ให้ใช้(?:ดังต่อไปนี้|ดังนี้)")
        english = re.compile(rf"the term (?:of {_AMOUNT_EN} )?(?:of|in) {T}\x00* (?:is|shall be) as follows")
        step = re.compile(rf"\(?[0-9ก-ฮ]{{1,2}}\)ตั้งแต่{D}(?:เป็นต้นไป)?(?:ให้ใช้|ต้อง)?(?:ไม่น้อยกว่า)?{_AMOUNT}")
        english_step = re.compile(rf"\(?[0-9a-z]\)? ?from {D},? (?:it is )?(?:not less than )?{_AMOUNT_EN}")
        for head, each in ((form, step), (english, english_step)):
            if (begins := head.search(self._text)) is None:
                continue
            target = self._target(begins, 2)
            end = begins.end()
            for one in each.finditer(self._text, end):
                term = Term(target, begins[1], one[2], self._span(*one.span(2)), self._day(one[1]))
                self._operations.append((one.start(), term))
                end = one.end()
            self._blank(begins.start(), end)


# ── the operations ────────────────────────────────────────────────────────────────────────────────────────────

_Make = Callable[[_Reading, "re.Match[str]"], Operation]


def _operations() -> Iterator[tuple[re.Pattern[str], _Make]]:
    def one(form: str, make: _Make) -> tuple[re.Pattern[str], _Make]:
        # What was understood before may lie between the words of an operation.
        return re.compile(form.replace("~", "\x00*")), make

    # words instead of words
    yield one(
        rf"ให้(?:แก้ไข|แก้|เปลี่ยน){_WORD}~{Q}~(?:ใน{T})?~(?:เป็น|ให้เป็น){_WORD}~{Q}",
        lambda r, m: Words(r._target(m, 2), r._q(m[1]), r._q(m[3])),
    )
    yield one(
        rf"ให้ยกเลิก{_WORD[:-1]}~{Q}~(?:ใน{T})?~และ(?:ให้)?ใช้{_WORD}~{Q}~แทน",
        lambda r, m: Words(r._target(m, 2), r._q(m[1]), r._q(m[3])),
    )
    yield one(
        rf"(?:ใน{T})?~ให้ใช้{_WORD}~{Q}~แทน{_WORD}~{Q}(?:~ใน{T}(?=\x00|$))?",
        lambda r, m: Words(r._target(m, 1 if m[1] else 4), r._q(m[3]), r._q(m[2])),
    )
    yield one(
        rf"ให้แทนที่{_WORD}~{Q}~(?:ใน{T})?~ด้วย{_WORD}~{Q}",
        lambda r, m: Words(r._target(m, 2), r._q(m[1]), r._q(m[3])),
    )
    yield one(
        rf"(?:ใน{T})?~ให้เพิ่ม{_WORD}~{Q}~(ต่อท้าย|หลัง|ถัดจาก|ต่อจาก|ก่อน|หน้า){_WORD}~{Q}~(?:(?:ใน|ของ){T}(?=\x00|$))?",
        lambda r, m: Words(
            r._target(m, 1 if m[1] else 5),
            r._q(m[4]),
            r._q(m[2]),
            "before" if m[3] in ("ก่อน", "หน้า") else "after",
        ),
    )
    yield one(
        rf"ให้(?:ตัด|ยกเลิก|ลบ)(?:คำว่า|ความว่า|ข้อความว่า|ถ้อยคำว่า|คำ)~{Q}~(?:(?:ออกจาก|ใน){T})?~(?:ออก)?(?=\x00|$|และ)",
        lambda r, m: Words(r._target(m, 2), r._q(m[1]), None),
    )
    # a provision instead of a provision
    yield one(
        rf"ให้ยกเลิก(?:{_ANY}(?:ใน|ของ))?{T}~และ(?:ให้)?ใช้{_ANY}?(?:ดัง)?(?:ต่อไปนี้)?แทน~{Q}",
        lambda r, m: Replace(r._target(m, 1), r._q(m[2])),
    )
    yield one(
        rf"ให้(?:แก้ไข|แก้)(?:เพิ่มเติม)?(?:{_ANY}(?:ใน|ของ))?{T}~(?:เป็น|ให้เป็น)?(?:ดังนี้|ดังต่อไปนี้|ความต่อไปนี้)~{Q}",
        lambda r, m: Replace(r._target(m, 1), r._q(m[2])),
    )
    # new provisions
    yield one(
        rf"ให้เพิ่ม{_ANY}?(?:ต่อไปนี้|ดังต่อไปนี้)?เป็น{T}~(?:ต่อจาก|ถัดจาก|ต่อท้าย|หลัง){T}~{Q}",
        lambda r, m: Add(r._target(m, 1), r._q(m[3]), r._target(m, 2)),
    )
    yield one(rf"ให้เพิ่ม{_ANY}?(?:ต่อไปนี้|ดังต่อไปนี้)?เป็น{T}~{Q}", lambda r, m: Add(r._target(m, 1), r._q(m[2])))
    yield one(
        rf"ให้เพิ่ม{_ANY}?(?:ต่อไปนี้|ดังต่อไปนี้)?(?:ต่อจาก|ถัดจาก|ต่อท้าย|หลัง|ใน){T}~{Q}",
        lambda r, m: Add(Target("", r._span(*m.span())), r._q(m[2]), r._target(m, 1)),
    )
    yield one(
        rf"ให้เพิ่ม((?:ข้อ|วรรค|\()[^\ue000-\ue0ff\x00]+?)(?:(?:ต่อจาก|ถัดจาก|ต่อท้าย|หลัง|ของ|ใน){T})?~(?:ดังนี้|ดังต่อไปนี้|ความว่า)?~{Q}",
        lambda r, m: Add(r._target(m, 1), r._q(m[3]), r._target(m, 2) if m[2] else None),
    )
    # terms
    to = r"ให้(?:ใช้|เป็น|เปลี่ยนเป็น|แก้เป็น|แก้ไขเป็น|ลดเป็น|ลดเหลือ|ลดลงเหลือ|เพิ่มเป็น|เพิ่มขึ้นเป็น)(?:ไม่น้อยกว่า)?"
    yield one(
        rf"กำหนดเวลา(?:{_AMOUNT})?~(?:(?:ตาม|ใน|ของ){T})?~{to}{_AMOUNT}(?:เป็นการชั่วคราว|แทน)?",
        lambda r, m: Term(r._target(m, 2), m[1], m[3], r._span(*m.span(3))),
    )
    # further demands on who is to hold a post
    who = r"ให้ผู้(?:ที่|ซึ่ง)?(?:จะ)?ดำรงตำแหน่ง"
    yield one(
        rf"{who}([^\ue000-\ue0ff\x00]+?)~(ใน[^\ue000-\ue0ff\x00]+?)?~นอกจาก(?:ต้อง)?มีคุณสมบัติ(?:ตาม)?[^\ue000-\ue0ff]*?แล้ว(?:จะ|ยัง)*ต้อง([^\ue000-\ue0ff\x00]+)",
        lambda r, m: Demand(
            _who(r, m, 1), _where(r, m), r._plain.as_written(*m.span(3)), r._span(*m.span(3))
        ),
    )
    yield one(
        rf"{who}([^\ue000-\ue0ff\x00]+?)~(ใน[^\ue000-\ue0ff\x00]+?)?~((?:ต้อง)?(?:ปฏิบัติ|ได้รับ|ดำรงตำแหน่งหรือ|เคยดำรง|มี)[^\ue000-\ue0ff\x00]+?)~แทน(?:กำหนดเวลา|ความ)?(?:ตาม|ใน){T}(?=\x00|$)",
        lambda r, m: Demand(
            _who(r, m, 1), _where(r, m), r._plain.as_written(*m.span(3)), r._span(*m.span(3)), r._target(m, 4)
        ),
    )
    yield one(
        rf"ผู้(?:ซึ่ง|ที่)ดำรงตำแหน่ง([^\ue000-\ue0ff\x00]+?)อยู่(?:แล้ว)?(?:ใน|ก่อน)วัน(?:ก่อนวัน)?(?:ที่ประกาศนี้(?:มีผล)?ใช้บังคับ)?~ให้ถือว่า(?:เป็นผู้)?มีคุณสมบัติ(?:ตาม{T})?(?:ต่อไป)(?:แม้[^\ue000-\ue0ff\x00]*)?(?=\x00|$)",
        lambda r, m: InPost(_who(r, m, 1), r._target(m, 2), r._span(*m.span())),
    )
    # repeal: what is left that says so
    yield one(
        rf"ให้(?:ยกเลิก|ตัด)(?:ความใน)?{T}(?:ออก|เสีย)?(?=\x00|$|และ(?:ให้)?(?:แก้|เพิ่ม))",
        lambda r, m: Repeal(r._target(m, 1)),
    )
    # English
    done = r"(?:is|are|shall be)(?: hereby)?"
    the = r"(?:the )?(?:words?|figures?|expression|text) ?"
    yield one(
        rf"{T}~ ?{done} (?:deleted and |repealed and |amended and )?(?:replaced|substituted) by the following ?~{Q}",
        lambda r, m: Replace(r._target(m, 1), r._q(m[2])),
    )
    yield one(
        rf"{T}~ ?{done} amended to read(?: as follows)? ?~{Q}",
        lambda r, m: Replace(r._target(m, 1), r._q(m[2])),
    )
    yield one(
        rf"in {T},? ~{the}{Q} ?~{done} (?:replaced|substituted) by (?:{the})?{Q}",
        lambda r, m: Words(r._target(m, 1), r._q(m[2]), r._q(m[3])),
    )
    yield one(
        rf"{the}{Q} ?~(?:in|of) {T}~ ?{done} (?:replaced|substituted) by (?:{the})?{Q}",
        lambda r, m: Words(r._target(m, 2), r._q(m[1]), r._q(m[3])),
    )
    yield one(
        rf"{the}{Q} ?~{done} inserted (after|before) (?:{the})?{Q} ?~(?:in|of) {T}(?=\x00|$|\.)",
        lambda r, m: Words(
            r._target(m, 4), r._q(m[3]), r._q(m[1]), "before" if m[2] == "before" else "after"
        ),
    )
    yield one(
        rf"in {T},? ~(?:(after|before) {the}{Q},? ?)(?:{the})?{Q} ?~{done} inserted",
        lambda r, m: Words(
            r._target(m, 1), r._q(m[3]), r._q(m[4]), "before" if m[2] == "before" else "after"
        ),
    )
    yield one(
        rf"{the}{Q} ?~(?:in|of) {T}~ ?{done} (?:deleted|omitted|repealed)",
        lambda r, m: Words(r._target(m, 2), r._q(m[1]), None),
    )
    yield one(
        rf"the following (?:text |item |paragraph |words? )?{done} (?:added|inserted) as {T}(?: after {T})? ?~{Q}",
        lambda r, m: Add(r._target(m, 1), r._q(m[3]), r._target(m, 2) if m[2] else None),
    )
    yield one(
        rf"the following (?:text |item |paragraph )?{done} (?:added|inserted) (?:after|to) {T} ?~{Q}",
        lambda r, m: Add(Target("", r._span(*m.span())), r._q(m[2]), r._target(m, 1)),
    )
    yield one(
        rf"the term(?: of {_AMOUNT_EN})? (?:of|in|under) {T}~ ?{done} (?:reduced to |raised to |changed to )?"
        rf"(?:not less than )?{_AMOUNT_EN}",
        lambda r, m: Term(r._target(m, 2), m[1], m[3], r._span(*m.span(3))),
    )
    yield one(rf"{T}~ ?{done} (?:deleted|repealed|omitted)", lambda r, m: Repeal(r._target(m, 1)))


def _who(reading: _Reading, match: re.Match[str], group: int) -> str:
    return reading._plain.as_written(*match.span(group))


def _where(reading: _Reading, match: re.Match[str]) -> str:
    return reading._plain.as_written(*match.span(2)) if match[2] else ""


_OPERATIONS = tuple(_operations())


def _counted(written: str) -> int | None:
    """A number of days as written: in digits, or in words."""
    if written.isdigit():
        return int(written)
    return NUMBERS.get(written)


def _numbers() -> dict[str, int]:
    ones = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
    found = {name: n for n, name in enumerate(ones, 1)}
    for n in range(10, 100):
        tens, one = divmod(n, 10)
        ten = {1: "สิบ", 2: "ยี่สิบ"}.get(tens, f"{ones[tens - 1]}สิบ")
        found[ten + ("" if not one else "เอ็ด" if one == 1 else ones[one - 1])] = n
    for hundreds in range(1, 10):
        for rest in range(100):
            tail = next((name for name, n in found.items() if n == rest), "") if rest else ""
            found[f"{ones[hundreds - 1]}ร้อย{tail}"] = 100 * hundreds + rest
    english = (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    )
    for n, name in enumerate(english.split(), 1):
        found[name] = n
    found |= {"thirty": 30, "sixty": 60, "ninety": 90, "forty": 40, "fifty": 50, "twenty": 20}
    return found


NUMBERS = _numbers()
