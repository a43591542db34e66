"""Importance weights and their check against known cases; the posterior of one county."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, multivariate_t

from sim.evidence.calibrate.posterior import density_of, explore, posterior
from sim.evidence.calibrate.region import calibrate, decade_of
from sim.evidence.inference.distributions import FREEDOM, Normal, Student
from sim.evidence.inference.pareto import USABLE, smoothed
from sim.evidence.inference.weights import effective, moments
from sim.model.arrays import Array
from sim.places.china.national import load_national
from tests.scenarios import ROOT

COVARIANCE = np.array([[2.0, 0.6, 0.0], [0.6, 1.0, -0.3], [0.0, -0.3, 0.5]])
MEAN = np.array([1.0, -2.0, 0.5])


def normal(points: Array) -> Array:
    away = points - MEAN
    return np.asarray(-0.5 * np.einsum("ik,kl,il->i", away, np.linalg.inv(COVARIANCE), away))


@pytest.mark.parametrize("shape", [0.2, 0.5, 0.9])
def test_the_shape_of_a_pareto_tail_is_found(shape: float) -> None:
    """Weights that are Pareto by construction: quantiles of a generalized Pareto distribution of that shape."""
    at = (np.arange(20_000) + 0.5) / 20_000
    raw = (1.0 - at) ** -shape
    found = smoothed(np.log(np.random.default_rng(1).permutation(raw)))
    assert found.shape == pytest.approx(shape, abs=0.06)
    assert found.weights.sum() == pytest.approx(1.0)


def test_equal_weights_are_worth_all_draws() -> None:
    found = smoothed(np.full(500, -3.0))
    assert effective(found.weights) == pytest.approx(500.0)
    assert found.check.efficiency == pytest.approx(1.0)
    assert found.shape == 0.0


@given(st.integers(0, 2**32 - 1), st.floats(0.1, 4.0))
def test_smoothing_keeps_the_order_and_the_small_weights(seed: int, spread: float) -> None:
    logs = spread * np.random.default_rng(seed).normal(size=400)
    found = smoothed(logs)
    assert 1.0 <= effective(found.weights) <= 400.0
    order = np.argsort(logs)
    assert np.all(np.diff(found.weights[order]) >= -1e-15)
    small = order[:300]
    ratio = found.weights[small] / np.exp(logs[small])
    np.testing.assert_allclose(ratio, ratio[0], rtol=1e-9)


def test_no_finite_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="no draw"):
        smoothed(np.full(100, -np.inf))


def test_densities_are_scipys() -> None:
    points, root = np.random.default_rng(2).normal(size=(50, 3)) * 2.0, np.linalg.cholesky(COVARIANCE)
    for known, own in (
        (multivariate_t(MEAN, COVARIANCE, df=FREEDOM), Student(MEAN, root)),
        (multivariate_normal(MEAN, COVARIANCE), Normal(MEAN, root)),
    ):
        np.testing.assert_allclose(np.ptp(known.logpdf(points) - own.log_density(points)), 0.0, atol=1e-10)
    standard = Normal(np.zeros(3), np.eye(3))
    ratio = Normal(MEAN, root).log_density(points) - standard.log_density(points)
    np.testing.assert_allclose(Normal(MEAN, root).log_ratio(points), ratio, atol=1e-10)


@pytest.mark.parametrize(("kind", "factor"), [(Normal, 1.0), (Student, FREEDOM / (FREEDOM - 2.0))])
def test_draws_have_the_moments_they_should(kind: type[Normal] | type[Student], factor: float) -> None:
    points = kind(MEAN, np.linalg.cholesky(COVARIANCE)).draw(8192, 3)
    mean, spread = moments(points, np.full(8192, 1.0 / 8192))
    np.testing.assert_allclose(mean, MEAN, atol=0.02)
    np.testing.assert_allclose(spread, factor * COVARIANCE, atol=0.1)


def test_a_normal_posterior_is_found_from_a_poor_start() -> None:
    found = explore(normal, MEAN + np.array([0.6, 0.3, -0.3]), 0.5 * COVARIANCE, draws=1024)
    assert found.weighed.shape < USABLE
    np.testing.assert_allclose(found.mean, MEAN, atol=0.05)
    np.testing.assert_allclose(found.covariance, COVARIANCE, atol=0.12)
    assert found.laplace.efficiency < found.weighed.efficiency


def test_a_right_approximation_is_worth_all_its_draws() -> None:
    found = explore(normal, MEAN, COVARIANCE, draws=512)
    assert found.laplace.efficiency == pytest.approx(1.0, abs=1e-9)
    assert found.laplace.shape < 0.1


def test_a_curved_posterior_has_its_own_mean() -> None:
    """y = x²/2 + noise with x standard normal: the mode is at 0, the mean of y at 0.5 and its variance 0.99."""

    def curved(points: Array) -> Array:
        x, y = points.T
        return np.asarray(-0.5 * (x**2 + ((y - 0.5 * x**2) / 0.7) ** 2))

    found = explore(curved, np.zeros(2), np.diag([1.0, 0.49]), draws=2048)
    np.testing.assert_allclose(found.mean, [0.0, 0.5], atol=0.05)
    assert found.covariance[1, 1] == pytest.approx(0.99, rel=0.1)
    assert found.laplace.shape > 0.3


@pytest.mark.parametrize("region", ["jieshou", "yuexiu"])
def test_the_density_of_a_county_is_greatest_at_its_fit(region: str) -> None:
    """The fit's own misfit, and no higher density nearby; the check is the same every time."""
    found = calibrate(ROOT / "scenarios" / "regions" / region, draws=0)
    decade = decade_of(found.first, found.second, load_national())
    density = density_of(decade, found.second)
    around = Normal(found.fit.parameters, 0.2 * np.linalg.cholesky(found.fit.covariance)).draw(64, 1)
    assert np.all(density(around) <= density(found.fit.parameters[np.newaxis]) + 1e-3)
    one, two = (posterior(decade, found.second, found.fit, draws=128, jobs=jobs) for jobs in (1, 2))
    np.testing.assert_array_equal(one.mean, two.mean)
    assert 0.0 < one.weighed.efficiency < 1.0
