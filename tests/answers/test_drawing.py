"""The chart of a judged plan: it says the verdict and the burden, and of what may not be, the clause."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lgreason.answers.drawing import plan_drawn
from lgreason.answers.session import Session

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples" / "organisations"


def drawn(name: str) -> str:
    session = Session("en", as_of=date(2016, 1, 4))
    return plan_drawn(session, session.organisation(str(EXAMPLES / name)))


def test_a_forbidden_post_looks_forbidden_and_says_its_clause() -> None:
    svg = drawn("sao-medium.json")
    assert svg.count(">not allowed<") == 1  # the unit with three sections of at most two
    assert ">slide 47, item 2<" in svg
    assert "The structure proposed may not be · as of 4 January 2016 · mean burden 28.51 %" in svg


def test_a_plan_that_may_be_has_nothing_forbidden() -> None:
    svg = drawn("town-worked-example.yaml")
    assert "not allowed" not in svg
    assert "mean burden 28.63 %" in svg
