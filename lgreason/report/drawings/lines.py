"""How wide a text is when drawn, and where Thai, which has no spaces between words, may be broken into lines.

The widths are upper estimates for the common Thai and Latin fonts, in units of the font size, so that what is
reckoned to fit does fit whichever of them is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lgreason.words.plain import DEPENDENT

_CELL = 0.65
_EM = {
    **dict.fromkeys("!,.:;ij|'·", 0.36),
    **dict.fromkeys('-I[]l{}()`fr"*t \u00a0เ', 0.45),
    **dict.fromkeys("/Jcszkvxyงใๅระโ", 0.56),
    **dict.fromkeys("ABCDEFGHKNOPRSUVXYw#&ขคฅฉชฎฏทนบปมฦหๆ๐๑๖ฃซพฟภษฬ๒๓๙", 0.76),
    **dict.fromkeys("MQm@ฆ๔๕๗๘ฑ", 0.87),
    **dict.fromkeys("W%ฌญฒณ—", 1.0),
}
"""The widest that a sign is in Loma, Garuda and Sarabun, regular and bold; others are reckoned by display cells."""
_BOLD = 1.03
_BEFORE_A_LETTER = "เแโใไ"
_STARTS = (
    *("และ", "หรือ", "เพื่อ", "สำนัก", "กอง", "ฝ่าย", "ส่วน", "หน่วย", "ศูนย์", "สถาบัน", "โรงเรียน", "โรงพยาบาล"),
    *("ปลัด", "การ", "งาน", "ความ", "ช่าง", "คลัง", "ทรัพย์สิน", "พัสดุ", "งบประมาณ", "ยุทธศาสตร์", "แผนงาน"),
    *("วิชาการ", "สาธารณสุข", "สาธารณภัย", "สิ่งแวดล้อม", "สุขาภิบาล", "สวัสดิการ", "สังคม", "ศึกษา", "ศาสนา"),
    *("วัฒนธรรม", "ท่องเที่ยว", "กีฬา", "นันทนาการ", "ส่งเสริม", "พัฒนา", "คุณภาพ", "ชีวิต", "ชุมชน", "เกษตร"),
    *("เจ้าหน้าที่", "ทะเบียน", "ราษฎร", "บัตรประจำตัว", "ประชาชน", "ประชาสัมพันธ์", "ประปา", "สารสนเทศ", "ภาษี"),
    *("กิจการ", "ขนส่ง", "สภา", "ป้องกัน", "บรรเทา", "เทศกิจ", "ผังเมือง", "แพทย์", "กฎหมาย", "คดี", "นิติการ"),
    *("ตรวจสอบ", "ภายใน", "ทรัพยากร", "ธรรมชาติ", "ควบคุม", "อาคาร", "เครื่องจักรกล", "โยธา", "พาณิชย์"),
    *("เทศบาล", "เมือง", "นคร", "ตำบล", "องค์การ", "บริหาร", "จังหวัด", "อำเภอ", "เด็ก", "เยาวชน", "ผู้สูงอายุ"),
    *("ระดับ", "อำนวยการ", "ท้องถิ่น", "หัวหน้า", "ผู้อำนวยการ", "รายได้", "จัดเก็บ", "ผลประโยชน์", "ที่ดิน"),
)
"""Words that names of government units are made of: a line may begin with one."""
_WORD = re.compile("|".join(sorted(_STARTS, key=len, reverse=True)))


def width(text: str, size: float = 1, bold: bool = False) -> float:
    """How much room a text takes at most, at a font size."""
    from wcwidth import wcwidth

    em = sum(_EM.get(sign, _CELL * max(0, wcwidth(sign))) for sign in text)
    return em * size * (_BOLD if bold else 1)


def lines(text: str, room: float, size: float = 1, bold: bool = False) -> list[str]:
    """The text in lines no wider than `room`: broken at spaces, else between known words, else between letters.

    A no-break space is none of those.
    """
    found: list[str] = []
    row = ""
    for word in text.split(" "):
        longer = f"{row} {word}" if row else word
        if width(longer, size, bold) <= room:
            row = longer
            continue
        if row:
            found.append(row)
        *full, row = _pieced(list(_words(word)), room, size, bold)
        found += full
    return [*found, row]


def _pieced(pieces: list[str], room: float, size: float, bold: bool) -> list[str]:
    """Pieces put together again as far as they fit; one that does not fit by itself is taken apart."""
    rows = [""]
    for piece in pieces:
        if width(rows[-1] + piece, size, bold) <= room:
            rows[-1] += piece
        elif width(piece, size, bold) <= room or len(smaller := list(_letters(piece))) == 1:
            rows.append(piece)
        else:
            head, *more = _pieced(smaller, room, size, bold)
            rows += [head, *more]
    return [row for row in rows if row] or [""]


def _words(text: str) -> Iterator[str]:
    """A stretch without spaces, cut before every known word that stands at a letter's beginning."""
    start = 0
    for found in _WORD.finditer(text):
        at = found.start()
        if at > start and text[at - 1] not in _BEFORE_A_LETTER:
            yield text[start:at]
            start = at
    yield text[start:]


def _letters(text: str) -> Iterator[str]:
    """Single letters, each with the signs that belong to it."""
    letter = ""
    for sign in text:
        joins = sign in DEPENDENT or letter[-1:] in tuple(_BEFORE_A_LETTER) or not sign.isprintable()
        if letter and not joins:
            yield letter
            letter = ""
        letter += sign
    if letter:
        yield letter
