"""Measures of facts that have entries."""

from __future__ import annotations

from lgreason.language.lexicon.algebra import Test, every, one_of, path, value
from lgreason.language.meaning.lengths import Lengths
from lgreason.language.meaning.making import COUNT_ONE, DATED, NONE_AT_ALL, STRETCHES, TIME, unit_of
from lgreason.rules.terms import Fn


class Listed(Lengths):
    """Measures of the entries of a fact."""

    def _listed(self) -> Test:
        demand, shape = self._demand, self._fact.shape.name
        plain = demand.leaf is not None and not (
            demand.window
            or demand.riders
            or demand.acting
            or demand.negative
            or demand.full_time
            or self._flags
        )
        if plain and not any(unit_of(form) in ("weeks", "days") for form in demand.bounds):
            says = demand.bounds[0] if demand.bounds else COUNT_ONE
            old = {"education": "qualification", "postings": "service"}.get(self._fact.id, self._fact.id)
            return Test(says, Fn(old), counts=demand.counts)
        conditions = [group.test() for group in demand.groups[: demand.saved_from]]
        if demand.counts and self._fact.id == "experience":
            works = [what.args[0] for what in demand.counts if what.name == "work"]
            if len(works) != len(demand.counts):
                raise self._unclear("rule_piece_idle")
            conditions.insert(0, Test(one_of(*works), value("work")))
        elif demand.counts:
            kind = "qualification" if self._fact.id == "education" else "post"
            conditions.insert(0, Test(Fn("counts"), Fn(kind), counts=demand.counts))
        if demand.saved_from is not None:
            saved = [group.test() for group in demand.groups[demand.saved_from :]]
            if not saved:
                raise self._unclear("rule_piece_idle")
            conditions.append(Test(Fn("none"), parts=(every(saved) or saved[0],)))
        self._as_long()
        times = [form for form in demand.bounds if unit_of(form) in TIME]
        counts = [form for form in demand.bounds if unit_of(form) == "count"]
        others = [form for form in demand.bounds if form not in times and form not in counts]
        named = {v for group in demand.groups for test in group.tests for v in test.says.args}
        if demand.names and not others:
            raise self._unclear("rule_piece_idle")  # a part of an examination, and nothing asked of it
        if "each_kind" in self._flags and len(named) < 2 and counts:
            self._flags = (self._flags - {"each_kind"}) | {"each_part"}
        if "each_part" in self._flags and counts and others:
            self._flags.discard("each_part")  # a number of entries of each of which something holds
        if self._flags & {"each_time", "each_part"} and self._of_latest():
            self._flags -= {"each_time", "each_part"}
        if "each_time" in self._flags:
            of = demand.measured or self._declared.main(self._fact.id, "")
            if others and (of is None or not all(self._fits(of, form) for form in others)):
                raise self._unclear("rule_piece_idle")
            demand.bounds = [form for form in demand.bounds if form not in others]
            return self._every_time([*conditions, *(Test(form, value(of or "")) for form in others)])
        if "each_kind" in self._flags:
            return self._kinds(times, counts, others)
        if self._fact.shape.name != "record" and self._parts() and others:
            return self._examined(conditions, others)
        if times and others and len(times) == 1:
            compared = demand.measured or self._declared.main(self._fact.id, "")
            if compared is None or not all(self._fits(compared, form) for form in others):
                raise self._unclear("rule_piece_idle")
            conditions += [Test(form, value(compared)) for form in others]
            demand.bounds, others = times, []
        if self._latest():
            return self._runs(conditions, counts)
        if demand.share_of is not None and len(others) == 1 and not times and not counts:
            self._flags.discard("total")
            source, entries = self._source(conditions, self._window())
            return Test(others[0], Fn("share", (Fn("count", (source,)), demand.share_of)), entries=entries)
        if others and not times:
            return self._numbers(conditions, others, counts)
        if times and len(demand.bounds) == 1 and shape in STRETCHES:
            return self._long(conditions, times[0])
        if times and len(demand.bounds) == 1 and shape == "events":
            date = str(getattr(self._fact.shape.args[0], "name", ""))
            conditions.append(Test(times[0], Fn("age", (Fn(date),))))
            return self._some(conditions)
        if counts and len(demand.bounds) == 1:
            return self._counted(conditions, counts[0])
        if demand.bounds:
            raise self._unclear("rule_piece_idle")
        return self._some(conditions)

    def _as_long(self) -> None:
        """A time without a comparison is the least: "for 5 years", "continuously for the 5 years before …"."""
        demand, window = self._demand, self._demand.window
        if demand.bounds or demand.negative or self._fact.shape.name not in STRETCHES:
            return
        spans = [m for m in demand.measures if m.name in TIME]
        if "running" in self._flags and window is not None and window.name == "last" and not spans:
            demand.bounds.append(Fn("at_least", window.args[:1]))
            demand.upto = "eve" if len(window.args) > 1 else demand.upto
            demand.window = None
        elif len(spans) == 1 and window is None and not self._flags & {"backward", "latest"}:
            demand.measures.remove(spans[0])
            demand.bounds.append(Fn("at_least", (spans[0],)))

    def _every_time(self, conditions: list[Test]) -> Test:
        """Of every entry in the time: there is one of which it holds, and none of which it does not."""
        self._flags.discard("each_time")
        of = every(conditions)
        window = self._window()
        if (
            of is None
            or self._demand.bounds
            or self._demand.negative
            or self._demand.measures
            or window is None
        ):
            raise self._unclear("rule_piece_idle")
        some, holding = self._source(conditions, window)
        others, failing = self._source([Test(Fn("none"), parts=(of,))], window)
        none = Test(NONE_AT_ALL, Fn("count", (others,)), entries=failing)
        return Test(Fn("all"), parts=(Test(COUNT_ONE, Fn("count", (some,)), entries=holding), none))

    def _kinds(self, times: list[Fn], counts: list[Fn], others: list[Fn]) -> Test:
        """So much of each of several kinds; of so many of them."""
        demand = self._demand
        self._flags -= {"each_kind", "total"}
        needed = [
            int(str(f.args[0].args[0])) for f in others if unit_of(f) == "areas" and isinstance(f.args[0], Fn)
        ]
        named = [int(str(m.args[0])) for m in demand.measures if m.name == "areas"]
        demand.measures = [m for m in demand.measures if m.name != "areas"]
        values = [v for group in demand.groups for test in group.tests for v in test.says.args]
        forms = times or counts
        if (
            len(forms) != 1
            or len(demand.groups) != 1
            or len(needed) > 1
            or any(number != len(values) for number in named)
            or demand.measures
            or demand.negative
        ):
            raise self._unclear("rule_piece_idle")
        of = demand.groups[0].tests[0].measures
        assert of is not None
        tests = []
        for each in values:
            source, entries = self._source([Test(one_of(each), of)], self._window())
            fold = Fn("length" if times else "count", (source,))
            tests.append(Test(forms[0], fold, entries=entries))
        return Test(Fn("k_of", (needed[0],)) if needed else Fn("all"), parts=tuple(tests))

    def _examined(self, conditions: list[Test], others: list[Fn]) -> Test:
        """A score in each part, or in all of them together."""
        parts = Fn(self._parts() or "")
        if self._demand.composed:
            return self._composed(conditions, others, parts)
        if self._demand.names:
            return self._part(conditions, others, parts)
        each = "each_part" in self._flags
        self._flags -= {"each_part", "total", "mean_of"}
        fold = Fn("least" if each else "mean", (parts,))
        if len(others) != 1 or self._demand.negative:
            raise self._unclear("rule_piece_idle")
        return self._some([*conditions, Test(others[0], fold)])

    def _part(self, conditions: list[Test], others: list[Fn], parts: Fn) -> Test:
        """A score in parts that are named."""
        self._flags -= {"each_part"}
        if len(others) != 1 or self._demand.negative:
            raise self._unclear("rule_piece_idle")
        values = [Fn("value", (Fn("at", (parts, Fn(name))),)) for name in self._demand.names]
        return self._some([*conditions, *(Test(others[0], one) for one in values)])

    def _composed(self, conditions: list[Test], others: list[Fn], parts: Fn) -> Test:
        """A total of parts, each at its weight."""
        demand = self._demand
        self._flags -= {"total", "mean_of"}
        weights = [int(str(weight.args[0])) for weight in demand.weights]
        if len(others) != 1 or len(demand.names) != len(weights) or sum(weights) != 100 or demand.negative:
            raise self._unclear("rule_piece_idle")
        total: Fn | None = None
        for name, weight in zip(demand.names, weights, strict=True):
            one = Fn("scale", (Fn("value", (Fn("at", (parts, Fn(name))),)), weight, 100))
            total = one if total is None else Fn("add", (total, one))
        return self._some([*conditions, Test(others[0], total)])

    def _counted(self, conditions: list[Test], form: Fn) -> Test:
        form = self._denied(form)
        self._flags.discard("total")
        source, entries = self._source(conditions, self._window())
        return Test(form, Fn("count", (source,)), entries=entries)

    def _latest(self) -> bool:
        """Whether the latest so many entries are asked."""
        demand = self._demand
        if self._of_latest() and demand.latest is None:
            numbers = [m for m in demand.measures if m.name == "count"]
            demand.measures.remove(numbers[0])
            demand.latest = int(str(numbers[0].args[0]))
        if demand.latest is not None:
            self._flags -= {"latest", "backward"}
        return demand.latest is not None

    def _of_latest(self) -> bool:
        """Whether so many of the latest entries are spoken of: «๔ ครั้งหลังสุด», «ย้อนหลัง ๔ ครั้ง»."""
        demand = self._demand
        counted = any(m.name == "count" for m in demand.measures) and demand.window is None
        return demand.latest is not None or (counted and bool(self._flags & {"latest", "backward"}))

    def _runs(self, conditions: list[Test], counts: list[Fn]) -> Test:
        demand = self._demand
        self._flags -= {"running", "total"}
        last: Fn = Fn("last", (demand.latest or 1, Fn(self._fact.id)))
        entry = every(conditions)
        counts = [form for form in demand.bounds if unit_of(form) == "count"]
        others = [form for form in demand.bounds if form not in counts]
        if others and "mean_of" in self._flags:
            self._flags.discard("mean_of")
            of = demand.measured or self._declared.main(self._fact.id, "")
            return Test(others[0], Fn("mean", (last, path(of or ""))))
        of = demand.measured or self._declared.main(self._fact.id, "")
        if others and of is not None and all(self._fits(of, form) for form in others):
            entry = every([*conditions, *(Test(form, value(of)) for form in others)])
            others = []
        idle = others or len(counts) > 1 or demand.measures or (counts and demand.negative)
        if entry is None or idle:
            raise self._unclear("rule_piece_idle")
        # Without a number every one of them is meant.
        all_of_them = Fn("at_least", (Fn("count", (demand.latest or 1,)),))
        form = NONE_AT_ALL if demand.negative else counts[0] if counts else all_of_them
        return Test(form, Fn("count", (Fn("which", (last, "@e")),)), entries=(("@e", entry),))

    def _numbers(self, conditions: list[Test], others: list[Fn], counts: list[Fn]) -> Test:
        demand = self._demand
        of = demand.measured or self._declared.main(self._fact.id, unit_of(others[0]))
        plain = not self._flags & {"mean_of", "total", "each_year"} and not counts
        fits = of is not None and all(self._fits(of, form) for form in others)
        if demand.negative and demand.ever and plain and fits and self._fact.shape.name in DATED:
            # «ไม่เคยได้รับการเลื่อนเงินเดือนต่ำกว่าร้อยละ ๒»: there is no such entry
            return self._some([*conditions, *(Test(form, value(of or "")) for form in others)])
        if of is None or demand.negative or not all(self._fits(of, form) for form in others):
            raise self._unclear("rule_piece_idle")
        name = path(of)
        if "each_year" in self._flags:
            return self._yearly(conditions, others, name)
        summed = unit_of(others[0]) == "hours" and not conditions and not counts
        if "mean_of" in self._flags or "total" in self._flags or summed:
            fold = "mean" if "mean_of" in self._flags else "sum"
            self._flags -= {"mean_of", "total"}
            source, entries = self._source(conditions, self._window())
            if counts or demand.measures:
                raise self._unclear("rule_piece_idle")
            tests = [Test(form, Fn(fold, (source, name)), entries=entries) for form in others]
            return every(tests) or tests[0]
        if self._fact.shape.name == "record" or of == "":
            tests = [Test(form, Fn("value", (Fn(self._fact.id, (name,)),))) for form in others]
            return every(tests) or tests[0]
        conditions = [*conditions, *(Test(form, Fn("value", (name,))) for form in others)]
        if counts:
            return self._counted(conditions, counts[0])
        return self._some(conditions)

    def _yearly(self, conditions: list[Test], others: list[Fn], name: Fn) -> Test:
        demand = self._demand
        self._flags -= {"each_year", "running", "before_year", "backward", "total"}
        years = [m for m in demand.measures if m.name == "fiscal_years"]
        if not years and demand.window is not None and demand.window.name == "fiscal_years":
            years = [demand.window]
            demand.measures.append(demand.window)
        if len(years) != 1:
            raise self._unclear("rule_piece_idle")
        demand.measures.remove(years[0])
        tests = []
        for number in range(1, int(str(years[0].args[0])) + 1):
            source, entries = self._source(conditions, Fn("fiscal_year", (number,)))
            tests += [Test(form, Fn("sum", (source, name)), entries=entries) for form in others]
        return every(tests) or tests[0]
