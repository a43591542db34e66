"""Named quantities with unit: what a run reports of its stocks and flows."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from sim.model import subject
from sim.model.arrays import Array, Values
from sim.model.axes import (
    AWAY,
    CITY,
    OUTSIDE_REGISTRATION,
    REGISTRATIONS,
    RESIDENT_ZONES,
    RURAL,
    RURAL_REGISTRATION,
    TOWN,
    URBAN_REGISTRATION,
    URBAN_ZONES,
    ZONES,
)
from sim.model.compiled import rule
from sim.model.measure import Measure
from sim.model.people.changes import BOUNDARY_CHANGES
from sim.model.people.flows import ARRIVAL_PATHS, ELSEWHERE, FLOWS
from sim.model.people.kernels.year import LEDGER_ARRIVALS, LEDGER_BIRTHS, LEDGER_DEATHS, LEDGER_FLOWS
from sim.model.people.step import AGE_BOUNDS, FLOW_PATHS, WEIGHTS
from sim.model.registry import MEASURES

N_REGISTRATIONS: Final = len(REGISTRATIONS)
N_CELLS: Final = N_REGISTRATIONS * len(ZONES)
N_CLASSES: Final = len(AGE_BOUNDS) - 1
N_COLUMNS: Final = N_CLASSES + 1 + len(WEIGHTS)
HOUSEHOLDS: Final = N_CLASSES + 1 + WEIGHTS.index("households")
LABOUR: Final = N_CLASSES + 1 + WEIGHTS.index("labour")
N_ZONES: Final = len(ZONES)
_CITY, _TOWN, _RURAL = (N_CELLS + zone * N_COLUMNS for zone in (CITY, TOWN, RURAL))
SOURCES: Final = ("natural", "transfer", "external", "reclassification")


_RATIOS: Final = tuple(one for one in (*MEASURES.values(), *subject.measures("services").values()) if one.part)
"""Measures that are one sum over another, so that a group's is a ratio of sums; in the order to work them out."""


def with_groups(values: Array, groups: Sequence[Sequence[int]]) -> Array:
    """What adds up, groups before regions: [..., region] → [..., group + region].

    Measures of a group follow from sums and never from measures of its regions, so that its rates are rates of sums.
    """
    sums = [values[..., list(members)].sum(axis=-1, keepdims=True) for members in groups]
    together: Array = np.concatenate([*sums, values], axis=-1) if sums else values
    return together


class PeopleSums:
    """What is reported of people at a year's end and adds up over regions [person, household]."""

    resident: float
    urban: float
    city: float
    town: float
    rural: float
    away: float
    registered: float
    hukou_urban: float
    agricultural_migrants: float
    outsiders: float
    women_15_49: float
    households: float
    urban_households: float
    city_households: float
    town_households: float
    labour_force: float
    urban_labour_force: float
    age_0_2: float
    age_3_5: float
    age_6_11: float
    age_12_14: float
    age_15_17: float
    age_18_59: float
    age_60_64: float
    age_65_plus: float
    urban_age_0_2: float
    urban_age_3_5: float
    urban_age_6_11: float
    urban_age_12_14: float
    urban_age_15_17: float
    age_6_14: float
    age_0_14: float
    age_15_59: float
    age_60_plus: float


@rule
def at_level(tally: Array, headship: float, participation: float) -> None:
    """A tally with households at this year's headship and the labour force at this year's participation, in place.

    Each level is against the base year's schedule.
    """
    for zone in range(AWAY):
        first = N_CELLS + zone * N_COLUMNS
        tally[first + HOUSEHOLDS] *= headship
        tally[first + LABOUR] *= participation


@rule
def times(tally: Array, zone: int, factor: float) -> None:
    """A tally with the people of a zone without away so many times over, in place."""
    cells, columns = zone * N_REGISTRATIONS, N_CELLS + zone * N_COLUMNS
    for column in range(N_REGISTRATIONS):
        tally[cells + column] *= factor
    for column in range(N_COLUMNS):
        tally[columns + column] *= factor


@rule
def people_in(tally: Array, zone: int) -> float:
    """Persons of a zone."""
    first, persons = zone * N_REGISTRATIONS, 0.0
    for registration in range(N_REGISTRATIONS):
        persons += tally[first + registration]
    return persons


@rule
def households_in(tally: Array, zone: int) -> float:
    """Households of a zone without away."""
    found: float = tally[N_CELLS + zone * N_COLUMNS + HOUSEHOLDS]
    return found


@rule
def registered(tally: Array, registration: int) -> float:
    """Persons of a registration, wherever they are."""
    persons = 0.0
    for zone in range(N_ZONES):
        persons += tally[zone * N_REGISTRATIONS + registration]
    return persons


