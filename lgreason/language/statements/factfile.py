"""Facts that a rule file defines: the lines that say of what shape they are and what their entries hold.

นิยาม ข้อเท็จจริง overseas                       define fact overseas
  ชื่อ: "…" / "overseas service"                   name: "…" / "overseas service"
  รูปแบบ: ช่วงเวลา from to                          shape: periods from to
  ข้อมูล: country ข้อความ "ประเทศ" / "country"       attribute: country text "ประเทศ" / "country"
  ข้อมูล: to วันที่ "ถึง" / "to" ไม่ใส่ ยังดำเนินอยู่    attribute: to date "ถึง" / "to" absent still
  ผู้เปลี่ยน: คณะกรรมการ                             changed by: committee
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lgreason.rules.declared import NAMED
from lgreason.rules.model import LANGUAGES, Language, Text
from lgreason.rules.terms import Fn, Value

Pair = tuple[str, str]
SHAPES: Mapping[str, Pair] = {
    "one": ("ค่าเดียว", "one"),
    "record": ("ข้อมูลชุดเดียว", "record"),
    "list": ("รายการ", "list"),
    "events": ("เหตุการณ์", "events"),
    "periods": ("ช่วงเวลา", "periods"),
    "steps": ("ขั้น", "steps"),
    "rounds": ("รอบ", "rounds"),
    "scores": ("ค่าตามชื่อ", "scores"),
    "years": ("ค่ารายปี", "years"),
}
_DATED: Mapping[str, int] = {"events": 1, "steps": 1, "periods": 2, "rounds": 2}
"""How many attributes of its entries a shape names: those that say when."""
TYPES: Mapping[str, Pair] = {
    "date": ("วันที่", "date"),
    "year": ("ปี", "year"),
    "whole": ("จำนวนเต็ม", "whole number"),
    "number": ("จำนวน", "number"),
    "hours": ("ชั่วโมง", "hours"),
    "percent": ("ร้อยละ", "per cent"),
    "points": ("คะแนน", "points"),
    "baht": ("บาท", "baht"),
    "yes_no": ("ใช่หรือไม่", "yes or no"),
    "text": ("ข้อความ", "text"),
    "one_of": ("หนึ่งใน", "one of"),
    "scale": ("ลำดับของ", "in order"),
    "term": ("คำของ", "term"),
}
ABSENT: Mapping[str, Pair] = {
    "not_known": ("ไม่ทราบ", "not known"),
    "none": ("ไม่มี", "none"),
    "still": ("ยังดำเนินอยู่", "still"),
    "already": ("มีอยู่แล้ว", "already"),
    "whole": ("ทั้งปี", "whole year"),
    "true": ("ใช่", "yes"),
    "false": ("ไม่ใช่", "no"),
}
CHANGES: Mapping[str, Pair] = {
    "person": ("บุคคล", "person"),
    "committee": ("คณะกรรมการ", "committee"),
    "authority": ("ผู้บังคับบัญชา", "authority"),
    "time": ("เวลา", "time"),
    "nobody": ("ไม่มีผู้ใด", "nobody"),
}
SUBJECTS: Mapping[str, Pair] = {
    "person": ("บุคคล", "person"),
    "organisation": ("องค์กร", "organisation"),
}
ABSENT_WORD: Pair = ("ไม่ใส่", "absent")
_PAIR = re.compile(r'\s*"([^"]*)"\s*/\s*"([^"]*)"\s*')
_ID = re.compile(r"\s*([a-z][a-z0-9_]*)(?:\s+|$)")
_ROUNDS = re.compile(r"\s*(1[0-2]|[1-9])(?![0-9])")
"""How many rounds a year has: a round lasts a month at least."""
_VALUE = re.compile(r'\s*([a-z][a-z0-9_]*)\s+"([^"]*)"\s*/\s*"([^"]*)"\s*(?:,|(?=\)))')


class Misread(ValueError):
    """A line that makes no sense: from where in it, and what could stand there."""

    def __init__(self, at: int, choices: tuple[str, ...]) -> None:
        """Take the place, counted from the beginning of the line, and the words that could stand there."""
        super().__init__(at, choices)
        self.at = at
        self.choices = choices


@dataclass(frozen=True, slots=True)
class ValueType:
    """The type of a value: its name, the kind of its terms, and the named values that the file itself lists."""

    name: str
    of: str = ""
    values: tuple[tuple[str, Text], ...] = ()

    def term(self, own: str) -> Fn:
        """The type as facts have it; `own` is the kind of the values that the file lists."""
        return Fn(self.name, (Fn(self.of or own),)) if self.name in NAMED else Fn(self.name)


@dataclass(frozen=True, slots=True)
class FactShape:
    """The shape of a fact: its attributes that say when, or the type of its value; `of`: so many rounds a year."""

    name: str
    attributes: tuple[str, ...] = ()
    kind: ValueType | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An attribute of the entries of a fact."""

    id: str
    kind: ValueType
    name: Text
    absent: str = "not_known"


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────


def _word(text: str, at: int, words: Mapping[str, Pair]) -> tuple[str, int]:
    """The key of a word at a place, in either language, and where it ends."""
    start = at + len(text[at:]) - len(text[at:].lstrip())
    found = [
        (len(word), key)
        for key, pair in words.items()
        for word in pair
        if text[start:].casefold().startswith(word) and not text[start + len(word) :][:1].isalnum()
    ]
    if not found:
        raise Misread(start, tuple(word for pair in words.values() for word in pair))
    length, key = max(found)
    return key, start + length


