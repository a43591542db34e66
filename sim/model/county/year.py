"""The base year of a county and the year after any: `county_year` lists the processes, and nothing else orders them."""

from dataclasses import replace

import numpy as np

from sim.model import measures
from sim.model.arrays import Array, Values
from sim.model.control.control import brought, led_to
from sim.model.county import lanes as of_lanes
from sim.model.county.inputs import CountyInputs
from sim.model.county.state import County, Frame, Happened, Lane, Setup
from sim.model.county.sums import SUMS, by_name
from sim.model.homes import year as homes
from sim.model.homes.stock import HomesYear, Occupants, Opened
from sim.model.money.budget import Supply
from sim.model.people.state import State
from sim.model.people.step import step, tally
from sim.model.projects import pools
from sim.model.projects.pools import Limits, Programme
from sim.model.projects.project import THINGS
from sim.model.projects.stages import Stages
from sim.model.records import Records, columns, copied, layout
from sim.model.services import year as serving


def begin(frame: Frame, people: State, programme: Programme, given: CountyInputs) -> tuple[Setup, County]:
    """The base year of a block of draws. people: the same for every draw [1, region …]; given: of the first year."""
    lanes = given.economy.shape
    everybody = np.broadcast_to(people.pop, (*lanes, *people.pop.shape[2:]))
    sums, own, living = np.zeros(lanes, SUMS), np.zeros(lanes, layout(Lane)), np.zeros(lanes, layout(Occupants))
    counted = np.repeat(tally(frame.people, people), lanes[0], axis=0)
    of_lanes.base_people(counted, given.economy, own, living, sums)
    own["homes"] = homes.start(living["households"], living["residents"], frame.homes, given.economy["homes"])
    of_lanes.base_standing(own, given.economy, np.empty(3), sums)
    driving = _driving(frame, sums, sums)
    capacity = serving.start(frame.acting, frame.services.ids, frame.known, (driving, given.services.per_driver))
    felt = serving.at_base(frame.acting, driving, capacity, given.services)
    sums["adequacy_total"] = np.where(felt.known > 0.0, felt.now, np.nan) * sums["resident"]
    sums["adequacy_known_total"] = felt.known * sums["resident"]
    county = County(
        people=State(people.year, everybody),
        lanes=own,
        capacity=capacity,
        delivered=np.zeros((*lanes, len(frame.things))),
        pipelines=pools.at_base(programme, frame.outset),
    )
    return Setup(frame=frame, programme=programme, base=sums, services=given.services, adequacy=felt.then), county


def county_year(setup: Setup, before: County, given: CountyInputs) -> tuple[County, Happened]:
    """The county one year later, and what happened. Raises Broken if an invariant does not hold."""
    frame, base, now = setup.frame, setup.base, given.economy
    shape, elapsed = base.shape, given.year - frame.base_year
    own, living = copied(before.lanes), np.empty(shape, layout(Occupants))
    sums = np.empty(shape, SUMS) if given.year > frame.outset else np.zeros(shape, SUMS)
    rates, counts = given.people.rates.copy(), given.people.counts.copy()
    of_lanes.moves(own, now, base, (rates, counts), sums, elapsed - 1 if frame.together else 0)
    totals = led_to(before.people.pop, now["control"])
    people, flows = step(frame.people, before.people, replace(given.people, rates=rates, counts=counts), totals)
    if given.year == frame.outset:
        people = replace(people, pop=brought(people.pop, now["control"]))
        flows = replace(flows, tally=tally(frame.people, people))
    of_lanes.people(flows.tally, flows.ledger, rates, now, base, own, living, sums)

    supply, limits = np.empty(shape, layout(Supply)), np.empty(shape, layout(Limits))
    running = (before.delivered[..., len(THINGS) :], given.running_cost)
    of_lanes.money(own, now, base, living, running, elapsed, supply, limits)
    pipelines, opened = before.pipelines.copy(), np.zeros((*shape, 4, len(frame.things)))
    spent, used = _projects(setup, pipelines, given.year, limits, (sums, opened))
    delivered = opened.sum(axis=2)

    work = (np.empty(1, layout(Opened)), np.empty(1, layout(HomesYear)), np.empty(3))
    of_lanes.economy(own, now, living, supply, (spent, used, opened), elapsed == 1, work, sums)
    capacity, driving = before.capacity.copy(), _driving(frame, sums, base)
    felt = serving.year(frame.acting, driving, capacity, frame.to_acting(delivered), given.services, setup.services)
    of_lanes.conditions(own, now, felt, setup.adequacy, sums)
    after = County(
        people=people, lanes=own, capacity=capacity, delivered=before.delivered + delivered, pipelines=pipelines
    )
    happened = Happened(year=given.year, ledger=flows.ledger, sums=sums, capacity=capacity, delivered=after.delivered)
    return after, happened


def _projects(
    setup: Setup, pipelines: Stages, year: int, limits: Records, into: tuple[Records, Array]
) -> tuple[Array, Array]:
    """What a year's projects spent [yuan] and what land they took [m²], each [draw, region]: none up to the outset."""
    if year <= setup.frame.outset:
        return np.zeros(limits.shape), np.zeros(limits.shape)
    pools.advance(setup.programme, pipelines, year, limits)
    return pools.brought(setup.programme, pipelines, year, *into)


def drivers(sums: Values, base: Values) -> Values:
    """The measures that may drive a service, each of the shape of the sums."""
    people = sums | measures.rates(sums)
    return people | measures.since_base(people, base | measures.rates(base))


def _driving(frame: Frame, sums: Records, base: Records) -> Array:
    """The drivers of the services that act [draw, region, driver]."""
    names = frame.acting.drivers
    found = np.empty((*sums.shape, len(names)))
    known: Values = {}
    for column, name in enumerate(names):
        if name in (SUMS.names or ()) and not SUMS[name].shape:
            found[..., column] = sums[name]
        else:
            known = known or drivers(*(by_name(np.moveaxis(columns(one), -1, 0)) for one in (sums, base)))
            found[..., column] = known[name]
    return found
