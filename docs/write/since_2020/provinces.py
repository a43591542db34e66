"""All provinces, each fitted to its two censuses as one region and run on, beside every figure published since.

The pace since the census (moves between provinces, moves to town, births, deaths against the rates of the decade
before) is estimated from the provinces' own figures, for each province from those of the other folds alone; what it
leaves is the drift of a province.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from docs.write.closure_sums import MEASURES, RESIDENTS, URBAN, YEARS, Sums, people_of, year_of
from docs.write.folder import published
from docs.write.since_2020.areas import CensusFolder, as_one
from sim.evidence.calibrate.figures import HOUSEHOLDS, figures_of_rows
from sim.evidence.calibrate.fit import search
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS, lasting
from sim.evidence.calibrate.region import decade_of
from sim.evidence.calibrate.replay import Decade, Lanes, central, lanes_of, lived
from sim.model.arrays import Array, Flags, Integers
from sim.places.base_year import base_year
from sim.places.census import CensusRow, read_rows
from sim.places.china.national import load_national

FOLDS: Final = 5
STEP: Final = 0.1
SEARCHES: Final = 3
BAND: Final = 0.8
WIDENING: Final = 0.75
"""Power of the years since the census with which errors of residents and urban share widen: between noise and drift."""

PACES: Final = {
    "arrive": ("outside.arrive_city", "outside.arrive_town", "outside.arrive_rural"),
    "leave": ("away.leave_city", "away.leave_town", "away.leave_rural"),
    "return": ("away.return_to_city", "away.return_to_town", "away.return_to_rural"),
    "to_town": (
        *("transfer.rural_to_city", "transfer.rural_to_town"),
        *("boundary.rural_to_city", "boundary.rural_to_town"),
    ),
    "fertility": ("fertility.tfr",),
    "mortality": ("mortality.level",),
}
"""What each pace multiplies, by its exponential."""

_SHOWN_BY: Final = {"arrive": 0, "leave": 0, "return": 0, "to_town": 1, "fertility": 2, "mortality": 3}
"""The measure that shows a province's own pace."""

_USUAL: Final = np.array([1.0, 0.5, 7.0, 5.0])
"""Sizes of errors of residents [%], urban share [points], births and deaths [%] that count alike."""

_BEFORE: Final = 2.0
"""Deviation of the logarithm of a pace before any figure is seen: wide."""


@dataclass(frozen=True, slots=True)
class Provinces:
    """Provinces ready to run from their second census. parameters: fitted [province, theta], as they last."""

    rows: tuple[CensusRow, ...]
    lanes: Lanes
    parameters: Array


@dataclass(frozen=True, slots=True)
class Facts:
    """What was published [province, year, measure], residents and urban share as changes since the census."""

    values: Array

    @property
    def known(self) -> Flags:
        """Which figures there are."""
        return np.isfinite(self.values)


@dataclass(frozen=True, slots=True)
class Score:
    """Errors [province, year, measure] of no change, of runs as fitted, and with the pace that other provinces have.

    paces: logarithms, of all provinces together [pace]; drift: deviation of a province's own logarithm [pace]; half:
    half the width of the 80% band, from errors of the provinces of other folds, [province, year, measure].
    """

    still: Array
    plain: Array
    paced: Array
    half: Array
    paces: Array
    drift: Array


def provinces(census: CensusFolder) -> Provinces:
    """Every province that both censuses have, fitted."""
    tables = [read_rows(census.path / f"provinces_{year}.csv", year)[0] for year in (census.first, census.second)]
    first, second = ({row.code: as_one(row) for row in table} for table in tables)
    codes = sorted(set(first) & set(second))
    national = load_national()
    before = [decade_of(first[code], second[code], national) for code in codes]
    rows = tuple(second[code] for code in codes)
    target = figures_of_rows(rows).without(HOUSEHOLDS)
    found = search(lanes_of(before, [None] * len(codes), FREE_PARAMETERS), target, jobs=2)
    after = [_after(decade, first[row.code], row) for decade, row in zip(before, rows, strict=True)]
    lanes = lanes_of(after, [None] * len(codes), FREE_PARAMETERS)
    return Provinces(rows, lanes, lasting(FREE_PARAMETERS, found.parameters))


def _after(decade: Decade, first: CensusRow, second: CensusRow) -> Decade:
    """What is known of a province at its second census, for the years after it."""
    pop = base_year(second, decade.national, other=first).pop
    return replace(decade, pop=pop, years=YEARS)


def facts(of: Provinces, later: pd.DataFrame) -> Facts:
    """Every figure of later.csv about these provinces."""
    values = np.full((len(of.rows), len(YEARS), len(MEASURES)), np.nan)
    for i, row in enumerate(of.rows):
        said = published(later, row.code, row.resident, 100.0 * row.urbanization_rate)
        for j, year in enumerate(YEARS):
            for k, measure in enumerate(MEASURES):
                values[i, j, k] = said.get((measure, year), np.nan)
    return Facts(values)


