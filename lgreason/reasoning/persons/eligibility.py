"""Deciding: from measured leaves to what every clause comes to, on the day asked or on any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import ONE_DAY
from lgreason.reasoning.cases.judge import TreeJudge
from lgreason.reasoning.cases.verdict import Verdict, verdict_of
from lgreason.reasoning.persons.case import PersonOnDay
from lgreason.reasoning.persons.measure import BEFORE_ALL_RECORD, Measurement, Measurer, Reach
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import OF_CLAUSES, Clause
from lgreason.rules.terms import SolverError, Truth
from lgreason.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from lgreason.reasoning.persons.facts import PersonFacts

MEASURED = frozenset({"at_least"})
"""The relations of a bound that measurements of persons read."""


_OF_READINGS = frozenset({*OF_CLAUSES, "reading", "switched", "service_counts"})
"""What two readings may differ in and still speak of the same posts in the same words."""


def _refuse_unread(clauses: Iterable[Clause]) -> None:
    for clause in clauses:
        for _, bound in clause.bounds():
            if bound.relation not in MEASURED and clause.expression is None:
                raise SolverError(f"{clause.id} says {bound.relation}, which no measurement of persons reads")


class Judge(TreeJudge):
    """Decides persons against the positions of one knowledge base."""

    def __init__(self, kb: KnowledgeBase, vocabulary: Vocabulary, like: Judge | None = None) -> None:
        """Prepare the measurements and ground the theory over the eligibility clauses.

        `like` judges by other readings of the same trees, in the same words: only other clauses are prepared anew.
        """
        clauses = kb.eligibility if like is None else tuple(kb.clauses[c.id] for c in like.clauses)
        super().__init__(kb, clauses, like)
        self.vocabulary = vocabulary
        before = None if like is None else like._measurer
        self._measurer: Measurer = Measurer(clauses, vocabulary, kb, before)
        self._otherwise: dict[tuple[Judge, str], tuple[int, ...]] = {}
        _refuse_unread(c for c in clauses if like is None or like.kb.clauses[c.id] is not c)

    def case(self, person: Person, day: date, like: PersonOnDay | None = None) -> Judgement:
        """The person's case on a day; nothing is measured before it is asked for, nor again if it is so in `like`."""
        return Judgement(self, PersonOnDay(self._measurer, person, day, like))

    def otherwise(self, other: Judge, root: str) -> tuple[int, ...] | None:
        """The leaves under a clause that another judge of the same trees may measure otherwise; none: other trees."""
        if other.decider is not self.decider:
            return None
        key = (other, root)
        if key not in self._otherwise:
            self._otherwise[key] = tuple(
                number
                for number in self.leaves_under(root)
                if (mine := self.demands[number].clause) is not other.demands[number].clause
                or not self._measurer.alone(mine)
            )
        return self._otherwise[key]

    def posts_of(self, clause: Clause) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """The named positions that a clause counts, and the types with levels."""
        return self._measurer.posts_of(clause)

    @property
    def facts(self) -> PersonFacts:
        """What measures by declared facts."""
        return self._measurer.facts

    def measure(self, person: Person, clause: Clause, day: date) -> Measurement:
        """What a person comes to for one clause on a day, for whoever asks clause by clause."""
        return self._measurer.measure(person, clause, day)

    def decide(self, reaches: Sequence[Reach | None], day: date) -> Mapping[str, Truth]:
        """What every clause comes to on a day, given when each leaf is reached (`None`: it does not bear on it)."""
        return self.decider.decide([None if reach is None else reach.on(day) for reach in reaches])

    def first_day(self, root: str, reaches: Sequence[Reach | None], earliest: date) -> date | None:
        """The first day, not before `earliest`, on which the clause holds.

        The leaves change only on the days on which a bound is reached or lapses, so only those are asked.
        """
        days = sorted(day for day in {earliest, *_turns(reaches)} if day >= earliest)
        return next((day for day in days if self.decide(reaches, day)[root]), None)

    def holds_since(self, root: str, reaches: Sequence[Reach | None], day: date) -> date:
        """The day since which a clause that holds on `day` has held; `date.min` if that is before all record."""
        since = day
        for earlier in sorted((turn for turn in _turns(reaches) if turn <= day), reverse=True):
            if not self.decide(reaches, earlier)[root]:
                break
            since = earlier
        return since


def _turns(reaches: Sequence[Reach | None]) -> Iterator[date]:
    """The days on which a leaf may change: its bound is reached or lapses; and the day before all record."""
    yield BEFORE_ALL_RECORD
    for reach in reaches:
        if reach is not None:
            yield from reach.turns()


