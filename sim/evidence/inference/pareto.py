"""Importance weights with a smoothed tail, and whether they are good enough to trust what they say."""

from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.inference.weights import effective
from sim.model.arrays import Array

USABLE: Final = 0.7
"""Pareto shape from which importance weights are not to be trusted [1] (Vehtari et al. 2024)."""


@quickclass(frozen=True, slots=True)
class Check:
    """How good draws of an approximation are: effective sample size over draws, and Pareto shape of the weights [1]."""

    efficiency: float
    shape: float


@quickclass(frozen=True, slots=True)
class Smoothed:
    """Weights with a smoothed tail.

    weights: sum to 1 [draw]; shape: of the generalized Pareto distribution fitted to the largest raw weights [1].
    """

    weights: Array
    shape: float

    @property
    def check(self) -> Check:
        """How good the draws are."""
        return Check(effective(self.weights) / len(self.weights), self.shape)


def smoothed(logs: Array) -> Smoothed:
    """Pareto-smoothed importance weights of the logarithms of raw ones [draw].

    Vehtari, Simpson, Gelman, Yao & Gabry 2024, doi:10.48550/arXiv.1507.02646. Raises ValueError where no weight is
    finite.
    """
    top = float(np.max(logs))
    if not np.isfinite(top):
        raise ValueError("no draw has a weight")
    raw = np.exp(logs - top)
    size = len(raw)
    tail = int(np.ceil(min(0.2 * size, 3.0 * np.sqrt(size))))
    order = np.argsort(raw, kind="stable")
    largest, cut = order[-tail:], float(raw[order[-tail - 1]])
    excess = raw[largest] - cut
    if tail < 5 or excess[-1] <= 1e-12:
        return Smoothed(raw / raw.sum(), 0.0 if excess[-1] <= 1e-12 else np.inf)
    shape, scale = _pareto(excess)
    at = (np.arange(tail) + 0.5) / tail
    raw = raw.copy()
    raw[largest] = np.minimum(cut + _quantiles(at, shape, scale), 1.0)
    return Smoothed(raw / raw.sum(), shape)


def _quantiles(at: Array, shape: float, scale: float) -> Array:
    if abs(shape) < 1e-9:
        return np.asarray(-scale * np.log1p(-at), dtype=np.float64)
    return np.asarray(scale * np.expm1(-shape * np.log1p(-at)) / shape, dtype=np.float64)


def _pareto(excess: Array) -> tuple[float, float]:
    """Shape and scale of a generalized Pareto distribution of sorted excesses.

    Zhang & Stephens 2009, doi:10.1198/tech.2009.08017, with the weak prior of Vehtari et al. on the shape.
    """
    size = len(excess)
    grid = 30 + int(np.sqrt(size))
    quarter = float(excess[int(size / 4 + 0.5) - 1])
    theta = 1.0 / excess[-1] + (1.0 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))) / (3.0 * max(quarter, 1e-300))
    shapes = np.log1p(-theta[:, np.newaxis] * excess).mean(axis=1)
    fit = size * (np.log(-theta / shapes) - shapes - 1.0)
    weights = 1.0 / np.exp(fit - fit[:, np.newaxis]).sum(axis=1)
    best = float((theta * weights).sum() / weights.sum())
    shape = float(np.log1p(-best * excess).mean())
    return (size * shape + 10.0 * 0.5) / (size + 10.0), -shape / best
