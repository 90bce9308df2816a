"""Questions as people ask them, line by line: a corpus of our own, and one written by others."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import chdir
from functools import cache

import pytest

from tests.repl.scoring import HERE, Scored, rows, scored

OWN, OPEN = HERE / "own.jsonl", HERE / "questions" / "open.jsonl"


@cache
def outcomes(name: str) -> dict[str, Scored]:
    """What became of every line of a corpus; whatever is written goes to a folder of its own."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        return {each.row["id"]: each for each in scored(rows(OWN if name == "own" else OPEN))}


def lines() -> Iterator[tuple[str, str]]:
    for name, file in (("own", OWN), ("open", OPEN)):
        yield from ((name, row["id"]) for row in rows(file))


NOT_YET = {
    line
    for line in (HERE / "questions" / "not_yet.txt").read_text(encoding="utf-8").split()
    if not line.startswith("#")
}
"""Lines that are not answered and not rightly offered; none of them may be misread."""


@pytest.mark.parametrize(("corpus", "identity"), lines())
def test_line(corpus: str, identity: str) -> None:
    found = outcomes(corpus)[identity]
    assert found.outcome != "misread", found.why
    if identity not in NOT_YET:
        assert found.outcome in ("right", "offered"), found.why


@pytest.mark.parametrize("corpus", ["own", "open"])
def test_figures(corpus: str) -> None:
    """At least nine of ten lines are answered or rightly offered, and three of four answered."""
    found = list(outcomes(corpus).values())
    right = sum(each.outcome == "right" for each in found)
    offered = sum(each.outcome == "offered" for each in found)
    assert (right + offered) / len(found) >= 0.9
    assert right / len(found) >= 0.75
