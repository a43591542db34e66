"""People of a base year carried forward, brought to known totals, and the totals that later moves are led to."""

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import RESIDENT_ZONES, URBAN_ZONES, ZONES
from sim.model.records import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlInputs:
    """Factors on residents of towns and of villages [1]; totals [person] and the years until they are due."""

    urban: float
    rural: float
    residents: float
    residents_years: float
    townspeople: float
    townspeople_years: float


def brought(pop: Array, now: Records) -> Array:
    """The people [draw, region, zone, …] times the factors of their zone; those away are left as they are.

    Age, sex and registration keep their shares. now: `ControlInputs` [draw, region].
    """
    factors = np.ones((*pop.shape[:2], len(ZONES)))
    for zone in range(len(ZONES) - 1):
        factors[..., zone] = now["urban"] if zone in URBAN_ZONES else now["rural"]
    return pop if (factors == 1.0).all() else pop * factors[..., np.newaxis, np.newaxis, np.newaxis]


def led_to(pop: Array, now: Records) -> Array | None:
    """Residents and townspeople that a year is to end with, each a step of a straight line to its total.

    pop: people before the year [draw, region, zone, …]; now: `ControlInputs` [draw, region]. Returns [draw, region, 2],
    0 where no total is given; None where none is anywhere.
    """
    asked = (("residents", RESIDENT_ZONES), ("townspeople", URBAN_ZONES))
    if not any(now[name].any() for name, _ in asked):
        return None
    found = np.zeros((*pop.shape[:2], len(asked)))
    for column, (name, zones) in enumerate(asked):
        there = pop[:, :, list(zones)].sum(axis=(2, 3, 4, 5))
        found[..., column] = np.where(now[name] > 0.0, there + (now[name] - there) / now[f"{name}_years"], 0.0)
    return found
