"""What the slides print for each kind of organisation, and on which conditions a post may be set up or raised.

One function for each sort of post, each condition with the id of its clause. Conditions that look at other
posts and units are about those of today (``posts``, ``units`` of the file), and of a plan that is judged (B-07).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .afterwards import Afterwards
from .evaluator import Truth, all_of, any_of
from .post_table import (
    LARGE,
    LEVELS,
    MEDIUM,
    MILLION,
    ORDINARY,
    ORDINARY_HIGH,
    PAO,
    PRINTED,
    SMALL,
    SPECIAL,
    SPECIAL_HIGH,
    Limit,
    Scope,
    row,
)
from .quantities import (
    Bounds,
    Facts,
    amount,
    at_least,
    at_least_so_many,
    at_most,
    burden_of,
    investment_of,
    job_value,
    net_budget,
    opposite,
    vacancy_rate,
    year,
)

# Every other reading of an ambiguous place that changes an outcome, and its names here.
OTHER_READINGS: Mapping[str, tuple[str, ...]] = {
    "A-09": ("mid_only",),  # S3: «ไม่เกิน 2 อัตรา» counts the deputies at mid level only
    "A-11": ("unlimited",),  # S15: no number is printed for the deputies of สามัญ ระดับสูง
    "A-12": ("subdistrict",),  # S17: a เทศบาลตำบล may become สามัญ ระดับสูง too
    "A-14": ("70/75/80", "75/80/80"),  # S21: the marks of the three classes
    "A-15": ("ratio_of_sums",),  # S33: costs of both years over budgets of both years
    "A-16": ("two", "not_known"),  # S28: how many mid-level units the deputy screens
    "A-19": ("none_vacant",),  # S34: neither the clerk's nor any deputy's post is vacant
    "A-25": ("possible",),  # S38: a medium SAO may have a deputy at mid level
    "A-30": ("chiefs",),  # S17: only clerk, deputies and heads of units count as executive posts
    "A-32": ("all",),  # S28-S29 bind every class, not only where mid is above the base level
    "B-04": (
        "every",
        "raised",
    ),  # conditions bind the posts that stay as they are too; not those that are lowered
    "B-05": ("own",),  # a section's job value is its own, not its unit's
    "B-06": ("anywhere",),  # parts stand in any unit, not only in an office
    "B-07": ("today",),  # conditions that look at other posts hold today, whatever the plan does to them
    "B-09": ("instrument",),  # the outcome of a letter counts before that of a post that it evaluates
    "B-08": ("not_known",),  # whether a post that is raised, lowered or new is filled is not known
}

Condition = tuple[str, Truth]


@dataclass(frozen=True)
class Case:
    """An organisation, the readings taken instead of the usual ones, and an increase to reckon with."""

    org: Facts
    readings: Mapping[str, str]
    increase: Bounds | None = None
    after: Afterwards | None = None
    """The plan carried out, where a plan is judged."""

    def __post_init__(self) -> None:
        for ambiguity, reading in self.readings.items():
            if reading not in OTHER_READINGS.get(ambiguity, ()):
                raise ValueError(f"no reading {reading} of {ambiguity}")

    def reads(self, ambiguity: str, reading: str) -> bool:
        return self.readings.get(ambiguity) == reading

    @cached_property
    def burden_within(self) -> Truth:
        """The mean burden of both years is not over 35 per cent."""
        return at_most(burden_of(self.org, self.increase, self.reads("A-15", "ratio_of_sums"))["mean"], 35)

    @cached_property
    def units(self) -> Mapping[str, Facts] | None:
        """The units of the file by id, None where it has no list of them."""
        found = self.org.get("units")
        return None if found is None else {unit["id"]: unit for unit in found}

    @cached_property
    def deputies(self) -> list[Facts] | None:
        """The deputies of today and those wanted, None where the file has no list of them."""
        found = (self.org.get("posts") or {}).get("deputies")
        return None if found is None else list(found)

    @cached_property
    def clerk(self) -> Facts | None:
        """The clerk of today, None where the file does not say; a file may say that there is none."""
        found = (self.org.get("posts") or {}).get("clerk")
        return {"exists": False} if found == "none" else found

    @cached_property
    def own_revenue_enough(self) -> Truth:
        """S45 1, S46 2: 40 million baht of revenue without subsidies in the previous year."""
        return at_least(amount(year(self.org, "previous"), "revenue_own"), 40 * MILLION)

    def passed(self, *instruments: str) -> Truth:
        """Whether the evaluations under these instruments were all passed."""
        outcomes = self.org.get("instruments") or {}
        return all_of(*(passed(outcomes.get(name)) for name in instruments))

    def printed(self, scope: Scope, post: str) -> tuple[str, ...]:
        """The levels that the table prints for a post."""
        if scope == MEDIUM and post == "deputy" and self.reads("A-25", "possible"):
            return ("early", "mid")
        return PRINTED[SPECIAL if scope == SPECIAL_HIGH else scope].get(post, ())

    def deputy_limits(self, scope: Scope) -> list[Limit]:
        """The numbers that S3, S15 and S38 set for deputies."""
        clause = row(scope, "deputy")
        if scope == PAO:
            return [Limit(("mid",) if self.reads("A-09", "mid_only") else LEVELS, 2, clause)]
        if scope == ORDINARY or (scope == ORDINARY_HIGH and not self.reads("A-11", "unlimited")):
            return [Limit(LEVELS, 2, clause)]
        if scope == SPECIAL:
            return [Limit(LEVELS, 3, clause), Limit(("high",), 1, row(scope, "deputy", "high"))]
        if scope == SPECIAL_HIGH:
            return [Limit(LEVELS, 3, clause), Limit(("high",), 2, clause)]
        return [Limit(LEVELS, 0, clause)] if scope == SMALL else []


def passed(outcome: Any) -> Truth:
    return None if outcome is None else bool(outcome == "passed")


# ---------------------------------------------------------------- the units and posts of today


def exists(entry: Facts | None) -> Truth:
    """Whether a listed unit or deputy is there today: absent means yes."""
    return None if entry is None else entry.get("exists") is not False


def head_of(unit: Facts | None) -> Facts:
    return (unit or {}).get("head") or {}


def kind_of(unit: Facts | None) -> str | None:
    """What a unit is today: as stated, else read off the level of its head."""
    stated = (unit or {}).get("kind")
    if stated is not None:
        return str(stated)
    return {"early": "division", "mid": "division", "high": "office"}.get(head_of(unit).get("level", ""))


def is_kind(unit: Facts | None, kind: str) -> Truth:
    found = kind_of(unit)
    return None if found is None else found == kind


def is_level(post: Facts, level: str) -> Truth:
    found = post.get("level")
    return None if found is None else found == level


def own_or(case: Case, clause: str, other: str, instrument: str, own: Truth) -> list[Condition]:
    """B-09: a post's own outcome, or that of the instrument by which it is evaluated."""
    if case.reads("B-09", "instrument"):
        return [(other, case.passed(instrument))]
    return [(clause, own)]


