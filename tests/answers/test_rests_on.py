"""An answer says on which reading its day hangs, in short and in the memorandum."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lgreason.answers.memo import memo
from lgreason.answers.persons import check
from lgreason.answers.records import readings_of, service
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.repl.reasons import other_readings
from lgreason.rules.knowledge import Library

MID = "general_admin.mid.division_director"
DAY = date(2026, 10, 1)
LIBRARY = Library()
# 1 Jul 2014 – 30 Jun 2017 is three years. Of the fourth, 1 Apr 2026 – 28 Feb 2027 is eleven months; 30 days more make
# a month of odd days (30 Mar 2027), while the whole year served in one stretch would end on 31 Mar 2027.
HEAD = """\
kind: person
id: manop
name: มานพ คงดี
education:
  - {degree: bachelor, field: รัฐศาสตร์}
postings:
  - {position: หัวหน้าฝ่าย ระดับต้น, from: 2014-07-01, to: 2017-06-30}
  - {position: หัวหน้าฝ่าย ระดับต้น, from: 2026-04-01}
experience: []
"""


@pytest.fixture
def session() -> Session:
    return Session("th", "arabic", DAY, library=LIBRARY)


@pytest.fixture
def manop(session: Session, tmp_path: Path) -> Person:
    file = tmp_path / "manop.yaml"
    file.write_text(HEAD, encoding="utf-8")
    return session.person(str(file))


def test_the_reading_that_moves_the_day_comes_first_and_the_firm_one_is_not_said_to_leave_it(
    session: Session, manop: Person
) -> None:
    answer = session.explain(manop, MID)
    assert answer.earliest == date(2027, 3, 30)
    first = answer.readings[0]
    assert (first.reading.id, first.days) == ("A-20C", (("joined", date(2027, 3, 31)),))
    assert other_readings(answer)[0].reading.id == "A-20C"
    # All three degrees: without a doctorate no waiting helps, so the first day does not stay.
    text = "\n".join(line.text for line in readings_of(session, manop, MID).lines)
    (told,) = text.split("A-04 ")[1].split("\n")[1:2]
    assert told.endswith("การรออย่างเดียวจะไม่ทำให้มีสิทธิ")


def test_the_short_answer_and_the_memorandum_name_it(session: Session, manop: Person) -> None:
    short = [line.text for line in check(session, manop, (MID,)).lines]
    assert short[-1] == "อาศัยการตีความ A-20C · หากตีความทางอื่น วันแรกที่มีสิทธิ 31 มีนาคม 2570"
    written = [line.text for line in memo(session, manop, MID).lines]
    assert any("A-20C" in line and "31 มีนาคม 2570" in line for line in written)
    assert any(line.startswith("ข้อสรุปนี้อาศัยการตีความ A-20C ") for line in written)


def test_the_sum_of_a_record_cites_how_stretches_are_added(session: Session, manop: Person) -> None:
    assert "A-20C" in service(session, manop).lines[-1].text


def test_one_stretch_rests_on_no_adding(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(HEAD.replace("to: 2017-06-30", "to: 2026-03-31"), encoding="utf-8")
    lines = [line.text for line in check(session, session.person(str(file)), (MID,)).lines]
    assert not any("A-20C" in line for line in lines)
