"""The reason tree: a clause with what it came to, what it demanded and measured, and the clauses below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from lgreason.rules.model import Bound, Clause
from lgreason.rules.terms import DEFAULT, Truth

M = TypeVar("M")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class ReasonNode(Generic[M, S]):
    """A clause in the reason tree.

    `bound` is what governs: what the clause says, or what an exception that holds says instead; `otherwise` is the
    exception's bound while it is not known whether the exception holds. `defeats`: this node is an exception.
    """

    clause: Clause
    holds: Truth
    children: tuple[ReasonNode[M, S], ...] = ()
    bound: Bound | None = None
    otherwise: Bound | None = None
    measurement: M | None = None
    shortfall: S | None = None
    defeats: bool = False

    @property
    def is_leaf(self) -> bool:
        """Whether the node compares a measured quantity."""
        return self.measurement is not None

    @property
    def rests_on(self) -> tuple[ReasonNode[M, S], ...]:
        """The parts on which it rests that the clause came to what it did; where no part does, the exceptions.

        "None of these" rests on the parts that came out the other way; what is not known, on all that is not.
        """
        wanted = self.holds
        if self.clause.op == "none" and wanted is not None:
            wanted = not wanted
        parts = tuple(child for child in self.children if not child.defeats and child.holds is wanted)
        exceptions = tuple(child for child in self.children if child.defeats and child.holds is self.holds)
        return parts + exceptions if self.holds is None else parts or exceptions

    def grounds(self) -> Iterator[ReasonNode[M, S]]:
        """The conditions at the ends of what it rests on; of alternatives that failed, all."""
        parts = () if self.is_leaf else self.rests_on
        if not parts:
            yield self
        for part in parts:
            yield from part.grounds()

    def walk(self) -> Iterator[ReasonNode[M, S]]:
        """The node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class Grower(Generic[M, S]):
    """Builds reason trees of one case."""

    def __init__(
        self,
        clauses: Mapping[str, Clause],
        truths: Mapping[str, Truth],
        measure: Callable[[Clause], M],
        shortfall: Callable[[M, Bound], S | None],
    ) -> None:
        """Take the clauses, what each came to, how to measure one, and how much a measurement is short of a bound."""
        self._clauses = clauses
        self._truths = truths
        self._measure = measure
        self._shortfall = shortfall

    def grow(self, identity: str, defeats: bool = False) -> ReasonNode[M, S]:
        """The tree below a clause."""
        clause = self._clauses[identity]
        holds = self._truths[identity]
        children = [self.grow(part) for part in clause.parts]
        if clause.says is not None and clause.op == "same":
            children.append(self.grow(str(clause.says.args[0])))
        children += [self.grow(exception, True) for exception, _ in clause.exceptions]
        if clause.measures is None:
            return ReasonNode(clause, holds, tuple(children), defeats=defeats)
        measurement = self._measure(clause)
        bounds = dict(clause.bounds())
        if not bounds:
            return ReasonNode(clause, holds, tuple(children), defeats=defeats)
        bound, otherwise = bounds.get(DEFAULT), None
        idle = {other for less, other in clause.outdone() if self._truths[less]}
        for exception, _ in clause.exceptions:
            if exception in idle:
                continue
            if self._truths[exception]:
                bound = bounds.get(exception)
            elif self._truths[exception] is None:
                otherwise = bounds.get(exception)
        short = None if holds or bound is None else self._shortfall(measurement, bound)
        return ReasonNode(clause, holds, tuple(children), bound, otherwise, measurement, short, defeats)
