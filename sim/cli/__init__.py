"""The command line: arguments → calls → messages."""

import atexit
import gc
import os
import sys


def _leave() -> None:
    """At the exit all goes, so nothing is sorted out before; libraries in C++ would call that a leak."""
    if not {"numpy", "duckdb"} & set(sys.modules):
        gc.freeze()


# a check of a scenario should answer at once: while modules load there is no garbage to collect, and no
# plugin of the validation library is looked for
gc.disable()
atexit.register(_leave)
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")

from sim.cli.main import main  # noqa: E402 - after the settings above

__all__ = ["main"]
