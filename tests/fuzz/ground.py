"""A folder with a file of every kind, and the commands that check and run each."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from sim.common.paths import library
from tests.questions.census_sweep.tables import CODES, census

DRAWS: Final = ("--draws", "4")
_SWEEP: Final = """\
name: s
scenario: trend.yaml
factors:
  transfer.rural_to_city: {change: times, values: [0.8, 1.2]}
  fertility.tfr: {low: 0.9, high: 1.4}
design: {kind: latin, size: 8, seed: 3}
draws: 4
outputs:
  - {measure: urbanization_rate, year: 2025, statistics: [q10, median]}
  - {measure: births, year: 2022, name: births}
"""
_SEEK: Final = """\
name: k
scenario: trend.yaml
targets: [urbanization_rate>=49%@2024]
vary:
  transfer.rural_to_city.times: {low: 0.5, high: 3}
probability: 0.6
draws: 16
set: {horizon: 2025, fertility.tfr: 1.2}
"""
_STUDY: Final = """\
name: t
scenario: trend.yaml
series: figures.csv
draws: 64
"""
_FIGURES: Final = """\
region,measure,year,value,unit,error,kind,source,link,use
jieshou,resident,2021,64.9,万人,0.5,estimate,bulletin,,yes
jieshou,urbanization_rate,2021,48.1,%,0.5,estimate,bulletin,,yes
jieshou,resident,2022,64.8,万人,0.5,estimate,bulletin,,yes
jieshou,urbanization_rate,2022,48.9,%,0.5,estimate,bulletin,,yes
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: where it lies, what checks it, what runs what was accepted, and how often that is worth it."""

    name: str
    file: str
    check: tuple[str, ...]
    run: tuple[str, ...] = ()
    every: int = 1
    may_run: Callable[[bytes], bool] = lambda content: True


def _small(content: bytes) -> bool:
    """Whether a sweep that was accepted has few members."""
    design = yaml.safe_load(content).get("design", {})
    return isinstance(design, dict) and int(design.get("size") or 8) <= 64 and design.get("kind") != "fast"


def _run(scenario: str) -> tuple[str, ...]:
    return ("run", scenario, *DRAWS, "--jobs", "1", "-o", "out")


_QUERY: Final = ("query", "done", "select * from outputs limit 3")
_BATCH: Final = (
    "sweep",
    "--census",
    "counties_2020.csv",
    "--jobs",
    "1",
    "--draws",
    "2",
    "--horizon",
    "2026",
    "-o",
    "new",
)
_ADD: Final = (
    "region",
    "add",
    "--census",
    "counties_2020.csv",
    "--code",
    "341299",
    "--id",
    "made",
    "-o",
    "added/regions",
    "--replace",
)
_CHECKUP: Final = (
    "checkup",
    "trend.yaml",
    "--observed",
    "figures.csv",
    "--draws",
    "32",
    "--jobs",
    "1",
    "--set",
    "horizon=2026",
    "-o",
    "new",
)
_WORKBOOK: Final = ("report", "kept", "--format", "xlsx", "-o", "new/r.xlsx")
KINDS: Final = (
    Kind("scenario", "pilot.yaml", ("validate", "pilot.yaml"), _run("pilot.yaml"), 3),
    Kind("scenario with projects", "projects.yaml", ("validate", "projects.yaml"), _run("projects.yaml"), 3),
    Kind("plan", "plans/jieshou.yaml", ("validate", "pilot.yaml"), _run("pilot.yaml"), 4),
    Kind("policy", "policies/industrial-park-jobs.yaml", ("validate", "pilot.yaml"), _run("pilot.yaml"), 3),
    Kind("region", "regions/jieshou/region.yaml", ("validate", "trend.yaml"), _run("trend.yaml"), 3),
    Kind("rates", "regions/jieshou/rates.yaml", ("validate", "trend.yaml"), _run("trend.yaml"), 2),
    Kind("capacity", "regions/jieshou/capacity.yaml", ("validate", "trend.yaml"), _run("trend.yaml"), 3),
    Kind("census of a region", "regions/jieshou/census.csv", ("validate", "trend.yaml"), _run("trend.yaml"), 2),
    Kind("people away", "regions/jieshou/away.csv", ("validate", "trend.yaml"), _run("trend.yaml"), 3),
    Kind("history", "regions/jieshou/history.csv", ("validate", "trend.yaml"), _run("trend.yaml"), 3),
    Kind("sweep", "s.yaml", ("validate", "s.yaml"), ("sweep", "s.yaml", "--jobs", "1", "-o", "new"), 10, _small),
    Kind("seek", "k.yaml", ("validate", "k.yaml"), ("seek", "k.yaml", "--draws", "16", "--jobs", "1", "-o", "new"), 12),
    Kind("study", "t.yaml", ("validate", "t.yaml"), ("calibrate", "t.yaml", "--draws", "64", "-o", "new"), 30),
    Kind("figures", "figures.csv", ("validate", "t.yaml"), _CHECKUP, 12),
    Kind("county table", "counties_2020.csv", _ADD, _run("added/made/trend.yaml"), 3),
    Kind("counties of a batch", "counties_2020.csv", _BATCH),
    Kind("workbook", "pilot.xlsx", ("validate", "pilot.xlsx"), _run("pilot.xlsx"), 3),
    Kind("services", "services.yaml", ("validate", "services.yaml")),
    Kind("boundaries", "map.json", ("atlas", "batch", "--boundaries", "map.json", "-o", "new/atlas.html")),
    Kind("manifest of a batch", "batch/sweep.json", ("atlas", "batch", "-o", "new/atlas.html")),
    Kind("manifest of a run", "kept/manifest.json", ("reproduce", "kept", "--jobs", "1")),
    Kind("inputs of a run", "kept/inputs.zip", ("reproduce", "kept", "--jobs", "1")),
    Kind("tables of a run", "kept/tables.json", ("report", "kept", "-o", "new/r.html"), _WORKBOOK, 4),
    Kind("series of a run", "kept/series.parquet", ("report", "kept", "-o", "new/r.html")),
    Kind("manifest of a sweep", "done/sweep.json", _QUERY, ("sensitivity", "done"), 2),
    Kind("block of a sweep", "done/outputs/00000.parquet", _QUERY, ("sensitivity", "done"), 2),
)  # fmt: skip
RUNS: Final = ("counties of a batch", "manifest of a run", "inputs of a run")
"""Kinds whose check runs what it accepts."""


def made(folder: Path) -> Path:
    """The folder with every file; its sweep has not been run yet."""
    scenarios = library() / "scenarios"
    for name in ("pilot", "trend", "projects"):
        shutil.copy(scenarios / "jieshou" / f"{name}.yaml", folder)
    for name in ("plans", "policies", "regions/jieshou"):
        shutil.copytree(scenarios / name, folder / name)
    for name, text in (("s.yaml", _SWEEP), ("k.yaml", _SEEK), ("t.yaml", _STUDY), ("figures.csv", _FIGURES)):
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(scenarios / "services.yaml", folder)
    codes = [_square(code, place) for place, code in enumerate(CODES)]
    (folder / "map.json").write_text(json.dumps({"type": "FeatureCollection", "features": codes}), encoding="utf-8")
    census(folder)
    return folder


BEFORE: Final = (
    ("convert", "pilot.yaml", "pilot.xlsx"),
    ("run", "trend.yaml", *DRAWS, "--set", "horizon=2026", "--jobs", "1", "-o", "kept"),
    ("sweep", "s.yaml", "--jobs", "1", "-o", "done"),
    (*_BATCH[:-1], "batch"),
)
"""Commands that make the files of results."""


def _square(code: str, place: int) -> dict[str, object]:
    """A county of one degree as a feature."""
    ring = [(100 + place + x, 30 + y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
