"""The words of an amending text: verbs, provisions, quotations, amounts, and small words between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

_STEP = (
    r"(?:วรรค(?:ที่)?(?:หนึ่ง|สอง|สาม|สี่|ห้า|แรก|ท้าย|สุดท้าย|[0-9]+)|\((?:[0-9]{1,2}|[ก-ฮ])\)"
    r"|(?:ข้อย่อย|อนุข้อ|ข้อ)[0-9]+(?:[./][0-9]+)*)"
)
PLACE = rf"(?:ระดับ(?:ต้น|กลาง|สูง))?{_STEP}(?:(?:ของ|แห่ง|ใน)?{_STEP})*"
_MORE_PLACES = rf"(?:(?:และ|กับ|,){PLACE})*"
_NUMBER = "(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|เอ็ด|ยี่|สิบ|ร้อย)+"
AMOUNT = rf"(?:[0-9]+|{_NUMBER})(?:ปี(?:(?:[0-9]+|{_NUMBER})เดือน)?|เดือน|วัน|สัปดาห์)"
_SUM = r"[0-9][0-9,.]*(?:ล้าน|พัน)?บาท|ร้อยละ[0-9.]+|[0-9]+อัตรา"
_NOUN = r"(?:ตำแหน่ง|รายการ|เงื่อนไข|คุณสมบัติ|ทางเลือก|วรรค|ข้อ)"
_KINDS = (
    ("aside", r"เป็นการชั่วคราว|(?:ซึ่ง|ที่|ตามที่)(?:ได้)?กำหนด(?:ไว้)?(?:เป็นเงื่อนไข)?(?=ใน|ตาม|ของ)"),
    ("quote", "[\ue000-\ue0ff]"),
    ("gone", "\x00+"),
    ("place", PLACE + _MORE_PLACES),
    ("amount", AMOUNT),
    ("sum", _SUM),
    ("word", r"คำว่า|ความว่า|ข้อความว่า|ถ้อยคำว่า|จำนวนเงิน|จำนวน|ตัวเลข"),
    ("repeal", r"เป็นอันยกเลิก|ยกเลิก"),
    ("change", r"แก้ไขเพิ่มเติม|แก้ไข|แก้|เปลี่ยนแปลง|เปลี่ยน|ปรับปรุง|ปรับ|แทนที่"),
    ("reduce", r"ลดลง(?=เหลือ|เป็น|มา)|ลดลงมา|ลดลง|ลด|ลง(?=เหลือ|เป็น)"),
    ("raise", r"เพิ่มขึ้น(?=เป็น)|ขยาย|เพิ่มขึ้น|เพิ่ม(?=กำหนดเวลา|ระยะเวลา|เป็น[0-9]|อีก[0-9])"),
    ("add", rf"เพิ่มเติม|เพิ่ม{_NOUN}?(?={PLACE})|เพิ่ม{_NOUN}(?=ต่อ|ถัด|หลัง|อีก|ดัง)|เพิ่ม|แทรก"),
    ("cut", r"ตัด|ลบ"),
    ("use", r"ใช้"),
    ("instead", r"แทน"),
    ("after", r"ต่อท้าย|ต่อจาก|ถัดจาก|ไว้หลัง|ภายหลัง|หลัง|ท้าย"),
    ("before", r"ไว้ก่อน|ก่อนหน้า|ก่อน|หน้า"),
    ("between", r"ระหว่าง"),
    ("to", r"เหลือ|เป็น|ด้วย"),
    ("term", r"กำหนดระยะเวลา|กำหนดเวลา|ระยะเวลา"),
    (
        "small",
        rf"ดังต่อไปนี้|ต่อไปนี้|ดังนี้|ข้อความ|ถ้อยคำ|ความ|คำ(?!ขอ)|อีก(?:หนึ่ง)?{_NOUN}(?:หนึ่ง)?|ไม่น้อยกว่า|ไม่เกิน"
        r"|ชั่วคราว|ทุกแห่ง|ทั้งหมด|ใหม่|ทั้งนี้|ตามที่|กำหนดไว้|เดิม|โดย|และ|ให้|ใน|ของ|แห่ง|ตาม|ที่|ซึ่ง|ออก(?:จาก|ไป)?"
        r"|เสีย|นั้น|แล้ว|จาก|ดัง|ไว้|มา|[,.;: ]",
    ),
)


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in _KINDS))


VERBS = frozenset({"repeal", "change", "reduce", "raise", "add", "cut", "use"})
_OPENING = VERBS - {"use"}
_ROLES = frozenset({"instead", "after", "before", "between", "to"})


@dataclass(frozen=True, slots=True)
class FrameWord:
    """A word of a frame and where it stands; what no kind explains is `other`."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FramePart:
    """A provision, quotation or amount of a frame, with the word that says what part it plays, if one does."""

    token: FrameWord
    role: str
    marked: bool = False


