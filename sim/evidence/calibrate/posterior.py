"""The posterior of one county's fit beyond its mode: how good the normal is that runs draw from."""

from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.batch import Ran, run_many
from sim.evidence.calibrate.figures import HOUSEHOLDS, figures_of_rows
from sim.evidence.calibrate.fit import Fit, county
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.replay import Decade
from sim.evidence.inference.distributions import Normal, Student
from sim.evidence.inference.pareto import Check
from sim.evidence.inference.sampler import Density, Waves, adapted
from sim.evidence.inference.weights import effective, moments
from sim.model.arrays import Array
from sim.places.census import CensusRow

DRAWS: Final = 1024
WAVES: Final = 4
SEED: Final = 2020


@quickclass(frozen=True, slots=True)
class Posterior:
    """The posterior beside its normal approximation.

    laplace: check of draws of the normal at the mode; weighed: of all waves together, whose weighted draws give mean
    [theta] and covariance [theta, theta]; draws: of all waves.
    """

    draws: int
    laplace: Check
    weighed: Check
    mean: Array
    covariance: Array


def explore(density: Density, mode: Array, covariance: Array, draws: int = DRAWS, seed: int = SEED) -> Posterior:
    """Weigh draws of the normal at the mode; then waves of heavy tails, each from where the weights lay before.

    density: logarithm of the posterior's density of points [draw, theta], up to a constant; draws: of a wave, best
    a power of two.
    """

    def wave(of: Normal | Student, number: int) -> Waves:
        points = of.draw(draws, seed + number)
        return Waves((of.log_density,), points, density(points))

    def another(waves: Waves) -> Waves:
        found = waves.smoothed
        mean, spread = moments(waves.points, found.weights)
        # few draws may carry the weight of an early wave: its spread is held to the first as far as they are few
        trust = (size := effective(found.weights)) / (size + len(mode))
        return wave(Student(mean, _root(trust * spread + (1.0 - trust) * covariance)), 1 + waves.count)

    root = _root(covariance)
    laplace = wave(Normal(mode, root), 0).smoothed.check
    waves = adapted(wave(Student(mode, root), 1), another, lambda waves: waves.count == WAVES)
    found = waves.smoothed
    return Posterior(len(waves.points), laplace, found.check, *moments(waves.points, found.weights))


def _root(covariance: Array) -> Array:
    return np.asarray(np.linalg.cholesky(covariance), dtype=np.float64)


def density_of(decade: Decade, second: CensusRow, jobs: int = 2, ran: Ran | None = None) -> Density:
    """Logarithm of the posterior's density that `sim.evidence.calibrate.fit.fit` maximizes, at many points."""
    target = figures_of_rows([second]).without(HOUSEHOLDS)
    lanes = county(decade)
    deviations = np.array([parameter.deviation for parameter in FREE_PARAMETERS])

    def density(parameters: Array) -> Array:
        rows = lanes.take(np.zeros(len(parameters), dtype=np.int64))
        misfit = (np.log(np.maximum(run_many(rows, parameters, jobs, ran), 1.0)) - target.logs) * target.weights
        return np.asarray(
            -0.5 * ((misfit**2).sum(axis=1) + ((parameters / deviations) ** 2).sum(axis=1)), dtype=np.float64
        )

    return density


def posterior(
    decade: Decade, second: CensusRow, fit: Fit, draws: int = DRAWS, jobs: int = 2, ran: Ran | None = None
) -> Posterior:
    """The posterior of a county's parameters around its fit. ran: is told of the decades that were run."""
    return explore(density_of(decade, second, jobs, ran), fit.parameters, fit.covariance, draws)
