"""What the values of quantities of organisations have to do with one another, by how they are calculated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product

from lgreason.reasoning.organisations.quantities import FULL_SCORE, Quantity
from lgreason.reasoning.rulesets.amounts import definition, quantities_of, tree_of
from lgreason.reasoning.rulesets.bounds import Stretch
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.terms import Value

Asked = tuple[str, Stretch]
"""A quantity, and the values that meet a demand on it."""
MOST_ASKED = 8
MOST_TOGETHER = 4
"""Up to so many demands are looked at together."""


class Bearing:
    """The quantities of one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Take the definitions."""
        self._kb = kb
        self._trees: dict[str, Quantity | None] = {}

    @cached_property
    def _defined(self) -> bool:
        return bool(self._kb.rows("quantity"))

    def tree(self, measure: str) -> Quantity | None:
        """How a quantity is calculated; `None` for what is not calculated."""
        if measure not in self._trees:
            # How an amount belongs to a quantity does not depend on the type: only the clause that is cited does.
            self._trees[measure] = (
                tree_of(quantities_of(self._kb, "municipality"), measure) if self._defined else None
            )
        return self._trees[measure]

    def definition(self, measure: str) -> Value:
        """How a quantity is calculated; empty for what is not."""
        return definition(self.tree(measure))

    def never(self, asked: Sequence[Asked]) -> Iterator[tuple[tuple[int, bool], ...]]:
        """Which demands can never be met (`True`) and not met together, by their numbers; no set within another."""
        known = [n for n, (measure, _) in enumerate(asked) if self.tree(measure) is not None]
        for group in self._together(asked, known):
            found: list[frozenset[tuple[int, bool]]] = []
            for size in range(2, MOST_TOGETHER + 1):
                for numbers in combinations(group[:MOST_ASKED], size):
                    if len({asked[n][0] for n in numbers}) < 2:
                        continue  # two demands on one quantity are compared by their bounds alone
                    for truths in product((True, False), repeat=size):
                        one = frozenset(zip(numbers, truths, strict=True))
                        if not any(less <= one for less in found) and self._impossible(asked, one):
                            found.append(one)
            yield from (tuple(sorted(each)) for each in found)

    def _together(self, asked: Sequence[Asked], numbers: Sequence[int]) -> list[list[int]]:
        """The demands in groups that rest on no amount of another group."""
        groups: list[tuple[set[str], list[int]]] = []
        for number in numbers:
            tree = self.tree(asked[number][0])
            amounts = {step.id for step in _all(tree) if not step.terms} if tree is not None else set()
            meets = [group for group in groups if group[0] & amounts]
            groups = [group for group in groups if group not in meets]
            amounts = amounts.union(*(group[0] for group in meets))
            groups.append((amounts, sorted({number, *(n for group in meets for n in group[1])})))
        return [group for _, group in groups if len(group) > 1]

    def _impossible(self, asked: Sequence[Asked], one: frozenset[tuple[int, bool]]) -> bool:
        """Whether no amounts meet some demands and miss others, as far as the ranges of quantities show."""
        given: dict[str, Stretch] = {}
        for number, met in one:
            measure, values = asked[number]
            wanted = values if met else _outside(values)
            if wanted is None:
                return False
            given[measure] = given.get(measure, Stretch()).meet(wanted)
        if any(values.empty for values in given.values()):
            return False
        for measure, values in given.items():
            tree = self.tree(measure)
            below = {other: held for other, held in given.items() if other != measure}
            if tree is not None and _range(tree, below).meet(values).empty:
                return True
        return False


def _all(tree: Quantity) -> Iterator[Quantity]:
    yield tree
    for term in tree.terms:
        yield from _all(term.quantity)


def _outside(values: Stretch) -> Stretch | None:
    """The values beside a stretch that has one end."""
    if values.low is not None and values.high is None:
        return Stretch(high=values.low, open_high=not values.open_low)
    if values.high is not None and values.low is None:
        return Stretch(low=values.high, open_low=not values.open_high)
    return None


def _range(of: Quantity, given: Mapping[str, Stretch]) -> Stretch:
    """The values that a quantity may have where others have values of some stretches."""
    score = of.unit == "percent" and (of.operation == "amount" or (of.operation == "mean" and not of.terms))
    found = Stretch(Fraction(0), Fraction(FULL_SCORE)) if score else Stretch(low=Fraction(0))
    if of.operation == "mean" and of.terms:
        found = _mean([_range(term.quantity, given) for term in of.terms])
    elif of.operation == "sum" and all(term.sign > 0 for term in of.terms):
        found = _sum([_range(term.quantity, given) for term in of.terms])
    return found.meet(given[of.id]) if of.id in given else found


def _sum(parts: Sequence[Stretch]) -> Stretch:
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    low = sum((each for each in lows if each is not None), Fraction(0)) if None not in lows else None
    high = sum((each for each in highs if each is not None), Fraction(0)) if None not in highs else None
    open_low, open_high = any(part.open_low for part in parts), any(part.open_high for part in parts)
    return Stretch(low, high, open_low and low is not None, open_high and high is not None)


def _mean(parts: Sequence[Stretch]) -> Stretch:
    whole, number = _sum(parts), len(parts)
    low = None if whole.low is None else whole.low / number
    return Stretch(low, None if whole.high is None else whole.high / number, whole.open_low, whole.open_high)
