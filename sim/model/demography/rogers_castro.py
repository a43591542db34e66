"""The Rogers–Castro model migration schedule."""

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array


@quickclass(frozen=True, slots=True)
class RogersCastro:
    """Parameters of the 7-, 9-, 11- or 13-parameter schedule; parts with a height of 0 are left out.

    An array of shape [..., 1] holds a parameter of many schedules.
    """

    a1: float | Array = 0.0
    alpha1: float | Array = 0.0
    a2: float | Array = 0.0
    alpha2: float | Array = 0.0
    mu2: float | Array = 0.0
    lambda2: float | Array = 0.0
    a3: float | Array = 0.0
    alpha3: float | Array = 0.0
    mu3: float | Array = 0.0
    lambda3: float | Array = 0.0
    a4: float | Array = 0.0
    lambda4: float | Array = 0.0
    c: float | Array = 0.0


def rogers_castro(ages: Array, p: RogersCastro) -> Array:
    """Migration rate by age [1/year], shape [..., age] (Rogers & Castro 1981, IIASA RR-81-30)."""
    rate: Array = np.zeros(ages.shape) + p.c
    if np.any(p.a1):
        rate = rate + p.a1 * np.exp(-p.alpha1 * ages)
    if np.any(p.a2):
        rate = rate + p.a2 * np.exp(-p.alpha2 * (ages - p.mu2) - np.exp(-p.lambda2 * (ages - p.mu2)))
    if np.any(p.a3):
        rate = rate + p.a3 * np.exp(-p.alpha3 * (ages - p.mu3) - np.exp(-p.lambda3 * (ages - p.mu3)))
    if np.any(p.a4):
        rate = rate + p.a4 * np.exp(p.lambda4 * ages)
    return rate
