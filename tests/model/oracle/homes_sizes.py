"""Floor area of a home by tenure and place."""

import numpy as np

from sim.model.arrays import Array, ByZone
from tests.model.oracle.homes_demand import floor_per_person
from tests.model.oracle.homes_inputs import HomesInputs
from tests.model.oracle.homes_stock import TENURES, Homes
from tests.model.oracle.homes_zones import by_zone, ratio

SHARPNESS = 4.0
"""How late the ceiling of floor per person is felt: at half of it a gain is 6% smaller."""

SIZE_WITHOUT_HOMES = 100.0
"""Mean floor area of a home [m²] in a zone that has none yet."""


def sizes(stock: Homes, now: HomesInputs) -> tuple[Array, Array]:
    """Floor area of a new home [m²], [tenure, draw, region, zone], and of a demolished one, [draw, region, zone]."""
    mean = np.where(stock.homes > 0.0, ratio(stock.floor, stock.homes), SIZE_WITHOUT_HOMES)
    new = np.empty((len(TENURES), *mean.shape))
    new[0] = mean * _growth(floor_per_person(stock), now)
    public = (now.public_rental_floor, now.affordable_floor, now.talent_floor, now.resettlement_floor)
    for index, floor in enumerate(public, start=1):
        new[index] = floor[..., np.newaxis]
    return new, mean * now.old_floor_ratio[..., np.newaxis]


def _growth(floor: ByZone, now: HomesInputs) -> ByZone:
    """Floor area of a new market home against the mean [1].

    floor: per person [m²/person]: the nearer to its ceiling, the less is gained; beyond it new homes are smaller than
    the mean.
    """
    near = floor / by_zone(now.floor_ceiling_city, now.floor_ceiling_town, now.floor_ceiling_rural)
    gain = (now.new_floor_ratio[..., np.newaxis] - 1.0) * (1.0 - np.minimum(near, 1.0) ** SHARPNESS)
    return (1.0 + gain) / np.maximum(near, 1.0)
