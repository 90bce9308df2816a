"""Rules on trial: they are grounded and solved once in a process of their own, which may only take so much."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from lgreason.language.book.overtime import days_of_change
from lgreason.language.book.rulebook import Book
from lgreason.language.clauses.stating import OF_ORGANISATIONS, Ruled
from lgreason.language.reading.faults import Fault
from lgreason.language.statements.splitting import SourceText
from lgreason.rules.children import end_with
from lgreason.rules.knowledge import Library
from lgreason.rules.layer import Layer

MOST_TRIED = 12
"""On so many days of change the rules are tried."""
MOST_ALONE = 20
"""So many rules are tried one by one to find the one that takes too much."""
_OPENING = OF_ORGANISATIONS | {"post"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much memory beyond that of this process, and how much time, a trial may take."""

    megabytes: int = 1_500
    seconds: int = 20


def trial(book: Book, day: date, limits: Limits | None = None) -> list[tuple[SourceText, Fault]]:
    """The rules that take more than they may when they are decided; none, if all together take no more."""
    limits = limits or Limits()
    # What passes holds on every day: the rules are tried wherever what counts changes, each time all of them.
    days = _days(book, day)
    everyone = any(_about_organisations(book, one) for one in days)

    def task(library: Library) -> Callable[[], None]:
        def decide() -> None:
            for one in days:
                _decide(library, one)
                if everyone:
                    _decide_organisations(library, one)

        return decide

    together = _outcome(task(book.library.with_rules(book)), limits)
    if together is None:
        return []
    begins = {id(ruled): (ruled, one) for one in reversed(days) for ruled in book.counting(one)}
    roots = [(r, one) for r, one in begins.values() if r.rule.posts or r.rule.amends or r.of_organisations]
    roots.sort(key=lambda root: (root[0].source.file, root[0].rule.span))
    alone = [(ruled, _outcome(task(_alone(book, ruled, one)), limits)) for ruled, one in roots[:MOST_ALONE]]
    died = [(ruled, why) for ruled, why in alone if why is not None] or [(r, together) for r, _ in roots]
    return [(ruled.source, _fault(ruled, why, limits)) for ruled, why in died]


def _days(book: Book, day: date) -> list[date]:
    """The day asked for, and the days on which what counts changes: so many of them as can be tried."""
    changing = any(ruled.rule.amends is not None or ruled.rule.repeals for ruled in book.rules)
    found = {one: book.on(one) for one in [day, *(days_of_change(book)[:MOST_TRIED] if changing else [])]}
    kept: list[date] = []
    for one, layer in found.items():
        if not any(found[other] == layer for other in kept):
            kept.append(one)
    return kept


def _fault(ruled: Ruled, why: str, limits: Limits) -> Fault:
    """Why the trial of a rule ended: its memory, its time, or a fault of the program itself."""
    if why == "memory":
        return Fault("rule_too_much_memory", ruled.rule.span, {"megabytes": limits.megabytes})
    if why == "time":
        return Fault("rule_too_much_time", ruled.rule.span, {"seconds": limits.seconds})
    return Fault("rule_trial_died", ruled.rule.span, {"why": why})


def _decide(library: Library, day: date) -> None:
    decider = library.on(day).under().decider
    decider.decide([None] * len(decider.leaves))


def _decide_organisations(library: Library, day: date) -> None:
    from lgreason.reasoning.organisations.establishment import Tables

    decider = Tables(library.on(day).of("organisations").under()).decider
    decider.decide([None] * len(decider.leaves))


def _about_organisations(book: Book, day: date) -> bool:
    """Whether the rules bear on organisations: by what they say, or by a clause of theirs that they change."""
    changed = {
        target
        for ruled in book.counting(day)
        for target in (ruled.rule.amends, *ruled.rule.repeals)
        if target in book.kb.clauses
    }
    if any(ruled.of_organisations for ruled in book.counting(day)):
        return True
    return bool(changed) and not changed <= book.library.under().clauses.keys()


class _One:
    """A book in which of the rules that open a position, amend a clause or bear on organisations only one does."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer

    def on(self, _day: date) -> Layer:
        return self._layer


def _alone(book: Book, ruled: Ruled, day: date) -> Library:
    layer = book.on(day)
    others = {r.clauses[0].id for r in book.counting(day) if r is not ruled}
    facts = tuple(
        fact
        for fact in layer.facts
        if fact.name not in _OPENING or str(fact.args[-1]).rstrip("~") not in others
    )
    replaced = {old: new for old, new in layer.replaced.items() if new.rstrip("~") not in others}
    return book.library.with_rules(_One(replace(layer, facts=facts, replaced=replaced)))


_UNWRITTEN = 64_000_000
"""So many bytes may be asked for at once and not be written to yet."""


def _outcome(task: Callable[[], None], limits: Limits) -> str | None:
    """How a task ends in a child process under the limits: `memory`, `time`, what failed, or nothing if it ends well.

    Where there can be no child process, it is not tried.
    """
    if not hasattr(os, "fork"):
        return None
    heard, told = os.pipe()
    parent = os.getpid()
    before = _resident()
    child = os.fork()
    if child == 0:
        why = b""
        try:
            os.close(heard)
            end_with(parent)
            _limit(limits)
            task()
        except MemoryError:
            why = b"memory"
        except BaseException as error:
            why = b"memory" if "memory" in str(error).lower() else _described(error)
        finally:
            os.write(told, why)
            os._exit(1 if why else 0)
    os.close(told)
    until = time.monotonic() + 2 * limits.seconds
    try:
        while time.monotonic() < until:
            done, status, usage = os.wait4(child, os.WNOHANG)
            if done:
                short = usage.ru_maxrss * 1024 - before > limits.megabytes * 1_000_000 - _UNWRITTEN
                return _why(os.read(heard, 400).decode(errors="replace"), status, short)
            time.sleep(0.002)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return "time"
    finally:
        os.close(heard)


def _described(error: BaseException) -> bytes:
    return f"{type(error).__name__}: {error}"[:300].encode()


def _why(told: str, status: int, short: bool) -> str | None:
    """What ended a child: what it told itself, or the signal that it died of; `short` if memory was short by then.

    A library that does not look whether it was given memory dies of using it.
    """
    if status == 0:
        return None
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number in (signal.SIGXCPU, signal.SIGKILL):
            return "time"
        of_memory = (signal.SIGABRT, signal.SIGBUS, *((signal.SIGSEGV,) if short else ()))
        return "memory" if number in of_memory else signal.Signals(number).name
    return told or f"exit {os.waitstatus_to_exitcode(status)}"


def _resident() -> int:
    """How many bytes this process has in memory; 0 where that is not told."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf(
            "SC_PAGE_SIZE"
        )
    except OSError:
        return 0


def _limit(limits: Limits) -> None:
    import resource

    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)
    # What is written to counts, not what is only reserved: threads reserve address space by the 64 megabytes, more on
    # a machine of many cores. Elsewhere than on Linux the address space is all that can be limited.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    memory = _taken() + limits.megabytes * 1_000_000
    resource.setrlimit(kind, (memory, memory))
    taken = int(sum(os.times()[:2])) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (taken + limits.seconds, taken + limits.seconds))


def _taken() -> int:
    """The memory that this process has taken already, in bytes: data and stack."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
