"""Importance weights and their check against known cases; the posterior of one county."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_t

from sim.evidence.calibrate.posterior import density_of, explore, posterior
from sim.evidence.calibrate.region import calibrate, decade_of
from sim.evidence.inference.weighing import moments, propose, smoothed, student_logs
from sim.model.arrays import Array
from sim.places.national import load_national
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
    assert found.worth == pytest.approx(500.0)
    assert found.shape == 0.0


@given(st.integers(0, 2**32 - 1), st.floats(0.1, 4.0))
def test_smoothing_keeps_the_order_and_the_small_weights(seed: int, spread: float) -> None:
    logs = spread * np.random.default_rng(seed).normal(size=400)
    found = smoothed(logs)
    assert 1.0 <= found.worth <= 400.0
    order = np.argsort(logs)
    assert np.all(np.diff(found.weights[order]) >= -1e-15)
    small = order[:300]
    ratio = found.weights[small] / np.exp(logs[small])
    np.testing.assert_allclose(ratio, ratio[0], rtol=1e-9)


def test_no_finite_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="no draw"):
        smoothed(np.full(100, -np.inf))


def test_densities_of_student_are_scipys() -> None:
    points = np.random.default_rng(2).normal(size=(50, 3)) * 2.0
    known = multivariate_t(MEAN, COVARIANCE, df=5.0).logpdf(points)
    np.testing.assert_allclose(np.ptp(known - student_logs(points, MEAN, COVARIANCE, 5.0)), 0.0, atol=1e-10)


@pytest.mark.parametrize("freedom", [None, 5.0])
def test_proposals_have_the_moments_they_should(freedom: float | None) -> None:
    drawn = propose(MEAN, COVARIANCE, 8192, 3, freedom)
    mean, spread = moments(drawn.points, np.full(8192, 1.0 / 8192))
    factor = 1.0 if freedom is None else freedom / (freedom - 2.0)
    np.testing.assert_allclose(mean, MEAN, atol=0.02)
    np.testing.assert_allclose(spread, factor * COVARIANCE, atol=0.1)


def test_a_normal_posterior_is_found_from_a_poor_start() -> None:
    found = explore(normal, MEAN + np.array([0.6, 0.3, -0.3]), 0.5 * COVARIANCE, draws=1024)
    assert found.is_sure
    np.testing.assert_allclose(found.mean, MEAN, atol=0.05)
    np.testing.assert_allclose(found.covariance, COVARIANCE, atol=0.12)
    assert found.laplace.worth < found.weighed.worth


def test_a_right_approximation_is_worth_all_its_draws() -> None:
    found = explore(normal, MEAN, COVARIANCE, draws=512)
    assert found.laplace.worth == pytest.approx(1.0, abs=1e-9)
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
    found = calibrate(ROOT / "scenarios" / "regions" / region)
    decade = decade_of(found.first, found.second, load_national())
    density = density_of(decade, found.second)
    around = propose(found.fit.knobs, 0.04 * found.fit.covariance, 64, 1).points
    assert np.all(density(around) <= density(found.fit.knobs[np.newaxis]) + 1e-3)
    one, two = (posterior(decade, found.second, found.fit, draws=128, jobs=jobs) for jobs in (1, 2))
    np.testing.assert_array_equal(one.mean, two.mean)
    assert 0.0 < one.weighed.worth < 1.0
