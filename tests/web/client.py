"""A client of the page without a browser or a network, and the examples that it loads."""

from __future__ import annotations

from datetime import date
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
