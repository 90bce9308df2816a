"""The REPL in a real terminal: keys go in through tmux, and what stands on the screen is read."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOMCHAI = "docs/examples/people/one-day-short.yaml"
MALEE = "docs/examples/people/reduced-term.yaml"
PATIENCE = 20.0

SLOW = """
import time
import lgreason.repl.conversation as conversation
quick = conversation.Conversation.answer
def answer(self, line):
    if line == "people":
        print("THINKING", flush=True)
        time.sleep(60)
    return quick(self, line)
conversation.Conversation.answer = answer
from lgreason.cli.app import main
main()
"""


class Terminal:
    """A terminal, 100 signs wide, in which a command runs."""

    def __init__(self, folder: Path, command: list[str], coloured: bool = False, rows: int = 40) -> None:
        self._tmux = ["tmux", "-S", str(folder / "tmux"), "-f", os.devnull]
        settings = {
            "XDG_STATE_HOME": str(folder / "state"),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "PAGER": "less",
            **({} if coloured else {"NO_COLOR": "1"}),
        }
        assignments = " ".join(f"{key}={shlex.quote(value)}" for key, value in settings.items())
        # Whoever runs the tests may have said how large another terminal is.
        first = f"unset LINES COLUMNS; cd {shlex.quote(str(ROOT))}"
        line = f"{first}; {assignments} {shlex.join(command)}; echo LEFT WITH $?; sleep 60"
        self._run("-u", "new-session", "-d", "-x", "100", "-y", str(rows), line)

    def _run(self, *arguments: str) -> str:
        options, command = (arguments[:1], arguments[1:]) if arguments[0] == "-u" else ((), arguments)
        done = subprocess.run(
            [*self._tmux, *options, *command], capture_output=True, encoding="utf-8", timeout=30, check=True
        )
        return done.stdout

    def type(self, text: str) -> None:
        """Type signs."""
        self._run("send-keys", "-l", text)

    def say(self, text: str) -> None:
        """Type a question and send it."""
        self.type(text)
        self.press("Enter")

    def press(self, *keys: str) -> None:
        """Press keys by their names."""
        self._run("send-keys", *keys)

    def screen(self, coloured: bool = False) -> str:
        """What stands on the screen; with the signs that colour it, if wanted."""
        return self._run("capture-pane", "-p", *(("-e",) if coloured else ()))

    def see(self, text: str) -> str:
        """Wait until a text stands on the screen."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if text in (screen := self.screen()):
                return screen
            time.sleep(0.05)
        pytest.fail(f"{text!r} does not appear:\n{self.screen()}")

    def close(self) -> None:
        """End the terminal and all in it."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)


@contextmanager
def opened(
    folder: Path, *arguments: str, coloured: bool = False, program: Path | None = None, rows: int = 40
) -> Iterator[Terminal]:
    """A terminal in which the REPL, or a program in its place, opens some files; closed at the end."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not there")
    start = (str(program),) if program else ("-m", "lgreason")
    command = [sys.executable, *start, "repl", *arguments, "--as-of", "2022-12-30"]
    try:
        found = Terminal(folder, command, coloured, rows)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"no terminal can be opened: {error}")
    try:
        yield found
    finally:
        found.close()


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with opened(tmp_path, SOMCHAI, MALEE) as found:
        found.see("ธ.ค. 2565 ›")
        yield found


def test_a_question_is_completed_and_answered(terminal: Terminal) -> None:
    terminal.type("ทำไมสม")
    terminal.press("Tab")
    terminal.see("› ทำไมสมชาย")
    terminal.type("ไม่มีสิทธิเป็นผู้อำนวยการสำ")
    terminal.press("Tab")
    terminal.see("ผู้อำนวยการสำนัก ระดับสูง")
    terminal.press("Enter")
    screen = terminal.see("สมชาย · 30 ธ.ค. 2565 ›")
    assert "ยังไม่มีสิทธิ" in screen


