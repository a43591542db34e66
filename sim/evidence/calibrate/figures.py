"""The figures of a census that fits and forecasts are held to: of a row, and of a population."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags, Integers
from sim.model.axes import AWAY, CITY, OUTSIDE_REGISTRATION, TOWN
from sim.places.census import AGE_GROUPS, AGE_STARTS, CensusRow

AGE_ERROR, TOTAL_ERROR, CITY_ERROR, OUTSIDE_ERROR = 0.05, 0.003, 0.01, 0.05
"""How closely each figure of the second census should be met: standard deviations of its logarithm."""

N_AGE: Final = 2 * len(AGE_GROUPS)
RESIDENT, URBAN, SEAT, OUTSIDE, HOUSEHOLDS = range(N_AGE, N_AGE + 5)
N_FIGURES: Final = N_AGE + 5
NAMES: Final = (
    *(f"{sex} {start}" for sex in ("male", "female") for start in AGE_STARTS),
    *("resident", "urban", "city", "outside", "households"),
)
"""Persons by sex and age group; then residents, urban, built-up area, registered elsewhere; then households."""

LOOSE: Final = (0.08, 0.01, 0.05, 0.10, 0.02)
LOOSER: Final = (0.20, 0.05, 0.10, 0.20, 0.05)
"""Wider errors of ages, totals, built-up area, outsiders and households, for a search that is to stay smooth."""


@quickclass(frozen=True, slots=True)
class Figures:
    """Logarithms of census figures and their weights (one over the error; 0 where there is none), [row, figure]."""

    logs: Array
    weights: Array

    @property
    def known(self) -> Flags:
        """Which figures the census gives [row, figure]."""
        return self.weights > 0.0

    def take(self, rows: Integers) -> "Figures":
        """The figures of some rows."""
        return Figures(self.logs[rows], self.weights[rows])

    def without(self, figure: int) -> "Figures":
        """The same with one figure left out."""
        weights = self.weights.copy()
        weights[:, figure] = 0.0
        return replace(self, weights=weights)

    def loosened(self, errors: tuple[float, float, float, float, float]) -> "Figures":
        """The same with errors no smaller than these of ages, totals, built-up area, outsiders and households."""
        age, total, seat, outside, households = errors
        least = np.array([*[age] * N_AGE, total, total, seat, outside, households])
        return replace(self, weights=np.minimum(self.weights, 1.0 / least))


def persons_of_rows(rows: Sequence[CensusRow]) -> Array:
    """The figures of census rows [persons, households], [row, figure]; NaN where a row gives none."""
    persons = np.full((len(rows), N_FIGURES), np.nan)
    for i, row in enumerate(rows):
        persons[i, :N_AGE] = (*row.male_by_age, *row.female_by_age)
        persons[i, N_AGE:] = [
            row.resident,
            row.urban,
            row.city_area or np.nan,
            row.outside or np.nan,
            row.households or np.nan,
        ]
    return persons


def errors_of(persons: Array) -> Array:
    """How closely a fit should meet these figures: standard deviations of their logarithms [row, figure]."""
    errors = np.empty_like(persons)
    errors[:, :N_AGE] = np.hypot(AGE_ERROR, 1.0 / np.sqrt(np.maximum(persons[:, :N_AGE], 1.0)))
    errors[:, N_AGE:] = [TOTAL_ERROR, TOTAL_ERROR, CITY_ERROR, OUTSIDE_ERROR, TOTAL_ERROR]
    return errors


def figures_of_rows(rows: Sequence[CensusRow]) -> Figures:
    """What the fit of each county should meet, and how closely."""
    persons = persons_of_rows(rows)
    known = np.isfinite(persons)
    logs = np.log(np.maximum(np.where(known, persons, 1.0), 1.0))
    return Figures(logs, np.where(known, 1.0 / errors_of(persons), 0.0))


def figures_of(pop: Array, headship: Array) -> Array:
    """The figures [persons, households], [lane, figure], of populations [lane, zone, registration, sex, age].

    headship: households per person of each lane [lane, sex, age].
    """
    residents = pop[:, :AWAY].sum(axis=(1, 2))
    ages = np.add.reduceat(residents, list(AGE_STARTS), axis=2)
    city, town = (pop[:, zone].sum(axis=(1, 2, 3)) for zone in (CITY, TOWN))
    totals = [
        pop[:, :AWAY].sum(axis=(1, 2, 3, 4)),
        city + town,
        city,
        pop[:, :AWAY, OUTSIDE_REGISTRATION].sum(axis=(1, 2, 3)),
        (residents * headship).sum(axis=(1, 2)),
    ]
    return np.concatenate([ages.reshape(len(pop), -1), np.stack(totals, axis=1)], axis=1)
