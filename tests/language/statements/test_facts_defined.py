"""Facts that a rule file defines: read in both languages, written again as they were, slips refused."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from lgreason.answers.session import Session
from lgreason.files.facts.told import Telling
from lgreason.language.book.rulebook import Book, read_book
from lgreason.language.checking.checking import faults
from lgreason.language.statements.splitting import SourceText
from lgreason.language.writing.files import StatementWriter, formatted, said
from lgreason.report.sentences import messages
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES
from lgreason.rules.terms import Fn

ROOT = Path(__file__).parents[3]
THAI = """นิยาม ข้อเท็จจริง overseas
  ชื่อ: "การปฏิบัติราชการในต่างประเทศ" / "overseas service"
  รูปแบบ: ช่วงเวลา from to
  ข้อมูล: grade ลำดับของ (low "ต่ำ" / "low", high "สูง" / "high") "ชั้น" / "grade"
  ข้อมูล: from วันที่ "ตั้งแต่วันที่" / "from"
  ข้อมูล: to วันที่ "ถึงวันที่" / "to" ไม่ใส่ ยังดำเนินอยู่
  ผู้เปลี่ยน: คณะกรรมการ
"""
ENGLISH = """define fact overseas
  name: "การปฏิบัติราชการในต่างประเทศ" / "overseas service"
  shape: periods from to
  attribute: grade in order (low "ต่ำ" / "low", high "สูง" / "high") "ชั้น" / "grade"
  attribute: from date "ตั้งแต่วันที่" / "from"
  attribute: to date "ถึงวันที่" / "to" absent still
  changed by: committee
"""
LIBRARY = Library()


def book_of(text: str) -> tuple[Book, SourceText]:
    source = SourceText("f.rules", text)
    return read_book([source], LIBRARY), source


def stated(text: str) -> list[Fn]:
    book, _ = book_of(text)
    assert not [fault for _, fault in faults(book)]
    return list(book.on(date(2026, 1, 1)).facts)


def test_both_languages_declare_the_same() -> None:
    facts = stated(THAI)
    assert facts == stated(ENGLISH)
    assert Fn("fact", (Fn("overseas"), Fn("person"), Fn("periods", (Fn("from"), Fn("to"))))) in facts
    assert Fn("has", (Fn("overseas"), Fn("grade"), Fn("scale", (Fn("overseas_grade"),)))) in facts
    assert Fn("value", (Fn("overseas_grade"), 2, Fn("high"))) in facts
    assert Fn("absent", (Fn("overseas"), Fn("to"), Fn("still"))) in facts


@pytest.mark.parametrize("text", [THAI, ENGLISH])
def test_a_definition_is_written_as_it_was(text: str) -> None:
    book, source = book_of(text)
    assert formatted(source, said(book, source), book.lexicon).strip() == text.strip()


def test_either_language_is_written_in_the_other() -> None:
    book, _ = book_of(THAI)
    ((defined, _),) = book.definitions
    assert StatementWriter(book.lexicon).definition(defined, "en").strip() == ENGLISH.strip()


@pytest.mark.parametrize(
    ("line", "code", "suggestion"),
    [
        ("  shape: period from to", "rule_fact_word", "periods"),
        ("  shape: periods from until", "rule_fact_when", None),
        ("  shape: list of them", "rule_fact_more", None),
        ("  shape: rounds year round", "rule_fact_word", None),
        ("  shape: rounds year round 13", "rule_fact_word", "1"),
        ('  shape: rounds a b 2\n  attribute: a year "ก" / "a"', "rule_fact_round", None),
        (
            '  shape: list\n  subject: organization\n  attribute: a date "ก" / "a"',
            "rule_fact_word",
            "organisation",
        ),
        ('  shape: list\n  attribute: grade dat "ก" / "a"', "rule_fact_word", "date"),
        ('  shape: list\n  attribute: grade date "ก" / "a" absent stil', "rule_fact_word", "still"),
        ("  shape: list", "rule_fact_empty", None),
        ("  attribute: grade date", "rule_definition_needs", "shape: …"),
        (
            '  shape: list\n  attribute: a date "ก" / "a"\n  changed by: comittee',
            "rule_fact_word",
            "committee",
        ),
    ],
)
def test_a_slip_is_told_with_the_nearest_word(line: str, code: str, suggestion: str | None) -> None:
    book, _ = book_of(f'define fact overseas\n  name: "ก" / "a"\n{line}\n')
    found = {fault.code: fault.suggestion for _, fault in faults(book)}
    assert code in found and found[code] == suggestion
    assert code in messages("th")["finding"] and code in messages("en")["finding"]


ROUNDS = """define fact drills
  name: "การฝึกซ้อม" / "drills"
  shape: rounds year round 4
  attribute: year year "ปีงบประมาณ" / "fiscal year"
  attribute: round whole number "รอบที่" / "round" absent whole year
  attribute: mark points "คะแนน" / "mark"
  changed by: authority
