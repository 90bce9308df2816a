"""A sample organisation of every kind that meets every condition, to be changed at one place or another.

The sample has a budget of 400 million in both years. Its costs are 90 + 30 and 100 + 10 + 0 + 10 million, 30 % in
each year; 160 million in the requested year make 40 % and a mean of exactly 35 %. It invests 100 million, 25 %.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from .organisations import posts

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

# Paths to change.
DEPUTY_VALUE, UNIT_VALUE, VACANCY = "posts.deputies.0.job_value", "units.0.job_value", "units.0.vacancy"
KT, W74, W141, W142 = (f"instruments.{name}" for name in INSTRUMENTS)
HEAD = "units.0.head.level"
ORDER, ANALYSIS = "posts.deputies.0.delegated_units", "posts.deputies.0.workload_analysis"
MID_UNIT = {HEAD: "mid"}
ONLY_WANTED = {"units": [WANTED], "posts.deputies": []}
CLERK_FILLED, DEPUTY_FILLED = "posts.clerk.filled", "posts.deputies.0.filled"
LOANS, SUBSIDIES = "fiscal.previous.loans", "fiscal.previous.salary_subsidies"
SAO_2550, SPECIAL_CASE, W151 = (f"instruments.{name}" for name in SAO_INSTRUMENTS)
OWN, FILLED = "fiscal.previous.revenue_own", "units.0.head.filled"
UNIT_ANALYSIS, NAMES = "units.0.workload_analysis", "units.0.section_names_approved"
LESS = {INV_PREV: 80 * M - 1}


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
