"""Quantities by zone: parameters of the three zones, sums, shares, boundary changes."""

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import CITY, RURAL, TOWN
from sim.model.compiled import rule
from sim.model.homes.inputs import HomesInputs
from sim.model.homes.stock import N_ZONES, SLOTS, Homes, Occupants


@rule
def of_zone(zone: int, city: float, town: float, rural: float) -> float:
    """The one of three values that is of a zone."""
    return city if zone == CITY else town if zone == TOWN else rural


@rule
def usual_vacancy(now: HomesInputs, zone: int) -> float:
    """The usual vacancy as declared [1]."""
    return of_zone(zone, now.vacancy_city, now.vacancy_town, now.vacancy_rural)


@rule
def county(amount: Array) -> float:
    """The sum over zones of an amount [zone]."""
    found: float = amount[CITY] + amount[TOWN] + amount[RURAL]
    return found


@rule
def ratio(part: float, whole: float) -> float:
    """Share of an amount that a part is, 0 where there is no amount to share: of a flow, never of what is reported."""
    return part / whole if whole != 0.0 else 0.0


@rule
def vacancy(stock: Homes, zone: int) -> float:
    """Empty homes over all homes [1]; negative where households lack a home, NaN without homes."""
    homes: float = stock.homes[zone]
    return np.nan if homes == 0.0 else (homes - stock.households[zone]) / homes


@rule
def recounted(stock: Homes, to_town: float, to_city: float, risen: float) -> None:
    """Count homes and those who live in them in another zone, in place.

    Shares of villages that became town, of villages and of towns that became county seat [1].
    """
    if to_town == 0.0 and to_city == 0.0 and risen == 0.0:
        return
    for zone in range(N_ZONES):
        stock.usual[zone] *= stock.homes[zone]
        stock.declared[zone] *= stock.homes[zone]
        stock.felt[zone] *= stock.homes[zone]
    for amount in (stock.homes, stock.floor, stock.households, stock.residents, stock.expected):
        shift(amount, to_town, to_city, risen)
    for amount in (stock.usual, stock.declared, stock.felt):
        shift(amount, to_town, to_city, risen)
    for slot in range(SLOTS):
        shift(stock.market[slot], to_town, to_city, risen)
    for zone in range(N_ZONES):
        stock.usual[zone] = ratio(stock.usual[zone], stock.homes[zone])
        stock.declared[zone] = ratio(stock.declared[zone], stock.homes[zone])
        stock.felt[zone] = ratio(stock.felt[zone], stock.homes[zone])


@rule
def shift(amount: Array, to_town: float, to_city: float, risen: float) -> None:
    """Count the same shares of every zone's amount in another [zone], in place."""
    into_town, into_city, up = amount[RURAL] * to_town, amount[RURAL] * to_city, amount[TOWN] * risen
    amount[CITY] += into_city + up
    amount[TOWN] += into_town - up
    amount[RURAL] -= into_town + into_city


@rule
def keep_in_place(stock: Homes, people: Occupants, now: HomesInputs) -> None:
    """Count homes in another zone with those of their households that towns gain, villages lose and that keep them."""
    city = np.maximum(people.households[CITY] - stock.households[CITY], 0.0)
    town = np.maximum(people.households[TOWN] - stock.households[TOWN], 0.0)
    lost = np.maximum(-(people.households[RURAL] - stock.households[RURAL]), 0.0)
    gained = city + town
    moved = now.in_place * np.minimum(gained, lost)
    before: float = stock.households[RURAL]
    recounted(stock, ratio(moved * ratio(town, gained), before), ratio(moved * ratio(city, gained), before), 0.0)
