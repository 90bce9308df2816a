"""The product against the conformance cases of organisations, and guards that no clause or reading is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from lgreason.files.organisation.organisation import FACTORS, FULL_JOB_VALUE, LEVELS
from lgreason.reasoning.organisations.quantities import FULL_SCORE
from lgreason.rules.knowledge import Library
from lgreason.rules.model import Clause
from tests.evaluator.post_table import POSTS
from tests.kb.org.conformance import FILES, OrganisationCase, OrganisationCourt, cases, written

CASES = cases()
KINDS = ("pao", "ordinary", "ordinary_high", "special", "special_high", "large", "medium", "small")
# It holds whichever of its two parts does.
NEVER_UNKNOWN = {"org.mun.s25.scope.clerk"}


@pytest.fixture(scope="module")
def court() -> OrganisationCourt:
    return OrganisationCourt(Library(branch="organisations"))


@pytest.fixture(scope="module")
def clauses(court: OrganisationCourt) -> dict[str, Clause]:
    """Every clause that decides, under the usual readings and the others."""
    found: dict[str, Clause] = {}
    for readings in ({}, {"A-25": "one"}, {"A-25": "possible"}):
        found |= {clause.id: clause for clause in court.tables(readings).clauses}
    assert len(found) == 140
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: OrganisationCase, court: OrganisationCourt) -> None:
    assert not list(court.differences(case)), case.entry["why"]


def test_a_case_can_fail(court: OrganisationCourt) -> None:
    """With its expectation turned round, no case would pass."""
    other = {"allowed": "forbidden", "eligible": "ineligible"}
    for case in CASES:
        key = "holds" if case.form == "clause" else "verdict"
        turned = not case.expected if case.form == "clause" else other.get(case.expected, "allowed")
        assert list(court.differences(replace(case, entry={**case.entry, key: turned}))), case.name


def test_no_case_is_left_out() -> None:
    lines = [line for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(CASES) == sum(line.startswith("- {") for line in lines) >= 700


def test_no_case_is_written_twice() -> None:
    asked = Counter(
        repr(
            (
                path.stem,
                {key: value for key, value in entry.items() if key not in ("why", "holds", "verdict")},
            )
        )
        for path, _, entry, _ in written()
    )
    assert [what for what, times in asked.items() if times > 1] == []


def test_every_clause_comes_out_every_way_it_can(clauses: dict[str, Clause]) -> None:
    """True and false, and not known where a fact that it asks for can be missing."""
    found = {(case.asked, case.expected) for case in CASES if case.form == "clause"}
    missing = []
    for identity, clause in clauses.items():
        if clause.says is None:  # it prints levels, each of which has a clause of its own
            continue
        free = clause.op == "all" and not clause.parts
        ways: tuple[Any, ...] = (True,) if free or identity in NEVER_UNKNOWN else (True, False)
        if not free and identity not in NEVER_UNKNOWN and not (clause.measures or "").startswith("planned"):
            ways = (*ways, None)
        missing += [(identity, way) for way in ways if (identity, way) not in found]
    assert missing == []


def test_every_post_and_level_is_asked_of_every_kind() -> None:
    """Every level that some table prints, and that the others are refused, in each kind of organisation."""
    asked = {
        (case.organisation.kind or case.organisation.type, case.asked)
        for case in CASES
        if case.form == "post"
    }
    printed = {
        "clerk": LEVELS,
        "deputy": LEVELS,
        "office_head": ("high",),
        "division_head": ("mid",),
        "part_head": ("mid",),
        "section_head": ("early",),
    }
    assert set(printed) == set(POSTS)
    expected = {(kind, f"{post}.{level}") for kind in KINDS for post in POSTS for level in printed[post]}
    assert expected <= asked


def test_every_reading_with_another_choice_changes_a_case(court: OrganisationCourt) -> None:
    """The same question with another answer under every other choice, and both are written down."""
    changed = set()
    for one, other in combinations(CASES, 2):
        same = (one.name.split("[")[0], one.asked) == (other.name.split("[")[0], other.asked)
        if same and _facts(one) == _facts(other) and _answer(one) != _answer(other):
            changed |= set(one.readings.items()) ^ set(other.readings.items())
    readings = court.tables({}).kb.readings
    org = {name: reading for name, reading in readings.items() if _of_organisations(name)}
    others = {
        (identity, choice)
        for identity, reading in org.items()
        for choice, _ in reading.choices
        if choice != reading.chosen
    }
    assert others - changed == set()


def _facts(case: OrganisationCase) -> str:
    return repr([case.entry.get(key) for key in ("with", "of", "unit", "plan")])


def _answer(case: OrganisationCase) -> tuple[Any, ...]:
    return case.expected, case.entry.get("most")


def _of_organisations(reading: str) -> bool:
    text = (Library().root / "org" / "readings.lp").read_text(encoding="utf-8")
    return f'confidence("{reading}"' in text


def test_the_tables_of_points_agree_with_those_that_files_are_checked_by(court: OrganisationCourt) -> None:
    """The maxima stand in the knowledge base with their clauses, and in the form of the file."""
    kb = court.tables({}).kb
    assert {str(factor): most for factor, most, _ in kb.rows("factor")} == dict(FACTORS)
    full = {str(quantity): points for quantity, points, _ in kb.rows("full")}
    assert full == {
        "job_value": FULL_JOB_VALUE,
        "section_job_value": FULL_JOB_VALUE,
        "workload": FULL_SCORE,
        "efficiency": FULL_SCORE,
    }
    assert sum(FACTORS.values()) == FULL_JOB_VALUE
