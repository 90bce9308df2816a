"""Organisations judged a second time in plain Python: posts, classes, and plans.

Written from the slides on local-government structures, so that the product can be compared with it. A truth is
True, False or None (not known), joined by strong Kleene logic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .afterwards import Afterwards, filled_then
from .evaluator import Truth, all_of, any_of
from .municipal_classes import Classification
from .municipal_classes import classify as classify_in
from .plan_costs import Costs, increase_of
from .post_conditions import (
    Case,
    Condition,
    clerk_conditions,
    deputy_conditions,
    exists,
    head_conditions,
    head_of,
    is_kind,
    is_level,
    section_conditions,
)
from .post_table import HEAD_OF, LEVELS, POSTS, Scope, row, scopes_of, section_limit
from .quantities import Bounds, Facts, burden_of, investment_of, opposite

Readings = Mapping[str, str]
USUAL: Readings = {}

# What a new post has that no entry describes, where the file does list deputies: no order and no value.
# An analysis that nobody stated is not known.
UNDESCRIBED: Facts = {"delegated_units": [], "job_value": 0}
DESCRIPTION = ("delegated_units", "workload_analysis", "job_value")
NEW_UNIT: Facts = {"exists": False}


def agreed(values: Iterable[Truth]) -> Truth:
    """What all agree on, else not known."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


# ---------------------------------------------------------------- money


def burden(org: Facts, readings: Readings = USUAL) -> dict[str, Bounds | Truth]:
    """The burden of both years in per cent, their mean, and whether that is within 35."""
    case = Case(org, readings)
    made: dict[str, Bounds | Truth] = {**burden_of(org, None, case.reads("A-15", "ratio_of_sums"))}
    return made | {"within": case.burden_within}


def investment(org: Facts) -> dict[str, Bounds]:
    """The investment of both years in per cent, and their mean."""
    return investment_of(org)


# ---------------------------------------------------------------- posts


@dataclass(frozen=True)
class PostAnswer:
    """Whether a post at a level may be set up or raised, how many, and for each unit or deputy listed.

    ``maximum`` is None where the text sets no number; ``each`` is by unit id, or by place among the deputies.
    """

    verdict: Truth
    maximum: int | None
    each: Mapping[str, Truth]


def posts(org: Facts, readings: Readings = USUAL) -> dict[tuple[str, str], PostAnswer]:
    """The answer for every post and level."""
    case = Case(org, readings)
    return {(post, level): post_answer(case, post, level) for post in POSTS for level in LEVELS}


def post_answer(case: Case, post: str, level: str) -> PostAnswer:
    """One post at one level, in every kind of organisation that this may be."""
    answers = [answer_in(case, scope, post, level) for scope in scopes_of(case.org)]
    maxima = {answer.maximum for answer in answers}
    return PostAnswer(
        agreed(answer.verdict for answer in answers),
        maxima.pop() if len(maxima) == 1 else None,
        {key: agreed(answer.each[key] for answer in answers) for key in answers[0].each},
    )


def answer_in(case: Case, scope: Scope, post: str, level: str) -> PostAnswer:
    """For heads of units and deputies at least one of those listed; where none is, one of which nothing is known."""
    maximum = maximum_of(case, scope, post, level)
    listed: dict[str, Facts] = {}
    unlisted: Facts | None = None
    if post == "deputy":
        listed = {str(place): one for place, one in enumerate(case.deputies or [])}
        unlisted = {}
    elif post != "clerk":
        listed = dict(case.units or {})
        unlisted = None if case.units is None else NEW_UNIT

    def conditions(one: Facts | None) -> list[Condition]:
        if post == "clerk":
            return clerk_conditions(case, scope, level)
        if post == "deputy":
            return deputy_conditions(case, scope, level, one or {})
        return unit_conditions(case, scope, post, level, one)

    printed = level in case.printed(scope, post)
    each = {key: printed and all_of(*(truth for _, truth in conditions(one))) for key, one in listed.items()}
    candidates = list(each.values()) or [printed and all_of(*(truth for _, truth in conditions(unlisted)))]
    return PostAnswer(any_of(*candidates), maximum, each)


