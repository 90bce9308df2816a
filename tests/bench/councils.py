"""Large organisations with costs for measuring: many units of differing posts, whose choices look at each other."""

from __future__ import annotations

from random import Random
from typing import Any

from lgreason.files.organisation.organisation import LEVELS
from tests.evaluator.random_organisations import AREAS, INSTRUMENTS

POSTS = ("clerk", "deputy", "division_head", "office_head")
COSTS = {"early": 420, "mid": 560, "high": 810}
INSIDE = {"section_head": 355, "part_head": 290}
Costs = dict[tuple[str, str], int]
KINDS = ({"type": "sao", "size": "large"}, {"type": "municipality", "class": "special_high"})


def council(
    units: int, steps: int, seed: int = 1, kind: int = 0, inside: int = 2
) -> tuple[dict[str, Any], Costs]:
    """An organisation as a file has it, and what posts cost: so many steps more of salaries reach 35 per cent."""
    rng = Random(seed)
    step = 10_000
    heads = ("early", "mid") if kind == 0 else ("mid", "high")
    listed = []
    for number in range(units):
        unit: dict[str, Any] = {"id": f"unit{number}", "workload_analysis": "passed"}
        if rng.random() < 0.5:
            level = rng.choice(heads)
            unit |= {
                "head": {"level": level, "filled": rng.random() < 0.7},
                "sections": rng.randint(0, inside),
            }
            unit |= {"section_names_approved": True}
            unit |= {"parts": rng.randint(0, inside)} if kind else {}
            unit["kind"] = "office" if level == "high" else "division"
        else:
            unit |= {"exists": False}
        listed.append(unit)
    delegated = [unit["id"] for unit in listed[:8]]
    deputies = [
        {"level": "mid", "filled": True, "delegated_units": delegated[:4], "workload_analysis": "passed"},
        {"level": "early", "filled": False, "delegated_units": delegated[4:], "workload_analysis": "passed"},
    ]
    budget = 1_000_000_000
    salaries = budget * 35 // 100 - steps * step
    year = {"budget": budget, "salaries_frame": salaries, "benefits_paid": 0, "investment": budget // 4}
    year |= {"revenue_own": budget // 2, "revenue_all": budget}
    data = {
        "kind": "organisation",
        **KINDS[kind],
        "fiscal": {
            "previous": {"year": 2565, "loans": 0, "salary_subsidies": 0, **year},
            "requested": {
                "year": 2566,
                "budget": budget,
                "salaries_frame": salaries,
                "upgrade_increase": 0,
                "support_posts": 0,
                "benefits_budgeted": 0,
                "investment": budget // 4,
            },
        },
        "scores": {"indicators": 90, "lpa": 90, "efficiency": dict.fromkeys(AREAS[:3], 90)},
        "vacancies": {"executive": 0, "operating": {"vacant": 0, "frame": 100}},
        "instruments": dict.fromkeys(INSTRUMENTS, "passed"),
        "posts": {"clerk": {"level": "mid", "filled": True}, "deputies": deputies},
        "units": listed,
    }
    costs = {
        (post, level): (COSTS[level] + 7 * at) * step for at, post in enumerate(POSTS) for level in LEVELS
    }
    costs |= {("section_head", "early"): 355 * step, ("part_head", "mid"): 290 * step}
    return data, costs
