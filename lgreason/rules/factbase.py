"""The facts of some files as plain values: clingo grounds them once, and they are kept between runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lgreason.rules.bodies import Bodies, bodies
from lgreason.rules.kept import Store
from lgreason.rules.terms import Fn, Rows, Value

if TYPE_CHECKING:
    from lgreason.rules.solver.grounding import Grounding

_MADE_BY = (
    *(Path(__file__).parent / name for name in ("factbase.py", "bodies.py")),
    *(Path(__file__).parent / "solver" / name for name in ("control.py", "grounding.py")),
)


class FactBase:
    """The facts of the knowledge base, those that hold whatever the readings and those that depend on them."""

    def __init__(self, files: Sequence[Path], added: Sequence[Fn] = ()) -> None:
        """Read `files` together with the facts `added`; raises `SolverError` if they are unsound."""
        self._files, self._added = files, added
        self.certain: Mapping[str, Rows]
        """The facts that hold under every reading, as rows of plain values by predicate."""
        self._known: dict[frozenset[tuple[str, str]], tuple[int, ...]] = {}
        self._conditional: list[tuple[str, Any]] = []
        self._laid: Grounding | None = None
        store = Store("facts", (*files, *_MADE_BY))
        kept = store.read()
        if kept is None and store.steady:
            store.write(kept := _plain(self._base if added else self._grounding, bodies(files)))
        if kept is None or (added and kept[3] is None):
            self.certain = self._grounding.certain
            return
        certain, self._conditional, known, rules = kept
        self.certain = _Decoded(certain)
        if added:
            # What the rules make of what is added and of what else they read is all that is new.
            beside = [*added, *_read(self.certain, Bodies(*rules))]
            self._lay(beside, rules[0])
        else:
            self._known = {frozenset(chosen): held for chosen, held in known}

    @cached_property
    def _grounding(self) -> Grounding:
        from lgreason.rules.solver.grounding import Grounding

        return Grounding(self._files, self._added)

    @property
    def _base(self) -> Grounding:
        from lgreason.rules.solver.grounding import Grounding

        return Grounding(self._files)

    def _lay(self, facts: Sequence[Fn], rules: str) -> None:
        """Lay facts over those of the files, with what the rules of the files make of them."""
        from lgreason.rules.solver.grounding import Grounding

        self._laid = Grounding((), facts, rules)
        self.certain = _Laid(self.certain, self._laid.certain, self._added)

    def conditional(self, chosen: Mapping[str, str]) -> dict[str, Rows]:
        """What holds besides under the readings `chosen` (ambiguity to reading; a default need not be named)."""
        if self._laid is not None:
            return self._conditional_beside(chosen)
        held = self._known.get(frozenset(chosen.items()))
        if held is None:
            return self._grounding.conditional(chosen)
        found: dict[str, Rows] = {}
        decode = _Decoder()
        for number in held:
            name, row = self._conditional[number]
            found.setdefault(name, []).append(decode.row(row))
        return found

    def _conditional_beside(self, chosen: Mapping[str, str]) -> dict[str, Rows]:
        """What holds besides where facts are laid over those of the files."""
        assert self._laid is not None
        found: dict[str, Rows] = {}
        for name, rows in self._laid.conditional(chosen).items():
            stated = frozenset(self.certain.get(name, ()))
            if left := [row for row in rows if row not in stated]:
                found[name] = left
        return found


def _read(certain: Mapping[str, Rows], by: Bodies) -> Iterator[Fn]:
    """The facts that rules read."""
    for names, arguments in ((by.read, True), (by.bare, False)):
        for name in sorted(names & certain.keys()):
            yield from (Fn(name, row) for row in certain[name] if bool(row) is arguments)


class _Laid(Mapping[str, Rows]):
    """Facts with others laid over them: those added come first as they do in a ground program, then what is new."""

    def __init__(self, base: Mapping[str, Rows], over: Mapping[str, Rows], added: Sequence[Fn]) -> None:
        self._base, self._over = base, over
        self._added: dict[str, dict[tuple[Value, ...], None]] = {}
        for fact in added:
            self._added.setdefault(fact.name, {})[fact.args] = None
        self._rows: dict[str, Rows] = {}

    def __getitem__(self, predicate: str) -> Rows:
        if predicate not in self._over:
            return self._base[predicate]
        if predicate not in self._rows:
            first = self._added.get(predicate, {})
            rows = dict.fromkeys((*first, *self._base.get(predicate, ()), *self._over[predicate]))
            self._rows[predicate] = [*rows]
        return self._rows[predicate]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._over, *self._base)))

    def __len__(self) -> int:
        return len(self._base.keys() | self._over.keys())


class _Decoded(Mapping[str, Rows]):
    """Facts by predicate, each predicate made of plain values when it is first asked for."""

    def __init__(self, plain: Mapping[str, list[Any]]) -> None:
        self._plain = plain
        self._decode = _Decoder()
        self._rows: dict[str, Rows] = {}

    def __getitem__(self, predicate: str) -> Rows:
        rows = self._rows.get(predicate)
        if rows is None:
            rows = self._rows[predicate] = list(map(self._decode.row, self._plain[predicate]))
        return rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)


class _Decoder:
    """Makes rows of what was kept; a term that stands in many rows is made once."""

    def __init__(self) -> None:
        self._terms: dict[Any, Fn] = {}

    def row(self, plain: tuple[Any, ...]) -> tuple[Value, ...]:
        return tuple([self._term(value) if type(value) is tuple else value for value in plain])

    def _term(self, plain: tuple[Any, ...]) -> Fn:
        term = self._terms.get(plain)
        if term is None:
            term = self._terms[plain] = Fn(plain[0], self.row(plain[1:]))
        return term


def _plain(grounding: Grounding, rules: Bodies | None) -> Any:
    """The facts as `marshal` can hold them: a term is its name with its arguments behind it; and the `rules`.

    What depends on readings is kept for the defaults and for every other reading by itself.
    """
    conditional = grounding.rows_of_readings
    numbers = {of: number for number, of in enumerate(conditional)}
    known = []
    for chosen in ((), *((choice,) for choice in grounding.choices)):
        held = grounding.conditional(dict(chosen))
        known.append((chosen, tuple(numbers[name, row] for name, rows in held.items() for row in rows)))
    return (
        {name: list(map(_row, rows)) for name, rows in grounding.certain.items()},
        [(name, _row(row)) for name, row in conditional],
        known,
        None if rules is None else (rules.rules, rules.read, rules.bare),
    )


def _row(row: tuple[Value, ...]) -> tuple[object, ...]:
    return tuple((value.name, *_row(value.args)) if isinstance(value, Fn) else value for value in row)
