"""The ledger of a career: when each clause is reached under a plan of posts and acts, measured once for each part.

A plan is laid over the record as it stands on the day of assessment; posts held then go on being held until the
first move. A clause is measured by the same rules as any file, on a person whose postings are the record and those
stays of the plan that it counts; what it does not count cannot change it, so that measurement is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from lgreason.files.person.person import Experience, Person, Posting, Qualification
from lgreason.reasoning.cases.counting import FOREVER, ONE_DAY
from lgreason.reasoning.persons.eligibility import Judge
from lgreason.reasoning.persons.measure import BEFORE_ALL_RECORD, Reach
from lgreason.rules.findings import Place
from lgreason.rules.model import Bound, Clause
from lgreason.words.vocabulary import Vocabulary

_NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Stay:
    """A post of a plan and the day on which it is taken up; it lasts until the next one is."""

    position: str
    start: date


@dataclass(frozen=True, slots=True)
class Act:
    """Something done beside the posts: a degree obtained or work in the field, in any one of these (none: any)."""

    kind: Literal["obtain", "work"]
    choices: tuple[str, ...]
    degree: str = ""


Plan = tuple[Stay, ...]
Acts = tuple[Act, ...]


def spans(plan: Plan) -> Iterator[tuple[str, date, date | None]]:
    """The posts of a plan with their first and last days; the last one has no end."""
    for stay, after in zip(plan, (*plan[1:], None), strict=False):
        yield stay.position, stay.start, None if after is None else after.start - ONE_DAY


def recorded(person: Person, day: date) -> Person:
    """The person as known on a day: entries that begin later are left out."""

    def begun(since: date | None) -> bool:
        return since is None or since <= day

    held, posts, done = person.education, person.postings, person.experience
    return replace(
        person,
        education=None if held is None else tuple(one for one in held if begun(one.obtained)),
        postings=None if posts is None else tuple(one for one in posts if begun(one.start)),
        experience=None if done is None else tuple(one for one in done if begun(one.start)),
    )


def planned(person: Person, plan: Plan, acts: Acts, since: date, vocabulary: Vocabulary) -> Person:
    """The person whose record is followed by a plan: taking up a post ends every post held the day before."""
    postings = person.postings or ()
    if plan:
        postings = tuple(_closed(held, plan[0].start - ONE_DAY) for held in postings)
    for position, start, last in spans(plan):
        postings = (*postings, _posting(position, start, last, vocabulary, len(postings) + 1))
    person = replace(person, postings=postings if plan or person.postings is not None else None)
    return with_acts(person, acts, since)


def with_acts(person: Person, acts: Acts, since: date) -> Person:
    """The person who has the degrees, and does the work, from a day on."""
    for act in acts:
        choice = next(iter(act.choices), None)
        if act.kind == "obtain":
            held = person.education or ()
            own = Qualification(act.degree, choice, None, None, since, _NOWHERE, len(held) + 1)
            person = replace(person, education=(*held, own))
        else:
            done = person.experience or ()
            person = replace(
                person, experience=(*done, Experience(choice, since, None, _NOWHERE, len(done) + 1))
            )
    return person


def _posting(position: str, start: date, last: date | None, vocabulary: Vocabulary, number: int) -> Posting:
    kind, level = vocabulary.placement(position)
    own = (position, kind, level, None, start, last, False, False, None, None, None)
    return Posting(*own, _NOWHERE, number)


def _closed(held: Posting, last: date) -> Posting:
    return replace(held, end=last) if held.end is None or held.end > last else held


class Ledger:
    """When clauses are reached under plans, for one person."""

    def __init__(self, judge: Judge, person: Person, day: date, first_move: date) -> None:
        """Take whose career it is, the day up to which it is known, and the first day of a move."""
        self.judge = judge
        self.person = recorded(person, day)
        self.day = day
        self.first_move = first_move
        self._vocabulary = judge.vocabulary
        # A list that is not known stays so while stays are added to it: it may hold any post whatever.
        unknown = Posting(*((None,) * 6), False, False, None, None, None, _NOWHERE, 0)
        postings = self.person.postings
        self._postings = (unknown,) if postings is None else postings
        self._open = tuple(held for held in self._postings if held.end is None or held.end > day)
        self._leaves: dict[str, list[tuple[int, Clause, Bound]]] = {}
        self._feeding: dict[str, frozenset[str]] = {}
        self._goes_on: dict[str, bool] = {}
        self._reached: dict[tuple[object, ...], Reach] = {}

    @property
    def held(self) -> frozenset[str]:
        """The positions held on the day of assessment, by appointment."""
        return frozenset(
            held.position
            for held in self._open
            if held.position is not None and held.start is not None and not (held.acting or held.concurrent)
        )

    # ── what a clause counts ────────────────────────────────────────────────────────────────────

    def leaves(self, root: str) -> list[tuple[int, Clause, Bound]]:
        """The leaves on which a clause depends, with their numbers among all leaves."""
        if root not in self._leaves:
            under = self.judge.clauses_under(root)
            self._leaves[root] = [
                (number, demand.clause, demand.bound)
                for number, demand in enumerate(self.judge.demands)
                if demand.clause.id in under
            ]
        return self._leaves[root]

    def feeding(self, clause: Clause) -> frozenset[str]:
        """The positions of the knowledge base in which a clause's time goes on."""
        if clause.id not in self._feeding:
            self._feeding[clause.id] = frozenset(self._counted(clause))
        return self._feeding[clause.id]

    def _counted(self, clause: Clause) -> Iterator[str]:
        if clause.measures == "qualification":
            return
        named, pairs = self.judge.posts_of(clause)
        series = {str(getattr(w.args[0], "name", w.args[0])) for w in clause.counts if w.name == "series"}
        within = [str(what.args[0]) for what in clause.counts if what.name == "within"]
        for position in self.judge.kb.posts:
            if clause.measures == "service":
                if position in named or self._vocabulary.placement(position) in pairs:
                    yield position
            elif self._vocabulary.series(position) in series:
                yield position
        for other in within:
            yield from self.feeding(self.judge.kb.clauses[other])

    def goes_on(self, clause: Clause) -> bool:
        """Whether a clause counts a post that the record holds still, so that leaving it tells."""
        if clause.id not in self._goes_on:
            held = self.judge.measure(self.person, clause, self.day)
            entries = {entry.number for entry in (*held.entries, *held.maybe) if entry.list == "postings"}
            within = any(what.name == "within" for what in clause.counts)
            self._goes_on[clause.id] = within or any(posting.number in entries for posting in self._open)
        return self._goes_on[clause.id]

    def is_fed(self, clause: Clause, plan: Plan) -> bool:
        """Whether a clause counts the post held at the end of a plan."""
        return plan[-1].position in self.feeding(clause) if plan else self.goes_on(clause)

    # ── when a clause is reached ────────────────────────────────────────────────────────────────

    def reach(self, clause: Clause, bound: Bound, plan: Plan, acts: Acts) -> Reach:
        """When a bound is reached for taking up another post: on that day the one held has ended the day before.

        Where the post must be held (A-03, the other reading) it is on that day before that this is asked.
        """
        key = self._key(clause, bound, plan, acts)
        found = self._reached.get(key)
        if found is None:
            found = self._reached[key] = self._when_leaving(clause, bound, plan, acts)
        return found

    def completed(self, clause: Clause, bound: Bound, plan: Plan, acts: Acts) -> date | None:
        """The day on which a bound is complete if the post at the end of a plan goes on being held."""
        return self._measured(clause, bound, plan, acts).since

    def reaches(self, root: str, plan: Plan, acts: Acts) -> list[Reach | None]:
        """When each leaf on which a clause depends is reached; `None` for the others."""
        found: list[Reach | None] = [None] * len(self.judge.demands)
        for number, clause, bound in self.leaves(root):
            found[number] = self.reach(clause, bound, plan, acts)
        return found

    def at_best(
        self, root: str, plan: Plan, acts: Acts, entry: Mapping[str, date], known: bool = True
    ) -> list[Reach | None]:
        """When each leaf is reached at the earliest if every post that feeds it were held from its `entry` on.

        With `known` false, what is not known is taken to turn out well.
        """
        found: list[Reach | None] = [None] * len(self.judge.demands)
        floor = plan[-1].start + ONE_DAY if plan else self.first_move
        for number, clause, bound in self.leaves(root):
            posts = [(max(floor, entry[post]), post) for post in self.feeding(clause) if post in entry]
            extra = min(posts) if posts and not (plan and self.is_fed(clause, plan)) else None
            key = ("best", self._key(clause, bound, plan, acts), extra)
            reach = self._reached.get(key)
            if reach is None:
                stays = () if extra is None else (Stay(extra[1], extra[0]),)
                reach = self._measured(clause, bound, plan, acts, extra=stays)
                reach = self._reached[key] = self._next_day(clause, reach, acts)
            if not known and reach.possibly is not None:
                since = reach.possibly if reach.since is None else min(reach.since, reach.possibly)
                reach = Reach(since)
            found[number] = reach
        return found

    def _next_day(self, clause: Clause, reach: Reach, acts: Acts) -> Reach:
        """A post is taken up the day after the time in others is complete, unless work may go on on that day."""
        entries = self.person.experience or ()
        works = any(done.end is None or done.end > self.day for done in entries) or any(
            act.kind == "work" for act in acts
        )
        if (
            reach.since is None
            or clause.measures == "qualification"
            or (clause.measures != "service" and works)
        ):
            return reach
        if reach.since == BEFORE_ALL_RECORD:
            return reach
        return replace(reach, since=reach.since + ONE_DAY)

    def _key(self, clause: Clause, bound: Bound, plan: Plan, acts: Acts) -> tuple[object, ...]:
        mine = tuple(act for act in acts if _BEARS_ON[act.kind] == clause.measures)
        if clause.measures == "qualification":
            return (clause.id, bound, mine)
        left = plan[0].start if plan and self.goes_on(clause) else None
        return (clause.id, bound, mine, left, *self._stretches(clause, plan))

    def _stretches(self, clause: Clause, plan: Plan) -> Iterator[tuple[str, date, date | None]]:
        counted = self.feeding(clause)
        return (stretch for stretch in spans(plan) if stretch[0] in counted)

    def _when_leaving(self, clause: Clause, bound: Bound, plan: Plan, acts: Acts) -> Reach:
        staying = self._measured(clause, bound, plan, acts)
        if staying.since is None or not self.is_fed(clause, plan):
            return staying
        next_day = staying.since if staying.since == BEFORE_ALL_RECORD else staying.since + ONE_DAY
        if any(what.name == "while_held" for what in clause.counts):
            last = staying.last if staying.last == FOREVER else staying.last + ONE_DAY
            return Reach(next_day, last, staying.possibly)
        floor = plan[-1].start if plan else self.day
        if staying.since > floor:
            # Something else that goes on, such as work in the field, may complete the time on the day of the move.
            gone = self._measured(clause, bound, plan, acts, left=staying.since)
            if gone.since is not None and gone.since <= staying.since:
                next_day = staying.since
        return Reach(next_day, staying.last, staying.possibly)

    def _measured(
        self,
        clause: Clause,
        bound: Bound,
        plan: Plan,
        acts: Acts,
        extra: Plan = (),
        left: date | None = None,
    ) -> Reach:
        """When a bound is reached if the post held is kept, or `left` on a day; `extra` stays are held beside it."""
        mine = tuple(act for act in acts if _BEARS_ON[act.kind] == clause.measures)
        if mine:
            made = with_acts(self.person, mine, self.first_move)
            reach = self._of(made, clause, bound, plan, extra, left)
            known = self.person.education if clause.measures == "qualification" else self.person.experience
            if known is not None or reach.since is not None:
                return reach  # otherwise what is not known is so still
        return self._of(self.person, clause, bound, plan, extra, left)

    def _of(
        self, person: Person, clause: Clause, bound: Bound, plan: Plan, extra: Plan, left: date | None
    ) -> Reach:
        if clause.measures == "qualification":
            return self.judge.measure(person, clause, self.first_move).reach(bound)
        postings = list(self._postings)
        if plan or left is not None:
            end = (plan[0].start if plan else left or self.day) - ONE_DAY
            postings = [_closed(held, end) for held in postings]
        stretches = list(self._stretches(clause, plan))
        if plan and left is not None and stretches and stretches[-1][2] is None:
            stretches[-1] = (*stretches[-1][:2], left - ONE_DAY)
        stretches += [(stay.position, stay.start, None) for stay in extra]
        for position, start, last in stretches:
            postings.append(_posting(position, start, last, self._vocabulary, len(postings) + 1))
        unknown = person.postings is None and not stretches
        made = replace(person, postings=None if unknown else tuple(postings))
        day = max([self.first_move, left or self.first_move, *(start for _, start, _ in stretches)])
        return self.judge.measure(made, clause, day).reach(bound)


_BEARS_ON = {"obtain": "qualification", "work": "experience"}
