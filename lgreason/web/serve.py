"""Serving the page: on the loopback address unless told otherwise, and then with a token."""

from __future__ import annotations

import secrets
import socket
import threading
import time
import webbrowser
from collections.abc import Callable
from importlib import import_module

import uvicorn

from lgreason.rules.findings import Finding, Unusable
from lgreason.web.app import application
from lgreason.web.safety import Door
from lgreason.web.windows import Start

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
FREE = 0
BACKLOG = 256
LATER = 1.0
"""Seconds after which what the first page does not need is read in."""


def serve(start: Start, host: str, port: int, opened: bool, tell: Callable[[str, bool], None]) -> None:
    """Serve until interrupted; `tell` says the address, and whether other machines can reach it.

    `port` 0 takes a free one. Raises `Unusable` if the address cannot be had.
    """
    inside = host in LOOPBACK
    token = None if inside else secrets.token_urlsafe(24)
    names = Door().names | {host.lower(), socket.gethostname().lower()}
    door = Door() if inside else Door(frozenset(names), token)
    listening = _listening(host, port)
    address = listening.getsockname()
    shown = f"[{address[0]}]" if ":" in address[0] else address[0]
    url = f"http://{shown}:{address[1]}/" + (f"?token={token}" if token else "")
    config = uvicorn.Config(
        application(start, door),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=20,
        h11_max_incomplete_event_size=64_000,
    )
    tell(url, not inside)
    if opened:
        threading.Timer(0.3, webbrowser.open, (url,)).start()
    threading.Thread(target=_warm, args=(start,), daemon=True).start()
    uvicorn.Server(config).run([listening])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens already, so that who reads the address can come at once."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        args = {"host": host, "port": port, "why": getattr(error, "strerror", None) or str(error)}
        raise Unusable((Finding("page_no_address", args=args),)) from None
    return found


def _warm(start: Start) -> None:
    """Ground the knowledge base before it is first asked for, and then read in what only later pages need."""
    from lgreason.web.page import ANSWERING, environment

    with ANSWERING:
        session = start.session(start.settings)
        session.judges.judge.decider  # noqa: B018 - grounds
        session.vocabulary.ids("position")
    time.sleep(LATER)
    for module in ("why", "organisations", "asking", "whatif", "rulebench"):
        import_module(f"lgreason.web.{module}")
    for template in ("why.html", "record.html", "memo.html", "posts.html", "rules.html"):
        environment().get_template(template)
