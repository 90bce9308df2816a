"""From the statements of a file to typed rules, definitions and examples; what is damaged is told and left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from typing import Any, Literal, TypeVar

from lgreason.language.amending.changes import Amending
from lgreason.language.factfile import (
    ABSENT,
    CHANGES,
    SUBJECTS,
    Held,
    Misread,
    Shape,
    chosen,
    held_of,
    shape_of,
)
from lgreason.language.identity import IDENTITY, LONGEST_ID, made_id
from lgreason.language.keys import KEYS, key_of
from lgreason.language.nodes import Node, Span
from lgreason.language.sentence import Edit, Fault
from lgreason.language.statements import UNSEEN, Entry, Statement
from lgreason.rules.model import Language, Text
from lgreason.words.dates import BUDDHIST_OFFSET, DateProblem, parse_date
from lgreason.words.plain import is_thai

T = TypeVar("T")
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
_NEEDED: Mapping[Category, tuple[str, ...]] = {
    "document": ("name", "in_force"),
    "position": ("name", "type", "level", "series", "rank"),
    "quantity": ("name", "unit"),
    "fact": ("name", "shape"),
}
_ALLOWED: Mapping[Category, tuple[str, ...]] = {
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

_QUOTED = re.compile(r'\s*(?:"([^"]*)"|«([^»]*)»|“([^”]*)”|‘([^’]*)’|\'([^\']*)\')')
_BETWEEN = re.compile(r"\s*(/|,|เป็น|to|และ|and)?\s*")
_READING = re.compile(r"[AB]-[0-9]{2}[A-Z]?")
_FROM = re.compile(r"\s*(?:ตั้งแต่(?:วันที่)?|from(?![a-z]))\s*", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:จนถึง(?:วันที่)?|ถึง(?:วันที่)?|(?<![a-z])(?:until|to)(?![a-z]))\s*", re.IGNORECASE)
_MUST = re.compile(r"^(?:จะต้อง|ต้อง|the person must |must )\s*", re.IGNORECASE)
_COMMON_YEAR = re.compile(r"(?<![0-9])(1[89][0-9]{2}|2[0-3][0-9]{2})(?![0-9])")
_SYNONYMS = {
    "eligible": ("ผ่าน", "ได้", "มีคุณสมบัติ", "ผ่านเกณฑ์", "pass", "passed", "yes", "qualified"),
    "ineligible": ("ไม่ผ่าน", "ไม่ได้", "ขาดคุณสมบัติ", "ไม่มีคุณสมบัติ", "fail", "failed", "no", "not eligible"),
    "allowed": ("ได้", "ผ่าน", "yes", "pass", "permitted"),
    "forbidden": ("ไม่ได้", "ไม่ผ่าน", "no", "fail", "not allowed"),
    "undetermined": ("ไม่ทราบ", "ไม่แน่ใจ", "unknown", "not known"),
}
"""What people write for a verdict that has a word of its own here."""
LONGEST_TEXT = 4_000
FIRST_YEAR, LAST_YEAR = 1900, 2200


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
    shape: Shape | None = None
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
class Read:
    """What a statement comes to, and what is wrong with it."""

    of: Rule | Definition | Example | None
    faults: list[Fault] = field(default_factory=list)


Resolve = Callable[[str, str], "str | tuple[str, ...]"]
"""The id that a name of a category stands for; several if it is not clear which, or the nearest if it is none."""
Say = Callable[[str, int], "Node | Amending | tuple[Fault, ...]"]


def read(statement: Statement, say: Say, resolve: Resolve) -> Read:
    """The rule, definition or example of a statement; `say` reads a sentence, `resolve` a name."""
    reader = _Reader(statement, say, resolve)
    match statement.head:
        case "rule":
            return Read(reader.rule(), reader.faults)
        case "define":
            return Read(reader.definition(), reader.faults)
    return Read(reader.example(), reader.faults)


class _Reader:
    def __init__(self, statement: Statement, say: Say, resolve: Resolve) -> None:
        self._statement = statement
        self._say = say
        self._resolve = resolve
        self.faults: list[Fault] = []
        self._spans: dict[str, Span] = {}

    def _fault(self, code: str, span: Span, suggestion: str | None = None, **args: object) -> None:
        self.faults.append(Fault(code, span, args, suggestion))

    # ── the three kinds ───────────────────────────────────────────────────────────────────────────────────────

    def rule(self) -> Rule | None:
        identity = self._identity(self._statement.words, self._statement.start)
        entries = self._entries(OF_RULES)
        values: dict[str, Any] = {}  # of each key, what its reader gives
        steps: list[tuple[str, Text]] = []
        repairs: list[tuple[str, str]] = []
        table: list[Node] = []
        for key, entry in entries:
            match key:
                case "document" | "amends":
                    values[key] = self._identity(entry.value, entry.start)
                case "place" | "gloss" | "subject":
                    values[key] = self._pair(entry)
                case "quote":
                    texts = self._texts(entry, most=1)
                    values[key] = texts[0] if texts else None
                case "repair":
                    texts = self._texts(entry, least=2, most=2)
                    if len(texts) == 2:
                        repairs.append((texts[0], texts[1]))
                case "status" | "treatment":
                    values[key] = self._word(key, entry)
                case "in_force":
                    values["since"], values["until"] = self._period(entry)
                case "repeals":
                    values[key] = tuple(self._ids(entry))
                case "relies":
                    values[key] = tuple(self._readings(entry))
                case "posts":
                    values[key] = tuple(self._names("position", entry))
                case "step" | "fallback":
                    if (text := self._pair(entry)) is not None:
                        steps.append((key, text))
                case "table":
                    if isinstance(said := self._sentence(entry), Node):
                        table.append(said)
                case "sentence":
                    said = self._sentence(entry)
                    values["amending" if isinstance(said, Amending) else "node"] = said
        if values.get("status") is None:
            values.pop("status", None)
        if identity is None:
            return None
        whole = {key: value for key, value in values.items() if value is not None}
        return Rule(
            identity,
            self._statement.language,
            self._statement.span,
            self._spans,
            repairs=tuple(repairs),
            steps=tuple(steps),
            table=tuple(table),
            **whole,
        )

    def definition(self) -> Definition | None:
        words, start = self._statement.words, self._statement.start
        category = next(
            (
                (category, name)
                for category, names in sorted(CATEGORIES.items(), key=lambda item: -len(item[1][1]))
                for name in names
                if re.match(rf"{re.escape(name)}(?:\s|$)", words.casefold())
            ),
            None,
        )
        if category is None:
            found = words.split(" ")[0]
            names = tuple(names[self._statement.language == "en"] for names in CATEGORIES.values())
            self._fault("rule_category", (start, start + max(1, len(found))), found=found, categories=names)
            return None
        kind, name = category
        rest = words[len(name) :]
        identity = self._identity(rest, start + len(name))
        allowed = _ALLOWED.get(kind, ("name", "alias"))
        values: dict[str, Any] = {}  # of each key, what its reader gives
        held: list[Held] = []
        for key, entry in self._entries(allowed):
            match key:
                case "shape":
                    values[key] = self._of_fact(entry, shape_of)
                case "attribute":
                    held += filter(None, [self._of_fact(entry, held_of)])
                case "absent":
                    values[key] = self._of_fact(entry, lambda text: chosen(text, ABSENT)) or "not_known"
                case "changes":
                    values[key] = self._of_fact(entry, lambda text: chosen(text, CHANGES)) or "nobody"
                case "subject":
                    values[key] = self._of_fact(entry, lambda text: chosen(text, SUBJECTS)) or "person"
                case "name" | "authority":
                    values[key] = self._pair(entry, both=key == "name")
                case "alias":
                    values["aliases"] = tuple(self._texts(entry, most=40))
                case "type":
                    values[key] = next(iter(self._names("position_type", entry, one=True)), None)
                case "level":
                    values[key] = next(iter(self._names("level", entry, one=True)), None)
                case "series":
                    values[key] = next(iter(self._names("series", entry, one=True)), None)
                case "rank":
                    values[key] = self._number(entry)
                case "unit":
                    values[key] = self._word(key, entry)
                case "in_force":
                    values["since"], _ = self._period(entry)
        if held:
            values["held"] = tuple(held)
        if (shape := values.get("shape")) is not None:
            self._attributes_of(shape, held)
        for key in _NEEDED.get(kind, ("name",)):
            if key not in self._spans:
                wanted = KEYS[key][self._statement.language == "en"]
                self._fault("rule_definition_needs", self._statement.span, f"{wanted}: …", key=wanted)
        if identity is None or any(f.severity == "error" for f in self.faults):
            return None
        return Definition(
            kind,
            identity,
            self._statement.language,
            self._statement.span,
            self._spans,
            **values,
        )

    def _of_fact(self, entry: Entry, reads: Callable[[str], T]) -> T | None:
        """What a line of a fact's definition says."""
        try:
            return reads(entry.value)
        except Misread as misread:
            rest = entry.value[misread.at :].strip()
            at = entry.start + misread.at
            near = get_close_matches(rest.split(" ")[0].casefold(), misread.choices, n=1) if rest else []
            args = {"found": rest[:40], "choices": misread.choices}
            code = "rule_fact_word" if misread.choices else "rule_fact_more"
            self._fault(code, (at, at + max(1, len(rest))), near[0] if near else None, **args)
            return None

    def _attributes_of(self, shape: Shape, held: list[Held]) -> None:
        """The attributes that say when are among those of the entries, and are days."""
        kinds = {each.id: each.kind.name for each in held}
        for name in shape.attributes:
            if shape.of is not None and name == shape.attributes[-1]:
                if kinds.get(name) != "whole":
                    self._fault("rule_fact_round", self._spans["shape"], found=name)
            elif kinds.get(name) not in ("date", "year"):
                self._fault("rule_fact_when", self._spans["shape"], found=name)
        if shape.kind is None and not held:
            self._fault("rule_fact_empty", self._spans["shape"])

    def example(self) -> Example:
        values: dict[str, Any] = {}  # of each key, what its reader gives
        start = 0
        entries = dict(self._entries(OF_EXAMPLES))
        of_organisation = "organisation" in self._spans and "person" not in self._spans
        for key, entry in entries.items():
            match key:
                case "person" | "organisation":
                    values[key], start = entry.value, entry.start
                case "position" if of_organisation:
                    values |= self._asked(entry)
                case "position":
                    values[key] = next(iter(self._names("position", entry, one=True)), None)
                case "as_of":
                    values[key] = self._day(entry.value, entry.start)
                case "because":
                    values[key] = self._identity(entry.value, entry.start)
        if (verdict := entries.get("verdict")) is not None:
            kinds: tuple[str, ...] = ("permission",) if of_organisation else ("verdict",)
            if of_organisation and "position" in self._spans and values.get("post") is None:
                kinds = ("verdict",) if values.get("class_") else ("permission", "verdict")
            values["verdict"] = self._word("verdict", verdict, *kinds)
        if "person" in self._spans and "organisation" in self._spans:
            self._fault("rule_example_of_both", self._spans["organisation"])
        for key in ("as_of", "verdict") if of_organisation else ("position", "as_of", "verdict"):
            if key not in self._spans:
                wanted = KEYS[key][self._statement.language == "en"]
                self._fault("rule_example_needs", self._statement.span, f"{wanted}: …", key=wanted)
        if "person" not in self._spans and "organisation" not in self._spans:
            wanted = KEYS["person"][self._statement.language == "en"]
            self._fault("rule_example_needs", self._statement.span, f"{wanted}: …", key=wanted)
        title = self._statement.words.strip(' "«»“”')
        return Example(
            title,
            self._statement.language,
            self._statement.span,
            self._spans,
            start=start,
            **values,
        )

    # ── lines and their values ────────────────────────────────────────────────────────────────────────────────

    def _entries(self, allowed: tuple[str, ...]) -> Iterator[tuple[str, Entry]]:
        for entry in self._statement.entries:
            key = key_of(entry.key)
            if key not in allowed:
                key = self._unknown_key(entry, allowed)
                if key is None or key in self._spans:
                    continue
                entry = replace(entry, key=KEYS[key][0])
            if key in self._spans and key not in MANY:
                self.faults.append(self._twice(key, entry))
                continue
            stripped = entry.value.strip()
            lead = len(entry.value) - len(entry.value.lstrip())
            at = entry.start + lead
            self._spans[key] = (at, at + max(1, len(stripped))) if stripped else entry.span
            if not stripped:
                self._fault("rule_value_missing", entry.span, key=entry.key)
                continue
            yield key, entry

    def _twice(self, key: str, entry: Entry) -> Fault:
        """A key that is given again; two sentences are one with two items."""
        edits: tuple[Edit, ...] = ()
        first = next((one for one in self._statement.entries if key_of(one.key) == key), entry)
        if key == "sentence" and first is not entry:
            english = self._statement.language == "en"
            values = [_MUST.sub("", " ".join(one.value.split())) for one in (first, entry)]
            lead = "the person must meet all of the following:" if english else "ต้องมีคุณสมบัติครบทุกข้อ ดังต่อไปนี้"
            items = "".join(f"\n    ({number}) {value}" for number, value in enumerate(values, 1))
            end = entry.start + len(entry.value)
            edits = (
                Edit(self._spans[key][0], first.start + len(first.value), f"{lead}{items}"),
                Edit(entry.span[0], end, ""),
            )
        return Fault("rule_key_twice", entry.span, {"key": entry.key}, edits=edits)

    def _unknown_key(self, entry: Entry, allowed: tuple[str, ...]) -> str | None:
        """Tell of a key that cannot stand here; the key that was surely meant, to be read as that."""
        words = [KEYS[key][self._statement.language == "en"] for key in allowed]
        near = get_close_matches(entry.key, words, n=1, cutoff=0.6)
        known = key_of(entry.key) is not None
        # What is likest comes first: a list in the order of the keys hides the one that was meant.
        likest = sorted(words, key=lambda word: -SequenceMatcher(None, word, entry.key).ratio())
        args = {"found": entry.key, "keys": tuple(likest)}
        edits = (Edit(*entry.span, near[0]),) if near and not known else ()
        code = "rule_key_here" if known else "rule_key"
        self.faults.append(Fault(code, entry.span, args, near[0] if near else None, edits=edits))
        return key_of(near[0]) if edits else None

    def _identity(self, text: str, start: int) -> str | None:
        stripped = text.strip()
        at = start + len(text) - len(text.lstrip())
        if not stripped:
            self._fault("rule_id_missing", self._statement.span)
            return None
        bare = stripped.translate(UNSEEN).strip("\"«»“”‘’'")
        if not IDENTITY.fullmatch(bare) or len(bare) > LONGEST_ID:
            made = made_id(bare)
            edits = (Edit(at, at + len(stripped), made),)
            span, args = (at, at + len(stripped)), {"found": bare[:60]}
            self.faults.append(Fault("rule_id_form", span, args, made, edits=edits))
            return None
        return bare

    def _ids(self, entry: Entry) -> Iterator[str]:
        for match in re.finditer(r"[^\s,]+", entry.value):
            if match[0] in ("และ", "and"):
                continue
            if (identity := self._identity(match[0], entry.start + match.start())) is not None:
                yield identity

    def _readings(self, entry: Entry) -> Iterator[str]:
        for match in re.finditer(r"[^\s,]+", entry.value):
            if match[0] in ("และ", "and"):
                continue
            word = match[0].upper().translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
            span = (entry.start + match.start(), entry.start + match.end())
            if not _READING.fullmatch(word):
                self._fault("rule_reading_form", span, found=match[0])
            else:
                yield word

    def _texts(self, entry: Entry, least: int = 1, most: int = 2) -> list[str]:
        """The quoted texts of a line."""
        found, at, value = [], 0, entry.value
        single: list[Edit] = []
        start, stripped = entry.start, value.strip()
        first = start + len(value) - len(value.lstrip())
        while match := _QUOTED.match(value, at):
            text = " ".join(next((group for group in match.groups() if group), "").split())
            if match[4] is not None or match[5] is not None:
                begin, end = start + match.end() - len(match[0].lstrip()), start + match.end()
                single += [Edit(begin, begin + 1, '"'), Edit(end - 1, end, '"')]
            if not text:
                self._fault("rule_text_empty", (start + match.start(), start + match.end()))
            if len(text) > LONGEST_TEXT:
                self._fault("rule_text_long", (start + match.start(), start + match.end()), most=LONGEST_TEXT)
            found.append(text)
            between = _BETWEEN.match(value, match.end())
            at = between.end() if between else match.end()
        rest = value[at:].strip()
        if single:
            span = (single[0].start, single[-1].end)
            self.faults.append(
                Fault("rule_quotes_single", span, {}, None, "warning", tuple(single), safe=True)
            )
        if not found:
            code = "rule_text_open" if stripped[:1] in '"«“' else "rule_text_quoted"
            self._fault(code, (first, first + len(stripped)), f'"{stripped[:60].strip(chr(34))}"')
        elif rest:
            place = start + at + len(value[at:]) - len(value[at:].lstrip())
            code = "rule_text_open" if rest[:1] in '"«“' else "rule_text_more"
            self._fault(code, (place, place + len(rest)), found=rest[:40])
        elif not least <= len(found) <= most:
            self._fault(
                "rule_text_count", (first, first + len(stripped)), least=least, most=most, found=len(found)
            )
        return found

    def _pair(self, entry: Entry, both: bool = False) -> Text | None:
        texts = self._texts(entry)
        if len(texts) == 1 and both:
            span = self._spans[key_of(entry.key) or ""]
            self._fault("rule_both_languages", span, f'"{texts[0]}" / "…"')
        return Text(texts[0], texts[-1]) if 1 <= len(texts) <= 2 else None

    def _word(self, kind: str, entry: Entry, *kinds: str) -> str | None:
        """The constant that a word stands for; `kinds` are the sets of words that it may be of, if not `kind`."""
        written = " ".join(entry.value.split()).casefold()
        known = {identity: words for of in kinds or (kind,) for identity, words in WORDS[of].items()}
        for identity, words in known.items():
            if written in words:
                return identity
        words_ = [words[self._statement.language == "en"] for words in known.values()]
        near = [
            words[self._statement.language == "en"]
            for identity, words in known.items()
            if written in _SYNONYMS.get(identity, ()) and kind == "verdict"
        ] or get_close_matches(written, words_, n=1, cutoff=0.5)
        span = self._spans[key_of(entry.key) or ""]
        self._fault("rule_choice", span, near[0] if near else None, found=written[:40], choices=tuple(words_))
        return None

    def _asked(self, entry: Entry) -> dict[str, object]:
        """What is asked of an organisation: a class of municipality, or a post with its level."""
        written = entry.value.strip().strip('"«»“”')
        class_ = self._resolve("municipal_class", written)
        if isinstance(class_, str):
            return {"class_": class_}
        post = self._resolve("post", written)
        if isinstance(post, str):
            return {"post": post}
        near = post[0] if post else None
        self._fault("rule_post_unknown", self._spans["position"], near, found=written[:60], nearest=post)
        return {}

    def _number(self, entry: Entry) -> int | None:
        written = entry.value.strip().translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
        if not re.fullmatch(r"[0-9]{1,6}", written):
            self._fault("rule_number", self._spans[key_of(entry.key) or ""], found=written[:40])
            return None
        return int(written)

    def _names(self, category: str, entry: Entry, one: bool = False) -> Iterator[str]:
        """The ids of names that a line lists, each of them quoted or all of them apart by semicolons."""
        for match in re.finditer(r"[^;]+", entry.value):
            written = match[0].strip()
            if not written:
                continue
            at = entry.start + match.start() + len(match[0]) - len(match[0].lstrip())
            span = (at, at + len(written))
            found = self._resolve(category, written.strip('"«»“”'))
            if isinstance(found, str):
                yield found
                if one and entry.value.strip() != written:
                    self._fault("rule_one_only", self._spans[key_of(entry.key) or ""], key=entry.key)
                    return
            else:
                code = "rule_name_unknown" if category != "position" else "rule_position_unknown"
                self._fault(code, span, found[0] if found else None, found=written[:60], nearest=found)

    def _period(self, entry: Entry) -> tuple[date | None, date | None]:
        value = entry.value
        begin = _FROM.match(value)
        at = begin.end() if begin else 0
        parts = [(match.start(), match.end()) for match in _UNTIL.finditer(value, at)]
        parts = [(s, e) for s, e in parts if value[at:s].strip()]
        if not parts:
            return self._day(value[at:], entry.start + at), None
        s, e = parts[-1]
        since, until = self._day(value[at:s], entry.start + at), self._day(value[e:], entry.start + e)
        if since and until and until < since:
            args = {"since": since, "until": until}
            self.faults.append(Fault("rule_dates_reversed", self._spans["in_force"], args))
            return since, None
        return since, until

    def _day(self, text: str, start: int) -> date | None:
        stripped = text.strip()
        at = start + len(text) - len(text.lstrip())
        day = parse_date(stripped)
        if isinstance(day, DateProblem):
            self.faults.append(Fault(day.code, (at, at + max(1, len(stripped))), dict(day.args)))
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            args = {"found": day, "first": FIRST_YEAR, "last": LAST_YEAR}
            self.faults.append(Fault("rule_date_range", (at, at + max(1, len(stripped))), args))
            return None
        year = _COMMON_YEAR.search(stripped)
        if year and any(is_thai(sign) for sign in stripped) and "ค.ศ." not in stripped:
            span = (at + year.start(), at + year.end())
            better = str(int(year[0]) + BUDDHIST_OFFSET)
            args = {"found": year[0], "better": better}
            edits = (Edit(*span, better),)
            self.faults.append(Fault("rule_year_common", span, args, better, "warning", edits, safe=True))
        return day

    def _sentence(self, entry: Entry) -> Node | Amending | None:
        said = self._say(entry.value, entry.start)
        if isinstance(said, tuple):
            self.faults += said
            return None
        return said
