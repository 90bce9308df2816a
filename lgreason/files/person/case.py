"""What a check of a person's file sees: the file, what of it is sound, and the words it is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from lgreason.files.person.shape import ExperienceShape, PersonShape, PostingShape, QualificationShape
from lgreason.files.person.words import EntryWords
from lgreason.files.source.read import Path, Source
from lgreason.rules.findings import Finding
from lgreason.words.dates import parse_date

Part = QualificationShape | PostingShape | ExperienceShape


class PersonVocabulary(Protocol):
    """What reading a person's file needs to know of the words and tables of the regulations.

    Categories: `position`, `position_type`, `level`, `degree`, `field`, `work`, `committee`, `competency`,
    and `rank`, which is a position or a `type.level`.
    """

    @property
    def c_levels_end(self) -> date:
        """The last day of the former common levels (ซี)."""

    def resolve(self, category: str, text: str) -> str | None:
        """The id that an id or a Thai or English name stands for; `None` when it is not known."""

    def nearest(self, category: str, text: str, n: int = 3) -> tuple[str, ...]:
        """The `n` names that come nearest to the text, to offer them."""

    def name(self, category: str, identity: str) -> object:
        """The name of an id, in a form that messages can show."""

    def levels_of(self, position_type: str) -> tuple[str, ...]:
        """The ids of the levels of a position type, lowest first."""

    def placement(self, position: str) -> tuple[str, str]:
        """The type and the level of a position."""

    def level_of_c(self, position_type: str, c: int) -> str | None:
        """The level of a type that a former common level became, if the table has one."""


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A file being checked, and what it is checked against.

    `shape` is its sound part, `broken` the paths of the rest, `latest` the last day that is not future, and `words`
    what the texts of entries say besides.
    """

    source: Source
    shape: PersonShape
    broken: frozenset[Path]
    vocabulary: PersonVocabulary
    latest: date
    words: Mapping[Path, EntryWords] = field(default_factory=dict)

    def find(self, code: str, path: Path, **args: object) -> Finding:
        """A finding at the entry of that path."""
        return Finding(code, self.source.place(path), args)

    def given(self, path: Path, value: object) -> bool:
        """Whether the entry is there, be it at fault."""
        return value is not None or path in self.broken

    def identity(self, category: str, text: str | None) -> str | None:
        """The id that a name stands for, if there is a name and it is known."""
        return self.vocabulary.resolve(category, text.strip()) if text and text.strip() else None

    def day(self, text: str | None) -> date | None:
        """The day that a text names, if there is one and it can be read."""
        day = parse_date(text) if text else None
        return day if isinstance(day, date) else None

    def parts(self) -> Iterator[tuple[Path, Part]]:
        """Every qualification, posting and stretch of experience, with its path."""
        for index, qualification in enumerate(self.shape.education or ()):
            yield ("education", index), qualification
        yield from self.stretches()

    def postings(self) -> Iterator[tuple[Path, PostingShape]]:
        """Every posting, with its path."""
        for index, posting in enumerate(self.shape.postings or ()):
            yield ("postings", index), posting

    def stretches(self) -> Iterator[tuple[Path, PostingShape | ExperienceShape]]:
        """Everything that lasts from one day to another, with its path."""
        yield from self.postings()
        for index, experience in enumerate(self.shape.experience or ()):
            yield ("experience", index), experience

    def level_of(self, posting: PostingShape) -> str | None:
        """The level of a posting by its position, its level or its C level, if it is told and known."""
        if position := self.identity("position", posting.position):
            return self.vocabulary.placement(position)[1]
        if level := self.identity("level", posting.level):
            return level
        if (kind := self.type_of(posting)) and posting.c_level is not None:
            return self.vocabulary.level_of_c(kind, posting.c_level)
        return None

    def type_of(self, posting: PostingShape) -> str | None:
        """The position type of a posting by its position or its type, if it is told and known."""
        if position := self.identity("position", posting.position):
            return self.vocabulary.placement(position)[0]
        return self.identity("position_type", posting.type)
