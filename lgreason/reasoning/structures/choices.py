"""Every valid structure of an organisation: each choice judged by the tables, the whole as a space of choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations_with_replacement, product
from typing import NamedTuple

from lgreason.files.organisation.organisation import (
    LEVELS,
    RANKS,
    Kind,
    Level,
    Organisation,
    Plan,
    PlannedUnit,
    Post,
    Unit,
)
from lgreason.reasoning.organisations.burden import MEAN
from lgreason.reasoning.organisations.circumstances import limit
from lgreason.reasoning.organisations.establishment import INSIDE, Establishment, Node, Tables, all_of
from lgreason.reasoning.organisations.plans import PlanJudge, PlanJudgement, PlannedPost
from lgreason.reasoning.organisations.quantities import Interval
from lgreason.reasoning.structures.space import Factor, Feature, Option, Space, Structure
from lgreason.reasoning.structures.structure import Worst
from lgreason.rules.model import Bound
from lgreason.rules.terms import Truth

KINDS: tuple[Kind, ...] = ("division", "office")
NONE = "none"
"""The kind and the level of a unit that is wanted and not there."""
Costs = Mapping[tuple[str, str], int]
"""What a post at a level costs, in baht a year."""


class MissingCost(LookupError):
    """A post that a structure may have is not in the table of costs."""

    def __init__(self, post: str, level: str) -> None:
        """Take the post and the level."""
        super().__init__(f"{post}.{level}")
        self.post = post
        self.level = level


class _Inside(NamedTuple):
    """So many sections or parts of a unit, and what they come to."""

    number: int
    posts: tuple[PlannedPost, ...]
    truth: Truth


class Structures:
    """The structures that one organisation of a known kind may have.

    Where the text sets no number, up to `most` deputies, and sections or parts of a unit, are considered: or as many
    as there are today or are wanted, if those are more.
    """

    def __init__(
        self, tables: Tables, organisation: Organisation, costs: Costs | None = None, most: int = 2
    ) -> None:
        """Judge every choice once; with `costs` the burden of a structure counts what it adds itself."""
        self.organisation = organisation
        self.costs = costs
        self.most = most
        self._tables = tables
        self._here = Establishment(tables, organisation, None if costs is None else 0)
        self._scope = self._here.scopes[0]
        self._judge = PlanJudge(self._here, None if costs is None else self.adds)
        self.refused: dict[Feature, Node] = {}

    @cached_property
    def space(self) -> Space:
        """All valid structures."""
        factors = [self._clerk(), self._deputies(), *map(self._unit, self.organisation.units or ())]
        made = {feature for factor in factors for option in factor.options for feature in option.features}
        self.refused = {feature: node for feature, node in self.refused.items() if feature not in made}
        return Space(tuple(factors), self.limit)

    @cached_property
    def limit(self) -> int | None:
        """How much a structure may add to the requested year's salaries before its burden is over the bound."""
        if self.costs is None:
            return None
        bound = next(
            (b for c, b in self._tables.demands if c.measures == MEAN and b.relation == "at_most"), None
        )
        return None if bound is None else self._room(bound)

    def _room(self, bound: Bound) -> int | None:
        """From where on the burden is surely over; where an amount is not known, nothing is surely within either."""
        at = [self._burden(increase) for increase in (0, 1)]
        if at[0] == at[1]:  # without the budget of the requested year nothing is surely over
            return None
        room = int((limit(bound, "percent") - at[0]) // (at[1] - at[0]))
        # The mean grows by the same with every baht, so the room found is exact; that is not taken on trust.
        assert room < 0 or self._burden(room) <= bound.value < self._burden(room + 1)
        return room

    def _burden(self, increase: int) -> Fraction:
        """The mean burden with an increase, at the least."""
        here = Establishment(self._tables, self.organisation, max(increase, 0))
        return here.quantities.quantity(MEAN).value.low

    def adds(self, post: PlannedPost) -> int:
        """What a post adds to a year's salaries, at most."""
        return self.increase(post)[1]

    def judge(self, plan: Plan) -> PlanJudgement:
        """A plan judged before anything is added to the burden, its deputies matched so that it adds least."""
        return self._judge.judge(plan)

    # ── options ─────────────────────────────────────────────────────────────────────────────────

    def _option(
        self,
        value: object,
        features: Sequence[Feature],
        posts: Sequence[PlannedPost],
        truth: Truth,
        given_up: int = 0,
    ) -> Option:
        many = [(post, post.number if post.post in INSIDE else 1) for post in posts]
        adds = [self.increase(post) for post in posts]
        cost, most = sum(least for least, _ in adds), sum(most for _, most in adds)
        measures = {
            "posts": sum(number for _, number in many),
            "levels": sum(RANKS[post.level] * number for post, number in many),
            "changes": sum(self.changes(post) for post in posts) + given_up,
        }
        if self.costs is not None:
            measures["increase"] = cost
            measures["cost"] = sum(self._cost(post.post, post.level) * number for post, number in many)
        demands = [post for post in posts if demands_burden(post)]
        bound = any(post.change != "unknown" for post in demands)
        worst = Worst(bool(demands), most)
        known = worst == (bound, cost)
        return Option(value, tuple(features), truth is True, bound, cost, None if known else worst, measures)

    def increase(self, post: PlannedPost) -> tuple[int, int]:
        """What a post adds to a year's salaries, at least and at most.

        A new one its whole cost, a raised one the difference. Where it is not known what is there today, it may be
        there already, or be set up, or be raised from any level.
        """
        if self.costs is None or post.change in ("kept", "lowered"):
            return 0, 0
        cost = self._cost(post.post, post.level)
        if post.post in INSIDE:
            return self._added(post, cost)
        was = was_post(post, self.organisation)
        if post.was is not None:
            added = max(0, cost - self._cost(was, post.was))
            return added, added
        if post.there is False:
            return cost, cost
        if post.there is None:
            return 0, cost
        lower = [self.costs.get((was, level), 0) for level in LEVELS if RANKS[level] < RANKS[post.level]]
        return 0, max(0, cost - min(lower, default=cost))

    def _cost(self, post: str, level: str) -> int:
        """What a post costs in a year; `MissingCost` if the table does not say."""
        assert self.costs is not None
        if (post, level) not in self.costs:
            raise MissingCost(post, level)
        return self.costs[post, level]

    def _added(self, post: PlannedPost, cost: int) -> tuple[int, int]:
        """What the sections or parts of a unit add beyond those of today."""
        today = self._inside_today(post)
        most = cost * max(0, post.number - (today or 0))
        return 0 if today is None else most, most

    def _inside_today(self, post: PlannedPost) -> int | None:
        """How many sections or parts a unit has today."""
        unit = self.organisation.unit(post.unit or "")
        if unit is None or not unit.exists:
            return 0
        return unit.sections if post.post == "section_head" else unit.parts

    def changes(self, post: PlannedPost) -> int:
        """How many changes a post is against today."""
        if post.post in INSIDE:
            return abs(post.number - (self._inside_today(post) or 0))
        return 0 if post.change == "kept" else 1

    def _refuse(self, feature: Feature, nodes: Sequence[Node]) -> None:
        failing = next((node for node in nodes if node.holds is False), None)
        if failing is not None:
            self.refused.setdefault(feature, failing)

    # ── the clerk and the deputies ──────────────────────────────────────────────────────────────

    def _clerk(self) -> Factor:
        options = []
        for level in LEVELS:
            post = self._judge.clerk(self._scope, level)
            if post.truth is False:
                self._refuse(("clerk", level), post.judged.nodes if post.judged else ())
            else:
                options.append(self._option(level, [("clerk", level)], [post], post.truth))
        return Factor("clerk", tuple(options))

    def _deputies(self) -> Factor:
        levels = [level for level in LEVELS if (self._scope, "deputy", level) in self._tables.opens]
        options = []
        for number in range(self._most_deputies(levels) + 1):
            for chosen in combinations_with_replacement(levels, number):
                option = self._deputy_option(chosen)
                if option is not None:
                    options.append(option)
        for level in LEVELS:
            if level not in levels:
                subject = self._judge.deputies(self._scope, (Post(level),))[0]
                self._refuse((f"deputies.{level}", 1), subject.judged.nodes if subject.judged else ())
        return Factor("deputies", tuple(options))

    def _most_deputies(self, levels: Sequence[str]) -> int:
        if not levels:
            return 0
        set_by_text = [most for level in levels if (most := self._here.most(self._scope, "deputy", level)[0])]
        total = self._tables.most(self._scope, "deputy", "")[0]
        if total is not None or (set_by_text and len(set_by_text) == len(levels)):
            return total if total is not None else sum(set_by_text)
        return max(self.most, len(self.organisation.deputies or ()))

    def _deputy_option(self, levels: tuple[Level, ...]) -> Option | None:
        posts = self._judge.deputies(self._scope, tuple(Post(level) for level in levels))
        numbers = self._judge.number_of_deputies(self._scope, levels)
        truth = all_of([*(post.truth for post in posts), *(node.holds for node in numbers)])
        features = [("deputies", len(levels))] + [
            (f"deputies.{level}", levels.count(level))
            for level in LEVELS
            if (self._scope, "deputy", level) in self._tables.opens
        ]
        if truth is False:
            nodes = [*numbers, *(node for post in posts if post.judged for node in post.judged.nodes)]
            for feature in features:
                if feature[1]:
                    self._refuse(feature, nodes)
            return None
        given_up = max(0, len([d for d in self.organisation.deputies or () if d.exists]) - len(levels))
        return self._option(levels, features, posts, truth, given_up)

    # ── units ───────────────────────────────────────────────────────────────────────────────────

    def _unit(self, unit: Unit) -> Factor:
        name = f"units.{unit.id}"
        options: list[Option] = []
        if not unit.exists:
            features: list[Feature] = [
                (f"{name}.kind", NONE),
                (f"{name}.level", NONE),
                (f"{name}.sections", 0),
            ]
            options.append(self._option(None, [*features, (f"{name}.parts", 0)], [], True))
        for kind, level in product(KINDS, LEVELS):
            planned = PlannedUnit(unit.id, kind, level)
            head = self._judge.head(self._scope, planned)
            if head.truth is False:
                self._refuse((f"{name}.level", level), _nodes(head))
                self._refuse((f"{name}.kind", kind), _nodes(head))
                continue
            sections = [
                self._within(planned, "section_head", n) for n in self._inside("section_head", unit.sections)
            ]
            parts = [self._within(planned, "part_head", n) for n in self._inside("part_head", unit.parts)]
            for with_sections, with_parts in product(sections, parts):
                if with_sections is not None and with_parts is not None:
                    options.append(self._unit_option(name, planned, head, with_sections, with_parts))
        return Factor(name, tuple(options))

    def _within(self, unit: PlannedUnit, post: str, number: int) -> _Inside | None:
        """So many sections or parts of a unit, judged; none if they are refused."""
        sections = post == "section_head"
        planned = replace(unit, sections=number) if sections else replace(unit, parts=number)
        judge = self._judge.sections if sections else self._judge.parts
        posts = (judge(self._scope, planned),) if number else ()
        numbers = [
            self._judge.number_in_unit(clause, planned)
            for clause in self._tables.limits.get(self._scope, ())
            if self._tables.kb.clauses[clause].measures == "planned_in_unit"
        ]
        truth = all_of([*(each.truth for each in posts), *(node.holds for node in numbers)])
        if truth is False:
            feature = (f"units.{unit.id}.{'sections' if sections else 'parts'}", number)
            self._refuse(feature, (*numbers, *(node for each in posts for node in _nodes(each))))
            return None
        return _Inside(number, posts, truth)

    def _unit_option(
        self, name: str, unit: PlannedUnit, head: PlannedPost, sections: _Inside, parts: _Inside
    ) -> Option:
        features: list[Feature] = [
            (f"{name}.kind", unit.kind),
            (f"{name}.level", unit.level),
            (f"{name}.sections", sections.number),
            (f"{name}.parts", parts.number),
        ]
        value = replace(unit, sections=sections.number, parts=parts.number)
        truth = all_of((head.truth, sections.truth, parts.truth))
        today = self.organisation.unit(unit.id)
        given_up = 0
        if today is not None and today.exists:
            given_up += (today.sections or 0) if not sections.number else 0
            given_up += (today.parts or 0) if not parts.number else 0
        return self._option(value, features, (head, *sections.posts, *parts.posts), truth, given_up)

    def _inside(self, post: str, today: int | None) -> range:
        """How many sections or parts of a unit are considered."""
        level = INSIDE[post]
        if (self._scope, post, level) not in self._tables.opens:
            return range(1)
        most = self._here.most(self._scope, post, level)[0]
        return range((max(self.most, today or 0) if most is None else most) + 1)


def _nodes(post: PlannedPost) -> tuple[Node, ...]:
    return post.judged.nodes if post.judged else ()


def demands_burden(post: PlannedPost) -> bool:
    """Whether a post that is set up or raised demands that the burden be within its bound."""
    if post.judged is None or post.change in ("kept", "lowered"):
        return False
    return any(
        node.is_leaf
        and node.clause.measures == MEAN
        and node.bound is not None
        and node.bound.relation == "at_most"
        for root in post.judged.nodes
        for node in root.walk()
    )


def was_post(post: PlannedPost, organisation: Organisation) -> str:
    """What a post of the plan was before: a head of the unit's kind today, or the same post."""
    unit = organisation.unit(post.unit) if post.unit else None
    if unit is None or unit.kind is None or post.post in INSIDE:
        return post.post
    return "office_head" if unit.kind == "office" else "division_head"


def plan_of(structure: Structure) -> Plan:
    """A structure of the space as a plan."""
    clerk, deputies, *units = (option.value for option in structure.options)
    assert isinstance(clerk, str) and isinstance(deputies, tuple)
    level: Level = next(each for each in LEVELS if each == clerk)
    return Plan(
        level,
        tuple(Post(each) for each in reversed(deputies)),
        tuple(unit for unit in units if isinstance(unit, PlannedUnit)),
    )


def judge_with_costs(tables: Tables, organisation: Organisation, plan: Plan, costs: Costs) -> PlanJudge:
    """Who judges a plan with what it adds itself to a year's salaries."""
    structures = Structures(tables, organisation, costs)
    adds = [structures.increase(post) for post in structures.judge(plan).posts]
    own = Interval(Fraction(sum(least for least, _ in adds)), Fraction(sum(most for _, most in adds)))
    return PlanJudge(Establishment(tables, organisation, own), structures.adds)
