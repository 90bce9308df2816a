"""`compare` as users run it: its statuses, what it refuses, and the files it writes."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_commands import ROOT, document, run

EXAMPLES = ROOT / "docs" / "examples"
WORKED = str(EXAMPLES / "organisations" / "town-worked-example.yaml")
SMALL = str(EXAMPLES / "organisations" / "sao-small.toml")
ON = ("--as-of", "2016-01-04")


def test_a_plan_beside_today_and_its_files(tmp_path: Path) -> None:
    book, word = tmp_path / "c.xlsx", tmp_path / "c.docx"
    status, found = document("compare", WORKED, *ON, "--xlsx", str(book), "--docx", str(word))
    assert (status, found["schema"], found["plans"]) == (0, "lgreason.compare/1", ["today", "plan"])
    assert book.read_bytes()[:2] == word.read_bytes()[:2] == b"PK"


def test_a_forbidden_plan_is_status_1_and_what_cannot_be_compared_status_2() -> None:
    assert run("compare", SMALL, *ON)[0] == 1
    status, out, err = run("compare", WORKED, SMALL, "--lang", "en", *ON)
    assert (status, out) == (2, "")
    assert "must be of organisations of one type and class or size" in err
    assert run("compare", WORKED, "--xlsx", "/nowhere/x.xlsx", *ON)[0] == 2


def test_the_chart_of_a_judged_plan_is_written(tmp_path: Path) -> None:
    svg = tmp_path / "plan.svg"
    assert run("validate", SMALL, "--svg", str(svg), *ON)[0] == 1
    assert "ทำไม่ได้" in svg.read_text(encoding="utf-8")
    assert run("validate", SMALL, "--svg", "/nowhere/x.svg", *ON)[:2] == (2, "")


def test_today_and_the_plan_are_drawn_side_by_side_on_a3(tmp_path: Path) -> None:
    svg = tmp_path / "both.svg"
    assert run("validate", SMALL, "--svg", str(svg), "--beside-today", *ON)[0] == 1
    text = svg.read_text(encoding="utf-8")
    assert "size: A3 landscape" in text and text.count("<g transform") == 3
    assert "โครงสร้างปัจจุบัน" in text and "ทำไม่ได้" in text


def test_a_burden_that_is_the_bound_is_exactly_at_it() -> None:
    """17.0 of 50 million is 34 %, and 12.6 + 5.6 + 0.52 of 52 million is 36 %: a mean of 35 %, not under it."""
    lines = run("compare", str(Path(__file__).with_name("at-the-bound.yaml")), *ON)[1].splitlines()
    assert any("แผนที่เสนอ: ร้อยละ 35.00 · เท่ากับร้อยละ 35 พอดี" in line for line in lines)
    assert not any("อยู่ร้อยละ 0.00" in line for line in lines)
