"""A comparison of plans as the rows of a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from lgreason.files.organisation.organisation import RANKS, PlannedYear
from lgreason.reasoning.organisations.establishment import INSIDE
from lgreason.reasoning.organisations.plans import PlannedPost
from lgreason.reasoning.organisations.years import Ceilings, YearOfBurden
from lgreason.reasoning.structures.comparison import Compared
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.text.plans import PlansText
from lgreason.report.workbook import rows


class PlansWorkbook:
    """Writes what a workbook of a comparison holds in one language."""

    def __init__(
        self, found: Sequence[Compared], most: Ceilings, words: PlansText, text: OrganisationText
    ) -> None:
        """Take the structures compared, the ceilings, and the words."""
        self._found = found
        self._most = most
        self._words = words
        self._text = text

    def contents(self, organisation: str, day: date) -> rows.ComparisonRows:
        """Everything the workbook holds."""
        first = self._found[0]
        costs = first.costs or {}
        needed = dict.fromkeys(post for each in self._found for post in self._paid(each) or ())
        return rows.ComparisonRows(
            organisation,
            day,
            self._words.names,
            [(row.heading, row.cells) for row in self._words.table()],
            [self._years(each) for each in self._found],
            [rows.PostCost(self._text.post_name(*post), costs[post]) for post in needed if post in costs],
            list(self._new_posts(first)),
            self._words.resting(),
        )

    def _new_posts(self, found: Compared) -> Iterator[rows.NewPostRow]:
        for year, of in zip(found.years[2:], found.organisation.years, strict=True):
            for new in of.new_posts:
                yield rows.NewPostRow(self._words.money.year_name(year), new.name, new.number, new.cost)

    def _years(self, found: Compared) -> rows.Years:
        growth = found.organisation.growth
        mean: Literal["percentages", "sums"] = "percentages"
        if found.burden.mean.operation != "mean":
            mean = "sums"
        given: list[PlannedYear | None] = [None, None, *found.organisation.years]
        paid = self._paid(found)
        return rows.Years(
            self._words.name(found.name),
            [self._year(year, of) for year, of in zip(found.years, given, strict=True)],
            rows.Rates(growth.budget, growth.salaries, growth.benefits),
            int(self._most.year),
            int(self._most.mean),
            self._text.place(self._most.year_clause),
            self._text.place(self._most.mean_clause),
            mean,
            [] if paid is None else [(self._text.post_name(*post), number) for post, number in paid.items()],
        )

    def _year(self, year: YearOfBurden, of: PlannedYear | None) -> rows.YearAmounts:
        follows = of is not None and "salaries_frame" not in of.amounts
        frame = year.salaries.exact if of is None else None
        if of is not None and not follows:
            frame = Fraction(of.amounts["salaries_frame"])
        return rows.YearAmounts(
            self._words.money.year_name(year),
            frame,
            year.steps.exact,
            year.new_posts.exact,
            year.plan.exact,
            year.benefits.exact,
            year.budget.exact,
            frozenset(year.rates),
            follows,
        )

    def _paid(self, found: Compared) -> Counter[tuple[str, str]] | None:
        """How many of each post a structure pays for besides today's; none where that is not what it adds."""
        if found.costs is None or found.plan is None or found.judgement is None:
            return None
        counts: Counter[tuple[str, str]] = Counter()
        for post in found.judgement.posts:
            for of, number in self._of_post(found, post):
                counts[of] += number
        kept = Counter({of: number for of, number in counts.items() if number})
        if any(of not in found.costs for of in kept):
            return None
        total = sum(found.costs[of] * number for of, number in kept.items())
        # A raise that would cost less than before adds nothing, which no sum of costs says.
        return kept if total == found.judgement.increase == found.judgement.increase_most else None

    def _of_post(self, found: Compared, post: PlannedPost) -> Iterator[tuple[tuple[str, str], int]]:
        unit = found.organisation.unit(post.unit) if post.unit else None
        if post.post in INSIDE:
            key = {"section_head": "sections", "part_head": "parts"}[post.post]
            before = (getattr(unit, key) or 0) if unit is not None and unit.exists else 0
            if post.number > before:
                yield (post.post, post.level), post.number - before
        elif post.change == "new":
            yield (post.post, post.level), 1
        elif post.was is not None and RANKS[post.level] > RANKS[post.was]:
            was = post.post
            if unit is not None:
                was = "office_head" if unit.kind == "office" else "division_head"
            yield (post.post, post.level), 1
            yield (was, post.was), -1
