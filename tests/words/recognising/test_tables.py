"""Every text of the tables is read as it must be, and a slip of a letter never turns it into something else."""

from __future__ import annotations

import random
from datetime import date

import pytest

from lgreason.rules.knowledge import Library
from lgreason.words.recognising.recogniser import KINDS, Kind, Recogniser
from tests.words.recognising.expected import Row, is_right, rows, said

NAMES, VARIANTS, SIBLINGS = rows("names"), rows("variants"), rows("siblings")
FURTHER = rows("further")
REGISTERS = rows("registers")
"""As records hold them, and texts that say that something is not so, not yet so, or one of two."""
BY_HAND = rows("byhand")
"""Worked out by hand before they were read: two things in one text, what is not understood behind a sure name."""
SERVICES = rows("services")
"""Worked out by hand before they were read: other services, ranks and decorations, orders, slips, negations."""
RECOGNISER = Recogniser(Library().under(), date(2026, 11, 27))


def kind_of(row: Row) -> Kind:
    return next(kind for kind in KINDS if kind == row.kind)


@pytest.mark.parametrize(
    "row", [*NAMES, *VARIANTS, *SIBLINGS, *FURTHER], ids=lambda row: f"{row.kind}-{row.text[:40]}"
)
def test_a_text_is_read_as_it_must_be(row: Row) -> None:
    found = RECOGNISER.recognise(kind_of(row), row.text, row.context)
    assert is_right(found, row.expected), f"{said(found)} {found}"


@pytest.mark.parametrize("kind", KINDS)
def test_what_registers_hold_is_read_as_it_must_be(kind: Kind) -> None:
    wrong = []
    for row in (*REGISTERS, *BY_HAND, *SERVICES):
        if row.kind == kind:
            found = RECOGNISER.recognise(kind, row.text, row.context)
            if not is_right(found, row.expected):
                wrong.append(f"{row.text}: {said(found)} instead of {row.expected}")
    assert not wrong


def test_the_tables_are_large() -> None:
    tables = (NAMES, VARIANTS, SIBLINGS, FURTHER, REGISTERS, BY_HAND, SERVICES)
    assert [len(table) for table in tables] == [468, 185, 417, 168, 352, 205, 347]


@pytest.mark.parametrize(
    ("kind", "text", "part"),
    [
        ("post", "หัวหน้าฝ่าย (นักบริหารงานทั่วไป ระดับต้น) ถูกยกเลิกคำสั่ง", None),
        ("degree", "M.P.A. (in progress)", "in progress"),
        ("degree", "รัฐประศาสนศาสตรมหาบัณฑิต (ยังไม่สำเร็จ)", None),
        ("organisation", "อบต.บ้านใหม่หรือเทศบาลตำบลบ้านใหม่", "หรือ"),
    ],
)
def test_a_word_of_doubt_takes_back_what_the_rest_names(kind: Kind, text: str, part: str | None) -> None:
    found = RECOGNISER.recognise(kind, text)
    assert not found.decides
    if part is not None:
        assert (found.why, found.args["part"]) == ("doubted", part)
        assert found.choices
    assert RECOGNISER.recognise("degree", "ปริญญาตรีหรือเทียบเท่า").reading == {"degree": "bachelor"}


def test_a_range_of_levels_is_nobodys_level() -> None:
    for text in ("นักจัดการงานทั่วไป ปก./ชก.", "เจ้าพนักงานธุรการ 2-4 หรือ 5", "นิติกร ปฏิบัติการหรือชำนาญการ"):
        assert RECOGNISER.recognise("post", text).why == "frame"


SLIPS = "กขคงจชซดตทนบปผพมยรลวสหอ"


def slipped(text: str, chance: random.Random) -> str:
    """A text with one letter left out, swapped with the next, or mistaken."""
    at = chance.choice([index for index, sign in enumerate(text) if sign.isalpha()])
    rest = text[at + 1 :]
    return text[:at] + chance.choice([rest, rest[:1] + text[at] + rest[1:], chance.choice(SLIPS) + rest])


def test_a_slip_of_a_letter_never_becomes_another_thing() -> None:
    """One letter wrong: the same, or less, or asked about; never the other outcome that decides."""
    chance = random.Random(20)
    for row in (*NAMES, *SIBLINGS):
        found = RECOGNISER.recognise(kind_of(row), row.text, row.context)
        letters = sum(sign.isalpha() for sign in row.text)
        if row.kind not in ("post", "field", "work") or not found.decides or letters < 8:
            continue
        text = slipped(row.text, chance)
        other = RECOGNISER.recognise(kind_of(row), text, row.context)
        assert not other.decides or other.outcome == found.outcome, f"{row.text} → {text}: {other}"
        if other.outcome == "this":
            assert other.reading == found.reading, f"{row.text} → {text}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("การจัดการ", "management"),
        ("รัฐศาสตร์", "political science"),
        ("การวางแผน", "planning"),
        ("นโยบายสาธารณะ", "public policy"),
    ],
)
def test_thai_and_english_give_one_answer(one: str, other: str) -> None:
    first, second = (RECOGNISER.recognise("field", text) for text in (one, other))
    assert (first.outcome, first.reading, first.choices) == (second.outcome, second.reading, second.choices)


def test_a_unit_named_as_a_level_is_no_level() -> None:
    assert RECOGNISER.recognise("post", "ผู้อำนวยการกองกลาง").outcome == "several"
    assert RECOGNISER.recognise("post", "ผู้อำนวยการกอง ระดับกลาง").reading == {
        "position": "general_admin.mid.division_director"
    }


def test_the_bare_word_of_a_level_may_end_the_name_of_a_unit() -> None:
    for text in ("หัวหน้าฝ่ายธุรการกลาง", "ผู้อำนวยการกองพัสดุกลาง"):
        assert RECOGNISER.recognise("post", text).why == "series_not_told"
    told = RECOGNISER.recognise("post", "หัวหน้าฝ่ายธุรการกลาง (นักบริหารงานทั่วไป)")
    assert told.reading == {"position": "general_admin.early.section_head"}


def test_a_month_and_a_year_alone_are_bounds() -> None:
    assert RECOGNISER.recognise("date", "ก.พ. 2563").reading == {
        "earliest": "2020-02-01",
        "latest": "2020-02-29",
    }
    assert RECOGNISER.recognise("date", "2560").reading == {"earliest": "2017-01-01", "latest": "2017-12-31"}
    assert RECOGNISER.recognise("date", "ปีงบประมาณ 2561").reading == {
        "earliest": "2017-10-01",
        "latest": "2018-09-30",
    }


def test_what_is_sure_of_a_part_is_said() -> None:
    found = RECOGNISER.recognise("degree", "ศศ.ม. (พัฒนาสังคม)")
    assert (found.outcome, dict(found.reading), found.why) == ("several", {"degree": "master"}, "contains")
    found = RECOGNISER.recognise("field", "รัฐศาตร์")
    assert [dict(choice) for choice in found.choices] == [{"field": "political_science"}]
