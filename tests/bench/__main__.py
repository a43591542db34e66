"""Measure everything, or the parts that are named, and write the page."""

import argparse
import os
import platform
import sys
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
    before, rows = os.getloadavg()[0], [row for name in names for row in _told(name)]
    text = [
        "# Performance",
        "",
        "Written by `make bench`; every figure is of one run of that command on one machine, so ratios say more",
        f"than seconds. Machine: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}.",
        f"Processes that wanted a core, these among them: {before:.0f} before, {os.getloadavg()[0]:.0f} at the end.",
        "",
        *lines(rows),
        "",
        "A *lane* is one draw of one region; a lane-year is its four zones × three kinds of hukou × two sexes × 101",
        "ages through survival, 30 routes of moves, births, reclassification and settlement. The textbook year is",
        "`tests/oracle.py`, NumPy over many lanes is `tests/vectorised.py`, C is `tests/bench/lane_year.c`; all give",
        "the same numbers as the kernel. Peers are timed on their own work, a trajectory-year on such a machine.",
        "The parts of a run are those of the second run of a process; what the first took besides is its imports.",
        "What runs on one thread is timed by the processor, so that others on the machine are not counted; commands",
        "and threads by the clock, with the seconds of all processors in brackets.",
        "Commands are started as a user starts them, with byte code kept. A short run is mostly loading: Numba,",
        "DuckDB, NumPy, Pydantic's models and the program's own modules; what is simulated, judged and drawn is the",
        "smaller part (decision 46). Tried without gain: Numba's notices of what it compiles, and its passes over",
        "single functions, left out (each less than half a second of the first compilation, which is mostly Numba's",
        "own Python); years beside each other in memory (4% at most: of 500 draws against 20, which fit a cache).",
        "Blocks of 500 lanes are stepped side by side in threads, each lane through all its years, and only their",
        "measures are kept (float32).",
        "On the live page *rest* begins when the preview has arrived and nothing newer was moved: all draws are asked",
        "for at that moment, and the preview is painted while they are run. Every time ends after the frame in which",
        "the answer is drawn.",
        "One part alone: `python -m tests.bench --only NAME`, of " + ", ".join(f"`{name}`" for name in PARTS) + ".",
    ]
    return "\n".join(text) + "\n"


def _told(name: str) -> list[Row]:
    """What a part measures, said as soon as it is known."""
    rows = PARTS[name]()
    print("\n".join(lines(rows)[2:]), file=sys.stderr, flush=True)
    return rows


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
