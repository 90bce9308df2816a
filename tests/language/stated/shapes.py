"""Sentences on declared facts with what they come to, in one line each: `sentences.tsv`.

`python -m tests.language.stated.shapes` writes the last column anew; look at what changed before it is kept.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lgreason.language.checking import faults
from lgreason.language.rulebook import Book, read_book
from lgreason.language.statements import SourceText
from lgreason.rules.knowledge import Library
from lgreason.rules.model import Clause
from lgreason.rules.terms import Value

FILE = Path(__file__).parent / "sentences.tsv"
PRELUDE = (Path(__file__).parent / "prelude.rules").read_text(encoding="utf-8")
KINDS = {"years", "months", "weeks", "days"}


@cache
def library() -> Library:
    return Library()


def rows() -> list[tuple[str, str, str]]:
    found = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        language, sentence, comes_to = line.split("\t")
        found.append((language, sentence, comes_to))
    return found


def rule(language: str, sentence: str, identity: str = "t.q", whose: bool = True) -> str:
    """A rule on a person of an invented notice."""
    if language == "th":
        of = "  คุณสมบัติของ: หัวหน้าฝ่ายสมมุติ\n" if whose else ""
        return f'กฎ {identity}\n  เอกสาร: req\n  ที่: "ข้อ ๑" / "item 1"\n{of}  กำหนดว่า {sentence}\n'
    of = "  qualifies for: invented section head\n" if whose else ""
    return f'rule {identity}\n  document: req\n  place: "ข้อ ๑" / "item 1"\n{of}  provides that {sentence}\n'


def book_of(language: str, sentence: str) -> Book:
    return read_book([SourceText("facts.rules", PRELUDE + rule(language, sentence))], library())


def errors(book: Book) -> list[str]:
    return [fault.code for _, fault in faults(book) if fault.severity == "error"]


def shape(clauses: dict[str, Clause], identity: str) -> str:
    """What a clause demands as one term, with the clauses of its entries and parts in it."""
    clause = clauses[identity]
    if clause.parts:
        inner = ", ".join(shape(clauses, part) for part in clause.parts)
        found = f"{_spelled(clause.says, clauses)}[{inner}]"
    else:
        of = clause.expression if clause.expression is not None else clause.measures
        counts = "".join(f" + {_spelled(what, clauses)}" for what in clause.counts)
        found = f"{_spelled(of, clauses)}{counts} {_spelled(clause.says, clauses)}"
    for other, form in clause.exceptions:
        found += f" unless {shape(clauses, other)} then {_spelled(form, clauses)}"
    return found


def _spelled(value: Value | None, clauses: dict[str, Clause]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "{" + shape(clauses, value) + "}" if value in clauses else value
    if isinstance(value, int):
        return str(value)
    args = ",".join(_spelled(arg, clauses) for arg in value.args)
    return f"{value.name}({args})" if value.args else value.name


def comes_to(book: Book) -> str:
    return shape({clause.id: clause for ruled in book.rules for clause in ruled.clauses}, "t.q")


def regenerate() -> None:
    lines = []
    for language, sentence, _ in rows():
        book = book_of(language, sentence)
        lines.append(f"{language}\t{sentence}\t{errors(book) or comes_to(book)}\n")
    FILE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    regenerate()
