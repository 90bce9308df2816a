"""For every condition of a rule a person just inside and one just outside, as examples that the rules bear out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lgreason.cli.app import program

RULES = Path(__file__).parent / "diff" / "11" / "new.rules"


def run(*arguments: str):
    return CliRunner().invoke(program, ["rules", *arguments], standalone_mode=False)


def test_the_examples_of_a_rule_come_out_as_they_say(tmp_path: Path) -> None:
    done = run("examples", "notice.q", "--rules", str(RULES), "--as-of", "2026-06-30")
    assert done.return_value == 0
    file = tmp_path / "with-examples.rules"
    file.write_text(RULES.read_text(encoding="utf-8") + "\n" + done.stdout, encoding="utf-8")
    tested = json.loads(run("test", str(file), "--format", "json").stdout)["examples"]
    # Items 1, 2 (1) with its four and its three years, the doctorate, 2 (2), and 3: one each side.
    assert len(tested) == 12
    assert all(each["passed"] for each in tested)
    assert [each["expected"] for each in tested] == ["eligible", "ineligible"] * 6


def test_each_side_of_a_term_is_one_day_from_the_other() -> None:
    done = run(
        "examples", "notice.q2.1", *("--rules", str(RULES), "--as-of", "2026-06-30", "--format", "json")
    )
    document = json.loads(done.stdout)
    assert document["schema"] == "lgreason.examples/1"
    four, three, degree = document["examples"]
    assert degree["clause"] == "notice.q2.1.exception"
    # Four years to 30 June 2026 begin on 1 July 2022, three with a doctorate on 1 July 2023.
    assert "2022-07-01" in four["inside"] and "2022-07-02" in four["outside"]
    assert "doctorate" not in four["inside"]
    assert "2023-07-01" in three["inside"] and "2023-07-02" in three["outside"]
    assert "doctorate" in three["inside"] and "doctorate" in three["outside"]


def test_a_shipped_position_has_a_person_on_both_sides_of_each_condition() -> None:
    done = run("examples", "std.general_admin.early.q3", "--format", "json", "--lang", "en")
    examples = json.loads(done.stdout)["examples"]
    assert len(examples) >= 5
    assert all(each["position"] == "general_admin.early.section_head" for each in examples)
    assert sum(each["inside"] is not None for each in examples) >= len(examples) - 2


def test_a_clause_that_is_no_condition_is_refused() -> None:
    """The figure of slide 28 that is lost decides only under another reading."""
    done = run("examples", "org.mun.s28.3.units.figure")
    assert "examples_no_condition" in str(done.exception)


@pytest.mark.parametrize(
    ("clause", "differs", "boundaries"),
    [
        ("org.pao.s13.vacancy", ("vacant: 20", "vacant: 21"), 1),
        ("org.sao.s47.2", ("sections: 2", "sections: 3"), 1),
        ("org.mun.s28.scope", ("workload_analysis: passed", "workload_analysis: failed"), 4),
    ],
)
def test_a_condition_of_organisations_has_an_organisation_on_both_sides(
    clause: str, differs: tuple[str, str], boundaries: int, tmp_path: Path
) -> None:
    """Of a frame of 100 twenty may be vacant, not more; a unit of a medium SAO has two sections at most."""
    done = run("examples", clause, "--lang", "en")
    file = tmp_path / "examples.rules"
    file.write_text(done.stdout, encoding="utf-8")
    tested = json.loads(run("test", str(file), "--format", "json").stdout)["examples"]
    assert len(tested) == 2 * boundaries and all(each["passed"] for each in tested)
    inside, outside, *_ = done.stdout.split("\n\n")
    told = [set(text.split("\n")[3:]) for text in (inside, outside)]
    assert differs[0] in inside and differs[1] in outside
    assert all(differs[0] in line or "verdict" in line for line in told[0] - told[1])
