"""Files of the page as the server sends them: read once, named by the package, so that no path reaches the disk."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Awaitable[Response]]

_TYPES: Final = {"html": "text/html", "js": "text/javascript", "css": "text/css"}


def still(name: str, content: bytes | str) -> Handler:
    """What answers with a file's content, as the kind of file that its name says."""
    kind = _TYPES[name.rpartition(".")[2]]

    async def send(request: Request) -> Response:  # noqa: ARG001
        return Response(content, media_type=kind, headers={"cache-control": "no-cache"})

    return send
