"""Questions as people ask them: several corpora, each asked once; no line is answered as another question."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import chdir

import pytest

from tests.repl.plainly import plain_rows
from tests.repl.scoring import HERE, Row, rows, scored

CORPORA: dict[str, tuple[Callable[[], list[Row]], float, float]] = {
    "own": (lambda: rows(HERE / "own.jsonl"), 0.95, 1.0),
    "open": (lambda: rows(HERE / "questions" / "open.jsonl"), 0.9, 0.97),
    "paraphrased": (lambda: rows(HERE / "questions" / "paraphrased.jsonl"), 0.9, 0.94),
    "others": (lambda: rows(HERE / "questions" / "others.jsonl"), 0.9, 0.97),
    "fifth": (lambda: list(plain_rows(HERE / "fresh" / "fifth.txt")), 0.75, 0.97),
    "sixth": (lambda: list(plain_rows(HERE / "fresh" / "sixth.txt")), 0.9, 0.95),
    "first": (lambda: list(plain_rows(HERE / "fresh" / "first.txt")), 0.97, 1.0),
    "second": (lambda: list(plain_rows(HERE / "fresh" / "second.txt")), 0.97, 1.0),
    "fourth": (lambda: list(plain_rows(HERE / "fresh" / "fourth.txt")), 0.97, 1.0),
    "third": (lambda: list(plain_rows(HERE / "fresh" / "third.txt")), 0.97, 0.98),
}
"""Of each corpus its lines, and which part of them is answered, and answered or rightly offered, at least."""


@pytest.mark.parametrize("name", CORPORA)
def test_corpus(name: str) -> None:
    lines, answered, offered = CORPORA[name]
    with tempfile.TemporaryDirectory() as folder, chdir(folder):  # whatever is written goes there
        found = list(scored(lines()))
    assert [(s.row["text"], s.why) for s in found if s.outcome == "misread"] == []
    left = [(s.row["text"], s.why) for s in found if s.outcome == "unanswered"]
    assert len(left) <= (1 - offered) * len(found), left
    assert sum(s.outcome == "right" for s in found) >= answered * len(found)
