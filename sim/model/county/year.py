"""The year after any: `county_year` and the two kernels it calls list the processes, and nothing else orders them."""

from typing import Final, NamedTuple

import numpy as np

from sim.model.arrays import Array
from sim.model.axes import ZONES
from sim.model.compiled import STRICT, kernel
from sim.model.county import lanes as of_lanes
from sim.model.county.inputs import CountyInputs
from sim.model.county.state import County, Happened, Setup
from sim.model.county.sums import SUMS
from sim.model.homes.stock import HomesYear, Occupants, Opened
from sim.model.money import budget
from sim.model.money.budget import Supply
from sim.model.people.kernels.step import People, lane_step, space
from sim.model.people.kernels.year import N_CELLS
from sim.model.people.state import State
from sim.model.people.step import LEDGER_WIDTH, N_GROUPS, TALLY_WIDTH, check
from sim.model.projects import pools
from sim.model.projects.pools import Limits
from sim.model.projects.project import THINGS
from sim.model.projects.stages import Stages
from sim.model.records import Records, columns, copied, layout
from sim.model.services import year as services
from sim.model.services.year import Serving, Standards, of_lane

N_ZONES: Final = of_lanes.N_ZONES
N_THINGS: Final = len(THINGS)


class Now(NamedTuple):
    """A year as it is worked out, of every lane [draw, region, …], written.

    people [cell, group]; lanes: as they were, moved on; living: who needs homes; supply, limits: of its projects.
    """

    people: Array
    lanes: Records
    ledger: Array
    living: Records
    supply: Records
    limits: Records
    sums: Records


Served = tuple[Array, Array, Array, Array, Array]
"""What services go by: need per driver, routine, retirement, weight, whole, as `Standards` has them."""


def county_year(setup: Setup, before: County, given: CountyInputs) -> tuple[County, Happened]:
    """The county one year later, and what happened. Raises Broken if an invariant does not hold."""
    frame, shape = setup.frame, setup.base.shape
    elapsed, economy = given.year - frame.base_year, (given.economy, setup.base)
    old = np.require(before.people.pop, requirements=["C", "W"]).reshape(*shape, N_CELLS, N_GROUPS)
    now, rates = _begun(old, before, given.year > frame.outset), (given.people.rates, given.people.counts)
    when = elapsed, elapsed - 1 if frame.together else 0, given.year == frame.outset
    check(until_projects(setup.people, when, old, rates, economy, (before.delivered, given.running_cost), now))

    pipelines, opened = before.pipelines.copy(), np.zeros((*shape, len(ZONES), len(frame.things)))
    spent, used = _projects(setup, pipelines, given.year, now, opened)

    stock = before.capacity.copy(), before.delivered.copy(), columns(now.sums)
    work, norms = (np.empty(1, layout(Opened)), np.empty(1, layout(HomesYear))), _norms(setup, given.services)
    since_projects(setup.serving, norms, economy, (spent, used, opened), elapsed == 1, now, stock, work)
    people = State(given.year, now.people.reshape(before.people.pop.shape))
    after = County(people=people, lanes=now.lanes, capacity=stock[0], delivered=stock[1], pipelines=pipelines)
    return after, Happened(year=given.year, ledger=now.ledger, sums=now.sums, capacity=stock[0], delivered=stock[1])


@kernel(STRICT)
def until_projects(
    of: People,
    when: tuple[int, int, bool],
    old: Array,
    rates: tuple[Array, Array],
    given: tuple[Records, Records],
    places: tuple[Array, Array],
    now: Now,
) -> int:
    """The year up to what its projects may use; the first fault of the people, or 0.

    when: years since the base year, the year of moves between regions, and whether people are brought to known totals;
    old: people [draw, region, cell, group]; rates: and counts; given: what the economy is given, and sums of the base
    year; places: what projects have delivered [draw, region, thing], and the running cost of a unit of places.
    """
    (elapsed, moves, is_outset), (economy, base), (delivered, running_cost) = when, given, places
    work, moving = space(old.shape[2], old.shape[3], rates[0].shape[2]), of_lanes.moving(old.shape[1])
    pulled, counts = np.empty(rates[0].shape[1:]), np.empty(rates[1].shape[1:])
    tally, totals = np.empty(TALLY_WIDTH), np.empty(2)
    for draw in range(old.shape[0]):
        of_lanes.copied(rates[0][draw], pulled)
        of_lanes.copied(rates[1][draw], counts)
        of_lanes.moves(now.lanes[draw], economy[draw], base[draw], (pulled, counts), now.sums[draw], moves, moving)
        for region in range(old.shape[1]):
            lane, own, sums = now.lanes[draw, region], economy[draw, region], now.sums[draw, region]
            of_lanes.led_to(old[draw, region], own, totals)
            people, own_rates = now.people[draw, region], (pulled[region], counts[region], totals)
            found = now.ledger[draw, region], tally
            fault: int = lane_step(old[draw, region], people, own_rates, of, region, found, work)
            if fault:
                return fault
            if is_outset:
                of_lanes.controlled(people, tally, own)
            living, then = now.living[draw, region], base[draw, region]
            of_lanes.people(found, pulled[region], own, then, lane, living, sums)
            usable, limits = now.supply[draw, region], now.limits[draw, region]
            built = delivered[draw, region, N_THINGS:], of_lane(running_cost, draw, region)
            of_lanes.money(lane, own, then, living.settled, built, elapsed, usable, limits)
    return 0


