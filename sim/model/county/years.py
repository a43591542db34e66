"""What years of a county amount to once they are over: all that adds up over regions, for many years at once.

Services that act on nothing inside the year are worked out here, and what further subjects report.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from sim.model import measures
from sim.model.arrays import Array, Values
from sim.model.county.inputs import Afterwards
from sim.model.county.state import Frame, Setup, Years
from sim.model.county.sums import by_name, turned
from sim.model.projects.project import THINGS
from sim.model.records import columns
from sim.model.services import services


def ledgers(years: Years) -> Array:
    """The kernel's ledgers of some years [column, year, draw, region]."""
    return years.ledger


def sums(setup: Setup, years: Years, by: Afterwards, *, with_services: bool = True) -> Values:
    """What adds up over regions in some years, each [year, draw, region]; of services (`SERVED`) if asked."""
    own = by_name(years.sums)
    if not with_services:
        return _with_others(own, by.others)
    return _with_services(setup, own, years.capacity, years.delivered, by)


def at_base(setup: Setup, capacity: Array, by: Afterwards, *, with_services: bool = True) -> Values:
    """The same of the base year [1, draw, region]; flows are 0. by: of the first year."""
    if not with_services:
        return _with_others(by_name(_turned(columns(setup.base)[np.newaxis])), by.others)
    nothing = np.zeros((len(setup.frame.things), 1, *setup.base.shape))
    own = by_name(_turned(columns(setup.base)[np.newaxis]))
    return _with_services(setup, own, _turned(capacity[np.newaxis]), nothing, by)


def drivers(sums: Values, base: Values) -> Values:
    """The measures that may drive a service, each of the shape of the sums."""
    people = sums | measures.rates(sums)
    return people | measures.since_base(people, base | measures.rates(base))


def _with_services(setup: Setup, own: Values, capacity: Array, delivered: Array, by: Afterwards) -> Values:
    """capacity, delivered: [service that acts or thing, year, draw, region]."""
    frame = setup.frame
    base = by_name(_turned(columns(setup.base)[np.newaxis]))
    found = _with_others(own, by.others) | _services(frame, drivers(own, base), capacity, by)
    return found | {f"delivered.{one}": delivered[at] for at, one in enumerate(frame.things) if one not in THINGS}


SERVED: Final = ("need.", "capacity.", "gap.", "cost.", "land.", "adequacy.", "delivered.")
"""What the names of measures begin with that are worked out of services once the years are over."""


FURTHER: Final[tuple[Callable[[Values, Mapping[str, Array]], Values], ...]] = (
    # subjects beside those that ship: sums of their own from sums and from their parameters
)


def _with_others(found: Values, others: Mapping[str, Array]) -> Values:
    """Sums with those of further subjects. others: their parameters by path, each [year, draw or 1, region]."""
    for stocks in FURTHER:
        found = found | stocks(found, others)
    return found


def _services(frame: Frame, driving: Values, capacity: Array, by: Afterwards) -> Values:
    """Need of every service; and capacity, gap, cost and land of closing it, of those whose stock some region knows."""
    table, acting = frame.services, frame.acting.at.tolist()
    need = services.need(table, services.driving(table, driving), by.norms.per_driver)
    known = {id_ for one in frame.known for id_ in one}
    found = {}
    for at, id_ in enumerate(table.ids):
        found[f"need.{id_}"] = need[at]
        if id_ in known:
            stock = capacity[acting.index(at)]
            gap = np.maximum(need[at] - stock, 0.0)
            found |= {f"capacity.{id_}": stock, f"gap.{id_}": gap}
            found |= {f"cost.{id_}": gap * by.prices.unit_cost[at], f"land.{id_}": gap * by.prices.land[at]}
    return found


def _turned(rows: Array) -> Array:
    """Rows [year, draw, region, column] as columns [column, year, draw, region]."""
    *lanes, width = rows.shape
    found = np.empty((width, *lanes))
    turned(rows, found, (0, 0))
    return found
