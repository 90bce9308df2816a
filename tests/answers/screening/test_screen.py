"""`lgreason screen` from end to end: every form of output, rows set aside and fed back, runs that are stopped."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import python_calamine
from click.testing import CliRunner, Result

from lgreason.cli.app import program
from lgreason.reasoning.screening.batch import SCHEMA, Rules, screen_batch
from lgreason.rules.findings import Unusable
from tests.bench.rosters import roster, written

ROOT = Path(__file__).parent.parent.parent.parent
DAY = "2026-10-01"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["screen", *arguments, "--as-of", DAY], standalone_mode=False)


@pytest.fixture(scope="module")
def table() -> Any:
    return roster(60, seed=3)


@pytest.fixture
def parquet(tmp_path: Path, table: Any) -> Path:
    pq.write_table(table, tmp_path / "r.parquet")
    return tmp_path / "r.parquet"


def answers_of(table: Any) -> dict[tuple[str, str], tuple[str, Any]]:
    rows = screen_batch(table, Rules(latest=date(2026, 11, 27)), date(2026, 10, 1)).to_pylist()
    return {(row["person"], row["position"]): (row["verdict"], row["first_day"]) for row in rows}


def test_every_form_of_output_says_the_same(tmp_path: Path, table: Any, parquet: Path) -> None:
    outs = [tmp_path / f"o{ending}" for ending in (".duckdb", ".csv", ".parquet", ".xlsx", ".html")]
    result = run(str(parquet), *(f"--out={out}" for out in outs), "--by=2027-09-30", "--format=json")
    assert result.return_value == 0, result.output
    document = json.loads(result.stdout)
    expected = answers_of(table)
    assert document["schema"] == "lgreason.screening/1" and document["persons"] == 60
    by_position = {each["position"]: each for each in document["positions"]}
    assert sum(each["eligible"] for each in by_position.values()) == sum(
        verdict == "eligible" for verdict, _ in expected.values()
    )
    query = "SELECT person, position, verdict, first_day FROM answers"
    rows = duckdb.connect(str(outs[0])).execute(query).fetchall()
    assert {(p, q): (v, d) for p, q, v, d in rows} == expected
    with outs[1].open(encoding="utf-8-sig") as file:
        assert {(row["person"], row["position"]): row["verdict"] for row in csv.DictReader(file)} == {
            key: verdict for key, (verdict, _) in expected.items()
        }
    assert pq.read_table(outs[2]).num_rows == 300
    sheets = python_calamine.CalamineWorkbook.from_path(str(outs[3]))
    assert len(sheets.sheet_names) == 8 and sheets.sheet_names[6] == "ข้อที่ควรตรวจ"
    first = sheets.get_sheet_by_index(1).to_python()
    words = {"eligible": "มีสิทธิ", "ineligible": "ไม่มีสิทธิ", "undetermined": "ยังสรุปไม่ได้"}
    for row in first[4:]:
        verdict, _ = expected[row[1], "general_admin.early.section_head"]
        assert words[verdict] in row[3] or row[3] in words[verdict]
    page = outs[4].read_text(encoding="utf-8")
    assert page.count("<svg") >= 8 and "data:font/ttf;base64," in page and "P0000001" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "") and "https://" not in page
    assert not list(tmp_path.glob(".*"))


def test_a_workbook_is_read_as_the_table_it_was_written_from(tmp_path: Path, table: Any) -> None:
    from tests.bench.books import write_book

    path = tmp_path / "r.xlsx"
    write_book(path, written(table))
    result = run(str(path), f"--out={tmp_path / 'o.parquet'}")
    assert result.return_value == 0, result.output
    rows = pq.read_table(tmp_path / "o.parquet").to_pylist()
    assert {
        (row["person"], row["position"]): (row["verdict"], row["first_day"]) for row in rows
    } == answers_of(table)


def test_why_answers_a_row_of_a_workbook(tmp_path: Path, table: Any) -> None:
    from tests.bench.books import write_book

    path = tmp_path / "r.xlsx"
    write_book(path, written(table))
    expected = answers_of(table)
    for person in ("P0000001", "P0000017"):
        position = "general_admin.mid.division_director"
        arguments = ["why", f"{path}#{person}", position, "--as-of", DAY, "--format=json"]
        document = json.loads(CliRunner().invoke(program, arguments, standalone_mode=False).stdout)
        first = document["earliest"] and date.fromisoformat(document["earliest"])
        assert (document["verdict"], first) == expected[person, position]


def refused(*arguments: str) -> list[str]:
    result = run(*arguments)
    assert isinstance(result.exception, Unusable), result.output
    return [finding.code for finding in result.exception.findings]


def test_what_cannot_be_done_is_said(tmp_path: Path, parquet: Path) -> None:
    assert refused(str(parquet), f"--out={tmp_path / 'o.doc'}") == ["screen_output"]
    assert refused(str(parquet), "--by=2020-01-01") == ["screen_by_before"]
    assert refused(str(tmp_path / "none.xlsx")) == ["roster_not_there"]
    assert refused(str(parquet), f"--out={tmp_path / 'no' / 'o.csv'}") == ["screen_no_folder"]


def cut_sheet(whole: bytes) -> bytes:
    """A workbook whose archive is whole, but a sheet of which ends in the middle."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part[: len(part) // 2] if name.endswith("sheet1.xml") else part)
    return made.getvalue()


