"""Sentences on declared facts: what they come to, how they decide, how they are written back, what is refused."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.checking.finding import finding
from lgreason.language.clauses.stating import clause_facts
from lgreason.language.grammar.plain import plain_text
from lgreason.language.lexicon.lexicon import RuleLexicon
from lgreason.language.statements.splitting import SourceText
from lgreason.language.wording.restate import Unsaid, restate
from lgreason.language.wording.writer import Writer
from lgreason.language.writing.files import formatted, said
from lgreason.language.writing.telling import RuleTelling
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES, Language
from tests.language.meaning import shapes

ROWS = shapes.rows()
CASES = Path(__file__).parents[2] / "reasoning" / "cases" / "requirements"
REFUSED = {"023", "053", "054", "057", "064", "067"}
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_is_told_back_in_either_language(language: Language) -> None:
    """What is told reads back to the same demands: `RuleTelling` gives nothing else."""
    telling = RuleTelling(book())
    silent = [ruled.rule.id for ruled in book().rules if telling.sentence(ruled, language) is None]
    assert len(silent) <= len(ROWS) // 100, silent


def test_what_is_told_back_is_in_the_words_of_the_language() -> None:
    made = shapes.books([("th", "ต้องไม่เคยถูกลงโทษทางวินัย ภายใน ๓ ปี")])
    (ruled,) = made.rules
    told = RuleTelling(made).sentence(ruled, "en")
    assert told == "it is necessary to not ever disciplinary penalties within 3 years"


@pytest.mark.parametrize(
    "sentence",
    [
        "ต้องได้รับปริญญาตรีในสาขานิติศาสตร์ หรือปริญญาตรีทุกสาขา และปฏิบัติงานการเจ้าหน้าที่มาแล้วไม่น้อยกว่า ๕ ปี",
        "ต้องมีสัญชาติไทย หรือรับราชการมาแล้วไม่น้อยกว่า ๕ ปี และไม่เคยถูกลงโทษทางวินัย",
    ],
)
def test_or_and_and_are_not_guessed_at(sentence: str) -> None:
    """Both readings are proposed as lists, and each proposal is read, to another demand."""
    made = shapes.books([("th", sentence)])
    (fault,) = [fault for _, fault in faults(made) if fault.severity == "error"]
    assert fault.code == "rule_and_or_unclear"
    proposed = re.findall("«(ต้อง[^»]+)»", Wording("th").finding(finding(made.sources[0], fault)))
    assert len(proposed) == 2
    each = shapes.books([("th", text) for text in proposed])
    assert shapes.errors(each, 0) == shapes.errors(each, 1) == []
    assert [shapes.comes_to(each, 0)[:4], shapes.comes_to(each, 1)[:4]] == ["any[", "all["]


def test_and_with_two_parts_on_either_side_of_or_is_read() -> None:
    sentence = "ต้องมีสัญชาติไทย และมีอายุไม่ต่ำกว่า ๒๐ ปี หรือรับราชการมาแล้วไม่น้อยกว่า ๕ ปี และไม่เคยถูกลงโทษทางวินัย"
    assert shapes.comes_to(shapes.books([("th", sentence)])).startswith("any[all[")


def test_no_phrase_swallows_what_another_word_says() -> None:
    """A phrase that holds the name of a value of its fact, or "ever", must say so: «เคยดำรงตำแหน่ง…» is `ever`."""
    declared = book().lexicon.declared
    senses = [(plain_text(text), sense) for text, sense in declared._all()]
    values: dict[str, set[tuple[str, str]]] = {}
    for text, sense in senses:
        if sense.kind == "value" and len(text) > 2:
            values.setdefault(text, set()).add((sense.of, sense.id.rpartition(":")[2]))
    swallowed = []
    for text, sense in senses:
        if sense.kind in ("value", "part", "group"):
            continue
        said = {str(getattr(value, "name", value)) for _, form in sense.tests for value in form.args}
        for word, meant in values.items():
            if word == text or not _stands_in(word, text):
                continue
            of_fact = {value for of, value in meant if declared.attribute_of(sense.fact, of) is not None}
            if of_fact and not of_fact & said:
                swallowed.append((text, word))
        if sense.kind in ("fact", "now") and any(
            _stands_in(word, text) for word in ("เคย", "ever", "continuous")
        ):
            swallowed.append((text, "ever"))
    assert {text for text, _ in swallowed} <= SAID_OTHERWISE, swallowed


def _stands_in(word: str, text: str) -> bool:
    return f" {word} " in f" {text} " if text.isascii() else word in text


SAID_OTHERWISE = {
    *("ชั้นความลับ", "การรับรองความไว้วางใจให้เข้าถึงชั้นความลับ"),  # ลับ is a degree of it, and part of its name
    *("ตามสัญญาจ้างที่ไม่มีกำหนดเวลา", "ดำรงตำแหน่งตามสัญญาจ้างที่ไม่มีกำหนดเวลา"),  # denied: another kind
    "เคยปฏิบัติงานที่แตกต่างกัน",  # time in the past is counted all the same
    # The list of those who passed a competitive examination is the only list that there is.
    *("เป็นผู้สอบแข่งขันได้", "ผู้สอบแข่งขันได้", "บัญชีผู้สอบแข่งขันได้", "อยู่ในบัญชีผู้สอบแข่งขันได้", "ผ่านการสอบแข่งขัน"),
    *("มีชื่ออยู่ในบัญชีผู้สอบแข่งขันได้", "มีรายชื่ออยู่ในบัญชีผู้สอบแข่งขันได้"),
}


IDLE: list[tuple[Language, str, str]] = [
    (
        "en",
        "must have at least 3 publications in the last 5 years, of which the share was at least 50 per cent",
        "rule_piece_idle",
    ),
    ("th", "ต้องไม่เคยถูกลงโทษทางวินัย หรือเคยถูกลงโทษแต่ได้รับการล้างมลทินแล้ว", "rule_piece_idle"),
    ("th", "ต้องมีอายุไม่ต่ำกว่า ๒๐ ปี ภายใน ๕ ปี", "rule_piece_idle"),
    (
        "en",
        "must have at least 5 years of government service, of which at least 2 years in a special area",
        "rule_piece_idle",
    ),
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
