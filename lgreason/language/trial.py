"""Rules on trial: they are grounded and solved once in a process of their own, which may only take so much."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lgreason.language.rulebook import Book, Ruled
from lgreason.language.sentence import Fault
from lgreason.language.statements import SourceText
from lgreason.rules.knowledge import Layer, Library


@dataclass(frozen=True, slots=True)
class Limits:
    """How much memory beyond that of this process, and how much time, a trial may take."""

    megabytes: int = 1_500
    seconds: int = 20


def trial(book: Book, day: date, limits: Limits | None = None) -> list[tuple[SourceText, Fault]]:
    """The rules that take more than they may when they are decided; none, if all together take no more."""
    limits = limits or Limits()
    if _survives(lambda: _decide(book.library.with_rules(book), day), limits):
        return []
    args = {"megabytes": limits.megabytes, "seconds": limits.seconds}
    roots = [ruled for ruled in book.counting(day) if ruled.rule.posts or ruled.rule.amends]
    costly = [r for r in roots if not _survives(lambda r=r: _decide(_alone(book, r, day), day), limits)]  # type: ignore[misc]
    return [(ruled.source, Fault("rule_too_costly", ruled.rule.span, args)) for ruled in costly or roots]


def _decide(library: Library, day: date) -> None:
    decider = library.on(day).under().decider
    decider.decide([None] * len(decider.leaves))


class _One:
    """A book in which of the rules that open a position or amend a clause only one does."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer

    def on(self, _day: date) -> Layer:
        return self._layer


def _alone(book: Book, ruled: Ruled, day: date) -> Library:
    layer = book.on(day)
    others = {r.clauses[0].id for r in book.counting(day) if r is not ruled}
    facts = tuple(fact for fact in layer.facts if fact.name != "post" or fact.args[1] not in others)
    return book.library.with_rules(_One(Layer(facts, layer.replaced, layer.repealed, layer.where)))


def _survives(task: Callable[[], None], limits: Limits) -> bool:
    """Whether a task ends well in a child process under the limits; where there can be none, it is not tried."""
    if not hasattr(os, "fork"):
        return True
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _limit(limits)
            task()
            status = 0
        finally:
            os._exit(status)
    until = time.monotonic() + 2 * limits.seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _limit(limits: Limits) -> None:
    import resource

    with open("/dev/null", "w") as nowhere:  # noqa: PTH123
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)
    memory = _taken() + limits.megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    taken = int(sum(os.times()[:2])) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (taken + limits.seconds, taken + limits.seconds))


def _taken() -> int:
    """The address space that this process has taken already."""
    try:
        with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123
            return int(status.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
