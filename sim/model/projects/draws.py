"""What chance makes of projects: durations and costs, drawn once a group of draws."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.model.arrays import Array
from sim.model.draws import normal
from sim.model.draws.rng import uniforms
from sim.model.draws.sampling import triangular
from sim.model.projects.months import GRID, month_of
from sim.model.projects.project import Chance, Project
from sim.model.projects.stages import Draws

_BELOW_ONE: Final = 1.0 - 2.0**-53


def drawn(projects: Sequence[Project], seed: int, groups: range, base_year: int) -> Draws:
    """Durations and costs of every project, a row a group.

    Keyed by (seed, project, stage, group): they depend on neither the other projects nor on how groups are asked for.
    A project in approval or construction at the base year's end is known not to have finished by then.
    """
    end = month_of(base_year + 1)
    by_project = [_of_project(project, seed, groups, end) for project in projects]
    shape = len(projects), len(groups)
    found = (np.array([numbers[kind] for numbers in by_project]).reshape(shape).T for kind in range(5))
    return Draws(*map(np.ascontiguousarray, found))  # of one layout, whole or in parts: kernels are compiled for each


def quantiles(chance: Chance, points: Array) -> Array:
    """Quantiles of an uncertain number at points in (0, 1), shape of `points`.

    Raises ValueError for a normal distribution, which has no lower end.
    """
    dist = chance.dist
    if dist.kind == "certain":
        return np.full(points.shape, chance.central)
    if dist.kind == "lognormal":
        return chance.central * np.exp(dist.sd * normal.quantiles(points))
    if dist.kind == "uniform":
        return dist.low + (dist.high - dist.low) * points
    if dist.kind == "triangular":
        return triangular(points, dist.low, chance.central, dist.high)
    raise ValueError(f"a duration or cost cannot be {dist.kind}")


def probability_below(chance: Chance, value: float) -> float:
    """The probability that an uncertain number above 0 is at most `value` [1]."""
    dist = chance.dist
    if dist.kind == "certain" or value <= 0.0:
        return float(value >= chance.central and value > 0.0)
    if dist.kind == "lognormal":
        return float(normal.below(np.array(np.log(value / chance.central) / dist.sd)))
    if not dist.low < value < dist.high:
        return float(value >= dist.high)
    if dist.kind == "uniform":
        return (value - dist.low) / (dist.high - dist.low)
    return _below_triangular(value, dist.low, chance.central, dist.high)


def _below_triangular(value: float, low: float, mode: float, high: float) -> float:
    if value <= mode:
        return (value - low) ** 2 / ((high - low) * (mode - low))
    return 1.0 - (high - value) ** 2 / ((high - low) * (high - mode))


def _of_project(project: Project, seed: int, groups: range, end: float) -> tuple[Array, ...]:
    elapsed = max(end - project.begins, 0.0)
    inside = {"approval": 0.0, "construction": 0.0} | {project.stage: elapsed}
    approval = _duration(project.approval, project, "approval", seed, groups, inside["approval"])
    construction = _duration(project.construction, project, "construction", seed, groups, inside["construction"])
    opening = _duration(project.opening, project, "opening", seed, groups, 0.0)
    investment = np.rint(quantiles(project.cost, _points(project, "cost", seed, groups)))
    return approval, construction, opening, np.rint(project.budget_share * investment), investment


def _points(project: Project, stage: str, seed: int, groups: range) -> Array:
    return uniforms(seed, f"project/{project.id}/{stage}", groups)[:, 0]


def _duration(chance: Chance, project: Project, stage: str, seed: int, groups: range, elapsed: float) -> Array:
    """A duration that is known to be longer than what has elapsed [month], on the grid of times."""
    if chance.dist.kind == "certain":
        months = np.full(len(groups), chance.central)
    else:
        over = probability_below(chance, elapsed)
        points = np.minimum(over + (1.0 - over) * _points(project, stage, seed, groups), _BELOW_ONE)
        months = quantiles(chance, points) if over < 1.0 else np.full(len(groups), elapsed)
    return np.maximum(np.rint(months * GRID) / GRID, elapsed)
