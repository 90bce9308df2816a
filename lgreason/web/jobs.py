"""Work in a process of its own: watched, stopped, and gone with its files when it is no longer wanted."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import weakref
from pathlib import Path

from lgreason.answers.shelf import bare

RESULTS = ("results.xlsx", "results.html", "results.csv")


class ScreeningJob:
    """One screening: its files in a folder that goes when the job does, and the process at work on them."""

    def __init__(self, files: tuple[tuple[str, bytes], ...], arguments: tuple[str, ...]) -> None:
        """Write the files and begin."""
        self._folder = tempfile.TemporaryDirectory(prefix="lgreason-")  # for its owner alone
        self.folder = Path(self._folder.name)
        self.given, self._written = self.folder / "given", self.folder / "written"
        self.given.mkdir()
        self._written.mkdir()
        self.names = tuple(dict.fromkeys(bare(name) for name, _ in files))
        for name, content in files:
            (self.given / bare(name)).write_bytes(content)
        outs = [part for name in RESULTS for part in ("--out", str(self._written / name))]
        paths = [str(self.given / name) for name in self.names]
        self._told = (self.folder / "told.txt").open("w+b")
        self._began, self._ended = time.monotonic(), 0.0
        self.was_stopped = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "lgreason", "screen", *arguments, *outs, "--", *paths],
            stdin=subprocess.DEVNULL,
            stdout=self._told,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            env=_environment(),
        )
        self._end = weakref.finalize(self, self._process.kill)  # also when the program ends

    @property
    def is_running(self) -> bool:
        """Whether the process is still at work."""
        running = self._process.poll() is None
        if not running and not self._ended:
            self._ended = time.monotonic()
        return running

    @property
    def seconds(self) -> int:
        """How long it has been, or was, at work."""
        running = self.is_running
        return round((time.monotonic() if running else self._ended) - self._began)

    @property
    def status(self) -> int | None:
        """The exit status of the command, once it has ended."""
        return self._process.poll()

    def told(self) -> str:
        """What the command has printed, without the folder, which means nothing to anybody."""
        text = (self.folder / "told.txt").read_text(encoding="utf-8", errors="replace")
        return text.replace(f"{self.given}/", "").replace(f"{self._written}/", "")

    def results(self) -> dict[str, Path]:
        """The files that were written: the answers, the rows set aside, and what to decide."""
        if self.is_running:
            return {}
        beside = {path.name: path for path in sorted(self.given.iterdir()) if path.name not in self.names}
        return beside | {path.name: path for path in sorted(self._written.iterdir())}

    def stop(self) -> None:
        """End the process; no result is left half written."""
        if self.is_running:
            self.was_stopped = True
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def forget(self) -> None:
        """End it and take its folder away."""
        self.stop()
        self._end.detach()
        self._told.close()
        self._folder.cleanup()


def _environment() -> dict[str, str]:
    here = str(Path(__file__).parents[2])
    before = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "NO_COLOR": "1", "PYTHONPATH": f"{here}{os.pathsep}{before}" if before else here}
