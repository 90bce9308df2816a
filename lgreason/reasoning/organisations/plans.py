"""Judging a plan: every post of a proposed structure against the tables, and against what there is today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from lgreason.files.organisation.organisation import LEVELS, RANKS, Plan, PlannedUnit, Post, Unit
from lgreason.reasoning.organisations.assignment import assignment
from lgreason.reasoning.organisations.circumstances import Subject
from lgreason.reasoning.organisations.establishment import INSIDE, Establishment, Judged, Node, all_of
from lgreason.rules.terms import Fn, Truth

Change = Literal["kept", "raised", "lowered", "new", "unknown"]


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post of the plan, judged.

    `number` counts the deputies of the plan from 1, or is how many sections or parts of a unit are meant. `judged` is
    none where nothing had to be judged: the table has the post and it is there today. `there`: whether the post is
    there today, at whatever level; `was`: its level, where that is known.
    """

    post: str
    level: str
    change: Change
    truth: Truth
    judged: Judged | None = None
    unit: str | None = None
    number: int = 1
    was: str | None = None
    there: Truth = False


@dataclass(frozen=True, slots=True)
class NumberOf:
    """A clause on the number of posts, judged; in one unit if one is named."""

    reason: Node
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class PlanJudgement:
    """What a plan comes to: each of its posts, and the numbers of posts."""

    scope: Fn
    posts: tuple[PlannedPost, ...]
    numbers: tuple[NumberOf, ...]

    @property
    def truth(self) -> Truth:
        """Whether the plan may be; `None` if that is not known."""
        return all_of(
            [*(post.truth for post in self.posts), *(number.reason.holds for number in self.numbers)]
        )

    def faults(self) -> int:
        """How many of its posts and numbers are refused."""
        truths = [*(post.truth for post in self.posts), *(number.reason.holds for number in self.numbers)]
        return truths.count(False)


