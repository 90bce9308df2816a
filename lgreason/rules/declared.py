"""What may be known about a subject, as the knowledge base declares it: docs/facts.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from lgreason.rules.model import Text
from lgreason.rules.terms import Fn, Value

NUMBERS = frozenset({"whole", "number", "hours", "percent", "points", "baht"})
"""The types whose values are exact numbers."""
OF_ENTRIES = frozenset({"list", "events", "periods", "steps", "rounds"})
"""The shapes of lists of entries."""
NAMED = frozenset({"term", "one_of", "scale"})
"""The types whose values are terms or named values of a kind."""


class Base(Protocol):
    """The facts of a knowledge base, by predicate."""

    def rows(self, predicate: str) -> Sequence[tuple[Value, ...]]:
        """The facts of a predicate, as rows of plain values."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """What an entry says of one thing: its `path` within the entry, its type, and what its absence means.

    `low` and `high` are the limits of a number, where there are any. `inner` are the attributes within it.
    """

    path: tuple[str, ...]
    type: Fn
    absent: Fn
    low: Fraction | None = None
    high: Fraction | None = None
    inner: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The path as one name: `suspended.from`."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that may be known about a subject (`person`, `organisation`).

    `value` is what the fact itself holds where it is one value, or the scores of a mapping; `attributes` are those
    of its entries, by name. `absent` says what it means that a file does not have it, `changes` who can change it.
    """

    id: str
    subject: str
    shape: Fn
    absent: Fn
    changes: str
    value: Attribute | None
    attributes: Mapping[str, Attribute]

    def attribute(self, path: Sequence[str]) -> Attribute | None:
        """The attribute at a path, if there is one."""
        found, within = None, self.attributes
        for step in path:
            found = within.get(step)
            if found is None:
                return None
            within = found.inner
        return found


class Declarations:
    """All that a knowledge base, and the rules laid over it, declare about one kind of subject."""

    def __init__(self, base: Base, subject: str) -> None:
        """Take the facts of a knowledge base and the kind of subject."""
        self._base = base
        self._subject = subject

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact that may be known, by id, in the order of the declarations."""
        attributes: dict[str, list[tuple[tuple[str, ...], Fn]]] = {}
        for of, name, kind in self._base.rows("has"):
            attributes.setdefault(word(of), []).append((_path(name), _term(kind)))
        absent: dict[tuple[str, tuple[str, ...]], Fn] = {}
        for of, *rest in self._base.rows("absent"):
            absent[word(of), _path(rest[0]) if len(rest) == 2 else ()] = _term(rest[-1])
        limits: dict[tuple[str, tuple[str, ...]], tuple[Fraction | None, Fraction | None]] = {}
        for of, *rest in self._base.rows("range"):
            limits[word(of), _path(rest[0]) if len(rest) == 3 else ()] = (_limit(rest[-2]), _limit(rest[-1]))
        changes = {word(of): word(who) for of, who in self._base.rows("changes")}
        found = {}
        for identity, subject, shape in self._base.rows("fact"):
            if word(subject) == self._subject:
                of = word(identity)
                built = _attributes(of, attributes.get(of, ()), absent, limits)
                value = None
                if (own := _own(_term(shape))) is not None:
                    low, high = limits.get((of, ()), (None, None))
                    value = Attribute((), own, absent.get((of, ()), Fn("not_known")), low, high)
                found[of] = Fact(
                    id=of,
                    subject=self._subject,
                    shape=_term(shape),
                    absent=absent.get((of, ()), Fn("not_known")),
                    changes=changes.get(of, "nobody"),
                    value=value,
                    attributes=built,
                )
        return found

    @cached_property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The named values of each kind, in order."""
        found: dict[str, list[tuple[int, str]]] = {}
        for kind, number, value in self._base.rows("value"):
            assert isinstance(number, int)
            found.setdefault(word(kind), []).append((number, word(value)))
        return {kind: tuple(value for _, value in sorted(rows)) for kind, rows in found.items()}

    @cached_property
    def implied(self) -> Mapping[tuple[str, str, str], str]:
        """What goes without saying: fact, attribute and the value of the other attribute, to the value."""
        return {
            (word(of), word(name), word(value)): word(then)
            for of, name, _, value, then in self._base.rows("implies")
        }

    @cached_property
    def names(self) -> Mapping[tuple[str, str], Text]:
        """The names of facts and attributes: (`fact`, F) or (`attribute`, F.A)."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for category, identity, language, text in self._base.rows("name"):
            found.setdefault((word(category), word(identity)), {})[word(language)] = str(text)
        return {key: Text(**texts) for key, texts in found.items()}


def word(value: Value) -> str:
    """A constant or a string as a word; a number as its digits."""
    return value.name if isinstance(value, Fn) else str(value)


def exact(value: Value) -> Fraction:
    """A number, or a string that spells one; raises `ValueError` for any other."""
    return Fraction(word(value)) if not isinstance(value, int) else Fraction(value)


def _term(value: Value) -> Fn:
    return value if isinstance(value, Fn) else Fn(str(value))


def _path(value: Value) -> tuple[str, ...]:
    """`suspended(from)` as its steps."""
    if isinstance(value, Fn) and value.args:
        return (value.name, *_path(value.args[0]))
    return (word(value),)


path = _path


def _limit(value: Value) -> Fraction | None:
    return None if word(value) == "none" else exact(value)


def _own(shape: Fn) -> Fn | None:
    """The type of what the fact itself holds."""
    if shape.name in ("one", "scores", "years"):
        return _term(shape.args[-1])
    return None


def _attributes(
    of: str,
    rows: Sequence[tuple[tuple[str, ...], Fn]],
    absent: Mapping[tuple[str, tuple[str, ...]], Fn],
    limits: Mapping[tuple[str, tuple[str, ...]], tuple[Fraction | None, Fraction | None]],
) -> Mapping[str, Attribute]:
    def at(prefix: tuple[str, ...]) -> Iterator[tuple[str, Attribute]]:
        for steps, kind in rows:
            if steps[:-1] == prefix:
                low, high = limits.get((of, steps), (None, None))
                inner = dict(at(steps))
                yield (
                    steps[-1],
                    Attribute(steps, kind, absent.get((of, steps), Fn("not_known")), low, high, inner),
                )

    return dict(at(()))
