"""What ties the choices of a structure together: counters, a sum of costs, and what is demanded of them.

Every choice adds to some counters and costs something; it may demand that a condition hold which looks at what all
choices add up to. Once the totals are known, each demand is decided by itself: so choices that add the same and
demand the same need never be told apart, and the totals are all that has to be kept of those made so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement, pairwise, product
from typing import NamedTuple

from lgreason.rules.terms import Truth

Counts = tuple[tuple[int, int], ...]
"""For each counter what it surely is at least, and at most; stopped where more makes no difference."""
TRUTHS: tuple[Truth, ...] = (True, False, None)
NEVER = -1
"""A limit that no sum of costs keeps."""


class Cost(NamedTuple):
    """What something costs, at least and at most."""

    least: int = 0
    most: int = 0


NOTHING = Cost()


@dataclass(frozen=True, slots=True)
class Counted:
    """A condition on a counter: at least, at most or more than a bound; `first` is what it comes to today."""

    counter: int
    relation: str
    bound: int
    first: Truth = True
    clause: str = ""

    @property
    def stop(self) -> int:
        """The count beyond which more makes no difference to it."""
        return self.bound if self.relation == "at_least" else self.bound + 1

    def truth(self, counts: Counts) -> Truth:
        """Whether the totals meet it, and it is met without the plan too."""
        low, high = counts[self.counter]
        if self.relation == "at_least":
            now: Truth = True if low >= self.bound else False if high < self.bound else None
        elif self.relation == "at_most":
            now = True if high <= self.bound else False if low > self.bound else None
        else:
            now = True if low > self.bound else False if high <= self.bound else None
        return False if False in (now, self.first) else None if None in (now, self.first) else True


@dataclass(frozen=True, slots=True)
class Priced:
    """A condition on the sum of costs.

    Beyond `possible` the sum surely is too much; up to `certain` it surely is not. `over`: too much is demanded.
    """

    possible: int
    certain: int
    over: bool = False
    clause: str = ""

    def truth(self, cost: Cost) -> Truth:
        """Whether a sum of costs keeps within the limit, or with `over` exceeds it."""
        within = False if cost.least > self.possible else True if cost.most <= self.certain else None
        return within if within is None or not self.over else not within


Leaf = Counted | Priced


@dataclass(frozen=True, slots=True)
class CoupledDemand:
    """That some condition hold, decided by the leaves it looks at: a truth for each of their truths (`TRUTHS`)."""

    leaves: tuple[int, ...]
    table: tuple[Truth, ...]

    def decided(self, truths: Sequence[Truth]) -> Truth:
        """What it comes to, given the truth of every leaf."""
        place = 0
        for leaf in self.leaves:
            place = 3 * place + TRUTHS.index(truths[leaf])
        return self.table[place]


UNSURE = CoupledDemand((), (None,))
"""A condition that is not known whatever else is chosen."""
UNMET = CoupledDemand((), (False,))
"""A condition that fails whatever else is chosen."""


def demand(leaves: Sequence[int], decide: Callable[[dict[int, Truth]], Truth]) -> CoupledDemand | None:
    """The demand that `decide` makes of some leaves; `None` if it holds whatever they come to."""
    needed = tuple(sorted(set(leaves)))
    table = [decide(dict(zip(needed, truths, strict=True))) for truths in product(TRUTHS, repeat=len(needed))]
    first = table[0]
    if all(truth is first for truth in table):
        return None if first is True else CoupledDemand((), (first,))
    return CoupledDemand(needed, tuple(table))


def split(demand: CoupledDemand) -> frozenset[CoupledDemand]:
    """The same as one demand for each leaf, where it asks no more than that they all be as each is asked for.

    So demands that share conditions are told apart no further than they differ.
    """
    if len(demand.leaves) < 2:
        return frozenset((demand,))
    parts = []
    for place, leaf in enumerate(demand.leaves):
        best = [
            max(
                (
                    demand.table[_place((*rest[:place], truth, *rest[place:]))]
                    for rest in product(TRUTHS, repeat=len(demand.leaves) - 1)
                ),
                key=(False, None, True).index,
            )
            for truth in TRUTHS
        ]
        parts.append(CoupledDemand((leaf,), tuple(best)))
    for truths in product(TRUTHS, repeat=len(demand.leaves)):
        found = {part.table[TRUTHS.index(truth)] for part, truth in zip(parts, truths, strict=True)}
        if demand.table[_place(truths)] is not (False if False in found else None if None in found else True):
            return frozenset((demand,))
    return frozenset(part for part in parts if set(part.table) != {True})


def _place(truths: Iterable[Truth]) -> int:
    place = 0
    for truth in truths:
        place = 3 * place + TRUTHS.index(truth)
    return place


Demands = frozenset[CoupledDemand]
Span = tuple[int, int | None]
"""Sums of costs from one to another, both included; an open end is `None`."""
Spans = tuple[Span, ...]
"""Sums of costs, as disjoint ranges."""


@dataclass(eq=False)
class Coupling:
    """The counters (the number beyond which each is stopped; `None`: nowhere), and the leaves that look at them."""

    stops: tuple[int | None, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    base: Counts = ()
    """What the counters stand at before anything is chosen."""
    always: Demands = frozenset()
    """What is demanded of every structure."""
    _spans: dict[tuple[Counts, Demands, bool], Spans] = field(default_factory=dict)

    @property
    def nothing(self) -> Counts:
        """The counters before anything is chosen."""
        return self.added(self.none, self.base) if self.base else self.none

    @property
    def none(self) -> Counts:
        """What adds nothing."""
        return tuple((0, 0) for _ in self.stops)

    def added(self, one: Counts, other: Counts) -> Counts:
        """Two amounts together, stopped."""
        if not self.stops:
            return one
        return tuple(
            (a + c, b + d) if stop is None else (min(stop, a + c), min(stop, b + d))
            for (a, b), (c, d), stop in zip(one, other, self.stops, strict=True)
        )

    def verdict(self, counts: Counts, demands: Demands, cost: Cost) -> Truth:
        """Whether everything that is demanded is so."""
        every = demands | self.always
        if not every:
            return True
        truths = [
            leaf.truth(counts) if isinstance(leaf, Counted) else leaf.truth(cost) for leaf in self.leaves
        ]
        found = {each.decided(truths) for each in every}
        return False if False in found else None if None in found else True

    def failing(self, counts: Counts, demands: Iterable[CoupledDemand], cost: Cost) -> list[CoupledDemand]:
        """Those demands that fail."""
        truths = [
            leaf.truth(counts) if isinstance(leaf, Counted) else leaf.truth(cost) for leaf in self.leaves
        ]
        return [each for each in demands if each.decided(truths) is False]

    @property
    def limits(self) -> list[int]:
        """Every limit that a leaf sets on the sum of costs."""
        priced = [leaf for leaf in self.leaves if isinstance(leaf, Priced)]
        return sorted({limit for leaf in priced for limit in (leaf.possible, leaf.certain)})

    def spans(self, counts: Counts, demands: Demands, sure: bool) -> Spans:
        """The sums of costs that are exactly known with which everything demanded may be (or surely is) so."""
        key = (counts, demands, sure)
        found = self._spans.get(key)
        if found is None:
            found = self._spans[key] = tuple(self._found(counts, demands, sure))
        return found

    def _found(self, counts: Counts, demands: Demands, sure: bool) -> list[Span]:
        kept: list[Span] = []
        for start, end in self.segments:
            truth = self.verdict(counts, demands, Cost(start, start))
            if truth is True or (truth is None and not sure):
                if kept and kept[-1][1] == start - 1:
                    kept[-1] = (kept[-1][0], end)
                else:
                    kept.append((start, end))
        return kept

    @property
    def segments(self) -> Spans:
        """The ranges of sums between which limits lie: all sums of one lie on the same side of each."""
        ends = [limit for limit in self.limits if limit >= 0]
        return tuple(zip((0, *(end + 1 for end in ends)), (*ends, None), strict=True))

    def corners(self, counts: Counts, demands: Demands) -> dict[tuple[int, int], tuple[Span, Span]]:
        """In which segments a sum may lie at least and at most for everything demanded to be so, or not known."""
        segments = self.segments
        return {
            (one, other): (segments[one], segments[other])
            for one, other in combinations_with_replacement(range(len(segments)), 2)
            if self.verdict(counts, demands, Cost(segments[one][0], segments[other][0])) is not False
        }


def joined(spans: Iterable[Spans]) -> Spans:
    """What lies in any of some ranges."""
    kept: list[Span] = []
    for start, end in sorted((span for each in spans for span in each), key=lambda span: span[0]):
        if kept and (kept[-1][1] is None or start <= kept[-1][1] + 1):
            last = kept[-1][1]
            kept[-1] = (kept[-1][0], None if last is None or end is None else max(last, end))
        else:
            kept.append((start, end))
    return tuple(kept)


def before(spans: Spans, cost: int) -> Spans:
    """What the rest may sum up to for the whole, with a cost besides, to lie in some ranges."""
    return tuple(
        (max(0, start - cost), None if end is None else end - cost)
        for start, end in spans
        if end is None or end >= cost
    )


def eased(demand: CoupledDemand, leaves: Sequence[Leaf]) -> frozenset[bool]:
    """How sums of costs ease a demand: by being less (`False`), by being more (`True`), or now so, now so."""
    found: set[bool] = set()
    goodness = {False: 0, None: 1, True: 2}
    for place, leaf in enumerate(demand.leaves):
        of = leaves[leaf]
        if not isinstance(of, Priced):
            continue
        for rest in product(TRUTHS, repeat=len(demand.leaves) - 1):
            values = []
            for truth in (False, None, True):
                at = 0
                for each in (*rest[:place], truth, *rest[place:]):
                    at = 3 * at + TRUTHS.index(each)
                values.append(goodness[demand.table[at]])
            if any(a < b for a, b in pairwise(values)):
                found.add(of.over)
            if any(a > b for a, b in pairwise(values)):
                found.add(not of.over)
    return frozenset(found)


def guesses(demand: CoupledDemand, leaves: Sequence[Leaf]) -> bool:
    """Whether a demand says more of a sum that is not known than it says of it however it may turn out."""
    for place, leaf in enumerate(demand.leaves):
        if not isinstance(leaves[leaf], Priced):
            continue
        for rest in product(TRUTHS, repeat=len(demand.leaves) - 1):
            turned = {demand.table[_place((*rest[:place], truth, *rest[place:]))] for truth in (True, False)}
            open_ = demand.table[_place((*rest[:place], None, *rest[place:]))]
            if open_ is not None and turned != {open_}:
                return True
    return False
