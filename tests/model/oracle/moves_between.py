"""Moves between the regions of one group: part of those who leave one arrive in another.

A person who moves from region r to region q stays registered in r (away there) and is an outsider in q, so that both
accounts hold and a group's residents are the sum of its regions. The arrivals that were fitted hold such moves
already: what is added is the change since the first simulated year. Destinations share the movers in proportion to
their urban residents times the exponential of their attraction (a gravity model without distance, which within one
prefecture is an assumption). Those who leave in one year are counted where they arrive in the next.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.model.arrays import Array, ByRegion
from sim.model.axes import CITY, TOWN
from sim.model.people.kernels.year import ARRIVALS

_COLUMNS: Final = [ARRIVALS + CITY, ARRIVALS + TOWN]

LARGEST_SHARE: Final = 0.9
"""How much of the fitted arrivals may have come from the group itself."""


@dataclass(frozen=True, slots=True)
class Movers:
    """Moves between regions.

    left: persons who left the region last year; usual: arrivals from the group in the first year, which the fitted
    arrivals hold; kept: share of the gravity model's arrivals that they allow; all None before a first year.
    """

    left: ByRegion | None = None
    usual: ByRegion | None = None
    kept: ByRegion | None = None


def destinations(mass: ByRegion, attraction: ByRegion) -> Array:
    """Share of each region's movers who choose each other region [1], [draw, from, to]; rows add up to 1.

    mass: urban residents [person]; attraction: of the county seat, logarithm.
    """
    weight = mass * np.exp(attraction - attraction.max(axis=1, keepdims=True))
    table = np.repeat(weight[:, np.newaxis, :], weight.shape[1], axis=1)
    own = np.arange(weight.shape[1])
    table[:, own, own] = 0.0
    total = table.sum(axis=2, keepdims=True)
    shares: Array = np.divide(table, total, out=np.zeros_like(table), where=total > 0.0)
    return shares


def moved(movers: Movers, share: ByRegion, to: Array) -> Array:
    """Persons who move between regions in a year [draw, from, to]. share: of leavers who stay in the group."""
    if movers.left is None:
        raise ValueError("nobody has left yet: the first year has no moves between regions")
    people: Array = (movers.left * share)[:, :, np.newaxis] * to
    return people if movers.kept is None else people * movers.kept[:, np.newaxis, :]


def first(movers: Movers, share: ByRegion, to: Array, arrivals: ByRegion) -> Movers:
    """What the first year's leavers show to be usual. arrivals: fitted arrivals in city and town."""
    received = moved(movers, share, to).sum(axis=1)
    allowed = LARGEST_SHARE * arrivals
    kept = np.divide(allowed, received, out=np.zeros_like(received), where=received > 0.0)
    kept = np.minimum(kept, 1.0)
    return Movers(movers.left, received * kept, kept)


def fitted(rates: Array, pull: ByRegion) -> ByRegion:
    """Arrivals in city and town before any pull [persons]. pull: the multiplier that is in them."""
    people: Array = rates[..., _COLUMNS].sum(axis=-1) / pull
    return people


def arriving(rates: Array, people: Array, movers: Movers, pull: ByRegion) -> Array:
    """The kernel's rates with arrivals in city and town that answer to the group's leavers [draw, region, column].

    people: as `moved` gives them; pull: multiplier of arrivals from beyond the group, which is in
    `rates` already.
    """
    if movers.usual is None:
        return rates
    usual = fitted(rates, pull)
    wanted = (usual - movers.usual) * pull + people.sum(axis=1)
    factor = np.divide(wanted, usual * pull, out=np.ones_like(wanted), where=usual > 0.0)
    result = rates.copy()
    result[..., _COLUMNS] *= np.maximum(factor, 0.0)[..., np.newaxis]
    return result