def said(of: Provinces, paces: Array) -> Array:
    """What runs say, as `Facts` has it. paces: logarithms [province, pace]."""
    values = central(of.lanes, of.parameters)
    for number, paths in enumerate(PACES.values()):
        for path in paths:
            values[path] = values[path] * np.exp(paces[:, number, np.newaxis])
    start = np.zeros((len(of.rows), len(MEASURES)))
    start[:, [RESIDENTS, URBAN]] = people_of(of.lanes.pop)
    _, years = lived(of.lanes, values, year_of)
    sums = Sums(tuple(row.code for row in of.rows), np.stack([start, *years]))
    changes = [sums.changes(row.code) for row in of.rows]
    return np.array([[[own[measure, year] for measure in MEASURES] for year in YEARS] for own in changes])


def errors(run: Array, fact: Facts) -> Array:
    """Errors [province, year, measure] in % of residents, points, % of births and of deaths; NaN without a figure."""
    found = run - fact.values
    found[..., 2:] = 100.0 * found[..., 2:] / fact.values[..., 2:]
    return found


def score(of: Provinces, fact: Facts) -> Score:
    """Scores with each province's pace from the other folds."""
    count = len(of.rows)
    fold = np.arange(count) % FOLDS
    none = np.zeros((count, len(PACES)))
    plain = errors(said(of, none), fact)
    paces = none.copy()
    half = np.full_like(fact.values, np.nan)
    for number in range(FOLDS):
        paces[fold == number] = pace(of, fact, np.flatnonzero(fold != number))
        half[fold == number] = _half(_among(of, fact, fold, number))
    paced = errors(said(of, paces), fact)
    everyone = np.arange(count)
    together = pace(of, fact, everyone)
    still = errors(np.zeros_like(fact.values), fact)
    still[..., 2:] = np.nan
    return Score(still, plain, paced, half, together, _drift(of, fact, together))


def pace(of: Provinces, fact: Facts, rows: Integers) -> Array:
    """Logarithms of the paces [pace] that these provinces' figures ask for together, by Gauss and Newton."""
    found = np.zeros(len(PACES))
    for _ in range(SEARCHES):
        off, slopes = _linear(of, fact, np.tile(found, (len(of.rows), 1)))
        known = np.isfinite(off[rows])
        x, y = slopes[rows][known], off[rows][known]
        normal = x.T @ x + np.eye(len(PACES)) / _BEFORE**2
        found = found - np.linalg.solve(normal, x.T @ y + found / _BEFORE**2)
    return found


def _linear(of: Provinces, fact: Facts, paces: Array) -> tuple[Array, Array]:
    """Errors in usual sizes [province, year, measure], and their slopes with each pace [..., pace]."""
    off = errors(said(of, paces), fact) / _USUAL
    slopes = []
    for number in range(len(PACES)):
        moved = paces.copy()
        moved[:, number] += STEP
        slopes.append((errors(said(of, moved), fact) / _USUAL - off) / STEP)
    return off, np.stack(slopes, axis=-1)


def _drift(of: Provinces, fact: Facts, paces: Array) -> Array:
    """Deviation of a province's own pace from the common one [pace], were it the only one."""
    off, slopes = _linear(of, fact, np.tile(paces, (len(of.rows), 1)))
    found = []
    for number, measure in enumerate(_SHOWN_BY.values()):
        own, slope = off[..., measure], slopes[..., measure, number]
        known = np.isfinite(own)
        moved = (slope[known] ** 2).sum()
        found.append(np.sqrt((own[known] ** 2).sum() / moved) if moved > 0.0 else np.nan)
    return np.array(found)


def _among(of: Provinces, fact: Facts, fold: Integers, left_out: int) -> Array:
    """Errors of the provinces of other folds, each with the pace of the folds that are neither its own nor this one."""
    paces = np.zeros((len(of.rows), len(PACES)))
    for number in range(FOLDS):
        if number != left_out:
            paces[fold == number] = pace(of, fact, np.flatnonzero((fold != number) & (fold != left_out)))
    found = errors(said(of, paces), fact)
    found[fold == left_out] = np.nan
    return found


def _half(off: Array) -> Array:
    """Half-widths of the 80% band [year, measure]: a quantile of errors that widen with the years since the census."""
    ahead = np.arange(1.0, len(YEARS) + 1.0) ** WIDENING
    growing = np.stack([ahead, ahead, np.ones_like(ahead), np.ones_like(ahead)], axis=1)
    found = np.full(growing.shape, np.nan)
    for k in range(len(MEASURES)):
        own = np.abs(off[..., k]) / growing[:, k]
        if np.isfinite(own).any():
            found[:, k] = np.nanquantile(own, BAND) * growing[:, k]
    return found


def drifts_assumed() -> Mapping[str, float]:
    """The drift that fits carry for the parameter of each pace."""
    known = {parameter.name: parameter.drift for parameter in FREE_PARAMETERS}
    return {name: known[name] for name in PACES}


def mean_error(of: Array, measure: int, where: Flags | None = None) -> float:
    """Mean absolute error of a measure over the figures known."""
    own = np.abs(of[..., measure][np.isfinite(of[..., measure]) if where is None else where])
    return float(own.mean()) if own.size else float("nan")
