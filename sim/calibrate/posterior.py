"""The posterior of one county's fit beyond its mode: is the normal approximation that runs draw from a good one?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.axes import RURAL
from sim.calibrate.batch import run_many
from sim.calibrate.figures import HOUSEHOLDS, figures_of_rows
from sim.calibrate.fit import Fit
from sim.calibrate.knobs import KNOBS
from sim.calibrate.lanes import lanes_of
from sim.calibrate.replay import Decade
from sim.calibrate.weighing import FREEDOM, USABLE, Smoothed, moments, propose, smoothed
from sim.census import CensusRow

Array = NDArray[np.float64]
Density = Callable[[Array], Array]

DRAWS: Final = 2048
SEED: Final = 2020
WAVES: Final = 3


@dataclass(frozen=True, slots=True)
class Check:
    """Draws from an approximation, weighed by the posterior.

    worth: effective sample size over draws [1]; shape: Pareto shape of the weights' tail [1].
    """

    worth: float
    shape: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the approximation at the mode says, and what weighted draws say.

    draws; laplace: check of the normal at the mode; heavy: of the last proposal with heavy tails, whose weighted draws
    give mean [parameter] and covariance [parameter, parameter]; matched: check of the normal with those moments.
    """

    draws: int
    laplace: Check
    heavy: Check
    matched: Check
    mean: Array
    covariance: Array

    @property
    def is_sure(self) -> bool:
        """Whether the weighted draws are good enough to say what the moments are."""
        return self.heavy.shape < USABLE


def explore(density: Density, mode: Array, covariance: Array, draws: int = DRAWS, seed: int = SEED) -> Posterior:
    """Weigh draws of the normal at the mode, and of proposals with heavy tails moved to where the weights lie.

    density: logarithm of the posterior's density of points [draw, parameter], up to a constant. Adaptive importance
    sampling (Cappé, Guillin, Marin & Robert 2004, doi:10.1198/106186004X12803), the last wave alone counted.
    """
    laplace, _, _ = _weighed(density, mode, covariance, draws, seed, None)
    centre, scale = mode, covariance
    for wave in range(WAVES):
        found, weights, points = _weighed(density, centre, scale, draws, seed + 1 + wave, FREEDOM)
        mean, spread = moments(points, weights)
        if found.shape < 0.5 and wave:
            break
        # few draws may carry the weight of an early wave: the step is held back by how few they are
        trust = found.worth / (found.worth + len(mode) / draws)
        centre, scale = mean, trust * spread + (1.0 - trust) * scale
    matched, _, _ = _weighed(density, mean, spread, draws, seed + 9, None)
    return Posterior(draws, laplace, found, matched, mean, spread)


def _weighed(
    density: Density, centre: Array, scale: Array, draws: int, seed: int, freedom: float | None
) -> tuple[Check, Array, Array]:
    drawn = propose(centre, scale, draws, seed, freedom)
    found: Smoothed = smoothed(density(drawn.points) - drawn.logs)
    return Check(found.worth / draws, found.shape), found.weights, drawn.points


def density_of(decade: Decade, second: CensusRow, jobs: int = 2) -> Density:
    """Logarithm of the posterior's density that `sim.calibrate.fit.fit` maximizes, for many knobs at once."""
    target = figures_of_rows([second]).without(HOUSEHOLDS)
    lanes = lanes_of([_with_countryside(decade)], [None], KNOBS)
    deviations = np.array([knob.deviation for knob in KNOBS])

    def density(knobs: Array) -> Array:
        rows = lanes.take(np.zeros(len(knobs), dtype=np.int64))
        misfit = (np.log(np.maximum(run_many(rows, knobs, jobs), 1.0)) - target.logs) * target.weights
        return np.asarray(-0.5 * ((misfit**2).sum(axis=1) + ((knobs / deviations) ** 2).sum(axis=1)), dtype=np.float64)

    return density


def _with_countryside(decade: Decade) -> Decade:
    """Lanes keep people out of villages that are none; the fit of one county does not, and is what is checked here."""
    if decade.pop[RURAL].any():
        return decade
    pop = decade.pop.copy()
    pop[RURAL] += 1e-12
    return replace(decade, pop=pop)


def posterior(decade: Decade, second: CensusRow, fit: Fit, draws: int = DRAWS, jobs: int = 2) -> Posterior:
    """The posterior of a county's knobs around its fit."""
    return explore(density_of(decade, second, jobs), fit.knobs, fit.covariance, draws)
