"""Days and shortfalls that can be checked from the page: what they come from is named or shown."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from functools import cache

import pytest

from lgreason.answers.persons import check, how, why
from lgreason.answers.session import Session
from lgreason.files.person.person import Person
from lgreason.repl.timing import when
from lgreason.report.line import Line
from lgreason.rules.findings import Unusable

MID = "general_admin.mid.division_director"
HEAD = "general_admin.early.section_head"
DAY = date(2026, 11, 28)


@cache
def session(adding: str = "added") -> Session:
    return Session(as_of=DAY, readings={"A-20C": adding})


def person(postings: str, education: str = "{degree: bachelor, field: รัฐศาสตร์}") -> Person:
    text = f"""
kind: person
id: wichai
name: วิชัย
education: [{education}]
postings: [{postings}]
experience: [{{work: general_admin, from: 2550-01-01}}]
"""
    return session().person("-", io.BytesIO(text.encode()))


def page(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


HEAD_THEN_DIRECTOR = (
    "{position: general_admin.early.section_head, from: 2556-10-01, to: 2561-09-30},"
    "{position: general_admin.early.division_director, acting: true, from: 2560-10-01, to: 2561-09-30},"
    "{position: general_admin.early.division_director, from: 2561-10-01}"
)


def test_the_way_that_gives_the_first_day_is_shown_where_another_way_proves() -> None:
    """2.1 is shown; 2.2 came first: section head from 1 October 2556, 4 years complete on 30 September 2560."""
    someone = person(HEAD_THEN_DIRECTOR)
    answer = session().explain(someone, MID)
    assert answer.eligible_since == date(2017, 9, 30)
    (way,) = answer.first_day_by
    assert way.clause.place.th == "ระดับกลาง ข้อ ๒.๒"
    assert way.measurement is not None and way.measurement.low == (4, 0, 0)
    text = page(why(session(), someone, MID, False).lines)
    since = text[text.index("มีสิทธิตั้งแต่ 30 กันยายน 2560") :]
    assert "ระดับกลาง ข้อ ๒.๒" in since and "มีแล้ว 4 ปี · ครบ" in since and "ลำดับที่ 1 หัวหน้าฝ่าย" in since


def test_acting_service_that_is_not_counted_is_said_without_the_whole_tree() -> None:
    text = page(why(session(), person(HEAD_THEN_DIRECTOR), MID, False).lines)
    assert sum("รักษาราชการแทน" in line and "ลำดับที่ 2" in line for line in text.splitlines()) == 1


def test_a_day_that_the_shown_way_gives_is_not_explained_again() -> None:
    """Section head alone since 1 October 2556: 2.2 is both the way shown and that of the first day."""
    someone = person("{position: general_admin.early.section_head, from: 2556-10-01}")
    answer = session().explain(someone, MID)
    assert (answer.eligible_since, answer.first_day_by) == (date(2017, 9, 30), ())


def test_a_degree_that_came_last_is_named_with_its_day() -> None:
    """Section head since 1 October 2565: 3 years on 30 September 2568; the master's that reduces came in 2569."""
    education = "{degree: bachelor, field: รัฐศาสตร์},{degree: master, field: รัฐศาสตร์, obtained: 2569-03-15}"
    someone = person("{position: general_admin.early.section_head, from: 2565-10-01}", education)
    answer = session().explain(someone, MID)
    assert (answer.verdict, answer.eligible_since) == ("eligible", date(2026, 3, 15))
    text = page(why(session(), someone, MID, False).lines)
    assert "ลำดับที่ 2 ได้รับวันที่ 15 มีนาคม 2569" in text
    reduced = text[text.index("ลดเป็น 3 ปี") : text.index("มีสิทธิตั้งแต่")]
    assert "คุณวุฒิที่ใช้ ปริญญาโท (รัฐศาสตร์)" in reduced and "«กำหนดเวลา ๔ ปี ให้ลดเป็น ๓ ปี" in reduced


SPECIALIST_THEN_HEAD = (
    "{type: academic, level: ชำนาญการพิเศษ, from: 2561-01-16, to: 2566-12-31},"
    "{position: general_admin.early.section_head, from: 2567-01-01}"
)


