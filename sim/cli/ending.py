"""How the process of a command leaves: at once, for all goes with it."""

import gc
import os
import sys

_CODES: list[int] = []


def ends(code: int) -> None:
    """The command is done, and this process has nothing else to do than to leave with its exit code."""
    _CODES.append(code)


def leave() -> None:
    """Leave without sorting out what is in memory; the last thing at the exit, when all that was written is flushed.

    Modules, compiled kernels and tables would otherwise be freed one by one for longer than a short command takes.
    """
    if _CODES:
        os._exit(_CODES[-1])
    if not {"numpy", "duckdb"} & set(sys.modules):  # libraries in C++ would call that a leak
        gc.freeze()
