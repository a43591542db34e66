"""Mean size of households: how far headship may carry it down."""

from typing import Final

import numpy as np

from sim.model.arrays import Array

SHARPNESS: Final = 4.0
"""How late the floor is felt: at half of the way down a fall is shortened by 1.5%."""


def held_headship(residents: Array, households: Array, level: Array, before: Array, least: Array) -> Array:
    """The level of headship [1] at which the mean size of households stays above its floor, smoothly.

    residents, households: at the base year's headship rates [person, household]; level: of headship, unbounded [1];
    before: mean size in the base year; least: the floor [person/household]. A place that starts below the floor
    falls no further. A size that has not fallen is left as it is, to the last digit.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        fall = np.maximum(before - residents / (households * level), 0.0)
        room = np.maximum(before - least, 0.0)
        power = (fall / room) ** SHARPNESS
        held = residents / (
            households * (before - np.where(room > 0.0, fall / (1.0 + power) ** (1.0 / SHARPNESS), 0.0))
        )
    return np.where((fall > 0.0) & (households > 0.0), held, level)
