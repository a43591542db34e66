"""Named quantities with unit: what a run reports of its stocks and flows."""

from collections.abc import Sequence
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
SOURCES: Final = ("natural", "transfer", "external", "reclassification")


_AGES: Final = (
    "age_0_2",
    "age_3_5",
    "age_6_11",
    "age_12_14",
    "age_15_17",
    "age_18_59",
    "age_60_64",
    "age_65_plus",
)
_RATIOS: Final = tuple(one for one in (*MEASURES.values(), *subject.measures("services").values()) if one.part)
"""Measures that are one sum over another, so that a group's is a ratio of sums; in the order to work them out."""


def with_groups(columns: Array, groups: Sequence[Sequence[int]]) -> Array:
    """Columns that add up, groups before regions: [draw, region, column] → [draw, group + region, column].

    Measures of a group follow from sums and never from measures of its regions, so that its rates are rates of sums.
    """
    sums = [columns[:, list(members)].sum(axis=1, keepdims=True) for members in groups]
    together: Array = np.concatenate([*sums, columns], axis=1) if sums else columns
    return together


def at_level(tally: Array, headship: Array | float, participation: Array | float) -> Array:
    """The tally with households at this year's headship and the labour force at this year's participation.

    Each level is against the base year's schedule [draw, region].
    """
    scaled = tally.copy()
    by_zone = scaled[..., N_CELLS:-2].reshape(*tally.shape[:-1], len(ZONES) - 1, N_COLUMNS)
    by_zone[..., HOUSEHOLDS] *= np.asarray(headship)[..., np.newaxis]
    by_zone[..., LABOUR] *= np.asarray(participation)[..., np.newaxis]
    scaled[..., N_CELLS:-2] = by_zone.reshape(*tally.shape[:-1], -1)
    return scaled


def by_zone(tally: Array) -> tuple[Array, Array]:
    """Residents and households by zone without away [draw, region, zone], from a tally at the year's level."""
    cells = tally[..., :N_CELLS].reshape(*tally.shape[:-1], len(ZONES), N_REGISTRATIONS)
    ages = tally[..., N_CELLS:-2].reshape(*tally.shape[:-1], len(ZONES) - 1, N_COLUMNS)
    return cells.sum(axis=-1)[..., :AWAY], ages[..., HOUSEHOLDS]


def stocks(tally: Array) -> Values:
    """Stock measures from the tally of a year's end, each [draw, region]; those since the base year are not in it.

    tally: with households and labour force at the year's level (`at_level`).
    """
    cells = tally[..., :N_CELLS].reshape(*tally.shape[:-1], len(ZONES), N_REGISTRATIONS)
    zones = cells.sum(axis=-1)
    by_zone = tally[..., N_CELLS:-2].reshape(*tally.shape[:-1], len(ZONES) - 1, N_COLUMNS)
    ages = by_zone.sum(axis=-2)
    urban_ages = by_zone[..., CITY, :] + by_zone[..., TOWN, :]
    urban = zones[..., CITY] + zones[..., TOWN]
    resident = urban + zones[..., RURAL]
    registered = cells[..., URBAN_REGISTRATION].sum(axis=-1) + cells[..., RURAL_REGISTRATION].sum(axis=-1)
    in_towns = cells[..., CITY, :] + cells[..., TOWN, :]
    hukou_urban = cells[..., URBAN_REGISTRATION].sum(axis=-1)
    households = by_zone[..., HOUSEHOLDS]
    labour = by_zone[..., LABOUR]
    total_households = households.sum(axis=-1)
    values = {
        "resident": resident,
        "urban": urban,
        "city": zones[..., CITY],
        "town": zones[..., TOWN],
        "rural": zones[..., RURAL],
        "away": zones[..., AWAY],
        "registered": registered,
        "hukou_urban": hukou_urban,
        "agricultural_migrants": in_towns[..., RURAL_REGISTRATION] + in_towns[..., OUTSIDE_REGISTRATION],
        "outsiders": cells[..., OUTSIDE_REGISTRATION].sum(axis=-1),
        "urbanization_rate": _ratio(urban, resident),
        "hukou_urbanization_rate": _ratio(hukou_urban, registered),
        "women_15_49": ages[..., N_CLASSES],
        "households": total_households,
        "urban_households": households[..., CITY] + households[..., TOWN],
        "city_households": households[..., CITY],
        "town_households": households[..., TOWN],
        "household_size": _ratio(resident, total_households),
        "labour_force": labour.sum(axis=-1),
        "urban_labour_force": labour[..., CITY] + labour[..., TOWN],
    }
    return values | _by_age(ages, urban_ages)


