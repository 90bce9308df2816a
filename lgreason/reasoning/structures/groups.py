"""Structures grouped by what a committee decides, the best groups first, each with how many variants lie under it.

What a committee decides are some choices of each factor (the clerk, the deputies, kinds and levels of units, say);
structures that agree in them are one group. Groups are taken in the order of their best structure: by a bound on it
first, which adds up over the factors, and then, for those whose turn it is, exactly. So what is good is found among
any number of groups, and a group whose choices exclude each other is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count, islice
from typing import NamedTuple

from lgreason.reasoning.structures.optimum import NoSuchMeasure, Objective, Vector, best
from lgreason.reasoning.structures.space import Factor, Feature, Option, Space, Structure
from lgreason.reasoning.structures.sums import LimitReached

MOST_LOOKED_AT = 5_000
"""How many groups are looked at for those that are asked for."""
INSIDE = ("sections", "parts")
"""What may vary within a group: how many posts stand inside a unit."""


class StructureGroup(NamedTuple):
    """Structures that agree in what a committee decides: the best of them, and how many there are."""

    features: tuple[Feature, ...]
    best: Structure
    sure: int
    conditional: int


def decided(choice: str) -> bool:
    """Whether a choice is one that a committee decides."""
    return choice.rpartition(".")[2] not in INSIDE


def groups(
    space: Space,
    objectives: Sequence[Objective],
    number: int,
    decides: Callable[[str], bool] = decided,
) -> Iterator[StructureGroup]:
    """So many groups, the one with the best structure first; lazily.

    Raises `NoSuchMeasure` at once, and `LimitReached` rather than pass over what was not looked at.
    """
    known = {m for row in space.open for option in row for way in option.ways for m in way.measures}
    for objective in objectives:
        if all(space.open) and objective.measure not in known:
            raise NoSuchMeasure(objective.measure)
    return islice(_Groups(space, objectives, decides).found(), number)


class _Part(NamedTuple):
    """The options of a factor that agree in what is decided, and the least that any of them comes to."""

    features: tuple[Feature, ...]
    options: tuple[Option, ...]
    bound: Vector


class _Groups:
    def __init__(self, space: Space, objectives: Sequence[Objective], decides: Callable[[str], bool]) -> None:
        self._space = space
        self._objectives = objectives
        self._signs = tuple(1 if objective.sense == "minimise" else -1 for objective in objectives)
        self._parts = [self._of(row, decides) for row in space.open]

    def _of(self, row: Sequence[Option], decides: Callable[[str], bool]) -> list[_Part]:
        by_choice: dict[tuple[Feature, ...], list[Option]] = {}
        for option in row:
            key = tuple(feature for feature in option.features if decides(feature[0]))
            by_choice.setdefault(key, []).append(option)
        parts = [_Part(key, tuple(of), min(map(self._least, of))) for key, of in by_choice.items()]
        return sorted(parts, key=lambda part: part.bound)

    def _least(self, option: Option) -> Vector:
        return min(self._vector(way) for way in option.ways)

    def _vector(self, option: Option) -> Vector:
        return tuple(
            sign * option.measures.get(objective.measure, 0)
            for sign, objective in zip(self._signs, self._objectives, strict=True)
        )

    def found(self) -> Iterator[StructureGroup]:
        """Every group that some structure is in, the best first."""
        if not all(self._parts):
            return
        order = count()
        start = (0,) * len(self._parts)
        # What waits is a group with a bound on its best structure, or (once its turn has come) with that itself.
        waiting: list[tuple[Vector, int, int, tuple[int, ...], StructureGroup | None]] = []
        heappush(waiting, (self._bound(start), 1, next(order), start, None))
        seen = {start}
        looked_at = 0
        while waiting:
            _, _, _, places, group = heappop(waiting)
            if group is not None:
                yield group
                continue
            for at in range(len(places)):
                further = (*places[:at], places[at] + 1, *places[at + 1 :])
                if further[at] < len(self._parts[at]) and further not in seen:
                    seen.add(further)
                    heappush(waiting, (self._bound(further), 1, next(order), further, None))
            looked_at += 1
            if looked_at > MOST_LOOKED_AT:
                raise LimitReached(MOST_LOOKED_AT)
            made = self._group(places)
            if made is not None:
                exact = tuple(
                    sign * made.best.total(objective.measure)
                    for sign, objective in zip(self._signs, self._objectives, strict=True)
                )
                heappush(waiting, (exact, 0, next(order), places, made))

    def _bound(self, places: tuple[int, ...]) -> Vector:
        chosen = (parts[at].bound for parts, at in zip(self._parts, places, strict=True))
        return tuple(map(sum, zip(*chosen, strict=True)))

    def _group(self, places: tuple[int, ...]) -> StructureGroup | None:
        """The group whose parts stand at some places; `None` if no structure is in it."""
        chosen = [parts[at] for parts, at in zip(self._parts, places, strict=True)]
        named = zip(self._space.factors, chosen, strict=True)
        inner = replace(
            self._space, factors=tuple(Factor(factor.name, part.options) for factor, part in named), steps=()
        )
        sure, conditional = inner.count(), inner.conditional()
        if not sure and not conditional:
            return None
        features = tuple(feature for part in chosen for feature in part.features)
        return StructureGroup(features, next(best(inner, self._objectives)), sure, conditional)


__all__ = ["NoSuchMeasure", "StructureGroup", "decided", "groups"]
