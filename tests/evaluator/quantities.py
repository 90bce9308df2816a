"""The quantities of an organisation, exact, with an interval for what is absent from its file.

Written from the slides on local-government structures (S4, S12-S13, S16-S22, S25, S30-S33, S41, S45-S46). Every
amount that is absent lies between nothing and no bound, a score between 0 and 100, a factor of the job value
between 0 and its maximum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .evaluator import Truth

Facts = Mapping[str, Any]

# S5: the six factors of the job value and what each is worth at most; together 600.
FACTORS: Mapping[str, int] = {
    "nature": 100,
    "management": 150,
    "communication": 50,
    "operations": 100,
    "thinking": 100,
    "impact": 100,
}
JOB_VALUE_MAXIMUM = 600
AREAS = (
    "service_excellence",
    "high_performance",
    "professional_officer",
    "collaboration",
    "integrity",
    "asean",
)


def exact(number: Any) -> Fraction:
    """A number of a file as it is written: 60.1 is 601/10, not the nearest binary fraction."""
    return Fraction(number) if isinstance(number, int) else Fraction(str(number))


@dataclass(frozen=True)
class Bounds:
    """What a quantity may be: at least ``low``, at most ``high`` (None: no bound)."""

    low: Fraction
    high: Fraction | None

    @property
    def value(self) -> Fraction | None:
        """The quantity itself where it is known."""
        return self.low if self.low == self.high else None

    def __add__(self, other: Bounds) -> Bounds:
        low = self.low + other.low
        return Bounds(low, None if self.high is None or other.high is None else self.high + other.high)

    def times(self, factor: Fraction | int) -> Bounds:
        return Bounds(self.low * factor, None if self.high is None else self.high * factor)


def known(number: Any) -> Bounds:
    return Bounds(exact(number), exact(number))


NOTHING = known(0)
ANYTHING = Bounds(Fraction(0), None)
ANY_SCORE = Bounds(Fraction(0), Fraction(100))


def at_most(quantity: Bounds, bound: int) -> Truth:
    """«ไม่เกิน»: the bound itself passes (A-29)."""
    if quantity.high is not None and quantity.high <= bound:
        return True
    return False if quantity.low > bound else None


def at_least(quantity: Bounds, bound: int) -> Truth:
    """«ไม่ต่ำกว่า», «ตั้งแต่ … ขึ้นไป»: the bound itself passes (A-29)."""
    if quantity.low >= bound:
        return True
    return False if quantity.high is not None and quantity.high < bound else None


def opposite(truth: Truth) -> Truth:
    return None if truth is None else not truth


def at_least_so_many(truths: Iterable[Truth], number: int) -> Truth:
    """Whether at least so many of these are true."""
    values = list(truths)
    if sum(value is True for value in values) >= number:
        return True
    return None if sum(value is not False for value in values) >= number else False


def total(parts: Iterable[Bounds]) -> Bounds:
    return sum(parts, start=NOTHING)


def percent(part: Bounds, whole: Bounds) -> Bounds:
    """A share of a whole in per cent; a whole of nothing has no percentage, so it is not known."""
    if whole.high == 0:
        return ANYTHING
    if part.high == 0:
        return NOTHING
    low = Fraction(0) if whole.high is None else 100 * part.low / whole.high
    high = None if part.high is None or whole.low == 0 else 100 * part.high / whole.low
    return Bounds(low, high)


def mean(*quantities: Bounds) -> Bounds:
    return total(quantities).times(Fraction(1, len(quantities)))


# ---------------------------------------------------------------- money


def part_of(facts: Facts | None, key: str) -> Facts | None:
    """A mapping inside a mapping, None where either is absent."""
    return None if facts is None else facts.get(key)


def year(org: Facts, which: str) -> Facts | None:
    """The figures of the ``previous`` or the ``requested`` fiscal year."""
    return part_of(org.get("fiscal"), which)


def amount(facts: Facts | None, key: str) -> Bounds:
    """An amount, or a mapping of items to amounts (S23-S24: the twenty benefits)."""
    found = None if facts is None else facts.get(key)
    if found is None:
        return ANYTHING
    return total(map(known, found.values())) if isinstance(found, Mapping) else known(found)


def previous_cost(org: Facts) -> Bounds:
    """S30: salaries by the manpower frame, not as paid; benefits as paid, not as budgeted."""
    past = year(org, "previous")
    return amount(past, "salaries_frame") + amount(past, "benefits_paid")


def requested_cost(org: Facts, increase: Bounds | None = None) -> Bounds:
    """S31, S4 1.1, S18, S22: frame, increase for a whole year, support posts, and benefits as enacted.

    ``increase`` stands in for the increase that the file gives.
    """
    asked = year(org, "requested")
    raised = amount(asked, "upgrade_increase") if increase is None else increase
    return (
        amount(asked, "salaries_frame")
        + raised
        + amount(asked, "support_posts")
        + amount(asked, "benefits_budgeted")
    )


def burden_of(org: Facts, increase: Bounds | None = None, ratio_of_sums: bool = False) -> dict[str, Bounds]:
    """The section 35 burden in per cent of the budget of each year, and the mean of the two (S25, S32-S33).

    A-15 ``ratio_of_sums``: both years' costs over both years' budgets instead.
    """
    budgets = amount(year(org, "previous"), "budget"), amount(year(org, "requested"), "budget")
    costs = previous_cost(org), requested_cost(org, increase)
    previous, requested = (percent(cost, budget) for cost, budget in zip(costs, budgets, strict=True))
    middle = percent(total(costs), total(budgets)) if ratio_of_sums else mean(previous, requested)
    return {"previous": previous, "requested": requested, "mean": middle}


def investment_of(org: Facts) -> dict[str, Bounds]:
    """S4 1.2, S18, S41 2: investment in per cent of the budget, annual and supplementary."""
    shares = [
        percent(amount(year(org, which), "investment"), amount(year(org, which), "budget"))
        for which in ("previous", "requested")
    ]
    return {"previous": shares[0], "requested": shares[1], "mean": mean(*shares)}


def net_budget(org: Facts) -> Bounds:
    """S18: the budget of the previous year without loans and without state subsidies for salaries."""
    past = year(org, "previous")
    budget, out = amount(past, "budget"), amount(past, "loans") + amount(past, "salary_subsidies")
    low = Fraction(0) if out.high is None else max(Fraction(0), budget.low - out.high)
    return Bounds(low, None if budget.high is None else budget.high - out.low)


# ---------------------------------------------------------------- points and vacancies


def job_value(described: Facts | None, key: str = "job_value") -> Bounds:
    """S5: points of 600, or the sum of the six factors, one that is absent being anything up to its maximum."""
    found = None if described is None else described.get(key)
    if found is None:
        return Bounds(Fraction(0), Fraction(JOB_VALUE_MAXIMUM))
    if not isinstance(found, Mapping):
        return known(found)
    return total(
        known(found[factor]) if factor in found else Bounds(Fraction(0), Fraction(most))
        for factor, most in FACTORS.items()
    )


def vacancy_rate(vacancy: Facts | None) -> Bounds:
    """S13, S17: vacant posts in per cent of the frame; a frame of nothing has no vacancy."""
    vacant = None if vacancy is None else vacancy.get("vacant")
    frame = None if vacancy is None else vacancy.get("frame")
    if vacant == 0 or frame == 0:
        return NOTHING
    return ANY_SCORE if vacant is None or frame is None else known(Fraction(100 * vacant, frame))


def score(org: Facts, key: str) -> Bounds:
    found = (org.get("scores") or {}).get(key)
    return ANY_SCORE if found is None else known(found)


def workload_of(org: Facts) -> Bounds:
    """S16, S19: the mean of the indicators and of the Core Team (LPA) score."""
    return mean(score(org, "indicators"), score(org, "lpa"))


def areas_done(org: Facts) -> list[Bounds] | None:
    """S20: the scores of the areas done, None where it is not known which were."""
    found = (org.get("scores") or {}).get("efficiency")
    return None if found is None else [known(one) for one in found.values()]


def efficiency_of(org: Facts) -> Bounds:
    """S20: the mean of the areas done; where none was, nothing was scored."""
    areas = areas_done(org)
    if areas is None:
        return ANY_SCORE
    return mean(*areas) if areas else NOTHING


def quantities(org: Facts, ratio_of_sums: bool = False) -> dict[str, Bounds]:
    """Every quantity by its name; those of a unit end in its id."""
    made = {f"burden.{name}": bounds for name, bounds in burden_of(org, None, ratio_of_sums).items()}
    made |= {f"investment.{name}": bounds for name, bounds in investment_of(org).items()}
    vacancies = org.get("vacancies")
    made |= {
        "budget.net": net_budget(org),
        "revenue.own": amount(year(org, "previous"), "revenue_own"),
        "revenue.all": amount(year(org, "previous"), "revenue_all"),
        "workload": workload_of(org),
        "efficiency": efficiency_of(org),
        "final": mean(workload_of(org), efficiency_of(org)),
        "vacancy.executive": amount(vacancies, "executive"),
        "vacancy.operating": vacancy_rate(part_of(vacancies, "operating")),
    }
    for unit in org.get("units") or []:
        made[f"vacancy.unit.{unit['id']}"] = vacancy_rate(unit.get("vacancy"))
        made[f"job_value.{unit['id']}"] = job_value(unit)
    return made
