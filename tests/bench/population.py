"""The population kernel by itself, over many lanes: what the bench times."""

import numpy as np

from sim.model.arrays import Array
from sim.model.compiled import OPTIONS, kernel
from sim.model.people.kernels.year import Routes, Schedules, lane_year, persons


@kernel(OPTIONS)
def lanes_year(
    old: Array,
    new: Array,
    rates: Array,
    counts: Array,
    schedules: Schedules,
    routes: Routes,
    ledger: Array,
    before: Array,
) -> None:
    """One year of every lane of a block: as `lane_year`, with the axes [draw, region] in front of every array.

    before: persons before the year [draw, region], written: summed here, where the lane is at hand.
    """
    at_risk = np.empty(old.shape[2:])
    for draw in range(old.shape[0]):
        for region in range(old.shape[1]):
            before[draw, region] = persons(old[draw, region])
            own = Schedules(
                schedules.deaths_ratio[region],
                schedules.fertility[region],
                schedules.profiles[region],
                schedules.peaks[region],
                schedules.arrival_profile[region],
            )
            lane_year(
                old[draw, region],
                new[draw, region],
                rates[draw, region],
                counts[draw, region],
                own,
                routes,
                ledger[draw, region],
                at_risk,
            )
