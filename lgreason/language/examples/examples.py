"""The examples of rule files: each is judged by the rules, and compared with what it says must come out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from lgreason.answers.session import Session
from lgreason.files.person.person import load_person
from lgreason.files.source.read import Source, read_source
from lgreason.language.book.rulebook import Book
from lgreason.language.statements.records import Example
from lgreason.language.statements.splitting import SourceText
from lgreason.reasoning.persons.explain import Explanation
from lgreason.rules.findings import Finding, Place, Unusable

if TYPE_CHECKING:
    from lgreason.language.examples.organisations import OrganisationAnswer


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """What became of an example: the answer and whether it is the one expected, or why it could not be judged."""

    example: Example
    source: SourceText
    answer: Explanation | OrganisationAnswer | None = None
    passed: bool = False
    decided: bool = True
    findings: tuple[Finding, ...] = ()


def outcomes(book: Book, session: Session) -> Iterator[ExampleOutcome]:
    """The examples of a book in turn; `session` has the book's rules laid over its knowledge base."""
    days: dict[date, Session] = {}
    for example, source in book.examples:
        try:
            yield _outcome(example, source, session, days)
        except Unusable as unusable:
            yield ExampleOutcome(
                example, source, findings=tuple(_placed(f, example, source) for f in unusable.findings)
            )


def _outcome(
    example: Example, source: SourceText, session: Session, days: dict[date, Session]
) -> ExampleOutcome:
    whole = (example.person is not None and example.position is not None) or example.organisation is not None
    if example.as_of is None or not whole:
        line, column = source.place(example.span[0])
        raise Unusable((Finding("rule_example_not_judged", Place(source.file, line, column)),))
    if example.as_of not in days:
        days[example.as_of] = session.altered(example.as_of)
    answer = _answer(example, days[example.as_of])
    decided = example.because is None or example.because in {node.clause.id for node in answer.deciding}
    return ExampleOutcome(example, source, answer, answer.verdict == example.verdict and decided, decided)


def _answer(example: Example, on_the_day: Session) -> Explanation | OrganisationAnswer:
    latest = max(on_the_day.today, on_the_day.day)
    if example.organisation is None:
        assert example.person is not None and example.position is not None
        person = load_person(_read(example.person), on_the_day.vocabulary, latest, on_the_day.declared)
        return on_the_day.explain(person, on_the_day.position(example.position))
    from lgreason.files.organisation.reading import load_organisation
    from lgreason.language.examples.organisations import judged

    vocabulary = on_the_day.organisation_vocabulary
    return judged(example, load_organisation(_read(example.organisation), vocabulary, latest), on_the_day)


def _read(written: str) -> Source:
    text = textwrap.dedent(written.lstrip("\n"))
    return read_source("-", BytesIO(text.encode()), "yaml")


def _placed(finding: Finding, example: Example, source: SourceText) -> Finding:
    """A finding on the person or organisation of an example, at its place in the rule file."""
    if finding.place is None or finding.place.file != "-":
        return finding
    if finding.place.line is None:
        first, _ = source.place(example.span[0])
        return replace(finding, place=Place(source.file, first, None, finding.place.field))
    # A line of what was read may not be that line of the file: comments are left out. Its first sign tells.
    written = example.person if example.organisation is None else example.organisation
    text = written or ""
    rows = text.lstrip("\n").split("\n")
    before = len(text) - len(text.lstrip("\n"))
    start = example.start + before + sum(len(row) + 1 for row in rows[: finding.place.line - 1])
    indent = min((len(row) - len(row.lstrip()) for row in rows if row.strip()), default=0)
    line, _ = source.place(start)
    column = None if finding.place.column is None else finding.place.column + indent
    return replace(finding, place=Place(source.file, line, column, finding.place.field))
