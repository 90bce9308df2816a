"""The words of a conversation that no grammar can list: names of persons, positions, clauses and readings.

Each is closed: only what is loaded and what the knowledge base holds has a name. A word may stand for several ids
(two persons of one first name, a clause number that every level has); who asks is then told which there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import Literal

from lgreason.repl.plain_text import plain_text
from lgreason.repl.words import Words
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Clause, Language
from lgreason.terms import Fn

Kind = Literal[
    "PERSON_NAME",
    "POSITION_NAME",
    "CLAUSE_NAME",
    "READING_NAME",
    "READING_CHOICE",
    "DEGREE_NAME",
    "FIELD_NAME",
    "WORK_NAME",
    "RANK_NAME",
    "LEVEL_NAME",
]
TITLES = (
    *(
        "นางสาว",
        "น.ส.",
        "นาย",
        "นาง",
        "ดร.",
        "ว่าที่ร้อยตรีหญิง",
        "ว่าที่ร้อยตรี",
        "ว่าที่ ร.ต.",
        "สิบเอก",
        "จ่าเอก",
        "พันจ่าเอก",
    ),
    *("mr.", "mrs.", "ms.", "miss", "dr.", "mr", "mrs", "ms", "dr"),
)
HONORIFICS = ("คุณ", "khun ")
_CLAUSE_NUMBER = re.compile(r"(?:ข้อ ?|item )([0-9][0-9.]*(?:\([0-9]+\))?)$")
_ALL_LEVELS = re.compile(r"\((?:ทั้งสามระดับ|all (?:three )?levels)\)$")


class Lexicon:
    """The words in force: of the persons loaded, and of a knowledge base."""

    def __init__(self, kb: KnowledgeBase, people: Mapping[str, str]) -> None:
        """Take a knowledge base, and the names of the persons loaded by their ids."""
        self._kb = kb
        self.people = dict(people)

    def with_people(self, people: Mapping[str, str]) -> Lexicon:
        """The same words for other persons; those of the knowledge base are kept."""
        other = Lexicon(self._kb, people)
        other.__dict__["_of_kb"] = self._of_kb
        return other

    @cached_property
    def words(self) -> Mapping[Kind, Words]:
        """Every word, by kind."""
        return {"PERSON_NAME": self._persons(), **self._of_kb}

    @cached_property
    def _of_kb(self) -> Mapping[Kind, Words]:
        return {
            "POSITION_NAME": self.positions(),
            "CLAUSE_NAME": self._clauses(),
            "READING_NAME": self._readings(),
            "READING_CHOICE": self._choices(),
            "DEGREE_NAME": self.degrees(),
            "FIELD_NAME": self.terms("field"),
            "WORK_NAME": self.terms("work"),
            "RANK_NAME": self.ranks(),
            "LEVEL_NAME": self.terms("level"),
        }

    # ── persons ───────────────────────────────────────────────────────────────────────────────────────────────

    def _persons(self) -> Words:
        words = Words()
        for identity, name in self.people.items():
            title, bare = _without_title(name)
            first = bare.split()[0] if bare.split() else name
            words.add(name, identity, offered=True)
            words.add(first, identity, offered=True)
            for spelling in (
                bare,
                f"{title}{first}",
                *(f"{h}{n}" for h in HONORIFICS for n in (bare, first)),
            ):
                words.add(spelling, identity)
        for identity in self.people:
            words.mean(identity, identity, offered=True)
        return words

    def person_name(self, identity: str, language: Language = "th") -> str:
        """The shortest name that is a person's alone: the first name, the whole name, or the id.

        In English, a person whose name is in Thai letters goes by the id.
        """
        _, bare = _without_title(self.people[identity])
        if language == "en" and not bare.isascii():
            return identity
        for name in (*bare.split()[:1], bare, self.people[identity]):
            if self.words["PERSON_NAME"][plain_text(name)].ids == (identity,):
                return name
        return identity

    # ── positions ─────────────────────────────────────────────────────────────────────────────────────────────

    def positions(self) -> Words:
        """The positions, written out, abbreviated, and with their level said in any way."""
        words = Words()
        for identity, _, level, _ in self._kb.rows("position"):
            key = str(identity)
            assert isinstance(level, Fn)
            levels = [plain_text(text) for text in self._spellings("level", level.name)]
            name = self._kb.names["position", key]
            for shown in (*name, self._shortened(name.th)):
                words.add(shown, key, offered=True)
            for spelling in self._spellings("position", key):
                for form in self._abbreviated(spelling):
                    words.add(form, key)
                    base = _without_level(plain_text(form), levels)
                    for whole in (base, *_levelled(base, levels)):
                        words.add(whole, key)
            words.mean(key, key)
        return words

    def _spellings(self, category: str, identity: str) -> Iterator[str]:
        yield from self._kb.names[category, identity]
        for kind, other, text in self._kb.rows("alias"):
            if isinstance(kind, Fn) and kind.name == category and other == identity:
                yield str(text)

    @cached_property
    def _abbreviations(self) -> list[tuple[str, str]]:
        return [(str(short), str(long)) for short, long in self._kb.rows("abbreviation")]

    def _abbreviated(self, spelling: str) -> Iterator[str]:
        """A spelling with each of its words written out, abbreviated, and abbreviated without the dot."""
        used = [(short, long) for short, long in self._abbreviations if long in spelling]
        for forms in product(*((long, short, short.rstrip(".")) for short, long in used)):
            text = spelling
            for (_, long), form in zip(used, forms, strict=True):
                text = text.replace(long, form)
            yield text

    def _shortened(self, spelling: str) -> str:
        for short, long in self._abbreviations:
            spelling = spelling.replace(long, short)
        return spelling

    # ── clauses and readings ──────────────────────────────────────────────────────────────────────────────────

    def _clauses(self) -> Words:
        words = Words()
        for clause in self._kb.whole.clauses.values():
            document = clause.document + "."
            for identity in (clause.id, clause.id.removeprefix(document)):
                words.mean(identity, clause.id, offered=identity != clause.id)
            for place in clause.place:
                for shown in dict.fromkeys((place, place.removeprefix("ระดับ"))):
                    words.add(shown, clause.id, offered=True)
                for form in _placed(plain_text(place)):
                    words.add(form, clause.id)
            self._numbered(words, clause)
        return words

    def _numbered(self, words: Words, clause: Clause) -> None:
        """A number names a clause by itself, unless the place has another before it, such as that of a slide."""
        place = _ALL_LEVELS.sub("", plain_text(clause.place.th))
        match = _CLAUSE_NUMBER.search(place)
        if match and not any(character.isdigit() for character in place[: match.start()]):
            for form in ("ข้อ {}", "{}", "clause {}", "item {}"):
                words.add(form.format(match[1]), clause.id)

    def _readings(self) -> Words:
        words = Words()
        for identity in self._kb.readings:
            words.mean(identity, identity, offered=True)
        return words

    def _choices(self) -> Words:
        words = Words()
        for identity, reading in self._kb.readings.items():
            for choice, _ in reading.choices:
                words.mean(f"{identity} {choice}", f"{identity}={choice}")
                words.mean(f"{identity}={choice}", f"{identity}={choice}", offered=True)
        return words

    # ── degrees, fields, work, types with levels ──────────────────────────────────────────────────────────────

    def terms(self, category: str) -> Words:
        """The terms of a category by their names."""
        words = Words()
        for kind, identity in self._kb.names:
            if kind == category:
                for shown in self._kb.names[kind, identity]:
                    words.add(shown, identity, offered=True)
                for spelling in self._spellings(category, identity):
                    words.add(spelling, identity)
        return words

    def degrees(self) -> Words:
        """The degrees, also by what they are called for short."""
        words = self.terms("degree")
        for key, word in list(words.items()):
            for form in _degree_forms(key):
                words.add(form, word.ids[0])
        return words

    def ranks(self) -> Words:
        """The types of position with their levels."""
        words = Words()
        for kind, level, _ in self._kb.rows("level"):
            assert isinstance(kind, Fn) and isinstance(level, Fn)
            identity = f"{kind.name}.{level.name}"
            types, levels = self._kb.names["position_type", kind.name], self._kb.names["level", level.name]
            words.add(f"{types.th} {levels.th}", identity, offered=True)
            words.add(f"{types.en}, {levels.en}", identity, offered=True)
            for one in self._spellings("position_type", kind.name):
                for other in self._spellings("level", level.name):
                    words.add(f"{one} {other}", identity)
                    words.add(f"{one} {other} level", identity)
            words.add(identity, identity)
        return words


def _degree_forms(key: str) -> Iterator[str]:
    """ปริญญาโท is also โท; master's degree is also master's, masters and master degree."""
    if key.startswith("ปริญญา"):
        yield key.removeprefix("ปริญญา")
    if key.isascii() and " " not in key:
        yield from (f"{key}'s", f"{key}s", f"{key} degree")


def _without_title(name: str) -> tuple[str, str]:
    lower = name.lower()
    for title in TITLES:
        if lower.startswith(title) and len(name) > len(title):
            rest = name[len(title) :]
            if not title[-1].isascii() or title.endswith(".") or rest.startswith(" "):
                return name[: len(title)], rest.strip()
    return "", name


def _without_level(spelling: str, levels: Iterable[str]) -> str:
    for level in sorted(levels, key=len, reverse=True):
        for ending in (f" {level} level", f" {level}", level if not level.isascii() else ""):
            if ending and spelling.endswith(ending):
                return spelling.removesuffix(ending)
    return spelling


def _levelled(base: str, levels: Iterable[str]) -> Iterator[str]:
    for level in levels:
        yield f"{base} {level}"
        if level.isascii():
            yield from (
                f"{base} {level} level",
                f"{level} {base}",
                f"{level} level {base}",
                f"{level}-level {base}",
            )


def _placed(place: str) -> Iterator[str]:
    """A place with and without ระดับ and ข้อ, or level and item, and the two mixed."""
    place = _ALL_LEVELS.sub("", place)
    bare = re.sub(r"^ระดับ| level(?= )", "", place)
    for form in dict.fromkeys((place, bare)):
        yield form
        for word in ("ข้อ", "item ", "clause ", ""):
            yield re.sub(r"ข้อ|(?<= )(?:item|clause) ", word, form)
