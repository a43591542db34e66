"""The processes of a year for one draw or one lane, compiled: each hands a rule of its subject what it asks for."""

from typing import Any, Final, NamedTuple

import numpy as np

from sim.model import measures
from sim.model.arrays import Array, Integers
from sim.model.axes import CITY, RESIDENT_ZONES, URBAN_ZONES
from sim.model.compiled import rule
from sim.model.control import control
from sim.model.county.inputs import EconomyInputs
from sim.model.county.state import Lane
from sim.model.homes import totals
from sim.model.homes import year as homes
from sim.model.homes.stock import HomesYear, Occupants, Opened
from sim.model.jobs import jobs
from sim.model.money import budget
from sim.model.money.budget import Supply
from sim.model.moves import between, pull
from sim.model.people.changes import BOUNDARY_CHANGES, SETTLEMENTS
from sim.model.people.flows import FLOWS
from sim.model.people.households import held_headship
from sim.model.people.kernels.year import ARRIVALS, LEDGER_FLOWS, N_LEADING, N_REGISTRATIONS, persons
from sim.model.people.step import FLOW_PATHS
from sim.model.projects.pools import Limits
from sim.model.projects.project import HOME_THINGS, THINGS
from sim.model.records import Records
from sim.model.services.year import Serving

N_ZONES: Final = len(RESIDENT_ZONES)
_SETTLED: Final = np.array([LEDGER_FLOWS + FLOW_PATHS.index(change.path) for change in SETTLEMENTS])
_LEFT: Final = np.array([LEDGER_FLOWS + FLOW_PATHS.index(f.path) for f in FLOWS if f.path.startswith("away.leave_")])
_RETURN: Final = FLOW_PATHS.index("away.return_to_city")
_RECLASSIFIED: Final = N_LEADING + len(FLOWS)
assert [one.path.partition(".")[2] for one in BOUNDARY_CHANGES] == ["rural_to_town", "rural_to_city", "town_to_city"]
_JOBS, _DEMOLISHED, _RENOVATED = (THINGS.index(thing) for thing in ("jobs", "demolished_homes", "renovated_homes"))
_HOMES: Final = np.array([THINGS.index(thing) for thing in HOME_THINGS])
_RESIDENTS, _TOWNSPEOPLE = N_ZONES * N_REGISTRATIONS, len(URBAN_ZONES) * N_REGISTRATIONS
N_DERIVED: Final = len(measures.DERIVED)


class Moving(NamedTuple):
    """Space for the moves of a draw: attraction [region, place], mass, weight, share [region], people [from, to]."""

    attraction: Array
    mass: Array
    weight: Array
    share: Array
    people: Array


def moving(regions: int) -> Moving:
    """Space for so many regions."""
    of = np.empty(regions), np.empty(regions), np.empty(regions)
    return Moving(np.empty((regions, pull.NOWHERE + 1)), *of, np.zeros((regions, regions)))


@rule
def copied(rows: Array, found: Array) -> None:
    """Rows [region, column], written; an array set as a whole takes a second to compile."""
    for row in range(rows.shape[0]):
        for column in range(rows.shape[1]):
            found[row, column] = rows[row, column]


@rule
def moves(
    lanes: Records, given: Records, base: Records, moving: tuple[Array, Array], sums: Records, year: int, work: Moving
) -> None:
    """What pulls people, who comes from the other regions of a group, and who with jobs: put into the kernel's rates.

    All of one draw [region]. moving: the kernel's rates and counts [region, column]; base: sums of the base year; year:
    of moves between regions, 0 where there are none (or none yet).
    """
    rates, counts = moving
    for region in range(lanes.shape[0]):
        pull.attraction(lanes[region].conditions, given[region].moves.pull, work.attraction[region])
        pull.pulled(rates[region], work.attraction[region])
        work.mass[region], work.share[region] = base[region].urban, given[region].moves.between.share
    if year > 0:
        between.gravity(work.mass, work.attraction, work.weight)
        between.moved(lanes, work.share, work.weight, work.people)
        for region in range(lanes.shape[0]):
            received = 0.0
            for origin in range(lanes.shape[0]):
                received += work.people[origin, region]
            between.arriving(rates[region], work.attraction[region], lanes[region].movers, received, year == 1)
    between.counted(lanes, work.people, sums)
    for region in range(lanes.shape[0]):
        came, back = lanes[region].jobs.coming, given[region].jobs.jobs.families_returning
        rates[region, ARRIVALS + CITY] += came * (1.0 - back)
        counts[region, _RETURN] += came * back


