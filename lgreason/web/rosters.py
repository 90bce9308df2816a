"""Rosters: screened by the command itself in a process of its own, which can be watched and stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from lgreason.answers.shelf import bare
from lgreason.files.person.person import Person
from lgreason.files.roster.sheets import ENDINGS
from lgreason.report.documents.person_file import person_yaml
from lgreason.rules.findings import Finding, Unusable
from lgreason.web.jobs import ScreeningJob
from lgreason.web.page import WindowRequest, attachment, back_to, rendered

if TYPE_CHECKING:
    from lgreason.web.windows import Window

MOST_JOBS = 8
KINDS = {".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".csv": "text/csv"}


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
    window.jobs.append(ScreeningJob(files, tuple(arguments)))
    window.changed = True
    return len(window.jobs) - 1


def _job(asked: WindowRequest) -> ScreeningJob:
    number = asked.path["number"]
    jobs = asked.window.jobs
    if not number.isdecimal() or len(number) > 4 or int(number) >= len(jobs):
        raise KeyError(number)
    return jobs[int(number)]


def roster(asked: WindowRequest) -> Response:
    """How far a screening is, or what came of it."""
    job = _job(asked)
    if asked.wants_json:
        return JSONResponse({"running": job.is_running, "seconds": job.seconds})
    return rendered(asked.window, "roster.html", job=job, number=asked.path["number"], told=job.told())


def stop(asked: WindowRequest) -> Response:
    """Stop a screening."""
    _job(asked).stop()
    return back_to(f"/w/{asked.window.id}/rosters/{asked.path['number']}")


def result(asked: WindowRequest) -> Response:
    """A file that a screening wrote."""
    job, name = _job(asked), asked.path["name"]
    content = job.results()[name].read_bytes()
    return attachment(content, name, KINDS.get(Path(name).suffix, "application/octet-stream"))


def take(asked: WindowRequest) -> Response:
    """Take one person of a roster into the window, to be looked at as any other."""
    job, window = _job(asked), asked.window
    identity = asked.value("person").strip()
    found = window.session.load(f"{job.given / job.names[0]}#{identity}")
    assert isinstance(found, Person)
    name = window.put(f"{bare(found.id)}.yaml", person_yaml(found).encode())
    window.unsaved.add(name)
    return back_to(f"/w/{window.id}/people")
