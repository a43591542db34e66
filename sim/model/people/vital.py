"""Deaths and births: what the survive and bear steps of a year are given."""

from collections.abc import Mapping

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import ZONES
from sim.model.people.vital_parameters import REFERENCE_YEAR, ZONE_RATIO_PATHS


def death_level(values: Mapping[str, Array], years: Array) -> Array:
    """Multiplier of the national death ratios [1], shape [draw, year]: level × (1 − decline)^(year − 2020)."""
    elapsed = years[np.newaxis, :] - REFERENCE_YEAR
    level: Array = values["mortality.level"] * (1.0 - values["mortality.decline"]) ** elapsed
    return level


def total_fertility(values: Mapping[str, Array]) -> Array:
    """Total fertility rate by zone [children/woman], shape [draw, year, zone]."""
    tfr = values["fertility.tfr"]
    return np.stack([tfr * values[ZONE_RATIO_PATHS[zone]] for zone in range(len(ZONES))], axis=-1)
