"""Sentences on declared facts: what they come to, how they decide, how they are written back, what is refused."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.language.lexicon import RuleLexicon
from lgreason.language.restate import Unsaid, restate
from lgreason.language.rulebook import Book, read_book
from lgreason.language.statements import SourceText
from lgreason.language.stating import clause_facts
from lgreason.language.wording import Writer
from lgreason.language.writing import formatted, said
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Language
from tests.language.stated import shapes

ROWS = shapes.rows()
CASES = Path(__file__).parents[2] / "reasoning" / "cases" / "requirements"
REFUSED = {"023", "053", "054", "057", "059", "064", "067"}
"""Sentences of real regulations that are refused still."""
EXPECTED = {
    path.name: json.loads((path / "expect.json").read_text(encoding="utf-8"))
    for path in sorted(CASES.iterdir())
    if path.is_dir()
}
PERSONS = [
    name for name, expected in EXPECTED.items() if expected["subject"] == "person" and name not in REFUSED
]
POSITION = """
นิยาม ตำแหน่ง invented.c{0}.head
  ชื่อ: "หัวหน้าฝ่ายที่ {0} ระดับต้น" / "section head {0}, early level"
  ประเภท: อำนวยการท้องถิ่น
  ระดับ: ต้น
  สายงาน: บริหารงานสมมุติ
  ลำดับ: 1

"""


def sentence_of(case: str) -> str:
    return (CASES / case / "rule.txt").read_text(encoding="utf-8").strip()


@cache
def book() -> Book:
    return shapes.books([(language, sentence) for language, sentence, _ in ROWS])


@cache
def cases() -> Library:
    """Every sentence of the regulations, each for a position of its own."""
    text = shapes.PRELUDE
    for case in PERSONS:
        language = EXPECTED[case]["language"]
        rule = shapes.rule(language, sentence_of(case), f"t.c{case}", whose=False)
        lines = rule.split("\n")
        key = "คุณสมบัติของ" if language == "th" else "qualifies for"
        lines.insert(3, f"  {key}: invented.c{case}.head")
        text += POSITION.format(case) + "\n".join(lines)
    made = read_book([SourceText("cases.rules", text)], shapes.library())
    assert shapes.found_in(made) == []
    return shapes.library().with_rules(made)


def test_there_are_enough_sentences() -> None:
    assert len(ROWS) >= 50 and len({language for language, _, _ in ROWS}) == 2 and len(PERSONS) >= 38


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_what_a_sentence_comes_to(number: int) -> None:
    assert shapes.errors(book(), number) == []
    assert shapes.comes_to(book(), number) == ROWS[number][2]


@pytest.mark.parametrize("case", PERSONS)
def test_sentences_of_regulations_decide_persons_on_either_side(case: str) -> None:
    expected = EXPECTED[case]
    here = Session(as_of=date.fromisoformat(expected["as_of"]), library=cases())
    for which in ("yes", "no", "unknown"):
        if which in expected:
            person = here.person(str(CASES / case / f"{which}.yaml"))
            found = here.judges.judge.case(person, here.day).verdict(f"invented.c{case}.head")
            assert found == expected[which], which


def test_what_is_not_understood_is_refused_not_half_read() -> None:
    for case in sorted(REFUSED):
        assert shapes.errors(shapes.books([(EXPECTED[case]["language"], sentence_of(case))])), case


def test_formatting_keeps_the_words_and_the_meaning() -> None:
    source = book().sources[0]
    once = formatted(source, said(book(), source), book().lexicon)
    again = SourceText("facts.rules", once)
    after = read_book([again], shapes.library())
    for number, (_, _, comes_to) in enumerate(ROWS):
        assert shapes.comes_to(after, number) == comes_to
    assert formatted(again, said(after, again), after.lexicon) == once


def test_what_is_written_back_means_the_same_in_both_languages() -> None:
    """Where the shape of a clause has a sentence, it is read back to the same, in either language."""
    clauses = {clause.id: clause for ruled in book().rules for clause in ruled.bare}
    kb = book().kb.extended(fact for clause in clauses.values() for fact in clause_facts(clause))
    lexicon = RuleLexicon(book().kb)
    for language in LANGUAGES:
        written: dict[int, str] = {}
        for number in range(len(ROWS)):
            if clauses[f"t.q{number}"].expression is None:
                continue
            try:
                node, _ = restate(clauses[f"t.q{number}"], kb)
            except Unsaid:
                continue
            assert node is not None
            written[number] = Writer(language, lexicon).sentence(node)
        back = shapes.books([(language, text) for text in written.values()])
        for at, number in enumerate(written):
            assert shapes.errors(back, at) == [], written[number]
            assert shapes.comes_to(back, at) == ROWS[number][2], written[number]
        assert len(written) >= 15


IDLE: list[tuple[Language, str, str]] = [
    ("th", "ต้องไม่เคยถูกลงโทษทางวินัย ติดต่อกัน", "rule_piece_idle"),
    ("th", "ต้องมีสัญชาติไทยไม่น้อยกว่า ๒ ชั่วโมง", "rule_piece_idle"),
    ("th", "ต้องไม่เคยถูกลงโทษทางวินัย ภายใน ๓ ปี และไม่เคยถูกไล่ออก", "rule_piece_idle"),
    ("th", "ต้องไม่เคยถูกลงโทษตัดเงินเดือน ภายใน ๓ ปี หรือลดขั้นเงินเดือน ภายใน ๕ ปี", "rule_piece_idle"),
    ("th", "ต้องรับราชการติดต่อกันมาแล้วไม่น้อยกว่า ๕ ปี โดยไม่นับระยะเวลาลาศึกษา", "rule_piece_idle"),
    (
        "th",
        "ต้องรับราชการมาแล้วไม่น้อยกว่า ๘ ปี โดยไม่นับระยะเวลาลาศึกษา เว้นแต่ลาศึกษาไม่เกิน ๑ ปี",
        "rule_piece_idle",
    ),
    (
        "en",
        "The person must have been rated good or higher in the last 4 appraisals and have been rated very good or "
        "higher in at least 1 of the last 2 appraisals.",
        "rule_piece_idle",
    ),
    ("th", "ต้องได้รับปริญญาตรี", "rule_incomplete"),
    ("th", "ต้องมีใบอนุญาตภาคทัณฑ์", "rule_piece_not_of_fact"),
    ("en", "The candidate must hold a licence, pay cut.", "rule_piece_not_of_fact"),
    ("en", "The candidate must have Thai nationality of at least 2 hours.", "rule_piece_idle"),
]


def test_no_word_is_idle() -> None:
    made = shapes.books([(language, sentence) for language, sentence, _ in IDLE])
    for number, (_, _, code) in enumerate(IDLE):
        assert code in shapes.errors(made, number), number
