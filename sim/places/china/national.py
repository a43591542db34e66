"""China's own schedules, which a region's are made of: deaths, births, the oldest ages, the age structure."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

from sim.common.errors import fault
from sim.common.paths import library
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.axes import N_AGES, SEXES, ZONES
from sim.model.people.vital import REFERENCE_YEAR
from sim.model.registry import PARAMETERS
from sim.places.texts import tr

Years = tuple[int, ...]

_COMPARED: Final = 2020
"""The year that later completions of homes are told against."""

OLD_AGE_FIRST: Final = 85
"""First age of the group that a census table leaves open."""


@quickclass(frozen=True, slots=True)
class National:
    """National schedules; sources are in `calibration/national/sources.yaml`.

    deaths_ratio: cohort death ratios 1 − S of 2020 [1], [sex, age], as `kernels.vital.survive` takes them.
    zone_mortality: death ratio of each zone over the nation's [1], [zone].
    fertility: births per woman-year at a total fertility rate of 1 [1/year], [year, age], ages 0–100.
    death_level: multiplier of deaths_ratio in each year whose deaths are published [1], [year].
    province_mortality: level of a province's death ratios against the nation's [1], by the first two digits of its
        code, [year] (their years: `province_years`).
    tfr, males_per_female: total fertility rate [children/woman] and sex ratio at birth, of published births to 2025 and
        projected after, [year] (their years: `birth_years`).
    headship: households per person before scaling to a census [1], [sex, age]; only its shape is used.
    participation: labour force per person before any level [1], [sex, age].
    old_age: share of each sex's persons of 85 and over by single age [1], [year, sex, age − 85].
    age_structure: share of all persons [1], [year, sex, age].
    completions: homes completed by developers over those of 2020 [1], by year since 2021.
    The years of each are in the field of the same name with `_years`.
    """

    deaths_ratio: Array
    zone_mortality: Array
    fertility_years: Years
    fertility: Array
    death_level_years: Years
    death_level: Array
    province_years: Years
    province_mortality: Mapping[str, Array]
    birth_years: Years
    tfr: Array
    males_per_female: Array
    headship: Array
    participation: Array
    old_age_years: Years
    old_age: Array
    age_structure_years: Years
    age_structure: Array
    completions: Mapping[int, float]

    def fertility_of(self, year: int) -> Array:
        """Births per woman-year at a total fertility rate of 1 [1/year], [age]: of the nearest year there is."""
        return _of_nearest(self.fertility, self.fertility_years, year)

    def old_age_of(self, year: int) -> Array:
        """Share of each sex's persons of 85 and over by single age [1], [sex, age − 85]: of the nearest year."""
        return _of_nearest(self.old_age, self.old_age_years, year)

    def age_structure_of(self, year: int) -> Array:
        """Share of all persons [1], [sex, age]: of the nearest year there is."""
        return _of_nearest(self.age_structure, self.age_structure_years, year)

    def death_level_of(self, year: int) -> float:
        """Multiplier of the 2020 death ratios [1] in a year; the first or last year's outside those known."""
        return float(np.interp(year, self.death_level_years, self.death_level))

    def deaths_off_trend(self, years: Sequence[int]) -> Array:
        """Each year's death level over what the default decline gives from 2020 on [1], [year]; held after the last."""
        known = np.array(self.death_level_years)
        trend = (1.0 - PARAMETERS["mortality.decline"].default) ** (known - REFERENCE_YEAR)
        return np.asarray(np.interp(years, known, self.death_level / trend), dtype=np.float64)

    def province_mortality_of(self, code: str, years: Sequence[int]) -> Array:
        """Level of the death ratios of a county's province against the nation's [1], [year]; 1 where none is known."""
        known = self.province_mortality.get(code[:2])
        if known is None:
            return np.ones(len(years))
        return np.asarray(np.interp(years, self.province_years, known), dtype=np.float64)

    def tfr_of(self, year: int) -> float:
        """National total fertility rate [children/woman] in a year; the first or last year's outside those known."""
        return float(np.interp(year, self.birth_years, self.tfr))

    def males_per_female_of(self, year: int) -> float:
        """National sex ratio at birth [males/female] in a year; the first or last year's outside those known."""
        return float(np.interp(year, self.birth_years, self.males_per_female))


NATIONAL: Final = Path("calibration") / "national"
"""Where the library has the tables of the nation."""


