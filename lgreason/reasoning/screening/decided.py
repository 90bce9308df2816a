"""Deciding in columns: distinct vectors of leaf truths are decided once by the theory, and joined back.

Each function says of every person what its namesake of `eligibility` says of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lgreason.reasoning.screening.calendar import FIRST, NEVER, Ints
from lgreason.reasoning.screening.reaches import DIGIT, HOLDS, Reaches
from lgreason.rules.terms import Truth

if TYPE_CHECKING:
    from lgreason.rules.decider import Decider

TRUTHS: tuple[Truth, ...] = (False, None, True)
_MOST_LEAVES = 12
"""With more, vectors are looked up one by one, not in a table of them all."""
Small = NDArray[np.int8]


@dataclass
class Root:
    """A clause that opens positions: the leaves that bear on it, by number, and what each vector of them comes to."""

    decider: Decider
    clause: str
    leaves: tuple[int, ...]
    _known: dict[int, int] = field(default_factory=dict)
    _table: Small | None = None

    def truths(self, codes: Ints) -> Small:
        """What the clause comes to for each vector of leaf truths."""
        if len(self.leaves) > _MOST_LEAVES:
            distinct, back = np.unique(codes, return_inverse=True)
            return np.array([self._decide(code) for code in distinct.tolist()], dtype=np.int8)[back]
        if self._table is None:
            self._table = np.full(3 ** len(self.leaves), -1, dtype=np.int8)
        found = self._table[codes]
        if len(found) and found.min() < 0:
            for code in np.unique(codes[found < 0]).tolist():
                self._table[code] = self._decide(code)
            found = self._table[codes]
        return found

    def _decide(self, code: int) -> int:
        if code not in self._known:
            self._known[code] = DIGIT[self.decider.decide(self.vector(code))[self.clause]]
        return self._known[code]

    def vector(self, code: int) -> list[Truth]:
        """The truth of every leaf of the theory that a number stands for; `None` where it does not bear on this."""
        given: list[Truth] = [None] * len(self.decider.leaves)
        for leaf in self.leaves:
            code, digit = divmod(code, 3)
            given[leaf] = TRUTHS[digit]
        return given


def codes(reaches: Sequence[Reaches], rows: Ints | None, day: int | Ints) -> Ints:
    """The vector of leaf truths of each of some persons (all, if none are named) on a day, or on a day of each."""
    size = len(rows) if rows is not None else reaches[0].size if reaches else 0
    result = np.zeros(size, dtype=np.int64)
    for reach in reversed(reaches):
        result *= 3
        result += reach.digits(rows, day)
    return result


def first_day(root: Root, reaches: Sequence[Reaches], rows: Ints, day: int) -> Ints:
    """The first day after `day` on which the clause holds, for each of some persons for whom it does not on `day`."""
    found = np.full(len(rows), NEVER, dtype=np.int64)
    for turns in _turns(reaches):
        candidates = turns[rows]
        open_ = np.nonzero((candidates > day) & (candidates < found))[0]
        if len(open_):
            held = root.truths(codes(reaches, rows[open_], candidates[open_])) == HOLDS
            found[open_[held]] = candidates[open_[held]]
    return found


def holds_since(root: Root, reaches: Sequence[Reaches], rows: Ints, day: int) -> Ints:
    """The day since which the clause has held for each of some persons for whom it holds on `day`.

    `FIRST` where that is before all record.
    """
    since = np.full(len(rows), day, dtype=np.int64)
    if not len(rows):
        return since
    turns = [np.full(len(rows), FIRST, dtype=np.int64)]
    turns += [np.where(each[rows] <= day, each[rows], FIRST) for each in _turns(reaches)]
    earlier = np.sort(np.stack(turns, axis=1), axis=1)[:, ::-1]
    open_ = np.arange(len(rows))
    for number in range(earlier.shape[1]):
        candidates = earlier[open_, number]
        held = root.truths(codes(reaches, rows[open_], candidates)) == HOLDS
        open_ = open_[held]
        since[open_] = candidates[held]
        if not len(open_):
            break
    return since


def _turns(reaches: Sequence[Reaches]) -> list[Ints]:
    """The days on which a leaf may change: its bound is reached, or lapses."""
    return [turn for reach in reaches for turn in reach.turns()]
