"""Files that state declared facts: every slip is told at its place; nothing is half read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest

from lgreason.answers.session import Session
from lgreason.files.facts.values import NONE, Score, Term
from lgreason.report.sentences import messages
from lgreason.report.wording import Wording
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES

SESSION = Session(as_of=date(2026, 9, 1), library=Library())


def read(text: str) -> dict[str, object]:
    person = SESSION.person("-", BytesIO(text.encode()))
    return {**person.given.facts, **person.given.more}


def faults(text: str) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(Unusable) as raised:
        read(text)
    return [(f.code, f.place.line, f.place.column) for f in raised.value.findings if f.place]


def test_values_are_exact_and_typed() -> None:
    given = read(
        """
id: x
born: 1 พ.ค. 2543
bankrupt: false
probation: none
penalties: []
licences: [{licence: วิชาชีพครู, renewal_filed: none, suspended: [{from: 2026-06-01}]}]
examinations: [{parts: {works: {score: 67.4, full: 100}}}]
appraisals: [{year: 2568, result: ดีมาก}]
salary: [{amount: "30,000 บาท", from: 2565-10-01}]
postings: [{type: academic, level: practitioner, grade: {value: 9}, from: 2567-01-01}]
"""
    )
    assert given["born"] == date(2000, 5, 1)
    assert given["bankrupt"] is False
    assert given["probation"] is NONE and given["penalties"] == ()
    (licence,) = given["licences"]  # type: ignore[misc]
    assert licence["licence"] == Term("teaching", "วิชาชีพครู") and licence["renewal_filed"] is NONE
    assert licence["suspended"] == ({"from": date(2026, 6, 1)},)
    (exam,) = given["examinations"]  # type: ignore[misc]
    assert exam["parts"]["works"] == Score(Fraction(337, 5), Fraction(100))
    assert given["appraisals"] == ({"year": 2025, "result": Term("very_good", "ดีมาก")},)
    assert given["salary"] == ({"amount": Fraction(30_000), "from": date(2022, 10, 1)},)
    assert given["postings"] == ({"grade": {"value": Fraction(9)}},)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("penalties: [{kind: ตัดเงินเดือนหนัก}]", "fact_unknown_value", 2, 14),
        ("appraisals: [{year: 2568, score: 101}]", "fact_out_of_range", 2, 27),
        ("born: 31/2/2543", "date_no_such_day", 2, 1),
        ("licences: [{licences: ครู}]", "shape_unknown_key", 2, 13),
        ("licenses: []", "shape_unknown_key", 2, 1),
        ("bankrupt: ไม่", "shape_truth_expected", 2, 1),
        ("leave: [{kind: study, from: 2565-02-01, to: 2565-01-01}]", "person_ends_before_start", 2, 41),
        ("salary: [{amount: มาก}]", "shape_amount_expected", 2, 11),
        ("probation: ผ่านแล้ว", "shape_record_is_value", 2, 1),
        ("education: [{degree: master, gpa: 5}]", "fact_out_of_range", 2, 30),
    ],
)
def test_a_slip_is_told_at_its_place(text: str, code: str, line: int, column: int) -> None:
    assert (code, line, column) in faults(f"id: x\n{text}\n")
    assert code in messages("th")["finding"] and code in messages("en")["finding"]


def test_what_a_file_does_not_say_is_not_there() -> None:
    assert "born" not in read("id: x\npenalties: []\n")


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("วิชาชีพคร", "fact_term_near", "วิชาชีพครู"),  # a letter is missing
        ("ขับรถยนต์", "fact_term_other", "ขับรถยนต์"),
    ],
)
def test_a_text_that_is_no_term_is_kept_and_said(text: str, code: str, named: str) -> None:
    person = SESSION.person("-", BytesIO(f"id: x\nlicences: [{{licence: {text}}}]\n".encode()))
    licences = person.given.facts["licences"]
    assert isinstance(licences, tuple)
    (licence,) = licences
    assert licence["licence"] == Term(None, text)
    (warning,) = person.warnings
    assert (warning.code, warning.severity, warning.place and warning.place.line) == (code, "warning", 2)
    for language in LANGUAGES:
        assert named in Wording(language).finding(warning)
