"""Commands as a user starts them: seconds on the clock and peak memory of the process."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.bench.table import Row, at_most, plain
from tests.scenarios import JIESHOU, ROOT

PILOT = str(JIESHOU / "pilot.yaml")
LARGE = 100_000


class Took(NamedTuple):
    """Seconds that a call took on the clock, and of all processors together."""

    wall: float
    processor: float

    def row(self, what: str, aim: float, digits: int = 1) -> Row:
        """The row of a call that shall not take longer on the clock than its aim [s]."""
        row = at_most(what, self.wall, "s", aim, digits)
        return row._replace(figure=f"{row.figure} ({self.processor:.{digits}f} s of processors)")


def call(arguments: list[str], environment: dict[str, str] | None = None) -> Took:
    """Seconds of one call."""
    begun, used = time.perf_counter(), _processors()
    subprocess.run(
        [sys.executable, "-m", "sim.cli", *arguments],
        check=True,
        capture_output=True,
        env=users() | (environment or {}),
    )
    return Took(time.perf_counter() - begun, _processors() - used)


def users() -> dict[str, str]:
    """The environment as a user's is: modules are kept as byte code, which some build machines forbid."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _processors() -> float:
    """Seconds of processors that this process's children have used."""
    used = os.times()
    return used.children_user + used.children_system


def best(arguments: list[str], repeats: int = 5) -> Took:
    """Shortest of several calls after one that warms up."""
    call(arguments)
    took = [call(arguments) for _ in range(repeats)]
    return Took(min(one.wall for one in took), min(one.processor for one in took))


def peak(arguments: list[str]) -> tuple[Took, float]:
    """Seconds and peak memory [GB] of one call, in a process whose only child it is."""
    used = _processors()
    script = (
        "import resource, subprocess, sys, time; t = time.perf_counter();"
        "subprocess.run([sys.executable, '-m', 'sim.cli', *sys.argv[1:]], check=True, capture_output=True);"
        "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], check=True, capture_output=True, text=True, env=users()
    )
    took, kilobytes = done.stdout.split()
    scale = 1e-9 if sys.platform == "darwin" else 1024e-9
    return Took(float(took), _processors() - used), float(kilobytes) * scale


def start() -> list[Row]:
    """What a command takes before it works."""
    return [
        best(["--help"]).row("`townward --help`", 0.1, 2),
        best(["validate", PILOT]).row("`townward validate`", 0.25, 2),
    ]


def run() -> list[Row]:
    """Runs of 1,000 draws to 2035 with their report: warm, by part, and cold."""
    with tempfile.TemporaryDirectory() as folder:
        out = ["--draws", "1000", "--out", str(Path(folder) / "run")]
        warm = best(["run", PILOT, *out], 3)
        haidong = best(["run", str(ROOT / "scenarios" / "haidong" / "plan.yaml"), *out], 2)
        cold = call(["run", PILOT, *out], {"NUMBA_CACHE_DIR": str(Path(folder) / "cache")})
    return [
        warm.row("warm `townward run`, 1,000 draws to 2035, with report", 1.2, 2),
        *_by_part(),
        haidong.row("warm `townward run` of the six counties of Haidong, with report", 15),
        Took(cold.wall - warm.wall, cold.processor - warm.processor).row("first compilation", 20),
    ]


def _by_part() -> list[Row]:
    found = [
        json.loads(
            subprocess.run(
                [sys.executable, "-m", "tests.bench.parts", PILOT],
                cwd=ROOT,
                check=True,
                capture_output=True,
                env=users(),
            ).stdout
        )
        for _ in range(3)
    ]
    return [plain(f"– of it: {part}", min(one[part] for one in found), "s", 2) for part in found[0]]


def large() -> list[Row]:
    """A run of very many draws, and how its memory grows."""
    with tempfile.TemporaryDirectory() as folder:
        out = ["--out", str(Path(folder) / "run")]
        few, many = (peak(["run", PILOT, "--draws", str(draws), *out]) for draws in (LARGE // 5, LARGE))
    growth = (many[1] - few[1]) / (LARGE - LARGE // 5) * 10_000
    return [
        many[0].row(f"{LARGE:,} draws to 2035, with report", 20),
        at_most(f"peak memory of {LARGE:,} draws", many[1], "GB", 1, 2),
        plain(f"peak memory of {LARGE // 5:,} draws", few[1], "GB", 2),
        plain("memory for each further 10,000 draws (measures only: no population is kept)", growth, "GB", 3),
    ]


def seek() -> list[Row]:
    """The least-effort mix of four levers for two targets."""
    asked = str(JIESHOU / "seeks" / "cheapest-mix.yaml")
    with tempfile.TemporaryDirectory() as folder:
        took = best(["seek", asked, "--out", folder], 2)
    return [took.row("`townward seek`, the least-effort mix of four levers for two targets", 4)]
