"""Which sums of costs leave the beginning of a structure a valid end, worked out from the last factor backwards.

Where every cost is exactly known these are ranges of the sum, and nothing else has an end. Where only bounds are
known, what a sum is at least and at most are held apart: conditions may each be not known of a sum that lies across a
limit, though no amount meets them all. Then the ranges are ample: what is listed is judged once more.
"""

from __future__ import annotations

from collections.abc import Mapping

from lgreason.reasoning.structures.coupling import (
    Cost,
    Counts,
    Coupling,
    Demands,
    Span,
    Spans,
    before,
    joined,
)
from lgreason.reasoning.structures.structure import Options

State = tuple[Counts, Demands]
Corners = Mapping[tuple[int, int], tuple[Span, Span]]
"""By the segments between limits in which the whole lies at least and at most: the ranges of both so far."""


class Rooms:
    """The costs of beginnings that have a valid end."""

    def __init__(self, options: Options, coupling: Coupling) -> None:
        """Take the options of each factor, and what ties them."""
        self._options = options
        self._coupling = coupling
        self._exact = all(w.price.least == w.price.most for row in options for o in row for w in o.ways)
        self._spans: list[dict[State, Spans]] = [{} for _ in range(len(options) + 1)]
        self._corners: list[dict[State, Corners]] = [{} for _ in range(len(options) + 1)]

    def has_an_end(self, counts: Counts, demands: Demands, cost: Cost, at: int) -> bool:
        """Whether what was added, demanded and paid before a factor may become a valid structure."""
        low, high = cost
        if self._exact:
            return any(_lies(low, span) for span in self._spans_of((counts, demands), at))
        corners = self._corners_of((counts, demands), at).values()
        return any(_lies(low, least) and _lies(high, most) for least, most in corners)

    def _ways(self, state: State, at: int) -> dict[tuple[State, Cost], None]:
        """What the options of a factor make of a state, and what they cost."""
        counts, asked = state
        ways = dict.fromkeys(
            (way.adds, way.demands, way.price) for option in self._options[at] for way in option.ways
        )
        added = self._coupling.added
        return dict.fromkeys(
            ((added(counts, adds) if adds else counts, asked | demands), price)
            for adds, demands, price in ways
        )

    def _spans_of(self, state: State, at: int) -> Spans:
        found = self._spans[at].get(state)
        if found is None:
            if at == len(self._options):
                found = self._coupling.spans(*state, False)
            else:
                rest = self._ways(state, at)
                found = joined(before(self._spans_of(of, at + 1), price.least) for of, price in rest)
            self._spans[at][state] = found
        return found

    def _corners_of(self, state: State, at: int) -> Corners:
        found = self._corners[at].get(state)
        if found is None:
            last = at == len(self._options)
            found = self._coupling.corners(*state) if last else self._before(state, at)
            self._corners[at][state] = found
        return found

    def _before(self, state: State, at: int) -> Corners:
        made: dict[tuple[int, int], tuple[Span, Span]] = {}
        for of, price in self._ways(state, at):
            for key, (least, most) in self._corners_of(of, at + 1).items():
                low, high = _less(least, price.least), _less(most, price.most)
                if low is None or high is None:
                    continue
                other = made.get(key)
                made[key] = (low, high) if other is None else (_hull(low, other[0]), _hull(high, other[1]))
        return made


def _lies(cost: int, span: Span) -> bool:
    return cost >= span[0] and (span[1] is None or cost <= span[1])


def _less(span: Span, cost: int) -> Span | None:
    (found,) = before((span,), cost) or (None,)
    return found


def _hull(one: Span, other: Span) -> Span:
    end = None if one[1] is None or other[1] is None else max(one[1], other[1])
    return min(one[0], other[0]), end