def _by_age(ages: Array, urban_ages: Array) -> Values:
    """Residents by age class, and the urban ones among those in school or younger."""
    return {
        **{id_: ages[..., index] for index, id_ in enumerate(_AGES)},
        **{f"urban_{id_}": urban_ages[..., index] for index, id_ in enumerate(_AGES[:5])},
        "age_6_14": ages[..., 2] + ages[..., 3],
        "age_0_14": ages[..., :4].sum(axis=-1),
        "age_15_59": ages[..., 4] + ages[..., 5],
        "age_60_plus": ages[..., 6] + ages[..., 7],
    }


def since_base(values: Values, base: Values) -> Values:
    """Measures that compare a stock with the base year, each [draw, region]."""
    return {
        "urbanization_rate_gain": values["urbanization_rate"] - base["urbanization_rate"],
        "city_growth": _ratio(values["city"] - base["city"], base["city"]),
        "urban_population_growth": values["urban"] - base["urban"],
        "new_urban_households": values["urban_households"] - base["urban_households"],
        "base_urban": base["urban"],
        "base_urban_households": base["urban_households"],
    }


def economy(sums: Values, people: Values) -> Values:
    """Measures of jobs, homes, services and money from what adds up over regions, each [draw, row]."""
    values = people | sums
    for one in _RATIOS:
        if one.part in values:  # flows are not of the base year
            values[one.id] = _ratio(values[one.part], values[one.whole])
    for name in sums:
        if name.startswith("gap."):
            service = name.removeprefix("gap.")
            needed = sums[f"need.{service}"]
            # where nothing is needed nothing is missing, as long as what there is is known
            values[f"adequacy.{service}"] = 1.0 - np.where(needed == 0.0, sums[name], _ratio(sums[name], needed))
    return {name: values[name] for name in values if name not in people}


def flows(ledger: Array, now: Values, before: Values) -> Values:
    """Flow measures of a year from its ledger, each [draw, region]; `rate_change` adds up to the rate's change."""
    births = _by_zone(ledger[..., LEDGER_BIRTHS:LEDGER_DEATHS])
    deaths = _by_zone(ledger[..., LEDGER_DEATHS:LEDGER_ARRIVALS])
    values = {
        "births": births[..., :AWAY].sum(axis=-1),
        "deaths": deaths[..., :AWAY].sum(axis=-1),
    }
    moves = ledger[..., LEDGER_FLOWS:]
    for column, path in enumerate(FLOW_PATHS):
        values[f"moves.{path}"] = moves[..., column]
    for zone, path in ARRIVAL_PATHS.items():
        values[f"moves.{path}"] = ledger[..., LEDGER_ARRIVALS + zone]
    urban, resident = _growth(values, births - deaths)
    for key in SOURCES:
        values[f"urban_growth.{key}"] = urban[key]
        change = urban[key] - before["urbanization_rate"] * resident[key]
        values[f"rate_change.{key}"] = _ratio(change, now["resident"])
    return values


def _growth(values: Values, natural: Array) -> tuple[Values, Values]:
    """Growth of urban residents and of all residents by source, each [draw, region]."""
    zero = np.zeros_like(values["births"])
    urban = {key: zero.copy() for key in SOURCES}
    resident = {key: zero.copy() for key in SOURCES}
    urban["natural"] = natural[..., CITY] + natural[..., TOWN]
    resident["natural"] = urban["natural"] + natural[..., RURAL]
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
    by_zone: Array = cells.reshape(*cells.shape[:-1], len(ZONES), N_REGISTRATIONS).sum(axis=-1)
    return by_zone


def _ratio(part: Array, whole: Array) -> Array:
    """Part over whole, NaN where there is nothing to divide by."""
    result: Array = np.divide(part, whole, out=np.full_like(part, np.nan), where=whole != 0)
    return result
