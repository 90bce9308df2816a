"""Spaces of structures made by hand: options that are sure or not, and that are bound to a limit of costs or not."""

from __future__ import annotations

from collections.abc import Mapping

from lgreason.reasoning.structures.coupling import UNSURE, Cost, Coupling, Priced, demand
from lgreason.reasoning.structures.space import Factor, Feature, Option, Space

BOUND = demand([0], lambda known: known[0])


def option(
    value: object,
    features: tuple[Feature, ...] = (),
    sure: bool = True,
    bound: bool = False,
    cost: int = 0,
    measures: Mapping[str, int] | None = None,
) -> Option:
    """An option that demands, if it is bound, that the sum of costs keeps within the limit."""
    assert BOUND is not None
    demands = {UNSURE} if not sure else set()
    if bound:
        demands.add(BOUND)
    return Option(value, features, (), frozenset(demands), Cost(cost, cost), measures or {})


def space(factors: tuple[Factor, ...], limit: int | None = None) -> Space:
    """The space over some factors, with a limit on the sum of costs."""
    most = 10**30 if limit is None else limit
    return Space(factors, Coupling(leaves=(Priced(most, most),)))


def is_bound(of: Option) -> bool:
    """Whether an option demands that the sum keeps within the limit."""
    return BOUND in of.demands


def is_sure(of: Option) -> bool:
    """Whether nothing about an option is not known."""
    return UNSURE not in of.demands


def limit_of(of: Space) -> int:
    """The limit of a space."""
    (leaf,) = of.coupling.leaves
    assert isinstance(leaf, Priced)
    return leaf.possible
