"""Commands as a user starts them: seconds on the clock and peak memory of the process."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.table import Row, at_most, plain
from tests.scenarios import JIESHOU, ROOT

PILOT = str(JIESHOU / "pilot.yaml")
LARGE = 100_000


def call(arguments: list[str], environment: dict[str, str] | None = None) -> float:
    """Seconds of one call."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "sim.cli", *arguments],
        check=True,
        capture_output=True,
        env=os.environ | (environment or {}),
    )
    return time.perf_counter() - begun


def best(arguments: list[str], repeats: int = 5) -> float:
    """Shortest of several calls after one that warms up [s]."""
    call(arguments)
    return min(call(arguments) for _ in range(repeats))


def peak(arguments: list[str]) -> tuple[float, float]:
    """Seconds and peak memory [GB] of one call, in a process whose only child it is."""
    script = (
        "import resource, subprocess, sys, time; t = time.perf_counter();"
        "subprocess.run([sys.executable, '-m', 'sim.cli', *sys.argv[1:]], check=True, capture_output=True);"
        "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], check=True, capture_output=True, text=True)
    took, kilobytes = done.stdout.split()
    scale = 1e-9 if sys.platform == "darwin" else 1024e-9
    return float(took), float(kilobytes) * scale


def start() -> list[Row]:
    """What a command takes before it works."""
    return [
        at_most("`townward --help`", best(["--help"]), "s", 0.1, 2),
        at_most("`townward validate`", best(["validate", PILOT]), "s", 0.25, 2),
    ]


def run() -> list[Row]:
    """Runs of 1,000 draws to 2035 with their report: warm, by part, and cold."""
    with tempfile.TemporaryDirectory() as folder:
        out = ["--draws", "1000", "--out", str(Path(folder) / "run")]
        warm = best(["run", PILOT, *out], 3)
        haidong = best(["run", str(ROOT / "scenarios" / "haidong" / "plan.yaml"), *out], 2)
        cold = call(["run", PILOT, *out], {"NUMBA_CACHE_DIR": str(Path(folder) / "cache")})
    return [
        at_most("warm `townward run`, 1,000 draws to 2035, with report", warm, "s", 1.2, 2),
        *_by_part(),
        at_most("warm `townward run` of the six counties of Haidong, with report", haidong, "s", 15),
        at_most("first compilation", cold - warm, "s", 20),
    ]


def _by_part() -> list[Row]:
    found = [
        json.loads(
            subprocess.run(
                [sys.executable, "-m", "tests.bench.parts", PILOT], cwd=ROOT, check=True, capture_output=True
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
        at_most(f"{LARGE:,} draws to 2035, with report", many[0], "s", 20),
        at_most(f"peak memory of {LARGE:,} draws", many[1], "GB", 1, 2),
        plain(f"peak memory of {LARGE // 5:,} draws", few[1], "GB", 2),
        plain("memory for each further 10,000 draws (measures only: no population is kept)", growth, "GB", 3),
    ]


def seek() -> list[Row]:
    """The least-effort mix of four levers for two targets."""
    asked = str(JIESHOU / "seeks" / "cheapest-mix.yaml")
    with tempfile.TemporaryDirectory() as folder:
        took = best(["seek", asked, "--out", folder], 2)
    return [at_most("`townward seek`, the least-effort mix of four levers for two targets", took, "s", 4)]
