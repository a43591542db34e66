"""townward (向城) for notebooks and scripts: run scenarios, compare them, and ask questions of them.

A name is imported when it is first used, so that `import townward` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim import __version__

if TYPE_CHECKING:
    from sim.common.errors import InvalidInput
    from sim.run.saved import Saved, open_run
    from sim.run.subtracted import Differences
    from townward.questions import query, seek, sweep
    from townward.runs import Comparison, Result, compare, run, scenario

__all__ = [
    "Comparison",
    "Differences",
    "InvalidInput",
    "Result",
    "Saved",
    "__version__",
    "compare",
    "open_run",
    "query",
    "run",
    "scenario",
    "seek",
    "sweep",
]

_HOMES = {
    "Differences": "sim.run.subtracted",
    "InvalidInput": "sim.common.errors",
    "Saved": "sim.run.saved",
    "open_run": "sim.run.saved",
    "query": "townward.questions",
    "seek": "townward.questions",
    "sweep": "townward.questions",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'townward' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "townward.runs")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
