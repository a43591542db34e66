"""World Population Prospects 2012, 5×5: the published inputs give the published population.

Which separation factors a country's life tables took is not published beside its figures. It is learnt from
the periods up to the base year, which are not part of the comparison, and then held.
"""

from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from docs.write.lifetable import (
    COALE_DEMENY,
    Family,
    Separation,
    Sex,
    in_groups_of_five,
    life_table,
    survival_ratios,
)
from docs.write.validation.check import Check, absent
from docs.write.validation.project import AT_END_BEARING, HALF_AND_HALF, Convention, Rates, project
from docs.write.validation.tables import at_ages, by_sex, collapse, on_axis, read
from sim.common.errors import fault
from sim.common.language import Text
from sim.model.arrays import Array

GROUP: Final = Text("联合国 2012 版五岁五年推算", "UN WPP 2012 5×5")
FOLDER: Final = "wpp/wpp2012_5x5"
WIDTH: Final = 5
BASE_YEAR, LAST_YEAR = 2010, 2050
OLDEST_COMPARED: Final = 85
CHILDREN: Final = 4
"""Groups of age 0–19, the only ones that separation factors of children reach in a period."""
TOTAL_LIMIT: Final = 2e-4
AGE_LIMIT, AGE_LIMIT_HALF_AND_HALF = 1e-3, 2e-3
SEXES: Final[tuple[Sex, Sex]] = ("male", "female")

FAMILIES: Final[tuple[Family, ...]] = ("west", "north", "east", "south")
CANDIDATES: Final = tuple(
    replace(COALE_DEMENY, family=family, greville_from=first) for first, family in product((15, 5), FAMILIES)
)


@dataclass(frozen=True, slots=True)
class Country:
    """Inputs and published population of one country.

    population: persons [sex, age] by year; rates: death rates, ages and the other inputs by first year.
    """

    name: str
    convention: Convention
    population: dict[int, Array]
    death_ages: dict[int, Array]
    death_rates: dict[int, Array]
    other: dict[int, Rates]


def checks(data: Path) -> list[Check]:
    """Every country of the folder: total and ages under 85, from the base year to 2050."""
    folder = data / FOLDER
    files = [f"{name}.csv" for name in ("population", "mx", "fertility", "net_migration")]
    missing = [name for name in files if not (folder / name).is_file()]
    if missing:
        return [absent(GROUP, f"{FOLDER}/{', '.join(missing)}")]
    return [line for country in read_countries(folder) for line in compare(country)]


def compare(country: Country) -> list[Check]:
    """The run from the base year on against the published population."""
    starts = sorted(year for year in country.other if year + WIDTH in country.population)
    base = BASE_YEAR if BASE_YEAR in starts else starts[0] if starts else 0
    years = [year for year in starts if base <= year < LAST_YEAR]
    if not years or base not in country.population:
        return [absent(GROUP, f"{country.name}: no period with inputs and results")]
    by, learnt = identify(country, [year for year in starts if year < base])
    population, total, ages = country.population[base], 0.0, 0.0
    for year in years:
        population = project(population, rates_of(country, year, by), country.convention).population
        published = country.population[year + WIDTH]
        total = max(total, abs(float(population.sum() / published.sum()) - 1.0))
        ages = max(ages, error_under(population, published, OLDEST_COMPARED))
    label = f"{country.name} {base}–{years[-1] + WIDTH}"
    half = country.convention == HALF_AND_HALF
    when, limit = ("half and half", AGE_LIMIT_HALF_AND_HALF) if half else ("at the end", AGE_LIMIT)
    detail = f"migrants {when}; {by.family}, Greville from {by.greville_from} ({learnt})"
    return [
        Check(GROUP, f"{label}: total", total, TOTAL_LIMIT, detail),
        Check(GROUP, f"{label}: ages under {OLDEST_COMPARED} by sex", ages, limit, detail),
    ]


def identify(country: Country, years: list[int]) -> tuple[Separation, str]:
    """The separation factors whose periods before the base year come closest, and how they were found."""
    before = [year for year in years if year in country.population]
    if not before:
        return COALE_DEMENY, "default"

    def miss(by: Separation) -> float:
        errors = [_one_period_error(country, year, by) for year in before]
        return float(np.mean(errors))

    return min(CANDIDATES, key=miss), f"learnt from {before[0]}–{before[-1] + WIDTH}"


