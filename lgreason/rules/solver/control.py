"""A control of clingo that takes no warning lightly, values as symbols, and solving that a signal can stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import clingo

from lgreason.rules.terms import Fn, Value


def strictly(messages: list[str], options: Sequence[str] = ()) -> clingo.Control:
    """A control that puts every message of clingo, warnings too, into `messages`."""
    return clingo.Control(["--warn=all", *options], logger=lambda _code, text: messages.append(text.strip()))


def value_of(symbol: clingo.Symbol) -> Value:
    """A symbol of clingo as a plain value."""
    kind = symbol.type
    if kind == clingo.SymbolType.String:
        return symbol.string
    if kind == clingo.SymbolType.Number:
        return symbol.number
    return Fn(symbol.name, tuple(map(value_of, symbol.arguments)))


def as_symbol(value: Value) -> clingo.Symbol:
    """A plain value as a symbol of clingo."""
    if isinstance(value, Fn):
        if not value.args:
            return _constant(value.name)
        return clingo.Function(value.name, [as_symbol(argument) for argument in value.args])
    return clingo.String(value) if isinstance(value, str) else clingo.Number(value)


@lru_cache(maxsize=4096)
def _constant(name: str) -> clingo.Symbol:
    return clingo.Function(name, [])


def text(fact: Fn) -> str:
    """The fact as a line of an answer-set program; whatever its strings hold, it stays one fact."""
    return f"{as_symbol(fact)}."


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


def solve(
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
