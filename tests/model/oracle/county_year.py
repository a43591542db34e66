"""The base year of a county and the year after any: `county_year` lists the processes, and nothing else orders them."""

from dataclasses import replace

import numpy as np

from sim.model.arrays import Array, ByRegion, Values
from sim.model.axes import CITY, RESIDENT_ZONES
from sim.model.people.changes import BOUNDARY_CHANGES, SETTLEMENTS
from sim.model.people.flows import FLOWS
from sim.model.people.households import SHARPNESS
from sim.model.people.kernels.year import ARRIVALS, LEDGER_FLOWS, N_LEADING
from sim.model.people.state import State
from sim.model.people.step import FLOW_PATHS, step
from sim.model.projects.project import THINGS
from tests.model.oracle import county_building as building
from tests.model.oracle import county_regions as regions
from tests.model.oracle import county_serving as serving
from tests.model.oracle import homes_homes as homes
from tests.model.oracle import jobs_jobs as jobs
from tests.model.oracle import measures
from tests.model.oracle import money_budget as budget
from tests.model.oracle import moves_pull as pull
from tests.model.oracle import projects_pools as project_groups
from tests.model.oracle.county_inputs import CountyInputs
from tests.model.oracle.county_state import County, Frame, Happened, Setup
from tests.model.oracle.draws_groups import Groups
from tests.model.oracle.homes_stock import Homes, Occupants
from tests.model.oracle.homes_zones import ratio
from tests.model.oracle.jobs_inputs import JobsInputs
from tests.model.oracle.jobs_jobs import Jobs
from tests.model.oracle.moves_between import Movers
from tests.model.oracle.moves_pull import Conditions
from tests.model.oracle.people_tally import tally
from tests.model.oracle.projects_pools import Programme

_SETTLED = [LEDGER_FLOWS + FLOW_PATHS.index(change.path) for change in SETTLEMENTS]


def begin(
    frame: Frame, people: State, groups: Groups, programme: Programme, given: CountyInputs
) -> tuple[Setup, County]:
    """The base year of a block of draws. given: inputs of the first year."""
    now = given.economy
    ends = measures.at_level(tally(frame.people, people), 1.0, now.jobs.labour.participation)
    base = measures.stocks(ends)
    lanes = people.pop.shape[:2]
    residents, households = measures.by_zone(ends)
    stock = homes.start(households, residents, frame.homes, now.homes)
    served = serving.at_base(frame, serving.drivers(base, base, homes.stock_totals(stock, now.homes)), given.norms)
    shared = {name: groups.mean(base[name]) for name in ("resident", "urban")}
    county = County(
        people=people,
        jobs=jobs.start((lanes[0], lanes[1])),
        homes=stock,
        services=served,
        delivered=np.zeros((*lanes, len(frame.things))),
        land_sold=np.zeros(lanes),
        purse=budget.start(shared["resident"], shared["urban"], building.means(groups, now.money.land)),
        pipelines=project_groups.at_base(programme, frame.base_year),
        movers=Movers(),
        conditions=_alike((lanes[0], lanes[1])),
    )
    return Setup(
        frame=frame,
        groups=groups,
        programme=programme,
        tally=ends,
        base=base,
        norms=given.norms,
        adequacy=served.adequacy,
    ), county