class PlanJudge:
    """Judges plans of one organisation."""

    def __init__(
        self, establishment: Establishment, adds: Callable[[PlannedPost], int] | None = None
    ) -> None:
        """Take the organisation, held up to the tables, and what a post adds to salaries (without: by its level)."""
        self._here = establishment
        self._adds = adds or _steps_up
        self._organisation = establishment.organisation
        self._tables = establishment.tables

    def judge(self, plan: Plan) -> PlanJudgement:
        """What the plan comes to; where the class or size is not known, under the kind that favours it most."""
        return max(self.by_scope(plan), key=lambda found: -found.faults())

    def truth(self, plan: Plan) -> Truth:
        """Whether the plan may be, whatever kind of organisation it is."""
        truths = {found.truth for found in self.by_scope(plan)}
        return truths.pop() if len(truths) == 1 else None

    def by_scope(self, plan: Plan) -> list[PlanJudgement]:
        """The judgement under each kind of organisation that it may be."""
        return [
            PlanJudgement(
                scope,
                (
                    self.clerk(scope, plan.clerk),
                    *self.deputies(scope, plan.deputies),
                    *self._units(scope, plan),
                ),
                tuple(self._numbers(scope, plan)),
            )
            for scope in self._here.scopes
        ]

    # ── a post against today ────────────────────────────────────────────────────────────────────

    @cached_property
    def _binds_kept(self) -> bool:
        return self._tables.reading_of_kept_posts == "every"

    def _binding(self, truth: Truth, kept: Truth) -> Truth:
        """What a post comes to, given whether its conditions are met and whether it is there already (B-04)."""
        if self._binds_kept or kept is False:
            return truth
        return True if kept or truth else None

    def _post(
        self,
        scope: Fn,
        subject: Subject,
        kept: Truth,
        change: Change,
        was: str | None = None,
        sets_up: Truth = False,
        number: int = 1,
        there: Truth = False,
    ) -> PlannedPost:
        unit = subject.unit.id if subject.unit else None
        post = PlannedPost(subject.post, subject.level, change, True, None, unit, number, was, there)
        if (scope, subject.post, subject.level) not in self._tables.opens:
            refusal = Judged(subject, False, self._here.not_printed(scope, subject))
            return replace(post, truth=False, judged=refusal)
        if kept and not self._binds_kept:
            return post
        judged = self._here.judge(scope, subject, sets_up)
        return replace(post, truth=self._binding(judged.truth, kept), judged=judged)

    # ── the clerk ───────────────────────────────────────────────────────────────────────────────

    def clerk(self, scope: Fn, level: str) -> PlannedPost:
        """The clerk's post at a level."""
        today = self._organisation.clerk
        was = today.level if today else None
        kept = None if today is None else _no_higher(level, was)
        subject, there = Subject("clerk", level), None if today is None else today.exists
        return self._post(scope, subject, kept, _change(was, level, kept), was, there=there)

    # ── deputies ────────────────────────────────────────────────────────────────────────────────

    def deputies(self, scope: Fn, planned: Sequence[Post]) -> tuple[PlannedPost, ...]:
        """The deputies of a plan, matched with those of today as favours the plan most.

        A deputy of the plan is one of today's, or one that is wanted, or else new; no two are the same. Best is what
        has the fewest refused, then the fewest not known, the fewest conditions that fail or are not known, and what
        adds least to salaries; among equals the deputies stay as they are and in their order.
        """
        listed = self._organisation.deputies or ()
        rows = [
            [*(self._deputy(scope, post, today, n) for today in listed), self._deputy(scope, post, None, n)]
            for n, post in enumerate(planned, 1)
        ]
        merits = [
            [
                (*self._merit(post), abs(number - column) if column < len(listed) else 0)
                for column, post in enumerate(row)
            ]
            for number, row in enumerate(rows)
        ]
        chosen = assignment([[*row, *[row[-1]] * (len(rows) - 1)] for row in merits])
        return tuple(row[min(column, len(listed))] for row, column in zip(rows, chosen, strict=True))

    def _merit(self, post: PlannedPost) -> tuple[int, ...]:
        """What speaks against having a post in that way, the gravest first."""
        nodes = post.judged.nodes if post.judged is not None and not post.truth else ()
        leaves = [below.holds for node in nodes for below in node.walk() if below.is_leaf]
        conditions = leaves.count(False), leaves.count(None)
        return post.truth is False, post.truth is None, *conditions, self._adds(post), post.change != "kept"

    def _deputy(self, scope: Fn, planned: Post, today: Post | None, number: int) -> PlannedPost:
        """A deputy of the plan as one of today's or of those wanted, or as one described nowhere but in the plan."""
        level = planned.level or ""
        there = today is not None and today.exists
        was = today.level if today is not None and there else None
        kept = _no_higher(level, was) if there else None if self._organisation.deputies is None else False
        described = _described(planned, today)
        change = _change(was, level, kept)
        subject = Subject("deputy", level, deputy=described)
        unlisted = today is None and self._organisation.deputies is None
        exists = None if unlisted else there
        return self._post(scope, subject, kept, change, was, number=number, there=exists)

    # ── units ───────────────────────────────────────────────────────────────────────────────────

    def _units(self, scope: Fn, plan: Plan) -> Iterator[PlannedPost]:
        for planned in plan.units:
            yield from self.unit(scope, planned)

    def unit(self, scope: Fn, planned: PlannedUnit) -> Iterator[PlannedPost]:
        """The posts of one unit of a plan: its head, and its sections and parts if it has any."""
        yield self.head(scope, planned)
        if planned.sections:
            yield self.sections(scope, planned)
        if planned.parts:
            yield self.parts(scope, planned)

    def _of(self, planned: PlannedUnit) -> Unit:
        unit = self._organisation.unit(planned.id)
        assert unit is not None, planned.id
        return unit

    def head(self, scope: Fn, planned: PlannedUnit) -> PlannedPost:
        """The head of a unit of a plan."""
        unit, office = self._of(planned), planned.kind == "office"
        was = unit.head.level if unit.exists and unit.head else None
        same_kind: Truth = (
            False if not unit.exists else None if unit.kind is None else unit.kind == planned.kind
        )
        kept = all_of((same_kind, _no_higher(planned.level, was)))
        sets_up = None if same_kind is None else not same_kind
        subject = Subject(
            "office_head" if office else "division_head", planned.level, unit=unit, office=office
        )
        change: Change = "new" if not unit.exists else _change(was, planned.level, kept)
        return self._post(scope, subject, kept, change, was, sets_up, there=unit.exists)

    def sections(self, scope: Fn, planned: PlannedUnit) -> PlannedPost:
        """The sections of a unit of a plan, of which there is at least one."""
        unit = self._of(planned)
        subject = Subject("section_head", INSIDE["section_head"], unit=unit, office=planned.kind == "office")
        kept = _no_more(planned.sections, unit.sections, unit)
        return self._post(scope, subject, kept, _grown(kept), number=planned.sections, there=unit.exists)

    def parts(self, scope: Fn, planned: PlannedUnit) -> PlannedPost:
        """The parts of a unit of a plan, of which there is at least one.

        Where parts may stand is asked of every part, also of one that is there today (B-06).
        """
        unit = self._of(planned)
        subject = Subject("part_head", INSIDE["part_head"], unit=unit, office=planned.kind == "office")
        change = _grown(_no_more(planned.parts, unit.parts, unit))
        return self._post(scope, subject, False, change, number=planned.parts, there=unit.exists)

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────

    def _numbers(self, scope: Fn, plan: Plan) -> Iterator[NumberOf]:
        counts = numbers(plan)
        for identity in self._tables.limits.get(scope, ()):
            if self._tables.kb.clauses[identity].measures == "planned_in_unit":
                for unit in plan.units:
                    yield NumberOf(self.number_in_unit(identity, unit), unit.id)
            else:
                yield NumberOf(self._number(identity, counts))

    def number_in_unit(self, clause: str, unit: PlannedUnit) -> Node:
        """A clause on the number of posts in one unit."""
        return self._number(clause, {"section_head": unit.sections, "part_head": unit.parts})

    def number_of_deputies(self, scope: Fn, levels: Sequence[str]) -> list[Node]:
        """The clauses on the number of deputies."""
        counts = Counter(["deputy" for _ in levels] + [f"deputy.{level}" for level in levels])
        return [
            self._number(identity, counts)
            for identity in self._tables.limits.get(scope, ())
            if any(what.args[:1] == (Fn("deputy"),) for what in self._tables.kb.clauses[identity].counts)
        ]

    def _number(self, clause: str, counts: Mapping[str, int]) -> Node:
        return self._here.decide(clause, Subject("", "", numbers=counts))


