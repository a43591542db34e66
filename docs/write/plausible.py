"""What a county can be to the limits that a run is held against: `sim/run/plausible.csv`.

`python -m docs.write.plausible DATA [--output FILE]`. DATA holds `census/counties_{2010,2020}.csv` and
`wpp/wpp2024/`. A limit of a year is what all but one in a thousand counties lay within: of a figure of both censuses,
its range of each, the change of the decade carried on to later years where it widens; of a rate that follows the age
of the nation, the range of the counties' ratios to the nation, times the nation of that year (United Nations, medium
variant); of a change, the range of the decade between the censuses as changes of a year.
"""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import click
import numpy as np

from sim.common.language import Text
from sim.places.census import AGE_GROUPS, CensusRow, read_rows
from sim.places.census.pairs import pairs
from sim.run.plausible import COLUMNS, TABLE

YEARS: Final = (2020, 2025, 2035, 2050, 2070)
_TAIL: Final = 0.001
_DECADE: Final = 10.0
_SINGLE_YEAR: Final = 2.0
"""A single year may change by so many times what a year of the decade did on average (assumption)."""
_NATION: Final = "CHN"
_MILLE: Final = 1000.0
_CENSUS: Final = Text("2010年、2020年人口普查分县资料", "county volumes of the censuses of 2010 and 2020")
_UN: Final = Text(
    "2010年、2020年人口普查分县资料与全国之比,乘以联合国《世界人口展望2024》中国(中方案)",
    "ratios of counties to the nation in the censuses of 2010 and 2020, times China in UN World Population "
    "Prospects 2024, medium",
)
_UN_BIRTHS: Final = Text(
    "2010年人口普查分县出生率、2020年人口普查分县不满一岁人口占比与全国之比,乘以联合国《世界人口展望2024》中国(中方案)",
    "ratios of counties to the nation of birth rates in the census of 2010 and of people under one in that of 2020, "
    "times China in UN World Population Prospects 2024, medium",
)
_DECADE_SOURCE: Final = Text(
    "2010—2020年两次普查之间各县的变化",
    "changes of counties between the censuses of 2010 and 2020",
)
_FIRST_YEAR: Final = 10_620_000 / 11_988_057
"""Births of 2021 (communiqué of 2021) against people under one on 1 November 2020 (census), in the nation."""
_BIRTHS: Final = Text(
    "2010年、2020年人口普查分县资料中不满一岁人口与1—4岁之比(与全国相比),乘以全国2021年出生人数(统计公报)与普查不满一岁人口之比",
    "under one against ages 1–4 in county volumes of the censuses of 2010 and 2020, against the nation, times births "
    "of 2021 (communiqué) over people under one in the census of 2020",
)
_ASSUMED: Final = Text(
    "假设:分县资料没有空置率;全国城镇21.4%(CHFS 2017),人口流失的县更高",
    "assumption: county tables have no vacancy; 21.4% in towns of China (CHFS 2017), more where people leave",
)
_BY_MEANING: Final = Text("按定义", "by definition")

Line = tuple[str, int, float, float, Text]


def lines(data: Path) -> list[Line]:
    """The rows of the table."""
    tables = [read_rows(data / "census" / f"counties_{year}.csv")[0] for year in (2010, 2020)]
    found = [*_ages(data, tables), *_vital(data, tables), *_levels(tables), *_changes(tables)]
    found.append(("vacancy_rate", 0, 0.0, 0.5, _ASSUMED))
    found.append(("adequacy", 0, 0.0, 1.0, _BY_MEANING))
    return found


def _range(values: Sequence[float]) -> tuple[float, float]:
    known = [value for value in values if np.isfinite(value)]
    low, high = np.quantile(known, (_TAIL, 1.0 - _TAIL))
    return float(low), float(high)


def _ages(data: Path, tables: Sequence[Sequence[CensusRow]]) -> list[Line]:
    """People of 90 and over: the range of 85 and over in counties against the nation's, times the nation's of 90.

    The United Nations have fewer people of 85 and over in 2020 than the census: theirs are brought to its level.
    """
    ratios: list[float] = []
    share = 0.0
    for rows in tables:
        old = np.array([row.male_by_age[-1] + row.female_by_age[-1] for row in rows])
        all_ = np.array([row.resident for row in rows])
        share = float(old.sum() / all_.sum())
        ratios += list(old / all_ / share)
    low, high = _range(ratios)
    nation, scale = _nation_over(data, 90), share / _nation_over(data, 85)[YEARS[0]]
    return [("aged_90_plus", year, low * scale * nation[year], high * scale * nation[year], _UN) for year in YEARS]


