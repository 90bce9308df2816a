"""Plans of an organisation side by side, and today's structure: what each comes to, costs, and withstands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from lgreason.files.organisation.organisation import FiscalYear, Organisation, Plan
from lgreason.reasoning.organisations.burden import Burden
from lgreason.reasoning.organisations.burden import burden as burden_of
from lgreason.reasoning.organisations.establishment import INSIDE, Establishment, Tables
from lgreason.reasoning.organisations.money import JointMargin, Margin
from lgreason.reasoning.organisations.plans import Lost, PlanJudgement, posts_of
from lgreason.reasoning.organisations.quantities import Interval
from lgreason.reasoning.organisations.resting import NOTHING, Rests
from lgreason.reasoning.organisations.years import YearOfBurden, years
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.reasoning.structures.margins import money_of_plan
from lgreason.reasoning.structures.pricing import Costs
from lgreason.reasoning.structures.resting import rests_of_plan
from lgreason.rules.terms import Truth

OWN = ("upgrade_increase", "support_posts")
"""What of the requested year belongs to a plan, not to the organisation as it stands."""


@dataclass(frozen=True)
class Compared:
    """One structure: a plan judged, or (without) what is there today."""

    name: str
    organisation: Organisation
    plan: Plan | None
    judgement: PlanJudgement | None
    truth: Truth
    here: Establishment
    tables: Tables
    costs: Costs | None

    @property
    def lost(self) -> tuple[Lost, ...]:
        """What of today it gives up, lowers, or leaves without its holder."""
        return self.judgement.lost if self.judgement else ()

    @property
    def changes(self) -> Counter[str]:
        """How many posts are new, raised, lowered, converted, kept and given up."""
        found: Counter[str] = Counter()
        for post in self.judgement.posts if self.judgement else ():
            inside = post.post in INSIDE
            more = inside and post.change == "new"
            found[post.change] += post.number - post.standing * more if inside else 1
            if more:
                found["kept"] += post.standing
        found["given_up"] = sum(lost.number for lost in self.lost if lost.fate == "given_up")
        return found

    @cached_property
    def posts(self) -> Counter[str]:
        """How many posts it has, by post and level; those of today as far as they are known."""
        found: Counter[str] = Counter()
        for post, level, number in posts_of(self.plan) if self.plan else posts_today(self.organisation):
            found[f"{post}.{level}"] += number
        return found

    @property
    def increase(self) -> Interval | None:
        """What it adds to a year's salaries by the table of costs; without one, as the file says, or not known."""
        if self.plan is None:
            return Interval(Fraction(0), Fraction(0))
        if self.costs is not None and self.judgement is not None:
            return Interval(Fraction(self.judgement.increase), Fraction(self.judgement.increase_most))
        amount = self.organisation.amount("requested.upgrade_increase")
        return None if amount is None else Interval(Fraction(amount), Fraction(amount))

    @property
    def whole(self) -> int | None:
        """What all its posts cost in a year, by the table of costs; `None` where that is not known."""
        if self.costs is None or any(post not in self.costs for post in map(_split, self.posts)):
            return None
        return sum(self.costs[_split(post)] * number for post, number in self.posts.items())

    @cached_property
    def burden(self) -> Burden:
        """The burden of both years and their mean, with what it adds."""
        return burden_of(self.here)

    @cached_property
    def years(self) -> tuple[YearOfBurden, ...]:
        """The burden of every year, with what it adds."""
        return years(self.here, self.increase)

    @cached_property
    def rests(self) -> Rests:
        """On what its verdict rests; on nothing where it is what stands today."""
        if self.plan is None or self.judgement is None:
            return NOTHING
        return rests_of_plan(
            self.tables, self.organisation, self.plan, self.costs, self.judgement, self.truth
        )

    @cached_property
    def margins(self) -> tuple[tuple[JointMargin, ...], tuple[Margin, ...]]:
        """How far money may move before the verdict changes: all together, and each amount alone."""
        if self.plan is None:
            return (), ()
        money = money_of_plan(self.tables, self.organisation, self.plan, self.costs, self.judgement)
        return money.joint(), money.margins()


def _split(post: str) -> tuple[str, str]:
    name, _, level = post.partition(".")
    return name, level


def posts_today(organisation: Organisation) -> Iterator[tuple[str, str, int]]:
    """Every post of today that is known with its level, and how many there are."""
    clerk = organisation.clerk
    if clerk is not None and clerk.exists and clerk.level:
        yield "clerk", clerk.level, 1
    for deputy in organisation.deputies or ():
        if deputy.exists and deputy.level:
            yield "deputy", deputy.level, 1
    for unit in organisation.units or ():
        if unit.exists and not unit.headless and unit.head is not None and unit.head.level:
            yield ("office_head" if unit.kind == "office" else "division_head"), unit.head.level, 1
        for post, number in (("section_head", unit.sections), ("part_head", unit.parts)):
            if unit.exists and number:
                yield post, INSIDE[post], number


def compared(
    tables: Tables, name: str, organisation: Organisation, plan: Plan | None, costs: Costs | None
) -> Compared:
    """One structure as it compares; raises `MissingCost` where the table lacks a post that it needs."""
    if plan is None:
        as_it_stands = _without_plan(organisation)
        here = Establishment(tables, as_it_stands)
        return Compared(name, as_it_stands, None, None, True, here, tables, costs)
    found = PlanJudge(Establishment(tables, organisation), costs).by_scope(plan)
    truths = {judgement.truth for judgement in found}
    judgement = max(found, key=lambda each: -each.faults())
    increase: Interval | None = None
    if costs is not None:
        increase = Interval(Fraction(judgement.increase), Fraction(judgement.increase_most))
    here = Establishment(tables, organisation, increase)
    truth = truths.pop() if len(truths) == 1 else None
    return Compared(name, organisation, plan, judgement, truth, here, tables, costs)


def _without_plan(organisation: Organisation) -> Organisation:
    """The organisation without what a plan would add to the requested year."""
    requested = organisation.requested
    if requested is None:
        return organisation
    amounts = MappingProxyType({**requested.amounts, **dict.fromkeys(OWN, 0)})
    return replace(organisation, requested=FiscalYear(requested.year, amounts))


def facts_that_differ(one: Organisation, other: Organisation) -> tuple[str, ...]:
    """The entries, besides the plan, in which two files of an organisation differ, by their paths."""
    return tuple(_differing(one, other))


def _differing(one: Organisation, other: Organisation) -> Iterator[str]:
    for year in ("previous", "requested"):
        keys: Iterable[str] = {
            key
            for of in (one, other)
            if (found := getattr(of, year)) is not None
            for key in found.amounts
            if key not in OWN
        }
        for key in sorted(keys):
            if one.amount(f"{year}.{key}") != other.amount(f"{year}.{key}"):
                yield f"fiscal.{year}.{key}"
    named = {
        "years": "fiscal.years",
        "growth": "fiscal.growth",
        "status": "status",
        "former_size": "former_size",
        "vacancies_executive": "vacancies.executive",
        "vacancies_operating": "vacancies.operating",
        "instruments": "instruments",
        "indicators": "scores.indicators",
        "lpa": "scores.lpa",
        "efficiency": "scores.efficiency",
        "clerk": "posts.clerk",
        "deputies": "posts.deputies",
        "units": "units",
    }
    for field, path in named.items():
        if getattr(one, field) != getattr(other, field):
            yield path
