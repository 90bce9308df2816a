"""Remedies: the smallest sets of changes that make a person eligible, each with the first day it leads to.

The solver finds the minimal sets of leaves that would have to be met, none containing another. For each leaf there
are the ways to come to be met: time alone, or changes of the file. Every set of changes that arises so is applied to
the person, the clauses it bears on are measured anew, and the question is asked again: what is printed has been
verified. Time passes in every set. A set is kept only if no smaller part of it leads there as early.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import FOREVER, ONE_DAY, Duration
from lgreason.reasoning.cases.measurement import Added
from lgreason.reasoning.cases.verdict import Verdict
from lgreason.reasoning.persons.change import Change, contrary
from lgreason.reasoning.persons.changes import Changes
from lgreason.reasoning.persons.eligibility import Judge
from lgreason.reasoning.persons.lasting import Part, lasting
from lgreason.reasoning.persons.measure import Entry, Measurement, Reach
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Bound, Clause
from lgreason.rules.terms import Fn, Truth

Choice = int
"""A set of the possible changes: bit n stands for the n-th. A part of a choice has no bit that the choice lacks."""

_Leaf = tuple[int, Clause, Bound]
_NOTHING: Choice = 0
_LISTS = {"qualification": ("education",), "service": ("postings",), "experience": ("experience", "postings")}
"""The lists of the file that a measurement reads."""


MOST_TOGETHER = 3
"""So many changes are combined for the sake of one clause."""

MANY = 12
"""Of a file with more possible changes than this, sets of more than `MOST_TOGETHER` changes are not searched."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A set of changes, the first day on which it makes the person eligible, and what goes on until then.

    `waits` are the entries of the file that must go on until that day; a remedy of no change only waits.
    """

    changes: tuple[Change, ...]
    day: date
    waits: tuple[Entry, ...]


class Remedies:
    """The ways for one person to become eligible for one position, asked on one day."""

    def __init__(self, judge: Judge, person: Person, position: str, day: date) -> None:
        """Search; changes take effect from the day after `day`."""
        self.person = person
        self.position = position
        self.day = day
        self._judge = judge
        self._root = judge.kb.posts[position]
        self._from = day + ONE_DAY
        self._changes = Changes(judge, person, position, day)
        self._persons: dict[Choice, Person] = {_NOTHING: person}
        self._measured: dict[tuple[str, Choice], Measurement] = {}
        self._touching: dict[str, Choice] = {}
        self._combinations: dict[Choice, list[Choice]] = {}
        self._open_to: dict[str, Verdict] = {}
        self._until: dict[tuple[tuple[Change, ...], tuple[Entry, ...]], Mapping[Part, date]] = {}
        self.asked: tuple[str, Sequence[Truth], Sequence[int]] | None = None
        """What the solver was asked: the clause, the truth of each leaf, and the leaves that may come to be met."""
        now = self._now = judge.case(person, day)
        self._same_tomorrow = not _begins(person, self._from)
        self.verdict: Verdict = now.verdict(position)
        self.found: tuple[Remedy, ...] = ()
        self.complete = True
        """Whether there are no more minimal sets than were looked at."""
        if self.verdict != "eligible":
            self._leaves = [
                (number, demand.clause, demand.bound)
                for number, demand in enumerate(judge.demands)
                if demand.clause.id in judge.clauses_under(self._root)
            ]
            self._possible = self._changes.possible(now)
            self._reached: dict[int, dict[Choice, Reach]] = {number: {} for number, _, _ in self._leaves}
            self._bears_on = {number: self._touches(clause) for number, clause, _ in self._leaves}
            self._contrary = [
                sum(1 << at for at, other in enumerate(self._possible) if contrary(change, other))
                for change in self._possible
            ]
            self._with_contrary = sum(1 << at for at, contrary in enumerate(self._contrary) if contrary)
            self._tomorrow = sum(
                1 << at for at, change in enumerate(self._possible) if change.kind in ("take_up", "work")
            )
            self.found = self._search()

    @property
    def left_out(self) -> int:
        """How many unknown facts, each like others that were searched, were left out of the search."""
        return self._changes.left_out

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge base by which they are judged."""
        return self._judge.kb

    @cached_property
    def added(self) -> tuple[tuple[Duration, Added], ...]:
        """What is short of each condition of time, where it depends on how stretches are added (A-20C)."""
        case, under = self._judge.case(self.person, self.day).case, self._judge.clauses_under(self._root)
        found: dict[tuple[Duration, Added], None] = {}
        for clause in self._judge.kb.eligibility:
            if clause.id in under and clause.measures is not None:
                measured = case.measurement(clause)
                for _, bound in clause.bounds():
                    if (added := measured.added(bound)) is not None and (short := measured.shortfall(bound)):
                        found[short, added] = None
        return tuple(found)

    def open_to(self, position: str) -> Verdict:
        """Whether the person may take up a post today, by its own qualifications."""
        if position not in self._open_to:
            self._open_to[position] = self._judge.case(self.person, self.day).verdict(position)
        return self._open_to[position]

    def until(self, remedy: Remedy) -> Mapping[Part, date]:
        """The day until which each lasting change of a remedy, and each entry that goes on, must last."""
        key = (remedy.changes, remedy.waits)
        if key not in self._until:
            changed, days = self._changes.applied(remedy.changes), (self._from, remedy.day)
            self._until[key] = lasting(self._judge, self.position, self.person, changed, key, days)
        return self._until[key]

    def unlawful(self, remedy: Remedy) -> bool:
        """Whether a remedy takes up a post to which the person may not be appointed by its own qualifications."""
        posts = [change.choices for change in remedy.changes if change.kind == "take_up"]
        placed = self._judge.kb.posts
        return any(
            all(post in placed and self.open_to(post) == "ineligible" for post in choices)
            for choices in posts
        )

    # ── the search ──────────────────────────────────────────────────────────────────────────────

    def _search(self) -> tuple[Remedy, ...]:
        ways = {leaf[0]: self._ways(leaf) for leaf in self._leaves}
        truths: list[bool | None] = [None] * len(self._judge.demands)
        open_: list[int] = []
        for leaf in self._leaves:
            number, reach = leaf[0], self._reach(leaf, _NOTHING)
            truths[number] = reach.on(self._from)
            if ways[number] and not (truths[number] and reach.last == FOREVER):
                open_.append(number)
        self.asked = (self._root, truths, open_)
        sets, self.complete = self._judge.minimal(*self.asked)
        choices = {choice for leaves in sets for choice in self._choices([ways[leaf] for leaf in leaves])}
        days: dict[Choice, date] = {}
        for choice in sorted(choices, key=lambda choice: (choice.bit_count(), choice)):
            earlier = min((day for part, day in days.items() if part & choice == part), default=None)
            if earlier is None or earlier > self._from:
                day = self._first_day(choice)
                if day is not None and (earlier is None or day < earlier):
                    days[choice] = day
        changes = {choice: tuple(self._chosen(choice)) for choice in days}
        remedies = [
            (choice, Remedy(changes[choice], day, self._waits(choice, day)))
            for choice, day in days.items()
            if not any(
                day >= days[other] and _asks_no_more(changes[other], changes[choice])
                for other in days
                if other != choice
            )
        ]
        degrees = self._judge.vocabulary.ids("degree")
        order = {choice: [at for at in range(len(self._possible)) if choice >> at & 1] for choice in days}
        remedies.sort(
            key=lambda found: (
                found[1].day,
                self.unlawful(found[1]),
                _effort(found[1], degrees),
                order[found[0]],
            )
        )
        return tuple(remedy for _, remedy in remedies)

    def _chosen(self, choice: Choice) -> Iterator[Change]:
        return (change for at, change in enumerate(self._possible) if choice >> at & 1)

    def _is_contrary(self, choice: Choice) -> bool:
        if not choice & self._with_contrary:
            return False
        return any(choice >> at & 1 and choice & contrary for at, contrary in enumerate(self._contrary))

    def _choices(self, ways: list[dict[Choice, date]]) -> set[Choice]:
        """The sets of changes that take one way for each leaf, without those of which a part is as early."""
        most = MOST_TOGETHER if len(self._possible) > MANY else len(self._possible)
        found: dict[Choice, date] = {_NOTHING: self._from}
        for of_leaf in ways:
            joined: dict[Choice, date] = {}
            for choice, day in found.items():
                for way, other in of_leaf.items():
                    both = choice | way
                    later = max(day, other)
                    if both.bit_count() > most or self._is_contrary(both):
                        continue
                    if later < joined.get(both, date.max):
                        joined[both] = later
            found = _least(joined)
        return set(found)

    def _first_day(self, choice: Choice) -> date | None:
        """The first day of eligibility with changes applied, the clauses they bear on measured anew."""
        reaches: list[Reach | None] = [None] * len(self._judge.demands)
        for leaf in self._leaves:
            reaches[leaf[0]] = self._reach(leaf, choice)
        return self._judge.first_day(self._root, reaches, self._from)

    def _waits(self, choice: Choice, day: date) -> tuple[Entry, ...]:
        """The entries of the file that count towards what is reached between now and that day."""
        waits: dict[Entry, None] = {}
        for leaf in self._leaves if day > self._from else ():
            since = self._reach(leaf, choice).since
            if since is not None and self._from < since <= day:
                entries = self._measure(leaf[1], choice & self._bears_on[leaf[0]]).entries
                waits |= dict.fromkeys(entry for entry in entries if self._goes_on(entry))
        return tuple(waits)

    def _goes_on(self, entry: Entry) -> bool:
        if entry.list not in ("postings", "experience"):
            return False
        entries = self.person.postings if entry.list == "postings" else self.person.experience
        own = entries or ()
        return entry.number <= len(own) and (own[entry.number - 1].end or FOREVER) > self.day

    # ── how a leaf comes to be met ──────────────────────────────────────────────────────────────

    def _ways(self, leaf: _Leaf) -> dict[Choice, date]:
        """The sets of changes with which a bound is reached some day; no part of one reaches it as early."""
        ways: dict[Choice, date] = {}
        for choice in self._combined(self._bears_on[leaf[0]]):
            earlier = min((day for part, day in ways.items() if part & choice == part), default=None)
            if earlier is None or earlier > self._from:
                since = self._reach(leaf, choice).since
                if since is not None and (earlier is None or since < earlier):
                    ways[choice] = max(since, self._from)
        return ways

    def _combined(self, touches: Choice) -> list[Choice]:
        """The sets of changes that can be made together, smaller ones first.

        Of what begins tomorrow one is as good as two: both would count the same days.
        """
        found = self._combinations.get(touches)
        if found is None:
            found = [_NOTHING]
            for at in range(len(self._possible)):
                one = touches & 1 << at
                apart = self._tomorrow if one & self._tomorrow else self._contrary[at]
                if one:
                    found += [
                        choice | one
                        for choice in found
                        if not choice & apart and choice.bit_count() < MOST_TOGETHER
                    ]
            found.sort(key=int.bit_count)
            self._combinations[touches] = found
        return found

    def _touches(self, clause: Clause) -> Choice:
        """The changes that alter what a clause measures."""
        found = self._touching.get(clause.id)
        if found is None:
            found, before = _NOTHING, _seen(self._measure(clause, _NOTHING))
            lists = _LISTS.get(clause.measures or "", ())
            for at, change in enumerate(self._possible):
                if clause.expression is not None:
                    if _seen(self._measure(clause, 1 << at)) != before:
                        found |= 1 << at
                elif change.list in lists and self._changes.may_touch(clause, change):
                    of_no_entry = change.entry is None and change.missing is None
                    if of_no_entry or _seen(self._measure(clause, 1 << at)) != before:
                        found |= 1 << at
            # Of an entry that one change makes count, the others tell as well: its first day, for one.
            subjects = {change.subject for change in self._chosen(found)} - {None}
            for at, change in enumerate(self._possible):
                if change.subject in subjects:
                    found |= 1 << at
            self._touching[clause.id] = found
        return found

    def _reach(self, leaf: _Leaf, choice: Choice) -> Reach:
        number, clause, bound = leaf
        mine = choice & self._bears_on[number]
        found = self._reached[number].get(mine)
        if found is None:
            found = self._reached[number][mine] = self._measure(clause, mine).reach(bound)
        return found

    def _measure(self, clause: Clause, choice: Choice) -> Measurement:
        key = (clause.id, choice)
        found = self._measured.get(key)
        if found is None:
            if not choice and self._same_tomorrow and Fn("while_held") not in clause.counts:
                found = self._now.case.measurement(clause)  # it tells of every later day as well
            else:
                if choice not in self._persons:
                    self._persons[choice] = self._changes.applied(self._chosen(choice))
                found = self._judge.measure(self._persons[choice], clause, self._from)
            self._measured[key] = found
        return found


