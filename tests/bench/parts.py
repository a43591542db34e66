"""A run with its report by part, in seconds of processors, as JSON: `python -m tests.bench.parts FILE`."""

import time

CLOCK = time.process_time  # of all threads
BEGUN = CLOCK()

import gc  # noqa: E402 - the clock starts before anything is imported
import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from dataclasses import replace  # noqa: E402
from itertools import pairwise  # noqa: E402
from pathlib import Path  # noqa: E402

from sim.cli.main import SELDOM  # noqa: E402 - garbage is looked for as seldom as a command does

gc.set_threshold(*SELDOM)
gc.enable()


def once(file: Path, folder: Path) -> dict[str, float]:
    """Seconds of processors of each part of one run."""
    from sim.output import run_folder
    from sim.run.contributions import affordable, contributions
    from sim.run.scenario_run import run
    from sim.scenario import scenario

    at = [CLOCK()]
    resolved = scenario(file, ("draws=1000",))
    at.append(CLOCK())
    done = run(resolved, os.cpu_count())
    at.append(CLOCK())
    done = run_folder.completed(done)
    found = contributions(resolved, draws=affordable(resolved), jobs=os.cpu_count() or 1)
    done = replace(done, tables=replace(done.tables, contributions=found))
    at.append(CLOCK())
    written = run_folder.parts(done, "en")
    (folder / "drawn").mkdir(exist_ok=True)
    written.pop("report.html")(folder / "drawn" / "report.html")
    at.append(CLOCK())
    run_folder.write(done, folder / "run", "en", [], "")
    at.append(CLOCK())
    names = ("files read and checked", "simulated and judged", "what each policy adds", "report drawn", "all written")
    took = dict(zip(names, (now - before for before, now in pairwise(at)), strict=True))
    took["all written"] -= took["report drawn"]
    return took


def main() -> None:
    """Print the parts of a second run; what the first took over it is imports and kernels being loaded."""
    file = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        once(file, Path(folder))
        first = CLOCK() - BEGUN
        second = once(file, Path(folder))
    twice = second["report drawn"]  # drawn by itself, and again as it was written
    whole = sum(second.values()) + twice
    print(json.dumps({"imports, and compiled kernels loaded": first - whole, **second}))


if __name__ == "__main__":
    main()
