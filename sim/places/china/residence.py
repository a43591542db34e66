"""National patterns by residence that split a county's totals: tables of `calibration/national`.

Where each comes from is in `calibration/national/residence_sources.yaml` and beside each rule.
"""

import csv
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from sim.common.errors import fault
from sim.common.paths import library
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.axes import N_AGES, RESIDENT_ZONES, SEXES, ZONES
from sim.model.demography.graduate import graduate_with_open_group
from sim.places.census import AGE_GROUPS, AGE_STARTS
from sim.places.census.totals import NATION
from sim.places.texts import tr

MIDDLES: Final = np.array([0.5, 3.0, *(age + 2.5 for age in AGE_STARTS[2:-1]), 88.0])
LEAST_RATIO: Final = 1e-4


@quickclass(frozen=True, slots=True)
class Patterns:
    """What is known of residence in the nation.

    years: the years of the age patterns. residence: share of an age and sex in a zone over its share in the
    nation [1], [year, zone without away, sex, group]. outsiders: share of each sex and group among people
    registered in another county [1], [year, sex, group]. registered_ratio: registered people over residents
    not from outside, 2010 [1], by (province code of two digits or 00 for China, county or district or all).
    registered: published registered people [persons], by (code, census year). urban_hukou: odds of urban hukou over
    those that the rules give [1], by (code of an area with a published share of urban hukou, census year).
    renamed: codes, of either census, of counties that became a district or a county-level city between the censuses
    of 2010 and 2020. rules: shares and odds of `base_year_rules.csv` by name.
    """

    years: tuple[int, ...]
    residence: Array
    outsiders: Array
    registered_ratio: Mapping[tuple[str, str], float]
    registered: Mapping[tuple[str, int], float]
    urban_hukou: Mapping[tuple[str, int], float]
    renamed: frozenset[str]
    rules: Mapping[str, float]

    def nearest(self, year: int) -> int:
        """Position of the nearest year of the age patterns."""
        return min(range(len(self.years)), key=lambda i: abs(self.years[i] - year))

    def residence_ratio(self, year: int) -> Array:
        """Share of an age in a zone over its share in the nation [1], [zone without away, sex, age]."""
        return by_single_age(self.residence[self.nearest(year)])

    def outsider_shares(self, year: int, old_age: Array) -> Array:
        """Share of each sex and single age among outsiders [1], [sex, age]; old_age splits 85 and over."""
        return _graduated(self.outsiders[self.nearest(year)].tobytes(), old_age.tobytes(), old_age.shape)

    def outsider_ratio(self, year: int, national: Array) -> Array:
        """Share of an age among outsiders over its share in the nation [1], [sex, age].

        national: share of all persons by sex and single age [1], [sex, age].
        """
        bounds = list(AGE_STARTS)
        groups = np.add.reduceat(national, bounds, axis=-1)
        return by_single_age(self.outsiders[self.nearest(year)] / groups)

    def registered_over_local(self, code: str, kind: str) -> tuple[float, bool]:
        """Registered people over local residents in 2010 [1], and whether it is the province's own."""
        province, of_kind = code[:2], {"district": "district", "province": "all"}.get(kind, "county")
        for key in ((province, of_kind), (province, "all")):
            if key in self.registered_ratio:
                return self.registered_ratio[key], True
        return self.registered_ratio["00", "district" if kind == "district" else "county"], False

    def urban_hukou_odds(self, code: str, year: int) -> tuple[float, str] | None:
        """Odds of urban hukou over those of the rules [1], and the code of the area that they were found for.

        The smallest area that has a published share; None where no figure is of about this year.
        """
        for area in (code, f"{code[:4]}00", f"{code[:2]}0000", NATION):
            if (area, year) in self.urban_hukou:
                return self.urban_hukou[area, year], area
        return None


def by_single_age(ratios: Array) -> Array:
    """Ratios by age group read at single ages, straight in logarithms between the middles of the groups; read only."""
    return _at_single_ages(ratios.tobytes()).reshape(*ratios.shape[:-1], N_AGES)


@lru_cache(maxsize=16)
def _at_single_ages(ratios: bytes) -> Array:
    """As `by_single_age` of ratios as bytes, [row, age]; counties of a census ask for the same ones."""
    logs = np.log(np.maximum(np.frombuffer(ratios).reshape(-1, len(AGE_GROUPS)), LEAST_RATIO))
    ages = np.arange(N_AGES) + 0.5
    single: Array = np.exp(np.apply_along_axis(lambda row: np.interp(ages, MIDDLES, row), -1, logs))
    single.flags.writeable = False
    return single


@lru_cache(maxsize=16)
def _graduated(groups: bytes, old_age: bytes, shape: tuple[int, ...]) -> Array:
    """Groups by sex at single ages, as `graduate_with_open_group`, of bytes; read only."""
    by_group = np.frombuffer(groups).reshape(-1, len(AGE_GROUPS))
    found = graduate_with_open_group(by_group, AGE_STARTS, np.frombuffer(old_age).reshape(shape))
    found.flags.writeable = False
    return found


@cache
def load_patterns() -> Patterns:
    """The patterns that the program carries; InvalidInput where a file is missing or a cell is not a number."""
    folder = library() / "calibration" / "national"
    rows = _rows(folder / "residence_age_pattern.csv", "ratio")
    years = tuple(sorted({int(row["year"]) for row, _ in rows}))
    residence = np.ones((len(years), len(RESIDENT_ZONES), len(SEXES), len(AGE_GROUPS)))
    outsiders = np.zeros((len(years), len(SEXES), len(AGE_GROUPS)))
    for row, value in rows:
        residence[years.index(int(row["year"])), ZONES.index(row["residence"]), *_sex_and_group(row)] = value
    for row, value in _rows(folder / "outsider_age_pattern.csv", "share"):
        outsiders[years.index(int(row["year"])), *_sex_and_group(row)] = value
    ratios = _rows(folder / "registered_ratio_2010.csv", "ratio")
    registered = _rows(folder / "registered.csv", "registered")
    hukou = _rows(folder / "urban_hukou.csv", "odds")
    renamed = _rows(folder / "renamed_2010_2020.csv", "code_2010")
    rules = _rows(folder / "base_year_rules.csv", "value")
    outsiders /= outsiders.sum(axis=(1, 2), keepdims=True)
    for table in (residence, outsiders):
        table.flags.writeable = False
    return Patterns(
        years,
        residence,
        outsiders,
        {(row["province"], row["kind"]): value for row, value in ratios},
        {(row["code"], int(row["census"])): value for row, value in registered},
        {(row["code"], int(row["census"])): value for row, value in hukou},
        frozenset(code for row, _ in renamed for code in (row["code_2010"], row["code_2020"])),
        {row["rule"]: value for row, value in rules},
    )


def _sex_and_group(row: Mapping[str, str]) -> tuple[int, int]:
    return SEXES.index(row["sex"]), AGE_GROUPS.index(row["age_group"])


def _rows(path: Path, column: str) -> list[tuple[dict[str, str], float]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [(row, float(row[column])) for row in csv.DictReader(file)]
    except (OSError, KeyError, ValueError) as problem:
        raise fault(
            str(path),
            column,
            tr("cannot read a national pattern: {problem}", problem=problem),
        ) from None
