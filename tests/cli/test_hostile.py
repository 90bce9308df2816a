"""Hostile text at every door: it is read as text, told back harmlessly, and never a fault of the program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests import forked

PERSON = "docs/examples/people/one-day-short.yaml"
POST = "ผอ.กอง ระดับกลาง"
HOSTILE = {
    "terminal code": "\x1b[31mแดง\x1b]0;title\x07\x9b2J",
    "direction": "สมชาย\u202egnp.exe\u2066",
    "markup": "[bold red]x[/bold red] <script>alert(1)</script>",
    "formula": '=HYPERLINK("http://x","y")',
    "path": "../../../../etc/passwd",
    "template": "{0.__class__} %s {{7*7}} ${HOME}",
    "program": '"). eligible(everyone). #script (python) #end.',
    "huge number": "9" * 400,
    "long": "ก" * 20_000,
}
_RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey."""


def harmless(*arguments: str, stdin: bytes = b"") -> str:
    """What the program says, once it is seen to be no fault and nothing that a terminal obeys."""
    done = forked.run(*arguments, stdin=stdin)
    said = (done.stdout + done.stderr).decode()
    assert done.status in (0, 1, 2, 3), (done.status, said[-500:])
    assert "Traceback" not in said and "root:" not in said
    assert _RAW.search(said) is None, ascii(said)
    return said


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_in_an_argument(text: str) -> None:
    assert harmless("why", PERSON, text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_in_a_file(text: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    person = {"kind": "person", "id": "x", "name": text, "education": [{"degree": "master", "field": text}]}
    file.write_text(json.dumps(person), encoding="utf-8")
    harmless("why", str(file), POST)


@pytest.mark.parametrize("option", ["--as-of", "--reading", "--time-limit", "--lang"])
def test_in_an_option(option: str) -> None:
    """One text of each kind that an option may take for something of its own."""
    for text in (HOSTILE["terminal code"], HOSTILE["huge number"]):
        harmless("check", PERSON, option, text)


def test_in_a_conversation() -> None:
    texts = [text for name, text in HOSTILE.items() if name != "long"]
    asked = "\n".join([*texts, *(f"ทำไม{text}ไม่มีสิทธิเป็นผอ.กองระดับกลาง" for text in texts)])
    harmless("repl", PERSON, stdin=asked.encode())


def test_among_what_is_recognised() -> None:
    lines = "\n".join(HOSTILE.values()).encode()
    for kind in ("post", "degree", "date", "level"):
        harmless("kb", "recognise", kind, stdin=lines)


def test_in_a_rule_file(tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE.values()):
        file = tmp_path / f"{number}.rules"
        file.write_text(f"ข้อบังคับ “{text}” “x”\n  ลงวันที่: {text}\n\nนิยาม {text}\n", encoding="utf-8")
    harmless("rules", "check", *map(str, sorted(tmp_path.iterdir())))


def test_a_sign_of_nothing_in_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"kind: person\nid: x\nname: a\x00b\n")
    said = harmless("check", str(file))
    assert f"{file} บรรทัด 3" in said