def test_the_answers_are_there_after_another_day(terminal: Terminal) -> None:
    terminal.say("มาลีมีสิทธิเป็น ผอ.กอง กลาง ไหม")
    terminal.see("ผู้อำนวยการกอง ระดับกลาง: ไม่มีสิทธิ")
    terminal.say("ณ วันที่ 31 ธ.ค. 2565")
    terminal.see("มาลี · 31 ธ.ค. 2565 ›")
    terminal.say("มีสิทธิหรือยัง")
    terminal.see("ผู้อำนวยการกอง ระดับกลาง: มีสิทธิ")


def test_keys_move_and_delete_by_letters_as_they_are_read(terminal: Terminal) -> None:
    terminal.type("ที่นี่")
    terminal.see("› ที่นี่\n")
    terminal.press("BSpace")
    terminal.see("› ที่\n")
    terminal.type("นี่มี")
    terminal.see("› ที่นี่มี\n")
    terminal.press("Left", "Left", "DC")
    terminal.see("› ที่มี\n")
    terminal.press("Right")
    terminal.type("ดี")
    terminal.see("› ที่มีดี\n")


def test_control_c_clears_the_line_and_control_d_leaves(terminal: Terminal) -> None:
    terminal.type("ทำไม")
    terminal.see("› ทำไม")
    terminal.press("C-c")
    terminal.say("รายชื่อ")
    terminal.see("(malee)")
    terminal.press("C-d")
    terminal.see("LEFT WITH 0")


def test_what_was_asked_before_is_remembered(terminal: Terminal) -> None:
    terminal.say("check malee")
    terminal.see("นางมาลี รักงาน · พิจารณา")
    terminal.press("Up")
    terminal.see("มาลี · 30 ธ.ค. 2565 › check malee")


def test_control_c_stops_an_answer_and_not_the_conversation(tmp_path: Path) -> None:
    program = tmp_path / "slow.py"
    program.write_text(SLOW, encoding="utf-8")
    with opened(tmp_path, SOMCHAI, program=program) as slow:
        slow.see("ธ.ค. 2565 ›")
        slow.say("people")
        slow.see("THINKING")
        slow.press("C-c")
        slow.see("หยุดคำตอบแล้ว")
        slow.say("check")
        slow.see("ผู้อำนวยการสำนัก ระดับสูง: ไม่มีสิทธิ")


def test_a_wrong_file_at_the_start_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    with opened(tmp_path, "nosuch.yaml", SOMCHAI) as found:
        screen = found.see("สมชาย · 30 ธ.ค. 2565 ›")
        assert "nosuch.yaml" in screen
        found.say("ออก")
        found.see("LEFT WITH 0")


def test_a_long_answer_pages_and_the_conversation_goes_on(terminal: Terminal) -> None:
    if shutil.which("less") is None:
        pytest.skip("less is not there")
    terminal.say("ทำไมสมชายไม่มีสิทธิเป็น ผอ.กอง กลาง ทั้งหมด")
    screen = terminal.see("เหตุผลทั้งหมด")
    assert "ระดับกลาง ข้อ ๒ เงื่อนไข" not in screen and "สมชาย · 30 ธ.ค. 2565 ›" not in screen
    terminal.press("G")
    terminal.see("ระดับกลาง ข้อ ๒ เงื่อนไข")
    terminal.press("q")
    terminal.see("สมชาย · 30 ธ.ค. 2565 ›")
    terminal.say("รายชื่อ")
    terminal.see("(malee)")


def test_a_question_of_two_lines(terminal: Terminal) -> None:
    terminal.type("สมชายมีสิทธิเป็น")
    terminal.press("M-Enter")
    terminal.say("หัวหน้าฝ่ายไหม")
    terminal.see("หัวหน้าฝ่าย ระดับต้น: ดำรงตำแหน่งนี้อยู่แล้ว")


