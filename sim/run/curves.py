"""The series of a few measures of one region, by year."""

import weakref
from collections.abc import Collection, Mapping
from math import isfinite
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.common.numbers import in_canonical
from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Integers
from sim.run.answers import Verdict
from sim.run.columns import Columns
from sim.run.tables import RunTables

Statistic = float | None


@quickclass(frozen=True, slots=True)
class Curves:
    """Quantiles and means of measures by year, in canonical units; `years` in order."""

    years: tuple[int, ...]
    units: Mapping[str, str]
    values: Mapping[tuple[str, Statistic], Mapping[int, float]]

    def has(self, measure: str) -> bool:
        """Whether the run reports the measure."""
        return measure in self.units

    def quantile(self, measure: str, quantile: float) -> dict[int, float]:
        """A quantile of the measure by year; empty where the run does not report it."""
        return dict(self.values.get((measure, quantile), {}))

    def mean(self, measure: str) -> dict[int, float]:
        """The mean of the measure over the draws, by year."""
        return dict(self.values.get((measure, None), {}))

    def median(self, measure: str, year: int | None) -> float | None:
        """The median of the measure in a year, if reported."""
        return None if year is None else self.values.get((measure, 0.5), {}).get(year)


@quickclass(frozen=True, slots=True)
class Observation:
    """A published figure of a measure, in its canonical unit."""

    year: int
    value: float
    series: str
    source: str


def assessed(tables: RunTables) -> tuple[Verdict, ...]:
    """Targets with a probability: the urbanization rate, other outcomes, standards, openings; then as in the plan."""
    chosen = [verdict for verdict in tables.verdicts if verdict.probability is not None]
    kinds = ("outcome", "standard", "commitment", "deadline")
    return tuple(sorted(chosen, key=lambda one: (one.measure != "urbanization_rate", kinds.index(one.kind))))


def main_region(tables: RunTables) -> str:
    """The region that is shown where none is asked for: the first."""
    return tables.regions[0][0]


def curves(tables: RunTables, measures: Collection[str], region: str | None = None) -> Curves:
    """The series of the measures of a region, by default the first."""
    index, place = _index(tables.series), region or main_region(tables)
    values: dict[tuple[str, Statistic], dict[int, float]] = {}
    units: dict[str, str] = {}
    for measure in dict.fromkeys(measures):
        rows = index.rows.get((place, measure))
        if rows is None:
            continue
        units[measure] = str(index.unit[rows[0]])
        if (place, measure) not in index.asked:
            index.asked[place, measure] = _by_statistic(index, rows)
        values |= {(measure, statistic): own for statistic, own in index.asked[place, measure].items()}
    years = sorted({year for by_year in values.values() for year in by_year})
    return Curves(tuple(years), units, values)


@quickclass(frozen=True, slots=True)
class _Index:
    """A series by region and measure. statistic: the quantile, None for a mean; asked: what was looked up in it."""

    rows: Mapping[tuple[str, str], NDArray[np.intp]]
    unit: NDArray[Any]
    statistic: NDArray[Any]
    year: Integers
    value: Array
    asked: dict[tuple[str, str], dict[Statistic, dict[int, float]]]


def _by_statistic(index: _Index, rows: NDArray[np.intp]) -> dict[Statistic, dict[int, float]]:
    """What is known of a measure of a region, by statistic and year."""
    found: dict[Statistic, dict[int, float]] = {}
    columns = (column[rows].tolist() for column in (index.statistic, index.year, index.value))
    for statistic, year, value in zip(*columns, strict=True):
        if isfinite(value):
            found.setdefault(statistic, {})[year] = value
    return found


_INDICES: Final[dict[int, _Index]] = {}
"""Of every series that is still held: a report of many regions asks for its curves hundreds of times."""


def _index(frame: Columns) -> _Index:
    found = _INDICES.get(id(frame))
    if found is None:
        found = _indexed(frame)
        _INDICES[id(frame)] = found
        weakref.finalize(frame, _INDICES.pop, id(frame), None)
    return found


def _indexed(frame: Columns) -> _Index:
    region, regions = _numbered(frame["region"])
    measure, measures = _numbered(frame["measure"])
    key = region * max(len(measures), 1) + measure
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    groups = np.split(order, starts[1:])
    names = ((regions[region[rows[0]]], measures[measure[rows[0]]]) for rows in groups if len(rows))
    return _Index(
        dict(zip(names, (rows for rows in groups if len(rows)), strict=True)),
        frame["unit"],
        _statistics(frame),
        frame["year"],
        frame["value"],
        {},
    )


def _numbered(texts: NDArray[Any]) -> tuple[Integers, list[str]]:
    """Which text stands in each place, as its position in the list of all."""
    places: dict[str, int] = {}
    numbers = [places.setdefault(text, len(places)) for text in texts.tolist()]
    return np.array(numbers, dtype=np.int64), list(places)


def _statistics(frame: Columns) -> NDArray[Any]:
    quantiles = np.where(frame["statistic"] == "mean", np.nan, frame["quantile"])
    each, places = np.unique(np.round(quantiles, 6), return_inverse=True)
    return np.array([one if isfinite(one) else None for one in each.tolist()], dtype=object)[places]


def observations(tables: RunTables, measure: str, region: str | None = None) -> tuple[Observation, ...]:
    """The published figures of a measure, in order of years."""
    frame = tables.observed
    wanted = frame.where((frame["measure"] == measure) & (frame["region"] == (region or main_region(tables))))
    rows = [
        Observation(int(year), in_canonical(float(value), unit), series, source)
        for year, value, unit, series, source in wanted.rows("year", "value", "unit", "series", "source")
    ]
    return tuple(sorted(rows, key=lambda row: row.year))
