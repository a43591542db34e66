"""Sweeps: what a member costs besides its own run, processes, large designs, and questions to their results."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.questions.sweep.block import run_block
from sim.questions.sweep.read import read
from sim.questions.sweep.store import drawn
from sim.run.ensemble import simulate
from tests.bench.commands import call, peak
from tests.bench.timing import paired
from tests.scenarios import JIESHOU, ROOT, prepared

CENSUS = ROOT.parent / "shared" / "data" / "census" / "counties_2020.csv"
N_FACTORS = 20


@dataclass(frozen=True)
class Sizes:
    """Members and draws of what is measured; the large ones are those of the aims."""

    paired: tuple[int, int] = (8, 200)
    processes: tuple[int, int] = (400, 100)
    many: tuple[int, int] = (100_000, 1)
    deep: tuple[int, int] = (1_000, 200)
    saltelli: int = 4096
    census_draws: int = 100


def _factors() -> dict[str, Any]:
    """Twenty parameters, each within 10% of what it is."""
    paths = [path for path, of in PARAMETERS.items() if not path.startswith(FIXED_PREFIXES) and of.default > 0.0]
    return {path: {"change": "times", "low": 0.9, "high": 1.1} for path in paths[:N_FACTORS]}


def _file(folder: Path, name: str, design: dict[str, Any], draws: int) -> Path:
    content = {
        "name": name,
        "scenario": str(JIESHOU / "pilot.yaml"),
        "factors": _factors(),
        "design": design,
        "draws": draws,
        "outputs": [{"measure": "urbanization_rate", "year": 2035, "statistics": ["mean"]}, {"target": "T207"}],
    }
    file = folder / f"{name}.yaml"
    file.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return file


def _latin(folder: Path, name: str, size: tuple[int, int]) -> Path:
    return _file(folder, name, {"kind": "latin", "size": size[0], "seed": 1}, size[1])


def measure(sizes: Sizes) -> dict[str, float]:
    """Seconds of sweeps through the command line and in this process, and of questions to them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = _overhead(folder, sizes.paired)
        for jobs in (1, 2):
            file = _latin(folder, f"processes-{jobs}", sizes.processes)
            found[f"jobs_{jobs}"] = _sweep(file, folder / file.stem, jobs)
        many = folder / "many"
        found["many"] = _sweep(_latin(folder, "many", sizes.many), many, 2)
        sql = "select * from members join outputs using (member) order by probability_T207 desc limit 10"
        found["query"] = min(call(["query", str(many), sql]) for _ in range(3))
        found["deep"] = _sweep(_latin(folder, "deep", sizes.deep), folder / "deep", 2)
        saltelli = _file(folder, "saltelli", {"kind": "saltelli", "size": sizes.saltelli, "seed": 1}, 1)
        found["saltelli"] = _sweep(saltelli, folder / "saltelli", 2)
        one = ["--output", "urbanization_rate_2035_mean"]
        found["sensitivity"] = call(["sensitivity", str(folder / "saltelli"), *one])
        if CENSUS.is_file():
            asked = ["sweep", "--census", str(CENSUS), "-o", str(folder / "census"), "--jobs", "2"]
            found["census"], found["census_memory"] = peak([*asked, "--draws", str(sizes.census_draws)])
    return found


def _overhead(folder: Path, size: tuple[int, int]) -> dict[str, float]:
    """The same members as one block of a sweep, and as runs of an ensemble one after the other."""
    members, draws = size
    sweep = read(_latin(folder, "overhead", size))
    _, at = drawn(sweep)
    case = prepared("pilot").case
    bare, block = paired(
        lambda: [simulate(case, range(draws)) for _ in range(members)], lambda: run_block(sweep, range(members), at)
    )
    return {"bare": bare, "block": block}


def _sweep(file: Path, out: Path, jobs: int) -> float:
    took = call(["sweep", str(file), "-o", str(out), "--jobs", str(jobs)])
    assert json.loads((out / "sweep.json").read_text("utf-8"))["members"]
    return took


def rows(sizes: Sizes | None = None) -> list[tuple[str, str, str, bool | None]]:
    """What was measured, the figure, the aim, and whether it is met."""
    of = sizes or Sizes()
    found = measure(of)
    overhead, processes = found["block"] / found["bare"], found["jobs_1"] / found["jobs_2"]
    cases = [
        (f"sweep: a member of {of.paired[1]} draws ÷ its bare run", f"{overhead:.2f} ×", "≤ 1.2 ×", overhead <= 1.2),
        (
            f"sweep of {of.processes[0]} members × {of.processes[1]} draws: one process ÷ two",
            f"{processes:.2f} ×",
            "",
            None,
        ),
    ]
    for key, size in (("many", of.many), ("deep", of.deep)):
        seconds = found[key]
        what = f"sweep of {size[0]:,} members × {size[1]} draws to 2035, 2 processes"
        cases.append((what, f"{seconds:.1f} s ({size[0] / seconds:,.0f} members a second)", "< 90 s", seconds < 90))
    query, sensitivity = found["query"], found["sensitivity"]
    what = (
        f"`townward sensitivity`, {N_FACTORS} factors, N = {of.saltelli:,} ({of.saltelli * (N_FACTORS + 2):,} members)"
    )
    cases += [
        (f"`townward query` of {of.many[0]:,} members", f"{query:.2f} s", "< 1 s", query < 1.0),
        (what, f"{sensitivity:.1f} s", "< 10 s", sensitivity < 10.0),
    ]
    if "census" in found:
        seconds, memory = found["census"], found["census_memory"]
        what = f"`townward sweep --census`, 2,252 counties × {of.census_draws} draws to 2035, 2 processes"
        cases.append((what, f"{seconds:.0f} s", "< 120 s", seconds < 120.0))
        cases.append(("largest memory of one of its processes", f"{memory:.2f} GB", "", None))
    return cases
