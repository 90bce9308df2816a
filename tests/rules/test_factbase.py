"""Facts that were kept are the facts that clingo grounds, under every choice of readings."""

from __future__ import annotations

from pathlib import Path

import pytest

from lgreason.rules.factbase import FactBase
from lgreason.rules.knowledge import Library
from lgreason.rules.solver.grounding import Grounding


@pytest.fixture(scope="module")
def files() -> list[Path]:
    return Library()._files(describing=False)


def test_what_is_kept_is_what_is_grounded(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grounded = Grounding(files)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made, kept = FactBase(files), FactBase(files)
    assert [path.suffix for path in (tmp_path / "lgreason").iterdir()] == [".kept"]
    for facts in (made, kept):
        assert {name: facts.certain[name] for name in facts.certain} == grounded.certain
        assert list(facts.certain) == list(grounded.certain)
        for choice in ((), *((one,) for one in grounded.choices), tuple(grounded.choices[1::3])):
            assert facts.conditional(dict(choice)) == grounded.conditional(dict(choice))
    assert "_grounding" in made.__dict__
    assert any(ambiguity == "A-05" for ambiguity, _ in grounded.choices)


def test_what_was_kept_needs_no_solver(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    FactBase(files)
    kept = FactBase(files)
    assert kept.certain["clause"] and kept.conditional({"A-05": "title"}) != kept.conditional({})
    assert "_grounding" not in kept.__dict__
