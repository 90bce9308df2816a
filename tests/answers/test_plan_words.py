"""What a planner reads of a plan: its burden, what it adds, what is lost and raised, repairs, choices as printed."""

from __future__ import annotations

import copy
import io
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from lgreason.answers.organisations import validate
from lgreason.answers.plans import compare
from lgreason.answers.structures import StructureAnswer, StructureQuery
from lgreason.reasoning.structures.comparison import compared
from lgreason.rules.findings import Unusable
from tests.answers.test_resting import TOWN, loaded, said, session, town

COSTS = {
    **{("clerk", "early"): 500_000, ("clerk", "mid"): 700_000},
    **{("deputy", "early"): 400_000, ("deputy", "mid"): 620_000},
    **{
        ("division_head", "early"): 400_000,
        ("division_head", "mid"): 550_000,
        ("section_head", "early"): 300_000,
    },
}


def planned(**changed: Any) -> dict[str, Any]:
    data = copy.deepcopy(TOWN)
    data["posts"]["deputies"][0]["delegated_units"] = ["works"]
    data["plan"] |= changed
    return data


def test_a_plan_that_may_be_tells_its_burden_and_what_it_adds() -> None:
    """Of 50 million 12 million are 24 %; the deputy raised adds 220,000: 24.44 %, in the mean 24.22 %."""
    found = validate(session(), town("works"), full=False, costs=COSTS)
    text = said(found)
    assert "mean of both years: 24.22 % · 10.78 under 35 %" in text
    assert "added a year: 220,000 baht, by the table of costs" in text
    assert found.document["burden"] == {"mean": "24.22", "mean_exact": "1211/50", "within": True}
    assert found.document["increase"] == 220_000
    stated = said(validate(session(), town("works"), full=False))
    assert "mean of both years: 24.00 %" in stated and "added a year: 0 baht, as the file states" in stated


def test_a_raise_is_told_apart_from_what_is_given_up() -> None:
    raised = said(validate(session(), town("works"), full=False))
    assert "Raised, or of another kind" in raised and "Given up or lowered" not in raised
    lower = [
        {"id": "office", "kind": "division", "level": "early"},
        {"id": "finance", "kind": "division", "level": "early"},
    ]
    lost = said(validate(session(), loaded(planned(units=lower)), full=False))
    before, _, after = lost.partition("Given up or lowered")
    assert "works: division director, mid level: given up" in after and "finance" in after
    assert "works" not in before and "Raised, or of another kind" in after


@pytest.mark.parametrize("clerk, own", [("early", True), ("mid", False)])
def test_slide_26_is_an_analogy_for_all_but_municipal_clerks(clerk: str, own: bool) -> None:
    deputies = [{"level": "early"}] if own else [{"level": "mid"}]
    units = [
        {"id": unit, "kind": "division", "level": "early" if unit == "office" else "mid"}
        for unit in ("office", "finance", "works")
    ]
    text = said(
        validate(session(), loaded(planned(clerk={"level": clerk}, deputies=deputies, units=units)), False)
    )
    assert ("For those who hold these posts (slide 26)" in text) is own
    assert ("slide 26, which speaks of municipal clerks, is an analogy" in text) is not own


def test_repairs_are_told_in_words() -> None:
    """No unit under the order is at mid once the works are lowered: keep them, or the deputy, as today."""
    units = [
        {"id": "office", "kind": "division", "level": "early"},
        {"id": "finance", "kind": "division", "level": "mid"},
        {"id": "works", "kind": "division", "level": "early"},
    ]
    text = said(validate(session(), loaded(planned(units=units)), full=False))
    assert "level of the head: kept at mid as today (the plan has early)" in text
    three = [{"level": "mid"}, {"level": "early"}, {"level": "early"}]
    text = said(validate(session(), loaded(planned(deputies=three)), full=False))
    assert "deputy municipal clerk, mid level: 1 fewer than planned" in text
    none_screened = validate(session(), town(), full=False)
    assert "1 deputy municipal clerk: kept at early (the plan has mid)" in said(none_screened)
    (repair, *_) = none_screened.document["repairs"]
    assert repair["text"]["en"] == "1 deputy municipal clerk: kept at early (the plan has mid)"
    assert "คงไว้ที่ระดับต้น" in repair["text"]["th"]


@pytest.mark.parametrize(
    "printed, feature",
    [
        ("municipal clerk=mid", ("clerk", "mid")),
        ("ปลัดเทศบาล=ระดับต้น", ("clerk", "early")),
        ("รองปลัดเทศบาล ระดับกลาง=1", ("deputies.mid", 1)),
        ("deputy municipal clerk, mid level=0", ("deputies.mid", 0)),
        ("จำนวนรองปลัดเทศบาลทั้งหมด=๑", ("deputies", 1)),
        ("works: จำนวนฝ่าย=0", ("units.works.sections", 0)),
        ("works: ระดับของหัวหน้าส่วนราชการ=กลาง", ("units.works.level", "mid")),
        ("รองปลัด ต้น=1", ("deputies.early", 1)),
    ],
)
def test_choices_are_understood_as_they_are_printed(printed: str, feature: tuple[str, str | int]) -> None:
    assert answer().feature(printed) == feature


