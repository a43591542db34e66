"""Crossings on a line: all of them, at the right place, and on the right side."""

import numpy as np
import pytest
import scipy.optimize  # noqa: F401 - before examples are timed
from hypothesis import given
from hypothesis import strategies as st

from sim.model.arrays import Array
from sim.questions.seek.line import Margin, edge, line, shape

GRID = np.linspace(-1.0, 1.0, 25)


@given(st.floats(-0.98, 0.98), st.sampled_from([-1.0, 1.0]), st.sampled_from([1, 3]))
def test_one_crossing_is_found_and_lies_on_the_inner_side(root: float, sign: float, power: int) -> None:
    def margin(at: Array) -> Array:
        return np.asarray(sign * (at - root) ** power)

    (low, high), *others = line(margin, GRID).met
    assert not others
    end = low if sign > 0.0 else high
    assert end == pytest.approx(root, abs=2e-6 if power == 1 else 1e-2)
    assert margin(np.array([end]))[0] >= 0.0
    assert (high if sign > 0.0 else low) == sign


def test_two_crossings_bound_what_is_enough() -> None:
    found = line(lambda at: 0.3**2 - (at - 0.2) ** 2, GRID)
    ((low, high),) = found.met
    assert (low, high) == (pytest.approx(-0.1, abs=1e-6), pytest.approx(0.5, abs=1e-6))
    assert found.nearest(-1.0) == low
    assert found.nearest(1.0) == high
    assert found.nearest(0.1) == 0.1
    assert found.best == pytest.approx(0.2, abs=0.05)


def test_what_is_not_enough_between_is_left_out() -> None:
    found = line(lambda at: at**2 - 0.5**2, GRID)
    assert np.allclose(found.met, [(-1.0, -0.5), (0.5, 1.0)], atol=1e-6)
    assert found.nearest(0.1) == pytest.approx(0.5, abs=1e-6)
    assert found.nearest(-0.1) == pytest.approx(-0.5, abs=1e-6)


def test_a_peak_between_two_points_of_the_grid_is_not_missed() -> None:
    found = line(lambda at: 0.02**2 - (at - 0.54) ** 2, GRID)
    assert np.allclose(found.met, [(0.52, 0.56)], atol=1e-5)


def test_nothing_is_enough() -> None:
    found = line(lambda at: -1.0 - (at - 0.31) ** 2, GRID)
    assert found.met == ()
    assert found.nearest(0.0) is None
    assert found.best == pytest.approx(0.31, abs=1e-3)


def test_settings_that_are_not_allowed_are_not_enough() -> None:
    found = line(lambda at: np.where(at > 0.7, -np.inf, at), GRID)
    ((low, high),) = found.met
    assert low == pytest.approx(0.0, abs=1e-6)
    assert 0.66 < high <= 0.7


def test_whole_values_are_not_interpolated() -> None:
    found = line(lambda at: at - 2022.5, np.arange(2020.0, 2026.0), whole=True)
    assert found.met == ((2023.0, 2025.0),)
    assert line(lambda at: 2022.5 - at, np.arange(2020.0, 2026.0), whole=True).met == ((2020.0, 2022.0),)


def test_shapes() -> None:
    assert shape([0.0, 1.0, 1.0, 2.0]) == "rising"
    assert shape([3.0, 1.0, float("-inf")]) == "falling"
    assert shape([1.0, 1.0 + 1e-9, 1.0]) == "flat"
    assert shape([0.0, 1.0, 0.5]) == "turning"


def test_the_edge_of_what_is_enough_is_found_in_few_trials_and_on_its_inner_side() -> None:
    for margin in (lambda at: at - 0.3, lambda at: at**3 - 0.3**3, lambda at: np.where(at < 0.1, -np.inf, at - 0.3)):
        tried: list[float] = []

        def counted(at: Array, margin: Margin = margin, tried: list[float] = tried) -> Array:
            tried.extend(at.tolist())
            return margin(at)

        found = edge(counted, 0.0, 2.0)
        assert 0.3 <= found <= 0.3 + 5e-3
        assert float(margin(np.array([found]))[0]) >= 0.0
        assert len(set(tried)) <= 14
