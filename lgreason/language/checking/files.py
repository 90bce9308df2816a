"""From rule files to a book, and from a book to a library with its rules laid over the knowledge base."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

from lgreason.files.source.read import MOST_FINDINGS, read_text
from lgreason.files.writing import write_whole
from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.checking.finding import findings
from lgreason.language.checking.fixes import fixed
from lgreason.language.checking.trial import trial
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.findings import Finding, Unusable
from lgreason.rules.knowledge import Library

MOST_ROUNDS = 4


def read_files(
    paths: Sequence[str], library: Library, stdin: BinaryIO | None = None, most: int = MOST_FINDINGS
) -> tuple[Book, list[tuple[SourceText, Fault]]]:
    """The book of some files, and all that is wrong with it, up to `most` findings.

    Raises `Unusable` if a file cannot be read at all.
    """
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
    return book, faults(book, most)


def fix_files(paths: Sequence[str], library: Library) -> list[tuple[str, int]]:
    """Put right what is safe to put right in files, each written whole or not at all; how much in which.

    Putting one thing right may show another, so that it is done until nothing is left.
    """
    done: dict[str, int] = {}
    for _ in range(MOST_ROUNDS):
        book, found = read_files([path for path in paths if path != "-"], library, most=sys.maxsize)
        changed = False
        for source in book.sources:
            text, number = fixed(source, (fault for of, fault in found if of is source))
            if number and text != source.text:
                write_whole(source.file, text)
                done[source.file] = done.get(source.file, 0) + number
                changed = True
        if not changed:
            break
    return list(done.items())


def library_with(paths: Sequence[str], library: Library, day: date) -> Library:
    """The library with the rules of some files, tried for a day; raises `Unusable` with every error of them."""
    book, found = read_files(paths, library)
    errors = [(source, fault) for source, fault in found if fault.severity == "error"] or trial(book, day)
    if errors:
        raise Unusable(findings(errors))
    return library.with_rules(book)
