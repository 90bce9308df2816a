"""A person as the rest of the program knows one: who they are, what they studied, where they served."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from lgreason.files.facts.values import NO_FACTS, Given
from lgreason.files.form.shape import plainly, refuse_other_kinds, shaped
from lgreason.files.person.case import PersonFile, PersonVocabulary
from lgreason.files.person.checks import findings_of
from lgreason.files.person.recognised import RecognisedShape, TextReader, with_years
from lgreason.files.person.shape import (
    FORM,
    ExperienceShape,
    PostingShape,
    QualificationShape,
    person_schema,
    shape_of,
)
from lgreason.files.person.words import NO_WORDS, EntryWords
from lgreason.files.source.read import Source, default_identity, unusable
from lgreason.rules.findings import Finding, Place

if TYPE_CHECKING:
    from lgreason.files.facts.reading import TermWords as Terms
    from lgreason.rules.declared import Declarations
    from lgreason.words.recognising.recogniser import Recogniser

Declared = Callable[[], tuple["Declarations", "Terms"]]
"""What may be known about a person besides, and the terms it is written in; asked only where a file says more."""

__all__ = [
    "Declared",
    "Experience",
    "Person",
    "PersonVocabulary",
    "Posting",
    "Qualification",
    "load_person",
    "person_schema",
]


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification; `field` is an id, or the writer's own words for a field that is not listed.

    `number` counts the entries of the file from 1. In this and the records below `None` is not known, as is an empty
    `degree`; `words` are the writer's own where they are no plain names, and what they tell besides.
    """

    degree: str
    field: str | None
    approved: bool | None
    approved_by: tuple[str, ...] | None
    obtained: date | None
    place: Place
    number: int
    words: EntryWords = NO_WORDS


@dataclass(frozen=True, slots=True)
class Posting:
    """A stretch in one post, both days included; without an `end` it is still held.

    `type` and `level` are also given where the file names only a position, and the level where it names a
    former common level (`c_level`).
    """

    position: str | None
    type: str | None
    level: str | None
    title: str | None
    start: date | None
    end: date | None
    acting: bool
    concurrent: bool
    equivalent_to: str | None
    equivalent_by: tuple[str, ...] | None
    c_level: int | None
    place: Place
    number: int
    words: EntryWords = NO_WORDS


@dataclass(frozen=True, slots=True)
class Experience:
    """A stretch of one kind of work, both days included; without an `end` it is still done."""

    work: str | None
    start: date | None
    end: date | None
    place: Place
    number: int
    words: EntryWords = NO_WORDS


@dataclass(frozen=True, slots=True)
class Person:
    """A person; a part that is `None` is not known, one that is empty is known to be none."""

    id: str
    name: str
    education: tuple[Qualification, ...] | None
    postings: tuple[Posting, ...] | None
    experience: tuple[Experience, ...] | None
    competencies: Mapping[str, int] | None
    place: Place
    given: Given = NO_FACTS
    warnings: tuple[Finding, ...] = ()
    ahead: tuple[date, ...] = ()
    """Days on which something begins that is only supposed: the first day of eligibility counts on it."""


def load_person(
    source: Source,
    vocabulary: PersonVocabulary,
    latest: date,
    declared: Declared | None = None,
    recogniser: Callable[[], Recogniser] | None = None,
) -> Person:
    """The person in `source`, every name resolved to its id by `vocabulary` and every date read.

    `latest` is the last day on which a posting may begin. `declared` tells, for a file that states more than the
    lists of every person, what else it may state. With a `recogniser` (asked for when it is first needed) texts that
    are no plain names are recognised, and what is not stays not known, with a warning; without one they are refused.
    Raises `Unusable` with all findings of the file.
    """
    refuse_other_kinds(source, FORM)
    if recogniser is not None:
        source = with_years(source)
    reader, form = None, FORM
    if declared is not None and not plainly(source, FORM):
        from lgreason.files.facts.reading import FactReader as FactReader
        from lgreason.files.facts.schema import DeclaredForm

        declarations, terms = declared()
        reader, form = FactReader(source, declarations, terms, latest), DeclaredForm(FORM, declarations)
    sound = shaped(source, form)
    read = RecognisedShape(shape_of(sound.data))
    if recogniser is not None:
        read = TextReader(source, vocabulary, recogniser).read(read.shape)
    case = PersonFile(source, read.shape, sound.broken, vocabulary, latest, read.words)
    given = NO_FACTS if reader is None else reader.given(sound.data, FORM)
    told = () if reader is None else reader.findings
    if findings := (*sound.faults, *findings_of(case), *read.findings, *told):
        raise unusable(findings)
    unsure = () if reader is None else reader.warnings
    return replace(_person(case), given=given, warnings=(*read.warnings, *unsure))


def _person(case: PersonFile) -> Person:
    """The person of a case without findings."""
    shape, source = case.shape, case.source
    identity = _text(shape.id) or default_identity(source)
    education, postings, experience = shape.education, shape.postings, shape.experience
    levels = shape.competencies
    return Person(
        id=identity,
        name=_text(shape.name) or identity,
        education=None
        if education is None
        else tuple(_qualification(case, index, part) for index, part in enumerate(education)),
        postings=None
        if postings is None
        else tuple(_posting(case, index, part) for index, part in enumerate(postings)),
        experience=None
        if experience is None
        else tuple(_experience(case, index, part) for index, part in enumerate(experience)),
        competencies=None
        if levels is None
        else MappingProxyType(
            {
                case.identity("competency", name) or name: level
                for name, level in levels.items()
                if level is not None
            }
        ),
        place=source.place(()),
    )


def _qualification(case: PersonFile, index: int, shape: QualificationShape) -> Qualification:
    return Qualification(
        degree=case.identity("degree", shape.degree) or "",
        field=case.identity("field", shape.field) or _text(shape.field),
        approved=shape.approved,
        approved_by=_committees(case, shape.approved_by),
        obtained=case.day(shape.obtained),
        place=case.source.place(("education", index)),
        number=index + 1,
        words=case.words.get(("education", index), NO_WORDS),
    )


def _posting(case: PersonFile, index: int, shape: PostingShape) -> Posting:
    return Posting(
        position=case.identity("position", shape.position),
        type=case.type_of(shape),
        level=case.level_of(shape),
        title=_text(shape.title),
        start=case.day(shape.start),
        end=case.day(shape.end),
        acting=bool(shape.acting),
        concurrent=bool(shape.concurrent),
        equivalent_to=case.identity("rank", shape.equivalent_to),
        equivalent_by=_committees(case, shape.equivalent_by),
        c_level=shape.c_level,
        place=case.source.place(("postings", index)),
        number=index + 1,
        words=case.words.get(("postings", index), NO_WORDS),
    )


def _experience(case: PersonFile, index: int, shape: ExperienceShape) -> Experience:
    return Experience(
        work=case.identity("work", shape.work) or case.words.get(("experience", index), NO_WORDS).unlisted,
        start=case.day(shape.start),
        end=case.day(shape.end),
        place=case.source.place(("experience", index)),
        number=index + 1,
        words=case.words.get(("experience", index), NO_WORDS),
    )


def _committees(case: PersonFile, names: list[str] | None) -> tuple[str, ...] | None:
    if names is None:
        return None
    found = (case.identity("committee", name) for name in names)
    return tuple(dict.fromkeys(identity for identity in found if identity))


def _text(text: str | None) -> str | None:
    return text.strip() if text is not None else None
