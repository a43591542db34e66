"""What census rows say of homes: one county in detail, and every county of the tables."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.places.base_year.homes import base_homes, is_unusual, marks_of_homes
from sim.places.census import CensusRow, read_row, read_rows
from tests.census_rows import figures_2020, write
from tests.model.homes.homes_years import defaults, one
from tests.model.oracle import homes_homes as homes

CENSUS = Path("../shared/data/census")


@pytest.fixture
def row(tmp_path: Path) -> CensusRow:
    figures = figures_2020() | {"floor_area_per_person": "38.5", "rooms_per_household": "3.4"}
    figures |= {"households_sample": "160", "rented_sample": "24", "self_built_sample": "80", "purchased_sample": "40"}
    return read_row(write(tmp_path / "counties_2020.csv", figures), "341299")


def test_figures_of_a_row(row: CensusRow) -> None:
    found = base_homes(row)
    assert (found.floor_per_person, found.rooms_per_household) == (38.5, 3.4)
    assert (found.rented, found.self_built, found.purchased) == (0.15, 0.5, 0.25)
    assert all(math.isnan(value) for value in (found.public_rental, found.affordable, found.old, found.shanty))
    assert [mark.kind for mark in marks_of_homes(row)] == ["observed", "assumed", "observed", "assumed", "missing"]


def test_a_row_without_figures_leaves_them_unknown_and_says_so(row: CensusRow) -> None:
    blank = replace(row, floor_area_per_person=None, rented_sample=None)
    found = base_homes(blank)
    assert math.isnan(found.floor_per_person)
    assert math.isnan(found.rented)
    assert [mark.kind for mark in marks_of_homes(blank)] == ["assumed"] * 4 + ["missing"]
    households = np.full((1, 1, 3), 1e4)
    stock = homes.start(households, households * 2.5, [found], defaults())
    floor = homes.stock_totals(stock, defaults())["floor_lived"] / 7.5e4
    assert one(floor) == pytest.approx(41.76)
    assert one(stock.base.renting) == 0.15


@pytest.mark.parametrize("floor", [1.06, 106.0])
def test_an_unusual_figure_is_used_and_named(row: CensusRow, floor: float) -> None:
    odd = replace(row, floor_area_per_person=floor)
    assert base_homes(odd).floor_per_person == floor
    named = [mark for mark in marks_of_homes(odd) if f"{floor:g}" in mark.method.en]
    assert len(named) == 1


@pytest.mark.skipif(not CENSUS.is_dir(), reason="the census tables of all counties are not here")
@pytest.mark.parametrize(("year", "most_unusual"), [(2010, 0.02), (2020, 0.005)])
def test_every_county_has_a_plausible_base(year: int, most_unusual: float) -> None:
    rows, _ = read_rows(CENSUS / f"counties_{year}.csv")
    usable = [row for row in rows if row.households]
    assert len(usable) > 2_000
    base = [base_homes(row) for row in usable]
    urban = np.array([row.urban / row.resident for row in usable])
    by_zone = np.stack([0.6 * urban, 0.4 * urban, 1.0 - urban], axis=-1)[np.newaxis]
    households = by_zone * np.array([row.households for row in usable])[:, np.newaxis]
    residents = by_zone * np.array([row.resident for row in usable])[:, np.newaxis]
    stock = homes.start(households, residents, base, defaults(1, len(usable)))
    totals = homes.stock_totals(stock, defaults(1, len(usable)))
    assert min(stock.homes.min(), stock.floor.min(), totals["public_rental_need"].min()) >= 0.0
    floor = (totals["floor_lived"] / residents.sum(axis=-1))[0]
    given = np.array([of.floor_per_person for of in base])
    assert floor == pytest.approx(np.where(np.isnan(given), 41.76, given), rel=1e-9)
    assert np.mean([is_unusual(value) for value in floor]) <= most_unusual
    assert np.abs(homes.vacancy_change(stock)).max() < 1e-12
