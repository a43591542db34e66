"""Quantities by zone: parameters of the three zones, the share of what is built in each, boundary changes."""

from dataclasses import replace

import numpy as np

from sim.model.arrays import Array, ByRegion, ByZone
from sim.model.axes import CITY, RURAL, TOWN
from tests.model.oracle.homes_inputs import HomesInputs
from tests.model.oracle.homes_stock import Homes


def by_zone(city: ByRegion, town: ByRegion, rural: ByRegion) -> ByZone:
    """Values of the three zones side by side or what broadcasts to it."""
    return np.stack(np.broadcast_arrays(city, town, rural), axis=-1)


def usual_vacancy(now: HomesInputs) -> ByZone:
    """The usual vacancy as declared [1]."""
    return by_zone(now.vacancy_city, now.vacancy_town, now.vacancy_rural)


def urban_shares(households: ByZone) -> ByZone:
    """Share of what is built for the whole county that stands in each zone [1]: by urban households.

    Where these are not known it counts as the county seat's.
    """
    share = np.zeros_like(households)
    urban = households[..., CITY] + households[..., TOWN]
    share[..., TOWN] = np.nan_to_num(ratio(households[..., TOWN], urban))
    share[..., CITY] = 1.0 - share[..., TOWN]
    return share


def county(amount: Array) -> Array:
    """The sum over zones, or over any last axis, of an amount [draw, region, …]."""
    # Columns are added one by one: NumPy's own sum over a short last axis takes five times as long.
    total: Array = amount[..., 0].copy()
    for column in range(1, amount.shape[-1]):
        total += amount[..., column]
    return total


def vacancy(stock: Homes) -> ByZone:
    """Empty homes over all homes [1]; negative where households lack a home, NaN without homes."""
    return np.where(stock.homes == 0.0, np.nan, ratio(stock.homes - stock.households, stock.homes))


def ratio(part: Array, whole: Array) -> Array:
    """Share of an amount that a part is, 0 where there is no amount to share: of a flow, never of what is reported."""
    part, whole = np.broadcast_arrays(part, whole)
    result: Array = np.divide(part, whole, out=np.zeros(part.shape), where=whole != 0.0)
    return result


def reclassified(stock: Homes, shares: Array | None) -> Homes:
    """The stock after boundary changes: homes and those who live in them are counted in another zone.

    shares: of villages that became town, of villages and of towns that became county seat [1], [draw, region, 3].
    """
    if shares is None or not shares.any():
        return stock
    homes = shifted(stock.homes, shares)
    return replace(
        stock,
        homes=homes,
        floor=shifted(stock.floor, shares),
        households=shifted(stock.households, shares),
        residents=shifted(stock.residents, shares),
        usual=ratio(shifted(stock.usual * stock.homes, shares), homes),
        declared=ratio(shifted(stock.declared * stock.homes, shares), homes),
        felt=ratio(shifted(stock.felt * stock.homes, shares), homes),
        expected=shifted(stock.expected, shares),
        market=shifted(stock.market, shares),
    )


def in_place(before: ByZone, after: ByZone, share: ByRegion) -> Array:
    """Shares of homes that are counted in another zone with their households [1], as `reclassified` takes them.

    before, after: households; share: of the households that towns gain and villages lose that keep their home [1].
    """
    change = after - before
    gained = np.maximum(change[..., :RURAL], 0.0)
    moved = share[..., np.newaxis] * np.minimum(county(gained), np.maximum(-change[..., RURAL], 0.0))[..., np.newaxis]
    part = ratio(moved * ratio(gained, county(gained)[..., np.newaxis]), before[..., RURAL:])
    return np.stack([part[..., TOWN], part[..., CITY], np.zeros(part.shape[:-1])], axis=-1)


def shifted(amount: Array, shares: Array) -> Array:
    """An amount by zone after the same shares of every zone's were counted in another."""
    to_town, to_city = amount[..., RURAL] * shares[..., 0], amount[..., RURAL] * shares[..., 1]
    risen = amount[..., TOWN] * shares[..., 2]
    after = np.array(amount)
    after[..., CITY] += to_city + risen
    after[..., TOWN] += to_town - risen
    after[..., RURAL] -= to_town + to_city
    return after