def unit_conditions(case: Case, scope: Scope, post: str, level: str, unit: Facts | None) -> list[Condition]:
    """What a head in this unit would have to meet, were it set up or raised."""
    if post == "section_head":
        return section_conditions(case, scope, unit)
    if post == "part_head":
        anywhere = case.reads("B-06", "anywhere")
        return [(row(scope, post), True if anywhere else is_kind(unit, "office"))]
    kind = "office" if post == "office_head" else "division"
    return head_conditions(case, scope, kind, level, unit, would_be_set_up(unit, kind))


def maximum_of(case: Case, scope: Scope, post: str, level: str) -> int | None:
    """One clerk; the numbers of S3, S15 and S38 for deputies; two sections in a unit of a medium SAO."""
    if post == "clerk":
        return 1
    if post == "section_head":
        return section_limit(scope)
    if post == "deputy":
        numbers = [limit.number for limit in case.deputy_limits(scope) if level in limit.levels]
        return min(numbers, default=None)
    return None


# ---------------------------------------------------------------- what stays, what is set up or raised


def stands(there: Truth, level_today: str | None, planned: str, lowering_is_free: bool) -> Truth:
    """Whether a post is there today at the planned level, and needs nothing (B-04 "raised": or above it)."""
    if level_today is None:
        so: Truth = True if lowering_is_free and planned == "early" else None
    elif lowering_is_free:
        so = LEVELS.index(level_today) >= LEVELS.index(planned)
    else:
        so = level_today == planned
    return all_of(there, so)


def would_be_set_up(unit: Facts | None, kind: str) -> Truth:
    """A unit is set up if it does not exist or changes its kind."""
    return any_of(opposite(exists(unit)), opposite(is_kind(unit, kind)))


@dataclass(frozen=True)
class Outcome:
    """One demand on a plan: the row it stands under, and the truth of its conditions if they bind."""

    root: str
    verdict: Truth
    failing: frozenset[str] = frozenset()
    unmet: int = 0
    """How many of its conditions fail or are not known, where it is not met."""

    @property
    def violated(self) -> frozenset[str]:
        return frozenset({self.root}) | self.failing if self.verdict is False else frozenset()


def bound(root: str, exempt: Truth, conditions: list[Condition]) -> Outcome:
    """Conditions that bind unless the post is exempt from them."""
    verdict = any_of(exempt, all_of(*(truth for _, truth in conditions)))
    unmet = 0 if verdict is True else sum(truth is not True for _, truth in conditions)
    return Outcome(root, verdict, frozenset(clause for clause, truth in conditions if truth is False), unmet)


