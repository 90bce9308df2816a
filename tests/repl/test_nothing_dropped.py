"""A name or a half of a question is answered or said; a word that is no name is not taken for one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lgreason.answers.session import Session
from lgreason.repl.conversation import Conversation
from lgreason.rules.knowledge import Library

LIBRARY = Library()
PEOPLE = Path(__file__).parents[2] / "docs" / "examples" / "people"


def talk() -> Conversation:
    found = Conversation(Session("th", as_of=date(2022, 12, 30), library=LIBRARY))
    for name in ("one-day-short", "reduced-term", "part-director"):  # สมชาย มาลี ประสิทธิ์
        found.open(str(PEOPLE / f"{name}.yaml"))
    return found


def said(*lines: str) -> dict[str, Any]:
    """The document of the last answer of a conversation."""
    found = talk()
    return [found.answer(line).document for line in lines][-1]


def people(document: dict[str, Any]) -> list[str]:
    return [each["person"] for each in (document, *document.get("also", ()))]


SERVICE = "มาลีกับสมชายเป็นหัวหน้าฝ่ายมากี่ปี"


def test_a_question_about_several_is_answered_for_each() -> None:
    assert people(said(SERVICE)) == people(said(SERVICE, "ทั้งสองคนเป็นหัวหน้าฝ่ายมากี่ปีแล้ว"))
    assert len(set(people(said(SERVICE)))) == 2
    both = said(SERVICE, "ทั้งคู่เป็นผอ.กองต้นได้ไหม")
    assert both["ask"] == "compare" and all(each in str(both["answer"]) for each in people(said(SERVICE)))


def test_the_latter_is_the_second_of_those_spoken_of() -> None:
    second = people(said(SERVICE))[1]
    assert said(SERVICE, "คนหลังเป็นผอ.กองต้นได้เมื่อไร")["person"] == second


def test_both_of_nobody_spoken_of_is_asked_back_and_two_names_answer_it() -> None:
    first = said("ทั้งคู่เป็นผอ.กองต้นได้ไหม")
    assert not first["understood"] and len(first["choices"]) == 3
    assert said("ทั้งคู่เป็นผอ.กองต้นได้ไหม", "มาลี สมชาย")["ask"] == "compare"


def test_who_of_those_named() -> None:
    found = said("มาลีกับสมชายใครมีสิทธิเป็นผอ.กอง ระดับกลาง")
    assert found["ask"] == "compare" and all(each in str(found["answer"]) for each in people(said(SERVICE)))


def test_a_second_half_is_answered() -> None:
    path = said("มาลีจะเป็นผู้อำนวยการสำนักได้เร็วที่สุดเมื่อใด ต้องผ่านตำแหน่งอะไรบ้าง")
    assert (path["ask"], [each["ask"] for each in path["also"]]) == ("when", ["path"])
    posts = said("ผอ.กองต้นกับผอ.กองกลางคุณสมบัติต่างกันตรงไหน")
    assert [each["answer"]["position"].split(".")[1] for each in (posts, *posts["also"])] == ["early", "mid"]


def test_a_list_says_of_each_what_is_wanting() -> None:
    """What is wanting is not asked of the one spoken of before, of whom the line says nothing."""
    found = said("มาลีเป็นผอ.กองกลางได้ไหม", "ใครบ้างที่ยังเป็นผอ.กองต้นไม่ได้ และติดข้อไหน")
    assert found["ask"] == "people" and "also" not in found


@pytest.mark.parametrize(
    ("line", "fallback", "named"),
    [
        ("ปลัดเทศบาลล่ะ มาลีเป็นได้ไหม", "outside_standard", "ปลัดเทศบาล"),
        ("นายกเทศมนตรีมีอำนาจแต่งตั้งผอ.กองไหม", "outside_standard", "นายกเทศมนตรี"),
        ("ปวส. ใช้สมัครหัวหน้าฝ่ายได้ไหม", "confirm", "ปวส. ใช้"),
        ("หัวหน้างานเป็นหัวหน้าฝ่ายได้ไหม", "confirm", "หัวหน้างาน"),
        ("ปริญญาโทของมาลีใช้ลดเวลาได้หรือไม่", "confirm", "มาลี"),
        ("นายสมพรเป็นหัวหน้าฝ่ายได้ไหม", "unknown_person", "นายสมพร"),
        ("อนุชิตเป็นหัวหน้าฝ่ายได้ไหม", "unknown_person", "อนุชิต"),
        ("ผอ.สป.ต้องมีคุณสมบัติอย่างไร", "ambiguous", "ผอ.สป."),
    ],
)
def test_what_is_not_understood_is_said(line: str, fallback: str, named: str) -> None:
    found = said("มาลีเป็นผอ.กองได้ไหม", line)
    assert (found["fallback"], found["named"]) == (fallback, named)


def test_why_is_not_left_out_of_what_is_offered() -> None:
    found = said("ทำไมมาลีเคยเป็นหัวหน้าฝ่ายมาแล้ว แต่ระบบบอกว่าไม่มีสิทธิเป็นหัวหน้าฝ่าย")
    assert (found["fallback"], found["meant"]["ask"]) == ("confirm", "why")


def test_only_a_word_of_another_subject_is_called_outside() -> None:
    def first(line: str) -> str:
        return talk().answer(line).lines[0].text

    assert first("วันนี้อากาศดีจัง") == "เรื่อง «อากาศ» ไม่อยู่ในสิ่งที่ตอบได้ที่นี่"
    assert first("ช่วยจองห้องให้ที") == "ยังไม่เข้าใจ: «ช่วยจองห้องให้ที»"


def test_what_is_asked_of_the_standard_needs_no_person() -> None:
    schooling = said("หัวหน้าฝ่ายต้องมีคุณสมบัติอย่างไร", "ต้องจบอะไรถึงจะเป็นได้")
    assert schooling["answer"]["schema"] == "lgreason.requirements/1"
    nobody = Conversation(Session("th", as_of=date(2022, 12, 30), library=LIBRARY))
    found = nobody.answer("สมรรถนะที่ต้องมีของหัวหน้าฝ่าย").document
    assert len(found["answer"]["required"]) == 32


def test_an_old_title_tells_its_type() -> None:
    found = said("เจ้าหน้าที่บริหารงานทั่วไป 7 เทียบเป็นแท่งใหม่ได้ระดับไหน")
    assert (found["ask"], "ชำนาญการ" in str(found) or "academic" in str(found)) == ("convert", True)


@pytest.mark.parametrize(
    "line",
    [
        "ถ้ามาลีไม่เคยเป็นหัวหน้าฝ่าย วันนี้จะเป็น ผอ.กองต้น ได้ไหม",
        "ถ้ามาลีไม่ได้เป็นหัวหน้าฝ่าย ตั้งแต่ 1 ม.ค. 2560 จะเป็น ผอ.กองต้น ได้ไหม",
        "if malee had not been a section head, could she be division director, early",
    ],
)
def test_a_post_that_is_denied_is_never_supposed_to_be_held(line: str) -> None:
    found = said(line)
    assert not found["understood"]
    assert "supposed" not in str(found.get("meant"))
