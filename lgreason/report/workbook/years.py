"""The sheets of a comparison of structures: side by side, what posts cost, the years of each with live formulas.

Amounts to be filled in are yellow; whatever follows from them is a formula with its exact value in place. What a post
costs stands once, on the sheet of costs, and every structure's sheet of years takes it from there.
"""

from __future__ import annotations

from fractions import Fraction

from lgreason.report.workbook.burden import ALLOWANCE
from lgreason.report.workbook.rows import ComparisonRows, Years
from lgreason.report.workbook.sheet import FIRST_ROW, Sheet

Exact = Fraction | None
COST, FIRST_PAID = 1, 2
"""The columns of the sheet of costs: what a post costs, and from which on how many each structure pays for."""
SIDE_BY_SIDE = 26
RATES = ("budget", "salaries", "benefits")


def write_table(sheet: Sheet, contents: ComparisonRows) -> None:
    """The sheet on which the structures stand side by side: columns so narrow that a page across is read."""
    sheet.widest = SIDE_BY_SIDE
    sheet.headings((sheet.say("sheet.item"), *contents.names), frozen_columns=1)
    for heading, cells in contents.rows:
        sheet.add((heading, *cells))
        sheet.put(sheet.row - 1, 0, heading, "strong")
    for words in contents.notes:
        sheet.note(words)
    sheet.end()


class CostsSheet:
    """The sheet of cost inputs, and where on it the others find what they need."""

    def __init__(self, sheet: Sheet, contents: ComparisonRows) -> None:
        """Write the sheet."""
        self.title = sheet.title
        say = sheet.say
        paid = [dict(years.increase) for years in contents.years]
        names = [say("sheet.paid_for", name=years.of) for years in contents.years]
        sheet.headings([say("sheet.post"), say("sheet.cost"), *names], frozen_columns=1)
        self.costs = contents.costs
        for cost in contents.costs:
            row = sheet.add((cost.name, None, *(each.get(cost.name, 0) for each in paid)))
            sheet.put(row, COST, cost.baht, "input")
        self.last = sheet.row - 1
        sheet.row += 1
        self.first_new = sheet.row + 1
        heads = ("year_of", "post", "number_of", "cost", "sum_of")
        for column, key in enumerate(heads):
            sheet.put(sheet.row, column, say(f"sheet.{key}"), "heading")
        sheet.row += 1
        for new in contents.new_posts:
            row = sheet.add((new.year, new.name, None, None, None))
            sheet.put(row, 2, new.number, "input")
            sheet.put(row, 3, new.baht, "input")
            formula = f"=C{row + 1}*D{row + 1}"
            sheet.sheet.write_formula(row, 4, formula, sheet.formats["sum"], new.number * new.baht)
        self.last_new = sheet.row
        self.new_posts = contents.new_posts
        sheet.end()

    def increase(self, place: int) -> str:
        """What a structure adds in a year, as a formula; nothing where no costs are given."""
        if not self.costs:
            return ""
        column = _letter(FIRST_PAID + place)
        first, last = FIRST_ROW + 1, self.last + 1
        title = self.title.replace("'", "''")
        return (
            f"SUMPRODUCT('{title}'!${_letter(COST)}${first}:${_letter(COST)}${last},"
            f"'{title}'!${column}${first}:${column}${last})"
        )

    def of_year(self, year: str) -> str:
        """What further posts cost that begin in a year, as a formula; nothing where there are none."""
        rows = [self.first_new + at + 1 for at, new in enumerate(self.new_posts) if new.year == year]
        title = self.title.replace("'", "''")
        return "+".join(f"'{title}'!$E${row}" for row in rows)


