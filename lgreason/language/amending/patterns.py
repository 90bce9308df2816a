"""Operations of an amending text by their pattern: those of which persons are part, and the English ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from lgreason.language.amending.changes import (
    Add,
    DemandAdded,
    Exempt,
    InPost,
    Operation,
    Pending,
    Repeal,
    Replace,
    Target,
    TermChanged,
    WordsChanged,
)
from lgreason.language.amending.frames import Parts
from lgreason.language.amending.tokens import AMOUNT, PLACE

Q = "([\ue000-\ue0ff])"
T = r"([^\ue000-\ue0ff]+?)"
AMOUNT_EN = r"((?:[0-9]+|[a-z-]+) (?:years?|months?)(?: and [0-9a-z]+ months?)?)"
_X = r"[^\ue000-\ue0ff\x00]"
_TEXT = r"(?:ประกาศ|ระเบียบ|ข้อบังคับ|หลักเกณฑ์)(?:ฉบับ)?นี้"
_BINDS = r"(?:มีผล)?(?:ใช้บังคับ|บังคับใช้)?"
_DATED = "[\ue100-\ue1ff]"
_FIRST_DAY = "\ue200\x00*"
"""«วันที่ประกาศนี้ใช้บังคับ», for which a sign stands."""
_WHEN = (
    rf"(?P<eve>(?:ใน|ก่อน)?วันก่อน(?:วันที่|วัน|ที่)?{_TEXT}{_BINDS}|(?:ใน)?(?:วัน)?ก่อน{_FIRST_DAY}"
    rf"|ก่อน(?:วัน)?(?:ที่)?{_TEXT}{_BINDS}|ก่อน{_DATED}\x00*)"
    rf"|(?P<day>(?:ใน)?วันที่{_TEXT}{_BINDS}|ใน{_FIRST_DAY}|(?:ใน|ณ){_DATED}\x00*)"
)
_HOLDER = (
    rf"ผู้(?:ซึ่ง|ที่)?(?:(?:{_WHEN})~(?:เป็นผู้)?)?(?:ได้)?ดำรงตำแหน่ง(?P<who>{_X}+?)(?:อยู่(?:แล้ว|ก่อน(?!วัน|ประกาศ))?)"
    rf"(?:{_WHEN.replace('P<eve>', 'P<eve2>').replace('P<day>', 'P<day2>')})?"
)
_REGARDED = (
    r"(?:(?:(?:ให้)?(?:คง)?ดำรงตำแหน่ง(?:นั้น|ดังกล่าว|เดิม)?(?:อยู่)?(?:ต่อไป)?(?:ได้)?(?:ต่อไป)?~(?:โดย|และ)?)?(?:ให้)?ถือว่า(?:ผู้นั้น|ผู้ดังกล่าว)?(?:ยัง)?(?:คง)?(?:เป็นผู้)?(?:ยัง)?(?:คง)?มีคุณสมบัติ(?:ครบถ้วน)?(?:ตาม{place})?\x00*(?:อยู่)?(?:ต่อไป)?"
    r"|(?:ให้)?(?:ได้รับ)?(?:การ)?ยกเว้น(?:ให้)?(?:ไม่ต้อง)?(?:มี)?(?:คุณสมบัติ)?(?:ตาม)?{place}"
    r"|(?:ให้)?ไม่ต้อง(?:มี|ใช้)?(?:คุณสมบัติ)?(?:ตาม)?{place})"
)
_ALTHOUGH = rf"(?:แม้(?:ว่า)?(?:จะ)?(?:ยัง)?(?:มิ|ไม่){_X}*)?"
_AMENDED = rf"(?:ที่แก้ไข(?:เพิ่มเติม)?(?:ใหม่)?(?:นี้)?(?:โดย{_TEXT})?|ตาม{_TEXT})?"
_BODY = r"(?:ใน|ของ|สังกัด)(?:เขต)?(?:เทศบาล|องค์การ|องค์กร|อบต|อบจ|จังหวัด|พื้นที่|ท้องที่)"
_WHO_IS_TO = (
    r"(?:กำหนด)?(?:ให้)?ผู้(?:ที่|ซึ่ง)?(?:จะ)?(?:ได้รับ(?:การ)?(?:แต่งตั้ง|คัดเลือก|เลื่อน)?(?:และแต่งตั้ง)?(?:ให้)?)?ดำรงตำแหน่ง"
)
_BESIDE = (
    rf"(?:(?:เพิ่ม(?:เติม|ขึ้น)?|นอกเหนือ)(?:ไป)?จาก(?:ที่)?(?:มี)?คุณสมบัติ(?:ที่กำหนดไว้|ตามที่กำหนด(?:ไว้)?)?(?:ใน|ตาม)?{_X}*?\x00*(?:แล้ว)?"
    r"|อีกด้วย|ด้วย|เพิ่มเติม|อีก)"
)
Make = Callable[[Parts, "re.Match[str]"], Operation]


def _target(parts: Parts, match: re.Match[str], group: int | str) -> Target:
    start, end = match.span(group) if match[group] else match.span()
    return parts.target(match[group] or "", start, end)


def _shown(parts: Parts, match: re.Match[str], group: int | str) -> str:
    return parts.written(*match.span(group)).text if match[group] else ""


def _held(parts: Parts, match: re.Match[str]) -> InPost:
    named = match.groupdict()
    group = next((g for g in ("t1", "t2", "t3") if named.get(g)), None)
    target = parts.target(match[group], *match.span(group)) if group else parts.target("", *match.span())
    on_day = named.get("day") or named.get("day2")
    when = on_day or named.get("eve") or named.get("eve2") or ""
    dated = parts.dated(when)
    span = parts.span(*match.span())
    before = bool(named.get("amended")) and not named.get("regarded")
    return InPost(_shown(parts, match, "who"), target, span, "day" if on_day else "eve", dated, before)


def _wanted(parts: Parts, match: re.Match[str]) -> DemandAdded:
    named = match.groupdict()
    span = parts.span(*match.span("what" if named.get("what") else "term"))
    instead = _target(parts, match, "of") if named.get("of") else None
    what = _shown(parts, match, "what") if named.get("what") else ""
    return DemandAdded(
        _shown(parts, match, "who"),
        _shown(parts, match, "scope"),
        what,
        span,
        instead,
        match["term"] if named.get("term") else None,
    )


def _exempted(parts: Parts, match: re.Match[str]) -> Exempt:
    target = _target(parts, match, "of")
    return Exempt(
        _shown(parts, match, "who"), _shown(parts, match, "scope"), target, parts.span(*match.span("scope"))
    )


def _people() -> Iterator[tuple[re.Pattern[str], Make]]:
    """Operations of which persons are part: who holds a post or is to hold it, and who has filed a request."""

    def one(form: str, make: Make) -> tuple[re.Pattern[str], Make]:
        return re.compile(form.replace("~", "\x00*")), make

    to_hold = rf"{_WHO_IS_TO}(?P<who>{_X}+?)(?P<scope>{_BODY}{_X}+?)"
    yield one(
        rf"(?:มิให้|ไม่ให้)(?:นำ)?(?:ใช้บังคับ)?(?:ความใน)?(?P<of>{PLACE})~(?:มา)?(?:ใช้บังคับ|ใช้)?(?:แก่|กับ){to_hold}(?=\x00|$|[.])",
        _exempted,
    )
    yield one(
        rf"(?:ความใน)?(?P<of>{PLACE})~(?:มิให้|ไม่)(?:มีผล)?(?:ใช้บังคับ|บังคับใช้|ใช้)(?:แก่|กับ){to_hold}(?=\x00|$|[.])",
        _exempted,
    )
    yield one(rf"{to_hold}~(?:ให้)?(?:ได้รับการ)?(?:ยกเว้น)?ไม่ต้อง(?:มีคุณสมบัติ|เป็นไป)?ตาม(?P<of>{PLACE})", _exempted)
    regarded = _REGARDED.replace("{place}", rf"(?:ความใน)?(?P<t1>{PLACE})", 1)
    regarded = regarded.replace("{place}", rf"(?P<t2>{PLACE})", 1).replace("{place}", rf"(?P<t3>{PLACE})", 1)
    again = _REGARDED.replace("{place}", rf"(?:ความใน)?{PLACE}")
    yield one(
        rf"(?:มิให้|ไม่ให้)(?:นำ|ใช้บังคับ)?(?:ความใน)?(?P<t1>{PLACE})~(?P<amended>{_AMENDED})~(?:มา)?(?:ใช้บังคับ|ใช้)?(?:แก่|กับ){_HOLDER}"
        rf"(?:~โดย)?(?P<regarded>~{again})?{_ALTHOUGH}",
        _held,
    )
    yield one(
        rf"(?:ความใน)?(?P<t1>{PLACE})~(?P<amended>{_AMENDED})~(?:มิให้|ไม่)(?:มีผล)?(?:ใช้บังคับ|บังคับใช้|ใช้)(?:แก่|กับ){_HOLDER}"
        rf"(?:~(?:โดย|ทั้งนี้))?(?P<regarded>~{again})?{_ALTHOUGH}",
        _held,
    )
    yield one(rf"(?:ให้)?{_HOLDER}~{regarded}{_ALTHOUGH}(?=\x00|$|[.])", _held)
    yield one(
        rf"(?:ให้)?(?:บรรดา)?(?:คำขอ|คำร้อง|ผู้ที่ยื่นคำขอ|ผู้ซึ่งยื่นคำขอ|การพิจารณา|การคัดเลือก|การสรรหา){_X}*?(?:ก่อน|อยู่ใน){_X}*?"
        rf"(?:ใช้บังคับ|บังคับใช้|วันดังกล่าว|\x00+){_X}*?"
        rf"(?:ให้)?(?:พิจารณา|ดำเนินการ|เป็นไป|ใช้|ถือ){_X}*?(?:เดิม|ก่อนแก้ไข|ก่อน{_TEXT}){_X}*?(?=\x00|$)",
        lambda r, m: Pending(r.span(*m.span())),
    )
    yield one(
        rf"กำหนดเวลา{_X}*?(?:ตาม|ใน|ของ)(?P<of>{PLACE})~สำหรับ{_WHO_IS_TO}(?P<who>{_X}+?)(?P<scope>{_BODY}{_X}*?)?~"
        rf"ให้(?:เป็น|ใช้|ลดเป็น|ลดเหลือ|เพิ่มเป็น)(?:ไม่น้อยกว่า)?(?P<term>{AMOUNT})",
        _wanted,
    )
    yield one(
        rf"{_WHO_IS_TO}(?P<who>{_X}+?)~(?P<scope>{_BODY}{_X}*?)?~(?:ต้อง)?(?P<what>(?:ปฏิบัติ|ได้รับ|ดำรงตำแหน่งหรือ|เคยดำรง|มี){_X}+?)~"
        rf"แทน(?:กำหนดเวลา|ความ)?(?:ตาม|ใน)(?P<of>{PLACE})(?=\x00|$)",
        _wanted,
    )
    yield one(
        rf"{_WHO_IS_TO}(?P<who>{_X}+?)~(?P<scope>{_BODY}{_X}*?)?~(?:นอกจาก(?:จะ)?(?:ต้อง)?(?:เป็นผู้)?มีคุณสมบัติ(?:ตาม)?[^\ue000-\ue0ff]*?แล้ว)?~"
        rf"(?:จะ|ยัง|ให้)*ต้อง(?P<what>{_X}+?)~(?:{_BESIDE})?(?=\x00|$)",
        _wanted,
    )


def _operations() -> Iterator[tuple[re.Pattern[str], Make]]:
    """Operations in English."""

    def one(form: str, make: Make) -> tuple[re.Pattern[str], Make]:
        # What was understood before may lie between the words of an operation.
        return re.compile(form.replace("~", "\x00*")), make

    done = r"(?:is|are|shall be|be)(?: hereby)?"
    the = r"(?:the )?(?:words?|figures?|expression|text|term) ?"
    some = rf"(?:{the})?"
    new = r"(?:the )?(?:following|new)?(?: new)?(?: (?:text|item|paragraph|words?|provision))?"
    amended = r"(?:~ ?(?:is |are |shall be )?(?:hereby )?amended(?: by| as follows)? )?"
    instead = rf"{amended}(?:by )?(?:substituting|substitute)"
    posts = rf"(?P<who>{_X}+?)"
    before = (
        r"(?:on the day (?:immediately )?before (?:this (?:notice|amendment)|it|that day)[a-z ]*?"
        r"|immediately before (?:this (?:notice|amendment)|it|that day)[a-z ]*?)(?:\x00+)?"
    )
    # persons
    yield one(
        rf"(?P<t1>{T[1:-1]})~ ?(?:does|do|shall) not apply to (?:persons|those|anyone|anybody|officials) who "
        rf"(?:hold|held) (?:the post of |the position of )?{posts} {before}",
        _held,
    )
    yield one(
        rf"(?:persons|those|anyone|anybody|officials|a person) who (?:hold"
        rf"|held) (?:the post of |the position of )?{posts} {before}"
        rf",? ?(?:are|is|shall be) (?:deemed|taken"
        rf"|regarded)(?: as)? (?:to )?(?:continue to |still )?(?:meet|meeting|satisfy)"
        rf" (?P<t1>{T[1:-1]})(?=\x00|$|[.])",
        _held,
    )
    yield one(
        rf"(?:any )?(?:applications?|requests?) (?:which (?:was|were) )?(?:filed"
        rf"|lodged|made|submitted) (?:before|prior to) {_X}*?\x00*{_X}*?"
        rf"(?:shall be|are|is) (?:decided|considered|dealt with"
        rf"|determined) (?:under|by|in accordance with) {_X}*?(?=\x00|$|[.])",
        lambda r, m: Pending(r.span(*m.span())),
    )
    # words instead of words
    yield one(
        rf"in {T},? ~{some}{Q} ?~{done} (?:replaced|substituted) (?:by|with) {some}{Q}",
        lambda r, m: WordsChanged(_target(r, m, 1), r.quoted(m[2]), r.quoted(m[3])),
    )
    yield one(
        rf"{some}{Q} ?~(?:in|of) {T}~ ?{done} (?:replaced|substituted) (?:by|with) {some}{Q}",
        lambda r, m: WordsChanged(_target(r, m, 2), r.quoted(m[1]), r.quoted(m[3])),
    )
    yield one(
        rf"(?:in {T},? ?~,? ?)?for {some}{Q} ?~(?:(?:in|of) {T}"
        rf"~,? ?)?(?:there (?:is|shall be) )?substituted? {some}{Q}",
        lambda r, m: WordsChanged(_target(r, m, 1 if m[1] else 3), r.quoted(m[2]), r.quoted(m[4])),
    )
    yield one(
        rf"{instead} (?:for )?{some}{Q} ?~(?:(?:in|of) {T}~,? ?)?(?:for |the ){some}{Q}(?: in {T}(?=\x00|$|[.]))?",
        lambda r, m: WordsChanged(_target(r, m, 2 if m[2] else 4), r.quoted(m[1]), r.quoted(m[3])),
    )
    yield one(
        rf"replace {some}{Q} ?~(?:(?:in|of) {T}~ ?)?(?:by|with) {some}{Q}",
        lambda r, m: WordsChanged(_target(r, m, 2), r.quoted(m[1]), r.quoted(m[3])),
    )
    yield one(
        rf"{some}{Q} ?~{done} (?:inserted|added) (after|before) {some}{Q} ?~(?:in|of) {T}(?=\x00|$|\.)",
        lambda r, m: WordsChanged(
            _target(r, m, 4), r.quoted(m[3]), r.quoted(m[1]), "before" if m[2] == "before" else "after"
        ),
    )
    yield one(
        rf"in {T} ?~,? ?~(after|before) {some}{Q},? ?(?:there (?:is"
        rf"|shall be) )?(?:insert(?:ed)? )?{some}{Q}(?: ?~{done} inserted)?",
        lambda r, m: WordsChanged(
            _target(r, m, 1), r.quoted(m[3]), r.quoted(m[4]), "before" if m[2] == "before" else "after"
        ),
    )
    yield one(
        rf"{some}{Q} ?~(?:in|of) {T}~ ?{done} (?:deleted|omitted|repealed|struck out)",
        lambda r, m: WordsChanged(_target(r, m, 2), r.quoted(m[1]), None),
    )
    yield one(
        rf"in {T} ?~,? ?~(?:delete|omit|strike out) {some}{Q}",
        lambda r, m: WordsChanged(_target(r, m, 1), r.quoted(m[2]), None),
    )
    yield one(
        rf"in {T} ?~,? ?~{some}{Q} ?~{done} (?:deleted|omitted|repealed|struck out)",
        lambda r, m: WordsChanged(_target(r, m, 1), r.quoted(m[2]), None),
    )
    # provisions
    yield one(
        rf"{T}~ ?{done} (?:deleted and |repealed and |amended and )?(?:replaced|substituted) (?:by|with) {new} ?~{Q}",
        lambda r, m: Replace(_target(r, m, 1), r.quoted(m[2])),
    )
    yield one(
        rf"{T}~ ?{done} (?:amended|revised) to read(?: as follows)? ?~{Q}",
        lambda r, m: Replace(_target(r, m, 1), r.quoted(m[2])),
    )
    yield one(
        rf"(?:{instead} (?:for )?|for |{amended}(?:by )?replacing ){T}"
        rf"~,? ?(?:there (?:is|shall be) substituted |by |with )?{new} ?~{Q}",
        lambda r, m: Replace(_target(r, m, 1), r.quoted(m[2])),
    )
    yield one(
        rf"{new} {done} (?:added|inserted) as {T}(?: after {T})? ?~{Q}",
        lambda r, m: Add(_target(r, m, 1), r.quoted(m[3]), _target(r, m, 2) if m[2] else None),
    )
    yield one(
        rf"{new} {done} (?:added|inserted) (?:after|to) {T} ?~{Q}",
        lambda r, m: Add(Target("", r.span(*m.span())), r.quoted(m[2]), _target(r, m, 1)),
    )
    yield one(
        rf"(?:after|to) {T}~,? ?(?:there (?:is|shall be) )?(?:inserted|added|insert|add) {new} ?~{Q}",
        lambda r, m: Add(Target("", r.span(*m.span())), r.quoted(m[2]), _target(r, m, 1)),
    )
    yield one(
        rf"{amended}(?:by )?(?:inserting|adding) (?:after|to) {T}~ ?{new} ?~{Q}",
        lambda r, m: Add(Target("", r.span(*m.span())), r.quoted(m[2]), _target(r, m, 1)),
    )
    # terms
    yield one(
        rf"the term(?: of {AMOUNT_EN})? (?:of|in|under) {T}"
        rf"~ ?{done} (?:reduced to |raised to |increased to |changed to )?"
        rf"(?:not less than )?{AMOUNT_EN}",
        lambda r, m: TermChanged(_target(r, m, 2), m[1], m[3], r.span(*m.span(3))),
    )
    yield one(rf"{T}~ ?{done} (?:deleted|repealed|omitted|revoked)", lambda r, m: Repeal(_target(r, m, 1)))
    yield one(
        rf"{T}~ ?(?:shall |will )?ceases? to (?:have effect|apply|be in force)",
        lambda r, m: Repeal(_target(r, m, 1)),
    )
    yield one(
        rf"{amended}by (?:deleting|omitting|repealing) {T}(?=\x00|$|[.])",
        lambda r, m: Repeal(_target(r, m, 1)),
    )


@cache
def people() -> tuple[tuple[re.Pattern[str], Make], ...]:
    """Operations of which persons are part: each pattern with what makes the operation of what it finds."""
    return tuple(_people())


@cache
def operations() -> tuple[tuple[re.Pattern[str], Make], ...]:
    """Operations in English."""
    return tuple(_operations())
