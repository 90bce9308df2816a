"""`kb recognise` and `kb words`: the documents, the sentences in both languages, and the exit status."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from lgreason.cli.knowledge import kb
from lgreason.report.sentences import messages

RECOGNISING = Path(__file__).parent.parent.parent / "lgreason" / "words" / "recognising"


def run(*arguments: str, lines: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(kb, arguments, input=lines, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.return_value, done.stdout


def test_texts_are_arguments() -> None:
    status, out = run("recognise", "degree", "รป.ม.", "--format", "json")
    assert status == 0
    assert json.loads(out) == {
        "schema": "lgreason.recognised/1",
        "items": [
            {
                "kind": "degree",
                "text": "รป.ม.",
                "outcome": "this",
                "reading": {"degree": "master", "field": "public_administration"},
                "choices": [],
                "why": {"th": "ตรงกับชื่อที่รู้จัก", "en": "a name that is known"},
            }
        ],
    }


def test_texts_are_lines_with_context_after_tabs() -> None:
    lines = "หัวหน้าสำนักปลัด\tlevel=ต้น\nหัวหน้าสำนักปลัด\nหน.ฝ่ายปกครอง\tlevel=ต้น;type=อำนวยการท้องถิ่น\n"
    status, out = run("recognise", "post", "--format", "json", lines=lines)
    items = json.loads(out)["items"]
    assert status == 3
    assert [item["outcome"] for item in items] == ["this", "several", "several"]
    assert [choice["position"] for choice in items[1]["choices"]] == [
        "general_admin.early.division_director",
        "general_admin.mid.division_director",
    ]


def test_what_is_impossible_is_a_no() -> None:
    status, out = run("recognise", "date", "29 ก.พ. 2560", "--lang", "en")
    assert status == 1
    assert "29" in out and "February" in out


def test_text_says_what_may_be_meant() -> None:
    status, out = run("recognise", "field", "รัฐศาตร์")
    assert status == 3
    assert out.splitlines() == [
        "«รัฐศาตร์» · ยังไม่ทราบว่าคืออะไร",
        "  ใกล้เคียงกับชื่อที่รู้จัก อาจพิมพ์ผิด จึงขอให้ยืนยัน",
        "  อาจหมายถึง รัฐศาสตร์",
    ]


def test_words_are_listed_with_both_names() -> None:
    status, out = run("words", "degree", "--format", "json")
    assert status == 0
    master = next(word for word in json.loads(out)["words"] if word["id"] == "master")
    assert (master["kind"], master["th"], master["en"]) == ("degree", "ปริญญาโท", "master's degree")


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_reason_has_its_sentence(language: str) -> None:
    said = messages("th" if language == "th" else "en")
    for path in RECOGNISING.glob("*.py"):
        for why in re.findall(r'why="(\w+)"', path.read_text(encoding="utf-8")):
            known = said["finding"] if why.startswith("date_") else said["recognised"]
            assert why in known, f"{why} of {path.name}"
