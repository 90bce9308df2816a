"""Records of people as they were reported, each with the answer that it must have."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from lgreason.answers.persons import how, why
from lgreason.answers.session import Session
from lgreason.language.checking.files import library_with
from lgreason.reasoning.persons.explain import Explanation
from lgreason.reasoning.persons.looked import Why
from lgreason.reasoning.persons.remedies import Remedies
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES

RECORDS = Path(__file__).parents[2] / "data" / "records"
LIBRARY = Library()
HEAD, EARLY = "general_admin.early.section_head", "general_admin.early.division_director"
MID, HIGH = "general_admin.mid.division_director", "general_admin.high.office_director"


def explained(name: str, position: str, day: str, **readings: str) -> Explanation:
    asked = {key.replace("_", "-"): choice for key, choice in readings.items()}
    session = Session("en", as_of=date.fromisoformat(day), readings=asked, library=LIBRARY)
    return session.explain(session.person(str(RECORDS / name)), position)


@pytest.mark.parametrize(
    ("name", "position", "day", "verdict", "earliest"),
    [
        # a master's in a listed field reduces 4 years to 3: complete on 30 November 2023
        ("persons/f1.yaml", MID, "2023-01-01", "ineligible", "2023-11-30"),
        # the only bachelor's is said not to be accepted: time alone does not mend it
        ("persons/f2.yaml", EARLY, "2023-01-01", "ineligible", None),
        # 364 days of related work, and eight years as expert only on 31 December 2026
        ("persons/f3.yaml", HIGH, "2023-01-01", "ineligible", None),
        # two years of the six as senior professional, and no work in the field
        ("persons/f4.yaml", MID, "2023-01-01", "ineligible", None),
        # whether the posts before ended is not known, but the last ones alone are long enough
        ("reports/kp7.yaml", EARLY, "2026-11-27", "eligible", "2022-09-30"),
        ("reports/kp7b.yaml", MID, "2026-11-27", "undetermined", None),
        ("reports/kp7c.yaml", MID, "2026-11-27", "ineligible", None),
        # what begins after the day is left out: section head from 1 October 2022, two years on 30 September 2024
        ("reports/future.yaml", EARLY, "2026-10-01", "eligible", "2024-09-30"),
        # time before the degree counts: four years as section head from 1 October 2017
        ("reports/edulate.yaml", MID, "2024-06-02", "eligible", None),
    ],
)
def test_the_answer_of_a_record(
    name: str, position: str, day: str, verdict: str, earliest: str | None
) -> None:
    answer = explained(name, position, day)
    assert answer.verdict == verdict
    if earliest is not None or verdict == "ineligible":
        assert (answer.earliest.isoformat() if answer.earliest else None) == earliest


def test_time_before_the_degree_is_a_reading() -> None:
    """The degree of 1 June 2024: four years from then are complete on 31 May 2028."""
    name, day = "reports/edulate.yaml", "2024-06-02"
    assert "A-36" in [relied.reading.id for relied in explained(name, MID, day).readings if relied.matters]
    answer = explained(name, MID, day, A_36="after")
    assert (answer.verdict, answer.earliest) == ("ineligible", date(2028, 5, 31))


def test_a_refused_bachelors_is_a_reading() -> None:
    assert explained("persons/f2.yaml", EARLY, "2023-01-01", A_33="every_field").verdict == "eligible"


@pytest.mark.parametrize("name", ["both", "doc_only"])
def test_of_two_reductions_that_asks_less_governs(name: str) -> None:
    """Two years are enough for a doctor; a master's degree besides cannot make it worse."""
    rules = str(RECORDS / "reports" / "two_red.rules")
    library = library_with((rules,), LIBRARY, date(2022, 10, 1))
    session = Session("en", as_of=date(2022, 10, 1), library=library)
    answer = session.explain(session.person(str(RECORDS / "reports" / f"{name}.yaml")), MID)
    assert (answer.verdict, answer.earliest) == ("eligible", date(2022, 9, 30))


