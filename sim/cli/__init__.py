"""The command line: arguments → calls → messages."""

import gc
import os

# a check of a scenario should answer at once: while modules load there is no garbage to collect, and no
# plugin of the validation library is looked for
gc.disable()
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")

from sim.cli.main import main  # noqa: E402 - after the two settings above

__all__ = ["main"]
