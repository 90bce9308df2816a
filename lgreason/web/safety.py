"""What keeps the page safe: who may ask, from where, how much may be sent, and what a browser may do with the answer.

A page on the loopback address can be reached by any site that the user's browser has open: the names of the host
and of the origin are checked, and nothing is changed by GET. Beyond the loopback address a token is asked for.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 32_000_000
COOKIE = "lgreason_token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Under which names the page may be reached, and the token that is asked for (none on the loopback address)."""

    names: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
    token: str | None = None

    def admits(self, host: str) -> bool:
        """Whether the page may be reached under a name; beyond the loopback address also under any plain address."""
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        return name.lower() in self.names or (self.token is not None and _is_address(name.strip("[]")))


class Refused(Exception):
    """A request that is not answered: the status, and why."""

    def __init__(self, status: int, why: str) -> None:
        """Take both."""
        super().__init__(why)
        self.status = status
        self.why = why


class Guard:
    """Checks every request before the application sees it, and adds the headers to every answer."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        """Take what is guarded."""
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        guarded = _with_headers(send, is_page="static" not in scope["path"].split("/")[:2])
        try:
            self._check(scope, headers)
            if (welcome := self._welcome(scope)) is not None:
                await welcome(scope, receive, guarded)
                return
            self._check_token(headers)
            await self._app(scope, _limited(receive, headers), guarded)
        except Refused as refused:
            answer = PlainTextResponse(refused.why + "\n", refused.status)
            await answer(scope, receive, guarded)

    def _check(self, scope: Scope, headers: Mapping[str, str]) -> None:
        host = headers.get("host", "")
        if not self._door.admits(host):
            raise Refused(421, "this page is not served under that name")
        if scope["method"] in SAFE_METHODS:
            return
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            raise Refused(403, "a request from another site")
        if site is not None and site not in ("same-origin", "none"):
            raise Refused(403, "a request from another site")
        if scope["path"].startswith("/api/"):
            # A page of another site cannot send this type without asking first, which is never granted.
            if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
                raise Refused(415, "application/json is expected")
        elif origin is None and site is None:
            raise Refused(403, "a form must come from a page")

    def _welcome(self, scope: Scope) -> Response | None:
        """Keep a token that came with the address in a cookie, and take it out of the address."""
        if self._door.token is None or scope["method"] != "GET":
            return None
        given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])[0]
        if not hmac.compare_digest(given.encode(), self._door.token.encode()):
            return None
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, self._door.token, httponly=True, samesite="strict", path="/")
        return answer

    def _check_token(self, headers: Mapping[str, str]) -> None:
        token = self._door.token
        if token is None:
            return
        cookies = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            cookies = SimpleCookie()
        held = cookies[COOKIE].value if COOKIE in cookies else ""
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if not any(hmac.compare_digest(each.encode(), token.encode()) for each in (held, bearer)):
            raise Refused(
                401, "the address with its token is needed; it was printed when the page was started"
            )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _limited(receive: Receive, headers: Mapping[str, str]) -> Receive:
    """What is received, as long as it is not too much."""
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise Refused(413, "too much was sent")
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise Refused(413, "too much was sent")
        return message

    return limited


def _with_headers(send: Send, is_page: bool) -> Send:
    added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    if is_page:
        added.append((b"cache-control", b"no-store"))

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *added]
        await send(message)

    return sending