def numbers(plan: Plan) -> Counter[str]:
    """How many posts a plan has, by post and by `post.level`."""
    found: Counter[str] = Counter()
    for post, level, number in posts_of(plan):
        found[post] += number
        found[f"{post}.{level}"] += number
    return found


def posts_of(plan: Plan) -> Iterator[tuple[str, str, int]]:
    """Every post of a plan with its level, and how many there are."""
    yield "clerk", plan.clerk, 1
    for deputy in plan.deputies:
        yield "deputy", deputy.level or "", 1
    for unit in plan.units:
        yield ("office_head" if unit.kind == "office" else "division_head"), unit.level, 1
        if unit.sections:
            yield "section_head", INSIDE["section_head"], unit.sections
        if unit.parts:
            yield "part_head", INSIDE["part_head"], unit.parts


def _described(planned: Post, today: Post | None) -> Post | None:
    """What is known of a deputy of the plan: what the plan gives, and the rest as for today's; none: nothing is."""
    if not planned.described:
        return today
    if today is None:
        return planned
    return replace(
        planned,
        delegated=today.delegated if planned.delegated is None else planned.delegated,
        analysis=planned.analysis or today.analysis,
        job_value=today.job_value if planned.job_value is None else planned.job_value,
    )


def _steps_up(post: PlannedPost) -> int:
    """How many levels a post rises; a new one from below the lowest."""
    if post.change in ("kept", "lowered"):
        return 0
    return RANKS[post.level] - (RANKS[post.was] if post.was else 0)


def _change(was: str | None, level: str, kept: Truth) -> Change:
    if kept is None:
        return "unknown"
    if was is None:
        return "kept" if kept else "new"
    if was == level:
        return "kept"
    return "raised" if RANKS[level] > RANKS[was] else "lowered"


def _no_higher(level: str, was: str | None) -> Truth:
    """Whether a post that is there today has that level or a higher one, so that nothing is set up or raised."""
    if level == LEVELS[0]:
        return True
    return None if was is None else RANKS[level] <= RANKS[was]


def _no_more(planned: int, today: int | None, unit: Unit) -> Truth:
    """Whether a unit has so many sections or parts today already."""
    if not unit.exists:
        return False
    return None if today is None else planned <= today


def _grown(kept: Truth) -> Change:
    return "unknown" if kept is None else "kept" if kept else "new"
