"""National schedules in the project's own layout, derived from published tables.

`python -m docs.write.national DATA [--output calibration/national]`. What each file holds and where its
figures come from is in `calibration/national/sources.yaml`.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click
import numpy as np
import pandas as pd

from docs.write.anchors import Anchor, agreed, anchors, in_bands, province_levels
from docs.write.life import level_of_expectation
from docs.write.lifetable import Sex, life_table_of_probabilities
from docs.write.since_2020.areas import as_one
from sim.common.paths import library
from sim.model.arrays import Array
from sim.model.axes import AWAY, FEMALE, FERTILE_FIRST, FERTILE_LAST, MALE, N_AGES, OLDEST, SEXES
from sim.places.base_year import base_year
from sim.places.census import CensusRow, read_rows
from sim.places.china.national import load_national

COUNTRY: Final = "CHN"
REFERENCE_YEAR: Final = 2020
LEVEL_YEARS: Final = range(2000, 2026)
"""Years of death levels: after the census of 2010 of published deaths, before it of the expectation of life."""
BIRTH_YEARS: Final = range(2000, 2051)
FERTILITY_YEARS: Final = (2010, 2015, 2020)
STRUCTURE_YEARS: Final = (2010, 2020)
BETWEEN: Final = range(2011, 2021)
SINCE: Final = range(2021, 2026)
OLD: Final = 65
TREND_FROM: Final = 3
"""Last years of published births whose mean distance from the medium variant is held afterwards."""
OPEN_PERIOD: Final = "2020-2025"
SURVEY_YEAR: Final = 2005
SURVEY_OPEN: Final = 90
CENSUS_2020: Final = {"city": 575_170_000.0, "town": 324_820_000.0, "rural": 509_790_000.0}
"""Persons by place, census of 2020 (yearbook part one, tables of cities, towns and countryside, to 10,000)."""
_SEX_NAMES: Final[tuple[Sex, Sex]] = ("male", "female")


def deaths_ratio_of_table(table: pd.DataFrame, open_rates: tuple[float, float]) -> Array:
    """Cohort death ratios 1 − S [1], [sex, age], of a complete table of qx with the open group's death rates."""
    ratios = np.empty((len(SEXES), N_AGES))
    for sex, name in enumerate(_SEX_NAMES):
        qx = table.loc[table["sex"] == name].sort_values("age")["qx"].to_numpy(np.float64)
        if qx.size != N_AGES:
            raise ValueError(f"{qx.size} ages in the life table of {name}, expected {N_AGES}")
        complete = life_table_of_probabilities(qx, 1.0 / open_rates[sex], name)
        ratios[sex] = 1.0 - complete.sx
    return ratios


def at_expectations(deaths_ratio: Array, expectations: tuple[float, float]) -> Array:
    """Death ratios [sex, age], each sex scaled to its own expectation of life [years]."""
    own = np.ones(1)
    return np.stack(
        [
            ratios * level_of_expectation(ratios[np.newaxis], own, expectation)
            for ratios, expectation in zip(deaths_ratio, expectations, strict=True)
        ]
    )


def death_levels(deaths_ratio: Array, indicators: pd.DataFrame, known: Mapping[int, float]) -> Array:
    """Multiplier of the reference year's death ratios [1], [year]: of published deaths, before them of WPP."""
    levels = np.empty(len(LEVEL_YEARS))
    for i, year in enumerate(LEVEL_YEARS):
        row = indicators.loc[year]
        weights = np.array([row["srb"], 1.0]) / (1.0 + row["srb"])
        expectation = float(weights @ np.array([row["e0M"], row["e0F"]]))
        levels[i] = known[year] if year in known else level_of_expectation(deaths_ratio, weights, expectation)
    return levels


def births_of(indicators: pd.DataFrame, known: Mapping[int, Anchor]) -> pd.DataFrame:
    """Total fertility rate [children/woman] and sex ratio at birth [males/female] by year.

    Of published births; after them the medium variant times its mean distance from the last years of them.
    """
    rows = indicators.loc[list(BIRTH_YEARS), ["tfr", "srb"]].copy()
    last = sorted(known)[-TREND_FROM:]
    variant = rows["tfr"].to_dict()
    rows.loc[rows.index > last[-1], "tfr"] *= float(np.mean([known[year].tfr / variant[year] for year in last]))
    for year, anchor in known.items():
        rows.loc[year, "tfr"] = anchor.tfr
    return rows.rename(columns={"srb": "males_per_female"}).reset_index()


