"""The sides of a comparison as they are written on the command line: rule files, or the shipped knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lgreason.language.files import read_files
from lgreason.language.finding import findings
from lgreason.language.rulebook import Book
from lgreason.reasoning.rulesets.sides import Side
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import Library
from lgreason.words.dates import DateProblem, parse_date

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
