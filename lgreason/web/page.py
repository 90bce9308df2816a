"""A page: what was asked of which window, and the answer as HTML from a template."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from lgreason.report.line import Line
from lgreason.report.text.explanation import MARKS
from lgreason.report.wording import Wording
from lgreason.rules.findings import Finding, Unusable
from lgreason.web.windows import Window, Windows

MOST_FILES, MOST_FIELDS = 500, 5_000
_TEMPLATES = Path(__file__).parent / "templates"
ANSWERING = threading.Lock()
"""Answers are worked out one after another: they share what is grounded, and gain nothing from threads."""


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """A request to a window: the parts of its path, its query, and the fields and files of its form."""

    window: Window
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    wants_json: bool = False
    queries: tuple[tuple[str, str], ...] = field(default=())

    def value(self, name: str) -> str:
        """The last value of a field of the form, or nothing."""
        return next((value for key, value in reversed(self.form) if key == name), "")

    def values(self, name: str) -> list[str]:
        """Every value of a field of the form."""
        return [value for key, value in self.form if key == name]


Handler = Callable[[WindowRequest], Response]


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {
        "marks": MARKS,
        "groups": grouped,
        "states": STATES,
        "drawn": drawn,
        "input_name": input_name,
    }
    environment.filters["part"] = lambda text: quote(str(text), safe="")
    return environment


_OF_FILES = re.compile(r"<\?xml[^>]*\?>|<style>.*?</style>", re.DOTALL)
STATES = {True: "good", False: "bad", None: "open"}
_ENVIRONMENT: list[Environment] = []


def environment() -> Environment:
    """The templates, read when the first page is asked for."""
    if not _ENVIRONMENT:
        _ENVIRONMENT.append(_environment())
    return _ENVIRONMENT[0]


def grouped(lines: tuple[Line, ...] | list[Line]) -> list[list[Line]]:
    """Lines in groups, as empty ones divide them."""
    found: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [group for group in found if group]


def rendered(window: Window, template: str, status: int = 200, **values: Any) -> Response:
    """A page of a window from a template."""
    wording = window.wording
    context = {
        "window": window,
        "base": f"/w/{window.id}",
        "t": wording.say,
        "wording": wording,
        "lang": wording.language,
        "session": window.session,
        "desk": values.pop("desk", "people"),
        "here": window.here,
        "words": finding_words,
        **values,
    }
    return HTMLResponse(environment().get_template(template).render(context), status)


def finding_words(finding: Finding, wording: Wording) -> str:
    """A finding without its place, which is shown by where it stands."""
    return wording.say(f"finding.{finding.code}", **finding.args)


def input_name(finding: Finding) -> str:
    """The name of the field of a form that a finding stands beside."""
    from lgreason.web.form import name_of

    return name_of(finding.place.field) if finding.place and finding.place.field else ""


def drawn(svg: str) -> Markup:
    """A drawing as part of a page: without what belongs to a file of its own, such as the size of its paper."""
    return Markup(_OF_FILES.sub("", svg))


def back_to(path: str) -> Response:
    """On to another page after something was changed, so that going back in the browser does not repeat it."""
    return RedirectResponse(path, 303)


def refused(
    window: Window, findings: tuple[Finding, ...], desk: str = "people", status: int = 422
) -> Response:
    """A page that says what is wrong."""
    return rendered(window, "refused.html", status, desk=desk, findings=findings)


def attachment(content: bytes, name: str, kind: str) -> Response:
    """A file to keep."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=kind, headers={"content-disposition": disposition})


class Pages:
    """Makes endpoints of handlers."""

    def __init__(self, windows: Windows) -> None:
        """Take the windows."""
        self._windows = windows

    def __call__(self, handler: Handler, desk: str = "people") -> Callable[[Request], Any]:
        """The endpoint of a handler: it finds the window, reads the form, and says what is wrong."""

        async def endpoint(request: Request) -> Response:
            form, files = await _form(request)
            identity = request.path_params["window"]

            def answer() -> Response:
                with ANSWERING:
                    if not self._windows.is_id(identity):
                        raise HTTPException(404)
                    window = self._windows.get(identity)
                    if window is None:
                        raise HTTPException(503, "there are too many windows with unsaved work; end some")
                    if request.method == "GET" and "application/json" not in request.headers.get(
                        "accept", ""
                    ):
                        window.here = request.url.path + (
                            f"?{request.url.query}" if request.url.query else ""
                        )
                    asked = WindowRequest(
                        window,
                        {key: str(value) for key, value in request.path_params.items()},
                        dict(request.query_params),
                        form,
                        files,
                        "application/json" in request.headers.get("accept", ""),
                        tuple(request.query_params.multi_items()),
                    )
                    try:
                        return handler(asked)
                    except Unusable as unusable:
                        return refused(window, unusable.findings, desk)
                    except KeyError as missing:
                        if missing.args and missing.args[0] in asked.path.values():
                            return refused(window, (Finding("page_not_found"),), desk, 404)
                        raise

            return await run_in_threadpool(answer)

        return endpoint


async def _form(request: Request) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, bytes], ...]]:
    if request.method != "POST":
        return (), ()
    fields: list[tuple[str, str]] = []
    files: list[tuple[str, bytes]] = []
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=6_000_000) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                if value.filename:
                    files.append((value.filename, await value.read()))
            else:
                fields.append((name, value))
    return tuple(fields), tuple(files)
