"""Death ratios scaled to an expectation of life."""

from typing import Final

import numpy as np
from scipy.optimize import brentq

from docs.write.lifetable import expectation_of_deaths
from sim.model.arrays import Array

MOST: Final = 0.999
"""Largest death ratio of a life table [1]."""


def level_of_expectation(deaths_ratio: Array, weights: Array, expectation: float) -> float:
    """Multiplier of death ratios [sex, age] at which the weighted expectation of life [years] is as given.

    No ratio passes `MOST` (a level of 2 would carry the oldest beyond 1).
    """

    def surplus(level: float) -> float:
        each = [expectation_of_deaths(np.minimum(level * ratios, MOST)) for ratios in deaths_ratio]
        return float(weights @ np.array(each)) - expectation

    return float(brentq(surplus, 0.05, 5.0, xtol=1e-13, rtol=1e-13))
