"""What money does to an answer about an organisation, and the burden year by year, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from lgreason.reasoning.cases.verdict import permission_of
from lgreason.reasoning.organisations.money import JointChange, JointMargin, Margin, MoneyChange
from lgreason.reasoning.organisations.quantities import Interval
from lgreason.reasoning.organisations.years import Ceilings, YearOfBurden, ceilings
from lgreason.reasoning.structures.comparison import Compared
from lgreason.report.line import Line
from lgreason.report.text.amounts import decimal, percent, short_percent, value_words
from lgreason.report.text.explanation import STYLES
from lgreason.report.text.organisation import OrganisationText
from lgreason.report.wording import Wording

HUNDREDTHS = 100


class MoneyText:
    """Writes what money does in one language."""

    def __init__(self, text: OrganisationText, wording: Wording) -> None:
        """Take the words of the organisation."""
        self._text = text
        self._wording = wording
        self._say = wording.say

    def baht(self, amount: Fraction | int) -> str:
        """An amount in whole baht."""
        return value_words(Fraction(decimal(Fraction(amount), 0)), "baht", self._wording)

    def _places(self, clauses: Iterable[str]) -> str:
        return self._say("list.semicolon").join(map(self._text.place, clauses))

    # ── the least change ────────────────────────────────────────────────────────────────────────

    def least(self, found: Iterable[MoneyChange]) -> Iterator[Line]:
        """The amounts that alone make an answer yes, each with its least change."""
        changes = list(found)
        if not changes:
            yield Line(self._say("money.least_none"), style="note")
            return
        yield Line(self._say("money.least"), style="heading")
        for change in changes:
            yield Line(self.change(change), 1)

    def together(self, found: Iterable[JointChange]) -> Iterator[Line]:
        """By how much all income would have to rise, or all costs fall, together."""
        for change in found:
            words = self._say(f"money.together_{change.what}", share=self.share(change.by))
            yield Line(words, 1)

    def change(self, change: MoneyChange) -> str:
        """One change in words."""
        key = "money.more" if change.by > 0 else "money.less"
        words = self._say(
            key,
            name=self._text.amount_name(change.path),
            by=self.baht(abs(change.by)),
            before=self.baht(change.before),
            after=self.baht(change.after),
        )
        return self._say("money.past", change=words) if change.path.startswith("previous.") else words

    # ── a plan ──────────────────────────────────────────────────────────────────────────────────

    def of_plan(self, found: Compared) -> Iterator[Line]:
        """The burden that a plan comes to, its mean and both years, and what it adds to a year's salaries."""
        yield Line(self._say("money.of_plan"), style="heading")
        yield Line(self._say("money.of_plan_mean", burden=self.burden(found)), 1)
        for year in found.years[:2]:
            percent = self.percent(year.percent, ceilings(found.here).year)
            row = {"plan": self.year_name(year), "value": self._say("plans.year_within", percent=percent)}
            yield Line(self._say("plans.row", **row), 1)
        key = "money.of_plan_stated" if found.costs is None else "money.of_plan_added"
        amount = self._say("value.null") if found.increase is None else self.amount(found.increase)
        yield Line(self._say(key, amount=amount), 1)

    def burden(self, found: Compared) -> str:
        """The mean burden of a structure, and how far it is from its ceiling."""
        mean, most = found.burden.mean.value, ceilings(found.here).mean
        shown = self.percent(mean, most)
        if mean.exact is None:
            return self._say("plans.burden_open", mean=shown)
        margin = most - mean.exact
        key = "plans.burden_within" if margin > 0 else "plans.burden_over" if margin else "plans.burden_at"
        points = self.percent_points(abs(margin))
        return self._say(key, mean=shown, margin=points, most=self._wording.digits_of(str(most)))

    # ── how far ─────────────────────────────────────────────────────────────────────────────────

    def margins(self, joint: Iterable[JointMargin], margins: Iterable[Margin]) -> Iterator[Line]:
        """How far income may fall and costs rise, all together and each alone, before the answer changes."""
        together, each = list(joint), list(margins)
        if not together and not each:
            yield Line(self._say("money.no_margin"), style="note")
            return
        yield Line(self._say("money.margins"), style="heading")
        for one in together:
            yield Line(self.joint(one), 1)
        for margin in each:
            yield Line(self.margin(margin), 1)

    def joint(self, found: JointMargin) -> str:
        """How far all income may fall, or all costs rise, in words."""
        key = f"money.joint_{found.what}" if found.last else f"money.joint_{found.what}_none"
        return self._say(key, share=self.share(max(found.last, 1)), then=self._then(found))

    def margin(self, found: Margin) -> str:
        """How far one amount may move, in words."""
        by = abs(found.last - found.before)
        share = by * 100 * HUNDREDTHS // found.before if found.before else None
        shown = "" if share is None else self._say("money.share", share=self.share(share))
        return self._say(
            f"money.margin_{found.direction}" if by else f"money.margin_{found.direction}_none",
            name=self._text.amount_name(found.path),
            by=self.baht(by),
            share=shown,
            last=self.baht(found.last),
            then=self._then(found),
        )

    def share(self, hundredths: int) -> str:
        """A share in hundredths of a per cent."""
        return self._wording.digits_of(decimal(Fraction(hundredths, HUNDREDTHS)))

    def percent_points(self, value: Fraction) -> str:
        """A difference of percentages; one that would round to nothing keeps more decimals."""
        return self._wording.digits_of(percent(value, Fraction(0) if value else None))

    def _then(self, found: Margin | JointMargin) -> str:
        return self._say(f"money.then_{permission_of(found.truth)}", places=self._places(found.clauses))

    # ── year by year ────────────────────────────────────────────────────────────────────────────

    def years(self, found: Iterable[YearOfBurden], most: Ceilings) -> Iterator[Line]:
        """Every year: what it is made of, the burden, and how it stands to the ceilings."""
        yield Line(self._say("years.heading"), style="heading")
        for year in found:
            yield from self._year(year, most)
        yield Line(self._say("years.assumed"), style="note")

    def _year(self, year: YearOfBurden, most: Ceilings) -> Iterator[Line]:
        args = {
            "year": self.year_name(year),
            "amount": self.amount(year.amount),
            "budget": self.amount(year.budget),
            "percent": self.percent(year.percent, most.year),
        }
        yield Line(self._say("years.row", **args), 1, STYLES[year.within_year])
        parts = [("salaries", year.salaries), ("plan", year.plan), ("benefits", year.benefits)]
        if year.of == "further":
            parts[1:1] = [("steps", year.steps), ("new_posts", year.new_posts)]
        words = [
            self._say(f"years.{key}", amount=self.amount(value)) for key, value in parts if value.high != 0
        ]
        yield Line(self._say("list.semicolon").join(words), 2, "note")
        yield Line(self._held(year, most), 2)
        if year.mean is not None:
            mean = self.percent(year.mean, most.mean)
            key = f"years.mean_{str(year.within_mean).lower()}"
            args = {"mean": mean, "most": self._plain(most.mean), "place": self._text.place(most.mean_clause)}
            yield Line(self._say(key, **args), 2)
        for path in year.missing:
            yield Line(self._say("years.not_known", path=path), 2)

    def _held(self, year: YearOfBurden, most: Ceilings) -> str:
        room = year.room(most.year)
        args = {"most": self._plain(most.year), "place": self._text.place(most.year_clause)}
        return self._say(
            f"years.within_{str(year.within_year).lower()}", room=self.baht(abs(room or 0)), **args
        )

    def _plain(self, most: Fraction) -> str:
        return self._wording.digits_of(str(most))

    def year_name(self, year: YearOfBurden) -> str:
        """The year, or which it is where the file does not say."""
        if year.year is None:
            return self._say(f"years.of_{year.of}")
        words = self._say("years.be", year=year.year, ce=year.year - 543)
        return self._say("years.year", year=words, of=self._say(f"years.of_{year.of}"))

    def amount(self, value: Interval) -> str:
        """An amount, as far as it is known."""
        if value.exact is not None:
            return self.baht(value.exact)
        return (
            self._say("years.at_least", amount=self.baht(value.low)) if value.low else self._say("value.null")
        )

    def percent(self, value: Interval, beside: Fraction) -> str:
        """A percentage, as far as it is known."""
        if value.exact is not None:
            return self._wording.digits_of(short_percent(value.exact, beside))
        if not value.low:
            return self._say("value.null")
        return self._say("years.at_least", amount=self._wording.digits_of(percent(value.low)))
