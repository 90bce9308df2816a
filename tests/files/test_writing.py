"""Files are written whole or not at all: whatever goes wrong, and whenever."""

from __future__ import annotations

import os
import resource
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from lgreason.files import writing
from lgreason.files.writing import write_whole
from lgreason.rules.findings import Unusable

OLD, NEW = "เดิม " * 1000, "ใหม่ " * 2000


def in_a_child(act: Callable[[], None]) -> int:
    """Do something in a process of its own; its exit status, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        try:
            act()
            os._exit(0)
        except Unusable:
            os._exit(2)
        except BaseException:
            os._exit(70)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "กฎ.rules"
    path.write_text(OLD, encoding="utf-8")
    return path


def test_a_file_is_replaced_whole(file: Path) -> None:
    file.chmod(0o640)
    write_whole(file, NEW)
    assert file.read_text(encoding="utf-8") == NEW
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(file.parent.iterdir()) == [file]


def test_a_new_file_has_the_permissions_of_new_files(tmp_path: Path) -> None:
    write_whole(tmp_path / "new", b"x")
    (tmp_path / "plain").write_bytes(b"x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_goes_on_pointing(file: Path) -> None:
    link = file.with_name("link")
    link.symlink_to(file)
    write_whole(link, NEW)
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == NEW


def test_nothing_is_replaced_unless_wanted(file: Path) -> None:
    with pytest.raises(FileExistsError):
        write_whole(file, NEW, over=False)
    assert file.read_text(encoding="utf-8") == OLD


def test_a_full_disk_leaves_the_old_file(file: Path) -> None:
    def act() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        write_whole(file, NEW)

    assert in_a_child(act) == 2
    assert file.read_text(encoding="utf-8") == OLD
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("moment", ["write", "fchmod", "fsync", "close"])
@pytest.mark.parametrize("after", [False, True])
def test_a_kill_at_any_moment_leaves_the_old_file(file: Path, moment: str, after: bool) -> None:
    def act() -> None:
        real = getattr(os, moment)

        def killed(*arguments: object) -> None:
            if after:
                real(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(writing.os, moment, killed)
        write_whole(file, NEW)

    assert in_a_child(act) == -signal.SIGKILL
    assert file.read_text(encoding="utf-8") == OLD


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as refused:
        write_whole(tmp_path / "nowhere" / "file", NEW)
    (finding,) = refused.value.findings
    assert finding.code == "file_not_written"
    assert finding.args["why"] == "No such file or directory"


def test_a_device_is_written_to(tmp_path: Path) -> None:
    write_whole("/dev/null", NEW)
    with pytest.raises(Unusable):
        write_whole("/dev/full", NEW)
    assert list(tmp_path.iterdir()) == []