def zipped(whole: bytes) -> bytes:
    del whole
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("letter.txt", "no workbook")
    return made.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n"
BROKEN: list[tuple[str, bytes | Callable[[bytes], bytes] | None, str]] = [
    ("cut.xlsx", lambda whole: whole[: len(whole) // 2], "roster_unreadable"),
    ("sheet.xlsx", cut_sheet, "roster_unreadable"),
    ("zip.xlsx", zipped, "roster_unreadable"),
    ("pdf.xlsx", PDF, "roster_unreadable"),
    ("nothing.xlsx", b"", "roster_unreadable"),
    ("folder.xlsx", None, "roster_not_there"),
    ("empty.csv", b"", "roster_no_headings"),
    ("pdf.csv", PDF, "roster_no_headings"),
    ("headings.csv", "id,ตำแหน่ง,ตั้งแต่\n".encode(), "roster_empty"),
    ("half.csv", b"\xff\xfe\x00\xd8\x41", "roster_encoding"),
    ("signs.jsonl", b"\xff\x81\xdb\xfc\n", "roster_encoding"),
    ("nothing.jsonl", b"", "roster_empty"),
    ("nothing.parquet", b"", "roster_unreadable"),
    ("hole.parquet", lambda _: hollow(), "roster_unreadable"),
]


def hollow() -> bytes:
    """A column file whose end is whole, but not the cells."""
    made = io.BytesIO()
    pq.write_table(pa.table({"id": ["a"] * 500, "position": ["b"] * 500}), made)
    return made.getvalue()[:4] + bytes(40) + made.getvalue()[44:]


@pytest.mark.parametrize(("name", "content", "code"), BROKEN)
def test_a_broken_file_is_named_and_nothing_is_left_behind(
    tmp_path: Path, name: str, content: bytes | Callable[[bytes], bytes] | None, code: str
) -> None:
    path = tmp_path / name
    if content is None:
        path.mkdir()
    else:
        from lgreason.report.workbook.screening import write_rows

        write_rows(tmp_path / "whole.xlsx", {"r": (["id", "ตำแหน่ง"], [["1", "หัวหน้าฝ่าย ระดับต้น"]])})
        whole = (tmp_path / "whole.xlsx").read_bytes()
        (tmp_path / "whole.xlsx").unlink()
        path.write_bytes(content if isinstance(content, bytes) else content(whole))
    result = run(str(path), f"--out={tmp_path / 'o.csv'}")
    assert isinstance(result.exception, Unusable), result.output
    (finding,) = result.exception.findings
    assert (finding.code, finding.place and finding.place.file) == (code, str(path))
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_roster_of_which_everybody_is_set_aside_is_answered(tmp_path: Path) -> None:
    path, out = tmp_path / "r.csv", tmp_path / "o.csv"
    path.write_text("id,ตำแหน่ง,ตั้งแต่\n1,หัวหน้าฝ่าย ระดับต้น,40/1/2560\n", "utf-8")
    result = run(str(path), f"--out={out}", "--format=json")
    assert result.return_value == 1, result.output
    assert (json.loads(result.stdout)["set_aside"], (tmp_path / "o.aside.xlsx").exists()) == (1, True)


def test_rows_set_aside_are_corrected_and_fed_back(tmp_path: Path) -> None:
    path, out = tmp_path / "r.csv", tmp_path / "o.csv"
    path.write_text(
        "id,ชื่อ,ตำแหน่ง,ตั้งแต่\n1,ก,หัวหน้าฝ่าย ระดับต้น,40/1/2560\n2,ข,หัวหน้าฝ่าย ระดับต้น,1/1/2560\n", "utf-8"
    )
    assert run(str(path), f"--out={out}").return_value == 1
    aside = tmp_path / "o.aside.xlsx"
    (rows,) = [python_calamine.CalamineWorkbook.from_path(str(aside)).get_sheet_by_index(0).to_python()]
    assert rows[1][1:] == [f"{path}:2", "1", "ก", "หัวหน้าฝ่าย ระดับต้น", "40/1/2560"]
    assert "40/1/2560" in rows[1][0]
    from lgreason.report.workbook.screening import write_rows

    write_rows(aside, {"r": (rows[0], [[*rows[1][:5], "4/13/2560"]])})
    assert run(str(path), str(aside), f"--out={out}").return_value == 1
    kept = python_calamine.CalamineWorkbook.from_path(str(aside)).get_sheet_by_index(0).to_python()
    assert kept[1][5] == "4/13/2560" and (tmp_path / "o.aside-2.xlsx").exists()  # not written over
    write_rows(aside, {"r": (rows[0], [[*rows[1][:5], "4/1/2560"]])})
    result = run(str(path), str(aside), f"--out={out}", "--format=json")
    assert (result.return_value, json.loads(result.stdout)["persons"]) == (0, 2)


def test_what_is_wrong_with_a_document_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"id": "a", "penalties": [{"kind": "โทษแปลก"}]}\n', "utf-8")
    assert run(str(path), f"--out={tmp_path / 'o.csv'}", "--lang=en").return_value == 1
    (line,) = (tmp_path / "o.aside.jsonl").read_text("utf-8").splitlines()
    (reason,) = json.loads(line)["_aside"]
    assert reason.startswith("penalties[1].kind: «โทษแปลก» is none of the values that can stand here")


def test_formulas_and_markup_in_names_stay_text(tmp_path: Path) -> None:
    path, out, page = tmp_path / "r.csv", tmp_path / "o.xlsx", tmp_path / "o.html"
    name, other = "=HYPERLINK(A1)<script>alert(1)</script>", "<r><t>_x0041_&</r>"
    path.write_text(
        f'id,ชื่อ,ตำแหน่ง,ตั้งแต่\n1,{name},"<b>ตำแหน่งแปลก</b>",1/1/2560\n2,{other},หัวหน้าฝ่าย,1/1/2560\n', "utf-8"
    )
    run(str(path), f"--out={out}", f"--out={page}")
    rows = python_calamine.CalamineWorkbook.from_path(str(out)).get_sheet_by_index(1).to_python()
    assert [rows[4][2], rows[5][2]] == [name, other]
    assert b"<f>" not in zipfile.ZipFile(out).read("xl/worksheets/sheet2.xml")
    text = page.read_text(encoding="utf-8")
    assert "&lt;b&gt;ตำแหน่งแปลก" in text and "<script" not in text


def test_pseudonyms_stand_for_ids_and_names(tmp_path: Path, table: Any, parquet: Path) -> None:
    out = tmp_path / "o.duckdb"
    run(str(parquet), f"--out={out}", "--pseudonyms")
    found = duckdb.connect(str(out))
    people = found.execute("SELECT person, name FROM persons ORDER BY person").fetchall()
    assert people[0] == ("P0000001", None) and len(people) == 60
    with (tmp_path / "o.keys.csv").open(encoding="utf-8") as file:
        keys = {row["pseudonym"]: row["id"] for row in csv.DictReader(file)}
    expected = answers_of(table)
    for person, position, verdict in found.execute(
        "SELECT person, position, verdict FROM answers"
    ).fetchall():
        assert expected[keys[person], position][0] == verdict


def test_an_id_that_stands_twice_is_set_aside(tmp_path: Path, table: Any) -> None:
    import pyarrow as pa

    path = tmp_path / "r.parquet"
    pq.write_table(pa.concat_tables([table, table.slice(0, 1)]), path)
    result = run(str(path), f"--out={tmp_path / 'o.csv'}", "--format=json")
    document = json.loads(result.stdout)
    assert (document["persons"], document["set_aside"], result.return_value) == (59, 1, 1)
    lines = (tmp_path / "o.aside.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["P0000000", "P0000000"]


def test_the_columns_are_guessed_and_printed_as_a_file(tmp_path: Path) -> None:
    path, mapping = tmp_path / "r.csv", tmp_path / "m.yaml"
    path.write_text("id,ชื่อ,ตำแหน่ง,ตั้งแต่,เบอร์โทร\n1,ก,หัวหน้าฝ่าย ระดับต้น,1/1/2560,02\n", encoding="utf-8")
    printed = run(str(path), "--guess-mapping").stdout
    assert '"ตำแหน่ง": position' in printed and '# "เบอร์โทร"' in printed
    mapping.write_text(printed, encoding="utf-8")
    assert run(str(path), f"--mapping={mapping}", "--format=json").return_value == 0
    mapping.rename(tmp_path / "r.mapping.yaml")
    arguments = ["check", f"{path}#1", "--as-of", DAY, "--format=json"]
    assert json.loads(CliRunner().invoke(program, arguments, standalone_mode=False).stdout)["person"] == "1"
    (tmp_path / "r.mapping.yaml").unlink()
    document = json.loads(run(str(path), "--guess-mapping", "--format=json").stdout)
    assert document["schema"] == "lgreason.mapping/1"
    assert [column["field"] for column in document["sheets"][0]["columns"]] == [
        "id",
        "name",
        "position",
        "from",
        None,
    ]


def test_a_batch_can_be_sent_elsewhere(table: Any) -> None:
    send, rules = pickle.loads(pickle.dumps((screen_batch, Rules())))
    found = send(table, rules, date(2026, 10, 1))
    assert found.schema.equals(SCHEMA)
    assert found.equals(screen_batch(table, Rules(), date(2026, 10, 1)))


def test_under_a_local_cluster() -> None:
    """The function as it is, over the partitions of a bag, on two workers of another process each."""
    distributed = pytest.importorskip("distributed")
    tables = [roster(40, seed=3, first=first) for first in (0, 40)]
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        futures = [client.submit(screen_batch, table, Rules(), date(2026, 10, 1)) for table in tables]
        found = client.gather(futures)
    assert found == [screen_batch(table, Rules(), date(2026, 10, 1)) for table in tables]


KILLS = int(os.environ.get("LGREASON_KILLS", "4"))


def test_a_run_that_is_killed_goes_on(tmp_path: Path, table: Any) -> None:
    """Killed at random moments, while it reads, screens or writes: the answers are those of a run left alone."""
    from tests.bench.books import write_book

    path, alone, killed = tmp_path / "r.xlsx", tmp_path / "alone.parquet", tmp_path / "killed.parquet"
    write_book(path, written(table.slice(0, 30)))
    command = [sys.executable, "-m", "tests.answers.screening.stopped"]
    done = subprocess.run(
        [*command, path, alone, killed, str(KILLS)], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    assert int(done.stdout) >= KILLS // 4
    found = pq.read_table(killed)
    assert found.num_rows == 150 and found.equals(pq.read_table(alone))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["alone.parquet", "killed.parquet", "r.xlsx"]
