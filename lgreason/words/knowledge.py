"""The words of the knowledge base: positions, clauses, readings, degrees, fields, kinds of work, ranks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product

from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn
from lgreason.words.forms import Kind, Words
from lgreason.words.plain import plain_text

_CLAUSE_NUMBER = re.compile(r"(?:ข้อ ?|item )([0-9][0-9.]*(?:\([0-9]+\))?)$")
_LEADS = re.compile(r"([a-z]+) (director|head|chief)")
_ALL_LEVELS = re.compile(r"\((?:ทั้งสามระดับ|all (?:three )?levels)\)$")


class KnowledgeWords:
    """The words of a knowledge base, each kind found when it is first asked for."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Take a knowledge base about persons."""
        self._kb = kb

    @cached_property
    def words(self) -> Mapping[Kind, Words]:
        """The words by kind, but for the clauses."""
        return {
            "POSITION_NAME": self.positions(),
            "READING_NAME": self._readings(self._kb),
            "READING_CHOICE": self._choices(self._kb),
            "DEGREE_NAME": self.degrees(),
            "FIELD_NAME": self.terms("field"),
            "WORK_NAME": self.terms("work"),
            "RANK_NAME": self.ranks(),
            "LEVEL_NAME": self.terms("level"),
        }

    @cached_property
    def clauses(self) -> Words:
        """The clauses about persons."""
        return self._clauses(self._kb.described.clauses.values())

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
            spellings = (*self._spellings("position", key), *self._led(key))
            for spelling in spellings:
                for form in abbreviated(spelling, self._abbreviations):
                    words.add(form, key)
                    base = _without_level(plain_text(form), levels)
                    for whole in (base, *at_level(base, levels)):
                        words.add(whole, key)
            words.mean(key, key)
        return words

    def _spellings(self, category: str, identity: str) -> Iterator[str]:
        yield from self._kb.names[category, identity]
        for kind, other, text in self._kb.rows("alias"):
            if isinstance(kind, Fn) and kind.name == category and other == identity:
                yield str(text)

    def _led(self, key: str) -> Iterator[str]:
        """A post by what its holder leads: division director is director of a division."""
        for spelling in self._spellings("position", key):
            if match := _LEADS.fullmatch(spelling):
                led, leader = match.groups()
                for article in ("", "a ", "an ", "the "):
                    yield f"{leader} of {article}{led}"

    @cached_property
    def _abbreviations(self) -> list[tuple[str, str]]:
        return [(str(short), str(long)) for short, long in self._kb.rows("abbreviation")]

    def _shortened(self, spelling: str) -> str:
        for short, long in self._abbreviations:
            spelling = spelling.replace(long, short)
        return spelling

    # ── clauses and readings ──────────────────────────────────────────────────────────────────────────────────

    def _clauses(self, clauses: Iterable[Clause]) -> Words:
        words = Words()
        for clause in clauses:
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
        if match := _CLAUSE_NUMBER.search(_ALL_LEVELS.sub("", plain_text(clause.place.th))):
            for form in ("ข้อ {}", "{}", "clause {}", "item {}"):
                words.add(form.format(match[1]), clause.id)

    @cached_property
    def with_organisations(self) -> Mapping[Kind, Words]:
        """The words of clauses and readings where those about organisations are meant too."""
        whole = self._kb.whole
        return {
            "CLAUSE_NAME": self._clauses({**self._kb.described.clauses, **whole.clauses}.values()),
            "READING_NAME": self._readings(whole),
            "READING_CHOICE": self._choices(whole),
        }

    def _readings(self, kb: KnowledgeBase) -> Words:
        words = Words()
        for identity in kb.readings:
            words.mean(identity, identity, offered=True)
        return words

    def _choices(self, kb: KnowledgeBase) -> Words:
        words = Words()
        for identity, reading in kb.readings.items():
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


def abbreviated(spelling: str, abbreviations: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A spelling with each of its words written out, abbreviated, and abbreviated without the dot."""
    used = [(short, long) for short, long in abbreviations if long in spelling]
    for forms in product(*((long, short, short.rstrip(".")) for short, long in used)):
        text = spelling
        for (_, long), form in zip(used, forms, strict=True):
            text = text.replace(long, form)
        yield text


def at_level(post: str, levels: Iterable[str]) -> Iterator[str]:
    """A post with its level: after it in Thai, before or after it in English."""
    for level in levels:
        yield f"{post} {level}"
        if level.isascii():
            yield from (
                f"{post} {level} level",
                f"{level} {post}",
                f"{level} level {post}",
                f"{level}-level {post}",
            )


def _degree_forms(key: str) -> Iterator[str]:
    """ปริญญาโท is also โท; master's degree is also master's, masters and master degree."""
    if key.startswith("ปริญญา"):
        yield key.removeprefix("ปริญญา")
    if key.isascii() and " " not in key:
        yield from (f"{key}'s", f"{key}s", f"{key} degree")


def _without_level(spelling: str, levels: Iterable[str]) -> str:
    for level in sorted(levels, key=len, reverse=True):
        for ending in (f" {level} level", f" {level}", level if not level.isascii() else ""):
            if ending and spelling.endswith(ending):
                return spelling.removesuffix(ending)
    return spelling


def _placed(place: str) -> Iterator[str]:
    """A place with and without ระดับ and ข้อ, or level and item, and the two mixed."""
    place = _ALL_LEVELS.sub("", place)
    bare = re.sub(r"^ระดับ| level(?= )", "", place)
    for form in dict.fromkeys((place, bare)):
        yield form
        for word in ("ข้อ", "item ", "clause ", ""):
            yield re.sub(r"ข้อ|(?<= )(?:item|clause) ", word, form)
