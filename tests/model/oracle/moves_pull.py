"""How much stronger or weaker than in the base year each move is.

A gravity-like form (Lee 1966; Greenwood 1975): the flow from o to d is multiplied by exp(attraction of d − attraction
of o), where every attraction is 0 in the base year, so that the calibrated rates carry the base year's conditions.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.model.arrays import Array, ByRegion, ByZone
from sim.model.axes import CITY, RESIDENT_ZONES, RURAL, TOWN, ZONES
from sim.model.people.flows import ARRIVAL_PATHS, ELSEWHERE, FLOWS
from sim.model.people.kernels.year import ARRIVALS, N_LEADING
from tests.model.oracle.moves_inputs import MovesInputs

STRONGEST: Final = 1.5
"""Largest logarithm of a multiplier: beyond it the form has no evidence at all."""

_NOWHERE: Final = len(RESIDENT_ZONES)
"""Column of attraction for places outside the region: always 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What differs from the base year at a year's end, each 0 in the base year.

    vacancy: jobs per member of the urban labour force [share]; urban_income, rural_income: logarithm
    of income over its usual path; homes: vacancy rate of homes [share];
    adequacy: of services [share].
    """

    vacancy: ByRegion
    urban_income: ByRegion
    rural_income: ByRegion
    homes: ByZone
    adequacy: ByRegion


def attraction(conditions: Conditions, now: MovesInputs) -> Array:
    """Logarithm of the pull of each zone [draw, region, zone without away, and a last one that is 0]."""
    shape = conditions.vacancy.shape
    found = np.zeros((*shape, len(RESIDENT_ZONES) + 1))
    urban = (
        now.pull.jobs * conditions.vacancy
        + now.pull.income * conditions.urban_income
        + now.pull.services * conditions.adequacy
    )
    for zone in (CITY, TOWN):
        found[..., zone] = urban + now.pull.housing * conditions.homes[..., zone]
    found[..., RURAL] = now.pull.income * conditions.rural_income
    return found


def multipliers(attractions: Array) -> Array:
    """Multiplier of every flow and arrival [1], [draw, region, ARRIVAL_PATHS and then FLOWS]."""
    log = attractions[..., _TO] - attractions[..., _FROM]
    result: Array = np.exp(np.clip(log, -STRONGEST, STRONGEST))
    return result


def pulled(rates: Array, attractions: Array) -> Array:
    """The kernel's rates with arrivals and moves multiplied [draw, region, column]; unchanged where nothing pulls."""
    if not attractions.any():
        return rates
    result = rates.copy()
    result[..., _COLUMNS] *= multipliers(attractions)
    return result


def _place(zone: int) -> int:
    return zone if zone in RESIDENT_ZONES else _NOWHERE


_FROM: Final = np.array([_NOWHERE] * len(ARRIVAL_PATHS) + [_place(flow.source) for flow in FLOWS])
_TO: Final = np.array([*ARRIVAL_PATHS] + [_place(flow.destination) for flow in FLOWS])
_COLUMNS: Final = np.array([*range(ARRIVALS, ARRIVALS + len(ARRIVAL_PATHS)), *range(N_LEADING, N_LEADING + len(FLOWS))])
assert ELSEWHERE not in RESIDENT_ZONES
assert tuple(ARRIVAL_PATHS) == tuple(range(len(ZONES) - 1))
