"""All draws from a few: exact where the effect is a square of the outcome, honest about its error where it is not."""

import numpy as np
import pytest

from sim.questions.live.paired import PARTS, carried, jackknife, without_each

N, FEW = 1_000, 100


def before() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.random.default_rng(1).normal(50.0, 2.0, N)


def test_an_effect_that_is_a_square_of_the_outcome_is_carried_exactly() -> None:
    y = before()
    after = y + 3.0 - 0.2 * (y - 50.0) + 0.05 * (y - 50.0) ** 2
    assert carried(y, after[:FEW]) == pytest.approx(after, abs=1e-9)


def test_the_few_keep_their_own_outcomes_and_what_is_left_over_is_spread() -> None:
    y, left = before(), np.random.default_rng(2).normal(0.0, 1.0, N)
    after = y + 1.0 + left
    found = carried(y, after[:FEW])
    assert (found[:FEW] == after[:FEW]).all()
    assert found.std() == pytest.approx(after.std(), rel=0.1)


def test_outcomes_without_any_spread_are_moved_all_alike() -> None:
    assert carried(np.full(N, 7.0), np.full(FEW, 9.0)) == pytest.approx(np.full(N, 9.0))


def test_the_error_is_about_what_other_few_draws_would_make_of_it() -> None:
    y = before()
    shares, errors = [], []
    for seed in range(60):
        random = np.random.default_rng(seed)
        order = random.permutation(N)
        after = (y + 1.0 + random.normal(0.0, 1.0, N))[order]
        shares.append((carried(y[order], after[:FEW]) > 51.0).mean())
        parts = without_each(y[order], after[:FEW])
        assert parts.shape == (PARTS, N)
        errors.append(jackknife((parts > 51.0).mean(axis=1)))
    assert np.mean(errors) == pytest.approx(np.std(shares), rel=0.5)


def test_an_error_of_results_that_agree_is_zero() -> None:
    assert jackknife(np.full(PARTS, 0.25)) == 0.0
