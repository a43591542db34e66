"""Published figures of a region in the measures of the model, for the black dots of the charts."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from sim.places.census import CensusRow
from sim.places.history import history_of
from sim.run.columns import Columns
from sim.run.tables import OBSERVED_COLUMNS


def observed(region: str, name: str, rows: Mapping[int, CensusRow], history: Path | None) -> Columns:
    """Census and yearly figures of one region in the columns OBSERVED_COLUMNS, persons or shares.

    Estimates from before the 2020 census, which it broke with, are left out; a census figure stands
    before a yearly one of the same year.
    """
    found: dict[tuple[str, int], tuple[float, str, str, str]] = {}
    if history is not None and history.is_file():
        residents = rows[max(rows)].resident if rows else None
        for measure, year, figure in _of_history(history, name, residents):
            found.setdefault((measure, year), figure)
    for year, row in rows.items():
        for measure, value, unit in _of_census(row):
            found[measure, year] = (value, unit, "census", f"{year} census")
    table = [(region, measure, year, *rest) for (measure, year), rest in sorted(found.items())]
    return Columns.of_rows(OBSERVED_COLUMNS, table)


def _of_census(row: CensusRow) -> Iterator[tuple[str, float, str]]:
    yield "resident", row.resident, "person"
    yield "urban", row.urban, "person"
    yield "rural", row.rural, "person"
    yield "urbanization_rate", row.urbanization_rate, "share"
    if row.city_area:
        yield "city", row.city_area, "person"
    if row.registered:
        yield "registered", row.registered, "person"
    if row.households:
        yield "households", row.households, "household"


def _of_history(
    path: Path, name: str, residents: float | None
) -> Iterator[tuple[str, int, tuple[float, str, str, str]]]:
    for one in history_of(path, name, residents):
        if one.area == name and one.measure is not None and not one.series.startswith("pre-census"):
            yield one.measure, one.year, (one.in_model, one.model_unit, one.series, one.source)
