"""People of a base year that is carried forward, brought to known totals: each zone times one factor."""

from dataclasses import dataclass

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import URBAN_ZONES, ZONES
from sim.model.records import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlInputs:
    """Factors on residents of towns and of villages [1]."""

    urban: float
    rural: float


def brought(pop: Array, now: Records) -> Array:
    """The people [draw, region, zone, …] times the factors of their zone; those away are left as they are.

    Age, sex and registration keep their shares. now: `ControlInputs` [draw, region].
    """
    factors = np.ones((*pop.shape[:2], len(ZONES)))
    for zone in range(len(ZONES) - 1):
        factors[..., zone] = now["urban"] if zone in URBAN_ZONES else now["rural"]
    return pop if (factors == 1.0).all() else pop * factors[..., np.newaxis, np.newaxis, np.newaxis]