"""
YEARLY = """นิยาม ข้อเท็จจริง visitors
  ชื่อ: "จำนวนผู้มาติดต่อรายปี" / "visitors by year"
  รูปแบบ: ค่ารายปี จำนวนเต็ม
  ผู้เปลี่ยน: เวลา
  สิ่งที่วัด: องค์กร
"""


def test_rounds_and_years_are_declared() -> None:
    facts = stated(ROUNDS)
    assert Fn("fact", (Fn("drills"), Fn("person"), Fn("rounds", (Fn("year"), Fn("round"), 4)))) in facts
    assert Fn("absent", (Fn("drills"), Fn("round"), Fn("whole"))) in facts
    facts = stated(YEARLY)
    assert Fn("fact", (Fn("visitors"), Fn("organisation"), Fn("years", (Fn("whole"),)))) in facts
    for text in (ROUNDS, YEARLY):
        book, source = book_of(text)
        assert formatted(source, said(book, source), book.lexicon).strip() == text.strip()
        ((defined, _),) = book.definitions
        for language in LANGUAGES:
            again = StatementWriter(book.lexicon).definition(defined, language)
            assert stated(again) == stated(text)


def test_rounds_are_read_and_a_round_too_many_is_refused() -> None:
    book, _ = book_of(ROUNDS)
    session = Session(as_of=date(2026, 1, 1), library=LIBRARY.with_rules(book))
    person = session.person(
        "-", BytesIO(b"id: x\ndrills: [{year: 2568, round: 4, mark: 70}, {year: 2567}]\n")
    )
    drills = person.given.facts["drills"]
    assert isinstance(drills, tuple)
    first, second = drills
    assert (first["year"], first["round"], "round" in second) == (2025, 4, False)
    with pytest.raises(Unusable) as raised:
        session.person("-", BytesIO(b"id: x\ndrills: [{year: 2568, round: 5, mark: 70}]\n"))
    (finding,) = raised.value.findings
    assert (finding.code, finding.place and finding.place.line) == ("fact_out_of_range", 2)


def test_files_are_read_by_the_definition() -> None:
    book, _ = book_of(THAI)
    session = Session(as_of=date(2026, 1, 1), library=LIBRARY.with_rules(book))
    person = session.person("-", BytesIO(b"id: x\noverseas: [{grade: high, from: 2560-01-01}]\n"))
    entries = person.given.facts["overseas"]
    assert isinstance(entries, tuple)
    (entry,) = entries
    assert entry["from"] == date(2017, 1, 1) and entry["grade"].id == "high"
    with pytest.raises(Unusable) as raised:
        session.person("-", BytesIO("id: x\noverseas: [{grade: สูงมาก}]\n".encode()))
    (finding,) = raised.value.findings
    assert (finding.code, finding.place and finding.place.line) == ("fact_unknown_value", 2)


def test_what_the_guide_tells_of_such_a_fact_is_understood() -> None:
    book, _ = book_of(THAI)
    session = Session(as_of=date(2026, 1, 1), library=LIBRARY.with_rules(book))
    declared = session.kb.declarations("person")
    telling = Telling(declared, session.vocabulary.of_facts, session.day)
    found = telling.fact(
        declared.facts["overseas"],
        "ชั้น สูง, ตั้งแต่ 2 มี.ค. 2568; ต่ำ ตั้งแต่ 1 ม.ค. 2560 ถึง 31 ธ.ค. 2560",
    )
    assert not found.findings
    assert isinstance(found.value, tuple)
    first, second = found.value
    assert (first["grade"].id, first["from"], "to" in first) == ("high", date(2025, 3, 2), False)
    assert (second["grade"].id, second["to"]) == ("low", date(2017, 12, 31))
    assert "ชั้น สูง, ตั้งแต่ 2 มี.ค. 2568; ต่ำ ตั้งแต่" in (ROOT / "docs" / "facts.md").read_text("utf-8")
