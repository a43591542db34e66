"""Services of a county: how they stand in a year, and how people feel it."""

import numpy as np

from sim.model.arrays import Array, ByRegion, ByService, Values
from tests.model.oracle import measures
from tests.model.oracle import services_services as services
from tests.model.oracle.county_state import Frame, Served, Setup
from tests.model.oracle.services_services import Norms, Prices, Table


def drivers(people: Values, base: Values, housing: Values) -> Values:
    """The measures that may drive a service, each [draw, region]."""
    return people | measures.since_base(people, base) | housing


def at_base(frame: Frame, driving: Values, norms: Norms) -> Served:
    """How services stand in the base year."""
    capacity = services.start(frame.services, frame.known, services.driving(frame.services, driving), norms.per_driver)
    return _served(_needed(frame.services, driving, norms), capacity, norms)


def year(frame: Frame, before: Served, driving: Values, delivered: Array, norms: Norms) -> Served:
    """How they stand a year later. delivered: by projects in the year [draw, region, thing]."""
    needed = _needed(frame.services, driving, norms)
    capacity = services.advance(before.standing.capacity, needed, frame.by_service(delivered), norms)
    return _served(needed, capacity, norms)


def felt(setup: Setup, driving: Values, now: Served, norms: Norms) -> ByRegion:
    """Change of adequacy since the base year at the norms of that year: people feel places, not norms.

    now: how services stand by the norms of the year.
    """
    if norms is not setup.norms:
        needed = _needed(setup.frame.services, driving, setup.norms)
        now = _served(needed, now.standing.capacity, setup.norms)
    return now.adequacy - setup.adequacy


def sums(table: Table, now: Served, prices: Prices, residents: ByRegion) -> Values:
    """Need, capacity, gap, cost and land of closing it by service, and adequacy of all, each [draw, region].

    Of a service whose stock no region knows, the need only. Adequacy is weighted by residents, so that a group's is
    the mean of its residents; NaN where no stock is known.
    """
    standing = now.standing
    cost, land = services.to_close(standing.gap, prices.unit_cost), services.to_close(standing.gap, prices.land)
    known = np.isfinite(standing.capacity[0]).any(axis=0)
    felt = np.where(now.known > 0.0, now.adequacy, np.nan)
    found = {"adequacy_total": felt * residents, "adequacy_known_total": now.known * residents}
    for index, id_ in enumerate(table.ids):
        found[f"need.{id_}"] = standing.need[..., index]
        if known[index]:
            columns = (("capacity", standing.capacity), ("gap", standing.gap), ("cost", cost), ("land", land))
            found |= {f"{name}.{id_}": value[..., index] for name, value in columns}
    return found


def _needed(table: Table, driving: Values, norms: Norms) -> ByService:
    """Needs of all services by the norms of a year [draw, region, service]."""
    return services.need(table, services.driving(table, driving), norms.per_driver)


def _served(needed: ByService, capacity: ByService, norms: Norms) -> Served:
    standing = services.standing(needed, capacity)
    return Served(standing, *services.overall(standing.adequacy, norms.weight))
