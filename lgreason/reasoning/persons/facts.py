"""Persons and the measures of docs/facts.md: what a file says of each fact, and what counts as what.

Imported only where a clause measures so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property

from lgreason.files.facts.values import NONE, UNREAD, Between, Term
from lgreason.files.person.person import Experience, Person, Posting, Qualification
from lgreason.reasoning.cases.asked import EntryDecider
from lgreason.reasoning.cases.course import Courses
from lgreason.reasoning.cases.entries import Item
from lgreason.reasoning.cases.evidence import Missing
from lgreason.reasoning.cases.measured import measured
from lgreason.reasoning.cases.measurement import Measurement
from lgreason.reasoning.cases.measures import Measures
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Clause
from lgreason.rules.terms import Truth
from lgreason.words.vocabulary import Vocabulary

Counted = Callable[[Clause, Posting | Qualification], tuple[Truth, tuple[Missing, ...]]]
"""Whether a posting or a degree counts by the `counts` of a clause, and what would tell."""


class PersonFacts:
    """Measures persons by declared facts, for the clauses of one knowledge base."""

    def __init__(self, kb: KnowledgeBase, counted: Counted) -> None:
        """Take the knowledge base, and what knows which postings and degrees a clause counts."""
        self.kb = kb.declared
        self.declared = self.kb.declarations("person")
        self._counted = counted
        self._last: tuple[Person, date, Measures, Courses] | None = None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The terms of the knowledge base, those of declared facts among them."""
        return Vocabulary(self.kb)

    @cached_property
    def asked(self) -> EntryDecider:
        """Who decides of entries."""
        return EntryDecider(self.kb, self.vocabulary)

    def case(self, person: Person, day: date) -> tuple[Measures, Courses]:
        """What measures a person on a day, and the courses of what is measured."""
        if self._last is None or self._last[0] is not person or self._last[1] != day:
            measures = Measures(
                self.declared,
                lambda fact: given(person, fact, self.vocabulary),
                day,
                self.asked.decide,
                self.asked.same,
                lambda clause, item, missing: self._counts(person, clause, item, missing),
            )
            self._last = person, day, measures, Courses(measures, self.kb.clauses)
        return self._last[2], self._last[3]

    def measure(self, person: Person, clause: Clause, day: date) -> Measurement:
        """What a person comes to for a clause on a day."""
        measures, courses = self.case(person, day)
        return measured(measures, courses, self.asked, self.kb.clauses, clause, day)

    def _counts(self, person: Person, clause: Clause, item: Item, missing: list[Missing]) -> Truth:
        assert item.number is not None
        held = {"postings": person.postings, "education": person.education}.get(item.fact.id)
        if held is None:
            return None
        truth, lacking = self._counted(clause, held[item.number - 1])
        missing += lacking
        return truth


def given(person: Person, fact: str, vocabulary: Vocabulary) -> object:
    """What a person's file says of a fact."""
    listed: Mapping[str, tuple[object, ...] | None] = {
        "education": person.education,
        "postings": person.postings,
        "experience": person.experience,
    }
    if fact in listed:
        entries = listed[fact]
        if entries is None:
            return None
        more = person.given.more.get(fact, ())
        return tuple(
            {**_entry(entry, vocabulary), **(more[number] if number < len(more) else {})}
            for number, entry in enumerate(entries)
        )
    if fact == "competencies":
        levels = person.competencies
        return None if levels is None else {key: Fraction(level) for key, level in levels.items()}
    return person.given.facts.get(fact)


def _entry(entry: object, vocabulary: Vocabulary) -> dict[str, object]:
    """What an entry says; of what was not understood, or has only bounds, no more than that."""
    if isinstance(entry, Qualification):
        found: dict[str, object | None] = {
            "degree": _term(entry.degree),
            "field": _field(entry.field, vocabulary),
            "approved": entry.approved,
            "approved_by": _terms(entry.approved_by),
            "obtained": _day(entry, "obtained", entry.obtained),
        }
    elif isinstance(entry, Posting):
        found = {
            **_post(entry, vocabulary),
            "title": entry.title,
            "from": _day(entry, "from", entry.start),
            "to": _day(entry, "to", entry.end),
            "acting": entry.acting,
            "concurrent": entry.concurrent,
            "equivalent_to": entry.equivalent_to,
            "equivalent_by": _terms(entry.equivalent_by),
            "c_level": None if entry.c_level is None else Fraction(entry.c_level),
        }
    else:
        assert isinstance(entry, Experience)
        found = {
            "work": _term(entry.work),
            "from": _day(entry, "from", entry.start),
            "to": _day(entry, "to", entry.end),
        }
    return {key: value for key, value in found.items() if value is not None}


def _post(entry: Posting, vocabulary: Vocabulary) -> dict[str, object | None]:
    """The position, type, level and series of a posting.

    A posting without a position is one outside the standards only where its type tells so, or its text; one of
    another service has none of the four.
    """
    told: dict[str, object | None] = {"type": _term(entry.type), "level": _term(entry.level)}
    if entry.position is not None:
        series = _term(vocabulary.series(entry.position))
        return {"position": _term(entry.position), **told, "series": series}
    if entry.words.other == "service":
        return {"position": NONE, "series": NONE, **{key: value or NONE for key, value in told.items()}}
    outside = entry.words.other == "series" or (entry.type is not None and not entry.words.unsure)
    return {"position": None if outside else UNREAD, **told}


def _day(entry: Qualification | Posting | Experience, key: str, day: date | None) -> date | Between | None:
    within = entry.words.within.get(key)
    return day if within is None else Between(*within)


def _term(identity: str | None) -> Term | None:
    return Term(identity, identity) if identity else None


def _field(field: str | None, vocabulary: Vocabulary) -> Term | None:
    return None if field is None else Term(vocabulary.resolve("field", field), field)


def _terms(names: tuple[str, ...] | None) -> tuple[Term, ...] | None:
    return None if names is None else tuple(Term(name, name) for name in names)
