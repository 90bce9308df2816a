"""Declared facts in registers: columns and sheets by the declarations alone, cells read, joined by person."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from lgreason.files.roster.decisions import beside, read_decisions
from lgreason.files.roster.headings import Headings
from lgreason.files.roster.loading import Roster, load
from lgreason.files.roster.record import document
from lgreason.files.roster.sheets import Cell
from lgreason.language.book.rulebook import read_book
from lgreason.language.statements.splitting import SourceText
from lgreason.report.text.screening import AnswerWords
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import Library
from lgreason.words.recognising.recogniser import Recogniser
from lgreason.words.vocabulary import Vocabulary
from tests.files.roster.test_reading import book
from tests.language.statements.test_facts_defined import ENGLISH as OVERSEAS

KB = Library().under()
WORDS = Vocabulary(KB)
RECOGNISER, HEADINGS = Recogniser(KB), Headings(KB.library.words, WORDS)
TODAY = date(2026, 10, 1)
Sheets = Mapping[str, Sequence[Sequence[Any]]]
Read = Callable[..., tuple[Roster, dict[str, dict[str, Any]]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The roster in some sheets of a workbook, and the documents of its persons without the lists not known."""

    def loaded(sheets: Sheets, mapping: str | None = None) -> tuple[Roster, dict[str, dict[str, Any]]]:
        path = book(tmp_path / "r.xlsx", {name: list(map(list, rows)) for name, rows in sheets.items()})
        told = tmp_path / "m.yaml"
        told.write_text(mapping or "", encoding="utf-8")
        folder = tmp_path / f"work{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        decisions = read_decisions(beside(str(path)), HEADINGS.stated)
        how = (WORDS, RECOGNISER, HEADINGS, decisions, TODAY, str(told) if mapping else None)
        roster = load([str(path)], folder, *how)
        rows = [row for file in roster.files for row in pq.read_table(file).to_pylist()]
        return roster, {row["id"]: document({**row, "id": None, "name": None}) for row in rows}

    return loaded


def test_a_column_of_each_kind(read: Read) -> None:
    """A day, a list headed by its name, an amount, a number of a posting, and columns that are nothing here."""
    head = ["เลขประจำตัว", "วันเกิด", "สัญชาติ", "ตำแหน่ง", "ตั้งแต่", "ชั่วโมงทำงานต่อสัปดาห์", "โทรศัพท์"]
    rows = [
        ["1", date(2528, 5, 1), "ไทย", "หัวหน้าฝ่าย ระดับต้น", "1 ต.ค. 2562", 35, "081"],
        ["1", "๑ พ.ค. ๒๕๒๘", "ไทย", "ผอ.กอง ระดับต้น", "1 ต.ค. 2564", None, "081"],
    ]
    roster, found = read({"ทะเบียน": [head, *rows]})
    assert roster.aside == () and roster.unrecognised == {}
    assert found["1"]["born"] == "1985-05-01" and found["1"]["nationality"] == [{"country": "ไทย"}]
    assert [each.get("hours_per_week") for each in found["1"]["postings"]] == [35, None]


def test_a_sheet_of_entries_is_known_by_its_name(read: Read) -> None:
    posts = [
        ["รหัส", "ตำแหน่ง", "ตั้งแต่"],
        ["1", "หัวหน้าฝ่าย ระดับต้น", "1/1/2560"],
        ["2", "ผอ.กอง ระดับต้น", "1/1/2560"],
    ]
    penalties = [
        ["รายงานการลงโทษ"],
        ["รหัส", "ตำแหน่ง", "สถานโทษ", "วันที่ลงโทษ", "วันที่ล้างมลทิน"],
        ["1", "หัวหน้าฝ่าย ระดับต้น", "ตัดเงินเดือน", "3 ก.พ. 2564", None],
        ["1", "หัวหน้าฝ่าย ระดับต้น", "ภาคทัณฑ์", date(2019, 3, 1), "1/1/2565"],
        ["2", None, "ไม่มี", None, None],
    ]
    roster, found = read({"ทะเบียน": posts, "โทษทางวินัย ๒๕๖๐-๒๕๖๘": penalties})
    assert roster.aside == () and roster.unrecognised == {}
    assert found["1"]["penalties"] == [
        {"kind": "ตัดเงินเดือน", "ordered": "2021-02-03"},
        {"kind": "ภาคทัณฑ์", "ordered": "2019-03-01", "expunged": "2022-01-01"},
    ]
    assert found["2"]["penalties"] == []
    assert len(found["1"]["postings"]) == 1  # the post beside a penalty is no posting of its own


