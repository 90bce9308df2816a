"""What refuses a choice is named, and the burden only where it is the burden."""

from __future__ import annotations

from dataclasses import replace

from lgreason.reasoning.structures.coupling import Cost, Counted, Coupling, Demands, Priced, demand
from lgreason.reasoning.structures.space import Facet, Factor, Option, Space

WITHIN = Priced(10, 10, clause="within")
OVER = Priced(10, 10, over=True, clause="over")
FILLED = Counted(0, "at_least", 1, clause="filled")


def asking(*leaves: int) -> Demands:
    found = (demand([leaf], lambda known, leaf=leaf: known[leaf]) for leaf in leaves)
    return frozenset(each for each in found if each is not None)


def choice(name: str, value: str, leaves: tuple[int, ...] = (), cost: int = 0, adds: int = 0) -> Option:
    return Option(value, ((name, value),), ((adds, adds),), asking(*leaves), Cost(cost, cost))


def facet(of: Space, name: str, value: str) -> Facet:
    return next(each for each in of.facets() if (each.choice, each.value) == (name, value))


def space(head: tuple[Option, ...], other: tuple[Option, ...]) -> Space:
    return Space((Factor("head", head), Factor("other", other)), Coupling((1,), (WITHIN, OVER, FILLED)))


def test_a_cheap_choice_is_refused_by_the_post_that_needs_a_filled_head() -> None:
    """Nothing costs more than 4 of 10: the limit stands beside what really refuses, and is not blamed."""
    head = choice("head", "early", (0,), 2), choice("head", "mid", (0,), 4, adds=1)
    found = facet(space(head, (choice("other", "deputy", (2,)),)), "head", "early")
    assert (found.status, found.because, found.clauses) == ("cannot", "coupled", ("filled",))


def test_two_posts_that_ask_the_opposite_of_the_burden_clash() -> None:
    """One needs more than 10, one at most 10: no sum is both; it is no matter of being too dear."""
    head = choice("head", "early", (1,)), choice("head", "mid")
    tied = space(head, (choice("other", "deputy", (0,), 3),))
    dear = Factor("more", (choice("more", "no"), choice("more", "yes", (), 20)))
    found = facet(replace(tied, factors=(*tied.factors, dear)), "head", "early")
    assert (found.because, set(found.clauses)) == ("coupled", {"within", "over"})


def test_what_costs_too_much_is_refused_by_the_burden() -> None:
    head = choice("head", "early", (0,), 11), choice("head", "mid", (0,), 4)
    assert facet(space(head, (choice("other", "none"),)), "head", "early").because == "limit"