def test_what_is_supposed_stands_in_the_prompt(terminal: Terminal) -> None:
    terminal.type("ถ้าสมชายจบปริญญาเอกสถ")
    terminal.press("Tab")
    terminal.see("ถ้าสมชายจบปริญญาเอกสถิติ")
    terminal.press("Enter")
    terminal.see("สมมุติว่าได้รับปริญญาเอก สาขาสถิติ ›")
    terminal.say("ยกเลิก")
    terminal.see("สมชาย · 30 ธ.ค. 2565 ›")


def test_what_is_not_known_is_asked(tmp_path: Path) -> None:
    with opened(tmp_path, "docs/examples/people/missing-facts.yaml") as found:
        found.see("30 ธ.ค. 2565 ›")
        found.say("ณ วันที่ 1 ม.ค. 2566")
        found.see("1 ม.ค. 2566 ›")
        found.say("มีสิทธิเป็น ผอ.กอง กลาง ไหม")
        found.see("เป็นสาขาใด")
        found.say("เศรษฐศาสตร์")
        found.see("ผู้อำนวยการกอง ระดับกลาง: มีสิทธิ")


TOWN = "docs/examples/organisations/town-worked-example.yaml"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Terminal]:
    with opened(tmp_path, TOWN, rows=60) as found:
        found.see("ตัวอย่าง · 30 ธ.ค. 2565 ›")
        yield found


def test_organisations_units_and_posts_are_completed(town: Terminal) -> None:
    town.type("ภาระค่าใช้จ่ายของเทศบาลเม")
    town.press("Tab")
    town.see("ภาระค่าใช้จ่ายของเทศบาลเมืองตัวอย่าง")
    town.press("C-c")
    town.type("กองช่")
    town.press("Tab")
    town.see("› กองช่าง")
    town.say("เป็นระดับสูงได้ไหม")
    town.see("เลือกไม่ได้")
    town.see("สไลด์ที่ ๑๕")
    town.type("ตั้งรองปลัดระดับก")
    town.press("Tab")
    town.see("ตั้งรองปลัด ระดับกลาง")
    town.say("ได้กี่คน")
    town.see("ไม่เกิน 2 อัตรา")


def test_choices_stand_in_the_prompt_and_are_undone(town: Terminal) -> None:
    town.say("กำหนดรองปลัดกลาง 1")
    town.see("· กำหนดให้ รองปลัดเทศบาล ระดับกลาง = 1 ›")
    town.see("โครงสร้างที่ทำได้ 1,512 แบบ")
    town.say("ห้ามกองคลังเป็นระดับกลาง")
    town.see("และอีก 1 ข้อ ›")
    town.say("ยกเลิก")
    town.see("ยกเลิกเงื่อนไขของเทศบาลเมืองตัวอย่างแล้ว")
    town.say("ยกเลิก")
    town.say("มีกี่แบบ")
    town.see("โครงสร้างที่ทำได้ 6,048 แบบ")
    town.see("ส่งออก ตาราง.xlsx»\nตัวอย่าง · 30 ธ.ค. 2565 ›")


def test_a_long_answer_pages_in_colour(tmp_path: Path) -> None:
    if shutil.which("less") is None:
        pytest.skip("less is not there")
    with opened(tmp_path, SOMCHAI, coloured=True) as found:
        found.see("30 ธ.ค. 2565 ›")
        found.say("ทำไมสมชายไม่มีสิทธิเป็น ผอ.กอง กลาง ทั้งหมด")
        found.see("เหตุผลทั้งหมด")
        lines = found.screen(coloured=True).splitlines()
        verdict = next(line for line in lines if "ยังไม่มีสิทธิ" in line)
        assert "\x1b[1m\x1b[31mยังไม่มีสิทธิ" in verdict
        found.press("q")
        found.see("สมชาย · 30 ธ.ค. 2565 ›")
