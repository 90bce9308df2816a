"""Every valid structure of an organisation: each option held up to its conditions, the whole a space of choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from lgreason.files.organisation.organisation import (
    LEVELS,
    RANKS,
    Level,
    Organisation,
    Plan,
    PlannedUnit,
    Post,
    Unit,
)
from lgreason.reasoning.organisations.circumstances import Subject
from lgreason.reasoning.organisations.establishment import INSIDE, Establishment, Node, Tables
from lgreason.reasoning.structures.against_today import changes, filled_lost, unlike_today
from lgreason.reasoning.structures.asked import PostAsked, Settled
from lgreason.reasoning.structures.conditions import Conditions
from lgreason.reasoning.structures.coupling import UNMET, Cost, Counted, Coupling, Demands, Leaf
from lgreason.reasoning.structures.interchangeable import Pick, Sort, Together, picked, together
from lgreason.reasoning.structures.pricing import Costs, MissingCost, Pricing
from lgreason.reasoning.structures.slots import (
    HEAD_OF,
    KEYS,
    KINDS,
    NONE,
    Slot,
    SlotOption,
    SlotPosts,
    clerk_slot,
    deputy_slots,
    headless_slot,
    unit_plans,
    unit_slot,
)
from lgreason.reasoning.structures.space import Factor, Feature, Option, Space, Structure

__all__ = ["KINDS", "NONE", "Costs", "MissingCost", "Structures", "plan_of"]


class Structures:
    """The structures that one organisation of a known kind may have.

    Where the text sets no number, up to `most` deputies, and sections or parts of a unit, are considered: or as many
    as there are today or are wanted, if those are more. With `costs` the burden of a structure counts what it adds
    itself, instead of what the file says that upgrades add.
    """

    def __init__(
        self,
        tables: Tables,
        organisation: Organisation,
        costs: Costs | None = None,
        most: int = 2,
        given_up: frozenset[str] = frozenset(),
        may_go: frozenset[str] = frozenset(),
    ) -> None:
        """Take the tables, the organisation, what posts cost, the units that are, and that may be, given up."""
        self.organisation = organisation
        self.costs = costs
        self.most = most
        self._given_up = given_up
        self.may_go = may_go
        self.tables = tables
        self._here = Establishment(tables, organisation, None if costs is None else 0)
        self.scope = self._here.scopes[0]
        self._pricing = None if costs is None else Pricing(costs)
        self.refused: dict[Feature, Node] = {}

    def within(self, tables: Tables) -> Structures:
        """The same by other tables: those of another reading."""
        return Structures(tables, self.organisation, self.costs, self.most, self._given_up, self.may_go)

    @cached_property
    def slots(self) -> list[Slot]:
        """What is to be settled."""
        found = [clerk_slot(self.organisation, self.levels("clerk"))]
        found += deputy_slots(self.organisation, self._deputies, self.most_deputies)
        for unit in self.organisation.units or ():
            if unit.id in self._given_up:
                found.append(unit_slot(unit, (None,)))
            else:
                found.append(headless_slot(unit) if unit.headless else self._unit(unit))
        return found

    @cached_property
    def conditions(self) -> Conditions:
        """What the options must meet."""
        return Conditions(self._here, self.slots, self.scope, self.costs is not None)

    @cached_property
    def space(self) -> Space:
        """All valid structures. Raises `MissingCost` with all posts that the costs lack."""
        # The outcomes come first: they find the leaves that couple, for which the options then say what they add.
        outcomes = {
            (slot.name, number): self._outcomes(slot, number)
            for slot in self.slots
            for number in range(1, len(slot.offers) + 1)
        }
        always = self._always()
        coupling = self.conditions.coupling(frozenset(d for _, outcome in always for d in outcome.demands))
        open_ = {key: found for key, found in outcomes.items() if found is not None}
        factors = []
        listed = [slot for slot in self.slots if slot.group is not None]
        for slot in self.slots:
            if slot.group is None:
                options = [
                    self._option(slot, number, open_[slot.name, number], coupling)
                    for number in range(1, len(slot.offers) + 1)
                    if (slot.name, number) in open_
                ]
                factors.append(Factor(slot.name, tuple(options)))
            elif slot is listed[0]:
                factors.append(Factor("deputies", tuple(self._multiset(listed, open_, coupling))))
        if not listed:
            factors.insert(1, Factor("deputies", (self._none(),)))
        if self._pricing is not None:
            self._pricing.complete()
        factors = [self._within_numbers(factor, always, coupling) for factor in factors]
        made = {feature for factor in factors for option in factor.options for feature in option.features}
        self._refuse_levels()
        self.refused = {feature: node for feature, node in self.refused.items() if feature not in made}
        return Space(tuple(factors), coupling)

    # ── what is offered ─────────────────────────────────────────────────────────────────────────

    def levels(self, post: str) -> tuple[Level, ...]:
        """The levels that the table opens for a post, lowest first."""
        return tuple(level for level in LEVELS if (self.scope, post, level) in self.tables.opens)

    @cached_property
    def _deputies(self) -> tuple[Post, ...]:
        return tuple(Post(level) for level in self.levels("deputy"))

    @cached_property
    def most_deputies(self) -> int:
        """How many deputies are considered at most."""
        levels = self.levels("deputy")
        if not levels:
            return 0
        set_by_text = [most for level in levels if (most := self._here.most(self.scope, "deputy", level)[0])]
        total = self.tables.most(self.scope, "deputy", "")[0]
        if total is not None or (set_by_text and len(set_by_text) == len(levels)):
            return total if total is not None else sum(set_by_text)
        return max(self.most, len(self.organisation.deputies or ()))

    def _unit(self, unit: Unit) -> Slot:
        opened = [(kind, level) for kind in KINDS for level in self.levels(HEAD_OF[kind])]
        sections, parts = (self._most_inside(post, getattr(unit, key)) for post, key in KEYS.items())
        return unit_slot(unit, unit_plans(unit, opened, sections, parts, unit.id in self.may_go))

    def _most_inside(self, post: str, today: int | None) -> int:
        """How many sections or parts of a unit are considered."""
        level = INSIDE[post]
        if (self.scope, post, level) not in self.tables.opens:
            return 0
        most = self._here.most(self.scope, post, level)[0]
        return max(self.most, today or 0) if most is None else most

    # ── what comes of it ────────────────────────────────────────────────────────────────────────

    def _outcomes(self, slot: Slot, number: int) -> Demands | None:
        """What an option demands of all choices together; `None` if it is refused."""
        demands: Demands = frozenset()
        refused = False
        offer = slot.offers[number - 1]
        for posts in offer.posts:
            asked = self.conditions.asked(slot, number, posts)
            case = self.conditions.case(slot, number, posts)
            outcome = self.conditions.outcome(case, asked)
            if outcome.truth is False and outcome.demand is None:
                refused = True
                if slot.group is None:
                    self._refuse(features_of(offer, posts), case, asked)
            demands |= outcome.demands
        if offer.there and slot.unit is not None and offer.posts:
            for clause in self.conditions.limits_in_unit:
                case = self.conditions.case(slot, number, offer.posts[0])
                outcome = self.conditions.outcome(case, ((clause, True),))
                if outcome.truth is False and outcome.demand is None:
                    refused = True
                    for posts in offer.posts[1:]:
                        self._refuse(features_of(offer, posts), case, ((clause, True),))
                demands |= outcome.demands
        return None if refused else demands

    def _refuse(
        self, features: Sequence[Feature], case: PostAsked, asked: Sequence[tuple[str, bool]]
    ) -> None:
        wanting = [feature for feature in features if feature not in self.refused]
        if not wanting:
            return
        nodes = (self.conditions.node(case, clause) for clause, _ in asked)
        failing = next((node for node in nodes if node.holds is False), None)
        if failing is not None:
            self.refused |= dict.fromkeys(wanting, failing)

    def _always(self) -> list[tuple[str, Settled]]:
        """The clauses that bound the posts of every structure."""
        case = self.conditions.whole
        return [
            (clause, self.conditions.outcome(case, ((clause, True),))) for clause in self.conditions.limits
        ]

    def _option(self, slot: Slot, number: int, demands: Demands, coupling: Coupling) -> Option:
        del coupling
        offer = slot.offers[number - 1]
        return Option(
            offer.value,
            offer.features,
            self.conditions.adds(slot, number),
            demands,
            self.price(slot, offer),
            self._measures([(slot, offer)]),
            detail=((slot, number),),
        )

    def price(self, slot: Slot, offer: SlotOption) -> Cost:
        """What an option adds to a year's salaries; nothing where costs are not known."""
        return Cost() if self._pricing is None else self._pricing.added(slot, offer)

    def _measures(self, chosen: Sequence[tuple[Slot, SlotOption]]) -> dict[str, int]:
        every = [(posts.subject, posts.number) for _, offer in chosen for posts in offer.posts]
        found = {
            "posts": sum(number for _, number in every),
            "levels": sum(RANKS[subject.level] * number for subject, number in every),
            "changes": sum(changes(*each) for each in chosen),
            "lost": sum(filled_lost(*each) for each in chosen),
        }
        if self._pricing is not None:
            found["increase"] = sum(self.price(*each).least for each in chosen)
            found["cost"] = sum(self._pricing.whole(offer) for _, offer in chosen)
        return found

    # ── the deputies, of whom it does not matter which is which ─────────────────────────────────

    def _none(self) -> Option:
        return Option((), (("deputies", 0),), measures=self._measures([]), adds=())

    def _multiset(
        self, slots: Sequence[Slot], open_: dict[tuple[str, int], Demands], coupling: Coupling
    ) -> Iterator[Option]:
        # What is refused is picked too: which deputy is which of today's does not turn on what may be.
        picks = [
            [
                Pick(
                    at,
                    number,
                    _level(offer),
                    self.conditions.adds(slot, number),
                    open_.get((slot.name, number), frozenset((UNMET,))),
                    self.price(slot, offer) if (slot.name, number) in open_ else Cost(),
                    unlike_today(slot, offer),
                    (filled_lost(slot, offer), changes(slot, offer)),
                )
                for number, offer in enumerate(slot.offers, 1)
            ]
            for at, slot in enumerate(slots)
        ]
        most = self.most_deputies
        found = together(picks, coupling, lambda have: len(have) <= most, lambda level: RANKS[str(level)])
        for have in sorted(found, key=lambda have: (len(have), [RANKS[str(level)] for level in have])):
            open_ways = (way for way in picked(found[have]) if UNMET not in way.demands)
            ways = sorted(open_ways, key=lambda way: (way.price, way.faults, len(way.demands)))
            if not ways:
                continue
            options = [self._way(slots, have, way) for way in ways]
            yield Option(
                have,
                options[0].features,
                options[0].adds,
                options[0].demands,
                options[0].price,
                options[0].measures,
                tuple(options[1:]),
                options[0].detail,
            )
        self._refuse_deputies(slots, open_)

    def _way(self, slots: Sequence[Slot], have: Sort, way: Together) -> Option:
        chosen = [(slots[pick.slot], slots[pick.slot].offers[pick.option - 1]) for pick in way.picks]
        features: list[Feature] = [("deputies", len(have))]
        features += [(f"deputies.{level}", have.count(level)) for level in self.levels("deputy")]
        detail = tuple((slots[pick.slot], pick.option) for pick in way.picks)
        measures = self._measures(chosen)
        return Option(have, tuple(features), way.counts, way.demands, way.price, measures, (), detail)

    def _refuse_deputies(self, slots: Sequence[Slot], open_: dict[tuple[str, int], Demands]) -> None:
        """Why there may not be so many deputies at a level: what stops one more of them."""
        for level in self.levels("deputy"):
            stopped = [
                (slot, number, posts)
                for slot in reversed(slots)
                for number, offer in enumerate(slot.offers, 1)
                for posts in offer.posts
                if posts.subject.level == level and (slot.name, number) not in open_
            ]
            for slot, number, posts in stopped[:1]:
                features: list[Feature] = [
                    (f"deputies.{level}", count) for count in range(1, self.most_deputies + 1)
                ]
                features += [("deputies", count) for count in range(1, self.most_deputies + 1)]
                case = self.conditions.case(slot, number, posts)
                self._refuse(features, case, self.conditions.asked(slot, number, posts))

    def _within_numbers(
        self, factor: Factor, always: Sequence[tuple[str, Settled]], coupling: Coupling
    ) -> Factor:
        """The options of a factor without those that alone have more posts than a clause allows."""
        kept = []
        for option in factor.options:
            counts = coupling.added(coupling.nothing, option.adds) if option.adds else coupling.nothing
            broken = [
                clause
                for clause, outcome in always
                if outcome.demand is not None
                and all(_is_most(coupling.leaves[leaf]) for leaf in outcome.demand.leaves)
                and coupling.failing(counts, [outcome.demand], Cost())
            ]
            if not broken:
                kept.append(option)
                continue
            parts = option.detail
            assert isinstance(parts, tuple)
            whole = replace(coupling, stops=(None,) * len(coupling.stops))
            counts = whole.nothing
            for slot, number in parts:
                counts = whole.added(counts, self.conditions.adds(slot, number))
            node = self.conditions.node(self.conditions.whole, broken[0], counts)
            for feature in option.features:
                if feature[1] not in (0, NONE):
                    self.refused.setdefault(feature, node)
        return Factor(factor.name, tuple(kept))

    def _refuse_levels(self) -> None:
        """Levels that the table does not print, of each post."""
        for level in LEVELS:
            if level not in self.levels("clerk"):
                node = self._here.not_printed(self.scope, Subject("clerk", level))
                self.refused.setdefault(("clerk", level), node)
            if level not in self.levels("deputy"):
                node = self._here.not_printed(self.scope, Subject("deputy", level))
                self.refused.setdefault((f"deputies.{level}", 1), node)
        for unit in self.organisation.units or ():
            if unit.headless or unit.id in self._given_up:
                continue
            for kind in KINDS:
                opened = self.levels(HEAD_OF[kind])
                for level in LEVELS:
                    if level in opened:
                        continue
                    subject = Subject(HEAD_OF[kind], level, unit=unit)
                    node = self._here.not_printed(self.scope, subject)
                    self.refused.setdefault((f"units.{unit.id}.level", level), node)
                    if not opened:
                        self.refused.setdefault((f"units.{unit.id}.kind", kind), node)


def _is_most(leaf: Leaf) -> bool:
    return isinstance(leaf, Counted) and leaf.relation == "at_most"


def _level(offer: SlotOption) -> str | None:
    return offer.posts[0].subject.level if offer.posts else None


def features_of(offer: SlotOption, posts: SlotPosts) -> tuple[Feature, ...]:
    """The choices that an option settles by what it has in a place."""
    if posts.place not in ("head", *KEYS.values()):
        return offer.features
    names = ("kind", "level") if posts.place == "head" else (posts.place,)
    return tuple(each for each in offer.features if each[0].rpartition(".")[2] in names)


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
