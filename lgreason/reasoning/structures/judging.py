"""Judging a plan: the same conditions as those of structures, with every choice made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lgreason.files.organisation.organisation import RANKS, Plan, PlannedUnit, Post
from lgreason.reasoning.cases.kleene import all_of
from lgreason.reasoning.organisations.establishment import INSIDE, Establishment, Judged
from lgreason.reasoning.organisations.plans import Change, NumberOf, PlanJudgement, PlannedPost
from lgreason.reasoning.structures.against_today import changes, filled_lost, lost_posts, unlike_today
from lgreason.reasoning.structures.conditions import Conditions
from lgreason.reasoning.structures.coupling import Cost, Counted, Counts, Demands
from lgreason.reasoning.structures.interchangeable import Pick, Together, picked, together
from lgreason.reasoning.structures.pricing import Costs, Pricing
from lgreason.reasoning.structures.slots import (
    MANY,
    NONE,
    Slot,
    SlotOption,
    SlotPosts,
    StandingPosts,
    planned_slots,
    unit_slot,
)
from lgreason.rules.terms import Fn, Truth

Made = list[tuple[Slot, int]]
"""Every slot with the option that is taken of it."""


class PlanJudge:
    """Judges plans of one organisation."""

    def __init__(self, establishment: Establishment, costs: Costs | None = None) -> None:
        """Take the organisation, held up to the tables; with costs a plan brings what it adds to the burden."""
        self._costs = costs
        self._tables = establishment.tables
        self._organisation = establishment.organisation
        self._here = establishment if costs is None else Establishment(self._tables, self._organisation, 0)
        self._last: tuple[Plan, list[PlanJudgement]] | None = None

    def judge(self, plan: Plan) -> PlanJudgement:
        """What the plan comes to; where the class or size is not known, under the kind that favours it most."""
        return max(self.by_scope(plan), key=lambda found: -found.faults())

    def truth(self, plan: Plan) -> Truth:
        """Whether the plan may be, whatever kind of organisation it is."""
        truths = {found.truth for found in self.by_scope(plan)}
        return truths.pop() if len(truths) == 1 else None

    def by_scope(self, plan: Plan) -> list[PlanJudgement]:
        """The judgement under each kind of organisation that it may be. Raises `LimitReached` rather than guess."""
        if self._last is None or self._last[0] is not plan:
            self._last = plan, [self._judged(scope, plan) for scope in self._here.scopes]
        return self._last[1]

    def _judged(self, scope: Fn, plan: Plan) -> PlanJudgement:
        slots = planned_slots(self._organisation, plan)
        conditions = Conditions(self._here, slots, scope, self._costs is not None, open_=True)
        return _Judging(conditions, plan, None if self._costs is None else Pricing(self._costs)).judgement(
            scope
        )


class _Judging:
    """One plan in one kind of organisation."""

    def __init__(self, conditions: Conditions, plan: Plan, pricing: Pricing | None) -> None:
        self._conditions = conditions
        self._plan = plan
        self._pricing = pricing
        self._demands = {
            (slot.name, number): self._of_option(slot, number)
            for slot in conditions.slots
            for number in range(1, len(slot.offers) + 1)
        }
        for clause in conditions.limits:
            conditions.outcome(conditions.whole, ((clause, True),))
        self._coupling = replace(conditions.coupling(), stops=(None,) * len(conditions.counters))

    def _of_option(self, slot: Slot, number: int) -> list[tuple[SlotPosts, Truth, Demands]]:
        """What each of the posts of an option comes to, or demands of all choices together."""
        found: list[tuple[SlotPosts, Truth, Demands]] = []
        for posts in slot.offers[number - 1].posts:
            if self._conditions.closed(slot, number, posts):
                found.append((posts, False, frozenset()))
                continue
            asked = self._conditions.asked(slot, number, posts)
            case = self._conditions.case(slot, number, posts)
            outcome = self._conditions.outcome(case, asked)
            self._conditions.outcome(case, self._conditions.opening(posts))
            coupled = frozenset() if outcome.demand is None else frozenset((outcome.demand,))
            found.append((posts, outcome.truth if outcome.demand is None else True, coupled))
        return found

    # ── which deputy is which ───────────────────────────────────────────────────────────────────

    def judgement(self, scope: Fn) -> PlanJudgement:
        """The plan judged, its deputies matched with those listed as favours it most.

        Only matchings count that lower or give up least of today (`unlike_today`): nobody is given up and set up
        again. Of these best is what has the fewest posts refused, then the fewest not known,
        the fewest conditions that fail or are
        not known, the fewest filled posts lowered or given up, what adds least to salaries, and the fewest changes.
        """
        fixed: Made = [(slot, 1) for slot in self._conditions.slots if slot.group is None]
        listed = [slot for slot in self._conditions.slots if slot.group is not None]
        best: tuple[tuple[int, ...], Made, Counts, Cost] | None = None
        for way in self._ways(listed, self._totals(fixed)):
            made = fixed + [(listed[pick.slot], pick.option) for pick in way.picks]
            counts, cost = self._totals(made)
            rank = self._rank(made, counts, cost)
            if best is None or rank < best[0]:
                best = rank, made, counts, cost
        assert best is not None
        if self._pricing is not None:
            self._pricing.complete()
        _, made, counts, cost = best
        posts = self._posts(made, counts, cost)
        lost = tuple(each for slot, number in made for each in lost_posts(slot, slot.offers[number - 1]))
        readings = tuple(sorted({*self._readings(made, counts)}))
        numbers = self._numbers(made, counts)
        return PlanJudgement(scope, posts, numbers, cost.least, lost, readings, cost.most)

    def _ways(self, slots: Sequence[Slot], rest: tuple[Counts, Cost]) -> list[Together]:
        wanted = [self._sort(post, at) for at, post in enumerate(self._plan.deputies, 1)]
        kinds: list[object] = [*wanted]
        if not slots:
            return [Together((), (), frozenset(), Cost(), (), ())]
        picks = [
            [self._pick(at, slot, n, rest) for n in range(1, len(slot.offers) + 1)]
            for at, slot in enumerate(slots)
        ]
        # Posts alike are told apart by nothing: the first of them in the plan stands for all.
        picks = [[p for p in row if p.sort is None or p.sort in wanted] for row in picks]
        found = together(
            picks,
            self._coupling,
            lambda have: all(have.count(sort) <= kinds.count(sort) for sort in set(have)),
            lambda sort: sort,
        )
        return picked(found[tuple(sorted(wanted))])

    def _sort(self, post: Post, at: int) -> tuple[str, int]:
        return post.level or "", at if post.described else 0

    def _pick(self, at: int, slot: Slot, number: int, rest: tuple[Counts, Cost]) -> Pick:
        offer = slot.offers[number - 1]
        sort = None
        if isinstance(offer.value, tuple):
            place = offer.value[1]
            post = self._plan.deputies[place - 1]
            alike = self._alike(place)
            sort = self._sort(post, place) if place == alike[0] else ("", -1)
        outcomes = self._demands[slot.name, number]
        demands = frozenset(demand for _, _, of in outcomes for demand in of)
        truths = [truth for _, truth, _ in outcomes]
        price = self._price(slot, number)
        # Ways are told apart by the first of these, so that it holds all that ranks before the holders of posts.
        # What fails is seen beside the rest of the plan, which is the same whichever deputy is which.
        refused = truths.count(False) * 1_000_000 + truths.count(None) * 1000
        refused += self._failing(slot, number, *rest)
        faults = (refused, filled_lost(slot, offer), changes(slot, offer))
        return Pick(
            at,
            number,
            sort,
            self._conditions.adds(slot, number),
            demands,
            price,
            unlike_today(slot, offer),
            faults,
        )

    def _alike(self, place: int) -> list[int]:
        """The deputies of the plan that are told apart by nothing from one of them, itself among them."""
        sort = self._sort(self._plan.deputies[place - 1], place)
        return [n for n, other in enumerate(self._plan.deputies, 1) if self._sort(other, n) == sort]

    def _price(self, slot: Slot, number: int) -> Cost:
        """What an option adds to salaries; of posts that no table opens no cost need be known."""
        if self._pricing is None:
            return Cost()
        offer = slot.offers[number - 1]
        known = self._pricing.knows
        priced = (p for p in offer.posts if known(p) or not self._conditions.closed(slot, number, p))
        return self._pricing.added(slot, replace(offer, posts=tuple(priced)))

    # ── totals ──────────────────────────────────────────────────────────────────────────────────

    def _totals(self, made: Made) -> tuple[Counts, Cost]:
        counts, least, most = self._coupling.nothing, 0, 0
        for slot, number in made:
            counts = self._coupling.added(counts, self._conditions.adds(slot, number))
            price = self._price(slot, number)
            least, most = least + price.least, most + price.most
        return counts, Cost(least, most)

    def _rank(self, made: Made, counts: Counts, cost: Cost) -> tuple[int, ...]:
        truths: list[Truth] = []
        for slot, number in made:
            for _, truth, demands in self._demands[slot.name, number]:
                truths.append(all_of((truth, self._coupling.verdict(counts, demands, cost))))
        failing = 0
        if False in truths or None in truths:
            failing = sum(
                self._failing(slot, number, counts, cost) for slot, number in made if slot.group is not None
            )
        lost = sum(filled_lost(slot, slot.offers[number - 1]) for slot, number in made)
        moved = sum(changes(slot, slot.offers[number - 1]) for slot, number in made)
        return truths.count(False), truths.count(None), failing, lost, cost.least, moved

    def _failing(self, slot: Slot, number: int, counts: Counts, cost: Cost) -> int:
        """How many conditions of an option's posts fail or are not known."""
        found = (
            self._conditions.judged(slot, number, posts, counts, cost)[1]
            for posts in slot.offers[number - 1].posts
        )
        return sum(judged.failing for judged in found if judged is not None)

    # ── what becomes of each post ───────────────────────────────────────────────────────────────

    def _posts(self, made: Made, counts: Counts, cost: Cost) -> tuple[PlannedPost, ...]:
        clerk, deputies, units = [], [], []
        taken: set[int] = set()
        for slot, number in made:
            offer = slot.offers[number - 1]
            for posts in offer.posts:
                truth, judged = self._conditions.judged(slot, number, posts, counts, cost)
                found = _planned(slot, posts, truth, judged)
                if slot.group is not None:
                    assert isinstance(offer.value, tuple)
                    place = self._place(offer, taken)
                    taken.add(place)
                    deputies.append(replace(found, number=place))
                elif slot.unit is None:
                    clerk.append(found)
                else:
                    units.append(found)
        order = {unit.id: at for at, unit in enumerate(self._plan.units)}
        units.sort(key=lambda post: order.get(post.unit or "", 0))
        return (*clerk, *sorted(deputies, key=lambda post: post.number), *units)

    def _place(self, offer: SlotOption, taken: set[int]) -> int:
        """Which of the plan's deputies it is: of several alike the first that is left."""
        assert isinstance(offer.value, tuple)
        place = int(offer.value[1])
        return next((n for n in self._alike(place) if n not in taken), place)

    def _readings(self, made: Made, counts: Counts) -> Iterator[str]:
        """Which readings of how a plan stands to today decide something here."""
        conditions = self._conditions
        for slot, number in made:
            for posts in slot.offers[number - 1].posts:
                asked = conditions.asked(slot, number, posts)
                opening = conditions.opening(posts)
                level = posts.subject.level
                lowers = any(RANKS.get(was.level, 0) > RANKS[level] for was in slot.today[posts.place])
                if opening and (lowers or not asked):
                    outcome = conditions.outcome(conditions.case(slot, number, posts), opening)
                    if outcome.truth is not True:
                        yield from conditions.of_plans
            for _, _, demands in self._demands[slot.name, number]:
                for leaf in {leaf for demand in demands for leaf in demand.leaves}:
                    of = self._coupling.leaves[leaf]
                    if isinstance(of, Counted) and of.truth(counts) is not of.first:
                        yield from conditions.readings_of(of.clause)

    def _numbers(self, made: Made, counts: Counts) -> tuple[NumberOf, ...]:
        found = []
        of_structure = self._conditions.limits
        for clause in self._conditions.every_limit:
            if clause in of_structure:
                found.append(NumberOf(self._conditions.node(self._conditions.whole, clause, counts)))
                continue
            for slot, number in made:
                offer = slot.offers[number - 1]
                if slot.unit is not None and offer.posts:
                    case = self._conditions.case(slot, number, offer.posts[0])
                    found.append(NumberOf(self._conditions.node(case, clause, counts), slot.unit.id))
        return tuple(found)


