"""Before the standard was in force the short answer and the list say so; the record tells levels and days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lgreason.answers.persons import check
from lgreason.answers.ranking import people
from lgreason.answers.records import missing, profile, service
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.rules.knowledge import Library

HEAD = "general_admin.early.section_head"
LIBRARY = Library()
# Since 1 Jun 2010 at C6, which is the professional level; four years of it are complete on 31 May 2014.
WIPHA = """\
kind: person
id: wipha
name: วิภา ศรีสุข
education:
  - {degree: bachelor, field: รัฐศาสตร์, obtained: 2006-03-20}
postings:
  - {type: academic, c_level: 6, title: นักวิเคราะห์นโยบายและแผน, from: 2010-06-01, to: 2015-12-31}
  - {type: academic, level: ชำนาญการ, title: นักวิเคราะห์นโยบายและแผน, from: 2016-01-01}
experience:
  - {work: policy_planning, from: 2010-06-01}
"""


def session(day: date) -> Session:
    return Session("th", "arabic", day, library=LIBRARY)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "wipha.yaml"
    path.write_text(WIPHA, encoding="utf-8")
    return str(path)


def read(within: Session, file: str) -> Person:
    return within.person(file)


def test_before_the_standard_the_short_answer_says_so(file: str) -> None:
    then = session(date(2015, 1, 1))
    reply = check(then, read(then, file), (HEAD,))
    since = then.kb.clauses[then.kb.posts[HEAD]].in_force
    assert reply.status == 0 and date(2015, 1, 1) < since
    assert "มาตรฐานนี้ยังไม่ใช้บังคับ" in reply.lines[1].text
    assert reply.document["in_force_from"] == since.isoformat()
    assert "in_force_from" not in check(session(since), read(session(since), file), (HEAD,)).document


def test_a_first_day_before_the_standard_is_marked_in_a_list(file: str) -> None:
    now = session(date(2026, 10, 1))
    reply = people(now, (read(now, file),), HEAD)
    lines = [line.text for line in reply.lines]
    told = lines.index("มีสิทธิตั้งแต่ 31 พฤษภาคม 2557")
    in_force = now.kb.clauses[now.kb.posts[HEAD]].in_force
    assert now.wording.date(in_force) in lines[told + 1]
    assert reply.document["people"][0]["in_force_from"] == in_force.isoformat()


def test_the_record_tells_type_and_level_and_the_day_of_a_degree(file: str) -> None:
    now = session(date(2026, 10, 1))
    text = [line.text for line in profile(now, read(now, file)).lines]
    assert any("รัฐศาสตร์" in line and line.endswith("เมื่อ 20 มีนาคม 2549") for line in text)
    first, second = (line for line in text if "นักวิเคราะห์นโยบายและแผน" in line)
    assert first.endswith("วิชาการ ซี 6") and second.endswith("ชำนาญการ")


def test_nothing_missing_names_the_posts_and_a_warning_at_loading(file: str, tmp_path: Path) -> None:
    now = session(date(2026, 10, 1))
    text = "\n".join(line.text for line in missing(now, read(now, file), HEAD).lines)
    assert text.endswith("ไม่มีข้อมูลขาดที่มีผลต่อคำตอบสำหรับ หัวหน้าฝ่าย ระดับต้น")
    gap = tmp_path / "gap.yaml"
    gap.write_text(WIPHA.replace("from: 2016-01-01", "from: 2017-01-01"), encoding="utf-8")
    reply = missing(now, read(now, str(gap)), HEAD)
    assert reply.lines[-1].text == "เมื่ออ่านแฟ้มมีคำเตือน 1 ข้อ โปรดตรวจด้วย"
    assert len(reply.document["warnings"]) == 1


def test_a_post_never_held_is_said_to_be_so(file: str) -> None:
    now = session(date(2026, 10, 1))
    reply = service(now, read(now, file), HEAD)
    assert "ไม่เคยดำรงตำแหน่งตามแฟ้ม: หัวหน้าฝ่าย ระดับต้น" in [line.text for line in reply.lines]
