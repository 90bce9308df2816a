"""What judges clause trees of any subject: the theory grounded over them, and what each of its leaves demands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Bound, Clause, tree
from lgreason.rules.terms import Truth

if TYPE_CHECKING:
    from lgreason.rules.solver.deciding import Flipper

MOST_SETS = 1_000
"""So many minimal sets of leaves are looked at; regulations ask for tens."""


class Demand(NamedTuple):
    """What a leaf of the theory demands: a clause that measures, and the bound that it is held against."""

    clause: Clause
    bound: Bound


class TreeJudge:
    """Clause trees of one knowledge base, ready to be decided; the ground theory is kept warm."""

    def __init__(self, kb: KnowledgeBase, clauses: tuple[Clause, ...], like: TreeJudge | None = None) -> None:
        """Ground the theory over the clauses of the trees; `like` judges trees of the same structure."""
        self.kb = kb
        self.clauses = clauses
        self.demands: list[Demand]
        """What each leaf of the theory demands, in its order."""
        if like is None:
            self.decider = kb.library.decider(clauses)
            demands = {(c.id, variant): Demand(c, bound) for c in clauses for variant, bound in c.bounds()}
            self.demands = [demands[leaf] for leaf in self.decider.leaves]
            self._under: dict[str, frozenset[str]] = {}
        else:
            self.decider, self._under, of = like.decider, like._under, kb.clauses
            self.demands = [Demand(of[clause.id], bound) for clause, bound in like.demands]
        self._leaves: dict[str, tuple[int, ...]] = {}

    @cached_property
    def _flipper(self) -> Flipper:
        return self.kb.library.flipper(self.clauses)

    def clauses_under(self, root: str) -> frozenset[str]:
        """The ids of the clauses on which a clause depends, itself included."""
        if root not in self._under:
            self._under[root] = frozenset(clause.id for clause in tree(self.kb.clauses, (root,)))
        return self._under[root]

    def leaves_under(self, root: str) -> tuple[int, ...]:
        """The numbers of the leaves that bear on a clause."""
        if root not in self._leaves:
            under = self.clauses_under(root)
            self._leaves[root] = tuple(
                n for n, demand in enumerate(self.demands) if demand.clause.id in under
            )
        return self._leaves[root]

    def minimal(
        self, root: str, truths: Sequence[Truth], open_: Collection[int]
    ) -> tuple[list[frozenset[int]], bool]:
        """The minimal sets of open leaves that would have to be met for a clause to hold, and whether that is all.

        `truths` are those of the leaves as they stand, `open_` the numbers of those that can come to be met.
        """
        sets = self._flipper.minimal(root, truths, open_, MOST_SETS + 1)
        return sets[:MOST_SETS], len(sets) <= MOST_SETS