class YearsSheet:
    """The sheet of years of one structure: a column a year."""

    def __init__(self, sheet: Sheet, years: Years, costs: CostsSheet, place: int) -> None:
        """Take the years of the structure that has a place among those compared."""
        self.sheet, self.years, self.costs, self.place = sheet, years, costs, place
        self.say = sheet.say
        self.unknown = sheet.say("sheet.not_calculable")
        self.values: dict[tuple[str, int], Exact] = {}
        self.rows: dict[str, int] = {}

    def write(self) -> None:
        """Write the rates, and then row by row what each year comes to."""
        years = self.years.years
        headings = [self.say("sheet.item"), self.say("sheet.clause"), *(year.heading for year in years)]
        self.sheet.headings(headings, frozen_columns=2)
        self.rates = {key: self._rate(key) for key in RATES}
        keys = ("budget", "frame", "steps", "new_posts", "salaries", "plan", "benefits", "amount")
        further = ("percent", "today", "ceiling", "verdict", "mean", "mean_ceiling", "mean_verdict")
        for at, key in enumerate((*keys, *further)):
            self.rows[key] = self.sheet.row + at
        for key in (*keys, *further):
            self._row(key)
        self.sheet.end()

    def _rate(self, key: str) -> str:
        value = getattr(self.years.rates, key)
        row = self.sheet.add((self.say(f"sheet.rate_{key}"), "", None))
        if value is None:
            self.sheet.put(row, 2, self.say("sheet.unknown"), "input")
        else:
            self.sheet.sheet.write_number(row, 2, float(value), self.sheet.formats["rate"])
        return f"$C${row + 1}"

    def _row(self, key: str) -> None:
        label = f"sheet.{key}" if key in ("mean_ceiling", "mean_verdict") else f"sheet.year_{key}"
        clause = {"ceiling": self.years.year_clause, "mean_ceiling": self.years.mean_clause}.get(key, "")
        row = self.sheet.add((self.say(label), clause), text="strong")
        assert row == self.rows[key]
        for at in range(len(self.years.years)):
            getattr(self, f"_{key}")(at)

    # ── cells ───────────────────────────────────────────────────────────────────────────────────

    def cell(self, key: str, at: int) -> str:
        """Where a value of a year stands."""
        return f"{_letter(2 + at)}{self.rows[key] + 1}"

    def _input(self, key: str, at: int, value: Exact) -> None:
        self.values[key, at] = value
        row = self.rows[key]
        if value is None:
            self.sheet.put(row, 2 + at, self.say("sheet.unknown"), "input")
        else:
            self.sheet.sheet.write_number(row, 2 + at, float(value), self.sheet.formats["input"])
            self.sheet.seen(row, 2 + at, f"{float(value):,.0f}")

    def _formula(self, key: str, at: int, formula: str, value: Exact, style: str = "sum") -> None:
        self.values[key, at] = value
        row, shown = self.rows[key], self.unknown if value is None else float(value)
        guarded = f'=IFERROR({formula},"{self.unknown}")'
        self.sheet.sheet.write_formula(row, 2 + at, guarded, self.sheet.formats[style], shown)
        self.sheet.seen(row, 2 + at, shown if isinstance(shown, str) else f"{shown:,.2f}")

    def _grown(self, key: str, part: str, at: int, rate: str, value: Exact) -> None:
        """An amount of the file, or that of the year before grown by a rate."""
        if part in self.years.years[at].grown:
            self._formula(key, at, f"{self.cell(key, at - 1)}*(1+{self.rates[rate]}/100)", value)
        else:
            self._input(key, at, value)

    # ── rows ────────────────────────────────────────────────────────────────────────────────────

    def _budget(self, at: int) -> None:
        self._grown("budget", "budget", at, "budget", self.years.years[at].budget)

    def _frame(self, at: int) -> None:
        year = self.years.years[at]
        if year.follows:
            self._formula("frame", at, self.cell("salaries", at - 1), self._salaries_of(at - 1))
        else:
            self._input("frame", at, year.frame)

    def _salaries_of(self, at: int) -> Exact:
        """What the salaries of a year come to; its row stands below those that need them."""
        year = self.years.years[at]
        frame = self._salaries_of(at - 1) if year.follows else year.frame
        return _sum(frame, year.steps, year.new_posts)

    def _steps(self, at: int) -> None:
        year = self.years.years[at]
        if "salary_steps" in year.grown:
            formula = f"{self.cell('salaries', at - 1)}*{self.rates['salaries']}/100"
            self._formula("steps", at, formula, year.steps)
        else:
            self._input("steps", at, year.steps)

    def _new_posts(self, at: int) -> None:
        year = self.years.years[at]
        formula = self.costs.of_year(year.heading)
        if formula:
            self._formula("new_posts", at, formula, year.new_posts)
        else:
            self._input("new_posts", at, year.new_posts)

    def _salaries(self, at: int) -> None:
        parts = "+".join(self.cell(key, at) for key in ("frame", "steps", "new_posts"))
        self._formula("salaries", at, parts, self._salaries_of(at))

    def _plan(self, at: int) -> None:
        year = self.years.years[at]
        increase = self.costs.increase(self.place) if self.years.increase else ""
        if "plan" in year.grown:
            self._formula(
                "plan", at, f"{self.cell('plan', at - 1)}*(1+{self.rates['salaries']}/100)", year.plan
            )
        elif at > 1:
            self._formula("plan", at, self.cell("plan", at - 1), year.plan)
        elif at == 1 and increase:
            self._formula("plan", at, increase, year.plan)
        else:
            self._input("plan", at, year.plan)

    def _benefits(self, at: int) -> None:
        self._grown("benefits", "benefits", at, "benefits", self.years.years[at].benefits)

    def _amount(self, at: int) -> None:
        keys = ("salaries", "plan", "benefits")
        value = _sum(*(self.values[key, at] for key in keys))
        self._formula("amount", at, "+".join(self.cell(key, at) for key in keys), value)

    def _percent(self, at: int) -> None:
        formula = f"{self.cell('amount', at)}/{self.cell('budget', at)}*100"
        self._formula("percent", at, formula, self._share(self.values["amount", at], at), "percent")

    def _share(self, amount: Exact, at: int) -> Exact:
        budget = self.values["budget", at]
        return None if amount is None or not budget else amount * 100 / budget

    def _today(self, at: int) -> None:
        amount, plan = self.values["amount", at], self.values["plan", at]
        value = self._share(None if amount is None or plan is None else amount - plan, at)
        formula = f"({self.cell('amount', at)}-{self.cell('plan', at)})/{self.cell('budget', at)}*100"
        self._formula("today", at, formula, value, "percent")

    def _ceiling(self, at: int) -> None:
        self._input("ceiling", at, Fraction(self.years.year_ceiling))

    def _mean_ceiling(self, at: int) -> None:
        self._input("mean_ceiling", at, Fraction(self.years.mean_ceiling))

    def _verdict(self, at: int) -> None:
        self._compared("verdict", "percent", "ceiling", at)

    def _mean_verdict(self, at: int) -> None:
        if at:
            self._compared("mean_verdict", "mean", "mean_ceiling", at)

    def _mean(self, at: int) -> None:
        if not at:
            return
        before, now = self.values["percent", at - 1], self.values["percent", at]
        if self.years.mean == "percentages":
            formula = f"({self.cell('percent', at - 1)}+{self.cell('percent', at)})/2"
            value = None if before is None or now is None else (before + now) / 2
        else:
            amounts, budgets = (
                f"({self.cell(key, at - 1)}+{self.cell(key, at)})" for key in ("amount", "budget")
            )
            formula = f"{amounts}/{budgets}*100"
            amount = _sum(self.values["amount", at - 1], self.values["amount", at])
            budget = _sum(self.values["budget", at - 1], self.values["budget", at])
            value = None if amount is None or not budget else amount * 100 / budget
        self._formula("mean", at, formula, value, "percent")

    def _compared(self, key: str, value: str, ceiling: str, at: int) -> None:
        within, over = self.say("sheet.within"), self.say("sheet.over")
        exact, most = self.values[value, at], self.values[ceiling, at]
        shown = self.unknown if exact is None or most is None else within if exact <= most else over
        of, bound = self.cell(value, at), self.cell(ceiling, at)
        compared = f'IF({of}<={bound}+{float(ALLOWANCE):.0E},"{within}","{over}")'
        formula = f'=IF(ISNUMBER({of}),{compared},"{self.unknown}")'
        self.sheet.sheet.write_formula(self.rows[key], 2 + at, formula, self.sheet.formats["strong"], shown)
        self.sheet.seen(self.rows[key], 2 + at, shown)


def _sum(*parts: Exact) -> Exact:
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None


def _letter(column: int) -> str:
    """The letters of a column, from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
