"""What the options of a structure must meet: conditions by the theory, over leaves of one post and those that couple.

A leaf of one post alone is measured. A leaf that looks at other choices is left open: what a post comes to is worked
out for every truth of such leaves (by the theory), and which of these it is, the totals of all choices tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from lgreason.reasoning.cases import tree
from lgreason.reasoning.cases.kleene import all_of
from lgreason.reasoning.organisations.circumstances import Ascertained, Circumstances, Subject, limit
from lgreason.reasoning.organisations.establishment import Establishment, Judged, Node
from lgreason.reasoning.organisations.quantities import Interval
from lgreason.reasoning.structures.asked import AskedLeaf, PostAsked, Settled, gravest, last_within
from lgreason.reasoning.structures.coupling import (
    NEVER,
    Cost,
    Counted,
    Counts,
    Coupling,
    Demands,
    Leaf,
    Priced,
    demand,
)
from lgreason.reasoning.structures.grounding import DELEGATED, LOOKS, Derived, derive
from lgreason.reasoning.structures.slots import MANY, NOTHING, Slot, SlotPosts
from lgreason.rules.model import Bound, Clause
from lgreason.rules.terms import Fn, Truth

INCREASE = "requested.upgrade_increase"
"""The amount of a file that a structure with costs brings itself."""
WHOLE = "whole"
Asked = tuple[tuple[str, bool], ...]
"""Clauses that are asked of a post, and whether they surely are."""


class Conditions:
    """The conditions on the options of some slots."""

    def __init__(
        self, here: Establishment, slots: Sequence[Slot], scope: Fn, priced: bool, open_: bool = False
    ) -> None:
        """Take the organisation held up to the tables; with `priced` options bring their costs to the burden.

        `open_`: a count is left open too where it is the same whatever is chosen, so that reasons can name it.
        """
        self._open = open_
        self._here = here
        self._tables = here.tables
        self._scope = scope
        self._priced = priced
        self.slots = slots
        self.derived: Derived = derive(here.tables, here.organisation, slots, scope)
        self._constant = self._given()
        self._counters: dict[tuple[str, str], int] = {}
        self._base: dict[int, tuple[int, int]] = {}
        self._leaves: dict[Leaf, int] = {}
        self._outcomes: dict[tuple[PostAsked, Asked], Settled] = {}
        self._circumstances: dict[PostAsked, Circumstances] = {}
        self.limits = [
            clause
            for clause in here.tables.limits.get(scope, ())
            if not any(self._kind(each) == "planned_in_unit" for each in here.clauses_under(clause))
        ]
        self.limits_in_unit = [
            clause for clause in here.tables.limits.get(scope, ()) if clause not in self.limits
        ]

    def _given(self) -> dict[tuple[str, str], tuple[int, int] | None]:
        """By clause and group, what all slots give whatever is chosen; `None` where that depends on the choice."""
        given: dict[tuple[str, str], dict[str, list[tuple[int, int]]]] = {}
        for (slot, _), rows in self.derived.gives.items():
            for clause, group, least, most in rows:
                given.setdefault((clause, group), {}).setdefault(slot, []).append((least, most))
        options = {slot.name: len(slot.offers) for slot in self.slots}
        found: dict[tuple[str, str], tuple[int, int] | None] = {}
        for key, by_slot in given.items():
            fixed = all(
                len(amounts) == options[slot] and len(set(amounts)) == 1 for slot, amounts in by_slot.items()
            )
            sums = (sum(amounts[0][at] for amounts in by_slot.values()) for at in (0, 1))
            low, high = sums
            found[key] = (low, high) if fixed else None
        return found

    @property
    def whole(self) -> PostAsked:
        """The case of the structure as a whole."""
        return PostAsked(Subject("", ""), WHOLE)

    @property
    def priced(self) -> dict[str, Priced]:
        """The leaves that look at the sum of costs, by clause."""
        return {leaf.clause: leaf for leaf in self._leaves if isinstance(leaf, Priced)}

    def leaves(self, case: PostAsked, roots: Sequence[str]) -> Iterator[AskedLeaf]:
        """Every leaf under some clauses, as it is asked of a case."""
        self._know(case)
        under = frozenset[str]().union(*(self._here.clauses_under(root) for root in roots))
        demands, leaves = self._tables.demands, self._tables.decider.leaves
        for (clause, bound), (_, variant) in zip(demands, leaves, strict=True):
            if clause.id not in under:
                continue
            found = self._circumstances[case].measure(clause).meets(bound)
            what = clause.measures or ""
            if what in LOOKS and not (what == DELEGATED and case.subject.post != "deputy"):
                delegated = what == DELEGATED
                looks = what, case.group if delegated else WHOLE, self._unnamed(case) if delegated else (0, 0)
                yield AskedLeaf(clause, variant, bound, None, found, looks)
            elif self._priced and self._here.quantities.defines(what) and self._brings(what):
                possible, certain = self._room(what, bound)
                priced = Priced(possible, certain, bound.relation == "more_than", clause.id)
                yield AskedLeaf(clause, variant, bound, priced=priced)
            else:
                yield AskedLeaf(clause, variant, bound, found)

    def _know(self, case: PostAsked) -> None:
        if case not in self._circumstances:
            here = self._here
            self._circumstances[case] = Circumstances(here.organisation, here.quantities, case.subject)

    def _kind(self, clause: str) -> str | None:
        return self._tables.kb.clauses[clause].measures

    @property
    def every_limit(self) -> Sequence[str]:
        """The clauses that bound numbers of posts, in their order."""
        return self._tables.limits.get(self._scope, ())

    # ── what is asked ───────────────────────────────────────────────────────────────────────────

    def asked(self, slot: Slot, number: int, posts: SlotPosts) -> Asked:
        """The clauses that are asked of the posts in a place of an option (numbered from 1)."""
        rows = self.derived.asks.get((slot.name, number), ())
        return tuple((clause, surely) for place, clause, surely in rows if place == posts.place)

    def opening(self, posts: SlotPosts) -> Asked:
        """The clauses that open what posts are, whether they are asked of them or not."""
        subject = posts.subject
        clauses = self._tables.opens.get((self._scope, subject.post, subject.level), ())
        return tuple((clause, True) for clause in clauses)

    @property
    def of_plans(self) -> tuple[str, ...]:
        """The readings of how a plan stands to what is there today."""
        return self._tables.kb.bearing_on("plans")

    def readings_of(self, clause: str) -> tuple[str, ...]:
        """The readings on which it rests that a clause looks at what is chosen."""
        if self._kind(clause) not in self.derived.recalls:
            return ()
        on_holders = self._kind(clause) in ("filled", "vacant")
        bearing = self._tables.kb.bearing_on
        return (*bearing("chosen_posts"), *(bearing("chosen_holders") if on_holders else ()))

    @cached_property
    def clauses(self) -> frozenset[str]:
        """Every clause that may be asked of an option, or of every structure."""
        roots = {clause for rows in self.derived.asks.values() for _, clause, _ in rows} | {*self.every_limit}
        return frozenset(each for root in roots for each in self._here.clauses_under(root))

    @cached_property
    def relied(self) -> tuple[str, ...]:
        """The readings on which the conditions rest: those of the clauses, and of how a structure stands to today."""
        found = {reading for clause in self.clauses for reading in self._tables.kb.clauses[clause].relies}
        standing = (was for slot in self.slots for row in slot.today.values() for was in row)
        if any(was != NOTHING for was in standing):
            found |= set(self.of_plans)
        for clause, _ in self._counters:
            found |= set(self.readings_of(clause))
        return tuple(sorted(found))

    def closed(self, slot: Slot, number: int, posts: SlotPosts) -> bool:
        """Whether no clause opens what an option has in a place."""
        return posts.place in self.derived.closed.get((slot.name, number), ())

    def case(self, slot: Slot, number: int, posts: SlotPosts) -> PostAsked:
        """The case as which posts are asked about."""
        return PostAsked(posts.subject, posts.case, posts.group, self._own(slot, number))

    def _own(self, slot: Slot, number: int) -> tuple[tuple[str, int], ...]:
        gives = self.derived.gives.get((slot.name, number), ())
        return tuple(sorted((clause, least) for clause, group, least, _ in gives if group == slot.name))

    # ── leaves ──────────────────────────────────────────────────────────────────────────────────

    def _leaf(self, case: PostAsked, clause: Clause, bound: Bound) -> Truth | int:
        """What a leaf comes to, or the number of the leaf that couples."""
        found = self._circumstances[case].measure(clause).meets(bound)
        what = clause.measures or ""
        if what in LOOKS:
            first = found if what in self.derived.recalls else True
            if what not in self.derived.weighs or first is False:
                return first
            if what == "planned_in_unit":
                own = dict(case.own).get(clause.id, 0)
                return Ascertained("posts", Interval(Fraction(own), Fraction(own))).meets(bound)
            return self._counted(case, clause, bound, first)
        if self._priced and self._here.quantities.defines(what) and self._brings(what):
            possible, certain = self._room(what, bound)
            return self._number(Priced(possible, certain, bound.relation == "more_than", clause.id))
        return found

    def _counted(self, case: PostAsked, clause: Clause, bound: Bound, first: Truth) -> Truth | int:
        delegated = clause.measures == DELEGATED
        if delegated and case.subject.post != "deputy":
            return first
        key = clause.id, case.group if delegated else WHOLE
        base = self._unnamed(case) if delegated else (0, 0)
        relation, value = bound.relation, bound.value
        constant = self._constant.get(key, (0, 0))
        if constant is not None and not self._open:
            totals = (base[0] + constant[0], base[1] + constant[1])
            return Counted(0, relation, value, first).truth((totals,))
        if key not in self._counters:
            self._counters[key] = len(self._counters)
            self._base[self._counters[key]] = base
        return self._number(Counted(self._counters[key], relation, value, first, clause.id))

    def _unnamed(self, case: PostAsked) -> tuple[int, int]:
        """What an order may name that is not known; units without a head that it names count whatever is chosen."""
        deputy = case.subject.deputy
        known = deputy.delegated if deputy is not None else () if self._here.organisation.deputies else None
        return (0, MANY) if known is None else (0, 0)

    def _number(self, leaf: Leaf) -> int:
        return self._leaves.setdefault(leaf, len(self._leaves))

    @cached_property
    def _bringing(self) -> dict[str, bool]:
        return {}

    def _brings(self, what: str) -> bool:
        """Whether a quantity counts what a structure adds itself."""
        if what not in self._bringing:
            amounts = self._here.quantities.quantity(what).amounts()
            self._bringing[what] = any(amount.id == INCREASE for amount in amounts)
        return self._bringing[what]

    def _room(self, what: str, bound: Bound) -> tuple[int, int]:
        """How much may be added until a quantity surely is, and until it perhaps is, over a bound."""
        values = [
            Establishment(self._tables, self._here.organisation, added).quantities.quantity(what).value
            for added in (0, 1)
        ]
        most = limit(bound, "percent")
        lows = [value.low for value in values]
        highs = [value.high for value in values]
        certain = NEVER if None in highs else last_within([high for high in highs if high is not None], most)
        return last_within(lows, most), certain

    # ── deciding ────────────────────────────────────────────────────────────────────────────────

    def _measure(self, case: PostAsked, roots: Sequence[str]) -> list[Truth | int]:
        self._know(case)
        under = frozenset[str]().union(*(self._here.clauses_under(root) for root in roots))
        return [
            self._leaf(case, clause, bound) if clause.id in under else None
            for clause, bound in self._tables.demands
        ]

    def outcome(self, case: PostAsked, asked: Asked) -> Settled:
        """What the clauses asked of a case come to."""
        key = case, asked
        if key not in self._outcomes:
            self._outcomes[key] = self._decided(case, asked)
        return self._outcomes[key]

    def _decided(self, case: PostAsked, asked: Asked) -> Settled:
        if not asked:
            return Settled(True)
        truths = self._measure(case, [clause for clause, _ in asked])
        # A truth is no number here: True and False are told from the numbers of leaves by their type.
        numbers = [each for each in truths if _is_number(each)]
        decide = self._tables.decider.decide

        def decided(known: Mapping[int, Truth]) -> Truth:
            # mypy: as `_is_number` says
            found = decide([known[each] if _is_number(each) else each for each in truths])  # type: ignore[misc,index]
            return all_of(_binding(found[clause], surely) for clause, surely in asked)

        if not numbers:
            return Settled(decided({}))
        made = demand([int(each) for each in numbers if each is not None], decided)
        if made is None:
            return Settled(True)
        return Settled(made.table[0]) if not made.leaves else Settled(None, made)

    # ── totals ──────────────────────────────────────────────────────────────────────────────────

    def adds(self, slot: Slot, number: int) -> Counts:
        """What an option adds to the counters; to be asked once all outcomes are known."""
        found = [(0, 0)] * len(self._counters)
        for clause, group, least, most in self.derived.gives.get((slot.name, number), ()):
            if (clause, group) in self._counters:
                found[self._counters[clause, group]] = least, most
        return tuple(found)

    def coupling(self, always: Demands = frozenset()) -> Coupling:
        """What ties the choices; to be asked once all outcomes are known."""
        stops = [0] * len(self._counters)
        for leaf in self._leaves:
            if isinstance(leaf, Counted):
                stops[leaf.counter] = max(stops[leaf.counter], leaf.stop)
        base = tuple(self._base[number] for number in range(len(stops)))
        return Coupling(tuple(stops), tuple(self._leaves), base, always)

    @property
    def counters(self) -> Mapping[tuple[str, str], int]:
        """The counters by clause and group."""
        return self._counters

    # ── reasons ─────────────────────────────────────────────────────────────────────────────────

    def node(
        self, case: PostAsked, root: str, counts: Counts | None = None, cost: Cost | None = None
    ) -> Node:
        """The reason tree of a clause for a case, with totals of all choices if they are known."""
        truths = self._measure(case, [root])
        by_number = {number: leaf for leaf, number in self._leaves.items()}

        def known(number: int) -> Truth:
            leaf = by_number[number]
            if isinstance(leaf, Priced):
                return None if cost is None else leaf.truth(cost)
            return leaf.first if counts is None else leaf.truth(counts)

        # mypy: as `_is_number` says
        settled: list[Truth] = [known(int(t)) if _is_number(t) and t is not None else t for t in truths]  # type: ignore[misc]
        found = self._tables.decider.decide(settled)
        of_leaf = dict(zip(self._tables.decider.leaves, truths, strict=True))

        def measure(clause: Clause) -> Ascertained:
            first = self._circumstances[case].measure(clause)
            number = of_leaf.get((clause.id, "default"))
            if clause.measures == "planned_in_unit":
                own = Fraction(dict(case.own).get(clause.id, 0))
                return replace(first, value=Interval(own, own), entries=("plan",), missing=())
            leaf = by_number[number] if _is_number(number) and isinstance(number, int) else None
            if isinstance(leaf, Priced) and cost is not None:
                return self._with_increase(case, clause, cost)
            if isinstance(leaf, Counted) and counts is not None:
                # What counts the posts that are planned has nothing of today to be seen beside.
                seen = first if clause.measures in self.derived.recalls else replace(first, value=None)
                return gravest(seen, leaf, counts)
            return first

        grower = tree.Grower(self._tables.kb.clauses, found, measure, lambda one, bound: one.short_of(bound))
        return grower.grow(root)

    def _with_increase(self, case: PostAsked, clause: Clause, cost: Cost) -> Ascertained:
        own = Interval(Fraction(cost.least), Fraction(cost.most))
        here = Establishment(self._tables, self._here.organisation, own)
        return Circumstances(here.organisation, here.quantities, case.subject).measure(clause)

    def judged(
        self,
        slot: Slot,
        number: int,
        posts: SlotPosts,
        counts: Counts | None = None,
        cost: Cost | None = None,
    ) -> tuple[Truth, Judged | None]:
        """What the posts in a place come to, with the reasons; without any where nothing is asked of them."""
        subject = posts.subject
        if self.closed(slot, number, posts):
            node = self._here.not_printed(self._scope, subject)
            return False, Judged(subject, False, node, unprinted=True)
        asked = self.asked(slot, number, posts)
        if not asked:
            return True, None
        case = self.case(slot, number, posts)
        nodes = [self.node(case, clause, counts, cost) for clause, _ in asked]
        opening = self._tables.opens[self._scope, subject.post, subject.level]
        order = sorted(range(len(nodes)), key=lambda at: asked[at][0] not in opening)
        first, *others = (nodes[at] for at in order)
        truth = all_of(_binding(node.holds, surely) for node, (_, surely) in zip(nodes, asked, strict=True))
        return truth, Judged(subject, truth, first, tuple(others))


def _is_number(value: Truth | int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _binding(truth: Truth, surely: bool) -> Truth:
    return truth if surely or truth is not False else None