@rule
def led_to(people: Array, now: EconomyInputs, totals: Array) -> None:
    """Residents and townspeople that a lane's year is to end with, written; 0 where none are asked.

    people: before the year [cell, group].
    """
    own = now.control
    totals[0] = totals[1] = 0.0
    if own.residents > 0.0:
        totals[0] = control.led_to(own.residents, own.residents_years, persons(people[:_RESIDENTS]))
    if own.townspeople > 0.0:
        totals[1] = control.led_to(own.townspeople, own.townspeople_years, persons(people[:_TOWNSPEOPLE]))


@rule
def controlled(people: Array, tally: Array, now: EconomyInputs) -> None:
    """Bring people [cell, group] and their tally to known totals, in place; those away are left as they are."""
    for zone in range(N_ZONES):
        factor = control.factor(now.control, zone)
        if factor != 1.0:
            control.brought(people, zone, factor)
            measures.times(tally, zone, factor)


@rule
def people(
    found: tuple[Array, Array], rates: Array, now: EconomyInputs, base: Any, lane: Lane, living: Occupants, sums: Any
) -> None:
    """What people add up to at a year's end, who left, and who needs homes. found: ledger, and tally, to its level."""
    ledger, tally = found
    level = headship(tally, now, base)
    counted(tally, level, now, sums)
    occupants(tally, ledger, rates, living)
    lane.movers.left = total(ledger, _LEFT)


@rule
def counted(tally: Array, level: float, now: EconomyInputs, sums: Any) -> None:
    """Measures of people, with households and labour force at the year's level."""
    measures.at_level(tally, level, now.jobs.labour.participation)
    measures.stocks(tally, sums)


@rule
def headship(tally: Array, now: EconomyInputs, base: Any) -> float:
    """The year's level of headship [1], with the floor of household size."""
    residents, households = 0.0, 0.0
    for zone in range(N_ZONES):
        residents += measures.people_in(tally, zone)
        households += measures.households_in(tally, zone)
    before = base.resident / base.households if base.households != 0.0 else 0.0
    return held_headship(residents, households, now.headship, before, now.least_size)


@rule
def total(values: Array, which: Integers) -> float:
    """The sum of some of the values."""
    found = 0.0
    for one in range(which.shape[0]):
        found += values[which[one]]
    return found


@rule
def occupants(tally: Array, ledger: Array, rates: Array, living: Occupants) -> None:
    """Who needs homes at a year's end."""
    occupied(tally, living)
    living.settled = total(ledger, _SETTLED)
    living.to_town, living.to_city = rates[_RECLASSIFIED], rates[_RECLASSIFIED + 1]
    living.risen = rates[_RECLASSIFIED + 2]


@rule
def occupied(tally: Array, living: Occupants) -> None:
    """Residents and households by zone."""
    for zone in range(N_ZONES):
        living.residents[zone] = measures.people_in(tally, zone)
        living.households[zone] = measures.households_in(tally, zone)


@rule
def money(
    lane: Lane,
    now: EconomyInputs,
    base: Any,
    settled: float,
    services: tuple[Array, Array],
    elapsed: int,
    found: Supply,
    limit: Limits,
) -> None:
    """What the year's projects may use (`found`, `limit`).

    services: what projects have delivered of each that they deliver, and the running cost of a unit.
    """
    delivered, cost = services
    recurrent = 0.0
    for one in range(cost.shape[0]):
        # what is not known costs nothing
        recurrent += 0.0 if np.isnan(cost[one]) else delivered[one] * cost[one]
    sold = 0.0 if np.isnan(lane.land_sold) else lane.land_sold  # where households are not known
    budget.supply(lane.purse, (base.resident, base.urban), (settled, sold, recurrent), elapsed, now.money, found)
    limit.money, limit.land = found.money + found.credit, found.land
    limit.crews, limit.approval_time = now.money.projects.crews, now.money.projects.approval_time


