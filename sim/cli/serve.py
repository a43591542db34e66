"""The command that opens the live page."""

import os
import secrets
import socket
import webbrowser
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import FILE, language_option, note, note_first_run, say
from sim.cli.texts import tr
from sim.common.errors import Exit, Fault, InvalidInput, Place
from sim.common.language import Language

if TYPE_CHECKING:
    from sim.output.live.guard import Guard

PORT = 8310
_MANY = 50
"""Scenarios that are listed at most."""


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="port (8310, or the next free)")
@click.option("--draws", type=click.IntRange(min=1), default=None, help="number of draws")
@click.option("--read-only", is_flag=True, help="save no files")
@click.option("--no-browser", is_flag=True, help="only print the address")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="threads")
@language_option
def serve(
    files: tuple[Path, ...],
    port: int | None,
    draws: int | None,
    read_only: bool,
    no_browser: bool,
    jobs: int | None,
    lang: Language,
) -> int:
    """Open scenarios as a live page: move a lever, see the answer.

    FILES are scenarios; those beside the first are offered too. Without any, those of this folder. The page is for this
    machine alone, at one address with a token; Ctrl-C ends it.
    """
    found = _scenarios(files)
    check_installed()
    note_first_run(lang)
    from sim.output.live.scenarios import unused
    from sim.output.live.server import application
    from sim.questions.live.opened import Shelf

    shelf = Shelf({}, draws, jobs or os.cpu_count() or 1)
    for file in found:
        shelf.add(unused(file, shelf.files), file)
    answer_at(
        "/",
        port,
        lang,
        lambda token, number: application(shelf, token, number, read_only=read_only),
        opens=not no_browser,
    )
    return Exit.DONE


def _scenarios(files: tuple[Path, ...]) -> list[Path]:
    """The scenario files that are shown: those given, then those beside the first; else those of this folder."""
    from sim.scenario.library import Reading, scenarios
    from sim.scenario.shapes.scenario_file import ScenarioFile

    for file in files:
        reading = Reading()
        if reading.read(file, ScenarioFile) is None:
            raise InvalidInput(reading.faults)
    if not files:
        here = [*Path().glob("*.yaml"), *Path().glob("*/*.yaml")]
        files = tuple(file for file in sorted(here) if _is_scenario(file))[:_MANY] or (
            scenarios() / "jieshou" / "pilot.yaml",
        )
    beside = (file for file in sorted(files[0].parent.glob("*.yaml")) if _is_scenario(file))
    return _once([*files, *beside])[:_MANY]


def _is_scenario(file: Path) -> bool:
    from sim.scenario.kinds import keys_in

    keys = keys_in(file)
    return "name" in keys and not keys.isdisjoint(("region", "extends")) and "scenario" not in keys


def _once(files: list[Path]) -> list[Path]:
    found: dict[Path, Path] = {}
    for file in files:
        found.setdefault(file.resolve(), file)
    return list(found.values())


def check_installed() -> None:
    """Raises InvalidInput where the extra is not installed."""
    if any(find_spec(name) is None for name in ("starlette", "uvicorn")):
        problem = tr('the live page needs the extra web: pip install "townward[web]"')
        raise InvalidInput([Fault(Place("serve"), "", problem)])


def answer_at(page: str, port: int | None, lang: Language, made: "Callable[[str, int], Guard]", *, opens: bool) -> None:
    """Say the address of a page of the server, open it, and answer until the user ends it.

    page: its path; port: as asked for; made: the server's application for a token and the port that it has.
    """
    listening = _listening(port)
    number, token = int(listening.getsockname()[1]), secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{number}{page}?lang={lang}#token={token}"
    say(address)
    note(tr("Only this machine can open it. Ctrl-C ends it."), lang)
    if opens:
        webbrowser.open(address)
    _run_server(made(token, number), listening)


def _listening(port: int | None) -> socket.socket:
    """A socket of this machine alone, on the port or, where none was asked for, the next that is free."""
    for number in _ports(port):
        made = socket.socket(proto=socket.IPPROTO_TCP)  # named, so that asyncio sends what is small at once
        try:
            made.bind(("127.0.0.1", number))
            made.listen()  # so that a browser may come before the server is ready
        except OSError:
            made.close()
            continue
        return made
    raise InvalidInput([Fault(Place("--port"), "", tr("port {port} is taken", port=port))])


def _ports(port: int | None) -> Iterator[int]:
    if port is not None:
        yield port
        return
    yield from range(PORT, PORT + 20)
    yield 0


def _run_server(guard: "Guard", listening: socket.socket) -> None:
    """Answer until the user ends it."""
    import uvicorn

    config = uvicorn.Config(
        guard,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(config).run(sockets=[listening])
