"""Many counties fitted to their two censuses at once: a lane of one run is a county, or one parameter of it changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.figures import N_FIGURES, Figures
from sim.evidence.calibrate.replay import Lanes, end_figures
from sim.model.arrays import Array, Flags, Integers

Ran = Callable[[int], None]
"""Told how many decades more of a county were run, by whatever thread ran them."""
Run = Callable[[Lanes, Array], Array]
"""Figures at the end of the decade [lane, figure] with these parameters [lane, theta]."""
BLOCK: Final = 64
"""Lanes stepped together: few enough to stay in cache."""

STEP: Final = 1e-4
"""Change of a parameter, in units of its prior deviation, by which slopes are taken."""

_GAIN, _LOSS, _FIRST_DAMPING = 0.2, 5.0, 1e-3


@quickclass(frozen=True, slots=True)
class Belief:
    """What is believed before the second census: mean [county, theta], precision [theta, theta]."""

    mean: Array
    precision: Array

    @property
    def deviations(self) -> Array:
        """Standard deviation of each parameter [theta]."""
        return np.asarray(np.sqrt(np.diag(np.linalg.inv(self.precision))), dtype=np.float64)


@quickclass(frozen=True, slots=True)
class Fits:
    """Fitted parameters that best reproduce each county's second census.

    parameters [county, theta]; fitted: figures of the run at the parameters [county, figure]; slopes: change of the
    logarithm of each figure with each parameter [county, figure, theta]; precision: of the Laplace
    approximation [county, theta, theta]; converged [county].
    """

    parameters: Array
    fitted: Array
    slopes: Array
    precision: Array
    converged: Flags

    @property
    def covariance(self) -> Array:
        """Posterior covariance of the parameters [county, theta, theta]."""
        return np.asarray(np.linalg.inv(self.precision), dtype=np.float64)


def run_many(lanes: Lanes, parameters: Array, jobs: int = 2, ran: Ran | None = None) -> Array:
    """Figures at the end of the decade [lane, figure] with these parameters [lane, theta], on `jobs` threads.

    ran: is told of the decades that were run.
    """
    blocks = [slice(first, first + BLOCK) for first in range(0, len(parameters), BLOCK)]

    def one(block: slice) -> Array:
        found = end_figures(lanes.part(block), parameters[block])
        if ran is not None:
            ran(len(parameters[block]))
        return found

    if len(blocks) == 1:  # most often of one county, for which threads would take as long as its years
        return one(blocks[0])
    with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
        parts = list(pool.map(one, blocks))
    return np.concatenate(parts) if parts else np.zeros((0, N_FIGURES))


def fit_many(
    lanes: Lanes,
    target: Figures,
    belief: Belief,
    jobs: int = 2,
    most: int = 40,
    begin: Array | None = None,
    ran: Ran | None = None,
) -> Fits:
    """Fit every county to its target by Levenberg–Marquardt, each with its own damping.

    Marquardt 1963, doi:10.1137/0111030; slopes by differences. A county's result does not depend on the others of the
    batch. ran: is told of the decades that were run.
    """
    run = partial(run_many, jobs=jobs, ran=ran)
    search = _Search(lanes, target, belief, run, belief.mean if begin is None else begin)
    for _ in range(most):
        if not search.active.any():
            break
        search.improve()
    return search.result()


class _Search:
    """State of the search: where each county stands, its cost, its damping, whether it still moves."""

    def __init__(self, lanes: Lanes, target: Figures, belief: Belief, run: Run, begin: Array) -> None:
        self.of, self.target, self.belief, self.run = lanes, target, belief, run
        self.parameters = begin.copy()
        self.deviations = belief.deviations
        count = len(self.parameters)
        self.damping = np.full(count, _FIRST_DAMPING)
        self.active = np.ones(count, dtype=np.bool_)
        self.fitted = run(lanes, self.parameters)
        self.cost = self._cost(self.fitted, self.parameters, np.arange(count))
        self.slopes = np.zeros((*self.fitted.shape, self.parameters.shape[1]))
        self.fresh = np.zeros(count, dtype=np.bool_)

    def improve(self) -> None:
        """One step of every county that still moves; it is taken where the cost falls."""
        rows = np.flatnonzero(self.active)
        stale = rows[~self.fresh[rows]]
        self.slopes[stale] = slopes(self.of, self.parameters, self.fitted, self.deviations * STEP, stale, self.run)
        self.fresh[stale] = True
        gradient, curvature = self._normal(rows)
        scale = np.einsum("ikk->ik", curvature)
        damped = curvature + np.einsum("ik,kl->ikl", self.damping[rows, np.newaxis] * scale, np.eye(scale.shape[1]))
        move = -np.linalg.solve(damped, gradient[..., np.newaxis])[..., 0]
        tried = self.parameters[rows] + move
        fitted = self.run(self.of.take(rows), tried)
        cost = self._cost(fitted, tried, rows)
        better = cost < self.cost[rows]
        small = np.abs(move / self.deviations).max(axis=1) < 1e-4
        fall = self.cost[rows] - cost
        done = small | (better & (fall < 1e-7 * self.cost[rows])) | (self.damping[rows] > 1e8)
        self.damping[rows] = np.maximum(self.damping[rows] * np.where(better, _GAIN, _LOSS), 1e-12)
        taken = rows[better]
        self.parameters[taken], self.fitted[taken], self.cost[taken] = tried[better], fitted[better], cost[better]
        self.fresh[taken] = False
        self.active[rows[done]] = False

    def _misfit(self, fitted: Array, rows: Integers) -> Array:
        return (np.log(np.maximum(fitted, 1.0)) - self.target.logs[rows]) * self.target.weights[rows]

    def _cost(self, fitted: Array, parameters: Array, rows: Integers) -> Array:
        away = parameters - self.belief.mean[rows]
        prior = np.einsum("ik,kl,il->i", away, self.belief.precision, away)
        return np.asarray((self._misfit(fitted, rows) ** 2).sum(axis=1) + prior, dtype=np.float64)

    def _normal(self, rows: Integers) -> tuple[Array, Array]:
        weighted = self.slopes[rows] * self.target.weights[rows][..., np.newaxis]
        misfit = self._misfit(self.fitted[rows], rows)
        away = self.parameters[rows] - self.belief.mean[rows]
        gradient = np.einsum("ifk,if->ik", weighted, misfit) + away @ self.belief.precision
        return gradient, np.matmul(weighted.transpose(0, 2, 1), weighted) + self.belief.precision

    def result(self) -> Fits:
        """Where the search ended, with slopes taken there."""
        rows = np.flatnonzero(~self.fresh)
        self.slopes[rows] = slopes(self.of, self.parameters, self.fitted, self.deviations * STEP, rows, self.run)
        _, curvature = self._normal(np.arange(len(self.parameters)))
        return Fits(self.parameters, self.fitted, self.slopes, curvature, ~self.active)


def slopes(of: Lanes, parameters: Array, fitted: Array, change: Array, rows: Integers, run: Run) -> Array:
    """Change of the logarithm of each figure with each parameter, [row, figure, theta], by one-sided differences."""
    n_parameters = parameters.shape[1]
    lanes = np.repeat(rows, n_parameters)
    moved = parameters[lanes] + np.tile(np.diag(change), (len(rows), 1))
    changed = np.log(np.maximum(run(of.take(lanes), moved), 1.0))
    base = np.log(np.maximum(fitted[rows], 1.0))
    difference = changed.reshape(len(rows), n_parameters, fitted.shape[1]) - base[:, np.newaxis]
    return np.asarray((difference / change[:, np.newaxis]).transpose(0, 2, 1), dtype=np.float64)
