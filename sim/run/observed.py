"""Published figures of a region in the measures of the model, for the black dots of the charts."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from sim.common.units import factor, is_known
from sim.places.census import CensusRow
from sim.run.tables import OBSERVED_COLUMNS

_OF_HISTORY: Final = {
    "resident_pop": ("resident", "person"),
    "urban_pop": ("urban", "person"),
    "rural_pop": ("rural", "person"),
    "urban_district_pop": ("city", "person"),
    "registered_pop": ("registered", "person"),
    "urbanization_rate": ("urbanization_rate", "share"),
    "family_households": ("households", "households"),
    "age_0_14": ("age_0_14", "person"),
    "age_15_59": ("age_15_59", "person"),
    "age_60plus": ("age_60_plus", "person"),
    "age_65plus": ("age_65_plus", "person"),
}


def observed(region: str, name: str, rows: Mapping[int, CensusRow], history: Path | None) -> pd.DataFrame:
    """Census and yearly figures of one region in the columns OBSERVED_COLUMNS, persons or shares.

    Estimates from before the 2020 census, which it broke with, are left out; a census figure stands
    before a yearly one of the same year.
    """
    found: dict[tuple[str, int], tuple[float, str, str, str]] = {}
    if history is not None and history.is_file():
        for measure, year, figure in _of_history(history, name):
            found.setdefault((measure, year), figure)
    for year, row in rows.items():
        for measure, value, unit in _of_census(row):
            found[measure, year] = (value, unit, "census", f"{year} census")
    table = [(region, measure, year, *rest) for (measure, year), rest in sorted(found.items())]
    return pd.DataFrame(table, columns=list(OBSERVED_COLUMNS))


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


def _of_history(path: Path, name: str) -> Iterator[tuple[str, int, tuple[float, str, str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            known = _OF_HISTORY.get(row["indicator"])
            if row["area"] != name or known is None or row["series"].startswith("pre-census") or not row["value"]:
                continue
            measure, unit = known
            if is_known(row["unit"]):
                value = float(row["value"]) * factor(row["unit"], unit)
                yield measure, int(row["year"]), (value, unit, row["series"], row["source"])
