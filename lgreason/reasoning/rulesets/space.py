"""All cases at once: the clauses of one or two sets of rules, and what their leaves have to do with one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from lgreason.reasoning.cases.counting import COUNTED_OTHERWISE
from lgreason.reasoning.rulesets.bearing import Asked, Bearing
from lgreason.reasoning.rulesets.bounds import Stretch, stretch
from lgreason.reasoning.rulesets.counted import OTHER, Counted, Thing
from lgreason.reasoning.rulesets.expressions import Asks, Choice, Expressions
from lgreason.reasoning.rulesets.sides import expression
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Bound, Clause, tree
from lgreason.rules.solver.deciding import Comparer, Vector
from lgreason.rules.terms import DEFAULT, Fn, Leaf, Value
from lgreason.words.vocabulary import Vocabulary

OF_PERSONS = frozenset({"qualification", "service", "experience"})
_KEEPING = frozenset({"while_held", *COUNTED_OTHERWISE})
MARK = "|"


@dataclass(frozen=True, slots=True)
class Demand:
    """A leaf: what it measures, the values that meet it, and what it counts.

    `measured` is equal where two leaves measure the same of the same; `things` is what counts, for what persons have.
    """

    leaf: Leaf
    clause: Clause
    bound: Bound
    measured: Value
    unit: str
    values: Stretch | None
    things: frozenset[Thing]
    side: int = 0
    choice: Choice | None = None
    days: tuple[str, date, date] | None = None
    posts: frozenset[Thing] = frozenset()
    """The posts of which a stretch of the list of postings is measured."""

    @property
    def same(self) -> tuple[Value, str, object]:
        """Equal where two leaves come to the same for everybody."""
        return self.measured, self.unit, self.values or self.choice or self.days or self.bound

    @property
    def held(self) -> bool:
        """Whether the post must still be held."""
        return Fn("while_held") in self.clause.counts

    @property
    def within(self) -> bool:
        """Whether only what lies within other service counts."""
        return any(what.name == "within" for what in self.clause.counts)

    @property
    def of_degrees(self) -> bool:
        """Whether it is met by one degree of several."""
        return (
            self.clause.measures == "qualification" and self.bound.unit == "count" and self.bound.value == 1
        )

    def implies(self, other: Demand) -> bool:
        """Whether whoever meets this one meets the other, as far as the two alone tell."""
        if self.values is None or other.values is None or self.unit != other.unit:
            return False
        if self.measured == other.measured:
            return self.values.inside(other.values)
        if self.posts and other.clause.measures == "service" and other.things:
            # A stretch without a break is part of the time in all.
            same = not any(Fn(counting) in other.clause.counts for counting in COUNTED_OTHERWISE)
            more = self.values.high is None and other.values.high is None and not (other.held or other.within)
            return same and more and self.posts <= other.things and self.values.inside(other.values)
        times = ("service", "experience")
        kinds = (self.clause.measures, other.clause.measures)
        if kinds != ("qualification", "qualification") and not (kinds[0] in times and kinds[1] in times):
            return False
        if other.within or (other.held and not self.held) or not self.things:
            return False
        for counting in map(Fn, COUNTED_OTHERWISE):
            if (counting in self.clause.counts) != (counting in other.clause.counts):
                return False
        more = self.values.high is None and other.values.high is None
        return more and self.things <= other.things and self.values.inside(other.values)


def marked(side: int, identity: str) -> str:
    """The id of a clause of one side."""
    return f"{side}{MARK}{identity}"


def unmarked(identity: str) -> tuple[int, str]:
    """The side and the id of a clause."""
    side, _, bare = identity.partition(MARK)
    return int(side), bare


def _moved(side: int, clause: Clause, always: bool = False) -> Clause:
    def form(of: Fn) -> Fn:
        return Fn("same", (marked(side, str(of.args[0])),)) if of.name == "same" else of

    if always:
        return replace(
            clause, id=marked(side, clause.id), says=Fn("all"), parts=(), exceptions=(), measures=None
        )
    return replace(
        clause,
        id=marked(side, clause.id),
        says=None if clause.says is None else form(clause.says),
        parts=tuple(marked(side, part) for part in clause.parts),
        exceptions=tuple((marked(side, other), form(of)) for other, of in clause.exceptions),
    )


def _without_exception(clause: Clause, gone: tuple[str, str] | None) -> Clause:
    if gone is None or gone[0] != clause.id:
        return clause
    return replace(clause, exceptions=tuple(each for each in clause.exceptions if each[0] != gone[1]))


class Space:
    """The clauses below some roots of one or two knowledge bases, asked of every possible case."""

    def __init__(
        self,
        sides: Sequence[KnowledgeBase],
        roots: Sequence[Sequence[str]],
        day: date,
        without: Mapping[int, str] | None = None,
        unexcepted: Mapping[int, tuple[str, str]] | None = None,
    ) -> None:
        """Take the sides, with the clauses to look at in each, on a day.

        `without`: a clause of a side that always holds. `unexcepted`: a clause of a side without one of its
        exceptions.
        """
        self.sides = sides
        self.day = day
        gone, spared = without or {}, unexcepted or {}
        self._trees = [
            tree(kb.clauses, tuple(root for root in of if root in kb.clauses))
            for kb, of in zip(sides, roots, strict=True)
        ]
        self._clauses = tuple(
            _moved(side, _without_exception(clause, spared.get(side)), gone.get(side) == clause.id)
            for side, clauses in enumerate(self._trees)
            for clause in clauses
        )

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        """Of the degrees that exactly the same leaves count, the plainest."""
        counting: dict[Thing, set[int]] = {}
        for number, demand in enumerate(self.demands):
            for thing in demand.things if demand.of_degrees else ():
                counting.setdefault(thing, set()).add(number)
        plainest: dict[frozenset[int], Thing] = {}
        for thing in sorted(counting, key=lambda t: (t.how != "plain", t.other == OTHER, t.how, t)):
            plainest.setdefault(frozenset(counting[thing]), thing)
        return tuple(plainest.values())

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields of study that some clause names."""
        counts = (what for clauses in self._trees for clause in clauses for what in clause.counts)
        return frozenset(str(what.args[0]) for what in counts if what.name == "field")

    @cached_property
    def demands(self) -> tuple[Demand, ...]:
        """The leaves, in the order in which the solver numbers them."""
        counted = [Counted(Vocabulary(kb), self.fields) for kb in self.sides]
        found: list[Demand] = []
        for moved in self._clauses:
            side, bare = unmarked(moved.id)
            clause = self.sides[side].clauses[bare]
            of_person = clause.measures in OF_PERSONS
            things = counted[side].of(clause) if of_person else frozenset()
            measured = self._measured(side, clause, things)
            for variant, bound in moved.bounds():
                unit, values = stretch(bound) or ("", None)
                leaf = (moved.id, variant)
                asks = self._expressions.asks(side, clause, bound) if clause.expression is not None else None
                if asks is None:
                    posts = self._posts(side, clause, counted[side])
                    of_leaf = (leaf, clause, bound, measured, unit, values, things, side)
                    found.append(Demand(*of_leaf, posts=posts))
                else:
                    of, unit, values, choice, days = asks
                    found.append(Demand(leaf, clause, bound, of, unit, values, things, side, choice, days))
        return tuple(found)

    def _posts(self, side: int, clause: Clause, counted: Counted) -> frozenset[Thing]:
        """The posts whose time in one stretch, or in all, a clause on the list of postings measures."""
        of = clause.expression
        if of is None or of.name not in ("running", "longest", "length") or len(of.args) != 1:
            return frozenset()
        source = of.args[0]
        if not isinstance(source, Fn) or source.name != "which" or source.args[0] != Fn("postings"):
            return frozenset()
        entry = self.sides[side].clauses.get(str(source.args[1]))
        if entry is None or entry.says != Fn("counts") or entry.expression != Fn("post"):
            return frozenset()
        return counted.of(replace(entry, measures="service", expression=None))

    @cached_property
    def _expressions(self) -> Expressions:
        return Expressions(self.sides, self.day, self._entails, self._possible)

    def _entails(self, one: tuple[int, str], other: tuple[int, str]) -> bool:
        """Whether whatever entry meets a clause meets another."""
        (side, mine), (beside, its) = one, other
        space = Space((self.sides[side], self.sides[beside]), ((mine,), (its,)), self.day)
        return not space.cases([(0, mine)], [(1, its)])

    def _possible(self, one: tuple[int, str]) -> bool:
        """Whether any entry meets a clause."""
        side, clause = one
        return bool(Space((self.sides[side],), ((clause,),), self.day).cases([(0, clause)]))

    def _measured(self, side: int, clause: Clause, things: frozenset[Thing]) -> Value:
        clauses = self.sides[side].clauses
        if clause.expression is not None:
            counts = tuple(sorted(clause.counts, key=repr))
            return Fn("expression", (expression(clauses, clause.expression), *counts))
        if clause.measures in OF_PERSONS:
            kept = [what for what in clause.counts if what.name in _KEEPING]
            within = [w for w in clause.counts if w.name == "within"]
            told = sorted((*kept, *(Fn("within", (self._things_of(side, w),)) for w in within)), key=repr)
            held = Fn("things", tuple(Fn("t", tuple(thing)) for thing in sorted(things)))
            kind = "qualification" if clause.measures == "qualification" else "time"
            return Fn(kind, (held, *told))
        defined = self.bearings[side].definition(clause.measures or "")
        return Fn(clause.measures or "nothing", (defined, *sorted(clause.counts, key=repr)))

    def _things_of(self, side: int, within: Fn) -> Value:
        identity = str(within.args[0])
        kb = self.sides[side]
        if identity not in kb.clauses:
            return identity
        things = Counted(Vocabulary(kb), self.fields).of(kb.clauses[identity])
        return Fn("things", tuple(Fn("t", tuple(thing)) for thing in sorted(things)))

    def asks(self, side: int, clause: Clause, bound: Bound) -> Asks | None:
        """What a demand on dates or on named values asks; `None` for all others."""
        return self._expressions.asks(side, clause, bound)

    def window(self, term: Value) -> tuple[date, date] | None:
        """The days of a window that does not hang on what a file says."""
        return self._expressions.window(term)

    @cached_property
    def _facts(self) -> tuple[Fn, ...]:
        return tuple(self._bearing())

    @cached_property
    def comparer(self) -> Comparer:
        """The theory grounded over these clauses."""
        return self.sides[0].library.comparer(self._clauses, self._facts)

    def offering(self, ways: Sequence[tuple[str, frozenset[int], frozenset[int]]]) -> Comparer:
        """The same where facts are stated in one of the ways offered: of which facts, the demands met and not met."""
        facts: list[Fn] = []
        for number, (of, met, unmet) in enumerate(ways):
            facts.append(Fn("offered", (of, number)))
            facts += [Fn("gives", (number, *_args(self.demands[each]))) for each in sorted(met)]
            facts += [Fn("denies", (number, *_args(self.demands[each]))) for each in sorted(unmet)]
        return self.sides[0].library.comparer(self._clauses, (*self._facts, *facts))

    def _bearing(self) -> Iterator[Fn]:
        first: dict[object, Demand] = {}
        for demand in self.demands:
            one = first.setdefault(demand.same, demand)
            if one is not demand:
                yield _fact("implies", one, demand)
                yield _fact("implies", demand, one)
        for number, thing in enumerate(self.things):
            yield Fn("cell", (number,))
            for demand in first.values():
                if demand.of_degrees and thing in demand.things:
                    yield Fn("counted", (number, *_args(demand)))
        for demand in first.values():
            if demand.of_degrees:
                yield Fn("summed", _args(demand))
        for one in first.values():
            yield from self._limited(one)
            for other in first.values():
                if one is not other:
                    yield from _pair(one, other, self._always_measured(one) and self._always_measured(other))
                    yield from self._measured_by(one, other)
        yield from self._never_together(list(first.values()))

    def _always_measured(self, demand: Demand) -> bool:
        of = demand.clause.expression
        return of is None or self._expressions.total(demand.side, of)

    def _limited(self, demand: Demand) -> Iterator[Fn]:
        """What a measure can never come to, or always does."""
        of = demand.clause.expression
        if of is None or demand.values is None or demand.unit == "date":
            return
        limits = self._expressions.limits(demand.side, of)
        if limits is None:
            return
        if limits.meet(demand.values).empty:
            yield _fact("excludes", demand, demand)
        elif limits.inside(demand.values) and self._expressions.total(demand.side, of):
            yield _fact("covers", demand, demand)

    def _measured_by(self, one: Demand, other: Demand) -> Iterator[Fn]:
        """What follows where one measure is never more than another."""
        mine, its = one.clause.expression, other.clause.expression
        if mine is None or its is None or one.values is None or other.values is None:
            return
        if one.unit != other.unit or "date" in (one.unit, other.unit) or one.measured == other.measured:
            return
        order = self._expressions
        if order.most_of((one.side, mine), (other.side, its), one.values, other.values):
            yield _fact("implies", one, other)
        if not order.never_more((one.side, mine), (other.side, its)):
            return
        above, below = replace(one.values, high=None), replace(other.values, low=None)
        if one.values.low is not None:
            if above.inside(other.values):
                yield _fact("implies", one, other)
            if above.meet(other.values).empty:
                yield _fact("excludes", one, other)
        if other.values.high is not None and order.total(one.side, mine) and below.inside(one.values):
            yield _fact("implies", other, one)
        if order.total(one.side, mine) and order.total(other.side, its):
            high, low = one.values.high, other.values.low
            half = one.values.low is None and other.values.high is None
            if half and high is not None and low is not None:
                joined = low == high and not (one.values.open_high and other.values.open_low)
                if low < high or joined:
                    yield _fact("covers", one, other)

    def _never_together(self, demands: Sequence[Demand]) -> Iterator[Fn]:
        """Demands on quantities calculated from the same amounts that cannot come out so together."""
        for side, bearing in enumerate(self.bearings):
            of: list[tuple[Demand, Asked]] = []
            for demand in demands:
                measure, values = demand.clause.measures, demand.values
                if measure is None or values is None or demand.clause.expression is not None:
                    continue
                alike = bearing.definition(measure) == self.bearings[demand.side].definition(measure)
                if demand.side == side or alike:
                    of.append((demand, (measure, values)))
            for number, never in enumerate(bearing.never([asked for _, asked in of])):
                for at, met in never:
                    yield Fn(
                        "never", (Fn("n", (side, number)), *_args(of[at][0]), Fn("met" if met else "unmet"))
                    )

    @cached_property
    def bearings(self) -> tuple[Bearing, ...]:
        """The quantities of each side."""
        return tuple(Bearing(kb) for kb in self.sides)

    def cases(
        self,
        holds: Sequence[tuple[int, str]] = (),
        fails: Sequence[tuple[int, str]] = (),
        known: bool = True,
        most: int = 1,
    ) -> list[Vector]:
        """Cases of which clauses (each of a side) hold and others fail; none is a proof that there is none."""
        return self.comparer.cases(
            [marked(*each) for each in holds], [marked(*each) for each in fails], known=known, most=most
        )

    def alike(self, one: tuple[int, str], other: tuple[int, str]) -> bool:
        """Whether two clauses come to the same for every case, what is not known included."""
        a, b = marked(*one), marked(*other)
        find = self.comparer.cases
        return not (
            find(holds=[a], not_holds=[b], known=False)
            or find(holds=[b], not_holds=[a], known=False)
            or find(fails=[a], not_fails=[b], known=False)
            or find(fails=[b], not_fails=[a], known=False)
        )


