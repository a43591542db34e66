"""Floor area of a home by tenure and place."""

import numpy as np

from sim.model.arrays import Array
from sim.model.homes.inputs import HomesInputs
from sim.model.homes.stock import TENURES, Homes
from sim.model.homes.zones import ratio

SIZE_WITHOUT_HOMES = 100.0
"""Mean floor area of a home [m²] in a zone that has none yet."""


def sizes(stock: Homes, now: HomesInputs) -> tuple[Array, Array]:
    """Floor area of a new home [m²], [tenure, draw, region, zone], and of a demolished one, [draw, region, zone]."""
    mean = np.where(stock.homes > 0.0, ratio(stock.floor, stock.homes), SIZE_WITHOUT_HOMES)
    new = np.empty((len(TENURES), *mean.shape))
    new[0] = mean * now.new_floor_ratio[..., np.newaxis]
    public = (now.public_rental_floor, now.affordable_floor, now.talent_floor, now.resettlement_floor)
    for index, floor in enumerate(public, start=1):
        new[index] = floor[..., np.newaxis]
    return new, mean * now.old_floor_ratio[..., np.newaxis]
