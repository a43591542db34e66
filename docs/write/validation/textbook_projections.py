"""Worked projections of the literature: Burkina Faso (popReconstruct, demCore), Sweden (Preston et al. 2001)."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from docs.write.validation.check import Check, absent
from docs.write.validation.project import HALF_AND_HALF, HALF_AND_HALF_BEARING, Rates, project
from docs.write.validation.tables import by_sex_rows, named, read, relative_error
from sim.common.errors import fault
from sim.common.language import Text
from sim.model.arrays import Array

RECONSTRUCTED: Final = Text("重建推算(popReconstruct、demCore)", "popReconstruct and demCore")
WORKED: Final = Text("教科书算例(Preston 等 2001)", "Preston et al. 2001, box 6.2")
RECONSTRUCTED_LIMIT: Final = 1e-9
ROUNDED_LIMIT: Final = 1e-5
PREFIX: Final = "popreconstruct_demcore_"


def reconstructed(data: Path) -> list[Check]:
    """Every country with a baseline, rates and a published run."""
    found = named(data / "peers", f"{PREFIX}*_baseline.csv")
    if not found:
        return [absent(RECONSTRUCTED, f"peers/{PREFIX}*_baseline.csv")]
    return [_of_country(data / "peers", country) for country, _ in found]


def _of_country(folder: Path, country: str) -> Check:
    tables = {}
    for part in ("baseline", "asfr", "survival", "net_migration", "srb", "expected"):
        path = folder / f"{PREFIX}{country}_{part}.csv"
        if not path.is_file():
            return absent(RECONSTRUCTED, f"peers/{path.name}")
        tables[part] = read(path, ("value",))
    population = by_sex_rows(tables["baseline"], "value", "age_start")
    first = int(tables["baseline"]["year"].iloc[0])
    worst, year = 0.0, first
    expected = {int(str(at)): rows for at, rows in tables["expected"].groupby("year")}
    while (period := _period(tables, year)) is not None and period in expected:
        population = _advance(population, tables, year, period - year)
        published = by_sex_rows(expected[period], "value", "age_start")
        worst, year = max(worst, relative_error(population, published)), period
    if year == first:
        raise fault(str(folder), country, Text(f"{first} 年起没有可推算的时期", f"no period to project from {first}"))
    name = country.replace("_", " ").title()
    return Check(RECONSTRUCTED, f"{name} {first}–{year}: persons by age", worst, RECONSTRUCTED_LIMIT)


def _period(tables: dict[str, pd.DataFrame], year: int) -> int | None:
    ends = tables["survival"].loc[tables["survival"]["year_start"] == year, "year_end"]
    return None if ends.empty else int(ends.iloc[0])


def _of_year(table: pd.DataFrame, year: int) -> pd.DataFrame:
    return table[table["year_start"] == year]


def _advance(population: Array, tables: dict[str, pd.DataFrame], year: int, width: int) -> Array:
    """One period. These sources give the open group a ratio of its own, so it is kept apart while it ages."""
    sexes, size = population.shape
    survival = by_sex_rows(_of_year(tables["survival"], year), "value", "age_start")
    share = by_sex_rows(_of_year(tables["net_migration"], year), "value", "age_start")
    bearing = _of_year(tables["asfr"], year).set_index("age_start")["value"]
    apart = np.zeros((sexes, 1))
    rates = Rates(
        survival=survival if survival.shape[1] > size else np.concatenate((survival, survival[:, -1:]), axis=1),
        fertility=bearing.reindex(np.arange(size + 1) * width, fill_value=0.0).to_numpy(np.float64),
        males_per_female=float(_of_year(tables["srb"], year)["value"].iloc[0]),
        migrants=np.concatenate((share * population, apart), axis=1),
        width=float(width),
    )
    end = project(np.concatenate((population, apart), axis=1), rates, HALF_AND_HALF).population
    return np.concatenate((end[:, : size - 1], end[:, size - 1 :].sum(axis=1, keepdims=True)), axis=1)


def worked(data: Path) -> list[Check]:
    """Every one-step example in the layout of Preston's box 6.2."""
    found = sorted((data / "peers").glob("*_preston_*.csv"))
    if not found:
        return [absent(WORKED, "peers/*_preston_*.csv")]
    return [_step(path) for path in found]


def _step(path: Path) -> Check:
    ends = [f"pop_count_age_{sex}_end" for sex in "mf"]
    table = read(path, ("age_start", "fert_rate_age_f", "srb", *ends)).sort_values("age_start")

    def both(name: str) -> Array:
        return table[[f"{name}_age_{sex}" for sex in "mf"]].to_numpy(np.float64).T

    start = table[[f"pop_count_age_{sex}_begin" for sex in "mf"]].to_numpy(np.float64).T.copy()
    ages = table["age_start"].to_numpy(np.float64)
    rates = Rates(
        survival=both("survival_ratio"),
        fertility=table["fert_rate_age_f"].to_numpy(np.float64),
        males_per_female=float(table["srb"].iloc[0]),
        migrants=both("mig_net_count"),
        width=float(ages[1] - ages[0]),
    )
    got = project(start, rates, HALF_AND_HALF_BEARING).population
    gap = relative_error(got, table[ends].to_numpy(np.float64).T)
    country = path.name.split("_preston_")[0].replace("_", " ").title()
    label = f"{country}: persons by age and sex after one step"
    return Check(WORKED, label, gap, ROUNDED_LIMIT, "figures in the book are rounded to persons")


def checks(data: Path) -> list[Check]:
    """All worked projections."""
    return reconstructed(data) + worked(data)
