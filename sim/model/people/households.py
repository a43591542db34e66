"""Mean size of households: how far headship may carry it down."""

from typing import Final

import numpy as np

from sim.model.compiled import rule

SHARPNESS: Final = 4.0
"""How late the floor is felt: at half of the way down a fall is shortened by 1.5%."""


@rule
def held_headship(residents: float, households: float, level: float, before: float, least: float) -> float:
    """The level of headship [1] at which the mean size of households stays above its floor, smoothly.

    residents, households: at the base year's headship rates [person, household]; level: of headship, unbounded [1];
    before: mean size in the base year; least: the floor [person/household]. A place that starts below the floor
    falls no further. A size that has not fallen is left as it is, to the last digit.
    """
    fall, room = before - residents / (households * level), np.maximum(before - least, 0.0)
    if not (fall > 0.0 and households > 0.0):
        return level
    shortened = fall / (1.0 + (fall / room) ** SHARPNESS) ** (1.0 / SHARPNESS) if room > 0.0 else 0.0
    return residents / (households * (before - shortened))
