"""Sentences on organisations: ranges, numbers of posts, shares, amounts by year, kinds; and what each comes to."""

from __future__ import annotations

import pytest

from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.statements.splitting import SourceText
from lgreason.language.writing.telling import RuleTelling
from lgreason.rules.model import Language
from tests.language.meaning import shapes

SENTENCES: list[tuple[Language, str, str]] = [
    (
        "th",
        "เทศบาลประเภทสามัญกำหนดให้มีรองปลัดได้ไม่น้อยกว่า ๑ แต่ไม่เกิน ๒ อัตรา",
        "all[planned + post(deputy) at_least(posts(1)), planned + post(deputy) at_most(posts(2))]",
    ),
    (
        "en",
        "municipality, special type may have deputy clerk not less than 1 but not more than 2 posts",
        "all[planned + post(deputy) at_least(posts(1)), planned + post(deputy) at_most(posts(2))]",
    ),
    ("th", "เทศบาลประเภทพิเศษให้มีรองปลัดได้ไม่เกินสามอัตรา", "planned + post(deputy) at_most(posts(3))"),
    (
        "en",
        "A municipality of the special type may have not more than three deputy clerks.",
        "planned + post(deputy) at_most(posts(3))",
    ),
    (
        "th",
        "เทศบาลประเภทสามัญต้องมีผู้อำนวยการกอง ระดับกลาง อย่างน้อย ๒ อัตรา",
        "planned + post(division_head,mid) at_least(posts(2))",
    ),
    ("th", "องค์การบริหารส่วนตำบลขนาดใหญ่ กำหนดให้มีรองปลัดได้ ๑ อัตรา", "planned + post(deputy) at_most(posts(1))"),
    (
        "th",
        "ต้องมีงบประมาณสุทธิไม่ต่ำกว่า ๓๐๐ ล้านบาท แต่ไม่เกิน ๕๐๐ ล้านบาท",
        "all[budget.net at_least(million_baht(300)), budget.net at_most(million_baht(500))]",
    ),
    (
        "en",
        "must have net budget of at least 300 million baht but not more than 500 million baht",
        "all[budget.net at_least(million_baht(300)), budget.net at_most(million_baht(500))]",
    ),
    (
        "th",
        "จำนวนตำแหน่งว่างต้องไม่เกินร้อยละ ๑๐ ของกรอบอัตรากำลัง",
        "share(count(vacant_posts),value(at(frame,total))) at_most(percent(10))",
    ),
    (
        "th",
        "รายได้ที่จัดเก็บเองในปีงบประมาณที่ผ่านมาต้องไม่น้อยกว่า ๕๐ ล้านบาท",
        "value(at(revenue_own_by_year,fiscal_year(1))) at_least(million_baht(50))",
    ),
    ("th", "ต้องเป็นเทศบาลนครหรือเทศบาลเมือง", "status + status(city) + status(town) one_of"),
    (
        "en",
        "The organisation must be a city or town municipality.",
        "status + status(city) + status(town) one_of",
    ),
    (
        "en",
        "No post may have been vacant for more than one year.",
        "count(which(vacant_posts,{age(since) more_than(years(1))})) at_most(count(0))",
    ),
    (
        "en",
        "small Subdistrict Administrative Organization may have no deputy clerk",
        "planned + post(deputy) at_most(posts(0))",
    ),
]
ASKED = [
    ("th", "ต้องมีค่าใช้จ่ายด้านบุคลากรไม่เกินร้อยละ ๓๕", "rule_ambiguous_term"),  # of which year, or on average?
    ("th", "ต้องมีงบประมาณสุทธิไม่ต่ำกว่า ๕๐๐ ล้านบาท แต่ไม่เกิน ๓๐๐ ล้านบาท", "rule_range"),
    ("th", "ต้องมีรายได้ที่จัดเก็บเองไม่น้อยกว่า ๕๐ ล้านบาท ใน ๓ ปีงบประมาณที่ผ่านมา", "rule_piece_idle"),
]


def book_of(language: Language, sentence: str) -> Book:
    return read_book(
        [SourceText("o.rules", shapes.PRELUDE + shapes.rule(language, sentence, "t.q0", whose=False))],
        shapes.library(),
    )


@pytest.mark.parametrize(("language", "sentence", "comes_to"), SENTENCES)
def test_what_a_sentence_on_organisations_comes_to(language: Language, sentence: str, comes_to: str) -> None:
    book = book_of(language, sentence)
    assert [fault.code for _, fault in faults(book) if fault.severity == "error"] == []
    assert shapes.comes_to(book) == comes_to
    other: Language = "en" if language == "th" else "th"
    assert RuleTelling(book).sentence(book.rules[0], other) is not None


@pytest.mark.parametrize(("language", "sentence", "code"), ASKED)
def test_what_has_two_meanings_or_none_is_asked(language: Language, sentence: str, code: str) -> None:
    assert code in [
        fault.code for _, fault in faults(book_of(language, sentence)) if fault.severity == "error"
    ]


def test_who_holds_a_post_is_not_proposed_as_how_many_there_are() -> None:
    book = book_of("th", "องค์การบริหารส่วนจังหวัดต้องมีผู้ดำรงตำแหน่งรองปลัดไม่เกิน ๓ อัตรา")
    assert not [fault for _, fault in faults(book) if fault.code.startswith("rule_meant")]
