"""What a workbook holds, as plain rows: it knows nothing of how structures were judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

Cell = str | int | None
"""A text, a number, or nothing."""


@dataclass(frozen=True, slots=True)
class Options:
    """Structures, one a row: the headings, and the cells of each; `count` of all of them, if it is known."""

    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    count: int | None = None


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A choice and a value in words, what becomes of it, how many structures remain, and why it cannot be."""

    choice: str
    value: Cell
    status: Literal["must", "may", "cannot"]
    remaining: int
    conditional: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BurdenItem:
    """An amount that a burden is made of, with the clause that demands it; less than 0 if it is taken away."""

    name: str
    clause: str
    baht: int | None


@dataclass(frozen=True, slots=True)
class Year:
    """The burden of one year: a heading, the amounts, and the budget of which they are a part."""

    heading: str
    items: Sequence[BurdenItem]
    budget: BurdenItem


@dataclass(frozen=True, slots=True)
class BurdenRows:
    """The burden of the years, their mean, and what it may not exceed, in per cent.

    `mean`: of the years' percentages, or of their amounts in per cent of their budgets (reading A-15).
    """

    years: Sequence[Year]
    ceiling: int
    clause: str
    mean: Literal["percentages", "sums"] = "percentages"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A clause: of what it decides, where it stands, its words as printed, what it means, and what it comes to."""

    subject: str
    clause: str
    place: str
    quote: str
    meaning: str
    holds: bool | None
    on_choice: bool = False
    """Whether it turns on what else is chosen, and on nothing that is not known."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a workbook holds; `day` is that of the assessment."""

    organisation: str
    day: date
    options: Options
    """Every choice in a column of its own."""
    facets: Sequence[FacetRow] = ()
    burden: BurdenRows | None = None
    reasons: Sequence[ReasonRow] = ()
    summary: Options | None = None
    """The first of them for a committee: each structure in one text."""


@dataclass(frozen=True, slots=True)
class YearAmounts:
    """One year of a manpower plan, its amounts in baht; `None` is not known.

    `frame` are the salaries of the posts there before, as given: `None` if they are those of the year before.
    `grown` names the parts that follow from the year before by a rate.
    """

    heading: str
    frame: Fraction | None
    steps: Fraction | None
    new_posts: Fraction | None
    plan: Fraction | None
    benefits: Fraction | None
    budget: Fraction | None
    grown: frozenset[str] = frozenset()
    follows: bool = False
    """Whether its salaries are those of the year before, with steps and new posts."""


@dataclass(frozen=True, slots=True)
class Rates:
    """By how many per cent a year amounts grow."""

    budget: Fraction | None = None
    salaries: Fraction | None = None
    benefits: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """The years of a structure, and what their burden is held against: a single year, and the mean with the last."""

    of: str
    years: Sequence[YearAmounts]
    rates: Rates
    year_ceiling: int
    mean_ceiling: int
    year_clause: str
    mean_clause: str
    mean: Literal["percentages", "sums"] = "percentages"
    increase: Sequence[tuple[str, int]] = ()
    """By the name of a post, how many more of it the structure pays for; fewer where one is raised from it."""


@dataclass(frozen=True, slots=True)
class PostCost:
    """What a post costs in a year, as given."""

    name: str
    baht: int


@dataclass(frozen=True, slots=True)
class NewPostRow:
    """Further posts that begin in a year."""

    year: str
    name: str
    number: int
    baht: int


@dataclass(frozen=True, slots=True)
class ComparisonRows:
    """Structures side by side: the headings of their columns, the rows, the years of each, and what posts cost."""

    organisation: str
    day: date
    names: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    years: Sequence[Years]
    costs: Sequence[PostCost] = ()
    new_posts: Sequence[NewPostRow] = ()
    notes: Sequence[str] = ()
    """What stands below the table: on which readings the verdicts rest."""
