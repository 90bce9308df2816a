"""Requirements that exclude each other: the fewest that do, and the conditions they break together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

from lgreason.reasoning.structures.space import Narrowing, Space

MOST_SETS = 4_096
"""How many sets of requirements are tried before one that merely contains no needless one is taken."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Requirements that no structure meets together, none of them needless; `clauses` are broken by what is left."""

    steps: tuple[Narrowing, ...]
    clauses: tuple[str, ...]


def conflict(space: Space) -> Conflict | None:
    """The fewest requirements that exclude each other; `None` if some structure meets them all.

    Raises `LimitReached` rather than guess.
    """
    if _possible(space):
        return None
    steps = _fewest(space)
    left = replace(space, steps=steps)
    return Conflict(steps, left.broken())


def _fewest(space: Space) -> tuple[Narrowing, ...]:
    tried = 0
    for size in range(len(space.steps) + 1):
        for steps in combinations(dict.fromkeys(space.steps), size):
            tried += 1
            if tried > MOST_SETS:
                return _without_needless(space)
            if not _possible(replace(space, steps=steps)):
                return steps
    return space.steps


def _without_needless(space: Space) -> tuple[Narrowing, ...]:
    kept = list(dict.fromkeys(space.steps))
    for step in list(kept):
        without = [other for other in kept if other is not step]
        if not _possible(replace(space, steps=tuple(without))):
            kept = without
    return tuple(kept)


def _possible(space: Space) -> bool:
    """Whether any structure is left, be it one that depends on what is not known."""
    return space.count() > 0 or space.conditional() > 0
