"""Odds of urban hukou at which areas have their published share: `calibration/national/urban_hukou.csv`.

`python -m docs.write.hukou DATA`. DATA holds `census/provinces_2020.csv` and `census/counties_2020.csv`; the published
figures are below, each with its primary source.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import numpy as np

from sim.common.paths import library
from sim.model.arrays import Array
from sim.places.base_year.away import away_total
from sim.places.base_year.hukou import odds_of
from sim.places.base_year.registration import registration
from sim.places.base_year.zones import zone_totals
from sim.places.census import CensusRow, read_rows
from sim.places.china.residence import load_patterns

FILE: Final = Path("calibration") / "national" / "urban_hukou.csv"
CENSUS: Final = 2020
NATION: Final = "000000"
_BULLETIN: Final = "copy quoting the communiqué"


@dataclass(frozen=True, slots=True)
class Published:
    """Shares of urban hukou among the registered of an area [%] by year, and where they stand."""

    code: str
    by_year: dict[int, float]
    evidence: str
    source: str


PUBLISHED: Final = (
    Published(
        NATION,
        {2019: 44.38, 2020: 45.4},
        "official",
        "National Bureau of Statistics: communiqué of 2019; communiqué no. 7 of the census of 2020 "
        "(figure of the Ministry of Public Security)",
    ),
    Published(
        "340000",
        {2020: 37.24},
        "press",
        "Anhui: plan of new urbanization 2021–2035, reported in Shichang Xingbao on 23 March 2022",
    ),
    Published(
        "440100",
        {2019: 79.9, 2021: 80.81},
        "press",
        "Guangzhou Municipal Bureau of Statistics: population of 2019 and of 2021, reported",
    ),
    Published("630000", {2019: 41.2}, _BULLETIN, "Qinghai: communiqué of 2019"),
    Published(
        "630200",
        {2019: 27.33},
        "official",
        "Haidong Municipal Bureau of Statistics: communiqué of 2019 (29 April 2020)",
    ),
)


def at_census(of: Published, nation: Published) -> float:
    """The share in the census year [%]: read between years, or of the year before with the nation's change since."""
    years = sorted(of.by_year)
    if years[-1] >= CENSUS:
        return float(np.interp(CENSUS, years, [of.by_year[year] for year in years]))
    return of.by_year[years[-1]] + nation.by_year[CENSUS] - nation.by_year[years[-1]]


def by_rules(row: CensusRow) -> Array:
    """Persons [zone, registration] as the census row and the rules alone give them."""
    patterns = load_patterns()
    totals, _ = zone_totals(row, None, patterns)
    away, _ = away_total(row, None, patterns)
    return registration(row, totals, away, None, patterns).table


def odds(of: Published, share: float, provinces: Sequence[CensusRow], counties: Sequence[CensusRow]) -> float:
    """The factor on odds of urban hukou in all rows of an area [1]."""
    if of.code == NATION:
        rows = list(provinces)
    else:
        digits = 2 if of.code.endswith("0000") else 4
        rows = [row for row in (provinces if digits == 2 else counties) if row.code[:digits] == of.code[:digits]]
    return odds_of(np.concatenate([by_rules(row) for row in rows]), share / 100.0)


def write(data: Path, output: Path) -> None:
    """Write the table."""
    provinces, _ = read_rows(data / "census" / f"provinces_{CENSUS}.csv")
    counties, _ = read_rows(data / "census" / f"counties_{CENSUS}.csv")
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "census", "published", "years", "odds", "evidence", "source"])
        for of in PUBLISHED:
            share = at_census(of, PUBLISHED[0])
            found = odds(of, share, provinces, counties)
            years = " ".join(str(year) for year in sorted(of.by_year))
            writer.writerow([of.code, CENSUS, f"{share:.2f}", years, f"{found:.4f}", of.evidence, of.source])


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path) -> None:
    """Solve the odds of every area with a published share."""
    write(data, library() / FILE)


if __name__ == "__main__":
    main()