def _nation_over(data: Path, age: int) -> dict[int, float]:
    """Share of the nation of that age or more at a year's end, the mean of two Julys [1]."""
    people: dict[tuple[int, bool], float] = {}
    with (data / "wpp" / "wpp2024" / "pop_1july_1x1.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["iso3"] == _NATION:
                key = int(row["year"]), int(row["age"]) >= age
                people[key] = people.get(key, 0.0) + float(row["male"]) + float(row["female"])
    both = {year: people[year, True] / (people[year, True] + people[year, False]) for year, old in people if old}
    return {year: (both[year] + both[year + 1]) / 2.0 for year in YEARS}


def _vital(data: Path, tables: Sequence[Sequence[CensusRow]]) -> list[Line]:
    """Births and deaths per thousand: counties of 2010 against all of them, times the nation's rate of the year.

    County volumes of 2020 have no births: residents under one stand for them there.
    """
    with (data / "wpp" / "wpp2024" / "annual_indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        nation = {int(row["year"]): row for row in csv.DictReader(file) if row["iso3"] == _NATION}
    people = _nation_people(data)
    found: list[Line] = []
    for name, column, rate in (("births", "births", "birth_rate"), ("deaths", "deaths", "death_rate")):
        known = [(getattr(row, rate), row.resident) for row in tables[0] if getattr(row, rate)]
        ratios = _against_all(known)
        if name == "births":
            ratios += _against_all([(_under_one(row) / row.resident, row.resident) for row in tables[1]])
        low, high = _range(ratios)
        level = {year: _MILLE * float(nation[year][column]) / people[year] for year in YEARS}
        source = _UN_BIRTHS if name == "births" else _UN
        found += [(f"{name}_per_1000", year, low * level[year], high * level[year], source) for year in YEARS]
    return found


def _against_all(rates: Sequence[tuple[float, float]]) -> list[float]:
    """Rates of counties against that of all of them. rates: with the residents of each."""
    each, residents = np.array(rates).T
    return list(each / (each @ residents / residents.sum()))


def _under_one(row: CensusRow) -> float:
    return row.male_by_age[0] + row.female_by_age[0]


def _nation_people(data: Path) -> dict[int, float]:
    people: dict[int, float] = {}
    with (data / "wpp" / "wpp2024" / "pop_1july_1x1.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["iso3"] == _NATION:
                people[int(row["year"])] = people.get(int(row["year"]), 0.0) + float(row["male"]) + float(row["female"])
    return people


def _levels(tables: Sequence[Sequence[CensusRow]]) -> list[Line]:
    """Figures that both censuses have: the range of 2020, each end carried on where the decade widened it."""
    figures: dict[str, Callable[[CensusRow], float]] = {
        "household_size": lambda row: row.resident / row.households if row.households else np.nan,
        "floor_per_person": lambda row: row.floor_area_per_person or np.nan,
    }
    found: list[Line] = []
    for name, figure in figures.items():
        (low, high), (low_now, high_now) = (_range([figure(row) for row in rows]) for rows in tables)
        for year in YEARS:
            decades = min((year - 2020) / _DECADE, 3.0)
            least = min(low, low_now * (low_now / low) ** decades)
            most = max(high, high_now * (high_now / high) ** decades)
            found.append((name, year, least, most, _CENSUS))
    return found


def _changes(tables: Sequence[Sequence[CensusRow]]) -> list[Line]:
    """Changes of a year on average since the base year, and of the first year; births against the youngest."""
    both = pairs(*tables).pairs
    growth = _range([float(np.log(one.second.resident / one.first.resident)) / _DECADE for one in both])
    gain = _range([(one.second.urbanization_rate - one.first.urbanization_rate) / _DECADE for one in both])
    newest = [ratio * _FIRST_YEAR for rows in tables for ratio in _young(rows)]
    found: list[Line] = []
    for name, (low, high) in (("growth", growth), ("urban_gain", gain)):
        found.append((name, 0, low, high, _DECADE_SOURCE))
        found.append((f"first_{name}", 0, _SINGLE_YEAR * low, _SINGLE_YEAR * high, _DECADE_SOURCE))
    return [*found, ("first_births", 0, *_range(newest), _BIRTHS)]


def _young(rows: Sequence[CensusRow]) -> list[float]:
    """Residents under one against a year of those of one to four, against the same of all counties [1]."""
    index = AGE_GROUPS.index("1-4")
    under_one = np.array([row.male_by_age[0] + row.female_by_age[0] for row in rows])
    ones = np.array([row.male_by_age[index] + row.female_by_age[index] for row in rows])
    own = np.divide(under_one, ones, out=np.full(len(rows), np.nan), where=ones > 0.0)
    return [float(ratio) for ratio in own / (under_one.sum() / ones.sum())]


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), default=TABLE)
def main(data: Path, output: Path) -> None:
    """Write the table of limits."""
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(
            [name, year, f"{low:.4g}", f"{high:.4g}", said.zh, said.en] for name, year, low, high, said in lines(data)
        )


if __name__ == "__main__":
    main()
