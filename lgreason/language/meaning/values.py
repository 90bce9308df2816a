"""Measures of facts that have one value, scores, or a value a year."""

from __future__ import annotations

from itertools import pairwise

from lgreason.language.lexicon.algebra import Test, every, one_of, value
from lgreason.language.meaning.making import OPPOSITE, TIME, Making, in_years, unit_of
from lgreason.rules.terms import Fn


class ValueMeasures(Making):
    """Measures of facts without entries."""

    def _one(self) -> Test:
        demand, fact = self._demand, self._fact
        kind = fact.value.type.name if fact.value is not None else ""
        if demand.window is not None or demand.names or (demand.bounds and demand.measures):
            raise self._unclear("rule_piece_idle")
        if kind == "date" and demand.retiring is not None:
            times = [form for form in demand.bounds if unit_of(form) in TIME]
            (age,) = demand.retiring.args
            if len(times) != 1 or demand.measures or demand.retiring.name not in ("years", "number"):
                raise self._unclear("rule_piece_idle")
            self._flags -= {"left", "retiring"}
            end = Fn("after", (Fn(fact.id), Fn("years", (age,))))
            return Test(times[0], Fn("left", (end,)))
        if kind == "date":
            bounds = demand.bounds or [Fn("at_least", (m,)) for m in demand.measures]
            bounds = [in_years(form) for form in bounds]
            if any(unit_of(form) not in TIME for form in bounds):
                raise self._unclear("rule_piece_idle")
            if demand.negative and len(bounds) == 1:
                bounds = [Fn(OPPOSITE[bounds[0].name], bounds[0].args)]
            tests = [Test(form, Fn("age", (Fn(fact.id),))) for form in bounds]
            if not tests or (demand.negative and len(bounds) > 1):
                raise self._unclear("rule_piece_idle")
            return every(tests) or tests[0]
        if kind == "yes_no":
            if demand.bounds or demand.groups:
                raise self._unclear("rule_piece_idle")
            found = Test(one_of(Fn("true")), value(fact.id))
            return Test(Fn("none"), parts=(found,)) if demand.negative else found
        if len(demand.bounds) == 1 and not demand.groups:
            return Test(demand.bounds[0], value(fact.id))
        raise self._unclear("rule_piece_idle")

    def _scored(self) -> Test:
        """A score by its name, or the least of several."""
        demand = self._demand
        self._flags -= {"each_part"}
        if not demand.names or len(demand.bounds) != 1 or demand.measures or demand.negative or demand.groups:
            raise self._unclear("rule_piece_idle")
        values = [Fn("value", (Fn("at", (Fn(self._fact.id), name)),)) for name in dict.fromkeys(demand.names)]
        return Test(demand.bounds[0], values[0] if len(values) == 1 else Fn("least_of", tuple(values)))

    def _growing(self) -> Test:
        """More in each year than in the year before it."""
        demand = self._demand
        years = [m for m in demand.measures if m.name == "fiscal_years"]
        if demand.bounds and "growing" not in self._flags:
            return self._yearly_value(years)
        if "growing" not in self._flags or len(years) != 1 or demand.bounds or demand.negative:
            raise self._unclear("rule_piece_idle")
        self._flags -= {"growing", "running", "before_year", "backward"}
        of = self._fact.id
        unit = self._fact.value.type.name if self._fact.value is not None else "number"
        at = [
            Fn("value", (Fn("at", (Fn(of), Fn("fiscal_year", (number,)))),))
            for number in range(1, int(str(years[0].args[0])) + 2)
        ]
        more = Fn("more_than", (Fn(unit, (0,)),))
        tests = [Test(more, Fn("subtract", pair)) for pair in pairwise(at)]
        return every(tests) or tests[0]

    def _yearly_value(self, years: list[Fn]) -> Test:
        """So much in the last fiscal year; of several years in each of them."""
        demand = self._demand
        if demand.window is not None and demand.window.name == "fiscal_years":
            years = [*years, demand.window]
        if len(years) != 1 or len(demand.bounds) != 1 or demand.negative or demand.groups:
            raise self._unclear("rule_piece_idle")
        number = int(str(years[0].args[0]))
        values = [
            Fn("value", (Fn("at", (Fn(self._fact.id), Fn("fiscal_year", (one,)))),))
            for one in range(1, number + 1)
        ]
        if number > 1 and not self._flags & {"each_year", "each_part", "each_time"}:
            raise self._unclear("rule_piece_idle")  # in each, on average or in all: nobody has said
        self._flags -= {"each_year", "each_part", "each_time", "before_year", "backward", "running"}
        tests = [Test(demand.bounds[0], one) for one in values]
        return every(tests) or tests[0]
