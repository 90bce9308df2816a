"""The personnel burden year by year: the two years of the request, and the further years of the manpower plan.

How a further year is reckoned follows the clauses on the requested year (slides 31 and 33); what its amounts are, the
documents do not say: every one is an input of the file, or grows from the year before by a rate of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from lgreason.files.organisation.organisation import Organisation, PlannedYear
from lgreason.reasoning.organisations.burden import MEAN, burden
from lgreason.reasoning.organisations.establishment import Establishment
from lgreason.reasoning.organisations.quantities import UNKNOWN_AMOUNT, Interval, ratio
from lgreason.rules.terms import Truth, number

Part = Literal["salaries_frame", "salary_steps", "new_posts", "plan", "benefits", "budget"]
NOTHING = Interval(Fraction(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What the burden is held against, in per cent: the mean of two years, and a single year, with their clauses."""

    mean: Fraction
    mean_clause: str
    year: Fraction
    year_clause: str


@dataclass(frozen=True, slots=True)
class YearOfBurden:
    """One year: what its personnel cost and the budget are made of, the burden, and how it stands to the ceilings.

    `salaries` are those of the frame with the year's steps and new posts, `plan` what the proposed structure adds.
    `mean` is that with the year before (A-15). `rates` name the parts that grow by a rate of the file, `missing`
    those that are not known. `within_mean` and `within_year`: whether the mean, and the year, keep to the ceilings.
    """

    year: int | None
    of: Literal["previous", "requested", "further"]
    salaries: Interval
    steps: Interval
    new_posts: Interval
    plan: Interval
    benefits: Interval
    budget: Interval
    amount: Interval
    percent: Interval
    mean: Interval | None
    within_mean: Truth
    within_year: Truth
    rates: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()

    def room(self, most: Fraction) -> int | None:
        """How many whole baht more the year's personnel may cost up to a percentage; `None` if that is not known."""
        amount, budget = self.amount.exact, self.budget.exact
        return None if amount is None or budget is None else int(most * budget / 100 - amount // 1)


def ceilings(here: Establishment) -> Ceilings:
    """The ceilings for the type of organisation."""
    reason = burden(here).reason
    assert reason.bound is not None
    ((most, clause),) = here.tables.kb.rows("ceiling")
    return Ceilings(Fraction(reason.bound.value), reason.clause.id, Fraction(number(most)), str(clause))


def years(here: Establishment, increase: Interval | None = None) -> tuple[YearOfBurden, ...]:
    """The burden of each year; `increase` (baht a year) replaces what the file says upgrades add."""
    organisation = here.organisation
    added = _amount(organisation, "requested.upgrade_increase") if increase is None else increase
    plan = _plus(added, _amount(organisation, "requested.support_posts"))
    return tuple(_Years(here, ceilings(here), plan).all())


def _amount(organisation: Organisation, path: str) -> Interval:
    found = organisation.amount(path)
    return UNKNOWN_AMOUNT if found is None else Interval(Fraction(found), Fraction(found))


def _plus(*parts: Interval) -> Interval:
    highs = [part.high for part in parts]
    known = [high for high in highs if high is not None]
    low = sum((part.low for part in parts), Fraction(0))
    return Interval(low, sum(known, Fraction(0)) if len(known) == len(highs) else None)


def _times(interval: Interval, factor: Fraction) -> Interval:
    return Interval(interval.low * factor, None if interval.high is None else interval.high * factor)


def _within(value: Interval, most: Fraction) -> Truth:
    if value.high is not None and value.high <= most:
        return True
    return False if value.low > most else None


class _Years:
    """Goes from year to year."""

    def __init__(self, here: Establishment, most: Ceilings, plan: Interval) -> None:
        self._organisation = here.organisation
        self._sums = here.quantities.quantity(MEAN).operation != "mean"
        self._most = most
        self._plan = plan

    def all(self) -> Iterator[YearOfBurden]:
        organisation = self._organisation
        previous, requested = organisation.previous, organisation.requested
        last = self._year(
            previous.year if previous else None,
            "previous",
            salaries=_amount(organisation, "previous.salaries_frame"),
            benefits=_amount(organisation, "previous.benefits_paid"),
            budget=_amount(organisation, "previous.budget"),
            missing=self._lacking("previous", ("salaries_frame", "benefits_paid", "budget")),
        )
        yield last
        given = () if self._plan.exact is not None else ("upgrade_increase", "support_posts")
        lacking = ("salaries_frame", *given, "benefits_budgeted", "budget")
        last = self._year(
            requested.year if requested else None,
            "requested",
            last,
            salaries=_amount(organisation, "requested.salaries_frame"),
            plan=self._plan,
            benefits=_amount(organisation, "requested.benefits_budgeted"),
            budget=_amount(organisation, "requested.budget"),
            missing=self._lacking("requested", lacking),
        )
        yield last
        for place, further in enumerate(organisation.years, 1):
            last = self._further(further, last, f"fiscal.years[{place}]")
            yield last

    def _lacking(self, year: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            f"fiscal.{year}.{key}" for key in keys if self._organisation.amount(f"{year}.{key}") is None
        )

    def _further(self, of: PlannedYear, last: YearOfBurden, path: str) -> YearOfBurden:
        growth = self._organisation.growth
        rates: list[Part] = []
        missing: list[str] = []

        def grown(key: str, part: Part, before: Interval, rate: Fraction | None) -> Interval:
            told = of.amounts.get(key)
            if told is not None:
                return Interval(Fraction(told), Fraction(told))
            if rate is None:
                missing.append(f"{path}.{key}")
                return UNKNOWN_AMOUNT
            rates.append(part)
            return _times(before, 1 + rate / 100)

        posts = sum((Fraction(each.number * each.cost) for each in of.new_posts), Fraction(0))
        new_posts = Interval(posts, posts)
        steps = NOTHING
        if "salaries_frame" in of.amounts:
            told = Fraction(of.amounts["salaries_frame"])
            frame = Interval(told, told)
        else:
            if "salary_steps" in of.amounts:
                told = Fraction(of.amounts["salary_steps"])
                steps = Interval(told, told)
            elif growth.salaries is not None:
                rates.append("salary_steps")
                exact = last.salaries.exact
                grows = None if exact is None else exact * growth.salaries / 100
                steps = UNKNOWN_AMOUNT if grows is None else Interval(grows, grows)
            else:
                missing.append(f"{path}.salary_steps")
                steps = UNKNOWN_AMOUNT
            frame = _plus(last.salaries, steps)
            if "salary_steps" in rates:
                assert growth.salaries is not None
                frame = _times(last.salaries, 1 + growth.salaries / 100)
        plan = last.plan
        if growth.salaries is not None:
            rates.append("plan")
            plan = _times(plan, 1 + growth.salaries / 100)
        return self._year(
            of.year,
            "further",
            last,
            salaries=_plus(frame, new_posts),
            steps=steps,
            new_posts=new_posts,
            plan=plan,
            benefits=grown("benefits_budgeted", "benefits", last.benefits, growth.benefits),
            budget=grown("budget", "budget", last.budget, growth.budget),
            rates=tuple(rates),
            missing=tuple(missing),
        )

    def _year(
        self,
        year: int | None,
        of: Literal["previous", "requested", "further"],
        last: YearOfBurden | None = None,
        *,
        salaries: Interval,
        benefits: Interval,
        budget: Interval,
        steps: Interval = NOTHING,
        new_posts: Interval = NOTHING,
        plan: Interval = NOTHING,
        rates: tuple[Part, ...] = (),
        missing: tuple[str, ...] = (),
    ) -> YearOfBurden:
        amount = _plus(salaries, plan, benefits)
        percent = ratio(amount, budget)
        mean: Interval | None = None
        if last is not None and self._sums:
            mean = ratio(_plus(last.amount, amount), _plus(last.budget, budget))
        elif last is not None:
            mean = _times(_plus(last.percent, percent), Fraction(1, 2))
        return YearOfBurden(
            year,
            of,
            salaries,
            steps,
            new_posts,
            plan,
            benefits,
            budget,
            amount,
            percent,
            mean,
            None if mean is None else _within(mean, self._most.mean),
            _within(percent, self._most.year),
            rates,
            missing,
        )
