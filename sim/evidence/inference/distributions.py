"""Distributions that draws are taken from: the normal, and Student's t for heavy tails."""

from typing import Final

import numpy as np
from scipy.special import ndtri
from scipy.stats import chi2, qmc

from sim.common.quickclass import quickclass
from sim.evidence.inference.weights import effective, moments
from sim.model.arrays import Array

FREEDOM: Final = 5.0
"""Degrees of freedom of the proposal with heavy tails."""

_LEAST_DEVIATION: Final = 0.05
"""Smallest deviation of a fitted normal along any direction, in those of the prior [1]."""


@quickclass(frozen=True, slots=True)
class Normal:
    """A normal distribution of inputs. mean [input]; factor: lower triangular root of its covariance [input, input]."""

    mean: Array
    factor: Array

    def draw(self, draws: int, seed: int) -> Array:
        """Points of a scrambled Sobol sequence [draw, input]; `draws` is best a power of two."""
        return np.asarray(self.mean + ndtri(_sobol(len(self.mean), draws, seed)[:, :-1]) @ self.factor.T)

    def log_density(self, points: Array) -> Array:
        """Logarithm of the density at points [draw, input] → [draw], but for a constant of the dimension."""
        return np.asarray(-0.5 * self._square(points) - np.log(np.diag(self.factor)).sum())

    def log_ratio(self, points: Array) -> Array:
        """Logarithm of the density over that of the standard normal, at points [draw, input] → [draw]."""
        away = 0.5 * ((points**2).sum(axis=1) - self._square(points))
        return np.asarray(away - np.log(np.diag(self.factor)).sum())

    def _square(self, points: Array) -> Array:
        return np.asarray((np.linalg.solve(self.factor, (points - self.mean).T) ** 2).sum(axis=0))


@quickclass(frozen=True, slots=True)
class Student:
    """Student's t with FREEDOM degrees of freedom. mean [input]; factor: lower triangular root of its scale."""

    mean: Array
    factor: Array

    def draw(self, draws: int, seed: int) -> Array:
        """Points of a scrambled Sobol sequence [draw, input]; `draws` is best a power of two."""
        uniforms = _sobol(len(self.mean), draws, seed)
        stretch = FREEDOM / chi2.ppf(uniforms[:, -1], FREEDOM)
        return np.asarray(self.mean + (ndtri(uniforms[:, :-1]) * np.sqrt(stretch)[:, np.newaxis]) @ self.factor.T)

    def log_density(self, points: Array) -> Array:
        """Logarithm of the density at points [draw, input] → [draw], but for a constant of the dimension."""
        square = (np.linalg.solve(self.factor, (points - self.mean).T) ** 2).sum(axis=0)
        tail = 0.5 * (FREEDOM + len(self.mean)) * np.log1p(square / FREEDOM)
        return np.asarray(-np.log(np.diag(self.factor)).sum() - tail)


def fitted(points: Array, weights: Array) -> Normal:
    """The normal of weighted points [draw, input], drawn towards the standard normal where draws are few."""
    mean, covariance = moments(points, weights)
    size = effective(weights)
    hold = points.shape[1] / (points.shape[1] + size)
    mixed = (1.0 - hold) * covariance + hold * np.eye(len(mean))
    values, vectors = np.linalg.eigh(mixed)
    held = (vectors * np.maximum(values, _LEAST_DEVIATION**2)) @ vectors.T
    return Normal((1.0 - hold) * mean, np.linalg.cholesky(held))


def _sobol(size: int, draws: int, seed: int) -> Array:
    """Uniforms of each input and one more [draw, input + 1], kept off 0 and 1; the same for the same seed."""
    uniforms = qmc.Sobol(size + 1, scramble=True, rng=np.random.default_rng(seed)).random(draws)
    return np.asarray(np.clip(uniforms, 2.0**-40, 1.0 - 2.0**-40))
