"""The printed program: plain clingo, without lgreason, reaches the same verdicts on it."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.reasoning.persons.program import program
from lgreason.rules.knowledge import Library
from tests.evaluator.persons import random_person

PEOPLE = sorted((Path(__file__).parents[3] / "docs" / "examples" / "people").iterdir())
LIBRARY = Library()
DAY = date(2026, 10, 1)


def by_clingo(text: str) -> dict[str, str]:
    run = subprocess.run(
        [sys.executable, "-m", "clingo", "--outf=2", "--warn=all", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    (witness,) = json.loads(run.stdout)["Call"][0]["Witnesses"]
    found = {}
    for atom in witness["Value"]:
        match = re.fullmatch(r'verdict\("([^"]+)",(eligible|ineligible|undetermined)\)', atom)
        assert match, f"more than verdicts is shown: {atom}"
        found[match[1]] = match[2]
    return found


def by_lgreason(session: Session, path: str) -> dict[str, str]:
    case = session.judges.judge.case(session.person(path), session.day)
    return {position: case.verdict(position) for position in session.kb.posts}


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.name)
def test_clingo_agrees_on_every_example(path: Path) -> None:
    session = Session(as_of=DAY, library=LIBRARY)
    assert by_clingo(program(session.judges.judge, session.person(str(path)), session.day)) == by_lgreason(
        session, str(path)
    )


def test_clingo_agrees_under_other_readings() -> None:
    readings = {"A-01": "both", "A-02": "holder", "A-04": "all"}
    session = Session(as_of=DAY, readings=readings, library=LIBRARY)
    path = str(next(path for path in PEOPLE if path.name == "reduced-term.yaml"))
    found = by_clingo(program(session.judges.judge, session.person(path), session.day))
    assert found == by_lgreason(session, path)
    assert found["general_admin.mid.division_director"] == "ineligible"


def test_clingo_agrees_on_random_persons() -> None:
    session = Session(as_of=date(2021, 12, 31), library=LIBRARY)
    seen = set()
    for seed in range(25):
        text = json.dumps(random_person(random.Random(seed), session.day)).encode()
        someone = session.person("-", BytesIO(text))
        case = session.judges.judge.case(someone, session.day)
        found = by_clingo(program(session.judges.judge, someone, session.day))
        assert found == {position: case.verdict(position) for position in session.kb.posts}, text
        seen |= set(found.values())
    assert seen == {"eligible", "ineligible", "undetermined"}


def test_a_name_cannot_state_a_fact() -> None:
    wicked = {
        "id": "x",
        "name": 'x"). verdict("general_admin.high.office_director",eligible). %*',
        "education": [],
        "postings": [],
        "experience": [],
    }
    session = Session(as_of=DAY, library=LIBRARY)
    someone = session.person("-", BytesIO(json.dumps(wicked).encode()))
    assert set(by_clingo(program(session.judges.judge, someone, session.day)).values()) == {"ineligible"}