@cache
def load_national() -> National:
    """The schedules that the program carries; InvalidInput where a file is missing or a cell is not a number."""
    folder = library() / NATIONAL
    fertility_years, fertility = _by_year(folder / "fertility.csv", "births_per_woman_year", (N_AGES,))
    birth_years, tfr = _by_year(folder / "births.csv", "tfr", ())
    _, males_per_female = _by_year(folder / "births.csv", "males_per_female", ())
    headship = np.zeros((len(SEXES), N_AGES))
    for row, value in _rows(folder / "headship.csv", "rate"):
        headship[SEXES.index(row["sex"]), int(row["age"])] = value
    level_years, level = _by_year(folder / "death_level.csv", "level", ())
    provinces = list(_rows(folder / "province_mortality.csv", "level"))
    old_years, old = _by_year(folder / "old_age.csv", "share", (len(SEXES), N_AGES))
    structure_years, structure = _by_year(folder / "age_structure.csv", "share", (len(SEXES), N_AGES))
    deaths = np.zeros((len(SEXES), N_AGES))
    for row, value in _rows(folder / "mortality.csv", "death_ratio"):
        deaths[SEXES.index(row["sex"]), int(row["age"])] = value
    zones = np.ones(len(ZONES))
    for row, value in _rows(folder / "zone_mortality.csv", "ratio"):
        zones[ZONES.index(row["zone"])] = value
    return National(
        deaths_ratio=_fixed(deaths),
        zone_mortality=_fixed(zones),
        fertility_years=fertility_years,
        fertility=_fixed(fertility),
        death_level_years=level_years,
        death_level=_fixed(level),
        province_years=tuple(sorted({int(row["year"]) for row, _ in provinces})),
        province_mortality=_by_province(provinces),
        birth_years=birth_years,
        tfr=_fixed(tfr),
        males_per_female=_fixed(males_per_female),
        headship=_fixed(headship),
        participation=_fixed(_participation(folder / "participation.csv")),
        old_age_years=old_years,
        old_age=_fixed(old[:, :, OLD_AGE_FIRST:].copy()),
        age_structure_years=structure_years,
        age_structure=_fixed(structure),
        completions=_completions(folder / "housing_completions.csv"),
    )


def _completions(file: Path) -> Mapping[int, float]:
    area = {int(row["year"]): value for row, value in _rows(file, "homes_area")}
    return {year: value / area[_COMPARED] for year, value in area.items() if year > _COMPARED}


def _participation(file: Path) -> Array:
    rates = np.zeros((len(SEXES), N_AGES))
    for row, value in _rows(file, "rate"):
        rates[SEXES.index(row["sex"]), int(row["age_from"]) : int(row["age_to"]) + 1] = value
    return rates


def _by_province(rows: Iterable[tuple[dict[str, str], float]]) -> Mapping[str, Array]:
    found: dict[str, list[tuple[int, float]]] = {}
    for row, value in rows:
        found.setdefault(row["province"], []).append((int(row["year"]), value))
    return MappingProxyType(
        {code: _fixed(np.array([value for _, value in sorted(own)])) for code, own in found.items()}
    )


def _of_nearest(tables: Array, years: Years, year: int) -> Array:
    table: Array = tables[min(range(len(years)), key=lambda i: abs(years[i] - year))]
    return table


def _fixed(values: Array) -> Array:
    values.flags.writeable = False
    return values


def _rows(path: Path, column: str) -> Iterator[tuple[dict[str, str], float]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield row, float(row[column])
    except OSError as problem:
        raise fault(str(path), "", tr("cannot read a national schedule: {problem}", problem=problem)) from None
    except (KeyError, ValueError) as problem:
        said = tr("not a table of numbers with column {column}: {problem}", column=column, problem=problem)
        raise fault(str(path), column, said) from None


def _by_year(path: Path, column: str, shape: tuple[int, ...]) -> tuple[Years, Array]:
    rows = list(_rows(path, column))
    years = tuple(sorted({int(row["year"]) for row, _ in rows}))
    table = np.zeros((len(years), *shape))
    for row, value in rows:
        place = [years.index(int(row["year"]))]
        if len(shape) == 2:
            place.append(SEXES.index(row["sex"]))
        if shape:
            place.append(int(row["age"]))
        table[tuple(place)] = value
    return years, table
