"""What years of a county amount to once they are over: all that adds up over regions, for many years at once.

Services that act on nothing inside the year are worked out here, and what further subjects report.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from sim.model.arrays import Array, Values
from sim.model.county.inputs import OTHERS, CountyInputs
from sim.model.county.state import Happened, Setup
from sim.model.county.sums import by_name, turned
from sim.model.county.year import drivers
from sim.model.projects.project import THINGS
from sim.model.records import columns
from sim.model.services import services


def ledgers(years: Sequence[Happened]) -> Array:
    """The kernel's ledgers of some years [column, year, draw, region]."""
    return _turned([one.ledger for one in years])


def sums(setup: Setup, years: Sequence[Happened]) -> Values:
    """What adds up over regions in some years, each [year, draw, region]."""
    own = by_name(_turned([columns(one.sums) for one in years]))
    capacity, delivered = (_turned([getattr(one, name) for one in years]) for name in ("capacity", "delivered"))
    return _with_services(setup, own, capacity, delivered, [one.given for one in years])


def at_base(setup: Setup, capacity: Array, given: CountyInputs) -> Values:
    """The same of the base year [1, draw, region]; flows are 0."""
    nothing = np.zeros((len(setup.frame.things), 1, *setup.base.shape))
    own = by_name(_turned([columns(setup.base)]))
    return _with_services(setup, own, _turned([capacity]), nothing, [given])


def _with_services(
    setup: Setup, own: Values, capacity: Array, delivered: Array, given: Sequence[CountyInputs]
) -> Values:
    """capacity, delivered: [service that acts or thing, year, draw, region]."""
    frame = setup.frame
    base = by_name(_turned([columns(setup.base)]))
    others = {path: np.stack([one.others[path] for one in given]) for path in OTHERS}
    found = _with_others(own, others) | _services(setup, drivers(own, base), capacity, given)
    return found | {f"delivered.{one}": delivered[at] for at, one in enumerate(frame.things) if one not in THINGS}


FURTHER: Final[tuple[Callable[[Values, Values], Values], ...]] = (
    # subjects beside those that ship: sums of their own from sums and from their parameters
)


def _with_others(found: Values, others: Values) -> Values:
    """Sums with those of further subjects. others: their parameters by path, each [year, draw or 1, region]."""
    for stocks in FURTHER:
        found = found | stocks(found, others)
    return found


def _services(setup: Setup, driving: Values, capacity: Array, given: Sequence[CountyInputs]) -> Values:
    """Need of every service; and capacity, gap, cost and land of closing it, of those whose stock some region knows."""
    table, acting = setup.frame.services, setup.frame.acting
    per_driver, cost, land = (
        _over_years([getattr(getattr(one, kind), name) for one in given])
        for kind, name in (("norms", "per_driver"), ("prices", "unit_cost"), ("prices", "land"))
    )
    need = services.need(table, services.driving(table, driving), per_driver)
    known = {id_ for one in setup.frame.known for id_ in one}
    found = {}
    for at, id_ in enumerate(table.ids):
        found[f"need.{id_}"] = need[at]
        if id_ in known:
            stock = capacity[acting.at.tolist().index(at)]
            gap = np.maximum(need[at] - stock, 0.0)
            found |= {f"capacity.{id_}": stock, f"gap.{id_}": gap}
            found |= {f"cost.{id_}": gap * cost[at], f"land.{id_}": gap * land[at]}
    return found


def _over_years(values: Sequence[Array]) -> Array:
    """Values by service [service, year or 1, draw or 1, region or 1]; one year stands for all that share it."""
    alike = all(value is values[0] for value in values)
    return np.moveaxis(np.stack(values[:1] if alike else values), -1, 0)


def _turned(rows: Sequence[Array]) -> Array:
    """Columns of some years [column, year, draw, region], of rows [draw, region, column] of each."""
    shape = rows[0].shape
    found = np.empty((shape[2], len(rows), *shape[:2]))
    lanes = shape[0] * shape[1]
    flat = found.reshape(shape[2], len(rows), lanes)
    for year, one in enumerate(rows):
        turned(one.reshape(lanes, shape[2]), flat[:, year])
    return found
