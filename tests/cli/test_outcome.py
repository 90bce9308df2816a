"""Faults are not answers: whatever happens to the program, its exit status is the right one of the contract."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from lgreason.rules.findings import Unusable
from lgreason.rules.knowledge import folder
from tests import forked

ROOT = Path(__file__).parents[2]
PERSON = "docs/examples/people/one-day-short.yaml"
ORGANISATION = "docs/examples/organisations/town-special.yaml"
PLAN = "docs/examples/organisations/town-ordinary-high.yaml"
POST = "ผอ.กอง ระดับกลาง"
COMMANDS = {
    "check": ("check", PERSON),
    "why": ("why", PERSON, POST),
    "why in JSON": ("why", PERSON, POST, "--format", "json"),
    "how": ("how", PERSON, POST),
    "facts": ("facts", PERSON),
    "posts": ("posts", ORGANISATION),
    "structures": ("structures", ORGANISATION),
    "kb list": ("kb", "list"),
    "schema": ("schema", "person"),
    "rules show": ("rules", "show", "std.general_admin.mid.q2.2"),
    "help": ("--help",),
    "version": ("--version",),
    "path": ("path", PERSON, POST),
    "service": ("service", PERSON),
    "how of an organisation": ("how", ORGANISATION, "deputy.mid"),
    "validate": ("validate", PLAN),
    "burden": ("burden", ORGANISATION),
    "classify": ("classify", ORGANISATION, "special"),
    "screen": ("screen", "docs/examples/rosters/pao-example.xlsx"),
    "kb coverage": ("kb", "coverage"),
    "rules check": ("rules", "check", "docs/examples/rules/municipality.th.rules"),
    "repl": ("repl",),
    "refused, in JSON": ("why", "nowhere.yaml", POST, "--format", "json"),
    "under a limit": ("why", PERSON, POST, "--time-limit", "60"),
}


def shell(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lgreason", *arguments]
    return subprocess.run(
        ["bash", "-c", script, "bash", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


LOST = {
    "/dev/full": "No space left on device",
    forked.READER_GONE: "",
    forked.CLOSED: "standard output is closed",
}
"""How standard output may be lost, and what is said of it: to a reader who has gone, nothing."""


@pytest.mark.parametrize("output", LOST)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_an_output_that_is_lost_is_a_fault(command: tuple[str, ...], output: str) -> None:
    done = forked.run(*command, stdin=b"help\n", stdout=output)
    said = done.stderr.decode()
    assert done.status == 5, said
    assert "Traceback" not in said
    assert LOST[output] in said
    assert output != forked.READER_GONE or said == ""


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_closed_input_takes_nothing_from_an_answer(command: tuple[str, ...]) -> None:
    """What reads nothing answers as ever; what reads says that there is nothing to read."""
    closed = forked.run(*command, closed_input=True)
    if command == COMMANDS["repl"]:
        assert (closed.status, closed.stdout) == (2, b"")
        return
    free = forked.run(*command)
    assert (closed.status, closed.stdout) == (free.status, free.stdout)


@pytest.mark.parametrize("command", [COMMANDS["why"], COMMANDS["under a limit"]])
def test_a_reader_that_has_gone_is_a_fault_from_the_start(command: tuple[str, ...]) -> None:
    done = shell('"$@" | true; exit "${PIPESTATUS[0]}"', *command)
    assert (done.returncode, done.stderr) == (5, "")


def test_a_closed_output_is_a_fault_from_the_start() -> None:
    done = shell('"$@" >&-', *COMMANDS["why"])
    assert done.returncode == 5


def test_a_closed_input_cannot_be_read() -> None:
    for command in (("check", "-"), ("repl",)):
        done = shell('"$@" <&-', *command)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "ช่องรับข้อมูลเข้า (standard input) ปิดอยู่ จึงไม่มีอะไรให้อ่าน\n"


@pytest.mark.parametrize(("language", "said"), [("th", "ในแฟ้มบีบอัดไม่ได้"), ("en", "inside a zip file")])
def test_it_says_that_it_does_not_run_from_a_zip(tmp_path: Path, language: str, said: str) -> None:
    archive = tmp_path / "lgreason.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in (ROOT / "lgreason").rglob("*"):
            if file.suffix in (".py", ".toml", ".json"):
                packed.write(file, str(file.relative_to(ROOT)))
        packed.writestr("__main__.py", "from lgreason.cli.app import main\nmain()\n")
    done = subprocess.run(
        [sys.executable, str(archive), "check", str(ROOT / PERSON), "--lang", language],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and str(archive) in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("lgreason.rules.knowledge.__file__", str(tmp_path / "lgreason" / "rules" / "x.py"))
    with pytest.raises(Unusable) as refused:
        folder("kb")
    (finding,) = refused.value.findings
    assert (finding.code, finding.args) == (
        "cli_folder_missing",
        {"folder": str(tmp_path / "lgreason" / "kb")},
    )


@pytest.mark.parametrize("seconds", ["inf", "nan", "0", "-1", "1e300", "soon"])
def test_a_limit_is_finite(seconds: str) -> None:
    assert forked.run(*COMMANDS["why"], "--time-limit", seconds).status == 2


def test_the_last_resort(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from lgreason.cli.outcome import status_of

    def broken() -> int:
        raise ZeroDivisionError("hidden")

    assert status_of(broken) == 5
    said = capsys.readouterr().err
    assert said.startswith("โปรแกรมขัดข้องเอง (ZeroDivisionError test_outcome.py:")
    assert "ไม่ได้หมายความว่าไม่มีสิทธิ" in said
    assert "Traceback" not in said
    monkeypatch.setenv("LGREASON_TRACEBACK", "1")
    assert status_of(broken) == 5
    assert "Traceback" in capsys.readouterr().err


# ── limits from outside ───────────────────────────────────────────────────────────────────────────────────────────


def slow(seconds: float) -> str:
    """A program that prints half an answer under the guard, and would go on for a minute."""
    return (
        "import sys, time\n"
        "from lgreason.cli.guard import within\n"
        "from lgreason.cli.outcome import open_streams, status_of\n"
        "def run():\n"
        "    print('half an answer', flush=True)\n"
        "    import os; print(os.getpid(), file=sys.stderr, flush=True)\n"
        "    time.sleep(60)\n"
        "open_streams()\n"
        f"sys.exit(status_of(lambda: within({seconds}, run)))\n"
    )


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_limit_withholds_half_an_answer() -> None:
    done = subprocess.run(
        [sys.executable, "-c", slow(0.3)], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    child, said = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (4, "")
    assert said == "ครบเวลาที่กำหนด (--time-limit) ก่อนได้คำตอบที่สมบูรณ์"
    assert not alive(int(child))


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_no_child_outlives_the_program(sent: signal.Signals, status: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", slow(60)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stderr is not None and program.stdout is not None
        child = int(program.stderr.readline())
        os.kill(program.pid, sent)
        assert program.wait(10) == status
        assert program.stdout.read() == ""
    until = time.monotonic() + 5
    while alive(child) and time.monotonic() < until:
        time.sleep(0.01)
    assert not alive(child)


def test_what_ran_under_a_limit_is_what_runs_without() -> None:
    free, limited = forked.run(*COMMANDS["why"]), shell('"$@"', *COMMANDS["under a limit"])
    assert (limited.returncode, limited.stdout) == (free.status, free.stdout.decode())
    assert free.status == 1


@pytest.mark.parametrize(
    "command",
    [
        ("how", PERSON, POST, "--max"),
        ("structures", ORGANISATION, "--limit"),
        ("validate", ORGANISATION, "--repairs"),
    ],
)
def test_numbers_are_bounded(command: tuple[str, ...]) -> None:
    done = forked.run(*command, "1" + "0" * 30)
    assert (done.status, done.stdout) == (2, b"")


def test_a_program_is_json_where_json_is_asked_for() -> None:
    import json

    text = forked.run("facts", PERSON).stdout.decode()
    document = json.loads(forked.run("facts", PERSON, "--format", "json").stdout)
    assert (document["schema"], document["program"]) == ("lgreason.program/1", text)
