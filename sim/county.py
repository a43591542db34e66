"""The year of a whole county: people, and then money, jobs and what they leave behind.

`county_year` lists the processes of a year, and nothing else orders them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sim import measures
from sim.axes import CITY, RESIDENT_ZONES
from sim.kernels.year import LEDGER_FLOWS, N_LEADING
from sim.measures import Values
from sim.parameters.registration import BOUNDARY_CHANGES, SETTLEMENTS
from sim.parameters.service import Capacity
from sim.parameters.transfer import ARRIVAL_PATHS, FLOWS
from sim.process import between, budget, homes, jobs, project_groups, pull, services
from sim.process.between import Movers
from sim.process.budget import Income, Purse
from sim.process.groups import Groups
from sim.process.jobs import Jobs
from sim.process.project_groups import Limits, Outcome, Pipelines, Programme
from sim.process.pull import Conditions
from sim.process.services import Norms, Prices, Standing, Table
from sim.scenario.project import HOME_THINGS, THINGS
from sim.state import State
from sim.step import FLOW_PATHS, Constants, YearInputs, step, tally
from sim.stocks.homes import BaseHomes, Homes, Occupants, Opened

Array = NDArray[np.float64]

_SETTLED = [LEDGER_FLOWS + FLOW_PATHS.index(change.path) for change in SETTLEMENTS]
_LEFT = [LEDGER_FLOWS + FLOW_PATHS.index(flow.path) for flow in FLOWS if flow.path.startswith("away.leave_")]
_ARRIVES_IN_CITY = list(ARRIVAL_PATHS).index(CITY)


@dataclass(frozen=True, slots=True)
class Frame:
    """What does not change at all, by region where it is a tuple.

    together: whether people move between the regions; homes, known: what is known of homes and of services in the
    base year; services: the table; delivered: the services that projects deliver.
    """

    people: Constants
    base_year: int
    together: bool
    homes: tuple[BaseHomes, ...]
    services: Table
    known: tuple[Mapping[str, Capacity], ...]
    delivered: tuple[str, ...]

    @property
    def things(self) -> tuple[str, ...]:
        """What projects may deliver."""
        return (*THINGS, *self.delivered)

    def by_service(self, delivered: Array) -> Array:
        """What was delivered on the axis of all services [draw, region, service]. delivered: of `things`."""
        place = np.array([self.services.ids.index(id_) for id_ in self.delivered], dtype=np.int64)
        amounts = np.zeros((*delivered.shape[:-1], len(self.services.ids)))
        amounts[..., place] = delivered[..., len(THINGS) :]
        return amounts


@dataclass(frozen=True, slots=True)
class Setup:
    """What a block of draws keeps over the years.

    tally: of the base year, with households and labour force at its level [draw, region, column]; base: its measures,
    and adequacy: of services then, each [draw, region]; norms: of services then, which the pull keeps to; groups:
    which project pool each draw has; programme: the pools.
    """

    frame: Frame
    groups: Groups
    programme: Programme
    tally: Array
    base: Values
    adequacy: Array
    norms: Norms


@dataclass(frozen=True, slots=True)
class County:
    """What is true at the end of a year, for every draw and region of a block.

    capacity: of services [draw, region, service], NaN where not known; delivered: by projects since the base year
    [draw, region, thing]; land_sold: for homes in the year [m²], [draw, region].
    """

    people: State
    jobs: Jobs
    homes: Homes
    capacity: Array
    delivered: Array
    land_sold: Array
    purse: Purse
    pipelines: Pipelines
    movers: Movers
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class CountyInputs:
    """What a year is given: the kernel's rates, and every other parameter by path, each [draw or 1, region].

    headship: against the base year [draw, region]; norms, prices: of services; indicators: their values [draw or 1].
    """

    people: YearInputs
    now: Mapping[str, Array]
    headship: Array
    norms: Norms
    prices: Prices
    indicators: Mapping[str, Array] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year that ends where these inputs lead."""
        return self.people.year


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened in a year: the kernel's ledger, and what adds up over regions.

    ledger [draw, region, column]; tally: at the year's headship and participation [draw, region, column]; people:
    measures of people at its end, economy: what adds up of all else, each [draw, region].
    """

    ledger: Array
    tally: Array
    people: Values
    economy: Values
    indicators: Mapping[str, Array]


def begin(
    frame: Frame, people: State, groups: Groups, programme: Programme, given: CountyInputs
) -> tuple[Setup, County]:
    """The base year of a block of draws. given: inputs of the first year."""
    now = given.now
    ends = measures.at_level(tally(frame.people, people), 1.0, now["labour.participation"])
    base = measures.stocks(ends)
    lanes = people.pop.shape[:2]
    residents, households = measures.by_zone(ends)
    stock = homes.start(households, residents, frame.homes, now)
    table, per_driver = frame.services, given.norms.per_driver
    drivers = services.driving(table, _drivers(base, base, homes.stock_totals(stock, now)))
    capacity = services.start(table, frame.known, drivers, per_driver)
    standing = services.standing(services.need(table, drivers, per_driver), capacity)
    adequacy, _ = services.overall(standing.adequacy, given.norms.weight)
    setup = Setup(frame, groups, programme, ends, base, adequacy, given.norms)
    shared = {name: groups.mean(base[name]) for name in ("resident", "urban")}
    county = County(
        people=people,
        jobs=jobs.start((lanes[0], lanes[1])),
        homes=stock,
        capacity=capacity,
        delivered=np.zeros((*lanes, len(frame.things))),
        land_sold=np.zeros(lanes),
        purse=budget.start(shared["resident"], shared["urban"], _means(groups, now, ("land.",))),
        pipelines=project_groups.at_base(programme, frame.base_year),
        movers=Movers(),
        conditions=_alike((lanes[0], lanes[1])),
    )
    return setup, county


def county_year(setup: Setup, before: County, given: CountyInputs) -> tuple[County, Happened]:
    """The county one year later, and what happened. Raises Broken if an invariant does not hold."""
    now = given.now
    attraction = pull.attraction(before.conditions, now)
    rates = pull.pulled(given.people.rates, attraction)
    movers, rates, exchanged = _between(setup, before, attraction, rates, now)
    people, flows = step(setup.frame.people, before.people, replace(given.people, rates=rates))
    ends = measures.at_level(flows.tally, given.headship, now["labour.participation"])
    stocks = measures.stocks(ends)
    settled = flows.ledger[..., _SETTLED].sum(axis=-1)
    purse, pipelines, outcome, money = _projects(setup, before, settled, given)
    opened = setup.groups.spread(outcome.opened)
    delivered = opened.sum(axis=2)
    work, new_jobs = jobs.year(before.jobs, delivered[..., THINGS.index("jobs")], now)
    residents, households = measures.by_zone(ends)
    living = Occupants(households, residents, settled, _reclassified(rates))
    stock, housing = homes.year(before.homes, living, _homes_opened(opened), now)
    housing_sums = homes.stock_totals(stock, now) | homes.flow_totals(housing, now)
    drivers = _drivers(stocks, setup.base, housing_sums)
    capacity, standing = _services(setup, before, drivers, setup.frame.by_service(delivered), given.norms)
    adequacy, known = services.overall(standing.adequacy, given.norms.weight)
    conditions = _conditions(work, stock, stocks, _felt(setup, drivers, capacity), now)
    economy = {
        **housing_sums,
        **service_sums(setup.frame.services, standing, given.prices),
        **_adequacy_sums(adequacy, known, stocks),
        **_delivered(setup, before.delivered + delivered),
        **jobs.stocks(work, stocks["urban_labour_force"], (stocks["urban"], stocks["rural"]), now),
        **new_jobs,
        **money,
        **_exchange(exchanged, settled),
    }
    movers = replace(movers, left=flows.ledger[..., _LEFT].sum(axis=-1))
    after = County(
        people,
        work,
        stock,
        capacity,
        before.delivered + delivered,
        housing_sums["homes_land"],
        purse,
        pipelines,
        movers,
        conditions,
    )
    return after, Happened(flows.ledger, ends, stocks, economy, given.indicators)


def base_economy(setup: Setup, county: County, given: CountyInputs) -> Values:
    """What adds up over regions in the base year besides people, each [draw, region]; flows are left out."""
    people, groups, now = setup.base, setup.groups, given.now
    housing = homes.stock_totals(county.homes, now)
    table = setup.frame.services
    drivers = _drivers(people, people, housing)
    needed = _needed(table, drivers, given.norms)
    standing = services.standing(needed, county.capacity)
    _, known = services.overall(standing.adequacy, given.norms.weight)
    return {
        **housing,
        **service_sums(table, standing, given.prices),
        **_adequacy_sums(setup.adequacy, known, people),
        **jobs.stocks(county.jobs, people["urban_labour_force"], (people["urban"], people["rural"]), now),
        "boundary_left": groups.spread(county.purse.boundary),
    }


def _alike(shape: tuple[int, int]) -> Conditions:
    nothing = np.zeros(shape)
    return Conditions(nothing, nothing, nothing, np.zeros((*shape, len(RESIDENT_ZONES))), nothing)


def _conditions(work: Jobs, stock: Homes, people: Values, adequacy: Array, now: Mapping[str, Array]) -> Conditions:
    vacancy = jobs.vacancy(work, people["urban_labour_force"], now)
    return Conditions(vacancy, work.urban_departure, work.rural_departure, homes.vacancy_change(stock), adequacy)


def _drivers(people: Values, base: Values, housing: Values) -> Values:
    """The measures that may drive a service, each [draw, region]."""
    return people | measures.since_base(people, base) | housing


def _needed(table: Table, drivers: Values, year: Norms) -> Array:
    """Needs of all services by the norms of a year [draw, region, service]."""
    return services.need(table, services.driving(table, drivers), year.per_driver)


def _services(setup: Setup, before: County, drivers: Values, opened: Array, year: Norms) -> tuple[Array, Standing]:
    """Capacities of the year's end and how they stand. opened: by projects [draw, region, service delivered]."""
    table = setup.frame.services
    needed = _needed(table, drivers, year)
    capacity = services.advance(before.capacity, needed, opened, year)
    return capacity, services.standing(needed, capacity)


