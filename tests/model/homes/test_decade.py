"""From the homes of 2010 to those of 2020, with the households that came to be: is floor area met on average?"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from sim.model.arrays import Array
from sim.places.base_year.homes import PLAUSIBLE_FLOOR, base_homes
from sim.places.census import CensusRow, read_rows
from tests.model.homes.homes_years import defaults, nothing_opened
from tests.model.oracle import homes_homes as homes
from tests.model.oracle.homes_stock import Occupants

CENSUS = Path("../shared/data/census")

pytestmark = pytest.mark.skipif(not CENSUS.is_dir(), reason="the census tables of all counties are not here")


def pairs() -> list[tuple[CensusRow, CensusRow]]:
    """Counties of both censuses with floor area, and of much the same people."""
    before = {row.code: row for row in read_rows(CENSUS / "counties_2010.csv")[0]}
    found = []
    for after in read_rows(CENSUS / "counties_2020.csv")[0]:
        row = before.get(after.code)
        if row is None or not (row.households and after.households and after.floor_area_per_person):
            continue
        alike = 0.65 < after.resident / row.resident < 1.6 and row.resident > 20_000
        if alike and (row.floor_area_per_person or 0.0) > 12.0:
            found.append((row, after))
    return found


def people(rows: Sequence[CensusRow]) -> tuple[Array, Array]:
    """Residents and households by zone; all urban people are put in the county seat, households are alike in size."""
    residents = np.array([[[row.urban, 0.0, row.rural] for row in rows]])
    size = np.array([row.resident / (row.households or 1.0) for row in rows])
    return residents, residents / size[:, np.newaxis]


def test_floor_area_of_2020_is_met_on_average() -> None:
    rows = pairs()
    assert len(rows) > 1_500
    (residents, households), (residents_2020, households_2020) = (people([pair[i] for pair in rows]) for i in (0, 1))
    now = defaults(1, len(rows))
    stock = homes.start(households, residents, [base_homes(before) for before, _ in rows], now)
    for year in range(1, 11):
        way = year / 10
        living = residents * (1 - way) + residents_2020 * way, households * (1 - way) + households_2020 * way
        occupants = Occupants(living[1], living[0], np.zeros((1, len(rows))))
        stock, _ = homes.year(stock, occupants, nothing_opened(1, len(rows)), now)
    weight = residents_2020.sum(axis=-1)[0]
    reached = homes.stock_totals(stock, now)["floor_lived"][0] / weight
    observed = np.array([after.floor_area_per_person for _, after in rows])
    unchanged = np.array([before.floor_area_per_person for before, _ in rows])
    assert abs(np.average(reached - observed, weights=weight)) < 1.0
    error, naive = (np.average(np.abs(found - observed), weights=weight) for found in (reached, unchanged))
    assert error < 0.6 * naive
    low, high = PLAUSIBLE_FLOOR
    assert np.mean((reached > low) & (reached < high)) > 0.99
