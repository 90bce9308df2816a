"""The product against the conformance cases, and guards that the cases leave no clause and no reading out."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from lgreason.rules.knowledge import Library
from tests.kb.std.conformance import FILES, ConformanceCase, Court, cases

CASES = cases()


@pytest.fixture(scope="module")
def court() -> Court:
    return Court(Library())


@pytest.fixture(scope="module")
def clauses(court: Court) -> set[str]:
    found = {clause.id for clause in court.judges.kb.eligibility}
    assert len(found) == 29
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: ConformanceCase, court: Court) -> None:
    assert not list(court.differences(case)), case.why


def test_a_case_can_fail(court: Court) -> None:
    """With its expectation turned round, no case that passes would pass."""
    for case in (case for case in CASES if not any(court.differences(case))):
        turned = ConformanceCase(**{**vars(case), "holds": None if case.holds else True})
        assert list(court.differences(turned)), case.name


def test_no_case_is_left_out() -> None:
    written = [
        line
        for path in FILES
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("- ")
    ]
    assert all(line.startswith("- clause: ") for line in written)
    assert len(CASES) == len(written) >= 450


def test_every_clause_has_both_sides_and_an_unknown(clauses: set[str]) -> None:
    sides = {(case.clause, case.holds) for case in CASES}
    assert {clause for clause, _ in sides} == clauses
    assert not [
        (clause, holds)
        for clause in sorted(clauses)
        for holds in (True, False, None)
        if (clause, holds) not in sides
    ]


def test_no_case_is_written_twice_or_contradicts_another() -> None:
    asked = Counter(
        (case.clause, case.as_of, repr(case.data), tuple(sorted(case.readings.items()))) for case in CASES
    )
    assert [what for what, times in asked.items() if times > 1] == []


def test_a_case_stands_in_the_file_of_its_level_and_says_why() -> None:
    for case in CASES:
        assert case.name.startswith(case.clause.split(".")[2]), case.name
        assert len(case.why) > 10 and "\n" not in case.why, case.name


def test_every_time_clause_has_the_day_before_and_the_day_of(court: Court, clauses: set[str]) -> None:
    """For each clause that measures time: the same person, false on one day and true on the next."""
    found = set()
    for one, other in combinations(CASES, 2):
        if (one.clause, one.data, one.readings) == (other.clause, other.data, other.readings):
            early, late = sorted((one, other), key=lambda case: case.as_of)
            if (late.as_of - early.as_of).days == 1 and (early.holds, late.holds) == (False, True):
                found.add(one.clause)
    kb = court.judges.kb
    timed = {clause for clause in clauses if kb.clauses[clause].measures in ("service", "experience")}
    assert len(timed) == 13
    assert timed <= found


def test_every_switchable_reading_has_a_case_that_it_changes(court: Court) -> None:
    """The same person, clause and day with another result under the other choice, and both are written down."""
    changed = set()
    for one, other in combinations(CASES, 2):
        same = (one.clause, one.as_of, one.data) == (other.clause, other.as_of, other.data)
        if same and one.holds is not other.holds:
            changed |= {identity for identity, _ in set(one.readings.items()) ^ set(other.readings.items())}
    readings = court.judges.kb.readings
    switchable = {identity for identity, reading in readings.items() if len(reading.choices) > 1}
    assert switchable == changed
    assert {f"A-0{n}" for n in range(1, 9)} | {"A-20", "A-26", "A-27"} <= switchable


def test_every_counting_rule_is_the_reason_of_a_case() -> None:
    named = {rule for case in CASES for rule in re.findall(r"\bC[1-8]\b", case.why)}
    assert {f"C{n}" for n in range(1, 9)} <= named


def test_every_position_has_every_verdict_and_an_earliest_day(court: Court) -> None:
    verdicts = {(position, verdict) for case in CASES for position, verdict in case.verdicts.items()}
    for position in court.judges.kb.posts:
        assert {(position, v) for v in ("eligible", "ineligible", "undetermined")} <= verdicts
        assert any(position in case.earliest for case in CASES)
