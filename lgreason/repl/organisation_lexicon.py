"""The words of a conversation about organisations: those loaded, their units, the posts, classes, levels and choices.

A unit goes by `organisation/unit`, so that units of the same name in two organisations are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from lgreason.files.organisation.organisation import LEVELS, Organisation, Unit
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.words.forms import Kind, Words
from lgreason.words.knowledge import abbreviated, at_level
from lgreason.words.plain import is_thai, plain_text

NONE = "none"
_NONE = ("none", "ไม่มี", "ไม่ตั้ง", "not set up")
_CALLED = {
    "municipality": ("เทศบาล", "municipal", "town"),
    "sao": ("อบต", "ตำบล", "sao"),
    "pao": ("อบจ", "จังหวัด", "pao"),
}
"""What the kinds of organisations are called where one of them is meant."""
_TYPES = ("organisation_type", "municipal_status")


class OrganisationWords:
    """The words of some organisations over the terms of all."""

    def __init__(self, kb: KnowledgeBase, organisations: Iterable[Organisation] = ()) -> None:
        """Take the knowledge base of organisations, and those that are loaded."""
        self._terms = _Terms(kb)
        self._organisations = tuple(organisations)

    def of(self, organisations: Iterable[Organisation]) -> OrganisationWords:
        """The same for other organisations; the terms are kept."""
        other = OrganisationWords.__new__(OrganisationWords)
        other._terms, other._organisations = self._terms, tuple(organisations)
        return other

    @cached_property
    def words(self) -> Mapping[Kind, Words]:
        """The words by kind."""
        return {
            "ORGANISATION_NAME": self._names(),
            "UNIT_NAME": self._units(),
            "CHOICE_NAME": self._choices(),
            **self._terms.words,
        }

    # ── organisations ─────────────────────────────────────────────────────────────────────────────────────────

    def _names(self) -> Words:
        words = Words()
        for organisation in self._organisations:
            words.add(organisation.name, organisation.id, offered=True)
            for shown in self._terms.shortened(organisation.name):
                words.add(shown, organisation.id, offered=shown == self._terms.bare(organisation.name))
        for organisation in self._organisations:
            words.mean(organisation.id, organisation.id, offered=True)
        return words

    def of_kind(self, text: str) -> tuple[str, ...]:
        """The ids of the organisations of a kind, as it is called: เทศบาล, อบต., the municipality."""
        kind = next((k for k, words in _CALLED.items() if any(word in text for word in words)), "")
        return tuple(each.id for each in self._organisations if each.type == kind)

    def name(self, identity: str, language: str = "th") -> str:
        """The shortest name that is an organisation's alone; in English, where the name is Thai, the id."""
        organisation = next(each for each in self._organisations if each.id == identity)
        if language == "en" and not organisation.name.isascii():
            return identity
        for name in (self._terms.bare(organisation.name), organisation.name):
            if self.words["ORGANISATION_NAME"][plain_text(name)].ids == (identity,):
                return name
        return identity

    # ── units and choices ─────────────────────────────────────────────────────────────────────────────────────

    def _each_unit(self) -> Iterator[tuple[str, Unit]]:
        for organisation in self._organisations:
            for unit in organisation.units or ():
                yield f"{organisation.id}/{unit.id}", unit

    def _units(self) -> Words:
        words = Words()
        for identity, unit in self._each_unit():
            words.add(unit.name, identity, offered=True)
            words.add(unit.id, identity, offered=True)
            for short in _shorter(unit.name):
                words.add(short, identity)
            words.add(f"units.{unit.id}", identity)
        return words

    def _choices(self) -> Words:
        words = Words()
        for choice in (f"deputies.{level}" for level in LEVELS):
            words.mean(choice, choice, offered=True)
        for _, unit in self._each_unit():
            for of in ("kind", "level", "sections", "parts"):
                choice = f"units.{unit.id}.{of}"
                words.mean(choice, choice)
                words.mean(choice.removeprefix("units."), choice, offered=True)
            for of, thai in (("sections", "ฝ่าย"), ("parts", "ส่วน")):
                choice = f"units.{unit.id}.{of}"
                for name in (unit.name, unit.id):
                    words.add(f"จำนวน{thai}ของ{name}", choice)
                    words.add(f"{thai}ของ{name}", choice)
                    words.add(f"number of {of} of {name}", choice)
                    words.add(f"{of} of {name}", choice)
        return words


