"""What is started and completed: the market against what it expects, programmes as policies set them.

Starts follow expected demand and correct a share of the lack of homes, with what is under construction counted
(Sterman 1989, doi:10.1287/mnsc.35.3.321); where the supply line is left out, building swings.
"""

from typing import Final

import numpy as np

from sim.model.arrays import Array, ByZone
from tests.model.oracle.homes_inputs import HomesInputs
from tests.model.oracle.homes_stock import SLOTS, Homes
from tests.model.oracle.homes_zones import by_zone, ratio

SCARCE: Final = 0.5
"""Share of the usual vacancy below which the market builds more, however slack it is (assumption)."""


def market_lag(now: HomesInputs) -> ByZone:
    """Years from start to completion of homes that are not of a programme [year]."""
    return by_zone(now.construction, now.construction, now.construction_rural)


def steady_line(flow: Array, lag: Array) -> Array:
    """Homes under construction where the same number has been started every year [slot, …]; sums to flow × lag."""
    ahead = np.arange(SLOTS).reshape(-1, *(1,) * flow.ndim)
    line: Array = flow * np.clip(lag - ahead, 0.0, 1.0)
    return line


def advance(line: Array, starts: Array, lag: Array) -> tuple[Array, Array]:
    """Homes completed in the year and what is under construction after it, from the line before and the year's starts.

    line: [slot, …] by year of completion, the coming one first. A lag between two whole years divides the starts.
    """
    if not starts.any() and not line.any():
        return line[0], line
    ahead = np.arange(SLOTS + 1).reshape(-1, *(1,) * starts.ndim)
    shares = np.maximum(1.0 - np.abs(lag - ahead), 0.0)
    whole = shares * starts
    whole[:SLOTS] += line
    return whole[0], whole[1:]


def market_starts(stock: Homes, target: ByZone, lag: Array, now: HomesInputs) -> ByZone:
    """Homes that the market starts in the year [home/year], from what it knew before it."""
    response = market_share(stock, target, now)
    correction = now.market_correction[..., np.newaxis]
    lack = stock.households / (1.0 - target) - stock.homes
    missing = response * stock.expected * lag - stock.market.sum(axis=0)
    starts: Array = np.maximum(response * (stock.expected + correction * (lack + missing)), 0.0)
    return starts


def market_share(stock: Homes, target: ByZone, now: HomesInputs) -> ByZone:
    """Share of expected demand that the market starts [1]: a slack market wakes up as homes become scarce.

    It is as slack as given while half of the vacancy that it builds for stands empty, and not at all where no home
    does.
    """
    activity = now.market_activity[..., np.newaxis]
    vacant = ratio(stock.homes - stock.households, stock.homes)
    empty = np.clip(ratio(vacant, SCARCE * target), 0.0, 1.0)
    share: ByZone = now.market_response[..., np.newaxis] * (activity + np.maximum(1.0 - activity, 0.0) * (1.0 - empty))
    return share
