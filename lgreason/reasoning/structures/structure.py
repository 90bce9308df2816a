"""A structure of posts as a choice among options: one of each factor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

FeatureValue = str | int
Feature = tuple[str, FeatureValue]
"""A choice that was settled, and how: `("deputies.high", 1)`."""


class Worst(NamedTuple):
    """What an option may demand and cost, if what is not known turns out ill."""

    bound: bool
    cost: int


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle a factor.

    `sure`: valid on what is known; otherwise only if something not known turns out right. `bound`: demands that the
    sum of costs of the whole structure stays within the limit. `cost` is what it adds to that sum, never negative.
    `worst`: the demand and the cost, where they may turn out graver than that. `measures` are what structures are
    compared by; a measure that is not named is 0.
    """

    value: object
    features: tuple[Feature, ...]
    sure: bool = True
    bound: bool = False
    cost: int = 0
    worst: Worst | None = None
    measures: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def at_worst(self) -> Option:
        """The same with what it may turn out to demand and cost."""
        if self.worst is None:
            return self
        return replace(self, bound=self.worst.bound, cost=self.worst.cost, worst=None)


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing to be settled, and its options in the order in which they are listed."""

    name: str
    options: tuple[Option, ...]


def surely(options: Iterable[Option], limit: int | None) -> bool:
    """Whether options are valid together whatever is not known, given that they are if it turns out well."""
    worst = [option.at_worst() for option in options]
    if not all(option.sure for option in worst):
        return False
    return limit is None or not any(o.bound for o in worst) or sum(o.cost for o in worst) <= limit


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
