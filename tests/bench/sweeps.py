"""Sweeps: what a member costs besides its own run, processes, large designs, and questions to their results."""

import json
import tempfile
from pathlib import Path
from typing import Any, Final

import yaml

from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.questions.sweep.block import run_block
from sim.questions.sweep.read import read
from sim.questions.sweep.store import drawn
from sim.run.ensemble import simulate
from tests.bench.commands import Took, call, peak
from tests.bench.ensembles import LINEAR
from tests.bench.table import Row, at_most, plain
from tests.bench.timing import paired, seconds
from tests.scenarios import JIESHOU, ROOT, prepared

CENSUS: Final = ROOT.parent / "shared" / "data" / "census" / "counties_2020.csv"
N_FACTORS: Final = 20
SALTELLI: Final = 1024


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


def _latin(folder: Path, name: str, members: int, draws: int) -> Path:
    return _file(folder, name, {"kind": "latin", "size": members, "seed": 1}, draws)


def _sweep(file: Path, out: Path, jobs: int) -> Took:
    took = call(["sweep", str(file), "-o", str(out), "--jobs", str(jobs)])
    assert json.loads((out / "sweep.json").read_text("utf-8"))["members"]
    return took


def overhead() -> list[Row]:
    """Members as one block of a sweep over their runs one after the other, and twice as many of them over once."""
    members, draws = 8, 200
    case = prepared("pilot").case
    with tempfile.TemporaryDirectory() as folder:
        sweep = read(_latin(Path(folder), "overhead", 2 * members, draws))
        _, at = drawn(sweep)
        bare, block = paired(
            lambda: [simulate(case, range(draws)) for _ in range(members)],
            lambda: run_block(sweep, range(members), at),
        )
        more = seconds(lambda: run_block(sweep, range(2 * members), at), 3)
    return [
        at_most(f"sweep: a member of {draws} draws ÷ its bare run", block / bare, "×", 1.2, 2),
        at_most("time with twice the members", more / block, "×", LINEAR, 2),
    ]


def processes() -> list[Row]:
    """The same sweep in one process and in two."""
    members, draws = 200, 100
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        took = [_sweep(_latin(folder, f"jobs-{jobs}", members, draws), folder / str(jobs), jobs) for jobs in (1, 2)]
    what = f"sweep of {members} members × {draws} draws: one process ÷ two"
    return [Row(what, f"{took[0].wall / took[1].wall:.2f} ×")]


def many() -> list[Row]:
    """Very many members of a draw, and questions to them."""
    with tempfile.TemporaryDirectory() as name:
        folder, members = Path(name), 100_000
        took = _sweep(_latin(folder, "many", members, 1), folder / "many", 2)
        sql = "select * from members join outputs using (member) order by probability_T207 desc limit 10"
        query = min(call(["query", str(folder / "many"), sql]) for _ in range(3))
    return [
        took.row(f"sweep of {members:,} members × 1 draw to 2035, 2 processes", 15),
        query.row(f"`townward query` of {members:,} members", 1, 2),
    ]


def deep() -> list[Row]:
    """Many members of many draws."""
    with tempfile.TemporaryDirectory() as name:
        folder, members, draws = Path(name), 1_000, 200
        took = _sweep(_latin(folder, "deep", members, draws), folder / "deep", 2)
    return [took.row(f"sweep of {members:,} members × {draws} draws to 2035, 2 processes", 25)]


def sensitivity() -> list[Row]:
    """Sobol indices of a finished sweep."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _sweep(_file(folder, "saltelli", {"kind": "saltelli", "size": SALTELLI, "seed": 1}, 1), folder / "of", 2)
        took = call(["sensitivity", str(folder / "of"), "--output", "urbanization_rate_2035_mean"])
    members = SALTELLI * (N_FACTORS + 2)
    what = f"`townward sensitivity`, {N_FACTORS} factors, N = {SALTELLI:,} ({members:,} members)"
    return [took.row(what, 10)]


def census(draws: int = 100) -> list[Row]:
    """Every county of the census; nothing where its table is not at hand."""
    if not CENSUS.is_file():
        return [Row("`townward sweep --census`", "no census table here")]
    with tempfile.TemporaryDirectory() as folder:
        asked = ["sweep", "--census", str(CENSUS), "-o", folder, "--jobs", "2", "--draws", str(draws)]
        took, memory = peak(asked)
    return [
        took.row(f"`townward sweep --census`, 2,252 counties × {draws} draws to 2035, 2 processes", 45, 0),
        plain("largest memory of one of its processes", memory, "GB", 2),
    ]
