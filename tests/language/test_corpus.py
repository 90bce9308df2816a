"""The corpus of good and bad rule files comes out as it says; twins state the same facts; formatting changes none."""

from __future__ import annotations

from pathlib import Path

import pytest

from lgreason.language.book.rulebook import read_book
from lgreason.language.checking.checking import faults
from lgreason.language.statements.splitting import SourceText
from lgreason.language.writing.files import formatted, said
from tests.language import corpus

GOOD, BAD = corpus.files("good"), corpus.files("bad")
TWINS = sorted({path.name.removesuffix(".th.rules") for path in GOOD if path.name.endswith(".th.rules")})


def names(path: Path) -> str:
    return path.name


def test_the_corpus_is_large_enough() -> None:
    assert len(GOOD) >= 60 and len(BAD) >= 80
    for language in ("th", "en"):
        assert sum(path.name.endswith(f".{language}.rules") for path in GOOD) >= 30


@pytest.mark.parametrize("path", GOOD + BAD, ids=names)
def test_what_comes_of_a_file(path: Path) -> None:
    assert corpus.outcome(path) == corpus.expected(path)
    assert corpus.expected(path)


@pytest.mark.parametrize("path", GOOD, ids=names)
def test_good_files_have_no_errors(path: Path) -> None:
    assert [fault for _, fault in faults(corpus.book_of(path)) if fault.severity == "error"] == []


@pytest.mark.parametrize("path", BAD, ids=names)
def test_bad_files_have_findings(path: Path) -> None:
    assert faults(corpus.book_of(path)) or corpus.tested(path)


@pytest.mark.parametrize("path", GOOD, ids=names)
def test_the_examples_of_good_files_come_out_as_they_say(path: Path) -> None:
    assert corpus.tested(path) == []


@pytest.mark.parametrize("name", TWINS)
def test_twins_state_the_same(name: str) -> None:
    thai, english = (corpus.HERE / "good" / f"{name}.{language}.rules" for language in ("th", "en"))
    assert english.exists()
    a, b = ([row for row in corpus.facts(path) if not row.startswith("%")] for path in (thai, english))
    assert a == b


@pytest.mark.parametrize("path", GOOD, ids=names)
def test_formatting_keeps_the_meaning_and_is_done_once(path: Path) -> None:
    once = _formatted(corpus.program(path))
    assert _formatted(once) == once
    before = corpus.book_of(path).on(corpus.DAY)
    after = read_book([SourceText(path.name, once)], corpus.library()).on(corpus.DAY)
    assert (
        after.facts == before.facts
        and after.replaced == before.replaced
        and after.repealed == before.repealed
    )


@pytest.mark.parametrize("path", GOOD, ids=names)
def test_comments_are_kept(path: Path) -> None:
    text = corpus.program(path)
    comments = [line.strip() for line in text.splitlines() if line.strip().startswith("#")]
    kept = [line.strip() for line in _formatted(text).splitlines()]
    assert all(comment in kept for comment in comments)


def _formatted(text: str) -> str:
    source = SourceText("x", text)
    book = read_book([source], corpus.library())
    return formatted(source, said(book, source), book.lexicon)
