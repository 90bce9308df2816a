"""A space of structures: factors to be settled, each by one of its options, and what ties them.

A structure is valid unless something that its options demand of all choices together fails; it is surely valid if all
of it surely holds. Structures are counted by combining what the options of each factor come to, never by listing; and
no two of them are symmetric twins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, NamedTuple

from lgreason.reasoning.structures.combination import Combination, Ways
from lgreason.reasoning.structures.coupling import UNSURE, CoupledDemand, Coupling, Leaf
from lgreason.reasoning.structures.listing import Listing
from lgreason.reasoning.structures.refusing import limited_alone, only_too_dear, refusing
from lgreason.reasoning.structures.structure import Factor, Feature, FeatureValue, Option, Options, Structure

__all__ = [
    "Facet",
    "Factor",
    "Feature",
    "FeatureValue",
    "Narrowing",
    "NoSuchChoice",
    "Option",
    "Space",
    "Structure",
]

Status = Literal["must", "may", "cannot"]
Because = Literal["refused", "narrowed", "limit", "coupled"]


@dataclass(frozen=True, slots=True)
class Facet:
    """A choice, and what the valid structures have to say about it.

    `must`: all have it, those valid only on a condition too; `cannot`: none has. `remaining` and `conditional` count
    the structures that have it, as `Space.count` and `Space.conditional` do. `because` says of what cannot be: every
    such option was refused beforehand, was narrowed away, or does not go with anything that is left; `clauses` name
    the conditions that it would break then.
    """

    choice: str
    value: FeatureValue
    status: Status
    remaining: int
    conditional: int = 0
    because: Because | None = None
    clauses: tuple[str, ...] = ()


class Narrowing(NamedTuple):
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
    coupling: Coupling = field(default_factory=Coupling)
    steps: tuple[Narrowing, ...] = ()
    certain: bool = False

    def __post_init__(self) -> None:
        """Factors have names of their own, a choice belongs to one factor, and a cost is never negative."""
        if len({factor.name for factor in self.factors}) < len(self.factors):
            raise ValueError("two factors of one name")
        owners: dict[str, str] = {}
        for factor in self.factors:
            for option in factor.options:
                if any(way.price.least < 0 for way in option.ways):
                    raise ValueError(f"a negative cost in {factor.name}")
                for choice, _ in option.features:
                    if owners.setdefault(choice, factor.name) != factor.name:
                        raise ValueError(f"{choice} is settled by two factors")

    # ── narrowing ─────────────────────────────────────────────────────────────────────────────────────────────
    def require(self, choice: str, value: FeatureValue) -> Space:
        """Only the structures with a feature; none, if no option has that value. Raises `NoSuchChoice`."""
        return self._narrowed(Narrowing(True, choice, value))

    def forbid(self, choice: str, value: FeatureValue) -> Space:
        """Only the structures without a feature. Raises `NoSuchChoice`."""
        return self._narrowed(Narrowing(False, choice, value))

    def surely(self) -> Space:
        """Only the structures that are surely valid."""
        return replace(self, certain=True)

    def _narrowed(self, step: Narrowing) -> Space:
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
    def open(self) -> Options:
        """The options of each factor that are left after narrowing."""
        left = [list(factor.options) for factor in self.factors]
        if self.certain:
            left = [[kept for option in row if (kept := _surely(option)) is not None] for row in left]
        for required, choice, value in self.steps:
            number = self._choices[choice]
            left[number] = [o for o in left[number] if ((choice, value) in o.features) is required]
        return tuple(map(tuple, left))

    # ── counting ──────────────────────────────────────────────────────────────────────────────────────────────
    @cached_property
    def _combined(self) -> Combination:
        return Combination(self.open, self.coupling)

    def count(self) -> int:
        """How many structures are surely valid. Raises `LimitReached` rather than guess."""
        return self._combined.total.sure

    def conditional(self) -> int:
        """How many are valid only if something that is not known turns out right. Raises `LimitReached`."""
        if self.certain:
            return 0
        return self._combined.total.valid - self._combined.total.sure

    def facets(self, refused: Iterable[Feature] = ()) -> tuple[Facet, ...]:
        """Every feature of an option, and those that were refused to begin with; in the order of the factors.

        Raises `LimitReached` rather than guess.
        """
        having: dict[str, dict[FeatureValue, list[tuple[int, int]]]] = {}
        for factor in self.factors:
            for option in factor.options:
                for choice, value in option.features:
                    having.setdefault(choice, {}).setdefault(value, [])
        counted = self._combined.by_option()
        for number, options in enumerate(self.open):
            for at, option in enumerate(options):
                for choice, value in dict.fromkeys(option.features):
                    having[choice][value].append((number, at))
        kept = {(choice, value) for choice, values in having.items() for value in values}
        for choice, value in refused:
            having.setdefault(choice, {}).setdefault(value, [])
        every = self._combined.total
        return tuple(
            self._facet(choice, value, places, counted, every, (choice, value) in kept)
            for choice, values in having.items()
            for value, places in values.items()
        )

    def _facet(
        self,
        choice: str,
        value: FeatureValue,
        places: list[tuple[int, int]],
        counted: list[list[Ways]],
        every: Ways,
        kept: bool,
    ) -> Facet:
        sure = sum(counted[number][at].sure for number, at in places)
        valid = sum(counted[number][at].valid for number, at in places)
        if self.certain:
            valid, every = sure, Ways(every.sure, every.sure)
        if valid:
            return Facet(choice, value, "must" if valid == every.valid else "may", sure, valid - sure)
        if not kept or not all(factor.options for factor in self.factors):
            because: Because = "refused"
        else:
            because = "coupled" if places and all(self.open) else "narrowed"
        leaves = self._refusing(places) if because == "coupled" else ()
        if only_too_dear(leaves):
            because = "limit"
        clauses = tuple(dict.fromkeys(leaf.clause for leaf in leaves if leaf.clause))
        return Facet(choice, value, "cannot", 0, 0, because, clauses)

    def broken(self) -> tuple[str, ...]:
        """The clauses of the conditions that leave no structure, none of them needless."""
        leaves = refusing(self.open, self.coupling, self.certain)
        return tuple(dict.fromkeys(leaf.clause for leaf in leaves if leaf.clause))

    def _refusing(self, places: Iterable[tuple[int, int]]) -> tuple[Leaf, ...]:
        """What leaves no structure with one of some options, which all settle the same factor."""
        rows = list(self.open)
        chosen = list(places)
        number = chosen[0][0]
        rows[number] = tuple(self.open[number][at] for _, at in chosen)
        limited = self._limited[number]
        too_dear = not any(limited[at].sure if self.certain else limited[at].valid for _, at in chosen)
        return refusing(tuple(rows), self.coupling, self.certain, too_dear)

    @cached_property
    def _limited(self) -> list[list[Ways]]:
        """How many structures have each option where only the sum of costs is limited."""
        return limited_alone(self.open, self.coupling).by_option()

    # ── listing ───────────────────────────────────────────────────────────────────────────────────────────────
    def structures(self) -> Iterator[Structure]:
        """Every valid structure, lazily, in the order of the factors and their options."""
        return Listing(self.open, self.coupling, certain=self.certain).structures()


def _surely(option: Option) -> Option | None:
    """The ways in which an option may surely be; none, if in none it may."""
    ways = [way for way in option.ways if not any(_hopeless(demand) for demand in way.demands)]
    if not ways:
        return None
    first, *others = ways
    if len(ways) == len(option.ways):
        return option
    return replace(first, others=tuple(replace(way, others=()) for way in others))


def _hopeless(demand: CoupledDemand) -> bool:
    """Whether a demand never surely holds."""
    return demand == UNSURE or True not in demand.table
