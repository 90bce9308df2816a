"""Entries of a file that were looked at in vain for a condition, and why they do not count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from lgreason.files.person.person import Person, Posting, Qualification
from lgreason.reasoning.persons.eligibility import Judge
from lgreason.reasoning.persons.measure import Entry
from lgreason.rules.model import Clause

Why: TypeAlias = Literal[
    "field", "refused", "later", "acting", "concurrent", "begins_later", "equivalent", "service"
]


class Looked(NamedTuple):
    """An entry that does not count, and the reason."""

    entry: Entry
    why: Why


def looked_at(judge: Judge, person: Person, clause: Clause, day: date) -> tuple[Looked, ...]:
    """The entries that have the degree or the post of a condition and still do not count towards it on a day."""
    if clause.expression is not None:
        return ()
    if clause.measures == "qualification":
        return tuple(_degrees(person, clause, day))
    return tuple(_posts(judge, person, clause, day)) if clause.measures == "service" else ()


def _degrees(person: Person, clause: Clause, day: date) -> Iterator[Looked]:
    names = {what.name for what in clause.counts}
    degrees, fields = (
        {str(getattr(what.args[0], "name", what.args[0])) for what in clause.counts if what.name == name}
        for name in ("degree", "field")
    )
    for held in person.education or ():
        if held.degree in degrees and (why := _of_degree(held, names, fields, day)) is not None:
            yield Looked(Entry("education", held.number), why)


def _of_degree(held: Qualification, names: set[str], fields: set[str], day: date) -> Why | None:
    if held.obtained is not None and held.obtained > day:
        return "later"
    if "any_field" in names:
        return "refused" if held.approved is False else None
    accepted = held.approved and "approved_field" in names
    return "field" if held.field is not None and held.field not in fields and not accepted else None


def _posts(judge: Judge, person: Person, clause: Clause, day: date) -> Iterator[Looked]:
    named, pairs = judge.posts_of(clause)
    names = {what.name for what in clause.counts}
    for held in person.postings or ():
        own = held.position in named or (held.type, held.level) in pairs
        if own and (why := _of_post(held, names, day)) is not None:
            yield Looked(Entry("postings", held.number), why)
        elif held.equivalent_to is not None and "equivalent" not in names and _target(held, named, pairs):
            yield Looked(Entry("postings", held.number), "equivalent")


def _of_post(held: Posting, names: set[str], day: date) -> Why | None:
    if held.start is not None and held.start > day:
        return "begins_later"
    if held.position is None and held.words.other == "service":
        return "service"
    if "acting" in names:
        return None
    return "acting" if held.acting else "concurrent" if held.concurrent else None


def _target(held: Posting, named: frozenset[str], pairs: frozenset[tuple[str, str]]) -> bool:
    kind, _, level = (held.equivalent_to or "").partition(".")
    return held.equivalent_to in named or (kind, level) in pairs
