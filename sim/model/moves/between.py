"""Moves between the regions of one group: part of those who leave one arrive in another.

A person who moves from region r to region q stays registered in r (away there) and is an outsider in q, so that both
accounts hold and a group's residents are the sum of its regions. The arrivals that were fitted hold such moves
already: what is added is the change since the first simulated year. Destinations share the movers in proportion to
their urban residents times the exponential of their attraction (a gravity model without distance, which within one
prefecture is an assumption). Those who leave in one year are counted where they arrive in the next.
"""

from typing import Final

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import CITY, TOWN
from sim.model.compiled import rule
from sim.model.moves.pull import NOWHERE, multiplier
from sim.model.people.kernels.year import ARRIVALS
from sim.model.records import Records

LARGEST_SHARE: Final = 0.9
"""How much of the fitted arrivals may have come from the group itself."""


class Movers:
    """Moves between regions.

    left: persons who left the region last year; usual: arrivals from the group in the first year, which the fitted
    arrivals hold; kept: share of the gravity model's arrivals that they allow.
    """

    left: float
    usual: float
    kept: float


class MoversSums:
    """Persons who came from and went to the other regions of the group."""

    between_in: float
    between_out: float


@rule
def gravity(mass: Array, attraction: Array, weight: Array) -> float:
    """Weight of each region as a destination, and their sum. mass: urban residents; attraction [region, place].

    Against the strongest: what many times as strong a pull would make of a weight is no number.
    """
    strongest, total = attraction[0, CITY], 0.0
    for region in range(mass.shape[0]):
        strongest = max(strongest, attraction[region, CITY])
    for region in range(mass.shape[0]):
        weight[region] = mass[region] * np.exp(attraction[region, CITY] - strongest)
        total += weight[region]
    return total


@rule
def moved(lanes: Records, share: Array, weight: Array, people: Array) -> None:
    """Persons who move between regions in a year by the gravity model alone [from, to].

    lanes: records of the regions with `movers`; share: of leavers who stay in the group; weight: as `gravity` gives it.
    """
    for origin in range(weight.shape[0]):
        total = 0.0
        for region in range(weight.shape[0]):
            total += weight[region] if region != origin else 0.0
        leaving = lanes[origin].movers.left * share[origin]
        for region in range(weight.shape[0]):
            chosen = weight[region] / total if region != origin and total > 0.0 else 0.0
            people[origin, region] = leaving * chosen


@rule
def fitted(rates: Array, pull: float) -> float:
    """Arrivals in city and town before any pull [persons]. pull: the multiplier that is in the rates [column]."""
    people: float = (rates[ARRIVALS + CITY] + rates[ARRIVALS + TOWN]) / pull
    return people


@rule
def arriving(rates: Array, attraction: Array, movers: Movers, received: float, is_first: bool) -> None:
    """Let the kernel's rates of arrivals in city and town answer to the group's leavers [column], in place.

    received: persons who come from the other regions by the gravity model; is_first: it is the first year of moves,
    whose leavers show what is usual. Arrivals from beyond the group have the pull in them already.
    """
    pull = multiplier(attraction, NOWHERE, CITY)
    usual = fitted(rates, pull)
    if is_first:
        movers.kept = np.minimum(LARGEST_SHARE * usual / received, 1.0) if received > 0.0 else 0.0
        movers.usual = received * movers.kept
    wanted = (usual - movers.usual) * pull + received * movers.kept
    factor = np.maximum(wanted / (usual * pull), 0.0) if usual > 0.0 else 1.0
    rates[ARRIVALS + CITY] *= factor
    rates[ARRIVALS + TOWN] *= factor


@rule
def counted(lanes: Records, people: Array, sums: Records) -> None:
    """Who came from and went to the other regions. people: as `moved`; lanes: records with `movers`, sums: written."""
    for region in range(sums.shape[0]):
        sums[region].between_in = sums[region].between_out = 0.0
    for origin in range(sums.shape[0]):
        for region in range(sums.shape[0]):
            moved = people[origin, region] * lanes[region].movers.kept
            sums[region].between_in += moved
            sums[origin].between_out += moved
