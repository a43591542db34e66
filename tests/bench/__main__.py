"""Measure everything, or the parts that are named, and write the page."""

import argparse
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.bench import commands, ensembles, kernels, live, pipelines, sweeps, warm
from tests.bench.table import Row, lines
from tests.scenarios import ROOT

PARTS: Final[Mapping[str, Callable[[], list[Row]]]] = {
    "kernel": kernels.rows,
    "model": ensembles.rows,
    "projects": pipelines.rows,
    "warm": warm.rows,
    "page": live.rows,
    "start": commands.start,
    "run": commands.run,
    "large": commands.large,
    "seek": commands.seek,
    "growth": ensembles.growth,
    "overhead": sweeps.overhead,
    "processes": sweeps.processes,
    "many": sweeps.many,
    "deep": sweeps.deep,
    "sensitivity": sweeps.sensitivity,
    "census": sweeps.census,
}
"""What can be measured by itself, by name."""


def page(names: Sequence[str]) -> str:
    """The page `docs/performance.md`, measured now."""
    rows = [row for name in names for row in PARTS[name]()]
    text = [
        "# Performance",
        "",
        "Written by `make bench`; every figure is of one run of that command on one machine, so ratios say more",
        f"than seconds. Machine: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}.",
        "",
        *lines(rows),
        "",
        "A *lane* is one draw of one region; a lane-year is its four zones × three kinds of hukou × two sexes × 101",
        "ages through survival, 30 routes of moves, births, reclassification and settlement. The textbook year is",
        "`tests/oracle.py`, NumPy over many lanes is `tests/vectorised.py`, C is `tests/bench/lane_year.c`; all give",
        "the same numbers as the kernel. Peers are timed on their own work, a trajectory-year on such a machine.",
        "The parts of a run are those of the second run of a process; what the first took besides is its imports.",
        "Blocks of 500 lanes are stepped side by side in threads and only their measures are kept (float32).",
        "One part alone: `python -m tests.bench --only NAME`, of " + ", ".join(f"`{name}`" for name in PARTS) + ".",
    ]
    return "\n".join(text) + "\n"


def main() -> None:
    """Print the page; with --output, write it too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--only", action="append", choices=list(PARTS), metavar="NAME", help=", ".join(PARTS))
    chosen = parser.parse_args()
    text = page(chosen.only or list(PARTS))
    print(text)
    if chosen.output:
        (ROOT / chosen.output).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
