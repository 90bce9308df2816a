"""The options of a structure as facts, and what the program of options (kb/options.lp) derives from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lgreason.files.organisation.organisation import RANKS, Organisation
from lgreason.reasoning.organisations.establishment import Tables
from lgreason.reasoning.structures.slots import Slot
from lgreason.rules.knowledge import OPTIONS
from lgreason.rules.solver.grounding import derived
from lgreason.rules.terms import Fn, Value, constant

COUNTING = ("planned", "planned_in_unit", "filled", "vacant")
DELEGATED = "delegated"
LOOKS = frozenset({*COUNTING, DELEGATED})
"""What a clause may measure that looks at other posts than the one that is asked about."""
WANTED = ("asks", "closed", "gives", "weighs", "recalls")


@dataclass(frozen=True, slots=True)
class Derived:
    """What options ask and give: by slot and option, and whether counts look at the posts chosen, or at today's."""

    asks: Mapping[tuple[str, int], list[tuple[str, str, bool]]]
    """Place, clause, and whether it surely is asked."""
    closed: Mapping[tuple[str, int], list[str]]
    gives: Mapping[tuple[str, int], list[tuple[str, str, int, int]]]
    """Clause, group, at least, at most."""
    weighs: frozenset[str]
    recalls: frozenset[str]
    counters: Mapping[tuple[str, str], int] = field(default_factory=dict)


def facts(tables: Tables, organisation: Organisation, slots: Sequence[Slot], scope: Fn) -> Iterator[Fn]:
    """The options as facts for kb/options.lp."""
    for slot in slots:
        for place, standings in slot.today.items():
            for standing in standings:
                was = (slot.name, place, Fn(standing.post), Fn(standing.level), standing.number)
                yield Fn("was", was)
        for place, filled in slot.held.items():
            yield Fn("held", (slot.name, place, Fn("yes" if filled else "no")))
        for number, offer in enumerate(slot.offers, 1):
            yield Fn("option", (slot.name, number))
            if offer.there and slot.unit is not None:
                yield Fn("there", (slot.name, number))
            for posts in offer.posts:
                subject = posts.subject
                what: tuple[Value, ...] = (posts.place, Fn(subject.post), Fn(subject.level), posts.number)
                yield Fn("has", (slot.name, number, *what))
    yield from _orders(organisation, slots)
    for level, rank in RANKS.items():
        yield Fn("rank", (Fn(level), rank))
    for (of, post, level), clauses in tables.opens.items():
        if of == scope:
            yield from (Fn("opens", (Fn(post), Fn(level), clause)) for clause in clauses)
    for (of, post), clause in tables.sets_up.items():
        if of == scope:
            yield Fn("sets_up", (Fn(post), clause))
    for predicate in ("heads", "always"):
        yield from (Fn(predicate, row) for row in tables.kb.rows(predicate))
    for bearing in ("plans", "chosen_posts", "chosen_holders"):
        for identity in tables.kb.bearing_on(bearing):
            yield Fn("reading", (identity, Fn(tables.kb.readings[identity].chosen)))
    yield from _counted(tables)


def _orders(organisation: Organisation, slots: Sequence[Slot]) -> Iterator[Fn]:
    done = set()
    for slot in slots:
        for offer in slot.offers:
            for posts in offer.posts:
                deputy = posts.subject.deputy
                if deputy is None or posts.group in done:
                    continue
                done.add(posts.group)
                for unit in dict.fromkeys(deputy.delegated or ()):
                    if organisation.unit(unit) is not None:
                        yield Fn("order", (posts.group, f"units.{unit}"))


def _counted(tables: Tables) -> Iterator[Fn]:
    for clause in tables.clauses:
        if clause.measures in COUNTING:
            for what in clause.counts:
                names = tuple(Fn(constant(argument)) for argument in what.args)
                yield Fn("counted", (clause.id, Fn(clause.measures), *names))
        elif clause.measures == DELEGATED:
            for what in clause.counts:
                yield Fn("screened", (clause.id, *(Fn(constant(argument)) for argument in what.args)))


def derive(tables: Tables, organisation: Organisation, slots: Sequence[Slot], scope: Fn) -> Derived:
    """What the options ask and give.

    The amounts of a file have no part in it: a plan that is judged again with other amounts asks and gives the same.
    """
    return _of_facts(tables.kb.library.root / OPTIONS, tuple(facts(tables, organisation, slots, scope)))


@lru_cache(maxsize=64)
def _of_facts(program: Path, stated: tuple[Fn, ...]) -> Derived:
    rows = derived([program], stated, WANTED)
    asks: dict[tuple[str, int], list[tuple[str, str, bool]]] = {}
    closed: dict[tuple[str, int], list[str]] = {}
    gives: dict[tuple[str, int], list[tuple[str, str, int, int]]] = {}
    for slot, number, place, clause, surely in rows["asks"]:
        asks.setdefault((str(slot), _int(number)), []).append(
            (str(place), str(clause), constant(surely) == "yes")
        )
    for slot, number, place in rows["closed"]:
        closed.setdefault((str(slot), _int(number)), []).append(str(place))
    for clause, group, slot, number, least, most in rows["gives"]:
        of = group if isinstance(group, str) else constant(group)
        gives.setdefault((str(slot), _int(number)), []).append((str(clause), of, _int(least), _int(most)))
    for rows_of in asks.values():
        rows_of.sort()
    weighs, recalls = (frozenset(constant(what) for (what,) in rows[name]) for name in ("weighs", "recalls"))
    return Derived(asks, closed, gives, weighs, recalls)


def _int(value: Value) -> int:
    assert isinstance(value, int)
    return value
