"""A space of structures as independent factors, coupled only by one bound on a sum.

A structure picks one option of each factor: the clerk's level, the deputies as a multiset, each unit. It is valid
unless one of its options demands that the sum of costs stays within the limit, and the sum does not. So structures
are counted by products and sums over factors, never by listing; and no two of them are symmetric twins.

In counting, W(S) stands for the structures over a set S of options that stay within the limit, P(S) for all of
them: valid over S are P(S without bound options) + W(S) − W(S without bound options).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Literal, NamedTuple

from lgreason.reasoning.structures.listing import Listing
from lgreason.reasoning.structures.structure import Factor, Feature, FeatureValue, Option, Options, Structure
from lgreason.reasoning.structures.sums import Sums

__all__ = [
    "Facet",
    "Factor",
    "Feature",
    "FeatureValue",
    "NoSuchChoice",
    "Option",
    "Space",
    "Step",
    "Structure",
]

Status = Literal["must", "may", "cannot"]
Because = Literal["refused", "narrowed", "limit"]


@dataclass(frozen=True, slots=True)
class Facet:
    """A choice, and what the valid structures have to say about it.

    `must`: all have it, those valid only on a condition too; `cannot`: none has. `remaining` and `conditional` count
    the structures that have it, as `Space.count` and `Space.conditional` do. `because` says of what cannot be:
    every such option was refused beforehand, was narrowed away, or breaks the limit whatever else is chosen.
    """

    choice: str
    value: FeatureValue
    status: Status
    remaining: int
    conditional: int = 0
    because: Because | None = None


class Step(NamedTuple):
    """A feature that was required or forbidden."""

    required: bool
    choice: str
    value: FeatureValue


class NoSuchChoice(LookupError):
    """A choice was named that no factor settles."""


@dataclass(frozen=True, eq=False)
class Space:
    """The structures over some factors.

    Immutable: narrowing it gives another, so that a step is undone by going back to the one before.
    """

    factors: tuple[Factor, ...]
    limit: int | None = None
    steps: tuple[Step, ...] = ()
    certain: bool = False

    def __post_init__(self) -> None:
        """Factors have names of their own, a choice belongs to one factor, and a cost is never negative."""
        if len({factor.name for factor in self.factors}) < len(self.factors):
            raise ValueError("two factors of one name")
        owners: dict[str, str] = {}
        for factor in self.factors:
            for option in factor.options:
                if option.cost < 0:
                    raise ValueError(f"a negative cost in {factor.name}")
                for choice, _ in option.features:
                    if owners.setdefault(choice, factor.name) != factor.name:
                        raise ValueError(f"{choice} is settled by two factors")

    # ── narrowing ─────────────────────────────────────────────────────────────────────────────────────────────
    def require(self, choice: str, value: FeatureValue) -> Space:
        """Only the structures with a feature; none, if no option has that value. Raises `NoSuchChoice`."""
        return self._narrowed(Step(True, choice, value))

    def forbid(self, choice: str, value: FeatureValue) -> Space:
        """Only the structures without a feature. Raises `NoSuchChoice`."""
        return self._narrowed(Step(False, choice, value))

    def surely(self) -> Space:
        """Only the structures that are surely valid."""
        return replace(self, certain=True)

    def _narrowed(self, step: Step) -> Space:
        if step.choice not in self._choices:
            raise NoSuchChoice(step.choice)
        return replace(self, steps=(*self.steps, step))

    @cached_property
    def _choices(self) -> Mapping[str, int]:
        """Which factor settles a choice."""
        return {
            choice: number
            for number, factor in enumerate(self.factors)
            for option in factor.options
            for choice, _ in option.features
        }

    @cached_property
    def open(self) -> tuple[tuple[Option, ...], ...]:
        """The options of each factor that are left after narrowing."""
        left = [list(factor.options) for factor in self.factors]
        if self.certain:
            left = [[option.at_worst() for option in row if option.sure] for row in left]
        for required, choice, value in self.steps:
            number = self._choices[choice]
            left[number] = [o for o in left[number] if ((choice, value) in o.features) is required]
        return tuple(map(tuple, left))

    # ── counting ──────────────────────────────────────────────────────────────────────────────────────────────
    def count(self) -> int:
        """How many structures are surely valid. Raises `LimitReached` rather than guess."""
        return self._counts[0]

    def conditional(self) -> int:
        """How many are valid only if something that is not known turns out right. Raises `LimitReached`."""
        sure, valid = self._counts
        return valid - sure

    @cached_property
    def _counts(self) -> tuple[int, int]:
        """How many structures are surely valid, and how many valid."""
        valid = _Ways(self.open, self.limit).total
        certain = _sure(self.open)
        return (valid if certain == self.open else _Ways(certain, self.limit).total), valid

    def facets(self, refused: Iterable[Feature] = ()) -> tuple[Facet, ...]:
        """Every feature of an option, and those that were refused to begin with; in the order of the factors.

        Raises `LimitReached` rather than guess.
        """
        sure, valid = self._by_option
        having: dict[str, dict[FeatureValue, list[int]]] = {}
        for factor in self.factors:
            for option in factor.options:
                for choice, value in option.features:
                    having.setdefault(choice, {}).setdefault(value, [])
        for number, options in enumerate(self.open):
            for at, option in enumerate(options):
                for choice, value in dict.fromkeys(option.features):
                    having[choice][value] += [sure[number][at], valid[number][at]]
        kept = {(choice, value) for choice, values in having.items() for value in values}
        for choice, value in refused:
            having.setdefault(choice, {}).setdefault(value, [])
        every = sum(valid[0]) if valid else 0
        closed = not all(self.open)
        return tuple(
            self._facet(choice, value, counts, every, (choice, value) in kept, closed)
            for choice, values in having.items()
            for value, counts in values.items()
        )

    def _facet(
        self, choice: str, value: FeatureValue, counts: list[int], every: int, kept: bool, closed: bool
    ) -> Facet:
        sure, valid = sum(counts[::2]), sum(counts[1::2])
        if valid:
            return Facet(choice, value, "must" if valid == every else "may", sure, valid - sure)
        if not kept or not all(factor.options for factor in self.factors):
            because: Because = "refused"
        else:
            because = "limit" if counts and not closed else "narrowed"
        return Facet(choice, value, "cannot", 0, 0, because)

    @cached_property
    def _by_option(self) -> tuple[list[list[int]], list[list[int]]]:
        """For each option that is open, how many surely valid and how many valid structures have it."""
        valid = _Ways(self.open, self.limit).by_option(self.open)
        certain = _sure(self.open)
        if certain == self.open:
            return valid, valid
        known = _Ways(certain, self.limit).by_option(certain)
        sure = []
        for options, counts in zip(self.open, known, strict=True):
            left = iter(counts)
            sure.append([next(left) if option.sure else 0 for option in options])
        return sure, valid

    # ── listing ───────────────────────────────────────────────────────────────────────────────────────────────
    def structures(self) -> Iterator[Structure]:
        """Every valid structure, lazily, in the order of the factors and their options."""
        return Listing(self.open, self.limit).structures()


def _sure(options: Options) -> Options:
    """The options that are surely valid, with what they may turn out to demand and cost."""
    return tuple(tuple(o.at_worst() for o in row if o.sure) for row in options)


def _free(options: Options) -> Options:
    """The options that make no demand on the sum."""
    return tuple(tuple(o for o in row if not o.bound) for row in options)


class _Ways:
    """How many valid structures there are over some options, and how many have each."""

    def __init__(self, options: Options, limit: int | None) -> None:
        self.free = options if limit is None else _free(options)
        self.all_free = self.free == options
        self.sizes = [len(row) for row in self.free]
        bound = 0 if limit is None else limit
        self.within = Sums([Counter(o.cost for o in row) for row in options], bound)
        self.free_within = Sums([Counter(o.cost for o in row) for row in self.free], bound)

    @property
    def total(self) -> int:
        """All valid structures."""
        if self.all_free:
            return prod(self.sizes)
        return prod(self.sizes) + self.within.total - self.free_within.total

    def by_option(self, options: Options) -> list[list[int]]:
        """The valid structures with each option."""
        before = [1]
        for size in self.sizes:
            before.append(before[-1] * size)
        after = [1]
        for size in reversed(self.sizes):
            after.append(after[-1] * size)
        others = [before[number] * after[-number - 2] for number in range(len(options))]
        if self.all_free:
            return [[ways] * len(row) for ways, row in zip(others, options, strict=True)]
        found = []
        for number, row in enumerate(options):
            within, free = self.within.with_choice[number], self.free_within.with_choice[number]
            found.append([within[o.cost] + (0 if o.bound else others[number] - free[o.cost]) for o in row])
        return found