def _felt(setup: Setup, drivers: Values, capacity: Array) -> Array:
    """Change of adequacy since the base year at the norms of that year: people feel places, not norms."""
    table = setup.frame.services
    needed = _needed(table, drivers, setup.norms)
    felt, _ = services.overall(services.standing(needed, capacity).adequacy, setup.norms.weight)
    return felt - setup.adequacy


def service_sums(table: Table, standing: Standing, year: Prices) -> Values:
    """Need, capacity, gap, and the cost and land of closing it by service, each [draw, region].

    Of a service whose stock no region knows, the need only.
    """
    cost, land = services.to_close(standing.gap, year.unit_cost), services.to_close(standing.gap, year.land)
    known = np.isfinite(standing.capacity[0]).any(axis=0)
    found: Values = {}
    for index, id_ in enumerate(table.ids):
        found[f"need.{id_}"] = standing.need[..., index]
        if known[index]:
            columns = (("capacity", standing.capacity), ("gap", standing.gap), ("cost", cost), ("land", land))
            found |= {f"{name}.{id_}": value[..., index] for name, value in columns}
    return found


def _adequacy_sums(adequacy: Array, known: Array, people: Values) -> Values:
    """Adequacy weighted by residents, so that a group's is the mean of its residents."""
    return {"adequacy_total": adequacy * people["resident"], "adequacy_known_total": known * people["resident"]}


