"""What really refuses a choice: the fewest conditions that, by themselves, leave no structure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lgreason.reasoning.structures.combination import Combination
from lgreason.reasoning.structures.coupling import Coupling, Demand, Demands, Leaf, Priced
from lgreason.reasoning.structures.structure import Option, Options
from lgreason.reasoning.structures.sums import LimitReached

Group = frozenset[str]
"""The clauses that one demand looks at: demands of the same clauses are kept or dropped together."""


def refusing(rows: Options, coupling: Coupling, certain: bool = False) -> tuple[Leaf, ...]:
    """The conditions that leave no structure of some rows, none of them needless; none if they cannot be told.

    Found by dropping what is demanded, clause by clause, while still no structure is left.
    """
    demanded = coupling.always.union(*(way.demands for row in rows for option in row for way in option.ways))
    groups = dict.fromkeys(
        sorted((_group(coupling, each) for each in demanded), key=lambda group: (len(group), sorted(group)))
    )
    kept = set(groups)
    try:
        if _possible(rows, coupling, kept, certain):
            return ()
        for group in groups:
            if not _possible(rows, coupling, kept - {group}, certain):
                kept.discard(group)
    except LimitReached:
        return ()
    found = dict.fromkeys(
        leaf
        for each in sorted(demanded, key=lambda demand: demand.leaves)
        if _group(coupling, each) in kept
        for leaf in each.leaves
    )
    return tuple(coupling.leaves[leaf] for leaf in found)


def only_too_dear(leaves: Iterable[Leaf]) -> bool:
    """Whether it is the sum of costs alone that refuses, by being too much."""
    found = tuple(leaves)
    return bool(found) and all(isinstance(leaf, Priced) and not leaf.over for leaf in found)


def _group(coupling: Coupling, demand: Demand) -> Group:
    return frozenset(coupling.leaves[leaf].clause for leaf in demand.leaves)


def _possible(rows: Options, coupling: Coupling, kept: set[Group], certain: bool) -> bool:
    def left(demands: Demands) -> Demands:
        return frozenset(each for each in demands if _group(coupling, each) in kept)

    def eased(option: Option) -> Option:
        others = tuple(replace(way, demands=left(way.demands)) for way in option.others)
        return replace(option, demands=left(option.demands), others=others)

    fewer = Coupling(coupling.stops, coupling.leaves, coupling.base, left(coupling.always))
    total = Combination(tuple(tuple(map(eased, row)) for row in rows), fewer).total
    return (total.sure if certain else total.valid) > 0
