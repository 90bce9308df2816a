"""Remedies: the smallest sets of changes that make a person eligible, each with the first day it leads to.

A change is something that can still happen: taking up a post, obtaining a degree, doing work in the field, a
committee's decision, or a fact of the file turning out well. Past facts cannot change. Every set is applied to the
person and the question asked again, so what is printed has been verified; time passes in every set. A set is kept
only if no smaller part of it leads there as early.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Literal

from lgreason.files.person import Experience, Person, Posting, Qualification
from lgreason.findings import Place
from lgreason.reasoning.counting import FOREVER, ONE_DAY
from lgreason.reasoning.eligibility import Judge, Judgement, Verdict
from lgreason.reasoning.measure import Entry, Missing
from lgreason.rules.model import Clause

Kind = Literal["take_up", "obtain", "work", "equate", "accept", "establish"]
Class = Literal["time", "act", "decision", "fact"]
CLASSES: dict[Kind, Class] = {
    "take_up": "act",
    "obtain": "act",
    "work": "act",
    "equate": "decision",
    "accept": "decision",
    "establish": "fact",
}
MOST_CHANGES = 4
"""Sets of more changes than this are not searched."""

LONG_AGO = timedelta(days=365 * 40)
"""How far back a fact that is not known may reach, when it is supposed to turn out well."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that can still happen.

    `choices` are the ids among which one is enough: posts, fields of a degree (none: any field), kinds of work, or
    what a posting is deemed equivalent to. `entry` is the entry of the file concerned, `missing` the fact.
    """

    kind: Kind
    choices: tuple[str, ...] = ()
    degree: str | None = None
    entry: Entry | None = None
    missing: Missing | None = None

    @property
    def sort(self) -> Class:
        """Whether it is an act of the person, a decision of others, or a fact to find out."""
        return CLASSES[self.kind]


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
        """Search all sets of up to `MOST_CHANGES` changes; changes take effect from the day after `day`."""
        self.person = person
        self.position = position
        self.day = day
        self._judge = judge
        self._root = judge.kb.posts[position]
        self._from = day + ONE_DAY
        self._committees = judge.vocabulary.ids("committee")
        now = judge.case(person, day)
        self.verdict: Verdict = now.verdict(position)
        self.found: tuple[Remedy, ...] = () if self.verdict == "eligible" else self._search(now)

    # ── the search ──────────────────────────────────────────────────────────────────────────────

    def _search(self, now: Judgement) -> tuple[Remedy, ...]:
        possible = tuple(dict.fromkeys(self._changes(now)))
        days: dict[frozenset[Change], date] = {}
        for size in range(MOST_CHANGES + 1):
            for chosen in combinations(possible, size):
                changes = frozenset(chosen)
                earlier = [day for smaller, day in days.items() if smaller < changes]
                if self._from in earlier or _contradict(chosen):
                    continue  # a part of it leads there at once already
                day = self._first_day(chosen)
                if day is not None and all(day < other for other in earlier):
                    days[changes] = day
        order = {change: number for number, change in enumerate(possible)}
        remedies = [
            Remedy(tuple(sorted(changes, key=order.__getitem__)), day, self._waits(changes, day))
            for changes, day in days.items()
            if not any(_asks_no_more(others, changes) and other <= day for others, other in days.items())
        ]
        degrees = self._judge.vocabulary.ids("degree")
        return tuple(sorted(remedies, key=lambda remedy: _effort(remedy, degrees)))

    def _first_day(self, changes: tuple[Change, ...]) -> date | None:
        first = self._judge.case(self._applied(changes), self._from).earliest(self._root)
        return None if first is None else max(first, self._from)

    def _waits(self, changes: frozenset[Change], day: date) -> tuple[Entry, ...]:
        """The entries of the file that count towards what is reached between now and that day."""
        if day == self._from:
            return ()
        person = self._applied(tuple(changes))
        case = self._judge.case(person, self._from).case
        waits: dict[Entry, None] = {}
        for demand in self._judge.demands:
            if demand.clause.id in self._judge.clauses_under(self._root):
                since = case.reach(demand.clause, demand.bound).since
                if since is not None and self._from < since <= day:
                    entries = case.measurement(demand.clause).entries
                    waits |= dict.fromkeys(entry for entry in entries if self._goes_on(entry))
        return tuple(waits)

    def _goes_on(self, entry: Entry) -> bool:
        entries = self.person.postings if entry.list == "postings" else self.person.experience
        own = entries or ()
        return entry.number <= len(own) and (own[entry.number - 1].end or FOREVER) > self.day

    def open_to(self, position: str) -> Verdict:
        """Whether the person may take up a post today, by its own qualifications."""
        return self._judge.case(self.person, self.day).verdict(position)

    # ── what can change ─────────────────────────────────────────────────────────────────────────

    def _changes(self, now: Judgement) -> Iterator[Change]:
        under = self._judge.clauses_under(self._root)
        for clause in self._judge.kb.eligibility:
            if clause.id in under and clause.measures is not None:
                reached = [now.case.reach(clause, bound).on(self.day) for _, bound in clause.bounds()]
                if not all(reached):
                    yield from self._changes_of(clause, now.case.measurement(clause).missing)

    def _changes_of(self, clause: Clause, missing: tuple[Missing, ...]) -> Iterator[Change]:
        for fact in missing:
            yield Change("establish", self._good_value(clause, fact), self._degree(clause), missing=fact)
        if clause.measures == "qualification":
            yield from self._qualifications(clause)
        elif clause.measures == "service":
            yield from self._services(clause)
        else:
            yield Change("work", _args(clause, "work"))

    def _degree(self, clause: Clause) -> str | None:
        """The degree a clause names first; higher ones that show it are changes of other clauses."""
        return next(iter(_args(clause, "degree")), None)

    def _qualifications(self, clause: Clause) -> Iterator[Change]:
        degree = self._degree(clause)
        fields = () if _says(clause, "any_field") else _args(clause, "field")
        yield Change("obtain", fields, degree)
        for held in self.person.education or ():
            unlisted = held.field is not None and held.field not in fields
            if held.degree == degree and fields and unlisted and not held.approved:
                yield Change("accept", entry=Entry("education", held.number))

    def _services(self, clause: Clause) -> Iterator[Change]:
        named, pairs = self._posts(clause)
        if named:
            yield Change("take_up", named)
        for pair in pairs:
            yield Change("take_up", (pair,))
        if _says(clause, "equivalent"):
            for held in self.person.postings or ():
                targets = tuple(post for post in (*named, *pairs) if self._comparable(held, post))
                if targets and (held.start is None or held.start <= self.day):
                    yield Change("equate", targets, entry=Entry("postings", held.number))

    def _comparable(self, held: Posting, post: str) -> bool:
        """Whether a committee could deem a posting equivalent to a post: another one of the same type and level.

        In one series the rank must be the same too: that a section head is no director the standard itself says.
        """
        vocabulary, ranks = self._judge.vocabulary, self._judge.vocabulary.ranks
        if held.acting or held.concurrent or post not in ranks or held.position == post:
            return False
        if held.position is not None and vocabulary.series(held.position) == vocabulary.series(post):
            return ranks[held.position] == ranks[post]
        return (held.type, held.level) == vocabulary.placement(post)

    def _posts(self, clause: Clause) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The posts that a clause counts and that stand below the position asked for; and types with levels."""
        named, pairs = self._judge.posts_of(clause)
        ranks = self._judge.vocabulary.ranks
        below = (post for post in self._by_rank(named) if ranks[post] < ranks[self.position])
        return tuple(below), tuple(f"{kind}.{level}" for kind, level in sorted(pairs))

    def _by_rank(self, posts: frozenset[str]) -> list[str]:
        ranks = self._judge.vocabulary.ranks
        return sorted(posts, key=lambda post: (ranks[post], post))

    def _good_value(self, clause: Clause, fact: Missing) -> tuple[str, ...]:
        """The values with which a fact that is not known would serve the clause."""
        if clause.measures == "service":
            named, pairs = self._judge.posts_of(clause)
            return (*self._by_rank(named), *(f"{kind}.{level}" for kind, level in sorted(pairs)))
        if clause.measures == "qualification":
            return () if _says(clause, "any_field") else _args(clause, "field")
        return _args(clause, "work") if fact.list == "experience" else _args(clause, "series")

    # ── applying changes to the person ──────────────────────────────────────────────────────────

    def _applied(self, changes: tuple[Change, ...]) -> Person:
        person = self.person
        for change in changes:
            person = self._apply(person, change)
        return person

    def _apply(self, person: Person, change: Change) -> Person:
        match change.kind:
            case "take_up":
                return _with_posting(person, self._posting(person, change.choices[0], self._from))
            case "obtain":
                return _with_qualification(person, self._qualification(person, change, self._from))
            case "work":
                return _with_experience(person, self._experience(person, change.choices[0], self._from))
            case "equate":
                assert change.entry is not None
                equated: dict[str, Any] = {
                    "equivalent_to": change.choices[0],
                    "equivalent_by": self._committees,
                }
                return _with_changed(person, change.entry, equated)
            case "accept":
                assert change.entry is not None
                return _with_changed(
                    person, change.entry, {"approved": True, "approved_by": self._committees}
                )
            case "establish":
                return self._established(person, change)

    def _established(self, person: Person, change: Change) -> Person:
        """The person if a fact that is not known turns out as well as it can."""
        fact, since = change.missing, self.day - LONG_AGO
        assert fact is not None
        if fact.number is None:
            if fact.list == "education":
                return _with_qualification(person, self._qualification(person, change, None))
            if fact.list == "experience":
                return _with_experience(person, self._experience(person, change.choices[0], since))
            return _with_posting(person, self._posting(person, self._post_of(change.choices[0]), since))
        entry, best = Entry(fact.list, fact.number), change.choices[:1]
        match fact.key:
            case "from":
                return _with_changed(person, entry, {"start": since})
            case "position":
                post = self._posting(person, self._post_of(best[0]), since)
                return _with_changed(
                    person, entry, {"position": post.position, "type": post.type, "level": post.level}
                )
            case "level":
                return _with_changed(person, entry, {"level": best[0].partition(".")[2]})
            case "work" | "field":
                return _with_changed(person, entry, {fact.key: best[0]})
            case _:
                return _with_changed(person, entry, {fact.key or "": self._committees})

    def _post_of(self, choice: str) -> str:
        """A post, or the lowest post of a series."""
        ranks = self._judge.vocabulary.ranks
        in_series = [post for post in ranks if self._judge.vocabulary.series(post) == choice]
        return min(in_series, key=ranks.__getitem__) if in_series else choice

    def _posting(self, person: Person, post: str, start: date) -> Posting:
        position = post if post in self._judge.vocabulary.ranks else None
        kind, level = self._judge.vocabulary.placement(post) if position else post.split(".")
        number = len(person.postings or ()) + 1
        return Posting(
            *(position, kind, level, None, start, None, False, False, None, None, None), _NOWHERE, number
        )

    def _experience(self, person: Person, work: str, start: date) -> Experience:
        return Experience(work, start, None, _NOWHERE, len(person.experience or ()) + 1)

    def _qualification(self, person: Person, change: Change, obtained: date | None) -> Qualification:
        field = next(iter(change.choices), None)
        number = len(person.education or ()) + 1
        return Qualification(change.degree or "", field, None, None, obtained, _NOWHERE, number)


