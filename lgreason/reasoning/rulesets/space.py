"""All cases at once: the clauses of one or two sets of rules, and what their leaves have to do with one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from lgreason.reasoning.cases.counting import COUNTED_OTHERWISE
from lgreason.reasoning.rulesets.bearing import Asked, Bearing
from lgreason.reasoning.rulesets.bounds import Stretch, stretch
from lgreason.reasoning.rulesets.counted import OTHER, CountedThings, Thing
from lgreason.reasoning.rulesets.demands import LeafDemand, args_of, bearing_on_one_another, fact
from lgreason.reasoning.rulesets.expressions import Asks, Expressions
from lgreason.reasoning.rulesets.sides import expression
from lgreason.rules.knowledge import KnowledgeBase
from lgreason.rules.model import Bound, Clause, tree
from lgreason.rules.solver.deciding import Comparer, Vector
from lgreason.rules.terms import Fn, Value
from lgreason.words.vocabulary import Vocabulary

OF_PERSONS = frozenset({"qualification", "service", "experience"})
_KEEPING = frozenset({"while_held", *COUNTED_OTHERWISE})
_OF_TIME = frozenset({"service", "experience"})
MARK = "|"


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


class RuleSpace:
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
    def demands(self) -> tuple[LeafDemand, ...]:
        """The leaves, in the order in which the solver numbers them."""
        counted = [CountedThings(Vocabulary(kb), self.fields) for kb in self.sides]
        found: list[LeafDemand] = []
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
                    found.append(LeafDemand(*of_leaf, posts=posts))
                else:
                    of, unit, values, choice, days = asks
                    found.append(
                        LeafDemand(leaf, clause, bound, of, unit, values, things, side, choice, days)
                    )
        return tuple(found)

    def _posts(self, side: int, clause: Clause, counted: CountedThings) -> frozenset[Thing]:
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
        space = RuleSpace((self.sides[side], self.sides[beside]), ((mine,), (its,)), self.day)
        return not space.cases([(0, mine)], [(1, its)])

    def _possible(self, one: tuple[int, str]) -> bool:
        """Whether any entry meets a clause."""
        side, clause = one
        return bool(RuleSpace((self.sides[side],), ((clause,),), self.day).cases([(0, clause)]))

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
        things = CountedThings(Vocabulary(kb), self.fields).of(kb.clauses[identity])
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
            facts += [Fn("gives", (number, *args_of(self.demands[each]))) for each in sorted(met)]
            facts += [Fn("denies", (number, *args_of(self.demands[each]))) for each in sorted(unmet)]
        return self.sides[0].library.comparer(self._clauses, (*self._facts, *facts))

    def _bearing(self) -> Iterator[Fn]:
        first: dict[object, LeafDemand] = {}
        for demand in self.demands:
            one = first.setdefault(demand.same, demand)
            if one is not demand:
                yield fact("implies", one, demand)
                yield fact("implies", demand, one)
        for number, thing in enumerate(self.things):
            yield Fn("cell", (number,))
            for demand in first.values():
                if demand.of_degrees and thing in demand.things:
                    yield Fn("counted", (number, *args_of(demand)))
        for demand in first.values():
            if demand.of_degrees:
                yield Fn("summed", args_of(demand))
        for one in first.values():
            yield from self._limited(one)
            for other in first.values():
                if one is not other:
                    yield from bearing_on_one_another(
                        one, other, self._always_measured(one) and self._always_measured(other)
                    )
                    yield from self._measured_by(one, other)
        yield from self._never_together(list(first.values()))

    def _always_measured(self, demand: LeafDemand) -> bool:
        of = demand.clause.expression
        return of is None or self._expressions.total(demand.side, of)

    def _limited(self, demand: LeafDemand) -> Iterator[Fn]:
        """What a measure can never come to, or always does."""
        of, values = demand.clause.expression, demand.values
        if values is None:
            return
        limits: Stretch | None = None
        life = self._expressions.life(demand.side)
        if of is None and demand.clause.measures in _OF_TIME and life is not None:
            limits = Stretch(Fraction(0), Fraction(life * 12 if demand.unit == "months" else life * 366))
        elif of is not None and of.name == "age" and demand.unit == "date" and life is not None:
            limits = Stretch(low=Fraction(self.day.toordinal() - life * 366))
        elif of is not None and demand.unit != "date":
            limits = self._expressions.limits(demand.side, of, demand.unit)
        if limits is None:
            return
        if limits.meet(values).empty:
            yield fact("excludes", demand, demand)
        elif limits.inside(values) and (of is None or self._expressions.total(demand.side, of)):
            yield fact("covers", demand, demand)

    def _measured_by(self, one: LeafDemand, other: LeafDemand) -> Iterator[Fn]:
        """What follows where one measure is never more than another."""
        mine, its = one.clause.expression, other.clause.expression
        if mine is None or its is None or one.values is None or other.values is None:
            return
        if one.unit != other.unit or "date" in (one.unit, other.unit) or one.measured == other.measured:
            return
        order = self._expressions
        if order.most_of((one.side, mine), (other.side, its), one.values, other.values):
            yield fact("implies", one, other)
        if not order.never_more((one.side, mine), (other.side, its)):
            return
        above, below = replace(one.values, high=None), replace(other.values, low=None)
        if one.values.low is not None:
            if above.inside(other.values):
                yield fact("implies", one, other)
            if above.meet(other.values).empty:
                yield fact("excludes", one, other)
        if other.values.high is not None and order.total(one.side, mine) and below.inside(one.values):
            yield fact("implies", other, one)
        if order.total(one.side, mine) and order.total(other.side, its):
            high, low = one.values.high, other.values.low
            half = one.values.low is None and other.values.high is None
            if half and high is not None and low is not None:
                joined = low == high and not (one.values.open_high and other.values.open_low)
                if low < high or joined:
                    yield fact("covers", one, other)

    def _never_together(self, demands: Sequence[LeafDemand]) -> Iterator[Fn]:
        """Demands on quantities calculated from the same amounts that cannot come out so together."""
        for side, bearing in enumerate(self.bearings):
            of: list[tuple[LeafDemand, Asked]] = []
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
                        "never", (Fn("n", (side, number)), *args_of(of[at][0]), Fn("met" if met else "unmet"))
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
