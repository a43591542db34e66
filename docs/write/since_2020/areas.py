"""Provinces and prefectures of which no region is shipped, each as one region made from its census rows."""

import csv
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

import yaml

from sim.common.paths import library
from sim.evidence.calibrate.region import calibrate_rows, files
from sim.places.base_year import base_year
from sim.places.census import CensusRow, read_row, read_rows, write_rows
from sim.places.census.store import FILE, IDENTITY
from sim.places.china.national import load_national
from sim.places.region_add import HISTORY, Naming, description
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario

FIGURES: Final = Path("calibration") / "later.csv"
_SHARES_AND_MEANS: Final = (
    "nonagricultural_share",
    "birth_rate",
    "death_rate",
    "mean_years_schooling",
    "floor_area_per_person",
    "rooms_per_household",
    "household_size",
)
_NAMES: Final = ("year", "code", "name", "province", "prefecture", "further", "warnings")
_AGES: Final = ("male_by_age", "female_by_age")


@dataclass(frozen=True, slots=True)
class Area:
    """A province (code ending in 0000: its own census row), or a prefecture (the sum of its counties' rows).

    residents: of a prefecture in its second census [persons], by which a table with all its counties is known.
    """

    id: str
    code: str
    name: str
    name_en: str
    residents: float = 0.0


COMPLETE: Final = 0.005
"""Residents by which the counties of a prefecture may differ from its own figure and still be all of them [1]."""

AREAS: Final = (
    Area("anhui", "340000", "安徽省", "Anhui"),
    Area("henan", "410000", "河南省", "Henan"),
    Area("guangdong", "440000", "广东省", "Guangdong"),
    Area("qinghai", "630000", "青海省", "Qinghai"),
    Area("shijiazhuang-prefecture", "130100", "石家庄市", "Shijiazhuang (whole prefecture)", 11_235_086.0),
)


@dataclass(frozen=True, slots=True)
class CensusFolder:
    """A folder of county and province tables of two censuses, `counties_YEAR.csv` and `provinces_YEAR.csv`."""

    path: Path
    first: int
    second: int

    def has(self, area: Area) -> bool:
        """Whether both tables have the province, or the later one all counties of the prefecture."""
        if area.code.endswith("0000"):
            tables = [read_rows(self.path / f"provinces_{year}.csv", year)[0] for year in (self.first, self.second)]
            return all(any(row.code == area.code for row in table) for table in tables)
        rows, _ = read_rows(self.path / f"counties_{self.second}.csv")
        found = sum(row.resident for row in rows if row.code.startswith(area.code[:4]))
        return abs(found - area.residents) < COMPLETE * area.residents

    def row(self, area: Area, year: int) -> CensusRow:
        """The area as one region in a census year."""
        if area.code.endswith("0000"):
            return as_one(read_row(self.path / f"provinces_{year}.csv", area.code, year))
        rows, _ = read_rows(self.path / f"counties_{year}.csv")
        members = [row for row in rows if row.code.startswith(area.code[:4])]
        return together(members, area)


def as_one(row: CensusRow) -> CensusRow:
    """A province's row in which moves between its counties are inside: only people of other provinces are outsiders."""
    inside = (row.elsewhere_same_county or 0.0) + (row.same_province or 0.0)
    return replace(row, elsewhere_same_county=inside, same_province=0.0)


def together(rows: Sequence[CensusRow], area: Area) -> CensusRow:
    """The sum of counties as one row; means and rates are left out, and a count that a county lacks.

    People registered in another county of the same prefecture stay among the outsiders: tables do not tell them apart.
    """
    summed: dict[str, Any] = dict.fromkeys(_SHARES_AND_MEANS)
    for field in fields(CensusRow):
        if field.name in _NAMES or field.name in _SHARES_AND_MEANS:
            continue
        values = [getattr(row, field.name) for row in rows]
        if field.name in _AGES:
            summed[field.name] = tuple(float(sum(group)) for group in zip(*values, strict=True))
        else:
            summed[field.name] = None if any(value is None for value in values) else float(sum(values))
    return replace(rows[0], code=area.code, name=area.name, prefecture=area.name, warnings=(), further={}, **summed)


def prepared(area: Area, census: CensusFolder, folder: Path, horizon: int) -> ResolvedScenario:
    """The trend of an area, fitted to its two censuses, in a library of its own below `folder`."""
    first, second = (census.row(area, year) for year in (census.first, census.second))
    fitted = calibrate_rows(first, second, load_national())
    home = folder / "regions" / area.id
    home.mkdir(parents=True)
    marks = base_year(second, load_national(), other=first).marks
    content = description(second, area.id, Naming(area.id, area.name_en), marks) | {"history": HISTORY}
    (home / IDENTITY).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    write_rows(home / FILE, [first, second])
    for name, text in files(fitted).items():
        (home / name).write_text(text, encoding="utf-8")
    shutil.copy(library() / FIGURES, home / HISTORY)
    file = folder / area.id / "trend.yaml"
    file.parent.mkdir()
    title = "title: {zh: 趋势延续, en: Trend}"
    file.write_text(
        f"name: trend\n{title}\nregion: {area.id}\nhorizon: {horizon}\ntest_year: {horizon}\ndraws: 1000\nseed: 2020\n",
        encoding="utf-8",
    )
    return scenario(file)


def areas_with_figures() -> tuple[Area, ...]:
    """Areas of which later figures are kept, in the order of `AREAS`."""
    with (library() / FIGURES).open(encoding="utf-8", newline="") as file:
        known = {row["area"] for row in csv.DictReader(file)}
    return tuple(area for area in AREAS if area.name in known)