@kernel(STRICT)
def since_projects(
    of: Serving,
    norms: tuple[Served, Served, Array],
    given: tuple[Records, Records],
    projects: tuple[Array, Array, Array],
    is_first: bool,
    now: Now,
    stock: tuple[Array, Array, Array],
    work: tuple[Records, Records],
) -> None:
    """The year once its projects have begun and opened.

    norms: of the year and of the base year, and adequacy then; given: as in `until_projects`; projects: what they
    spent, what land they took, and what they deliver [draw, region, zone, thing]; stock: capacity and delivered,
    moved on in place, and the sums as numbers; work: space for one lane.
    """
    (per_driver, routine, retirement, weight, whole), usual, before = norms
    (economy, base), (spent, used, opened), (capacity, delivered, numbers) = given, projects, stock
    space, needed = (work[0][0], work[1][0], np.empty(N_ZONES)), of_lanes.needed(of)
    for draw in range(spent.shape[0]):
        for region in range(spent.shape[1]):
            lane, own, sums = now.lanes[draw, region], economy[draw, region], now.sums[draw, region]
            brought, places = opened[draw, region], capacity[draw, region]
            budget.after(lane.purse, now.supply[draw, region], spent[draw, region], used[draw, region], own.money, sums)
            of_lanes.economy(lane, own, now.living[draw, region], is_first, brought, space, sums)
            of_lanes.deliveries(of, brought, delivered[draw, region], needed.opened)

            of_lanes.drive(of, numbers[draw, region], sums, base[draw, region], needed)
            services.needs(of.source, needed.driving, of_lane(per_driver, draw, region), needed.now)
            services.needs(of.source, needed.driving, of_lane(usual[0], draw, region), needed.then)
            lost, more = of_lane(retirement, draw, region), of_lane(routine, draw, region)
            services.year(needed.now, places, needed.opened, lost, more)
            felt = services.overall(needed.now, places, of_lane(weight, draw, region), of_lane(whole, draw, region)[0])
            by_base = of_lane(usual[3], draw, region), of_lane(usual[4], draw, region)[0]
            change = services.overall(needed.then, places, *by_base)[0] - before[draw, region]
            of_lanes.conditions(lane, own, felt, change, sums)


def _begun(old: Array, before: County, is_reported: bool) -> Now:
    """Space for a year; before it is reported there are no projects, whose sums are 0."""
    shape = old.shape[:2]
    return Now(
        people=np.empty_like(old),
        lanes=copied(before.lanes),
        ledger=np.empty((*shape, LEDGER_WIDTH)),
        living=np.empty(shape, layout(Occupants)),
        supply=np.empty(shape, layout(Supply)),
        limits=np.empty(shape, layout(Limits)),
        sums=np.empty(shape, SUMS) if is_reported else np.zeros(shape, SUMS),
    )


def _projects(setup: Setup, pipelines: Stages, year: int, now: Now, opened: Array) -> tuple[Array, Array]:
    """What a year's projects spent [yuan] and what land they took [m²], each [draw, region]: none up to the outset."""
    if year <= setup.frame.outset:
        return np.zeros(now.limits.shape), np.zeros(now.limits.shape)
    pools.advance(setup.programme, pipelines, year, now.limits)
    return pools.brought(setup.programme, pipelines, year, now.sums, opened)


def _norms(setup: Setup, now: Standards) -> tuple[Served, Served, Array]:
    each: tuple[Served, ...] = tuple(
        (one.per_driver, one.routine, one.retirement, one.weight, one.whole) for one in (now, setup.services)
    )
    return each[0], each[1], setup.adequacy