@dataclass(frozen=True)
class Judgement:
    """What came of a plan: the verdict, and the clauses that it violates (rows, and the leaves that fail)."""

    verdict: Truth
    violations: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Planned:
    """A plan under judgement in one kind of organisation."""

    case: Case
    scope: Scope
    plan: Facts

    def exempt(self, stays: Truth) -> Truth:
        """B-04 "every": what stays as it is is bound like the rest."""
        return False if self.case.reads("B-04", "every") else stays

    def stands(self, there: Truth, level_today: str | None, planned: str) -> Truth:
        return stands(there, level_today, planned, self.case.reads("B-04", "raised"))

    def clerk(self) -> Outcome:
        level = self.plan["clerk"]["level"]
        root = row(self.scope, "clerk", level)
        if level not in self.case.printed(self.scope, "clerk"):
            return Outcome(root, False)
        today = self.case.clerk
        stays = self.stands(exists(today), (today or {}).get("level"), level)
        return bound(root, self.exempt(stays), clerk_conditions(self.case, self.scope, level))

    def deputy(self, planned: Facts, today: Facts | None) -> Outcome:
        """A deputy of the plan, matched with one of today's or of those wanted, or with none."""
        level = planned["level"]
        root = row(self.scope, "deputy", level)
        if level not in self.case.printed(self.scope, "deputy"):
            return Outcome(root, False)
        stays: Truth = False
        described: dict[str, Any] = {key: planned[key] for key in DESCRIPTION if key in planned}
        if today is not None:
            described = {**today, **described}
            stays = self.stands(exists(today), today.get("level"), level)
        elif self.case.deputies is None:
            stays = None
        elif self.case.deputies and not described:
            described = dict(UNDESCRIBED)
        return bound(root, self.exempt(stays), deputy_conditions(self.case, self.scope, level, described))

    def deputy_numbers(self) -> Iterator[Outcome]:
        levels = [one["level"] for one in self.plan.get("deputies", [])]
        for limit in self.case.deputy_limits(self.scope):
            if sum(level in limit.levels for level in levels) > limit.number:
                yield Outcome(limit.clause, False)

    def unit(self, planned: Facts) -> Iterator[Outcome]:
        """The head of a unit, its sections and its parts."""
        unit = None if self.case.units is None else self.case.units[planned["id"]]
        yield self.head(planned, unit)
        if planned.get("sections", 0) > 0:
            yield self.sections(planned["sections"], unit)
        if planned.get("parts", 0) > 0:
            yield self.parts(planned)

    def head(self, planned: Facts, unit: Facts | None) -> Outcome:
        kind, level = planned["kind"], planned["level"]
        post = HEAD_OF[kind]
        root = row(self.scope, post, level)
        if level not in self.case.printed(self.scope, post):
            return Outcome(root, False)
        set_up = would_be_set_up(unit, kind)
        stays = all_of(opposite(set_up), self.stands(exists(unit), head_of(unit).get("level"), level))
        conditions = head_conditions(self.case, self.scope, kind, level, unit, set_up)
        return bound(root, self.exempt(stays), conditions)

    def sections(self, number: int, unit: Facts | None) -> Outcome:
        """Sections beyond those of today are set up."""
        root = row(self.scope, "section_head")
        if not self.case.printed(self.scope, "section_head"):
            return Outcome(root, False)
        most = section_limit(self.scope)
        if most is not None and number > most:
            return Outcome(root, False, frozenset({"org.sao.s47.2"}))
        today = 0 if exists(unit) is False else (unit or {}).get("sections")
        stays = None if today is None else number <= today
        return bound(root, self.exempt(stays), section_conditions(self.case, self.scope, unit))

    def parts(self, planned: Facts) -> Outcome:
        """Parts stand inside an office (B-06)."""
        inside = planned["kind"] == "office" or self.case.reads("B-06", "anywhere")
        printed = bool(self.case.printed(self.scope, "part_head"))
        return Outcome(row(self.scope, "part_head"), printed and inside)

    def all_but_deputies(self) -> list[Outcome]:
        made = [self.clerk(), *self.deputy_numbers()]
        for planned in self.plan.get("units", []):
            made.extend(self.unit(planned))
        return made


# ---------------------------------------------------------------- plans


def matchings(planned: int, listed: int) -> Iterator[tuple[int | None, ...]]:
    """Every way to give each planned deputy at most one of those listed, none of them twice."""

    def extend(so_far: tuple[int | None, ...]) -> Iterator[tuple[int | None, ...]]:
        if len(so_far) == planned:
            yield so_far
            return
        for choice in (*range(listed), None):
            if choice is None or choice not in so_far:
                yield from extend((*so_far, choice))

    return extend(())


def carried_out(case: Case, plan: Facts, pairs: Iterable[tuple[Facts, Facts | None]]) -> Afterwards:
    """The plan carried out, its deputies matched with those listed as given."""
    unknown = case.reads("B-08", "not_known")

    def filled(there: Truth, today: Facts, level: str) -> Truth:
        return filled_then(all_of(there, is_level(today, level)), today.get("filled"), unknown)

    deputies = []
    for post, today in pairs:
        there = exists(today) if today is not None else None if case.deputies is None else False
        deputies.append(filled(there, today or {}, post["level"]))
    heads = []
    for planned in plan.get("units", []):
        unit = None if case.units is None else case.units[planned["id"]]
        there = all_of(exists(unit), is_kind(unit, planned["kind"]))
        heads.append((planned["kind"], planned["level"], filled(there, head_of(unit), planned["level"])))
    clerk = filled(exists(case.clerk), case.clerk or {}, plan["clerk"]["level"])
    units = {planned["id"]: planned for planned in plan.get("units", [])}
    return Afterwards(clerk, tuple(deputies), tuple(heads), units)


