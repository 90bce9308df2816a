"""The post that was spoken of, how many of it, whose qualifications are asked, and what a choice of several takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.repl.scoring import conversation

SH, ED, MD = (
    f"general_admin.{p}" for p in ("early.section_head", "early.division_director", "mid.division_director")
)


def last(*lines: str, language: str = "th") -> dict[str, Any]:
    """The document of the last answer of a conversation about the people and organisations of the corpora."""
    talk = conversation(language)
    return [talk.answer(line).document for line in lines][-1]


def test_this_post_is_the_one_that_was_spoken_of() -> None:
    found = last("อนุชาจะครบ ผอ.กองต้น วันไหน แล้วตำแหน่งนี้ต้องมีคุณสมบัติอะไรบ้าง")
    assert [(each["ask"], each["position"]) for each in (found, *found["also"])] == [
        ("when", ED),
        ("requirements", ED),
    ]
    duties = last("ธีระเป็นหัวหน้าฝ่ายได้ไหม", "ตำแหน่งนี้ทำหน้าที่อะไร")
    assert (duties["ask"], duties["position"]) == ("duties", SH)
    deputies = last("เทศบาลมีรองปลัดระดับสูงได้ไหม", "ตำแหน่งนี้มีได้กี่อัตรา")
    assert (deputies["ask"], deputies["post"], deputies["level"]) == ("posts", "deputy", "high")


def test_how_many_goes_on_from_posts_and_from_a_list_of_persons() -> None:
    posts = last("เทศบาลมีรองปลัดระดับสูงได้ไหม", "แล้วได้กี่คน")
    assert (posts["ask"], posts["post"], posts["organisation"]) == ("posts", "deputy", "town-special")
    people = last("ใครเป็นผอ.กองกลางได้บ้าง", "กี่คน")
    assert (people["ask"], people["position"]) == ("people", MD)
    assert not last("กี่คน")["understood"]


@pytest.mark.parametrize(
    "line",
    [
        "ปลัดเทศบาลต้องมีคุณสมบัติอะไร",
        "ใครเป็นปลัดได้บ้าง",
        "รองปลัดต้องจบอะไร",
        "ปลัดระดับสูงต้องมีประสบการณ์กี่ปี",
        "who can become deputy clerk",
    ],
)
def test_who_may_hold_a_post_of_another_series_is_not_about_posts(line: str) -> None:
    assert last(line)["fallback"] == "outside_standard"


def test_what_an_organisation_must_have_is_about_its_posts() -> None:
    assert last("เทศบาลต้องมีคุณสมบัติอะไรถึงจะมีรองปลัดระดับสูงได้")["ask"] == "how_post"
    assert last("เทศบาลต้องเพิ่มอะไรถึงจะตั้งรองปลัดสูงได้สองคน")["ask"] == "how_post"


def test_sections_of_a_unit_are_asked_for_as_their_heads() -> None:
    found = last("อยากให้กองช่างของ อบต. มี 3 ฝ่าย ต้องทำไงบ้าง")
    wanted = {"ask": "how_post", "post": "section_head", "unit": "public_works", "number": 3}
    assert wanted.items() <= found.items()


def test_both_levels_of_a_post_are_answered() -> None:
    found = last("อนุชาเป็นผอ.กองได้ไหม", "ทั้งสองระดับเลย")
    assert [each["position"] for each in (found, *found["also"])] == [ED, MD]
    assert last("อนุชาเป็นผอ.กองได้ไหม", "อันหลัง")["position"] == MD


@pytest.mark.parametrize(
    "line",
    [
        "if มณีรัตน์ had never been section head, could she be division director, mid",
        "ถ้ามาณีรัตน์ไม่เคยเป็นหัวหน้าฝ่ายจะเป็นผอ.กองกลางได้ไหม",
    ],
)
def test_what_denies_is_no_slip_of_the_pen(line: str) -> None:
    assert "supposed" not in str(last(line).get("meant"))


def test_a_time_before_which_compares_nobody() -> None:
    assert last("วิชัยเป็นผอ.กองกลางก่อนครบ 4 ปีได้ไหม")["meant"]["ask"] != "compare"


def test_a_rank_may_stand_before_a_name() -> None:
    found = last("จ.อ.วิชัย แสงทอง เป็นหัวหน้าฝ่ายได้ไหม")
    assert (found["ask"], found["person"]) == ("check", "วิชัย")
    assert last("พ.จ.อ.วิชัยจบอะไรมา")["person"] == "วิชัย"


def test_a_name_in_latin_letters_is_offered_wherever_a_name_stands() -> None:
    found = last("compare Suradet, Maneerat and Kanchana for office director", language="en")["meant"]
    assert {found["person"], *found["others"]} == {"สุรเดช", "มณีรัตน์", "กาญจนา"}


def test_a_post_may_be_told_by_what_its_holder_leads() -> None:
    found = last("who could be a director of a division at the mid level", language="en")
    assert (found["ask"], found["position"]) == ("people", MD)


def test_requirements_come_short_and_in_full_when_asked() -> None:
    talk = conversation("th")
    short = [line.text for line in talk.answer("คุณสมบัติผอ.กองต้นมีอะไรบ้าง").lines]
    assert sum("รัฐประศาสนศาสตร์" in line for line in short) == 1  # the fields stand once
    assert short[-1].endswith("«ละเอียด»") and "A-02" in short[-2]
    whole = talk.answer("ละเอียด")
    assert (whole.document["ask"], whole.document["position"]) == ("requirements", ED)
    assert sum(line.text.startswith("A-") for line in whole.lines) >= 10


@pytest.mark.parametrize(
    ("line", "named"), [("มีนาเป็นหัวหน้าฝ่ายได้หรือยัง", "มีนา"), ("มานีเป็นหัวหน้าฝ่ายได้ไหม", "มานี")]
)
def test_a_name_that_begins_with_a_word_is_a_name(line: str, named: str) -> None:
    found = last(line)
    assert (found["fallback"], found["named"]) == ("unknown_person", named)


def test_nothing_is_offered_of_a_person_where_nobody_is_spoken_of() -> None:
    assert last("ซื้อของมาใหม่ต้องทำยังไง")["fallback"] == "not_a_question_here"


def test_what_is_wished_for_is_not_supposed() -> None:
    """Without what is to be done the line asks nothing; that she holds the post is not to be supposed."""
    assert last("ถ้าอยากให้กาญจนาเป็นผอ.กองกลางเร็วขึ้น").get("ask") != "whatif"
    found = last(
        "can กาญจนา be division director mid, division director, mid, and if not when?", language="en"
    )
    assert found.get("ask") != "whatif"


def test_a_field_before_its_degree_is_the_same() -> None:
    assert last("นิติศาสตร์ปริญญาเอกลดระยะเวลาได้มั้ย")["about"] == last("ปริญญาเอกนิติศาสตร์ลดระยะเวลาได้มั้ย")["about"]


def test_some_without_who_or_what_asks_nothing() -> None:
    assert last("ปีงบหน้าใครจะครบผอ.กองกลางบ้าง")["ask"] == "upcoming"
    assert last("ปีงบหน้าจะครบผอ.กองกลางบ้าง").get("ask") != "requirements"


@pytest.mark.parametrize(
    ("line", "position"),
    [
        ("ผอ.กองต้นขึ้นผอ.กองกลางใช้เวลากี่ปี", MD),
        ("จากหัวหน้าฝ่ายไปผอ.กองต้นต้องใช้เวลากี่ปี", ED),
        ("ผอ.กองต้นต้องเป็นหัวหน้าฝ่ายมากี่ปี", ED),
        ("จะเป็นผอ.กองกลางต้องเป็นหัวหน้าฝ่ายกี่ปี", MD),
    ],
)
def test_of_two_posts_the_one_that_is_aimed_at_is_asked_about(line: str, position: str) -> None:
    found = last(line)
    assert (found["ask"], found["position"]) == ("requirements", position)


def test_what_is_asked_before_a_question_word_is_another_question() -> None:
    found = last("นายสุรเดชถ้าจะขึ้น ผอ.กองกลาง ติดปัญหาอะไรไหมคะ")
    assert (found["ask"], found["person"], "also" in found) == ("why", "สุรเดช", False)


def test_who_was_spoken_of_together_keep_their_order() -> None:
    first = "มณีรัตน์กับพรทิพย์ใครใกล้ผอ.สำนักกว่ากัน"
    assert last(first, "อีกกี่ปี", "คนหลังล่ะ")["person"] == "พรทิพย์"
    other = last(first, "อีกกี่ปี", "อีกคนล่ะ")
    assert (other["ask"], other["person"]) == ("when", "พรทิพย์")
    nearer = last("อนุชาเป็นผอ.กองกลางได้ไหม", "แล้วธีระ", "ใครเร็วกว่า")
    assert (nearer["ask"], {nearer["person"], *nearer["others"]}) == ("compare", {"อนุชา", "ธีระ"})


def test_a_post_is_no_part_of_what_is_asked_of_an_organisation_as_a_whole() -> None:
    """«ถ้าเพิ่มรองปลัดอีกคนล่ะ» after the burden would change it; the burden as it is is no answer."""
    assert not last("ค่าใช้จ่ายบุคคลของเทศบาลเท่าไหร่", "ถ้าเพิ่มรองปลัดอีกคนล่ะ")["understood"]


def test_what_an_organisation_may_have_is_not_asked_of_a_person() -> None:
    found = last("can the town have a part director", language="en")
    assert (found["ask"], found["organisation"], found["post"]) == ("posts", "town-special", "part_head")
    assert last("เทศบาลมีผอ.ส่วนได้ไหม")["ask"] == "posts"


def test_how_a_plan_is_put_right_stands_with_what_is_wrong() -> None:
    assert last("แผนของเทศบาลผ่านไหม", "แก้ยังไง")["ask"] == "validate"


def test_and_as_of_a_day_asks_again() -> None:
    found = last("is อนุชา eligible for division director, mid", "and as of 1 Jan 2030?", language="en")
    assert (found["ask"], found["person"], found["as_of"]) == ("check", "อนุชา", "2030-01-01")