def test_each_change_lasts_until_its_own_bound() -> None:
    """364 days of the work are done: one day more is enough, while the years as expert go on to the end of 2026."""
    session = Session("en", as_of=date(2023, 1, 1), library=LIBRARY)
    person = session.person(str(RECORDS / "persons" / "f3.yaml"))
    document = how(session, person, HIGH, 5).document
    lawful = next(each for each in document["remedies"] if "unlawful" not in each)
    assert lawful["earliest"] == "2026-12-31"
    assert [(change["kind"], change["until"]) for change in lawful["changes"]] == [
        ("work", "2023-01-02"),
        ("serve", "2026-12-31"),
    ]


def test_an_appointment_that_is_not_allowed_is_marked_at_the_head() -> None:
    session = Session("en", as_of=date(2023, 1, 1), library=LIBRARY)
    person = session.person(str(RECORDS / "persons" / "f4.yaml"))
    reply = how(session, person, MID, 5)
    heads = [line.text for line in reply.lines if line.style == "earliest"]
    marked = [each.get("unlawful", False) for each in reply.document["remedies"]]
    assert any(marked) and not all(marked)
    assert [head.endswith("that the rules do not allow on its day") for head in heads] == marked
    assert json.dumps(reply.document)


def test_a_degree_is_not_had_at_once() -> None:
    session = Session("en", as_of=date(2024, 1, 1), library=LIBRARY)
    person = session.person(str(RECORDS / "persons" / "f2.yaml"))
    remedies = Remedies(session.judges.judge, person, MID, session.day)
    assert remedies.found[0].day == date(2024, 1, 2)
    lines = [line.text for line in how(session, person, MID, 1).lines]
    assert any("once the degree is obtained" in line for line in lines)


CHEMIST = b"""
kind: person
education: [{degree: bachelor, field: law}, {degree: master, field: chemistry}]
postings:
- {position: general_admin.early.section_head, from: 2562-10-01}
- {position: general_admin.early.division_director, from: 2563-10-01, acting: true}
experience: []
"""


def test_what_was_looked_at_in_vain_is_named_with_the_reason() -> None:
    """Three years as section head; the master's in chemistry reduces nothing, the acting counts for nothing."""
    session = Session("en", as_of=date(2022, 10, 1), library=LIBRARY)
    reply = why(session, session.person("-", io.BytesIO(CHEMIST)), MID, False)
    assert reply.document["verdict"] == "ineligible"
    assert {(each["clause"], each["because"]) for each in reply.document["looked_at"]} == {
        ("std.general_admin.early.q1.2", "field"),
        ("std.general_admin.mid.q2.1", "acting"),
        ("std.general_admin.mid.q2.2", "acting"),
    }
    text = "\n".join(line.text for line in reply.lines)
    assert (
        "has a master's degree (chemistry), which does not count: the field is not one of those listed"
        in text
    )


@pytest.mark.parametrize("why_not", get_args(Why))
def test_every_reason_has_its_words(why_not: str) -> None:
    for language in LANGUAGES:
        assert "no. 1" in Wording(language).say(f"why.looked_{why_not}", entry="no. 1")


def test_a_first_day_before_the_standard_was_in_force_says_so() -> None:
    """Two years as section head complete on 31 December 2010; the standard is in force from 16 June 2016."""
    text = (
        b"kind: person\neducation: [{degree: bachelor, field: law}]\nexperience: []\n"
        b"postings: [{position: general_admin.early.section_head, from: 2552-01-01}]\n"
    )
    session = Session("en", as_of=date(2022, 10, 1), library=LIBRARY)
    lines = [line.text for line in why(session, session.person("-", io.BytesIO(text)), EARLY, False).lines]
    (at,) = (number for number, line in enumerate(lines) if "31 December 2010" in line)
    assert "16 June 2016" in lines[at + 1]