def as_today(listed: Iterable[Facts], pairs: Iterable[tuple[Facts, Facts | None]]) -> tuple[int, int]:
    """How many levels today's deputies lose, given up or lowered, and how many that may be there are given up."""
    to = {id(today): LEVELS.index(post["level"]) + 1 for post, today in pairs if today is not None}
    sure = [one for one in listed if exists(one) is True and one.get("level") is not None]
    lost = sum(max(0, LEVELS.index(one["level"]) + 1 - to.get(id(one), 0)) for one in sure)
    return lost, sum(exists(one) is not False and id(one) not in to for one in listed)


def without_holder(listed: Iterable[Facts], pairs: Iterable[tuple[Facts, Facts | None]]) -> int:
    """How many filled deputies of today the plan gives up or lowers under a matching."""
    kept = [today for post, today in pairs if today is not None and not lowered(today, post["level"])]
    return sum(one.get("filled") is True and not any(one is each for each in kept) for one in listed)


def lowered(today: Facts, planned: str) -> bool:
    level = today.get("level")
    return level is not None and LEVELS.index(level) > LEVELS.index(planned)


def judge(case: Case, scope: Scope, plan: Facts, costs: Costs | None) -> Judgement:
    """The plan in one kind of organisation, under the matching of its deputies that is best for it.

    A plan that has what there is today keeps it: only matchings count in which today's lose least. Of these best:
    fewest demands broken, then fewest not known, then fewest conditions of deputies that fail or are not known,
    then fewest filled posts given up or lowered, then fewest clauses violated, then the first by name.
    """
    wanted, listed = plan.get("deputies", []), case.deputies or []
    best: tuple[tuple[int, int, int, int, int, list[str]], Judgement] | None = None
    every = [
        [
            (post, None if choice is None else listed[choice])
            for post, choice in zip(wanted, matching, strict=True)
        ]
        for matching in matchings(len(wanted), len(listed))
    ]
    nearest = min(as_today(listed, pairs) for pairs in every)
    for pairs in every:
        if as_today(listed, pairs) > nearest:
            continue
        case_here = case if costs is None else replace(case, increase=increase_of(case, plan, pairs, costs))
        if not case.reads("B-07", "today"):
            case_here = replace(case_here, after=carried_out(case, plan, pairs))
        here = Planned(case_here, scope, plan)
        outcomes = here.all_but_deputies()
        deputies = [here.deputy(post, today) for post, today in pairs]
        outcomes += deputies
        verdicts = [one.verdict for one in outcomes]
        violations = frozenset[str]().union(*(one.violated for one in outcomes))
        unmet, lost = sum(one.unmet for one in deputies), without_holder(listed, pairs)
        broken, unknown = verdicts.count(False), verdicts.count(None)
        rank = (broken, unknown, unmet, lost, len(violations), sorted(violations))
        if best is None or rank < best[0]:
            best = rank, Judgement(all_of(*verdicts), violations)
        if rank[:2] == (0, 0):
            break
    assert best is not None
    return best[1]


def valid(org: Facts, plan: Facts, costs: Costs | None = None, readings: Readings = USUAL) -> Judgement:
    """A plan judged; with a table of costs its own increase counts in the burden of the requested year."""
    return valid_in(Case(org, readings), plan, costs)


def valid_in(case: Case, plan: Facts, costs: Costs | None = None) -> Judgement:
    """The same for a case made beforehand, to judge many plans of one organisation."""
    if case.units is not None:
        strangers = {unit["id"] for unit in plan.get("units", [])} - case.units.keys()
        if strangers:
            raise ValueError(f"units of the plan that are not among the units: {sorted(strangers)}")
    judged = [judge(case, scope, plan, costs) for scope in scopes_of(case.org)]
    verdict = agreed(one.verdict for one in judged)
    broken = frozenset[str]().union(*(one.violations for one in judged))
    return Judgement(verdict, broken if verdict is False else frozenset())


def validate(org: Facts, readings: Readings = USUAL) -> Judgement:
    """The plan of the file judged."""
    return valid(org, org["plan"], None, readings)


def classify(org: Facts, name: str, readings: Readings = USUAL) -> Classification:
    """Whether a municipality may be ``ordinary`` (S25), ``ordinary_high``, ``special`` or ``special_high``."""
    return classify_in(org, name, readings)
