"""One screening killed again and again at random moments, each time begun anew by a fork of this process.

`python -m tests.answers.screening.stopped ROSTER ALONE KILLED KILLS`: screens ROSTER undisturbed to ALONE, then to
KILLED with so many kills before the run that is let through; prints how many runs were stopped before their end.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from importlib import import_module
from pathlib import Path

from lgreason.answers.screening import run
from lgreason.cli.app import program

CHUNK = 12
SEED = 4


def screened(path: str, out: str) -> int:
    """Start a screening in a process of its own; its number."""
    process = os.fork()
    if process == 0:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 1)
        arguments = ["screen", path, "--as-of", "2026-10-01", "--out", out]
        status = program(arguments, standalone_mode=False)
        os._exit(0 if status == 0 else 70)
    return process


def stopped(path: str, alone: str, out: str, kills: int) -> int:
    """How many of so many kills hit a run before its end."""
    begun = time.monotonic()
    assert os.waitpid(screened(path, alone), 0)[1] == 0
    whole = time.monotonic() - begun
    rng, hits = random.Random(SEED), 0
    for _ in range(kills):
        process = screened(path, out)
        time.sleep(rng.uniform(0, whole))
        os.kill(process, signal.SIGKILL)
        hits += os.WIFSIGNALED(os.waitpid(process, 0)[1])
        if Path(out).exists():  # it was through: the next begins anew
            Path(out).unlink()
    assert os.waitpid(screened(path, out), 0)[1] == 0
    return hits


if __name__ == "__main__":
    run.CHUNK = CHUNK
    for library in ("duckdb", "pyarrow.parquet", "python_calamine"):
        import_module(library)  # once, so that the processes that are killed spend their time on the work
    print(stopped(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
