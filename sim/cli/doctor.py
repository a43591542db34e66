"""Check this installation."""

import os
import platform
import shutil
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from sim import __version__
from sim.cli.options import format_option, language_option, say, say_json
from sim.cli.texts import tr
from sim.common.errors import Exit
from sim.common.language import Language, Text, same
from sim.common.paths import library

PACKAGES = ("numpy", "simpy", "pandas", "plotly", "numba", "pydantic", "duckdb", "PyYAML", "click")


@click.command()
@language_option
@format_option
def doctor(lang: Language, form: str) -> int:
    """Say what is installed, what works, and how fast this machine is."""
    checks: list[tuple[Text, str, bool]] = [
        (tr("version of townward"), __version__, True),
        (tr("Python"), platform.python_version(), sys.version_info >= (3, 11)),
        (tr("processors"), str(os.cpu_count()), True),
        *_packages(),
        _library(),
        _folder(),
        *_kernels(),
        _browser(),
    ]
    good = all(fine for _, _, fine in checks)
    if form == "json":
        say_json([{"check": name.en, "found": found, "ok": fine} for name, found, fine in checks])
    else:
        for name, found, fine in checks:
            say(f"{'✓' if fine else '✗'} {name.in_(lang)}: {found}")
    return Exit.DONE if good else Exit.INTERNAL


def _packages() -> list[tuple[Text, str, bool]]:
    found = []
    for name in PACKAGES:
        try:
            found.append((same(name), version(name), True))
        except PackageNotFoundError:
            found.append((same(name), "—", False))
    return found


def _library() -> tuple[Text, str, bool]:
    folder = library()
    regions = len(list((folder / "scenarios" / "regions").glob("*/region.yaml")))
    words = tr("library")
    return words, f"{folder} ({regions})", regions > 0


def _folder() -> tuple[Text, str, bool]:
    words = tr("this folder can be written")
    try:
        with tempfile.TemporaryFile(dir=Path.cwd()):
            pass
    except OSError as problem:
        return words, str(problem.strerror), False
    return words, str(Path.cwd()), True


def _kernels() -> list[tuple[Text, str, bool]]:
    """Compile or load the kernels and step 200 draws of the example through a year."""
    from sim.scenario import scenario

    begun = time.perf_counter()
    from sim.run.ensemble import simulate
    from sim.run.scenario_run import ready

    words = tr("kernels")
    try:
        case = ready(scenario(library() / "scenarios" / "jieshou" / "trend.yaml", ["horizon=2025"])).case
        simulate(case, range(2))
        loaded = time.perf_counter() - begun
        begun = time.perf_counter()
        simulate(case, range(1000))
        speed = 1000 * len(case.years) / (time.perf_counter() - begun)
    except Exception as problem:  # noqa: BLE001 - whatever is wrong is what the doctor is asked for
        return [(words, f"{type(problem).__name__}: {problem}", False)]
    return [
        (words, f"{loaded:.1f} s", True),
        (tr("speed (draw-years a second)"), f"{speed:,.0f}", True),
    ]


def _browser() -> tuple[Text, str, bool]:
    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("msedge")
    words = tr("browser (for tests only)")
    return words, path or "—", True