def _kind(text: str, at: int) -> tuple[ValueType, int]:
    name, at = _word(text, at, TYPES)
    if name == "term":
        match = _ID.match(text, at)
        if match is None:
            raise Misread(at, ("licence", "course", "field"))
        return ValueType(name, match[1]), match.end()
    if name not in NAMED:
        return ValueType(name), at
    opened = re.compile(r"\s*\(").match(text, at)
    if opened is None:
        raise Misread(at, ('(a "ก" / "a", b "ข" / "b")',))
    at = opened.end()
    values = []
    while match := _VALUE.match(text, at):
        values.append((match[1], Text(match[2], match[3])))
        at = match.end()
    closed = re.compile(r"\s*\)").match(text, at)
    if closed is None or not values:
        raise Misread(at, ('a "ก" / "a")',))
    return ValueType(name, "", tuple(values)), closed.end()


def _rest(text: str, at: int) -> None:
    if text[at:].strip():
        raise Misread(at + len(text[at:]) - len(text[at:].lstrip()), ())


def shape_of(text: str) -> FactShape:
    """The shape that a line says; raises `Misread`."""
    name, at = _word(text, 0, SHAPES)
    if name in ("one", "scores", "years"):
        kind, at = _kind(text, at)
        _rest(text, at)
        return FactShape(name, (), kind)
    attributes: list[str] = []
    for _ in range(_DATED.get(name, 0)):
        match = _ID.match(text, at)
        if match is None:
            raise Misread(at, ("year", "round") if name == "rounds" else ("from", "to", "date"))
        attributes.append(match[1])
        at = match.end()
    of = None
    if name == "rounds":
        number = _ROUNDS.match(text, at)
        if number is None:
            raise Misread(at, ("1", "2", "4", "12"))
        of, at = int(number[1]), number.end()
    _rest(text, at)
    return FactShape(name, tuple(attributes), None, of)


def held_of(text: str) -> Held:
    """The attribute that a line says; raises `Misread`."""
    match = _ID.match(text)
    if match is None:
        raise Misread(0, ("from", "kind"))
    kind, at = _kind(text, match.end())
    named = _PAIR.match(text, at)
    if named is None:
        raise Misread(at, ('"…" / "…"',))
    absent, at = "not_known", named.end()
    if text[at:].strip():
        _, at = _word(text, at, {"absent": ABSENT_WORD})
        absent, at = _word(text, at, ABSENT)
        _rest(text, at)
    return Held(match[1], kind, Text(named[1], named[2]), absent)


def chosen(text: str, words: Mapping[str, Pair]) -> str:
    """The one word of a line; raises `Misread`."""
    key, at = _word(text, 0, words)
    _rest(text, at)
    return key


# ── facts and text ──────────────────────────────────────────────────────────────────────────────────


def facts_of(
    fact: str, shape: FactShape, held: tuple[Held, ...], absent: str, changes: str, subject: str
) -> Iterator[Fn]:
    """What declares the fact (docs/facts.md)."""
    args: tuple[Value, ...] = tuple(Fn(each) for each in shape.attributes)
    if shape.kind is not None:
        args = (shape.kind.term(fact),)
    elif shape.of is not None:
        args = (*args, shape.of)
    yield Fn("fact", (Fn(fact), Fn(subject), Fn(shape.name, args)))
    yield Fn("absent", (Fn(fact), _absent(absent)))
    yield Fn("changes", (Fn(fact), Fn(changes)))
    if shape.kind is not None:
        yield from _values(fact, shape.kind)
    for each in held:
        own = f"{fact}_{each.id}"
        yield Fn("has", (Fn(fact), Fn(each.id), each.kind.term(own)))
        yield Fn("absent", (Fn(fact), Fn(each.id), _absent(each.absent)))
        for language in LANGUAGES:
            name = each.name.into(language)
            yield Fn("name", (Fn("attribute"), f"{fact}.{each.id}", Fn(language), name))
        yield from _values(own, each.kind)


def _absent(word: str) -> Fn:
    return Fn("is", (Fn(word),)) if word in ("true", "false") else Fn(word)


def _values(kind: str, of: ValueType) -> Iterator[Fn]:
    for number, (value, name) in enumerate(of.values, 1):
        yield Fn("value", (Fn(kind), number, Fn(value)))
        for language in LANGUAGES:
            yield Fn("name", (Fn(kind), value, Fn(language), name.into(language)))


def shape_words(shape: FactShape, language: Language) -> str:
    """A shape as a line."""
    at = language == "en"
    words = [SHAPES[shape.name][at], *shape.attributes, *(() if shape.of is None else (str(shape.of),))]
    return " ".join([*words, kind_words(shape.kind, language)] if shape.kind is not None else words)


def kind_words(kind: ValueType, language: Language) -> str:
    """A type as a line has it."""
    word = TYPES[kind.name][language == "en"]
    if kind.of:
        return f"{word} {kind.of}"
    if kind.values:
        listed = ", ".join(f'{value} "{name.th}" / "{name.en}"' for value, name in kind.values)
        return f"{word} ({listed})"
    return word


def held_words(held: Held, language: Language) -> str:
    """An attribute as a line."""
    at = language == "en"
    line = f'{held.id} {kind_words(held.kind, language)} "{held.name.th}" / "{held.name.en}"'
    return line if held.absent == "not_known" else f"{line} {ABSENT_WORD[at]} {ABSENT[held.absent][at]}"
