"""`rules check --watch`: at each save the findings, the other language, and how the examples come out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lgreason.answers.session import Session
from lgreason.language.book.rulebook import Book
from lgreason.report.line import Line
from lgreason.rules.model import Language

PAUSE = 0.5
"""So many seconds pass between looks at the files."""


def saved(files: Sequence[str]) -> tuple[float, ...]:
    """When each file was last saved; zero where there is none at the moment."""
    return tuple(Path(file).stat().st_mtime if Path(file).exists() else 0.0 for file in files)


def each_save(files: Sequence[str], show: Callable[[], None]) -> None:
    """Show at once and after each save, until the user ends it."""
    before: tuple[float, ...] | None = None
    while True:
        now = saved(files)
        if now != before and all(now):
            before = now
            show()
        time.sleep(PAUSE)


def as_understood(book: Book, language: Language) -> Iterator[Line]:
    """Each rule of a book as it reads in the language that it is not written in, or described in that asked for."""
    from lgreason.language.writing.telling import RuleTelling

    telling = RuleTelling(book)
    for ruled in book.rules:
        if ruled.rule.node is not None:
            yield Line(f"{ruled.rule.id}: {telling.understood(ruled, language)}", 1, "note")


def example_results(book: Book, session: Session) -> Iterator[Line]:
    """Which examples come out as they say."""
    from lgreason.language.examples.examples import outcomes

    say = session.wording.say
    over = Session(
        session.wording.language,
        session.wording.digits,
        session.day,
        session.readings,
        session.library.with_rules(book),
    )
    for outcome in outcomes(book, over):
        line, _ = outcome.source.place(outcome.example.span[0])
        key = "rules.example_passed" if outcome.passed else "rules.example_failed"
        text = say(key, title=outcome.example.title, file=outcome.source.file, line=line)
        yield Line(text, style="good" if outcome.passed else "bad")
