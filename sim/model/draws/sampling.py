"""What a draw makes of a distribution: quantiles of points in (0, 1), and points that are correlated."""

import numpy as np

from sim.model.arrays import Array
from sim.model.draws import normal


def correlate(points: Array, columns: list[int], correlation: Array) -> Array:
    """Points whose columns are joined by a Gaussian copula of that correlation matrix, shape of `points`.

    Raises numpy.linalg.LinAlgError where the matrix is not positive definite.
    """
    joined = points.copy()
    factor = np.linalg.cholesky(correlation)
    # not a product of BLAS, whose threads go on waiting for more after it and take a core from the kernels
    joined[:, columns] = normal.below(np.einsum("ij,kj->ik", normal.quantiles(points[:, columns]), factor))
    return joined


def triangular(points: Array, low: float, mode: float, high: float) -> Array:
    """Quantiles of a triangular distribution, shape of `points`."""
    width = high - low
    if width <= 0.0:
        return np.full(points.shape, mode)
    split = (mode - low) / width
    left = low + np.sqrt(points * width * (mode - low))
    right = high - np.sqrt((1.0 - points) * width * (high - mode))
    return np.where(points < split, left, right)
