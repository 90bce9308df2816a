"""The application: every address with what answers there."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from lgreason.web.page import Handler, Pages, WindowRequest
from lgreason.web.safety import Door, Guard
from lgreason.web.windows import Start, Windows

if TYPE_CHECKING:
    from lgreason.web.api import Api

_STATIC = Path(__file__).parent / "static"
_FONTS = {
    "sarabun.ttf": ("fontpkg_sarabun", "Sarabun-Regular.ttf"),
    "sarabun-bold.ttf": ("fontpkg_sarabun", "Sarabun-Bold.ttf"),
    "sarabun-italic.ttf": ("fontpkg_sarabun", "Sarabun-Italic.ttf"),
    "noto-sans-thai.ttf": ("fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf"),
}


def application(start: Start, door: Door) -> ASGIApp:
    """The application that begins every window as told, and may be reached as told."""
    windows = Windows(start)
    pages = Pages(windows)

    async def home(_request: Request) -> Response:
        return RedirectResponse(f"/w/{windows.new_id()}/people", 303)

    async def api(request: Request) -> Response:
        from lgreason.web.api import Api

        if not answering:
            answering.append(Api(start))
        return await answering[0].answer(request)

    answering: list[Api] = []

    def get(path: str, handler: str, desk: str = "people") -> Route:
        return Route(f"/w/{{window}}/{path}", pages(_named(handler), desk), methods=["GET"])

    def post(path: str, handler: str, desk: str = "people") -> Route:
        return Route(f"/w/{{window}}/{path}", pages(_named(handler), desk), methods=["POST"])

    desk = "organisations"
    routes: list[BaseRoute] = [
        Route("/", home),
        Route("/api/openapi.json", _described),
        Route("/api/{command}", api, methods=["POST"]),
        Route("/static/fonts/{name}", _font),
        Mount("/static", StaticFiles(directory=_STATIC)),
        post("settings", "people.settings"),
        post("files", "people.upload"),
        post("files/forget", "people.forget"),
        get("files/{name}", "people.download"),
        get("ask", "asking.conversation", "ask"),
        post("ask", "asking.ask", "ask"),
        get("ask/completions", "asking.completions", "ask"),
        get("people", "people.people"),
        get("new/people", "records.PERSONS.show"),
        post("new/people", "records.PERSONS.save"),
        post("check/people", "records.PERSONS.check"),
        post("memo/people", "people.memo_of_all"),
        get("people/{id:path}/record", "records.PERSONS.show"),
        post("people/{id:path}/record", "records.PERSONS.save"),
        get("people/{person:path}/why/{position}", "why.why"),
        post("people/{id:path}/told/{position}", "records.PERSONS.tell"),
        get("people/{person:path}/how/{position}", "people.how"),
        get("people/{person:path}/path/{position}", "people.path"),
        get("people/{person:path}/whatif/{position}", "whatif.show"),
        post("people/{person:path}/whatif/{position}", "whatif.suppose"),
        get("people/{person:path}/memo/{position}", "people.memo"),
        post("people/{person:path}/memo/{position}", "people.memo_file"),
        get("people/{person:path}", "people.person"),
        get("rosters/{number}", "rosters.roster"),
        post("rosters/{number}/stop", "rosters.stop"),
        post("rosters/{number}/take", "rosters.take"),
        get("rosters/{number}/files/{name}", "rosters.result"),
        get("rules", "rulebench.rules", "rules"),
        post("rules", "rulebench.save", "rules"),
        post("rules/check", "rulebench.check", "rules"),
        post("rules/complete", "completing.complete", "rules"),
        get("rules/difference", "differences.difference", "rules"),
        get("kb", "browsing.kb", "kb"),
        get("kb/{clause}", "browsing.clause", "kb"),
        get(desk, "organisations.organisations", desk),
        get(f"new/{desk}", "records.ORGANISATIONS.show", desk),
        post(f"new/{desk}", "records.ORGANISATIONS.save", desk),
        post(f"check/{desk}", "records.ORGANISATIONS.check", desk),
        get(f"{desk}/{{id:path}}/record", "records.ORGANISATIONS.show", desk),
        post(f"{desk}/{{id:path}}/record", "records.ORGANISATIONS.save", desk),
        get(f"{desk}/{{id:path}}/posts/{{post}}/{{level}}", "organisations.post", desk),
        get(f"{desk}/{{id:path}}/burden", "organisations.burden", desk),
        get(f"{desk}/{{id:path}}/plan", "organisations.plan", desk),
        get(f"{desk}/{{id:path}}/compare", "comparing.compare", desk),
        get(f"{desk}/{{id:path}}/compare/{{what}}", "comparing.export", desk),
        get(f"{desk}/{{id:path}}/class", "organisations.classify", desk),
        get(f"{desk}/{{id:path}}/memo", "organisations.memo", desk),
        post(f"{desk}/{{id:path}}/memo", "organisations.memo_file", desk),
        get(f"{desk}/{{id:path}}/structures", "structures.structures", desk),
        post(f"{desk}/{{id:path}}/structures", "structures.choose", desk),
        get(f"{desk}/{{id:path}}/export/{{what}}", "structures.export", desk),
        get(f"{desk}/{{id:path}}", "organisations.posts", desk),
    ]
    handlers = {HTTPException: _said, Exception: _failed}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), door)


def _named(name: str) -> Handler:
    """The handler of a name below `lgreason.web`, imported when first asked: the first page waits for no other."""

    def handler(asked: WindowRequest) -> Response:
        module, *names = name.split(".")
        found: Any = import_module(f"lgreason.web.{module}")
        for part in names:
            found = getattr(found, part)
        answer: Response = found(asked)
        return answer

    return handler


async def _described(_request: Request) -> Response:
    from lgreason.web.api import written
    from lgreason.web.openapi import description

    return written(description(), 200)


async def _said(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers=error.headers)


async def _failed(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("the program failed; its window says how\n", 500)


async def _font(request: Request) -> Response:
    """A font of the packages that ship them."""
    from importlib.resources import files

    found = _FONTS.get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    content = (files(found[0]) / "files" / found[1]).read_bytes()
    return Response(content, media_type="font/ttf", headers={"cache-control": "max-age=86400"})
