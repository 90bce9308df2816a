"""A client of the page without a browser or a network, and the examples that it loads."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from lgreason.web.app import application
from lgreason.web.safety import Door
from lgreason.web.windows import Settings, Start, Windows

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
MID = "general_admin.mid.division_director"
DAY = date(2026, 11, 27)
HERE = "http://127.0.0.1:8420"
SAME = {"origin": HERE, "sec-fetch-site": "same-origin"}


def example(name: str) -> tuple[str, bytes]:
    path = EXAMPLES / name
    return path.name, path.read_bytes()


def client(*names: str, door: Door | None = None, **settings: Any) -> TestClient:
    """The application with some examples loaded into every window."""
    start = Start(Settings(**{"day": DAY, **settings}), files=tuple(map(example, names)))
    return TestClient(application(start, door or Door()), base_url=HERE, follow_redirects=False)


def window() -> str:
    """The address of a window that nobody has used."""
    return f"/w/{Windows.new_id()}"


class _Fields(HTMLParser):
    """Collects what a browser would send of the record on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._in, self._select = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        name, value = of.get("name") or "", of.get("value") or ""
        if tag == "form":
            self._in = of.get("class") == "record"
        elif not self._in:
            return
        elif tag == "select":
            self._select, self.found[name] = name, ""
        elif tag == "option" and self._select and "selected" in of:
            self.found[self._select] = value
        elif tag == "input" and (of.get("type") not in ("radio", "checkbox") or "checked" in of):
            self.found[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag in ("form", "select"):
            self._in, self._select = self._in and tag != "form", ""


def filled_in(html: str) -> dict[str, str]:
    """The fields of the record on a page as a browser sends them unchanged."""
    fields = _Fields()
    fields.feed(html)
    return fields.found
