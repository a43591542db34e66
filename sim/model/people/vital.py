"""Deaths and births: what the survive and bear steps of a year are given."""

from typing import Final

import numpy as np

from sim.model.arrays import Array
from sim.model.people.inputs import Fertility, Mortality

REFERENCE_YEAR: Final = 2020
"""The year whose national death ratios have level 1."""


def death_level(now: Mortality, years: Array, national: Array) -> Array:
    """Multiplier of the death ratios [1], shape [draw, year]: level × (1 − decline)^(year − 2020) × national.

    national: how far each year's deaths of the nation lie off the default decline [1], [year].
    """
    elapsed = years[np.newaxis, :] - REFERENCE_YEAR
    level: Array = now.level * (1.0 - now.decline) ** elapsed * national
    return level


def total_fertility(now: Fertility) -> tuple[Array, ...]:
    """Total fertility rate [children/woman] of each zone in the order of the axis, shape [draw, year]."""
    return tuple(now.tfr * ratio for ratio in (now.city_ratio, now.town_ratio, now.rural_ratio, now.away_ratio))
