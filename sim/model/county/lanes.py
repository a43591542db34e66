"""The processes of a year for every lane of a block, compiled: each is a rule of its subject, gone through by lane."""

from typing import Any, Final

import numpy as np

from sim.model import measures
from sim.model.arrays import Array, Integers
from sim.model.axes import CITY, RESIDENT_ZONES
from sim.model.compiled import STRICT, kernel, rule
from sim.model.county.inputs import EconomyInputs
from sim.model.county.state import Lane
from sim.model.homes import totals
from sim.model.homes import year as homes
from sim.model.homes.stock import Occupants, Opened
from sim.model.jobs import jobs
from sim.model.money import budget
from sim.model.moves import between, pull
from sim.model.people.changes import BOUNDARY_CHANGES, SETTLEMENTS
from sim.model.people.flows import FLOWS
from sim.model.people.households import held_headship
from sim.model.people.kernels.year import ARRIVALS, LEDGER_FLOWS, N_LEADING
from sim.model.people.step import FLOW_PATHS
from sim.model.projects.project import HOME_THINGS, THINGS
from sim.model.records import Records
from sim.model.services.year import Felt, of_lane

N_ZONES: Final = len(RESIDENT_ZONES)
_SETTLED: Final = np.array([LEDGER_FLOWS + FLOW_PATHS.index(change.path) for change in SETTLEMENTS])
_LEFT: Final = np.array([LEDGER_FLOWS + FLOW_PATHS.index(f.path) for f in FLOWS if f.path.startswith("away.leave_")])
_RETURN: Final = FLOW_PATHS.index("away.return_to_city")
_RECLASSIFIED: Final = N_LEADING + len(FLOWS)
assert [one.path.partition(".")[2] for one in BOUNDARY_CHANGES] == ["rural_to_town", "rural_to_city", "town_to_city"]
_JOBS, _DEMOLISHED, _RENOVATED = (THINGS.index(thing) for thing in ("jobs", "demolished_homes", "renovated_homes"))
_HOMES: Final = np.array([THINGS.index(thing) for thing in HOME_THINGS])


@kernel(STRICT)
def moves(lanes: Records, given: Records, base: Records, moving: tuple[Array, Array], sums: Records, year: int) -> None:
    """What pulls people, who comes from the other regions of a group, and who with jobs: put into the kernel's rates.

    moving: the kernel's rates and counts [draw, region, column];
    base: sums of the base year; year: of moves between regions, 0 where there are none (or none yet).
    """
    n_regions = lanes.shape[1]
    rates, counts = moving
    attraction = np.empty((n_regions, pull.NOWHERE + 1))
    mass, weight, share = np.empty(n_regions), np.empty(n_regions), np.empty(n_regions)
    people = np.zeros((n_regions, n_regions))
    for draw in range(lanes.shape[0]):
        for region in range(n_regions):
            pull.attraction(lanes[draw, region].conditions, given[draw, region].moves.pull, attraction[region])
            pull.pulled(rates[draw, region], attraction[region])
            mass[region], share[region] = base[draw, region].urban, given[draw, region].moves.between.share
        if year > 0:
            between.gravity(mass, attraction, weight)
            between.moved(lanes[draw], share, weight, people)
            for region in range(n_regions):
                movers, received = lanes[draw, region].movers, 0.0
                for origin in range(n_regions):
                    received += people[origin, region]
                between.arriving(rates[draw, region], attraction[region], movers, received, year == 1)
        between.counted(lanes[draw], people, sums[draw])
        for region in range(n_regions):
            came, back = lanes[draw, region].jobs.coming, given[draw, region].jobs.jobs.families_returning
            rates[draw, region, ARRIVALS + CITY] += came * (1.0 - back)
            counts[draw, region, _RETURN] += came * back


@kernel(STRICT)
def people(
    tally: Array,
    ledger: Array,
    rates: Array,
    given: Records,
    base: Records,
    lanes: Records,
    living: Records,
    sums: Records,
) -> None:
    """What people add up to at a year's end, who left, and who needs homes (`living`). tally: to the year's level."""
    for draw in range(lanes.shape[0]):
        for region in range(lanes.shape[1]):
            own, now = sums[draw, region], given[draw, region]
            level = headship(tally[draw, region], now, base[draw, region])
            counted(tally[draw, region], level, now, own)
            occupants(tally[draw, region], ledger[draw, region], rates[draw, region], living[draw, region])
            lanes[draw, region].movers.left = total(ledger[draw, region], _LEFT)


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
    for zone in range(N_ZONES):
        living.residents[zone] = measures.people_in(tally, zone)
        living.households[zone] = measures.households_in(tally, zone)
    living.settled = total(ledger, _SETTLED)
    living.to_town, living.to_city = rates[_RECLASSIFIED], rates[_RECLASSIFIED + 1]
    living.risen = rates[_RECLASSIFIED + 2]


