"""Floor area of a home by tenure and place."""

import numpy as np

from sim.model.compiled import rule
from sim.model.homes.demand import floor_per_person
from sim.model.homes.inputs import HomesInputs
from sim.model.homes.stock import AFFORDABLE, PUBLIC_RENTAL, RESETTLEMENT, TALENT, TENURES, Homes, HomesYear
from sim.model.homes.zones import of_zone

SHARPNESS = 4.0
"""How late the ceiling of floor per person is felt: at half of it a gain is 6% smaller."""

SIZE_WITHOUT_HOMES = 100.0
"""Mean floor area of a home [m²] in a zone that has none yet."""

N_TENURES = len(TENURES)


@rule
def sizes(stock: Homes, now: HomesInputs, zone: int, flows: HomesYear) -> None:
    """Floor area of a new home by tenure, of a demolished one [m²], and of all that is completed [m²/year]."""
    mean = stock.floor[zone] / stock.homes[zone] if stock.homes[zone] > 0.0 else SIZE_WITHOUT_HOMES
    size = flows.new_size
    size[0, zone] = mean * growth(floor_per_person(stock, zone), now, zone)
    size[1 + PUBLIC_RENTAL, zone], size[1 + AFFORDABLE, zone] = now.public_rental_floor, now.affordable_floor
    size[1 + TALENT, zone], size[1 + RESETTLEMENT, zone] = now.talent_floor, now.resettlement_floor
    flows.old_size[zone] = mean * now.old_floor_ratio
    completed = 0.0
    for tenure in range(N_TENURES):
        completed += flows.completed[tenure, zone] * size[tenure, zone]
    flows.floor_completed[zone] = completed


@rule
def growth(floor: float, now: HomesInputs, zone: int) -> float:
    """Floor area of a new market home against the mean [1].

    floor: per person [m²/person]: the nearer to its ceiling, the less is gained; beyond it new homes are smaller than
    the mean.
    """
    near = floor / of_zone(zone, now.floor_ceiling_city, now.floor_ceiling_town, now.floor_ceiling_rural)
    gain = (now.new_floor_ratio - 1.0) * np.maximum(1.0 - near**SHARPNESS, 0.0)
    found: float = (1.0 + gain) / np.maximum(near, 1.0)
    return found
