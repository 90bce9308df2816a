"""The words for declared facts: what each may mean in a sentence, and of which attribute a named value is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lgreason.language.grammar.plain import plain_text
from lgreason.language.lexicon.algebra import Test, path
from lgreason.rules.declared import NAMED, NUMBERS, Declarations, Fact
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Language, Text
from lgreason.rules.terms import Fn, Value
from lgreason.words.forms import Words
from lgreason.words.knowledge import KnowledgeWords

ANY_SUBJECT = ("person", "organisation")
_ELSEWHERE = frozenset({"position", "position_type", "level"})
"""Kinds whose words stand in sentences already, as posts and levels."""
_NOUNS = frozenset({"licences", "clearances", "works", "appraisals", "tests", "courses"})
"""Facts that one has as things, so that their names begin a demand without a verb: "or a lawyer licence"."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word may mean.

    `kind` is one of fact, now, is (a fact is spoken of), event, attr, live, over (an attribute or state of its
    entries), value (a named value or term of the kind `of`). `tests` say what else holds of the entries.
    """

    kind: str
    fact: str | None
    of: str = ""
    values: tuple[Value, ...] = ()
    tests: tuple[tuple[str, Fn], ...] = ()

    @property
    def id(self) -> str:
        """What stands for it in a tree."""
        said = (self.kind, self.fact or "", self.of, *map(_spelled, self.values))
        tests = (f"{of} {_spelled(form)}" for of, form in self.tests)
        return ":".join((*said, *tests))


def _spelled(value: Value) -> str:
    if not isinstance(value, Fn):
        return str(value)
    return f"{value.name}({','.join(map(_spelled, value.args))})" if value.args else value.name


def _name(value: Value) -> str:
    return value.name if isinstance(value, Fn) else str(value)


class Declared:
    """The declared facts of persons and organisations, and the words for them."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Take the knowledge base that declares them."""
        self._kb = kb
        self.scopes = ("ทุกสาขา", "in any field")
        self._senses: dict[str, tuple[Sense, ...]] = {}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts by id."""
        found: dict[str, Fact] = {}
        for subject in ANY_SUBJECT:
            found |= Declarations(self._kb, subject).facts
        return found

    @cached_property
    def words(self) -> Words:
        """Every word with the ids of its senses."""
        words = Words()
        for text, sense in self._all():
            identity = sense.id
            self._senses.setdefault(identity, (sense,))
            words.add(text, identity)
        return words

    @cached_property
    def naming(self) -> Mapping[Language, str]:
        """A pattern of the nouns that stand for facts of dated entries, in each language."""
        nouns: dict[Language, set[str]] = {"th": set(), "en": set()}
        for text, sense in self._all():
            if sense.kind == "fact" and sense.fact in _NOUNS:
                key = plain_text(text)
                nouns["en" if key.isascii() else "th"].add(re.escape(key))
        return {of: "|".join(sorted(each, key=lambda one: (-len(one), one))) for of, each in nouns.items()}

    def senses(self, value: str) -> tuple[Sense, ...]:
        """The senses of a word, by what stands for it in a tree."""
        assert self.words is not None
        return tuple(sense for identity in value.split("|") for sense in self._senses.get(identity, ()))

    def _all(self) -> Iterator[tuple[str, Sense]]:
        kinds = {self._kind(a.type) for fact in self.facts.values() for a in fact.attributes.values()}
        attributes = [a for fact in self.facts.values() for a in fact.attributes.values()]
        kinds |= {self._kind(inner.type) for a in attributes for inner in a.inner.values()}
        kinds |= {self._kind(fact.value.type) for fact in self.facts.values() if fact.value is not None}
        for what, _, text in self._kb.rows("phrase"):
            if isinstance(what, Fn) and (sense := self._phrase(what)) is not None:
                yield str(text), sense
        yield from self._competencies()
        for category, identity, text in self._named():
            if category == "fact" and identity in self.facts:
                yield text, Sense("fact", identity)
            elif category == "attribute":
                fact, _, of = identity.partition(".")
                attribute = self.facts[fact].attribute(of.split(".")) if fact in self.facts else None
                if attribute is not None and attribute.type.name != "date":
                    yield text, Sense("attr", fact, of)
            elif category == "exam_part":
                yield text, Sense("part", "examinations", "parts", (identity,))
            elif category in kinds and category not in _ELSEWHERE:
                yield text, Sense("value", None, category, (self._valued(identity),))

    def _competencies(self) -> Iterator[tuple[str, Sense]]:
        """Competencies by their names, and their groups."""
        if "competencies" not in self.facts:
            return
        words = KnowledgeWords(self._kb.whole)
        for key, word in words.terms("competency").items():
            for identity in word.ids:
                yield key, Sense("value", None, "competency", (identity,))
        rows = self._kb.whole.rows("competency")
        for key, word in words.terms("competency_group").items():
            for identity in word.ids:
                of = tuple(dict.fromkeys(str(k) for _, k, group, _ in rows if _name(group) == identity))
                if of:
                    yield key, Sense("group", "competencies", "competency", of)

    def _named(self) -> Iterator[tuple[str, str, str]]:
        for category, identity, _, text in self._kb.rows("name"):
            yield _name(category), str(identity), str(text)
        for category, identity, text in self._kb.rows("alias"):
            yield _name(category), str(identity), str(text)

    @staticmethod
    def _valued(identity: str) -> Value:
        """A named value is a constant, a term its id."""
        plain = identity.isidentifier() and identity.isascii() and identity.islower()
        return Fn(identity) if plain else identity

    def _phrase(self, what: Fn) -> Sense | None:
        fact = _name(what.args[0])
        if fact not in self.facts:
            return None
        match what.name:
            case "is":
                tests = what.args[1]
                assert isinstance(tests, Fn)
                return Sense("is", fact, tests=tuple(_test(test) for test in tests.args))
            case "before" | "pending":
                return Sense(what.name, fact, _name(what.args[1]))
            case "event" | "attr":
                of = _name(what.args[1])
                attribute = self.facts[fact].attribute((of,))
                inside = attribute is not None and attribute.type.name == "periods"
                return Sense(what.name, fact, of, (Fn("inside"),) if inside else ())
        return Sense(what.name, fact)

    @staticmethod
    def _kind(form: Fn) -> str:
        return _name(form.args[0]) if form.name in NAMED and form.args else ""

    def tested(self, of: str, form: Fn) -> Test:
        """A condition that a phrase sets by itself."""
        if form.name == "covers":
            return Test(Fn("covers", (Fn("day"),)), Fn("period"))
        return Test(form, Fn("value", (path(of),)))

    def attribute_of(self, fact: str | None, kind: str) -> str | None:
        """The attribute of a fact whose values are of a kind."""
        if fact is None or fact not in self.facts:
            return None
        declared = self.facts[fact]
        if declared.value is not None and self._kind(declared.value.type) == kind:
            return ""
        for name, attribute in declared.attributes.items():
            if self._kind(attribute.type) == kind:
                return name
            for inner, below in attribute.inner.items():
                if self._kind(below.type) == kind:
                    return f"{name}.{inner}"
        return None

    def counts_in(self, fact: str | None, of: str) -> bool:
        """Whether an attribute of a fact is an amount or a score, not a named value or a text."""
        declared = self.facts.get(fact or "")
        attribute = declared.attribute(of.split(".")) if declared is not None else None
        return attribute is None or attribute.type.name in (*NUMBERS, "scores", "scale")

    def main(self, fact: str, unit: str) -> str | None:
        """The attribute of a fact that a number is of, where the sentence names none."""
        for of, attribute in self._kb.rows("main"):
            if _name(of) == fact:
                return _name(attribute)
        numbers = [n for n, a in self.facts[fact].attributes.items() if a.type.name in NUMBERS]
        del unit
        return numbers[0] if len(numbers) == 1 else None

    def official(self, identity: str, language: Language) -> str | None:
        """The name that the declarations give to what a word stands for, if it is a word for it."""
        for sense in self.senses(identity):
            key = {
                "fact": ("fact", sense.fact or ""),
                "attr": ("attribute", f"{sense.fact}.{sense.of}"),
                "value": (sense.of, _name(sense.values[0]) if sense.values else ""),
            }.get(sense.kind)
            if key in self._kb.names:
                name = self._kb.names[key].into(language)
                return name if plain_text(name) in self.words else None
        return None

    def called(self, fact: str | None, name: str, language: Language) -> str:
        """What an attribute of a fact, or a fact, is called."""
        for key in (("attribute", f"{fact}.{name}"), ("fact", name)):
            if key in self._kb.names:
                return self._kb.names[key].into(language)
        return name

    def shown(self, value: str, language: Language) -> str:
        """What a named value or term is called."""
        return next((text.into(language) for text in self._called.get(value, ())), value)

    @cached_property
    def _called(self) -> Mapping[str, list[Text]]:
        found: dict[str, list[Text]] = {}
        for (category, identity), text in self._kb.names.items():
            if category not in ("fact", "attribute", "category", "reading"):
                found.setdefault(identity, []).append(text)
        return found

    def relates(self, fact: str) -> list[tuple[str, str]]:
        """Which attribute of a fact is the same as which of the fact that it is added to."""
        return [
            (_name(mine), _name(theirs)) for of, mine, theirs in self._kb.rows("relates") if _name(of) == fact
        ]

    def at_or_above(self, kind: str, least: str) -> tuple[str, ...]:
        """The named values of a kind from one on, in their order."""
        order = sorted((number, _name(of)) for kd, number, of in self._kb.rows("value") if _name(kd) == kind)
        names = [name for _, name in order]
        return tuple(names[names.index(least) :]) if least in names else (least,)

    def unordered(self, fact: str | None, of: str | None) -> str | None:
        """The kind of an attribute whose values are terms, of which some have an order all the same."""
        declared = self.facts.get(fact or "")
        attribute = declared.attribute(of.split(".")) if declared is not None and of else None
        if attribute is None or attribute.type.name != "term":
            return None
        kind = self._kind(attribute.type)
        return kind if any(_name(kd) == kind for kd, _, _ in self._kb.rows("value")) else None

    def lowest(self, kind: str) -> str:
        """The least value of a kind that goes by the name of the kind: "a degree" is a bachelor's or above."""
        return next((_name(of) for kd, of in self._kb.rows("lowest") if _name(kd) == kind), "")

    def counted(self, fact: str) -> str:
        """How long a fact has been so: `length` of its periods, or `since` when."""
        return next((_name(how) for of, how in self._kb.rows("counted") if _name(of) == fact), "length")


def _test(test: Value) -> tuple[str, Fn]:
    assert isinstance(test, Fn)
    if test.name == "test":
        values = test.args[1]
        several = values.args if isinstance(values, Fn) and values.name == "" else (values,)
        return _name(test.args[0]), Fn("one_of", several)
    if test.name == "unlike":
        return _name(test.args[0]), Fn("other_than", (test.args[1],))
    if test.name == "gone":
        return _name(test.args[0]), Fn("within", (Fn("until", (Fn("eve"),)),))
    return "", Fn(test.name)
