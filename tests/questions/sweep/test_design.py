"""Designs: how many members, where they stand, and what values that means."""

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import qmc

from sim.common.errors import InvalidInput
from sim.common.language import Text
from sim.model.draws.distribution import Distribution
from sim.questions.sweep.design import latin, points, sobol, values
from sim.questions.sweep.plan import Factor, Sweep

NAME = Text("", "")


def unit(n: int) -> tuple[Factor, ...]:
    return tuple(Factor(f"factor.{i}", NAME, 0.0, 1.0) for i in range(n))


def sweep(kind: str, factors: tuple[Factor, ...], size: int | None = None, seed: int = 7) -> Sweep:
    return Sweep("x", NAME, Path("x"), Path("y"), factors, kind, size, 4, seed, 1, (), ())


def test_a_grid_holds_every_combination_once() -> None:
    factors = (Factor("a", NAME, values=(1.0, 5.0, 9.0)), Factor("b", NAME, 10.0, 20.0))
    asked = sweep("grid", factors, 3)
    found = {tuple(row) for row in values(factors, points(asked))}
    assert found == {(a, b) for a in (1.0, 5.0, 9.0) for b in (10.0, 15.0, 20.0)}


@pytest.mark.parametrize(("dimensions", "size", "seed"), [(20, 1000, 1), (1, 7, 0), (3, 1, 5)])
def test_a_latin_hypercube_is_that_of_scipy_to_the_last_digit(dimensions: int, size: int, seed: int) -> None:
    theirs = qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(size)
    np.testing.assert_array_equal(latin(seed, dimensions, size), theirs)


def test_a_latin_hypercube_visits_every_stratum_of_every_factor() -> None:
    at = points(sweep("latin", unit(3), 50))
    for column in at.T:
        assert sorted((column * 50).astype(int)) == list(range(50))


def test_saltelli_blocks_exchange_one_column_at_a_time() -> None:
    blocks = points(sweep("saltelli", unit(3), 8)).reshape(8, 5, 3)
    first, last = blocks[:, 0], blocks[:, -1]
    assert not (first == last).any()
    for column in range(3):
        expected = first.copy()
        expected[:, column] = last[:, column]
        np.testing.assert_array_equal(blocks[:, 1 + column], expected)
    np.testing.assert_array_equal(np.hstack([first, last]), sobol(7, 6, 8))


def test_a_morris_trajectory_moves_one_factor_a_step() -> None:
    at = points(sweep("morris", unit(4), 6)).reshape(6, 5, 4)
    moved = np.abs(np.diff(at, axis=1)) > 0
    assert (moved.sum(axis=2) == 1).all()
    assert (moved.sum(axis=1) == 1).all()


def test_fast_has_a_curve_for_each_factor() -> None:
    at = points(sweep("fast", unit(3), 65))
    assert at.shape == (195, 3)
    assert ((at >= 0) & (at <= 1)).all()


def test_one_at_a_time_moves_one_factor_from_the_base() -> None:
    factors = (
        Factor("a", NAME, 0.7, 1.3, value=1.0),
        Factor("b", NAME, values=(0.0, 1.0, 2.0), value=1.0),
        Factor("c", NAME, value=2.0, dist=Distribution("lognormal", sd=0.1)),
    )
    found = values(factors, points(sweep("one_at_a_time", factors)))
    assert found[0].tolist() == [1.0, 1.0, 2.0]
    assert ((found[1:] != found[0]).sum(axis=1) == 1).all()
    assert sorted(found[1:3, 0]) == [0.7, 1.3]
    assert found[3:5, 1].tolist() == [0.0, 2.0]
    np.testing.assert_allclose(found[5:, 2], 2.0 * np.exp(np.array([-0.1, 0.1]) * 1.2815515655446004))


def test_values_follow_their_distributions() -> None:
    factors = (
        Factor("a", NAME, value=5.0, dist=Distribution("normal", sd=2.0)),
        Factor("b", NAME, value=3.0, dist=Distribution("lognormal", sd=0.5)),
        Factor("c", NAME, value=1.0, dist=Distribution("triangular", low=0.0, high=4.0)),
        Factor("horizon", NAME, 2030.0, 2034.0),
    )
    found = values(factors, points(sweep("sobol", factors, 4096)))
    assert found[:, 0].mean() == pytest.approx(5.0, abs=0.02)
    assert found[:, 0].std() == pytest.approx(2.0, rel=0.01)
    assert np.log(found[:, 1]).mean() == pytest.approx(np.log(3.0), abs=0.01)
    assert found[:, 2].mean() == pytest.approx(5.0 / 3.0, rel=0.01)
    years, counts = np.unique(found[:, 3], return_counts=True)
    assert years.tolist() == [2030, 2031, 2032, 2033, 2034]
    assert counts.min() > 780


def test_without_factors_there_is_one_member_and_of_size_one_there_is_one() -> None:
    for kind in ("grid", "latin", "sobol", "saltelli", "one_at_a_time"):
        assert points(sweep(kind, (), 5)).shape == (1, 0)
        assert values((), points(sweep(kind, (), 5))).shape == (1, 0)
    assert points(sweep("latin", unit(2), 1)).shape == (1, 2)


def test_a_design_is_the_same_again_and_another_with_another_seed() -> None:
    for kind, size in (("latin", 9), ("sobol", 9), ("saltelli", 9), ("morris", 9), ("fast", 65)):
        first = points(sweep(kind, unit(3), size))
        np.testing.assert_array_equal(first, points(sweep(kind, unit(3), size)))
        assert not np.array_equal(first, points(sweep(kind, unit(3), size, seed=8)))


def test_too_many_members_are_refused_before_any_memory_is_asked_for() -> None:
    with pytest.raises(InvalidInput, match="members are more than"):
        points(sweep("grid", unit(30), 10))
