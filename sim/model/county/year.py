"""The year after any: `years` lists the processes, and nothing else orders them.

A draw is stepped through its years one after the other, while its people are at hand. A pool of projects in which
crews run short is simulated with SimPy, so that the kernel is left there, and entered again behind it.
"""

from typing import Final, NamedTuple

import numpy as np

from sim.model.arrays import Array, Flags, Integers
from sim.model.compiled import STRICT, kernel, rule
from sim.model.county import lanes as of_lanes
from sim.model.county.inputs import Yearly
from sim.model.county.lanes import Moving, Needed
from sim.model.homes.stock import HomesYear, Occupants, Opened
from sim.model.money import budget
from sim.model.money.budget import Supply
from sim.model.people.kernels.step import People, Space, lane_step, space
from sim.model.people.kernels.year import N_CELLS, N_REGISTRATIONS
from sim.model.people.step import LEDGER_WIDTH, N_FLOWS, N_GROUPS, TALLY_WIDTH
from sim.model.projects import line, pools
from sim.model.projects.pools import Brought, Limits, Lines, Pools
from sim.model.projects.project import THINGS
from sim.model.records import Records, layout
from sim.model.services import year as services
from sim.model.services.year import Served, Serving, of_lane, of_year

N_ZONES: Final = of_lanes.N_ZONES
N_THINGS: Final = len(THINGS)


class Always(NamedTuple):
    """What stays over the years.

    base_year; outset: the year that is reported from, after which alone projects act; together: whether people move
    between regions; usual: what services go by in the base year, and adequacy by it [draw, region]; base: `SUMS` of
    the base year [draw, region].
    """

    base_year: int
    outset: int
    together: bool
    people: People
    pools: Pools
    serving: Serving
    usual: Served
    adequacy: Array
    base: Records


class Moved(NamedTuple):
    """What is moved on from year to year, in place.

    people: before the first year, of every draw or one for all [draw or 1, region, cell, group], which is read; after:
    at the last one's end, of every draw, or of none where nobody asks; lanes [draw, region]; capacity, delivered
    [draw, region, service or thing]; stages [draw, project].
    """

    people: Array
    after: Array
    lanes: Records
    capacity: Array
    delivered: Array
    stages: Lines


class Kept(NamedTuple):
    """Where what happens is written, and whose people are added up.

    at: where each year is kept, −1 where it is not [year]; first: the first draw that is; ledger, sums, capacity,
    delivered [kept year, draw, region, column]; seen: where the people of each year's end are added up, −1 where they
    are not [year]; people: all draws' [seen year, region, zone, group].
    """

    at: Integers
    first: int
    ledger: Array
    sums: Array
    capacity: Array
    delivered: Array
    seen: Integers
    people: Array


class Work(NamedTuple):
    """Space for a lane: of its people, of moves between regions, of its homes, and of services."""

    people: Space
    moving: Moving
    opened: Records
    homes: Records
    zones: Array
    needed: Needed


class Now(NamedTuple):
    """Space for the year of a draw, [region] in front.

    people: at one year's end and at the next, in turns [2, region, cell, group]; usable, limits: of projects; sums, and
    the same memory as numbers [region, column]; is_short: of crews; order: of projects [project];
    work: space for a lane.
    """

    people: Array
    ledger: Array
    tally: Array
    totals: Array
    rates: Array
    counts: Array
    living: Records
    usable: Records
    limits: Records
    sums: Records
    numbers: Array
    brought: Brought
    is_short: Flags
    order: Integers
    work: Work


def now(of: Always, projects: int, columns: tuple[int, int]) -> Now:
    """Space for the year of a draw. columns: of rates, and things that projects deliver."""
    regions, (rates, things) = of.base.shape[1], columns
    own = np.zeros(regions, of.base.dtype)
    return Now(
        people=np.empty((2, regions, N_CELLS, N_GROUPS)),
        ledger=np.empty((regions, LEDGER_WIDTH)),
        tally=np.empty(TALLY_WIDTH),
        totals=np.empty(2),
        rates=np.empty((regions, rates)),
        counts=np.empty((regions, N_FLOWS)),
        living=np.empty(regions, layout(Occupants)),
        usable=np.empty(regions, layout(Supply)),
        limits=np.empty(regions, layout(Limits)),
        sums=own,
        numbers=own.view(np.float64).reshape(regions, -1),
        brought=Brought(np.zeros(regions), np.zeros(regions), np.zeros((regions, N_ZONES + 1, things))),
        is_short=np.zeros(regions, np.bool_),
        order=np.empty(projects, np.int64),
        work=Work(
            space(N_CELLS, N_GROUPS, rates),
            of_lanes.moving(regions),
            np.empty(1, layout(Opened)),
            np.empty(1, layout(HomesYear)),
            np.empty(N_ZONES),
            of_lanes.needed(of.serving),
        ),
    )


@kernel(STRICT)
def years(
    of: Always, given: Yearly, moved: Moved, kept: Kept, now: Now, which: tuple[int, int, int, bool]
) -> tuple[int, int, int]:
    """Step some draws through all years: the draw and year where crews are short, or the first fault there.

    which: the first draw and the one behind the last, the year to begin with, and whether its projects are done; then
    `now` is as it was left. Where all went well the draw is the one behind the last.
    """
    first, last, begin, is_back = which
    for draw in range(first, last):
        if not (begin > 0 or is_back):
            begun(moved.people[draw if moved.people.shape[0] > 1 else 0], now)
        for year in range(begin, given.years.shape[0]):
            if not is_back:
                fault = until_projects(of, given, moved, (draw, year), now)
                if fault:
                    return draw, year, fault
                if not projects(of, moved, (draw, given.years[year]), now):
                    return draw, year, 0
            is_back = False
            since_projects(of, given, moved, (draw, year), now)
            written(moved, kept, (draw, year), now)
        begin = 0
        if moved.after.shape[0] > 0:
            for region in range(moved.after.shape[1]):
                of_lanes.copied(now.people[given.years.shape[0] % 2, region], moved.after[draw, region])
    return last, 0, 0


