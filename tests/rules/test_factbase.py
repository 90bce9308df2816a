"""Facts that were kept are the facts that clingo grounds, under every choice of readings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from lgreason.rules.bodies import bodies
from lgreason.rules.factbase import FactBase
from lgreason.rules.knowledge import Library
from lgreason.rules.solver.grounding import Grounding
from lgreason.rules.terms import Fn, Rows


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


ADDED = (
    Fn("clause", ("x.q1", "x", Fn("executable"), Fn("literal"), "2020-01-01")),
    Fn("says", ("x.q1", Fn("all"))),
    Fn("counts", ("std.general_admin.mid.q2.2", Fn("equivalent"))),  # stated already
    Fn("measures", ("x.q1", Fn("service"))),
    Fn("new_predicate", (1, "ก")),
)


def same(one: Mapping[str, Rows], other: Mapping[str, Rows]) -> bool:
    return {name: set(one[name]) for name in one} == {name: set(other[name]) for name in other}


def test_facts_laid_over_are_as_if_grounded_together(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    FactBase(files)
    conditional = next(Fn(name, row) for name, row in Grounding(files).rows_of_readings if name == "counts")
    for added in (ADDED, (*ADDED, conditional)):
        grounded, laid = Grounding(files, added), FactBase(files, added)
        assert same(laid.certain, grounded.certain)
        assert all(len(laid.certain[name]) == len(set(laid.certain[name])) for name in laid.certain)
        assert laid.certain["clause"] == grounded.certain["clause"]  # the order of clauses is that of files
        for choice in ((), *((one,) for one in grounded.choices), tuple(grounded.choices[1::3])):
            assert same(laid.conditional(dict(choice)), grounded.conditional(dict(choice)))
        assert "_grounding" not in laid.__dict__
    derived = Fn("relies", ("x.q1", "A-20B"))  # of whatever measures service
    assert derived.args in laid.certain["relies"]


def test_rules_are_told_from_facts(tmp_path: Path) -> None:
    file = tmp_path / "facts.lp"
    file.write_text(
        """p("x). q(1) :- r."). q(X;9) :- s(X,v), not t. s(5;6).
        n(1..3). #defined t/0. % z(1) :- u(1).
        #external c(A) : d(A). %* e :- f. *% a(2).""",
        encoding="utf-8",
    )
    found = bodies([file])
    assert found is not None
    assert [" ".join(rule.split()) for rule in found.rules.split("\n") if rule.strip()] == [
        "q(X;9) :- s(X,v), not t.",
        "#defined t/0.",
        "% z(1) :- u(1).",
        "#external c(A) : d(A).",
    ]
    assert found.read >= {"s", "c", "d"} and not found.read & {"p", "q", "n", "a", "u", "f"}
    assert "t" in found.bare
    file.write_text('#include "other.lp". p(1).', encoding="utf-8")
    assert bodies([file]) is None