class Judgement:
    """What one person's case comes to, clause by clause."""

    def __init__(self, judge: Judge, case: PersonOnDay) -> None:
        """Bind a case to the judge that decides it."""
        self.judge = judge
        self.case = case
        self._reaches: dict[str, list[Reach | None]] = {}

    def reaches(self, root: str) -> list[Reach | None]:
        """When each leaf that bears on a clause is reached; `None` for leaves that do not bear on it."""
        found = self._reaches.get(root)
        if found is None:
            demands, reach = self.judge.demands, self.case.reach
            found = self._reaches[root] = [None] * len(demands)
            for number in self.judge.leaves_under(root):
                clause, bound = demands[number]
                found[number] = reach(clause, bound)
        return found

    def is_as(self, other: Judgement, root: str) -> bool:
        """Whether a clause and all below it surely come to the same in another judgement, on every day.

        It is so where the trees are the same and each leaf measures the same and is reached on the same days.
        """
        numbers = self.judge.otherwise(other.judge, root)
        if numbers is None or self.case.person.ahead:
            return False
        for number in numbers:
            clause, bound = self.judge.demands[number]
            theirs = other.judge.demands[number].clause
            mine, measured = self.case.measurement(clause), other.case.measurement(theirs)
            if mine is not measured and (
                (mine.low, mine.high) != (measured.low, measured.high)
                or self.case.reach(clause, bound) != other.case.reach(theirs, bound)
            ):
                return False
        return True

    def comes_out_as(self, other: Judgement, root: str) -> bool:
        """Whether on the day a clause and all below it come to the same in another judgement, measures too."""
        under, truths, others = self.judge.clauses_under(root), self.truths(root), other.truths(root)
        mine, theirs = self.judge.kb.clauses, other.judge.kb.clauses
        return under == other.judge.clauses_under(root) and all(
            truths[each] is others[each] and self._measures(mine[each]) == other._measures(theirs[each])
            for each in under
        )

    def _measures(self, clause: Clause) -> object:
        """What a clause measures, at least and at most."""
        if clause.measures is None:
            return None
        measured = self.case.measurement(clause)
        return measured.low, measured.high

    def truths(self, root: str) -> Mapping[str, Truth]:
        """What the clause `root` and all on which it depends come to on the day of the case."""
        return self.judge.decide(self.reaches(root), self.case.day)

    def suppose(self, root: str, given: Mapping[int, Truth]) -> Truth:
        """What the clause comes to if the leaves of these numbers had these truths."""
        reaches, day = self.reaches(root), self.case.day
        values = [None if reach is None else reach.on(day) for reach in reaches]
        for leaf, truth in given.items():
            values[leaf] = truth
        return self.judge.decider.decide(values)[root]

    def verdict(self, position: str) -> Verdict:
        """The verdict for a position on the day of the case."""
        root = self.judge.kb.posts[position]
        return verdict_of(self.truths(root)[root])

    def earliest(self, root: str) -> date | None:
        """The first day on which the clause holds if nothing but time passes; `None` if it never does.

        For a clause that holds already: the day since which it has held, `date.min` if that is before all record.
        """
        return self._reached(root)[0]

    def _reached(self, root: str) -> tuple[date | None, Judgement]:
        """The first day on which a clause holds, and the judgement that tells: of what is supposed to begin later
        (`ahead`), that of the day on which it begins, for entries that begin after its day a judgement leaves out."""
        reaches, now = self.reaches(root), self.case.day
        if self.judge.decide(reaches, now)[root]:
            return self.judge.holds_since(root, reaches, now), self
        first = self.judge.first_day(root, reaches, now)
        begins = min((day for day in self.case.person.ahead if day > now), default=None)
        if begins is None or (first is not None and first <= begins):
            return first, self
        found, judgement = self.judge.case(self.case.person, begins)._reached(root)
        if found is None or (first is not None and first <= found):
            return first, self
        return max(found, now + ONE_DAY), judgement

    def until(self, root: str, since: date) -> date | None:
        """The last day on which a clause that holds on the day `since` goes on holding; `None` if that has no end."""
        judgement = self._reached(root)[1] if self.case.person.ahead and since > self.case.day else self
        reaches = judgement.reaches(root)
        later = sorted({turn for turn in _turns(reaches) if turn > since})
        ends = next((turn for turn in later if not self.judge.decide(reaches, turn)[root]), None)
        return None if ends is None else ends - ONE_DAY

    def possible(self, root: str) -> date | None:
        """The first day, today or later, on which the clause no longer fails for sure; `None` if it always does."""
        reaches, now = self.reaches(root), self.case.day
        days = {now}
        for reach in reaches:
            if reach is not None:
                turns = (*reach.turns(), reach.possibly)
                days |= {day for day in turns if day is not None and day > now}
        return next((day for day in sorted(days) if self.judge.decide(reaches, day)[root] is not False), None)


def _built_as(clause: Clause, other: Clause) -> bool:
    """Whether two clauses have the same place in a tree: the same demands, of the same parts."""
    return clause is other or (
        (clause.says, clause.parts, clause.exceptions) == (other.says, other.parts, other.exceptions)
    )


class Judges:
    """One judge for each choice of readings, made when first needed."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Start from a knowledge base under the readings asked for."""
        self.kb = kb
        self._judges: dict[tuple[tuple[str, str], ...], Judge] = {}

    @cached_property
    def judge(self) -> Judge:
        """The judge under the readings asked for."""
        return self.under({})

    def under(self, changes: Mapping[str, str]) -> Judge:
        """The judge where some readings are changed."""
        chosen = {**self.kb.chosen, **changes}
        key = tuple(sorted(chosen.items()))
        if key not in self._judges:
            kb = self.kb.library.under(chosen)
            like = self.judge if changes else None
            if like is None or not kb.differs_in(like.kb) <= _OF_READINGS:
                self._judges[key] = Judge(kb, Vocabulary(kb))
            else:
                same = all(_built_as(kb.clauses[clause.id], clause) for clause in like.clauses)
                self._judges[key] = Judge(kb, like.vocabulary, like if same else None)
        return self._judges[key]
