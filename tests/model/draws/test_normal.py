"""The standard normal: SciPy's own, to a few units in the last place."""

import numpy as np
from scipy.special import ndtr, ndtri

from sim.model.draws.normal import below, quantiles

RANDOM = np.random.default_rng(1)


def test_quantiles_are_those_of_scipy_into_both_tails() -> None:
    points = np.concatenate([RANDOM.random((100, 40)), 10.0 ** -RANDOM.uniform(0, 300, (100, 40))])
    points = np.concatenate([points, 1.0 - 10.0 ** -RANDOM.uniform(0, 15, (100, 40))])
    np.testing.assert_allclose(quantiles(points), ndtri(points), rtol=2e-15, atol=1e-16)
    np.testing.assert_array_equal(quantiles(np.array([0.0, 0.5, 1.0])), [-np.inf, 0.0, np.inf])


def test_what_is_below_is_that_of_scipy_and_undoes_the_quantile() -> None:
    values = RANDOM.uniform(-30.0, 8.0, (100, 40))
    np.testing.assert_allclose(below(values), ndtr(values), rtol=1e-12)
    points = RANDOM.random(1000)
    np.testing.assert_allclose(below(quantiles(points)), points, rtol=1e-13)
