"""Weighted draws: effective sample size, moments, quantiles, and how far a likelihood must be softened."""

import numpy as np
from numpy.typing import ArrayLike

from sim.model.arrays import Array, Flags


def normalised(logs: Array) -> Array:
    """Weights that sum to 1, of the logarithms of unnormalised ones [draw]. Raises ValueError where none is finite."""
    top = np.max(logs)
    if not np.isfinite(top):
        raise ValueError("no draw has a weight")
    weights = np.exp(logs - top)
    total: Array = weights / weights.sum()
    return total


def effective(weights: Array) -> float:
    """Effective sample size 1/Σw² [draws] of weights that sum to 1.

    Kong, Liu & Wong 1994, doi:10.1080/01621459.1994.10476469.
    """
    return float(1.0 / np.sum(weights**2))


def moments(points: Array, weights: Array) -> tuple[Array, Array]:
    """Mean [theta] and covariance [theta, theta] of weighted points [draw, theta]."""
    mean = np.asarray(weights @ points, dtype=np.float64)
    away = points - mean
    return mean, np.asarray((away * weights[:, np.newaxis]).T @ away, dtype=np.float64)


def quantiles(values: Array, weights: Array, at: ArrayLike) -> Array:
    """Weighted quantiles of draws, linear between the middles of their weights; equal weights give NumPy's own.

    values, weights: [draw]. The positions are (cumulated weight before a draw)/(1 − mean own weight), which for equal
    weights is i/(n − 1).
    """
    counted = weights > 0.0
    values, weights = values[counted], weights[counted]
    order = np.argsort(values, kind="stable")
    sorted_values, own = values[order], weights[order]
    before = np.cumsum(own) - own
    span = before[-1]
    if span <= 0.0:
        return np.full(np.shape(at), sorted_values[-1], dtype=np.float64)
    found: Array = np.interp(np.asarray(at, dtype=np.float64), before / span, sorted_values)
    return found


def softened(base: Array, likelihood: Array, least: float) -> float:
    """The largest exponent in (0, 1] of the likelihood at which the effective sample size is at least `least`.

    base: logarithms of weights before the likelihood [draw]; likelihood: its logarithm [draw]. Found by bisection
    (Del Moral, Doucet & Jasra 2012, doi:10.1007/s11222-011-9271-y).
    """
    if effective(normalised(base + likelihood)) >= least:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = 0.5 * (low + high)
        if effective(normalised(base + middle * likelihood)) >= least:
            low = middle
        else:
            high = middle
    return max(low, 1e-6)


def share(met: Flags, weights: Array, reached: float | None = None) -> tuple[float, float]:
    """Weighted share of draws that meet something, and its Monte Carlo error (one standard error) [1].

    As `sim.run.verdict.probability` with the effective sample size for the number of draws.
    """
    size = effective(weights) if reached is None else reached
    seen = float(np.clip(weights[met].sum(), 0.0, 1.0))
    smoothed = (seen * size + 0.5) / (size + 1.0)
    return seen, float(np.sqrt(smoothed * (1.0 - smoothed) / size))