@rule
def stocks(tally: Array, sums: PeopleSums) -> None:
    """What is reported of people. tally: with households and labour force at the year's level (`at_level`)."""
    sums.city, sums.town, sums.rural = people_in(tally, CITY), people_in(tally, TOWN), people_in(tally, RURAL)
    sums.away = people_in(tally, AWAY)
    sums.urban = sums.city + sums.town
    sums.resident = sums.urban + sums.rural
    sums.hukou_urban, sums.outsiders = registered(tally, URBAN_REGISTRATION), registered(tally, OUTSIDE_REGISTRATION)
    sums.registered = sums.hukou_urban + registered(tally, RURAL_REGISTRATION)
    in_city, in_town = tally[CITY * N_REGISTRATIONS :], tally[TOWN * N_REGISTRATIONS :]
    sums.agricultural_migrants = (in_city[RURAL_REGISTRATION] + in_town[RURAL_REGISTRATION]) + (
        in_city[OUTSIDE_REGISTRATION] + in_town[OUTSIDE_REGISTRATION]
    )
    city, town, rural = tally[_CITY:], tally[_TOWN:], tally[_RURAL:]
    sums.city_households, sums.town_households = city[HOUSEHOLDS], town[HOUSEHOLDS]
    sums.urban_households = city[HOUSEHOLDS] + town[HOUSEHOLDS]
    sums.households = sums.urban_households + rural[HOUSEHOLDS]
    sums.urban_labour_force = city[LABOUR] + town[LABOUR]
    sums.labour_force = sums.urban_labour_force + rural[LABOUR]
    sums.women_15_49 = city[N_CLASSES] + town[N_CLASSES] + rural[N_CLASSES]
    ages(city, town, rural, sums)


@rule
def ages(city: Array, town: Array, rural: Array, sums: PeopleSums) -> None:
    """Residents by age class, and the urban ones among those in school or younger. city, …: their classes."""
    sums.urban_age_0_2, sums.urban_age_3_5, sums.urban_age_6_11 = (
        city[0] + town[0],
        city[1] + town[1],
        city[2] + town[2],
    )
    sums.urban_age_12_14, sums.urban_age_15_17 = city[3] + town[3], city[4] + town[4]
    sums.age_0_2, sums.age_3_5 = sums.urban_age_0_2 + rural[0], sums.urban_age_3_5 + rural[1]
    sums.age_6_11, sums.age_12_14 = sums.urban_age_6_11 + rural[2], sums.urban_age_12_14 + rural[3]
    sums.age_15_17, sums.age_18_59 = sums.urban_age_15_17 + rural[4], city[5] + town[5] + rural[5]
    sums.age_60_64, sums.age_65_plus = city[6] + town[6] + rural[6], city[7] + town[7] + rural[7]
    sums.age_6_14 = sums.age_6_11 + sums.age_12_14
    sums.age_0_14 = sums.age_0_2 + sums.age_3_5 + sums.age_6_14
    sums.age_15_59 = sums.age_15_17 + sums.age_18_59
    sums.age_60_plus = sums.age_60_64 + sums.age_65_plus


def rates(sums: Values) -> Values:
    """Ratios of people that follow from sums, each of their shape."""
    return {
        "urbanization_rate": ratio(sums["urban"], sums["resident"]),
        "hukou_urbanization_rate": ratio(sums["hukou_urban"], sums["registered"]),
        "household_size": ratio(sums["resident"], sums["households"]),
    }


def since_base(values: Values, base: Values) -> Values:
    """Measures that compare a stock with the base year, each of the shape of the values."""
    return {
        "urbanization_rate_gain": values["urbanization_rate"] - base["urbanization_rate"],
        "city_growth": ratio(values["city"] - base["city"], base["city"]),
        "urban_population_growth": values["urban"] - base["urban"],
        "new_urban_households": values["urban_households"] - base["urban_households"],
        "base_urban": base["urban"],
        "base_urban_households": base["urban_households"],
    }


DERIVED: Final = (
    *("urbanization_rate", "hukou_urbanization_rate", "household_size"),
    *("urbanization_rate_gain", "city_growth", "urban_population_growth", "new_urban_households"),
    *("base_urban", "base_urban_households"),
)
"""What `rates` and `since_base` give, in this order."""


@rule
def derived(now: PeopleSums, base: PeopleSums, found: Array) -> None:
    """As `rates` and `since_base`, of one lane [of `DERIVED`]."""
    found[0], found[1] = share(now.urban, now.resident), share(now.hukou_urban, now.registered)
    found[2] = share(now.resident, now.households)
    found[3] = found[0] - share(base.urban, base.resident)
    found[4] = share(now.city - base.city, base.city)
    found[5], found[6] = now.urban - base.urban, now.urban_households - base.urban_households
    found[7], found[8] = base.urban, base.urban_households