def tokens(text: str) -> list[FrameWord]:
    """The tokens of a text, one after another without a gap."""
    found: list[FrameWord] = []
    form, at = _tokens(), 0
    while at < len(text):
        match = form.match(text, at)
        if match is not None:
            kind = "small" if match.lastgroup == "aside" else str(match.lastgroup)
            found.append(FrameWord(kind, match[0], at, match.end()))
            at = match.end()
        elif found and found[-1].kind == "other":
            last = found.pop()
            found.append(FrameWord("other", last.text + text[at], last.start, at + 1))
            at += 1
        else:
            found.append(FrameWord("other", text[at], at, at + 1))
            at += 1
    return _joined(found)


def _joined(of: Sequence[FrameWord]) -> list[FrameWord]:
    """Words that are no token as one, with the small words between them."""
    found: list[FrameWord] = []
    for token in of:
        back = next((n for n, each in enumerate(reversed(found), 1) if each.kind not in ("small", "gone")), 0)
        if token.kind == "other" and back > 1 and found[-back].kind == "other":
            text = "".join(each.text for each in found[-back:]) + token.text
            found[-back:] = [FrameWord("other", text.replace("\x00", ""), found[-back].start, token.end)]
        else:
            found.append(token)
    return found


def groups(of: Sequence[FrameWord]) -> Iterator[list[FrameWord]]:
    """Tokens that may be one operation together."""
    group: list[FrameWord] = []
    for number, token in enumerate(of):
        if token.kind == "other" and not _described(of[number].text):
            if group:
                yield group
            group = []
            continue
        if group and _begins(of, number, group):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _described(text: str) -> bool:
    """Whether words that are no token may say what is amended: «… ในเงื่อนไขการกำหนดตำแหน่งรองปลัด…»."""
    return re.search(r"ตำแหน่ง|ปลัด|ผู้อำนวยการ|หัวหน้า", text) is not None and not re.search(
        r"ผู้(?:ซึ่ง|ที่|จะ|นั้น|ได้)|คำขอ|มิให้|ต้อง", text
    )


def _begins(of: Sequence[FrameWord], number: int, group: Sequence[FrameWord]) -> bool:
    """Whether another operation begins at a token: a verb or a provision where one is complete already."""
    token = of[number]
    kinds = [each.kind for each in group]
    opened = VERBS.intersection(kinds)
    if token.kind in _OPENING:
        if token.kind == "reduce" and ("reduce" in kinds or "term" in kinds or "amount" in kinds):
            return False
        if token.kind in ("change", "raise") and not opened & {"repeal", "add", "cut", "change"}:
            return False
        return bool(opened) and ("quote" in kinds or "place" in kinds)
    if token.kind == "place" and opened and "place" in kinds and "quote" in kinds:
        return kinds[-1] not in ("after", "before", "between", "to", "instead") and not _pending(kinds)
    if token.kind == "to" and kinds.count("quote") >= 2 and _next(of, number) == "quote":
        return True
    return (
        token.kind == "use"
        and kinds.count("amount") >= 1
        and _next(of, number) == "amount"
        and "use" in kinds
    )


def _pending(kinds: Sequence[str]) -> bool:
    for kind in reversed(kinds):
        if kind in _ROLES:
            return True
        if kind != "small" and kind != "gone":
            return False
    return False


def _next(of: Sequence[FrameWord], number: int) -> str:
    for token in of[number + 1 :]:
        if token.kind not in ("small", "gone", "word"):
            return token.kind
    return ""


def parts(group: Sequence[FrameWord]) -> list[FramePart]:
    """The provisions, quotations and amounts of a group, each with its part."""
    found: list[FramePart] = []
    role, marked = "", False
    for token in group:
        if token.kind in ("place", "quote", "amount", "sum", "other"):
            found.append(FramePart(token, role, marked))
            if token.kind != "place" or role != "between":
                role, marked = "", False
        elif token.kind in _ROLES:
            role, marked = token.kind, False
        elif token.kind == "word":
            marked = True
        elif token.kind in VERBS:
            role = "to" if token.kind == "use" else role if token.kind == "reduce" and role == "to" else ""
            marked = False
    return found


def split_places(text: str) -> list[str]:
    """The provisions of a list of them: of «ข้อ ๒ (ก) และ (ข)» both are of item 2."""
    found: list[str] = []
    for one in re.split(rf"(?:และ|กับ|,)(?={PLACE})", text):
        head = re.match(r"((?:ระดับ(?:ต้น|กลาง|สูง))?ข้อ[0-9]+(?:[./][0-9]+)*)", found[-1]) if found else None
        found.append(f"{head[1]}{one}" if head and re.fullmatch(r"\([0-9ก-ฮ]{1,2}\)", one) else one)
    # «(ก) และ (ข) ของข้อ ๒»: those before are of the same item.
    tail = re.search(r"(?:ของ|แห่ง|ใน)?ข้อ[0-9./]+$", found[-1]) if len(found) > 1 else None
    if tail and re.match(r"\(", found[-1]):
        found = [f"{one}{tail[0]}" if re.fullmatch(r"\([0-9ก-ฮ]{1,2}\)", one) else one for one in found]
    return found
