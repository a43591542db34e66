"""Commands as a user starts them: seconds on the clock and peak memory of the process."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.scenarios import JIESHOU, ROOT


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


def measure() -> dict[str, float]:
    """Seconds of help, validate, a warm run with report and a cold one; a large run with its memory."""
    pilot = str(JIESHOU / "pilot.yaml")
    with tempfile.TemporaryDirectory() as folder:
        out = ["--out", str(Path(folder) / "run")]
        cold = call(["run", pilot, *out], {"NUMBA_CACHE_DIR": str(Path(folder) / "cache")})
        warm = best(["run", pilot, "--draws", "1000", *out], 3)
        haidong = best(["run", str(ROOT / "scenarios" / "haidong" / "plan.yaml"), "--draws", "1000", *out], 2)
        small = peak(["run", pilot, "--draws", "20000", *out])
        large = peak(["run", pilot, "--draws", "100000", *out])
    return {
        "help": best(["--help"]),
        "validate": best(["validate", pilot]),
        "warm_run": warm,
        "haidong": haidong,
        "first_compilation": cold - warm,
        "run_20000": small[0],
        "memory_20000": small[1],
        "run_100000": large[0],
        "memory_100000": large[1],
    }
