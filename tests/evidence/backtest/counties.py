"""Made-up counties with two censuses, of which the second is a run with parameters that depend on the first."""

from dataclasses import replace

import numpy as np

from sim.evidence.calibrate.batch import run_many
from sim.evidence.calibrate.figures import HOUSEHOLDS, N_AGE, OUTSIDE, RESIDENT, URBAN
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS, deviations
from sim.evidence.calibrate.learning import lanes_of_rows
from sim.model.arrays import Array
from sim.places.census import AGE_GROUPS, CensusRow, read_region
from sim.places.census.pairs import Pair, Pairs
from sim.places.china.national import load_national
from tests.scenarios import ROOT

NAMES = [parameter.name for parameter in LEARNT_PARAMETERS]


def first_rows(count: int, seed: int) -> tuple[CensusRow, ...]:
    """Counties of 2010 that differ in size, urban share, ages, outsiders and registration; two a prefecture."""
    rng = np.random.default_rng(seed)
    like = read_region(ROOT / "scenarios" / "regions" / "jieshou")[2010]
    return tuple(_first(like, i, rng) for i in range(count))


def _first(like: CensusRow, number: int, rng: np.random.Generator) -> CensusRow:
    tilt = np.exp(rng.normal(0.0, 0.15) * np.linspace(-1.0, 1.0, len(like.male_by_age)))
    size = float(np.exp(rng.normal(0.0, 0.5)))
    male, female = (size * tilt * np.array(ages) for ages in (like.male_by_age, like.female_by_age))
    resident = float(male.sum() + female.sum())
    urban = resident / (1.0 + np.exp(-rng.normal(-0.4, 0.8)))
    local = resident * (1.0 + rng.uniform(0.0, 0.3))
    return replace(
        like, code=f"{34 + number % 2}{number // 2 % 90 + 10:02d}{number % 2 + 21:02d}", name=f"某{number}县",
        resident=resident, male=float(male.sum()), female=float(female.sum()), urban=urban, rural=resident - urban,
        male_by_age=tuple(male), female_by_age=tuple(female), registered=local, city_area=None,
        households=resident / float(rng.uniform(2.6, 3.6)), household_population=None, one_person_households=None,
        elsewhere_same_county=0.1 * urban, same_province=float(rng.uniform(0.01, 0.08)) * resident,
        other_province=0.01 * resident, nonagricultural_share=None,
    )  # fmt: skip


def truth(rows: tuple[CensusRow, ...], seed: int) -> Array:
    """Scaled parameters [county, theta]: fertility falls and moves to town rise with the urban share, and chance."""
    rng = np.random.default_rng(seed + 1)
    share = np.array([row.urbanization_rate for row in rows]) - 0.4
    parameters = 0.15 * rng.normal(size=(len(rows), len(NAMES)))
    parameters[:, NAMES.index("fertility")] -= 3.0 * share
    parameters[:, NAMES.index("to_town")] += 3.0 * share
    return parameters


def second_rows(rows: tuple[CensusRow, ...], parameters: Array) -> tuple[CensusRow, ...]:
    """The census of 2020 of runs with these scaled parameters [county, theta]."""
    lanes = lanes_of_rows(rows, range(2011, 2021), load_national())
    figures = run_many(lanes, parameters * deviations())
    return tuple(_second(row, each) for row, each in zip(rows, figures, strict=True))


def _second(row: CensusRow, figures: Array) -> CensusRow:
    groups = N_AGE // 2
    male, female = figures[:groups], figures[groups:N_AGE]
    return replace(
        row, year=2020, resident=float(figures[RESIDENT]), male=float(male.sum()), female=float(female.sum()),
        urban=float(figures[URBAN]), rural=float(figures[RESIDENT] - figures[URBAN]), male_by_age=tuple(male),
        female_by_age=tuple(female), registered=None, households=float(figures[HOUSEHOLDS]),
        same_province=float(figures[OUTSIDE]), other_province=0.0,
    )  # fmt: skip


def pairs_of(first: tuple[CensusRow, ...], second: tuple[CensusRow, ...]) -> Pairs:
    """The counties as a backtest takes them."""
    return Pairs(tuple(Pair(a, b) for a, b in zip(first, second, strict=True)), 0, 0, 0)


def cells(row: CensusRow) -> dict[str, str]:
    """A row in the layout of the county tables."""
    prefix = "in_migrants" if row.year == 2010 else "away_registration"
    found = {
        "code": row.code, "county": row.name, "resident": row.resident, "male": row.male, "female": row.female,
        "urban": row.urban, "rural": row.rural, "households": row.households,
        f"{prefix}_same_province": row.same_province, f"{prefix}_other_province": row.other_province,
        **({"registered": row.registered} if row.year == 2010 else {}),
        **{f"male_{group}": value for group, value in zip(AGE_GROUPS, row.male_by_age, strict=True)},
        **{f"female_{group}": value for group, value in zip(AGE_GROUPS, row.female_by_age, strict=True)},
    }  # fmt: skip
    return {key: "" if value is None else str(value) for key, value in found.items()}
