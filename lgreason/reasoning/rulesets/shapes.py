"""Of which fact a source takes entries, and what it leaves out of them: read off its form alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lgreason.rules.declared import path, word
from lgreason.rules.model import Clause
from lgreason.rules.terms import Fn, Value


def is_fold(value: Value, *names: str) -> bool:
    """Whether a value is an expression of one of these names."""
    return isinstance(value, Fn) and bool(value.args) and value.name in names


def base(source: Value) -> tuple[str, ...]:
    """The fact whose entries a source takes, whatever it leaves out of them."""
    while is_fold(source, "which", "clip", "without", "inside", "weighted", "last", "alike", "union"):
        assert isinstance(source, Fn)
        source = source.args[1] if source.name in ("last", "alike") else source.args[0]
    return path(source)


def wrappers(source: Value) -> Iterator[Fn]:
    """What a source leaves out of the entries of its fact, the last first."""
    while is_fold(source, "which", "clip", "without", "inside", "last"):
        assert isinstance(source, Fn)
        yield source
        source = source.args[1] if source.name == "last" else source.args[0]


def latest(source: Value) -> tuple[int, Value] | None:
    """Of how many of the latest entries of which source another takes its own."""
    for each in wrappers(source):
        if each.name == "last":
            return int(word(each.args[0])), each.args[1]
    return None


def with_latest(source: Value, other: Fn) -> Value:
    """A source with another taking of the latest."""
    if not isinstance(source, Fn) or source.name == "last":
        return other
    return Fn(source.name, (with_latest(source.args[0], other), *source.args[1:]))


def asked_of(of: Value | None) -> Iterator[tuple[Value, str]]:
    """The sources of an expression with the clauses that are asked of their entries."""
    if isinstance(of, Fn):
        if of.name == "which" and len(of.args) == 2:
            yield of.args[0], word(of.args[1])
        for arg in of.args:
            yield from asked_of(arg)


def spread(clauses: Mapping[str, Clause], identity: str, asked: dict[str, str]) -> None:
    """What is asked of an entry asks it of all below it."""
    if identity in clauses:
        for need in clauses[identity].needs():
            if need not in asked:
                asked[need] = asked[identity]
                spread(clauses, need, asked)
