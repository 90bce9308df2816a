"""The program as users run it: what it prints, in what form, and with which exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import forked

ROOT = Path(__file__).parents[2]
PEOPLE = ROOT / "docs" / "examples" / "people"
SHORT = str(PEOPLE / "one-day-short.yaml")
ON = ("--as-of", "2026-10-01")


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> tuple[int, str, str]:
    done = forked.run(*arguments, stdin=stdin, **environment)
    return done.status, done.stdout.decode(), done.stderr.decode()


def document(*arguments: str, stdin: bytes = b"") -> tuple[int, dict]:
    status, out, err = run(*arguments, "--format", "json", stdin=stdin)
    assert err == ""
    return status, json.loads(out)


def test_check_in_both_languages() -> None:
    status, thai, err = run("check", SHORT, "ผอ.กอง ระดับต้น", "ผู้อำนวยการกองกลาง", *ON)
    assert (status, err) == (1, "")
    assert thai == (
        "นายสมชาย ใจดี · พิจารณา ณ วันที่ 1 ตุลาคม 2569\n"
        "  ผู้อำนวยการกอง ระดับต้น: มีสิทธิ\n"
        "  ผู้อำนวยการกอง ระดับกลาง: ไม่มีสิทธิ\n"
        "      เพราะ เวลาดำรงตำแหน่งไม่ต่ำกว่าหัวหน้าฝ่าย (นักบริหารงานทั่วไป ระดับต้น) "
        "(กำหนดไม่น้อยกว่า 3 ปี · มีแล้ว 2 ปี 11 เดือน 30 วัน · ขาดอีก 1 วัน)\n"
    )
    status, english, err = run("check", SHORT, "division director, early", "--lang", "en", *ON)
    assert (status, err) == (0, "")
    assert english == (
        "นายสมชาย ใจดี · assessed as of 1 October 2026\n  division director, early level: eligible\n"
    )


def test_check_without_positions_is_about_all() -> None:
    status, found = document("check", SHORT, *ON)
    assert status == 1
    assert found == {
        "schema": "lgreason.verdicts/1",
        "person": "somchai",
        "as_of": "2026-10-01",
        "verdicts": [
            {"position": "general_admin.early.section_head", "verdict": "ineligible"},
            {"position": "general_admin.early.division_director", "verdict": "eligible"},
            {"position": "general_admin.mid.division_director", "verdict": "ineligible"},
            {"position": "general_admin.mid.part_director", "verdict": "ineligible"},
            {"position": "general_admin.high.office_director", "verdict": "ineligible"},
        ],
    }


def test_the_exit_status_is_the_verdict() -> None:
    mid = "general_admin.mid.division_director"
    assert run("why", str(PEOPLE / "reduced-term.yaml"), mid, *ON)[0] == 0
    assert run("why", SHORT, mid, *ON)[0] == 1
    assert run("why", str(PEOPLE / "missing-facts.yaml"), mid, *ON)[0] == 3
    assert run("why", SHORT, "นายกเทศมนตรี", *ON)[0] == 2


STILL_HELD = """
kind: person
id: somchai
name: นายสมชาย ใจดี
education: [{degree: master, field: political_science}]
postings: [{position: general_admin.early.section_head, from: 2563-01-01}]
experience: []
"""


def nodes(node: dict) -> list[dict]:
    return [node, *(below for child in node.get("children", ()) for below in nodes(child))]


def test_why_as_json_has_the_contract_s_shape() -> None:
    mid = "general_admin.mid.division_director"
    status, found = document("why", "-", mid, "--as-of", "2022-12-30", stdin=STILL_HELD.encode())
    assert status == 1
    head = {key: found[key] for key in ("schema", "person", "position", "as_of", "verdict", "earliest")}
    assert head == {
        "schema": "lgreason.explanation/1",
        "person": "somchai",
        "position": mid,
        "as_of": "2022-12-30",
        "verdict": "ineligible",
        "earliest": "2022-12-31",
    }
    assert found["deciding"] == ["std.general_admin.mid.q2.2"]
    tree = {node["clause"]: node for node in nodes(found["reason"])}
    assert found["reason"]["clause"] == "std.general_admin.mid.q" and found["reason"]["op"] == "all"
    node = tree["std.general_admin.mid.q2.2"]
    assert node["holds"] is False and node["op"] == "at_least" and node["reading"] == "A-05"
    assert node["required"] == {"years": 3}
    assert node["measured"] == {"years": 2, "months": 11, "days": 30}
    assert node["shortfall"] == {"years": 0, "months": 0, "days": 1}
    assert node["facts"] == [{"posting": 1}]
    assert set(node["text"]) == {"th", "en"}
    assert node["cite"]["document"] == "มาตรฐานกำหนดตำแหน่ง สายงานบริหารงานทั่วไป"
    assert node["cite"]["place"] == "ระดับกลาง ข้อ ๒.๒"
    assert node["cite"]["quote"].startswith("ดำรงตำแหน่งหรือเคยดำรงตำแหน่งไม่ต่ำกว่าหัวหน้าฝ่าย")
    reduction = tree["std.general_admin.mid.q2.2.reduce"]
    assert reduction["holds"] is True and reduction["role"] == "exception" and reduction["reading"] == "A-01"


def test_the_day_after_the_last_missing_day_is_the_first() -> None:
    mid = "general_admin.mid.division_director"
    status, found = document("why", "-", mid, "--as-of", "31 ธ.ค. 2565", stdin=STILL_HELD.encode())
    assert (status, found["verdict"], found["earliest"]) == (0, "eligible", "2022-12-31")


def test_another_reading_changes_the_answer() -> None:
    part = str(PEOPLE / "part-director.yaml")
    assert run("check", part, "ผอ.สำนัก", *ON)[0] == 1
    assert run("check", part, "ผอ.สำนัก", "--reading", "A-08=counts", *ON)[0] == 0
    status, _, err = run("check", part, "--reading", "A-08=never", "--reading", "Z-1=x", "--lang", "en")
    assert status == 2
    assert err == (
        "Reading A-08 has no choice «never». Choose from: named_only and counts\n"
        "There is no reading «Z-1». There are: A-01, A-02, A-03, A-04, A-05, A-06, A-07, A-08, A-20, "
        "A-20B, A-20C, A-23, A-26, A-27, A-33, A-34, A-35, A-36, B-01, B-02 and B-03\n"
    )


BROKEN = """
kind: person
name: นายทดสอบ
postings:
  - position: หัวหน้าฝ่าย ระดับต้น
    from: 30 กุมภาพันธ์ 2563
  - position: ผู้อำนวยการกอม ระดับกลาง
    from: 2563-01-01
    to: 2562-01-01
  - {position: หัวหน้าฝ่าย, from: 1/10/58}
  - {position: หัวหน้าฝ่าย, from: 2699-01-01}
