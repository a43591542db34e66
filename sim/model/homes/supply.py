"""What the market starts and completes, against what it expects.

Starts follow expected demand and correct a share of the lack of homes, with what is under construction counted
(Sterman 1989, doi:10.1287/mnsc.35.3.321); where the supply line is left out, building swings.
"""

from typing import Final

import numpy as np

from sim.model.arrays import Array
from sim.model.compiled import rule
from sim.model.homes.inputs import HomesInputs
from sim.model.homes.stock import SLOTS, Homes, HomesYear
from sim.model.homes.zones import of_zone, ratio

SCARCE: Final = 0.5
"""Share of the usual vacancy below which the market builds more, however slack it is (assumption)."""


@rule
def market_lag(now: HomesInputs, zone: int) -> float:
    """Years from start to completion of homes that are not of a programme [year]."""
    return of_zone(zone, now.construction, now.construction, now.construction_rural)


@rule
def steady_line(flow: float, lag: float, line: Array) -> None:
    """Homes under construction where the same number has been started every year [slot]; sums to flow × lag."""
    for slot in range(SLOTS):
        line[slot] = flow * np.minimum(np.maximum(lag - slot, 0.0), 1.0)


@rule
def advance(line: Array, starts: float, lag: float) -> float:
    """Homes completed in the year; the line of what is under construction moves on, in place [slot].

    line: by year of completion, the coming one first. A lag between two whole years divides the starts.
    """
    completed: float = np.maximum(1.0 - abs(lag), 0.0) * starts + line[0]
    for slot in range(1, SLOTS + 1):
        before = line[slot] if slot < SLOTS else 0.0
        line[slot - 1] = np.maximum(1.0 - abs(lag - slot), 0.0) * starts + before
    return completed


@rule
def market_starts(stock: Homes, now: HomesInputs, zone: int, flows: HomesYear) -> float:
    """Homes that the market starts in the year [home/year], from what it knew before it."""
    response, expected = market_share(stock, now, zone, flows), stock.expected[zone]
    under_way = 0.0
    for slot in range(SLOTS):
        under_way += stock.market[slot, zone]
    lack = stock.households[zone] / (1.0 - flows.target[zone]) - stock.homes[zone]
    missing = response * expected * market_lag(now, zone) - under_way
    starts: float = np.maximum(response * (expected + now.market_correction * (lack + missing)), 0.0)
    return starts


@rule
def market_share(stock: Homes, now: HomesInputs, zone: int, flows: HomesYear) -> float:
    """Share of expected demand that the market starts [1]: a slack market wakes up as homes become scarce.

    It is as slack as given while half of the vacancy that it builds for stands empty, and not at all where no home
    does.
    """
    vacant = ratio(stock.homes[zone] - stock.households[zone], stock.homes[zone])
    empty = np.minimum(np.maximum(ratio(vacant, SCARCE * flows.target[zone]), 0.0), 1.0)
    share: float = now.market_response * (
        now.market_activity + np.maximum(1.0 - now.market_activity, 0.0) * (1.0 - empty)
    )
    return share
