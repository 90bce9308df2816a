"""The sides of a comparison as they are written on the command line: rule files, or the shipped knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lgreason.language.book.overtime import days_of_change
from lgreason.language.book.rulebook import Book
from lgreason.language.checking.files import read_files
from lgreason.language.checking.finding import findings
from lgreason.reasoning.rulesets.sides import Side
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import Library
from lgreason.words.dates import DateProblem, parse_date

MOST_LATER = 4
"""So many later days of change are compared."""
BASE = "base"
"""What stands for the knowledge base without rules laid over it."""


def side_of(
    written: str, library: Library, day: date, readings: Mapping[str, str]
) -> tuple[Side, Book | None]:
    """The rules of one side: `FILE`, several with `+` between them, or `base`; `@DATE`: as they count on a date.

    Persons are judged on `day` whatever the date. Raises `Unusable` with every error of the files.
    """
    names, at = written, day
    before, mark, after = written.rpartition("@")
    if mark:
        found = parse_date(after)
        if not isinstance(found, DateProblem):
            names, at = before, found
    if names == BASE:
        return Side(library.on(at).under(readings), day), None
    book, faults = read_files(names.split("+"), library)
    if errors := [(source, fault) for source, fault in faults if fault.severity == "error"]:
        raise Unusable(findings(errors))
    return Side(library.with_rules(book).on(at).under(readings), day), book


def later_days(written: tuple[str, str], books: tuple[Book | None, Book | None], day: date) -> list[date]:
    """The days after `day` on which the rules of a side change, where no side is written for a date of its own."""
    if any("@" in each for each in written):
        return []
    days = {found for book in books if book is not None for found in days_of_change(book)}
    return sorted(found for found in days if found > day)


def side_on(book: Book | None, library: Library, day: date, readings: Mapping[str, str]) -> Side:
    """One side as it counts on a day, on which persons are judged too."""
    laid = library if book is None else library.with_rules(book)
    return Side(laid.on(day).under(readings), day)
