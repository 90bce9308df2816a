"""The facts of rules as text, in the style of kb/: grouped by clause, names aligned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from lgreason.language.book.rulebook import Book
from lgreason.language.clauses.stating import Ruled, clause_facts
from lgreason.rules.solver.control import text
from lgreason.rules.terms import Fn

WIDTH = 9


def program(book: Book, day: date) -> Iterator[str]:
    """What a book states on a day, as lines of facts; whatever its strings hold, each stays one fact."""
    layer = book.on(day)
    copied = [fact for ruled in book.rules if book.copies(ruled) for fact in stated(ruled)]
    yield from lines((*layer.facts, *copied))
    for old, new in sorted(layer.replaced.items()):
        yield f"% {old} is replaced by {new.rstrip('~')}"
    for old in sorted(layer.repealed):
        yield f"% {old} is repealed"


def stated(ruled: Ruled) -> Iterator[Fn]:
    """The facts that a rule states by itself."""
    for clause in ruled.clauses:
        yield from clause_facts(clause)
    yield from (Fn(name, row) for name, row in ruled.meaning.facts)
    yield from (Fn("post", (post, ruled.bare[0].id)) for post in ruled.rule.posts)


def lines(facts: Iterable[Fn]) -> Iterator[str]:
    """Facts, an empty line before each clause and each group of other facts."""
    before = ""
    for fact in facts:
        begins = fact.name == "clause" or (
            fact.name in ("name", "document") and before not in ("name", "document")
        )
        if before and begins:
            yield ""
        name, _, arguments = text(fact).partition("(")
        yield f"{name}({' ' * max(0, WIDTH - len(name) - 1)}{arguments}"
        before = fact.name