def _delivered(setup: Setup, amounts: Array) -> Values:
    return {f"delivered.{thing}": amounts[..., index] for index, thing in enumerate(setup.frame.things)}


def _reclassified(rates: Array) -> Array:
    """Shares of zones that changed their status in the year [draw, region, BOUNDARY_CHANGES]."""
    first = N_LEADING + len(FLOWS)
    return rates[..., first : first + len(BOUNDARY_CHANGES)]


def _homes_opened(opened: Array) -> Opened:
    """What projects did to homes. opened: by zone and thing [draw, region, zone, thing]."""
    inside = opened[..., : len(RESIDENT_ZONES), :]
    return Opened(
        np.stack([inside[..., THINGS.index(thing)] for thing in HOME_THINGS]),
        inside[..., THINGS.index("demolished_homes")],
        inside[..., THINGS.index("renovated_homes")].sum(axis=-1),
    )


def _projects(
    setup: Setup, before: County, settled: Array, given: CountyInputs
) -> tuple[Purse, Pipelines, Outcome, Values]:
    """Purse and pipelines after the year, what projects did, and the measures of it.

    What serves a group is shown for each of its draws.
    """
    groups = setup.groups
    now = _means(groups, given.now, ("budget.", "land.", "projects."))
    base = {name: groups.mean(setup.base[name]) for name in ("resident", "urban")}
    recurrent = _recurrent(setup, before, given.prices)
    income = Income(groups.mean(settled), groups.mean(before.land_sold), groups.mean(recurrent))
    like = base["urban"].shape
    elapsed = given.year - setup.frame.base_year
    supply = budget.supply(before.purse, base["resident"], base["urban"], income, elapsed, now)
    limits = Limits(
        supply.money + supply.credit,
        supply.land,
        np.broadcast_to(now["projects.crews"], like),
        np.broadcast_to(now["projects.approval_time"], like),
    )
    pool, things = setup.programme, setup.frame.things
    pipelines, outcome = project_groups.year_of(pool, before.pipelines, given.year, limits, things)
    purse, called_in = budget.after(before.purse, supply, outcome.spent, outcome.land, now)
    found = {
        "money_year": supply.revenue,
        "money_spent": outcome.spent,
        "money_left": purse.money,
        "money_called_in": called_in.money,
        "debt": purse.debt,
        "land_year": supply.quota,
        "land_used": outcome.land,
        "land_called_in": called_in.land,
        "land_left": purse.land,
        "boundary_left": purse.boundary,
        "projects_open": outcome.completed,
        "projects_building": outcome.building,
        "projects_waiting": outcome.waiting,
    }
    return purse, pipelines, outcome, {name: groups.spread(value) for name, value in found.items()}