def _begins(person: Person, day: date) -> bool:
    """Whether an entry of the file begins on a day."""
    held, posts, done = person.education or (), person.postings or (), person.experience or ()
    return (
        any(one.obtained == day for one in held)
        or any(one.start == day for one in posts)
        or any(one.start == day for one in done)
    )


def _seen(measured: Measurement) -> tuple[object, ...]:
    return measured.entries, measured.maybe, measured.missing


def _least(found: dict[Choice, date]) -> dict[Choice, date]:
    """Without those of which a part is as early."""
    kept: dict[Choice, date] = {}
    for choice in sorted(found, key=int.bit_count):
        day = found[choice]
        if not any(part & choice == part and other <= day for part, other in kept.items()):
            kept[choice] = day
    return kept


def _asks_no_more(some: Sequence[Change], others: Sequence[Change]) -> bool:
    """Whether a set asks no more than another: each of its changes is one of the other's, with as many choices."""
    return all(any(_covers(change, other) for other in others) for change in some)


def _covers(change: Change, other: Change) -> bool:
    same = (change.kind, change.degree, change.entry, change.missing, change.fact, change.value) == (
        *(other.kind, other.degree, other.entry, other.missing, other.fact, other.value),
    )
    return same and set(change.choices) >= set(other.choices)


def _effort(remedy: Remedy, degrees: tuple[str, ...]) -> tuple[date, int, int, tuple[int, ...], str]:
    """The order of remedies: by day, then fewer changes, then what depends on oneself, then the lower degree."""
    decisions = sum(change.sort == "decision" for change in remedy.changes)
    higher = tuple(degrees.index(change.degree) for change in remedy.changes if change.degree)
    return remedy.day, len(remedy.changes), decisions, higher, str([c.kind for c in remedy.changes])
