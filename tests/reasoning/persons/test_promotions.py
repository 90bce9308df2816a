"""A post that began before its time was complete is warned of with both entries; nothing else is."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import pytest

from lgreason.answers.session import Session
from lgreason.reasoning.cases.counting import Duration
from lgreason.rules.findings import Finding

CODE = "person_promoted_early"


@cache
def session() -> Session:
    return Session(as_of=date(2026, 11, 28))


def warned(*postings: str) -> list[Finding]:
    listed = "".join(f"\n  - {{{posting}}}" for posting in postings)
    text = f"""
kind: person
id: a
name: เอ
education: [{{degree: bachelor, field: รัฐศาสตร์}}]
postings: {listed}
experience: [{{work: general_admin, from: 2550-01-01}}]
"""
    person = session().person("-", io.BytesIO(text.encode()))
    return [each for each in person.warnings if each.code == CODE]


ACADEMIC = "type: academic, level: ชำนาญการ, from: 2559-01-01, to: 2563-12-31"
HEAD = "position: general_admin.early.section_head, from: 2564-01-01"
DIRECTOR = "position: general_admin.early.division_director, from: {}"


def test_one_year_of_the_two_demanded_names_both_entries() -> None:
    """Section head 1 January to 31 December 2564: 1 year; item 2.2 of the early level demands 2."""
    (found,) = warned(ACADEMIC, f"{HEAD}, to: 2564-12-31", DIRECTOR.format("2565-01-01"))
    assert (found.args["n"], found.args["other"], found.severity) == (3, 2, "warning")
    assert (found.args["required"], found.args["measured"]) == (Duration(2, 0, 0), Duration(1, 0, 0))
    assert found.place is not None and found.place.field == "postings[3].from"


@pytest.mark.parametrize(("day", "warnings"), [("2565-12-31", 1), ("2566-01-01", 0)])
def test_two_years_are_complete_on_the_day_before_the_post_begins(day: str, warnings: int) -> None:
    """From 1 January 2564 two years are complete on 31 December 2565, so the post may begin on the day after."""
    assert len(warned(ACADEMIC, HEAD, DIRECTOR.format(day))) == warnings


def test_acting_a_lone_entry_and_what_was_before_the_standard_are_left_alone() -> None:
    short = f"{HEAD}, to: 2564-12-31"
    assert not warned(ACADEMIC, short, DIRECTOR.format("2565-01-01, acting: true"))
    assert not warned(DIRECTOR.format("2565-01-01"))
    old = "type: academic, c_level: 6, from: 2556-01-01, to: 2557-12-31"
    head = "position: general_admin.early.section_head, c_level: 7, from: 2558-01-01, to: 2558-12-31"
    assert not warned(old, head)


def test_what_is_not_known_is_no_slip() -> None:
    """The level of the first post is not told: it may have been long enough at one that counts."""
    assert not warned("type: academic, from: 2559-01-01, to: 2563-12-31", HEAD)


def test_a_director_without_any_service_that_counts_names_the_post_before() -> None:
    (found,) = warned("type: academic, level: ปฏิบัติการ, from: 2559-10-01, to: 2563-12-31", HEAD)
    assert (found.args["n"], found.args["other"]) == (2, 1)
    assert found.args["measured"] == Duration(0, 0, 0)
