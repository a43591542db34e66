"""Graduation keeps totals, stays positive, and is smooth where the data are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.interpolate import CubicHermiteSpline, CubicSpline

from sim.model.demography.graduate import graduate, graduate_with_open_group, monotone_slopes, spline_slopes
from sim.places.census import AGE_STARTS

COUNTS = arrays(np.float64, (2, 19), elements=st.one_of(st.just(0.0), st.floats(1e-3, 1e7)))


def sums(single: np.ndarray, starts: tuple[int, ...] = AGE_STARTS) -> np.ndarray:
    return np.add.reduceat(single, np.array(starts) - starts[0], axis=-1)


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_groups_keep_their_totals_and_no_year_is_negative(groups: np.ndarray) -> None:
    shares = np.full((2, 16), 1 / 16)
    single = graduate_with_open_group(groups, AGE_STARTS, shares)
    assert single.shape == (2, 101)
    assert (single >= 0).all()
    np.testing.assert_allclose(sums(single), groups, rtol=1e-9, atol=1e-9)


def test_a_smooth_curve_is_recovered() -> None:
    ages = np.arange(100)
    truth = 1000 * np.exp(-(((ages - 40) / 30.0) ** 2))
    starts = tuple(range(0, 100, 5))
    single = graduate(sums(truth, starts), starts, 100)
    np.testing.assert_allclose(single[:90], truth[:90], rtol=0.002)
    flat = np.repeat(sums(truth, starts) / 5, 5)
    assert np.abs(single - truth).sum() < 0.05 * np.abs(flat - truth).sum()


def test_a_straight_line_is_exact() -> None:
    truth = np.arange(100.0) + 0.5
    starts = (0, 1, 5, 15, 30, 31, 60)
    np.testing.assert_allclose(graduate(sums(truth, starts), starts, 100), truth, rtol=1e-9)


@pytest.mark.parametrize("knots", [2, 3, 4, 5, 22])
def test_the_spline_and_its_curve_are_those_of_scipy(knots: int) -> None:
    random = np.random.default_rng(knots)
    x = np.concatenate([[0], np.cumsum(random.integers(1, 8, knots - 1))])
    counts = random.uniform(0.0, 1e5, (3, knots - 1))
    y = np.concatenate([np.zeros((3, 1)), np.cumsum(counts, axis=1)], axis=1)
    ends = "not-a-knot" if knots > 3 else "natural"
    expected = np.stack([CubicSpline(x, row, bc_type=ends)(x, 1) for row in y])
    np.testing.assert_allclose(spline_slopes(x.astype(float), y), expected, rtol=1e-12)
    slopes = monotone_slopes(x.astype(float), y)
    single = np.stack([np.diff(CubicHermiteSpline(x, *of)(np.arange(x[-1] + 1))) for of in zip(y, slopes, strict=True)])
    np.testing.assert_allclose(graduate(counts, x[:-1].tolist(), int(x[-1])), single, rtol=1e-9, atol=1e-6)


def test_slopes_obey_the_bounds_of_hyman() -> None:
    x = np.array([0.0, 1, 5, 10, 15, 20])
    y = np.array([0.0, 1, 1, 50, 51, 300])
    secants = np.diff(y) / np.diff(x)
    slopes = monotone_slopes(x, y)
    assert (slopes >= 0).all()
    assert slopes[1] == slopes[2] == 0.0
    assert (slopes[1:-1] <= 3 * np.minimum(secants[:-1], secants[1:]) + 1e-12).all()


def test_the_open_group_is_split_by_the_shares() -> None:
    groups = np.full(19, 500.0)
    shares = 0.7 ** np.arange(16)
    shares /= shares.sum()
    np.testing.assert_allclose(graduate_with_open_group(groups, AGE_STARTS, shares)[85:], 500 * shares)


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        graduate(np.array([1.0, -1.0]), (0, 5), 10)
    with pytest.raises(ValueError, match="negative or not finite"):
        graduate(np.array([1.0, np.nan]), (0, 5), 10)
    with pytest.raises(ValueError, match="do not rise"):
        graduate(np.ones(2), (0, 5), 5)
    with pytest.raises(ValueError, match="groups for"):
        graduate(np.ones(3), (0, 5), 10)
    with pytest.raises(ValueError, match="add up to 1"):
        graduate_with_open_group(np.ones(19), AGE_STARTS, np.full(16, 0.5))