def _planned(slot: Slot, posts: SlotPosts, truth: Truth, judged: Judged | None) -> PlannedPost:
    """A post of the plan beside what stands in its place today."""
    today = slot.today[posts.place]
    subject = posts.subject
    there: Truth = None
    if all(standing.post == NONE for standing in today):
        there = False
    elif all(standing.post != NONE for standing in today):
        there = True
    was = today[0].level if len(today) == 1 and there and today[0].post not in INSIDE else None
    one = today[0] if len(today) == 1 else None
    change = _change(posts, one, was, there, truth, judged)
    unit = slot.unit.id if slot.unit else None
    counted = one is not None and one.post in INSIDE and one.number < MANY
    standing = one.number if one is not None and counted else 0
    post, level = subject.post, subject.level
    return PlannedPost(post, level, change, truth, judged, unit, posts.number, was, there, standing)


def _change(
    posts: SlotPosts,
    standing: StandingPosts | None,
    was: str | None,
    there: Truth,
    truth: Truth,
    judged: Judged | None,
) -> Change:
    if there is False:
        return "new"
    if standing is None:
        return "unknown" if judged is not None or truth is None else "kept"
    if posts.subject.post in INSIDE:
        return "unknown" if standing.number >= MANY else "kept" if posts.number <= standing.number else "new"
    assert was is not None
    if was != posts.subject.level:
        return "raised" if RANKS[posts.subject.level] > RANKS[was] else "lowered"
    return "kept" if standing.post == posts.subject.post else "converted"


def head_of_unit(here: Establishment, scope: Fn, planned: PlannedUnit) -> PlannedPost:
    """The head of a unit as it might be planned, with all else as it stands today."""
    unit = here.organisation.unit(planned.id)
    assert unit is not None, planned.id
    slot = unit_slot(unit, (planned,))
    conditions = Conditions(here, [slot], scope, False, open_=True)
    posts = slot.offers[0].posts[0]
    return _planned(slot, posts, *conditions.judged(slot, 1, posts))
