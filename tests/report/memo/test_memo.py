"""The memorandum: what it counts can be counted again by hand, and the Word file holds what the text says."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from lgreason.answers.memo import PLAN, MemoReply, memo
from lgreason.answers.session import Session
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.person.person import Person
from lgreason.report.memo.memo import Chart, Head, MemoTable, Passage
from tests.cli.test_commands import run

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
MID = "general_admin.mid.division_director"
DAY = date(2026, 11, 27)


def person(name: str, session: Session) -> Person:
    found = session.load(str(EXAMPLES / "people" / name))
    assert isinstance(found, Person)
    return found


def tables(reply: MemoReply) -> list[MemoTable]:
    return [block for part in reply.memo.sections for block in part.blocks if isinstance(block, MemoTable)]


def test_three_stretches_are_counted_so_that_one_can_count_them_again() -> None:
    session = Session("en", as_of=DAY)
    table = tables(memo(session, person("several-stretches.yaml", session), MID))[0]
    # 1 Jan – 31 Aug 2017, 1 Jan – 16 Dec 2018, 1 Jun – 14 Oct 2019, by the calendar, both days included.
    assert [row[4:] for row in table.rows] == [("0", "8", "0"), ("0", "11", "16"), ("0", "4", "14")]
    assert table.total[4:] == ("2", "0", "0")  # 23 months and 30 days, which are a month
    assert "short by 2 years" in table.notes[-1]


def test_under_the_other_reading_days_are_counted() -> None:
    session = Session("en", as_of=DAY, readings={"A-20": "days"})
    table = tables(memo(session, person("several-stretches.yaml", session), MID))[0]
    # The first day is left out: 31 Aug is day 242 after 1 Jan 2017, and so on.
    assert [row[4:] for row in table.rows] == [("242",), ("349",), ("135",)]
    assert table.total[4:] == ("726",)


def test_overlapping_posts_are_one_stretch() -> None:
    session = Session("en", as_of=DAY)
    table = tables(memo(session, person("overlapping-posts.yaml", session), MID))[0]
    assert all(";" in row[1] for row in table.rows[:1])


def test_it_says_what_is_short_by_which_clause_and_that_waiting_does_not_help() -> None:
    session = Session("th", as_of=DAY)
    reply = memo(session, person("one-day-short.yaml", session), MID)
    text = "\n".join(line.text for line in reply.lines)
    assert "ขาดอีก 1 วัน" in text and "ระดับกลาง ข้อ ๒.๒" in text and "แม้รอต่อไปก็ยังไม่มีสิทธิ" in text
    assert reply.status == 1
    assert reply.document["schema"] == "lgreason.memo/1" and reply.document["verdict"] == "ineligible"


def test_several_persons_stand_in_one_table_with_those_eligible_first() -> None:
    session = Session("th", as_of=DAY)
    people = [person(name, session) for name in ("one-day-short.yaml", "part-director.yaml")]
    (table,) = tables(memo(session, people, MID))
    assert [row[2] for row in table.rows] == ["มีสิทธิ", "ไม่มีสิทธิ"]
    assert table.rows[1][4].startswith("ระดับกลาง ข้อ ๒.๒")


def read_back(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_word_file_holds_what_was_filled_in_and_what_the_text_says() -> None:
    session = Session("th", as_of=DAY)
    reply = memo(session, person("one-day-short.yaml", session), MID)
    text = read_back(reply.docx(Head(office="สำนักปลัด", to="นายกเทศมนตรี", signer="นางสาวรัตนา ดีงาม")))
    assert "สำนักปลัด" in text and "นายกเทศมนตรี" in text and "(นางสาวรัตนา ดีงาม)" in text
    for section in reply.memo.sections:
        assert section.heading in text
        for block in section.blocks:
            if isinstance(block, MemoTable):
                assert all(cell in text for row in (block.columns, *block.rows, block.total) for cell in row)
                assert all(note in text for note in block.notes)
            elif isinstance(block, Passage):
                assert all(line.text in text for line in block.lines)


def test_thai_runs_carry_the_font_size_and_language_of_complex_scripts() -> None:
    session = Session("th", "thai", as_of=DAY)
    content = memo(session, person("one-day-short.yaml", session), MID).docx()
    document = Document(BytesIO(content))
    for paragraph in document.paragraphs:
        for part in paragraph.runs:
            properties = part._r.rPr
            assert properties.find(qn("w:rFonts")).get(qn("w:cs")) == "TH Sarabun New"
            assert properties.find(qn("w:szCs")) is not None
            assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
    assert not any(sign in read_back(content) for sign in "0123456789")


@pytest.mark.parametrize(
    ("file", "about", "status", "says"),
    [
        ("town-worked-example.yaml", PLAN, 0, "ร้อยละ 28.63"),
        ("sao-small.toml", ("deputy", "high"), 1, "ยังกำหนดตำแหน่ง"),
        ("town-to-be-raised.yaml", "special", 1, "ปรับ"),
        ("missing-facts.yaml", None, 3, "ข้อเท็จจริงที่ควรตรวจสอบเพิ่มเติม"),
    ],
)
def test_of_an_organisation(file: str, about: str | tuple[str, str] | None, status: int, says: str) -> None:
    session = Session("th", as_of=DAY)
    organisation = session.load(str(EXAMPLES / "organisations" / file))
    assert isinstance(organisation, Organisation)
    reply = memo(session, organisation, about)
    assert says in "\n".join(line.text for line in reply.lines)
    assert "fiscal." not in "\n".join(line.text for line in reply.lines if "สไลด์" in line.text)
    assert reply.status == status
    assert reply.memo.subject in read_back(reply.docx())


def test_the_command_writes_the_file_and_says_so(tmp_path: Path) -> None:
    target = tmp_path / "memo.docx"
    file = EXAMPLES / "people" / "one-day-short.yaml"
    asked = ("memo", str(file), "ผู้อำนวยการกอง ระดับกลาง", "--docx", str(target), "--as-of", "2026-11-27")
    status, out, _ = run(*asked)
    assert status == 1 and str(target) in out
    assert "นายสมชาย ใจดี" in read_back(target.read_bytes())


def test_the_command_refuses_a_person_beside_an_organisation() -> None:
    person_file = EXAMPLES / "people" / "one-day-short.yaml"
    organisation_file = EXAMPLES / "organisations" / "pao.yaml"
    status, _, errors = run("memo", str(person_file), str(organisation_file), MID, "--lang", "en")
    assert status == 2 and "not on both" in errors


def test_a_plan_has_its_chart_on_paper() -> None:
    session = Session("th", as_of=DAY)
    organisation = session.load(str(EXAMPLES / "organisations" / "town-worked-example.yaml"))
    assert isinstance(organisation, Organisation)
    reply = memo(session, organisation, PLAN)
    (chart,) = [block for part in reply.memo.sections for block in part.blocks if isinstance(block, Chart)]
    # One clerk, one deputy, raised to the middle level, and the three units of the plan.
    assert [len(level) for level in chart.levels] == [1, 1, 3]
    assert [cell.state for cell in chart.levels[1]] == ["raised"]
    text = read_back(reply.docx())
    assert all(cell.name in text for level in chart.levels for cell in level) and "ปรับระดับสูงขึ้น" in text
