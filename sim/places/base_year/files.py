"""A region's base year from its folder: census rows, and people away where they were projected."""

from pathlib import Path

import numpy as np

from sim.places.base_year.away import SHAPE, AwayEstimate
from sim.places.base_year.build import BaseYear, base_year
from sim.places.census import CensusRow
from sim.places.china.national import National
from sim.places.inputs import AWAY_FILE, away_rows, census_rows
from sim.places.texts import tr

_METHOD = tr("projected from the people away at the previous census, with the rates fitted in rates.yaml")


def region_base(folder: Path, year: int, national: National) -> tuple[BaseYear, dict[int, CensusRow]]:
    """People of a region in its base year, and all its census rows; InvalidInput where a file is bad."""
    rows = census_rows(folder, year)
    others = [row for known, row in rows.items() if known != year]
    away = read_away(folder / AWAY_FILE, rows[year].resident) if (folder / AWAY_FILE).is_file() else None
    return base_year(rows[year], national, away, others[0] if others else None), rows


def read_away(path: Path, residents: float | None = None) -> AwayEstimate:
    """People away by registration, sex and age [persons] from a file of those columns; InvalidInput where it is bad.

    residents: of the region, against whom the sum is held.
    """
    pop = np.zeros(SHAPE)
    for registration, sex, age, persons in away_rows(path, residents):
        pop[registration, sex, age] = persons
    return AwayEstimate(pop, _METHOD)
