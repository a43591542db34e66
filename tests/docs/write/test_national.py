"""How the national schedules are derived."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from docs.write.anchors import agreed, anchors, in_bands, province_levels
from docs.write.lifetable import expectation_of_deaths
from docs.write.national import (
    CENSUS_2020,
    at_expectations,
    collapse,
    level_of_expectation,
    national_tables,
    zone_ratios,
)
from sim.common.paths import library
from sim.model.axes import CITY, FEMALE, RURAL, TOWN
from sim.places.china.national import load_national
from tests.paths import REFERENCE

REFERENCE = Path(os.environ.get("TOWNWARD_REFERENCE_DATA", REFERENCE))


@pytest.mark.parametrize("level", [0.5, 1.0, 1.6])
def test_level_is_found_again(level: float) -> None:
    deaths, weights = load_national().deaths_ratio, np.array([0.52, 0.48])
    expectation = weights @ [expectation_of_deaths(ratios, level) for ratios in deaths]
    assert level_of_expectation(deaths, weights, float(expectation)) == pytest.approx(level, abs=1e-9)


def test_each_sex_gets_its_own_expectation() -> None:
    scaled = at_expectations(load_national().deaths_ratio, (70.0, 78.0))
    assert [expectation_of_deaths(ratios) for ratios in scaled] == pytest.approx([70.0, 78.0], abs=1e-9)


def test_zone_ratios_average_to_one_whatever_the_standard() -> None:
    rows = [
        {"residence": place, "sex": sex, "age": age, "death_rate_permille": level * (1 + age)}
        for place, level in (("city", 1.0), ("town", 2.0), ("rural", 3.0))
        for sex in ("male", "female")
        for age in (0, 1)
    ]
    ratios = zone_ratios(pd.DataFrame(rows), np.array([[0.1, 0.2], [0.3, 0.4]]))
    persons = sum(CENSUS_2020.values())
    assert sum(ratios[place] * count / persons for place, count in CENSUS_2020.items()) == pytest.approx(1.0)
    assert ratios["rural"] / ratios["city"] == pytest.approx(3.0)
    assert ratios["away"] == ratios["city"]


def test_collapse_keeps_the_sum() -> None:
    values = np.arange(12.0).reshape(2, 6)
    np.testing.assert_array_equal(collapse(values, 3), [[0, 1, 2, 12], [6, 7, 8, 30]])


def test_anchors_are_found_again_in_the_deaths_and_births_they_give() -> None:
    national = load_national()
    start, fertility = 1e6 * national.age_structure_of(2020), national.fertility_of(2020)
    ratios = national.deaths_ratio
    infants = 8000.0 * np.array([1.1, 1.0]) / 2.1
    exposed = np.concatenate((infants[:, np.newaxis], start[:, :-1]), axis=1)
    exposed[:, -1] += start[:, -1]
    after = exposed * (1.0 - 0.9 * ratios)
    found = anchors(start, {2021: (8000.0, float((exposed - after).sum()))}, ratios, fertility, {2021: 1.1})
    assert found[2021].death_level == pytest.approx(0.9)
    women = 0.5 * (start[FEMALE] + after[FEMALE])
    assert found[2021].tfr * float(women @ fertility) == pytest.approx(8000.0)


def test_levels_between_censuses_leave_the_old_of_the_second() -> None:
    national = load_national()
    start, ratios = national.age_structure_of(2010), national.deaths_ratio
    end = start
    for _ in range(2):
        exposed = np.concatenate((np.zeros((2, 1)), end[:, :-1]), axis=1)
        exposed[:, -1] += end[:, -1]
        end = exposed * (1.0 - 0.8 * ratios)
    found = agreed(start, end, {2011: 1.0, 2012: 1.0}, ratios, 65)
    assert found == pytest.approx({2011: 0.8, 2012: 0.8})


def test_bands_keep_their_persons_and_the_shape_within() -> None:
    shape = np.array([[1.0, 3.0, 2.0, 2.0]])
    np.testing.assert_allclose(in_bands(shape, [0, 2], np.array([[8.0, 10.0]])), [[2.0, 6.0, 5.0, 5.0]])


def test_a_longer_life_is_a_lower_level_and_rural_deaths_are_not_counted_twice() -> None:
    national = load_national()
    pop = np.zeros((3, 1, 2, 101))
    pop[CITY, 0] = national.age_structure_of(2020)
    rural = pop[[TOWN, RURAL, CITY]]
    spans = {"11": 82.0, "12": 78.0, "13": 78.0}
    levels = province_levels(national.deaths_ratio, spans, {"11": pop, "12": pop, "13": rural}, national.zone_mortality)
    assert levels["11"] < levels["12"]
    zones = national.zone_mortality
    assert levels["13"] * zones[RURAL] == pytest.approx(levels["12"] * zones[CITY])


@pytest.mark.slow
@pytest.mark.skipif(not (REFERENCE / "wpp").is_dir(), reason=f"no published data at {REFERENCE}")
def test_the_files_are_those_that_the_command_writes() -> None:
    for name, table in national_tables(REFERENCE).items():
        carried = pd.read_csv(library() / "calibration" / "national" / name, dtype={"province": str})
        pd.testing.assert_frame_equal(carried, table.reset_index(drop=True), check_dtype=False, rtol=1e-8)
