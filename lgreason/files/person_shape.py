"""The shape of a person's file: a JSON Schema that editors and this program share, and its sound part as records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

NONE_WORDS = ("none", "ไม่มี")
"""What may stand for a collection that is known to be empty."""


@dataclass(frozen=True, slots=True)
class QualificationShape:
    """A qualification as written."""

    degree: str | None = None
    field: str | None = None
    approved: bool | None = None
    approved_by: list[str] | None = None
    obtained: str | None = None


@dataclass(frozen=True, slots=True)
class PostingShape:
    """A posting as written."""

    position: str | None = None
    type: str | None = None
    level: str | None = None
    title: str | None = None
    start: str | None = None
    end: str | None = None
    acting: bool | None = None
    concurrent: bool | None = None
    equivalent_to: str | None = None
    equivalent_by: list[str] | None = None
    c_level: int | None = None


@dataclass(frozen=True, slots=True)
class ExperienceShape:
    """A stretch of work as written."""

    work: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class PersonShape:
    """A person as written."""

    id: str | None = None
    name: str | None = None
    education: list[QualificationShape] | None = None
    postings: list[PostingShape] | None = None
    experience: list[ExperienceShape] | None = None
    competencies: dict[str, int | None] | None = None


Part = TypeVar("Part", QualificationShape, PostingShape, ExperienceShape)
_RENAMED = {"from": "start", "to": "end"}  # `from` is a word of Python


def shape_of(data: Mapping[str, Any]) -> PersonShape:
    """The records of data that the schema accepts."""

    def parts(key: str, kind: type[Part]) -> list[Part] | None:
        entries = data.get(key)
        return None if entries is None else [_part(kind, entry) for entry in entries]

    identity = data.get("id")
    return PersonShape(
        id=None if identity is None else str(identity),
        name=data.get("name"),
        education=parts("education", QualificationShape),
        postings=parts("postings", PostingShape),
        experience=parts("experience", ExperienceShape),
        competencies=data.get("competencies"),
    )


def _part(kind: type[Part], entry: Mapping[str, Any]) -> Part:
    return kind(**{_RENAMED.get(key, key): value for key, value in entry.items()})


@cache
def schema_text() -> str:
    """The JSON Schema of a person's file, as it stands."""
    return (Path(__file__).parent / "schemas" / "person.json").read_text(encoding="utf-8")


@cache
def keys_of(part: str | None) -> tuple[str, ...]:
    """The keys that the file, or an entry of one of its lists, may have."""
    schema = json.loads(schema_text())
    return tuple((schema["$defs"][part] if part else schema)["properties"])


# The entries for which the schema can offer ids, and the category of these.
_OFFERED = (
    ("qualification", "degree", "degree"),
    ("qualification", "field", "field"),
    ("posting", "position", "position"),
    ("posting", "type", "position_type"),
    ("posting", "level", "level"),
    ("experience", "work", "work"),
)


class Ids(Protocol):
    """Whatever knows the ids of a category."""

    def ids(self, category: str) -> tuple[str, ...]:
        """The ids of `degree`, `field`, `position`, `position_type`, `level` or `work`."""


def person_schema(vocabulary: Ids | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) for editors, its titles and descriptions in Thai and English.

    The ids of `vocabulary` are offered; since a name does as well as an id, an editor completes them and still
    accepts any text. The words for "known to be none" are added, which the program reads before it validates.
    """
    schema: dict[str, Any] = json.loads(schema_text())
    for key in ("education", "postings", "experience", "competencies"):
        entry = schema["properties"][key]
        title, description = entry.pop("title"), entry.pop("description")
        one_of = [entry, {"enum": list(NONE_WORDS)}]
        schema["properties"][key] = {"title": title, "description": description, "anyOf": one_of}
    for part, key, category in _OFFERED:
        if vocabulary and (offered := vocabulary.ids(category)):
            entry = schema["$defs"][part]["properties"][key]
            entry["anyOf"] = [{"enum": list(offered)}, {"type": entry.pop("type")}]
    return schema