@rule
def share(part: float, whole: float) -> float:
    """As `ratio`, of two numbers."""
    return part / whole if whole != 0.0 else np.nan


@lru_cache(maxsize=64)
def asked(names: frozenset[str] | None) -> tuple[Measure, ...]:
    """The ratios among some measures, and those that they are made of; all where none are named."""
    if names is None:
        return _RATIOS
    found: list[Measure] = []
    for one in reversed(_RATIOS):
        if one.id in names:
            found.append(one)
            names |= {one.part, one.whole}
    return tuple(reversed(found))


def ratios(sums: Values, *, with_flows: bool = True, names: frozenset[str] | None = None) -> Values:
    """Ratios of sums, and the adequacy of each service, each of the shape of the sums; those of flows if asked.

    names: measures that are wanted; None for all.
    """
    found: Values = {}
    for one in asked(names):
        if with_flows or not (one.part in MEASURES and MEASURES[one.part].is_flow):
            values = sums if one.part in sums else found
            found[one.id] = ratio(values[one.part], (sums if one.whole in sums else found)[one.whole])
    for name, gap in sums.items():
        if name.startswith("gap."):
            needed = sums[f"need.{name.removeprefix('gap.')}"]
            # where nothing is needed nothing is missing, as long as what there is is known
            share = 1.0 - np.where(needed == 0.0, gap, ratio(gap, needed))
            found[f"adequacy.{name.removeprefix('gap.')}"] = share
    return found


def flows(ledger: Array, now: Values, before: Values) -> Values:
    """Flow measures of years from their ledgers [column, …], each […]; `rate_change` adds up to the rate's change.

    before: stocks a year earlier.
    """
    births = _by_zone(ledger[LEDGER_BIRTHS:LEDGER_DEATHS])
    deaths = _by_zone(ledger[LEDGER_DEATHS:LEDGER_ARRIVALS])
    values = {"births": births[:AWAY].sum(axis=0), "deaths": deaths[:AWAY].sum(axis=0)}
    for column, path in enumerate(FLOW_PATHS):
        values[f"moves.{path}"] = ledger[LEDGER_FLOWS + column]
    for zone, path in ARRIVAL_PATHS.items():
        values[f"moves.{path}"] = ledger[LEDGER_ARRIVALS + zone]
    urban, resident = _growth(values, births - deaths)
    for key in SOURCES:
        values[f"urban_growth.{key}"] = urban[key]
        change = urban[key] - before["urbanization_rate"] * resident[key]
        values[f"rate_change.{key}"] = ratio(change, now["resident"])
    return values


def _growth(values: Values, natural: Array) -> tuple[Values, Values]:
    """Growth of urban residents and of all residents by source. natural: by zone [zone, …]."""
    zero = np.zeros_like(values["births"])
    urban = {key: zero.copy() for key in SOURCES}
    resident = {key: zero.copy() for key in SOURCES}
    urban["natural"] = natural[CITY] + natural[TOWN]
    resident["natural"] = urban["natural"] + natural[RURAL]
    for flow in FLOWS:
        people = values[f"moves.{flow.path}"]
        inside = flow.source not in (AWAY, ELSEWHERE) and flow.destination not in (AWAY, ELSEWHERE)
        key = "transfer" if inside else "external"
        urban[key] += people * (_is_urban(flow.destination) - _is_urban(flow.source))
        resident[key] += people * (_is_resident(flow.destination) - _is_resident(flow.source))
    for zone, path in ARRIVAL_PATHS.items():
        urban["external"] += values[f"moves.{path}"] * _is_urban(zone)
        resident["external"] += values[f"moves.{path}"]
    for change in BOUNDARY_CHANGES:
        if not change.path.endswith("town_to_city"):
            urban["reclassification"] += values[f"moves.{change.path}"]
    return urban, resident


def _is_urban(zone: int) -> int:
    return int(zone in URBAN_ZONES)


def _is_resident(zone: int) -> int:
    return int(zone in RESIDENT_ZONES)


def _by_zone(cells: Array) -> Array:
    by_zone: Array = cells.reshape(len(ZONES), N_REGISTRATIONS, *cells.shape[1:]).sum(axis=1)
    return by_zone


def ratio(part: Array, whole: Array) -> Array:
    """Part over whole, NaN where there is nothing to divide by."""
    result: Array = np.divide(part, whole, out=np.full_like(part, np.nan), where=whole != 0)
    return result
