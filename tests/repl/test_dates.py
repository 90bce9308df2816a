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
