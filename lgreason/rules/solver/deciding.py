"""Clause trees grounded once with the theory: its rules read off, flipped to the fewest leaves, compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeAlias

import clingo

from lgreason.rules.decider import Ground
from lgreason.rules.solver.control import as_symbol, solve, strictly
from lgreason.rules.terms import CASE, DEFAULT, Fn, Leaf, SolverError, Truth, Value


class _Grounded:
    """Clause trees grounded once as a generic case, whose leaves each question fills in as assumptions."""

    def __init__(
        self,
        programs: Sequence[Path],
        structure: Iterable[Fn],
        leaves: Iterable[Leaf],
        options: Sequence[str] = (),
        observer: clingo.Observer | None = None,
    ) -> None:
        """Ground the theory in `programs` over the facts `structure` of the trees; an `observer` sees the rules.

        `leaves` are the demands whose truth comes from outside; what they are is up to the caller.
        """
        messages: list[str] = []
        self._control = strictly(messages, options)
        if observer is not None:
            self._control.register_observer(observer)
        self._facts = tuple(structure)
        self._clauses = tuple(dict.fromkeys(f.args[0] for f in self._facts if f.name in ("says", "except")))
        asked = [Fn("asked", (clause, CASE)) for clause in self._clauses]
        with self._control.backend() as backend:
            for fact in (*self._facts, *asked):
                backend.add_rule([backend.add_atom(as_symbol(fact))])
        for program in programs:
            self._control.load(str(program))
        self.leaves: tuple[Leaf, ...] = tuple(leaves)
        with self._control.backend() as backend:
            for leaf in self.leaves:
                backend.add_rule([backend.add_atom(as_symbol(Fn("leaf", slot(leaf))))])
        self._control.ground([("base", [])])
        if messages:
            raise SolverError("\n".join(messages))
        self._inputs = [(self._literal("met", leaf), self._literal("unmet", leaf)) for leaf in self.leaves]

    def _literal(self, name: str, of: str | Leaf) -> int:
        """The literal of an atom of a clause or a leaf; 0 if it can never be derived."""
        args: tuple[Value, ...] = (of, CASE) if isinstance(of, str) else slot(of)
        atom = self._control.symbolic_atoms[as_symbol(Fn(name, args))]
        return 0 if atom is None else atom.literal

    def assumptions(self, truths: Sequence[Truth]) -> list[int]:
        """The literals that state the truth of each leaf, in the order of `leaves`."""
        given: list[int] = []
        for truth, (met, unmet) in zip(truths, self._inputs, strict=True):
            given.append(met if truth is True else -met)
            given.append(unmet if truth is False else -unmet)
        return given


_Rule: TypeAlias = tuple[int, int, list[tuple[int, int]]]
"""A ground rule: its head, how much of the body is needed, and the literals of the body, each with its weight."""


class _Rules(clingo.Observer):
    """The ground rules, as clingo states them."""

    def __init__(self) -> None:
        self._rules: list[_Rule] = []

    def rule(self, choice: bool, head: Sequence[int], body: Sequence[int]) -> None:
        """Take a rule; what is chosen comes from outside."""
        if not choice:
            self._add(head, len(body), [(literal, 1) for literal in body])

    def weight_rule(
        self, choice: bool, head: Sequence[int], lower_bound: int, body: Sequence[tuple[int, int]]
    ) -> None:
        """Take a rule that needs only some of its body."""
        if not choice:
            self._add(head, lower_bound, list(body))

    def _add(self, head: Sequence[int], need: int, body: list[tuple[int, int]]) -> None:
        if len(head) != 1:
            raise SolverError("the theory is not definite")
        self._rules.append((head[0], need, body))

    def definite(self) -> list[_Rule]:
        """The rules without negation; raises `SolverError` where there is any.

        Of a count that cannot be reached clingo says that it is not that it is not: that is, that it is.
        """
        single = {head: body[0][0] for head, _, body in self._rules if [s < 0 for s, _ in body] == [True]}
        negations = {head: literal for head, literal in single.items() if -literal not in single}
        found: list[_Rule] = []
        for head, need, body in self._rules:
            if head not in negations:
                positive = [(-negations.get(-s, 0) if s < 0 else s, weight) for s, weight in body]
                if any(s <= 0 or s in negations for s, _ in positive):
                    raise SolverError("the theory is not definite")
                found.append((head, need, positive))
        return found


def ground(programs: Sequence[Path], structure: Iterable[Fn], leaves: Iterable[Leaf]) -> Ground:
    """The theory grounded over the facts of clause trees, as plain values from which all is decided."""
    seen = _Rules()
    grounded = Solved(programs, structure, leaves, observer=seen)
    rules = seen.definite()
    facts = {head for head, need, _ in rules if need <= 0}
    heads: list[int] = []
    needs: list[int] = []
    watching: dict[int, list[int]] = {}
    for head, need, body in rules:
        if need > 0:
            for atom, weight in body:
                watching.setdefault(atom, []).extend([len(heads)] * weight)
            heads.append(head)
            needs.append(need)
    return Ground(
        list(grounded.leaves), grounded.inputs, grounded.outputs, heads, needs, watching, sorted(facts)
    )


class Solved(_Grounded):
    """The same decisions by a call of clingo's solver: what the conclusions drawn in Python are held against."""

    @property
    def inputs(self) -> list[tuple[int, int]]:
        """For each leaf the atoms that say that it is met and that it is not."""
        return self._inputs

    @cached_property
    def outputs(self) -> list[tuple[str, int, int]]:
        """For each clause the atoms that say that it holds and that it fails."""
        return [(c, self._literal("holds", c), self._literal("fails", c)) for c in map(str, self._clauses)]

    def decide(self, truths: Sequence[Truth]) -> Mapping[str, Truth]:
        """What every clause comes to, given the truth of each leaf in the order of `leaves`."""
        result: dict[str, Truth] = {}

        def collect(model: clingo.Model) -> None:
            is_true = model.is_true
            for clause, holds, fails in self.outputs:
                if holds and is_true(holds):
                    result[clause] = True
                elif fails and is_true(fails):
                    result[clause] = False
                else:
                    result[clause] = None

        solve(self._control, self.assumptions(truths), collect)
        if not result:
            raise SolverError("the theory has no answer for these facts")
        return result

    def solve_bare(self, truths: Sequence[Truth]) -> None:
        """The solver call alone, for measuring what is spent around it."""
        self._control.solve(assumptions=self.assumptions(truths))


