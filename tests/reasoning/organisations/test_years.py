"""The burden year by year: worked out by hand, and against an evaluator of its own on random files."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.reasoning.organisations.quantities import Interval
from lgreason.reasoning.organisations.years import YearOfBurden, ceilings, years
from tests.organisation_agreement import loaded, tables
from tests.reasoning.organisations.three_years import WORKED, burden_by_year

SAMPLES = 60
FISCAL: dict[str, Any] = {
    **WORKED,
    "growth": {"budget": 2.5, "salaries": 6},
    "years": [
        {
            "year": 2560,
            "benefits_budgeted": 4_000_000,
            "new_posts": [{"post": "นักทรัพยากรบุคคล", "number": 2, "cost": 400_000}],
        },
        {"year": 2561, "benefits_budgeted": 4_500_000, "salary_steps": 300_000},
        {"year": 2562, "budget": 43_000_000, "salaries_frame": 12_000_000},
    ],
}


def here(fiscal: dict[str, Any]) -> Establishment:
    data = {"kind": "organisation", "type": "municipality", "class": "ordinary", "fiscal": fiscal}
    return Establishment(tables(), loaded(data))


def test_the_ceilings_stand_in_the_knowledge_base() -> None:
    found = ceilings(here(FISCAL))
    assert (found.mean, found.year, found.year_clause) == (35, 40, "org.mun.s25.law")


def test_a_plan_of_three_years_by_hand() -> None:
    previous, requested, first, second, third = years(here(FISCAL))
    assert (previous.percent.exact, requested.percent.exact) == (Fraction(55, 2), Fraction(1220, 41))
    # 2560: 8,000,000 + 6 % + 2 × 400,000; the plan's 200,000 + 6 %; of 41,000,000 + 2.5 %
    assert (first.salaries.exact, first.steps.exact, first.new_posts.exact) == (9_280_000, 480_000, 800_000)
    assert (first.plan.exact, first.budget.exact) == (212_000, 42_025_000)
    assert first.percent.exact == Fraction(13_492_000 * 100, 42_025_000)
    assert first.mean is not None and first.mean.exact == (first.percent.exact + Fraction(1220, 41)) / 2
    # 2561: 9,280,000 + 300,000, and 212,000 + 6 %; 40 % of 43,075,625 is 17,230,250
    assert second.amount.exact == 9_580_000 + 224_720 + 4_500_000
    assert second.room(Fraction(40)) == 17_230_250 - 14_304_720
    assert (second.within_year, second.within_mean) == (True, True)
    # 2562: what benefits come to is not known, so the burden is not either
    assert third.amount == Interval(Fraction(12_000_000) + Fraction("238203.2"), None)
    assert third.missing == ("fiscal.years[3].benefits_budgeted",)
    assert (third.within_year, third.within_mean) == (None, None)


def test_one_baht_beyond_a_ceiling_is_over() -> None:
    def of(benefits: int) -> YearOfBurden:
        return years(here(FISCAL | {"years": [FISCAL["years"][0] | {"benefits_budgeted": benefits}]}))[-1]

    most = 42_025_000 * 40 // 100 - 9_280_000 - 212_000
    assert (of(most).within_year, of(most + 1).within_year) == (True, False)
    assert (of(most).room(Fraction(40)), of(most + 1).room(Fraction(40))) == (0, -1)


def random_fiscal(rng: random.Random) -> dict[str, Any]:
    def amount(top: int) -> int:
        return rng.randint(1, top)

    fiscal: dict[str, Any] = {
        "previous": {
            "year": 2560,
            "salaries_frame": amount(400),
            "benefits_paid": amount(90),
            "budget": amount(900),
        },
        "requested": {
            "year": 2561,
            "salaries_frame": amount(400),
            "upgrade_increase": amount(50),
            "support_posts": rng.choice((0, amount(9))),
            "benefits_budgeted": amount(90),
            "budget": amount(900),
        },
        "growth": {},
        "years": [],
    }
    for key in ("budget", "salaries", "benefits"):
        if rng.random() < 0.7:
            fiscal["growth"][key] = rng.choice((0, 2, 2.5, 6, -3, -0.75, 12.125))
    for number in range(rng.randint(1, 3)):
        year: dict[str, Any] = {"year": 2562 + number}
        for key in ("budget", "benefits_budgeted", rng.choice(("salaries_frame", "salary_steps"))):
            if rng.random() < 0.5:
                year[key] = amount(500)
        if rng.random() < 0.4:
            posts = [
                {"post": "x", "cost": amount(60)},
                {"post": "y", "number": rng.randint(0, 3), "cost": amount(60)},
            ]
            year["new_posts"] = posts[: rng.randint(1, 2)]
        fiscal["years"].append(year)
    return fiscal


@pytest.mark.parametrize("seed", range(SAMPLES))
def test_every_year_is_that_of_the_evaluator(seed: int) -> None:
    rng = random.Random(seed)
    fiscal = random_fiscal(rng)
    increase = rng.choice((None, rng.randint(0, 80)))
    added = None if increase is None else Interval(Fraction(increase), Fraction(increase))
    found = years(here(fiscal), added)
    expected = burden_by_year(fiscal, increase)
    assert len(found) == len(expected)
    for year, by_hand in zip(found, expected, strict=True):
        assert year.amount.exact == by_hand["amount"], year
        assert year.percent.exact == by_hand["percent"], year
        assert (None if year.mean is None else year.mean.exact) == by_hand["mean"], year
        if by_hand["percent"] is not None:
            assert year.within_year is (by_hand["percent"] <= 40)
        if by_hand["mean"] is not None:
            assert year.within_mean is (by_hand["mean"] <= 35)