def _shorter(name: str) -> Iterator[str]:
    """A unit's name as it is told short: without what is joined to it (กองยุทธศาสตร์และงบประมาณ)."""
    head = re.split("และ| and ", name)[0].strip()
    if head != name and len(head) > 5:
        yield head


class _Terms:
    """The words of what is known of all organisations."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._aliases: dict[tuple[str, str], list[str]] = {}
        for kind, identity, text in kb.rows("alias"):
            self._aliases.setdefault((getattr(kind, "name", str(kind)), str(identity)), []).append(str(text))

    @cached_property
    def words(self) -> Mapping[Kind, Words]:
        return {"POST_NAME": self._posts(), "CLASS_NAME": self._classes(), "VALUE_NAME": self._values()}

    def _ids(self, category: str) -> list[str]:
        return [identity for kind, identity in self._kb.names if kind == category]

    def _spellings(self, category: str, identity: str) -> list[str]:
        return [*self._kb.names[category, identity], *self._aliases.get((category, identity), ())]

    # ── names of organisations ────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _kinds(self) -> list[tuple[str, list[str]]]:
        """What names of organisations begin with, longest first, each with its other spellings."""
        found = {}
        for category in _TYPES:
            for identity in self._ids(category):
                spellings = [text for text in self._spellings(category, identity) if is_thai(text[0])]
                for text in spellings:
                    found[text] = spellings
        return sorted(found.items(), key=lambda pair: -len(pair[0]))

    def bare(self, name: str) -> str:
        """A name without the kind of organisation that it begins with."""
        for kind, _ in self._kinds:
            if name.startswith(kind) and name != kind:
                return name.removeprefix(kind).strip()
        return name

    def shortened(self, name: str) -> Iterator[str]:
        """A name without the kind of organisation, and with the kind in other words."""
        bare = self.bare(name)
        yield bare
        for kind, spellings in self._kinds:
            if name.startswith(kind) and name != kind:
                yield from (f"{other}{bare}" for other in spellings)
                if kind.startswith("เทศบาล"):
                    yield f"เทศบาล{bare}"
                return

    # ── posts ─────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _abbreviations(self) -> list[tuple[str, str]]:
        return [(str(short), str(long)) for short, long in self._kb.rows("abbreviation")]

    def _posts(self) -> Words:
        words = Words()
        levels = {level: self._spellings("level", level) for level in LEVELS}
        for post in self._ids("establishment"):
            named = self._kb.names["establishment", post]
            for shown in named:
                words.add(shown, post, offered=True)
            for level in LEVELS:
                at = self._kb.names["level", level]
                words.add(f"{named.th} {at.th}", f"{post}.{level}", offered=True)
                words.add(f"{named.en}, {at.en}", f"{post}.{level}", offered=True)
            for spelling in self._spellings("establishment", post):
                for form in self._forms(spelling):
                    words.add(form, post)
                    for level, names in levels.items():
                        for whole in at_level(form, names):
                            words.add(whole, f"{post}.{level}")
        return words

    def _forms(self, spelling: str) -> Iterator[str]:
        """A post in its spellings: abbreviated, and in English of several."""
        if is_thai(spelling[0]):
            yield from abbreviated(spelling, self._abbreviations)
            return
        yield spelling
        if " of " not in spelling:
            yield f"{spelling[:-1]}ies" if spelling.endswith("y") else f"{spelling}s"

    # ── classes and values ────────────────────────────────────────────────────────────────────────────────────

    def _classes(self) -> Words:
        words = Words()
        for identity in self._ids("municipal_class"):
            for shown in self._kb.names["municipal_class", identity]:
                words.add(shown, identity, offered=True)
            for spelling in self._spellings("municipal_class", identity):
                words.add(spelling, identity)
                words.add(
                    f"เทศบาล{spelling}" if is_thai(spelling[0]) else f"{spelling} municipality", identity
                )
            words.add(identity, identity)
        return words

    def _values(self) -> Words:
        words = Words()
        for category, ids in (("level", LEVELS), ("unit_kind", ("division", "office"))):
            for identity in ids:
                for shown in self._kb.names[category, identity]:
                    words.add(shown, identity, offered=True)
                for spelling in self._spellings(category, identity):
                    words.add(spelling, identity)
                    if category == "level" and spelling.isascii():
                        words.add(f"{spelling} level", identity)
        for shown in _NONE:
            words.add(shown, NONE, offered=True)
        return words