_NOWHERE = Place("")


def _args(clause: Clause, name: str) -> tuple[str, ...]:
    """The ids that a clause counts under a name, in the order of the knowledge base."""
    return tuple(
        str(getattr(what.args[0], "name", what.args[0])) for what in clause.counts if what.name == name
    )


def _says(clause: Clause, name: str) -> bool:
    return any(what.name == name for what in clause.counts)


def _contradict(changes: tuple[Change, ...]) -> bool:
    """Whether two changes are of the same fact or of the same posting's equivalence."""
    subjects = [(c.kind, c.entry, c.missing) for c in changes if c.entry or c.missing]
    return len(subjects) != len(set(subjects))


def _asks_no_more(some: frozenset[Change], others: frozenset[Change]) -> bool:
    """Whether a set asks no more than another: each of its changes is one of the other's, with as many choices."""
    return some != others and all(any(_covers(change, other) for other in others) for change in some)


def _covers(change: Change, other: Change) -> bool:
    same = replace(change, choices=()) == replace(other, choices=())
    return same and set(change.choices) >= set(other.choices)


def _effort(remedy: Remedy, degrees: tuple[str, ...]) -> tuple[date, int, int, tuple[int, ...], str]:
    """The order of remedies: by day, then fewer changes, then what depends on oneself, then the lower degree."""
    decisions = sum(change.sort == "decision" for change in remedy.changes)
    higher = tuple(degrees.index(change.degree) for change in remedy.changes if change.degree)
    return remedy.day, len(remedy.changes), decisions, higher, str([c.kind for c in remedy.changes])


def _with_posting(person: Person, posting: Posting) -> Person:
    return replace(person, postings=(*(person.postings or ()), posting))


def _with_qualification(person: Person, held: Qualification) -> Person:
    return replace(person, education=(*(person.education or ()), held))


def _with_experience(person: Person, done: Experience) -> Person:
    return replace(person, experience=(*(person.experience or ()), done))


def _with_changed(person: Person, entry: Entry, values: dict[str, Any]) -> Person:
    entries = list(getattr(person, entry.list))
    entries[entry.number - 1] = replace(entries[entry.number - 1], **values)
    changed: dict[str, Any] = {entry.list: tuple(entries)}
    return replace(person, **changed)
