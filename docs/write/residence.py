"""The small national tables that split a county's census row into zones, hukou and people away.

`python -m docs.write.residence DATA [--output calibration/national]`. What each table holds and where
its figures come from is in `calibration/national/residence_sources.yaml`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.common.paths import library
from sim.model.arrays import Array, Integers
from sim.model.axes import SEXES
from sim.model.demography.rake import Margin, rake
from sim.places.census import AGE_GROUPS, AGE_STARTS, CensusRow, read_rows
from sim.places.census.pairs import pairs

YEARS: Final = (2010, 2020)
RESIDENCES: Final = ("city", "town", "rural")
SURVEY_YEAR: Final = 2005
PLACES: Final = {
    2010: (403_760_000.0, 266_245_500.0, 662_805_300.0),
    2020: (575_170_000.0, 324_820_000.0, 509_790_000.0),
}
"""Persons in cities, towns and countryside: yearbooks of the censuses of 2010 and 2020."""
OLD_SHARES: Final = {
    2010: {"urban": (0.1169, 0.0780), "rural": (0.1498, 0.1006)},
    2020: {"urban": (0.1582, 0.1111), "rural": (0.2381, 0.1772)},
}
"""Share of 60 and over and of 65 and over: census yearbook 2010; press conference on the census, 11 May 2021."""
GROUPS_60, GROUPS_65 = AGE_STARTS.index(60), AGE_STARTS.index(65)
REGISTRATION: Final = {2010: "in_migrants", 2020: "away_registration"}
LEAST_SHARE: Final = 2e-4
"""Floor of an age-sex group's share among outsiders, where the regression gives less."""


def age_sex(table: pd.DataFrame) -> Array:
    """Persons by row, sex and age group, [row, sex, group]."""
    return np.stack([table[[f"{sex}_{group}" for group in AGE_GROUPS]].to_numpy(np.float64) for sex in SEXES], axis=1)


def survey_shares(survey: pd.DataFrame) -> Array:
    """Age-sex shares of each place of residence in the survey [1], [residence, sex, group]."""
    of_year = survey[survey["year"] == SURVEY_YEAR]
    group = np.searchsorted(AGE_STARTS, of_year["age"], side="right") - 1
    sums = of_year["share_percent"].groupby([of_year["residence"], of_year["sex"], group]).sum()
    groups = range(len(AGE_GROUPS))
    shares: Array = np.array([[[sums[place, sex, g] for g in groups] for sex in SEXES] for place in RESIDENCES])
    shares /= shares.sum(axis=(1, 2), keepdims=True)
    return shares


def persons_by_residence(year: int, national: Array, survey: Array) -> Array:
    """The nation by residence, sex and group [persons]: the survey's pattern raked to the census.

    national: persons by sex and group; survey: shares [residence, sex, group]. Met are the persons by age and
    sex, by place, and the published shares of 60+ and 65+ in urban and rural places.
    """
    total = float(national.sum())
    places = np.array(PLACES[year]) * (total / sum(PLACES[year]))
    seed = survey * places[:, np.newaxis, np.newaxis]
    broad = np.stack([_broad(year, side, places) for side in ("urban", "rural")])
    broad *= _broad_of(national.sum(axis=0)) / broad.sum(axis=0)
    ages = _broad_ages()
    table = seed
    for _ in range(500):
        table = rake(table, [Margin((0,), places), Margin((1, 2), national)], 1e-11).table
        for rows, side in ((slice(0, 2), 0), (slice(2, 3), 1)):
            for part in range(3):
                cells = table[rows][:, :, ages == part]
                table[rows, :, ages == part] *= broad[side, part] / cells.sum()
    return rake(table, [Margin((0,), places), Margin((1, 2), national)], 1e-11).table


def _broad_ages() -> Integers:
    return np.array([0] * GROUPS_60 + [1] * (GROUPS_65 - GROUPS_60) + [2] * (len(AGE_GROUPS) - GROUPS_65))


def _broad_of(by_group: Array) -> Array:
    return np.array([by_group[_broad_ages() == part].sum() for part in range(3)])


def _broad(year: int, side: str, places: Array) -> Array:
    sixty, older = OLD_SHARES[year][side]
    persons = places[:2].sum() if side == "urban" else places[2]
    shares = np.array([1 - sixty, sixty - older, older], dtype=np.float64)
    return shares * float(persons)


