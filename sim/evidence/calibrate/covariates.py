"""What a base-year table shows of a county, as numbers that its coming rates may depend on."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags
from sim.places.census import AGE_GROUPS, CensusRow
from sim.places.census.further import FURTHER
from sim.places.china.province_names import PROVINCES

_SEX_RATIO_GROUPS: Final = (4, 5, 6, 7, 9, 11)
_LIMIT: Final = 5.0
"""Standardised covariates are held within this many deviations, so that one odd figure cannot carry a county away."""

_COUNTS: Final = (
    "urban logit",
    "urban share",
    "log residents",
    "log registered/residents",
    "log outsiders/residents",
    "log other province/residents",
    "log elsewhere in county/residents",
    "non-agricultural hukou share",
    "log household size",
    "share of one-person households",
    "birth rate",
    "death rate",
    "years of schooling",
    "floor area",
    "rooms",
    "log men/women",
    "share in family households",
    "log 0-4/residents",
    *(f"log {group}/residents" for group in AGE_GROUPS[2:]),
    *(f"log men/women {AGE_GROUPS[group]}" for group in _SEX_RATIO_GROUPS),
    "county-level city",
    "district",
)
NAMES: Final = (
    *_COUNTS,
    *(one.name for one in FURTHER),
    "log residents/prefecture's",
    "log residents/province's",
)
BEYOND: Final[Flags] = np.arange(len(NAMES)) >= len(_COUNTS)
"""Which covariates not every county table has [covariate]."""

_ALMOST: Final = 2e-4
"""Shares of none and of all are taken as this far from it."""


@quickclass(frozen=True, slots=True)
class Scale:
    """Mean and deviation of each covariate over the counties of a census [covariate]."""

    mean: Array
    deviation: Array

    def standard(self, values: Array) -> Array:
        """Covariates against their mean in deviations [row, covariate]; NaN where one is missing."""
        return np.asarray(np.clip((values - self.mean) / self.deviation, -_LIMIT, _LIMIT), dtype=np.float64)


def scale_of(values: Array) -> Scale:
    """The scale of a table of covariates [row, covariate]; a column without any figure has mean 0, deviation 1."""
    known = np.isfinite(values)
    count = known.sum(axis=0)
    filled = np.where(known, values, 0.0)
    mean = filled.sum(axis=0) / np.maximum(count, 1)
    variance = (np.where(known, values - mean, 0.0) ** 2).sum(axis=0) / np.maximum(count, 1)
    return Scale(mean, np.where(variance > 1e-12, np.sqrt(variance), 1.0))


def expectations(standard: Array) -> Array:
    """Correlations of standardised covariates [covariate, covariate], by which `filled` expects what is missing."""
    known = np.where(np.isfinite(standard), standard, 0.0)
    return np.asarray(known.T @ known / len(known) + 0.02 * np.eye(known.shape[1]), dtype=np.float64)


def filled(standard: Array, together: Array) -> Array:
    """The covariates [row, covariate] with each missing one as expected of a county with those that are known."""
    found = standard.copy()
    missing = ~np.isfinite(standard)
    for pattern in np.unique(missing[missing.any(axis=1)], axis=0):
        rows = (missing == pattern).all(axis=1)
        weights = _weights(pattern.tobytes(), np.ascontiguousarray(together).tobytes())
        found[np.ix_(rows, pattern)] = standard[np.ix_(rows, ~pattern)] @ weights
    return found


@lru_cache(maxsize=64)
def _weights(missing: bytes, together: bytes) -> Array:
    """What known covariates say of those that are missing [known, missing]; counties of a table lack the same ones.

    missing: flags, and together: correlations, as bytes.
    """
    pattern = np.frombuffer(missing, dtype=np.bool_)
    square, known = np.frombuffer(together).reshape(len(pattern), -1), ~pattern
    return np.asarray(np.linalg.solve(square[np.ix_(known, known)], square[np.ix_(known, pattern)]), dtype=np.float64)


def covariates(rows: Sequence[CensusRow]) -> Array:
    """The covariates of `NAMES` of each row [row, covariate]; NaN where the table has no figure."""
    return np.array([_of(row) for row in rows], dtype=np.float64).reshape(len(rows), len(NAMES))


def provinces(rows: Sequence[CensusRow]) -> Array:
    """Which province each row is of: 1 in its column, 0 elsewhere [row, province]."""
    return np.array([[float(row.code[:2] == code) for code in PROVINCES] for row in rows])


def _of(row: CensusRow) -> list[float]:
    male, female = np.array(row.male_by_age), np.array(row.female_by_age)
    both, resident = male + female, row.resident
    urban = min(max(row.urbanization_rate, 0.005), 0.995)
    return [
        np.log(urban / (1.0 - urban)),
        row.urbanization_rate,
        np.log(resident),
        _log(row.registered, resident),
        _log(row.outside, resident, 50.0),
        _log(row.other_province, resident, 20.0),
        _log(row.elsewhere_same_county, resident, 50.0),
        _or_nan(row.nonagricultural_share) / 100.0,
        -_log(row.households, resident),
        _or_nan(row.one_person_households) / (row.households or float("nan")),
        _or_nan(row.birth_rate),
        _or_nan(row.death_rate),
        _or_nan(row.mean_years_schooling),
        _or_nan(row.floor_area_per_person),
        _or_nan(row.rooms_per_household),
        np.log(row.male / row.female),
        _or_nan(row.household_population) / resident,
        np.log((both[0] + both[1]) / resident + 1e-5),
        *np.log((both[2:] + 5.0) / resident),
        *(np.log((male[group] + 5.0) / (female[group] + 5.0)) for group in _SEX_RATIO_GROUPS),
        float(row.kind == "city"),
        float(row.kind == "district"),
        *(_scaled(row.further.get(one.name), one.unit) for one in FURTHER),
        *(_log(resident, row.further.get(f"{area}_residents", float("nan"))) for area in ("prefecture", "province")),
    ]


def _scaled(value: float | None, unit: str) -> float:
    """Shares in percent as log odds, distances and persons as logarithms, the rest as it is."""
    if value is None:
        return float("nan")
    if unit == "%":
        share = min(max(value / 100.0, _ALMOST), 1.0 - _ALMOST)
        return float(np.log(share / (1.0 - share)))
    if unit == "km":
        return float(np.log(value + 10.0))
    return float(np.log(value)) if unit == "人" else value


def _log(value: float | None, resident: float, at_least: float = 0.0) -> float:
    return float("nan") if value is None or value + at_least <= 0.0 else float(np.log((value + at_least) / resident))


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value or 0.0
