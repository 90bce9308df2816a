"""The one way in which files are written: whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from lgreason.rules.findings import Finding, NotWritten, Unusable

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What the system says where there is no room, or the disk fails."""


def write_whole(path: str | Path, content: str | bytes, *, over: bool = True) -> None:
    """Write `content` (text as UTF-8) to the file `path`, replacing what stands there if `over`.

    The content goes to a file beside it first and takes its place only once it is safely on the disk, with the
    permissions of the old file: a full disk or a kill at any moment leaves the old file as it was. What is no plain
    file (a pipe, a device) is written to directly. Raises `FileExistsError` if there is a file and not `over`, and
    `Unusable` (`file_not_written`) if it cannot be written, as `NotWritten` where the disk is full.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        target = Path(os.path.realpath(path))  # a link goes on pointing to the file it points to
        found = target.stat() if target.exists() else None
        if found is not None and not over:
            raise FileExistsError(str(path))
        if found is not None and not stat.S_ISREG(found.st_mode):
            with target.open("wb", buffering=0) as device:
                _write_all(device.fileno(), data)
            return
        _replace(target, data, found)
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        full = isinstance(error, OSError) and error.errno in _FULL
        raise (NotWritten if full else Unusable)((_not_written(path, error),)) from None


def refuse_unwritable(*paths: str | None) -> None:
    """Raise `Unusable` with every file that could not be written, before the work is done that would fill them."""
    faults = []
    for path in paths:
        if path is None:
            continue
        try:
            target = Path(os.path.realpath(path))
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if not target.exists() or target.is_file():
                descriptor, beside = tempfile.mkstemp(prefix=".lgreason.", suffix=".new", dir=target.parent)
                os.close(descriptor)
                Path(beside).unlink()
        except (OSError, ValueError) as error:
            faults.append(_not_written(path, error))
    if faults:
        raise Unusable(tuple(faults))


def _not_written(path: str | Path, error: Exception) -> Finding:
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Finding("file_not_written", args={"file": str(path), "why": why})


def _replace(target: Path, data: bytes, found: os.stat_result | None) -> None:
    descriptor, beside = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".new", dir=target.parent)
    try:
        try:
            _write_all(descriptor, data)
            os.fchmod(descriptor, stat.S_IMODE(found.st_mode) if found else _new_file_mode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        Path(beside).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        raise


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _new_file_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
