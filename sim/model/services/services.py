"""Services: what is needed, what there is, what is missing, and what closing the gap costs. Pure arithmetic.

All services side by side on a last axis; shapes [draw, region, service] unless said otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.common.units import factor, per
from sim.model.arrays import Array, ByRegion, ByService, Flags, Integers
from sim.model.services.parameters import RETIREMENT, ROUTINE, path
from sim.model.services.service import Capacity, Figure, Service, land_unit, standard_scale


@dataclass(frozen=True)
class Table:
    """The services of a run as positions on an axis.

    services: those that drive others before them. drivers: the measures that drive any. levels: services in the order
    in which needs follow from each other, as (positions of the services, positions of their drivers); the first level
    is driven by `drivers`, the later ones by services. counted: services whose cost and land no other counts.
    """

    services: tuple[Service, ...]
    drivers: tuple[str, ...]
    levels: tuple[tuple[Integers, Integers], ...]
    counted: Flags

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The services by name, in their order."""
        return tuple(service.id for service in self.services)


@dataclass(frozen=True, slots=True)
class Norms:
    """The year's norms in the units of the model: need per unit of driver, shares of a year, weights in adequacy."""

    per_driver: ByService
    routine: ByService
    retirement: ByService
    weight: ByService


@dataclass(frozen=True, slots=True)
class Prices:
    """The year's cost [yuan], land [m²] and running cost [yuan/year] of a unit of capacity; NaN: not known."""

    unit_cost: ByService
    land: ByService
    running_cost: ByService


@dataclass(frozen=True, slots=True)
class Standing:
    """How the services stand at a year's end; capacity, gap and adequacy are NaN where the stock is not known."""

    need: ByService
    capacity: ByService
    gap: ByService
    adequacy: ByService


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
    counted = np.array([service.part_of is None and service.category != "land" for service in services], dtype=np.bool_)
    return Table(tuple(services), drivers, tuple(levels), counted)


def norms(of: Table, now: Mapping[str, Array]) -> Norms:
    """The year's norms from the values of its parameters, by path, each [draw, region] or broadcastable."""
    return Norms(
        _stack([_per_driver(service, now) for service in of.services]),
        _stack([_share(service, "routine", service.routine, now[ROUTINE], now) for service in of.services]),
        _stack([_share(service, "retirement", service.retirement, now[RETIREMENT], now) for service in of.services]),
        _stack([now[path(service, "weight")] if service.weight else np.zeros((1, 1)) for service in of.services]),
    )


def prices(of: Table, now: Mapping[str, Array]) -> Prices:
    """The year's prices from the values of its parameters; a service that takes no land of its own has 0."""
    return Prices(
        _stack([_price(s, "unit_cost", s.unit_cost, per("yuan", s.unit), now, np.nan) for s in of.services]),
        _stack([_price(s, "land", s.land, land_unit(s.unit), now, 0.0) for s in of.services]),
        _stack([_price(s, "running_cost", s.running_cost, _yearly_unit(s), now, np.nan) for s in of.services]),
    )


def driving(of: Table, measures: Mapping[str, Array]) -> Array:
    """The drivers of a year [draw, region, driver] from measures [draw, region]; one that is below 0 drives nothing."""
    return np.maximum(_stack([measures[name] for name in of.drivers]), 0.0)


def need(of: Table, drivers: Array, per_driver: ByService) -> ByService:
    """Needs [unit of each service]: driver × enrolment × standard, along chains of services that drive each other.

    drivers: [..., driver]; per_driver: [..., service], as `norms` gives it.
    """
    shape = np.broadcast_shapes(drivers.shape[:-1], per_driver.shape[:-1])
    result = np.empty((*shape, len(of.services)))
    source = drivers
    for own, driver in of.levels:
        result[..., own] = source[..., driver] * per_driver[..., own]
        source = result
    return result


def start(of: Table, known: Sequence[Mapping[str, Capacity]], drivers: Array, per_driver: ByService) -> ByService:
    """Capacities of the base year, NaN where a region's stock of a service is not known.

    known: of each region, by service. drivers, per_driver: of the base year, as for `need`.
    """
    needed = need(of, drivers, per_driver)
    driver = np.empty_like(needed)
    source = drivers
    for own, column in of.levels:
        driver[..., own] = source[..., column]
        source = needed
    result = np.full_like(needed, np.nan)
    for region, capacities in enumerate(known):
        for index, id_ in enumerate(of.ids):
            capacity = capacities.get(id_)
            if capacity is not None:
                per_unit = driver[:, region, index] if capacity.per_driver else 1.0
                result[:, region, index] = capacity.value * per_unit
    return result


def advance(capacity: ByService, needed: ByService, opened: Array | float, year: Norms) -> ByService:
    """Capacities a year later: what is not retired, what projects open, and the share of the gap closed by routine.

    Unknown stocks (NaN) stay unknown, whatever opens; routine adds nothing to a need that is not known.
    """
    kept = capacity * (1.0 - year.retirement) + opened
    later: ByService = kept + year.routine * np.fmax(needed - kept, 0.0)
    return later


def standing(needed: ByService, capacity: ByService) -> Standing:
    """Gap max(need − capacity, 0) and adequacy min(1, capacity/need): 1 where nothing is needed, NaN if unknown."""
    gap = np.maximum(needed - capacity, 0.0)
    enough = np.where(np.isnan(gap), np.nan, np.ones_like(gap))
    adequacy = np.divide(capacity, needed, out=enough, where=needed > capacity)
    return Standing(needed, capacity, gap, adequacy)


def overall(adequacy: ByService, weight: ByService) -> tuple[ByRegion, ByRegion]:
    """Adequacy of services [share] and the share of all weight it rests on, each [draw, region], free of NaN.

    The weighted mean over the services whose stock is known; 1 where none is, so that its change since the base year is
    0 and the second value, 0, says that it is not known.
    """
    weights = np.broadcast_to(weight, adequacy.shape)
    missing = np.isnan(adequacy)
    known = np.where(missing, 0.0, weights)
    held = known.sum(axis=-1)
    mean = np.divide(
        (known * np.where(missing, 0.0, adequacy)).sum(axis=-1), held, out=np.ones_like(held), where=held > 0.0
    )
    total = weights.sum(axis=-1)
    return mean, np.divide(held, total, out=np.zeros_like(held), where=total > 0.0)


def to_close(gap: ByService, each: ByService) -> ByService:
    """Cost [yuan] or land [m²] of closing the gaps; NaN where the stock or the price is not known."""
    amount: ByService = gap * each
    return amount


def running(capacity: ByService, running_cost: ByService) -> ByService:
    """Cost of running what there is [yuan/year]; NaN where the stock or the cost is not known."""
    cost: ByService = capacity * running_cost
    return cost


def total(of: Table, amounts: ByService) -> ByRegion:
    """Sum over services of what is known, each once: what is part of another service is left out."""
    summed: ByRegion = np.where(np.isnan(amounts), 0.0, amounts)[..., of.counted].sum(axis=-1)
    return summed


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
        return np.full((1, 1), missing)
    price: Array = now[path(service, what)] * factor(figure.unit, unit)
    return price


def _yearly_unit(service: Service) -> str:
    return f"{per('yuan', service.unit)}/year"


def _stack(columns: Sequence[Array]) -> Array:
    if not columns:
        return np.zeros((1, 1, 0))
    stacked: Array = np.stack(np.broadcast_arrays(*columns), axis=-1)
    return stacked
