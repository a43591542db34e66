"""Goals and levers whose answers are known, and outcomes that are written down instead of simulated."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.special import ndtri

from sim.common.errors import Place
from sim.common.language import Text
from sim.model.arrays import Array, Kept
from sim.questions.seek.ask import Asked
from sim.questions.seek.goal import Goal
from sim.questions.seek.lever import Kind, Lever
from sim.questions.seek.read import Options, read
from sim.questions.seek.response import Evaluate
from sim.questions.seek.start import Start
from sim.run.scenario_run import run
from sim.scenario import scenario
from sim.scenario.resolved import Comparison, Target
from tests.scenarios import JIESHOU, ROOT, resolved

DRAWS = 200
PILOT = JIESHOU / "pilot.yaml"
JOBS = "policies.industrial-park-jobs.intensity"


@cache
def pilot_median(measure: str, year: int) -> float:
    """What half of the draws of the pilot plan are above, of the county's measure."""
    ensemble = run(scenario(PILOT, ["draws=60"]), 1).ensemble
    return float(np.median(ensemble.of(measure, 0)[ensemble.years.index(year)].astype(np.float64)))


def fitted(path: str) -> dict[str, Any]:
    """A rate of the pilot's region, as its fit left it."""
    rates = yaml.safe_load((ROOT / "scenarios" / "regions" / "jieshou" / "rates.yaml").read_text("utf-8"))
    entry: dict[str, Any] = rates["set"][path]
    return entry


def fitted_spread(path: str) -> float:
    """Deviation of the logarithm of such a rate [1]."""
    return float(fitted(path)["dist"]["lognormal"]["sd"])


def beside(measure: str, times: float, year: int = 2025, op: str = ">=") -> str:
    """A goal set beside what the pilot plan comes to, whatever its region's rates are."""
    return f"{measure}{op}{pilot_median(measure, year) * times:.6g}@{year}"


def noise(draws: int = DRAWS) -> Array:
    """A standard normal sample without luck: its quantiles."""
    return np.asarray(ndtri((np.arange(draws) + 0.5) / draws))


def needed(probability: float, draws: int = DRAWS) -> float:
    """What has to be added to a mean for that share of the sample to be above it."""
    ordered = np.sort(noise(draws))[::-1]
    return -float(ordered[int(np.ceil(probability * draws - 1e-9)) - 1])


def goal(
    value: float, op: Comparison = "at_least", id_: str = "G1", tolerance: float = 0.0, probability: float = 0.8
) -> Goal:
    words = Text("城镇人口", "urban residents")
    target = Target(
        id=id_,
        title=words,
        kind="outcome",
        measure="urban",
        driver=None,
        op=op,
        value=value,
        tolerance=tolerance,
        unit="person",
        written_value=value,
        written_unit="person",
        year=2025,
        source=words,
        note=None,
        reason=None,
        place=Place("x"),
    )
    return Goal(target, 0, probability)


def lever(
    present: float = 0.0,
    low: float = -1.0,
    high: float = 1.0,
    key: str = "a",
    weight: float = 1.0,
    kind: Kind = "times",
) -> Lever:
    name = Text(f"因素{key}", f"lever {key}")
    return Lever(key, kind, key, name, present, low, high, "ratio", Text("给定", "given"), weight)


def around(*means: Callable[[Array], Array], spread: float = 1.0, draws: int = DRAWS) -> Evaluate:
    """Outcomes of goals whose means are functions of the levers [setting, lever]; the noise is common to all."""

    def evaluate(at: Array) -> Kept:
        said = [mean(at)[:, np.newaxis] + spread * noise(draws) for mean in means]
        return np.stack(said).astype(np.float32)

    return evaluate


def asked(goals: Sequence[Goal], levers: Sequence[Lever], probability: float | None = None) -> Asked:
    """probability: of every goal, instead of its own."""
    scenario = resolved("trend", f"draws={DRAWS}")
    all_ = tuple(one if probability is None else replace(one, probability=probability) for one in goals)
    return Asked(JIESHOU / "trend.yaml", scenario, all_, tuple(levers), Start({}, {}), scenario.title)


def question(
    file: Path,
    targets: Sequence[str],
    vary: Sequence[str],
    probability: float | None = None,
    draws: int | None = None,
    weights: Sequence[str] = (),
) -> Asked:
    """What a command asks of a scenario or a seek file."""
    return read(file, Options(tuple(targets), tuple(vary), tuple(weights), probability, draws))