class Flipper(_Grounded):
    """Finds the minimal sets of leaves whose being met makes a clause hold."""

    def __init__(self, programs: Sequence[Path], structure: Iterable[Fn], leaves: Iterable[Leaf]) -> None:
        """Ground the theory over the facts of the trees, for enumerating what is minimal."""
        options = ("--enum-mode=domRec", "--heuristic=Domain", "--dom-mod=false,show", "--models=0")
        super().__init__(programs, structure, leaves, options)

    def _asked(self, root: str, truths: Sequence[Truth], open_: Collection[int]) -> list[int]:
        given = [self._literal("holds", root)]
        for number, (truth, (met, unmet)) in enumerate(zip(truths, self._inputs, strict=True)):
            if number not in open_:
                given += (met if truth is True else -met, unmet if truth is False else -unmet)
            elif truth is None:
                given.append(-unmet)  # while it is not met it is not known, and not unmet
        return given

    def minimal(
        self, root: str, truths: Sequence[Truth], open_: Collection[int], most: int
    ) -> list[frozenset[int]]:
        """The minimal sets of the leaves `open_` that must be met for the clause to hold, the others staying.

        At most so many: of n parts of which half must be met there are about 2^n.
        """
        found: list[frozenset[int]] = []
        literals = [(number, self._inputs[number][0]) for number in sorted(open_)]

        def collect(model: clingo.Model) -> bool:
            found.append(frozenset(number for number, met in literals if model.is_true(met)))
            return len(found) < most

        solve(self._control, self._asked(root, truths, open_), collect)
        return found

    def enumerate_bare(self, root: str, truths: Sequence[Truth], open_: Collection[int]) -> None:
        """The enumeration alone, for measuring what is spent around it."""
        self._control.solve(assumptions=self._asked(root, truths, open_))


class Vector(NamedTuple):
    """A case found: the numbers of the leaves that it meets and of those that it does not, and what it has.

    `taken`: the numbers of the ways offered in which facts are stated.
    """

    met: frozenset[int]
    unmet: frozenset[int]
    has: frozenset[int]
    taken: frozenset[int] = frozenset()


class Comparer(_Grounded):
    """Finds cases of which some clauses hold and others fail, over all truths that the leaves can have together."""

    def __init__(self, programs: Sequence[Path], structure: Iterable[Fn], leaves: Iterable[Leaf]) -> None:
        """Ground the theory over the facts of the trees and what their leaves have to do with one another."""
        options = ("--enum-mode=domRec", "--heuristic=Domain", "--dom-mod=false,show", "--models=0")
        super().__init__(programs, structure, leaves, options)
        self._known = self._control.symbolic_atoms[clingo.Function("known")]
        self._cells, self._ways = self._numbered("has"), self._numbered("taken")

    def _numbered(self, name: str) -> list[tuple[int, int]]:
        atoms = self._control.symbolic_atoms.by_signature(name, 1)
        return [(atom.symbol.arguments[0].number, atom.literal) for atom in atoms]

    def cases(
        self,
        holds: Sequence[str] = (),
        fails: Sequence[str] = (),
        not_holds: Sequence[str] = (),
        not_fails: Sequence[str] = (),
        known: bool = True,
        most: int = 1,
    ) -> list[Vector]:
        """Cases of which clauses hold, fail, do not hold or do not fail, those that meet least; at most so many.

        None is a proof that there is none, within what the leaves are said to have to do with one another.
        """
        given = [self._known.literal if known else -self._known.literal] if self._known is not None else []
        for name, clauses in (("holds", holds), ("fails", fails)):
            literals = [self._literal(name, clause) for clause in clauses]
            if 0 in literals:
                return []  # it cannot be derived at all
            given += literals
        for name, clauses in (("holds", not_holds), ("fails", not_fails)):
            given += [-literal for literal in (self._literal(name, clause) for clause in clauses) if literal]
        found: list[Vector] = []

        def collect(model: clingo.Model) -> bool:
            met = (n for n, (yes, _) in enumerate(self._inputs) if model.is_true(yes))
            unmet = (n for n, (_, no) in enumerate(self._inputs) if model.is_true(no))
            has = (cell for cell, literal in self._cells if model.is_true(literal))
            taken = (way for way, literal in self._ways if model.is_true(literal))
            found.append(Vector(*map(frozenset, (met, unmet, has, taken))))
            return len(found) < most

        solve(self._control, given, collect)
        return found


def slot(leaf: Leaf, case: Value = CASE) -> tuple[Value, ...]:
    """The arguments of a fact on a leaf: the clause, the case of which it is asked, and the variant."""
    clause, variant = leaf
    return (clause, case, Fn(DEFAULT) if variant == DEFAULT else variant)
