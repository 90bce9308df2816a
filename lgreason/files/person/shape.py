"""The shape of a person's file: a JSON Schema that editors and this program share, and its sound part as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from lgreason.files.form.form import Form

if TYPE_CHECKING:
    from lgreason.files.form.schema import Ids
    from lgreason.rules.declared import Declarations

FORM = Form(
    "person",
    other_kind="person_other_kind",
    looks_other="person_looks_other",
    days=frozenset({"from", "to", "obtained"}),
    # Where the letters alone would not lead to the key meant.
    other_words=MappingProxyType(
        {
            **{"start": "from", "since": "from", "begin": "from", "end": "to", "until": "to"},
            **{"posts": "postings", "positions": "postings", "work_experience": "experience"},
            **{"qualifications": "education", "major": "field", "subject": "field", "grade": "level"},
            **{"skills": "competencies", "การลา": "leave", "ลา": "leave", "ลาศึกษา": "leave"},
            # Time that a committee lets count in part is entered as what the committee decided.
            **{"ratio": "related_service", "proportion": "related_service", "counted": "related_service"},
            **{"สัดส่วน": "related_service", "นับเกื้อกูล": "related_service"},
        }
    ),
)


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
    named = {_RENAMED.get(key, key): value for key, value in entry.items()}
    return kind(**{key: value for key, value in named.items() if key in kind.__match_args__})


# The entries for which the schema can offer ids, and the category of these.
_OFFERED = (
    ("qualification", "degree", "degree"),
    ("qualification", "field", "field"),
    ("posting", "position", "position"),
    ("posting", "type", "position_type"),
    ("posting", "level", "level"),
    ("experience", "work", "work"),
)


def person_schema(vocabulary: Ids | None = None, declared: Declarations | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) for editors, its titles and descriptions in Thai and English.

    The ids of `vocabulary` are offered, and there is a place for every fact that is `declared`.
    """
    from lgreason.files.form.schema import offer, published

    form = FORM
    if declared is not None:
        from lgreason.files.facts.schema import DeclaredForm

        form = DeclaredForm(FORM, declared)
    schema = published(form)
    for part, key, category in _OFFERED if vocabulary else ():
        assert vocabulary is not None
        offer(schema["$defs"][part]["properties"][key], vocabulary.ids(category))
    return schema
