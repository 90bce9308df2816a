"""Words by their plain form, each with the ids that it may stand for; and where a word ends in unspaced text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lgreason.words.plain import DEPENDENT, plain_text

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
    "ORGANISATION_NAME",
    "UNIT_NAME",
    "POST_NAME",
    "CLASS_NAME",
    "VALUE_NAME",
    "CHOICE_NAME",
]
OF_ORGANISATIONS: tuple[Kind, ...] = (
    *("ORGANISATION_NAME", "UNIT_NAME", "POST_NAME", "CLASS_NAME", "VALUE_NAME", "CHOICE_NAME"),
)
"""The kinds of names, and those that only organisations have."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as it is shown, the ids that it may stand for, and whether completion offers it."""

    shown: str
    ids: tuple[str, ...]
    offered: bool


class Words:
    """The words of one kind by their plain form; finds those with which a text goes on."""

    def __init__(self) -> None:
        """Begin without words."""
        self._words: dict[str, Word] = {}

    def add(self, shown: str, identity: str, offered: bool = False) -> None:
        """Let a word stand for an id, beside those for which it stands already."""
        key = plain_text(shown)
        known = self._words.get(key)
        if not key:
            return
        if known is None:
            self._words[key] = Word(shown, (identity,), offered)
        elif identity not in known.ids or (offered and not known.offered):
            ids = tuple(dict.fromkeys((*known.ids, identity)))
            self._words[key] = Word(shown if offered else known.shown, ids, offered or known.offered)

    def mean(self, shown: str, identity: str, offered: bool = False) -> None:
        """Let a word stand for an id alone: the one sure way to name it."""
        self._words[plain_text(shown)] = Word(shown, (identity,), offered)

    def __getitem__(self, key: str) -> Word:
        """The word of a plain form."""
        return self._words[key]

    def __contains__(self, key: str) -> bool:
        """Whether there is a word of that plain form."""
        return key in self._words

    def __iter__(self) -> Iterator[str]:
        """The plain forms."""
        return iter(self._words)

    def items(self) -> Iterable[tuple[str, Word]]:
        """The plain forms with their words."""
        return self._words.items()

    def values(self) -> Iterable[Word]:
        """The words."""
        return self._words.values()

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(key) for key in self._words}, reverse=True)

    def at(self, text: str, start: int) -> Iterator[int]:
        """Where the words end that a plain text has at a position, the longest first."""
        for length in self._lengths:
            end = start + length
            if end <= len(text) and text[start:end] in self._words and ends_word(text, end):
                yield end


def ends_word(text: str, end: int) -> bool:
    """Whether a word may end here: not inside a Latin word or a number, and not inside a Thai syllable."""
    if end >= len(text):
        return True
    before, after = text[end - 1], text[end]
    if after in DEPENDENT:
        return False
    if not (before.isascii() and before.isalnum() and after.isascii()):
        return True
    further = text[end + 1 : end + 2]
    if after == "." and before.isdigit():
        return not further.isdigit()
    return not (after.isalnum() or after == "_" or (after == "-" and further.isalnum()))
