"""Registers as people keep them: headings, encodings, bad rows, merged cells, footers, decisions."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from lgreason.files.roster import joining, staging
from lgreason.files.roster.decisions import beside, read_decisions
from lgreason.files.roster.headings import Headings
from lgreason.files.roster.loading import Roster, load
from lgreason.files.roster.recognised import Texts, Wrong
from lgreason.report.wording import Wording
from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import Library
from lgreason.words.recognising.recogniser import Recogniser
from lgreason.words.vocabulary import Vocabulary

KB = Library().under()
WORDS, RECOGNISER = Vocabulary(KB), Recogniser(KB)
HEADINGS = Headings(KB.library.words, WORDS)
TODAY = date(2026, 10, 1)
Load = Callable[..., Roster]


@pytest.fixture
def read(tmp_path: Path) -> Load:
    def loaded(*paths: Path, mapping: Path | None = None) -> Roster:
        folder = tmp_path / f"work{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        decisions = read_decisions(beside(str(paths[0])))
        told = None if mapping is None else str(mapping)
        return load(list(map(str, paths)), folder, WORDS, RECOGNISER, HEADINGS, decisions, TODAY, told)

    return loaded


def persons(roster: Roster) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for file in roster.files for row in pq.read_table(file).to_pylist()}


def entry(posting: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in posting.items() if value is not None and key != "title"}


THAI = """เลขประจำตัว,ชื่อ - สกุล,ตำแหน่ง,ประเภท,ระดับ,ตั้งแต่วันที่,ถึงวันที่,วุฒิการศึกษา,สาขาวิชา
1,นายหนึ่ง ใจดี,หัวหน้าฝ่ายอำนวยการ (นักบริหารงานทั่วไป),อำนวยการท้องถิ่น,ต้น,1 ต.ค. 2562,,ปริญญาโท,รัฐศาสตร์
,,นักจัดการงานทั่วไป,วิชาการ,ชำนาญการ,๑ ตุลาคม ๒๕๕๙,30/9/2562,,
2,นางสอง มีสุข,นักจัดการงานทั่วไป,วิชาการ,ชำนาญการ,1/10/2559,ปัจจุบัน,รป.บ.,
รวม 2 คน,,,,,,,,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_a_thai_text_file_in_any_encoding(tmp_path: Path, read: Load, encoding: str) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(THAI.encode(encoding))
    roster = read(path)
    assert (roster.persons, roster.notes, roster.aside) == (2, 1, ())
    one = persons(roster)["1"]
    assert one["name"] == "นายหนึ่ง ใจดี"
    assert [entry(posting) for posting in one["postings"]] == [
        {"position": "general_admin.early.section_head", "from": date(2019, 10, 1)},
        {"type": "academic", "level": "professional", "from": date(2016, 10, 1), "to": date(2019, 9, 30)},
    ]
    assert [(e["degree"], e["field"]) for e in one["education"]] == [("master", "political_science")]
    assert persons(roster)["2"]["education"][0]["degree"] == "bachelor"
    assert one["experience"] is None


def test_english_headings_and_another_separator(tmp_path: Path, read: Load) -> None:
    path = tmp_path / "r.csv"
    path.write_text("ID;Name;Post;From;To\n7;Ann;section head, early level;2019-10-01;\n", encoding="utf-8")
    (posting,) = persons(read(path))["7"]["postings"]
    assert entry(posting) == {"position": "general_admin.early.section_head", "from": date(2019, 10, 1)}


def test_several_posts_in_a_row(tmp_path: Path, read: Load) -> None:
    path = tmp_path / "r.csv"
    head = "เลขประจำตัว,ตำแหน่ง 1,ตั้งแต่ 1,ถึง 1,ตำแหน่ง 2,ตั้งแต่ 2\n"
    text = head + "5,หัวหน้าฝ่าย ระดับต้น,1/1/2560,31/12/2562,ผอ.กอง ระดับต้น,1/1/2563\n"
    path.write_text(text, encoding="utf-8")
    found = [posting["position"] for posting in persons(read(path))["5"]["postings"]]
    assert found == ["general_admin.early.section_head", "general_admin.early.division_director"]


