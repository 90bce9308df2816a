"""Reading declared facts: from the sound data of a file to typed values, with everything that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from lgreason.files.facts.schema import further
from lgreason.files.facts.values import NONE, Between, Entry, Given, Score, Term
from lgreason.files.form.form import Form
from lgreason.files.form.shape import NONE_WORDS
from lgreason.files.source import amounts
from lgreason.files.source.read import Path, Source, excerpt
from lgreason.rules.declared import NUMBERS, OF_ENTRIES, Attribute, Declarations, Fact, word
from lgreason.rules.findings import Finding, Said
from lgreason.rules.terms import Fn
from lgreason.words.dates import BUDDHIST_OFFSET, DateProblem, parse_date

OFFERED = 12


class TermWords(Protocol):
    """What reading declared facts needs to know of the terms of the regulations."""

    def resolve(self, category: str, text: str) -> str | None:
        """The id that an id or a Thai or English name stands for; `None` when it is not known."""

    def nearest(self, category: str, text: str, n: int = 3) -> tuple[str, ...]:
        """The `n` names that come nearest to the text, to offer them."""

    def like(self, category: str, text: str) -> tuple[str, ...]:
        """The names of the terms that a text may be: one holds the other, or it is a slip of it."""

    def name(self, category: str, identity: str) -> object:
        """The name of an id, in a form that messages can show."""


@dataclass(slots=True)
class FactReader:
    """Reads the declared facts of one file; `findings` collects what is wrong, `warnings` what is not certain."""

    source: Source
    declared: Declarations
    words: TermWords
    latest: date
    findings: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    _others: dict[str, tuple[Path, list[str]]] = field(default_factory=dict)

    def given(self, data: Mapping[str, Any], form: Form) -> Given:
        """What the file states that its form does not itself read."""
        facts: dict[str, object] = {}
        more: dict[str, tuple[Entry, ...]] = {}
        for fact, attributes in further(form, self.declared):
            if data.get(fact.id) is None:
                continue
            if attributes is None:
                facts[fact.id] = self._fact(fact, data[fact.id])
            else:
                more[fact.id] = tuple(
                    self._entry((fact.id, index), attributes, entry)
                    for index, entry in enumerate(data[fact.id])
                )
        self._told_others()
        return Given(facts, more)

    def whole(self, fact: Fact, raw: Any) -> object:
        """A fact, alone."""
        return self._fact(fact, raw)

    def entry(self, fact: Fact, raw: Mapping[str, Any]) -> Entry:
        """One entry of a fact, alone."""
        found = self._entry((fact.id,), fact.attributes, raw)
        self._order((fact.id,), fact.shape, found)
        return found

    def value(
        self, path: Path, kind: Fn, inner: Mapping[str, Attribute], raw: Any, of: Attribute | None
    ) -> object:
        """One value of a type, or the entries of a shape, by itself; what is wrong with it is told as for a file."""
        found = self._value(path, kind, inner, raw, of)
        self._told_others()
        return found

    def _fact(self, fact: Fact, raw: Any) -> object:
        kind = fact.value if fact.value is not None else None
        if kind is not None and fact.shape.name == "one":
            return self._value((fact.id,), kind.type, {}, raw, kind)
        return self._value((fact.id,), fact.shape, fact.attributes, raw, kind)

    def _find(self, code: str, path: Path, **args: object) -> None:
        self.findings.append(Finding(code, self.source.place(path), args))

    def _value(
        self, path: Path, kind: Fn, inner: Mapping[str, Attribute], raw: Any, of: Attribute | None
    ) -> object:
        """A value of a type, or the entries of a shape; `None` where it is at fault, which is told."""
        if raw is None:
            return None
        if isinstance(raw, str) and raw.strip().casefold() in NONE_WORDS:
            return NONE if kind.name not in OF_ENTRIES else ()
        if kind.name in OF_ENTRIES:
            found = tuple(self._entry((*path, index), inner, each) for index, each in enumerate(raw))
            for index, entry in enumerate(found):
                self._order((*path, index), kind, entry)
            return found
        if kind.name == "record":
            if isinstance(raw, dict):
                return self._entry(path, inner, raw)
            if isinstance(raw, str) and "id" in inner:  # what has a name may be told by it alone
                return self._entry(path, inner, {"id": raw})
            self._find("shape_record_is_value", path, found=excerpt(raw))
            return None
        if kind.name in ("scores", "years"):
            return self._mapping(path, kind, raw, of)
        if kind.name == "score":
            parts = (self._number((*path, key), raw.get(key), None) for key in ("score", "full"))
            return Score(*parts)
        if kind.name in NUMBERS:
            return self._number(path, raw, of)
        return self._plain(path, kind, raw, of)

    def _entry(self, path: Path, attributes: Mapping[str, Attribute], raw: Mapping[str, Any]) -> Entry:
        found = {}
        for name, attribute in attributes.items():
            value = self._value((*path, name), attribute.type, attribute.inner, raw.get(name), attribute)
            if value is not None:
                found[name] = value
        return found

    def _mapping(self, path: Path, kind: Fn, raw: Mapping[str, Any], of: Attribute | None) -> object:
        value = kind.args[-1]
        inner = value if isinstance(value, Fn) else Fn(word(value))
        found: dict[str, object] = {}
        for key, each in raw.items():
            name = str(key)
            if kind.name == "years":
                year = self._year((*path, key), key)
                if year is None:
                    continue
                name = str(year)
            elif len(kind.args) > 1:
                name = self.words.resolve(word(kind.args[0]), name) or name
            if isinstance(each, dict) and inner.name in NUMBERS:
                deeper = {
                    str(k): self._number((*path, key, k), v, of) for k, v in each.items() if v is not None
                }
                found[name] = deeper
            elif each is not None:
                found[name] = self._value((*path, key), inner, {}, each, of)
        return found

    def _number(self, path: Path, raw: Any, of: Attribute | None) -> Fraction | None:
        if raw is None:
            return None
        money = of is not None and of.type in (Fn("baht"), Fn("years", (Fn("baht"),)))
        value = amounts.money(raw) if money else amounts.score(raw)
        if value is None:
            self._find("shape_amount_expected", path, found=excerpt(raw))
        elif of is not None and (
            (of.low is not None and value < of.low) or (of.high is not None and value > of.high)
        ):
            limits = {
                "least": of.low if of.low is not None else "…",
                "most": of.high if of.high is not None else "…",
            }
            self._find(
                "fact_out_of_range", path, found=excerpt(raw), **{k: str(v) for k, v in limits.items()}
            )
        return value

    def _year(self, path: Path, raw: object) -> int | None:
        year = amounts.year(raw)
        if isinstance(year, int):
            return year - BUDDHIST_OFFSET
        if isinstance(year, DateProblem):
            self._find(year.code, path, **year.args)
        else:
            self._find("shape_amount_expected", path, found=excerpt(raw))
        return None

    def _plain(self, path: Path, kind: Fn, raw: Any, of: Attribute | None) -> object:
        if kind.name == "yes_no":
            return bool(raw)
        if kind.name == "year":
            return self._year(path, raw)
        text = str(raw).strip()
        if not text:
            return None  # told by the check of texts
        if kind.name == "date":
            return self._day(path, text, of)
        if kind.name == "terms":
            return tuple(Term(self.words.resolve(word(kind.args[0]), str(each)), str(each)) for each in raw)
        if kind.name == "text":
            return text
        category = word(kind.args[0])
        identity = self.words.resolve(category, text)
        if identity is None and kind.name in ("one_of", "scale"):
            nearest = self.words.nearest(category, text, OFFERED)
            self._find("fact_unknown_value", path, found=excerpt(text), accepted=nearest)
            return None
        if identity is None and kind.name == "term":
            self._other(path, category, text)
        return Term(identity, text)

    def _other(self, path: Path, category: str, text: str) -> None:
        """Say that a text is no term that is known: it counts as another, unless it may be meant for one."""
        if near := self.words.like(category, text)[:OFFERED]:
            args: dict[str, object] = {"found": excerpt(text), "nearest": near}
            self.warnings.append(Finding("fact_term_near", self.source.place(path), args, "warning"))
        else:
            self._others.setdefault(category, (path, []))[1].append(excerpt(text))

    def _told_others(self) -> None:
        for category, (path, texts) in self._others.items():
            named = tuple(dict.fromkeys(texts))[:OFFERED]
            args = {"found": named, "kind": self.words.name("category", category)}
            self.warnings.append(Finding("fact_term_other", self.source.place(path), args, "warning"))

    def _day(self, path: Path, text: str, of: Attribute | None) -> object:
        """A day, or its bounds; an end still open is not told, where that is what it means."""
        day = parse_date(text)
        if isinstance(day, date):
            return day
        from lgreason.words.recognising.days import Days

        found = Days(self.latest).recognise(text)
        if found.outcome == "this" and found.reading["date"] != "open":
            return date.fromisoformat(str(found.reading["date"]))
        if found.outcome == "this" and of is not None and of.absent.name in ("still", "none"):
            return None
        if "earliest" in found.reading:
            why = {"found": excerpt(text), "why": Said(f"recognised.{found.why}"), "nearest": ()}
            place = self.source.place(path)
            self.warnings.append(Finding("person_not_recognised", place, why, "warning"))
            return Between(*(date.fromisoformat(str(found.reading[end])) for end in ("earliest", "latest")))
        self._find(day.code, path, **day.args)
        return None

    def _order(self, path: Path, kind: Fn, entry: Entry) -> None:
        """Nothing ends before it begins, and a year has no more rounds than are declared."""
        if kind.name == "rounds":
            name, most = word(kind.args[1]), kind.args[2]
            number = entry.get(name)
            if isinstance(number, Fraction) and isinstance(most, int) and not 1 <= number <= most:
                limits = {"least": "1", "most": str(most)}
                self._find("fact_out_of_range", (*path, name), found=str(number), **limits)
        if kind.name == "periods":
            names = [
                word(arg.args[0]) if isinstance(arg, Fn) and arg.args else word(arg) for arg in kind.args
            ]
            start, end = (entry.get(name) for name in names)
            if isinstance(start, date) and isinstance(end, date) and end < start:
                self._find("person_ends_before_start", (*path, names[1]), start=start, end=end)


__all__ = ["FactReader", "TermWords"]
