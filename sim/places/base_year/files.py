"""A region's base year from its folder: census rows, and people away where they were projected."""

import csv
from pathlib import Path

import numpy as np

from sim.common.errors import fault
from sim.model.axes import REGISTRATIONS, SEXES
from sim.places.base_year.away import SHAPE, AwayEstimate
from sim.places.base_year.build import BaseYear, base_year
from sim.places.census import CensusRow, read_region
from sim.places.china.national import National
from sim.places.texts import tr

AWAY_FILE = "away.csv"
_METHOD = tr("projected from the people away at the previous census, with the rates fitted in rates.yaml")


def region_base(folder: Path, year: int, national: National) -> tuple[BaseYear, dict[int, CensusRow]]:
    """People of a region in its base year, and all its census rows; InvalidInput where a file is bad."""
    rows = read_region(folder)
    if year not in rows:
        known = ", ".join(str(known) for known in rows)
        raise fault(
            str(folder / "census.csv"),
            str(year),
            f"没有基年{year}年的普查数据(有 {known})",
            f"no census figures of the base year {year} (there are {known})",
        )
    others = [row for known, row in rows.items() if known != year]
    away = read_away(folder / AWAY_FILE) if (folder / AWAY_FILE).is_file() else None
    return base_year(rows[year], national, away, others[0] if others else None), rows


def read_away(path: Path) -> AwayEstimate:
    """People away by registration, sex and age [persons] from a file of those columns; InvalidInput where it is bad."""
    pop = np.zeros(SHAPE)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                pop[REGISTRATIONS.index(row["hukou"]), SEXES.index(row["sex"]), int(row["age"])] = float(row["persons"])
        return AwayEstimate(pop, _METHOD)
    except (OSError, KeyError, ValueError, IndexError, UnicodeError) as problem:
        raise fault(
            str(path),
            "",
            f"外出人口文件无效:{problem}",
            f"not a table of people away (hukou, sex, age, persons): {problem}",
        ) from None
