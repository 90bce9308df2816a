"""Whom a change of rules moves: who becomes eligible for a position, and who no longer is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moved:
    """A person whom a change makes eligible for a position, or no longer so, and the clauses why.

    `clauses` decide on the side by which the person is not eligible.
    """

    id: str
    name: str
    position: str
    old: str
    new: str
    clauses: tuple[str, ...]

    @property
    def gained(self) -> bool:
        """Whether the change makes the person eligible."""
        return self.new == "eligible"


@dataclass(frozen=True, slots=True)
class Movement:
    """All whom a change moves, of so many persons; `aside`: rows that were set aside, and decide nothing."""

    moved: tuple[Moved, ...]
    persons: int
    aside: int = 0

    @property
    def gain(self) -> int:
        """How many persons become eligible for some position."""
        return len({each.id for each in self.moved if each.gained})

    @property
    def lose(self) -> int:
        """How many persons are no longer eligible for some position."""
        return len({each.id for each in self.moved if not each.gained})


def in_order(moved: Sequence[Moved]) -> tuple[Moved, ...]:
    """Those who gain first, by position and id."""
    return tuple(sorted(moved, key=lambda each: (not each.gained, each.position, each.id)))
