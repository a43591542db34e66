"""The posterior of one county's fit beyond its mode: how good the normal is that runs draw from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import logsumexp

from sim.evidence.calibrate.batch import run_many
from sim.evidence.calibrate.figures import HOUSEHOLDS, figures_of_rows
from sim.evidence.calibrate.fit import Fit, county
from sim.evidence.calibrate.knobs import KNOBS
from sim.evidence.calibrate.replay import Decade
from sim.evidence.inference.weighing import FREEDOM, USABLE, moments, propose, smoothed, student_logs
from sim.model.arrays import Array
from sim.places.census import CensusRow

Density = Callable[[Array], Array]

DRAWS: Final = 1024
WAVES: Final = 4
SEED: Final = 2020


@dataclass(frozen=True, slots=True)
class Check:
    """Draws weighed by the posterior.

    worth: effective sample size over draws [1]; shape: Pareto shape of the weights' tail [1].
    """

    worth: float
    shape: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """The posterior beside its normal approximation.

    laplace: check of draws of the normal at the mode; weighed: of all waves together, whose weighted draws give mean
    [parameter] and covariance [parameter, parameter]; draws: of all waves.
    """

    draws: int
    laplace: Check
    weighed: Check
    mean: Array
    covariance: Array

    @property
    def is_sure(self) -> bool:
        """Whether the weighted draws are good enough to say what the moments are."""
        return self.weighed.shape < USABLE


def explore(density: Density, mode: Array, covariance: Array, draws: int = DRAWS, seed: int = SEED) -> Posterior:
    """Weigh draws of the normal at the mode; then waves of heavy tails, each from where the weights lay before.

    density: logarithm of the posterior's density of points [draw, parameter], up to a constant; draws: of a wave, best
    a power of two. All waves count, weighed against their mixture (adaptive multiple importance sampling: Cornuet,
    Marin, Mira & Robert 2012, doi:10.1111/j.1467-9469.2011.00756.x).
    """
    first = propose(mode, covariance, draws, seed)
    plain = smoothed(density(first.points) - first.logs)
    points, logs = np.empty((0, len(mode))), np.empty(0)
    waves: list[tuple[Array, Array]] = []
    centre, scale = mode, covariance
    for wave in range(WAVES):
        drawn = propose(centre, scale, draws, seed + 1 + wave, FREEDOM).points
        points, logs = np.concatenate([points, drawn]), np.concatenate([logs, density(drawn)])
        waves.append((centre, scale))
        mixture = logsumexp(np.stack([student_logs(points, *one, FREEDOM) for one in waves]), axis=0)
        found = smoothed(logs - mixture)
        mean, spread = moments(points, found.weights)
        # few draws may carry the weight of an early wave: its spread is held to the first as far as they are few
        trust = found.worth / (found.worth + len(mode))
        centre, scale = mean, trust * spread + (1.0 - trust) * covariance
    total = len(points)
    checks = Check(plain.worth / draws, plain.shape), Check(found.worth / total, found.shape)
    return Posterior(total, *checks, mean, spread)


def density_of(decade: Decade, second: CensusRow, jobs: int = 2) -> Density:
    """Logarithm of the posterior's density that `sim.evidence.calibrate.fit.fit` maximizes, for many knobs at once."""
    target = figures_of_rows([second]).without(HOUSEHOLDS)
    lanes = county(decade)
    deviations = np.array([knob.deviation for knob in KNOBS])

    def density(knobs: Array) -> Array:
        rows = lanes.take(np.zeros(len(knobs), dtype=np.int64))
        misfit = (np.log(np.maximum(run_many(rows, knobs, jobs), 1.0)) - target.logs) * target.weights
        return np.asarray(-0.5 * ((misfit**2).sum(axis=1) + ((knobs / deviations) ** 2).sum(axis=1)), dtype=np.float64)

    return density


def posterior(decade: Decade, second: CensusRow, fit: Fit, draws: int = DRAWS, jobs: int = 2) -> Posterior:
    """The posterior of a county's knobs around its fit."""
    return explore(density_of(decade, second, jobs), fit.knobs, fit.covariance, draws)
