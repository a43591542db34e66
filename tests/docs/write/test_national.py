"""How the national schedules are derived."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from docs.write.lifetable import expectation_of_deaths
from docs.write.national import (
    CENSUS_2020,
    at_expectations,
    collapse,
    level_of_expectation,
    national_tables,
    yearly_decline,
    zone_ratios,
)
from sim.common.paths import library
from sim.places.national import load_national
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


def test_decline_is_compound() -> None:
    levels = pd.DataFrame({"year": [2010, 2020], "level": [1.0, 0.99**10]})
    assert yearly_decline(levels, 2010, 2020) == pytest.approx(0.01)


@pytest.mark.slow
@pytest.mark.skipif(not (REFERENCE / "wpp").is_dir(), reason=f"no published data at {REFERENCE}")
def test_the_files_are_those_that_the_command_writes() -> None:
    for name, table in national_tables(REFERENCE).items():
        carried = pd.read_csv(library() / "calibration" / "national" / name)
        pd.testing.assert_frame_equal(carried, table.reset_index(drop=True), check_dtype=False, rtol=1e-8)
