"""The structures of an organisation as a complete answer-set program: what was solved, for plain clingo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import gcd

from lgreason.reasoning.structures.asked import PostAsked
from lgreason.reasoning.structures.choices import Structures
from lgreason.reasoning.structures.conditions import Conditions
from lgreason.reasoning.structures.coupling import Cost
from lgreason.reasoning.structures.grounding import facts as facts_of_options
from lgreason.reasoning.structures.sums import LimitReached
from lgreason.rules.knowledge import OPTIONS, STRUCTURES
from lgreason.rules.model import structure, tree
from lgreason.rules.solver.control import text
from lgreason.rules.terms import DEFAULT, Fn, Value

GREATEST = 2**31 - 1
"""The greatest integer of clingo; beyond, numbers wrap around."""
MOST_WEIGHT = 2**30
"""What all weights of one sum may come to, chosen or not: beyond twice that, clingo fails."""
WHOLE = Fn("whole")


def program(structures: Structures) -> str:
    """The theory, the encoding of structures, and the case as facts, as text for clingo.

    Whatever a file holds reaches the program as quoted strings. Raises `LimitReached` if costs are so large that
    their halves do not fit into clingo's integers either.
    """
    root = structures.tables.kb.library.root
    parts = [(root / name).read_text(encoding="utf-8") for name in ("theory.lp", OPTIONS, STRUCTURES)]
    return "\n".join((*parts, *(text(fact) for fact in facts(structures)))) + "\n"


def facts(structures: Structures) -> Iterator[Fn]:
    """The case: the options, what is asked of them and measured, and what they cost."""
    conditions = structures.conditions
    tables, slots = structures.tables, structures.slots
    structures.space  # noqa: B018  (the outcomes are worked out, so that every case is known)
    for slot in slots:
        yield Fn("slot", (slot.name,))
    yield from facts_of_options(tables, structures.organisation, slots, structures.scope)
    yield from _choices(structures)
    for clause in conditions.limits:
        yield Fn("limits", (clause,))
    for clause in conditions.limits_in_unit:
        yield from (Fn("limits", (clause, slot.name)) for slot in slots if slot.unit is not None)
    roots: dict[str, None] = {}
    cases: dict[Fn, PostAsked] = {WHOLE: conditions.whole}
    asked: dict[Fn, dict[str, None]] = {WHOLE: dict.fromkeys(conditions.limits)}
    for slot in slots:
        for number, offer in enumerate(slot.offers, 1):
            for posts in offer.posts:
                case = conditions.case(slot, number, posts)
                of = Fn("case", (case.name,))
                cases.setdefault(of, case)
                yield Fn("at", (slot.name, number, posts.place, of))
                asked.setdefault(of, {}).update(
                    {clause: None for clause, _ in conditions.asked(slot, number, posts)}
                )
            if slot.unit is not None and offer.posts:
                within = Fn("in", (slot.name,))
                cases.setdefault(within, conditions.case(slot, number, offer.posts[0]))
                asked[within] = dict.fromkeys(conditions.limits_in_unit)
    for clauses in asked.values():
        roots |= clauses
    yield from structure(tree(tables.kb.clauses, tuple(roots)))
    bases: dict[Fn, None] = {}
    for of, case in cases.items():
        for fact in _measured(conditions, of, case, list(asked[of])):
            if fact.name == "base":
                bases[fact] = None
            else:
                yield fact
    yield from bases
    if structures.costs is not None:
        yield from _prices(structures)


def _choices(structures: Structures) -> Iterator[Fn]:
    levels = structures.levels("deputy")
    listed = [slot for slot in structures.slots if slot.group is not None]
    names = ("deputies", *(f"deputies.{level}" for level in levels))
    for name in names:
        yield Fn("tally", (name,))
        yield Fn("upto", (name, structures.most_deputies))
    for slot in structures.slots:
        for number, offer in enumerate(slot.offers, 1):
            for choice, value in offer.features:
                yield Fn(
                    "settles", (slot.name, number, choice, Fn(value) if isinstance(value, str) else value)
                )
            if slot.group is not None and offer.posts:
                level = offer.posts[0].subject.level
                for name in ("deputies", f"deputies.{level}"):
                    yield Fn("tallies", (slot.name, number, name, 1))
    for slot in listed:
        if slot.twin is not None:
            yield Fn("twins", (slot.twin, slot.name))


def _measured(conditions: Conditions, of: Value, case: PostAsked, roots: Sequence[str]) -> Iterator[Fn]:
    """What every leaf under some clauses comes to for a case, or how it looks at what is chosen."""
    for leaf in conditions.leaves(case, roots):
        variant: Value = Fn(DEFAULT) if leaf.variant == DEFAULT else leaf.variant
        slot: tuple[Value, ...] = (leaf.clause.id, of, variant)
        if leaf.looks is not None:
            sort, group, base = leaf.looks
            where: Value = (
                WHOLE
                if group == "whole"
                else f"units.{case.subject.unit.id}"
                if (sort == "planned_in_unit" and case.subject.unit)
                else group
            )
            bound = leaf.bound
            yield Fn("looks", (*slot, Fn(sort), where, Fn(bound.relation), bound.value))
            if leaf.first is not None:
                yield Fn("today", (*slot, Fn("yes" if leaf.first else "no")))
            if base != (0, 0):
                yield Fn("base", (leaf.clause.id, where, *base))
        elif leaf.priced is not None:
            over = leaf.priced.over
            least, most = Fn("least"), Fn("most")
            beyond, within = Fn("beyond"), Fn("within")
            met, unmet = Fn("met"), Fn("unmet")
            possible = Fn("possible", (leaf.clause.id,))
            certain = Fn("certain", (leaf.clause.id,))
            yield Fn("priced", (*slot, met if over else unmet, least, beyond, possible))
            yield Fn("priced", (*slot, unmet if over else met, most, within, certain))
        elif leaf.truth is not None:
            yield Fn("met" if leaf.truth else "unmet", slot)


# ── costs ───────────────────────────────────────────────────────────────────────────────────────


def _prices(structures: Structures) -> Iterator[Fn]:
    """The costs and the limits in two parts: exact whatever their size.

    Only units that all costs share matter. With costs h·B + l and a limit's successor H·B + R, a sum is over the
    limit if and only if for some carry k the high parts reach H − k and the low parts k·B + R; a carry of −1 says
    that the high parts alone are too many.
    """
    prices = {
        (slot.name, number): structures.price(slot, offer)
        for slot in structures.slots
        for number, offer in enumerate(slot.offers, 1)
    }
    unit = gcd(*(cost for price in prices.values() for cost in price)) or 1
    base = MOST_WEIGHT // (len(prices) + 1)
    limits = structures.conditions.priced
    for which in ("least", "most"):
        yield from _digits(which, prices, unit, base)
        by_slot: dict[str, list[tuple[int, int]]] = {}
        for (slot, _), price in prices.items():
            by_slot.setdefault(slot, []).append(divmod(_of(price, which) // unit, base))
        highs = sum(max(high for high, _ in row) for row in by_slot.values())
        lows = sum(max(low for _, low in row) for row in by_slot.values())
        if highs > MOST_WEIGHT:
            raise LimitReached(MOST_WEIGHT)
        name = "possible" if which == "least" else "certain"
        for clause, leaf in limits.items():
            limit = leaf.possible if which == "least" else leaf.certain
            bar = limit // unit + 1 if limit >= 0 else 0
            whole, rest = divmod(bar, base)
            for carry in range(-1, len(by_slot) + 1):
                reach, remain = max(0, whole - carry), max(0, carry * base + rest)
                if reach <= highs and remain <= lows:
                    yield Fn("over", (Fn(which), Fn(name, (clause,)), reach, remain))


def _digits(which: str, prices: dict[tuple[str, int], Cost], unit: int, base: int) -> Iterator[Fn]:
    for (slot, number), price in prices.items():
        high, low = divmod(_of(price, which) // unit, base)
        if high:
            yield Fn("high", (Fn(which), slot, number, high))
        if low:
            yield Fn("low", (Fn(which), slot, number, low))


def _of(price: Cost, which: str) -> int:
    return price.least if which == "least" else price.most
