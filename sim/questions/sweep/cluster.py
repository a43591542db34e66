"""Pieces done by the workers of a Dask cluster that exists already."""

import json
import platform
import threading
import uuid
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.language import Text
from sim.common.program import code
from sim.common.quickclass import quickclass
from sim.questions.sweep.patience import Hand, Patience
from sim.questions.sweep.piece import Part, Piece
from sim.questions.texts import tr

if TYPE_CHECKING:
    from distributed import Client

FROM_CONFIG: Final = "config"
"""The scheduler that the configuration of Dask names."""
_TOLD: Final = ("townward", "numpy", "scipy", "numba", "pandas")
"""Packages of which a worker must have this machine's version, since results rest on them."""
_HANDED_OUT: Final = 1_000
"""Pieces that a scheduler holds at once: enough for any cluster, and memory stays flat."""
_PATIENCE: Final = 30.0
"""Seconds in which a scheduler must answer."""

Waiting = Callable[[Text], None]


@quickclass(frozen=True, slots=True)
class Refused:
    """What a worker says instead of a result."""

    faults: tuple[Fault, ...]


def program() -> dict[str, str]:
    """What results rest on besides the inputs: the version of Python and of each package, and this program's code."""
    return {"code": code(), "Python": ".".join(platform.python_version_tuple()[:2])} | {
        name: _version(name) for name in _TOLD
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "—"


def results(
    pieces: Sequence[Piece[Part]], scheduler: str, limit: float | None, say: Waiting
) -> Iterator[tuple[int, Part]]:
    """The number of each piece with its result, in the order in which workers have done them.

    scheduler: its address, the file it wrote (`--scheduler-file`), or FROM_CONFIG; limit: as for
    `pool.results`; say: is told what is waited for. Pieces of a lost worker are given to another. Raises
    InvalidInput where there is no scheduler, a worker has another program, or workers are lost again and again.
    """
    with _client(scheduler) as client:
        _wait_for_workers(client, say)
        yield from _gathered(client, pieces, scheduler, limit)


def _gathered(
    client: "Client", pieces: Sequence[Piece[Part]], scheduler: str, limit: float | None
) -> Iterator[tuple[int, Part]]:
    from distributed import as_completed  # noqa: PLC0415 - an extra of the installation

    name, own = f"townward-{uuid.uuid4().hex}", program()
    waiting = iter(enumerate(pieces))
    running: dict[Any, int] = {}
    done: Any = as_completed(loop=client.loop)  # type: ignore[no-untyped-call]

    def hand_out() -> None:
        for index, piece in waiting:
            future = client.submit(work, piece, limit, own, key=f"{name}-{index}", pure=False)
            running[future.key] = index
            done.add(future)
            if len(running) >= _HANDED_OUT:
                return

    hand_out()
    try:
        for future in done:
            result = _result(future, scheduler)
            index = running.pop(future.key)
            future.release()
            yield index, result
            hand_out()
    finally:
        client.cancel(list(done.futures))  # type: ignore[no-untyped-call]


def work(piece: Piece[Part], limit: float | None, expected: dict[str, str]) -> "Part | Refused":
    """What a worker does with a piece: it is run in a process that the worker can end."""
    own = program()
    different = [name for name in expected if own.get(name) != expected[name]]
    if different:
        return Refused(tuple(_other_program(name, own.get(name, "—"), expected[name]) for name in different))
    try:
        return _hand(limit).do(piece)
    except InvalidInput as invalid:
        return Refused(invalid.faults)


_OWN: Final = threading.local()


def _hand(limit: float | None) -> Hand:
    """The hand of this thread of a worker; its process ends by itself when no more work comes."""
    hands: dict[float | None, Hand] = _OWN.__dict__.setdefault("hands", {})
    if limit not in hands:
        hands[limit] = Hand(Patience(limit))
    return hands[limit]


def _other_program(name: str, theirs: str, ours: str) -> Fault:
    where = Place(f"Dask worker {platform.node()}")
    text = tr("it has {theirs}, this machine {ours}: install the same", theirs=theirs, ours=ours)
    return Fault(where, name, text)


def _result(future: Any, scheduler: str) -> Any:
    if future.status == "finished":
        result = future.result()
        if isinstance(result, Refused):
            raise InvalidInput(result.faults)
        return result
    problem = future.exception() if future.status == "error" else None
    kind = type(problem).__name__
    if isinstance(problem, ImportError):
        raise fault(
            scheduler,
            "",
            tr(
                "a worker does not have this program ({problem}): install the same townward[cluster] on every node",
                problem=problem,
            ),
        ) from None
    if kind in {"KilledWorker", "LostError"}:
        raise fault(
            scheduler,
            "",
            tr(
                "workers were lost again and again; what is done is kept: "
                "look at their memory and run the command again"
            ),
        ) from None
    if problem is None:
        raise fault(
            scheduler,
            "",
            tr("the connection to the scheduler was lost; what is done is kept: run the same command again"),
        )
    raise problem


def _client(scheduler: str) -> "Client":
    """A client of the scheduler. Raises InvalidInput where there is none, or the extra is not installed."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra of the installation
    except ImportError:
        raise fault(
            "--scheduler",
            "",
            tr('a cluster needs the extra cluster: pip install "townward[cluster]"'),
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are compared by every worker, and said in one message
            made: Client = Client(_address(scheduler), timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        return made
    except (OSError, ValueError, TypeError) as problem:
        said = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise fault(scheduler, "", tr("no scheduler answers: {said}", said=said)) from None


def _address(scheduler: str) -> str:
    """The address of a scheduler, where the text is a file that it wrote or a word for Dask's configuration."""
    if scheduler == FROM_CONFIG:
        import dask  # noqa: PLC0415 - an extra of the installation

        found = dask.config.get("scheduler-address", None)
        if not found:
            raise fault(
                "--scheduler",
                FROM_CONFIG,
                tr("Dask's configuration names no scheduler-address (environment variable DASK_SCHEDULER_ADDRESS)"),
            )
        return str(found)
    if "://" in scheduler:
        return scheduler
    try:
        return str(json.loads(Path(scheduler).read_text("utf-8"))["address"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise fault(
            scheduler,
            "--scheduler",
            tr("neither an address (tcp://HOST:PORT) nor a file that a scheduler wrote: {problem}", problem=problem),
        ) from None


def _wait_for_workers(client: "Client", say: Waiting) -> None:
    if not client.scheduler_info(n_workers=1)["workers"]:
        say(tr("the cluster has no worker yet, waiting …"))
        client.wait_for_workers(1)
