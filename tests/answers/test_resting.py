"""Whether an answer says on which reading it rests: where another reading changes it, and nowhere else.

The town has one mid-level unit under its deputy's order. S28.3 asks for "at least … unit", the figure lost: 1 is read
(A-16), 2 and "not known" are the other readings. So the deputy at mid level rests on A-16 if the order holds one
unit, and on nothing if it holds two, or none.
"""

from __future__ import annotations

import copy
import io
import json
import random
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from lgreason.answers.drawing import plan_drawn
from lgreason.answers.memo import memo
from lgreason.answers.organisations import burden, classify, posts, validate
from lgreason.answers.persons import Reply
from lgreason.answers.plans import compare
from lgreason.answers.session import Session
from lgreason.answers.structures import StructureAnswer, StructureQuery
from lgreason.files.organisation.organisation import Organisation
from lgreason.files.organisation.reading import load_organisation
from lgreason.files.source.read import read_source
from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.reasoning.organisations.resting import rests_of_post
from lgreason.reasoning.structures.judging import PlanJudge
from lgreason.reasoning.structures.resting import rests_of_plan
from tests.evaluator.random_organisations import random_organisation

DAY = date(2016, 11, 1)
RAISED = Path(__file__).parents[2] / "docs" / "examples" / "organisations" / "town-to-be-raised.yaml"


def _unit(name: str, level: str) -> dict[str, Any]:
    head = {"level": level, "filled": True}
    return {"id": name, "exists": True, "kind": "division", "head": head, "sections": 0, "parts": 0}


TOWN: dict[str, Any] = {
    "kind": "organisation",
    "id": "town",
    "type": "municipality",
    "class": "ordinary",
    "status": "town",
    "fiscal": {
        "previous": {"budget": 50_000_000, "salaries_frame": 10_000_000, "benefits_paid": 2_000_000},
        "requested": {
            **{"budget": 50_000_000, "salaries_frame": 10_000_000, "upgrade_increase": 0},
            **{"support_posts": 0, "benefits_budgeted": 2_000_000},
        },
    },
    "instruments": {
        "kt_no3_2553": "passed",
        "w141_2550": "passed",
        "w142_2550": "passed",
        "w74_2552": "passed",
    },
    "vacancies": {"executive": 0, "operating": {"vacant": 1, "frame": 50}},
    "posts": {
        "clerk": {"level": "mid", "filled": True},
        "deputies": [{"level": "early", "filled": True, "workload_analysis": "passed"}],
    },
    "units": [_unit("office", "early"), _unit("finance", "mid"), _unit("works", "mid")],
    "plan": {
        "clerk": {"level": "mid"},
        "deputies": [{"level": "mid"}],
        "units": [
            {"id": "office", "kind": "division", "level": "early"},
            {"id": "finance", "kind": "division", "level": "mid"},
            {"id": "works", "kind": "division", "level": "mid"},
        ],
    },
}


@cache
def session(**readings: str) -> Session:
    return Session("en", as_of=DAY, readings=readings)


def loaded(data: dict[str, Any]) -> Organisation:
    source = read_source("-", io.BytesIO(json.dumps(data).encode()), "json")
    return load_organisation(source, session().organisation_vocabulary, DAY)


@cache
def town(*screened: str) -> Organisation:
    """The town with these units under the order of its deputy."""
    data = copy.deepcopy(TOWN)
    data["posts"]["deputies"][0]["delegated_units"] = list(screened)
    return loaded(data)


def said(reply: Reply) -> str:
    return "\n".join(line.text for line in reply.lines)


FIRST = "put in: A-16"
CASES = [(("works",), "allowed", True), (("works", "finance"), "allowed", False), ((), "forbidden", False)]


@pytest.mark.parametrize("screened, verdict, rests", CASES)
def test_a_plan_rests_on_lost_words_only_where_they_decide(
    screened: tuple[str, ...], verdict: str, rests: bool
) -> None:
    found = validate(session(), town(*screened), full=False)
    assert found.document["verdict"] == verdict
    (first,) = [line.text for line in found.lines if line.text.startswith("The structure proposed")]
    assert ("A-16" in first) is rests
    turns = [(of["choice"], of["verdict"]) for of in found.document["rests_on"] if of["reading"] == "A-16"]
    assert turns == ([("two", "forbidden"), ("not_known", "undetermined")] if rests else [])
    assert ("A-16 read as “2 units”, the verdict would be: not allowed" in said(found)) is rests


@pytest.mark.parametrize("screened, verdict, rests", CASES)
def test_in_a_comparison_its_memorandum_its_workbook_and_the_chart(
    screened: tuple[str, ...], verdict: str, rests: bool
) -> None:
    found = compare(session(), [town(*screened)])
    (plan,) = found.document["compared"][1:]
    assert plan["verdict"] == verdict
    assert ("A-16" in {of["reading"] for of in plan["rests_on"]}) is rests
    (line,) = [
        line.text
        for line in found.lines
        if line.text.strip().startswith(("the plan: allowed", "the plan: not"))
    ]
    assert ("A-16" in line) is rests
    document = Document(io.BytesIO(found.docx()))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert (
        any(text.startswith("the plan: allowed") and "A-16" in text for text in texts) is rests
    )  # the conclusion
    assert any("A-16 read as “2 units”" in text for text in texts) is rests
    rows = CalamineWorkbook.from_filelike(io.BytesIO(found.xlsx())).get_sheet_by_index(0).to_python()
    (row,) = [row for row in rows if row[0] == "verdict"]
    assert ("A-16" in str(row[-1])) is rests
    assert ("A-16" in plan_drawn(session(), town(*screened))) is rests