def _recurrent(setup: Setup, before: County, year: Prices) -> Array:
    """Running cost of what projects have delivered [yuan/year], [draw, region]; what is not known costs nothing."""
    each = np.nan_to_num(year.running_cost)
    total: Array = (setup.frame.by_service(before.delivered) * each).sum(axis=-1)
    return total


def _means(groups: Groups, now: Mapping[str, Array], prefixes: tuple[str, ...]) -> dict[str, Array]:
    """Group means of the parameters below some prefixes [group or 1, region]."""
    return {
        path: value if len(value) == 1 else groups.mean(value)
        for path, value in now.items()
        if path.startswith(prefixes)
    }


def _between(
    setup: Setup, before: County, attraction: Array, rates: Array, now: Mapping[str, Array]
) -> tuple[Movers, Array, Array | None]:
    """Movers, rates and persons moved [draw, from, to] once the regions answer to each other's leavers."""
    movers = before.movers
    if not setup.frame.together or movers.left is None:
        return movers, rates, None
    to = between.destinations(setup.base["urban"], attraction[..., CITY])
    share = now["between.share"]
    strength = pull.multipliers(attraction)[..., _ARRIVES_IN_CITY]
    if movers.usual is None:
        movers = between.first(movers, share, to, between.fitted(rates, strength))
    people = between.moved(movers, share, to)
    return movers, between.arriving(rates, people, movers, strength), people


def _exchange(people: Array | None, like: Array) -> Values:
    nothing = np.zeros_like(like)
    if people is None:
        return {"between_in": nothing, "between_out": nothing}
    return {"between_in": people.sum(axis=1), "between_out": people.sum(axis=2)}
