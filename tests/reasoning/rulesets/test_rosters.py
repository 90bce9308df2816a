"""Who of a roster gains and who loses by a change: counted by hand, in the document and in the spreadsheet."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from python_calamine import load_workbook

from lgreason.cli.app import program

RULES = """rule t.am
  document: std.general_admin
  place: "ฉบับที่ ๒" / "No. 2"
  in force: from 1 October 2020
  amends: std.general_admin.early.q3.1
  provides that the person must have held academic, professional for not less than 5 years
"""


def person(identity: str, since: str) -> str:
    post = {"type": "academic", "level": "professional", "from": since}
    work = {"work": "policy_planning", "from": "2015-01-01"}
    degree = {"degree": "bachelor", "field": "law"}
    row = {"kind": "person", "id": identity, "name": f"คน {identity}"}
    return json.dumps({**row, "education": [degree], "postings": [post], "experience": [work]})


def test_who_has_four_years_but_not_five_loses(tmp_path: Path) -> None:
    """Five years take the place of a degree, beside the four that stand: of three persons one has four but not five.

    On 30 June 2026 four years began by 1 July 2022, five by 1 July 2021.
    """
    roster, rules, out = tmp_path / "r.jsonl", tmp_path / "am.rules", tmp_path / "moved.xlsx"
    persons = [("a", "2021-07-01"), ("b", "2021-07-02"), ("c", "2022-07-02")]
    roster.write_text("\n".join(person(*each) for each in persons) + "\n", encoding="utf-8")
    rules.write_text(RULES, encoding="utf-8")
    asked = ["rules", "diff", "base", str(rules), "--roster", str(roster), "--out", str(out)]
    done = CliRunner().invoke(
        program, [*asked, "--as-of", "2026-06-30", "--format", "json"], standalone_mode=False
    )
    found = json.loads(done.stdout)["roster"]
    assert (found["gain"], found["lose"], found["of"], found["aside"]) == (0, 1, 3, 0)
    (lost,) = found["persons"]
    assert (lost["id"], lost["name"], lost["old"], lost["new"]) == ("b", "คน b", "eligible", "ineligible")
    assert lost["position"] == "general_admin.early.section_head"
    assert "t.am" in lost["clauses"]
    rows = load_workbook(str(out)).get_sheet_by_index(0).to_python()
    assert [row[:3] for row in rows[3:]] == [["−", "b", "คน b"]]
    assert "t.am" in rows[3][6]