@rule
def economy(
    lane: Lane,
    now: EconomyInputs,
    living: Occupants,
    is_first: bool,
    delivered: Array,
    work: tuple[Opened, HomesYear, Array],
    sums: Any,
) -> None:
    """Jobs and homes once the year's projects have opened. delivered: by them [zone, thing]; work: space."""
    opened, flows, scratch = work
    jobs.year(lane.jobs, opened_jobs(delivered), now.jobs, sums)
    open_homes(delivered, opened)
    homes.year(lane.homes, living, opened, now.homes, is_first, flows)
    totals.flow_totals(flows, now.homes, sums)
    lane.land_sold = sums.homes_land
    standing(lane, now, sums, scratch)


@rule
def opened_jobs(delivered: Array) -> float:
    """Gross jobs of projects that opened [job]. delivered: by zone and thing."""
    found = 0.0
    for zone in range(delivered.shape[0]):
        found += delivered[zone, _JOBS]
    return found


@rule
def open_homes(delivered: Array, opened: Opened) -> None:
    """What projects did to homes. delivered: by zone and thing."""
    opened.renovated = 0.0
    for zone in range(N_ZONES):
        for tenure in range(_HOMES.shape[0]):
            opened.homes[tenure, zone] = delivered[zone, _HOMES[tenure]]
        opened.demolished[zone] = delivered[zone, _DEMOLISHED]
        opened.renovated += delivered[zone, _RENOVATED]


@rule
def standing(own: Lane, now: EconomyInputs, sums: Any, scratch: Array) -> None:
    """What is reported of homes and jobs at the end of any year, the base year too."""
    totals.stock_totals(own.homes, now.homes, sums, scratch)
    jobs.stocks(own.jobs, sums.urban_labour_force, sums.urban, sums.rural, now.jobs, sums)


class Needed(NamedTuple):
    """Space for a lane: drivers, what is derived, needs by the year's norms and the base year's, places that open."""

    driving: Array
    derived: Array
    now: Array
    then: Array
    opened: Array


def needed(of: Serving) -> Needed:
    """Space for the services that act."""
    n = of.source.shape[0]
    return Needed(np.empty(of.drivers.shape[0]), np.empty(N_DERIVED), np.empty(n), np.empty(n), np.empty(n))


@rule
def drive(of: Serving, columns: Array, sums: Any, base: Any, work: Needed) -> None:
    """What drives the services of a lane. columns: the sums as numbers."""
    measures.derived(sums, base, work.derived)
    for one in range(of.drivers.shape[0]):
        column = of.drivers[one]
        derived = column - columns.shape[0]
        work.driving[one] = columns[column] if derived < 0 else work.derived[derived]


@rule
def deliveries(of: Serving, brought: Array, delivered: Array, places: Array) -> None:
    """What projects deliver in a year [zone, thing], added to all of it, and of each service that acts, written."""
    for thing in range(delivered.shape[0]):
        amount = 0.0
        for zone in range(brought.shape[0]):
            amount += brought[zone, thing]
        delivered[thing] += amount
    for one in range(of.things.shape[0]):
        places[one] = 0.0
        if of.things[one] >= 0:
            for zone in range(brought.shape[0]):
                places[one] += brought[zone, of.things[one]]


@rule
def conditions(lane: Lane, now: EconomyInputs, felt: tuple[float, float], change: float, sums: Any) -> None:
    """What people go by in the next year, and the adequacy of services in sums.

    felt: adequacy, and the share of all weight that is known; change: of adequacy since the base year, by its norms.
    """
    adequacy(felt, sums)
    own = lane.conditions
    own.vacancy = jobs.vacancy(lane.jobs, sums.urban_labour_force, now.jobs)
    own.urban_income, own.rural_income = lane.jobs.urban_departure, lane.jobs.rural_departure
    own.adequacy = change
    for zone in range(N_ZONES):
        own.homes[zone] = totals.vacancy_change(lane.homes, zone)


@rule
def adequacy(felt: tuple[float, float], sums: Any) -> None:
    """Adequacy of services, and the share of all weight that is known, by residents."""
    mean, known = felt
    sums.adequacy_total = (mean if known > 0.0 else np.nan) * sums.resident
    sums.adequacy_known_total = known * sums.resident
