"""Two sets of rules side by side: the pairs of a corpus, each with the clauses that differ and who is touched."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from lgreason.cli.app import program
from lgreason.language.comparing.comparing import side_of
from lgreason.reasoning.rulesets.difference import Difference
from lgreason.reasoning.rulesets.sides import Side
from lgreason.rules.knowledge import Library

PAIRS = sorted(path.parent for path in (Path(__file__).parent / "diff").glob("*/expect.json"))
DAY = date(2026, 6, 30)
HEAD = "invented.early.head"


@cache
def library() -> Library:
    return Library()


def side(path: str, day: date = DAY) -> Side:
    return side_of(path, library(), day, {})[0]


@cache
def difference(folder: Path) -> Difference:
    return Difference(side(str(folder / "old.rules")), side(str(folder / "new.rules")))


def head(folder: Path):
    (found,) = [each for each in difference(folder).positions if each.id == HEAD]
    return found


def plain(file: Path) -> dict[str, object]:
    return json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))


@pytest.mark.parametrize("folder", PAIRS, ids=lambda path: path.name)
def test_the_clauses_that_differ_and_who_is_touched(folder: Path) -> None:
    expected = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    found, position = difference(folder), head(folder)
    assert [each.id for each in found.clauses] == expected["text_changes"]
    ways = {"gains": position.gains, "losses": position.losses}
    touched = {"gains" if w["new"] == "eligible" else "losses" for w in expected["witnesses"]}
    for way, affected in ways.items():
        assert (affected.witness is not None) == (way in touched), way
        assert affected.proved == (way not in touched), way
    assert position.alike == (not expected["difference"])
    for witness in expected["witnesses"]:  # the file of the corpus comes out as it says, by both rules
        file = plain(folder / witness["file"])
        assert found.old.verdict(file, HEAD) == witness["old"]
        assert found.new.verdict(file, HEAD) == witness["new"]


@pytest.mark.parametrize("folder", PAIRS, ids=lambda path: path.name)
def test_a_witness_is_judged_otherwise_by_the_two_rules(folder: Path) -> None:
    found, position = difference(folder), head(folder)
    for affected, old, new in (
        (position.gains, "ineligible", "eligible"),
        (position.losses, "eligible", "ineligible"),
    ):
        if affected.witness is not None:
            file = dict(affected.witness)
            assert (found.old.verdict(file, HEAD), found.new.verdict(file, HEAD)) == (old, new)


def test_the_smallest_witness_has_exactly_the_old_term() -> None:
    """Four years become five: who has four to the day loses. Four years to 30 June 2026 began on 1 July 2022."""
    (folder,) = [pair for pair in PAIRS if pair.name == "01"]
    witness = head(folder).losses.witness
    assert witness is not None
    assert witness["postings"] == [{"type": "academic", "level": "professional", "from": "2022-07-01"}]
    assert [each["from"] for each in witness["experience"]] == ["2025-07-01"]


def test_the_base_against_itself_is_the_same_for_everybody() -> None:
    same = Difference(side("base"), side("base"))
    assert same.clauses == ()
    assert len(same.positions) == len(library().under().posts)
    assert all(each.alike for each in same.positions)


def test_rules_are_compared_as_they_count_on_two_dates(tmp_path: Path) -> None:
    (folder,) = [pair for pair in PAIRS if pair.name == "01"]
    text = (folder / "old.rules").read_text(encoding="utf-8")
    amended = f"""{text}

กฎ notice.am
  เอกสาร: notice
  ที่: "ฉบับที่ ๒" / "no. 2"
  ใช้บังคับ: ตั้งแต่ 1 ตุลาคม 2569
  แก้ไข: notice.q3
  กำหนดว่า ต้องปฏิบัติงานการคลัง มาแล้วไม่น้อยกว่า ๒ ปี
"""
    file = tmp_path / "amended.rules"
    file.write_text(amended, encoding="utf-8")
    found = Difference(side(f"{file}@2026-09-30"), side(f"{file}@2026-10-01"))
    (position,) = [each for each in found.positions if each.id == HEAD]
    assert position.gains.proved
    assert position.losses.witness is not None
    assert [e["from"] for e in position.losses.witness["experience"]] == ["2025-07-01"]


def run(*arguments: str):
    return CliRunner().invoke(program, ["rules", "diff", *arguments], standalone_mode=False)


def test_the_command_prints_the_document_and_the_roster() -> None:
    (folder,) = [pair for pair in PAIRS if pair.name == "01"]
    files = [str(folder / name) for name in ("old.rules", "new.rules", "witness1.yaml")]
    done = run(*files[:2], "--roster", files[2], "--as-of", "2026-06-30", "--format", "json")
    assert done.return_value == 1
    document = json.loads(done.stdout)
    assert document["schema"] == "lgreason.diff/1"
    (clause,) = document["clauses"]
    assert (clause["id"], clause["change"]) == ("notice.q2.1", "changed")
    assert "4" in clause["was"]["text"]["th"] and "5" in clause["is"]["text"]["en"]
    assert document["roster"]["lose"] == 1 and document["roster"]["gain"] == 0
    assert document["roster"]["persons"][0]["clauses"] == ["notice.q2.1"]
    (position,) = [each for each in document["positions"] if each["position"] == HEAD]
    assert position["gains"] == {"witness": None, "proved": True}
    assert position["losses"]["witness"]["kind"] == "person"


@pytest.mark.parametrize(("language", "words"), [("th", "พิสูจน์แล้ว"), ("en", "proved")])
def test_equivalent_wordings_are_said_to_be_proved(language: str, words: str) -> None:
    (folder,) = [pair for pair in PAIRS if pair.name == "16"]
    done = run(str(folder / "old.rules"), str(folder / "new.rules"), "--lang", language)
    assert done.return_value == 0
    assert words in done.stdout


def test_a_change_in_force_later_is_compared_on_its_day(tmp_path: Path) -> None:
    """The age limit falls on 1 October 2027 alone: nothing differs today, somebody loses on that day."""
    rule = (
        'rule t.age\n  document: std.general_admin\n  place: "ก" / "a"\n  in force: from 1 October 2027\n'
        "  amends: std.general_admin.early.q1\n  provides that the person must be at least 30 years of age\n"
    )
    file = tmp_path / "later.rules"
    file.write_text(rule, encoding="utf-8")
    arguments = ["rules", "diff", "base", str(file), "--as-of", "2026-06-30", "--format", "json"]
    document = json.loads(CliRunner().invoke(program, arguments, standalone_mode=False).stdout)
    assert all(p["same_where_not_known"] for p in document["positions"])
    assert document["changes_later"] == ["2027-10-01"]
    (later,) = document["later"]
    assert later["as_of"] == "2027-10-01"
    touched = {p["position"]: p for p in later["positions"]}["general_admin.early.section_head"]
    assert touched["losses"]["witness"] is not None
