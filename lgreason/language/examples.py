"""The examples of rule files: each is judged by the rules, and compared with what it says must come out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from lgreason.files.person import load_person
from lgreason.files.source import read_source
from lgreason.findings import Finding, Place, Unusable
from lgreason.language.rulebook import Book
from lgreason.language.rulefile import Example
from lgreason.language.statements import SourceText
from lgreason.reasoning.explain import Explanation
from lgreason.session import Session


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an example: the answer and whether it is the one expected, or why it could not be judged."""

    example: Example
    source: SourceText
    answer: Explanation | None = None
    passed: bool = False
    decided: bool = True
    findings: tuple[Finding, ...] = ()


def outcomes(book: Book, session: Session) -> Iterator[Outcome]:
    """The examples of a book in turn; `session` has the book's rules laid over its knowledge base."""
    for example, source in book.examples:
        try:
            yield _outcome(example, source, session)
        except Unusable as unusable:
            yield Outcome(
                example, source, findings=tuple(_placed(f, example, source) for f in unusable.findings)
            )


def _outcome(example: Example, source: SourceText, session: Session) -> Outcome:
    if example.person is None or example.position is None or example.as_of is None:
        line, column = source.place(example.span[0])
        raise Unusable((Finding("rule_example_not_judged", Place(source.file, line, column)),))
    on_the_day = session.altered(example.as_of)
    text = textwrap.dedent(example.person.lstrip("\n"))
    read = read_source("-", BytesIO(text.encode()), "yaml")
    person = load_person(read, on_the_day.vocabulary, max(on_the_day.today, on_the_day.day))
    answer = on_the_day.explain(person, on_the_day.position(example.position))
    decided = example.because is None or example.because in {node.clause.id for node in answer.deciding}
    return Outcome(example, source, answer, answer.verdict == example.verdict and decided, decided)


def _placed(finding: Finding, example: Example, source: SourceText) -> Finding:
    """A finding on the person of an example, at its place in the rule file."""
    if finding.place is None or finding.place.file != "-":
        return finding
    first, _ = source.place(example.start)
    written = (example.person or "").split("\n")
    blank = next((n for n, line in enumerate(written) if line.strip()), 0)
    indent = min((len(line) - len(line.lstrip()) for line in written if line.strip()), default=0)
    line = None if finding.place.line is None else first + blank + finding.place.line - 1
    column = None if finding.place.column is None else finding.place.column + indent
    return replace(finding, place=Place(source.file, line, column, finding.place.field))
