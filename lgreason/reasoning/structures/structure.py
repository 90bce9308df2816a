"""A structure of posts as a choice among options: one of each factor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from lgreason.reasoning.structures.coupling import NOTHING, Cost, Counts, Demands

FeatureValue = str | int
Feature = tuple[str, FeatureValue]
"""A choice that was settled, and how: `("deputies.high", 1)`."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle a factor.

    `adds` is what it adds to the counters of the coupling, `demands` what it demands of all choices together (with
    `UNSURE` it is valid only if something not known turns out right), `price` what it adds to the sum of costs.
    `others` are further ways in which the same comes about, each with its own effects: one of them is enough.
    `measures` are what structures are compared by; a measure that is not named is 0.
    """

    value: object
    features: tuple[Feature, ...]
    adds: Counts = ()
    demands: Demands = frozenset()
    price: Cost = NOTHING
    measures: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    others: tuple[Option, ...] = ()
    detail: object = field(default=None, compare=False, hash=False)
    """Whatever the maker of the option wants to find again with it."""

    @property
    def ways(self) -> tuple[Option, ...]:
        """Every way in which it comes about."""
        return (self, *self.others)


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing to be settled, and its options in the order in which they are listed."""

    name: str
    options: tuple[Option, ...]


class Structure(NamedTuple):
    """A valid structure: an option of each factor in their order, the sum of costs, and whether surely valid."""

    options: tuple[Option, ...]
    cost: int
    sure: bool

    def total(self, measure: str) -> int:
        """What its options add up to in a measure."""
        return sum(option.measures.get(measure, 0) for option in self.options)

    @property
    def features(self) -> tuple[Feature, ...]:
        """Every choice that it settles."""
        return tuple(feature for option in self.options for feature in option.features)


Options = tuple[tuple[Option, ...], ...]
"""The options that are open for each factor."""
