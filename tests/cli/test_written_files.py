"""Every command that writes a file, on a full disk and killed while it writes: the old file stays as it was."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests import forked

ROOT = Path(__file__).parents[2]
PERSON = "docs/examples/people/one-day-short.yaml"
PLAN = "docs/examples/organisations/town-ordinary-high.yaml"
SMALL = "docs/examples/organisations/sao-medium.json"
RULES = ROOT / "docs" / "examples" / "rules" / "digital.th.rules"
POST = "ผอ.กอง ระดับกลาง"
ROOM = 1_500
"""Bytes: less than any of these files has, more than is said besides."""
OLD = "# เดิม\n" * 300

WRITERS = {
    "rules format": ("rules", "format", "FILE"),
    "rules check --fix": ("rules", "check", "--fix", "FILE"),
    "path --svg": ("path", PERSON, POST, "--max", "1", "--svg", "FILE"),
    "validate --svg": ("validate", PLAN, "--svg", "FILE", "--repairs", "0"),
    "structures --svg": ("structures", SMALL, "--svg", "FILE"),
    "structures --xlsx": ("structures", SMALL, "--xlsx", "FILE"),
    "compare --xlsx": ("compare", PLAN, PLAN, "--xlsx", "FILE"),
    "compare --docx": ("compare", PLAN, PLAN, "--docx", "FILE"),
    "memo --docx": ("memo", PERSON, POST, "--docx", "FILE"),
    "why --receipt": ("why", PERSON, POST, "--receipt", "FILE"),
}
SUFFIX = {"--svg": ".svg", "--xlsx": ".xlsx", "--docx": ".docx", "--receipt": ".json"}


def target(folder: Path, command: tuple[str, ...]) -> Path:
    """The file to be written, with something in it: for what changes rule files, rules that it would change."""
    if command[0] == "rules":
        file = folder / "x.rules"
        text = RULES.read_text(encoding="utf-8").replace("\n  ", "\n     ").replace(" ปี", "\u200b ปี")
        file.write_text(text, encoding="utf-8")
        return file
    file = folder / f"x{SUFFIX[next(word for word in command if word in SUFFIX)]}"
    file.write_text(OLD, encoding="utf-8")
    return file


@pytest.mark.parametrize("command", WRITERS.values(), ids=WRITERS)
def test_the_old_file_stays(command: tuple[str, ...], tmp_path: Path) -> None:
    file = target(tmp_path, command)
    before = file.read_bytes()
    arguments = [str(file) if word == "FILE" else word for word in command]

    free = forked.run(*arguments)
    assert free.status in (0, 1, 3), free.stderr.decode()
    assert file.read_bytes() != before and file.stat().st_size > ROOM
    file.write_bytes(before)

    killed = forked.run(*arguments, killed_at="fsync", stdout=os.devnull)
    assert killed.status == -signal.SIGKILL, killed.stderr.decode()
    assert file.read_bytes() == before
    for left in {*tmp_path.iterdir()} - {file}:
        left.unlink()

    full = forked.run(*arguments, room=ROOM, stdout=os.devnull)
    said = full.stderr.decode()
    assert full.status == 5, (full.status, said)
    assert str(file) in said and "Traceback" not in said
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_roster_screened_on_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(OLD, encoding="utf-8")
    roster = "docs/examples/rosters/pao-example.xlsx"
    done = forked.run("screen", roster, "--out", str(file), room=ROOM, stdout=os.devnull)
    assert done.status == 5 and "Traceback" not in done.stderr.decode()
    assert file.read_text(encoding="utf-8") == OLD
