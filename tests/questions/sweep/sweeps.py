"""Small sweeps of Jieshou for tests."""

from pathlib import Path
from typing import Any

import yaml

from sim.questions.sweep.plan import Sweep
from sim.questions.sweep.read import read
from tests.scenarios import JIESHOU

PILOT, TREND = str(JIESHOU / "pilot.yaml"), str(JIESHOU / "trend.yaml")

FACTORS: dict[str, Any] = {
    "away.return_to_city": {"change": "times", "low": 0.8, "high": 1.2},
    "fertility.tfr": {"low": 1.0, "high": 1.5},
}
OUTPUTS: list[dict[str, Any]] = [
    {"measure": "urbanization_rate", "year": 2023, "statistics": ["mean", "median", "q10"]},
    {"measure": "births", "year": 2022},
]


def written(
    folder: Path,
    factors: dict[str, Any] | None = None,
    design: dict[str, Any] | None = None,
    outputs: list[dict[str, Any]] | None = None,
    scenario: str = TREND,
    draws: int = 3,
) -> Path:
    """A sweep file."""
    content = {
        "name": "small",
        "scenario": scenario,
        "factors": FACTORS if factors is None else factors,
        "design": design or {"kind": "latin", "size": 6},
        "draws": draws,
        "outputs": outputs or OUTPUTS,
    }
    file = folder / "small.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def small(
    folder: Path,
    factors: dict[str, Any] | None = None,
    design: dict[str, Any] | None = None,
    outputs: list[dict[str, Any]] | None = None,
    scenario: str = TREND,
    draws: int = 3,
) -> Sweep:
    """The same, read."""
    return read(written(folder, factors, design, outputs, scenario, draws))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