experiences: []
"""


def test_everything_wrong_with_a_file_is_said_at_once() -> None:
    status, out, err = run("check", "-", stdin=BROKEN.encode())
    assert (status, out) == (2, "")
    lines = err.splitlines()
    places = [line.partition(":")[0] for line in lines]
    assert [place.rpartition("(")[2].rstrip(")") for place in places] == [
        "postings[1].from",
        "postings[2].to",
        "postings[4].from",
        "experiences",
    ]
    assert all("ข้อมูลเข้า บรรทัด" in place for place in places)
    status, out, _ = run("check", "-", "--format", "json", stdin=BROKEN.encode())
    found = json.loads(out)
    assert (status, found["schema"], len(found["findings"])) == (2, "lgreason.findings/1", 4)
    assert all(set(finding["message"]) == {"th", "en"} for finding in found["findings"])
    assert found["findings"][0]["line"] == 6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ไม่มีข้อมูล"),
        (b"\x00\x01\x02PNG", "ข้อความ"),
        ("name: สมชาย".encode("cp874"), "UTF-8"),
        (b"a: " + b"x" * 6_000_000, "ใหญ่"),
        (b"- 1\n- 2\n", "กลุ่มหัวข้อ"),
    ],
)
def test_a_file_that_is_no_person_is_refused_in_words(content: bytes, said: str) -> None:
    status, out, err = run("check", "-", stdin=content)
    assert (status, out) == (2, "")
    assert said in err and "Traceback" not in err and err.count("\n") >= 1


@pytest.mark.parametrize(
    ("arguments", "thai", "english"),
    [
        (
            ("why", SHORT, "ผู้อำนวยการกอง"),
            "«ผู้อำนวยการกอง» อาจหมายถึงตำแหน่งได้มากกว่าหนึ่งตำแหน่ง โปรดระบุ: "
            "ผู้อำนวยการกอง ระดับต้น และ ผู้อำนวยการกอง ระดับกลาง\n",
            "«ผู้อำนวยการกอง» can be more than one position. Say which: "
            "division director, early level; division director, mid level\n",
        ),
        (("chek", SHORT), "ไม่มีคำสั่ง «chek» ลอง check\n", "There is no command «chek»; try check\n"),
        (
            ("check", SHORT, "--quick"),
            "ไม่มีตัวเลือก --quick ลอง --help\n",
            "There is no option --quick; try --help\n",
        ),
        (("why", SHORT), "ยังขาด POSITION (ดูวิธีใช้ด้วย --help)\n", "POSITION is missing (see --help)\n"),
        (
            ("check", SHORT, "--format", "xml"),
            "ค่าของ --format ใช้ไม่ได้ เลือกได้: text และ json\n",
            "The value of --format is not one of: text and json\n",
        ),
        (
            ("kb", "show", "๙.๙.๙"),
            "ไม่พบข้อ «๙.๙.๙» ดูรายการทั้งหมดด้วย lgreason kb list\n",
            "There is no clause «๙.๙.๙»; lgreason kb list lists them all\n",
        ),
    ],
)
def test_wrong_arguments_are_said_in_both_languages(
    arguments: tuple[str, ...], thai: str, english: str
) -> None:
    assert run(*arguments) == (2, "", thai)
    assert run(*arguments, "--lang", "en") == (2, "", english)


def test_the_language_of_the_environment() -> None:
    assert "assessed as of" in run("check", SHORT, LGREASON_LANG="en")[1]


def test_thai_digits() -> None:
    assert "๑ ตุลาคม ๒๕๖๙" in run("check", SHORT, "--digits", "thai", *ON)[1]


def test_a_time_limit_that_is_reached_is_said() -> None:
    status, out, err = run("check", SHORT, "--time-limit", "0.000001")
    assert (status, out) == (4, "")
    assert err == "ครบเวลาที่กำหนด (--time-limit) ก่อนได้คำตอบที่สมบูรณ์\n"


def test_kb_show_finds_a_clause_by_its_place() -> None:
    status, out, _ = run("kb", "show", "กลาง", "๒.๒")
    assert status == 0 and "std.general_admin.mid.q2.2 " in out and "A-05" in out
    _, found = document("kb", "show", "2.2")
    assert {clause["id"] for clause in found["clauses"]} == {
        "std.general_admin.early.q2.2",
        "std.general_admin.mid.q2.2",
        "std.general_admin.high.q2.2",
    }


def test_kb_duties_tell_what_is_new() -> None:
    _, found = document("kb", "duties", "mid", "--new")
    assert found["below"] == "early"
    new = {duty["id"].removeprefix("std.general_admin.mid.duty.") for duty in found["new"]}
    assert {"2.1", "2.5", "2.6", "2.7", "2.8", "2.9", "3.2"} <= new
    assert len(found["new"]) + len(found["carried"]) == 30


def test_coverage_as_json() -> None:
    status, found = document("kb", "coverage")
    assert (status, found["schema"]) == (0, "lgreason.coverage/1")
    assert sum(clause["id"].startswith("std.") for clause in found["clauses"]) == 152
    assert all((ROOT / clause["where"]).is_file() for clause in found["clauses"])


def test_schema_is_a_json_schema() -> None:
    status, out, _ = run("schema", "person")
    schema = json.loads(out)
    assert (status, schema["$schema"]) == (0, "https://json-schema.org/draft/2020-12/schema")
    own = {"kind", "id", "name", "education", "postings", "experience", "competencies"}
    assert own | {"born", "licences", "penalties"} <= set(schema["properties"])
    assert "reprimand" in json.dumps(schema["properties"]["penalties"])
    assert "hours_per_week" in schema["$defs"]["posting"]["properties"]


def test_the_schema_of_an_organisation_offers_the_ids_of_its_terms() -> None:
    status, out, _ = run("schema", "organisation")
    schema = json.loads(out)
    assert (status, schema["$schema"]) == (0, "https://json-schema.org/draft/2020-12/schema")
    assert {"id", "type", "fiscal", "posts", "units", "plan"} < set(schema["properties"])
    assert schema["$defs"]["sao_size"]["anyOf"][0] == {"enum": ["large", "medium", "small"]}
    assert "องค์กรปกครองส่วนท้องถิ่น" in out


def test_starting_a_question_imports_no_parser_and_no_terminal() -> None:
    code = (
        "import sys\nsys.argv = ['lgreason', 'why', PERSON, 'general_admin.mid.division_director']\n"
        "from lgreason.cli.app import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('lark', 'prompt_toolkit', 'rich') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code.replace("PERSON", repr(SHORT))],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_options_may_stand_before_the_command() -> None:
    assert run("--lang", "en", "check", SHORT, *ON) == run("check", SHORT, *ON, "--lang", "en")
    assert run("--lang", "en", "kb", "show", "A-08") == run("kb", "show", "A-08", "--lang", "en")
    status, out, _ = run("--lang", "en", "repl", SHORT, stdin=b"people\n")
    assert (status, "somchai" in out) == (0, True)
    assert run("--lang", "en", stdin=b"help\n")[0] == 0


def test_how_as_json_has_the_contract_s_shape() -> None:
    """Section head since 1 Jan 2563 with a bachelor's: 4 years on 31 Dec 2566, or 3 with a master's."""
    held = STILL_HELD.replace("degree: master, field: political_science", "degree: bachelor")
    mid = "general_admin.mid.division_director"
    status, found = document("how", "-", mid, "--as-of", "2021-12-31", stdin=held.encode())
    assert (status, found["schema"], found["person"], found["position"]) == (
        *(0, "lgreason.remedies/1"),
        *("somchai", mid),
    )
    waiting = next(r for r in found["remedies"] if [c["kind"] for c in r["changes"]] == ["serve"])
    assert waiting["earliest"] == "2023-12-31"
    (change,) = waiting["changes"]
    assert (change["class"], change["entries"], change["until"]) == ("time", [{"posting": 1}], "2023-12-31")
    assert set(change["text"]) == {"th", "en"}
    master = next(r for r in found["remedies"] if r["changes"][0].get("degree") == "master")
    assert [c["kind"] for c in master["changes"]] == ["obtain", "serve"]
    assert master["earliest"] == "2022-12-31"
    assert (
        len(
            document("how", "-", mid, "--as-of", "2021-12-31", "--max", "1", stdin=held.encode())[1][
                "remedies"
            ]
        )
        == 1
    )
