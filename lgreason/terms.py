"""Terms of answer-set facts as plain Python values, so that only `solver` needs to know clingo."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Fn(NamedTuple):
    """A function term or a constant: `any` is `Fn("any")`, `at_least(years(4))` is nested."""

    name: str
    args: tuple[Value, ...] = ()


Value: TypeAlias = str | int | Fn
"""A string term, a number, or a function term."""
