"""Rules laid over the knowledge base: which facts they add, and which of its clauses give way to theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from lgreason.rules.model import OF_CLAUSES
from lgreason.rules.terms import Fn, Rows, Value


@dataclass(frozen=True, slots=True)
class Layer:
    """Rules laid over the knowledge base: facts besides its own, and which of its clauses give way.

    `replaced` names the clause that stands for another wherever that one was referred to; one that is replaced under
    its own id is stated in `facts` under `renewed(id)`. `kept` gives the id of the old words of a clause whose
    replacement cites them. `repealed` clauses are out. `where` tells the file and line.
    """

    facts: tuple[Fn, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)
    repealed: frozenset[str] = frozenset()
    kept: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, tuple[str, int]] = field(default_factory=dict)


class Rulebook(Protocol):
    """Rules with their days in force."""

    def on(self, day: date) -> Layer:
        """The rules that count on a day."""


def former(identity: str) -> str:
    """The id under which the old words of a clause stand that its amendment cites."""
    return f"{identity}.before"


def renewed(identity: str) -> str:
    """The id under which the new words of a clause are stated that keeps its id."""
    return f"{identity}~"


_OF_TABLES = ("adds", "subtracts", "ratio", "mean", "row", "opens", "sets_up", "limits")


def amended(rows: Mapping[str, Rows], layer: Layer) -> Mapping[str, Rows]:
    """Facts where the clauses that a layer replaces give way to its own, and those that it repeals are out."""
    if not layer.replaced and not layer.repealed:
        return rows
    gone = {*layer.replaced, *layer.repealed}
    renames: dict[str, str] = {}
    for old, new in layer.replaced.items():
        renames |= {new: old} if new == renewed(old) else {old: new}
    # A replacement with sums or rows of the table of its own takes the place of the old ones, not beside them.
    restated = {
        old
        for old, new in layer.replaced.items()
        if any(fact.name in _OF_TABLES and fact.args[-1] == new for fact in layer.facts)
    }
    # A row of a table that its replacement does not state again goes on to speak of its post.
    stated = {fact.args for fact in layer.facts if fact.name == "row"}
    found: dict[str, Rows] = {}
    for predicate, table in rows.items():
        kept = [
            row
            for row in table
            if row[:1] == () or row[0] not in gone
            if not (predicate in _OF_TABLES and row[-1] in restated)
            or (predicate == "row" and (*row[:-1], layer.replaced[str(row[-1])]) not in stated)
            if not (layer.repealed and any(_mentions(value, layer.repealed) for value in row))
        ]
        found[predicate] = [tuple(_renamed(value, renames) for value in row) for row in kept]
        if layer.kept and predicate in OF_CLAUSES:
            found[predicate] += [
                _former(predicate, row, layer.kept, renames) for row in table if row[0] in layer.kept
            ]
    return found


_FORMER: Mapping[str, str] = {"th": "ความเดิม", "en": "as it was"}


def _former(
    predicate: str, row: tuple[Value, ...], kept: Mapping[str, str], renames: Mapping[str, str]
) -> tuple[Value, ...]:
    """A row of a clause as it was before it was amended, under the id of the old words."""
    rest = tuple(_renamed(value, renames) for value in row[1:])
    if predicate == "place" and isinstance(rest[0], Fn):
        rest = (rest[0], f"{rest[1]} ({_FORMER.get(rest[0].name, '')})")
    return (kept[str(row[0])], *rest)


def _mentions(value: Value, ids: frozenset[str]) -> bool:
    if isinstance(value, Fn):
        return any(_mentions(argument, ids) for argument in value.args)
    return value in ids


def _renamed(value: Value, renames: Mapping[str, str]) -> Value:
    if isinstance(value, Fn):
        return (
            Fn(value.name, tuple(_renamed(argument, renames) for argument in value.args))
            if value.args
            else value
        )
    return renames.get(value, value) if isinstance(value, str) else value
