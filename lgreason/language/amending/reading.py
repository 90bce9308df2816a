"""An amending text read: quotations are masked, then the instrument, the days and each operation are found.

Thai is compared without its spaces, English with one between words. What nothing explains is left over and told:
no word of an amendment is passed over, but for its heading, the powers it cites, its signature and notes in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from lgreason.language.amending.changes import Amending, Operation, Quoted, Target, TermChanged
from lgreason.language.amending.commencing import D, DayMention, lasted, mentions, periods
from lgreason.language.amending.frames import Frames
from lgreason.language.amending.patterns import AMOUNT_EN, Make, T, operations, people
from lgreason.language.grammar.nodes import Span
from lgreason.words.dates import DateProblem, parse_date
from lgreason.words.plain import Plain, plain

_QUOTES = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|‘([^’]*)’')
_FIRST_QUOTE, _FIRST_DATE = 0xE000, 0xE100
_MOST_QUOTES = 200
_THAI_AMOUNT = r"((?:[0-9]+|[ก-๎]{2,8}?)(?:ปี(?:[0-9]+เดือน)?|เดือน|วัน|สัปดาห์))"
_DONE = (
    r"\b(?:(?:is|are|shall be|be) (?:hereby )?(?:deleted|repealed"
    r"|replaced|amended|inserted|added|substituted|omitted|revoked)"
    r"|(?:by )?(?:substituting|inserting|deleting|omitting|adding|replacing)"
    r"|substitute|insert|omit|delete|cease to (?:have effect|apply))\b"
)
_STRONG = (
    r"ให้(?:แก้|แทรก|เพิ่มความ|เพิ่มคำ|เพิ่มข้อ|เพิ่มวรรค|แทนที่|เปลี่ยน(?!แปลง)|ลบ)|ยกเลิก|ให้ใช้(?:คำ|ความ|ข้อความ|ถ้อยคำ)"
    r"|(?:มิให้|ไม่ให้)(?:นำ|ใช้บังคับ)"
)
_WEAK = (
    r"ให้(?:ใช้|เป็น|ลด|เพิ่ม|ปรับ|ขยาย|ตัด|เปลี่ยน|ถือว่า)"
    r"|(?:ให้|กำหนดให้)ผู้(?:จะ|ที่|ซึ่ง|ดำรง|ได้รับแต่งตั้ง)|ผู้(?:ซึ่ง|ที่)ดำรงตำแหน่ง"
    r"|ผู้(?:ที่|ซึ่ง)?จะ(?:ได้รับ(?:การ)?แต่งตั้ง)?(?:ให้)?ดำรงตำแหน่ง.{1,200}นอกจาก"
)
_SET = (
    # A term that is set anew, save where it is so for some persons alone: then the sentence is a reduction of a rule.
    r"^(?:ข้อ[0-9]+)?กำหนดเวลา(?!.*(?:สำหรับผู้(?!จะ)|กรณี)).{0,80}ให้(?:ใช้|เป็น|เปลี่ยน|แก้|เพิ่ม|ลด)"
    r"|^(?:ให้ผู้(?:จะ|ที่จะ|ซึ่งจะ)?ดำรง|ผู้ซึ่งดำรงตำแหน่ง"
    r"|ในระหว่าง.{0,40}กำหนดเวลา)|^the term (?!.*for persons).{0,100} shall be "
    r"|^(?:with effect )?(?:from|between|during) .{4,60} the term (?!.*for persons).{0,100} (?:is|shall be) "
)
_STRONG_FORM = re.compile(rf"{_STRONG}|{_DONE}")
_WEAK_FORM = re.compile(_WEAK)
_SET_FORM = re.compile(_SET)
_NAMES_PLACE = re.compile(
    r"ข้อ[0-9]|วรรค|\([0-9ก-ฮ]\)|[\ue000-\ue0ff]|(?:items?|paragraph|no\.) ?[0-9]|เงื่อนไข"
)
_COMMENCED = re.compile(rf"(?:ตั้งแต่|นับแต่){D}|ประกาศนี้|วันประกาศ|ปีงบประมาณ|ระหว่าง{D}")
_LIKELY = re.compile(
    "ยกเลิก|นอกจาก|ให้(?:แก้|แทรก|เพิ่ม|ตัด|แทนที่|เปลี่ยน|ลบ|ใช้|เป็น|ผู้|ถือ|ลด|ปรับ|ขยาย)|มิให้|ไม่ให้|ผู้ซึ่งดำรง|deleted|repealed|replaced"
    "|amended|inserted|added|substitut|omit|insert|deleting|adding|replacing|revoked|cease|shall be|the term of",
    re.IGNORECASE,
)
_HEADING = (
    re.compile(
        r"^ประกาศ(?!นี้)[^\ue000-\ue0ff]{0,200}?(?=โดยที่|อาศัย|มิให้|ไม่ให้|ให้|กำหนด|ผู้ซึ่ง|ผู้ที่|ข้อ[0-9]|ระหว่าง|ตั้งแต่|ความใน|ใน(?:ระหว่าง|ข้อ|ปี))"
    ),
    re.compile(
        r"โดยที่[^\ue000-\ue0ff]{0,400}?(?=จึงกำหนด|จึงออก|จึงให้|จึงประกาศ|อาศัย|ให้(?:ยกเลิก|แก้(?!ไขเพิ่มเติมประกาศ)|เพิ่มความ))"
    ),
    re.compile(
        r"(?:โดย)?อาศัยอำนาจ[^\ue000-\ue0ff]{0,500}?(?=จึงออก|จึงกำหนด|จึงประกาศ|ให้ผู้|ให้ยกเลิก|ให้แก้|ให้เพิ่ม|ให้ตัด|ให้ใช้|กำหนดให้)"
    ),
    re.compile(
        r"จึง(?:ออก|ได้ออก)?(?:ประกาศ|ระเบียบ|ข้อกำหนด)?(?:ไว้|กำหนดไว้)(?:ดังต่อไปนี้|ดังนี้)|จึงให้(?=แก้|ยกเลิก|เพิ่ม)"
    ),
    re.compile(r"(?:ข้อ[0-9]+)?(?:ประกาศ|ระเบียบ)นี้(?:ให้)?เรียกว่า[\ue000-\ue0ff]"),
    re.compile(r"\(?(?:ลงชื่อ|ลงนาม)\)?[^\ue000-\ue0ff\x00]{0,200}$"),
)
_OWN = re.compile(
    r"(?:ข้อ[0-9]+|[0-9]+\.)(?= ?(?:ให้|ความใน|ข้อความใน|คำว่า|กำหนด|ระยะเวลา|ใน(?:ข้อ|\(|วรรค)|ผู้|มิให้|คำขอ|\x00+ให้))"
    r"|(?:\((?:[0-9]{1,2}|[ก-ฮa-z])\)|[0-9]+\.) ?"
    r"(?=(?:ให้)?(?:ยกเลิก|แก้|เพิ่ม|แทรก|ตัด|ใช้|เปลี่ยน|ปรับ|ลด|ขยาย)|คำว่า|ความใน|ใน(?:ข้อ|\(|วรรค)"
    r"|(?:in|items?|for|after|the|by|substitute|insert|omit|delete|replace)\b)"
)
"""The number that an item of the amending text itself has."""
_AS_FOLLOWS = re.compile(
    r"(?:ให้)?แก้ไข(?:เพิ่มเติม)?\x00+(?:ดังต่อไปนี้|ดังนี้)(?=\x00| "
    r"|$)|(?<=\x00) ?(?:is|shall be) (?:hereby )?amended as follows ?"
)
_NOTE = re.compile(r"\((?=[^()]{6,400}\))(?:ตาม)?(?:มาตรฐาน|หมายเหตุ|ทั้งนี้เป็นไปตาม|note)[^()]*\)")
_OF = r"(?:ของ|แห่ง|ใน|ตาม|of the |of |in the |in |to the |the )?"
_SAID = re.compile(
    rf"{_OF}(?:(?:ประกาศ|ระเบียบ|ข้อบังคับ)(?:ฉบับ)?(?:ดังกล่าว|เดียวกัน|ข้างต้น)|(?:said|same) (?:notice|regulation))"
)
"""The instrument that was named before."""
_FILLER = re.compile(r"^(?:และ|แต่|ทั้งนี้|โดย|แล้ว|จึง|[.,;: ]|and |but |:)+|(?:และ|ทั้งนี้|[.,;: ]| and)+$")


def amends(written: str) -> bool:
    """Whether a text reads as an amendment, not as a demand."""
    if _LIKELY.search(written) is None:
        return False
    masked, quoted = _masked(written)
    text = plain(masked.replace(":", " ")).text
    if text.lstrip().startswith(("ต้อง", "must ")):
        return False  # a demand, whatever instruments it names
    if _SET_FORM.search(text):
        return True
    if _STRONG_FORM.search(text) and (quoted or _NAMES_PLACE.search(text) or _COMMENCED.search(text)):
        return True
    return _WEAK_FORM.search(text) is not None and _COMMENCED.search(text) is not None


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
    """One amending text; what has been understood is blanked, the places of the rest stay."""

    def __init__(self, written: str, offset: int, documents: Mapping[str, str]) -> None:
        self._written, self._offset = written, offset
        masked, self._quoted = _masked(written)
        self._plain: Plain = plain(masked.replace(":", " "))
        self._text = self._plain.text
        self._documents = documents
        self._values: dict[str, object] = {}
        self._dates: dict[str, date] = {}
        self._operations: list[tuple[int, Operation]] = []

    # ── parts of the text ─────────────────────────────────────────────────────────────────────────────────────

    def span(self, start: int, end: int) -> Span:
        """Where a stretch stands in the file."""
        first = self._plain.place(start)
        last = self._plain.place(end - 1) + 1 if end > start else first
        return (self._offset + first, self._offset + last)

    def quoted(self, sign: str) -> Quoted:
        """What was quoted where a sign stands."""
        text, (start, end) = self._quoted[ord(sign) - _FIRST_QUOTE]
        return Quoted(text.strip(), (self._offset + start, self._offset + end))

    def written(self, start: int, end: int) -> Quoted:
        """A stretch as it was written."""
        last = self._plain.place(end - 1) + 1 if end > start else self._plain.place(start)
        return Quoted(self._plain.written[self._plain.place(start) : last].strip(), self.span(start, end))

    def target(self, text: str, start: int, end: int) -> Target:
        """A provision that is named."""
        text = re.sub(
            r"^(?:ใน|ของ|แห่ง|of |in |to |ความใน|ข้อความใน)|(?:ของ|แห่ง|ใน| of| in)$", "", text.strip(" \x00")
        )
        return Target(text.strip(" \x00"), self.span(start, end))

    def dated(self, text: str) -> date | None:
        """The day that a sign in a text stands for."""
        return next((self._dates[sign] for sign in text if sign in self._dates), None)

    def _blank(self, start: int, end: int) -> None:
        self._text = self._text[:start] + "\x00" * (end - start) + self._text[end:]

    def _begins_line(self, position: int) -> bool:
        before = self._plain.written[: self._plain.place(position)].rstrip(" \t\u200b")
        return not before or before.endswith("\n")

    # ── the whole ─────────────────────────────────────────────────────────────────────────────────────────────

    def amending(self) -> Amending:
        """What the text says."""
        for form in (*_HEADING, _NOTE):
            for match in form.finditer(self._text):
                self._blank(*match.span())
        unknown = self._instrument()
        self._steps()
        self._days_of_holding()
        days = list(mentions(self._text, self._begins_line))
        for mention in days:
            self._blank(mention.start, mention.end)
        self._own_numbers()
        for form, make in people():
            self._by_pattern(form, make)
        for framed in Frames(self).read(self._text):
            self._operations += [(framed.start, made) for made in framed.operations]
            self._blank(framed.start, framed.end)
        for form, make in operations():
            self._by_pattern(form, make)
        self._operations.sort(key=lambda pair: pair[0])
        self._dated(days)
        return Amending(
            self._written.strip(),
            (self._offset, self._offset + len(self._written)),
            tuple(made for _, made in self._operations),
            unknown_document=unknown,
            unread=self._left(),
            **self._values,  # type: ignore[arg-type]  # values by field
        )

    def _by_pattern(self, form: re.Pattern[str], make: Make) -> None:
        while (said := form.search(self._text)) is not None:
            self._operations.append((said.start(), make(self, said)))
            self._blank(*said.span())

    def _left(self) -> Quoted | None:
        for match in re.finditer(r"[^\x00]+", self._text):
            text = _FILLER.sub("", match[0].strip())
            if text:
                span = self.span(*match.span())
                shown = self._plain.as_written(*match.span())
                quoted = [self.quoted(sign).text for sign in text if "\ue000" <= sign <= "\ue0ff"]
                shown = re.sub("[\ue000-\ue0ff\u200b]+", "…", shown)
                return Quoted(shown if not quoted else f"{shown} {quoted[0]}".strip(), span)
        return None

    def _instrument(self) -> Quoted | None:
        for name, identity in sorted(self._documents.items(), key=lambda pair: -len(pair[0])):
            form = re.compile(
                rf"{_OF}{re.escape(name)}(?:\(?ฉบับที่[0-9]+\)?)?(?:พ\. ?ศ\. ?[0-9]{{4}})?"
                rf"(?:ลง(?:วันที่)?{D}|,? dated {D})?(?:ฉบับที่[0-9]+)?"
            )
            found = list(form.finditer(self._text))
            if found:
                self._values["document"] = identity
                for match in (*found, *_SAID.finditer(self._text)):
                    self._blank(*match.span())
                return None
        other = re.search(
            r"(?:ของ|แห่ง)((?:ประกาศ|ระเบียบ|ข้อบังคับ|มาตรฐาน)(?!นี้)[^\ue000-\ue0ff\x00]+?)(?=ลงวันที่|และให้|ให้|เป็น|ตั้งแต่|ทั้งนี้|[\ue000-\ue0ff\x00]|$)",
            self._text,
        )
        if other is None:
            return None
        found_text = Quoted(self._plain.as_written(*other.span(1)), self.span(*other.span(1)))
        self._blank(*other.span())
        return found_text

    def _own_numbers(self) -> None:
        """The numbers that the items of the amending text itself have, at the beginning of a line."""
        for match in _OWN.finditer(self._text):
            rest = self._text[match.end() :].partition("\x00")[0]
            alone = re.search(r"ข้อ[0-9]|\([ก-ฮ0-9]\)|วรรค|[\ue000-\ue0ff]", rest) is None
            item = match[0].startswith("ข้อ")
            if self._begins_line(match.start()) and not (item and alone and rest.startswith("ให้")):
                self._blank(*match.span())
        for match in _AS_FOLLOWS.finditer(self._text):
            self._blank(*match.span())

    # ── days ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _dated(self, found: list[DayMention]) -> None:
        whole, own = periods(found, [start for start, _ in self._operations])
        values = self._values
        if whole is not None:
            values["since"], values["until"] = whole.since, whole.until
        if any(own):
            values["periods"] = own
        for mention in found:
            if mention.published is not None:
                values["published"] = mention.published
            if mention.after_days is not None:
                values["after_days"] = mention.after_days
            if mention.since is None and mention.until is not None:
                values["until"] = mention.until
        since = values.get("since")
        published, days = values.get("published"), values.get("after_days")
        if since is None and isinstance(published, date) and isinstance(days, int):
            since = published + timedelta(days=days)
        for mention in found:
            if mention.lasting is not None and isinstance(since, date):
                values["until"] = lasted(since, *mention.lasting)

    def _days_of_holding(self) -> None:
        """Days on which a post was held are no days of the text: a sign stands for each."""
        first = re.compile(r"(?:(?<=ก่อน)|(?<=อยู่ใน))วันที่(?:ประกาศ|ระเบียบ)นี้(?:มีผล)?(?:ใช้บังคับ|บังคับใช้)")
        self._text = first.sub(lambda m: "\ue200" + "\x00" * (len(m[0]) - 1), self._text)
        for match in re.finditer(rf"(?<=อยู่)(?:แล้ว)?(?:ใน|ก่อน|ณ){D}", self._text):
            if (day := self._day(match[1])) is not None:
                sign = chr(_FIRST_DATE + len(self._dates))
                self._dates[sign] = day
                start, end = match.span(1)
                self._text = f"{self._text[:start]}{sign}" + "\x00" * (end - start - 1) + self._text[end:]

    @staticmethod
    def _day(text: str) -> date | None:
        day = parse_date(text)
        return None if isinstance(day, DateProblem) else day

    def _steps(self) -> None:
        """A term that changes step by step, each from its own day."""
        form = re.compile(rf"กำหนดเวลา(?:{_THAI_AMOUNT})?(?:ตาม|ใน|ของ){T}\x00*ให้(?:ใช้|เป็นไป)(?:ดังต่อไปนี้|ดังนี้)")
        english = re.compile(rf"the term (?:of {AMOUNT_EN} )?(?:of|in) {T}\x00* (?:is|shall be) as follows")
        step = re.compile(
            rf"\(?[0-9ก-ฮ]{{1,2}}\)ตั้งแต่{D}(?:เป็นต้นไป)?(?:ให้ใช้|ต้อง|ให้เป็น)?(?:ไม่น้อยกว่า)?{_THAI_AMOUNT}"
        )
        english_step = re.compile(rf"\(?[0-9a-z]\)? ?from {D},? (?:it is )?(?:not less than )?{AMOUNT_EN}")
        for head, each in ((form, step), (english, english_step)):
            if (begins := head.search(self._text)) is None:
                continue
            target = self.target(begins[2], *begins.span(2))
            end = begins.end()
            for one in each.finditer(self._text, end):
                term = TermChanged(target, begins[1], one[2], self.span(*one.span(2)), self._day(one[1]))
                self._operations.append((one.start(), term))
                end = one.end()
            self._blank(begins.start(), end)
