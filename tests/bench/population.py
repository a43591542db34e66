"""The population kernel by itself, over many lanes: what the bench times."""

from sim.model.arrays import Array
from sim.model.compiled import OPTIONS, kernel
from sim.model.people.kernels.step import Space
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
    work: Space,
) -> None:
    """One year of every lane of a block: as `lane_year`, with the axes [draw, region] in front of every array.

    before: persons before the year [draw, region], written: summed here, where the lane is at hand.
    """
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
                (work.at_risk, work.annual),
            )