def zone_ratios(survey: pd.DataFrame, standard: Array) -> dict[str, float]:
    """Age-standardised death rate of each zone over that of the 2020 mix of places [1].

    survey: one year's rows of residence, sex, age (the last open) and death_rate_permille;
    standard: weights [sex, age], the last age as open as the survey's.
    """
    rates = {}
    for residence in CENSUS_2020:
        rows = survey.loc[survey["residence"] == residence]
        table = rows.pivot_table(index="sex", columns="age", values="death_rate_permille").loc[list(SEXES)]
        rates[residence] = float((table.to_numpy(np.float64) * standard).sum())
    persons = sum(CENSUS_2020.values())
    mix = sum(rates[place] * share for place, share in CENSUS_2020.items()) / persons
    ratios = {place: rate / mix for place, rate in rates.items()}
    return ratios | {"away": ratios["city"]}


def collapse(values: Array, last: int) -> Array:
    """Values by single year of age [..., age] with all ages from `last` on in one open group."""
    return np.concatenate((values[..., :last], values[..., last:].sum(axis=-1, keepdims=True)), axis=-1)


def structure_of(population: pd.DataFrame, year: int) -> Array:
    """Share of all persons [1], [sex, age], of a table of year, age, male and female."""
    rows = population.loc[population["year"] == year].sort_values("age")
    persons = rows[list(SEXES)].to_numpy(np.float64).T
    shares: Array = persons / persons.sum()
    return shares


def _read(data: Path, name: str) -> pd.DataFrame:
    table = pd.read_csv(data / name)
    return table.loc[table["iso3"] == COUNTRY] if "iso3" in table else table


def _mortality(data: Path, indicators: pd.DataFrame) -> Array:
    rates = _read(data, "wpp/wpp2024/mx_5x5.csv")
    oldest = rates.loc[(rates["period"] == OPEN_PERIOD) & (rates["age"] == f"{OLDEST}+"), ["mx_male", "mx_female"]]
    male, female = oldest.to_numpy(np.float64)[0]
    table = _read(data, "wpp/wpp2024/CHN_official_life_table_2023.csv")
    ratios = deaths_ratio_of_table(table, (float(male), float(female)))
    male, female = indicators.loc[REFERENCE_YEAR, ["e0M", "e0F"]].to_numpy(np.float64)
    return at_expectations(ratios, (float(male), float(female)))


def _fertility(data: Path) -> pd.DataFrame:
    table = _read(data, "wpp/wpp2024/CHN_official_asfr_1x1_2009_2023.csv")
    inside = table["year"].isin(FERTILITY_YEARS) & table["age"].between(FERTILE_FIRST, FERTILE_LAST)
    table = table.loc[inside, ["year", "age", "asfr"]]
    total = table.groupby("year")["asfr"].transform("sum")
    return table.assign(births_per_woman_year=table["asfr"] / total).drop(columns="asfr")


def _census_2010(data: Path) -> Array:
    table = _read(data, "china/census_1990_2000_2010_single_age.csv")
    table = table.loc[table["year"] == STRUCTURE_YEARS[0]]
    return table.pivot_table(index="sex", columns="age", values="pop").loc[list(SEXES)].to_numpy(np.float64)


def _census_2020(data: Path, shape: Array) -> Array:
    table = pd.read_csv(data / "census" / "province_age_sex_2010_2020.csv")
    table = table.loc[(table["level"] == "national") & (table["year"] == STRUCTURE_YEARS[1])]
    first = table["age_band"].str.extract(r"(\d+)")[0].astype(int)
    table = table.assign(first=first).sort_values("first")
    return in_bands(shape, table["first"].tolist(), table[list(SEXES)].to_numpy(np.float64).T)


def _published(measure: str) -> dict[int, float]:
    table = pd.read_csv(library() / "calibration" / "national" / "vital_figures.csv")
    table = table.loc[table["measure"] == measure]
    return dict(zip(table["year"].tolist(), table["value"].tolist(), strict=True))


def _anchors(data: Path, deaths_ratio: Array, indicators: pd.DataFrame, shape: Array) -> dict[int, Anchor]:
    """Anchors of the years after 2020."""
    births, deaths = _published("births"), _published("deaths")
    figures = {year: (births[year], deaths[year]) for year in SINCE}
    start, curve = _census_2020(data, shape), _curve(data)
    return anchors(start, figures, deaths_ratio, curve, _by_year(indicators, "srb"))


def _levels_between(data: Path, deaths_ratio: Array, indicators: pd.DataFrame, shape: Array) -> dict[int, float]:
    """Death levels between the censuses: of published deaths, all times the factor that gives the old of the second.

    Births only give the deaths of infants; those of WPP are taken, since published births were revised later.
    """
    start, deaths = _census_2010(data), _published("deaths")
    figures = {year: (_by_year(indicators, "births")[year], deaths[year]) for year in BETWEEN}
    found = anchors(start, figures, deaths_ratio, _curve(data), _by_year(indicators, "srb"))
    levels = {year: anchor.death_level for year, anchor in found.items()}
    return agreed(start, _census_2020(data, shape), levels, deaths_ratio, OLD)