def book(
    path: Path, sheets: dict[str, list[list[Any]]], title: str | None = None, merged: bool = False
) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        days = made.add_format({"num_format": "d/m/yyyy"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            first = 0
            if title:
                sheet.merge_range(0, 0, 0, 3, title)
                first = 2
            for number, cells in enumerate(rows, first):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, days)
                    elif cell is not None:
                        sheet.write(number, column, cell)
            if merged and sheet.get_name() == next(iter(sheets)):
                sheet.merge_range(first + 1, 0, first + 2, 0, rows[1][0])
    return path


def test_a_workbook_of_several_sheets(tmp_path: Path, read: Load) -> None:
    """A title row that is merged, an id merged over two rows, days of Excel, one of them typed as พ.ศ., a footer."""
    posts = [
        ["รหัส", "ตำแหน่ง", "ระดับ", "ตั้งแต่", "ถึง"],
        ["A1", "ผู้อำนวยการกอง (นักบริหารงานทั่วไป)", "กลาง", date(2018, 5, 1), None],
        [None, "หัวหน้าฝ่ายอำนวยการ (นักบริหารงานทั่วไป)", "ต้น", date(2557, 1, 1), date(2018, 4, 30)],
        ["หมายเหตุ ข้อมูลจาก ก.พ.7"],
    ]
    degrees = [["รหัส", "วุฒิ", "สาขา"], ["A1", "ไม่มี", None], ["A2", "ปริญญาตรี", "นิติศาสตร์"]]
    path = book(tmp_path / "r.xlsx", {"ตำแหน่ง": posts, "วุฒิ": degrees}, "ทะเบียนประวัติ", merged=True)
    roster = read(path)
    found = persons(roster)
    assert [posting["from"] for posting in found["A1"]["postings"]] == [date(2018, 5, 1), date(2014, 1, 1)]
    assert found["A1"]["education"] == []
    assert found["A2"]["postings"] is None
    assert roster.notes == 1


def test_nothing_unrecognised_becomes_a_no(tmp_path: Path, read: Load) -> None:
    path = tmp_path / "r.csv"
    head = "id,ตำแหน่ง,ตั้งแต่,วุฒิ,สาขา\n"
    text = head + "1,หน.ฝ่ายอะไรสักอย่าง,1/1/2560,ปริญญาโท,รัฐสาสตร์\n2,หน.ฝ่ายอะไรสักอย่าง,1/1/2561,วุฒิแปลก,\n"
    path.write_text(text, encoding="utf-8")
    roster = read(path)
    found = persons(roster)
    assert entry(found["1"]["postings"][0]) == {"from": date(2017, 1, 1)}  # it may be any post
    assert found["1"]["education"][0]["field"] is None
    assert found["2"]["education"] is None
    assert roster.unrecognised == {
        ("post", "หน.ฝ่ายอะไรสักอย่าง"): 2,
        ("field", "รัฐสาสตร์"): 1,
        ("degree", "วุฒิแปลก"): 1,
    }


def test_decisions_are_kept_and_used_again(tmp_path: Path, read: Load) -> None:
    path = tmp_path / "r.csv"
    path.write_text("id,ตำแหน่ง,ตั้งแต่\n1,หน.ฝ่าย ก,1/1/2560\n2,ลูกมือ,1/1/2560\n", encoding="utf-8")
    decisions = read_decisions(beside(str(path)))
    decisions.write(read(path).unrecognised)
    written = decisions.path.read_text(encoding="utf-8")
    written = written.replace('"หน.ฝ่าย ก", count: 1, means: null', '"หน.ฝ่าย ก", means: "หัวหน้าฝ่าย ระดับต้น"')
    decisions.path.write_text(
        written.replace('"ลูกมือ", count: 1, means: null', '"ลูกมือ", means: "-"'), encoding="utf-8"
    )
    roster = read(path)
    found = persons(roster)
    assert found["1"]["postings"][0]["position"] == "general_admin.early.section_head"
    assert found["2"]["postings"] is None  # left out
    assert roster.unrecognised == {}
    read_decisions(decisions.path).write({})
    assert read_decisions(decisions.path).settled == {
        ("post", "หน.ฝ่าย ก"): "หัวหน้าฝ่าย ระดับต้น",
        ("post", "ลูกมือ"): "-",
    }


BAD = [
    ("id,ตำแหน่ง,ตั้งแต่,ถึง\n1,หัวหน้าฝ่าย ระดับต้น,31/2/2560,\n", "recognised.date_no_such_day"),
    ("id,ตำแหน่ง,ตั้งแต่,ถึง\n1,หัวหน้าฝ่าย ระดับต้น,1/1/2560,1/1/2559\n", "person_ends_before_start"),
    ("id,ตำแหน่ง,ตั้งแต่,ถึง\n1,หัวหน้าฝ่าย ระดับต้น,1/1/2572,\n", "person_starts_in_future"),
    ("id,ตำแหน่ง,ตั้งแต่,ถึง\n1,หัวหน้าฝ่าย ระดับต้น,1/1/2560,เมื่อไรไม่รู้\n", "recognised."),
    ("id,ตำแหน่ง,ระดับ,ตั้งแต่\n1,หัวหน้าฝ่าย (นักบริหารงานทั่วไป),สูง,1/1/2560\n", "recognised."),
    ("id,ประเภท,ระดับ,ตั้งแต่\n1,วิชาการ,อาวุโส,1/1/2560\n", "recognised."),
    ("id,วุฒิ,สำเร็จการศึกษา\n1,ปริญญาตรี,1/1/2575\n", "person_obtained_in_future"),
    ("id,ชื่อ,ตำแหน่ง\n1,ก,หัวหน้าฝ่าย ระดับต้น\n1,ข,หัวหน้าฝ่าย ระดับต้น\n", "roster_two_names"),
    ("id,ตำแหน่ง,ตั้งแต่\n,หัวหน้าฝ่าย ระดับต้น,1/1/2560\n", "roster_nobody"),
    ("ที่,id,ตำแหน่ง\n1,,หัวหน้าฝ่าย ระดับต้น\n", "roster_nobody"),
]


@pytest.mark.parametrize(("text", "code"), BAD)
def test_a_bad_row_sets_its_person_aside(tmp_path: Path, read: Load, text: str, code: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(text, encoding="utf-8")
    roster = read(path)
    (aside,) = roster.aside
    assert aside.code.startswith(code)
    assert aside.person in ("1", None)
    assert persons(roster) == {}


def test_the_other_persons_go_on(tmp_path: Path, read: Load) -> None:
    path = tmp_path / "r.csv"
    rows = "1,หัวหน้าฝ่าย ระดับต้น,40/1/2560\n2,หัวหน้าฝ่าย ระดับต้น,1/1/2560\n1,ผอ.กอง ระดับต้น,1/1/2562\n"
    path.write_text(f"id,ตำแหน่ง,ตั้งแต่\n{rows}", encoding="utf-8")
    roster = read(path)
    assert list(persons(roster)) == ["2"]  # half a record would give half an answer
    assert [(aside.person, aside.line) for aside in roster.aside] == [("1", 2)]


def test_a_row_with_a_number_of_its_own_is_not_of_the_person_above(tmp_path: Path, read: Load) -> None:
    """But where most rows that name nobody have numbers, the numbers are those of entries."""
    path, post = tmp_path / "r.csv", "หัวหน้าฝ่าย ระดับต้น"
    rows = [f"{number},{number},{post},1/1/2560" for number in range(1, 7)]
    path.write_text(
        "\n".join(["ที่,id,ตำแหน่ง,ตั้งแต่", *rows, f"7,,{post},1/1/2550", f",,{post},1/1/2551"]), "utf-8"
    )
    roster = read(path)
    assert [(aside.person, aside.line) for aside in roster.aside] == [(None, 8), (None, 9)]
    assert [len(each["postings"]) for each in persons(roster).values()] == [1] * 6
    entries = [f"{number},{'' if number % 3 else 'a'},{post},1/1/{2550 + number}" for number in range(3)]
    path.write_text("\n".join(["ที่,id,ตำแหน่ง,ตั้งแต่", *entries]), "utf-8")
    assert len(persons(read(path))["a"]["postings"]) == 3


def test_rows_that_were_set_aside_come_back(tmp_path: Path, read: Load) -> None:
    path, again = tmp_path / "r.csv", tmp_path / "again.csv"
    path.write_text("id,ตำแหน่ง,ตั้งแต่\n1,หัวหน้าฝ่าย ระดับต้น,40/1/2560\n2,ผอ.กอง ระดับต้น,1/1/2560\n", "utf-8")
    head = "เหตุที่กันไว้,ที่มาของแถว,id,ตำแหน่ง,ตั้งแต่\n"
    again.write_text(f"{head},r.csv:2,1,หัวหน้าฝ่าย ระดับต้น,4/1/2560\n,x,1,ผอ.กอง ระดับต้น,4/1/2563\n", "utf-8")
    roster = read(path, again)
    assert roster.aside == ()
    assert [posting["from"] for posting in persons(roster)["1"]["postings"]] == [
        date(2017, 1, 4),
        date(2020, 1, 4),
    ]
    assert len(persons(roster)["2"]["postings"]) == 1


def test_documents_line_by_line(tmp_path: Path, read: Load) -> None:
    path = tmp_path / "r.jsonl"
    documents = [
        {
            "id": "a",
            "education": [],
            "postings": [{"position": "หัวหน้าฝ่าย ระดับต้น", "from": "2563-01-01", "acting": True}],
        },
        {"id": "b", "education": "none", "born": "2543-05-01"},
        {"id": "c", "postings": [{"position": "หัวหน้าฝ่าย ระดับต้น", "form": "2563-01-01"}]},
    ]
    lines = [json.dumps(document, ensure_ascii=False) for document in documents]
    path.write_text("\n".join([*lines, "{"]) + "\n", encoding="utf-8")
    roster = read(path)
    found = persons(roster)
    assert entry(found["a"]["postings"][0]) == {
        "position": "general_admin.early.section_head",
        "from": date(2020, 1, 1),
        "acting": True,
    }
    assert found["b"]["education"] == [] and json.loads(found["b"]["facts"]) == {"born": "2543-05-01"}
    assert [(a.person, a.code) for a in roster.aside] == [
        ("c", "roster_key_unknown"),
        (None, "roster_line_unreadable"),
    ]


def test_a_flat_column_file(tmp_path: Path, read: Load) -> None:
    path = tmp_path / "r.parquet"
    table = {"id": ["1"], "position": ["หัวหน้าฝ่าย ระดับต้น"], "from": [date(2020, 1, 1)]}
    pq.write_table(pa.table(table), path)
    assert persons(read(path))["1"]["postings"][0]["from"] == date(2020, 1, 1)


def test_a_mapping_file_says_which_column_holds_what(tmp_path: Path, read: Load) -> None:
    path, mapping = tmp_path / "r.csv", tmp_path / "m.yaml"
    path.write_text("ทะเบียน\nคนที่,เป็นอะไร,นับแต่\n1,หัวหน้าฝ่าย ระดับต้น,1/1/2560\n", encoding="utf-8")
    with pytest.raises(Unusable) as none:
        read(path)
    assert [finding.code for finding in none.value.findings] == ["roster_no_headings"]
    mapping.write_text(
        "kind: roster-mapping\nsheets:\n- headings: 2\n  columns: {คนที่: id, เป็นอะไร: position, นับแต่: from}\n",
        "utf-8",
    )
    assert persons(read(path, mapping=mapping))["1"]["postings"][0]["from"] == date(2017, 1, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kind: x\n", "roster_mapping_shape"),
        ("sheets: [{headings: 1, columns: {id: nobody}}]\n", "roster_mapping_field"),
        ("sheets: [{headings: 1, columns: {no such: id}}]\n", "roster_mapping_heading"),
        ("sheets: [{sheet: x, headings: 1, columns: {id: id}}]\n", "roster_mapping_sheet"),
    ],
)
def test_a_wrong_mapping_file_is_refused(tmp_path: Path, read: Load, text: str, code: str) -> None:
    path, mapping = tmp_path / "r.csv", tmp_path / "m.yaml"
    path.write_text("id,position\n1,x\n", encoding="utf-8")
    mapping.write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as refused:
        read(path, mapping=mapping)
    assert [finding.code for finding in refused.value.findings] == [code]


@pytest.mark.parametrize(
    "text", ["29 ก.พ. 2560", "0/1/2560", "31/4/2560", "2/13/2560", "13/2/2560?", "32 ม.ค. 2560"]
)
def test_a_day_of_a_month_that_is_known_is_read_as_any_other(text: str) -> None:
    """Whether the month stood in a register before makes no difference: what is no day stays none."""
    texts = Texts(WORDS, RECOGNISER)
    rest = text.lstrip("0123456789")
    for known in ("1", "12", "28"):
        with suppress(Wrong):
            texts.day("from", f"{known}{rest}")
    try:
        assert texts.day("from", text) is None
    except Wrong as wrong:
        assert wrong.code.startswith("recognised.")


def test_days_of_a_month_are_read_in_either_digits() -> None:
    texts = Texts(WORDS, RECOGNISER)
    read = [texts.day("from", text) for text in ("1 ต.ค. 2558", "31 ต.ค. 2558", "๙ ต.ค. 2558", "9/10/58")]
    assert read == [date(2015, 10, 1), date(2015, 10, 31), date(2015, 10, 9), date(2015, 10, 9)]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("r.docx", b"", "roster_ending"),
        ("r.xlsx", b"PK no workbook", "roster_unreadable"),
        ("r.parquet", b"none", "roster_unreadable"),
        ("r.csv", b"\xff\x00\xdb\xdc\xfd,\xfc", "roster_encoding"),
    ],
)
def test_a_file_that_is_no_roster_is_refused(
    tmp_path: Path, read: Load, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unusable) as refused:
        read(path)
    assert [finding.code for finding in refused.value.findings] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [("x: 1\n", "roster_decisions_shape"), ("decisions: [{kind: z, text: a}]\n", "roster_decisions_kind")],
)
def test_a_wrong_file_of_decisions_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as refused:
        read_decisions(path)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_persons_are_joined_alike_however_many_at_once(
    tmp_path: Path, read: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.csv"
    rows = [f"{n % 5},คนที่ {n % 5},นักจัดการงานทั่วไป,วิชาการ,ชำนาญการ,1/10/25{50 + n},,," for n in range(15)]
    rows += ["3,อีกชื่อหนึ่ง,นักจัดการงานทั่วไป,วิชาการ,ชำนาญการ,1/10/2566,,,"]
    path.write_text("\n".join([THAI.splitlines()[0], *rows]), encoding="utf-8")
    whole = read(path)
    monkeypatch.setattr(joining, "MOST_AT_ONCE", 2)
    parts = read(path)
    (first,), (second,) = whole.files, parts.files
    assert pq.read_table(first).equals(pq.read_table(second))
    assert [*persons(parts)] == ["0", "1", "2", "4"]
    assert [row.code for row in parts.aside] == ["roster_two_names"]
    assert parts.aside == whole.aside


def test_a_roster_that_does_not_fit_into_memory_is_told(
    tmp_path: Path, read: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.csv"
    rows = [f"{n},คนที่ {n},นักจัดการงานทั่วไป,วิชาการ,ชำนาญการ,1/10/2559,,," for n in range(3_000)]
    path.write_text("\n".join([THAI.splitlines()[0], *rows]), encoding="utf-8")
    monkeypatch.setattr(staging, "MOST_MEMORY", "2MB")
    with pytest.raises(Unusable) as found:
        read(path)
    (finding,) = found.value.findings
    assert finding.code == "roster_memory"
    assert (
        Wording("en")
        .finding(finding)
        .endswith(
            "the rows do not fit into the 1GB of memory that joining them may use: "
            "screen the roster in parts, some ten thousand persons each"
        )
    )