def outsider_shares(table: pd.DataFrame, prefix: str) -> Array:
    """Age-sex shares of residents registered in another county [1], [sex, group].

    Regression, within provinces and weighted by residents, of each group's share on the urban share and the
    outsiders' share; the profile is what it gives for an urban place of outsiders only.
    """
    outside = table[[f"{prefix}_same_province", f"{prefix}_other_province"]].fillna(0.0).sum(axis=1)
    residents = table["resident"].to_numpy(np.float64)
    places = np.stack([table["urban"] / residents, outside / residents], axis=1)
    persons = age_sex(table)
    shares = persons.reshape(len(table), -1) / persons.sum(axis=(1, 2))[:, np.newaxis]
    province = table["code"].str[:2].to_numpy()
    weight = np.sqrt(residents)[:, np.newaxis]
    x, y = (weight * (values - _means(values, residents, province)) for values in (places, shares))
    slopes = np.linalg.lstsq(x, y, rcond=None)[0]
    centre = (residents @ shares - (residents @ places) @ slopes) / residents.sum()
    profile = np.maximum(centre + slopes.sum(axis=0), LEAST_SHARE).reshape(len(SEXES), -1)
    return np.asarray(profile / profile.sum(), dtype=np.float64)


def _means(values: Array, weights: Array, groups: NDArray[np.object_]) -> Array:
    means = np.empty_like(values)
    for group in np.unique(groups):
        rows = groups == group
        means[rows] = weights[rows] @ values[rows] / weights[rows].sum()
    return means


def registered_ratio(table: pd.DataFrame) -> pd.DataFrame:
    """Registered people over local residents of 2010 by province and kind (county with city, district)."""
    name, code = table["county"], table["code"]
    kind = np.where(name.str.endswith("区") & ~name.str.endswith(("林区", "特区")), "district", "county")
    outside = table[["in_migrants_same_province", "in_migrants_other_province"]].fillna(0.0).sum(axis=1)
    data = pd.DataFrame(
        {
            "province": code.str[:2],
            "kind": kind,
            "registered": table["registered"],
            "local_residents": table["resident"] - outside,
        }
    )
    stacked = pd.concat([data, data.assign(kind="all"), data.assign(province="00")])
    sums = stacked.groupby(["province", "kind"], as_index=False).sum()
    return sums.assign(ratio=(sums["registered"] / sums["local_residents"]).round(4)).astype(
        {"registered": "int64", "local_residents": "int64"}
    )


def renamed(first: Sequence[CensusRow], second: Sequence[CensusRow]) -> pd.DataFrame:
    """Counties that became a district or a county-level city between two censuses, and cities that became one."""
    rank = {"county": 0, "city": 1, "district": 2}
    found = [pair for pair in pairs(first, second).pairs if rank[pair.first.kind] < rank[pair.second.kind]]
    rows = [(one.first.code, one.second.code, one.first.name, one.second.name) for one in found]
    return pd.DataFrame(sorted(rows), columns=["code_2010", "code_2020", "name_2010", "name_2020"])


def _long(name: str, values: dict[int, Array], labels: tuple[str, ...]) -> pd.DataFrame:
    rows = []
    for year, table in values.items():
        for index in np.ndindex(table.shape):
            *places, sex, group = index
            label = [labels[place] for place in places]
            rows.append((year, *label, SEXES[sex], AGE_GROUPS[group], f"{table[index]:.6f}"))
    columns = ["year", *(["residence"] if labels else []), "sex", "age_group", name]
    return pd.DataFrame(rows, columns=columns)


def derive(data: Path, output: Path) -> None:
    """Write the age patterns of residence and outsiders, registered_ratio_2010 and renamed_2010_2020 into `output`."""
    survey = survey_shares(pd.read_csv(data / "china" / "survey2001_2005_age_mortality_city_town_rural.csv"))
    patterns, outsiders = {}, {}
    for year in YEARS:
        provinces = pd.read_csv(data / "census" / f"provinces_{year}.csv", dtype={"code": str})
        counties = pd.read_csv(data / "census" / f"counties_{year}.csv", dtype={"code": str}).dropna(subset=["urban"])
        national = age_sex(provinces).sum(axis=0)
        persons = persons_by_residence(year, national, survey)
        shares = persons / persons.sum(axis=(1, 2), keepdims=True)
        patterns[year] = shares / (national / national.sum())
        outsiders[year] = outsider_shares(counties, REGISTRATION[year])
    tables = [read_rows(data / "census" / f"counties_{year}.csv")[0] for year in YEARS]
    counties_2010 = pd.read_csv(data / "census" / "counties_2010.csv", dtype={"code": str})
    for name, table in (
        ("residence_age_pattern", _long("ratio", patterns, RESIDENCES)),
        ("outsider_age_pattern", _long("share", outsiders, ())),
        ("registered_ratio_2010", registered_ratio(counties_2010)),
        ("renamed_2010_2020", renamed(*tables)),
    ):
        table.to_csv(output / f"{name}.csv", index=False, lineterminator="\n")


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=None)
def main(data: Path, output: Path | None) -> None:
    """Derive the tables from the reference data."""
    derive(data, output or library() / "calibration" / "national")


if __name__ == "__main__":
    main()
