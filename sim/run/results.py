"""From draws to the long tables that people read."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from sim.model.arrays import Array, Kept
from sim.model.axes import N_AGES, SEXES, ZONES
from sim.run.columns import Columns
from sim.run.ensemble import Ensemble
from sim.run.space import let_go
from sim.run.tables import QUANTILES

_TOGETHER: Final = 1 << 21
"""Values of measures that are sorted at once, about [byte]: few enough to stay in cache, enough to hide a call."""


def series(scenario: str, regions: Sequence[str], ensemble: Ensemble) -> Columns:
    """Quantiles and mean of every measure that is known, by region and year, in the columns SERIES_COLUMNS."""
    values = ensemble.values
    together = max(_TOGETHER // (values[:1].nbytes or 1), 1)
    parts = [values[first : first + together] for first in range(0, len(values), together)]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:  # sorting needs no lock of the interpreter
        statistics = np.concatenate(list(pool.map(_summary, parts)))  # [measure, statistic, region, year]
    n_measures, n_statistics, n_regions, n_years = statistics.shape
    of_measure = np.repeat(np.arange(n_measures), n_statistics * n_regions * n_years)
    of_statistic = np.tile(np.repeat(np.arange(n_statistics), n_regions * n_years), n_measures)
    of_region = np.tile(np.repeat(np.arange(n_regions), n_years), n_measures * n_statistics)
    years = np.tile(np.array(ensemble.years), n_measures * n_statistics * n_regions)
    measures = list(ensemble.measures.values())
    names = ["quantile"] * len(QUANTILES) + ["mean"]
    quantiles = np.array([*QUANTILES, np.nan])
    table = Columns(
        {
            "scenario": np.full(statistics.size, scenario, dtype=object),
            "region": np.array(regions, dtype=object)[of_region],
            "zone": np.array([m.zone for m in measures], dtype=object)[of_measure],
            "year": years,
            "measure": np.array([m.id for m in measures], dtype=object)[of_measure],
            "unit": np.array([m.unit for m in measures], dtype=object)[of_measure],
            "statistic": np.array(names, dtype=object)[of_statistic],
            "quantile": quantiles[of_statistic],
            "value": statistics.ravel(),
        }
    )
    is_flow = np.array([m.is_flow for m in measures])[of_measure]
    unknown = np.isnan(table["value"])
    return table.where(~(is_flow & (years == ensemble.years[0])) & ~unknown)


def _summary(values: Kept) -> Array:
    found = np.moveaxis(summary(values), 0, 1)
    let_go(values)
    return found


def summary(values: Kept) -> Array:
    """Quantiles QUANTILES and then the mean along the draws, shape [statistic, …] for values [… , draw].

    All NaN where a draw has no value: quantiles of the other draws would be of another question.
    """
    ordered = np.sort(values, axis=-1)
    n = ordered.shape[-1]
    at = np.array(QUANTILES) * (n - 1)
    below = np.floor(at).astype(np.int64)
    above = np.minimum(below + 1, n - 1)
    share = at - below
    low, high = ordered[..., below].astype(np.float64), ordered[..., above].astype(np.float64)
    quantiles = np.moveaxis(low + (high - low) * share, -1, 0)
    mean = values.mean(axis=-1, dtype=np.float64)
    quantiles[:, np.isnan(mean)] = np.nan
    return np.concatenate([quantiles, mean[np.newaxis]])


def pyramid(scenario: str, regions: Sequence[str], ensemble: Ensemble) -> Columns:
    """Mean persons by zone, sex and single age in the chosen years, in the columns PYRAMID_COLUMNS."""
    people = ensemble.pyramids
    index = np.indices(people.shape).reshape(people.ndim, -1)
    year, region, zone, sex, age = index
    return Columns(
        {
            "scenario": np.full(people.size, scenario, dtype=object),
            "region": np.array(regions, dtype=object)[region],
            "year": np.array(ensemble.pyramid_years)[year],
            "zone": np.array(ZONES, dtype=object)[zone],
            "sex": np.array(SEXES, dtype=object)[sex],
            "age": np.arange(N_AGES)[age],
            "value": people.ravel(),
        }
    )
