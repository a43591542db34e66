"""Services that act on something inside the year, for every lane: what capacity there is, and how adequate it is.

They are those whose stock some region knows, and those whose need drives one of these. What the others need follows
from the years once they are over.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import NamedTuple

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags, Integers
from sim.model.compiled import part, rule
from sim.model.services.service import Capacity
from sim.model.services.services import Norms, Table


class Acting(NamedTuple):
    """The services that act, each before those that it drives.

    at: their positions in the table; source: of its driver among the drivers, or of the service that drives it among
    those that act, as −1 − position; drivers: the measures that drive any.
    """

    at: Integers
    source: Integers
    drivers: tuple[str, ...]


class Serving(NamedTuple):
    """The services that act, as kernels take them.

    source: of their drivers, as `Acting` has it; drivers: where each driver stands, among the sums of a year and then
    among what is derived from them [driver]; things: which thing that projects deliver each is, −1 for none [service].
    """

    source: Integers
    drivers: Integers
    things: Integers


class Served(NamedTuple):
    """`Standards` as kernels take them."""

    per_driver: Array
    routine: Array
    retirement: Array
    weight: Array
    whole: Array


@quickclass(frozen=True, slots=True)
class Standards:
    """What the services that act go by, each [draw or 1, region or 1, service]; over years with [year or 1] in front.

    per_driver: need per unit of driver; routine, retirement: shares of a year; weight: in adequacy; whole: weight of
    all services, of those that do not act too [draw or 1, region or 1, 1].
    """

    per_driver: Array
    routine: Array
    retirement: Array
    weight: Array
    whole: Array

    def of_years(self, which: slice) -> "Standards":
        """Those of some of the years."""
        return Standards(*(of_years(getattr(self, one.name), which) for one in fields(self)))

    @property
    def taken(self) -> Served:
        """As kernels take them."""
        return Served(*(np.require(getattr(self, one.name), np.float64, ["C", "W"]) for one in fields(self)))


def of_years(values: Array, which: slice) -> Array:
    """Values of some years; where all years agree they are there once [year or 1, …]."""
    return values[which] if len(values) > 1 else values


def acting(of: Table, known: Collection[str]) -> Acting:
    """The services that act. known: those whose stock some region knows."""
    by_id = {service.id: service for service in of.services}
    chosen: set[str] = set()
    for id_ in known & by_id.keys():
        service = by_id[id_]
        while service.id not in chosen:
            chosen.add(service.id)
            service = by_id.get(service.parent or "", service)
    ids = [id_ for id_ in of.ids if id_ in chosen]
    drivers = tuple(dict.fromkeys(by_id[id_].driver for id_ in ids if by_id[id_].parent is None))
    source = [
        drivers.index(by_id[id_].driver) if by_id[id_].parent is None else -1 - ids.index(str(by_id[id_].parent))
        for id_ in ids
    ]
    at = [of.ids.index(id_) for id_ in ids]
    return Acting(np.array(at, dtype=np.int64), np.array(source, dtype=np.int64), drivers)


def standards(of: Acting, norms: Norms) -> Standards:
    """What the services that act go by, in every year that the norms are of."""

    def own(values: tuple[Array, ...]) -> Array:
        return side_by_side([values[at] for at in of.at])

    return Standards(
        per_driver=own(norms.per_driver),
        routine=own(norms.routine),
        retirement=own(norms.retirement),
        weight=own(norms.weight),
        whole=side_by_side([sum(norms.weight, start=np.zeros((1, 1, 1)))]),
    )


def side_by_side(values: Sequence[Array]) -> Array:
    """Values as one array [..., value]; what all agree on along an axis is there once."""
    if not values:
        return np.zeros((1, 1, 1, 0))
    found = np.empty((*np.broadcast_shapes(*{value.shape for value in values}), len(values)))
    for at, value in enumerate(values):
        found[..., at] = value
    return found


def known_stocks(ids: Sequence[str], known: Sequence[Mapping[str, Capacity]]) -> tuple[Array, Flags]:
    """What each region has of services in the base year, NaN where it is not known, and whether by unit of the driver.

    Both [region, service]. ids: of the services; known: of each region, by service.
    """
    stock, per_driver = np.full((len(known), len(ids)), np.nan), np.zeros((len(known), len(ids)), dtype=np.bool_)
    for region, capacities in enumerate(known):
        for column, id_ in enumerate(ids):
            if id_ in capacities:
                stock[region, column], per_driver[region, column] = capacities[id_].value, capacities[id_].per_driver
    return stock, per_driver


@rule
def start(source: Integers, driving: Array, need: Array, known: tuple[Array, Flags], stock: Array) -> None:
    """A lane's capacities of the base year, written. known: as `known_stocks` gives it of its region."""
    for one in range(source.shape[0]):
        stock[one] = known[0][one] * (driver(source[one], driving, need) if known[1][one] else 1.0)


@rule
def year(need: Array, stock: Array, opened: Array, retirement: Array, routine: Array) -> None:
    """A lane's capacities a year later, in place. opened: what projects deliver of each in the year.

    Unknown stocks (NaN) stay unknown, whatever opens; routine adds nothing to a need that is not known.
    """
    for one in range(need.shape[0]):
        kept = stock[one] * (1.0 - retirement[one]) + opened[one]
        stock[one] = kept + routine[one] * np.fmax(need[one] - kept, 0.0)


@part
def of_year(values: Array, year: int) -> Array:
    """What there is in a year of values on which years may agree [year or 1, …]."""
    found: Array = values[year if values.shape[0] > 1 else 0]
    return found


@part
def of_lane(values: Array, draw: int, region: int) -> Array:
    """What a lane has of values on which draws or regions may agree [draw or 1, region or 1, …]."""
    found: Array = values[draw if values.shape[0] > 1 else 0, region if values.shape[1] > 1 else 0]
    return found


@rule
def driver(source: int, driving: Array, need: Array) -> float:
    """What drives a service: a driver, none below 0, or the need of another service."""
    found: float = np.maximum(driving[source], 0.0) if source >= 0 else need[-1 - source]
    return found


@rule
def needs(source: Integers, driving: Array, per_driver: Array, need: Array) -> None:
    """What is needed of each service of a lane, written."""
    for one in range(source.shape[0]):
        need[one] = driver(source[one], driving, need) * per_driver[one]


@rule
def overall(need: Array, stock: Array, weight: Array, whole: float) -> tuple[float, float]:
    """Adequacy of the services whose stock is known, by weight, 1 where none is; and the share of all weight they have.

    A service is adequate by min(1, stock ÷ need), and where nothing is needed. whole: all weight.
    """
    known = enough = 0.0
    for one in range(need.shape[0]):
        if not np.isnan(need[one] - stock[one]):
            known += weight[one]
            enough += weight[one] * (stock[one] / need[one] if need[one] > stock[one] else 1.0)
    return (enough / known if known > 0.0 else 1.0), (known / whole if whole > 0.0 else 0.0)
