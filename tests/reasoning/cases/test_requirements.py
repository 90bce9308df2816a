"""Fifty sentences of regulations as facts: persons on either side of each boundary are decided as they must be."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.rules.knowledge import Library
from lgreason.rules.layer import Layer
from lgreason.rules.terms import Fn
from tests.reasoning.cases.reading import facts_of

CASES = Path(__file__).parent / "requirements"
PERSONS = [
    path.name
    for path in sorted(CASES.iterdir())
    if json.loads((path / "expect.json").read_text("utf-8"))["subject"] == "person"
]


def expected_of(case: str) -> dict[str, str]:
    return json.loads((CASES / case / "expect.json").read_text("utf-8"))


def position(case: str) -> str:
    return f"invented.c{case}.head"


@cache
def library() -> Library:
    """The knowledge base with every sentence laid over it, each for a position of its own."""
    facts = list(facts_of(CASES.parent / "prelude.lp"))
    for case in PERSONS:
        stated = facts_of(CASES / case / "rule.lp")
        clauses = dict.fromkeys(str(fact.args[0]) for fact in stated if fact.name == "says")
        of = (Fn("executable"), Fn("literal"), "2007-01-01")
        facts += [*stated, *(Fn("clause", (clause, "req", *of)) for clause in clauses)]
        facts.append(Fn("post", (position(case), f"req.c{case}")))
        of_position = (Fn("managerial_local"), Fn("early"), Fn("invented"))
        facts += [Fn("position", (position(case), *of_position)), Fn("rank", (position(case), 9))]
    return Library(layer=Layer(tuple(facts)))


@pytest.mark.parametrize("case", PERSONS)
def test_persons_on_either_side(case: str) -> None:
    expected = expected_of(case)
    here = Session(as_of=date.fromisoformat(expected["as_of"]), library=library())
    for which in ("yes", "no", "unknown"):
        if which in expected:
            person = here.person(str(CASES / case / f"{which}.yaml"))
            found = here.judges.judge.case(person, here.day).verdict(position(case))
            assert found == expected[which], which