def county_year(setup: Setup, before: County, given: CountyInputs) -> tuple[County, Happened]:
    """The county one year later, and what happened. Raises Broken if an invariant does not hold."""
    now, frame = given.economy, setup.frame
    attraction = pull.attraction(before.conditions, now.moves)
    rates = pull.pulled(given.people.rates, attraction)
    movers, rates, exchanged = regions.moves(setup, before, attraction, rates, now.moves)
    rates, counts, back = rates.copy(), given.people.counts.copy(), now.jobs.jobs.families_returning
    rates[..., ARRIVALS + CITY] += before.jobs.coming * (1.0 - back)
    counts[..., FLOW_PATHS.index("away.return_to_city")] += before.jobs.coming * back
    people, flows = step(frame.people, before.people, replace(given.people, rates=rates, counts=counts))
    ends = measures.at_level(flows.tally, _headship(setup, flows.tally, given), now.jobs.labour.participation)
    stocks = measures.stocks(ends)
    settled = flows.ledger[..., _SETTLED].sum(axis=-1)
    purse, pipelines, outcome, money = building.year(setup, before, settled, given)
    opened = setup.groups.spread(outcome.opened)
    delivered = opened.sum(axis=2)
    work, new_jobs = jobs.year(before.jobs, delivered[..., THINGS.index("jobs")], now.jobs)
    residents, households = measures.by_zone(ends)
    living = Occupants(households, residents, settled, _reclassified(rates))
    stock, housing = homes.year(before.homes, living, building.homes_opened(opened), now.homes)
    housing_sums = homes.stock_totals(stock, now.homes) | homes.flow_totals(housing, now.homes)
    drivers = serving.drivers(stocks, setup.base, housing_sums)
    served = serving.year(frame, before.services, drivers, delivered, given.norms)
    after = County(
        people=people,
        jobs=work,
        homes=stock,
        services=served,
        delivered=before.delivered + delivered,
        land_sold=housing_sums["homes_land"],
        purse=purse,
        pipelines=pipelines,
        movers=replace(movers, left=regions.left(flows.ledger)),
        conditions=_conditions(work, stock, stocks, serving.felt(setup, drivers, served, given.norms), now.jobs),
    )
    economy = {
        **_standing(setup, after, stocks, housing_sums, given),
        **building.delivered_sums(frame, after.delivered),
        **new_jobs,
        **money,
        **regions.sums(exchanged, settled),
    }
    return after, Happened(ledger=flows.ledger, tally=ends, people=stocks, economy=economy, indicators=given.indicators)


def base_economy(setup: Setup, county: County, given: CountyInputs) -> Values:
    """What adds up over regions in the base year besides people, each [draw, region]; flows are left out."""
    found = _standing(setup, county, setup.base, homes.stock_totals(county.homes, given.economy.homes), given)
    return {**found, "boundary_left": setup.groups.spread(county.purse.boundary)}


def _standing(setup: Setup, county: County, people: Values, housing: Values, given: CountyInputs) -> Values:
    """What adds up over regions at the end of any year, the base year too, besides people and money.

    people: measures of people then; housing: sums of homes.
    """
    now, persons = given.economy, (people["urban"], people["rural"])
    found = housing | serving.sums(setup.frame.services, county.services, given.prices, people["resident"])
    found |= jobs.stocks(county.jobs, people["urban_labour_force"], persons, now.jobs)
    return found


def _alike(shape: tuple[int, int]) -> Conditions:
    nothing = np.zeros(shape)
    return Conditions(
        vacancy=nothing,
        urban_income=nothing,
        rural_income=nothing,
        homes=np.zeros((*shape, len(RESIDENT_ZONES))),
        adequacy=nothing,
    )


def _conditions(work: Jobs, stock: Homes, people: Values, adequacy: ByRegion, now: JobsInputs) -> Conditions:
    vacancy = jobs.vacancy(work, people["urban_labour_force"], now)
    return Conditions(
        vacancy=vacancy,
        urban_income=work.urban_departure,
        rural_income=work.rural_departure,
        homes=homes.vacancy_change(stock),
        adequacy=adequacy,
    )


def _headship(setup: Setup, tally: Array, given: CountyInputs) -> ByRegion:
    """The year's level of headship [1], with the floor of household size."""
    residents, households = (by_zone.sum(axis=-1) for by_zone in measures.by_zone(tally))
    before = ratio(setup.base["resident"], setup.base["households"])
    return held_headship(residents, households, given.headship, before, given.least_size)


def _reclassified(rates: Array) -> Array:
    """Shares of zones that changed their status in the year [draw, region, BOUNDARY_CHANGES]."""
    first = N_LEADING + len(FLOWS)
    return rates[..., first : first + len(BOUNDARY_CHANGES)]


def held_headship(residents: Array, households: Array, level: Array, before: Array, least: Array) -> Array:
    """The level of headship at which the mean size of households stays above its floor, smoothly."""
    with np.errstate(divide="ignore", invalid="ignore"):
        fall = np.maximum(before - residents / (households * level), 0.0)
        room = np.maximum(before - least, 0.0)
        power = (fall / room) ** SHARPNESS
        held = residents / (
            households * (before - np.where(room > 0.0, fall / (1.0 + power) ** (1.0 / SHARPNESS), 0.0))
        )
    return np.where((fall > 0.0) & (households > 0.0), held, level)
