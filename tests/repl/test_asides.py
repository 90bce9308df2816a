"""A question beside what is told is answered by the file; what may be asked or supposed is never left out."""

from __future__ import annotations

import pytest

from tests.repl.test_nothing_dropped import said

HO, MD = "general_admin.high.office_director", "general_admin.mid.division_director"


def test_a_question_beside_a_tale_is_answered_and_says_what_was_not_used() -> None:
    found = said("ประสิทธิ์รักษาการผอ.กองต้นมาสามปีแล้ว ทำไมยังขึ้นผอ.สำนักไม่ได้")
    assert (found["ask"], found["person"], found["position"]) == ("why", "prasit", HO)
    assert found["aside"] == "ประสิทธิ์รักษาการผอ.กองต้นมาสามปีแล้ว"


@pytest.mark.parametrize(
    "line",
    [
        "พอเป็นผอ.กองกลางแล้ว มาลีเป็นผอ.สำนักได้เมื่อไร",  # supposed
        "เมื่อเป็นผอ.กองกลางสี่ปีแล้ว มาลีเป็นผอ.สำนักได้ไหม",  # supposed
        "เคยเป็นหัวหน้าฝ่ายมาก่อน ใครเป็นผอ.กองกลางได้บ้าง",  # of whom it is asked
        "สมชายเพิ่งลาออก มาลีเป็นผอ.กองกลางได้ไหม",  # of somebody else
        "มาลีไม่มีปริญญาโทแล้ว ทำไมเป็นผอ.สำนักไม่ได้",  # denied
    ],
)
def test_what_may_be_asked_supposed_or_denied_is_not_left_out(line: str) -> None:
    found = said(line)
    assert not found["understood"] or "aside" not in found


def test_the_time_in_which_a_level_was_held_is_no_other_question() -> None:
    found = said("มาลีเป็นหัวหน้าฝ่ายได้ไหม", "ตอนเขาเป็น ซี 6 นับเป็นชำนาญการหรือเปล่า")
    assert (found["ask"], found["about"]) == ("convert", "c6")
