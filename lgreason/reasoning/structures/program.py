"""A space of structures as a complete answer-set program, of which plain clingo enumerates the same structures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import gcd
from pathlib import Path

from lgreason.reasoning.structures.space import FeatureValue, Space
from lgreason.reasoning.structures.structure import Options
from lgreason.reasoning.structures.sums import LimitReached
from lgreason.rules.solver import text
from lgreason.rules.terms import Fn, Value

GREATEST = 2**31 - 1
"""The greatest integer of clingo; beyond, numbers wrap around."""
MOST_WEIGHT = 2**30
"""What all weights of one sum may come to, chosen or not: beyond twice that, clingo fails."""


def program(space: Space, root: Path) -> str:
    """The encoding (`root` is the folder of the knowledge base) and the options that are open, as text for clingo.

    Whatever the options hold reaches the program as quoted strings. Raises `LimitReached` if costs are so large
    that their halves do not fit into clingo's integers either.
    """
    encoding = (root / "structures.lp").read_text(encoding="utf-8")
    return encoding + "\n" + "\n".join(text(fact) for fact in facts(space)) + "\n"


def facts(space: Space) -> Iterator[Fn]:
    """The options that are open, as facts."""
    for factor, options in zip(space.factors, space.open, strict=True):
        yield Fn("factor", (factor.name,))
        for number, option in enumerate(options, 1):
            slot: tuple[Value, ...] = (factor.name, number)
            yield Fn("option", slot)
            for choice, value in option.features:
                yield Fn("settles", (*slot, choice, _small(value)))
            if not option.sure:
                yield Fn("unsure", slot)
            if option.bound:
                yield Fn("bound", slot)
            if option.at_worst().bound:
                yield Fn("worse", slot)
    if space.limit is not None and all(space.open):
        names = [factor.name for factor in space.factors]
        yield from _costs("least", names, space.open, space.limit)
        worst = tuple(tuple(option.at_worst() for option in row) for row in space.open)
        if worst != space.open:
            yield from _costs("most", names, worst, space.limit)


def _costs(kind: str, names: Sequence[str], rows: Options, limit: int) -> Iterator[Fn]:
    """The costs and the limit in two parts: exact whatever their size.

    Only what an option costs more than the cheapest of its factor matters, and only in units that all share. With
    costs h·B + l and the limit's successor H·B + R, a sum is over the limit if and only if for some carry k the
    high parts reach H − k and the low parts k·B + R; a carry of −1 says that the high parts alone are too many.
    """
    least = [min(option.cost for option in options) for options in rows]
    above = [[o.cost - low for o in row] for row, low in zip(rows, least, strict=True)]
    unit = gcd(*(cost for row in above for cost in row)) or 1
    bar = (limit - sum(least)) // unit + 1
    base = MOST_WEIGHT // (sum(map(len, above)) + 1)
    if sum(cost // unit // base for row in above for cost in row) > MOST_WEIGHT:
        raise LimitReached(MOST_WEIGHT)
    highs = sum(max(row) // unit // base for row in above)
    lows = sum(max(cost // unit % base for cost in row) for row in above)
    for name, row in zip(names, above, strict=True):
        for number, cost in enumerate(row, 1):
            high, low = divmod(cost // unit, base)
            if high:
                yield Fn("high", (Fn(kind), name, number, high))
            if low:
                yield Fn("low", (Fn(kind), name, number, low))
    whole, rest = divmod(bar, base)
    for carry in range(-1, len(above) + 1):
        reach, remain = max(0, whole - carry), max(0, carry * base + rest)
        if reach <= highs and remain <= lows:
            yield Fn("over", (Fn(kind), reach, remain))


def _small(value: FeatureValue) -> Value:
    """A value as clingo can hold it: a number beyond its integers as a string."""
    return value if isinstance(value, str) or abs(value) <= GREATEST else str(value)
