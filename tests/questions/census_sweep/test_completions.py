"""Counties over the whole table: they complete what the nation's developers did, and stay within what was ever seen."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.model.arrays import Array
from sim.places.census import CensusRow, read_rows
from sim.questions.census_sweep.county import Asked, county_case
from sim.run.ensemble import simulate

CENSUS = Path("../shared/data/census/counties_2020.csv")
EVERY = 15
"""One county of so many is run: some 150."""
DRAWS = 4
HOMES = {2021: 730.16e6, 2022: 625.39e6, 2023: 724.33e6, 2024: 537.41e6}
"""Homes completed by developers in China [m²] (National Bureau of Statistics, releases on real estate)."""
URBAN = {2021: 914.25e6, 2022: 920.71e6, 2023: 932.67e6, 2024: 943.50e6}
"""Urban residents of China at the year's end (National Bureau of Statistics, yearly bulletins)."""

pytestmark = pytest.mark.skipif(not CENSUS.is_file(), reason="the census tables of all counties are not here")


@cache
def rows() -> list[CensusRow]:
    return [row for row in read_rows(CENSUS)[0] if row.households and row.floor_area_per_person]


@cache
def found() -> list[Mapping[str, Array]]:
    """Medians by year, 2020 first, of each county of the sample."""
    wanted = ("resident", "urban", "households", "floor_lived", "urban_home_floor_completed")
    ensembles = [simulate(county_case(row, Asked()), range(DRAWS)) for row in rows()[EVERY // 2 :: EVERY]]
    return [{name: np.median(one.of(name), axis=-1).astype(np.float64) for name in wanted} for one in ensembles]


def test_towns_complete_what_the_nations_developers_did() -> None:
    built, people = (
        sum(np.nan_to_num(one[name]) for one in found()) for name in ("urban_home_floor_completed", "urban")
    )
    years = slice(1, 1 + len(HOMES))
    nation = sum(HOMES.values()) / sum(URBAN.values())
    assert built[years].sum() / people[years].sum() == pytest.approx(nation, rel=0.15)
    assert built[years] / people[years] == pytest.approx([HOMES[y] / URBAN[y] for y in HOMES], rel=0.3)


def test_no_county_leaves_what_the_tables_showed() -> None:
    """In 2035: floor area per person below the most, households above the smallest, of any county in 2020."""
    floor, size = (
        [one[a][-1] / one[b][-1] for one in found()]
        for a, b in (("floor_lived", "resident"), ("resident", "households"))
    )
    assert max(floor) < max(row.floor_area_per_person or 0.0 for row in rows())
    assert min(size) > min(row.resident / (row.households or 1.0) for row in rows())
    residents, households = (sum(one[name][-1] for one in found()) for name in ("resident", "households"))
    assert residents / households > 2.4
