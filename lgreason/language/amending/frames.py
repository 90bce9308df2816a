"""Operations of an amending text read whatever the order of their words: what is done, to which provision, how.

A text without its days and instruments is cut into tokens: verbs, provisions, quotations, amounts, and small words
between them. What lies together is one operation if its parts make one; a word that is no token ends it, so that
nothing which is not understood is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, Protocol

from lgreason.language.amending.changes import (
    Add,
    Operation,
    Quoted,
    Repeal,
    Replace,
    Target,
    Term,
    Words,
)
from lgreason.language.nodes import Span

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


_VERBS = frozenset({"repeal", "change", "reduce", "raise", "add", "cut", "use"})
_OPENING = _VERBS - {"use"}
_ROLES = frozenset({"instead", "after", "before", "between", "to"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a frame and where it stands; what no kind explains is `other`."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A provision, quotation or amount of a frame, with the word that says what part it plays, if one does."""

    token: Token
    role: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Framed:
    """Operations and the stretch of text that they explain."""

    start: int
    end: int
    operations: tuple[Operation, ...]


class Parts(Protocol):
    """The text that is read: what a frame takes its parts from."""

    def quoted(self, sign: str) -> Quoted:
        """What was quoted where a sign stands."""

    def target(self, text: str, start: int, end: int) -> Target:
        """A provision."""

    def written(self, start: int, end: int) -> Quoted:
        """A stretch of text as it was written."""

    def dated(self, text: str) -> date | None:
        """The day that a sign in a text stands for."""

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of text stands in the file."""


def tokens(text: str) -> list[Token]:
    """The tokens of a text, one after another without a gap."""
    found: list[Token] = []
    form, at = _tokens(), 0
    while at < len(text):
        match = form.match(text, at)
        if match is not None:
            kind = "small" if match.lastgroup == "aside" else str(match.lastgroup)
            found.append(Token(kind, match[0], at, match.end()))
            at = match.end()
        elif found and found[-1].kind == "other":
            last = found.pop()
            found.append(Token("other", last.text + text[at], last.start, at + 1))
            at += 1
        else:
            found.append(Token("other", text[at], at, at + 1))
            at += 1
    return _joined(found)


def _joined(of: Sequence[Token]) -> list[Token]:
    """Words that are no token as one, with the small words between them."""
    found: list[Token] = []
    for token in of:
        back = next((n for n, each in enumerate(reversed(found), 1) if each.kind not in ("small", "gone")), 0)
        if token.kind == "other" and back > 1 and found[-back].kind == "other":
            text = "".join(each.text for each in found[-back:]) + token.text
            found[-back:] = [Token("other", text.replace("\x00", ""), found[-back].start, token.end)]
        else:
            found.append(token)
    return found


def groups(of: Sequence[Token]) -> Iterator[list[Token]]:
    """Tokens that may be one operation together."""
    group: list[Token] = []
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


def _begins(of: Sequence[Token], number: int, group: Sequence[Token]) -> bool:
    """Whether another operation begins at a token: a verb or a provision where one is complete already."""
    token = of[number]
    kinds = [each.kind for each in group]
    opened = _VERBS.intersection(kinds)
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


def _next(of: Sequence[Token], number: int) -> str:
    for token in of[number + 1 :]:
        if token.kind not in ("small", "gone", "word"):
            return token.kind
    return ""


def parts(group: Sequence[Token]) -> list[Part]:
    """The provisions, quotations and amounts of a group, each with its part."""
    found: list[Part] = []
    role, marked = "", False
    for token in group:
        if token.kind in ("place", "quote", "amount", "sum", "other"):
            found.append(Part(token, role, marked))
            if token.kind != "place" or role != "between":
                role, marked = "", False
        elif token.kind in _ROLES:
            role, marked = token.kind, False
        elif token.kind == "word":
            marked = True
        elif token.kind in _VERBS:
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


class Frames:
    """Reads the operations of one text."""

    def __init__(self, of: Parts) -> None:
        """Take the text."""
        self._of = of
        self._last: Operation | None = None

    def read(self, text: str) -> Iterator[Framed]:
        """Every operation that the words of a text make."""
        for group in groups(tokens(text)):
            while group and group[0].kind == "gone":
                group.pop(0)
            while group and group[-1].kind in ("gone",):
                group.pop()
            if not group:
                continue
            made = tuple(self._made(group))
            if made:
                self._last = made[-1]
                yield Framed(group[0].start, group[-1].end, made)

    def _made(self, group: Sequence[Token]) -> Iterator[Operation]:
        verbs = {token.kind for token in group} & _VERBS
        found = parts(group)
        of = {
            kind: [part for part in found if part.token.kind == kind]
            for kind in ("place", "quote", "amount", "sum", "other")
        }
        if of["other"] and (of["place"] or len(of["other"]) > 1):
            return
        places = of["place"] or of["other"]
        quotes = of["quote"]
        named = self._targets(places) if len(quotes) > 1 else []
        if len(quotes) > 1 and len(named) == len(quotes) and not any(q.marked or q.role for q in quotes[1:]):
            # «ให้ยกเลิกความในข้อ ๒ และข้อ ๓ และให้ใช้ความต่อไปนี้แทน» is followed by as many new texts.
            if verbs & {"repeal", "change", "use"} and "add" not in verbs:
                for target, quote in zip(named, quotes, strict=True):
                    yield Replace(target, self._of.quoted(quote.token.text))
        elif len(quotes) == 2 and not of["amount"]:
            yield from self._words(verbs, places, quotes)
        elif len(quotes) == 1 and not of["amount"]:
            yield from self._one_quote(verbs, places, quotes[0])
        elif not quotes:
            yield from self._without(verbs, places, of["amount"], of["sum"], group)

    def _words(self, verbs: set[str], places: list[Part], quotes: list[Part]) -> Iterator[Operation]:
        first, second = quotes
        old, new = first, second
        where: Literal["instead", "after", "before"] = "instead"
        if "add" in verbs:
            if second.role not in ("after", "before"):
                return
            old, new = second, first
            where = "before" if second.role == "before" else "after"
        elif second.role == "instead":
            old, new = second, first
        elif not verbs & {"change", "use", "repeal"}:
            return
        if any(place.role == "to" for place in places):
            return
        for target in self._targets(places):
            yield Words(target, self._of.quoted(old.token.text), self._of.quoted(new.token.text), where)

    def _one_quote(self, verbs: set[str], places: list[Part], quote: Part) -> Iterator[Operation]:
        new = self._of.quoted(quote.token.text)
        if "add" in verbs:
            yield from self._added(places, quote, new)
        elif quote.marked and verbs & {"cut", "repeal"} and "use" not in verbs:
            for target in self._targets(places):
                yield Words(target, new, None)
        elif not verbs and quote.role == "to" and isinstance(self._last, Words):
            yield Words(self._last.target, self._last.old, new, self._last.where)
        elif verbs & {"repeal", "change", "use"} and len(places) == 1 and not quote.marked:
            for target in self._targets(places):
                yield Replace(target, new)

    def _added(self, places: list[Part], quote: Part, new: Quoted) -> Iterator[Operation]:
        if quote.marked or any(place.token.kind == "other" for place in places):
            return
        as_ = [place for place in places if place.role == "to"]
        beside = [place for place in places if place.role in ("after", "between")]
        plain = [place for place in places if place.role == ""]
        if len(as_) > 1 or len(plain) > 1 or any(place.role == "before" for place in places):
            return
        home = plain[0].token.text if plain else ""
        named = as_ or ([] if beside else plain)
        if not named and not beside:
            return
        after: Target | None = None
        if beside:
            text = split_places(beside[0].token.text)[0]
            after = self._of.target(self._below(text, home), beside[0].token.start, beside[0].token.end)
        if named:
            token = named[0].token
            text = self._below(token.text, home) if as_ else token.text
            name = self._of.target(text, token.start, token.end)
        else:
            name = self._of.target("", quote.token.start, quote.token.end)
        yield Add(name, new, after)

    @staticmethod
    def _below(text: str, home: str) -> str:
        """A provision that is named within another: «ในข้อ ๒ … เป็น (ค)»."""
        inside = home and re.match(r"\(|วรรค", text) and not re.search(r"ข้อ[0-9]", text)
        return f"{text}ของ{home}" if inside else text

    def _without(
        self,
        verbs: set[str],
        places: list[Part],
        amounts: list[Part],
        sums: list[Part],
        group: Sequence[Token],
    ) -> Iterator[Operation]:
        if verbs & {"repeal", "cut"} and not amounts and not sums:
            if verbs <= {"repeal", "cut"} and all(not place.role for place in places):
                for target in self._targets(places):
                    yield Repeal(target)
            return
        if len(sums) == 2 and not amounts and verbs & {"change", "raise", "reduce", "use"}:
            # The old number is a word of the provision, the new one stands for it.
            old, new = (self._of.written(part.token.start, part.token.end) for part in sums)
            for target in self._targets(places):
                yield Words(target, old, new)
            return
        yield from self._terms(verbs, places, amounts, group)

    def _terms(
        self, verbs: set[str], places: list[Part], amounts: list[Part], group: Sequence[Token]
    ) -> Iterator[Operation]:
        if not 1 <= len(amounts) <= 2:
            return
        last = amounts[-1]
        old = amounts[0].token.text if len(amounts) == 2 else None
        span = self._of.span(last.token.start, last.token.end)
        timed = any(token.kind == "term" for token in group)
        if not places and isinstance(self._last, Term) and last.role == "to" and old is None:
            yield Term(self._last.target, None, last.token.text, span)
            return
        if not (timed or old) or (not verbs and last.role != "to"):
            return
        by: Literal[-1, 0, 1] = 0
        if last.role != "to":
            by = -1 if "reduce" in verbs else 1 if "raise" in verbs else 0
            if not by:
                return
        for target in self._targets(places):
            yield Term(target, old, last.token.text, span, by=by)

    def _targets(self, places: list[Part]) -> list[Target]:
        found: list[Target] = []
        for part in places:
            token = part.token
            texts = split_places(token.text) if token.kind == "place" else [token.text]
            found += [self._of.target(text, token.start, token.end) for text in texts]
        return found or [self._of.target("", 0, 0)]
