"""One table of persons held against positions: what was decided, and why, in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from lgreason.files.person.person import Person
from lgreason.files.roster.record import LISTS, Record, person_of
from lgreason.reasoning.persons.eligibility import Judges
from lgreason.reasoning.persons.explain import Explanation
from lgreason.reasoning.screening.calendar import NEVER, Ints, day_number
from lgreason.reasoning.screening.decided import Root, codes, first_day, holds_since
from lgreason.reasoning.screening.entries import EntriesOfMany, Table, entries
from lgreason.reasoning.screening.kinds import ADDITIVE, EntryKinds, NotAdditive
from lgreason.reasoning.screening.measured import MeasuredColumn, column, scalar_column
from lgreason.reasoning.screening.reaches import HOLDS, Reaches
from lgreason.reasoning.screening.reasons import Reasons, RowReason
from lgreason.rules.declared import Declarations
from lgreason.rules.model import Bound, Clause
from lgreason.words.recognising.recogniser import Recogniser
from lgreason.words.vocabulary import Vocabulary


@dataclass(frozen=True)
class Decided:
    """What one position comes to: truth, first day and number of the reason of every person, and the reasons."""

    verdicts: Ints
    first: Ints
    group: Ints
    reasons: Sequence[RowReason]


class Screener:
    """Screens tables against the positions of one knowledge base as of one day; what it learns serves the next."""

    def __init__(self, judges: Judges, day: date, latest: date, positions: Sequence[str] = ()) -> None:
        """Take who decides, the day, the last day that is not future, and the positions (all, if none are named)."""
        self.judges = judges
        self.judge = judges.judge
        self.day = day
        self.latest = latest
        self.positions = tuple(positions) or tuple(self.judge.kb.posts)
        self.kinds = EntryKinds(self.judge, self.judge.vocabulary, latest, lambda: self.recogniser)
        self.short_of_time: dict[tuple[str, int], bool] = {}
        """For a clause that opens positions and a vector of leaf truths: whether service is short in it."""
        self._scalar: set[str] = set()
        self._words: tuple[Declarations, Vocabulary] | None = None
        decider = self.judge.decider
        self._roots: dict[str, Root] = {}
        self._reasons: dict[str, Reasons] = {}
        for position in self.positions:
            clause = self.judge.kb.posts[position]
            if clause in self._roots:
                continue
            under = self.judge.clauses_under(clause)
            leaves = tuple(n for n, demand in enumerate(self.judge.demands) if demand.clause.id in under)
            negates = any(self.judge.kb.clauses[identity].op == "none" for identity in under)
            self._roots[clause] = Root(decider, clause, leaves)
            bounds = [(self.judge.demands[n].clause.id, self.judge.demands[n].bound) for n in leaves]
            self._reasons[clause] = Reasons(bounds, negates)

    @cached_property
    def bounds(self) -> Mapping[str, tuple[Bound, ...]]:
        """The bounds of every clause that bears on a position asked for."""
        found: dict[str, tuple[Bound, ...]] = {}
        for root in self._roots.values():
            for number in root.leaves:
                demand = self.judge.demands[number]
                found[demand.clause.id] = (*found.get(demand.clause.id, ()), demand.bound)
        return found

    def person(self, record: Record) -> Person:
        """The person of a row of a table; raises `Unusable` where the row cannot be used."""
        return person_of(record, self.judge.vocabulary, self.latest, self._declared, lambda: self.recogniser)

    @cached_property
    def recogniser(self) -> Recogniser:
        """Who reads the titles of posts that are known by them alone, or against their type and level."""
        return Recogniser(self.judge.kb, self.latest)

    def _declared(self) -> tuple[Declarations, Vocabulary]:
        """What rows may state besides the lists of every person."""
        if self._words is None:
            declared = self.judge.kb.declared
            self._words = declared.declarations("person"), Vocabulary(declared)
        return self._words

    def batch(self, table: Table) -> Batch:
        """A table of sound persons, ready to be decided."""
        return Batch(self, table)

    def is_scalar(self, clause: Clause) -> bool:
        """Whether a clause is measured person by person, for what it measures is not that of entries one by one."""
        known = ADDITIVE.get(clause.measures or "", frozenset())
        return (
            clause.expression is not None
            or clause.id in self._scalar
            or not {what.name for what in clause.counts} <= known
        )

    def measure_singly(self, clause: Clause) -> None:
        """Measure a clause person by person from now on."""
        self._scalar.add(clause.id)

    def root(self, position: str) -> Root:
        """The clause that opens a position."""
        return self._roots[self.judge.kb.posts[position]]

    def reasons(self, position: str) -> Reasons:
        """The reasons given so far for a position."""
        return self._reasons[self.judge.kb.posts[position]]


class Batch:
    """One table held against the positions of a screener."""

    def __init__(self, screener: Screener, table: Table) -> None:
        """Take the screener and the table; nothing is measured before it is asked for."""
        self.screener = screener
        self.table = table
        self._records: list[Person] | None = None
        self._decided: dict[str, Decided] = {}

    @cached_property
    def entries(self) -> tuple[EntriesOfMany, ...]:
        """The entries of every list."""
        return tuple(entries(self.table, name) for name in LISTS)

    @cached_property
    def numbers(self) -> Mapping[str, Ints]:
        """For the kinds of entries of each list, their numbers among all kinds."""
        kinds = self.screener.kinds
        return {
            each.list: np.array([kinds.number(each.list, kind) for kind in each.kinds], dtype=np.int64)
            for each in self.entries
        }

    @cached_property
    def columns(self) -> Mapping[str, MeasuredColumn]:
        """The measurement of every clause that bears on a position asked for; the same measurement is made once."""
        made: dict[str, MeasuredColumn] = {}
        found: dict[str, MeasuredColumn] = {}
        for identity, bounds in self.screener.bounds.items():
            clause = self.screener.judge.kb.clauses[identity]
            singly = self.screener.is_scalar(clause)
            spec = identity if singly else f"{clause.measures} {sorted(map(repr, clause.counts))}"
            if spec not in made:
                made[spec] = self._column(spec, clause, bounds)
            found[identity] = made[spec]
        return found

    def _column(self, spec: str, clause: Clause, bounds: Sequence[Bound]) -> MeasuredColumn:
        screener = self.screener
        if not screener.is_scalar(clause):
            try:
                day = day_number(screener.day)
                return column(spec, clause, self.entries, self.numbers, screener.kinds, day)
            except NotAdditive:
                screener.measure_singly(clause)
        which, persons = self._distinct
        return scalar_column(screener.judge, clause, persons, which, screener.day, bounds)

    @cached_property
    def _distinct(self) -> tuple[Ints, list[Person]]:
        """The distinct records of the table but for who they are of, and which of them each person has."""
        numbers: dict[str, int] = {}
        which: list[int] = []
        samples: list[int] = []
        kept = [name for name in self.table.column_names if name not in ("id", "name")]
        for row, record in enumerate(self.table.select(kept).to_pylist()):
            key = repr(record)
            if key not in numbers:
                numbers[key] = len(numbers)
                samples.append(row)
            which.append(numbers[key])
        return np.array(which, dtype=np.int64), [self.person(row) for row in samples]

    def person(self, row: int) -> Person:
        """One person of the table."""
        (record,) = self.table.slice(row, 1).to_pylist()
        return self.screener.person(record)

    def explain(self, row: int, position: str) -> Explanation:
        """The explanation of one person of the table."""
        return Explanation(self.screener.judges, self.person(row), position, self.screener.day)

    def reaches(self, root: Root) -> list[Reaches]:
        """When each person reaches each leaf that bears on a clause."""
        demands = self.screener.judge.demands
        return [self.columns[demands[n].clause.id].reached(demands[n].bound) for n in root.leaves]

    def verdicts(self, position: str) -> Ints:
        """What each person's case comes to, as a truth."""
        root = self.screener.root(position)
        truths = root.truths(codes(self.reaches(root), None, day_number(self.screener.day)))
        return truths.astype(np.int64)

    def decided(self, position: str) -> Decided:
        """What a position comes to for everyone, with first days and reasons; positions of one clause share it."""
        clause = self.screener.judge.kb.posts[position]
        if clause not in self._decided:
            self._decided[clause] = self._decide(position)
        return self._decided[clause]

    def _decide(self, position: str) -> Decided:
        root, day = self.screener.root(position), day_number(self.screener.day)
        verdicts, reaches = self.verdicts(position), self.reaches(root)
        first = np.full(len(verdicts), NEVER, dtype=np.int64)
        held = np.nonzero(verdicts == HOLDS)[0]
        first[held] = holds_since(root, reaches, held, day)
        others = np.nonzero(verdicts != HOLDS)[0]
        first[others] = first_day(root, reaches, others, day)
        reasons = self.screener.reasons(position)
        group, given = reasons.of(self.columns, verdicts, day, lambda row: self.explain(row, position))
        return Decided(verdicts, first, group, given)
