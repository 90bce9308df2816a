"""Conversations: whole transcripts in both languages, under tests/golden/, and what a conversation remembers.

`python -m tests.test_conversation` writes the transcripts anew; read every change of them before it is kept.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from lgreason.conversation import Answer, Conversation
from lgreason.knowledge import Library
from lgreason.model import LANGUAGES, Language
from lgreason.session import Session
from lgreason.terminal import show

ROOT = Path(__file__).parent.parent
PEOPLE = Path("docs/examples/people")
GOLDEN = ROOT / "tests" / "golden"
DAY = date(2022, 12, 30)
LIBRARY = Library()
LOADED = ("one-day-short.yaml", "reduced-term.yaml", "missing-facts.yaml")

TRANSCRIPTS: dict[Language, str] = {
    "th": """
        ทำไมไม่มีสิทธิ
        ทำไมสมชายถึงไม่มีสิทธิ์เป็น ผอ.กอง ระดับกลาง
        ข้อ ๒.๒ ว่าอย่างไร
        แสดง A-05
        เขาเป็นอะไรได้บ้าง
        มาลีมีสิทธิเป็น ผอ.กอง ไหม
        มาลีมีสิทธิเป็น ผอ.กอง ระดับกลาง ไหมครับ
        ณ วันที่ 1 ม.ค. 2566
        มีสิทธิหรือยัง
        ทำไมนิภาไม่มีสิทธิเป็นผอ.กองกลาง ทั้งหมด
        แสดง นิภา
        ทำไมสมชัยไม่มีสิทธิเป็นหัวหน้าฝ่าย
        ณ วันที่ 31 ก.พ. 2569
        ตีความ A-05=nothing
        ตีความ A-05=title
        ข้อมูลของเขา
        โหลด ไม่มีแฟ้มนี้.yaml
        โหลด docs/examples/people/part-director.yaml
        ตรวจสอบ
        รายชื่อ
        วิธีใช้
        ภาษา อังกฤษ
        ออก
    """,
    "en": """
        why not
        why is somchai not eligible for division director, mid
        what does clause 2.2 say
        show A-05
        what is he eligible for
        is malee eligible for division director
        is malee eligible for division director, mid?
        as of 1 January 2023
        is she eligible
        why is nipa not eligible for division director, mid full
        show nipa
        why is somchay not eligible for section head
        as of 31 Feb 2026
        reading A-05=nothing
        reading A-05=title
        show her
        load nosuchfile.yaml
        load docs/examples/people/part-director.yaml
        check
        people
        help
        lang th
        quit
    """,
}


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def conversation(language: Language = "th", *files: str, day: date = DAY) -> Conversation:
    found = Conversation(Session(language, as_of=day, library=LIBRARY))
    for file in files:
        found.open(str(PEOPLE / file))
    return found


def text(answer: Answer) -> str:
    stream = io.StringIO()
    show(answer.lines, stream)
    return stream.getvalue()


def transcript(language: Language) -> str:
    talk = conversation(language, *LOADED)
    found = []
    for line in TRANSCRIPTS[language].strip().splitlines():
        found.append(f"{talk.prompt()}{line.strip()}\n{text(talk.answer(line.strip()))}")
    return "\n".join(found)


def golden(language: Language) -> Path:
    return GOLDEN / f"conversation.{language}.txt"


# ── transcripts ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_transcript(language: Language) -> None:
    assert transcript(language) == golden(language).read_text(encoding="utf-8")


def test_twin_transcripts_have_the_same_answers() -> None:
    """Line by line the two conversations come to the same documents, apart from the words of what was refused."""
    talks = {language: conversation(language, *LOADED) for language in LANGUAGES}
    for thai, english in zip(
        *(TRANSCRIPTS[language].strip().splitlines() for language in LANGUAGES), strict=True
    ):
        first, second = talks["th"].answer(thai.strip()), talks["en"].answer(english.strip())
        assert first.status == second.status, thai
        kept = {"understood", "ask", "person", "position", "as_of"}
        assert {k: first.document[k] for k in kept & first.document.keys()} == {
            k: second.document[k] for k in kept & second.document.keys()
        }
        if first.document.get("ask") in ("why", "check", "positions", "show") and first.status != 2:
            assert first.document["answer"] == second.document["answer"], thai


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_of_the_help_is_understood(language: Language) -> None:
    talk = conversation(language, *LOADED)
    examples = talk.answer("help").document["answer"]["examples"]
    assert len(examples) >= 15
    for example in examples:
        assert talk.answer(example).document["understood"], example


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hint_is_understood(language: Language) -> None:
    """What an answer offers to type is a question."""
    talk = conversation(language, *LOADED)
    offered = [
        talk.welcome()[0].text,
        *(line.text for line in talk.answer("why somchai ผอ.กองกลาง").lines[-3:]),
    ]
    quoted = [
        part.split("»" if language == "th" else "”")[0]
        for line in offered
        for part in line.split("«" if language == "th" else "“")[1:]
    ]
    assert len(quoted) == 5
    for hint in quoted:
        assert talk.answer(hint).document["understood"], hint


# ── what is remembered ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_only_person_is_meant_without_a_name() -> None:
    talk = conversation("en", "one-day-short.yaml")
    assert talk.answer("why section head").document["person"] == "somchai"


def test_who_is_meant_is_asked_when_several_are_loaded() -> None:
    answer = conversation("en", *LOADED).answer("why section head")
    assert answer.status == 2
    assert text(answer) == "Which person? Name one: สมชาย, มาลี and นิภา\n"


def test_nobody_loaded() -> None:
    answer = conversation("en").answer("check")
    assert answer.status == 2 and "load FILE" in text(answer)
    assert answer.document["answer"]["findings"][0]["code"] == "nobody_loaded"


def test_a_shared_name_is_asked_back_by_id(tmp_path: Path) -> None:
    for identity, name in (("a1", "นายสมชาย ใจดี"), ("a2", "นายสมชาย ใจเย็น")):
        (tmp_path / f"{identity}.yaml").write_text(
            f"kind: person\nid: {identity}\nname: {name}\n", encoding="utf-8"
        )
    talk = conversation("en")
    for identity in ("a1", "a2"):
        talk.open(str(tmp_path / f"{identity}.yaml"))
    answer = talk.answer("ทำไมสมชายไม่มีสิทธิเป็นหัวหน้าฝ่าย")
    assert (
        text(answer)
        == "2 persons are called «สมชาย». Say which by the id: a1 (นายสมชาย ใจดี) and a2 (นายสมชาย ใจเย็น)\n"
    )
    assert talk.answer("ทำไม a2 ไม่มีสิทธิเป็นหัวหน้าฝ่าย").document["person"] == "a2"
    assert talk.answer("ทำไมสมชายใจดีไม่มีสิทธิเป็นหัวหน้าฝ่าย").document["person"] == "a1"
    assert talk.prompt().startswith("สมชาย ใจดี ·")


def test_an_id_twice_names_both_files(tmp_path: Path) -> None:
    second = tmp_path / "other.yaml"
    second.write_text("kind: person\nid: somchai\nname: นายสมชาย อีกคน\n", encoding="utf-8")
    talk = conversation("en", "one-day-short.yaml")
    answer = talk.answer(f"load {second}")
    assert answer.status == 2
    assert str(second) in text(answer) and str(PEOPLE / "one-day-short.yaml") in text(answer)
    assert talk.people["somchai"].name == "นายสมชาย ใจดี"


def test_a_file_loaded_again_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text("kind: person\nid: one\nname: นายหนึ่ง\n", encoding="utf-8")
    talk = conversation("en")
    talk.open(str(file))
    file.write_text("kind: person\nid: one\nname: นายเอก\n", encoding="utf-8")
    assert talk.answer(f'load "{file}"').status == 0
    assert talk.people["one"].name == "นายเอก"
    assert talk.answer("show เอก").document["person"] == "one"
    assert not talk.answer("show หนึ่ง").document["understood"]


def test_another_day_reads_the_files_again_and_keeps_who_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text("kind: person\nid: one\nname: นายหนึ่ง\n", encoding="utf-8")
    talk = conversation("en", "one-day-short.yaml")
    talk.open(str(file))
    talk.answer("why one section head")
    file.unlink()
    answer = talk.answer("as of 2566-01-01")
    assert answer.status == 0 and "kept" in text(answer)
    assert set(talk.people) == {"somchai", "one"}
    again = talk.answer("why")
    assert (again.document["person"], again.document["as_of"]) == ("one", "2023-01-01")


def test_settings_share_the_ground_knowledge_base() -> None:
    talk = conversation("th", "one-day-short.yaml")
    for line in ("as of 2023-01-01", "lang en", "reading A-05=rank", "ตีความ A-05=title"):
        before = talk.session.library
        talk.answer(line)
        assert talk.session.library is before
    assert talk.wording.language == "en"
    assert talk.session.day == date(2023, 1, 1)
    assert talk.session.kb.readings["A-05"].chosen == "title"


def test_a_reading_that_there_is_not_changes_nothing() -> None:
    talk = conversation("en", "one-day-short.yaml")
    session = talk.session
    assert talk.answer("reading A-05=nothing").status == 2
    assert talk.session is session


def test_another_reading_is_told_and_used() -> None:
    talk = conversation("en", "part-director.yaml", day=date(2026, 10, 1))
    assert talk.answer("is prasit eligible for office director").status == 1
    talk.answer("reading A-08=counts")
    assert talk.answer("is he eligible").status == 0


def test_a_person_cannot_come_from_standard_input() -> None:
    answer = conversation("en").answer("load -")
    assert answer.document["answer"]["findings"][0]["code"] == "standard_input_taken"


def test_findings_of_a_file_are_all_reported(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(
        "kind: person\nid: x\nname: X\npostings:\n  - {position: nowhere, from: 2569-13-01}\n",
        encoding="utf-8",
    )
    answer = conversation("en").answer(f"load {file}")
    assert answer.status == 2 and len(answer.document["answer"]["findings"]) >= 2
    assert all(line.text.startswith(f"File {file}") for line in answer.lines)


# ── from a pipe ─────────────────────────────────────────────────────────────────────────────────────────────────────


def piped(questions: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lgreason", *arguments],
        input=questions,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        timeout=120,
        check=False,
    )


SOMCHAI = str(PEOPLE / "one-day-short.yaml")
ON_THE_DAY = ("--lang", "en", "--as-of", "2022-12-30")


def test_one_question_a_line() -> None:
    done = piped(
        "\n# a remark\npeople\n\nis somchai eligible for section head\n", "repl", SOMCHAI, *ON_THE_DAY
    )
    assert done.stderr == ""
    assert done.stdout == (
        "นายสมชาย ใจดี (somchai) · docs/examples/people/one-day-short.yaml\n"
        "\n"
        "นายสมชาย ใจดี · assessed as of 30 December 2022\n"
        "  section head, early level: not eligible\n"
    )
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("questions", "status"),
    [
        ("", 0),
        ("is somchai eligible for section head\n", 1),
        ("is somchai eligible for section head\npeople\n", 0),
        ("people\nnonsense\n", 2),
        ("is somchai eligible for section head\nquit\npeople\n", 1),
    ],
)
def test_the_status_is_that_of_the_last_answer(questions: str, status: int) -> None:
    assert piped(questions, "repl", SOMCHAI, *ON_THE_DAY).returncode == status


def test_without_a_command() -> None:
    done = piped("ช่วยเหลือ")
    assert done.returncode == 0 and "ทำไม ทั้งหมด" in done.stdout


def test_documents_one_a_line() -> None:
    questions = "why somchai division director, mid\nทำไมสมชัย\nload nosuch.yaml\ncheck somchai\n"
    done = piped(questions, "repl", SOMCHAI, *ON_THE_DAY, "--format", "json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    why, failed, missing, positions = answers
    assert all(answer["schema"] == "lgreason.answer/1" for answer in answers)
    assert {key: value for key, value in why.items() if key != "answer"} == {
        "schema": "lgreason.answer/1",
        "question": "why somchai division director, mid",
        "understood": True,
        "ask": "why",
        "person": "somchai",
        "position": "general_admin.mid.division_director",
        "as_of": "2022-12-30",
    }
    assert (why["answer"]["schema"], why["answer"]["verdict"]) == ("lgreason.explanation/1", "ineligible")
    assert failed["understood"] is False and failed["suggestion"] == "ทำไมสมชายมีสิทธิ"
    assert "PERSON" not in json.dumps(failed) and len(failed["expected"]) > 1
    assert missing["answer"]["schema"] == "lgreason.findings/1"
    assert set(missing["answer"]["findings"][0]["message"]) == set(LANGUAGES)
    assert (positions["ask"], len(positions["answer"]["verdicts"])) == ("positions", 5)
    assert done.returncode == 1


def test_a_wrong_file_ends_a_pipe_with_all_its_findings() -> None:
    done = piped("people\n", "repl", "nosuch.yaml", SOMCHAI, "-", *ON_THE_DAY)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nosuch.yaml" in done.stderr and "cannot be read from -" in done.stderr
    document = json.loads(piped("people\n", "repl", "nosuch.yaml", "--format", "json").stdout)
    assert document["schema"] == "lgreason.findings/1"


def test_a_time_limit_is_that_of_each_answer() -> None:
    done = piped("people\n" * 3, "repl", SOMCHAI, *ON_THE_DAY, "--time-limit", "30")
    assert done.returncode == 0
    done = piped("why somchai section head\n", "repl", SOMCHAI, *ON_THE_DAY, "--time-limit", "0.01")
    assert done.returncode == 4 and "time limit" in done.stderr


def test_bytes_that_are_no_text() -> None:
    command = [sys.executable, "-m", "lgreason", "--help"]
    del command[-1]
    done = subprocess.run(
        command, input=b"\xff\xfe why\n", capture_output=True, cwd=ROOT, timeout=120, check=False
    )
    assert done.returncode == 2 and b"Traceback" not in done.stderr


def test_the_commands_do_without_the_conversation() -> None:
    """What only the REPL needs is not imported by the other commands."""
    program = (
        "import sys; sys.argv = ['lgreason', 'why', sys.argv[1], 'หัวหน้าฝ่าย']\n"
        "from lgreason.cli.app import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'lark', 'prompt_toolkit', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, SOMCHAI], capture_output=True, encoding="utf-8", cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr


if __name__ == "__main__":
    os.chdir(ROOT)
    for tongue in LANGUAGES:
        golden(tongue).write_text(transcript(tongue), encoding="utf-8")
