"""Changes of what a person's file states of declared facts."""

from __future__ import annotations

from dataclasses import replace

from lgreason.files.person.person import Person
from lgreason.reasoning.cases import fact_changes
from lgreason.reasoning.cases.evidence import Missing
from lgreason.reasoning.cases.fact_changes import Values, with_value
from lgreason.rules.declared import Declarations

TYPED = frozenset({"education", "postings", "experience", "competencies"})
"""The lists whose changes are those of changes.py."""


def with_entry(person: Person, fact: str, values: Values) -> Person:
    """The person with one more entry of a fact."""
    return replace(person, given=fact_changes.with_entry(person.given, fact, values))


def with_outcome(person: Person, declared: Declarations, missing: Missing, value: object) -> Person:
    """The person if a fact that is not known turns out so."""
    if missing.key is None or missing.number is None or missing.list not in TYPED:
        return replace(person, given=fact_changes.with_outcome(person.given, declared, missing, value))
    more = dict(person.given.more)
    listed = {"education": person.education, "postings": person.postings, "experience": person.experience}
    rows = list(more.get(missing.list, ())) or [{} for _ in listed.get(missing.list) or ()]
    rows[missing.number - 1] = with_value(rows[missing.number - 1], tuple(missing.key.split(".")), value)
    more[missing.list] = tuple(rows)
    return replace(person, given=replace(person.given, more=more))
