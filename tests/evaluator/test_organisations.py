"""Hand-worked cases for the evaluator of organisations, each on both sides of its bound.

The sample has a budget of 400 million in both years. Its costs are 90 + 30 and 100 + 10 + 0 + 10 million, 30 % in
each year; 160 million in the requested year make 40 % and a mean of exactly 35 %. It invests 100 million, 25 %.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from .all_plans import all_plans, count_valid
from .organisations import Judgement, burden, classify, investment, posts, valid, validate
from .post_conditions import Case
from .post_table import POSTS, SCOPES
from .quantities import Bounds, quantities
from .random_organisations import (
    random_costs,
    random_file,
    random_organisation,
    with_gaps,
)

Facts = dict[str, Any]
GONE = object()
M = 1_000_000

FISCAL: Facts = {
    "previous": {
        "year": 2558,
        "budget": 400 * M,
        "loans": 0,
        "salary_subsidies": 0,
        "salaries_frame": 90 * M,
        "salaries_paid": 80 * M,
        "benefits_budgeted": 40 * M,
        "benefits_paid": 30 * M,
        "investment": 100 * M,
        "revenue_own": 60 * M,
        "revenue_all": 390 * M,
    },
    "requested": {
        "year": 2559,
        "budget": 400 * M,
        "salaries_frame": 100 * M,
        "upgrade_increase": 10 * M,
        "support_posts": 0,
        "benefits_budgeted": 10 * M,
        "investment": 100 * M,
    },
}
INSTRUMENTS = ("kt_no3_2553", "w74_2552", "w141_2550", "w142_2550")
SAO_INSTRUMENTS = ("sao_2550", "sao_special_2555", "w151_2555")
# What stands today in the sample of each kind: the clerk, the deputy, the head of its unit.
TODAY: Mapping[str, tuple[str, str, str]] = {
    "pao": ("high", "mid", "mid"),
    "ordinary": ("mid", "early", "early"),
    "ordinary_high": ("high", "mid", "mid"),
    "special": ("high", "mid", "mid"),
    "special_high": ("high", "mid", "mid"),
    "large": ("mid", "early", "early"),
    "medium": ("early", "early", "early"),
    "small": ("early", "early", "early"),
}
WANTED: Facts = {
    "id": "w",
    "exists": False,
    "job_value": 480,
    "vacancy": {"vacant": 0, "frame": 0},
    "workload_analysis": "passed",
    "section_names_approved": True,
}

INV_REQ, INV_PREV = "fiscal.requested.investment", "fiscal.previous.investment"
OVER = {"fiscal.requested.salaries_frame": 140 * M + 1}
AT_35 = {"fiscal.requested.salaries_frame": 140 * M}


def sample(kind: str, changes: Mapping[str, Any] | None = None) -> Facts:
    """An organisation that meets every condition, with changes at dotted paths."""
    clerk, deputy, head = TODAY[kind]
    made: Facts = {"kind": "organisation", "id": "o1", "fiscal": copy.deepcopy(FISCAL)}
    if kind == "pao":
        made["type"] = "pao"
    elif kind in ("large", "medium", "small"):
        made |= {"type": "sao", "size": kind}
    else:
        made |= {"type": "municipality", "class": kind, "status": "city"}
    made["instruments"] = dict.fromkeys((*INSTRUMENTS, *SAO_INSTRUMENTS), "passed")
    made["vacancies"] = {"executive": 0, "operating": {"vacant": 10, "frame": 50}}
    made["scores"] = {
        "indicators": 80,
        "lpa": 80,
        "efficiency": {"service_excellence": 80, "high_performance": 80, "professional_officer": 80},
    }
    made["units"] = [
        {
            "id": "u",
            "job_value": 480,
            "vacancy": {"vacant": 2, "frame": 10},
            "head": {"level": head, "filled": True},
            "workload_analysis": "passed",
            "section_names_approved": True,
            "sections": 1,
            "parts": 0,
        }
    ]
    made["posts"] = {
        "clerk": {"level": clerk, "filled": True},
        "deputies": [
            {
                "level": deputy,
                "filled": True,
                "delegated_units": ["u"],
                "workload_analysis": "passed",
                "job_value": 480,
            }
        ],
    }
    if kind == "small":
        made["posts"]["deputies"] = []
    for path, value in (changes or {}).items():
        put(made, path, value)
    return made


def put(made: Any, path: str, value: Any) -> None:
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    for step in steps:
        made = made[step]
    if value is GONE:
        del made[last]
    elif isinstance(made, list) and last == len(made):
        made.append(value)
    else:
        made[last] = value


def post(kind: str, where: str, changes: Mapping[str, Any] | None = None, **readings: str) -> bool | None:
    """The verdict on ``post level``; readings are named A_01 and so on."""
    name, level = where.split()
    return posts(sample(kind, changes), named(readings))[name, level].verdict


def named(readings: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in readings.items()}


# ---------------------------------------------------------------- S32-S33: the worked example

EXAMPLE: Facts = {
    "fiscal": {
        "previous": {
            "year": 2558,
            "budget": 40 * M,
            "salaries_frame": 8 * M,
            "salaries_paid": 7_500_000,
            "benefits_budgeted": 4 * M,
            "benefits_paid": 3 * M,
        },
        "requested": {
            "year": 2559,
            "budget": 41 * M,
            "salaries_frame": 8 * M,
            "upgrade_increase": 200_000,
            "support_posts": 0,
            "benefits_budgeted": 4 * M,
        },
    }
}


def rounded(found: Any) -> str:
    """Two decimals, as the slides print them."""
    assert isinstance(found, Bounds) and found.value is not None
    return f"{float(round(found.value, 2)):.2f}"


def test_s32_s33_worked_example() -> None:
    found = burden(EXAMPLE)
    assert [rounded(found[name]) for name in ("previous", "requested", "mean")] == ["27.50", "29.76", "28.63"]
    assert found["within"] is True


def test_s33_mean_is_of_two_percentages_and_exact() -> None:
    # (11/40 + 12.2/41) / 2 = (451 + 488) / (2 * 1640) = 939/3280
    assert burden(EXAMPLE)["mean"] == Bounds(Fraction(93900, 3280), Fraction(93900, 3280))
    # 23.2/81 = 28.64...
    assert rounded(burden(EXAMPLE, {"A-15": "ratio_of_sums"})["mean"]) == "28.64"


@pytest.mark.parametrize(
    ("key", "value", "trap"),
    [
        ("salaries_frame", 7_500_000, "26.25"),  # the salaries as paid
        ("benefits_paid", 4_000_000, "30.00"),  # the benefits as budgeted
        ("salaries_paid", 1, "27.50"),  # neither of these counts
        ("benefits_budgeted", 39 * M, "27.50"),
    ],
)
def test_s32_figures_that_count_and_figures_that_do_not(key: str, value: int, trap: str) -> None:
    org = copy.deepcopy(EXAMPLE)
    org["fiscal"]["previous"][key] = value
    assert rounded(burden(org)["previous"]) == trap


# ---------------------------------------------------------------- the burden (S4, S18, S22, S25, S30-S33)


@pytest.mark.parametrize(
    ("changes", "within"),
    [
        ({}, True),
        (AT_35, True),  # (30 + 40) / 2 = 35.00: passes
        (OVER, False),  # one baht more
        ({"fiscal.requested.upgrade_increase": 50 * M}, True),  # S31, S22: 100 + 50 + 10 = 160, 40 %
        ({"fiscal.requested.upgrade_increase": 50 * M + 1}, False),
        ({"fiscal.requested.support_posts": 40 * M}, True),  # S31: posts that keep the old incumbents
        ({"fiscal.requested.support_posts": 40 * M + 1}, False),
        ({"fiscal.requested.benefits_budgeted": 50 * M}, True),  # S31: as enacted
        ({"fiscal.requested.benefits_budgeted": 50 * M + 1}, False),
        ({"fiscal.previous.benefits_paid": 70 * M}, True),  # S30: (90 + 70) / 400 = 40 %
        ({"fiscal.previous.benefits_paid": 70 * M + 1}, False),
        ({"fiscal.previous.salaries_frame": 130 * M}, True),
        ({"fiscal.previous.salaries_frame": 130 * M + 1}, False),
        ({"fiscal.previous.benefits_budgeted": 399 * M}, True),  # S30: not as budgeted
        ({"fiscal.previous.benefits_paid": {"b01": 30 * M, "b18": 40 * M}}, True),  # S23-S24: items add up
        ({"fiscal.previous.benefits_paid": {"b01": 30 * M, "b18": 40 * M + 1}}, False),
        (
            {"fiscal.previous.loans": 200 * M},
            True,
        ),  # the whole budget is the denominator, S18 is not about this
    ],
)
def test_burden_at_35(changes: Facts, within: bool) -> None:
    assert burden(sample("ordinary", changes))["within"] is within


def test_burden_beyond_32_bits() -> None:
    # 35 % of 9,000,000,000 is 3,150,000,000; each year exactly that, then a baht more in one.
    large = {
        "fiscal.previous.budget": 9_000 * M,
        "fiscal.previous.salaries_frame": 3_000 * M,
        "fiscal.previous.benefits_paid": 150 * M,
        "fiscal.requested.budget": 9_000 * M,
        "fiscal.requested.salaries_frame": 3_130 * M,
    }
    assert burden(sample("special_high", large))["within"] is True
    large["fiscal.requested.support_posts"] = 1
    assert burden(sample("special_high", large))["within"] is False


@pytest.mark.parametrize(
    ("changes", "within"),
    [
        ({"fiscal": GONE}, None),
        ({"fiscal.requested.upgrade_increase": GONE}, None),  # it may be anything
        (
            {"fiscal.requested.upgrade_increase": GONE, **OVER},
            None,
        ),  # 150 million and a baht; 10 more are over
        # 160 million and a baht are known: over, whatever the increase
        (
            {"fiscal.requested.upgrade_increase": GONE, "fiscal.requested.benefits_budgeted": 60 * M + 1},
            False,
        ),
        ({"fiscal.requested.upgrade_increase": GONE, "fiscal.requested.benefits_budgeted": 60 * M}, None),
        ({"fiscal.requested.budget": GONE}, None),
        # 280,000,001 / 400 is over 70 %: over, if the other year were nothing
        ({"fiscal.requested.budget": GONE, "fiscal.previous.salaries_frame": 250 * M + 1}, False),
        ({"fiscal.requested.budget": GONE, "fiscal.previous.salaries_frame": 250 * M}, None),
    ],
)
def test_burden_with_gaps(changes: Facts, within: bool | None) -> None:
    assert burden(sample("ordinary", changes))["within"] is within


def test_intervals_of_what_is_absent() -> None:
    found = quantities(sample("pao", {"fiscal.requested.upgrade_increase": GONE}))
    assert found["burden.requested"] == Bounds(Fraction(110, 4), None)  # 100 + 10 of 400 at least
    assert found["burden.mean"] == Bounds(Fraction(115, 4), None)
    assert quantities({})["workload"] == Bounds(Fraction(0), Fraction(100))
    # One score of 70: the mean lies between 35 and 85.
    assert quantities({"scores": {"lpa": 70}})["workload"] == Bounds(Fraction(35), Fraction(85))
    # Net of loans that are not known: anything up to the budget.
    assert quantities(sample("special", {"fiscal.previous.loans": GONE}))["budget.net"] == Bounds(
        Fraction(0), Fraction(400 * M)
    )


def test_factors_of_the_job_value() -> None:
    # S5: 90 + 120 + 40 + 80 + 80 + 70 = 480; without "management" 360, and up to 150 more.
    factors = {
        "nature": 90,
        "management": 120,
        "communication": 40,
        "operations": 80,
        "thinking": 80,
        "impact": 70,
    }
    assert quantities(sample("pao", {"units.0.job_value": factors}))["job_value.u"].value == 480
    del factors["management"]
    assert quantities(sample("pao", {"units.0.job_value": factors}))["job_value.u"] == Bounds(
        Fraction(360), Fraction(510)
    )


def test_a_job_value_of_which_nothing_is_known() -> None:
    for value in (GONE, {}):  # up to 100 + 150 + 50 + 100 + 100 + 100
        found = quantities(sample("pao", {"units.0.job_value": value}))["job_value.u"]
        assert found == Bounds(Fraction(0), Fraction(600))


def test_shares_of_nothing() -> None:
    # Nothing is 0 % of any budget; nothing has no percentage of a budget of nothing, so it is not known.
    none = {INV_PREV: 0, "fiscal.previous.budget": GONE}
    assert investment(sample("pao", none))["previous"].value == 0
    one = {INV_PREV: 1, "fiscal.previous.budget": GONE}
    assert investment(sample("pao", one))["previous"] == Bounds(Fraction(0), None)
    assert investment(sample("pao", {"fiscal.previous.budget": 0}))["previous"] == Bounds(Fraction(0), None)


def test_a_benefit_that_is_not_written_is_none() -> None:
    # S23-S24: 90 + 1 of 400.
    changed = sample("pao", {"fiscal.previous.benefits_paid": {"b03": M}})
    assert burden(changed)["previous"] == Bounds(Fraction(91, 4), Fraction(91, 4))


def test_investment_of_both_years() -> None:
    found = investment(sample("pao", {"fiscal.requested.investment": 60 * M}))
    assert [found[name].value for name in ("previous", "requested", "mean")] == [25, 15, 20]


# ---------------------------------------------------------------- posts of a PAO (S3-S13)

DEPUTY_VALUE, UNIT_VALUE, VACANCY = "posts.deputies.0.job_value", "units.0.job_value", "units.0.vacancy"


@pytest.mark.parametrize(
    ("where", "changes", "verdict"),
    [
        # S3: the levels printed
        ("clerk high", {}, True),
        ("clerk mid", {}, False),
        ("clerk early", {}, False),
        ("deputy early", {}, False),
        ("office_head mid", {}, False),
        ("division_head high", {}, False),
        ("division_head early", {}, False),
        ("section_head mid", {}, False),
        ("part_head mid", {}, False),
        ("clerk high", OVER, True),  # S4 names deputies, heads of units and of sections, not the clerk
        # S12: 70 % of 600 are 420, 80 % are 480, 60 % are 360
        ("deputy mid", {DEPUTY_VALUE: 419}, False),
        ("deputy mid", {DEPUTY_VALUE: 420}, True),
        ("deputy high", {DEPUTY_VALUE: 479}, False),
        ("deputy high", {DEPUTY_VALUE: 480}, True),
        ("office_head high", {UNIT_VALUE: 479}, False),
        ("office_head high", {UNIT_VALUE: 480}, True),
        ("division_head mid", {UNIT_VALUE: 419}, False),
        ("division_head mid", {UNIT_VALUE: 420}, True),
        ("section_head early", {UNIT_VALUE: 359}, False),
        ("section_head early", {UNIT_VALUE: 360}, True),
        ("section_head early", {"units.0.section_job_value": 359}, False),
        ("section_head early", {"units.0.section_job_value": 360, UNIT_VALUE: 100}, True),
        ("deputy mid", {DEPUTY_VALUE: GONE}, None),
        ("office_head high", {UNIT_VALUE: GONE}, None),
        ("deputy high", {DEPUTY_VALUE: {"nature": 30, "management": 100}}, None),  # 130 and up to 350: 480
        ("deputy high", {DEPUTY_VALUE: {"nature": 29, "management": 100}}, False),  # at most 479
        # S4 1.1
        ("deputy mid", AT_35, True),
        ("deputy mid", OVER, False),
        ("deputy high", OVER, False),
        ("office_head high", AT_35, True),
        ("office_head high", OVER, False),
        ("division_head mid", OVER, False),
        ("section_head early", AT_35, True),
        ("section_head early", OVER, False),
        # S4 1.2: the mean of 25 % and 15 %
        ("deputy mid", {INV_REQ: 60 * M}, True),
        ("deputy mid", {INV_REQ: 60 * M - 1}, False),
        ("office_head high", {INV_REQ: 60 * M}, True),
        ("office_head high", {INV_REQ: 60 * M - 1}, False),
        ("section_head early", {INV_REQ: 60 * M - 1}, False),
        ("division_head mid", {INV_PREV: 60 * M, INV_REQ: 100 * M}, True),  # 15 % then 25 %
        ("division_head mid", {INV_PREV: 60 * M - 1, INV_REQ: 100 * M}, False),
        ("deputy mid", {INV_REQ: GONE}, None),  # 25 % alone are 12.5 of the mean
        ("deputy mid", {INV_REQ: GONE, INV_PREV: 160 * M}, True),  # 40 % alone are 20
        # S13
        ("office_head high", {VACANCY: {"vacant": 20, "frame": 100}}, True),
        ("office_head high", {VACANCY: {"vacant": 21, "frame": 100}}, False),
        ("division_head mid", {VACANCY: {"vacant": 1, "frame": 5}}, True),
        ("division_head mid", {VACANCY: {"vacant": 201, "frame": 1000}}, False),
        ("division_head mid", {VACANCY: {"vacant": 0, "frame": 0}}, True),
        ("division_head mid", {VACANCY: GONE}, None),
        ("division_head mid", {VACANCY: {"vacant": 0}}, True),
        ("division_head mid", {VACANCY: {"frame": 0}}, True),
        ("division_head mid", {VACANCY: {"frame": 10}}, None),
        ("section_head early", {VACANCY: {"vacant": 21, "frame": 100}}, True),  # S13 is about units
        ("deputy high", {VACANCY: {"vacant": 21, "frame": 100}}, True),
        # one unit of several is enough, and one deputy
        ("office_head high", {UNIT_VALUE: 479, "units.1": WANTED}, True),
        ("deputy high", {DEPUTY_VALUE: 479, "posts.deputies.1": {"exists": False, "job_value": 480}}, True),
        ("deputy high", {"posts.deputies": []}, None),
        ("office_head high", {"units": GONE, "posts.deputies.0.delegated_units": []}, None),
    ],
)
def test_pao_posts(where: str, changes: Facts, verdict: bool | None) -> None:
    assert post("pao", where, changes) is verdict


def test_b05_a_section_has_a_value_of_its_own() -> None:
    assert post("pao", "section_head early", B_05="own") is None
    own = {"units.0.section_job_value": 360}
    assert post("pao", "section_head early", own, B_05="own") is True


def test_each_unit_and_deputy_is_listed() -> None:
    found = posts(sample("pao", {UNIT_VALUE: 479, "units.1": WANTED}))
    assert found["office_head", "high"].each == {"u": False, "w": True}
    assert found["deputy", "mid"].each == {"0": True}


# ---------------------------------------------------------------- posts of a municipality (S15, S25-S35)

KT, W74, W141, W142 = (f"instruments.{name}" for name in INSTRUMENTS)
HEAD = "units.0.head.level"
ORDER, ANALYSIS = "posts.deputies.0.delegated_units", "posts.deputies.0.workload_analysis"
ONLY_WANTED = {"units": [WANTED], "posts.deputies": []}
MID_UNIT = {HEAD: "mid"}


@pytest.mark.parametrize(
    ("where", "changes", "verdict"),
    [
        # S25: the clerk by the burden
        ("clerk mid", AT_35, True),
        ("clerk mid", OVER, False),
        ("clerk early", AT_35, False),
        ("clerk early", OVER, True),
        ("clerk early", {"fiscal": GONE}, None),
        ("clerk high", {}, False),
        # S15, S28
        ("deputy early", OVER, True),
        ("deputy high", {}, False),
        ("deputy mid", {**MID_UNIT, **AT_35}, True),
        ("deputy mid", {**MID_UNIT, **OVER}, False),
        ("deputy mid", {**MID_UNIT, KT: "failed"}, False),
        ("deputy mid", {**MID_UNIT, KT: GONE}, None),
        (
            "deputy mid",
            {**MID_UNIT, W74: "failed"},
            True,
        ),  # S28 takes the method of ว 74, the analysis its outcome
        ("deputy mid", {HEAD: "early"}, False),  # the unit screened must itself be at mid level
        ("deputy mid", {HEAD: "high"}, False),
        ("deputy mid", {HEAD: GONE}, None),
        ("deputy mid", {**MID_UNIT, ORDER: []}, False),
        ("deputy mid", {**MID_UNIT, ORDER: GONE}, None),
        ("deputy mid", {**MID_UNIT, "units.0.exists": False}, False),  # about today's units
        ("deputy mid", {**MID_UNIT, ANALYSIS: "failed"}, False),
        ("deputy mid", {**MID_UNIT, ANALYSIS: GONE}, None),
        ("deputy mid", {**MID_UNIT, ANALYSIS: GONE, **OVER}, False),
        # S29
        ("division_head mid", AT_35, True),
        ("division_head mid", OVER, False),
        ("division_head mid", {KT: "failed"}, False),
        ("division_head mid", {W141: "failed"}, False),
        ("division_head mid", {W142: "failed"}, False),
        ("division_head mid", {W142: GONE}, None),
        ("division_head mid", {W142: GONE, KT: "failed"}, False),
        # S35 binds the setting up of a unit, not a head in one that is there
        ("division_head early", {W141: "failed"}, True),
        ("division_head early", {**ONLY_WANTED}, True),
        ("division_head early", {**ONLY_WANTED, W141: "failed"}, False),
        ("division_head early", {**ONLY_WANTED, W142: "failed"}, False),
        ("division_head early", {**ONLY_WANTED, W142: GONE}, None),
        ("division_head early", {"units.0.kind": "office", W141: "failed"}, False),  # would change its kind
        ("division_head high", {}, False),
        ("office_head high", {}, False),
        ("section_head early", {W141: "failed", **OVER}, True),
        ("part_head mid", {}, False),
    ],
)
def test_posts_of_an_ordinary_municipality(where: str, changes: Facts, verdict: bool | None) -> None:
    assert post("ordinary", where, changes) is verdict


def test_a16_two_units_at_mid_level() -> None:
    assert post("ordinary", "deputy mid", MID_UNIT, A_16="two") is False
    second = {"id": "v", "head": {"level": "mid", "filled": False}}
    assert (
        post("ordinary", "deputy mid", {**MID_UNIT, "units.1": second, ORDER: ["u", "v"]}, A_16="two") is True
    )
    # naming one unit twice makes no two
    assert post("ordinary", "deputy mid", {**MID_UNIT, ORDER: ["u", "u"]}, A_16="two") is False


CLERK_FILLED, DEPUTY_FILLED = "posts.clerk.filled", "posts.deputies.0.filled"
LOANS, SUBSIDIES = "fiscal.previous.loans", "fiscal.previous.salary_subsidies"


@pytest.mark.parametrize(
    ("kind", "where", "changes", "verdict"),
    [
        # S15 สามัญ ระดับสูง: levels printed
        ("ordinary_high", "clerk high", OVER, True),
        ("ordinary_high", "clerk mid", {}, False),
        ("ordinary_high", "deputy mid", {KT: "failed", **OVER}, True),  # S28 does not bind here
        ("ordinary_high", "deputy early", {}, False),
        ("ordinary_high", "deputy high", {}, False),
        ("ordinary_high", "division_head mid", {KT: "failed", W141: "failed", **OVER}, True),
        ("ordinary_high", "division_head mid", {**ONLY_WANTED}, True),
        ("ordinary_high", "division_head mid", {**ONLY_WANTED, W141: "failed"}, False),
        ("ordinary_high", "division_head early", {}, False),
        ("ordinary_high", "office_head high", {}, False),
        ("ordinary_high", "section_head early", {}, True),
        ("ordinary_high", "part_head mid", {}, False),
        # S15 พิเศษ: a deputy at high level with 300 million, net (S18)
        ("special", "clerk high", {}, True),
        ("special", "clerk mid", {}, False),
        ("special", "deputy mid", {KT: "failed", **OVER}, True),
        ("special", "deputy early", {}, False),
        ("special", "deputy high", {LOANS: 100 * M}, True),
        ("special", "deputy high", {LOANS: 100 * M + 1}, False),
        ("special", "deputy high", {SUBSIDIES: 100 * M}, True),
        ("special", "deputy high", {SUBSIDIES: 100 * M + 1}, False),
        ("special", "deputy high", {LOANS: 50 * M, SUBSIDIES: 50 * M + 1}, False),
        ("special", "deputy high", {LOANS: GONE}, None),
        ("special", "deputy high", {LOANS: GONE, SUBSIDIES: 100 * M + 1}, False),
        # S34
        ("special", "deputy high", AT_35, True),
        ("special", "deputy high", OVER, False),
        ("special", "deputy high", {W74: "failed"}, False),
        ("special", "deputy high", {W74: GONE}, None),
        ("special", "deputy high", {CLERK_FILLED: False}, True),  # the deputy is there
        ("special", "deputy high", {DEPUTY_FILLED: False}, True),  # the clerk is there
        ("special", "deputy high", {CLERK_FILLED: False, DEPUTY_FILLED: False}, False),
        ("special", "deputy high", {CLERK_FILLED: False, "posts.deputies": []}, False),
        ("special", "deputy high", {CLERK_FILLED: False, "posts.deputies": GONE}, None),
        ("special", "deputy high", {CLERK_FILLED: False, "posts.deputies.0.exists": False}, False),
        ("special", "deputy high", {CLERK_FILLED: GONE, DEPUTY_FILLED: False}, None),
        # offices, parts and sections
        ("special", "office_head high", {}, True),
        ("special", "office_head high", {W141: "failed"}, False),
        ("special", "office_head high", {W142: "failed"}, False),
        ("special", "office_head high", {HEAD: "high", W142: "failed"}, False),  # prescribed for any office
        ("special", "office_head high", {W141: GONE}, None),
        ("special", "office_head mid", {}, False),
        ("special", "division_head mid", {W141: "failed", **OVER}, True),
        ("special", "division_head mid", {HEAD: "high", W141: "failed"}, False),  # an office made a division
        ("special", "division_head early", {}, False),
        ("special", "section_head early", {W141: "failed", **OVER}, True),
        ("special", "section_head mid", {}, False),
        ("special", "part_head mid", {HEAD: "high"}, True),  # S14 «ส่วนในสำนัก»
        ("special", "part_head mid", {HEAD: "mid"}, False),
        ("special", "part_head early", {HEAD: "high"}, False),
        # S15 พิเศษ ระดับสูง: no 300 million there
        ("special_high", "clerk high", {}, True),
        ("special_high", "deputy mid", {}, True),
        ("special_high", "deputy high", {LOANS: 200 * M}, True),
        ("special_high", "deputy high", AT_35, True),
        ("special_high", "deputy high", OVER, False),
        ("special_high", "deputy high", {W74: "failed"}, False),
        ("special_high", "deputy high", {CLERK_FILLED: False, DEPUTY_FILLED: False}, False),
        ("special_high", "office_head high", {W141: "failed"}, False),
        ("special_high", "division_head mid", {W141: "failed"}, True),
        ("special_high", "part_head mid", {HEAD: "high"}, True),
    ],
)
def test_posts_of_the_higher_municipalities(
    kind: str, where: str, changes: Facts, verdict: bool | None
) -> None:
    assert post(kind, where, changes) is verdict


def test_other_readings_of_municipal_posts() -> None:
    # A-32 "all": S28 and S29 bind where mid is the base level too.
    for kind in ("ordinary_high", "special", "special_high"):
        assert post(kind, "deputy mid", A_32="all") is True
        assert post(kind, "deputy mid", OVER, A_32="all") is False
        assert post(kind, "deputy mid", {KT: "failed"}, A_32="all") is False
        assert post(kind, "division_head mid", A_32="all") is True
        assert post(kind, "division_head mid", {W141: "failed"}, A_32="all") is False
    # A-19 "none_vacant"
    assert post("special", "deputy high", A_19="none_vacant") is True
    assert post("special", "deputy high", {DEPUTY_FILLED: False}, A_19="none_vacant") is False
    assert post("special", "deputy high", {CLERK_FILLED: False}, A_19="none_vacant") is False
    # B-06 "anywhere"
    assert post("special", "part_head mid", B_06="anywhere") is True
    with pytest.raises(ValueError, match="A-32"):
        post("special", "deputy mid", A_32="some")


# ---------------------------------------------------------------- posts of an SAO (S38, S40-S47)

SAO_2550, SPECIAL_CASE, W151 = (f"instruments.{name}" for name in SAO_INSTRUMENTS)
OWN, FILLED = "fiscal.previous.revenue_own", "units.0.head.filled"
UNIT_ANALYSIS, NAMES = "units.0.workload_analysis", "units.0.section_names_approved"
LESS = {INV_PREV: 80 * M - 1}


@pytest.mark.parametrize(
    ("kind", "where", "changes", "verdict"),
    [
        # S38, S40-S41: the clerk of a large SAO
        ("large", "clerk mid", AT_35, True),
        ("large", "clerk mid", OVER, False),
        ("large", "clerk mid", {INV_PREV: 80 * M}, True),
        ("large", "clerk mid", LESS, False),
        ("large", "clerk mid", {INV_PREV: 80 * M, INV_REQ: 0}, True),  # S41 2: the previous year only
        ("large", "clerk mid", {INV_PREV: GONE}, None),
        ("large", "clerk early", {}, False),
        ("large", "clerk high", {}, False),
        # S41, S44: deputies
        ("large", "deputy early", AT_35, True),
        ("large", "deputy early", OVER, False),
        ("large", "deputy early", LESS, False),
        ("large", "deputy early", {SAO_2550: "failed"}, False),
        ("large", "deputy early", {SAO_2550: GONE}, None),
        ("large", "deputy early", {ORDER: []}, False),
        ("large", "deputy early", {ORDER: GONE}, None),
        ("large", "deputy early", {ANALYSIS: "failed"}, False),
        ("large", "deputy early", {OWN: 39_999_999}, True),  # S45 is about mid level
        ("large", "deputy high", {}, False),
        # S45: 40 million of own revenue, a filled head at mid level
        ("large", "deputy mid", {**MID_UNIT, OWN: 40_000_000}, True),
        ("large", "deputy mid", {**MID_UNIT, OWN: 39_999_999}, False),
        ("large", "deputy mid", {**MID_UNIT, OWN: 39_999_999, "fiscal.previous.revenue_all": 390 * M}, False),
        ("large", "deputy mid", {**MID_UNIT, OWN: GONE}, None),
        ("large", "deputy mid", {**MID_UNIT, FILLED: False}, False),  # set up, not held
        ("large", "deputy mid", {**MID_UNIT, FILLED: GONE}, None),
        ("large", "deputy mid", {HEAD: "early"}, False),
        # one such head among several units is enough
        ("large", "deputy mid", {"units.1": {"id": "v", "head": {"level": "mid", "filled": True}}}, True),
        ("large", "deputy mid", {"units.1": {"id": "v", "head": {"level": "mid", "filled": False}}}, False),
        ("large", "deputy mid", {**MID_UNIT, ORDER: []}, False),
        ("large", "deputy mid", {**MID_UNIT, **OVER}, False),
        ("large", "deputy mid", {**MID_UNIT, **LESS}, False),
        ("large", "deputy mid", {**MID_UNIT, SAO_2550: "failed"}, False),
        # S40-S41, S46: heads of divisions
        ("large", "division_head early", AT_35, True),
        ("large", "division_head early", OVER, False),
        ("large", "division_head early", LESS, False),
        ("large", "division_head early", {OWN: 0, UNIT_ANALYSIS: "failed"}, True),
        ("large", "division_head mid", {OWN: 40_000_000}, True),
        ("large", "division_head mid", {OWN: 39_999_999}, False),
        ("large", "division_head mid", {UNIT_ANALYSIS: "failed"}, False),
        ("large", "division_head mid", {UNIT_ANALYSIS: GONE}, None),
        ("large", "division_head mid", OVER, False),
        ("large", "office_head high", {}, False),
        # S47: sections
        ("large", "section_head early", AT_35, True),
        ("large", "section_head early", OVER, False),
        ("large", "section_head early", {UNIT_ANALYSIS: "failed"}, False),
        ("large", "section_head early", {NAMES: False}, False),
        ("large", "section_head early", {NAMES: GONE}, None),
        ("large", "part_head mid", {}, False),
        # the medium SAO: S38, S43, A-25
        ("medium", "clerk early", {**OVER, **LESS}, True),
        ("medium", "clerk mid", AT_35, True),
        ("medium", "clerk mid", OVER, False),
        ("medium", "clerk mid", {SPECIAL_CASE: "failed"}, False),
        ("medium", "clerk mid", {W151: "failed"}, False),
        ("medium", "clerk mid", {W151: GONE}, None),
        ("medium", "deputy early", {}, True),
        ("medium", "deputy early", {ANALYSIS: "failed"}, False),
        ("medium", "deputy mid", MID_UNIT, False),
        ("medium", "division_head early", {}, True),
        ("medium", "division_head mid", {}, False),
        ("medium", "section_head early", {}, True),
        # the small SAO
        ("small", "clerk early", {**OVER, **LESS}, True),
        ("small", "clerk mid", {}, False),
        ("small", "deputy early", {}, False),
        ("small", "section_head early", {}, False),
        ("small", "division_head early", AT_35, True),
        ("small", "division_head early", OVER, False),
        ("small", "division_head mid", {}, False),
    ],
)
def test_posts_of_an_sao(kind: str, where: str, changes: Facts, verdict: bool | None) -> None:
    assert post(kind, where, changes) is verdict


def test_a25_a_medium_sao_may_have_a_deputy_at_mid() -> None:
    assert post("medium", "deputy mid", MID_UNIT, A_25="possible") is True
    assert post("medium", "deputy mid", {**MID_UNIT, OWN: 39_999_999}, A_25="possible") is False
    assert post("medium", "deputy mid", A_25="possible") is False  # S45 2: no head at mid level


@pytest.mark.parametrize(
    ("kind", "where", "number"),
    [
        ("pao", "deputy mid", 2),  # S3
        ("pao", "deputy high", 2),
        ("ordinary", "deputy early", 2),  # S15
        ("ordinary_high", "deputy mid", 2),
        ("special", "deputy mid", 3),
        ("special", "deputy high", 1),
        ("special_high", "deputy mid", 3),
        ("special_high", "deputy high", 2),
        ("large", "deputy early", None),  # S38: no number
        ("medium", "deputy early", None),
        ("small", "deputy early", 0),
        ("medium", "section_head early", 2),  # S47 2
        ("large", "section_head early", None),
        ("pao", "clerk high", 1),
        ("pao", "office_head high", None),
    ],
)
def test_numbers(kind: str, where: str, number: int | None) -> None:
    name, level = where.split()
    assert posts(sample(kind))[name, level].maximum == number


def test_a11_no_number_for_ordinary_high() -> None:
    assert posts(sample("ordinary_high"), {"A-11": "unlimited"})["deputy", "mid"].maximum is None


def test_a_class_that_is_not_known_leaves_what_all_classes_agree_on() -> None:
    org = sample("special", {"class": GONE})
    found = posts(org)
    assert found["deputy", "high"].verdict is None  # พิเศษ yes, สามัญ no
    assert found["section_head", "early"].verdict is True  # every class
    assert found["division_head", "high"].verdict is False  # no class
    assert found["clerk", "mid"].verdict is None


# ---------------------------------------------------------------- classes (S16-S21, S25, S36)

CLASS_OF = {"ordinary_high": "ordinary", "special": "ordinary_high", "special_high": "special"}
STATUS_OF = {"ordinary_high": "town", "special": "town", "special_high": "city"}
BUDGET, EXECUTIVE, OPERATING = "fiscal.previous.budget", "vacancies.executive", "vacancies.operating"
EFFICIENCY = "scores.efficiency"


def retyped(name: str, changes: Facts, **readings: str) -> Any:
    """The sample with 1,000 million net of 2,000 in both years, re-typed."""
    large: Facts = {
        "status": STATUS_OF[name],
        BUDGET: 2000 * M,
        LOANS: 500 * M,
        SUBSIDIES: 500 * M,
        INV_PREV: 400 * M,
    }
    return classify(sample(CLASS_OF[name], large | changes), name, named(readings))


@pytest.mark.parametrize(
    ("name", "changes", "part", "verdict"),
    [
        # S17-S18: status
        ("ordinary_high", {}, "basic", True),
        ("ordinary_high", {"status": "subdistrict"}, "basic", False),
        ("ordinary_high", {"status": GONE}, "basic", None),
        ("special", {"status": "town"}, "basic", True),
        ("special", {"status": "city"}, "basic", True),
        ("special", {"status": "subdistrict"}, "basic", False),
        ("special_high", {"status": "city"}, "basic", True),
        ("special_high", {"status": "town"}, "basic", False),
        # the budget without loans and salary subsidies: 80, 200, 1,000 million
        ("ordinary_high", {LOANS: 1420 * M}, "basic", True),
        ("ordinary_high", {LOANS: 1420 * M + 1}, "basic", False),
        ("special", {SUBSIDIES: 1300 * M}, "basic", True),
        ("special", {SUBSIDIES: 1300 * M + 1}, "basic", False),
        ("special_high", {LOANS: 500 * M}, "basic", True),
        ("special_high", {LOANS: 500 * M + 1}, "basic", False),
        ("special_high", {LOANS: GONE}, "basic", None),
        # the burden: 120 / 2,000 = 6 %, so 64 % of 400 = 256 million in the requested year
        ("special", {"fiscal.requested.salaries_frame": 236 * M}, "basic", True),
        ("special", {"fiscal.requested.salaries_frame": 236 * M + 1}, "basic", False),
        # vacancies
        ("special", {EXECUTIVE: 0}, "basic", True),
        ("special", {EXECUTIVE: 1}, "basic", False),
        ("special", {EXECUTIVE: GONE}, "basic", None),
        ("special", {OPERATING: {"vacant": 20, "frame": 100}}, "basic", True),
        ("special", {OPERATING: {"vacant": 21, "frame": 100}}, "basic", False),
        ("special", {OPERATING: {"vacant": 201, "frame": 1000}}, "basic", False),
        ("special", {OPERATING: {"frame": 100}}, "basic", None),
        # S18: investment of the previous year
        ("ordinary_high", {INV_PREV: 400 * M, INV_REQ: 0}, "basic", True),
        ("ordinary_high", {INV_PREV: 400 * M - 1}, "basic", False),
        # S16, S19: workload
        ("special", {"scores.indicators": 60, "scores.lpa": 80}, "workload", True),
        ("special", {"scores.indicators": 59.9, "scores.lpa": 90}, "workload", False),
        ("special", {"scores.indicators": 80, "scores.lpa": 60}, "workload", True),
        ("special", {"scores.indicators": 90, "scores.lpa": 59.9}, "workload", False),
        ("special", {"scores.indicators": 60, "scores.lpa": 79.9}, "workload", False),
        ("special", {"scores.indicators": 60, "scores.lpa": GONE}, "workload", None),
        ("special", {"scores.indicators": 30, "scores.lpa": GONE}, "workload", False),
        # S20: efficiency
        ("special", {EFFICIENCY: {"integrity": 60, "asean": 50, "collaboration": 70}}, "efficiency", True),
        ("special", {EFFICIENCY: {"integrity": 60, "asean": 50, "collaboration": 69.9}}, "efficiency", False),
        ("special", {EFFICIENCY: {"integrity": 100, "asean": 100}}, "efficiency", False),
        ("special", {EFFICIENCY: {}}, "efficiency", False),
        ("special", {EFFICIENCY: GONE}, "efficiency", None),
        # S21: the mean of workload (80) and efficiency
        ("ordinary_high", {f"{EFFICIENCY}.high_performance": 50}, "final", True),  # 70: 75
        ("ordinary_high", {f"{EFFICIENCY}.high_performance": 49.9}, "final", False),
        ("special", {f"{EFFICIENCY}.high_performance": 50}, "final", True),
        ("special", {f"{EFFICIENCY}.high_performance": 49.9}, "final", False),
        ("special_high", {}, "final", True),  # 80
        ("special_high", {f"{EFFICIENCY}.high_performance": 79.9}, "final", False),
        ("special_high", {"scores": GONE}, "final", None),
    ],
)
def test_criteria_of_a_class(name: str, changes: Facts, part: str, verdict: bool | None) -> None:
    assert retyped(name, changes).parts[part] is verdict


@pytest.mark.parametrize("name", ["ordinary_high", "special", "special_high"])
def test_a_class_needs_every_part(name: str) -> None:
    assert retyped(name, {}).verdict is True
    assert retyped(name, {EXECUTIVE: 1}).verdict is False
    assert retyped(name, {EFFICIENCY: {}}).verdict is False
    assert retyped(name, {"scores.lpa": GONE}).verdict is None
    assert retyped(name, {"scores.lpa": GONE, EXECUTIVE: 1}).verdict is False


def test_other_readings_of_classes() -> None:
    assert retyped("ordinary_high", {"status": "subdistrict"}, A_12="subdistrict").verdict is True
    assert retyped("special", {"status": "subdistrict"}, A_12="subdistrict").verdict is False
    # workload 80 and efficiency 60 make 70; 79.8 and 80 make 79.9
    low = {
        f"{EFFICIENCY}.{name}": 60
        for name in ("service_excellence", "high_performance", "professional_officer")
    }
    assert retyped("ordinary_high", low).parts["final"] is False
    assert retyped("ordinary_high", low, A_14="70/75/80").parts["final"] is True
    assert retyped("special", low, A_14="70/75/80").parts["final"] is False
    near = {"scores.lpa": 79.6}
    assert retyped("special", near).parts["final"] is True
    assert retyped("special", near, A_14="75/80/80").parts["final"] is False
    assert retyped("special", {}, A_14="75/80/80").parts["final"] is True
    at_75 = {f"{EFFICIENCY}.high_performance": 50}
    for reading in ("70/75/80", "75/80/80"):
        assert retyped("special_high", {}, A_14=reading).parts["final"] is True
        assert retyped("special_high", near, A_14=reading).parts["final"] is False
    assert retyped("special", at_75, A_14="70/75/80").parts["final"] is True
    assert retyped("ordinary_high", at_75, A_14="75/80/80").parts["final"] is True
    # a vacant section head is no vacancy of clerk, deputy or head of a unit
    assert retyped("special", {EXECUTIVE: 1}, A_30="chiefs").parts["basic"] is True
    assert retyped("special", {EXECUTIVE: 1, FILLED: False}, A_30="chiefs").parts["basic"] is False
    assert retyped("special", {EXECUTIVE: 1, CLERK_FILLED: False}, A_30="chiefs").parts["basic"] is False
    assert retyped("special", {EXECUTIVE: 1, DEPUTY_FILLED: False}, A_30="chiefs").parts["basic"] is False
    assert retyped("special", {EXECUTIVE: 1, "units": GONE}, A_30="chiefs").parts["basic"] is None


def test_s25_an_ordinary_municipality_and_its_clerk() -> None:
    for changes, mid in ((AT_35, True), (OVER, False), ({"fiscal": GONE}, None)):
        found = classify(sample("ordinary", changes), "ordinary")
        assert found.verdict is True
        early = None if mid is None else not mid
        assert found.parts == {"clerk.mid": mid, "clerk.early": early}
        assert found.leaves == {"org.mun.s25.le35": mid, "org.mun.s25.gt35": early}


# ---------------------------------------------------------------- plans


def plan(clerk: str, deputies: str = "", *units: str, **described: Any) -> Facts:
    """A plan in short: ``plan("high", "mid high", "u office high 2 1")``; ``described`` goes to the last deputy."""
    made: Facts = {"clerk": {"level": clerk}, "deputies": [{"level": one} for one in deputies.split()]}
    if described:
        made["deputies"][-1] |= described
    made["units"] = []
    for unit in units:
        name, kind, level, *numbers = unit.split()
        sections, parts = ([int(one) for one in numbers] + [0, 0])[:2]
        made["units"].append({"id": name, "kind": kind, "level": level, "sections": sections, "parts": parts})
    return made


NOBODY: Facts = {"posts.deputies": []}
TWO_MID = {
    "posts.deputies.0": {"level": "mid", "job_value": 480},
    "posts.deputies.1": {"level": "mid", "job_value": 419},
}


@pytest.mark.parametrize(
    ("kind", "changes", "proposed", "verdict", "broken"),
    [
        # S3: at most two deputies of a PAO
        ("pao", TWO_MID, plan("high", "mid mid"), True, ""),
        ("pao", TWO_MID, plan("high", "mid mid mid", job_value=480), False, "s3.deputy"),
        # S12, the deputy in question: 480 points may be raised, 419 may not
        ("pao", TWO_MID, plan("high", "mid high"), True, ""),
        ("pao", TWO_MID, plan("high", "high high"), False, "s3.deputy.high s12.high"),
        ("pao", {DEPUTY_VALUE: 479}, plan("high", "high"), False, "s3.deputy.high s12.high"),
        ("pao", {DEPUTY_VALUE: 480}, plan("high", "high"), True, ""),
        ("pao", {DEPUTY_VALUE: 480, **OVER}, plan("high", "high"), False, "s3.deputy.high s4.personnel"),
        # what the entry of the plan says of its post goes before
        ("pao", {DEPUTY_VALUE: 400}, plan("high", "high", job_value=480), True, ""),
        # kept posts need nothing, whatever the money
        ("pao", {DEPUTY_VALUE: 0, UNIT_VALUE: 0, **OVER}, plan("high", "mid", "u division mid 1"), True, ""),
        # a second section is set up: S4 and S12 bind it
        ("pao", {UNIT_VALUE: 359}, plan("high", "", "u division mid 1"), True, ""),
        ("pao", {UNIT_VALUE: 359}, plan("high", "", "u division mid 2"), False, "s3.section s12.early"),
        ("pao", {UNIT_VALUE: 360}, plan("high", "", "u division mid 2"), True, ""),
        ("pao", {"units.0.sections": GONE, UNIT_VALUE: 359}, plan("high", "", "u division mid 2"), None, ""),
        ("pao", {"units.0.sections": GONE}, plan("high", "", "u division mid 2"), True, ""),
        ("pao", {UNIT_VALUE: 359}, plan("high", "", "u division mid 0"), True, ""),
        # S12, S13: a division made an office
        ("pao", {}, plan("high", "", "u office high 1"), True, ""),
        ("pao", {UNIT_VALUE: 479}, plan("high", "", "u office high 1"), False, "s3.office s12.high"),
        (
            "pao",
            {VACANCY: {"vacant": 21, "frame": 100}, UNIT_VALUE: 479},
            plan("high", "", "u office high 1"),
            False,
            "s3.office s12.high s13.fill_first",
        ),
        # a unit that is wanted
        ("pao", {"units.1": WANTED}, plan("high", "", "w office high 2"), True, ""),
        (
            "pao",
            {"units.1": WANTED | {"job_value": 419}},
            plan("high", "", "w division mid"),
            False,
            "s3.division s12.mid",
        ),
        # levels bind what is kept too (rule 1)
        ("pao", {"posts.clerk.level": "mid"}, plan("mid"), False, "s3.clerk"),
        ("pao", {HEAD: "early"}, plan("high", "", "u division early"), False, "s3.division"),
        ("pao", {}, plan("high", "early"), False, "s3.deputy"),
        ("pao", {}, plan("high", "", "u division mid 1 1"), False, "s3.section"),
        # every violated clause, not the first only
        (
            "pao",
            {UNIT_VALUE: 479},
            plan("mid", "early", "u office high 1"),
            False,
            "s3.clerk s3.deputy s3.office s12.high",
        ),
    ],
)
def test_plans_of_a_pao(
    kind: str, changes: Facts, proposed: Facts, verdict: bool | None, broken: str
) -> None:
    found = valid(sample(kind, changes), proposed)
    assert found == Judgement(verdict, frozenset(f"org.pao.{one}" for one in broken.split()))


@pytest.mark.parametrize(
    ("kind", "changes", "proposed", "verdict", "broken"),
    [
        # S15, S25: the clerk
        ("ordinary", {"posts.clerk.level": "early", **AT_35}, plan("mid"), True, ""),
        ("ordinary", {"posts.clerk.level": "early", **OVER}, plan("mid"), False, "s15.ord.clerk s25.le35"),
        ("ordinary", OVER, plan("mid"), True, ""),  # kept
        ("ordinary", {}, plan("early"), True, ""),  # lowered
        ("ordinary", {"posts.clerk": "none"}, plan("early"), False, "s15.ord.clerk s25.gt35"),
        ("ordinary", {"posts.clerk": "none", **OVER}, plan("early"), True, ""),
        ("ordinary", {"posts.clerk": GONE, **OVER}, plan("mid"), None, ""),
        ("ordinary", {"posts.clerk": GONE}, plan("mid"), True, ""),
        ("ordinary", {}, plan("high"), False, "s15.ord.clerk"),
        # S15, S28: deputies
        ("ordinary", MID_UNIT, plan("mid", "early early"), True, ""),
        ("ordinary", MID_UNIT, plan("mid", "early early early"), False, "s15.ord.deputy"),
        ("ordinary", MID_UNIT, plan("mid", "mid"), True, ""),
        ("ordinary", {}, plan("mid", "mid"), False, "s15.ord.deputy s28.3"),
        (
            "ordinary",
            {KT: "failed", ANALYSIS: "failed", **OVER},
            plan("mid", "mid"),
            False,
            "s15.ord.deputy s28.1 s28.2 s28.3 s28.method",
        ),
        # the one deputy is raised; a second at mid is described nowhere, so it has no order and no analysis
        ("ordinary", MID_UNIT, plan("mid", "mid mid"), False, "s15.ord.deputy s28.3 s28.method"),
        ("ordinary", {**MID_UNIT, **NOBODY}, plan("mid", "mid"), None, ""),
        ("ordinary", {**MID_UNIT, "posts.deputies": GONE}, plan("mid", "mid"), None, ""),
        (
            "ordinary",
            {**MID_UNIT, **NOBODY},
            plan("mid", "mid", delegated_units=["u"], workload_analysis="passed"),
            True,
            "",
        ),
        (
            "ordinary",
            {**MID_UNIT, **NOBODY},
            plan("mid", "mid", delegated_units=[], workload_analysis="passed"),
            False,
            "s15.ord.deputy s28.3",
        ),
        (
            "ordinary",
            {
                **MID_UNIT,
                "posts.deputies.1": {
                    "exists": False,
                    "delegated_units": ["u"],
                    "workload_analysis": "passed",
                },
            },
            plan("mid", "mid mid"),
            True,
            "",
        ),
        # S29: raised
        ("ordinary", AT_35, plan("mid", "", "u division mid 1"), True, ""),
        ("ordinary", OVER, plan("mid", "", "u division mid 1"), False, "s15.ord.dir s29.1"),
        (
            "ordinary",
            {KT: "failed", W141: "failed", W142: "failed"},
            plan("mid", "", "u division mid 1"),
            False,
            "s15.ord.dir s29.2.1 s29.2.2 s29.2.3",
        ),
        ("ordinary", {HEAD: "mid", KT: "failed", **OVER}, plan("mid", "", "u division mid"), True, ""),
        ("ordinary", {HEAD: "mid", W141: "failed"}, plan("mid", "", "u division early"), True, ""),
        ("ordinary", {HEAD: GONE, KT: "failed"}, plan("mid", "", "u division mid"), None, ""),
        # S35: set up
        ("ordinary", {"units.1": WANTED}, plan("mid", "", "w division early 3"), True, ""),
        (
            "ordinary",
            {"units.1": WANTED, W142: "failed"},
            plan("mid", "", "w division early 3"),
            False,
            "s15.ord.dir s35.units",
        ),
        (
            "ordinary",
            {"units.1": WANTED, W142: GONE},
            plan("mid", "", "w division early"),
            None,
            "",
        ),
        ("ordinary", {}, plan("mid", "", "u office high"), False, "s15.ord.dir"),
        ("ordinary", {}, plan("mid", "", "u division early 1 1"), False, "s15.ord.section"),
        # สามัญ ระดับสูง
        ("ordinary_high", OVER, plan("high", "mid mid"), True, ""),
        ("ordinary_high", {}, plan("high", "mid mid mid"), False, "s15.ordh.deputy"),
        ("ordinary_high", {}, plan("high", "high"), False, "s15.ordh.deputy"),
        ("ordinary_high", {HEAD: "early", W141: "failed"}, plan("high", "", "u division mid"), True, ""),
        (
            "ordinary_high",
            {"units.1": WANTED, W141: "failed"},
            plan("high", "", "w division mid"),
            False,
            "s15.ordh.dir s35.units",
        ),
        # พิเศษ
        ("special", {LOANS: 100 * M}, plan("high", "mid high mid"), True, ""),
        (
            "special",
            {LOANS: 100 * M + 1},
            plan("high", "mid high mid"),
            False,
            "s15.sp.deputy.high",
        ),
        ("special", {}, plan("high", "high mid high"), False, "s15.sp.deputy.high"),
        ("special", {}, plan("high", "mid mid mid"), True, ""),
        ("special", {}, plan("high", "mid mid mid mid"), False, "s15.sp.deputy"),
        (
            "special",
            {W74: "failed", **OVER, CLERK_FILLED: False, DEPUTY_FILLED: False},
            plan("high", "high"),
            False,
            "s15.sp.deputy.high s34.1 s34.2 s34.3",
        ),
        (
            "special",
            {"posts.deputies.0.level": "high", LOANS: 400 * M, **OVER},
            plan("high", "high"),
            True,
            "",
        ),
        ("special", {}, plan("high", "", "u office high 2 2"), True, ""),
        ("special", {W141: "failed"}, plan("high", "", "u office high"), False, "s15.sp.dir s35.units"),
        (
            "special",
            {"units.0.kind": "office", W141: "failed"},
            plan("high", "", "u office high"),
            False,
            "s15.sp.dir s35.units",
        ),
        ("special", {HEAD: "high", W141: "failed"}, plan("high", "", "u office high 5 5"), True, ""),
        (
            "special",
            {HEAD: "high", W141: "failed"},
            plan("high", "", "u division mid"),
            False,
            "s15.sp.dir s35.units",
        ),
        ("special", {}, plan("high", "", "u division mid 1 1"), False, "s15.sp.section"),
        # พิเศษ ระดับสูง
        ("special_high", {LOANS: 400 * M}, plan("high", "high high mid"), True, ""),
        ("special_high", {}, plan("high", "high high high"), False, "s15.sph.deputy"),
        ("special_high", {}, plan("high", "mid mid mid mid"), False, "s15.sph.deputy"),
        ("special_high", {W74: "failed"}, plan("high", "high"), False, "s15.sph.deputy s34.2"),
    ],
)
def test_plans_of_a_municipality(
    kind: str, changes: Facts, proposed: Facts, verdict: bool | None, broken: str
) -> None:
    found = valid(sample(kind, changes), proposed)
    assert found == Judgement(verdict, frozenset(f"org.mun.{one}" for one in broken.split()))


@pytest.mark.parametrize(
    ("kind", "changes", "proposed", "verdict", "broken"),
    [
        ("large", {**OVER, **LESS}, plan("mid", "early", "u division early 1"), True, ""),  # all kept
        ("large", {"posts.clerk.level": "early", **OVER}, plan("mid"), False, "s38.clerk s41.1"),
        ("large", {"posts.clerk.level": "early", **LESS}, plan("mid"), False, "s38.clerk s41.2"),
        ("large", {}, plan("early"), False, "s38.clerk"),
        ("large", MID_UNIT, plan("mid", "mid"), True, ""),
        (
            "large",
            {**MID_UNIT, OWN: 39_999_999, FILLED: False},
            plan("mid", "mid"),
            False,
            "s38.deputy s45.1 s45.2",
        ),
        # S45 2 is about a head of today: one raised in the same plan does not do
        ("large", {}, plan("mid", "mid", "u division mid 1"), False, "s38.deputy s45.2"),
        (
            "large",
            {**NOBODY, SAO_2550: "failed"},
            plan("mid", "early", delegated_units=[], workload_analysis="failed"),
            False,
            "s38.deputy s44.1 s44.2.1 s44.2.2",
        ),
        (
            "large",
            {OWN: 39_999_999, UNIT_ANALYSIS: "failed"},
            plan("mid", "", "u division mid"),
            False,
            "s38.dir s46.1 s46.2",
        ),
        ("large", {}, plan("mid", "", "u division early 9"), True, ""),
        (
            "large",
            {NAMES: False, UNIT_ANALYSIS: "failed"},
            plan("mid", "", "u division early 2"),
            False,
            "s38.section s47.1 s47.3",
        ),
        ("large", {}, plan("mid", "", "u office high"), False, "s38.dir"),
        # S47 2
        ("medium", {}, plan("early", "", "u division early 2"), True, ""),
        ("medium", {}, plan("early", "", "u division early 3"), False, "s38.section s47.2"),
        (
            "medium",
            {"units.0.sections": 3},
            plan("early", "", "u division early 3"),
            False,
            "s38.section s47.2",
        ),
        ("medium", {}, plan("early", "mid"), False, "s38.deputy"),
        (
            "medium",
            {SPECIAL_CASE: "failed", W151: "failed"},
            plan("mid"),
            False,
            "s38.clerk s43.1 s43.2",
        ),
        ("medium", {}, plan("mid"), True, ""),
        ("medium", {}, plan("early", "", "u division mid"), False, "s38.dir"),
        ("small", {"units.0.sections": 0}, plan("early", "", "u division early"), True, ""),
        ("small", {}, plan("early", "early"), False, "s38.deputy"),
        ("small", {}, plan("early", "", "u division early 1"), False, "s38.section"),
        ("small", {"units.1": WANTED, **OVER}, plan("early", "", "w division early"), False, "s38.dir s41.1"),
    ],
)
def test_plans_of_an_sao(
    kind: str, changes: Facts, proposed: Facts, verdict: bool | None, broken: str
) -> None:
    found = valid(sample(kind, changes), proposed)
    assert found == Judgement(verdict, frozenset(f"org.sao.{one}" for one in broken.split()))


def test_other_readings_of_plans() -> None:
    kept = plan("high", "mid", "u division mid 1")
    assert valid(sample("pao", OVER), kept).verdict is True
    found = valid(sample("pao", OVER), kept, None, {"B-04": "every"})
    assert found.violations == {
        "org.pao.s3.deputy",
        "org.pao.s3.division",
        "org.pao.s3.section",
        "org.pao.s4.personnel",
    }
    three = plan("high", "mid mid mid")
    assert valid(sample("ordinary_high"), three, None, {"A-11": "unlimited"}).verdict is True
    parts = plan("high", "", "u division mid 0 1")
    assert valid(sample("special"), parts, None, {"B-06": "anywhere"}).verdict is True
    # two at mid level, and one more at high level
    extra = plan("high", "mid mid high")
    assert valid(sample("pao", TWO_MID), extra).verdict is False
    described = plan("high", "mid mid high", job_value=480)
    assert valid(sample("pao", TWO_MID), described, None, {"A-09": "mid_only"}).verdict is True


def test_a_unit_of_a_plan_without_numbers_has_no_sections() -> None:
    proposed = {"clerk": {"level": "early"}, "units": [{"id": "u", "kind": "division", "level": "early"}]}
    assert valid(sample("small"), proposed).verdict is True
    assert valid(sample("small"), proposed, COSTS).verdict is True


def test_the_plan_of_the_file() -> None:
    assert validate(sample("special", {"plan": plan("high", "mid")})).verdict is True
    assert validate(sample("special", {"plan": plan("mid", "mid")})).verdict is False
    with pytest.raises(ValueError, match="'x'"):
        validate(sample("special", {"plan": plan("high", "mid", "x division mid")}))


# ---------------------------------------------------------------- the increase of a plan itself

COSTS = {
    **{(name, level): 0 for name in POSTS for level in ("early", "mid", "high")},
    ("deputy", "mid"): 30 * M,
    ("deputy", "high"): 50 * M,
    ("office_head", "high"): 45 * M,
    ("division_head", "mid"): 20 * M,
    ("section_head", "early"): 5 * M,
}


NEW = "w division mid 1"


@pytest.mark.parametrize(
    ("changes", "proposed", "verdict"),
    [
        # 100 + 10 million without the increase of the file, so 50 million are 35.00 %
        ({}, plan("high", "high"), True),  # raised: 50 - 30 = 20
        ({"fiscal.requested.salaries_frame": 130 * M}, plan("high", "high"), True),  # 130 + 20 + 10 = 160
        ({"fiscal.requested.salaries_frame": 130 * M + 1}, plan("high", "high"), False),
        # a second deputy in full, 30 more
        ({"fiscal.requested.salaries_frame": 100 * M}, plan("high", "mid high"), True),
        ({"fiscal.requested.salaries_frame": 100 * M + 1}, plan("high", "mid high"), False),
        # a division made an office: 45 - 20 = 25; two new sections: 10
        ({"fiscal.requested.salaries_frame": 95 * M}, plan("high", "high mid", "u office high 1"), False),
        ({"fiscal.requested.salaries_frame": 75 * M}, plan("high", "high mid", "u office high 1"), True),
        ({"fiscal.requested.salaries_frame": 75 * M + 1}, plan("high", "high mid", "u office high 1"), False),
        ({"fiscal.requested.salaries_frame": 65 * M}, plan("high", "high mid", "u office high 3"), True),
        ({"fiscal.requested.salaries_frame": 65 * M + 1}, plan("high", "high mid", "u office high 3"), False),
        # a wanted division in full with a section: 20 + 5, and the deputy raised, 20
        ({"units.1": WANTED, "fiscal.requested.salaries_frame": 105 * M}, plan("high", "high", NEW), True),
        (
            {"units.1": WANTED, "fiscal.requested.salaries_frame": 105 * M + 1},
            plan("high", "high", NEW),
            False,
        ),
        # nothing is deducted for what is given up: the deputy, the section
        ({"fiscal.requested.salaries_frame": 125 * M}, plan("high", "high", "u division mid 0"), True),
        ({"fiscal.requested.salaries_frame": 130 * M + 1}, plan("high", "high", "u division mid 0"), False),
        # the increase of the file is replaced, support posts stay
        ({"fiscal.requested.upgrade_increase": 300 * M}, plan("high", "high"), True),
        ({"fiscal.requested.support_posts": 30 * M}, plan("high", "high"), True),
        ({"fiscal.requested.support_posts": 30 * M + 1}, plan("high", "high"), False),
        # today's number of sections not known: 0 to 15 million for three of them
        ({"units.0.sections": GONE}, plan("high", "high", "u division mid 3"), True),
        (
            {"units.0.sections": GONE, "fiscal.requested.salaries_frame": 120 * M},
            plan("high", "high", "u division mid 3"),
            None,
        ),
        # no condition of this plan compares the burden
        ({"fiscal.requested.salaries_frame": 300 * M}, plan("high", "mid mid mid"), True),
    ],
)
def test_the_increase_of_a_plan_counts(changes: Facts, proposed: Facts, verdict: bool | None) -> None:
    assert valid(sample("special", changes), proposed, COSTS).verdict is verdict


def test_a_plan_can_break_35_by_being_built() -> None:
    heavy = {"fiscal.requested.salaries_frame": 135 * M, "fiscal.requested.upgrade_increase": 0}
    proposed = plan("high", "high")
    assert valid(sample("special", heavy), proposed).verdict is True  # 145 of 400: 36.25, mean 33.125
    found = valid(sample("special", heavy), proposed, COSTS)  # 165 of 400: 41.25, mean 35.625
    assert found.violations == {"org.mun.s15.sp.deputy.high", "org.mun.s34.1"}


# ---------------------------------------------------------------- all plans


def test_all_plans_by_hand() -> None:
    # One clerk level, 0-2 deputies at mid, a division at mid with 0-2 sections: 3 * 3.
    assert len(list(all_plans(sample("ordinary_high")))) == 9
    assert count_valid(sample("ordinary_high")) == (9, 0)
    # A wanted unit may be missing: times 1 + 3; with ว 141 failed it cannot be set up; not known, 27 depend on it.
    assert count_valid(sample("ordinary_high", {"units.1": WANTED})) == (36, 0)
    assert count_valid(sample("ordinary_high", {"units.1": WANTED, W141: "failed"})) == (9, 0)
    assert count_valid(sample("ordinary_high", {"units.1": WANTED, W141: GONE})) == (9, 27)
    # Deputies of พิเศษ: multisets of mid and high up to three, 1 + 2 + 3 + 4; without a second high one
    # (none, m, h, mm, mh, mmm, mmh) 7. The unit: division with 0-2 sections, or office with 0-2 of each, 3 + 9.
    special = sample("special")
    assert len(list(all_plans(special))) == 10 * (3 + 9 + 6)  # parts in a division are tried as well
    assert count_valid(special) == (7 * 12, 0)
    # large SAO: 0-2 deputies at early or mid (1 + 2 + 3), a division at either level with 0-2 sections.
    assert len(list(all_plans(sample("large")))) == 6 * 6
    # A deputy at mid needs a head at mid today (S45 2). The one at early is kept; a second is described nowhere,
    # where another is, so it has no order (S44 2.1): none or one.
    assert count_valid(sample("large")) == (2 * 6, 0)
    # medium SAO: two sections whatever the limit asked for; small: one clerk, one unit, nothing else
    assert len(list(all_plans(sample("medium"), sections=1, deputies=0))) == 2 * 3
    assert len(list(all_plans(sample("small")))) == 1


@pytest.mark.parametrize("kind", ["pao", "ordinary", "ordinary_high", "medium", "small"])
def test_unprinted_levels_and_numbers_add_no_valid_plan(kind: str) -> None:
    org = sample(kind)
    usual = [one for one in all_plans(org) if valid(org, one).verdict is not False]
    every = [one for one in all_plans(org, every_level=True) if valid(org, one).verdict is not False]
    more = [one for one in every if one not in usual]
    # Beyond the usual ones only the third section (or deputy) that the text leaves open.
    limited = [
        one
        for one in more
        if all(unit["sections"] <= 2 for unit in one["units"]) and len(one["deputies"]) <= 2
    ]
    assert limited == []
    assert all(one in every for one in usual)


# ---------------------------------------------------------------- random organisations


def test_random_plans_are_near_validity() -> None:
    rng = random.Random(4)
    found = Counter(validate(random_file(rng)).verdict for _ in range(1500))
    assert found[True] >= 375 and found[False] >= 375 and found[None] >= 75, found


def test_random_organisations_reach_every_verdict() -> None:
    rng = random.Random(5)
    seen: set[Any] = set()
    kinds: set[Any] = set()
    for _ in range(1500):
        org = random_file(rng)
        kinds.add((org["type"], org.get("class"), org.get("size")))
        for where, answer in posts(org).items():
            seen.add((where, answer.verdict))
        if org["type"] == "municipality":
            for name in ("ordinary_high", "special", "special_high"):
                seen.add((name, classify(org, name).verdict))
    places: tuple[Any, ...] = (
        ("clerk", "early"),
        ("clerk", "mid"),
        ("clerk", "high"),
        ("deputy", "early"),
        ("deputy", "mid"),
        ("deputy", "high"),
        ("office_head", "high"),
        ("division_head", "early"),
        ("division_head", "mid"),
        ("part_head", "mid"),
        ("section_head", "early"),
        "ordinary_high",
        "special",
        "special_high",
    )
    for place in places:
        for verdict in (True, False, None):
            assert (place, verdict) in seen, (place, verdict)
    assert len(kinds) >= len(SCOPES)


READINGS: tuple[dict[str, str], ...] = (
    {},
    {"B-04": "every"},
    {"A-32": "all", "A-19": "none_vacant"},
    {"A-25": "possible", "A-16": "two"},
)


def test_filling_a_gap_never_changes_a_definite_verdict() -> None:
    rng = random.Random(6)
    for _ in range(600):
        org = random_organisation(rng)
        sparse = with_gaps(rng, org)
        readings = rng.choice(READINGS)
        costs = random_costs(rng, org) if rng.random() < 0.5 else None
        before = valid(sparse, org["plan"], costs, readings).verdict
        if before is not None:
            assert valid(org, org["plan"], costs, readings).verdict is before
        full = posts(org, readings)
        for where, answer in posts(sparse, readings).items():
            assert answer.verdict in (None, full[where].verdict), where
        if org["type"] == "municipality":
            for name in ("ordinary_high", "special", "special_high"):
                whole = classify(org, name, readings)
                for part, truth in classify(sparse, name, readings).parts.items():
                    assert truth in (None, whole.parts[part]), part
        known = quantities(org)
        for quantity, bounds in quantities(sparse).items():
            value = known[quantity].value
            assert value is not None and bounds.low <= value, quantity
            assert bounds.high is None or value <= bounds.high, quantity


def test_the_order_of_deputies_changes_nothing() -> None:
    rng = random.Random(7)
    for _ in range(400):
        org = random_file(rng)
        first = validate(org)
        turned = copy.deepcopy(org)
        rng.shuffle(turned["plan"]["deputies"])
        rng.shuffle(turned.get("posts", {}).get("deputies", []))
        rng.shuffle(turned["plan"]["units"])
        assert validate(turned) == first


def test_binding_what_is_kept_too_allows_no_more() -> None:
    rng = random.Random(8)
    for _ in range(400):
        org = random_file(rng)
        if valid(org, org["plan"], None, {"B-04": "every"}).verdict is True:
            assert validate(org).verdict is True


def test_a_plan_of_what_is_there_needs_only_printed_levels_and_numbers() -> None:
    rng = random.Random(9)
    for _ in range(300):
        org = random_organisation(rng)
        today = plan(
            org["posts"]["clerk"]["level"],
            " ".join(one["level"] for one in org["posts"]["deputies"] if one.get("exists") is not False),
            *(
                f"{unit['id']} {unit.get('kind') or ('office' if unit['head']['level'] == 'high' else 'division')}"
                f" {unit['head']['level']} {unit['sections']} {unit['parts']}"
                for unit in org["units"]
                if unit.get("exists") is not False
            ),
        )
        found = valid(org, today)
        rows = {"org.pao.s3", "org.mun.s15", "org.sao.s38", "org.sao.s47.2"}
        assert found.verdict is not None
        assert all(any(clause.startswith(row) for row in rows) for clause in found.violations)


def test_a_cheaper_plan_is_never_worse() -> None:
    """Costs of nothing leave the burden lowest: what is allowed with costs is allowed without any."""
    rng = random.Random(10)
    free = {(name, level): 0 for name in POSTS for level in ("early", "mid", "high")}
    for _ in range(300):
        org = random_organisation(rng)
        proposed = org["plan"]
        if org.get("class") == "ordinary" and proposed["clerk"]["level"] == "early":
            continue  # S25 asks for a burden over 35 per cent
        if valid(org, proposed, random_costs(rng, org)).verdict is True:
            assert valid(org, proposed, free).verdict is True


def test_readings_are_known_by_name() -> None:
    with pytest.raises(ValueError, match="A-99"):
        Case({}, {"A-99": "other"})
