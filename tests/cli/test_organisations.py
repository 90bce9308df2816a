"""The commands on organisations as users run them: exit statuses, standard input, bad tables, choices and files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import ROOT, document, run

EXAMPLES = ROOT / "docs" / "examples" / "organisations"
WORKED, SMALL, MEDIUM, SPECIAL = (
    str(EXAMPLES / name)
    for name in ("town-worked-example.yaml", "sao-small.toml", "sao-medium.json", "town-special.yaml")
)
MISSING, LARGEST = str(EXAMPLES / "missing-facts.yaml"), str(EXAMPLES / "city-special-high.yaml")
ON = ("--as-of", "2026-10-01")


@pytest.mark.parametrize(
    ("status", "arguments"),
    [
        (0, ("validate", WORKED)),
        (1, ("validate", SMALL)),
        (3, ("validate", MISSING)),
        (0, ("burden", WORKED)),
        (3, ("burden", MISSING)),
        (0, ("posts", WORKED, "ปลัด", "กลาง")),
        (1, ("posts", WORKED, "clerk", "high")),
        (3, ("posts", MISSING, "clerk")),
        (0, ("structures", SMALL)),
        (4, ("structures", SMALL, "--limit", "1")),
        (1, ("structures", SMALL, "--forbid", "clerk=early")),
        (1, ("classify", WORKED, "special")),
        (2, ("classify", SMALL, "special")),
        (2, ("validate", str(EXAMPLES / "nowhere.yaml"))),
    ],
)
def test_the_exit_status_is_the_answer(status: int, arguments: tuple[str, ...]) -> None:
    found, _, err = run(*arguments, *ON)
    assert found == status
    assert bool(err) is (status == 2)


def test_an_organisation_on_standard_input() -> None:
    content = Path(MEDIUM).read_bytes()
    status, found = document("validate", "-", *ON, stdin=content)
    assert (status, found["verdict"], found["organisation"]) == (1, "forbidden", "sao-medium")
    assert [each["clause"] for each in found["violations"]] == ["org.sao.s47.2"]


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m lgreason structures {LARGEST} --limit 1000 | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, check=False)
    assert done.stdout.decode() == "เทศบาลนครตัวอย่าง\n" and done.stderr == b""


def test_a_time_limit_that_is_reached_is_said() -> None:
    thai = run("structures", LARGEST, "--time-limit", "0.001", *ON)
    english = run("structures", LARGEST, "--time-limit", "0.001", "--lang", "en", *ON)
    assert thai[0] == english[0] == 4
    assert thai[1] == english[1] == ""
    assert (thai[2], english[2]) == (
        "ครบเวลาที่กำหนด (--time-limit) ก่อนได้คำตอบที่สมบูรณ์\n",
        "The time limit (--time-limit) was reached before the answer was complete\n",
    )


def _loud(*arguments: str) -> tuple[int, dict[str, Any]]:
    """A refusal as a document; in words it stands on standard error too."""
    status, out, _ = run(*arguments, "--format", "json")
    return status, json.loads(out)


SAID = [
    (
        ("--require", "deputies.high=x", "--forbid", "foo=1"),
        "รองปลัดเทศบาล ระดับสูง ไม่มีค่า «x» ระบุได้เฉพาะ 0, 1, 2 และ 3\n"
        "ไม่รู้จักเรื่อง «foo» ใกล้เคียงที่สุดคือ clerk, deputies, deputies.mid, deputies.high และ clerk_office.kind\n",
        "deputy municipal clerk, high level has no value “x”; it may be 0, 1, 2 and 3\n"
        "“foo” is not a known choice; the nearest are clerk, deputies, deputies.mid, deputies.high and "
        "clerk_office.kind\n",
    ),
    (
        ("--require", "x"),
        "เขียนเงื่อนไขเป็น «เรื่อง=ค่า» เช่น deputies.high=1 แต่พบ «x»\n",
        "write a condition as “choice=value”, such as deputies.high=1, but “x” was found\n",
    ),
    (
        ("--minimise", "cost"),
        "ตัววัด «cost» ต้องมีตารางค่าใช้จ่าย (--costs)\n",
        "the measure “cost” needs a table of costs (--costs)\n",
    ),
    (
        ("--maximise", "beauty"),
        "ไม่รู้จักตัววัด «beauty» มี posts, levels, changes และ lost\n",
        "“beauty” is not a known measure: they are posts, levels, changes and lost\n",
    ),
    (
        ("--pareto", "posts"),
        "--pareto ต้องมีตัววัดสองตัว คั่นด้วยจุลภาค แต่พบ «posts»\n",
        "--pareto needs two measures with a comma between, but “posts” was found\n",
    ),
    (
        ("--svg", "/nowhere/x.svg"),
        "เขียนแฟ้ม /nowhere/x.svg ไม่ได้: No such file or directory\n",
        "the file /nowhere/x.svg cannot be written: No such file or directory\n",
    ),
    (
        ("--xlsx", "/nowhere/x.xlsx"),
        "เขียนแฟ้ม /nowhere/x.xlsx ไม่ได้: No such file or directory\n",
        "the file /nowhere/x.xlsx cannot be written: No such file or directory\n",
    ),
]


@pytest.mark.parametrize(("arguments", "thai", "english"), SAID, ids=[" ".join(said[0]) for said in SAID])
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], thai: str, english: str) -> None:
    for language, expected in (("th", thai), ("en", english)):
        status, _, err = run("structures", SPECIAL, *arguments, "--limit", "1", "--lang", language, *ON)
        assert (status, err) == (2, expected)


TABLES = [
    (
        "kind: costs\nposts: {deputy.hi: 1}\n",
        "แฟ้ม {file} บรรทัด 2 คอลัมน์ 9 (posts.deputy.hi): ไม่รู้จักตำแหน่ง «deputy.hi» "
        "เขียนเป็นตำแหน่งและระดับ เช่น deputy.high\n",
    ),
    (
        "kind: costs\nposts: {deputy.high: -1, clerk.high: ก}\n",
        "แฟ้ม {file} บรรทัด 2 คอลัมน์ 9 (posts.deputy.high): ค่าใช้จ่ายต้องเป็นบาทเต็มจำนวนต่อปี ไม่ติดลบ แต่พบ «-1»\n"
        "แฟ้ม {file} บรรทัด 2 คอลัมน์ 26 (posts.clerk.high): ค่าใช้จ่ายต้องเป็นบาทเต็มจำนวนต่อปี ไม่ติดลบ แต่พบ «ก»\n",
    ),
    (
        "posts: 5\n",
        "แฟ้ม {file} บรรทัด 1 คอลัมน์ 1: ไม่ใช่ตารางค่าใช้จ่าย ต้องมี «kind: costs» และ «posts:» "
        "ที่บอกค่าใช้จ่ายต่อปีของแต่ละตำแหน่ง\n",
    ),
]


@pytest.mark.parametrize(("table", "thai"), TABLES)
def test_a_bad_table_of_costs(table: str, thai: str, tmp_path: Path) -> None:
    file = tmp_path / "costs.yaml"
    file.write_text(table, encoding="utf-8")
    for command in ("validate", "structures"):
        status, out, err = run(command, WORKED, "--costs", str(file), *ON)
        assert (status, out, err) == (2, "", thai.format(file=file))
    status, found = _loud("validate", WORKED, "--costs", str(file), *ON)
    assert (status, found["schema"]) == (2, "lgreason.findings/1")
    assert len(found["findings"]) == thai.count("\n")


def test_a_table_without_a_post_that_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "costs.yaml"
    file.write_text("kind: costs\nposts: {clerk.mid: 1}\n", encoding="utf-8")
    status, out, err = run("validate", WORKED, "--costs", str(file), "--lang", "en", *ON)
    assert (status, out) == (2, "") and "deputy.mid" in err and err.count("\n") == 5


def test_the_structures_of_a_person_are_refused() -> None:
    person = str(ROOT / "docs" / "examples" / "people" / "one-day-short.yaml")
    status, out, err = run("facts", person, "--structures", "--lang", "en")
    assert (status, out) == (2, "")
    assert err.endswith("this file holds a person; --structures and --costs are for organisations\n")