@kernel(STRICT)
def base_people(tally: Array, given: Records, lanes: Records, living: Records, sums: Records) -> None:
    """As `people` in the base year, with its purse."""
    for draw in range(lanes.shape[0]):
        for region in range(lanes.shape[1]):
            own, now, here = sums[draw, region], given[draw, region], living[draw, region]
            counted(tally[draw, region], 1.0, now, own)
            for zone in range(N_ZONES):
                here.residents[zone] = measures.people_in(tally[draw, region], zone)
                here.households[zone] = measures.households_in(tally[draw, region], zone)
            budget.start(lanes[draw, region].purse, own.urban, now.money.land)
            own.boundary_left = lanes[draw, region].purse.boundary


@kernel(STRICT)
def money(
    lanes: Records,
    given: Records,
    base: Records,
    living: Records,
    services: tuple[Array, Array],
    elapsed: int,
    supply: Records,
    limits: Records,
) -> None:
    """What the year's projects may use (`supply`, `limits`).

    services: what projects have delivered of each that they deliver, and the running cost of a unit.
    """
    delivered, running_cost = services
    for draw in range(lanes.shape[0]):
        for region in range(lanes.shape[1]):
            own, now, found = lanes[draw, region], given[draw, region].money, supply[draw, region]
            cost, recurrent = of_lane(running_cost, draw, region), 0.0
            for one in range(cost.shape[0]):
                # what is not known costs nothing
                recurrent += 0.0 if np.isnan(cost[one]) else delivered[draw, region, one] * cost[one]
            sold = 0.0 if np.isnan(own.land_sold) else own.land_sold  # where households are not known
            people = (base[draw, region].resident, base[draw, region].urban)
            budget.supply(own.purse, people, (living[draw, region].settled, sold, recurrent), elapsed, now, found)
            limit = limits[draw, region]
            limit.money, limit.land = found.money + found.credit, found.land
            limit.crews, limit.approval_time = now.projects.crews, now.projects.approval_time


@kernel(STRICT)
def economy(
    lanes: Records,
    given: Records,
    living: Records,
    supply: Records,
    projects: tuple[Array, Array, Array],
    is_first: bool,
    work: tuple[Records, Records, Array],
    sums: Records,
) -> None:
    """Purse, jobs and homes once the year's projects have begun and opened.

    projects: what they spent, what land they took, and what they deliver [draw, region, zone, thing]; work: space for
    one lane.
    """
    spent, used, delivered = projects
    opened, flows, scratch = work[0][0], work[1][0], work[2]
    for draw in range(lanes.shape[0]):
        for region in range(lanes.shape[1]):
            own, now, found = lanes[draw, region], given[draw, region], sums[draw, region]
            budget.after(own.purse, supply[draw, region], spent[draw, region], used[draw, region], now.money, found)
            jobs.year(own.jobs, opened_jobs(delivered[draw, region]), now.jobs, found)
            open_homes(delivered[draw, region], opened)
            homes.year(own.homes, living[draw, region], opened, now.homes, is_first, flows)
            totals.flow_totals(flows, now.homes, found)
            own.land_sold = found.homes_land
            standing(own, now, found, scratch)


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


@kernel(STRICT)
def base_standing(lanes: Records, given: Records, scratch: Array, sums: Records) -> None:
    """As `standing` for every lane."""
    for draw in range(lanes.shape[0]):
        for region in range(lanes.shape[1]):
            standing(lanes[draw, region], given[draw, region], sums[draw, region], scratch)


@kernel(STRICT)
def conditions(lanes: Records, given: Records, felt: Felt, base: Array, sums: Records) -> None:
    """What people go by in the next year, and the adequacy of services in sums. base: adequacy in the base year."""
    for draw in range(lanes.shape[0]):
        for region in range(lanes.shape[1]):
            own, found = lanes[draw, region], sums[draw, region]
            known, now = felt.known[draw, region], own.conditions
            found.adequacy_total = (felt.now[draw, region] if known > 0.0 else np.nan) * found.resident
            found.adequacy_known_total = known * found.resident
            now.vacancy = jobs.vacancy(own.jobs, found.urban_labour_force, given[draw, region].jobs)
            now.urban_income, now.rural_income = own.jobs.urban_departure, own.jobs.rural_departure
            now.adequacy = felt.then[draw, region] - base[draw, region]
            for zone in range(N_ZONES):
                now.homes[zone] = totals.vacancy_change(own.homes, zone)
