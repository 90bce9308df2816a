"""What each kind of entry counts for, asked of the scalar measure with a person who has that entry alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lgreason.files.person.person import Person, PersonVocabulary, Posting
from lgreason.files.roster.record import LISTS, person_of
from lgreason.reasoning.persons.eligibility import Judge
from lgreason.reasoning.persons.measure import Entry, Missing
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.model import Clause
from lgreason.words.recognising.recogniser import Recogniser

NO, SURE, MAYBE = 0, 1, 2
_YEAR = {"from": "2017-01-01", "to": "2017-12-31"}
_YEAR_OF_C_LEVELS = {"from": "2010-01-01", "to": "2010-12-31"}
_OBTAINED = {"obtained": "2010-01-01"}
_AFTER = date(2018, 1, 1)

ADDITIVE: Mapping[str, frozenset[str]] = {
    "service": frozenset(
        {"position", "not_below", "level", "level_from", "equivalent", "acting", "jointly", "while_held"}
    ),
    "experience": frozenset({"work", "series", "acting"}),
    "qualification": frozenset({"degree", "field", "any_field", "approved_field", "jointly"}),
}
"""What a clause may count for its measurement to be that of its entries one by one; others are for the scalar."""


@dataclass(slots=True)
class Counts:
    """What the kinds of entries, by number, count for in one measurement, and the keys that are not known of each."""

    truths: list[int] = field(default_factory=list)
    missing: list[tuple[str, ...]] = field(default_factory=list)


class NotAdditive(Exception):
    """A measurement is not made of its entries one by one after all."""


class EntryKinds:
    """Every kind of entry met so far, by number: its faults, and what it counts for."""

    def __init__(
        self, judge: Judge, vocabulary: PersonVocabulary, latest: date, recogniser: Callable[[], Recogniser]
    ) -> None:
        """Take the judge that measures, and what reads names and titles; `latest` as for `load_person`."""
        self._judge = judge
        self._recogniser = recogniser
        self._vocabulary = vocabulary
        self._latest = max(latest, _AFTER)
        self._numbers: dict[tuple[str, str], int] = {}
        self._lists: list[str] = []
        self._persons: list[Person | None] = []
        self.findings: list[tuple[Finding, ...]] = []
        self._counts: dict[str, Counts] = {}
        self._without: dict[tuple[str, str], tuple[Missing, ...]] = {}

    def number(self, name: str, kind: Mapping[str, Any]) -> int:
        """The number of a kind of entry of a list."""
        key = (name, repr(sorted(kind.items())))
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self._lists)
            self._lists.append(name)
            person, findings = self._read(name, kind)
            self._persons.append(person)
            self.findings.append(findings)
        return found

    def _read(self, name: str, kind: Mapping[str, Any]) -> tuple[Person | None, tuple[Finding, ...]]:
        days = _OBTAINED if name == "education" else _YEAR_OF_C_LEVELS if "c_level" in kind else _YEAR
        record = {"id": "x", **{each: [] for each in LISTS}, name: [{**kind, **days}]}
        titled = self._recogniser if "title" in kind and "position" not in kind else None
        try:
            return person_of(record, self._vocabulary, self._latest, recogniser=titled), ()
        except Unusable as unusable:
            return None, unusable.findings

    def posting(self, number: int) -> Posting | None:
        """The posting that every entry of a kind of posting is, but for its days; none where it has faults."""
        person = self._persons[number]
        return person.postings[0] if person is not None and person.postings else None

    def without(self, name: str, spec: str, clause: Clause) -> tuple[Missing, ...]:
        """What the measurement `spec` does not know where one list is not known, and no other has entries."""
        if (name, spec) not in self._without:
            self._without[name, spec] = self._lacking(name, clause)
        return self._without[name, spec]

    def _lacking(self, name: str, clause: Clause) -> tuple[Missing, ...]:
        record = {"id": "x", **{each: [] for each in LISTS if each != name}}
        person = person_of(record, self._vocabulary, self._latest)
        return self._judge.measure(person, clause, _AFTER).missing

    def counts(self, spec: str, clause: Clause) -> Counts:
        """What every kind met so far counts for in the measurement `spec`, that of `clause`."""
        found = self._counts.setdefault(spec, Counts())
        for number in range(len(found.truths), len(self._lists)):
            truth, missing = self._one(number, clause)
            found.truths.append(truth)
            found.missing.append(missing)
        return found

    def _one(self, number: int, clause: Clause) -> tuple[int, tuple[str, ...]]:
        person, name = self._persons[number], self._lists[number]
        if person is None:
            return NO, ()
        measured = self._judge.measure(person, clause, _AFTER)
        entry = (Entry(name, 1),)
        if (measured.entries, measured.maybe) == ((), ()):
            return NO, ()
        if (measured.entries, measured.maybe) == (entry, ()):
            return SURE, ()
        if (measured.entries, measured.maybe) != ((), entry):
            raise NotAdditive
        keys = [fact.key for fact in measured.missing if (fact.list, fact.number) == (name, 1)]
        if None in keys or len(keys) != len(measured.missing):
            raise NotAdditive
        return MAYBE, tuple(key for key in keys if key)
