"""The atlas on the live page's server: its page, what it shows, and a county of it as a scenario."""

from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sim.common.language import Language
from sim.output.atlas.content import Atlas, content
from sim.output.atlas.page import FILES, asset, served
from sim.output.layout.render import embedded
from sim.output.live import asked, scenarios
from sim.output.live.guard import body
from sim.output.live.still import Handler, still
from sim.questions.census_sweep.alone import county_scenario
from sim.questions.live.opened import Shelf


def atlas_routes(atlas: Atlas, shelf: Shelf, said: Callable[[Handler], Handler]) -> list[Route]:
    """Routes of the atlas. said: what makes a handler say its faults."""
    making = Lock()

    @cache
    def told(language: Language) -> str:
        return embedded(content(atlas, language, is_served=True))

    async def page(request: Request) -> Response:
        language = asked.language(request.query_params.get("lang"))
        return Response(await run_in_threadpool(served, atlas, language), media_type="text/html")

    async def shown(request: Request) -> Response:
        language = asked.language(request.query_params.get("lang"))
        return Response(await run_in_threadpool(told, language), media_type="application/json")

    def made(code: str) -> dict[str, Any]:
        with making:
            file = county_scenario(atlas.batch, code)
            known = next((name for name, one in shelf.files.items() if one == file), None)
            return {"name": known} if known else scenarios.added(shelf, file)

    async def county(request: Request) -> Response:
        code = str((await body(request)).get("code", ""))[:20]
        found = await run_in_threadpool(made, code)
        return Response(embedded({"name": found["name"]}), 201, media_type="application/json")

    return [
        Route("/atlas", page),
        *(Route(f"/app/{name}", still(name, asset(name))) for name in FILES),
        Route("/api/atlas", said(shown)),
        Route("/api/county", said(county), methods=["POST"]),
    ]
