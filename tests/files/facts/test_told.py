"""Declared facts told in words, and written again as a file has them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from lgreason.files.facts.told import Telling
from lgreason.files.facts.values import NONE, Between, Score, Term
from lgreason.files.facts.written import written
from lgreason.report.sentences import messages
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import Library
from lgreason.rules.model import LANGUAGES
from lgreason.words.vocabulary import Vocabulary

KB = Library().of("persons").under().declared
DECLARED = KB.declarations("person")
TELLING = Telling(DECLARED, Vocabulary(KB), date(2026, 3, 1))


def told(fact: str, text: str) -> Any:
    found = TELLING.fact(DECLARED.facts[fact], text)
    assert not found.findings, found.findings
    return found.value


def faults(fact: str, text: str) -> list[str]:
    return [finding.code for finding in TELLING.fact(DECLARED.facts[fact], text).findings]


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("born", "1 พ.ค. 2543", date(2000, 5, 1)),
        ("born", "พ.ค. 2543", Between(date(2000, 5, 1), date(2000, 5, 31))),
        ("bankrupt", "ไม่เคย", False),
        ("preference_points", "2.5 คะแนน", Fraction(5, 2)),
        ("probation", "ไม่มี", NONE),
        ("penalties", "none", ()),
        (
            "penalties",
            "ตัดเงินเดือน 2 มี.ค. 2564; ภาคทัณฑ์ เมื่อ 5 ม.ค. 2560",
            (
                {"kind": Term("pay_cut", "ตัดเงินเดือน"), "ordered": date(2021, 3, 2)},
                {"kind": Term("reprimand", "ภาคทัณฑ์"), "ordered": date(2017, 1, 5)},
            ),
        ),
        (
            "salary",
            "30,000 บาท ตั้งแต่ 1 ต.ค. 2565",
            ({"amount": Fraction(30_000), "from": date(2022, 10, 1)},),
        ),
        ("leave", "study, from 1 Feb 2022 to 31 Jan 2023", None),
        ("competencies", "s.3 3, s.4 2", {"s.3": Fraction(3), "s.4": Fraction(2)}),
    ],
)
def test_what_is_told_is_read_by_the_declarations(fact: str, text: str, value: object) -> None:
    found = told(fact, text)
    if fact == "leave":
        (entry,) = found
        assert (entry["kind"].id, entry["from"], entry["to"]) == (
            "study",
            date(2022, 2, 1),
            date(2023, 1, 31),
        )
    else:
        assert found == value


@pytest.mark.parametrize(
    ("fact", "text", "code"),
    [
        ("born", "31 ก.พ. 2543", "date_no_such_day"),
        ("bankrupt", "บางที", "shape_truth_expected"),
        ("preference_points", "มาก", "shape_amount_expected"),
        ("penalties", "ตักเตือน 2 มี.ค. 2564", "fact_unknown_value"),
        ("penalties", "ตัดเงินเดือน, เมื่อวาน", "fact_part_unread"),
        ("leave", "study, from 1 Feb 2022 to 31 Jan 2021", "person_ends_before_start"),
        ("licences", "วิชาชีพคร, ตั้งแต่ 1 ม.ค. 2563", "fact_term_near"),
        ("competencies", "สาม", "fact_values_by_name"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(fact: str, text: str, code: str) -> None:
    assert code in faults(fact, text)
    (finding, *_) = TELLING.fact(DECLARED.facts[fact], text).findings
    assert finding.place is None
    for language in LANGUAGES:
        assert code in messages(language)["finding"] and Wording(language).finding(finding)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (NONE, "none"),
        (Fraction(30_000), 30_000),
        (Fraction(-27, 8), "-3.375"),
        (Fraction(1, 20), "0.05"),
        (Term("teaching", "วิชาชีพครู"), "วิชาชีพครู"),
        (Score(Fraction(67), None), {"score": 67}),
        (Between(date(2020, 2, 1), date(2020, 2, 29)), "2020-02"),
        (Between(date(2020, 1, 1), date(2020, 12, 31)), "พ.ศ. 2563"),
        (Between(date(2019, 10, 1), date(2020, 9, 30)), "ปีงบประมาณ 2563"),
        (({"from": date(2020, 1, 1), "acting": True},), [{"from": "2020-01-01", "acting": True}]),
    ],
)
def test_values_are_written_as_a_file_has_them(value: object, plain: object) -> None:
    assert written(value) == plain
