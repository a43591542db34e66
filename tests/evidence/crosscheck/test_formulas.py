"""The textbook methods: worked examples and identities."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.evidence import crosscheck
from sim.evidence.crosscheck import Countryside

shares = st.floats(0.01, 0.99)


def test_composite_growth() -> None:
    assert crosscheck.composite_growth(100_000.0, 0.005, 0.01, 10) == pytest.approx(116_054.08, abs=0.01)
    assert crosscheck.composite_growth(100.0, 0.0, 0.0, 25) == 100.0
    with pytest.raises(ValueError, match="nobody"):
        crosscheck.composite_growth(100.0, -0.5, -0.5, 1)


@given(st.floats(1.0, 1e7), st.floats(-0.05, 0.05), st.floats(-0.05, 0.05), st.integers(1, 20), st.integers(1, 20))
def test_composite_growth_is_the_same_in_steps(persons: float, m: float, k: float, one: int, two: int) -> None:
    steps = crosscheck.composite_growth(crosscheck.composite_growth(persons, m, k, one), m, k, two)
    assert steps == pytest.approx(crosscheck.composite_growth(persons, m, k, one + two), rel=1e-9)


def test_surplus_labour() -> None:
    land = Countryside(labour=50_000.0, land=200_000.0, land_per_worker=8.0, other_jobs=5_000.0)
    # 50,000 − 25,000 − 5,000 = 20,000 spare; 60% come, each with half a dependant
    assert crosscheck.surplus_labour(80_000.0, 0.0, 5, land, 0.6, 0.5) == pytest.approx(98_000.0)
    none_spare = Countryside(1_000.0, 200_000.0, 8.0)
    assert crosscheck.surplus_labour(80_000.0, 0.0, 5, none_spare, 0.6, 0.5) == 80_000.0
    with pytest.raises(ValueError, match="farmland"):
        crosscheck.surplus_labour(1.0, 0.0, 1, Countryside(1.0, 1.0, 0.0), 1.0, 0.0)


def test_labour_demand() -> None:
    assert crosscheck.labour_demand(30_000.0, 0.8, 0.9) == pytest.approx(45_600.0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        crosscheck.labour_demand(1.0, 1.2, 0.0)


def test_economic_correlation_finds_an_exact_line() -> None:
    output = (10.0, 20.0, 40.0, 80.0)
    line = crosscheck.economic_correlation(output, tuple(5.0 + 3.0 * math.log(x) for x in output))
    assert line.slope == pytest.approx(3.0)
    assert line.explained == pytest.approx(1.0)
    assert line.at(math.log(160.0)) == pytest.approx(5.0 + 3.0 * math.log(160.0))
    with pytest.raises(ValueError, match="three years"):
        crosscheck.economic_correlation((1.0, 2.0), (1.0, 2.0))
    with pytest.raises(ValueError, match="never changes"):
        crosscheck.economic_correlation((2.0, 2.0, 2.0), (1.0, 2.0, 3.0))


def test_the_growth_difference_of_china_from_2000_to_2010() -> None:
    """36.09% and 49.68% urban: the ratio of urban to rural people grew by 5.6% a year."""
    difference = crosscheck.growth_difference(0.3609, 0.4968, 10)
    assert difference == pytest.approx(0.0559, abs=2e-4)
    assert crosscheck.urban_rural_growth_difference(0.3609, difference, 10) == pytest.approx(0.4968)


@given(shares, st.floats(-0.2, 0.2), st.floats(0.0, 50.0))
def test_the_growth_difference_stays_a_share(rate: float, difference: float, years: float) -> None:
    later = crosscheck.urban_rural_growth_difference(rate, difference, years)
    assert 0.0 <= later <= 1.0
    assert (later - rate) * difference * years >= -1e-12


@given(shares, st.floats(0.0, 0.2), st.floats(0.0, 50.0))
def test_the_logistic_curve(rate: float, slope: float, years: float) -> None:
    assert crosscheck.logistic_rate(rate, slope, years) == pytest.approx(
        crosscheck.urban_rural_growth_difference(rate, slope, years)
    )
    bounded = crosscheck.logistic_rate(rate, slope, years, ceiling=0.8)
    assert bounded <= max(rate, 0.8) + 1e-12
    assert bounded >= rate - 1e-12


def test_bad_shares_are_refused() -> None:
    with pytest.raises(ValueError, match="expected 0 to 1"):
        crosscheck.urban_rural_growth_difference(1.2, 0.05, 10)
    with pytest.raises(ValueError, match="ceiling"):
        crosscheck.logistic_rate(0.4, 0.05, 10, ceiling=1.5)
    with pytest.raises(ValueError, match="both times"):
        crosscheck.growth_difference(0.5, 1.0, 10)
    assert crosscheck.urban_rural_growth_difference(1.0, 0.05, 10) == 1.0
