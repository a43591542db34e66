"""The United Nations' own 1×1 projection programme: same inputs, same population year by year."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from docs.write.lifetable import collapse_survival
from docs.write.validation.check import Check, absent
from docs.write.validation.project import AT_END, Rates, project
from docs.write.validation.tables import (
    SEXES,
    at_ages,
    by_sex,
    by_sex_rows,
    collapse,
    named,
    on_axis,
    read,
    relative_error,
)
from sim.common.errors import fault
from sim.common.language import Text
from sim.model.arrays import Array

GROUP: Final = Text("联合国单岁年推算(ccmppWPP)", "UN 1×1 (ccmppWPP)")
FOLDER: Final = "wpp/ccmppwpp_1x1"
LIMIT: Final = 1e-6
ONE_PERSON: Final = 1.0


@dataclass(frozen=True, slots=True)
class Country:
    """Inputs and published results of one country; by year, arrays as of `Rates`."""

    base: Array
    rates: dict[int, Rates]
    population: dict[int, Array]
    vital: pd.DataFrame


def checks(data: Path) -> list[Check]:
    """Every country of the folder: population over the whole run, and births and deaths."""
    found = named(data / FOLDER, "*_base_pop.csv")
    if not found:
        return [absent(GROUP, f"{FOLDER}/*_base_pop.csv")]
    lines = []
    for country, _ in found:
        lines += _of_country(data / FOLDER, country)
    return lines


def _of_country(folder: Path, name: str) -> list[Check]:
    files = [f"{name}_{part}.csv" for part in ("rates", "asfr", "srb", "expected_pop")]
    missing = [file for file in files if not (folder / file).is_file()]
    if missing:
        return [absent(GROUP, f"{FOLDER}/{', '.join(missing)}")]
    lines = compare(read_country(folder, name), _title(name))
    shipped = folder / f"{name}_UNshipped_pop.csv"
    if shipped.is_file() and (folder / f"{name}_UNshipped_sx.csv").is_file():
        lines.append(_shipped(folder, name))
    return lines


def compare(country: Country, label: str) -> list[Check]:
    """The run from the first year on against the published population, births and deaths."""
    population = country.base
    first, last = min(country.rates), max(country.rates)
    people, born, died = 0.0, 0.0, 0.0
    for year in range(first, last + 1):
        if year not in country.rates or year + 1 not in country.population:
            last = year - 1
            break
        period = project(population, country.rates[year], AT_END)
        population = period.population
        people = max(people, relative_error(population, country.population[year + 1], ONE_PERSON))
        if year in country.vital.index:
            row = country.vital.loc[year]
            born = max(born, abs(period.births / row["births"] - 1.0))
            published = row[["deaths_cohort_m", "deaths_cohort_f"]].to_numpy(np.float64)
            died = max(died, relative_error(period.deaths, published, ONE_PERSON))
    span = f"{label} {first}–{last + 1}"
    lines = [Check(GROUP, f"{span}: persons by age and sex", people, LIMIT)]
    if len(country.vital):
        lines.append(Check(GROUP, f"{span}: births", born, LIMIT))
        lines.append(Check(GROUP, f"{span}: deaths by sex", died, LIMIT))
    return lines


def read_country(folder: Path, name: str) -> Country:
    """One country's inputs and published results from its files."""
    base_path, rates_path = folder / f"{name}_base_pop.csv", folder / f"{name}_rates.csv"
    base = by_sex_rows(read(base_path, ("sex", "age", "pop")), "pop")
    size = base.shape[1]
    survival = _survival(read(rates_path, ("year", "sex", "age", "sx")), rates_path, size)
    expected_path = folder / f"{name}_expected_pop.csv"
    expected = read(expected_path, ("year", "age", *SEXES))
    population = {year: on_axis(by_sex(rows), size, expected_path, str(year)) for year, rows in _years(expected)}
    vital_path = folder / f"{name}_expected_vital.csv"
    vital = pd.DataFrame()
    if vital_path.is_file():
        vital = read(vital_path, ("year", "births", "deaths_cohort_m", "deaths_cohort_f")).set_index("year")
    return Country(base, _rates(folder, name, survival), population, vital)


def _survival(table: pd.DataFrame, path: Path, size: int) -> dict[int, Array]:
    """Survival ratios [sex, age] by year, of a table with a column sx or a column a sex."""
    ratios = {}
    for year, rows in _years(table):
        values = by_sex_rows(rows, "sx") if "sx" in rows.columns else by_sex(rows)
        if values.shape[1] > size:
            values = collapse_survival(values, size)
        ratios[year] = on_axis(values, size, path, f"sx {year}")
    return ratios


def _rates(folder: Path, name: str, survival: dict[int, Array]) -> dict[int, Rates]:
    """Rates by year from survival [sex, age] by year and the country's other files."""
    path = folder / f"{name}_rates.csv"
    migrants = read(path, ("net_migration",))
    fertility_path, ratio_path = folder / f"{name}_asfr.csv", folder / f"{name}_srb.csv"
    fertility = dict(_years(read(fertility_path, ("year", "age", "asfr"))))
    at_birth = read(ratio_path, ("year", "srb")).set_index("year")["srb"]
    moves = dict(_years(migrants))
    rates = {}
    for year, ratios in survival.items():
        size = ratios.shape[1]
        for what, known in (("asfr", year in fertility), ("srb", year in at_birth.index), ("rates", year in moves)):
            if not known:
                raise fault(str(folder), f"{name} {what}", Text(f"缺少 {year} 年", f"year {year} is missing"))
        net = by_sex_rows(moves[year], "net_migration")
        net = collapse(net, size) if net.shape[1] > size else net
        rates[year] = Rates(
            survival=ratios,
            fertility=at_ages(fertility[year], "asfr", range(size)),
            males_per_female=float(at_birth.loc[year]),
            migrants=on_axis(net, size, path, f"net_migration {year}"),
        )
    return rates


def _years(table: pd.DataFrame) -> list[tuple[int, pd.DataFrame]]:
    return [(int(str(year)), rows) for year, rows in table.groupby("year")]


def _shipped(folder: Path, name: str) -> Check:
    """The output file that the programme's authors ship, from its own survival ratios."""
    sx_path, pop_path = folder / f"{name}_UNshipped_sx.csv", folder / f"{name}_UNshipped_pop.csv"
    base = by_sex_rows(read(folder / f"{name}_base_pop.csv", ("sex", "age", "pop")), "pop")
    size = base.shape[1]
    ratios = _survival(read(sx_path, ("year", "age", *SEXES)), sx_path, size)
    of_years = _years(read(pop_path, ("year", "age", *SEXES)))
    published = {year: on_axis(by_sex(rows), size, pop_path, "persons") for year, rows in of_years}
    country = Country(base, _rates(folder, name, ratios), published, pd.DataFrame())
    check = compare(country, f"{_title(name)}, output as shipped")[0]
    return Check(GROUP, check.name, check.figure, None, "inputs were revised after the output was shipped")


def _title(name: str) -> str:
    return name.replace("_", " ").title()
