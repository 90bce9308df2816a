"""Every example of the guide is sound, its sentences mean the same in both languages, its own examples pass."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.examples.examples import outcomes
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.reading.faults import Fault
from lgreason.language.reading.sentences import Sentences
from lgreason.language.statements.splitting import SourceText
from lgreason.language.writing.files import formatted, said
from lgreason.rules.knowledge import Library
from tests.language.meaning import shapes

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```rules\n(.*?)```", GUIDE, re.DOTALL)
STANDARDS = sorted((DOCS / "examples" / "rules").glob("*.rules"))
LIBRARY = Library()
LEXICON = RuleLexicon(LIBRARY.of(None).under())
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in GUIDE.splitlines()
    if re.match(r"\| .* · .* \| ", line) and "shape" not in line
]


def sound(text: str, file: str = "guide") -> Book:
    book = read_book([SourceText(file, text)], LIBRARY)
    assert [(fault.code, fault.args) for _, fault in faults(book) if fault.severity == "error"] == []
    return book


def all_pass(book: Book) -> int:
    session = Session(library=LIBRARY.with_rules(book))
    done = list(outcomes(book, session))
    assert [outcome.example.title for outcome in done if not outcome.passed] == []
    return len(done)


@pytest.mark.parametrize("text", BLOCKS)
def test_the_examples_of_the_guide(text: str) -> None:
    all_pass(sound(text))


def test_the_guide_has_examples() -> None:
    assert len(BLOCKS) >= 7 and len(ROWS) >= 25


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_sentences_of_the_guide_mean_the_same(row: tuple[str, str, str]) -> None:
    _, thai, english = row
    one, other = Sentences("th", LEXICON).read(thai), Sentences("en", LEXICON).read(english)
    assert not isinstance(one, Fault)
    if one == other:
        return
    # Sentences on declared facts have an order of their own in each language: they come to the same.
    book, at = on_facts(), 2 * ROWS.index(row)
    assert shapes.errors(book, at) == shapes.errors(book, at + 1) == []
    assert shapes.comes_to(book, at) == shapes.comes_to(book, at + 1)


@cache
def on_facts() -> Book:
    return shapes.books([pair for _, thai, english in ROWS for pair in (("th", thai), ("en", english))])


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.name)
def test_the_invented_standards(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "สมมุติ" in text or "invented" in text
    book = sound(text, path.name)
    assert all_pass(book) >= 5
    (source,) = book.sources
    once = formatted(source, said(book, source), book.lexicon)
    assert all_pass(sound(once, path.name)) >= 5
