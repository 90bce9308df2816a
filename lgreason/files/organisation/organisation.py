"""An organisation as the rest of the program knows one: its money, its posts and units today, and what is planned.

In every record `None` is not known; an empty tuple is known to be none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from lgreason.files.facts.values import NO_FACTS, Given
from lgreason.rules.findings import Place

Level = Literal["early", "mid", "high"]
Kind = Literal["office", "division"]
Outcome = Literal["passed", "failed"]
LEVELS: tuple[Level, ...] = ("early", "mid", "high")
RANKS: Mapping[str, int] = MappingProxyType({"early": 1, "mid": 2, "high": 3})
FACTORS: Mapping[str, int] = MappingProxyType(
    {"nature": 100, "management": 150, "communication": 50, "operations": 100, "thinking": 100, "impact": 100}
)
"""The six factors of a job value and their maxima (slide 5)."""
FULL_JOB_VALUE = 600


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """The amounts of one fiscal year in whole baht, by the keys of the file; what is absent is not there.

    Where benefits are told by item, their sum stands under their key, and the items beside it: `benefits_paid.b09`.
    `year` is of the Buddhist Era; `None` if not known.
    """

    year: int | None
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NewPosts:
    """Further posts of one sort that begin in a year: their name, how many, and what one costs in baht a year."""

    name: str
    number: int
    cost: int


@dataclass(frozen=True, slots=True)
class PlannedYear:
    """A further year of the three-year manpower plan, as estimated; amounts by the keys of the file."""

    year: int | None
    amounts: Mapping[str, int]
    new_posts: tuple[NewPosts, ...] = ()


@dataclass(frozen=True, slots=True)
class Growth:
    """By how many per cent a year amounts are estimated to grow, where a year gives none; `None`: not told."""

    budget: Fraction | None = None
    salaries: Fraction | None = None
    benefits: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Vacant posts of a manpower frame; `None` is not known."""

    vacant: int | None
    frame: int | None


@dataclass(frozen=True, slots=True)
class Post:
    """The post of the clerk, of a deputy or of the head of a unit, as it stands today or is wanted.

    `number` counts the entries of a list from 1. `delegated` are the units whose work the clerk's order has the
    deputy screen. `described`: the entry of a plan gives `delegated`, `analysis` or `job_value` itself.
    `job_factors` are the points by factor, where the file gives them; their sum, `job_value`, is known if all are.
    """

    level: Level | None = None
    filled: bool | None = None
    exists: bool = True
    delegated: tuple[str, ...] | None = None
    analysis: Outcome | None = None
    job_value: int | None = None
    number: int = 1
    described: bool = False
    job_factors: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Unit:
    """A first-line unit, existing or wanted (`exists`).

    `kind` is as told, or follows from the level of the head of an existing unit; `job_factors` are as in `Post`.
    `headless`: it has no head and is to have none, as a unit of internal audit (`head: none`).
    """

    id: str
    name: str
    exists: bool
    number: int
    kind: Kind | None = None
    job_value: int | None = None
    section_job_value: int | None = None
    vacancy: Vacancy | None = None
    head: Post | None = None
    analysis: Outcome | None = None
    names_approved: bool | None = None
    sections: int | None = None
    parts: int | None = None
    job_factors: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    section_job_factors: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    headless: bool = False


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit of a structure: an office (สำนัก) or a division (กอง), its head's level, its sections and parts."""

    id: str
    kind: Kind
    level: Level
    sections: int = 0
    parts: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A structure: the clerk's level, the deputies, and the units."""

    clerk: Level
    deputies: tuple[Post, ...]
    units: tuple[PlannedUnit, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation on file. `scope` is what the tables of the document go by."""

    id: str
    name: str
    type: Literal["pao", "municipality", "sao"]
    class_: str | None = None
    size: str | None = None
    status: str | None = None
    former_size: str | None = None
    """Of a municipality: what it was before types took the place of sizes."""
    filed: date | None = None
    previous: FiscalYear | None = None
    requested: FiscalYear | None = None
    years: tuple[PlannedYear, ...] = ()
    growth: Growth = field(default_factory=lambda: Growth())
    vacancies_executive: int | None = None
    vacancies_operating: Vacancy | None = None
    instruments: Mapping[str, Outcome] = field(default_factory=lambda: MappingProxyType({}))
    indicators: Fraction | None = None
    lpa: Fraction | None = None
    efficiency: Mapping[str, Fraction | None] | None = None
    """The scores of the areas that were done; `None`: an area that was done, its score not known."""
    clerk: Post | None = None
    deputies: tuple[Post, ...] | None = None
    units: tuple[Unit, ...] | None = None
    plan: Plan | None = None
    given: Given = NO_FACTS
    day: date | None = None
    """The day on which its facts are asked about."""
    place: Place = field(default_factory=lambda: Place(""))
    places: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))
    """Where entries stand in the file, by their path as written (`units[2].head.level`)."""

    @property
    def kind(self) -> str | None:
        """What its type is divided by: the class of a municipality, the size of an SAO; `None` if not known."""
        return self.class_ or self.size

    def amount(self, path: str) -> int | None:
        """An amount of money by its path, such as `previous.budget`."""
        year, _, key = path.partition(".")
        found = self.previous if year == "previous" else self.requested
        return None if found is None else found.amounts.get(key)

    def unit(self, identity: str) -> Unit | None:
        """A unit by its id."""
        return next((unit for unit in self.units or () if unit.id == identity), None)

    def today(self) -> Iterator[tuple[str, Post]]:
        """Every post that exists today and is known, with what it is: `clerk`, `deputy` or `unit_head`."""
        if self.clerk is not None:
            yield "clerk", self.clerk
        for deputy in self.deputies or ():
            if deputy.exists:
                yield "deputy", deputy
        for unit in self.units or ():
            if unit.exists and unit.head is not None:
                yield "unit_head", unit.head
