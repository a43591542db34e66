"""Needs of a standard: held against what there is, or against what others have, or said as they are."""

from typing import Final

import numpy as np

from sim.common.units import base
from sim.run.answers import Lacking, Need, Supply, Works
from sim.run.ensemble import Ensemble
from sim.run.reaching import BAND, first_year, probability, promised, reaches, shortfall, word
from sim.scenario.process import Prior
from sim.scenario.resolved import Target

_ROUNDING: Final = 1e-6
"""What single precision may lose of a capacity that just meets its need."""


def need(target: Target, year: int, ensemble: Ensemble, region: int) -> tuple[Need | Supply | Lacking, str]:
    """What is needed for a target in its year, as much as is known of what there is, and its status."""
    driver = ensemble.of(str(target.driver), region)[ensemble.years.index(year)].astype(np.float64)
    low, median, high = (float(q) for q in np.quantile(driver * float(target.value or 0.0), BAND))
    found = Need(
        low=low,
        median=median,
        high=high,
        driver=str(target.driver),
        need_unit=target.unit.removesuffix(f"/{base(ensemble.measures[str(target.driver)].unit)[0]}"),
        service=target.service or "",
    )
    supply = _supply(found, target, year, ensemble, region)
    if supply is None and isinstance(target.process, Prior):
        return _lacking(found, target.process, year, ensemble.years[0]), "conditional"
    if supply is None:
        return found, "need"
    return supply, word(supply.probability, supply.probability_error)


def _supply(of: Need, target: Target, year: int, ensemble: Ensemble, region: int) -> Supply | None:
    """The need held against what there is of its service; None where that is not known."""
    name = f"capacity.{target.service}"
    if target.service is None or name not in ensemble.measures:
        return None
    capacities = ensemble.of(name, region).astype(np.float64)
    drivers = ensemble.of(str(target.driver), region).astype(np.float64)
    if np.isnan(capacities).any() or not (drivers > 0.0).all():
        return None
    by_year = capacities / drivers
    reached, capacity = (values[ensemble.years.index(year)] for values in (by_year, capacities))
    likely, error = probability(reaches(reached * (1.0 + _ROUNDING), target))
    low, median, high = (float(q) for q in np.quantile(reached, BAND))
    return Supply(
        probability=likely,
        probability_error=error,
        low=low,
        median=median,
        high=high,
        driver=of.driver,
        need_unit=of.need_unit,
        service=of.service,
        need=of.median,
        capacity=float(np.median(capacity)),
        shortfall=shortfall(median, target),
        first_year=first_year(by_year * (1.0 + _ROUNDING), target, ensemble.years),
        promised=promised(reached, target),
    )


def _lacking(of: Need, by: Prior, year: int, base_year: int) -> Lacking:
    """What a need lacks of a stock like that of others, and what each year must add."""
    there = of.median * by.part
    return Lacking(
        need=of.median,
        there=there,
        yearly=max(of.median - there, 0.0) / max(year - base_year, 1),
        where=by.where,
        level_year=by.year,
        need_unit=of.need_unit,
        service=of.service,
        driver=of.driver,
    )


def works(of: Supply, ensemble: Ensemble, region: int) -> Works:
    """What a supply that is assumed comes to: the need, what there was, and what the scenario brings."""
    outset = float(np.median(ensemble.of(f"capacity.{of.service}", region)[0]))
    return Works(
        need=of.need,
        outset=outset,
        brought=of.capacity - outset,
        need_unit=of.need_unit,
        service=of.service,
        driver=of.driver,
    )