def _one_period_error(country: Country, year: int, by: Separation) -> float:
    period = project(country.population[year], rates_of(country, year, by), country.convention)
    return error_under(period.population, country.population[year + WIDTH], CHILDREN * WIDTH)


def error_under(population: Array, published: Array, age: int) -> float:
    """Greatest relative deviation among closed groups under an age [1]."""
    groups = min(age // WIDTH, published.shape[1] - 1, population.shape[1] - 1)
    wanted = published[:, :groups]
    return float(np.max(np.abs(population[:, :groups] - wanted) / np.maximum(wanted, 1.0)))


def rates_of(country: Country, year: int, by: Separation) -> Rates:
    """Inputs of the period that begins in a year, with survival ratios from its death rates."""
    other = country.other[year]
    size = other.migrants.shape[1]
    age = country.death_ages[year]
    ratios = np.empty((len(SEXES), size))
    for sex, name in enumerate(SEXES):
        person_years = life_table(age, country.death_rates[year][sex], name, by).Lx
        ratios[sex] = survival_ratios(in_groups_of_five(person_years, (size - 1) * WIDTH), WIDTH)
    return replace(other, survival=ratios)


def read_countries(folder: Path) -> list[Country]:
    """Every country that has population, deaths, births and migrants."""
    population = read(folder / "population.csv", ("iso3", "age", "year", "pop_male", "pop_female")).dropna()
    deaths = read(folder / "mx.csv", ("iso3", "age", "period", "mx_male", "mx_female")).dropna()
    births = read(folder / "fertility.csv", ("iso3", "age", "period", "pasfr_percent", "tfr", "srb"))
    moves = read(folder / "net_migration.csv", ("iso3", "age", "period", "mig_male", "mig_female"))
    conventions = read_conventions(folder / "mig_code.csv")
    countries = []
    for name, rows in population.groupby("iso3"):
        of_years = [(int(str(year)), of_year) for year, of_year in rows.groupby("year")]
        published = {year: by_sex(of_year, ("pop_male", "pop_female")) for year, of_year in of_years}
        ages, rates, other = {}, {}, {}
        for period, of_period in deaths[deaths["iso3"] == name].groupby("period"):
            year = int(str(period).split("-")[0])
            if year not in published:
                continue
            mine = [table[(table["iso3"] == name) & (table["period"] == period)] for table in (births, moves)]
            if mine[0].empty:
                continue
            ordered = of_period.sort_values("age")
            ages[year] = ordered["age"].to_numpy(np.float64)
            rates[year] = by_sex(ordered, ("mx_male", "mx_female"))
            other[year] = _other_rates(folder, mine[0], mine[1], published[year].shape[1])
        convention = conventions.get(str(name), AT_END_BEARING)
        countries.append(Country(str(name), convention, published, ages, rates, other))
    return countries


def read_conventions(path: Path) -> dict[str, Convention]:
    """When migrants come by country: code 0 half and half, all others at the end (the United Nations' use)."""
    if not path.is_file():
        return {}
    table = read(path, ("iso3", "mig_code")).dropna(subset=["mig_code"])
    codes = pd.to_numeric(table["mig_code"], errors="coerce")
    if codes.isna().any():
        raise fault(str(path), "mig_code", Text("迁移编码不是数字", "migration codes must be numbers"))
    halves = dict(zip(table["iso3"].astype(str), codes == 0, strict=True))
    return {country: HALF_AND_HALF if half else AT_END_BEARING for country, half in halves.items()}


def _other_rates(folder: Path, births: pd.DataFrame, moves: pd.DataFrame, size: int) -> Rates:
    """Births and migrants of a period; survival is filled in when the separation factors are known."""
    annual = births.assign(rate=births["pasfr_percent"] * births["tfr"] / (100.0 * WIDTH))
    net = by_sex(moves, ("mig_male", "mig_female")) if len(moves) else np.zeros((2, size))
    net = collapse(net, size) if net.shape[1] > size else net
    return Rates(
        survival=np.zeros((len(SEXES), size)),
        fertility=at_ages(annual, "rate", range(0, size * WIDTH, WIDTH)),
        males_per_female=float(births["srb"].iloc[0]),
        migrants=on_axis(net, size, folder / "net_migration.csv", "net_migration"),
        width=float(WIDTH),
    )
