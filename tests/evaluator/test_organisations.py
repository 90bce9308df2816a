"""Hand-worked cases for quantities, posts and classes, each on both sides of its bound."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

import pytest

from .organisations import burden, classify, investment, posts
from .quantities import Bounds, quantities
from .samples import (
    ANALYSIS,
    AT_35,
    CLERK_FILLED,
    DEPUTY_FILLED,
    DEPUTY_VALUE,
    FILLED,
    GONE,
    HEAD,
    INV_PREV,
    INV_REQ,
    KT,
    LESS,
    LOANS,
    MID_UNIT,
    NAMES,
    ONLY_WANTED,
    ORDER,
    OVER,
    OWN,
    SAO_2550,
    SPECIAL_CASE,
    SUBSIDIES,
    UNIT_ANALYSIS,
    UNIT_VALUE,
    VACANCY,
    W74,
    W141,
    W142,
    W151,
    WANTED,
    Facts,
    M,
    named,
    post,
    sample,
)

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
