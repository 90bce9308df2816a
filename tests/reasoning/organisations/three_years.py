"""The burden of the years of a manpower plan, worked out anew from a file's plain data: nothing of the product."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Answer = dict[str, Any]
WORKED: dict[str, Any] = {
    "previous": {"year": 2558, "budget": 40_000_000, "salaries_frame": 8_000_000, "benefits_paid": 3_000_000},
    "requested": {
        "year": 2559,
        "budget": 41_000_000,
        "salaries_frame": 8_000_000,
        "upgrade_increase": 200_000,
        "support_posts": 0,
        "benefits_budgeted": 4_000_000,
    },
}
"""The two years of slides 32 and 33: 27.50 and 29.76 per cent."""


def burden_by_year(fiscal: dict[str, Any], increase: int | None = None) -> list[Answer]:
    """Each year's costs, percentage and mean with the year before; `None` where an amount or a rate is absent."""
    previous, requested = fiscal["previous"], fiscal["requested"]
    growth = fiscal.get("growth", {})
    rows = [row(previous["salaries_frame"], 0, previous.get("benefits_paid"), previous.get("budget"), None)]
    plan = requested["support_posts"] + (requested["upgrade_increase"] if increase is None else increase)
    salaries, benefits = Fraction(requested["salaries_frame"]), requested.get("benefits_budgeted")
    budget = requested.get("budget")
    rows.append(row(salaries, plan, benefits, budget, rows[-1]))
    for year in fiscal.get("years", []):
        pay_rate = growth.get("salaries")
        if "salaries_frame" in year:
            salaries = Fraction(year["salaries_frame"])
        elif "salary_steps" in year:
            salaries = None if salaries is None else salaries + year["salary_steps"]
        else:
            salaries = grown(salaries, pay_rate)
        for post in year.get("new_posts", []):
            salaries = None if salaries is None else salaries + post.get("number", 1) * post["cost"]
        plan = plan if pay_rate is None else grown(plan, pay_rate)
        benefits = year.get("benefits_budgeted", grown(benefits, growth.get("benefits")))
        budget = year.get("budget", grown(budget, growth.get("budget")))
        rows.append(row(salaries, plan, benefits, budget, rows[-1]))
    return rows


def grown(amount: Any, rate: Any) -> Fraction | None:
    if amount is None or rate is None:
        return None
    return Fraction(amount) * (100 + Fraction(str(rate))) / 100


def row(salaries: Any, plan: Any, benefits: Any, budget: Any, last: Answer | None) -> Answer:
    parts = [salaries, plan, benefits]
    amount = None if None in parts else sum(map(Fraction, parts))
    percent = None if None in (amount, budget) else Fraction(amount) * 100 / budget
    mean = None
    if last is not None and None not in (last["percent"], percent):
        mean = (last["percent"] + percent) / 2
    return {"amount": amount, "percent": percent, "mean": mean}
