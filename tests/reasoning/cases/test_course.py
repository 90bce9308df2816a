"""The days on which a measure turns, held against asking it on every single day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.rules.knowledge import Library
from lgreason.rules.layer import Layer
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn, Truth
from tests.reasoning.cases.reading import facts_of

DAY = date(2026, 3, 1)

HERE = Path(__file__).parent / "course"


STATED = facts_of(HERE / "measures.lp")
CLAUSES = list(dict.fromkeys(str(fact.args[0]) for fact in STATED if fact.name == "says"))


@pytest.fixture(scope="module")
def session() -> Session:
    of = (Fn("executable"), Fn("literal"), "2007-01-01")
    facts = [*STATED, *(Fn("clause", (clause, "x", *of)) for clause in CLAUSES)]
    return Session(as_of=DAY, library=Library(layer=Layer(tuple(facts))))


@pytest.mark.parametrize("name", [clause for clause in CLAUSES if "." not in clause])
def test_turns_are_those_of_every_day(session: Session, name: str) -> None:
    person = session.person(str(HERE / "person.yaml"))
    clause: Clause = session.kb.clauses[name]
    measures, courses = session.judges.judge.facts.case(person, DAY)
    assert clause.says is not None
    turns = courses.turns(clause, clause.says)
    first, last = date(2023, 1, 20), date(2028, 1, 1)
    found: list[date] = []
    before: Truth = measures.leaf(clause, clause.says, None, first - timedelta(days=1))
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        now = measures.leaf(clause, clause.says, None, day)
        if now is not before:
            found.append(day)
        before = now
    assert [turn for turn in turns if first <= turn < last] == found
    assert found or name in ("listed", "left", "age")
