"""The days that a sentence names: before then, a day of what is supposed, and the day asked about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lgreason.answers.session import Session
from lgreason.repl.asked import Question
from lgreason.repl.conversation import Conversation
from lgreason.repl.question import parse
from lgreason.rules.knowledge import Library

DAY = date(2026, 11, 28)
LIBRARY = Library()
PEOPLE = "docs/examples/people"


def talk() -> Conversation:
    """A conversation about มาลี and สมชาย on 28 November 2026."""
    found = Conversation(Session("th", as_of=DAY, library=LIBRARY))
    for name in ("reduced-term.yaml", "one-day-short.yaml"):
        found.open(f"{PEOPLE}/{name}")
    return found


def read(line: str) -> Question:
    """The question that a line is read as, to its last word."""
    found = parse(line, talk().lexicon, DAY)
    assert isinstance(found, Question), line
    return found


def text(conversation: Conversation, line: str) -> str:
    """The answer to a line."""
    return "\n".join(line.text for line in conversation.answer(line).lines)


# ── before ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("ก่อนปี 2571 ใครจะมีสิทธิเป็นผอ.กองกลางบ้าง", date(2027, 12, 31)),
        ("ก่อน 1 ต.ค. 2570 ใครจะเป็นผอ.กองกลางได้บ้าง", date(2027, 9, 30)),
        ("ก่อนวันที่ 1 มี.ค. 2571 ใครจะเป็นผอ.กองกลางได้บ้าง", date(2028, 2, 29)),
        ("ใครจะมีสิทธิเป็นผอ.สำนักก่อนเดือนตุลาคม 2570", date(2027, 9, 30)),
        ("who could become office director before 2032", date(2031, 12, 31)),
        ("ก่อนสิ้นปี 2571 ใครจะมีสิทธิเป็นผอ.กองกลางบ้าง", date(2028, 12, 31)),
        ("ภายในปี 2571 ใครจะมีสิทธิเป็นผอ.กองกลางบ้าง", date(2028, 12, 31)),
        ("ภายใน 1 ต.ค. 2570 ใครจะเป็นผอ.กองกลางได้บ้าง", date(2027, 10, 1)),
    ],
)
def test_before_a_time_ends_on_the_day_before_it(line: str, last: date) -> None:
    question = read(line)
    assert question.ask == "upcoming" and question.by is not None and question.by.day == last


def test_before_a_day_a_person_is_judged_on_the_day_before() -> None:
    question = read("มาลีมีสิทธิเป็นผอ.กองกลางก่อน 1 ต.ค. 2570 ไหม")
    assert question.ask == "check" and question.on is not None and question.on.day == date(2027, 9, 30)


# ── a level that the post has not ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line", ["มาลีกับสมชายใครอาวุโสกว่า", "มาลีกับสมชายใครอาวุโสมากกว่ากัน", "ระดับอาวุโสล่ะ", "ระดับกลางล่ะ"]
)
def test_a_level_that_a_post_has_not_is_no_fault(line: str) -> None:
    conversation = talk()
    conversation.answer("มาลีมีสิทธิเป็นผอ.สำนักไหม")
    answer = conversation.answer(line)
    document: dict[str, Any] = answer.document
    assert not document["understood"] and "fault" not in document
    if line.startswith("ระดับ"):
        assert document["fallback"] == "outside_standard"


# ── the day of what is supposed ───────────────────────────────────────────────────────────────────────────────────

MASTER = "ป.โท รัฐศาสตร์"


@pytest.mark.parametrize(
    ("line", "start", "on"),
    [
        (f"ถ้าสมชายได้ {MASTER} วันที่ 1 มิ.ย. 2571 จะเป็นผอ.กองกลางได้เมื่อไร", date(2028, 6, 1), None),
        (f"ถ้าสมชายได้ {MASTER} เมื่อ 1 มี.ค. 2570 จะเป็นผอ.กองกลางได้เมื่อไร", date(2027, 3, 1), None),
        (f"สมชายจะเป็นผอ.กองกลางได้เมื่อไร ถ้าได้ {MASTER} วันที่ 1 มิ.ย. 2571", date(2028, 6, 1), None),
        (f"ถ้าวันที่ 1 มี.ค. 2570 สมชายจบ {MASTER} จะเป็นผอ.กองกลางได้ไหม", date(2027, 3, 1), None),
        (f"ถ้าสมชายได้ {MASTER} ภายในสิ้นปี 2570 จะเป็นผอ.กองกลางได้เมื่อไร", date(2027, 12, 31), None),
        (f"ถ้าสมชายได้ {MASTER} ก่อนวันที่ 1 ต.ค. 2570 จะเป็นผอ.กองกลางได้เมื่อไร", date(2027, 9, 30), None),
        (f"ถ้าสมชายได้ {MASTER} พรุ่งนี้ อีกสองปีเขาเป็นผอ.กองกลางได้ไหม", date(2026, 11, 29), date(2028, 11, 28)),
        (f"ณ วันที่ 1 ต.ค. 2571 ถ้าสมชายได้ {MASTER} จะเป็นผอ.กองกลางได้ไหม", None, date(2028, 10, 1)),
        (f"ถ้าสมชายได้ {MASTER} จะเป็นผอ.กองกลาง ณ วันที่ 1 ต.ค. 2571 ได้ไหม", None, date(2028, 10, 1)),
        ("ถ้าพรุ่งนี้แต่งตั้งมาลีเป็นหัวหน้าฝ่าย อีกสองปีเธอเป็นผอ.กองต้นได้ไหม", date(2026, 11, 29), date(2028, 11, 28)),
        ("if malee gets a master's in political science on 1 March 2027 can she be division director mid",
         date(2027, 3, 1), None),
    ],
)  # fmt: skip
def test_a_day_in_the_clause_of_the_if_is_that_of_what_is_supposed(
    line: str, start: date | None, on: date | None
) -> None:
    question = read(line)
    assert question.ask == "whatif" and question.suppose is not None
    found = question.suppose.start
    assert (found.day if found else None, question.on.day if question.on else None) == (start, on)


def test_of_two_days_of_one_thing_none_is_dropped() -> None:
    line = f"ถ้าสมชายได้ {MASTER} วันที่ 1 มิ.ย. 2571 หรือ 1 มิ.ย. 2572 จะเป็นผอ.กองกลางได้เมื่อไร"
    assert not talk().answer(line).document["understood"]


def test_what_is_supposed_is_told_with_its_day() -> None:
    conversation = talk()
    answer = text(conversation, f"ถ้าสมชายได้ {MASTER} วันที่ 1 มิ.ย. 2571 จะเป็นผอ.กองกลางได้เมื่อไร")
    assert "ได้รับปริญญาโท สาขารัฐศาสตร์ เมื่อ 1 มิ.ย. 2571" in answer
    assert "พิจารณา ณ วันที่ 28 พฤศจิกายน 2569" in answer
    assert "เมื่อ 1 มิ.ย. 2571" in conversation.prompt()


def _earliest(conversation: Conversation, line: str) -> object:
    return conversation.answer(line).document["answer"]["earliest"]


def test_a_post_taken_up_later_counts_in_the_first_day_and_its_day_can_be_changed() -> None:
    """Four years as division director: from 1 Jan 2027 to 31 Dec 2030; from 1 Oct 2027 to 30 Sep 2031."""
    conversation = talk()
    line = "ถ้ามาลีได้เป็นผอ.กองกลางวันที่ 1 ม.ค. 2570 จะเป็นผอ.สำนักได้วันไหน"
    assert _earliest(conversation, line) == "2030-12-31"
    assert _earliest(conversation, "ได้เมื่อไร") == "2030-12-31"
    answer = conversation.answer("แล้วถ้าเป็น 1 ต.ค. 2570 แทน").document
    assert (answer["as_of"], answer["answer"]["earliest"]) == ("2026-11-28", "2031-09-30")
    assert [change["from"] for change in answer["changes"]] == ["2027-10-01"]  # instead of the one before
    assert "วันแรกที่มีสิทธิ 30 กันยายน 2574" in text(conversation, "มาลีเป็นผอ.สำนักได้ไหม")
    shown = text(conversation, "ถ้าเป็นวันที่ 1 ต.ค. 2571 ล่ะ")
    assert "ยังไม่มีสิทธิ ผลไม่เปลี่ยน" in shown and "30 กันยายน 2575" in shown
    conversation.answer("ยกเลิกทั้งหมด")
    assert _earliest(conversation, "มาลีจะเป็นผอ.สำนักได้เมื่อไร") is None  # the file says nothing of it


def test_another_day_where_nothing_is_supposed_is_the_day_of_the_question() -> None:
    conversation = talk()
    conversation.answer("มาลีเป็นผอ.สำนักได้ไหม")
    answer = conversation.answer("แล้วถ้าเป็น 1 ต.ค. 2570").document
    assert (answer["ask"], answer["as_of"]) == ("check", "2027-10-01")


def test_a_degree_obtained_later_counts_from_its_day(tmp_path: Any) -> None:
    """A section head since 1 Jan 2024 has 3 years on 31 Dec 2026 and 4 on 31 Dec 2027: a master's degree of
    1 Mar 2027 makes three enough from then on, one of 1 June 2028 comes too late to matter."""
    file = tmp_path / "araya.yaml"
    file.write_text(
        "kind: person\nid: araya\nname: นางสาวอารยา ทองดี\neducation:\n- {degree: bachelor, field: accounting}\n"
        "postings:\n- {position: หัวหน้าฝ่าย ระดับต้น, from: 1 ม.ค. 2567}\nexperience: none\n",
        encoding="utf-8",
    )
    conversation = talk()
    conversation.open(str(file))
    line = f"ถ้าอารยาได้ {MASTER} วันที่ {{}} จะเป็นผอ.กองกลางได้เมื่อไร"
    assert _earliest(conversation, line.format("1 มิ.ย. 2571")) == "2027-12-31"
    assert _earliest(conversation, line.format("1 มี.ค. 2570")) == "2027-03-01"
    assert _earliest(conversation, f"ถ้าอารยาได้ {MASTER} จะเป็นผอ.กองกลางได้เมื่อไร") == "2026-12-31"
