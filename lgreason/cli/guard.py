"""Work that may be stopped from outside: it runs in a child process, and its output is handed on whole or not at all.

Grounding cannot be interrupted from inside, and rules that officials write may ask for any amount of it. The child
may be killed at any moment; what it has written so far is then withheld.
"""

from __future__ import annotations

import contextlib
import io
import os
import select
import signal
import sys
import time
from collections.abc import Callable

from lgreason.cli.outcome import FAILED, Output, TimeIsUp, status_of
from lgreason.rules.children import end_with

_STATUS = 1  # bytes that end what the child sends: its exit status


def within(seconds: float | None, run: Callable[[], int | None]) -> int:
    """Run a command in a child of this process and print what it printed; returns its exit status.

    Raises `TimeIsUp` once `seconds` have passed, and `KeyboardInterrupt`; the child is gone then, and nothing of its
    output has been printed. Where there is no `fork` the command runs here.
    """
    if not hasattr(os, "fork"):
        return run() or 0
    reading, writing = os.pipe()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_child(parent, writing, run)
    os.close(writing)
    try:
        sent = _received(reading, None if seconds is None else time.monotonic() + seconds)
    finally:
        os.close(reading)
        _end(child)
    if len(sent) < _STATUS:
        return FAILED  # the child was killed, and not by us; `status_of` has said what there was to say
    sys.stdout.write(sent[:-_STATUS].decode())
    sys.stdout.flush()
    return sent[-1]


def _received(reading: int, until: float | None) -> bytes:
    """All that the child sends, its status last; raises `TimeIsUp`."""
    parts: list[bytes] = []
    while True:
        left = None if until is None else max(0.0, until - time.monotonic())
        if not select.select([reading], [], [], left)[0]:
            raise TimeIsUp
        part = os.read(reading, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _end(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


class _Held(io.BytesIO):
    """Output kept back; on a terminal it is laid out as for that terminal."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def _be_child(parent: int, writing: int, run: Callable[[], int | None]) -> None:
    status = FAILED
    try:
        end_with(parent)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        held = _Held(sys.stdout.isatty())
        sys.stdout = Output(held, encoding="utf-8", errors="backslashreplace")
        status = status_of(run)
        sys.stdout.flush()
        left = memoryview(held.getvalue() + bytes((status,)))
        while left:
            left = left[os.write(writing, left) :]
    finally:
        os._exit(status)
