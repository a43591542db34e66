"""Whether an approximate posterior is good enough to draw from: importance weights, and a check of the weights."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtri
from scipy.stats import chi2, qmc

from sim.model.arrays import Array

GOOD: Final = 0.5
"""Shape of the weights' tail up to which estimates converge at the usual rate [1]."""

USABLE: Final = 0.7
"""Shape from which importance weights are not to be trusted [1] (Vehtari et al. 2024)."""

FREEDOM: Final = 5.0
"""Degrees of freedom of the proposal with heavy tails."""


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Weights with a smoothed tail.

    weights: sum to 1 [draw]; shape: of the generalized Pareto distribution fitted to the largest raw weights [1].
    """

    weights: Array
    shape: float

    @property
    def worth(self) -> float:
        """Effective sample size 1/Σw² [draws]."""
        return float(1.0 / np.sum(self.weights**2))


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


@dataclass(frozen=True, slots=True)
class Proposal:
    """Draws around a mode, and the logarithm of the density they came from (up to a constant).

    points [draw, parameter]; logs [draw].
    """

    points: Array
    logs: Array


def propose(mode: Array, covariance: Array, draws: int, seed: int, freedom: float | None = None) -> Proposal:
    """Draws of a normal around the mode, or of Student's t with `freedom`; the same for the same seed.

    mode [parameter]; covariance, of the t its scale [parameter, parameter]. Points are a scrambled Sobol sequence, so
    `draws` is best a power of two.
    """
    size = len(mode)
    uniforms = qmc.Sobol(size + 1, scramble=True, rng=np.random.default_rng(seed)).random(draws)
    uniforms = np.clip(uniforms, 2.0**-40, 1.0 - 2.0**-40)
    normal = ndtri(uniforms[:, :size])
    square = (normal**2).sum(axis=1)
    if freedom is None:
        return Proposal(mode + normal @ np.linalg.cholesky(covariance).T, -0.5 * square)
    stretch = freedom / chi2.ppf(uniforms[:, size], freedom)
    points = mode + (normal * np.sqrt(stretch)[:, np.newaxis]) @ np.linalg.cholesky(covariance).T
    return Proposal(points, student_logs(points, mode, covariance, freedom))


def student_logs(points: Array, mode: Array, scale: Array, freedom: float) -> Array:
    """Logarithm of the density of Student's t [draw] at points [draw, parameter], but for a constant of the freedom."""
    root = np.linalg.cholesky(scale)
    square = (np.linalg.solve(root, (points - mode).T) ** 2).sum(axis=0)
    tail = 0.5 * (freedom + len(mode)) * np.log1p(square / freedom)
    return np.asarray(-np.log(np.diag(root)).sum() - tail, dtype=np.float64)


def moments(points: Array, weights: Array) -> tuple[Array, Array]:
    """Mean [parameter] and covariance [parameter, parameter] of weighted points [draw, parameter]."""
    mean = np.asarray(weights @ points, dtype=np.float64)
    away = points - mean
    return mean, np.asarray((away * weights[:, np.newaxis]).T @ away, dtype=np.float64)
