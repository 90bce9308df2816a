"""The one place that talks to clingo: reads the knowledge base, and decides clause trees with the theory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import clingo

from lgreason.rules.terms import CASE, DEFAULT, Fn, Leaf, Rows, SolverError, Truth, Value


def _strictly(messages: list[str], options: Sequence[str] = ()) -> clingo.Control:
    return clingo.Control(["--warn=all", *options], logger=lambda _code, text: messages.append(text.strip()))


def value_of(symbol: clingo.Symbol) -> Value:
    """A symbol of clingo as a plain value."""
    kind = symbol.type
    if kind == clingo.SymbolType.String:
        return symbol.string
    if kind == clingo.SymbolType.Number:
        return symbol.number
    return Fn(symbol.name, tuple(map(value_of, symbol.arguments)))


def _symbol(value: Value) -> clingo.Symbol:
    if isinstance(value, Fn):
        if not value.args:
            return _constant(value.name)
        return clingo.Function(value.name, [_symbol(argument) for argument in value.args])
    return clingo.String(value) if isinstance(value, str) else clingo.Number(value)


@lru_cache(maxsize=4096)
def _constant(name: str) -> clingo.Symbol:
    return clingo.Function(name, [])


def text(fact: Fn) -> str:
    """The fact as a line of an answer-set program; whatever its strings hold, it stays one fact."""
    return f"{_symbol(fact)}."


def derived(programs: Sequence[Path], facts: Iterable[Fn], wanted: Collection[str]) -> dict[str, Rows]:
    """What programs without choices derive from facts: the rows of the predicates wanted."""
    messages: list[str] = []
    control = _strictly(messages)
    with control.backend() as backend:
        for fact in facts:
            backend.add_rule([backend.add_atom(_symbol(fact))])
    for program in programs:
        control.load(str(program))
    control.ground([("base", [])])
    if messages:
        raise SolverError("\n".join(messages))
    found: dict[str, Rows] = {name: [] for name in wanted}
    atoms = control.symbolic_atoms
    for name, arity, positive in atoms.signatures:
        for atom in atoms.by_signature(name, arity, positive) if name in found else ():
            if not atom.is_fact:
                raise SolverError(f"{atom.symbol} depends on a choice")
            found[name].append(tuple(map(value_of, atom.symbol.arguments)))
    return found


class Grounding:
    """The facts of some files, grounded: those that hold whatever the readings and those that depend on them."""

    def __init__(self, files: Sequence[Path], added: Sequence[Fn] = ()) -> None:
        """Read and ground `files` together with the facts `added`; any message of clingo is a `SolverError`."""
        messages: list[str] = []
        self._control = _strictly(messages)
        if added:
            with self._control.backend() as backend:
                for fact in added:
                    backend.add_rule([backend.add_atom(_symbol(fact))])
        try:
            for file in files:
                self._control.load(str(file))
            self._control.ground([("base", [])])
        except RuntimeError as error:
            raise SolverError("\n".join(messages) or str(error)) from error
        if messages:
            raise SolverError("\n".join(messages))
        self._certain: dict[str, Rows] = {}
        self._conditional: list[tuple[str, tuple[Value, ...], int]] = []
        self._chosen: dict[tuple[str, str], int] = {}
        for atom in self._control.symbolic_atoms:
            symbol = atom.symbol
            row = tuple(map(value_of, symbol.arguments))
            if atom.is_fact:
                self._certain.setdefault(symbol.name, []).append(row)
            elif symbol.name == "chosen":
                identity, reading = row
                assert isinstance(identity, str) and isinstance(reading, Fn)
                self._chosen[identity, reading.name] = atom.literal
            else:
                self._conditional.append((symbol.name, row, atom.literal))

    @property
    def certain(self) -> Mapping[str, Rows]:
        """The facts that hold under every reading, as rows of plain values by predicate."""
        return self._certain

    @property
    def rows_of_readings(self) -> list[tuple[str, tuple[Value, ...]]]:
        """Every fact that holds under some readings: its predicate and its row."""
        return [(name, row) for name, row, _ in self._conditional]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Every ambiguity with each of its readings."""
        return list(self._chosen)

    def conditional(self, chosen: Mapping[str, str]) -> dict[str, Rows]:
        """What holds besides under the readings `chosen` (ambiguity to reading; a default need not be named)."""
        found: dict[str, Rows] = {}
        assumptions = [
            literal if chosen.get(identity) == reading else -literal
            for (identity, reading), literal in self._chosen.items()
        ]

        def collect(model: clingo.Model) -> None:
            for name, row, literal in self._conditional:
                if model.is_true(literal):
                    found.setdefault(name, []).append(row)

        for literal in self._chosen.values():
            self._control.assign_external(literal, None)
        _solve(self._control, assumptions, collect)
        return found


class _Interrupts:
    """Signals and solving: nothing may be raised while clingo calls back, for that ends the process.

    A solver call on the shipped clauses takes microseconds: a signal is kept until it has ended. One that may take
    long (`stoppable`) runs beside this thread, which waits, hears signals at once, and cancels it.
    """

    def __init__(self) -> None:
        self.stoppable = False
        self.solving = False
        self.pending: BaseException | None = None


_INTERRUPTS = _Interrupts()


def stoppable(wanted: bool) -> None:
    """Have solver calls run so that a signal stops them at once; each takes some 0.3 ms more."""
    _INTERRUPTS.stoppable = wanted


def interrupt(error: BaseException) -> None:
    """Raise `error` from a signal handler; if clingo is at work, as soon as it has ended."""
    if _INTERRUPTS.solving:
        _INTERRUPTS.pending = error
        return
    raise error