@pytest.mark.parametrize("screened, verdict, rests", CASES)
def test_in_the_list_of_posts_and_the_memorandum(
    screened: tuple[str, ...], verdict: str, rests: bool
) -> None:
    found = posts(session(), town(*screened), [("deputy", "mid"), ("division_head", "mid")], full=False)
    deputy, head = found.document["posts"]
    assert deputy["verdict"] == verdict and not head["rests_on"]
    assert ("A-16" in {of["reading"] for of in deputy["rests_on"]}) is rests
    marked = [line.text for line in found.lines if "rests on A-16" in line.text]
    assert len(marked) == rests
    text = said(memo(session(), town(*screened), ("deputy", "mid")))
    assert ("A-16 read as" in text and FIRST in text) is rests


@pytest.mark.parametrize("screened, verdict, rests", CASES)
def test_in_structures(screened: tuple[str, ...], verdict: str, rests: bool) -> None:
    del verdict
    answer = StructureAnswer(session(), town(*screened), None, StructureQuery(most=0, limit=60))
    reply = answer.reply()
    document = reply.document
    for each in document["options"]:
        mid = {unit["id"] for unit in each["units"] if unit["level"] == "mid"}
        deputy = {"level": "mid"} in each["deputies"]
        # With fewer than two of the units that the order names left at mid, one is all that it screens.
        assert each.get("rests_on", []) == (["A-16"] if deputy and len(mid & {*screened}) == 1 else [])
    lost = [each for each in document["options"] if "rests_on" in each]
    assert bool(lost) is bool(screened)
    assert (FIRST in said(reply)) is bool(lost)
    others = {each["choice"]: each for each in document.get("otherwise", ())}
    if lost:
        count = document["count"]["value"]
        assert count - others["two"]["count"] == others["not_known"]["conditional"] == len(lost)
        head, *rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(answer.xlsx())).get_sheet_by_index(1).to_python()[3:]
        )
        at = head.index("rests on the readings")
        assert sum(row[at] == "A-16" for row in rows) == len(lost)
    marked = [
        each["value"]
        for each in document["facets"]
        if each["choice"] == "deputies.mid" and "rests_on" in each
    ]
    assert marked == ([1] if rests else [])  # with two units there is a mid deputy by every reading


@pytest.mark.parametrize(
    "status, marks, verdict, rests",
    [
        ("town", 72.5, "eligible", False),
        ("subdistrict", 72.5, "ineligible", True),
        ("subdistrict", 10, "ineligible", False),
    ],
)
def test_a_class_rests_on_the_status_that_may_be_lost_only_where_that_decides(
    status: str, marks: float, verdict: str, rests: bool
) -> None:
    """A-12: the table prints "town" and may have lost "subdistrict"; with poor marks no status would help."""
    text = RAISED.read_text(encoding="utf-8").replace("status: town", f"status: {status}")
    source = read_source("-", io.BytesIO(text.replace("72.5", str(marks)).encode()), "yaml")
    organisation = load_organisation(source, session().organisation_vocabulary, date(2026, 1, 1))
    found = classify(session(), organisation, "ordinary_high")
    assert found.document["verdict"] == verdict
    turns = [{"reading": "A-12", "choice": "subdistrict", "verdict": "allowed"}]
    assert found.document["rests_on"] == (turns if rests else [])
    assert ("put in: A-12" in said(found)) is rests
    # "On the conditions set", unsaid which, bears on what would be had, not on what is refused anyway.
    assert ("on the conditions set" in said(found).rpartition("Caveat")[2]) is (verdict == "eligible")
    assert ("put in: A-12" in said(memo(session(), organisation, "ordinary_high"))) is rests


def test_a_burden_rests_on_how_it_is_averaged_only_where_the_sums_come_out_otherwise() -> None:
    """33 % of 30 and 37 % of 70 million are 35 % by halves, and 25.9 + 9.9 of 100 million, 35.8 %, by sums."""
    data = copy.deepcopy(TOWN)
    data["fiscal"]["previous"] = {"budget": 30_000_000, "salaries_frame": 9_900_000, "benefits_paid": 0}
    data["fiscal"]["requested"] |= {
        "budget": 70_000_000,
        "salaries_frame": 25_900_000,
        "benefits_budgeted": 0,
    }
    found = burden(session(), loaded(data)).document
    assert (found["mean_exact"], found["within"]) == ("35/1", True)
    assert found["rests_on"] == [{"reading": "A-15", "choice": "sums", "verdict": "forbidden"}]
    assert burden(session(), town()).document["rests_on"] == []


def test_no_reading_changes_a_verdict_that_is_not_named_for_it() -> None:
    """Of random organisations every reading there is, not only those that the clauses name, is asked."""
    rng = random.Random(20)
    tables = session().tables
    turned = 0
    for _ in range(2):
        organisation = loaded(random_organisation(rng))
        assert organisation.plan is not None
        judge = PlanJudge(Establishment(tables, organisation))
        judgement, truth = judge.judge(organisation.plan), judge.truth(organisation.plan)
        rests = rests_of_plan(tables, organisation, organisation.plan, None, judgement, truth)
        changing = {
            reading.id
            for reading in tables.kb.readings.values()
            for choice in reading.others
            if PlanJudge(Establishment(tables.under(reading.id, choice), organisation)).truth(
                organisation.plan
            )
            is not truth
        }
        assert set(rests.readings) == changing
        turned += len(changing)
        for verdict in rng.sample(Establishment(tables, organisation).posts(), 3):
            named = set(rests_of_post(tables, organisation, verdict).readings)
            changing = {
                reading.id
                for reading in tables.kb.readings.values()
                for choice in reading.others
                if Establishment(tables.under(reading.id, choice), organisation)
                .post(verdict.post, verdict.level)
                .truth
                is not verdict.truth
            }
            assert named == changing, (verdict.post, verdict.level)
    assert turned
