"""The facts of some files as plain values: clingo grounds them once, and they are kept between runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lgreason.rules.kept import Store
from lgreason.rules.terms import Fn, Rows, Value

if TYPE_CHECKING:
    from lgreason.rules.solver.grounding import Grounding

_MADE_BY = (
    Path(__file__),
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
        # What is added comes from a file of rules, which may be another next time.
        store = None if added else Store("facts", (*files, *_MADE_BY))
        if store is None or not store.steady:
            self.certain = self._grounding.certain
            return
        kept = store.read()
        if kept is None:
            store.write(kept := _plain(self._grounding))
        certain, self._conditional, known = kept
        self.certain = _Decoded(certain)
        self._known = {frozenset(chosen): held for chosen, held in known}

    @cached_property
    def _grounding(self) -> Grounding:
        from lgreason.rules.solver.grounding import Grounding

        return Grounding(self._files, self._added)

    def conditional(self, chosen: Mapping[str, str]) -> dict[str, Rows]:
        """What holds besides under the readings `chosen` (ambiguity to reading; a default need not be named)."""
        held = self._known.get(frozenset(chosen.items()))
        if held is None:
            return self._grounding.conditional(chosen)
        found: dict[str, Rows] = {}
        decode = _Decoder()
        for number in held:
            name, row = self._conditional[number]
            found.setdefault(name, []).append(decode.row(row))
        return found


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


def _plain(grounding: Grounding) -> Any:
    """The facts as `marshal` can hold them: a term is its name with its arguments behind it.

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
    )


def _row(row: tuple[Value, ...]) -> tuple[object, ...]:
    return tuple((value.name, *_row(value.args)) if isinstance(value, Fn) else value for value in row)
