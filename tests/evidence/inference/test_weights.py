"""Weights, their worth, their quantiles; and the conjugate normal case, whose posterior is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import ndtri

from sim.evidence.inference.weights import effective, normalised, quantiles, share, softened

LOGS = arrays(np.float64, st.integers(2, 60), elements=st.floats(-300.0, 300.0))


@given(LOGS, st.floats(-1e3, 1e3))
def test_weights_sum_to_one_and_a_constant_changes_nothing(logs: np.ndarray, constant: float) -> None:
    weights = normalised(logs)
    assert weights.sum() == pytest.approx(1.0)
    assert (weights >= 0.0).all()
    assert normalised(logs + constant) == pytest.approx(weights, abs=1e-9)
    assert 1.0 - 1e-9 <= effective(weights) <= len(logs) * (1.0 + 1e-9)


def test_equal_weights_are_worth_every_draw() -> None:
    assert (normalised(np.zeros(8)) == 1.0 / 8.0).all()
    assert effective(normalised(np.zeros(8))) == pytest.approx(8.0)
    with pytest.raises(ValueError, match="no draw"):
        normalised(np.full(3, -np.inf))


@given(arrays(np.float64, st.integers(2, 40), elements=st.floats(-1e6, 1e6)))
def test_quantiles_of_equal_weights_are_numpys(values: np.ndarray) -> None:
    at = (0.0, 0.1, 0.5, 0.9, 1.0)
    weights = np.full(len(values), 1.0 / len(values))
    assert quantiles(values, weights, at) == pytest.approx(np.quantile(values, at), rel=1e-6, abs=1e-5)


def test_a_draw_without_weight_does_not_count() -> None:
    values, weights = np.array([1.0, 2.0, 3.0, 99.0]), np.array([1.0, 1.0, 1.0, 0.0]) / 3.0
    assert quantiles(values, weights, (0.0, 0.5, 1.0)) == pytest.approx([1.0, 2.0, 3.0])


@given(LOGS, st.floats(0.05, 0.95))
def test_softened_likelihoods_are_worth_what_was_asked(logs: np.ndarray, part: float) -> None:
    least = max(1.0, part * len(logs))
    force = softened(np.zeros(len(logs)), logs, least)
    assert 0.0 < force <= 1.0
    if force > 1e-6:
        assert effective(normalised(force * logs)) >= least * (1.0 - 1e-6)
    if effective(normalised(logs)) >= least:
        assert force == 1.0


def test_conjugate_normal_has_its_known_posterior() -> None:
    """Prior N(0, 1), one figure of 1.2 ± 0.5: posterior mean 0.96 and deviation 0.4472 (1/√5)."""
    draws = ndtri((np.arange(200_000) + 0.5) / 200_000)
    weights = normalised(-0.5 * ((1.2 - draws) / 0.5) ** 2)
    mean = weights @ draws
    assert mean == pytest.approx(0.96, abs=1e-3)
    assert np.sqrt(weights @ (draws - mean) ** 2) == pytest.approx(1.0 / np.sqrt(5.0), abs=1e-3)
    assert quantiles(draws, weights, 0.9) == pytest.approx(0.96 + 1.28155 / np.sqrt(5.0), abs=2e-3)


def test_shares_carry_the_error_of_what_they_are_worth() -> None:
    met = np.array([True] * 30 + [False] * 70)
    even = np.full(100, 0.01)
    likely, error = share(met, even)
    assert likely == pytest.approx(0.3)
    assert error == pytest.approx(np.sqrt(0.3 * 0.7 / 100), rel=0.02)
    heavy = normalised(np.where(np.arange(100) < 20, 2.0, 0.0))
    assert share(met, heavy)[1] > error
    assert share(np.zeros(100, dtype=bool), even)[1] > 0.0
