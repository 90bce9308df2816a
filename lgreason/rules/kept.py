"""What takes time to make and depends on files alone, kept between runs in the user's own cache."""

from __future__ import annotations

import contextlib
import marshal
import os
import stat
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from lgreason.rules.uncollected import uncollected

T = TypeVar("T")
_CHECK = 4  # bytes of a checksum before the content
_RESTED = 2.0
"""Seconds for which a file must have been as it is: of two changes within one tick of its clock the second is not
seen."""
_MOST = 96
"""So many values are kept; beyond that the oldest go."""


class Store:
    """The place of one value that is made of files."""

    def __init__(self, name: str, sources: Sequence[Path]) -> None:
        """Take the name of the value and the files that it is made of, the code that makes it among them.

        `steady` tells whether the value may be kept: not while a file has only just changed, nor where the files or
        the cache cannot be told.
        """
        self.steady = False
        try:
            found = [(str(path), path.stat()) for path in sources]
            names = repr(sorted(path for path, _ in found)).encode()
            self._file = _folder() / f"{name}-{zlib.crc32(names):08x}.kept"
        except (OSError, RuntimeError):
            return
        of_files = [(path, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for path, s in found]
        self._key = (sys.version, of_files)
        last = max((max(s.st_mtime, s.st_ctime) for _, s in found), default=0.0)
        self.steady = last < time.time() - _RESTED

    def read(self) -> Any:
        """The value from an earlier run; `None` if there is none that was made of the files as they are.

        Nothing is read that another user could have written.
        """
        if self.steady:
            with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
                content = _own(self._file)
                if content is not None and zlib.crc32(content[_CHECK:]).to_bytes(_CHECK) == content[:_CHECK]:
                    with uncollected():
                        key, value = marshal.loads(content[_CHECK:])
                    if key == self._key:
                        return value
        return None

    def write(self, value: object) -> None:
        """Keep a value of plain values, if it may be kept and the cache can be written."""
        if self.steady:
            with contextlib.suppress(OSError, ValueError):
                _write(self._file, marshal.dumps(cast(Any, (self._key, value))))


def kept(name: str, sources: Sequence[Path], make: Callable[[], T]) -> T:
    """What `make` makes of the files `sources`: plain values only, from an earlier run if no file has changed since.

    Nothing depends on the cache: where it cannot be read or written, the value is made.
    """
    store = Store(name, sources)
    found = store.read()
    if found is None:
        store.write(found := make())
    return cast(T, found)  # it was made by `make`


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".cache") / "lgreason"


def _own(file: Path) -> bytes | None:
    """The content of a file that nobody but this user can have written; none otherwise."""
    with file.open("rb") as opened:
        status = os.fstat(opened.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return None
        if hasattr(os, "getuid") and status.st_uid != os.getuid():
            return None
        return opened.read()


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(zlib.crc32(content).to_bytes(_CHECK) + content)
        beside.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
    _clear(file.parent)


def _clear(folder: Path) -> None:
    """Let only so many values be kept."""
    found = sorted(folder.glob("*.kept"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[_MOST:]:
        path.unlink(missing_ok=True)
