"""The words of `kb/words/`, compared without what means nothing in them; and how near a text comes to a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.terms import Fn, Value
from lgreason.words.plain import plain_text

OF_ORGANISATIONS = frozenset(
    {"organisation_type", "municipal_class", "municipal_status", "sao_size", "unit_kind", "establishment"}
)
"""The categories of terms that the files about organisations name."""
_SILENCED = "์"
_LOOSE = re.compile(r"[\s.\-_/'’`ฯ]+")
_ENGLISH_FILLERS = re.compile(r"\b(?:of|the|a|an|and|for|to|at|level)\b")


@lru_cache(maxsize=1 << 14)
def key(text: str) -> str:
    """A text as names are compared: no spaces, dots, hyphens, case or silenced letters' signs."""
    return _LOOSE.sub("", plain_text(text)).replace(_SILENCED, "")


@lru_cache(maxsize=1 << 12)
def latin_words(text: str) -> tuple[str, ...]:
    """The English words of a text, without those that only join."""
    plain = plain_text(text).replace("'s", " ").replace("’s", " ")
    return tuple(word for word in re.findall(r"[a-z0-9]+", _ENGLISH_FILLERS.sub(" ", plain)) if len(word) > 1)


def value_text(value: Value) -> str:
    """A value of a fact as text."""
    return value.name if isinstance(value, Fn) else str(value)


class WordFacts:
    """The facts about words of a knowledge base, each predicate indexed when it is first asked for."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Take the knowledge base; `kb/words/` is read when a word of it is first needed."""
        self.kb = kb
        self._tables: dict[str, list[tuple[str, ...]]] = {}

    @cached_property
    def _facts(self) -> Mapping[str, Sequence[tuple[Value, ...]]]:
        return self.kb.library.words

    def rows(self, predicate: str) -> list[tuple[str, ...]]:
        """The facts of a predicate of `kb/words/`, as texts."""
        if predicate not in self._tables:
            self._tables[predicate] = [tuple(map(value_text, row)) for row in self._facts.get(predicate, ())]
        return self._tables[predicate]

    def by_text(self, predicate: str) -> Mapping[str, tuple[str, ...]]:
        """The facts of a predicate by the key of the text that stands last in them, the longest first."""
        name = f"{predicate}~"
        if name not in self.__dict__:
            found = {key(row[-1]): row for row in self.rows(predicate)}
            self.__dict__[name] = dict(sorted(found.items(), key=lambda pair: -len(pair[0])))
        known: Mapping[str, tuple[str, ...]] = self.__dict__[name]
        return known

    def names(self, category: str) -> Mapping[str, frozenset[str]]:
        """The ids of a category of terms by the keys of their names, aliases and ids."""
        name = f"{category}@"
        if name not in self.__dict__:
            found: dict[str, set[str]] = {}
            for identity, text in self._spellings(category):
                found.setdefault(key(text), set()).add(identity)
            self.__dict__[name] = {text: frozenset(ids) for text, ids in found.items()}
        known: Mapping[str, frozenset[str]] = self.__dict__[name]
        return known

    def _spellings(self, category: str) -> Iterator[tuple[str, str]]:
        base = self.kb
        if category in OF_ORGANISATIONS:
            base = base.library.of("organisations").under()
        for (kind, identity), text in base.names.items():
            if kind == category:
                yield from ((identity, identity), (identity, text.th), (identity, text.en))
        for rows in (base.rows("alias"), self._facts.get("alias", ())):
            for kind_, identity_, text_ in rows:
                if value_text(kind_) == category:
                    yield str(identity_), str(text_)

    def begins(self, predicate: str, text: str) -> tuple[tuple[str, ...], str] | None:
        """The fact with the longest text with which a key begins, and the rest of the key."""
        for start, row in self.by_text(predicate).items():
            if text.startswith(start) and _ends_here(text, len(start)):
                return row, text[len(start) :]
        return None

    def holds(self, predicate: str, text: str) -> tuple[str, ...] | None:
        """The fact with the longest text that a key holds anywhere."""
        return next((row for part, row in self.by_text(predicate).items() if part in text), None)

    def doubt(self, text: str, kind: str) -> str | None:
        """The word by which a text of a kind says that something is not so, not yet, or one of two."""
        plain = plain_text(text)
        if kind == "degree":  # ปริญญาตรีหรือเทียบเท่า
            for row in self.by_text("honours").values():
                plain = plain.replace(plain_text(row[0]), " ")
        told = key(plain)
        if not self._any_doubt.search(f"{told}\n{plain}"):
            return "?" if "?" in text else None
        for word, row in self.by_text("doubt").items():
            if re.search(rf"\b{re.escape(row[0])}\b", plain) if word.isascii() else word in told:
                return row[0]
        return "?" if "?" in text else None

    @cached_property
    def _any_doubt(self) -> re.Pattern[str]:
        """What a text holds wherever it may hold a word of doubt, by its key and its plain form."""
        words = self.by_text("doubt").items()
        return re.compile("|".join(re.escape(row[0] if word.isascii() else word) for word, row in words))

    def pieces(self, written: str) -> list[str]:
        """A text parted where words and signs stand that join two things: และ, with, a comma."""
        if not hasattr(self, "_joint"):
            joints = [row[0] for row in self.rows("joins")]
            words = [
                rf"\b{word}\b" if word.isascii() and word.isalpha() else re.escape(word) for word in joints
            ]
            self._joint = re.compile("|".join(words), re.IGNORECASE)
        return [piece.strip() for piece in self._joint.split(written) if piece.strip()]

    def near(self, text: str, known: Iterable[str]) -> list[str]:
        """The keys within a typing slip of a key, nearest first."""
        found = [(distance, each) for each in known if 0 < (distance := slips(text, each)) <= _allowed(each)]
        return [each for _, each in sorted(found)]


def _ends_here(text: str, end: int) -> bool:
    """Whether a Latin word that ends at a place goes no further."""
    return end >= len(text) or not (text[end - 1].isascii() and text[end].isascii() and text[end].isalpha())


def _allowed(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 9 else 2


def is_slip(text: str, word: str) -> bool:
    """Whether a text may be a word mistyped; another number is another word."""
    digits = ["".join(filter(str.isdecimal, each)) for each in (text, word)]
    return digits[0] == digits[1] and slips(text, word) <= _allowed(word)


def slips(one: str, other: str, most: int = 3) -> int:
    """How many letters were left out, added, mistaken or swapped between two texts; at most `most`."""
    if abs(len(one) - len(other)) >= most:
        return most
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, its in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) >= most:
            return most
    return min(row[-1], most)
