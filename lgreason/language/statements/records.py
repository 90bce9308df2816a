"""Rules, definitions and examples as a file has them, and the words of their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from lgreason.language.amending.changes import Amending
from lgreason.language.grammar.nodes import Node, Span
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.factfile import (
    FactShape,
    Held,
)
from lgreason.rules.model import Language, Text

OF_RULES = (
    *(
        "document",
        "place",
        "quote",
        "repair",
        "gloss",
        "subject",
        "status",
        "treatment",
        "in_force",
        "amends",
    ),
    *("repeals", "relies", "posts", "step", "fallback", "table", "sentence"),
)
OF_EXAMPLES = ("position", "as_of", "person", "organisation", "verdict", "because")
MANY = frozenset({"repair", "step", "fallback", "table", "attribute"})


Category = Literal[
    "document",
    "series",
    "position",
    "field",
    "work",
    "instrument",
    "quantity",
    "competency",
    "competency_group",
    "fact",
    "licence",
    "course",
    "exam",
    "test",
    "language",
    "country",
]
CATEGORIES: Mapping[Category, tuple[str, str]] = {
    "document": ("เอกสาร", "document"),
    "series": ("สายงาน", "series"),
    "position": ("ตำแหน่ง", "position"),
    "field": ("สาขา", "field"),
    "work": ("งาน", "work"),
    "instrument": ("หลักเกณฑ์", "instrument"),
    "quantity": ("ปริมาณ", "quantity"),
    "competency": ("สมรรถนะ", "competency"),
    "competency_group": ("กลุ่มสมรรถนะ", "competency group"),
    "fact": ("ข้อเท็จจริง", "fact"),
    "licence": ("ใบอนุญาต", "licence"),
    "course": ("หลักสูตร", "course"),
    "exam": ("การสอบ", "examination"),
    "test": ("การทดสอบ", "test"),
    "language": ("ภาษา", "language"),
    "country": ("ประเทศ", "country"),
}
NEEDED: Mapping[Category, tuple[str, ...]] = {
    "document": ("name", "in_force"),
    "position": ("name", "type", "level", "series", "rank"),
    "quantity": ("name", "unit"),
    "fact": ("name", "shape"),
}
ALLOWED: Mapping[Category, tuple[str, ...]] = {
    "document": ("name", "authority", "in_force"),
    "position": ("name", "alias", "type", "level", "series", "rank"),
    "quantity": ("name", "alias", "unit"),
    "fact": ("name", "alias", "subject", "shape", "attribute", "absent", "changes"),
}
WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "status": {
        "literal": ("ตามตัวอักษร", "literal"),
        "reconstructed": ("สันนิษฐาน", "reconstructed"),
        "external": ("อาศัยเอกสารอื่น", "external"),
        "lost": ("ขาดหาย", "lost"),
    },
    "treatment": {
        "executable": ("ใช้วินิจฉัย", "executable"),
        "descriptive": ("อธิบาย", "descriptive"),
        "procedure": ("ขั้นตอน", "procedure"),
        "historical": ("ระบบเดิม", "historical"),
        "outside": ("อยู่ในฉบับอื่น", "outside"),
        "lost": ("ขาดหาย", "lost"),
    },
    "unit": {"baht": ("บาท", "baht"), "percent": ("ร้อยละ", "per cent")},
    "verdict": {
        "eligible": ("มีสิทธิ", "eligible"),
        "ineligible": ("ไม่มีสิทธิ", "ineligible"),
        "undetermined": ("ยังสรุปไม่ได้", "undetermined"),
    },
    "permission": {
        "allowed": ("กำหนดได้", "allowed"),
        "forbidden": ("กำหนดไม่ได้", "forbidden"),
        "undetermined": ("ยังสรุปไม่ได้", "undetermined"),
    },
}
"""Words that stand for a constant, in Thai and English; either is read in a statement of either language."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as written. `spans` tell where each of its lines stands; `node` is what its sentence says.

    Where the sentence is the text of an amendment it is `amending` instead. A rule that `keeps` changes words of the
    clause that it amends and leaves the others, so that what hung on that clause goes on to hang on it.
    """

    id: str
    language: Language
    span: Span
    spans: Mapping[str, Span]
    document: str | None = None
    place: Text | None = None
    quote: str | None = None
    repairs: tuple[tuple[str, str], ...] = ()
    gloss: Text | None = None
    subject: Text | None = None
    status: str = "literal"
    treatment: str | None = None
    since: date | None = None
    until: date | None = None
    amends: str | None = None
    repeals: tuple[str, ...] = ()
    relies: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    steps: tuple[tuple[str, Text], ...] = ()
    table: tuple[Node, ...] = ()
    node: Node | None = None
    keeps: bool = False
    amending: Amending | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that a file defines."""

    category: Category
    id: str
    language: Language
    span: Span
    spans: Mapping[str, Span]
    name: Text | None = None
    aliases: tuple[str, ...] = ()
    type: str | None = None
    level: str | None = None
    series: str | None = None
    rank: int | None = None
    unit: str | None = None
    authority: Text | None = None
    since: date | None = None
    shape: FactShape | None = None
    held: tuple[Held, ...] = ()
    absent: str = "not_known"
    changes: str = "nobody"
    subject: str = "person"


@dataclass(frozen=True, slots=True)
class Example:
    """An example: the file of a person or an organisation as written, what is asked, a day, and what must come out.

    Of a person the position is asked. Of an organisation it is a post with its level (`deputy.high`), the class that
    a municipality is to have, or where neither is told the plan in the file.
    """

    title: str
    language: Language
    span: Span
    spans: Mapping[str, Span]
    person: str | None = None
    organisation: str | None = None
    start: int = 0
    position: str | None = None
    as_of: date | None = None
    verdict: str | None = None
    because: str | None = None
    post: str | None = None
    class_: str | None = None


@dataclass(slots=True)
class StatementRead:
    """What a statement comes to, and what is wrong with it."""

    of: Rule | Definition | Example | None
    faults: list[Fault] = field(default_factory=list)
