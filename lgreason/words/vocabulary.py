"""From the words that people use to the ids of the knowledge base, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Language, Text
from lgreason.rules.terms import constant, number

if TYPE_CHECKING:
    from lgreason.rules.declared import Declarations

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_NOT_A_LETTER = re.compile(r"[^0-9A-Za-z\u0e01-\u0e4e]+")
_LATIN = re.compile(r"[A-Za-z0-9]+")
_OF_ORGANISATIONS = frozenset({"organisation_type"})
_DESCRIBED = frozenset({"competency", "competency_group", "topic", "duty_area"})
_FILLERS = frozenset({"level", "of", "the", "a"})


class Vocabulary:
    """Every term with its names; finds what a name means, with or without spaces, in Thai or English."""

    def __init__(self, kb: KnowledgeBase, language: Language = "th") -> None:
        """Take the terms of a knowledge base; `language` is that of the names offered by `nearest`."""
        self._kb = kb
        self.language: Language = language
        self._optional = tuple(str(word) for (word,) in kb.rows("optional"))
        self._abbreviations = sorted(
            ((str(short), str(long)) for short, long in kb.rows("abbreviation")),
            key=lambda pair: -len(pair[0]),
        )

    @cached_property
    def of_facts(self) -> Vocabulary:
        """The same with the terms of declared facts."""
        return Vocabulary(self._kb.declared, self.language)

    @property
    def declarations(self) -> Declarations:
        """What may be known about a person."""
        return self._kb.declarations("person")

    def declarations_of(self, subject: str) -> Declarations:
        """What may be known about a subject."""
        return self._kb.declarations(subject)

    # ── names of ids ─────────────────────────────────────────────────────────────────────────────

    def name(self, category: str, identity: str) -> Text:
        """The name of an id in both languages; the id itself where it has none."""
        if category == "rank" and (category := "position") and (category, identity) not in self._kb.names:
            return self._type_and_level(identity)
        return self._names(category).get((category, identity), Text(identity, identity))

    def _names(self, category: str) -> dict[tuple[str, str], Text]:
        names = (self._kb.whole if category in _DESCRIBED else self._kb).names
        if category in _OF_ORGANISATIONS and not any(kind == category for kind, _ in names):
            return self._kb.whole.names  # named by the postings of persons too
        return names

    def _type_and_level(self, rank: str) -> Text:
        kind, _, level = rank.partition(".")
        names = self.name("position_type", kind), self.name("level", level)
        return Text(f"{names[0].th} {names[1].th}", f"{names[0].en}, {names[1].en}")

    def ids(self, category: str) -> tuple[str, ...]:
        """The ids of a category, in the order of the knowledge base."""
        if category == "rank":
            return (*self.ids("position"), *(f"{kind}.{level}" for kind, level in self._levels))
        return tuple(identity for (kind, identity) in self._names(category) if kind == category)

    # ── ids of names ─────────────────────────────────────────────────────────────────────────────

    def resolve(self, category: str, text: str) -> str | None:
        """The id that a name, an abbreviation or an id stands for; `None` if none or more than one does."""
        found = self._index(category).get(self._key(text), frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def nearest(self, category: str, text: str, n: int = 3) -> tuple[str, ...]:
        """The names that come nearest to a text, best first: for "did you mean"."""
        from difflib import SequenceMatcher

        key = self._key(text)
        scores: dict[str, float] = {}
        for other, ids in self._index(category).items():
            score = SequenceMatcher(None, key, other).ratio()
            if key and other.startswith(key):
                score += 0.5
            for identity in ids:
                scores[identity] = max(score, scores.get(identity, 0.0))
        best = sorted(scores, key=lambda identity: (-scores[identity], identity))[:n]
        return tuple(self.name(category, identity).into(self.language) for identity in best)

    def like(self, category: str, text: str) -> tuple[str, ...]:
        """The names of the terms that a text may be meant for: one holds the other, or it is a slip of it."""
        from lgreason.words.likeness import likeness

        return tuple(
            self.name(category, identity).into(self.language)
            for identity in self.ids(category)
            if likeness(text, self.spellings(category, identity)) is not False
        )

    def _index(self, category: str) -> dict[str, frozenset[str]]:
        return self._indexes.setdefault(category, self._build(category))

    @cached_property
    def _indexes(self) -> dict[str, dict[str, frozenset[str]]]:
        return {}

    def _build(self, category: str) -> dict[str, frozenset[str]]:
        if category in self._indexes:
            return self._indexes[category]
        found: dict[str, set[str]] = {}
        for identity in self.ids(category):
            for spelling in self.spellings(category, identity):
                found.setdefault(self._key(spelling), set()).add(identity)
        return {key: frozenset(ids) for key, ids in found.items()}

    def spellings(self, category: str, identity: str) -> Iterable[str]:
        """Everything that a term may be called: its id, its names and its other names."""
        yield identity
        yield from self.name(category, identity)
        if category == "rank" and (("position", identity) in self._kb.names):
            category = "position"
        elif category == "rank":
            kind, _, level = identity.partition(".")
            for of_type in self.spellings("position_type", kind):
                yield from (f"{of_type} {of_level}" for of_level in self.spellings("level", level))
        yield from self._aliases.get((category, identity), ())

    @cached_property
    def _aliases(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for category, identity, text in self._kb.rows("alias"):
            found.setdefault((constant(category), str(identity)), []).append(str(text))
        return found

    def _key(self, text: str) -> str:
        """What a spelling comes down to: no spaces, abbreviations or optional words; English words in order."""
        text = unicodedata.normalize("NFC", text).translate(_THAI_DIGITS).casefold().replace("ํา", "ำ")
        for short, long in self._abbreviations:
            text = text.replace(short, long)
        text = re.sub("ผอ(?=กอง|ส่วน|สำนัก|\\s)", "ผู้อำนวยการ", text)
        if _LATIN.search(text) and not re.search("[\u0e01-\u0e4e]", text):
            words = [word for word in _LATIN.findall(text.replace("'s", "")) if word not in _FILLERS]
            return " ".join(sorted(words))
        text = _NOT_A_LETTER.sub("", text)
        for word in self._optional:
            text = text.replace(word, "")
        return text

    # ── the facts that reading a person file needs ───────────────────────────────────────────────

    @cached_property
    def _levels(self) -> list[tuple[str, str]]:
        rows = sorted(
            (constant(kind), number(rank), constant(level)) for kind, level, rank in self._kb.rows("level")
        )
        return [(kind, level) for kind, _, level in rows]

    def levels_of(self, position_type: str) -> tuple[str, ...]:
        """The levels of a position type, lowest first."""
        return tuple(level for kind, level in self._levels if kind == position_type)

    @cached_property
    def _placements(self) -> dict[str, tuple[str, str, str]]:
        rows = self._kb.rows("position")
        return {
            str(p): (constant(kind), constant(level), constant(series)) for p, kind, level, series in rows
        }

    def placement(self, position: str) -> tuple[str, str]:
        """The type and level of a position."""
        return self._placements[position][:2]

    def series(self, position: str) -> str:
        """The series of a position."""
        return self._placements[position][2]

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The order of positions for "not below" (A-05)."""
        return {str(position): number(rank) for position, rank in self._kb.rows("rank")}

    def level_of_c(self, position_type: str, c: int) -> str | None:
        """The level that an old C-level of a type became, by the historical table (A-23)."""
        return self._c_levels.get((position_type, c))

    @cached_property
    def _c_levels(self) -> dict[tuple[str, int], str]:
        rows = self._kb.rows("c_level")
        return {(constant(kind), number(c)): constant(level) for kind, c, level in rows}

    @property
    def c_levels_end(self) -> date:
        """The last day of the old C-levels."""
        ((day,),) = self._kb.rows("c_levels_end")
        return date.fromisoformat(str(day))
