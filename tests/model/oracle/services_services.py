"""Services in NumPy, all side by side on a last axis; shapes [draw, region, service] unless said otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Array, ByRegion, ByService
from sim.model.services import services as of_each
from sim.model.services.service import Capacity
from sim.model.services.services import Table, table

__all__ = ["Table", "table"]


@dataclass(frozen=True, slots=True)
class Norms:
    """Need per unit of driver, shares of a year, weights in adequacy."""

    per_driver: ByService
    routine: ByService
    retirement: ByService
    weight: ByService


@dataclass(frozen=True, slots=True)
class Prices:
    """The cost [yuan], land [m²] and running cost [yuan/year] of a unit of capacity; NaN: not known."""

    unit_cost: ByService
    land: ByService
    running_cost: ByService


def norms(of: Table, now: Mapping[str, Array]) -> Norms:
    """The year's norms from the values of its parameters, by path, each [draw, region] or broadcastable."""
    return of_year(of_each.norms(of, {path: value[np.newaxis] for path, value in now.items()}), 0)


def prices(of: Table, now: Mapping[str, Array]) -> Prices:
    """The year's prices from the values of its parameters, as `norms`."""
    return prices_of_year(of_each.prices(of, {path: value[np.newaxis] for path, value in now.items()}), 0)


def of_year(norms: of_each.Norms, at: int) -> Norms:
    """The norms of a year by its position."""
    every = (norms.per_driver, norms.routine, norms.retirement, norms.weight)
    return Norms(*(_of_year(values, at) for values in every))


def prices_of_year(prices: of_each.Prices, at: int) -> Prices:
    """The prices of a year by its position."""
    return Prices(*(_of_year(values, at) for values in (prices.unit_cost, prices.land, prices.running_cost)))


def _of_year(values: Sequence[Array], at: int) -> ByService:
    return _stack([value[at if len(value) > 1 else 0] for value in values])


@dataclass(frozen=True, slots=True)
class Standing:
    """How the services stand at a year's end; capacity, gap and adequacy are NaN where the stock is not known."""

    need: ByService
    capacity: ByService
    gap: ByService
    adequacy: ByService


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


def _stack(columns: Sequence[Array]) -> Array:
    if not columns:
        return np.zeros((1, 1, 0))
    stacked: Array = np.stack(np.broadcast_arrays(*columns), axis=-1)
    return stacked
