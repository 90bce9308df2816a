"""After a line that was not understood, or an offer that was not taken, what goes on from before is only offered."""

from __future__ import annotations

from tests.repl.test_nothing_dropped import people, said, talk

SH, MD = "general_admin.early.section_head", "general_admin.mid.division_director"


def test_an_offer_that_is_not_taken_leaves_what_was_spoken_of() -> None:
    before = ("มาลีเป็นหัวหน้าฝ่ายได้ไหม", "ปวส. ใช้สมัครผอ.กองกลางได้ไหม")
    offered = said(*before)
    assert (offered["fallback"], offered["meant"]["position"]) == ("confirm", MD)
    assert said(*before, "ไม่ใช่", "ทำไม")["position"] == SH


def test_what_goes_on_after_an_offer_is_offered_too() -> None:
    before = ("มาลีเป็นหัวหน้าฝ่ายได้ไหม", "สมชายยยเป็นผอ.กองกลางได้ไหม")
    why = said(*before, "เพราะอะไร")
    assert (why["fallback"], why["meant"]["ask"], why["meant"]["position"]) == ("confirm", "why", MD)
    assert people(said(*before, "ใช่")) == people(said("สมชายเป็นผอ.กองกลางได้ไหม"))
    assert said(*before, "เพราะอะไร", "ใช่")["position"] == MD


def test_after_a_line_of_which_nothing_was_understood_the_former_question_goes_on() -> None:
    assert said("มาลีเป็นหัวหน้าฝ่ายได้ไหม", "กขคง", "ทำไม")["position"] == SH


def test_a_line_that_names_somebody_else_and_is_not_understood_leaves_doubt() -> None:
    why = said("มาลีเป็นหัวหน้าฝ่ายได้ไหม", "กขคงจฉชซ สมชาย ฌญฎฏฐ", "ทำไม")
    assert not why["understood"]


def test_a_statement_is_no_question_of_its_own() -> None:
    found = said("มาลีเป็นหัวหน้าฝ่ายได้ไหมครับ ปัจจุบันเธอเป็นผอ.กองต้น")
    assert "also" not in found and (found.get("meant") or found)["position"] == SH


def test_what_follows_a_question_of_the_program_is_no_answer_to_it() -> None:
    """A post that is asked about next is not taken for a post that was held."""
    conversation = talk()
    conversation.open(conversation.people["somchai"].place.file)
    first = conversation.answer("สมชายเป็นหัวหน้าฝ่ายได้ไหม").document
    second = conversation.answer("แล้วผอ.กองกลางล่ะ").document
    assert first["understood"] and second["ask"] == "check" and second["position"] == MD
    assert "supposed" not in second
