"""Rosters: screened by the command itself in a process of its own, which can be watched and stopped."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from lgreason.answers.shelf import bare
from lgreason.files.person.person import Person
from lgreason.files.roster.sheets import ENDINGS
from lgreason.report.documents.person_file import person_yaml
from lgreason.rules.findings import Finding, Unusable
from lgreason.web.page import Asked, attachment, back_to, rendered

if TYPE_CHECKING:
    from lgreason.web.windows import Window

MOST_JOBS = 8
RESULTS = ("results.xlsx", "results.html", "results.csv")
KINDS = {".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".csv": "text/csv"}


class Job:
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
    import os

    here = str(Path(__file__).parents[2])
    before = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "NO_COLOR": "1", "PYTHONPATH": f"{here}{os.pathsep}{before}" if before else here}


def is_roster(name: str) -> bool:
    """Whether a file that came under a name is a roster."""
    return name.lower().endswith(ENDINGS) and not name.lower().endswith(".txt")


def begin(window: Window, files: tuple[tuple[str, bytes], ...]) -> int:
    """Screen some files as one roster; the number of the job. Raises `Unusable` if too many are at work."""
    if sum(job.is_running for job in window.jobs) >= MOST_JOBS:
        raise Unusable((Finding("page_jobs", args={"most": MOST_JOBS}),))
    session = window.session
    arguments = ["--lang", session.wording.language, "--digits", session.wording.digits]
    arguments += ["--as-of", session.day.isoformat()]
    for identity, choice in window.settings.readings:
        arguments += ["--reading", f"{identity}={choice}"]
    window.jobs.append(Job(files, tuple(arguments)))
    window.changed = True
    return len(window.jobs) - 1


def _job(asked: Asked) -> Job:
    number = asked.path["number"]
    jobs = asked.window.jobs
    if not number.isdecimal() or len(number) > 4 or int(number) >= len(jobs):
        raise KeyError(number)
    return jobs[int(number)]


def roster(asked: Asked) -> Response:
    """How far a screening is, or what came of it."""
    job = _job(asked)
    if asked.wants_json:
        return JSONResponse({"running": job.is_running, "seconds": job.seconds})
    return rendered(asked.window, "roster.html", job=job, number=asked.path["number"], told=job.told())


def stop(asked: Asked) -> Response:
    """Stop a screening."""
    _job(asked).stop()
    return back_to(f"/w/{asked.window.id}/rosters/{asked.path['number']}")


def result(asked: Asked) -> Response:
    """A file that a screening wrote."""
    job, name = _job(asked), asked.path["name"]
    content = job.results()[name].read_bytes()
    return attachment(content, name, KINDS.get(Path(name).suffix, "application/octet-stream"))


def take(asked: Asked) -> Response:
    """Take one person of a roster into the window, to be looked at as any other."""
    job, window = _job(asked), asked.window
    identity = asked.value("person").strip()
    found = window.session.load(f"{job.given / job.names[0]}#{identity}")
    assert isinstance(found, Person)
    name = window.put(f"{bare(found.id)}.yaml", person_yaml(found).encode())
    window.unsaved.add(name)
    return back_to(f"/w/{window.id}/people")
