"""What planners' methods and a regression say of the second census, from the first and from other counties only."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.evidence.backtest.quantities import (
    CHILDREN,
    ELDERS,
    HOMES,
    OLD,
    PEOPLE,
    QUANTITIES,
    RATE,
    WORKING,
    YOUNG,
    of_rows,
)
from sim.evidence.crosscheck import composite_growth, logistic_rate, urban_rural_growth_difference
from sim.evidence.texts import tr
from sim.model.arrays import Array
from sim.places.census import CensusRow

NATIONAL_RATES: Final = {2000: 0.3609, 2010: 0.4968}
"""Urban share of China in the censuses before: communiqués of the fifth and sixth censuses [1]."""

RIDGE: Final = 0.1


@quickclass(frozen=True, slots=True)
class Method:
    """A method that a forecast is compared with; planners: whether it is in planning textbooks."""

    id: str
    name: Text
    planners: bool


METHODS: Final = (
    Method("no_change", tr("no change"), True),
    Method("national_increment", tr("national increment"), True),
    Method("growth_difference", tr("UN growth difference"), True),
    Method("logistic", tr("logistic curve"), True),
    Method("composite_growth", tr("composite growth"), True),
    Method("ridge", tr("ridge regression with provinces"), False),
)


@quickclass(frozen=True, slots=True)
class Known:
    """What a method may use: counties that are forecast (first census only), and others of which both are known.

    columns: straight covariates and provinces, of the one [row, column] and of the others.
    """

    rows: Sequence[CensusRow]
    others_first: Sequence[CensusRow]
    others_second: Sequence[CensusRow]
    columns: Array
    others_columns: Array

    @property
    def years(self) -> int:
        """Years between the censuses."""
        return self.others_second[0].year - self.others_first[0].year


def forecasts(known: Known) -> dict[str, Array]:
    """What each method says [row, quantity]; NaN where it says nothing of a quantity."""
    first = of_rows(known.rows)
    before, after = of_rows(known.others_first), of_rows(known.others_second)
    return {
        "no_change": first.copy(),
        "national_increment": _increment(first, before, after),
        "growth_difference": _growth_difference(known, first),
        "logistic": _logistic(known, first),
        "composite_growth": _composite(known, first),
        "ridge": _ridge(known, first, before, after),
    }


def _nothing(first: Array) -> Array:
    return np.full_like(first, np.nan)


def _with_people(said: Array) -> Array:
    """Persons by age from residents and shares."""
    said[:, CHILDREN] = said[:, PEOPLE] * said[:, YOUNG]
    said[:, ELDERS] = said[:, PEOPLE] * said[:, OLD]
    return said


def _increment(first: Array, before: Array, after: Array) -> Array:
    """The other counties' change, all together: of shares in points, of counts as a factor."""
    both = np.isfinite(before) & np.isfinite(after)
    weights = before[:, PEOPLE]
    said = first.copy()
    for column, quantity in enumerate(QUANTITIES):
        rows = both[:, column]
        if quantity.unit == "points":
            start = weights[rows] @ before[rows, column] / weights[rows].sum()
            end = after[rows, PEOPLE] @ after[rows, column] / after[rows, PEOPLE].sum()
            said[:, column] = np.clip(first[:, column] + end - start, 0.0, 1.0)
        else:
            said[:, column] = first[:, column] * after[rows, column].sum() / before[rows, column].sum()
    said[:, WORKING] = 1.0 - said[:, YOUNG] - said[:, OLD]
    return _with_people(said)


def _growth_difference(known: Known, first: Array) -> Array:
    said = _nothing(first)
    urban = [sum(row.urban for row in rows) for rows in (known.others_first, known.others_second)]
    rural = [sum(row.rural for row in rows) for rows in (known.others_first, known.others_second)]
    difference = (np.log(urban[1] / urban[0]) - np.log(rural[1] / rural[0])) / known.years
    said[:, RATE] = [urban_rural_growth_difference(rate, difference, known.years) for rate in first[:, RATE]]
    return said


def _logistic(known: Known, first: Array) -> Array:
    """The nation's slope of the decade before the first census, from each county's own share."""
    said = _nothing(first)
    (early, low), (late, high) = NATIONAL_RATES.items()
    slope = (np.log(high / (1.0 - high)) - np.log(low / (1.0 - low))) / (late - early)
    said[:, RATE] = [logistic_rate(rate, float(slope), known.years) for rate in first[:, RATE]]
    return said


def _composite(known: Known, first: Array) -> Array:
    """Own natural growth of the first census's year, and the other counties' mean mechanical growth."""
    said = _nothing(first)
    own = np.array([_natural(row) for row in known.rows])
    others = np.array([_natural(row) for row in known.others_first])
    typical = float(np.nanmean(others)) if np.isfinite(others).any() else 0.0
    persons = [sum(row.resident for row in rows) for rows in (known.others_first, known.others_second)]
    mechanical = float(np.log(persons[1] / persons[0])) / known.years - typical
    for i, row in enumerate(known.rows):
        natural = own[i] if np.isfinite(own[i]) else typical
        said[i, PEOPLE] = composite_growth(row.resident, natural, mechanical, known.years)
    said[:, HOMES] = said[:, PEOPLE] * first[:, HOMES] / first[:, PEOPLE]
    return said


def _natural(row: CensusRow) -> float:
    if row.birth_rate is None or row.death_rate is None:
        return float("nan")
    return (row.birth_rate - row.death_rate) / 1000.0


def _ridge(known: Known, first: Array, before: Array, after: Array) -> Array:
    """Changes of each quantity (of counts in logarithms) on covariates and provinces, all at once."""
    points = np.array([quantity.unit == "points" for quantity in QUANTITIES])
    change = np.where(points, after - before, np.log(np.where(points, 1.0, after) / np.where(points, 1.0, before)))
    complete = np.isfinite(change).all(axis=1)
    x, y = known.others_columns[complete], change[complete]
    centre = y.mean(axis=0)
    effects = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ (y - centre))
    moved = centre + known.columns @ effects
    return np.where(points, np.clip(first + moved, 0.0, 1.0), first * np.exp(np.where(points, 0.0, moved)))
