"""Raking meets the margins, keeps odds ratios and zeros, and says when it cannot."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.model.demography.rake import Margin, NoTableError, rake

POSITIVE = st.floats(0.01, 100.0)


@settings(max_examples=60, deadline=None)
@given(arrays(np.float64, (3, 4), elements=POSITIVE), arrays(np.float64, (3, 4), elements=POSITIVE))
def test_margins_are_met_and_odds_ratios_kept(seed: np.ndarray, other: np.ndarray) -> None:
    margins = [Margin((0,), other.sum(axis=1)), Margin((1,), other.sum(axis=0))]
    result = rake(seed, margins, rounds=200_000)  # odds of 10⁷ take thousands
    table = result.table
    np.testing.assert_allclose(table.sum(axis=1), other.sum(axis=1), rtol=0, atol=2e-12 * other.sum())
    np.testing.assert_allclose(table.sum(axis=0), other.sum(axis=0), rtol=1e-12)
    odds = table[:-1, :-1] * table[1:, 1:] / (table[:-1, 1:] * table[1:, :-1])
    expected = seed[:-1, :-1] * seed[1:, 1:] / (seed[:-1, 1:] * seed[1:, :-1])
    np.testing.assert_allclose(odds, expected, rtol=1e-7)
    assert result.miss <= 1e-12


def test_deming_and_stephan_two_by_two() -> None:
    """A seed of ones gives independence: rows times columns over the total."""
    rows, columns = np.array([30.0, 70.0]), np.array([20.0, 80.0])
    table = rake(np.ones((2, 2)), [Margin((0,), rows), Margin((1,), columns)]).table
    np.testing.assert_allclose(table, np.outer(rows, columns) / 100)


def test_three_axes_with_an_overlapping_margin() -> None:
    rng = np.random.default_rng(7)
    truth, seed = rng.uniform(1, 9, (3, 2, 5)), rng.uniform(1, 9, (3, 2, 5))
    over = [((0,), (1, 2)), ((1, 2), (0,)), ((0, 1), (2,))]
    margins = [Margin(kept, truth.sum(axis=gone)) for kept, gone in over]
    table = rake(seed, margins).table
    np.testing.assert_allclose(table.sum(axis=0), truth.sum(axis=0), rtol=1e-9)
    np.testing.assert_allclose(table.sum(axis=2), truth.sum(axis=2), rtol=1e-9)


def test_zeros_of_the_seed_stay() -> None:
    seed = np.ones((4, 3))
    seed[3, 2] = 0.0
    table = rake(seed, [Margin((0,), np.array([5.0, 4, 3, 8])), Margin((1,), np.array([9.0, 8, 3]))]).table
    assert table[3, 2] == 0.0
    np.testing.assert_allclose(table.sum(axis=1), [5, 4, 3, 8], rtol=1e-9)


def test_a_total_of_nothing_gives_nothing() -> None:
    assert not rake(np.ones((2, 2)), [Margin((0,), np.zeros(2)), Margin((1,), np.zeros(2))]).table.any()


def test_what_cannot_be_met_is_refused() -> None:
    with pytest.raises(ValueError, match="all zero"):
        rake(np.diag([1.0, 0.0]), [Margin((0,), np.ones(2)), Margin((1,), np.ones(2))])
    rows, columns = Margin((0,), np.array([3.0, 1])), Margin((1,), np.array([2.0, 2]))
    with pytest.raises(NoTableError, match="no table"):
        rake(np.array([[0.0, 1], [1, 1]]), [rows, columns], rounds=50)
    with pytest.raises(ValueError, match="grand totals"):
        rake(np.ones((2, 2)), [Margin((0,), np.ones(2)), Margin((1,), np.full(2, 2.0))])
    with pytest.raises(ValueError, match="shape"):
        rake(np.ones((2, 2)), [Margin((0,), np.ones(3))])
    with pytest.raises(ValueError, match="negative"):
        rake(-np.ones((2, 2)), [Margin((0,), np.ones(2))])
