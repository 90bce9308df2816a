"""Sentences that are not read: what is proposed in their place, and that no proposal loses what its author said."""

from __future__ import annotations

from functools import cache

import pytest

from lgreason.language.book.rulebook import sentences_of
from lgreason.language.checking.checking import faults
from lgreason.language.checking.fixes import applied
from lgreason.language.clauses.stating import Stating
from lgreason.language.grammar.plain import plain_sentence
from lgreason.language.proposing.contents import ContentFinder
from lgreason.language.proposing.proposing import Proposing
from lgreason.language.reading.faults import Edit
from lgreason.rules.model import Language
from tests.language.meaning import shapes

PROPOSED: list[tuple[Language, str, str, tuple[str, ...]]] = [
    (
        "th",
        "ในห้วง ๕ ปีก่อนวันสมัคร ต้องปฏิบัติงานนโยบายและแผนรวมแล้วไม่น้อยกว่า ๓ ปี",
        "length(which(clip(experience,last(years(5),eve)),{value(work) one_of(policy_planning)}))"
        " at_least(years(3))",
        ("ห้วง",),
    ),
    (
        "th",
        "ต้องมีผลการประเมินการปฏิบัติราชการในระดับดีมากขึ้นไป ไม่น้อยกว่า ๓ ครั้ง ในห้วง ๕ ครั้งหลังสุด",
        "count(which(last(5,appraisals),{value(result) at_least(very_good)})) at_least(count(3))",
        ("ห้วง",),
    ),
    (
        "th",
        "ระหว่าง ๔ ปีที่ผ่านมาต้องลาป่วยรวมกันไม่เกิน ๙๐ วัน",
        "length(which(clip(leave,last(years(4))),{value(kind) one_of(sick)})) at_most(days(90))",
        ("ระหว่าง",),
    ),
    (
        "en",
        "Applicants must have amassed no fewer than 8 years of government service.",
        "length(which(government_service,{value(status) one_of(official)})) at_least(years(8))",
        ("amassed",),
    ),
    (
        "en",
        "The candidate must have collected at least 2 publications.",
        "count(works) at_least(count(2))",
        ("collected",),
    ),
]
REFUSED: list[tuple[Language, str]] = [
    # A name that nothing knows, a bound, a denial: each would be lost.
    ("th", "ต้องมีสัญชาติไทยโดยกำเนิดใหม่ และไม่เป็นบุคคลล้มละลาย"),
    ("th", "ต้องมีใบอนุญาตขับยานอวกาศที่ไม่หมดอายุ และได้รับมาแล้วไม่น้อยกว่า ๑ ปี"),
    ("th", "ต้องรับราชการมาแล้วราวสักไม่น้อยกว่า ๕ ปี โดยจะติดต่อกันหรือไม่ก็ได้"),
    ("en", "The candidate must have passed the lunar navigator course not more than five years ago."),
    ("en", "must hold a master's degree in"),
]


@cache
def proposing(language: Language) -> Proposing:
    book = shapes.book_of("th", "ต้องไม่เคยถูกลงโทษไล่ออก")
    return Proposing(sentences_of(book)[language], Stating(book.kb, book.lexicon).units)


@pytest.mark.parametrize(("language", "written", "comes_to", "unread"), PROPOSED)
def test_what_is_proposed_is_read_as_what_was_meant(
    language: Language, written: str, comes_to: str, unread: tuple[str, ...]
) -> None:
    first, *_ = proposing(language).proposals(written)
    book = shapes.book_of(language, first.text)
    assert shapes.errors(book) == []
    assert (shapes.comes_to(book), first.unread) == (comes_to, unread)


@pytest.mark.parametrize(("language", "written"), REFUSED)
def test_nothing_is_proposed_that_loses_something(language: Language, written: str) -> None:
    assert proposing(language).proposals(written) == ()


@pytest.mark.parametrize(
    ("language", "written", "dropped"),
    [
        ("th", "ต้องไม่เคยถูกลงโทษทางวินัย ภายใน ๕ ปี", "ต้องเคยถูกลงโทษทางวินัย ภายใน ๕ ปี"),
        ("th", "ต้องไม่เคยถูกลงโทษทางวินัย ภายใน ๕ ปี", "ต้องไม่เคยถูกลงโทษทางวินัย ภายใน ๓ ปี"),
        ("th", "ต้องไม่เคยถูกลงโทษทางวินัย ภายใน ๕ ปี", "ต้องไม่เคยถูกลงโทษทางวินัย"),
        ("th", "ต้องไม่เคยถูกลงโทษทางวินัย ภายใน ๕ ปี", "ต้องไม่เคยถูกลงโทษทางวินัย ภายใน ๕ เดือน"),
        ("th", "ต้องมีอายุไม่ต่ำกว่า ๑๘ ปี และไม่เกิน ๓๕ ปี", "ต้องมีอายุไม่เกิน ๑๘ ปี และไม่ต่ำกว่า ๓๕ ปี"),
        ("th", "ต้องมีใบอนุญาตประกอบวิชาชีพครูหรือวิศวกรรมควบคุม", "ต้องมีใบอนุญาตประกอบวิชาชีพครู"),
        ("en", "must not have been dismissed within 5 years", "must have been dismissed within 5 years"),
        ("en", "must have at least 2 publications", "must have at most 2 publications"),
        ("en", "must have at least 2 publications", "must have at least 2 courses"),
    ],
)
def test_a_planted_loss_is_found(language: Language, written: str, dropped: str) -> None:
    contents = proposing(language).contents
    assert contents.lost(written, written) == ()
    assert contents.lost(written, dropped) != ()


@pytest.mark.parametrize("number", range(0, len(shapes.rows()), 9))
def test_each_word_taken_out_of_a_sentence_is_missed(number: int) -> None:
    """Of sentences that are read: whatever word that says something is taken out, it is told as lost."""
    language, written, _ = shapes.rows()[number]
    contents: ContentFinder = proposing("th" if language == "th" else "en").contents
    plain = plain_sentence(written)
    for bit in contents.bits(plain):
        if bit.number is not None or "not" in bit.classes or "within" in bit.classes:
            start, end = plain.place(bit.start), plain.place(bit.end)
            assert contents.lost(written, f"{written[:start]} {written[end:]}") != (), written[start:end]


def test_a_finding_proposes_the_whole_sentence_ready_to_paste() -> None:
    written = PROPOSED[1][1]
    book = shapes.book_of("th", written)
    found = [(source, fault) for source, fault in faults(book) if fault.code == "rule_meant_save"]
    ((source, fault),) = found
    assert fault.severity == "warning" and not fault.safe
    again = applied(source.text, fault.edits)
    assert written not in again and str(fault.args["text"]) in again


def test_fixes_that_lose_a_number_or_invent_a_name_are_not_offered() -> None:
    """«ระหว่าง ๔ ปี» is like another word, but four years are not in that."""
    asks = proposing("th")
    written = "ต้องระหว่าง ๔ ปีที่ผ่านมาลาป่วยไม่เกิน ๙๐ วัน"
    start = written.index("ระหว่าง")
    assert asks.loses(written, [Edit(start, written.index("ที่ผ่านมา"), "อยู่ระหว่าง")])
    assert asks.loses("ต้องเคยปฏิบัติงานไม่น้อยกว่า ๒ ปี", [Edit(17, 17, "งานตรวจสอบบัญชี ")])
    assert not asks.loses("ต้องไม่เคยถูกลงโทด", [Edit(10, 18, "ถูกลงโทษ")])
