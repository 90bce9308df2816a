"""Measures of how long the entries of a fact last."""

from __future__ import annotations

from lgreason.language.lexicon.algebra import Test, one_of, path, value
from lgreason.language.meaning.making import STRETCHES, Making
from lgreason.language.meaning.values import ValueMeasures
from lgreason.rules.terms import Fn


class Lengths(ValueMeasures):
    """Measures of time, with what is added to it and left out of it."""

    def _long(self, conditions: list[Test], form: Fn) -> Test:
        demand = self._demand
        form = self._denied(form, unless=demand.ever)
        # «ติดต่อกันหรือรวมกัน»: in one stretch or in several, which is all of the time.
        running = "running" in self._flags and "total" not in self._flags
        self._flags -= {"running", "total"}
        window = self._window() if not running else demand.window
        source, entries = self._source(conditions, window)
        if "the_same" in self._flags:
            self._flags.discard("the_same")
            source = Fn("alike", (path("organisation.id"), source))
        if running:
            if demand.riders or demand.acting is not None:
                raise self._unclear("rule_piece_idle")
            end = (Fn("eve"),) if demand.upto == "eve" else ()
            return Test(form, Fn("running", (source, *end)), entries=entries)
        how = self._declared.counted(self._fact.id) if demand.window is None else "length"
        return self._with_riders(form, how, source, entries)

    def _with_riders(self, form: Fn, how: str, source: Fn, entries: tuple[tuple[str, Test], ...]) -> Test:
        """The time with what is added to it and left out of it."""
        demand = self._demand
        found = list(entries)
        added: list[Fn] = []
        for number, (weight, other, cap) in enumerate(demand.riders, 1):
            assert other.fact is not None
            making = Making(other, self._declared, self._unclear)
            conditions = [group.test() for group in other.groups]
            if other.counts:
                conditions.insert(0, Test(Fn("counts"), Fn("post"), counts=other.counts))
            if other.bounds or other.negative or making._fact.shape.name not in STRETCHES:
                raise self._unclear("rule_piece_idle")
            conditions += self._related(other.fact)
            of, more = making._source(conditions, demand.window, f"@r{number}")
            found += more
            if weight == "without":
                if of == Fn(self._fact.id):
                    raise self._unclear("rule_piece_idle")  # nothing would be left to count
                source = Fn("without", (source, of))
                continue
            time = Fn("length", (of,))
            if weight == "half":
                time = Fn("scale", (time, 1, 2))
            elif weight == "double":
                time = Fn("length", (Fn("inside", (of, source)),))
            added.append(Fn("cap", (time, cap)) if cap is not None else time)
        if demand.acting is not None:
            own = dict(found).get("@e")
            if own is None or own.says.name != "counts":
                raise self._unclear("rule_piece_idle")
            acts = Test(Fn("counts"), Fn("post"), counts=(*own.counts, Fn("acting")))
            entry = Test(Fn("all"), parts=(Test(one_of(Fn("true")), value("acting")), acts))
            found.append(("@a", entry))
            time = Fn("length", (Fn("without", (Fn("which", (Fn("postings"), "@a")), source)),))
            added.append(time if demand.acting == Fn("whole") else Fn("cap", (time, demand.acting)))
        if demand.full_time is not None:
            if demand.full_time.name != "hours" or "hours_per_week" not in self._fact.attributes:
                raise self._unclear("rule_piece_idle")
            part = Fn("scale", (value("hours_per_week"), 1, *demand.full_time.args))
            source = Fn("weighted", (source, Fn("cap", (part, Fn("number", (1,))))))
        measure = Fn(how, (source,))
        for time in added:
            measure = Fn("add", (measure, time))
        return Test(form, measure, entries=tuple(found))

    def _related(self, fact: str) -> list[Test]:
        """What an added fact must be related to: the series of related service is that of the posts."""
        pairs = self._declared.relates(fact)
        return [
            Test(test.says, value(mine))
            for mine, theirs in pairs
            for group in self._demand.groups
            for test in group.tests
            if test.measures == value(theirs) and not group.denied
        ]
