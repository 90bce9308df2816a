"""What really refuses a choice: the fewest conditions that, by themselves, leave no structure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from lgreason.reasoning.structures.combination import Combination
from lgreason.reasoning.structures.coupling import CoupledDemand, Coupling, Demands, Leaf, Priced
from lgreason.reasoning.structures.structure import Option, Options
from lgreason.reasoning.structures.sums import LimitReached

Group = frozenset[str]
"""The clauses that one demand looks at: demands of the same clauses are kept or dropped together."""


def refusing(
    rows: Options, coupling: Coupling, certain: bool = False, too_dear: bool = False
) -> tuple[Leaf, ...]:
    """The conditions that leave no structure of some rows, none of them needless; none if they cannot be told.

    Found by dropping what is demanded, clause by clause, while still no structure is left. `too_dear`: it is known
    that the limits of the sum of costs are enough to leave none, and which of them is all that is asked.
    """
    if not all(rows):
        return ()
    demanded = coupling.always.union(*(way.demands for row in rows for option in row for way in option.ways))
    groups = dict.fromkeys(
        sorted((_group(coupling, each) for each in demanded), key=lambda group: (len(group), sorted(group)))
    )
    limits = _limits(coupling)
    kept = {group for group in groups if group <= limits} if too_dear else set(groups)
    try:
        if not too_dear and _possible(rows, coupling, kept, certain):
            return ()
        for group in groups:
            # The last one is needed: where nothing is demanded, every row has a choice.
            if group in kept and len(kept) > 1 and not _possible(rows, coupling, kept - {group}, certain):
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


def limited_alone(rows: Options, coupling: Coupling) -> Combination:
    """Some rows where nothing but the limits of the sum of costs is demanded."""
    limits = _limits(coupling)
    return _demanding(rows, coupling, lambda group: group <= limits)


def only_too_dear(leaves: Iterable[Leaf]) -> bool:
    """Whether it is the sum of costs alone that refuses, by being too much."""
    found = tuple(leaves)
    return bool(found) and all(map(_limits_costs, found))


def _limits_costs(leaf: Leaf) -> bool:
    return isinstance(leaf, Priced) and not leaf.over


def _limits(coupling: Coupling) -> Group:
    """The clauses that limit the sum of costs, and look at nothing else."""
    others = {leaf.clause for leaf in coupling.leaves if not _limits_costs(leaf)}
    return frozenset(leaf.clause for leaf in coupling.leaves) - others


def _group(coupling: Coupling, demand: CoupledDemand) -> Group:
    return frozenset(coupling.leaves[leaf].clause for leaf in demand.leaves)


def _possible(rows: Options, coupling: Coupling, kept: set[Group], certain: bool) -> bool:
    total = _demanding(rows, coupling, kept.__contains__).total
    return (total.sure if certain else total.valid) > 0


def _demanding(rows: Options, coupling: Coupling, kept: Callable[[Group], bool]) -> Combination:
    """Some rows where only the demands that look at certain clauses are made."""

    def left(demands: Demands) -> Demands:
        return frozenset(each for each in demands if kept(_group(coupling, each)))

    def eased(option: Option) -> Option:
        others = tuple(replace(way, demands=left(way.demands)) for way in option.others)
        return replace(option, demands=left(option.demands), others=others)

    fewer = Coupling(coupling.stops, coupling.leaves, coupling.base, left(coupling.always))
    return Combination(tuple(tuple(map(eased, row)) for row in rows), fewer)