def test_a_sheet_of_entries_is_known_by_its_headings(read: Read) -> None:
    rows = [
        ["id", "licence", "issued", "expires", "suspended.from"],
        ["1", "teaching", "2020-01-01", "2030-01-01", "2024-02-01"],
    ]
    _, found = read({"Sheet1": rows})
    licence = {"licence": "teaching", "issued": "2020-01-01", "expires": "2030-01-01"}
    assert found["1"] == {"licences": [{**licence, "suspended": [{"from": "2024-02-01"}]}]}


def test_values_under_names_in_columns_and_in_rows(read: Read) -> None:
    wide = [["id", "k.04", "s.3", "c.core.1"], ["1", 3, 2, 1]]
    long = [["id", "name of competency", "competencies.value"], ["2", "k.04", 3], ["2", "s.3", "2"]]
    mapping = (
        "sheets:\n- {sheet: wide, headings: 1, columns: {id: id, k.04: competencies.k.04, s.3: competencies.s.3}}\n"
        "- {sheet: long, headings: 1, columns: {id: id, name of competency: competencies.name, "
        "competencies.value: competencies.value}}\n"
    )
    _, found = read({"wide": wide, "long": long}, mapping)
    assert found["1"] == {"competencies": {"k.04": 3, "s.3": 2}}
    assert found["2"] == {"competencies": {"k.04": 3, "s.3": "2"}}
    _, found = read({"wide": wide})
    assert found["1"] == {"competencies": {"k.04": 3, "s.3": 2, "c.core.1": 1}}


def test_what_is_not_understood_is_listed_and_never_an_absence(read: Read) -> None:
    """A day of expunging that cannot be read would look like none: so the penalties are not known."""
    head = ["id", "สถานโทษ", "วันที่ล้างมลทิน", "วันที่มีคำสั่งลงโทษ"]
    rows = [
        ["1", "ตัดเงินเดือน", "ราวปีก่อน", "1/2/2564"],
        ["2", "โทษแปลก", None, "1/2/2564"],
        ["3", "ภาคทัณฑ์", None, None],
    ]
    roster, found = read({"โทษทางวินัย": [head, *rows]})
    assert "penalties" not in found["1"]
    assert found["2"] == {"penalties": [{"ordered": "2021-02-01"}]}  # of a kind that is not known
    assert found["3"] == {"penalties": [{"kind": "ภาคทัณฑ์"}]}
    assert roster.unrecognised == {("penalties.expunged", "ราวปีก่อน"): 1, ("penalties.kind", "โทษแปลก"): 1}


def test_a_term_that_is_not_known_is_another_only_when_that_is_decided(tmp_path: Path, read: Read) -> None:
    rows = [["id", "สัญชาติ", "วันเกิด"], ["1", "แดนไกล", "1/1/2530"], ["2", "ทย", "1/1/2530"]]
    roster, found = read({"ทะเบียน": rows})
    assert found["1"] == {"nationality": [{}], "born": "1987-01-01"}
    decisions = read_decisions(beside(str(tmp_path / "r.xlsx")), HEADINGS.stated)
    decisions.write(roster.unrecognised)
    text = decisions.path.read_text(encoding="utf-8")
    text = text.replace('"แดนไกล", count: 1, means: null', '"แดนไกล", means: "แดนไกล"')
    decisions.path.write_text(text.replace('"ทย", count: 1, means: null', '"ทย", means: "ไทย"'), "utf-8")
    roster, found = read({"ทะเบียน": rows})
    assert roster.unrecognised == {}
    assert [found[key]["nationality"] for key in "12"] == [[{"country": "แดนไกล"}], [{"country": "ไทย"}]]


def test_two_values_of_one_fact_set_the_person_aside(read: Read) -> None:
    rows = [
        ["id", "วันเกิด", "เป็นบุคคลล้มละลาย"],
        ["1", "1/1/2530", "ไม่"],
        ["1", "2/1/2530", None],
        ["2", "1/1/2530", "ใช่"],
    ]
    roster, found = read({"ทะเบียน": rows})
    assert found == {"2": {"born": "1987-01-01", "bankrupt": True}}
    assert [(aside.person, aside.code) for aside in roster.aside] == [("1", "roster_fact_twice")]


def test_an_entry_that_ends_before_it_begins_sets_its_person_aside(read: Read) -> None:
    rows = [
        ["id", "ประเภทการลา", "ตั้งแต่วันที่", "ถึงวันที่"],
        ["1", "ลากิจ", "2/1/2565", "1/1/2565"],
        ["2", "ลากิจ", "2/1/2565", "3/1/2565"],
    ]
    roster, found = read({"การลา": rows})
    assert list(found) == ["2"]
    assert [(aside.line, aside.code) for aside in roster.aside] == [(2, "person_ends_before_start")]


