"""Life tables: published values, identities of the columns, and survival ratios."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.write.lifetable import (
    COALE_DEMENY,
    STANDARD,
    collapse_survival,
    expectation_of_deaths,
    in_groups_of_five,
    infant_separation,
    is_abridged,
    life_table,
    life_table_of_probabilities,
    separation,
    survival_ratios,
)
from tests.paths import FIGURES

ABRIDGED = np.concatenate(([0.0, 1.0], np.arange(5.0, 105.0, 5.0)))
COMPLETE = np.arange(101.0)

rates = st.floats(1e-5, 0.6)


def gompertz(age: np.ndarray, level: float = 1.0) -> np.ndarray:
    return level * np.minimum(2e-5 * np.exp(0.1 * age) + 0.02 * np.exp(-1.5 * age) + 1e-4, 1.5)


def test_published_abridged_table() -> None:
    table = pd.read_csv(FIGURES / "life_table_china_women_2020.csv", comment="#")
    built = life_table(table["age"].to_numpy(float), table["death_rate"].to_numpy(float), "female")
    for column, values in {
        "separation": built.ax,
        "probability": built.qx,
        "person_years": built.Lx,
        "expectation": built.ex,
    }.items():
        np.testing.assert_allclose(values, table[column], rtol=1e-9, err_msg=column)
    np.testing.assert_allclose(built.sx, table["survival"][:-1], rtol=1e-9)


@pytest.mark.parametrize("age", [ABRIDGED, COMPLETE])
@pytest.mark.parametrize("by", [STANDARD, COALE_DEMENY, replace(COALE_DEMENY, family="north", greville_from=5)])
def test_columns_agree(age: np.ndarray, by: object) -> None:
    mx = gompertz(age)
    table = life_table(age, mx, "male", by)
    np.testing.assert_allclose(table.dx / table.Lx, mx, rtol=1e-12)
    np.testing.assert_allclose(table.dx.sum(), 1.0, rtol=1e-12)
    np.testing.assert_allclose(table.Tx, table.ex * table.lx, rtol=1e-12)
    assert np.all(np.diff(table.lx) < 0.0)


@given(st.lists(rates, min_size=22, max_size=22))
def test_probabilities_lie_in_bounds(mx: list[float]) -> None:
    table = life_table(ABRIDGED, np.array(mx), "female")
    assert np.all((table.qx > 0.0) & (table.qx <= 1.0))
    assert np.all(table.lx >= 0.0)


def test_constant_force_has_expectation_of_its_inverse() -> None:
    table = life_table(np.arange(401.0), np.full(401, 0.05), "female")
    inner = table.ex[1:300]
    np.testing.assert_allclose(inner, 20.0, rtol=1e-2)


@pytest.mark.parametrize(
    ("m0", "sex", "by", "expected"),
    [
        (0.005, "male", STANDARD, 0.14929 - 1.99545 * 0.005),
        (0.05, "female", STANDARD, 0.04667 + 3.88089 * 0.05),
        (0.2, "male", STANDARD, 0.29915),
        (0.05, "female", COALE_DEMENY, 0.053 + 2.8 * 0.05),
        (0.107, "male", COALE_DEMENY, 0.33),
        (0.2, "male", replace(COALE_DEMENY, family="east"), 0.29),
        (0.2, "female", replace(COALE_DEMENY, family="north"), 0.35),
    ],
)
def test_infants(m0: float, sex: str, by: object, expected: float) -> None:
    assert infant_separation(m0, sex, by) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("family", "male", "female"),
    [("west", 1.352, 1.361), ("north", 1.558, 1.570), ("east", 1.313, 1.324), ("south", 1.240, 1.239)],
)
def test_children_at_high_mortality(family: str, male: float, female: float) -> None:
    by = replace(COALE_DEMENY, family=family)
    mx = gompertz(ABRIDGED)
    mx[0] = 0.15
    assert separation(ABRIDGED, mx, "male", by)[1] == pytest.approx(male, abs=1e-12)
    assert separation(ABRIDGED, mx, "female", by)[1] == pytest.approx(female, abs=1e-12)


def test_ages_without_deaths_do_not_upset_their_neighbours() -> None:
    mx = gompertz(ABRIDGED)
    mx[5] = 0.0
    ax = separation(ABRIDGED, mx, "female")
    assert np.all((ax > 0.0) & (ax <= 5.0))


def test_probabilities_back_to_the_same_table() -> None:
    table = life_table(COMPLETE, gompertz(COMPLETE), "male")
    again = life_table_of_probabilities(table.qx, float(table.ax[-1]), "male")
    np.testing.assert_allclose(again.mx, table.mx, rtol=1e-10)
    np.testing.assert_allclose(again.sx, table.sx, rtol=1e-12)


def test_survival_ratios_carry_the_stationary_population() -> None:
    table = life_table(COMPLETE, gompertz(COMPLETE), "female")
    person_years = table.Lx
    moved = np.concatenate(([1.0], person_years[:-2], [person_years[-2] + person_years[-1]]))
    np.testing.assert_allclose(moved * table.sx, person_years, rtol=1e-12)


@pytest.mark.parametrize("size", [86, 60, 2])
def test_collapsed_survival_is_that_of_collapsed_person_years(size: int) -> None:
    table = life_table(COMPLETE, gompertz(COMPLETE), "female")
    together = np.concatenate((table.Lx[: size - 1], [table.Lx[size - 1 :].sum()]))
    np.testing.assert_allclose(collapse_survival(table.sx, size), survival_ratios(together, 1.0), rtol=1e-12)
    assert collapse_survival(table.sx, 101) is table.sx
    with pytest.raises(ValueError, match="cannot be collapsed"):
        collapse_survival(table.sx, 102)


def test_expectation_of_deaths_is_that_of_the_table() -> None:
    table = life_table(COMPLETE, gompertz(COMPLETE), "female")
    deaths = 1.0 - table.sx
    assert expectation_of_deaths(deaths) == pytest.approx(table.ex[0], rel=1e-12)
    assert expectation_of_deaths(deaths, 0.5) > expectation_of_deaths(deaths)


def test_groups_of_five() -> None:
    table = life_table(ABRIDGED, gompertz(ABRIDGED), "male")
    fives = in_groups_of_five(table.Lx, 85)
    assert fives.size == 18
    assert fives.sum() == pytest.approx(table.ex[0], rel=1e-12)
    with pytest.raises(ValueError, match="open group"):
        in_groups_of_five(table.Lx, 83)


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="neither"):
        is_abridged(np.array([0.0, 5.0, 10.0, 15.0]))
    mx = gompertz(COMPLETE)
    for broken in (np.where(COMPLETE == 3, np.nan, mx), np.where(COMPLETE == 3, -0.1, mx), mx * 0.0):
        with pytest.raises(ValueError, match="death rates"):
            life_table(COMPLETE, broken, "male")
    with pytest.raises(ValueError, match="probabilities"):
        life_table_of_probabilities(np.array([0.1, 0.2, 0.9]), 1.0, "male")
