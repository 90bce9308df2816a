"""Measuring: what a person's file comes to for each quantity that a clause compares, exactly and three-valued.

A measurement gives what surely counts and what possibly does (entries whose facts are not known), and for every
bound the first day on which it is reached if nothing but time passes. Deciding is left to the theory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from lgreason.files.person.person import Person, Posting, Qualification
from lgreason.reasoning.cases.evidence import Entry, Missing
from lgreason.reasoning.cases.kleene import any_of
from lgreason.reasoning.cases.measurement import BEFORE_ALL_RECORD, Measurement, Reach
from lgreason.reasoning.persons.time import (
    Candidate,
    after_degree,
    begins_after,
    candidates_of,
    inside,
    posts_held,
    time_of,
)
from lgreason.rules.model import Bound, Clause
from lgreason.rules.terms import Fn, Truth
from lgreason.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from lgreason.reasoning.persons.facts import PersonFacts
    from lgreason.rules.knowledge import KnowledgeBase

__all__ = ["BEFORE_ALL_RECORD", "Entry", "Measurement", "Measurer", "Missing", "Reach"]


class _Conditions:
    """The `counts` of a clause, sorted by what they say."""

    def __init__(self, counts: Iterable[Fn]) -> None:
        self._args: dict[str, list[tuple[str, ...]]] = {}
        for what in counts:
            args = tuple(arg.name if isinstance(arg, Fn) else str(arg) for arg in what.args)
            self._args.setdefault(what.name, []).append(args)

    def __contains__(self, name: object) -> bool:
        return name in self._args

    def pairs(self, name: str) -> list[tuple[str, ...]]:
        return self._args.get(name, [])

    def each(self, name: str) -> frozenset[str]:
        return frozenset(args[0] for args in self._args.get(name, ()))


class Measurer:
    """Measures persons for the clauses of one knowledge base."""

    def __init__(
        self,
        clauses: Iterable[Clause],
        vocabulary: Vocabulary,
        kb: KnowledgeBase | None = None,
        like: Measurer | None = None,
    ) -> None:
        """Prepare the clauses that measure something; `kb` is where measures by declared facts are looked up.

        `like` measures by the same words: what it knows of clauses that are the very same is taken from there.
        """
        self._vocabulary = vocabulary
        self._committees: frozenset[str] = (
            frozenset(vocabulary.ids("committee")) if like is None else like._committees
        )
        self._clauses = {clause.id: clause for clause in clauses}
        self._kb = kb
        self._conditions: dict[str, _Conditions] = {}
        self._posts: dict[str, tuple[frozenset[str], frozenset[tuple[str, str]]]] = {}
        for identity, clause in self._clauses.items():
            if not clause.measures:
                continue
            if like is not None and like._clauses.get(identity) is clause:
                self._conditions[identity], self._posts[identity] = like.prepared(identity)
            else:
                conditions = self._conditions[identity] = _Conditions(clause.counts)
                self._posts[identity] = self._expand(conditions)

    def prepared(
        self, identity: str
    ) -> tuple[_Conditions, tuple[frozenset[str], frozenset[tuple[str, str]]]]:
        """What is known of a clause that measures: its conditions, and the posts that it counts."""
        return self._conditions[identity], self._posts[identity]

    def alone(self, clause: Clause) -> bool:
        """Whether what a clause measures hangs on no other clause: where it is the same, so is the measurement."""
        return clause.expression is None and "within" not in self._conditions[clause.id]

    def _expand(self, conditions: _Conditions) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """The named positions and the (type, level) pairs that a clause counts."""
        ranks = self._vocabulary.ranks
        named = set(conditions.each("position"))
        for lowest in conditions.each("not_below"):
            series = self._vocabulary.series(lowest)
            named |= {
                position
                for position, rank in ranks.items()
                if rank >= ranks[lowest] and self._vocabulary.series(position) == series
            }
        pairs = {(kind, level) for kind, level in conditions.pairs("level")}
        for kind, lowest in conditions.pairs("level_from"):
            levels = self._vocabulary.levels_of(kind)
            pairs |= {(kind, level) for level in levels[levels.index(lowest) :]}
        return frozenset(named), frozenset(pairs)

    def measures(self, clause: Clause) -> bool:
        """Whether this very clause is one of those that it measures for."""
        return self._clauses.get(clause.id) is clause

    def _needed(self, conditions: _Conditions) -> frozenset[str]:
        """The committees that must decide jointly; none where the competent one is enough (A-26)."""
        return self._committees if "jointly" in conditions else frozenset()

    def posts_of(self, clause: Clause) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """The named positions that a clause counts, and the types with levels."""
        return self._posts[clause.id]

    def measure(self, person: Person, clause: Clause, day: date) -> Measurement:
        """What `person` comes to for `clause` on `day`; entries that begin after that day are left out."""
        if clause.expression is not None:
            return self.facts.measure(person, clause, day)
        conditions = self._conditions[clause.id]
        if clause.measures == "qualification":
            return self._qualification(person, conditions, day)
        whole: tuple[Missing, ...]
        if clause.measures == "service":
            candidates = list(self._service(person, clause.id, day))
            whole = (Missing("postings"),) if person.postings is None else ()
        else:
            candidates, whole = self._experience(person, clause.id, day)
        if "after_degree" in conditions:
            degrees = conditions.each("after_degree")
            candidates, whole = after_degree(person, candidates, whole, degrees)
        return time_of(candidates, whole, day, conditions)

    @cached_property
    def facts(self) -> PersonFacts:
        """What measures by declared facts; its import is for clauses that do."""
        from lgreason.reasoning.persons.facts import PersonFacts

        assert self._kb is not None
        return PersonFacts(self._kb, self.counted)

    def counted(self, clause: Clause, entry: Posting | Qualification) -> tuple[Truth, tuple[Missing, ...]]:
        """Whether a posting or a degree counts by the `counts` of a clause, and what would tell."""
        if clause.id not in self._posts:
            self._conditions[clause.id] = _Conditions(clause.counts)
            self._posts[clause.id] = self._expand(self._conditions[clause.id])
        conditions, missing = self._conditions[clause.id], list[Missing]()
        if isinstance(entry, Qualification):
            return _is_qualification(entry, conditions, self._needed(conditions), missing), tuple(missing)
        return self._is_counted(entry, clause.id, missing), tuple(missing)

    # ── service ──────────────────────────────────────────────────────────────────────────────────

    def _service(self, person: Person, clause: str, day: date) -> Iterator[Candidate]:
        for posting in person.postings or ():
            if begins_after(posting, day):
                continue
            missing: list[Missing] = []
            if (counts := self._is_counted(posting, clause, missing)) is not False:
                yield from candidates_of("postings", posting, counts, missing)

    def _is_counted(self, posting: Posting, clause: str, missing: list[Missing]) -> Truth:
        """Whether a posting is in one of the posts that a clause counts."""
        conditions = self._conditions[clause]
        if (posting.acting or posting.concurrent) and "acting" not in conditions:
            return False
        named, pairs = self._posts[clause]
        truths: list[Truth] = [self._is_post(posting, named, pairs, missing)]
        if posting.equivalent_to is not None and "equivalent" in conditions:
            truths.append(self._is_equivalent(posting, named, pairs, self._needed(conditions), missing))
        return any_of(truths)

    def _is_post(
        self,
        posting: Posting,
        named: frozenset[str],
        pairs: frozenset[tuple[str, str]],
        missing: list[Missing],
    ) -> Truth:
        if posting.position is not None:
            return posting.position in named or self._vocabulary.placement(posting.position) in pairs
        if posting.words.other == "service":
            return False
        if posting.type is None:
            if posting.words.other == "series" and not pairs:
                return False
            missing.append(Missing("postings", posting.number, "position"))
            return None
        by_name = self._may_be(posting, named)
        if by_name and (truth := self._by_rank(posting, pairs, missing)) is not True:
            missing.append(Missing("postings", posting.number, "position"))
            return truth or None
        return self._by_rank(posting, pairs, missing)

    def _may_be(self, posting: Posting, named: frozenset[str]) -> bool:
        """Whether a posting whose text is not recognised may be in a named post by its type and level."""
        if not posting.words.unsure:
            return False
        meant = named.intersection(posting.words.posts) if posting.words.posts else named
        placed = (self._vocabulary.placement(position) for position in meant)
        return any(kind == posting.type and posting.level in (None, level) for kind, level in placed)

    def _by_rank(self, posting: Posting, pairs: frozenset[tuple[str, str]], missing: list[Missing]) -> Truth:
        """Whether a type and a level are among those that count."""
        assert posting.type is not None
        if posting.level is None:
            if not any(kind == posting.type for kind, _ in pairs):
                return False
            if {level for kind, level in pairs if kind == posting.type} == set(
                self._vocabulary.levels_of(posting.type)
            ):
                return True
            missing.append(Missing("postings", posting.number, "level"))
            return None
        return (posting.type, posting.level) in pairs

    def _is_equivalent(
        self,
        posting: Posting,
        named: frozenset[str],
        pairs: frozenset[tuple[str, str]],
        needed: frozenset[str],
        missing: list[Missing],
    ) -> Truth:
        target = posting.equivalent_to or ""
        kind, _, level = target.partition(".")
        if target not in named and (kind, level) not in pairs:
            return False
        return _decided(
            needed, posting.equivalent_by, Missing("postings", posting.number, "equivalent_by"), missing
        )

    # ── experience ───────────────────────────────────────────────────────────────────────────────

    def _experience(
        self, person: Person, clause: str, day: date
    ) -> tuple[list[Candidate], tuple[Missing, ...]]:
        conditions = self._conditions[clause]
        candidates = [*self._work(person, conditions, day), *self._series(person, conditions, day)]
        whole = (Missing("experience"),) if person.experience is None else ()
        if "in_government" in conditions:
            candidates = list(inside(candidates, posts_held(person, day)))
        if within := conditions.each("within"):
            candidates = list(self._inside(person, candidates, within, day))
            if whole and not any(True for clause in within for _ in self._service(person, clause, day)):
                whole = ()  # whatever the work was, no service is there for it to lie within
        if person.postings is None and ("series" in conditions or within or "in_government" in conditions):
            whole = (*whole, Missing("postings"))
        return candidates, whole

    def _work(self, person: Person, conditions: _Conditions, day: date) -> Iterator[Candidate]:
        works = conditions.each("work")
        for done in person.experience or ():
            if begins_after(done, day):
                continue
            if done.work is None:
                yield from candidates_of(
                    "experience", done, None, [Missing("experience", done.number, "work")]
                )
            elif done.work in works:
                yield from candidates_of("experience", done, True, [])

    def _series(self, person: Person, conditions: _Conditions, day: date) -> Iterator[Candidate]:
        series = conditions.each("series")
        for posting in person.postings or () if series else ():
            if begins_after(posting, day):
                continue
            if (posting.acting or posting.concurrent) and "acting" not in conditions:
                continue
            if posting.position is not None and self._vocabulary.series(posting.position) in series:
                yield from candidates_of("postings", posting, True, [])
            elif posting.position is None and self._may_be_of_series(posting, series):
                missing = [Missing("postings", posting.number, "position")]
                yield from candidates_of("postings", posting, None, missing)

    def _may_be_of_series(self, posting: Posting, series: frozenset[str]) -> bool:
        """Whether a posting of a series that is not told may be in one of some series."""
        if posting.words.other is not None:
            return False
        if posting.type is None:
            return True
        posts = frozenset(p for p in self._vocabulary.ranks if self._vocabulary.series(p) in series)
        return self._may_be(posting, posts)

    def _inside(
        self, person: Person, candidates: list[Candidate], clauses: frozenset[str], day: date
    ) -> Iterator[Candidate]:
        """Only what falls within the service that the clauses count (A-06, the other reading)."""
        service = [held for clause in sorted(clauses) for held in self._service(person, clause, day)]
        yield from inside(candidates, service)

    # ── qualifications ───────────────────────────────────────────────────────────────────────────

    def _qualification(self, person: Person, conditions: _Conditions, day: date) -> Measurement:
        if person.education is None:
            unknown = Reach(None, possibly=BEFORE_ALL_RECORD)
            return Measurement(0, None, (), (), (Missing("education"),), lambda _: unknown, lambda _: None)
        sure: list[Entry] = []
        maybe: list[Entry] = []
        missing: list[Missing] = []
        days: list[date] = []
        other_days: list[date] = []
        for held in person.education:
            first, from_day = held.words.within.get("obtained", (held.obtained, held.obtained))
            first, from_day = first or BEFORE_ALL_RECORD, from_day or BEFORE_ALL_RECORD
            if first > day:
                continue
            lacking: list[Missing] = []
            counts = _is_qualification(held, conditions, self._needed(conditions), lacking)
            if counts and from_day > day:
                counts, from_day = None, first
                lacking.append(Missing("education", held.number, "obtained"))
            entry = Entry("education", held.number)
            if counts:
                sure.append(entry)
                days.append(from_day)
            elif counts is None:
                maybe.append(entry)
                missing.extend(lacking)
                other_days.append(from_day)

        def reach(bound: Bound) -> Reach:
            return Reach(_nth(days, bound.value), possibly=_nth([*days, *other_days], bound.value))

        high = len(sure) + len(maybe)
        return Measurement(len(sure), high, tuple(sure), tuple(maybe), tuple(missing), reach, lambda _: None)


def _nth(days: list[date], number: int) -> date | None:
    """The day by which there are so many, if that ever comes."""
    if number <= 0:
        return BEFORE_ALL_RECORD
    return sorted(days)[number - 1] if number <= len(days) else None


def _is_qualification(
    held: Qualification, conditions: _Conditions, needed: frozenset[str], missing: list[Missing]
) -> Truth:
    if not held.degree:
        missing.append(Missing("education", held.number, "degree"))
        return None
    if held.degree not in conditions.each("degree"):
        return False
    if "any_field" in conditions:
        refused = held.degree == "bachelor" and held.approved is False
        return not refused or "even_if_refused" in conditions
    if held.field in conditions.each("field"):
        return True
    if held.approved and "approved_field" in conditions:
        where = Missing("education", held.number, "approved_by")
        if (truth := _decided(needed, held.approved_by, where, missing)) is not False:
            return truth
    if held.field is None:
        missing.append(Missing("education", held.number, "field"))
        return None
    return False


def _decided(
    needed: frozenset[str], by: tuple[str, ...] | None, where: Missing, missing: list[Missing]
) -> Truth:
    """Whether the committees whose joint decision is needed have decided; if none are, any one has (A-26)."""
    if not needed:
        return True
    if by is None:
        missing.append(where)
        return None
    return needed <= set(by)
