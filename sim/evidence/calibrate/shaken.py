"""Draws of a fit's posterior: figures and prior are shaken by their own errors, and the county is fitted again.

Randomised maximum likelihood (Oliver, He & Reynolds 1996; Chen & Oliver 2012, doi:10.1007/s11004-011-9376-z): exact
where runs are linear in the parameters, and following their bends where they are not, as the normal at the mode does
not. Every fit starts from where it would end if runs were linear.
"""

from typing import Final

import numpy as np

from sim.evidence.calibrate.batch import Belief, Fits, Ran, fit_many
from sim.evidence.calibrate.figures import Figures
from sim.evidence.calibrate.replay import Lanes
from sim.model.arrays import Array

DRAWS: Final = 128
SEED: Final = 2020
STEPS: Final = 4
"""Steps after which a draw is taken as it is."""

FARTHEST: Final = 4.0
"""Prior deviations from the mode within which a fit starts."""


def spread_of(drawn: Array) -> Array:
    """Covariance of draws [..., draw, theta] around their mean [..., theta, theta]."""
    away = drawn - drawn.mean(axis=-2, keepdims=True)
    return np.asarray(np.swapaxes(away, -1, -2) @ away / (drawn.shape[-2] - 1), dtype=np.float64)


def standard(rng: np.random.Generator, shape: tuple[int, int, int]) -> Array:
    """Standard normal numbers [county, draw, number]; where draws are more, with mean 0 and covariance 1 to the digit.

    Second-order exact sampling (Pham 2001, Monthly Weather Review 129): else the covariance of 128 fits of 21
    parameters would be so uncertain that, were runs linear, an ellipsoid made of it for 80% would hold 59%.
    """
    found = rng.standard_normal(shape)
    draws, numbers = shape[1:]
    if draws <= numbers:
        return found
    left, _, right = np.linalg.svd(found - found.mean(axis=1, keepdims=True), full_matrices=False)
    return np.asarray(np.sqrt(draws - 1.0) * left @ right, dtype=np.float64)


def shaken(
    lanes: Lanes,
    target: Figures,
    found: Fits,
    belief: Belief,
    draws: int = DRAWS,
    seed: int = SEED,
    jobs: int = 1,
    ran: Ran | None = None,
) -> Array:
    """Parameters of every draw of every county [county, draw, theta].

    found: the fit of each county to its target, believing `belief`; ran: is told of the decades that were run.
    """
    counties, size = found.parameters.shape
    if not draws:
        return np.zeros((counties, 0, size))
    n_figures = target.logs.shape[1]
    errors = np.divide(1.0, target.weights, out=np.zeros_like(target.weights), where=target.known)
    shakes = standard(np.random.default_rng(seed), (counties, draws, n_figures + size))
    figures = shakes[..., :n_figures] * errors[:, np.newaxis]
    prior = shakes[..., n_figures:] @ np.linalg.cholesky(np.linalg.inv(belief.precision)).T
    weighted = found.slopes * target.weights[..., np.newaxis] ** 2
    pull = np.einsum("ifk,idf->idk", weighted, figures) + prior @ belief.precision
    move = np.einsum("ikl,idl->idk", found.covariance, pull)
    limit = FARTHEST * belief.deviations
    begin = found.parameters[:, np.newaxis] + np.clip(move, -limit, limit)
    rows = np.repeat(np.arange(counties), draws)
    moved = Figures(target.logs[rows] + figures.reshape(len(rows), -1), target.weights[rows])
    around = Belief(belief.mean[rows] + prior.reshape(len(rows), -1), belief.precision)
    again = fit_many(lanes.take(rows), moved, around, jobs, most=STEPS, begin=begin.reshape(len(rows), -1), ran=ran)
    return again.parameters.reshape(counties, draws, size)
