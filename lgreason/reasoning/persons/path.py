"""Careers: from a person's record to a position, post by post, each step allowed by the rules when it is taken.

A post is taken up on the first day on which its own qualification is met by the service up to the day before, when
the post held ends. What the search finds is asked again of the judge, step by step, before it is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from lgreason.files.person.person import Person
from lgreason.reasoning.cases.counting import ONE_DAY
from lgreason.reasoning.cases.verdict import Verdict
from lgreason.reasoning.persons.change import Change
from lgreason.reasoning.persons.changes import Changes
from lgreason.reasoning.persons.eligibility import Judge
from lgreason.reasoning.persons.measure import Missing, Reach
from lgreason.reasoning.persons.path_ledger import Act, Acts, Ledger, Plan, Stay, planned
from lgreason.reasoning.persons.path_search import Aim, Career, PathSearch
from lgreason.rules.findings import Finding
from lgreason.rules.terms import SolverError


@dataclass(frozen=True, slots=True)
class Sooner:
    """An act or a decision of others that would bring a step earlier, and the day on which it could be taken."""

    what: Act | Change
    day: date


@dataclass(frozen=True, slots=True)
class Step:
    """A post taken up: from when until when (the last has no end), and why not earlier.

    `because` are the clauses whose bounds were reached last, complete at the end of the day `complete`; `qualified`
    is the first day on which the step could be taken by them (both `None`: before all record). `waits`: the step
    could be taken earlier, but the post before is needed longer.
    """

    position: str
    start: date
    until: date | None
    because: tuple[str, ...]
    complete: date | None
    qualified: date | None
    waits: bool
    sooner: tuple[Sooner, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """An act beside the posts, the first step that needs it, and the acts that serve as well."""

    act: Act
    step: int
    instead: Acts


@dataclass(frozen=True, slots=True)
class Path:
    """A career: its steps, and what is done beside them."""

    steps: tuple[Step, ...]
    efforts: tuple[Effort, ...]

    @property
    def arrives(self) -> date:
        """The day on which the position asked for is taken up."""
        return self.steps[-1].start

    @property
    def degrees(self) -> int:
        """How many degrees are obtained on the way."""
        return sum(effort.act.kind == "obtain" for effort in self.efforts)


@dataclass(frozen=True, slots=True)
class StepAsked:
    """A step as the judge is asked about it: the person with all that comes before, as of a day."""

    position: str
    start: date
    person: Person
    day: date


def faults(aim: Aim, day: date, first_move: date) -> tuple[Finding, ...]:
    """What is wrong with what is asked for."""
    found: list[Finding] = []
    if first_move <= day:
        found.append(Finding("path_from_too_early", args={"found": first_move, "day": day}))
    if aim.by is not None and aim.by < first_move:
        found.append(Finding("path_by_too_early", args={"found": aim.by, "day": first_move}))
    if aim.position in aim.avoid:
        found.append(Finding("path_avoids_position"))
    if aim.require & aim.avoid:
        found.append(
            Finding("path_require_and_avoid", args={"found": tuple(sorted(aim.require & aim.avoid))})
        )
    return tuple(found)


class Paths:
    """The careers of one person towards one position, asked on one day."""

    def __init__(
        self, judge: Judge, person: Person, day: date, aim: Aim, first_move: date | None = None
    ) -> None:
        """Search; no move is made before `first_move`, the day after `day` if it is not given."""
        self.person = person
        self.day = day
        self.aim = aim
        self.first_move = first_move or day + ONE_DAY
        self._judge = judge
        self._ledger = Ledger(judge, person, day, self.first_move)
        self._decided: dict[Change, Ledger] = {}
        self.verdict: Verdict = judge.case(person, day).verdict(aim.position)
        self.held = aim.position in self._ledger.held
        self.found: tuple[Path, ...] = ()
        self._careers: tuple[Career, ...] = ()
        self.missing: tuple[Missing, ...] = ()
        self.cut = False
        """Whether there may be more careers of the same arrival, moves and degrees as some of these."""
        if not self.held:
            search = PathSearch(self._ledger, aim)
            self._careers = tuple(search.found)
            self.found = tuple(self._told(career, search.acts) for career in search.found)
            self.cut = search.cut
            if search.open:
                self.missing = tuple(dict.fromkeys(self._missing(search)))

    def _told(self, career: Career, acts: list[Act]) -> Path:
        plan = career.plan
        for number in range(len(plan)):
            self._ask_again(plan[: number + 1], career.acts)
        steps = tuple(self._step(plan, number, career.acts, acts) for number in range(len(plan)))
        efforts = tuple(
            Effort(act, self._needed(plan, act, career.acts), self._instead(plan, act, career.acts, acts))
            for act in career.acts
        )
        return Path(steps, efforts)

    def _ask_again(self, plan: Plan, acts: Acts) -> None:
        """Hold the person with all that comes before a step up to the judge on the day of the step."""
        asked = self._asked(plan, acts)
        if self._judge.case(asked.person, asked.day).verdict(asked.position) != "eligible":
            raise SolverError(f"the step to {asked.position} on {asked.start} is not allowed")

    def _asked(self, plan: Plan, acts: Acts) -> StepAsked:
        *_, taken = plan
        person = planned(self._ledger.person, plan, acts, self.first_move, self._judge.vocabulary)
        before = replace(person, postings=(person.postings or ())[:-1])
        if self._judge.case(before, taken.start).verdict(taken.position) == "eligible":
            return StepAsked(taken.position, taken.start, before, taken.start)
        # Where the post must be held (A-03, the other reading), it is asked while it still is.
        eve = planned(self._ledger.person, plan[:-1], acts, self.first_move, self._judge.vocabulary)
        return StepAsked(taken.position, taken.start, eve, taken.start - ONE_DAY)

    def asked(self, number: int) -> tuple[StepAsked, ...]:
        """What is asked for each step of a career that was found (numbered from 1)."""
        career = self._careers[number - 1]
        return tuple(self._asked(career.plan[: at + 1], career.acts) for at in range(len(career.plan)))

    # ── why on that day ─────────────────────────────────────────────────────────────────────────

    def _step(self, plan: Plan, number: int, acts: Acts, possible: list[Act]) -> Step:
        ledger, judge = self._ledger, self._judge
        taken, before = plan[number], plan[:number]
        root = judge.kb.posts[taken.position]
        reaches = ledger.reaches(root, before, acts)
        since = judge.holds_since(root, reaches, taken.start)
        floor = before[-1].start + ONE_DAY if before else self.first_move
        waits = taken.start > max(since, floor)
        because = (
            self._awaited(plan, number, acts) if waits else self._binding(root, reaches, since, taken.start)
        )
        sooner: tuple[Sooner, ...] = ()
        if taken.start > floor and not waits:
            others = [act for act in possible if act not in acts]
            sooner = tuple(self._sooner(taken, before, acts, others))
        last = number + 1 == len(plan)
        return Step(
            position=taken.position,
            start=taken.start,
            until=None if last else plan[number + 1].start - ONE_DAY,
            because=because or (root,),
            complete=None if since == date.min else self._complete(root, before, acts, since),
            qualified=None if since == date.min else since,
            waits=waits,
            sooner=sooner,
        )

    def _sooner(self, taken: Stay, before: Plan, acts: Acts, others: list[Act]) -> Iterator[Sooner]:
        """The acts, and the decisions of others on what the file holds, each of which would allow a step earlier."""
        root = self._judge.kb.posts[taken.position]
        floor = before[-1].start + ONE_DAY if before else self.first_move
        for act in others:
            reaches = self._ledger.reaches(root, before, (*acts, act))
            day = self._judge.first_day(root, reaches, floor)
            if day is not None and day < taken.start:
                yield Sooner(act, day)
        changes = Changes(self._judge, self.person, taken.position, self.day)
        for change in changes.possible(self._judge.case(self.person, self.day)):
            if change.sort == "decision":
                if change not in self._decided:
                    decided = changes.applied((change,))
                    self._decided[change] = Ledger(self._judge, decided, self.day, self.first_move)
                reaches = self._decided[change].reaches(root, before, acts)
                day = self._judge.first_day(root, reaches, floor)
                if day is not None and day < taken.start:
                    yield Sooner(change, day)

    def _binding(self, root: str, reaches: list[Reach | None], since: date, day: date) -> tuple[str, ...]:
        """The clauses whose bounds, reached on `since`, decide that the qualification is met from then on."""
        last = [
            (leaf, clause.id)
            for leaf, clause, _ in self._ledger.leaves(root)
            if (reach := reaches[leaf]) is not None and reach.since == since and since != date.min
        ]
        alone = []
        for leaf, clause in last:
            without = [*reaches[:leaf], Reach(None), *reaches[leaf + 1 :]]
            if not self._judge.decide(without, day)[root]:
                alone.append(clause)
        return tuple(dict.fromkeys(alone or [clause for _, clause in last]))

    def _complete(self, root: str, before: Plan, acts: Acts, since: date) -> date:
        """The day on which the clauses that allow a step from `since` on are complete: that day or the one before."""
        days = [
            self._ledger.completed(clause, bound, before, acts)
            for _, clause, bound in self._ledger.leaves(root)
            if self._ledger.reach(clause, bound, before, acts).since == since
        ]
        return max((day for day in days if day is not None), default=since)

    def _awaited(self, plan: Plan, number: int, acts: Acts) -> tuple[str, ...]:
        """The clauses of later steps for whose sake the post before this step is held until its day."""
        found: dict[str, None] = {}
        for later in plan[number:]:
            for _, clause, bound in self._ledger.leaves(self._judge.kb.posts[later.position]):
                reach = self._ledger.reach(clause, bound, plan[:number], acts)
                if reach.since == plan[number].start and self._ledger.is_fed(clause, plan[:number]):
                    found[clause.id] = None
        return tuple(found)

    def _needed(self, plan: Plan, act: Act, acts: Acts) -> int:
        """The number of the first step that is not allowed on its day without an act."""
        others = tuple(other for other in acts if other != act)
        for number, taken in enumerate(plan):
            root = self._judge.kb.posts[taken.position]
            reaches = self._ledger.reaches(root, plan[:number], others)
            if not self._judge.decide(reaches, taken.start)[root]:
                return number
        raise SolverError(f"{act} serves no step")

    def _instead(self, plan: Plan, act: Act, acts: Acts, possible: list[Act]) -> Acts:
        """The acts of the same kind with which every step is allowed on its day as well."""
        others = tuple(other for other in acts if other != act)
        return tuple(
            one
            for one in possible
            if one not in acts and one.kind == act.kind and self._allowed(plan, (*others, one))
        )

    def _allowed(self, plan: Plan, acts: Acts) -> bool:
        for number, taken in enumerate(plan):
            root = self._judge.kb.posts[taken.position]
            reaches = self._ledger.reaches(root, plan[:number], acts)
            if not self._judge.decide(reaches, taken.start)[root]:
                return False
        return True

    def _missing(self, search: PathSearch) -> list[Missing]:
        """The facts that stand in the way of every career, those of the position itself first."""
        found: list[Missing] = []
        for position in (self.aim.position, *search.posts):
            for _, clause, bound in self._ledger.leaves(self._judge.kb.posts[position]):
                reach = self._ledger.reach(clause, bound, (), ())
                if reach.since is None and reach.possibly is not None:
                    found += self._judge.measure(self._ledger.person, clause, self.day).missing
        return found
