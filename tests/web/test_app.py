"""The application as it is served: every address has an answer, many requests at once, and how soon it is there."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import httpx
import pytest

import lgreason.web.app
from tests.web.browser import served
from tests.web.client import MID

SOURCE = Path(lgreason.web.app.__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r'(?:get|post)\([^\n]*?, "([a-z]+\.[\w.]+)"', SOURCE)))
)
def test_what_an_address_names_is_there(name: str) -> None:
    module, *names = name.split(".")
    found = import_module(f"lgreason.web.{module}")
    for part in names:
        found = getattr(found, part)
    assert callable(found)


def test_a_hundred_requests_at_once_are_served_right() -> None:
    """Half to windows of their own in English, half in Thai: each gets its own language, and the same verdict."""
    began = time.perf_counter()
    with served("people/one-day-short.yaml") as address:
        with httpx.Client(base_url=address, timeout=60) as page:
            home = page.get("/")
            assert home.status_code == 303
            first = page.get(home.headers["location"])
            assert first.status_code == 200 and "นายสมชาย ใจดี" in first.text
        assert (
            time.perf_counter() - began < 12
        )  # what is asked for is 0.7 s on a machine that does nothing else

        def ask(number: int) -> tuple[int, str]:
            english = number % 2 == 0
            with httpx.Client(base_url=address, timeout=60) as page:
                base = page.get("/").headers["location"].removesuffix("/people")
                if english:
                    form = {"lang": "en", "back": f"{base}/people"}
                    page.post(f"{base}/settings", data=form, headers={"origin": address.rstrip("/")})
                answer = page.get(f"{base}/people/somchai/why/{MID}")
                return answer.status_code, answer.text

        with ThreadPoolExecutor(100) as many:
            answers = list(many.map(ask, range(100)))
    for number, (status, text) in enumerate(answers):
        assert status == 200
        assert ("short by 1 day" if number % 2 == 0 else "ขาดอีก 1 วัน") in text
        assert ("ขาดอีก 1 วัน" if number % 2 == 0 else "short by 1 day") not in text
