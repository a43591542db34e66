"""The command line: arguments → calls → messages."""

import atexit
import gc
import os
import sys
from types import TracebackType

from sim.cli.ending import leave


def _quietly(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):  # interrupted before the first line or after the last
        sys.__excepthook__(kind, problem, trace)


# a check of a scenario should answer at once: while modules load there is no garbage to collect, and no
# plugin of the validation library is looked for
gc.disable()
atexit.register(leave)
sys.excepthook = _quietly
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")
# a sum of linear algebra would have other last digits on a machine of more processors, and its threads take from the
# model's while they wait for the next
for library in ("OPENBLAS", "MKL", "BLIS"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

from sim.cli.main import main  # noqa: E402 - after the settings above

__all__ = ["main"]
