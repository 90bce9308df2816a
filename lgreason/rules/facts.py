"""Facts by predicate and by what they are of, and the clauses that they state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from lgreason.rules.model import EXPRESSION, OF_CLAUSES, Clause, Text
from lgreason.rules.terms import Fn, Rows, SolverError, Value, constant

EXPRESSIONS = frozenset({"period", "post"})
"""The expressions of docs/facts.md that are constants."""


class FactTable:
    """Facts by predicate and by what they are of, laid over other facts."""

    def __init__(
        self, own: Mapping[str, Rows], base: FactTable | None = None, like: FactTable | None = None
    ) -> None:
        """Take the facts themselves, those that they are added to, and others over the same, much like these."""
        self.own = own
        self._base = base
        self._like = like
        self._grouped: dict[str, dict[Value, Rows]] = {}

    def rows(self, predicate: str) -> Sequence[tuple[Value, ...]]:
        """The facts of a predicate."""
        below = self._base.rows(predicate) if self._base else ()
        own = self.own.get(predicate, ())
        return [*below, *own] if below and own else below or own

    def of(self, predicate: str, identity: str) -> Sequence[tuple[Value, ...]]:
        """The facts of a predicate whose first argument is `identity`, without that argument."""
        if predicate not in self._grouped:
            grouped: dict[Value, Rows] = {}
            for first, *rest in self.own.get(predicate, ()):
                grouped.setdefault(first, []).append(tuple(rest))
            self._grouped[predicate] = grouped
        below = self._base.of(predicate, identity) if self._base else ()
        return [*below, *self._grouped[predicate].get(identity, ())]

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by its id; only those that differ from the base's, or from the like's, are built anew."""
        mine = self._of_clauses
        if self._like is not None:
            found, theirs = dict(self._like.clauses), self._like._of_clauses
            changed = [
                identity for identity in {**mine, **theirs} if mine.get(identity) != theirs.get(identity)
            ]
        else:
            found, theirs = dict(self._base.clauses) if self._base else {}, {}
            changed = list(mine)
        for identity in changed:
            other = found.get(identity)
            before, now = theirs.get(identity, []), mine.get(identity, [])
            differing = {
                name for name, row in (*before, *now) if (name, row) not in before or (name, row) not in now
            }
            if self._like is not None and other is not None and differing == {"counts"}:  # of most readings
                found[identity] = replace(other, counts=self._counts(identity))
            else:
                found[identity] = self._clause(identity)
        return found

    @cached_property
    def _of_clauses(self) -> dict[str, list[tuple[str, tuple[Value, ...]]]]:
        """What these facts themselves say of each clause."""
        found: dict[str, list[tuple[str, tuple[Value, ...]]]] = {}
        for predicate in OF_CLAUSES:
            for row in self.own.get(predicate, ()):
                found.setdefault(str(row[0]), []).append((predicate, row))
        return found

    def _clause(self, identity: str) -> Clause:
        ((document, treatment, status, since),) = self.of("clause", identity)
        says, measures, quote = (self._one(name, identity) for name in ("says", "measures", "quote"))
        measured, expression = _quantity(measures)
        return Clause(
            id=identity,
            document=str(document),
            treatment=constant(treatment),
            status=constant(status),
            in_force=date.fromisoformat(str(since)),
            place=self._text("place", identity) or Text(identity, identity),
            gloss=self._text("gloss", identity) or Text("", ""),
            quote=None if quote is None else str(quote),
            repairs=tuple((str(wrong), str(right)) for wrong, right in self.of("repair", identity)),
            subject=self._text("subject", identity),
            says=None if says is None else _term(says),
            parts=tuple(str(part) for _, part in sorted(self.of("part", identity))),
            exceptions=tuple((str(other), _term(form)) for other, form in self.of("except", identity)),
            measures=measured,
            expression=expression,
            counts=self._counts(identity),
            relies=tuple(sorted(str(reading) for (reading,) in self.of("relies", identity))),
        )

    def _counts(self, identity: str) -> tuple[Fn, ...]:
        return tuple(_term(what) for (what,) in self.of("counts", identity))

    def _one(self, predicate: str, identity: str) -> Value | None:
        found = self.of(predicate, identity)
        if len(found) > 1:
            raise SolverError(f"{identity} has more than one {predicate}")
        return found[0][0] if found else None

    def _text(self, predicate: str, identity: str) -> Text | None:
        texts = {constant(language): str(text) for language, text in self.of(predicate, identity)}
        return Text(**texts) if texts else None


def _quantity(value: Value | None) -> tuple[str | None, Fn | None]:
    """What a clause measures: a kind of measurement of persons (a constant), a quantity by its id, an expression."""
    if value is None or isinstance(value, str):
        return value, None
    if isinstance(value, Fn) and (value.args or value.name in EXPRESSIONS):
        return EXPRESSION, value
    return constant(value), None


def _term(value: Value) -> Fn:
    assert isinstance(value, Fn)
    return value
