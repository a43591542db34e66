"""Base rates of a county from its two censuses: few parameters, priors, least squares."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from sim.evidence.calibrate.knobs import KNOBS
from sim.evidence.calibrate.replay import Decade, replay
from sim.model.arrays import Array
from sim.model.axes import AWAY, CITY, OUTSIDE_HUKOU, TOWN
from sim.places.census.row import AGE_STARTS, CensusRow

AGE_ERROR, TOTAL_ERROR, CITY_ERROR, OUTSIDE_ERROR = 0.05, 0.003, 0.01, 0.05
"""How closely each figure of the second census should be met: standard deviations of its logarithm."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure of the second census beside what the run gives [persons]."""

    name: str
    observed: float
    fitted: float

    @property
    def error(self) -> float:
        """Relative error of the run [1]."""
        return self.fitted / self.observed - 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Knobs that best reproduce the second census, their posterior, and what they leave unexplained.

    knobs [knob]; covariance [knob, knob] of the Laplace approximation; pop: persons at the second census.
    """

    knobs: Array
    covariance: Array
    observations: tuple[Observation, ...]
    pop: Array


def fit(decade: Decade, second: CensusRow) -> Fit:
    """Fit the knobs so that a run from the first census gives the second one."""
    names, observed, errors = _figures(second)
    deviations = np.array([knob.deviation for knob in KNOBS])

    def residuals(knobs: Array) -> Array:
        fitted = _fitted(replay(decade, knobs), second)
        misfit = np.log(np.maximum(fitted, 1.0) / observed) / errors
        return np.concatenate([misfit, knobs / deviations])

    solution = least_squares(residuals, np.zeros(len(KNOBS)), x_scale=deviations, max_nfev=200)
    pop = replay(decade, solution.x)
    fitted = _fitted(pop, second)
    observations = tuple(
        Observation(name, float(o), float(f)) for name, o, f in zip(names, observed, fitted, strict=True)
    )
    slopes = np.asarray(solution.jac, dtype=np.float64)
    return Fit(solution.x, np.asarray(np.linalg.inv(slopes.T @ slopes), dtype=np.float64), observations, pop)


def _figures(row: CensusRow) -> tuple[list[str], Array, Array]:
    """Names, values and relative errors of the figures of a census that a fit should meet."""
    names = [f"{sex} {start}" for sex in ("male", "female") for start in AGE_STARTS]
    values = [*row.male_by_age, *row.female_by_age]
    errors = [float(np.hypot(AGE_ERROR, 1.0 / np.sqrt(max(value, 1.0)))) for value in values]
    for name, value, error in _totals(row):
        names.append(name)
        values.append(value)
        errors.append(error)
    return names, np.maximum(np.array(values), 1.0), np.array(errors)


def _totals(row: CensusRow) -> list[tuple[str, float, float]]:
    totals = [("resident", row.resident, TOTAL_ERROR), ("urban", row.urban, TOTAL_ERROR)]
    if row.city_area:
        totals.append(("city", row.city_area, CITY_ERROR))
    if row.outside:
        totals.append(("outside", row.outside, OUTSIDE_ERROR))
    return totals


def _fitted(pop: Array, row: CensusRow) -> Array:
    """The same figures from a population [zone, hukou, sex, age]."""
    residents = pop[:AWAY]
    by_age = grouped(residents.sum(axis=(0, 1)))
    of = {
        "resident": residents.sum(),
        "urban": pop[CITY].sum() + pop[TOWN].sum(),
        "city": pop[CITY].sum(),
        "outside": residents[:, OUTSIDE_HUKOU].sum(),
    }
    return np.concatenate([by_age.ravel(), [of[name] for name, _, _ in _totals(row)]])


def grouped(by_sex_and_age: Array, starts: Sequence[int] = AGE_STARTS) -> Array:
    """Persons by sex and census age group, [sex, group], from single ages [sex, age]."""
    return np.add.reduceat(by_sex_and_age, list(starts), axis=1)
