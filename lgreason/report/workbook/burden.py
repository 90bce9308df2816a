"""The sheet of the burden of personnel: amounts to fill in, all else by formulas, with the exact values in place.

A spreadsheet calculates in binary fractions. The comparison with the ceiling therefore allows for a difference far
below one baht of any budget written as numbers, and no more. Where an amount is larger, the sheet has no formulas,
but the exact values as text, and says so.
"""

from __future__ import annotations

from fractions import Fraction

from lgreason.report.workbook.rows import BurdenItem, BurdenRows, Year
from lgreason.report.workbook.sheet import Sheet

ALLOWANCE = Fraction(1, 10**12)
"""In per cent: more than binary fractions of percentages err by, less than one baht in a budget below `LARGEST`."""
LARGEST = 10**13
COLUMN = 2
Exact = Fraction | None


def write_burden(sheet: Sheet, burden: BurdenRows) -> None:
    """Write the calculation, year by year and then the mean, its verdict among it."""
    _Burden(sheet, burden).write()


class _Burden:
    def __init__(self, sheet: Sheet, burden: BurdenRows) -> None:
        self.sheet, self.burden, self.say = sheet, burden, sheet.say
        amounts = [item.baht for year in burden.years for item in (*year.items, year.budget)]
        self.live = all(baht is None or abs(baht) < LARGEST for baht in amounts)
        self.unknown = self.say("sheet.not_calculable")

    def write(self) -> None:
        self.sheet.headings([self.say(f"sheet.{column}") for column in ("item", "clause", "amount")])
        years = [self._year(year) for year in self.burden.years]
        mean = self._mean(years)
        ceiling = self._value(
            self.say("sheet.ceiling"), self.burden.clause, None, Fraction(self.burden.ceiling)
        )
        self._value(
            self.say("sheet.margin"),
            "",
            f"{ceiling[0]}-{mean[0]}",
            None if mean[1] is None else self.burden.ceiling - mean[1],
        )
        self._verdict(mean, ceiling[0])
        if self.burden.note:
            self.sheet.note(self.burden.note)
        if not self.live:
            self.sheet.note(self.say("sheet.too_large"))
        self.sheet.end()

    def _year(self, year: Year) -> tuple[str, str, str, Exact, Exact]:
        """Writes a year; returns the cells of its amount, budget and percentage, and the first two exactly."""
        self.sheet.add((year.heading, "", None), text="strong")
        cells = [self._amount(item) for item in year.items]
        known = [item.baht for item in year.items]
        total = None if None in known else Fraction(sum(baht for baht in known if baht is not None))
        sum_cell, _ = self._value(self.say("sheet.total"), "", "+".join(cells), total, "sum")
        budget_cell = self._amount(year.budget)
        budget = None if year.budget.baht is None else Fraction(year.budget.baht)
        percent = 100 * total / budget if total is not None and budget else None
        percent_cell, _ = self._value(self.say("sheet.percent"), "", f"{sum_cell}/{budget_cell}*100", percent)
        return sum_cell, budget_cell, percent_cell, total, budget

    def _mean(self, years: list[tuple[str, str, str, Exact, Exact]]) -> tuple[str, Exact]:
        sums, budgets, percents, totals, wholes = zip(*years, strict=True)
        exact: Exact = None
        if self.burden.mean == "sums":
            formula = f"({'+'.join(sums)})/({'+'.join(budgets)})*100"
            if None not in totals and None not in wholes and sum(wholes):
                exact = 100 * Fraction(sum(totals), sum(wholes))
        else:
            formula = f"({'+'.join(percents)})/{len(years)}"
            if None not in totals and all(wholes):
                exact = sum(100 * t / w for t, w in zip(totals, wholes, strict=True)) / Fraction(len(years))
        return self._value(self.say("sheet.mean"), self.burden.clause, formula, exact)

    def _verdict(self, mean: tuple[str, Exact], ceiling: str) -> None:
        within, over = self.say("sheet.within"), self.say("sheet.over")
        exact = self.unknown if mean[1] is None else within if mean[1] <= self.burden.ceiling else over
        row = self.sheet.add((self.say("sheet.verdict"), self.burden.clause), text="strong")
        if self.live:
            compared = f'IF({mean[0]}<={ceiling}+{float(ALLOWANCE):.0E},"{within}","{over}")'
            formula = f'=IF(ISNUMBER({mean[0]}),{compared},"{self.unknown}")'
            self.sheet.sheet.write_formula(row, COLUMN, formula, self.sheet.formats["strong"], exact)
            self.sheet.seen(row, COLUMN, exact)
        else:
            self.sheet.put(row, COLUMN, exact, "strong")

    def _amount(self, item: BurdenItem) -> str:
        """An amount to be filled in; returns its cell."""
        row = self.sheet.add((item.name, item.clause))
        shown = self.say("sheet.unknown") if item.baht is None else item.baht
        self.sheet.put(row, COLUMN, shown, "input")
        return _cell(row)

    def _value(
        self, name: str, clause: str, formula: str | None, exact: Exact, style: str = "percent"
    ) -> tuple[str, Exact]:
        """A calculated value, or one that is given if there is no formula; returns its cell and the value."""
        row = self.sheet.add((name, clause), text="strong")
        digits = 0 if style == "sum" else 2
        printed = self.unknown if exact is None else self.sheet.wording.digits_of(_rounded(exact, digits))
        form = self.sheet.formats[style]
        if not self.live:
            self.sheet.sheet.write_string(row, COLUMN, printed, self.sheet.formats["digits"])
        elif formula is None:
            self.sheet.sheet.write_number(row, COLUMN, float(exact or 0), form)
        else:
            value: float | str = self.unknown if exact is None else float(exact)
            guarded = f'=IFERROR({formula},"{self.unknown}")'
            self.sheet.sheet.write_formula(row, COLUMN, guarded, form, value)
        self.sheet.seen(row, COLUMN, printed)
        return _cell(row), exact


def _cell(row: int) -> str:
    return f"{'ABC'[COLUMN]}{row + 1}"


def _rounded(exact: Fraction, digits: int) -> str:
    """A value as printed, half a unit of the last place rounded up; only what is printed is rounded."""
    whole = (abs(exact) * 10**digits * 2 + 1) // 2
    sign = "-" if exact < 0 and whole else ""
    before, after = divmod(whole, 10**digits)
    return f"{sign}{before:,}" + (f".{after:0{digits}}" if digits else "")
