"""What a run of the program comes to: whatever goes wrong becomes a sentence and an exit status."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from lgreason.rules.findings import Finding, NotWritten, Unusable

YES, NO, UNUSABLE, UNDETERMINED, LIMITED, FAILED = range(6)
INTERRUPTED = 130
TRACEBACK = "LGREASON_TRACEBACK"
"""The environment variable that shows where the program failed, for a report of the fault."""


class TimeIsUp(BaseException):
    """The time limit was reached before the answer was complete."""


class OutputLost(Exception):
    """The answer could not be written whole: the reader has gone, the disk is full, or output is closed."""


class Output(io.TextIOWrapper):
    """Standard output; what cannot be written is told as `OutputLost`, which nothing mistakes for an answer."""

    def write(self, text: str, /) -> int:
        """Write text; raises `OutputLost`."""
        try:
            return super().write(text)
        except OSError as error:
            raise OutputLost(error.strerror or "") from None

    def flush(self) -> None:
        """Hand on what was written; raises `OutputLost`."""
        try:
            super().flush()
        except OSError as error:
            raise OutputLost(error.strerror or "") from None


class _ClosedInput(io.RawIOBase):
    """Standard input where there is none."""

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: object, /) -> NoReturn:
        raise Unusable((Finding("cli_input_closed"),))


def _interrupted(_number: int, _frame: object) -> None:
    solver = sys.modules.get("lgreason.rules.solver.control")
    if solver is None:
        raise KeyboardInterrupt
    solver.interrupt(KeyboardInterrupt())


def open_streams() -> None:
    """Make standard input, output and error, and Ctrl-C, what the rest of the program relies on."""
    signal.signal(signal.SIGINT, _interrupted)
    if isinstance(sys.stdout, io.TextIOWrapper) and not isinstance(sys.stdout, Output):
        buffered = sys.stdout.line_buffering
        sys.stdout = Output(
            sys.stdout.detach(), encoding="utf-8", errors="backslashreplace", line_buffering=buffered
        )
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(_ClosedInput()), encoding="utf-8")


def status_of(run: Callable[[], int | None]) -> int:
    """Run a command and say how it ended, with a sentence on standard error where it ended badly."""
    try:
        try:
            if sys.stdout is None:
                raise OutputLost("standard output is closed")
            status = run() or YES
            sys.stdout.flush()
            return status
        except (KeyboardInterrupt, TimeIsUp, OutputLost, Unusable):
            raise
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else YES if ended.code is None else FAILED
    except Unusable as unusable:
        return _refused(unusable.findings, isinstance(unusable, NotWritten))
    except TimeIsUp:
        _tell("cli.time_is_up")
        return LIMITED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OutputLost as lost:
        return _lost(lost)
    except Exception as error:
        return _failed(error)


def _refused(findings: tuple[Finding, ...], unwritten: bool) -> int:
    from lgreason.cli.language import LANGUAGE, print_json
    from lgreason.report.wording import Wording

    as_json = "--format=json" in sys.argv or ("--format", "json") in zip(sys.argv, sys.argv[1:], strict=False)
    try:
        if as_json:
            from lgreason.report.documents.persons import findings as document

            print_json(document(findings))
        sys.stdout.flush()  # and what was printed before
    except OutputLost as lost:
        return _lost(lost)
    wording = Wording(LANGUAGE)
    for finding in findings:
        _say(wording.finding(finding))
    return FAILED if unwritten else UNUSABLE


def _lost(lost: OutputLost) -> int:
    _without_output()
    if str(lost) != os.strerror(errno.EPIPE):  # a reader that has gone wants to hear no more
        _tell("cli.output_lost", why=str(lost))
    return FAILED


def _failed(error: Exception) -> int:
    """The last resort: a fault of the program is said to be one, and how to report it."""
    what = fault(error)
    try:
        _tell("cli.failed", **what)
    except Exception:  # not even the words could be read
        _say(f"lgreason failed: {what['what']}")
    return FAILED


def fault(error: Exception) -> dict[str, object]:
    """What is said of a fault of the program: what it was and where, and how to see more."""
    import traceback

    if os.environ.get(TRACEBACK):
        traceback.print_exception(error)
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return {"what": f"{type(error).__name__} {where}".strip(), "variable": TRACEBACK}


def _tell(key: str, **arguments: object) -> None:
    from lgreason.cli.language import LANGUAGE
    from lgreason.report.wording import Wording

    _say(Wording(LANGUAGE).say(key, **arguments))


def _say(sentence: str) -> None:
    if sys.stderr is not None:
        try:
            sys.stderr.write(sentence + "\n")
            sys.stderr.flush()
        except OSError:
            pass  # nobody can be told


def _without_output() -> None:
    """Let nothing that is left in the buffer be written when Python ends."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(nowhere)
