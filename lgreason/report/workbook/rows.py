"""What a workbook holds, as plain rows: it knows nothing of how structures were judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
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
class Item:
    """An amount that a burden is made of, with the clause that demands it; less than 0 if it is taken away."""

    name: str
    clause: str
    baht: int | None


@dataclass(frozen=True, slots=True)
class Year:
    """The burden of one year: a heading, the amounts, and the budget of which they are a part."""

    heading: str
    items: Sequence[Item]
    budget: Item


@dataclass(frozen=True, slots=True)
class Burden:
    """The burden of the years, their mean, and what it may not exceed, in per cent.

    `mean`: of the years' percentages, or of their amounts in per cent of their budgets (reading A-15).
    """

    years: Sequence[Year]
    ceiling: int
    clause: str
    mean: Literal["percentages", "sums"] = "percentages"


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A clause: of what it decides, where it stands, its words as printed, what it means, and what it comes to."""

    subject: str
    clause: str
    place: str
    quote: str
    meaning: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a workbook holds; `day` is that of the assessment."""

    organisation: str
    day: date
    options: Options
    facets: Sequence[FacetRow] = ()
    burden: Burden | None = None
    reasons: Sequence[ReasonRow] = ()
