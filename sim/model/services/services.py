"""Services: the table of them, norms and prices of a year, and what is needed. Pure arithmetic."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from sim.common.quickclass import quickclass
from sim.common.units import factor, per
from sim.model.arrays import Array, Integers
from sim.model.services.parameters import RETIREMENT, ROUTINE, path
from sim.model.services.service import Figure, Service, land_unit, standard_scale


@quickclass(frozen=True)
class Table:
    """The services of a run as positions on an axis.

    services: those that drive others before them. drivers: the measures that drive any. levels: services in the order
    in which needs follow from each other, as (positions of the services, positions of their drivers); the first level
    is driven by `drivers`, the later ones by services.
    """

    services: tuple[Service, ...]
    drivers: tuple[str, ...]
    levels: tuple[tuple[Integers, Integers], ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The services by name, in their order."""
        return tuple(service.id for service in self.services)


@quickclass(frozen=True, slots=True)
class Norms:
    """Norms of each service of a table, in the units of the model, each [year or 1, draw or 1, region or 1].

    per_driver: need per unit of driver; routine, retirement: shares of a year; weight: in adequacy.
    """

    per_driver: tuple[Array, ...]
    routine: tuple[Array, ...]
    retirement: tuple[Array, ...]
    weight: tuple[Array, ...]


@quickclass(frozen=True, slots=True)
class Prices:
    """Cost [yuan], land [m²] and running cost [yuan/year] of a unit of each service, as `Norms`; NaN: not known."""

    unit_cost: tuple[Array, ...]
    land: tuple[Array, ...]
    running_cost: tuple[Array, ...]


def table(services: Sequence[Service]) -> Table:
    """The services laid out on an axis, each after the one that drives it."""
    position = {service.id: index for index, service in enumerate(services)}
    drivers = tuple(dict.fromkeys(service.driver for service in services if service.parent is None))
    depth: list[int] = []
    for service in services:
        depth.append(0 if service.parent is None else depth[position[service.parent]] + 1)
    levels = []
    for level in range(max(depth, default=-1) + 1):
        own = [index for index, at in enumerate(depth) if at == level]
        source = [_source(services[index], drivers, position) for index in own]
        levels.append((np.array(own, dtype=np.int64), np.array(source, dtype=np.int64)))
    return Table(tuple(services), drivers, tuple(levels))


def norms(of: Table, now: Mapping[str, Array]) -> Norms:
    """Norms from the values of their parameters, by path."""
    nothing = np.zeros_like(now[ROUTINE][:1, :1, :1])
    return Norms(
        tuple(_per_driver(service, now) for service in of.services),
        tuple(_share(service, "routine", service.routine, now[ROUTINE], now) for service in of.services),
        tuple(_share(service, "retirement", service.retirement, now[RETIREMENT], now) for service in of.services),
        tuple(now[path(service, "weight")] if service.weight else nothing for service in of.services),
    )


def prices(of: Table, now: Mapping[str, Array]) -> Prices:
    """Prices from the values of their parameters, by path; a service that takes no land of its own has 0."""
    return Prices(
        tuple(_price(s, "unit_cost", s.unit_cost, per("yuan", s.unit), now, np.nan) for s in of.services),
        tuple(_price(s, "land", s.land, land_unit(s.unit), now, 0.0) for s in of.services),
        tuple(_price(s, "running_cost", s.running_cost, _yearly_unit(s), now, np.nan) for s in of.services),
    )


def driving(of: Table, measures: Mapping[str, Array]) -> Array:
    """The drivers of services [driver, …] from measures […]; one that is below 0 drives nothing."""
    found = [np.maximum(measures[name], 0.0) for name in of.drivers]
    return np.stack(np.broadcast_arrays(*found)) if found else np.zeros((0, 1))


def need(of: Table, drivers: Array, per_driver: Sequence[Array]) -> Array:
    """Needs [unit of each service], [service, …]: driver × enrolment × standard, along chains of services.

    drivers: [driver, …]; per_driver: of each service, as `norms` gives it.
    """
    found = np.empty((len(of.services), *drivers.shape[1:]))
    source = drivers
    for own, driver in of.levels:
        for one, by in zip(own.tolist(), driver.tolist(), strict=True):
            np.multiply(source[by], per_driver[one], out=found[one])
        source = found
    return found


def _source(service: Service, drivers: Sequence[str], position: Mapping[str, int]) -> int:
    return drivers.index(service.driver) if service.parent is None else position[service.parent]


def _per_driver(service: Service, now: Mapping[str, Array]) -> Array:
    norm = now[path(service, "standard")] * standard_scale(service)
    if service.enrolment is None:
        return norm
    enrolled: Array = norm * now[path(service, "enrolment")] * factor(service.enrolment.unit, "share")
    return enrolled


def _share(service: Service, what: str, figure: Figure | None, common: Array, now: Mapping[str, Array]) -> Array:
    if figure is None:
        return common
    own: Array = now[path(service, what)] * factor(figure.unit, "share/year")
    return own


def _price(
    service: Service, what: str, figure: Figure | None, unit: str, now: Mapping[str, Array], missing: float
) -> Array:
    if figure is None:
        return np.full((1, 1, 1), missing)
    price: Array = now[path(service, what)] * factor(figure.unit, unit)
    return price


def _yearly_unit(service: Service) -> str:
    return f"{per('yuan', service.unit)}/year"
