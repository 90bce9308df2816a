"""What is said of one fact as a measure with its bound: the algebra of docs/facts.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from lgreason.language.algebra import Demand, Test, every, one_of, path, value
from lgreason.language.declared import Declared
from lgreason.rules.terms import Fn

COUNT_ONE = Fn("at_least", (Fn("count", (1,)),))
NONE_AT_ALL = Fn("at_most", (Fn("count", (0,)),))
TIME = frozenset({"years", "months", "weeks", "days"})
DATED = frozenset({"events", "rounds"})
STRETCHES = frozenset({"periods", "steps"})


def made(demand: Demand, declared: Declared, unclear: Callable[[str], Exception]) -> Test:
    """The measure and bound of a demand; raises what `unclear` makes of a code."""
    found = _Making(demand, declared, unclear).test()
    if demand.instead:
        found = replace(found, exceptions=tuple(demand.instead))
    return found


def changed(form: Fn, by: Fn, raised: bool) -> Fn | None:
    """A bound of time with so much less, or more; none if that is no time."""
    (of,) = form.args
    if not isinstance(of, Fn) or of.name not in _MONTHS or by.name not in _MONTHS:
        return None
    months = _MONTHS[of.name] * int(str(of.args[0])) + (1 if raised else -1) * _MONTHS[by.name] * int(
        str(by.args[0])
    )
    if months <= 0:
        return None
    return Fn(form.name, (Fn("months", (months,)) if months % 12 else Fn("years", (months // 12,)),))


def shorter(form: Fn, than: Fn, by: bool) -> Fn | None:
    """A bound of time lowered to so much, or by so much; none if that is not less, or no time."""
    if by:
        return changed(form, than, raised=False)
    (of,) = form.args
    if not isinstance(of, Fn) or of.name not in _MONTHS or than.name not in _MONTHS:
        return None
    less = _MONTHS[than.name] * int(str(than.args[0])) < _MONTHS[of.name] * int(str(of.args[0]))
    return Fn(form.name, (than,)) if less else None


def together(tests: list[Test]) -> list[Test]:
    """The same with what is asked of the parts of one examination asked of one and the same."""
    found: list[Test] = []
    for test in tests:
        last = found[-1] if found else None
        if last is not None and last.measures == test.measures and _scored(last) and _scored(test):
            entries = every([of for each in (last, test) for _, of in each.entries])
            assert entries is not None
            found[-1] = replace(last, entries=(("@e", entries),))
        else:
            found.append(test)
    return found


def _scored(test: Test) -> bool:
    return (
        test.says == COUNT_ONE
        and all(of.measures is not None and of.measures.name in ("least", "mean") for _, of in test.entries)
        and bool(test.entries)
    )


_OPPOSITE = {"at_least": "less_than", "less_than": "at_least", "at_most": "more_than", "more_than": "at_most"}
_MONTHS = {"years": 12, "months": 1}


class _Making:
    def __init__(self, demand: Demand, declared: Declared, unclear: Callable[[str], Exception]) -> None:
        self._demand = demand
        self._declared = declared
        self._unclear = unclear
        assert demand.fact is not None
        self._fact = declared.facts[demand.fact]
        self._flags = set(demand.flags) - {"any_time", "either"}

    def test(self) -> Test:
        shape = self._fact.shape.name
        asked = [(form.name, _unit(form)) for form in self._demand.bounds]
        if len(set(asked)) < len(asked):
            raise self._unclear(
                "rule_piece_idle"
            )  # two numbers of one kind, and one fact to hold them against
        if shape == "one":
            found = self._one()
        elif shape == "scores":
            found = self._scored()
        elif shape == "years":
            found = self._growing()
        else:
            found = self._listed()
        if self._flags:
            raise self._unclear("rule_piece_idle")
        return found

    # ── facts of one value ────────────────────────────────────────────────────────────────────────────────────

    def _one(self) -> Test:
        demand, fact = self._demand, self._fact
        kind = fact.value.type.name if fact.value is not None else ""
        if demand.window is not None or demand.names or (demand.bounds and demand.measures):
            raise self._unclear("rule_piece_idle")
        if kind == "date" and demand.retiring is not None:
            times = [form for form in demand.bounds if _unit(form) in TIME]
            (age,) = demand.retiring.args
            if len(times) != 1 or demand.measures or demand.retiring.name not in ("years", "number"):
                raise self._unclear("rule_piece_idle")
            self._flags -= {"left", "retiring"}
            end = Fn("after", (Fn(fact.id), Fn("years", (age,))))
            return Test(times[0], Fn("left", (end,)))
        if kind == "date":
            bounds = demand.bounds or [Fn("at_least", (m,)) for m in demand.measures]
            bounds = [_in_years(form) for form in bounds]
            if any(_unit(form) not in TIME for form in bounds):
                raise self._unclear("rule_piece_idle")
            if demand.negative and len(bounds) == 1:
                bounds = [Fn(_OPPOSITE[bounds[0].name], bounds[0].args)]
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

    # ── facts of entries ──────────────────────────────────────────────────────────────────────────────────────

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
        if plain and not any(_unit(form) in ("weeks", "days") for form in demand.bounds):
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
        if demand.from_date is not None:
            dated = demand.groups[-1].of if demand.groups else None
            if dated is None or demand.groups[-1].tests[-1].says.name != "within":
                raise self._unclear("rule_piece_idle")
            conditions[-1] = Test(demand.from_date, Fn("age", (path(dated),)))
        times = [form for form in demand.bounds if _unit(form) in TIME]
        counts = [form for form in demand.bounds if _unit(form) == "count"]
        others = [form for form in demand.bounds if form not in times and form not in counts]
        named = {v for group in demand.groups for test in group.tests for v in test.says.args}
        if demand.names and not others:
            raise self._unclear("rule_piece_idle")  # a part of an examination, and nothing asked of it
        if "each_kind" in self._flags and len(named) < 2 and counts:
            self._flags = (self._flags - {"each_kind"}) | {"each_part"}
        if "each_part" in self._flags and counts and others:
            self._flags.discard("each_part")  # a number of entries of each of which something holds
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
            int(str(f.args[0].args[0])) for f in others if _unit(f) == "areas" and isinstance(f.args[0], Fn)
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

    def _parts(self) -> str | None:
        """The attribute that holds the scores of the parts of an entry."""
        return next((n for n, a in self._fact.attributes.items() if a.type.name == "scores"), None)

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
        if unless or form.name != "more_than":
            raise self._unclear("rule_piece_idle")
        return Fn(_OPPOSITE[form.name], form.args)

    def _counted(self, conditions: list[Test], form: Fn) -> Test:
        form = self._denied(form)
        self._flags.discard("total")
        source, entries = self._source(conditions, self._window())
        return Test(form, Fn("count", (source,)), entries=entries)

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
            making = _Making(other, self._declared, self._unclear)
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

    def _latest(self) -> bool:
        """Whether the latest so many entries are asked."""
        demand = self._demand
        if demand.latest is None and "latest" in self._flags:
            numbers = [m for m in demand.measures if m.name == "count"]
            if numbers:
                demand.measures.remove(numbers[0])
                demand.latest = int(str(numbers[0].args[0]))
                self._flags.discard("latest")
                if not demand.bounds:
                    demand.bounds.append(Fn("at_least", (numbers[0],)))
        return demand.latest is not None

    def _runs(self, conditions: list[Test], counts: list[Fn]) -> Test:
        demand = self._demand
        self._flags -= {"running", "total"}
        last: Fn = Fn("last", (demand.latest or 1, Fn(self._fact.id)))
        entry = every(conditions)
        counts = [form for form in demand.bounds if _unit(form) == "count"]
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
        form = NONE_AT_ALL if demand.negative else counts[0] if counts else COUNT_ONE
        return Test(form, Fn("count", (Fn("which", (last, "@e")),)), entries=(("@e", entry),))

    def _numbers(self, conditions: list[Test], others: list[Fn], counts: list[Fn]) -> Test:
        demand = self._demand
        of = demand.measured or self._declared.main(self._fact.id, _unit(others[0]))
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
        summed = _unit(others[0]) == "hours" and not conditions and not counts
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

    def _fits(self, of: str, form: Fn) -> bool:
        """Whether an attribute can be compared with an amount of that unit."""
        attribute = self._fact.attribute(of.split("."))
        if attribute is not None and _unit(form) == "number" and self._demand.measured is None:
            # A bare number may be one of entries too, where their amounts have a unit.
            return (
                attribute.type.name not in ("percent", "hours", "baht")
                and attribute.type.name in _UNITS["number"]
            )
        return attribute is not None and attribute.type.name in _UNITS.get(_unit(form), ())

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


_UNITS = {
    "number": ("number", "whole", "points", "hours", "percent"),
    "points": ("points", "number", "percent"),
    "percent": ("percent", "score"),
    "hours": ("hours",),
    "baht": ("baht",),
    "million_baht": ("baht",),
}
"""With what types of attributes an amount of a unit may be compared."""


def _unit(form: Fn) -> str:
    amount = form.args[0] if form.args else None
    return amount.name if isinstance(amount, Fn) else ""


def _in_years(form: Fn) -> Fn:
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
