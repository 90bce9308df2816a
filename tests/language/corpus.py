"""The corpus: rule files that hold, as comments at their end, what must come of them.

good/NAME.LANG.rules    the facts that the file states (a twin in the other language states the same)
bad/NAME.rules          the findings: line:column, code, and what is suggested; and its examples that fail

`python -m tests.language.corpus` writes the expected part of every file anew; look at what changed before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from lgreason.answers.session import Session
from lgreason.language.book.facts import lines
from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.examples.examples import outcomes
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.knowledge import Library

HERE = Path(__file__).parent
MARK = "#= "
DAY = date(2027, 6, 1)
SAID_IN_EACH_LANGUAGE = ("place(", "clause(")


@cache
def library() -> Library:
    return Library()


def files(kind: str) -> list[Path]:
    return sorted((HERE / kind).glob("*.rules"))


def program(path: Path) -> str:
    """The file without what must come of it."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(row for row in rows if not row.startswith(MARK.strip())).rstrip("\n") + "\n"


def expected(path: Path) -> list[str]:
    rows = path.read_text(encoding="utf-8").splitlines()
    return [row.removeprefix(MARK) for row in rows if row.startswith(MARK)]


def book_of(path: Path) -> Book:
    return read_book([SourceText(path.name, program(path))], library())


def found(path: Path) -> list[str]:
    """The findings of a file: place, code, suggestion."""
    rows = []
    for source, fault in faults(book_of(path)):
        line, column = source.place(fault.span[0])
        suggestion = f" → {fault.suggestion}" if fault.suggestion else ""
        rows.append(f"{line}:{column} {fault.code}{suggestion}")
    return rows


def tested(path: Path) -> list[str]:
    """The examples of a file that do not come out as they say: what cannot be judged, or what the rules say."""
    book = book_of(path)
    if any(fault.severity == "error" for _, fault in faults(book)):
        return []
    rows = []
    for outcome in outcomes(book, Session(as_of=DAY, library=library().with_rules(book))):
        for finding in outcome.findings:
            assert finding.place is not None and finding.place.file == path.name
            rows.append(f"{finding.place.line}:{finding.place.column} {finding.code}")
        if outcome.answer is not None and not outcome.passed:
            line, _ = outcome.source.place(outcome.example.span[0])
            decided = "" if outcome.decided else f", not because of {outcome.example.because}"
            rows.append(f"{line} {outcome.example.verdict} is {outcome.answer.verdict}{decided}")
    return rows


def facts(path: Path) -> list[str]:
    """The facts of a file; its warnings first."""
    book = book_of(path)
    warnings = [f"% {row}" for row in found(path)]
    # What a quantity of organisations is called is the vocabulary's affair: a change of names changes no rule.
    left_out = SAID_IN_EACH_LANGUAGE
    if any(str(quantity) in program(path) for quantity, _ in book.library.of(None).under().rows("quantity")):
        left_out += ("gloss(",)
    stated = [row for row in lines(book.on(DAY).facts) if row and not row.startswith(left_out)]
    layer = book.on(DAY)
    replaced = [f"% {old} is replaced by {new.rstrip('~')}" for old, new in sorted(layer.replaced.items())]
    repealed = [f"% {old} is repealed" for old in sorted(layer.repealed)]
    return [*warnings, *stated, *replaced, *repealed]


def outcome(path: Path) -> list[str]:
    return facts(path) if path.parent.name == "good" else [*found(path), *tested(path)]


def everything() -> Iterator[Path]:
    yield from files("good")
    yield from files("bad")


def regenerate() -> None:
    for path in everything():
        text = program(path) + "\n" + "".join(f"{MARK}{row}\n" for row in outcome(path))
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    regenerate()