def screens_enough(case: Case, deputy: Facts) -> Truth:
    """S28.3: at least one mid-level unit, or two; or it is not known which of these (A-16)."""
    one, two = (delegated(case, deputy, "mid", number) for number in (1, 2))
    if not case.reads("A-16", "not_known"):
        return two if case.reads("A-16", "two") else one
    if one is two:
        return one
    return {"passed": two, "failed": one}.get((case.org.get("instruments") or {}).get("w77_two_units"))


def delegated(case: Case, deputy: Facts, level: str | None, number: int) -> Truth:
    """Whether a clerk's order has the deputy screen at least so many units that exist, at a level if one is named."""
    today = delegated_today(case, deputy, level, number)
    if case.after is None:
        return today
    return all_of(today, case.after.screens(deputy.get("delegated_units"), level, number))


def delegated_today(case: Case, deputy: Facts, level: str | None, number: int) -> Truth:
    ids = deputy.get("delegated_units")
    if ids is None:
        return None
    units = [None if case.units is None else case.units.get(one) for one in set(ids)]
    return at_least_so_many(
        (all_of(exists(unit), level is None or is_level(head_of(unit), level)) for unit in units), number
    )


def filled_mid_division(case: Case) -> Truth:
    """S45 2: at least one head of a division holds mid level."""
    today = filled_mid_division_today(case)
    return today if case.after is None else all_of(today, case.after.filled_mid_division())


def filled_mid_division_today(case: Case) -> Truth:
    if case.units is None:
        return None
    return any_of(
        *(
            all_of(
                exists(unit),
                is_kind(unit, "division"),
                is_level(head_of(unit), "mid"),
                head_of(unit).get("filled"),
            )
            for unit in case.units.values()
        )
    )


def deputies_filled(case: Case) -> list[Truth]:
    """Whether each deputy of today is filled; one "not known" where the deputies are."""
    return (
        [None]
        if case.deputies is None
        else [one.get("filled") for one in case.deputies if exists(one) is not False]
    )


def clerk_or_deputy_filled(case: Case) -> Truth:
    """S34 3: one or the other must not be vacant (A-19 "none_vacant": none of them)."""
    clerk = False if exists(case.clerk) is False else (case.clerk or {}).get("filled")
    everyone = [clerk, *deputies_filled(case)]
    none_vacant = case.reads("A-19", "none_vacant")
    today = all_of(*everyone) if none_vacant else any_of(*everyone)
    return today if case.after is None else all_of(today, case.after.clerk_or_deputy_filled(none_vacant))


# ---------------------------------------------------------------- conditions


def pao_basic(case: Case) -> list[Condition]:
    """S4: the two basic indicators; the investment of both years counts."""
    return [
        ("org.pao.s4.personnel", case.burden_within),
        ("org.pao.s4.invest", at_least(investment_of(case.org)["mean"], 20)),
    ]


def sao_basic(case: Case) -> list[Condition]:
    """S41: burden of both years, investment of the previous one."""
    return [
        ("org.sao.s41.1", case.burden_within),
        ("org.sao.s41.2", at_least(investment_of(case.org)["previous"], 20)),
    ]


