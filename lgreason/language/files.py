"""From rule files to a book, and from a book to a library with its rules laid over the knowledge base."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

from lgreason.files.source.read import read_text
from lgreason.language.checking import faults
from lgreason.language.finding import findings
from lgreason.language.rulebook import Book, read_book
from lgreason.language.sentence import Fault
from lgreason.language.statements import SourceText
from lgreason.language.trial import trial
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import Library


def read_files(
    paths: Sequence[str], library: Library, stdin: BinaryIO | None = None
) -> tuple[Book, list[tuple[SourceText, Fault]]]:
    """The book of some files, and all that is wrong with it; raises `Unusable` if a file cannot be read at all."""
    sources: list[SourceText] = []
    unreadable: list[Finding] = []
    for path in paths:
        try:
            sources.append(SourceText(path, read_text(path, stdin)))
        except Unusable as unusable:
            unreadable += unusable.findings
    if unreadable:
        raise Unusable(tuple(unreadable))
    book = read_book(sources, library)
    return book, faults(book)


def library_with(paths: Sequence[str], library: Library, day: date) -> Library:
    """The library with the rules of some files, tried for a day; raises `Unusable` with every error of them."""
    book, found = read_files(paths, library)
    errors = [(source, fault) for source, fault in found if fault.severity == "error"] or trial(book, day)
    if errors:
        raise Unusable(findings(errors))
    return library.with_rules(book)
