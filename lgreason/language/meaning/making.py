"""What every measure of a fact stands on: the entries that count, and the days in which they do."""

from __future__ import annotations

from collections.abc import Callable

from lgreason.language.lexicon.algebra import FactDemand, Test, every
from lgreason.language.lexicon.declared import Declared
from lgreason.rules.terms import Fn

COUNT_ONE = Fn("at_least", (Fn("count", (1,)),))
NONE_AT_ALL = Fn("at_most", (Fn("count", (0,)),))
TIME = frozenset({"years", "months", "weeks", "days"})
DATED = frozenset({"events", "rounds"})
STRETCHES = frozenset({"periods", "steps"})
OPPOSITE = {"at_least": "less_than", "less_than": "at_least", "at_most": "more_than", "more_than": "at_most"}
_UNITS = {
    "number": ("number", "whole", "points", "hours", "percent"),
    "points": ("points", "number", "percent"),
    "percent": ("percent", "score"),
    "hours": ("hours",),
    "baht": ("baht",),
    "million_baht": ("baht",),
}
"""With what types of attributes an amount of a unit may be compared."""


def unit_of(form: Fn) -> str:
    """The unit of the amount of a bound; empty if it has none."""
    amount = form.args[0] if form.args else None
    return amount.name if isinstance(amount, Fn) else ""


def in_years(form: Fn) -> Fn:
    """An age told as a bare number, in years."""
    (of,) = form.args
    return Fn(form.name, (Fn("years", of.args),)) if isinstance(of, Fn) and of.name == "number" else form


def _aged(test: Test) -> bool:
    return test.measures is not None and test.measures.name == "age"


def _dated(conditions: list[Test]) -> bool:
    """Whether the conditions say of themselves on which days an entry counts."""
    return any(
        test.says.name in ("within", "covers") or (test.measures is not None and test.measures.name == "age")
        for test in conditions
    )


class Making:
    """A demand that is being made into a measure and its bound."""

    def __init__(self, demand: FactDemand, declared: Declared, unclear: Callable[[str], Exception]) -> None:
        """Take the demand, what is declared, and what tells that it is not clear."""
        self._demand = demand
        self._declared = declared
        self._unclear = unclear
        assert demand.fact is not None
        self._fact = declared.facts[demand.fact]
        self._flags = set(demand.flags) - {"any_time", "either"}

    def _source(
        self, conditions: list[Test], window: Fn | None, mark: str = "@e"
    ) -> tuple[Fn, tuple[tuple[str, Test], ...]]:
        source = Fn(self._fact.id)
        if window is not None:
            source = Fn("clip", (source, window))
        entry = every(conditions)
        if entry is None:
            return source, ()
        return Fn("which", (source, mark)), ((mark, entry),)

    def _window(self) -> Fn | None:
        demand = self._demand
        if demand.window is not None:
            self._flags.discard("backward")  # «ในรอบ ๓ ปีที่ผ่านมา» are the last three years
            if demand.window.name == "fiscal_years":
                self._flags.discard("before_year")
            return demand.window
        years = [m for m in demand.measures if m.name == "fiscal_years"]
        if years and self._flags & {"backward", "before_year"}:
            self._flags -= {"backward", "before_year"}
            demand.measures.remove(years[0])
            return Fn("fiscal_years", years[0].args)
        spans = [m for m in demand.measures if m.name in TIME]
        if spans and self._flags & {"backward", "latest"}:
            self._flags -= {"backward", "latest"}
            demand.measures.remove(spans[0])
            return Fn("last", (spans[0],))
        return Fn("until", (Fn("eve"),)) if demand.upto == "eve" else None

    def _some(self, conditions: list[Test]) -> Test:
        demand, shape = self._demand, self._fact.shape.name
        window = self._window()
        if demand.measures:
            raise self._unclear("rule_piece_idle")
        if demand.saved_from is not None and any(
            _aged(t) for g in demand.groups[demand.saved_from :] for t in g.tests
        ):
            demand.now, demand.ever = (
                False,
                True,
            )  # who has left long enough ago is excepted: so others are meant too
        now = demand.now or (
            shape in STRETCHES and not demand.ever and window is None and not _dated(conditions)
        )
        if now and shape in STRETCHES:
            if demand.negative or not conditions:
                window = Fn("day")
            else:
                conditions = [*conditions, Test(Fn("covers", (Fn("day"),)), Fn("period"))]
        source, entries = self._source(conditions, window)
        says = NONE_AT_ALL if demand.negative else COUNT_ONE
        return Test(says, Fn("count", (source,)), entries=entries)

    def _denied(self, form: Fn, unless: bool = False) -> Fn:
        """A bound as it is asked; denied, what is not more than so much: «ต้องไม่ลาป่วยเกิน ๓๐ วัน»."""
        if not self._demand.negative:
            return form
        if unless or form.name == "at_most":
            raise self._unclear("rule_piece_idle")
        return Fn(OPPOSITE[form.name], form.args)

    def _fits(self, of: str, form: Fn) -> bool:
        """Whether an attribute can be compared with an amount of that unit."""
        attribute = self._fact.attribute(of.split("."))
        if attribute is not None and unit_of(form) == "number" and self._demand.measured is None:
            # A bare number may be one of entries too, where their amounts have a unit.
            return (
                attribute.type.name not in ("percent", "hours", "baht")
                and attribute.type.name in _UNITS["number"]
            )
        return attribute is not None and attribute.type.name in _UNITS.get(unit_of(form), ())

    def _parts(self) -> str | None:
        """The attribute that holds the scores of the parts of an entry."""
        return next((n for n, a in self._fact.attributes.items() if a.type.name == "scores"), None)
