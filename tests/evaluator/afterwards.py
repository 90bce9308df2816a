"""What there is once a plan is carried out: which posts are filled then, and which units a deputy screens.

A holder stays in a post that stays at its level, in a unit that stays of its kind. A post that is raised, lowered or
new has no holder (B-08; under ``not_known`` that is not known). What a plan does not list is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .evaluator import Truth, all_of, any_of
from .quantities import Facts, at_least_so_many


@dataclass(frozen=True)
class Afterwards:
    """The posts of a plan that are filled, and its units by id; ``heads`` is by kind, level and whether filled."""

    clerk: Truth
    deputies: tuple[Truth, ...]
    heads: tuple[tuple[str, str, Truth], ...]
    units: Mapping[str, Facts]

    def filled_mid_division(self) -> Truth:
        """S45 2, of the plan."""
        return any_of(*(filled for kind, level, filled in self.heads if (kind, level) == ("division", "mid")))

    def clerk_or_deputy_filled(self, all_filled: bool) -> Truth:
        """S34 3, of the plan."""
        everyone = (self.clerk, *self.deputies)
        return all_of(*everyone) if all_filled else any_of(*everyone)

    def screens(self, ids: Iterable[str] | None, level: str | None, number: int) -> Truth:
        """Whether the plan has at least so many of some units, at a level if one is named."""
        if ids is None:
            return None
        planned = [self.units.get(one) for one in set(ids)]
        return at_least_so_many(
            (unit is not None and level in (None, unit["level"]) for unit in planned), number
        )


def filled_then(stays: Truth, filled: Truth, unknown: bool) -> Truth:
    """Whether a post of the plan is filled: its holder stays if it stays, otherwise it has none, or nobody knows."""
    otherwise: Truth = None if unknown else False
    if stays is None:
        return filled if filled is otherwise else None
    return filled if stays else otherwise
