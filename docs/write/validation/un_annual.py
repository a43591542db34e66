"""World Population Prospects 2024, 1×1: runs from January to January, published on 1 July."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from docs.write.validation.check import Check, absent
from docs.write.validation.project import AT_END, Rates, project
from docs.write.validation.tables import at_ages, by_sex, collapse, on_axis, read
from sim.common.language import Text
from sim.model.arrays import Array

GROUP: Final = Text("联合国 2024 版单岁逐年推算", "UN WPP 2024 1×1")
FOLDER: Final = "wpp/wpp2024"
JANUARY, JULY = "pop_1jan_1x1_recovered.csv", "pop_1july_1x1.csv"
FILES: Final = (
    JANUARY,
    JULY,
    "survival_ratio_1x1_implied.csv",
    "net_migration_1x1.csv",
    "asfr_1x1_graduated.csv",
    "annual_indicators.csv",
)
LAST_YEAR: Final = 2050
OLDEST_COMPARED: Final = 90
TOTAL_LIMIT, AGE_LIMIT = 1e-3, 5e-3


@dataclass(frozen=True, slots=True)
class Country:
    """Inputs and published results of one country: persons [sex, age], rates, and births and deaths by year."""

    name: str
    first_year: int
    january: Array
    rates: dict[int, Rates]
    july: dict[int, Array]
    vital: dict[int, tuple[float, float]]


def checks(data: Path) -> list[Check]:
    """Every country of the folder: total and ages under 90 on 1 July, and the year's births and deaths."""
    folder = data / FOLDER
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        return [absent(GROUP, f"{FOLDER}/{', '.join(missing)}")]
    return [line for country in read_countries(folder) for line in compare(country)]


def compare(country: Country) -> list[Check]:
    """The run from the first January on against the population of each 1 July."""
    january, year = country.january, country.first_year
    errors: dict[str, list[float]] = {"total": [], "ages": [], "births": [], "deaths": []}
    while year <= LAST_YEAR and year in country.rates and year in country.july:
        period = project(january, country.rates[year], AT_END)
        july = 0.5 * (january + period.population)
        published = country.july[year]
        errors["total"].append(abs(float(july.sum() / published.sum()) - 1.0))
        errors["ages"].append(_error_under(july, published, OLDEST_COMPARED))
        births, deaths = country.vital[year]
        errors["births"].append(abs(period.births / births - 1.0))
        errors["deaths"].append(abs(float(period.deaths.sum()) / deaths - 1.0))
        january, year = period.population, year + 1
    if year == country.first_year:
        return [absent(GROUP, f"{country.name}: no year with inputs and results")]
    return _lines(f"{country.name} {country.first_year}–{year - 1}", {key: max(of) for key, of in errors.items()})


def _lines(label: str, worst: dict[str, float]) -> list[Check]:
    graduated = "fertility by single age is graduated from five-year groups"
    return [
        Check(GROUP, f"{label}: total on 1 July", worst["total"], TOTAL_LIMIT),
        Check(GROUP, f"{label}: ages under {OLDEST_COMPARED} by sex", worst["ages"], AGE_LIMIT),
        Check(GROUP, f"{label}: births", worst["births"], None, graduated),
        Check(GROUP, f"{label}: deaths", worst["deaths"], None, "by cohort, from survival ratios"),
    ]


def _error_under(got: Array, published: Array, age: int) -> float:
    groups = min(age, published.shape[1] - 1)
    wanted = published[:, :groups]
    return float(np.max(np.abs(got[:, :groups] - wanted) / np.maximum(wanted, 1.0)))


def read_countries(folder: Path) -> list[Country]:
    """Every country that has a population of 1 January."""
    columns = ("iso3", "year", "age", "male", "female")
    january, july = read(folder / JANUARY, columns), read(folder / JULY, columns)
    survival = read(folder / "survival_ratio_1x1_implied.csv", columns)
    moves = read(folder / "net_migration_1x1.csv", columns)
    fertility = read(folder / "asfr_1x1_graduated.csv", ("iso3", "year", "age", "asfr"))
    indicators = read(folder / "annual_indicators.csv", ("iso3", "year", "srb", "births", "deaths"))
    countries = []
    for name, rows in january.groupby("iso3"):
        first = int(rows["year"].min())
        base = by_sex(rows[rows["year"] == first])
        size = base.shape[1]
        of_country = indicators[indicators["iso3"] == name].set_index("year")[["srb", "births", "deaths"]].dropna()
        at_birth, births, deaths = (dict(of_country[column]) for column in of_country)
        ratios, net, bearing, published = (_years_of(table, name) for table in (survival, moves, fertility, july))
        rates = {
            year: Rates(
                survival=on_axis(by_sex(ratios[year]), size, folder / "survival_ratio_1x1_implied.csv", str(year)),
                fertility=at_ages(bearing[year], "asfr", range(size)),
                males_per_female=float(at_birth[year]),
                migrants=_to_size(by_sex(net[year]), size, folder / "net_migration_1x1.csv"),
            )
            for year in range(first, LAST_YEAR + 1)
            if all(year in known for known in (ratios, net, bearing, at_birth))
        }
        july_by_year = {year: _to_size(by_sex(table), size, folder / JULY) for year, table in published.items()}
        vital = {year: (float(births[year]), float(deaths[year])) for year in rates}
        countries.append(Country(str(name), first, base, rates, july_by_year, vital))
    return countries


def _years_of(table: pd.DataFrame, country: object) -> dict[int, pd.DataFrame]:
    mine = table[table["iso3"] == country]
    return {int(str(year)): rows for year, rows in mine.groupby("year")}


def _to_size(persons: Array, size: int, path: Path) -> Array:
    return on_axis(collapse(persons, size) if persons.shape[1] > size else persons, size, path, "age")