def answer(**asked: Any) -> StructureAnswer:
    return StructureAnswer(session(), town("works"), COSTS, StructureQuery(most=0, **asked))


def test_a_name_that_is_none_is_refused_with_what_would_be_accepted() -> None:
    with pytest.raises(Unusable, match="choice_unknown"):
        answer().feature("นายก=1")


def test_sections_that_an_option_gives_up_are_named() -> None:
    data = planned()
    data["units"][2]["sections"] = 2
    found = StructureAnswer(
        session(), loaded(data), None, StructureQuery(most=0, limit=60, require=("works.sections=1",))
    )
    assert "works: section head, early level: given up" in said(found.reply())


def test_the_years_are_told_with_their_mean_with_the_year_before() -> None:
    data = planned()
    data["fiscal"]["requested"]["salaries_frame"] = 22_000_000  # 24 and 48 %: 36 % in the mean
    text = said(compare(session(), [loaded(data | {"fiscal": data["fiscal"] | {"years": [{"year": 2562}]}})]))
    assert (
        "48.00 %, over 40 %" in text
        and "not known %" not in text
        and "mean with the year before 36.00 %, over 35 %" in text
    )


def test_the_memorandum_on_a_plan_that_may_not_be_says_why_and_what_would_mend_it() -> None:
    document = Document(io.BytesIO(compare(session(), [town()], COSTS).docx()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Why it may not be" in text and "required: not less than 1 unit" in text
    assert "1. 1 deputy municipal clerk: kept at early (the plan has mid)" in text


def test_the_first_sheet_is_for_a_committee_and_the_burden_is_that_of_the_first_option() -> None:
    found = answer(nearest=3, require=("deputies.mid=1",))
    book = CalamineWorkbook.from_filelike(io.BytesIO(found.xlsx()))
    head, *rows = book.get_sheet_by_index(0).to_python()[3:]
    assert len(rows) == 3 and len(head) < 10 and len(book.get_sheet_by_index(1).to_python()[3]) > len(head)
    assert (
        rows[0][1]
        == "clerk mid · deputies 1 mid · office: division, early · finance: division, mid · works: division, mid"
    )
    assert "early level: to be mid" in str(rows[0][head.index("Given up or lowered")])
    burden = [row for row in book.get_sheet_by_name("section 35 burden").to_python() if row[2] == 220_000]
    assert burden and any(
        "that of option 1 by the table of costs" in str(row[0])
        for row in book.get_sheet_by_index(3).to_python()
    )
    held = {(row[1], row[-1]) for row in book.get_sheet_by_name("reasons").to_python()}
    # Every amount is known; of a second deputy nobody stated an evaluation.
    assert [clause for clause, verdict in held if verdict == "not known"] == ["org.mun.s28.method"]
    assert ("org.mun.s28.1", "depends on what is chosen") in held


def test_of_a_post_that_cannot_be_no_cost_need_be_known() -> None:
    """A small SAO has no deputies: that is said, though the table of costs has none either; clerks it must have."""
    head = {"level": "early", "filled": True}
    data = {
        **{"kind": "organisation", "id": "sao", "type": "sao", "size": "small"},
        "posts": {"clerk": {"level": "early", "filled": True}, "deputies": []},
        "units": [
            {"id": "office", "exists": True, "kind": "division", "head": head, "sections": 0, "parts": 0}
        ],
        "plan": {
            "clerk": {"level": "early"},
            "deputies": [{"level": "early"}],
            "units": [{"id": "office", "kind": "division", "level": "early"}],
        },
    }
    costs = {("clerk", "early"): 500_000, ("division_head", "early"): 400_000}
    assert validate(session(), loaded(data), False, costs).document["verdict"] == "forbidden"
    with pytest.raises(Unusable, match="costs_missing"):
        validate(session(), loaded(data), False, {("clerk", "early"): 500_000})


def test_the_nearest_structures_change_something() -> None:
    found = compare(session(), [town("works")], COSTS, nearest=2)
    assert found.document["plans"] == ["today", "plan", "option 1", "option 2"]
    for each in found.document["compared"][2:]:
        assert sum(each["changes"].values()) > 0


def test_what_withstands_nothing_is_said_to() -> None:
    """The burden is exactly 35 %: not a baht more of costs, not a baht less of budgets."""
    data = planned()
    for year, benefits in (("previous", "benefits_paid"), ("requested", "benefits_budgeted")):
        data["fiscal"][year] |= {"salaries_frame": 17_500_000, benefits: 0}
    organisation = loaded(data)
    found = compared(session().tables, "plan", organisation, organisation.plan, None)
    assert [joint.last for joint in found.margins[0]] == [0, 0]
    text = said(compare(session(), [organisation]))
    assert "may not rise by a single baht (now 17,500,000 baht)" in text
    assert "may not fall together by even 0.01 %" in text
