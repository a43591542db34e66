"""Measure everything and write the page."""

import argparse
import os
import platform
from pathlib import Path

from tests.bench import commands, ensembles, kernels, live, pipelines, sweeps, warm
from tests.scenarios import ROOT

Row = tuple[str, str, str, bool | None]


def rows(*, quick: bool = False) -> list[Row]:
    """What was measured, the figure, the aim, and whether it is met; quick: without sweeps."""
    lane, many, shell = kernels.measure(), ensembles.measure(), commands.measure()
    queue, whole = pipelines.measure(), many["whole_to_kernel"]
    oracle, numpy = lane["textbook"] / lane["kernel"], lane["numpy"] / lane["kernel"]
    threads = many["one_thread"] / many["two_threads"]
    return [
        ("population kernel, a lane-year", f"{lane['kernel']:.1f} µs", "", None),
        ("whole step with tally and checks, a lane-year", f"{lane['step']:.1f} µs", "", None),
        ("textbook NumPy year ÷ kernel", f"{oracle:.0f} ×", "≥ 50 ×", oracle >= 50),
        ("NumPy over many lanes ÷ kernel", f"{numpy:.1f} ×", "≥ 5 ×", numpy >= 5),
        ("kernel: one thread ÷ two threads", f"{lane['threads']:.2f} ×", "≥ 1.8 ×", lane["threads"] >= 1.8),
        ("ensemble: one thread ÷ two threads", f"{threads:.2f} ×", "≥ 1.8 ×", threads >= 1.8),
        ("whole model with measures ÷ population kernel alone", f"{whole:.1f} ×", "≤ 3 ×", whole <= 3),
        (
            "project pools with too little money, 20 groups × 40 projects × 15 years",
            f"{queue['short']:.2f} s, {1e3 * queue['short'] / pipelines.GROUPS:.1f} ms a group",
            "< 0.5 s",
            queue["short"] < 0.5,
        ),
        (
            "the same with plenty ÷ too little",
            f"{queue['plenty'] / queue['short']:.2f} ×",
            "",
            None,
        ),
        (
            "warm run with report ÷ kernel alone, 1,000 draws",
            f"{shell['warm_run'] / many['kernel_alone'] * 2:.0f} ×",
            "",
            None,
        ),
        ("time with twice the draws", f"{many['double_draws']:.2f} ×", "2 × (linear)", many["double_draws"] < 2.3),
        ("time with twice the years", f"{many['double_years']:.2f} ×", "2 × (linear)", many["double_years"] < 2.3),
        (
            "time with twice the regions",
            f"{many['double_regions']:.2f} ×",
            "2 × (linear)",
            many["double_regions"] < 2.3,
        ),
        *warm.rows(),
        *live.rows(),
        ("`townward --help`", f"{shell['help']:.2f} s", "< 0.3 s", shell["help"] < 0.3),
        ("`townward validate`", f"{shell['validate']:.2f} s", "< 0.3 s", shell["validate"] < 0.3),
        (
            "warm `townward run`, 1,000 draws to 2035, with report",
            f"{shell['warm_run']:.1f} s",
            "< 6 s",
            shell["warm_run"] < 6,
        ),
        (
            "warm `townward run` of the six counties of Haidong, with report",
            f"{shell['haidong']:.1f} s",
            "< 15 s",
            shell["haidong"] < 15,
        ),
        ("first compilation", f"{shell['first_compilation']:.1f} s", "< 20 s", shell["first_compilation"] < 20),
        ("100,000 draws to 2035, with report", f"{shell['run_100000']:.1f} s", "< 40 s", shell["run_100000"] < 40),
        ("peak memory of 100,000 draws", f"{shell['memory_100000']:.2f} GB", "< 1.5 GB", shell["memory_100000"] < 1.5),
        (
            "memory for each further 10,000 draws",
            f"{(shell['memory_100000'] - shell['memory_20000']) / 8:.3f} GB",
            "measures only: no population is kept",
            None,
        ),
        *([] if quick else sweeps.rows()),
    ]


def page(table: list[Row]) -> str:
    """The page `docs/performance.md`."""
    marks = {True: "met", False: "**missed**", None: ""}
    lines = [
        "# Performance",
        "",
        "Written by `make bench`; every figure is of one run of that command on one machine, so ratios say more",
        f"than seconds. Machine: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}.",
        "",
        "| what | measured | aim | |",
        "| --- | ---: | --- | --- |",
        *(f"| {what} | {figure} | {aim} | {marks[met]} |" for what, figure, aim, met in table),
        "",
        "A *lane* is one draw of one region; a lane-year is its four zones × three kinds of hukou × two sexes × 101",
        "ages through survival, 30 routes of moves, births, reclassification and settlement. The textbook year is",
        "`tests/oracle.py`, NumPy over many lanes is `tests/vectorised.py`; both give the same numbers as the kernel.",
        "Blocks of 500 lanes are stepped side by side in threads and only their measures are kept (float32).",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table; with --output, write the page too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--quick", action="store_true", help="leave out the sweeps, which take many minutes")
    chosen = parser.parse_args()
    text = page(rows(quick=chosen.quick))
    if chosen.quick:
        text += "\nSweeps were left out of this run (`--quick`).\n"
    print(text)
    if chosen.output:
        (ROOT / chosen.output).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
