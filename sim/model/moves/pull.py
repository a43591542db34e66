"""How much stronger or weaker than in the base year each move is.

A gravity-like form (Lee 1966; Greenwood 1975): the flow from o to d is multiplied by exp(attraction of d − attraction
of o), where every attraction is 0 in the base year, so that the calibrated rates carry the base year's conditions.
"""

from typing import Final

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import CITY, RESIDENT_ZONES, RURAL, TOWN, ZONES
from sim.model.compiled import rule
from sim.model.moves.inputs import Pull
from sim.model.people.flows import ARRIVAL_PATHS, ELSEWHERE, FLOWS
from sim.model.people.kernels.year import ARRIVALS, N_LEADING
from sim.model.records import Zones

STRONGEST: Final = 1.5
"""Largest logarithm of a multiplier: beyond it the form has no evidence at all."""

NOWHERE: Final = len(RESIDENT_ZONES)
"""Position of attraction for places outside the region: always 0."""


class Conditions:
    """What differs from the base year at a year's end, each 0 in the base year.

    vacancy: jobs per member of the urban labour force [share]; urban_income, rural_income: logarithm
    of income over its usual path; homes: vacancy rate of homes [share];
    adequacy: of services [share].
    """

    vacancy: float
    urban_income: float
    rural_income: float
    homes: Zones
    adequacy: float


@rule
def attraction(now: Conditions, pull: Pull, found: Array) -> None:
    """Logarithm of the pull of each zone without away, and of a last place that is 0 [place]."""
    urban = pull.jobs * now.vacancy + pull.income * now.urban_income + pull.services * now.adequacy
    for zone in (CITY, TOWN):
        found[zone] = urban + pull.housing * now.homes[zone]
    found[RURAL] = pull.income * now.rural_income
    found[NOWHERE] = 0.0


@rule
def multiplier(attraction: Array, origin: int, destination: int) -> float:
    """Multiplier of a flow from one place to another [1]."""
    found: float = np.exp(np.minimum(np.maximum(attraction[destination] - attraction[origin], -STRONGEST), STRONGEST))
    return found


@rule
def pulled(rates: Array, attraction: Array) -> None:
    """Multiply arrivals and moves among the kernel's rates [column], in place."""
    for move in range(_COLUMNS.shape[0]):
        if attraction[_FROM[move]] != attraction[_TO[move]]:
            rates[_COLUMNS[move]] *= multiplier(attraction, _FROM[move], _TO[move])


def _place(zone: int) -> int:
    return zone if zone in RESIDENT_ZONES else NOWHERE


_FROM: Final = np.array([NOWHERE] * len(ARRIVAL_PATHS) + [_place(flow.source) for flow in FLOWS])
_TO: Final = np.array([*ARRIVAL_PATHS] + [_place(flow.destination) for flow in FLOWS])
_COLUMNS: Final = np.array([*range(ARRIVALS, ARRIVALS + len(ARRIVAL_PATHS)), *range(N_LEADING, N_LEADING + len(FLOWS))])
assert ELSEWHERE not in RESIDENT_ZONES
assert tuple(ARRIVAL_PATHS) == tuple(range(len(ZONES) - 1))