def _solve(
    control: clingo.Control,
    assumptions: Sequence[int],
    collect: Callable[[clingo.Model], bool | None] | None = None,
) -> None:
    """Solve under assumptions and hand every model to `collect`, until it says `False`."""
    if _INTERRUPTS.stoppable:
        with control.solve(assumptions=assumptions, on_model=collect, async_=True) as handle:
            while not handle.wait(0.02):
                pass  # a signal is heard here; leaving the block cancels the search
            handle.get()
        return
    outer = _INTERRUPTS.solving
    _INTERRUPTS.solving = True
    try:
        control.solve(assumptions=assumptions, on_model=collect)
    finally:
        _INTERRUPTS.solving = outer
        pending, _INTERRUPTS.pending = _INTERRUPTS.pending, None
    if pending is not None:
        raise pending


class _Grounded:
    """Clause trees grounded once as a generic case, whose leaves each question fills in as assumptions."""

    def __init__(
        self,
        programs: Sequence[Path],
        structure: Iterable[Fn],
        leaves: Iterable[Leaf],
        options: Sequence[str] = (),
    ) -> None:
        """Ground the theory in `programs` over the facts `structure` of the trees.

        `leaves` are the demands whose truth comes from outside; what they are is up to the caller.
        """
        messages: list[str] = []
        self._control = _strictly(messages, options)
        self._facts = tuple(structure)
        self._clauses = tuple(dict.fromkeys(f.args[0] for f in self._facts if f.name in ("says", "except")))
        asked = [Fn("asked", (clause, CASE)) for clause in self._clauses]
        with self._control.backend() as backend:
            for fact in (*self._facts, *asked):
                backend.add_rule([backend.add_atom(_symbol(fact))])
        for program in programs:
            self._control.load(str(program))
        self.leaves: tuple[Leaf, ...] = tuple(leaves)
        with self._control.backend() as backend:
            for leaf in self.leaves:
                backend.add_rule([backend.add_atom(_symbol(Fn("leaf", slot(leaf))))])
        self._control.ground([("base", [])])
        if messages:
            raise SolverError("\n".join(messages))
        self._inputs = [(self._literal("met", leaf), self._literal("unmet", leaf)) for leaf in self.leaves]

    def _literal(self, name: str, of: str | Leaf) -> int:
        """The literal of an atom of a clause or a leaf; 0 if it can never be derived."""
        args: tuple[Value, ...] = (of, CASE) if isinstance(of, str) else slot(of)
        atom = self._control.symbolic_atoms[_symbol(Fn(name, args))]
        return 0 if atom is None else atom.literal

    def assumptions(self, truths: Sequence[Truth]) -> list[int]:
        """The literals that state the truth of each leaf, in the order of `leaves`."""
        given: list[int] = []
        for truth, (met, unmet) in zip(truths, self._inputs, strict=True):
            given.append(met if truth is True else -met)
            given.append(unmet if truth is False else -unmet)
        return given


class Decider(_Grounded):
    """Decides every clause from the truth of each leaf."""

    def __init__(self, programs: Sequence[Path], structure: Iterable[Fn], leaves: Iterable[Leaf]) -> None:
        """Ground the theory over the facts of the trees."""
        super().__init__(programs, structure, leaves)
        clauses = map(str, self._clauses)
        self._outputs = [(c, self._literal("holds", c), self._literal("fails", c)) for c in clauses]
        self._memory: dict[tuple[Truth, ...], dict[str, Truth]] = {}

    def decide(self, truths: Sequence[Truth]) -> Mapping[str, Truth]:
        """What every clause comes to, given the truth of each leaf in the order of `leaves`."""
        key = tuple(truths)
        found = self._memory.get(key)
        if found is None:
            if len(self._memory) > 100_000:
                self._memory.clear()
            found = self._memory[key] = self._solve(key)
        return found

    def _solve(self, truths: tuple[Truth, ...]) -> dict[str, Truth]:
        result: dict[str, Truth] = {}

        def collect(model: clingo.Model) -> None:
            is_true = model.is_true
            for clause, holds, fails in self._outputs:
                if holds and is_true(holds):
                    result[clause] = True
                elif fails and is_true(fails):
                    result[clause] = False
                else:
                    result[clause] = None

        _solve(self._control, self.assumptions(truths), collect)
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

        _solve(self._control, self._asked(root, truths, open_), collect)
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

        _solve(self._control, given, collect)
        return found


def slot(leaf: Leaf, case: Value = CASE) -> tuple[Value, ...]:
    """The arguments of a fact on a leaf: the clause, the case of which it is asked, and the variant."""
    clause, variant = leaf
    return (clause, case, Fn(DEFAULT) if variant == DEFAULT else variant)


def consequences(program: Path, facts: Iterable[Fn]) -> list[Fn]:
    """What a program that has one answer shows over some facts; raises `SolverError`."""
    messages: list[str] = []
    control = _strictly(messages)
    with control.backend() as backend:
        for fact in facts:
            backend.add_rule([backend.add_atom(_symbol(fact))])
    try:
        control.load(str(program))
        control.ground([("base", [])])
    except RuntimeError as error:
        raise SolverError("\n".join(messages) or str(error)) from error
    found: list[Fn] = []

    def collect(model: clingo.Model) -> None:
        for symbol in model.symbols(shown=True):
            value = value_of(symbol)
            assert isinstance(value, Fn)
            found.append(value)

    _solve(control, (), collect)
    return found
