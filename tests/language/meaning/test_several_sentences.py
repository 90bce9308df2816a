"""Sentences after a sentence, and lists of which so many are enough: what they come to, and what is asked."""

from __future__ import annotations

import pytest

from lgreason.language.checking.checking import faults
from lgreason.language.writing.telling import RuleTelling
from lgreason.rules.model import Language
from tests.language.meaning import shapes

TWO: list[tuple[Language, str, str]] = [
    (
        "th",
        "ต้องได้รับปริญญาตรีทุกสาขา ทั้งนี้ ต้องมีอายุไม่ต่ำกว่า ๒๕ ปี นอกจากนี้ ต้องไม่เป็นบุคคลล้มละลาย",
        "all[qualification + degree(bachelor) + any_field at_least(count(1)), age(born) at_least(years(25)),"
        " none[value(bankrupt) one_of(true)]]",
    ),
    (
        "en",
        "must hold a bachelor's degree in any field, provided that they have done policy and planning"
        " for not less than 1 year",
        "all[qualification + degree(bachelor) + any_field at_least(count(1)),"
        " experience + work(policy_planning) at_least(years(1))]",
    ),
]
LIST = "(๑) ได้รับปริญญาโททุกสาขา (๒) มีอายุไม่ต่ำกว่า ๔๐ ปี (๓) ปฏิบัติงานนโยบายและแผน มาแล้วไม่น้อยกว่า ๕ ปี"


def errors(language: Language, sentence: str) -> list[str]:
    return [f.code for _, f in faults(shapes.book_of(language, sentence)) if f.severity == "error"]


@pytest.mark.parametrize(("language", "sentence", "comes_to"), TWO)
def test_every_sentence_after_the_first_is_demanded_too(
    language: Language, sentence: str, comes_to: str
) -> None:
    book = shapes.book_of(language, sentence)
    assert shapes.errors(book) == []
    assert shapes.comes_to(book) == comes_to
    assert RuleTelling(book).sentence(book.rules[0], "en" if language == "th" else "th") is not None


@pytest.mark.parametrize(
    "lead",
    [
        "ต้องมีคุณสมบัติอย่างน้อยสองข้อ ดังต่อไปนี้ ",
        "ต้องมีคุณสมบัติอย่างน้อยสองในสามข้อ ดังต่อไปนี้ ",
        "ต้องมีคุณสมบัติไม่น้อยกว่า ๒ ข้อ ดังต่อไปนี้ ",
        "ต้องมีคุณสมบัติอย่างน้อย ๒ ข้อ ใน ๓ ข้อ ดังต่อไปนี้ ",
    ],
)
def test_so_many_of_a_list_in_words_of_the_trade(lead: str) -> None:
    book = shapes.book_of("th", lead + LIST)
    assert shapes.errors(book) == []
    assert shapes.comes_to(book).startswith("k_of(2)[qualification + degree(master) + any_field")


def test_a_number_of_items_that_is_not_theirs_is_a_fault() -> None:
    assert errors("th", f"ต้องมีคุณสมบัติอย่างน้อยสองในสี่ข้อ ดังต่อไปนี้ {LIST}") == ["rule_k_of_items"]


ITEMS = "(๑) ได้รับปริญญาตรีในสาขานิติศาสตร์{0}(๒) ได้รับปริญญาโทในสาขานิติศาสตร์{1}โดยคณะกรรมการกลางต้องมีมติร่วมกัน"


@pytest.mark.parametrize(
    ("between", "before", "asked"), [(" ", " ", True), ("\n    ", "\n    ", True), ("\n    ", " ", False)]
)
def test_a_joint_decision_after_a_list_is_asked_of_which_items_it_is(
    between: str, before: str, asked: bool
) -> None:
    sentence = "ต้องมีคุณสมบัติข้อใดข้อหนึ่ง ดังต่อไปนี้ " + ITEMS.format(between, before)
    assert ("rule_joint_of_which" in errors("th", sentence)) == asked
