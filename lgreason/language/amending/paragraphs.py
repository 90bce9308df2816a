"""Paragraphs that an amendment adds to a provision: some lower its term for persons, some excuse them from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lgreason.language.amending.tokens import AMOUNT, PLACE
from lgreason.words.plain import plain_text

_WHO = r"(?:ในกรณีที่|กรณี(?:ที่)?|ถ้า|หาก|สำหรับ|แก่|กับ)?(?:ผู้(?:นั้น|ใด|ที่|ซึ่ง)?|บุคคล(?:นั้น|ใด|ที่|ซึ่ง)?)(?:เป็นผู้)?"
_WHAT = r"(?P<who>(?:ได้รับ|สำเร็จ|มี|ดำรง|เคย|ปฏิบัติ|ผ่าน|รับราชการ|เป็น).+?)"
_TERM = rf"(?:กำหนดเวลา|กำหนดระยะเวลา|ระยะเวลา)(?P<old>{AMOUNT})?(?:(?:ตาม|ใน|ของ)(?P<of>{PLACE}))?(?:ข้างต้น|ดังกล่าว)?"
_LESS = rf"(?:ลง)?(?:(?:เหลือ|เป็น|ให้เหลือ)(?:ไม่น้อยกว่า)?(?P<to>{AMOUNT})|(?P<by>{AMOUNT}))"
_LOWERS = (
    rf"{_WHO}{_WHAT}(?:ให้)?(?:ปรับ)?ลด{_TERM}{_LESS}",
    rf"{_WHO}{_WHAT}(?:ให้)?{_TERM}(?:ให้)?(?:ปรับ)?ลด{_LESS}",
    rf"(?:ให้)?(?:ปรับ)?ลด{_TERM}{_LESS}{_WHO}{_WHAT}",
    rf"{_TERM}(?:ให้)?(?:ปรับ)?ลด{_LESS}{_WHO}{_WHAT}",
)
_THIS = rf"(?:ความใน)?(?:วรรคหนึ่ง|วรรคก่อน|วรรคแรก|ข้อนี้|{PLACE})?"
_EXCUSES = (
    rf"(?:มิให้นำ|ไม่ให้นำ){_THIS}(?:มา)?(?:ใช้บังคับ|ใช้)(?:แก่|กับ){_WHO}{_WHAT}",
    rf"{_THIS}(?:มิให้|ไม่)(?:มีผล)?(?:ใช้บังคับ|บังคับใช้|ใช้)(?:แก่|กับ){_WHO}{_WHAT}",
    rf"{_WHO}{_WHAT}(?:ให้)?(?:ได้รับ)?(?:การ)?ยกเว้น(?:ไม่ต้อง(?:เป็นไปตาม|มีคุณสมบัติตาม)?|จาก)?(?:ตาม)?{_THIS}",
    rf"(?:เว้นแต่|ยกเว้น){_WHO}{_WHAT}",
)


@dataclass(frozen=True, slots=True)
class Lowered:
    """A term is lowered: of which provision (that of the paragraph if none is named), to how much or by how much."""

    who: str
    of: str | None
    old: str | None
    to: str | None
    by: str | None


def lowered(text: str) -> Lowered | None:
    """What a paragraph lowers, if that is what it says."""
    plain = plain_text(text)
    for form in _LOWERS:
        if found := re.fullmatch(form, plain):
            return Lowered(_of_any_field(found["who"]), found["of"], found["old"], found["to"], found["by"])
    return None


def excused(text: str) -> str | None:
    """What those are or have whom a paragraph excuses from the provision, if that is what it says."""
    plain = plain_text(text)
    for form in _EXCUSES:
        if found := re.fullmatch(form, plain):
            return _of_any_field(found["who"])
    return None


def _of_any_field(who: str) -> str:
    """Whoever has a degree of which no field is told has it in any field."""
    return f"{who}ทุกสาขา" if re.search(r"ปริญญา(?:ตรี|โท|เอก)$", who) else who
