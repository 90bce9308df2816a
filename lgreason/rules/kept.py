"""What takes time to read and depends on files alone, kept between runs in the user's own cache."""

from __future__ import annotations

import contextlib
import marshal
import os
import stat
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

T = TypeVar("T")
_CHECK = 4  # bytes of a checksum before the content


def kept(name: str, sources: Sequence[Path], make: Callable[[], T]) -> T:
    """What `make` makes of the files `sources`: plain values only, from the last run if no file has changed since.

    Nothing is read that another user could have written, and nothing depends on its being there: where it cannot be
    read or written, the value is made.
    """
    try:
        found = [(str(path), path.stat()) for path in sources]
        key = (sys.version, [(path, status.st_size, status.st_mtime_ns) for path, status in found])
        folder = _folder()
    except (OSError, RuntimeError):
        return make()
    file = folder / f"{name}-{zlib.crc32(repr(sorted(path for path, _ in found)).encode()):08x}.kept"
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        if (content := _own(file)) is not None and zlib.crc32(content[_CHECK:]).to_bytes(_CHECK) == content[
            :_CHECK
        ]:
            old_key, value = marshal.loads(content[_CHECK:])
            if old_key == key:
                return cast(T, value)  # it was made by `make`
    value = make()
    with contextlib.suppress(OSError, ValueError):
        _write(file, marshal.dumps(cast(Any, (key, value))))
    return value


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