def banded(value: Bounds, level: str) -> Condition:
    """S12: 60, 70 and 80 per cent of 600 points."""
    return f"org.pao.s12.{level}", at_least(value, {"early": 360, "mid": 420, "high": 480}[level])


def binds_mid(case: Case, scope: Scope) -> bool:
    """A-32: S28 and S29 bind where mid is above the base level (สามัญ), or every municipality."""
    return scope == ORDINARY or (scope[0] == "municipality" and case.reads("A-32", "all"))


def clerk_conditions(case: Case, scope: Scope, level: str) -> list[Condition]:
    """S25 for สามัญ, S40-S43 for a clerk of an SAO at mid level; no others are printed."""
    if scope == ORDINARY:
        if level == "mid":
            return [("org.mun.s25.le35", case.burden_within)]
        return [("org.mun.s25.gt35", opposite(case.burden_within))]
    if level == "mid" and scope in (LARGE, MEDIUM):
        special = [
            ("org.sao.s43.1", case.passed("sao_special_2555")),
            ("org.sao.s43.2", case.passed("w151_2555")),
        ]
        return sao_basic(case) + (special if scope == MEDIUM else [])
    return []


def deputy_conditions(case: Case, scope: Scope, level: str, post: Facts) -> list[Condition]:
    """S4 and S12, S28, S34, S41 with S44 and S45; ``post`` describes the post in question."""
    analysed = passed(post.get("workload_analysis"))
    if scope == PAO:
        return [*pao_basic(case), banded(job_value(post), level)]
    if scope[0] == "sao":
        conditions = [
            *sao_basic(case),
            ("org.sao.s44.1", case.passed("sao_2550")),
            ("org.sao.s44.2.1", delegated(case, post, None, 1)),
            ("org.sao.s44.2.2", analysed),
        ]
        if level == "mid":
            conditions.append(("org.sao.s45.1", case.own_revenue_enough))
            conditions.append(("org.sao.s45.2", filled_mid_division(case)))
        return conditions
    if level == "mid" and binds_mid(case, scope):
        return [
            ("org.mun.s28.1", case.burden_within),
            ("org.mun.s28.2", case.passed("kt_no3_2553")),
            ("org.mun.s28.3", screens_enough(case, post)),
            *own_or(case, "org.mun.s28.method", "org.mun.s28.method.letter", "w74_2552", analysed),
        ]
    if level == "high":
        budget = [(row(scope, "deputy", "high"), at_least(net_budget(case.org), 300 * MILLION))]
        return [
            *(budget if scope == SPECIAL else []),
            ("org.mun.s34.1", case.burden_within),
            ("org.mun.s34.2", case.passed("w74_2552")),
            ("org.mun.s34.3", clerk_or_deputy_filled(case)),
        ]
    return []


def head_conditions(
    case: Case, scope: Scope, kind: str, level: str, unit: Facts | None, set_up: Truth
) -> list[Condition]:
    """S4, S12 and S13; S29 and S35; S41 and S46. ``set_up``: whether the unit itself would be set up."""
    if scope == PAO:
        vacancies = at_most(vacancy_rate((unit or {}).get("vacancy")), 20)
        return [
            *pao_basic(case),
            banded(job_value(unit), level),
            ("org.pao.s13.fill_first", vacancies),
        ]
    if scope[0] == "sao":
        if level == "early":
            return sao_basic(case)
        of_unit = passed((unit or {}).get("workload_analysis"))
        return [
            *sao_basic(case),
            *own_or(case, "org.sao.s46.1", "org.sao.s46.1.notice", "sao_2550", of_unit),
            ("org.sao.s46.2", case.own_revenue_enough),
        ]
    orders = case.passed("w141_2550", "w142_2550")
    if kind == "office":
        return [("org.mun.s35.units", orders)]
    setting_up = [("org.mun.s35.units", any_of(opposite(set_up), orders))]
    if level == "mid" and binds_mid(case, scope):
        raising = [
            ("org.mun.s29.1", case.burden_within),
            ("org.mun.s29.2.1", case.passed("kt_no3_2553")),
            ("org.mun.s29.2.2", case.passed("w141_2550")),
            ("org.mun.s29.2.3", case.passed("w142_2550")),
        ]
        return raising if scope == ORDINARY else raising + setting_up
    return setting_up


def section_conditions(case: Case, scope: Scope, unit: Facts | None) -> list[Condition]:
    """S4 and S12, S41 and S47; a municipality sets up sections without any."""
    if scope == PAO:
        has_own = "section_job_value" in (unit or {}) or case.reads("B-05", "own")
        value = job_value(unit, "section_job_value" if has_own else "job_value")
        return [*pao_basic(case), banded(value, "early")]
    if scope[0] == "sao":
        return [
            *sao_basic(case),
            ("org.sao.s47.1", passed((unit or {}).get("workload_analysis"))),
            ("org.sao.s47.3", (unit or {}).get("section_names_approved")),
        ]
    return []
