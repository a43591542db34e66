"""Uncertain inputs: a Sobol design over all parameters, and what each draw makes of a distribution."""

import warnings
from functools import lru_cache

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from sim.model.arrays import Array

_EDGE = 2.0**-40


@lru_cache(maxsize=1)
def sobol(seed: int, dimensions: int, draws: range) -> Array:
    """Scrambled Sobol points in (0, 1), shape [draw, dimension] (Owen 1998, doi:10.1006/jcom.1998.0487); read only.

    Draw i is the same point whichever range it is asked in. The last answer is kept: all regions of a case, and all
    counties of a batch, ask for the same.
    """
    sampler = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    if draws.start:
        sampler.fast_forward(draws.start)
    with warnings.catch_warnings():
        # a number of draws that is no power of two is the user's choice; any prefix stays valid
        warnings.simplefilter("ignore", UserWarning)
        points = sampler.random(len(draws))
    inside: Array = np.clip(points, _EDGE, 1.0 - _EDGE)
    inside.flags.writeable = False
    return inside


def correlate(points: Array, columns: list[int], correlation: Array) -> Array:
    """Points whose columns are joined by a Gaussian copula of that correlation matrix, shape of `points`.

    Raises numpy.linalg.LinAlgError where the matrix is not positive definite.
    """
    joined = points.copy()
    factor = np.linalg.cholesky(correlation)
    joined[:, columns] = ndtr(ndtri(points[:, columns]) @ factor.T)
    return joined


def standard_normal(points: Array) -> Array:
    """Standard normal quantiles of points in (0, 1), shape of `points`."""
    quantiles: Array = ndtri(points)
    return quantiles


def triangular(points: Array, low: float, mode: float, high: float) -> Array:
    """Quantiles of a triangular distribution, shape of `points`."""
    width = high - low
    if width <= 0.0:
        return np.full(points.shape, mode)
    split = (mode - low) / width
    left = low + np.sqrt(points * width * (mode - low))
    right = high - np.sqrt((1.0 - points) * width * (high - mode))
    return np.where(points < split, left, right)
