"""Declared facts told in words: a value, or an entry by the names of its attributes, read by the declarations alone.

An entry is told by parts with commas between them: «ใบรับรองชั้นหนึ่ง, วันออกใบรับรอง 1 ต.ค. 2560, ถึง 30 ก.ย. 2565». A
part is the name of an attribute and its value, or a value alone that one attribute can have. Several entries have
semicolons between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lgreason.files.facts.reading import FactReader, TermWords
from lgreason.files.facts.values import NONE
from lgreason.files.source.read import Source
from lgreason.files.source.tree import Located as Node
from lgreason.rules.declared import NAMED, NUMBERS, OF_ENTRIES, Attribute, Declarations, Fact, word
from lgreason.rules.findings import Finding
from lgreason.rules.terms import Fn
from lgreason.words.dates import parse_date

YES = frozenset({"ใช่", "มี", "เป็น", "เคย", "ได้", "yes", "true"})
NO = frozenset({"ไม่ใช่", "ไม่มี", "ไม่เป็น", "ไม่เคย", "ไม่ได้", "no", "false", "none"})
_STARTS = ("ตั้งแต่วันที่", "ตั้งแต่", "from", "since")
_ENDS = ("ถึงวันที่", "ถึง", "until", "to")
_DATED = ("เมื่อวันที่", "เมื่อ", "ลงวันที่", "on")
_UNITS = {"hours": "ชั่วโมง|ชม\\.?|hours?", "points": "คะแนน|points?", "percent": "per ?cent"}
_OF_TEXT = frozenset({"text", "term"})
"""Types that take any text."""


@dataclass(frozen=True, slots=True)
class ToldValue:
    """What was told: the value, and everything that is wrong with it; `open` if any text would have been a value."""

    value: object
    findings: tuple[Finding, ...] = ()
    open: bool = False


class Telling:
    """Reads what is told of the facts of one kind of subject."""

    def __init__(self, declared: Declarations, words: TermWords, latest: date) -> None:
        """Take what is declared, the terms, and the day after which nothing has happened yet."""
        self._declared = declared
        self._words = words
        self._latest = latest

    def fact(self, fact: Fact, text: str) -> ToldValue:
        """What is told of a whole fact."""
        if fact.value is not None and fact.shape.name == "one":
            return self.value(fact, fact.value, text)
        if fact.value is not None:
            return self._named_values(fact, text)
        if text.strip().casefold() in NO:
            return ToldValue(NONE if fact.shape.name == "record" else ())
        parts = [each for each in text.split(";") if each.strip()]
        found = [self.entry(fact, each) for each in parts]
        findings = tuple(finding for each in found for finding in each.findings)
        values = tuple(each.value for each in found)
        return ToldValue(values[0] if fact.shape.name == "record" and values else values, findings)

    def entry(self, fact: Fact, text: str) -> ToldValue:
        """What is told of one entry of a fact."""
        raw, strange = self._parts(fact, text)
        if strange:
            named = tuple(self._name(fact, each) for each in fact.attributes.values())
            return ToldValue({}, (Finding("fact_part_unread", args={"found": strange, "accepted": named}),))
        reader = self._reader()
        return ToldValue(reader.entry(fact, raw), _wrong(reader))

    def _named_values(self, fact: Fact, text: str) -> ToldValue:
        """Values by name: «ภาค ก 65, ภาค ข 70»."""
        pairs = (each.strip().rpartition(" ") for each in re.split(r"[,;](?![0-9]{3})", text) if each.strip())
        raw = {name.strip(" :"): value for name, _, value in pairs}
        if not raw or "" in raw:
            return ToldValue(None, (Finding("fact_values_by_name", args={"found": text.strip()}),))
        reader = self._reader()
        return ToldValue(reader.whole(fact, raw), _wrong(reader))

    def value(self, fact: Fact, of: Attribute, text: str) -> ToldValue:
        """What is told of an attribute of a fact, or of a fact of one value."""
        raw: object = text.strip()
        if of.type.name in OF_ENTRIES or of.type.name == "record":
            return self.fact(replace(fact, shape=of.type, value=None, attributes=of.inner), text)
        if of.type.name == "yes_no":
            said = text.strip().casefold()
            if said not in YES | NO:
                return ToldValue(None, (Finding("shape_truth_expected", args={"found": text}),))
            raw = said in YES
        elif of.type.name in _UNITS:
            raw = _without_unit(of, text.strip())
        elif of.type.name == "terms":
            raw = [each.strip() for each in text.split(",") if each.strip()]
        reader = self._reader()
        found = reader.value((of.id,), of.type, of.inner, raw, of)
        return ToldValue(found, _wrong(reader), of.type.name in _OF_TEXT)

    def _reader(self) -> FactReader:
        source = Source("", "yaml", {}, Node(1, 1, {}))
        return FactReader(source, self._declared, self._words, self._latest)

    # ── the parts of an entry ────────────────────────────────────────────────────────────────────

    def _parts(self, fact: Fact, text: str) -> tuple[dict[str, object], str]:
        """What is said of each attribute; and a part that is of none."""
        raw: dict[str, object] = {}
        for part in filter(None, (each.strip(" :,") for each in re.split(r",(?![0-9]{3})", text))):
            if (of := self._of_whole(fact, part, raw)) is not None:
                raw[of.path[-1]] = self._raw(of, part)
                continue
            for label, said in self._pieces(fact, part):
                if not (said := said.strip(" :")):
                    continue
                if label is not None and label not in raw:
                    raw[label] = self._raw(fact.attributes[label], said)
                elif (left := self._unlabelled(fact, said, raw)) is not None:
                    return raw, left
        return raw, ""

    def _of_whole(self, fact: Fact, said: str, raw: Mapping[str, object]) -> Attribute | None:
        """The attribute of which a text is surely a value."""
        left = (a for a in fact.attributes.values() if a.path[-1] not in raw)
        return next((each for each in left if self._fits(fact, each, said)), None)

    def _pieces(self, fact: Fact, text: str) -> Iterator[tuple[str | None, str]]:
        """The text in pieces: what stands before the first name of an attribute, and after each name what follows."""
        names = self._labels(fact)
        longest = sorted(map(re.escape, names), key=len, reverse=True)
        pattern = re.compile(rf"(?:(?<=[\s,])|^)({'|'.join(longest)})(?=[\s:0-9๐-๙])", re.IGNORECASE)
        label, start = None, 0
        for match in pattern.finditer(text):
            yield label, text[start : match.start()]
            label, start = names[match[1].casefold()], match.end()
        yield label, text[start:]

    def _labels(self, fact: Fact) -> Mapping[str, str]:
        """What attributes are called, and the words for the days of the shape."""
        found: dict[str, str] = {}
        args = [word(a.args[0]) if isinstance(a, Fn) and a.args else word(a) for a in fact.shape.args[:2]]
        of_days = {"periods": (_STARTS, _ENDS), "events": (_DATED,), "steps": (_STARTS,)}
        for words, of in zip(of_days.get(fact.shape.name, ()), args, strict=False):
            found |= dict.fromkeys(words, of)
        for attribute in fact.attributes.values():
            key = attribute.path[-1]
            found |= dict.fromkeys((key, *self._called(fact, attribute)), key)
        return {name.casefold(): of for name, of in found.items()}

    def _called(self, fact: Fact, attribute: Attribute) -> Sequence[str]:
        found = self._declared.names.get(("attribute", f"{fact.id}.{attribute.id}"))
        return () if found is None else (found.th, found.en)

    def _name(self, fact: Fact, attribute: Attribute) -> object:
        return self._declared.names.get(("attribute", f"{fact.id}.{attribute.id}"), attribute.id)

    def _unlabelled(self, fact: Fact, part: str, raw: dict[str, object]) -> str | None:
        """Give a part to the attribute that can have it, word by word; what none can have."""
        words = part.split()
        while words:
            for length in range(len(words), 0, -1):
                said = " ".join(words[:length])
                of = self._of_whole(fact, said, raw)
                if of is not None:
                    raw[of.path[-1]] = self._raw(of, said)
                    words = words[length:]
                    break
            else:
                return self._text_of(fact, " ".join(words), raw)
        return None

    @staticmethod
    def _text_of(fact: Fact, said: str, raw: dict[str, object]) -> str | None:
        """Take what is no value of any other for the first attribute of text, or of named values, to be refused."""
        left = [a for a in fact.attributes.values() if a.path[-1] not in raw]
        of = next((a for a in left if a.type.name in _OF_TEXT), None)
        of = of or next((a for a in left if a.type.name in NAMED), None)
        if of is None:
            return said
        raw[of.path[-1]] = said
        return None

    def _fits(self, fact: Fact, attribute: Attribute, said: str) -> bool:
        """Whether a text is surely a value of an attribute."""
        kind = attribute.type.name
        if kind in NAMED:
            return self._words.resolve(word(attribute.type.args[0]), said) is not None
        if kind == "date":
            return isinstance(parse_date(said), date)
        if kind in NUMBERS or kind == "year":
            return said[:1].isdecimal() and not self.value(fact, attribute, said).findings
        return False

    @staticmethod
    def _raw(attribute: Attribute, said: str) -> object:
        if attribute.type.name == "yes_no" and said.casefold() in YES | NO:
            return said.casefold() in YES
        if attribute.type.name == "terms":
            return [said]
        return _without_unit(attribute, said)


def _without_unit(of: Attribute, said: str) -> str:
    """A number without the unit that is its type's."""
    unit = _UNITS.get(of.type.name)
    return said if unit is None else re.sub(rf"\s*(?:{unit})\s*$", "", said, flags=re.IGNORECASE)


def _wrong(reader: FactReader) -> tuple[Finding, ...]:
    """What is wrong with what was told, which has no place in a file; a slip of a term is asked about, not taken."""
    near = (each for each in reader.warnings if each.code == "fact_term_near")
    return tuple(replace(each, place=None, severity="error") for each in (*reader.findings, *near))
