"""The live page's server: its files, and what the page asks. It listens on this machine alone."""

import time
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import sim
from sim.common.errors import InvalidInput
from sim.common.language import LANGUAGES
from sim.model.people.step import Broken
from sim.output.layout.modebar import config
from sim.output.live import asked, downloads, far, scenarios, shown, told
from sim.output.live.asked import State
from sim.output.live.desk import Desk, StaleError
from sim.output.live.guard import BodyError, Guard, body
from sim.output.live.still import Handler, still
from sim.output.live.words import words
from sim.questions.live.opened import Shelf
from sim.questions.live.saving import saved
from sim.questions.live.seeking import Searches

if TYPE_CHECKING:
    from sim.output.atlas.content import Atlas

_PACKAGE: Final = "sim.output.live"
_BAD: Final = 422
_STALE: Final = 409


def application(shelf: Shelf, token: str, port: int, *, read_only: bool = False, atlas: "Atlas | None" = None) -> Guard:
    """The server as an application, with its guard before it. atlas: shown too, where there is one."""
    service = _Service(shelf, read_only=read_only)
    routes = [
        Route("/", _file("index.html")),
        *(Route(f"/app/{name}", _file(name)) for name in _assets()),
        Route("/app/plotly.js", _plotly),
        Route("/api/scenarios", _said(service.scenarios)),
        Route("/api/scenario/{name:path}", _said(service.scenario)),
        Route("/api/opening/{name:path}", _said(service.opening)),
        Route("/api/answer", _said(service.answer)),
        Route("/api/report", _said(service.report)),
        Route("/api/save", _said(service.save), methods=["POST"]),
        Route("/api/seek", _said(service.seek), methods=["POST"]),
        Route("/api/seek/{id}", _said(service.sought)),
        Route("/api/seek/{id}/cancel", _said(service.cancel), methods=["POST"]),
    ]
    if atlas is not None:
        from sim.output.live.atlas import atlas_routes  # noqa: PLC0415 - what it needs of a batch needs SciPy

        routes += atlas_routes(atlas, shelf, _said)
    made = Starlette(routes=routes)
    made.state.searches = service.searches
    return Guard(made, token, port)


def _said(handler: Handler) -> Handler:
    """A handler whose faults are said as the command line says them."""

    async def handle(request: Request) -> Response:
        language = asked.language(request.query_params.get("lang"))
        try:
            return await handler(request)
        except InvalidInput as invalid:
            return _json({"faults": told.faults_of(invalid.faults, language)}, _BAD)
        except Broken as broken:
            return _json({"faults": [{"key": "", "message": str(broken)}]}, _BAD)
        except StaleError:
            return _json({"refused": "stale"}, _STALE)
        except BodyError as wrong:
            return _json({"refused": wrong.reason}, wrong.status)

    return handle


class _Service:
    """What the page asks."""

    def __init__(self, shelf: Shelf, *, read_only: bool) -> None:
        self._desk, self._read_only = Desk(shelf), read_only
        self.searches = Searches()

    async def scenarios(self, request: Request) -> Response:
        """The scenarios there are, and the words of the page."""
        language = asked.language(request.query_params.get("lang"))
        listed = await run_in_threadpool(scenarios.listed, self._desk.shelf, language)
        return _json(
            {
                "version": sim.__version__,
                "languages": list(LANGUAGES),
                "words": words(language),
                "plotly": config(language),
                "readOnly": self._read_only,
                "scenarios": listed,
            }
        )

    async def opening(self, request: Request) -> Response:
        """How far a scenario is that is being opened; it waits for nothing."""
        standing = self._desk.shelf.far(request.path_params["name"])
        return _json(far.told(standing, asked.language(request.query_params.get("lang"))))

    async def scenario(self, request: Request) -> Response:
        """One scenario: its levers and choosers."""
        name = request.path_params["name"]
        language = asked.language(request.query_params.get("lang"))

        def describe() -> dict[str, Any]:
            return scenarios.scenario(self._desk.opened(name), name, language)

        return _json(await run_in_threadpool(describe))

    async def answer(self, request: Request) -> Response:
        """What is shown of a state at a stage, or a pane of it."""
        params = request.query_params
        view, state = asked.view(params), asked.state(params.get("scenario"), params.getlist("move"))
        beside = _beside(request)
        check = self._desk.asks(params.get("page", "")[:64], _number(params.get("number", "0")))
        begun = time.perf_counter()
        found = _json(await run_in_threadpool(shown.shown, self._desk, state, beside, view, check))
        found.headers["server-timing"] = f"answer;dur={1000.0 * (time.perf_counter() - begun):.1f}"
        return found

    async def report(self, request: Request) -> Response:
        """The report of a state as one file."""
        params = request.query_params
        state, view = asked.state(params.get("scenario"), params.getlist("move")), asked.view(params)
        form = downloads.form_of(params.get("form"))
        return await run_in_threadpool(downloads.report, self._desk, state, form, view.language)

    async def save(self, request: Request) -> Response:
        """A state as a new scenario file."""
        content = await body(request)
        if self._read_only:
            return _json({"refused": "read-only"}, 403)
        state = asked.state_of(content)
        name, title = str(content.get("name", "")), str(content.get("title", ""))

        def save() -> dict[str, Any]:
            of, at = self._desk.moved(state, whole=True)
            return scenarios.added(self._desk.shelf, saved(of, at, name, title))

        return _json(await run_in_threadpool(save), 201)

    async def seek(self, request: Request) -> Response:
        """Begin a search on the levers that were moved."""
        content = await body(request)
        state, target = asked.state_of(content), str(content.get("target", ""))[:200]
        probability = content.get("probability")
        wanted = float(probability) if isinstance(probability, int | float) else float("nan")

        def begin() -> dict[str, Any]:
            of, at = self._desk.moved(state, whole=True)
            return {"job": self.searches.begin(of, at, target, wanted).id}

        return _json(await run_in_threadpool(begin), 202)

    async def sought(self, request: Request) -> Response:
        """How far a search is, or its answer."""
        job = self.searches.job(request.path_params["id"])
        if job is None:
            return _json({"refused": "unknown"}, 404)
        return _json(shown.search(job, asked.language(request.query_params.get("lang"))))

    async def cancel(self, request: Request) -> Response:
        """End a search."""
        await body(request)
        job = self.searches.job(request.path_params["id"])
        if job is None:
            return _json({"refused": "unknown"}, 404)
        job.cancel()
        return _json({})


def _beside(request: Request) -> State | None:
    params = request.query_params
    return asked.state(params.get("beside"), params.getlist("beside-move")) if params.get("beside") else None


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 16 else 0


def _json(content: dict[str, Any], status: int = 200) -> Response:
    return JSONResponse(content, status)


@cache
def _assets() -> tuple[str, ...]:
    return tuple(one.name for one in files(_PACKAGE).joinpath("app").iterdir() if one.name.endswith((".js", ".css")))


def _file(name: str) -> Handler:
    return still(name, files(_PACKAGE).joinpath("app", name).read_bytes())


async def _plotly(request: Request) -> Response:
    tag = f'"{_library()[0]}"'
    headers = {"cache-control": "no-cache", "etag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(_library()[1], media_type="text/javascript", headers=headers)


@cache
def _library() -> tuple[str, bytes]:
    from plotly.offline import get_plotlyjs, get_plotlyjs_version  # noqa: PLC0415  (only a page needs it)

    return get_plotlyjs_version(), get_plotlyjs().encode()
