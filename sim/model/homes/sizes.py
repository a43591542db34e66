"""Floor area of a home by tenure and place."""

from collections.abc import Mapping

import numpy as np

from sim.model.arrays import Array
from sim.model.homes.stock import TENURES, Homes
from sim.model.homes.zones import ratio

SIZE_WITHOUT_HOMES = 100.0
"""Mean floor area of a home [m²] in a zone that has none yet."""


def sizes(stock: Homes, now: Mapping[str, Array]) -> tuple[Array, Array]:
    """Floor area of a new home [m²], [tenure, draw, region, zone], and of a demolished one, [draw, region, zone]."""
    mean = np.where(stock.homes > 0.0, ratio(stock.floor, stock.homes), SIZE_WITHOUT_HOMES)
    new = np.empty((len(TENURES), *mean.shape))
    new[0] = mean * now["homes.new_floor_ratio"][..., np.newaxis]
    for index, tenure in enumerate(TENURES[1:], start=1):
        new[index] = now[f"homes.{tenure}_floor"][..., np.newaxis]
    return new, mean * now["homes.old_floor_ratio"][..., np.newaxis]
