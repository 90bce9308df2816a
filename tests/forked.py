"""The program as users run it, without starting Python for each run.

A server of its own process imports the libraries once; each run is a fork of it, with its own arguments, streams,
environment, folder and exit status, that imports `lgreason.cli` and runs `main`. Tests to which the start of the
process itself matters start one.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import io
import os
import pickle
import pkgutil
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent
CLOSED, READER_GONE = "closed", "reader gone"
PATIENCE = 240.0
"""After so many seconds a run is taken to hang."""
_SIZE = 8  # bytes before a message: its length
_LATE = ("lgreason.cli", "lgreason.web", "lgreason.__main__")
"""What reads the arguments or the environment when it is imported, or needs what may not be installed."""


@dataclass(frozen=True)
class Run:
    """What is to be run: arguments of the program, bytes on its standard input, and where."""

    arguments: tuple[str, ...]
    stdin: bytes = b""
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: str = str(ROOT)
    stdout: str = ""
    """A file to write standard output to, instead of handing it back; `CLOSED`, or a pipe whose `READER_GONE`."""
    closed_input: bool = False
    room: int = 0
    """So many bytes may a file have, as if the disk were full then; 0 for any number."""
    killed_at: str = ""
    """The function of `os` at which the one writer of files is killed."""


@dataclass(frozen=True)
class Done:
    """What became of it."""

    status: int
    stdout: bytes
    stderr: bytes


def run(
    *arguments: str,
    stdin: bytes = b"",
    folder: Path = ROOT,
    stdout: str = "",
    closed_input: bool = False,
    room: int = 0,
    killed_at: str = "",
    **environment: str,
) -> Done:
    """Run the program on some arguments, `environment` laid over that of this process."""
    laid = {**os.environ, **environment}
    asked = Run(tuple(arguments), stdin, laid, str(folder), stdout, closed_input, room, killed_at)
    try:
        return _server().ask(asked)
    except TimeoutError:
        _server.cache_clear()
        raise AssertionError(f"the program hangs: {arguments}") from None


# ── this side ─────────────────────────────────────────────────────────────────────────────────────────────────────


class _Server:
    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
                cwd=ROOT,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._socket.settimeout(PATIENCE)
        atexit.register(self.close)

    def ask(self, asked: Run) -> Done:
        _send(self._socket, asked)
        try:
            found = _received(self._socket)
        except TimeoutError:
            os.killpg(self._process.pid, signal.SIGKILL)
            self.close()
            raise
        assert isinstance(found, Done)
        return found

    def close(self) -> None:
        """End the server: it ends when nobody is there any more."""
        self._socket.close()
        self._process.wait()


@cache
def _server() -> _Server:
    return _Server()


def _send(to: socket.socket, message: object) -> None:
    content = pickle.dumps(message)
    to.sendall(len(content).to_bytes(_SIZE, "big") + content)


def _received(of: socket.socket) -> Any:
    """The next message; `EOFError` when the other side has gone."""
    size = int.from_bytes(_exactly(of, _SIZE), "big")
    return pickle.loads(_exactly(of, size))


def _exactly(of: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = of.recv(size - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


# ── the server ────────────────────────────────────────────────────────────────────────────────────────────────────


def _serve(connection: socket.socket) -> None:
    _import("lgreason")
    while True:
        try:
            asked = _received(connection)
        except EOFError:
            return
        _send(connection, _forked(asked, connection))


def _import(package: str) -> None:
    """Import a package with all that stands in it, as far as it can be imported here."""
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        if not module.name.startswith(_LATE):
            with contextlib.suppress(ImportError):
                importlib.import_module(module.name)


def _forked(asked: Run, connection: socket.socket) -> Done:
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        stdin.write(asked.stdin)
        stdin.seek(0)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                connection.close()
                status = _run(asked, (stdin, out, err))
            finally:
                os._exit(status)
        _, ended = os.waitpid(child, 0)
        return Done(os.waitstatus_to_exitcode(ended), _content(out), _content(err))


def _content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _run(asked: Run, streams: Sequence[IO[bytes]]) -> int:
    for number, stream in enumerate(streams):
        os.dup2(stream.fileno(), number)
    if asked.stdout == READER_GONE:
        reading, writing = os.pipe()
        os.close(reading)
        os.dup2(writing, 1)
    elif asked.stdout and asked.stdout != CLOSED:
        os.dup2(os.open(asked.stdout, os.O_WRONLY), 1)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, "r", closefd=False)), "utf-8")
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w", closefd=False)), "utf-8")
        for number in (1, 2)
    )
    # As Python starts where a stream is closed: there is none, and the next file to be opened has its number.
    if asked.closed_input:
        sys.stdin = None  # type: ignore[assignment]  # typeshed does not say so, the interpreter does it
        os.close(0)
    if asked.stdout == CLOSED:
        sys.stdout = None  # type: ignore[assignment]  # likewise
        os.close(1)
    os.environ.clear()
    os.environ.update(asked.environment)
    os.chdir(asked.folder)
    sys.argv = ["lgreason", *asked.arguments]
    _fail(asked)
    try:
        from lgreason.cli.app import main

        main()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException:
        traceback.print_exc()
        status = 1
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    return status


def _fail(asked: Run) -> None:
    """Arrange for the fault asked for."""
    if asked.room:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked.room, asked.room))
    if asked.killed_at:
        from lgreason.files import writing

        setattr(writing.os, asked.killed_at, lambda *_: os.kill(os.getpid(), signal.SIGKILL))


if __name__ == "__main__":
    from tests import forked  # under its name, for pickle

    forked._serve(socket.socket(fileno=int(sys.argv[1])))
