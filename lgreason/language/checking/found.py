"""What checks stand on: where a key of a rule stands, and every clause that may be referred to."""

from __future__ import annotations

from collections.abc import Iterator

from lgreason.language.book.rulebook import Book
from lgreason.language.clauses.stating import Ruled
from lgreason.language.grammar.nodes import Span
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.model import Clause

Found = Iterator[tuple[SourceText, Fault]]


def at_key(ruled: Ruled, key: str) -> Span:
    """Where the line of a key stands in the file; where there is none, the rule."""
    return ruled.rule.spans.get(key, ruled.rule.span)


def clauses_of(book: Book) -> dict[str, Clause]:
    """Every clause that a rule may refer to: the shipped ones, and those of the files."""
    return {**book.kb.clauses, **{clause.id: clause for ruled in book.rules for clause in ruled.bare}}