def test_a_list_that_is_complete_says_none_of_the_others(read: Read) -> None:
    posts = [
        ["id", "ตำแหน่ง", "ตั้งแต่"],
        ["1", "หัวหน้าฝ่าย ระดับต้น", "1/1/2560"],
        ["2", "หัวหน้าฝ่าย ระดับต้น", "1/1/2560"],
    ]
    penalties = [["id", "สถานโทษ"], ["1", "ภาคทัณฑ์"]]
    mapping = (
        "sheets:\n- {sheet: posts, headings: 1, columns: {id: id, ตำแหน่ง: position, ตั้งแต่: postings.from}}\n"
        "- {sheet: penalties, headings: 1, others: none, columns: {id: id, สถานโทษ: penalties.kind}}\n"
    )
    _, found = read({"posts": posts, "penalties": penalties}, mapping)
    assert [found[key]["penalties"] for key in "12"] == [[{"kind": "ภาคทัณฑ์"}], []]
    assert found["2"]["postings"][0]["from"] == "2017-01-01"


@pytest.mark.parametrize("fact", sorted(HEADINGS.stated.declarations.facts))
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_declared_fact_has_its_columns(fact: str, language: str) -> None:
    """Headed by its names in either language, in a sheet named by the fact, every attribute finds its column."""
    stated = HEADINGS.stated
    declared = stated.declarations.facts[fact]
    for column in (each for each in stated.ids if each.startswith(f"{fact}.")):
        assert HEADINGS.field(column)[0] == column
        if declared.attributes:
            name = stated.terms.name("attribute", column).into(language)
            assert HEADINGS.field(name, fact)[0] == column, name
    if declared.shape.name == "one":
        assert HEADINGS.field(stated.terms.name("fact", fact).into(language))[0] == fact


def test_a_fact_of_a_rule_file_has_its_columns_too(tmp_path: Path) -> None:
    laid = Library().with_rules(read_book([SourceText("f.rules", OVERSEAS)], Library())).on(TODAY).under()
    words = Vocabulary(laid)
    headings = Headings(laid.library.words, words)
    rows = [["id", "ชั้น", "ตั้งแต่วันที่", "ถึงวันที่"], ["1", "สูง", "1/1/2560", "ปัจจุบัน"]]
    path = book(tmp_path / "r.xlsx", {"การปฏิบัติราชการในต่างประเทศ": rows})
    decisions = read_decisions(beside(str(path)), headings.stated)
    roster = load([str(path)], tmp_path, words, Recogniser(laid), headings, decisions, TODAY)
    (row,) = pq.read_table(roster.files[0]).to_pylist()
    assert document(row)["overseas"] == [{"grade": "สูง", "from": "2017-01-01"}]
    spoken = AnswerWords(laid, words, Wording("en"))
    assert spoken.fact("overseas") == "overseas service"
    assert spoken.fact("overseas[2].grade") == "overseas service: grade of entry 2"
    assert spoken.kind("overseas.from") == "overseas service: from"


CELLS: Sequence[tuple[str, Cell, object]] = [
    ("born", "1 ม.ค. 2530", "1987-01-01"),
    ("salary.amount", "30,150", "30,150"),
    ("salary.amount", 30150, 30150),
    ("bankrupt", "ไม่มี", False),
    ("examinations.parts.ก", "67.5/100", {"score": "67.5", "full": "100"}),
    ("courses.equivalent_by", "ก.จ., ก.ท.", ["ก.จ.", "ก.ท."]),
    ("appraisals.year", "2567", "2567"),
    ("proceedings.closed", "ปัจจุบัน", "empty"),
    ("appraisals.score", 700, "unknown"),
    ("penalties.kind", "-", "empty"),
]


@pytest.mark.parametrize(("column", "cell", "value"), CELLS)
def test_cells_by_the_type_that_is_declared(column: str, cell: Cell, value: object) -> None:
    from lgreason.files.roster.recognised import Texts
    from lgreason.files.roster.statements import CellRemark, Statements

    statements = Statements(HEADINGS.stated, Texts(WORDS, RECOGNISER), TODAY)
    holds = HEADINGS.stated.holds(column)
    assert holds is not None
    found = statements.read(holds, cell)
    assert (found.value if isinstance(found, CellRemark) else found) == value
    assert json.dumps(found.value if isinstance(found, CellRemark) else found)