def _args(demand: Demand) -> tuple[Value, Value]:
    clause, variant = demand.leaf
    return clause, Fn(DEFAULT) if variant == DEFAULT else variant


def _fact(name: str, one: Demand, other: Demand) -> Fn:
    return Fn(name, (*_args(one), *_args(other)))


def _pair(one: Demand, other: Demand, total: bool) -> Iterator[Fn]:
    if one.of_degrees and other.of_degrees:
        return  # what is had tells
    if one.choice is not None and other.choice is not None and one.measured == other.measured:
        yield from _chosen(one, one.choice, other, other.choice)
    if one.days is not None and other.days is not None and _lies(one.days, other.days):
        yield from [_fact("implies", one, other)] if one.measured == other.measured else ()
    if one.implies(other):
        yield _fact("implies", one, other)
    if one.values is None or other.values is None or (one.measured, one.unit) != (other.measured, other.unit):
        return
    if one.values.meet(other.values).empty:
        yield _fact("excludes", one, other)
    if total and _everything(one.values, other.values):
        yield _fact("covers", one, other)


def _chosen(one: Demand, mine: Choice, other: Demand, its: Choice) -> Iterator[Fn]:
    if mine.values <= its.values:
        yield _fact("implies", one, other)
    if mine.one and not mine.values & its.values:
        yield _fact("excludes", one, other)
    if mine.all is not None and mine.all <= mine.values | its.values:
        yield _fact("covers", one, other)


def _lies(one: tuple[str, date, date], other: tuple[str, date, date]) -> bool:
    """Whether a period that lies so to some days lies so to others."""
    (how, start, end), (wanted, first, last) = one, other
    if how == "covers":
        inside = start <= first and last <= end
        return inside if wanted == "covers" else wanted == "meets" and start <= last and first <= end
    inside = first <= start and end <= last
    return inside and wanted in (("within", "meets") if how == "within" else ("meets",))


def _everything(one: Stretch, other: Stretch) -> bool:
    """Whether two half-lines together leave nothing out."""
    if one.low is None and other.high is None and one.high is not None and other.low is not None:
        return one.gap(other) is None and (one.high > other.low or not (one.open_high and other.open_low))
    if other.low is None and one.high is None and other.high is not None and one.low is not None:
        return _everything(other, one)
    return False
