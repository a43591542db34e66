"""Programmes of a year: what policies and projects demolish, start, complete and renovate."""

import numpy as np

from sim.model.axes import CITY, RURAL, TOWN
from sim.model.compiled import rule
from sim.model.homes.inputs import HomesInputs
from sim.model.homes.stock import (
    AFFORDABLE,
    N_ZONES,
    PROGRAMMES,
    PUBLIC_RENTAL,
    RENOVATION,
    RESETTLEMENT,
    TALENT,
    TENURES,
    Homes,
    HomesYear,
    Opened,
)
from sim.model.homes.supply import advance
from sim.model.homes.zones import ratio

N_PROGRAMMES = len(PROGRAMMES)
N_TENURES = len(TENURES)


@rule
def urban_shares(stock: Homes, flows: HomesYear) -> None:
    """Share of what is built for the whole county that stands in each zone [1]: by urban households.

    Where these are not known it counts as the county seat's.
    """
    town = ratio(stock.households[TOWN], stock.households[CITY] + stock.households[TOWN])
    town = 0.0 if np.isnan(town) else town
    flows.place[CITY], flows.place[TOWN], flows.place[RURAL] = 1.0 - town, town, 0.0


@rule
def renewal(stock: Homes, opened: Opened, now: HomesInputs, flows: HomesYear) -> None:
    """Homes demolished by policies and projects: no more than there is, where that is known."""
    urban_shares(stock, flows)
    wanted = np.fmin(now.shanty_units, stock.shanty)
    flows.by_policy = 0.0
    for zone in range(N_ZONES):
        left = stock.homes[zone] - flows.ageing[zone] - flows.withdrawn[zone]
        policy = np.fmin(wanted * flows.place[zone], left)
        flows.by_policy += policy
        flows.renewal[zone] = policy + np.fmin(opened.demolished[zone], left - policy)


@rule
def programmes(stock: Homes, opened: Opened, now: HomesInputs, flows: HomesYear) -> None:
    """What programmes start and complete in the year, and what is under construction after it (in place)."""
    begun = flows.begun
    begun[PUBLIC_RENTAL], begun[AFFORDABLE] = now.public_rental_starts, now.affordable_starts
    begun[TALENT] = now.talent_units
    begun[RESETTLEMENT] = flows.by_policy * (1.0 - now.monetised)
    begun[RENOVATION] = np.fmin(now.renovation_units, stock.old)
    for kind in range(N_PROGRAMMES):
        lag = now.renovation_time if kind == RENOVATION else now.construction
        flows.finished[kind] = advance(stock.programmes[:, kind], begun[kind], lag)
    flows.backlog = now.resettlement_deliveries
    flows.renovation_started = begun[RENOVATION] + opened.renovated
    flows.renovated = flows.finished[RENOVATION] + opened.renovated
    flows.rural_improved = np.minimum(now.rural_improved, np.maximum(stock.homes[RURAL] - stock.since.rural, 0.0))


@rule
def by_tenure(starts: float, done: float, opened: Opened, zone: int, flows: HomesYear) -> None:
    """Homes of every tenure that are started and completed in a zone. starts, done: of the market."""
    flows.started[0, zone], flows.completed[0, zone] = starts, done + opened.homes[0, zone]
    place = flows.place[zone]
    for kind in range(N_TENURES - 1):
        flows.started[kind + 1, zone] = flows.begun[kind] * place
        flows.completed[kind + 1, zone] = flows.finished[kind] * place + opened.homes[kind + 1, zone]
    flows.completed[1 + RESETTLEMENT, zone] += flows.backlog * place
