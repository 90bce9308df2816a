"""Sentences on declared facts with what they come to, in one line each: `sentences.tsv`.

`python -m tests.language.meaning.shapes` writes the last column anew; look at what changed before it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.statements.splitting import SourceText
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
    return books([(language, sentence)])


def books(sentences: Sequence[tuple[str, str]]) -> Book:
    """One book of several sentences, each a rule of its own, `t.q0` and so on: many take no longer than one."""
    rules = [rule(of, text, f"t.q{number}", whose=False) for number, (of, text) in enumerate(sentences)]
    return read_book([SourceText("facts.rules", PRELUDE + "\n".join(rules))], library())


def errors(book: Book, number: int = 0) -> list[str]:
    """What is wrong with one of its sentences."""
    found = found_in(book)
    spans = [ruled.rule.span for ruled in book.rules if ruled.rule.id == f"t.q{number}"]
    if not spans:
        return ["rule_not_read"]
    return [code for code, at in found if spans[0][0] <= at < spans[0][0] + _length(book, number)]


def _length(book: Book, number: int) -> int:
    starts = sorted(ruled.rule.span[0] for ruled in book.rules)
    here = next(ruled.rule.span[0] for ruled in book.rules if ruled.rule.id == f"t.q{number}")
    after = [start for start in starts if start > here]
    return (after[0] if after else len(book.sources[0].text)) - here


def found_in(book: Book) -> list[tuple[str, int]]:
    """The errors of a book with where each stands, found once."""
    key = id(book)
    if key not in _FOUND:
        _FOUND[key] = (book, [(f.code, f.span[0]) for _, f in faults(book) if f.severity == "error"])
    return _FOUND[key][1]


_FOUND: dict[int, tuple[Book, list[tuple[str, int]]]] = {}


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


def comes_to(book: Book, number: int = 0) -> str:
    return shape({clause.id: clause for ruled in book.rules for clause in ruled.bare}, f"t.q{number}")


def regenerate() -> None:
    book = books([(language, sentence) for language, sentence, _ in rows()])
    lines = []
    for number, (language, sentence, _) in enumerate(rows()):
        lines.append(f"{language}\t{sentence}\t{errors(book, number) or comes_to(book, number)}\n")
    FILE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    regenerate()
