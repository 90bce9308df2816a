"""A row of a register is answered as a person's file that says as much, whatever the post is called."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from click.testing import CliRunner

from lgreason.answers.session import Session
from lgreason.cli.app import program
from lgreason.rules.knowledge import Library
from tests.words.recognising.expected import Row, rows

LIBRARY = Library()
ONE_OF = 4
"""Of the posts of the tables of texts one of so many is tried here."""
HEADINGS = ("รหัส", "ชื่อ", "วุฒิ", "สาขา", "ตำแหน่ง", "ประเภท", "ระดับ", "ตั้งแต่", "ถึง")


def posts() -> list[Row]:
    tables = (rows(name) for name in ("services", "registers", "names"))
    found = [row for table in tables for row in table if row.kind == "post"]
    return [row for row in found if not set(row.context) - {"type", "level", "date"}][::ONE_OF]


def days(row: Row) -> tuple[str, str]:
    """A post of the former levels was held before they went, any other since."""
    return ("1997-10-01", "2013-09-30") if "date" in row.context else ("2016-10-01", "")


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    folder = tmp_path_factory.mktemp("register")
    with (folder / "r.csv").open("w", encoding="utf-8-sig", newline="") as file:
        written = csv.writer(file)
        written.writerow(HEADINGS)
        for number, row in enumerate(posts()):
            beside = (row.context.get("type", ""), row.context.get("level", ""))
            written.writerow([number, f"คน{number}", "ปริญญาตรี", "นิติศาสตร์", row.text, *beside, *days(row)])
    arguments = ["screen", str(folder / "r.csv"), "--as-of", "2026-11-27", "--out", str(folder / "o.parquet")]
    CliRunner().invoke(program, arguments, standalone_mode=False)
    found: dict[str, dict[str, str]] = {}
    for answer in pq.read_table(folder / "o.parquet").to_pylist():
        if answer["position"]:
            found.setdefault(answer["person"], {})[answer["position"]] = answer["verdict"]
    return found


def test_a_register_is_answered_as_files_are(verdicts: dict[str, dict[str, str]]) -> None:
    session = Session("en", as_of=date(2026, 11, 27), library=LIBRARY)
    assert len(verdicts) > 80
    for number, row in enumerate(posts()):
        if str(number) not in verdicts:  # set aside: what cannot be is a finding of a file as well
            continue
        first, last = days(row)
        post = {"position": row.text, "from": first, **({"to": last} if last else {})}
        post |= {key: row.context[key] for key in ("type", "level") if key in row.context}
        told = {"kind": "person", "education": [{"degree": "bachelor", "field": "law"}], "postings": [post]}
        person = session.person("-", io.BytesIO(yaml.safe_dump(told, allow_unicode=True).encode()))
        expected = {position: session.explain(person, position).verdict for position in session.kb.posts}
        assert verdicts[str(number)] == expected, row


def test_what_is_likely_a_slip_is_listed(tmp_path: Path) -> None:
    """A director three months after becoming section head, and a section head whose last day is not told."""
    lines = [
        "รหัส,ชื่อ,วุฒิ,สาขา,ตำแหน่ง,ประเภท,ระดับ,ตั้งแต่,ถึง",
        "1,ก ข,ปริญญาตรี,นิติศาสตร์,หัวหน้าฝ่าย,,ต้น,1 ต.ค. 2563,",
        "1,ก ข,,,นักจัดการงานทั่วไป,วิชาการ,ชำนาญการ,1 ต.ค. 2564,",
        "2,ค ง,ปริญญาตรี,นิติศาสตร์,หัวหน้าฝ่าย,,ต้น,1 ต.ค. 2563,31 ธ.ค. 2563",
        "2,ค ง,,,ผู้อำนวยการกอง,,ต้น,1 ม.ค. 2564,",
    ]
    (tmp_path / "r.csv").write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(
        program, ["screen", str(tmp_path / "r.csv"), "--as-of", "2026-11-27"], standalone_mode=False
    )
    told = [line for line in result.stdout.splitlines() if line.startswith("ควรตรวจ")]
    assert told == [
        "ควรตรวจ 1 คน: เริ่มดำรงตำแหน่งก่อนมีเวลาครบตามที่มาตรฐานกำหนด (2 ลำดับที่ 2)",
        "ควรตรวจ 1 คน: ตำแหน่งไม่มีวันสุดท้าย แต่มีตำแหน่งอื่นเริ่มแล้ว จึงถือว่ายังไม่ทราบว่าสิ้นสุดวันใด (1 ลำดับที่ 1)",
    ]


def test_a_row_that_tells_a_post_and_its_work_tells_of_both(tmp_path: Path) -> None:
    """Four years at the professional level to 30 September 2564, in general administration all the while."""
    lines = [
        "รหัส,ชื่อ,วุฒิ,ตำแหน่ง,ระดับ,ตั้งแต่,ถึง,ลักษณะงาน",
        "1,ก ข,น.บ.,นักจัดการงานทั่วไป,ชำนาญการ,1 ต.ค. 2560,30 ก.ย. 2564,งานบริหารงานทั่วไป",
    ]
    (tmp_path / "r.csv").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "o.parquet"
    arguments = ["screen", str(tmp_path / "r.csv"), "--as-of", "2026-11-27", "--out", str(out)]
    CliRunner().invoke(program, arguments, standalone_mode=False)
    found = {answer["position"]: answer for answer in pq.read_table(out).to_pylist()}
    head = found["general_admin.early.section_head"]
    assert (head["verdict"], head["first_day"]) == ("eligible", date(2021, 9, 30))
