"""The application: every address with what answers there."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from lgreason.web import asking, organisations, people, structures, whatif
from lgreason.web.api import Api, written
from lgreason.web.openapi import description
from lgreason.web.page import Handler, Pages
from lgreason.web.records import ORGANISATIONS, PERSONS
from lgreason.web.safety import Door, Guard
from lgreason.web.windows import Start, Windows

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

    def get(path: str, handler: Handler, desk: str = "people") -> Route:
        return Route(f"/w/{{window}}/{path}", pages(handler, desk), methods=["GET"])

    def post(path: str, handler: Handler, desk: str = "people") -> Route:
        return Route(f"/w/{{window}}/{path}", pages(handler, desk), methods=["POST"])

    desk = organisations.DESK
    routes: list[BaseRoute] = [
        Route("/", home),
        Route("/api/openapi.json", _described),
        Route("/api/{command}", Api(start).answer, methods=["POST"]),
        Route("/static/fonts/{name}", _font),
        Mount("/static", StaticFiles(directory=_STATIC)),
        post("settings", people.settings),
        post("files", people.upload),
        post("files/forget", people.forget),
        get("files/{name}", people.download),
        get("ask", asking.conversation, "ask"),
        post("ask", asking.ask, "ask"),
        get("ask/completions", asking.completions, "ask"),
        get("people", people.people),
        get("people/new", PERSONS.show),
        post("people/new", PERSONS.save),
        post("people/check", PERSONS.check),
        post("people/memo", people.memo_of_all),
        get("people/{person}", people.person),
        get("people/{id}/record", PERSONS.show),
        post("people/{id}/record", PERSONS.save),
        get("people/{person}/why/{position}", people.why),
        get("people/{person}/how/{position}", people.how),
        get("people/{person}/path/{position}", people.path),
        get("people/{person}/whatif/{position}", whatif.whatif),
        get("people/{person}/memo/{position}", people.memo),
        post("people/{person}/memo/{position}", people.memo_file),
        get(desk, organisations.organisations, desk),
        get(f"{desk}/new", ORGANISATIONS.show, desk),
        post(f"{desk}/new", ORGANISATIONS.save, desk),
        post(f"{desk}/check", ORGANISATIONS.check, desk),
        get(f"{desk}/{{id}}", organisations.posts, desk),
        get(f"{desk}/{{id}}/record", ORGANISATIONS.show, desk),
        post(f"{desk}/{{id}}/record", ORGANISATIONS.save, desk),
        get(f"{desk}/{{id}}/posts/{{post}}/{{level}}", organisations.post, desk),
        get(f"{desk}/{{id}}/burden", organisations.burden, desk),
        get(f"{desk}/{{id}}/plan", organisations.plan, desk),
        get(f"{desk}/{{id}}/class", organisations.classify, desk),
        get(f"{desk}/{{id}}/memo", organisations.memo, desk),
        post(f"{desk}/{{id}}/memo", organisations.memo_file, desk),
        get(f"{desk}/{{id}}/structures", structures.structures, desk),
        post(f"{desk}/{{id}}/structures", structures.choose, desk),
        get(f"{desk}/{{id}}/export/{{what}}", structures.export, desk),
    ]
    handlers = {HTTPException: _said, Exception: _failed}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), door)


async def _described(_request: Request) -> Response:
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