def _by_year(indicators: pd.DataFrame, column: str) -> dict[int, float]:
    return dict(zip(indicators.index.tolist(), indicators[column].tolist(), strict=True))


def _curve(data: Path) -> Array:
    curves = _fertility(data).pivot_table(index="year", columns="age", values="births_per_woman_year")
    return curves.reindex(columns=range(N_AGES), fill_value=0.0).loc[REFERENCE_YEAR].to_numpy(np.float64)


def _province_levels(data: Path, deaths_ratio: Array) -> pd.DataFrame:
    spans = pd.read_csv(
        library() / "calibration" / "national" / "province_life_expectancy.csv", dtype={"province": str}
    )
    found = []
    for year in STRUCTURE_YEARS:
        rows = spans.loc[spans["year"] == year]
        people = {row.code[:2]: base_year(as_one(row), load_national()).pop[:AWAY] for row in _provinces(data, year)}
        spread = dict(zip(rows["province"], rows["years"], strict=True))
        levels = province_levels(
            deaths_ratio, spread, {code: people[code] for code in spread}, load_national().zone_mortality
        )
        found += [(code, year, level) for code, level in levels.items()]
    return pd.DataFrame(found, columns=["province", "year", "level"])


def _provinces(data: Path, year: int) -> tuple[CensusRow, ...]:
    rows, _ = read_rows(data / "census" / f"provinces_{year}.csv")
    return rows


def _by_sex_and_age(values: Array, column: str, first_age: int = 0) -> pd.DataFrame:
    ages = range(first_age, first_age + values.shape[1])
    rows = [(SEXES[sex], age, values[sex, age - first_age]) for sex in (MALE, FEMALE) for age in ages]
    return pd.DataFrame(rows, columns=["sex", "age", column])


def _of_years(tables: dict[int, pd.DataFrame]) -> pd.DataFrame:
    together = pd.concat(tables, names=["year"]).reset_index(level="year")
    return together.reset_index(drop=True)


def national_tables(data: Path) -> dict[str, pd.DataFrame]:
    """All national schedules by file name, from a folder of reference data."""
    indicators = _read(data, "wpp/wpp2024/annual_indicators.csv").set_index("year")
    population = _read(data, "wpp/wpp2024/pop_1july_1x1.csv")
    survey = _read(data, "china/survey2001_2005_age_mortality_city_town_rural.csv")
    deaths = _mortality(data, indicators)
    structures = {year: structure_of(population, year) for year in STRUCTURE_YEARS}
    known = _anchors(data, deaths, indicators, structures[REFERENCE_YEAR])
    levels = _levels_between(data, deaths, indicators, structures[REFERENCE_YEAR])
    levels |= {year: anchor.death_level for year, anchor in known.items()}
    ratios = zone_ratios(survey.loc[survey["year"] == SURVEY_YEAR], collapse(structures[2020], SURVEY_OPEN))
    oldest = {2010: _census_2010(data)[:, 85:], 2020: structures[2020][:, 85:]}
    shares = {year: persons / persons.sum(axis=1, keepdims=True) for year, persons in oldest.items()}
    return {
        "mortality.csv": _by_sex_and_age(deaths, "death_ratio"),
        "zone_mortality.csv": pd.DataFrame(ratios.items(), columns=["zone", "ratio"]),
        "fertility.csv": _fertility(data),
        "births.csv": births_of(indicators, known),
        "province_mortality.csv": _province_levels(data, deaths),
        "death_level.csv": pd.DataFrame({"year": LEVEL_YEARS, "level": death_levels(deaths, indicators, levels)}),
        "old_age.csv": _of_years({year: _by_sex_and_age(share, "share", 85) for year, share in shares.items()}),
        "age_structure.csv": _of_years({year: _by_sex_and_age(share, "share") for year, share in structures.items()}),
    }


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=None)
def main(data: Path, output: Path | None) -> None:
    """Write the national schedules from the reference data in DATA."""
    folder = output or library() / "calibration" / "national"
    folder.mkdir(parents=True, exist_ok=True)
    tables = national_tables(data)
    for name, table in tables.items():
        table.to_csv(folder / name, index=False, float_format="%.10g", lineterminator="\n")
        click.echo(f"{folder / name}: {len(table)} rows")


if __name__ == "__main__":
    sys.exit(main())
