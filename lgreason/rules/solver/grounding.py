"""Facts, from the files that state them or derived from others by programs without choices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import clingo

from lgreason.rules.solver.control import as_symbol, solve, strictly, value_of
from lgreason.rules.terms import Fn, Rows, SolverError, Value


def derived(programs: Sequence[Path], facts: Iterable[Fn], wanted: Collection[str]) -> dict[str, Rows]:
    """What programs without choices derive from facts: the rows of the predicates wanted."""
    messages: list[str] = []
    control = strictly(messages)
    with control.backend() as backend:
        for fact in facts:
            backend.add_rule([backend.add_atom(as_symbol(fact))])
    for program in programs:
        control.load(str(program))
    control.ground([("base", [])])
    if messages:
        raise SolverError("\n".join(messages))
    found: dict[str, Rows] = {name: [] for name in wanted}
    value = lru_cache(maxsize=None)(value_of)  # a few names fill most places of the rows
    atoms = control.symbolic_atoms
    for name, arity, positive in atoms.signatures:
        for atom in atoms.by_signature(name, arity, positive) if name in found else ():
            if not atom.is_fact:
                raise SolverError(f"{atom.symbol} depends on a choice")
            found[name].append(tuple(map(value, atom.symbol.arguments)))
    return found


class Grounding:
    """The facts of some files, grounded: those that hold whatever the readings and those that depend on them."""

    def __init__(self, files: Sequence[Path], added: Sequence[Fn] = (), rules: str = "") -> None:
        """Read and ground `files` together with the facts `added` and `rules` that are files' own.

        Any message of clingo is a `SolverError`.
        """
        messages: list[str] = []
        self._control = strictly(messages)
        if added:
            with self._control.backend() as backend:
                for fact in added:
                    backend.add_rule([backend.add_atom(as_symbol(fact))])
        try:
            for file in files:
                self._control.load(str(file))
            if rules:
                self._control.add("base", [], rules)
            self._control.ground([("base", [])])
        except RuntimeError as error:
            raise SolverError("\n".join(messages) or str(error)) from error
        if messages:
            raise SolverError("\n".join(messages))
        value = lru_cache(maxsize=None)(value_of)  # a few names fill most places of the rows
        self._certain: dict[str, Rows] = {}
        self._conditional: list[tuple[str, tuple[Value, ...], int]] = []
        self._chosen: dict[tuple[str, str], int] = {}
        for atom in self._control.symbolic_atoms:
            symbol = atom.symbol
            row = tuple(map(value, symbol.arguments))
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
        solve(self._control, assumptions, collect)
        return found


def consequences(program: Path, facts: Iterable[Fn]) -> list[Fn]:
    """What a program that has one answer shows over some facts; raises `SolverError`."""
    messages: list[str] = []
    control = strictly(messages)
    with control.backend() as backend:
        for fact in facts:
            backend.add_rule([backend.add_atom(as_symbol(fact))])
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

    solve(control, (), collect)
    return found
