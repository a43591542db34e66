"""Who may ask the live page's server: only its own page, in this machine's browser, with the token of the session."""

import asyncio
import json
import secrets
from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = "x-townward-token"
API: Final = "/api/"
LARGEST: Final = 64 * 1024
_DIGITS: Final = len(str(LARGEST))
"""A body at most [byte]."""
PATIENCE: Final = 10.0
"""How long a body may take to arrive [s]."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
_PAGES: Final = ("/", "/atlas")
_FETCHED_BY: Final = ("same-origin", "none")


class Guard:
    """Refuses what the page itself would not ask, and gives every answer the headers that keep it apart."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is allowed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(str(scope["path"]), str(scope["method"]), headers)
        answer: ASGIApp = self._app if refused is None else JSONResponse({"refused": refused[1]}, refused[0])
        await answer(scope, receive, _with_headers(send, is_api=str(scope["path"]).startswith(API)))

    def _refused(self, path: str, method: str, headers: Headers) -> tuple[int, str] | None:
        """Status and reason; None where there is nothing against it."""
        host = headers.get("host", "")
        if len(headers.getlist("host")) != 1 or host not in self._hosts:
            return 421, "host"
        if headers.get("origin", f"http://{host}") != f"http://{host}":
            return 403, "origin"
        is_visit = path in _PAGES and method == "GET"
        if not is_visit and headers.get("sec-fetch-site", "same-origin") not in _FETCHED_BY:
            return 403, "site"
        if not path.startswith(API):
            return None
        if not secrets.compare_digest(headers.get(HEADER, "").encode(), self._token.encode()):
            return 401, "token"
        return _bad_body(headers) if method == "POST" else None


def _bad_body(headers: Headers) -> tuple[int, str] | None:
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return 415, "type"
    length = headers.get("content-length", "0")
    plain = length.isascii() and length.isdigit() and len(length) <= _DIGITS
    return (413, "size") if not plain or int(length) > LARGEST else None


def _with_headers(send: Send, *, is_api: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            more = dict(HEADERS) | ({"cache-control": "no-store"} if is_api else {})
            message["headers"] = [*message.get("headers", ()), *((k.encode(), v.encode()) for k, v in more.items())]
        await send(message)

    return sending


class BodyError(Exception):
    """A body that is no JSON object of allowed size. status: of the answer."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


async def body(request: Request) -> dict[str, Any]:
    """The JSON object of a request. Raises BodyError for what is too large, too slow, or none."""
    content = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for part in request.stream():
                content += part
                if len(content) > LARGEST:
                    raise BodyError(413, "size")
    except TimeoutError:
        raise BodyError(408, "time") from None
    try:
        found = json.loads(content.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BodyError(400, "json") from None
    if not isinstance(found, dict):
        raise BodyError(400, "json")
    return found


def _no_number(word: str) -> float:
    """NaN and infinities are no JSON."""
    raise ValueError(word)
