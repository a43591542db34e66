"""Programmes of a year: what policies and projects demolish, start, complete and renovate."""

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Array, ByRegion, ByZone
from tests.model.oracle.homes_inputs import HomesInputs
from tests.model.oracle.homes_stock import (
    AFFORDABLE,
    PROGRAMMES,
    PUBLIC_RENTAL,
    RENOVATION,
    RESETTLEMENT,
    TALENT,
    TENURES,
    Homes,
    Opened,
)
from tests.model.oracle.homes_supply import advance
from tests.model.oracle.homes_zones import county, urban_shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A year of programmes, in homes.

    place: share of each zone [draw, region, zone]; by_policy, renewal: homes demolished by policies [draw, region]
    and by all [draw, region, zone]; started, completed [draw, region, programme]; line: under construction after the
    year [slot, draw, region, programme]; backlog: resettlement homes delivered from before [draw, region].
    """

    place: ByZone
    by_policy: ByRegion
    renewal: ByZone
    started: Array
    completed: Array
    line: Array
    backlog: ByRegion


def programme(stock: Homes, left: ByZone, opened: Opened, now: HomesInputs) -> Programme:
    """The year's programmes. left: homes that stand after other losses [draw, region, zone].

    No more is renewed or renovated than there is, where that is known.
    """
    place = urban_shares(stock.households)
    lanes = stock.homes.shape[:2]
    wanted = np.fmin(np.broadcast_to(now.shanty_units, lanes), stock.shanty)
    policy = np.fmin(wanted[..., np.newaxis] * place, left)
    renewal = policy + np.fmin(opened.demolished, left - policy)
    by_policy = county(policy)
    started = np.zeros((*lanes, len(PROGRAMMES)))
    started[..., PUBLIC_RENTAL] = now.public_rental_starts
    started[..., AFFORDABLE] = now.affordable_starts
    started[..., TALENT] = now.talent_units
    started[..., RESETTLEMENT] = by_policy * (1.0 - now.monetised)
    started[..., RENOVATION] = np.fmin(np.broadcast_to(now.renovation_units, lanes), stock.old)
    completed, line = advance(stock.programmes, started, _lags(now))
    backlog = np.broadcast_to(now.resettlement_deliveries, lanes)
    return Programme(
        place=place,
        by_policy=by_policy,
        renewal=renewal,
        started=started,
        completed=completed,
        line=line,
        backlog=backlog,
    )


def _lags(now: HomesInputs) -> Array:
    building, renovating = np.broadcast_arrays(now.construction, now.renovation_time)
    return np.stack([*[building] * RENOVATION, renovating], axis=-1)


def by_tenure(market: ByZone, subsidised: Array, place: ByZone) -> Array:
    """Homes of every tenure by zone [tenure, draw, region, zone]. subsidised: [draw, region, programme]."""
    homes = np.empty((len(TENURES), *market.shape))
    homes[0] = market
    for index in range(len(TENURES) - 1):
        homes[index + 1] = subsidised[..., index, np.newaxis] * place
    return homes
