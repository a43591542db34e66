"""Whether a run stays within what Chinese counties have shown: what leaves it is named, not hidden.

The limits of `plausible.csv` are what all but one in a thousand counties of two censuses lay within, and what the
nation becomes (`docs.write.plausible`). A limit is of the run's median; leaving it is no error, but a reason to look.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.common.rows import Row, read
from sim.model.arrays import Array
from sim.model.axes import AWAY
from sim.run.ensemble import Ensemble
from sim.run.tables import Unusual
from sim.run.texts import tr

TABLE: Final = Path(__file__).with_name("plausible.csv")
COLUMNS: Final = ("quantity", "year", "low", "high", "source_zh", "source_en")
NAMES: Final[Mapping[str, tuple[Text, str]]] = {
    "aged_90_plus": (tr("people of 90 and over"), "share"),
    "births_per_1000": (tr("births per 1,000 residents"), ""),
    "deaths_per_1000": (tr("deaths per 1,000 residents"), ""),
    "household_size": (tr("household size"), "persons/household"),
    "floor_per_person": (tr("floor area per person"), "m²/person"),
    "vacancy_rate": (tr("vacancy of homes"), "share"),
    "adequacy": (tr("adequacy of services"), "share"),
    "growth": (tr("growth of residents a year since the base year"), "share"),
    "urban_gain": (tr("gain of the urbanization rate a year since the base year"), "points"),
    "first_growth": (tr("growth of residents in the first year"), "share"),
    "first_urban_gain": (tr("gain of the urbanization rate in the first year"), "points"),
    "first_births": (tr("births of the first year against residents under one"), "ratio"),
}
"""What is looked at, by name in the table: in words, and in which unit."""
_STOCKS: Final = ("resident", "urban", "city", "rural", "households", "homes", "births", "deaths", "labour_force")
"""Measures of which no draw can be below zero."""
_OLD: Final = 90


@quickclass(frozen=True, slots=True)
class Limit:
    """What is usual of a quantity in a year; year 0: in any."""

    quantity: str
    year: int
    low: float
    high: float
    source: Text


def _limit(row: Row) -> Limit:
    year, low, high = (row.number(column) for column in COLUMNS[1:4])
    return Limit(row.one_of("quantity", list(NAMES)), int(year), low, high, row.words("source_"))


@cache
def limits() -> tuple[Limit, ...]:
    """The table, every cell checked."""
    return read(TABLE, COLUMNS, _limit, named=2)


def limit(quantity: str, year: int) -> Limit:
    """The limit of a year: between the table's years on a straight line, beyond them the nearest."""
    own = [one for one in limits() if one.quantity == quantity]
    years = [one.year for one in own]
    low, high = (
        float(np.interp(year, years, ends)) for ends in zip(*((one.low, one.high) for one in own), strict=True)
    )
    return Limit(quantity, year, low, high, own[0].source)


def unusual(ensemble: Ensemble, names: Sequence[str], years: Sequence[int] | None = None) -> tuple[Unusual, ...]:
    """What leaves the limits in the years of the pyramids, or those given; names: of the ensemble's rows."""
    wanted = [year for year in years or ensemble.pyramid_years if year in ensemble.years]
    return tuple(found for row, name in enumerate(names) for found in _of_row(ensemble, row, name, wanted))


def _of_row(ensemble: Ensemble, row: int, name: str, years: Sequence[int]) -> Iterator[Unusual]:
    first = ensemble.years[0]
    for year in years:
        for quantity, value in looked_at(ensemble, row, year, years).items():
            held = limit(quantity, year)
            if np.isfinite(value) and not held.low <= value <= held.high:
                words, unit = NAMES[quantity]
                yield Unusual(name, year, words, value, unit, held.low, held.high, held.source)
        for measure in _STOCKS:
            lowest = float(np.min(ensemble.of(measure, row)[ensemble.years.index(year)])) if year > first else 0.0
            if lowest < 0.0:
                what = ensemble.measures[measure]
                yield Unusual(name, year, what.name, lowest, what.unit, 0.0, None, tr("by definition"))


def looked_at(ensemble: Ensemble, row: int, year: int, years: Sequence[int]) -> dict[str, float]:
    """Medians of everything that is looked at in a year, by name in the table; of the first year once, in `years`."""
    is_first = year == next((one for one in years if one > ensemble.years[0]), None)
    return _values(ensemble, row, year) | (_first_year(ensemble, row) if is_first else {})


def _values(ensemble: Ensemble, row: int, year: int) -> dict[str, float]:
    """Levels of a year, and but in the base year flows and changes."""
    first, index = ensemble.years[0], ensemble.years.index(year)
    people = _middle(ensemble, "resident", row)
    found = {name: _middle(ensemble, name, row)[index] for name in ("household_size", "floor_per_person")}
    found |= {name: _middle(ensemble, name, row)[index] for name in ("vacancy_rate", "adequacy")}
    if year in ensemble.pyramid_years:
        by_age = ensemble.pyramids[ensemble.pyramid_years.index(year), row, :AWAY].sum(axis=(0, 1))
        found["aged_90_plus"] = float(by_age[_OLD:].sum() / by_age.sum()) if by_age.sum() > 0.0 else np.nan
    if year == first:
        return found
    rate = _middle(ensemble, "urbanization_rate", row)
    for flow in ("births", "deaths"):
        found[f"{flow}_per_1000"] = 1000.0 * _over(_middle(ensemble, flow, row)[index], people[index])
    return found | _change("", people, rate, index, year - first)


def _first_year(ensemble: Ensemble, row: int) -> dict[str, float]:
    """What the first year is like against the base year."""
    found = _change("first_", _middle(ensemble, "resident", row), _middle(ensemble, "urbanization_rate", row), 1, 1)
    if ensemble.years[0] in ensemble.pyramid_years:
        infants = float(ensemble.pyramids[ensemble.pyramid_years.index(ensemble.years[0]), row, :AWAY, :, 0].sum())
        found["first_births"] = _over(_middle(ensemble, "births", row)[1], infants)
    return found


def _change(prefix: str, people: Array, rate: Array, index: int, span: int) -> dict[str, float]:
    growth = float(np.log(people[index] / people[0])) / span if people[index] > 0.0 < people[0] else np.nan
    return {f"{prefix}growth": growth, f"{prefix}urban_gain": float(rate[index] - rate[0]) / span}


def _middle(ensemble: Ensemble, measure: str, row: int) -> Array:
    """Medians by year; NaN where the measure is not reported."""
    if measure not in ensemble.measures:
        return np.full(len(ensemble.years), np.nan)
    found: Array = np.median(ensemble.of(measure, row).astype(np.float64), axis=-1)
    return found


def _over(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0.0 else np.nan