@rule
def begun(people: Array, now: Now) -> None:
    """A draw before its first year. people: its own [region, cell, group]; what is not reported stays 0."""
    for region in range(people.shape[0]):
        of_lanes.copied(people[region], now.people[0, region])
        now.brought.spent[region] = now.brought.land[region] = 0.0
    now.brought.opened[:] = 0.0
    now.numbers[:] = 0.0


@rule
def until_projects(of: Always, given: Yearly, moved: Moved, at: tuple[int, int], now: Now) -> int:
    """A draw's year up to what its projects may use; the first fault of its people, or 0. at: draw and year."""
    draw, year = at
    elapsed, old, new = given.years[year] - of.base_year, now.people[year % 2], now.people[(year + 1) % 2]
    economy, lanes, base = given.economy[year, draw], moved.lanes[draw], of.base[draw]
    of_lanes.copied(given.rates[year, draw], now.rates)
    of_lanes.copied(given.counts[year, draw], now.counts)
    moves = elapsed - 1 if of.together else 0
    of_lanes.moves(lanes, economy, base, (now.rates, now.counts), now.sums, moves, now.work.moving)
    cost = of_year(given.running_cost, year)
    for region in range(old.shape[0]):
        lane, own = lanes[region], economy[region]
        of_lanes.led_to(old[region], own, now.totals)
        found, rates = (now.ledger[region], now.tally), (now.rates[region], now.counts[region], now.totals)
        fault: int = lane_step(old[region], new[region], rates, of.people, region, found, now.work.people)
        if fault:
            return fault
        if given.years[year] == of.outset:
            of_lanes.controlled(new[region], now.tally, own)
        living = now.living[region]
        of_lanes.people(found, now.rates[region], own, base[region], lane, living, now.sums[region])
        built = moved.delivered[draw, region, N_THINGS:], of_lane(cost, draw, region)
        limits = now.usable[region], now.limits[region]
        of_lanes.money(lane, own, base[region], living.settled, built, elapsed, limits[0], limits[1])
    return 0


@rule
def projects(of: Always, moved: Moved, at: tuple[int, int], now: Now) -> bool:
    """Projects of a draw that begin and open in a year; whether there is enough for all. at: draw and calendar year."""
    draw, year = at
    if year <= of.outset:
        return True
    return pools.advanced(of.pools, moved.stages, draw, line.YEAR * year, now.limits, now.is_short, now.order)


@rule
def since_projects(of: Always, given: Yearly, moved: Moved, at: tuple[int, int], now: Now) -> None:
    """A draw's year once its projects have begun and opened. at: draw and year."""
    draw, year = at
    calendar = given.years[year]
    if calendar > of.outset:
        pools.brought(of.pools, moved.stages, draw, line.YEAR * calendar, now.sums, now.brought, now.order)
    economy, is_first, standards = given.economy[year, draw], calendar == of.base_year + 1, given.services
    homes = now.work.opened[0], now.work.homes[0], now.work.zones
    spent, land, opened = now.brought
    for region in range(spent.shape[0]):
        lane, own, sums = moved.lanes[draw, region], economy[region], now.sums[region]
        budget.after(lane.purse, now.usable[region], spent[region], land[region], own.money, sums)
        of_lanes.economy(lane, own, now.living[region], is_first, opened[region], homes, sums)
        places, needed = moved.capacity[draw, region], now.work.needed
        of_lanes.deliveries(of.serving, opened[region], moved.delivered[draw, region], needed.opened)

        of_lanes.drive(of.serving, now.numbers[region], sums, of.base[draw, region], needed)
        per_driver = of_lane(of_year(standards.per_driver, year), draw, region)
        services.needs(of.serving.source, needed.driving, per_driver, needed.now)
        services.needs(of.serving.source, needed.driving, of_lane(of.usual.per_driver, draw, region), needed.then)
        lost = of_lane(of_year(standards.retirement, year), draw, region)
        more = of_lane(of_year(standards.routine, year), draw, region)
        services.year(needed.now, places, needed.opened, lost, more)
        weight = of_lane(of_year(standards.weight, year), draw, region)
        whole = of_lane(of_year(standards.whole, year), draw, region)[0]
        felt = services.overall(needed.now, places, weight, whole)
        by_base = of_lane(of.usual.weight, draw, region), of_lane(of.usual.whole, draw, region)[0]
        change = services.overall(needed.then, places, by_base[0], by_base[1])[0] - of.adequacy[draw, region]
        of_lanes.conditions(lane, own, felt, change, sums)


@rule
def written(moved: Moved, kept: Kept, at: tuple[int, int], now: Now) -> None:
    """What happened to a draw in a year, where it is kept. at: draw and year."""
    draw, year = at
    place, seen = kept.at[year], kept.seen[year]
    if place >= 0:
        row = draw - kept.first
        of_lanes.copied(now.ledger, kept.ledger[place, row])
        of_lanes.copied(now.numbers, kept.sums[place, row])
        of_lanes.copied(moved.capacity[draw], kept.capacity[place, row])
        of_lanes.copied(moved.delivered[draw], kept.delivered[place, row])
    if seen >= 0:
        for region in range(now.people.shape[1]):
            for cell in range(N_CELLS):
                row = kept.people[seen, region, cell // N_REGISTRATIONS]
                people = now.people[(year + 1) % 2, region, cell]
                for group in range(people.shape[0]):
                    row[group] += people[group]
