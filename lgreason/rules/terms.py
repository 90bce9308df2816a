"""Terms, truths and leaves of answer-set programs as plain Python values, so that only `solver` knows clingo."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Fn(NamedTuple):
    """A function term or a constant: `any` is `Fn("any")`, `at_least(years(4))` is nested."""

    name: str
    args: tuple[Value, ...] = ()


Value: TypeAlias = str | int | Fn
"""A string term, a number, or a function term."""


Rows = list[tuple[Value, ...]]
"""The facts of one predicate."""


class SolverError(RuntimeError):
    """The knowledge base or the theory is not a sound program; every message of clingo counts as one."""


def constant(value: Value) -> str:
    """The name of a constant."""
    assert isinstance(value, Fn)
    return value.name


def number(value: Value) -> int:
    """A number, as such."""
    assert isinstance(value, int)
    return value


Truth: TypeAlias = bool | None
"""Holds, fails, or `None`: not known."""

Leaf: TypeAlias = tuple[str, str]
"""A demand measured outside the theory: a clause and a variant, `DEFAULT` or the id of an exception."""

DEFAULT = "default"

CASE = Fn("case")
"""The case of which every clause is asked where there is one alone."""
