"""The base year of a county."""

import numpy as np

from sim.model.arrays import Array, Flags
from sim.model.compiled import STRICT, kernel
from sim.model.county import lanes as of_lanes
from sim.model.county.inputs import FirstInputs
from sim.model.county.lanes import Needed
from sim.model.county.state import County, Frame, Lane, Setup
from sim.model.county.sums import SUMS
from sim.model.homes import year as homes
from sim.model.homes.stock import Occupants
from sim.model.money import budget
from sim.model.people.kernels.step import People
from sim.model.people.kernels.tally import lane_tally
from sim.model.people.kernels.year import N_CELLS
from sim.model.people.state import State
from sim.model.people.step import N_GROUPS, TALLY_WIDTH
from sim.model.projects import pools
from sim.model.projects.pools import Programme
from sim.model.records import Records, columns, layout
from sim.model.services import year as services
from sim.model.services.year import Serving, known_stocks, of_lane


def begin(frame: Frame, people: State, programme: Programme, given: FirstInputs) -> tuple[Setup, County]:
    """The base year of a block of draws. people: the same for every draw [1, region …]; given: of the first year."""
    lanes = given.economy.shape
    sums, own, living = np.zeros(lanes, SUMS), np.zeros(lanes, layout(Lane)), np.zeros(lanes, layout(Occupants))
    counted, row = np.empty((lanes[1] + 1, TALLY_WIDTH)), np.empty(N_GROUPS)
    pop = np.ascontiguousarray(people.pop[0]).reshape(lanes[1], N_CELLS, N_GROUPS)
    of = frame.people.taken
    base_people(pop, of, given.economy, (counted, row), own, living, sums)
    own["homes"] = homes.start(living["households"], living["residents"], frame.homes, given.economy["homes"])
    serving, now = frame.serving, given.services
    known = known_stocks([frame.services.ids[at] for at in frame.acting.at], frame.known)
    capacity, adequacy = np.empty((*lanes, len(serving.source))), np.empty(lanes)
    by = (now.per_driver, now.weight, now.whole)
    space = np.empty(of_lanes.N_ZONES), of_lanes.needed(serving)
    standing(own, given.economy, (serving, known, by), (capacity, adequacy), columns(sums), sums, space)
    county = County(
        people=people,
        lanes=own,
        capacity=capacity,
        delivered=np.zeros((*lanes, len(frame.things))),
        pipelines=pools.at_base(programme, frame.outset),
    )
    return Setup(
        frame=frame, people=of, programme=programme, serving=serving, base=sums, services=now, adequacy=adequacy
    ), county


@kernel(STRICT)
def base_people(
    pop: Array,
    of: People,
    given: Records,
    work: tuple[Array, Array],
    lanes: Records,
    living: Records,
    sums: Records,
) -> None:
    """What people add up to (`sums`), who has homes (`living`), and the purse.

    pop [region, cell, group]; work: space for a tally of each region and one more, and for people of a zone [group].
    """
    (tally, row), own_tally = work, work[0][lanes.shape[1]]
    for region in range(lanes.shape[1]):
        lane_tally(pop[region], of.bounds, of.weights[region], tally[region], row)
    for draw in range(lanes.shape[0]):
        for region in range(lanes.shape[1]):
            own, now, here = sums[draw, region], given[draw, region], living[draw, region]
            for column in range(own_tally.shape[0]):
                own_tally[column] = tally[region, column]
            of_lanes.counted(own_tally, 1.0, now, own)
            of_lanes.occupied(own_tally, here)
            budget.start(lanes[draw, region].purse, own.urban, now.money.land)
            own.boundary_left = lanes[draw, region].purse.boundary


@kernel(STRICT)
def standing(
    lanes: Records,
    given: Records,
    of: tuple[Serving, tuple[Array, Flags], tuple[Array, Array, Array]],
    services_of: tuple[Array, Array],
    columns: Array,
    sums: Records,
    space: tuple[Array, Needed],
) -> None:
    """Homes, jobs and services.

    of: the services that act, what is known of their stocks, and what they go by; services_of: capacity and adequacy,
    written.
    """
    serving, (stock, per_driver), (norm, weight, whole) = of
    (capacity, adequacy), (scratch, work) = services_of, space
    for draw in range(lanes.shape[0]):
        for region in range(lanes.shape[1]):
            own, found = capacity[draw, region], sums[draw, region]
            of_lanes.standing(lanes[draw, region], given[draw, region], found, scratch)
            of_lanes.drive(serving, columns[draw, region], found, found, work)
            services.needs(serving.source, work.driving, of_lane(norm, draw, region), work.now)
            known = stock[region], per_driver[region]
            services.start(serving.source, work.driving, work.now, known, own)
            felt = services.overall(work.now, own, of_lane(weight, draw, region), of_lane(whole, draw, region)[0])
            of_lanes.adequacy(felt, found)
            adequacy[draw, region] = felt[0]
