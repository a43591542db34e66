"""The national schedules: shapes, sums, and the published figures behind them."""

import csv

import numpy as np
import pytest

from docs.write.lifetable import expectation_of_deaths
from sim.common.paths import library
from sim.model.axes import AWAY, CITY, FERTILE_FIRST, FERTILE_LAST, RURAL, TOWN
from sim.model.registry import PARAMETERS
from sim.places.china.national import load_national


def test_deaths_give_the_published_expectation_of_life() -> None:
    national = load_national()
    assert expectation_of_deaths(national.deaths_ratio[0]) == pytest.approx(75.245, abs=1e-3)
    assert expectation_of_deaths(national.deaths_ratio[1]) == pytest.approx(80.9992, abs=1e-3)


@pytest.mark.parametrize(("year", "male", "female"), [(2000, 69.8496, 74.8948), (2010, 73.1912, 78.3286)])
def test_levels_give_each_years_expectation_of_life(year: int, male: float, female: float) -> None:
    national = load_national()
    level = national.death_level_of(year)
    both = sum(expectation_of_deaths(ratios, level) for ratios in national.deaths_ratio) / 2
    assert both == pytest.approx((male + female) / 2, abs=0.1)


def test_shares_and_schedules_sum_to_one() -> None:
    national = load_national()
    np.testing.assert_allclose(national.fertility.sum(axis=1), 1.0, rtol=1e-8)
    np.testing.assert_allclose(national.old_age.sum(axis=2), 1.0, rtol=1e-8)
    np.testing.assert_allclose(national.age_structure.sum(axis=(1, 2)), 1.0, rtol=1e-8)
    assert not national.fertility[:, :FERTILE_FIRST].any()
    assert not national.fertility[:, FERTILE_LAST + 1 :].any()
    assert national.old_age.shape == (2, 2, 16)


def test_zones_are_in_order_and_average_to_the_nation() -> None:
    ratio = load_national().zone_mortality
    assert ratio[CITY] == ratio[AWAY] < ratio[TOWN] < ratio[RURAL]
    mix = np.array([57517.0, 32482.0, 50979.0])
    assert ratio[[CITY, TOWN, RURAL]] @ mix / mix.sum() == pytest.approx(1.0, abs=1e-8)


def test_the_nearest_year_is_taken_and_tables_cannot_be_changed() -> None:
    national = load_national()
    assert national.fertility_of(2035) is not national.fertility_of(2010)
    np.testing.assert_array_equal(national.fertility_of(2035), national.fertility[2])
    np.testing.assert_array_equal(national.old_age_of(2012), national.old_age[0])
    assert national.death_level_of(1990) == national.death_level[0]
    with pytest.raises(ValueError, match="read-only"):
        national.deaths_ratio[0, 0] = 0.0


def _table(name: str) -> list[dict[str, str]]:
    with (library() / "calibration" / "national" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_published_figures_of_births_and_deaths_agree_with_the_published_change_of_residents() -> None:
    value = {(row["measure"], int(row["year"])): float(row["value"]) for row in _table("vital_figures.csv")}
    residents = {2020: 1412.12e6, 2021: 1412.60e6, 2022: 1411.75e6, 2023: 1409.67e6, 2024: 1408.28e6, 2025: 1404.89e6}
    for year in range(2021, 2026):
        change = residents[year] - residents[year - 1]
        assert value["births", year] - value["deaths", year] == pytest.approx(change, abs=2e4), year


def test_expectation_of_life_of_provinces_is_that_of_all_and_rises() -> None:
    years = {(row["province"], row["year"]): float(row["years"]) for row in _table("province_life_expectancy.csv")}
    codes = {province for province, _ in years}
    assert len(codes) == 31
    assert len(years) == 62
    for code in codes:
        assert 1.5 < years[code, "2020"] - years[code, "2010"] < 5.0, code
    assert min(codes, key=lambda code: years[code, "2020"]) == "54"
    assert max(codes, key=lambda code: years[code, "2020"]) == "31"


def test_deaths_follow_the_published_years_and_then_the_default_decline() -> None:
    national = load_national()
    off = national.deaths_off_trend([2010, 2022, 2023, 2025, 2026, 2040])
    assert off[0] == pytest.approx(
        national.death_level_of(2010) * (1.0 - PARAMETERS["mortality.decline"].default) ** 10
    )
    assert off[2] > 1.04 * off[1]
    assert off[3] == off[4] == off[5]


def test_provinces_have_the_level_of_their_expectation_of_life_and_others_the_nations() -> None:
    national = load_national()
    shanghai, yunnan = (
        national.province_mortality_of(code, [2005, 2010, 2015, 2020, 2030]) for code in ("310101", "53")
    )
    assert (shanghai < 0.8).all()
    assert yunnan[1] > yunnan[2] > yunnan[3] == yunnan[4] > 1.3
    assert yunnan[0] == yunnan[1]
    assert national.province_mortality_of("990000", [2020]) == 1.0


def test_births_of_the_years_since_the_census_are_those_published() -> None:
    national = load_national()
    assert national.tfr_of(2024) > national.tfr_of(2023) > national.tfr_of(2025)
    assert 0.95 < national.tfr_of(2025) < 1.0
    assert national.tfr_of(2026) > national.tfr_of(2025)
