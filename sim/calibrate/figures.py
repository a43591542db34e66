"""The figures of a census that fits and forecasts are held to: of a row, and of a population."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.axes import AWAY, CITY, OUTSIDE_HUKOU, TOWN
from sim.calibrate.fit import AGE_ERROR, CITY_ERROR, OUTSIDE_ERROR, TOTAL_ERROR
from sim.census import AGE_GROUPS, AGE_STARTS, CensusRow

Array = NDArray[np.float64]

N_AGE: Final = 2 * len(AGE_GROUPS)
RESIDENT, URBAN, CITY_AREA, OUTSIDE, AWAY_FIGURE = range(N_AGE, N_AGE + 5)
N_FIGURES: Final = N_AGE + 5
"""Persons by sex and age group, then residents, urban, built-up area, registered elsewhere, away [persons]."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Logarithms of census figures and their weights (one over the error; 0 where the census has none), [row, figure]."""

    logs: Array
    weights: Array

    def take(self, rows: NDArray[np.int64]) -> "Figures":
        """The figures of some rows."""
        return Figures(self.logs[rows], self.weights[rows])


def figures_of_rows(rows: Sequence[CensusRow]) -> Figures:
    """What the fit of each county should meet, with the errors of `sim.calibrate.fit`."""
    persons = np.full((len(rows), N_FIGURES), np.nan)
    errors = np.full((len(rows), N_FIGURES), np.inf)
    for i, row in enumerate(rows):
        persons[i, :N_AGE] = (*row.male_by_age, *row.female_by_age)
        persons[i, RESIDENT], persons[i, URBAN] = row.resident, row.urban
        persons[i, CITY_AREA] = row.city_area or np.nan
        persons[i, OUTSIDE] = row.outside or np.nan
    errors[:, :N_AGE] = np.hypot(AGE_ERROR, 1.0 / np.sqrt(np.maximum(persons[:, :N_AGE], 1.0)))
    errors[:, [RESIDENT, URBAN]] = TOTAL_ERROR
    errors[:, CITY_AREA], errors[:, OUTSIDE] = CITY_ERROR, OUTSIDE_ERROR
    known = np.isfinite(persons)
    logs = np.log(np.maximum(np.where(known, persons, 1.0), 1.0))
    return Figures(logs, np.where(known, 1.0 / errors, 0.0))


def figures_of(pop: Array) -> Array:
    """The figures [persons], [lane, figure], of populations [lane, zone, hukou, sex, age]."""
    residents = pop[:, :AWAY]
    ages = np.add.reduceat(residents.sum(axis=(1, 2)), list(AGE_STARTS), axis=2)
    totals = [
        residents.sum(axis=(1, 2, 3, 4)),
        pop[:, [CITY, TOWN]].sum(axis=(1, 2, 3, 4)),
        pop[:, CITY].sum(axis=(1, 2, 3)),
        residents[:, :, OUTSIDE_HUKOU].sum(axis=(1, 2, 3)),
        pop[:, AWAY].sum(axis=(1, 2, 3)),
    ]
    return np.concatenate([ages.reshape(len(pop), -1), np.stack(totals, axis=1)], axis=1)
