"""The words that lines of statements begin with, in Thai and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping

KEYS: Mapping[str, tuple[str, str]] = {
    "name": ("ชื่อ", "name"),
    "alias": ("ชื่ออื่น", "also"),
    "type": ("ประเภท", "type"),
    "level": ("ระดับ", "level"),
    "series": ("สายงาน", "series"),
    "rank": ("ลำดับ", "rank"),
    "unit": ("หน่วย", "unit"),
    "shape": ("รูปแบบ", "shape"),
    "attribute": ("ข้อมูล", "attribute"),
    "absent": ("ไม่ใส่", "absent"),
    "changes": ("ผู้เปลี่ยน", "changed by"),
    "authority": ("อาศัยอำนาจตาม", "authority"),
    "document": ("เอกสาร", "document"),
    "place": ("ที่", "place"),
    "quote": ("ข้อความ", "quote"),
    "repair": ("แก้คำ", "repair"),
    "gloss": ("ความหมาย", "meaning"),
    "subject": ("สิ่งที่วัด", "subject"),
    "status": ("สถานะ", "status"),
    "treatment": ("ลักษณะ", "treatment"),
    "in_force": ("ใช้บังคับ", "in force"),
    "amends": ("แก้ไข", "amends"),
    "repeals": ("ยกเลิก", "repeals"),
    "relies": ("อาศัยการตีความ", "relies on"),
    "posts": ("คุณสมบัติของ", "qualifies for"),
    "step": ("ขั้นตอน", "step"),
    "fallback": ("ขั้นตอนสำรอง", "fallback"),
    "table": ("กำหนดด้วยว่า", "provides also that"),
    "sentence": ("กำหนดว่า", "provides that"),
    "position": ("ตำแหน่ง", "position"),
    "as_of": ("ณ วันที่", "as of"),
    "person": ("บุคคล", "person"),
    "organisation": ("องค์กร", "organisation"),
    "verdict": ("ผล", "verdict"),
    "because": ("เพราะข้อ", "because of"),
}
"""The keys of lines, in the order in which they are written."""

_KEYS = {word: key for key, words in KEYS.items() for word in words}
_LONGEST_FIRST = sorted(_KEYS, key=len, reverse=True)
_BEGINS = re.compile(rf"({'|'.join(re.escape(word) for word in _LONGEST_FIRST)})(?=\s+\S)", re.IGNORECASE)


def key_of(written: str) -> str | None:
    """The key that a line begins with, in either language."""
    return _KEYS.get(written.casefold())


def key_at_start(line: str) -> str | None:
    """The word of a key with which a line begins although no colon follows it."""
    match = _BEGINS.match(line)
    return match[1] if match else None
