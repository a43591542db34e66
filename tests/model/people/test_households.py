"""Headship: a trend that fades, a spread beside it, and the floor of household size."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.people.households import held_headship
from sim.model.people.rates import headship
from sim.model.registry import PARAMETERS

YEARS = range(2021, 2061)


def level(trend: float, half_life: float = 8.0, deviation: float = 1.0) -> np.ndarray:
    values = {path: np.full((1, len(YEARS)), one.default) for path, one in PARAMETERS.items()}
    values |= {
        "household.headship_trend": np.full((1, len(YEARS)), trend),
        "household.headship_half_life": np.full((1, len(YEARS)), half_life),
        "household.headship_deviation": np.full((1, len(YEARS)), deviation),
    }
    return headship(values, YEARS, 1)[0]


def test_without_a_trend_headship_stays() -> None:
    assert (level(0.0) == 1.0).all()


def test_a_trend_halves_in_its_half_life() -> None:
    found = np.concatenate([[1.0], level(0.02, 8.0)])
    yearly = found[1:] / found[:-1] - 1.0
    assert yearly[0] == pytest.approx(0.02)
    assert yearly[8] == pytest.approx(0.01)
    assert yearly[16] == pytest.approx(0.005)


@given(st.floats(-0.03, 0.03), st.floats(2.0, 30.0))
def test_a_fading_trend_lies_between_none_and_a_full_one(trend: float, half_life: float) -> None:
    off = np.log(level(trend, half_life)) * np.sign(trend)
    full = np.log1p(trend) * np.arange(1, len(YEARS) + 1) * np.sign(trend)
    assert (off >= 0.0).all()
    assert (off <= full + 1e-12).all()


def test_the_deviation_is_reached_in_ten_years() -> None:
    assert level(0.0, deviation=1.05)[[9, 19]] == pytest.approx([1.05, 1.05**2])


def held(size: float, before: float, least: float) -> float:
    """Mean size of 1,000 persons' households that would be `size` at the trend's headship."""
    residents, households = 1_000.0, 1_000.0 / before
    return residents / (households * held_headship(residents, households, before / size, before, least))


@settings(deadline=None)
@given(st.floats(0.5, 6.0), st.floats(1.2, 6.0), st.floats(1.2, 3.0))
def test_households_never_fall_below_the_floor(size: float, before: float, least: float) -> None:
    found = held(size, before, least)
    assert found >= min(before, least, max(size, least)) - 1e-9
    assert found >= size - 1e-9
    assert found <= max(before, size) + 1e-9


@given(st.floats(0.5, 3.0), st.floats(0.5, 3.0))
def test_the_bound_keeps_the_order(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert held(low, 2.8, 2.1) <= held(high, 2.8, 2.1) + 1e-12


def test_far_from_the_floor_the_trend_is_as_it_was() -> None:
    assert held(2.7, 2.8, 2.1) == pytest.approx(2.7, abs=1e-4)
    assert held(3.0, 2.8, 2.1) == pytest.approx(3.0, rel=1e-12)
    assert held(1.0, 2.0, 2.1) == pytest.approx(2.0, rel=1e-12)
    assert held(1.0, 2.8, 2.1) == pytest.approx(2.1, abs=0.02)


def test_a_place_without_people_has_no_households() -> None:
    assert held_headship(0.0, 0.0, 1.1, 0.0, 2.1) == 1.1