def test_what_is_lacking_and_the_first_day_may_come_from_two_ways() -> None:
    """2.3 lacks 14 days that will not come; 2.2 is complete on 31 December 2570, four years from 1 January 2567."""
    someone = person(SPECIALIST_THEN_HEAD)
    answer = session().explain(someone, MID)
    assert answer.deciding[-1].clause.place.th == "ระดับกลาง ข้อ ๒.๓"
    assert (answer.eligible_since, len(answer.first_day_by)) == (date(2027, 12, 31), 1)
    assert "31 ธันวาคม 2570 ตามระดับกลาง ข้อ ๒.๒" in page(check(session(), someone, (MID,)).lines)


@pytest.mark.parametrize(("adding", "day", "other"), [("added", 27, 28), ("joined", 28, 27)])
def test_how_stretches_are_added_is_named_where_it_bears_on_a_shortfall(
    adding: str, day: int, other: int
) -> None:
    """Exactly 3 of the 4 years of 3.2 (1) in one stretch; the rest anew from 29 November 2569.

    By 27 November 2570 that is 11 months (to 28 October) and 30 days, which make a month: 4 years. By the other
    reading it is complete when the days of both come to those of 4 years that end on that day, 1461: of the first
    stretch there are 1096 (29 February 2555 among them), so 365 are left, and the 365th is 28 November 2570.
    """
    someone = person("{type: academic, level: ชำนาญการ, from: 2553-10-01, to: 2556-09-30}")
    answer = session(adding).explain(someone, HEAD)
    (node,) = (each for each in answer.reason.walk() if each.clause.place.th == "ระดับต้น ข้อ ๓.๒ (๑)")
    assert node.measurement is not None and node.bound is not None
    added = node.measurement.added(node.bound)
    assert added == (date(2026, 11, 29), date(2027, 11, day), date(2027, 11, other))
    for reply in (why(session(adding), someone, HEAD, False), how(session(adding), someone, HEAD, 5)):
        text = page(reply.lines)
        assert "A-20C" in text
        assert f"{day} พฤศจิกายน 2570" in text and f"{other} พฤศจิกายน 2570" in text


def test_time_in_one_stretch_does_not_rest_on_how_stretches_are_added() -> None:
    someone = person("{type: academic, level: ชำนาญการ, from: 2566-10-01}")
    text = page(why(session(), someone, HEAD, False).lines)
    assert "การรวมหลายช่วง" not in text


def test_a_position_of_several_levels_is_asked_back_with_its_levels() -> None:
    with pytest.raises(Unusable) as caught:
        session().position("หัวหน้าสำนักปลัด")
    (finding,) = caught.value.findings
    assert finding.code == "ask_which_position"
    choices = finding.args["choices"]
    assert isinstance(choices, tuple)
    names = [name.th for name in choices]
    assert names == ["ผู้อำนวยการกอง ระดับต้น", "ผู้อำนวยการกอง ระดับกลาง"]
    with pytest.raises(Unusable) as caught:
        session().position("เสมียน")
    assert caught.value.findings[0].code == "position_unknown"


def test_documents_name_the_way_that_gives_the_first_day() -> None:
    """2.2 is complete on 31 December 2570 by the second entry; 2.3, the nearest miss, will not be."""
    someone = person(SPECIALIST_THEN_HEAD)
    told = why(session(), someone, MID, False).document
    assert told["earliest"] == "2027-12-31"
    (way,) = told["earliest_by"]
    assert (way["clause"], way["required"], way["facts"]) == (
        "std.general_admin.mid.q2.2",
        {"years": 4},
        [{"posting": 2}],
    )
    assert way["measured"] == {"years": 4, "months": 0, "days": 0}
    then = when(session(), someone, MID)
    assert then.document["earliest_by"] == [way]
    assert not any("ครบตามข้อนี้" in line.text for line in then.lines)  # what is waited for is 2.2 already


def test_when_names_the_way_of_a_day_that_is_past() -> None:
    """Eligible since 30 September 2560 by item 2.2, while 2.1 is what `why` shows."""
    reply = when(session(), person(HEAD_THEN_DIRECTOR), MID)
    text = page(reply.lines)
    assert "30 กันยายน 2560" in text and "ระดับกลาง ข้อ ๒.๒" in text
    assert [each["clause"] for each in reply.document["earliest_by"]] == ["std.general_admin.mid.q2.2"]
