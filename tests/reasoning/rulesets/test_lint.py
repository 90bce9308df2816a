"""Rules as a whole: each set of a corpus has one fault that must be said of the right clauses, and nothing else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from lgreason.answers.session import Session
from lgreason.cli.app import program
from lgreason.language.checking.files import read_files
from lgreason.language.comparing.linting import lint_book
from lgreason.reasoning.rulesets.lint import Lint
from lgreason.report.wording import Wording
from lgreason.rules.knowledge import Library

SETS = sorted(path.parent for path in (Path(__file__).parent / "lint").glob("*/expect.json"))
CODES = {
    "01": {"lint_never", "lint_nobody"},
    "02": {"lint_contained"},
    "03": {"lint_contained"},
    "05": {"lint_swallowed"},
    "07": {"lint_amended_twice"},
    "09": {"lint_lossy"},
    "10": {"lint_lossy"},
    "12": {"lint_cites_repealed"},
    "13": {"lint_easier_above"},
    "14": {"lint_gap"},
    "16": {"lint_never"},
    "18": {"lint_time_gap"},
    "20": {"lint_without_effect"},
}


@cache
def library() -> Library:
    return Library()


def linted(file: Path) -> list[Lint]:
    book, _ = read_files([str(file)], library())
    return lint_book(book, Session("en", library=library()))


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_the_fault_of_a_set_is_found_and_nothing_else(folder: Path) -> None:
    expected = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    found = linted(folder / "rules.rules")
    assert {each.finding.code for each in found} == CODES[folder.name]
    for each in found:
        assert each.finding.severity == expected["severity"]
        assert sorted(each.clauses) == sorted(expected["clauses"])
        assert each.proved or each.witness is not None
        assert each.finding.place is not None and each.finding.place.line
        for language in ("th", "en"):
            said = Wording(language).finding(each.finding)
            assert any(clause in said for clause in each.clauses) or "position" in each.finding.args


SOUND = (SETS[0] / "rules.rules").read_text(encoding="utf-8").partition("กฎ notice.never")[0]


def of(tmp_path: Path, text: str) -> dict[str, Lint]:
    file = tmp_path / "some.rules"
    file.write_text(text, encoding="utf-8")
    return {each.finding.code: each for each in linted(file)}


def test_sound_rules_have_no_finding(tmp_path: Path) -> None:
    assert of(tmp_path, SOUND) == {}


def test_two_exceptions_that_can_both_hold(tmp_path: Path) -> None:
    """Three years for a doctorate, two for a master's: who has both must meet both, and so three."""
    lowered = "".join(
        f"""
กฎ notice.{name}
  เอกสาร: notice
  ที่: "ลดเวลา" / "reduction"
  กำหนดว่า กำหนดเวลา ๔ ปี ตามข้อ notice.q2.1 ให้ลดเป็น {years} ปี สำหรับผู้ที่ได้รับ{degree}ทุกสาขา
"""
        for name, years, degree in (("doctor", "๓", "ปริญญาเอก"), ("master", "๒", "ปริญญาโท"))
    )
    found = of(tmp_path, SOUND + lowered)
    witness = found["lint_exceptions"].witness
    assert witness is not None
    assert {each["degree"] for each in witness["education"]} == {"master", "doctorate"}


def test_bands_that_overlap(tmp_path: Path) -> None:
    (folder,) = [each for each in SETS if each.name == "14"]
    text = (folder / "rules.rules").read_text(encoding="utf-8")
    assert "450 ล้านบาท" in text
    found = of(tmp_path, text.replace("450 ล้านบาท", "350 ล้านบาท"))
    assert set(found) == {"lint_overlap"}
    assert found["lint_overlap"].clauses == ("band.q1", "band.q2")
    assert of(tmp_path, text.replace("450 ล้านบาท", "400 ล้านบาท")) == {}


QUOTA = """
กฎ notice.fewer
  เอกสาร: org
  ที่: "ประกาศ ข้อ ๙" / "notice, item 9"
  ใช้บังคับ: ตั้งแต่ 1 ตุลาคม 2568
  {amends}กำหนดว่า เทศบาลประเภทพิเศษกำหนดให้มีรองปลัดได้ไม่เกิน 2 อัตรา
"""


def test_a_number_beside_an_older_one(tmp_path: Path) -> None:
    """The table allows three; a rule that does not amend it leaves both in force."""
    found = of(tmp_path, SOUND + QUOTA.format(amends=""))
    assert found["lint_quota_beside"].clauses == ("notice.fewer", "org.mun.s15.sp.deputy.number")
    assert found["lint_quota_beside"].finding.args["n"] == 2
    amending = QUOTA.format(amends="แก้ไข: org.mun.s15.sp.deputy.number\n  ")
    assert "lint_quota_beside" not in of(tmp_path, SOUND + amending)


def test_a_kind_of_organisation_without_a_clerk_has_no_valid_structure(tmp_path: Path) -> None:
    none = QUOTA.replace("กำหนดให้มีรองปลัดได้ไม่เกิน 2 อัตรา", "ไม่มีตำแหน่งปลัด").format(amends="")
    found = of(tmp_path, SOUND + none)
    assert {"lint_no_structure", "lint_none_opened"} <= found.keys()
    assert found["lint_no_structure"].finding.severity == "error"
    for language in ("th", "en"):
        assert "notice.fewer" in Wording(language).finding(found["lint_no_structure"].finding)


def test_an_example_that_no_longer_comes_out(tmp_path: Path) -> None:
    example = """
ตัวอย่าง "ไม่มีปริญญา"
  ตำแหน่ง: หัวหน้าฝ่ายสมมุติ
  ณ วันที่: 30 มิถุนายน 2569
  บุคคล:
    education: []
    postings: []
    experience: []
  ผล: มีสิทธิ
"""
    assert set(of(tmp_path, SOUND + example)) == {"lint_example"}
    assert of(tmp_path, SOUND + example.replace("ผล: มีสิทธิ", "ผล: ไม่มีสิทธิ")) == {}


def test_the_command_prints_the_findings_with_their_clauses() -> None:
    (folder,) = [each for each in SETS if each.name == "02"]
    arguments = ["rules", "lint", str(folder / "rules.rules"), "--format", "json"]
    done = CliRunner().invoke(program, arguments, standalone_mode=False)
    assert done.return_value == 1
    document = json.loads(done.stdout)
    assert document["schema"] == "lgreason.findings/1"
    (found,) = document["findings"]
    assert (found["code"], found["severity"], found["proved"]) == ("lint_contained", "warning", True)
    assert found["clauses"] == ["notice.q2.3", "notice.q2.1"]
    assert "notice.q2.3" in found["message"]["th"] and "notice.q2.3" in found["message"]["en"]


def test_ages_that_no_one_has_are_told_by_check_too(tmp_path: Path) -> None:
    """At least forty and at most thirty-nine cannot be; at least forty and at most forty can, for a day."""
    for most, codes in ((39, {"rule_contradiction"}), (40, set())):
        file = tmp_path / "some.rules"
        file.write_text(
            'rule t.q\n  document: std.general_admin\n  place: "ก" / "a"\n  provides that the person must meet '
            f"all of the following: (1) be at least 40 years of age (2) be at most {most} years of age\n",
            encoding="utf-8",
        )
        assert {fault.code for _, fault in read_files([str(file)], Library())[1]} == codes
