"""The series of a few measures of one region, by year."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isfinite

from sim.charts.numbers import in_canonical
from sim.tables import RunTables, Verdict

Statistic = float | None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
    frame = tables.series
    wanted = frame[frame["measure"].isin(list(measures)) & (frame["region"] == (region or main_region(tables)))]
    values: dict[tuple[str, Statistic], dict[int, float]] = {}
    units: dict[str, str] = {}
    columns = (wanted[name].tolist() for name in ("measure", "statistic", "quantile", "year", "value", "unit"))
    for measure, statistic, quantile, year, value, unit in zip(*columns, strict=True):
        key = (measure, None if statistic == "mean" else round(float(quantile), 6))
        units[measure] = unit
        if isfinite(value):
            values.setdefault(key, {})[int(year)] = float(value)
    years = sorted({year for by_year in values.values() for year in by_year})
    return Curves(tuple(years), units, values)


def observations(tables: RunTables, measure: str, region: str | None = None) -> tuple[Observation, ...]:
    """The published figures of a measure, in order of years."""
    frame = tables.observed
    wanted = frame[(frame["measure"] == measure) & (frame["region"] == (region or main_region(tables)))]
    columns = (wanted[name].tolist() for name in ("year", "value", "unit", "series", "source"))
    rows = [
        Observation(int(year), in_canonical(float(value), str(unit)), str(series), str(source))
        for year, value, unit, series, source in zip(*columns, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: row.year))
