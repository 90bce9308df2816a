"""Plans that destroy the ground on which they stand, and what is left: worked out by hand from the slides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import clingo
import pytest

from tests.cli.test_commands import run

HERE = Path(__file__).parent / "organisations"


def told(name: str, *arguments: str, file: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(name, str(HERE / file), "--format", "json", *arguments)[1])
    return document


@pytest.mark.parametrize(
    ("file", "readings", "verdict", "broken"),
    [
        # the deputy screens กองคลัง, the one unit at mid level, which the plan gives up (lo3) or lowers (lo4)
        ("lo3.yaml", (), "forbidden", "org.mun.s28.3.units"),
        ("lo4.yaml", (), "forbidden", "org.mun.s28.3.units"),
        ("lo3.yaml", ("B-07=today",), "allowed", None),
        # S45.2 asks for a filled head at mid level: the plan lowers the only one
        ("lo5.yaml", (), "forbidden", "org.sao.s45.2"),
        ("lo5.yaml", ("B-07=today",), "allowed", None),
        ("lo5.yaml", ("B-08=not_known",), "forbidden", "org.sao.s45.2"),
        # S25 gives a clerk at early level over 35 per cent; it is 35.00 exactly
        ("lo1.yaml", (), "forbidden", "org.mun.s25.gt35"),
        ("lo1.yaml", ("B-04=raised",), "allowed", None),
        ("m1-ord.yaml", (), "allowed", None),
        ("m8.yaml", (), "forbidden", "org.mun.s28.3.units"),
    ],
)
def test_plans(file: str, readings: tuple[str, ...], verdict: str, broken: str | None) -> None:
    asked = [part for reading in readings for part in ("--reading", reading)]
    found = told("validate", *asked, file=file)
    assert found["verdict"] == verdict
    assert (broken in [each["clause"] for each in found["violations"]]) is (broken is not None)


def test_what_nobody_stated_has_not_failed() -> None:
    """The second deputy of m8 is described nowhere: whether its work was evaluated is not known."""
    found = told("validate", file="m8.yaml")
    assert "org.mun.s28.method" not in [each["clause"] for each in found["violations"]]


def test_what_is_lost_is_said() -> None:
    found = told("validate", file="lo1.yaml")
    assert [(each["post"], each["fate"], each["filled"]) for each in found["lost"]] == [
        ("clerk", "lowered", True),
        ("deputy", "given_up", True),
    ]
    assert [each["clause"] for each in found["procedure"]][2:4] == [
        "org.mun.s26.incumbent",
        "org.mun.s26.support",
    ]


@pytest.mark.parametrize(
    ("file", "arguments", "sure", "conditional"),
    [
        ("lo5.yaml", ("--reading", "B-07=today"), 108, 0),
        ("lo5.yaml", (), 90, 0),
        ("lo5.yaml", ("--reading", "B-08=not_known"), 90, 9),
        ("m1-ord.yaml", (), 72, 0),
        # a deputy at mid level besides wants three sections: of its 18 structures the 6 with 1+2, 2+1 or 2+2 stay
        ("lo5.yaml", ("--rules", str(HERE / "sections.rules")), 78, 0),
        # one section at most in all: of the nine numbers of sections of two units, of 10 structures each, three stay
        ("lo5.yaml", ("--rules", str(HERE / "number.rules")), 30, 0),
    ],
)
def test_structures_are_counted_as_clingo_counts_them(
    file: str, arguments: tuple[str, ...], sure: int, conditional: int
) -> None:
    found = told("structures", *arguments, file=file)
    assert (found["count"]["value"], found["conditional"]["value"]) == (sure, conditional)
    assert len(found["options"]) == sure + conditional and found["complete"]
    assert "B-04" in found["readings"]
    text = run("facts", str(HERE / file), "--structures", *arguments)[1]
    for certain, expected in ((1, sure), (0, sure + conditional)):
        control = clingo.Control(["0", "--project=show", "-c", f"certain={certain}", "--warn=none"])
        control.add("base", [], text)
        control.ground([("base", [])])
        models: list[None] = []
        control.solve(on_model=lambda _, models=models: models.append(None))
        assert len(models) == expected


def test_a_number_that_a_rule_sets_refuses_the_plan_that_has_more() -> None:
    """The plan of lo5 has two sections in each of two units, the rule allows one."""
    found = told("validate", "--rules", str(HERE / "number.rules"), file="lo5.yaml")
    assert "local.heads" in [each["clause"] for each in found["violations"]]


def test_a_rule_that_looks_at_another_post_explains_itself() -> None:
    found = told(
        "structures",
        *("--rules", str(HERE / "sections.rules"), "--require", "deputies.mid=1"),
        *("--require", "กองคลัง.sections=0"),
        file="lo5.yaml",
    )
    assert found["count"]["value"] == 0
    assert {each["choice"] for each in found["conflict"]["requirements"]} == {
        "deputies.mid",
        "units.fin.sections",
    }
    assert "local.deputy" in found["conflict"]["clauses"]


def test_requirements_that_exclude_each_other_are_named_alone() -> None:
    asked = [part for step in ("clerk=mid", "deputies.mid=1", "กองคลัง=early") for part in ("--require", step)]
    found = told("structures", *asked, file="lo5.yaml")
    assert [(each["choice"], each["value"]) for each in found["conflict"]["requirements"]] == [
        ("deputies.mid", 1),
        ("units.fin.level", "early"),
    ]
    assert found["conflict"]["clauses"] == ["org.sao.s45.2"]


def test_the_nearest_come_first() -> None:
    found = told("structures", "--nearest", "3", file="lo5.yaml")
    assert [(each["lost"], each["changes"]) for each in found["options"]] == [(0, 0), (0, 1), (0, 1)]


def test_an_option_beyond_the_last_is_refused(tmp_path: Path) -> None:
    asked = ("--svg", str(tmp_path / "a.svg"), "--option", "91")
    status, _, _ = run("structures", str(HERE / "lo5.yaml"), *asked)
    assert status == 2 and not (tmp_path / "a.svg").exists()


@pytest.mark.parametrize("file", ["x1.yaml", "x2.yaml"])
def test_a_file_with_one_year_or_without_years_is_read(file: str) -> None:
    found = told("burden", file=file)
    assert found["previous"]["percent"] == "27.50"
    if file == "x1.yaml":  # nothing is known of the requested year: half of 27.5 at the least
        assert (found["within"], found["mean"], found["mean_at_least"]) == (None, None, "13.75")
    else:
        assert (found["within"], found["mean"]) == (True, "28.63")


def test_a_candidate_is_as_unknown_as_the_size() -> None:
    posts = told("posts", file="x3.yaml")["posts"]
    (mid,) = [each for each in posts if (each["post"], each["level"]) == ("deputy", "mid")]
    assert mid["verdict"] == "undetermined" and mid["candidates"] == [
        {"deputy": 1, "verdict": "undetermined"}
    ]


def test_two_changes_of_one_figure_are_one_from_today() -> None:
    """Nine million invested of a budget of 60; the type wants 80, of which 20 per cent are 16."""
    found = told("how", "ordinary_high", file="m1-ord.yaml")
    changes = [each for each in found["remedies"][0]["changes"] if each["about"] == "previous.investment"]
    assert [(each["from"], each["to"]) for each in changes] == [({"baht": 9_000_000}, {"baht": 16_000_000})]
