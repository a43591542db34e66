"""A resolved scenario with its regions' base years: all that a run of any draw needs."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.model.axes import AWAY, POP_SHAPE
from sim.model.county import Afterwards, County, FirstInputs, Frame, Given, Setup, begin, economy_inputs
from sim.model.county.inputs import OTHERS
from sim.model.draws import noise
from sim.model.draws.setting import Setting
from sim.model.draws.values import design, fixed, values
from sim.model.homes.market import at_market
from sim.model.homes.stock import BaseHomes
from sim.model.indicators.indicator import Indicator
from sim.model.indicators.indicator import parameters_of as indicator_parameters
from sim.model.indicators.indicators import over_years, past_growth
from sim.model.measure import Measure
from sim.model.parameter import Parameter
from sim.model.people import rates as population
from sim.model.people.state import State
from sim.model.people.step import Constants
from sim.model.people.villages import has_villages, kept_from_villages
from sim.model.projects.pools import Programme, programme
from sim.model.projects.project import THINGS, Project
from sim.model.records import packed
from sim.model.registry import ECONOMIC
from sim.model.services.parameters import parameters_of, path
from sim.model.services.service import Capacity, Service
from sim.model.services.services import Table, norms, prices, table
from sim.model.services.year import Acting, acting, of_years, side_by_side, standards
from sim.places.china.national import National
from sim.scenario.measures import delivered, reported
from sim.scenario.resolved import RegionRef


@quickclass(frozen=True, slots=True, kw_only=True)
class RegionCase:
    """One region of a case: what the user set, its people in the base year, its households then if they are known."""

    id: str
    settings: tuple[Setting, ...]
    correlation_paths: tuple[str, ...]
    correlation: Array | None
    pop: Array
    households: float | None
    homes: BaseHomes = field(default_factory=BaseHomes)
    capacities: Mapping[str, Capacity] = field(default_factory=dict)


@quickclass(frozen=True, kw_only=True)
class Case:
    """Everything that decides a run. years: the years that are simulated, after the base year.

    outset: the year whose end the run is reported from, where that is later than the base year of what is known.
    groups: regions that are also reported together, each by their positions;
    indicators: what is only extrapolated, each with its row among groups and then regions.
    deaths_off_trend: the nation's deaths over their trend [1], [year], from the first year on.
    completions: homes completed in the nation over those of 2020 [1], by year since then.
    """

    base_year: int
    years: range
    seed: int
    regions: tuple[RegionCase, ...]
    constants: Constants
    outset: int | None = None
    groups: tuple[tuple[int, ...], ...] = ()
    projects: tuple[Project, ...] = ()
    services: tuple[Service, ...] = ()
    indicators: tuple[tuple[Indicator, int], ...] = ()
    deaths_off_trend: Array = field(default_factory=lambda: np.ones(1))
    completions: Mapping[int, float] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The year that the run is reported from."""
        return self.base_year if self.outset is None else self.outset

    @property
    def shown(self) -> tuple[int, ...]:
        """The years that the run is reported of."""
        return tuple(range(self.first, self.years.stop))

    @cached_property
    def table(self) -> Table:
        """The services as positions on an axis."""
        return table(self.services)

    @cached_property
    def acting(self) -> Acting:
        """The services that act on something inside the year."""
        return acting(self.table, {id_ for region in self.regions for id_ in region.capacities})

    @cached_property
    def service_parameters(self) -> dict[str, Parameter]:
        """The parameters of its services, by path."""
        return parameters_of(self.services)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """What a run reports, by id, in a fixed order."""
        known = {id_ for region in self.regions for id_ in region.capacities}
        built = delivered(self.services, self.projects)
        return reported(self.services, known, built, [one for one, _ in self.indicators])

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters of its services and indicators, by path.

        A price that reaches no result, of a service whose stock no region knows or that no project delivers, is not
        drawn: it has its central value.
        """
        known = {id_ for region in self.regions for id_ in region.capacities}
        built = delivered(self.services, self.projects)
        idle = {path(service, "unit_cost") for service in self.services if service.id not in known}
        idle |= {path(service, "running_cost") for service in self.services if service.id not in built}
        own = self.service_parameters | indicator_parameters(one for one, _ in self.indicators)
        return {name: replace(one, spread=0.0) if name in idle else one for name, one in own.items()}


def region_case(ref: RegionRef, settings: Sequence[Setting], pop: Array, households: float | None) -> RegionCase:
    """A region's case. pop: persons at the end of the base year [zone, registration, sex, age]."""
    matrix = np.array(ref.correlation) if ref.correlation_paths else None
    return RegionCase(
        id=ref.id,
        settings=tuple(settings),
        correlation_paths=ref.correlation_paths,
        correlation=matrix,
        pop=pop,
        households=households,
    )


def case(base_year: int, horizon: int, seed: int, regions: Sequence[RegionCase], national: National) -> Case:
    """The case of these regions from `base_year` to `horizon`."""
    shapes = [fixed(region.settings) for region in regions]
    fertility = np.broadcast_to(national.fertility_of((base_year + horizon) // 2), (POP_SHAPE[0], POP_SHAPE[-1]))
    deaths = population.zone_deaths(national.deaths_ratio, national.zone_mortality)
    origin, years = national.age_structure_of(base_year), range(base_year + 1, horizon + 1)
    constants = Constants(
        deaths_ratio=np.stack([deaths] * len(regions)),
        fertility=np.stack([fertility] * len(regions)),
        profiles=np.stack([population.flow_profiles(shape) for shape in shapes]),
        arrival_profile=np.stack([population.arrival_profile(shape, origin) for shape in shapes]),
        weights=np.stack([_weights(region, national) for region in regions]),
    )
    return Case(
        base_year=base_year,
        years=years,
        seed=seed,
        regions=tuple(regions),
        constants=constants,
        deaths_off_trend=national.deaths_off_trend(years),
        completions=national.completions,
    )


def _weights(region: RegionCase, national: National) -> Array:
    labour = np.broadcast_to(national.participation.ravel(), (AWAY, national.participation.size))
    return np.stack([scaled_headship(region, national.headship), labour])


def scaled_headship(region: RegionCase, shape: Array) -> Array:
    """Headship rates [households/person], [zone without away, sex × age], that give the base year's households.

    NaN where these are not known.
    """
    residents = region.pop[:AWAY].sum(axis=(0, 1))
    expected = float((residents * shape).sum())
    known = np.nan if region.households is None else region.households
    scale = known / expected if expected > 0.0 else 0.0
    return np.stack([(shape * scale).ravel()] * AWAY)


def start(of: Case) -> State:
    """The people of the base year, the same for every draw: of one."""
    return State(of.base_year, np.stack([region.pop for region in of.regions])[np.newaxis])


def programme_of(of: Case, draws: range) -> Programme:
    """The project pools of a block of draws."""
    things = (*THINGS, *delivered(of.services, of.projects))
    return programme(of.projects, [region.id for region in of.regions], of.seed, draws, of.first, things)


def setup(of: Case, pools: Programme, given: FirstInputs) -> tuple[Setup, County]:
    """What a block of draws keeps over the years, and its base year. given: of its first year."""
    known = tuple(region.capacities for region in of.regions)
    frame = Frame(
        people=of.constants,
        base_year=of.base_year,
        outset=of.first,
        together=len(of.regions) > 1 and bool(of.groups),
        homes=tuple(region.homes for region in of.regions),
        services=of.table,
        acting=of.acting,
        known=known,
        delivered=delivered(of.services, of.projects),
    )
    return begin(frame, start(of), pools, given)


def points(of: Case, draws: range) -> Array:
    """Where each draw stands in the range of each parameter (0, 1), shape [region, draw, parameter].

    Regions share their draws: the uncertainty of a parameter is common to the counties of a prefecture.
    """
    return np.stack([design(of.seed, draws, region.correlation_paths, region.correlation) for region in of.regions])


def inputs(of: Case, draws: range, where: Array) -> tuple[Given, Afterwards]:
    """What the years are given, and measured by. where: as `points` gives it for the same draws."""
    tables = region_values(of, draws, where)
    by = afterwards(of, tables)
    return yearly(of, tables, by, len(draws)), by


def noises(of: Case, draws: range) -> list[dict[str, Array]]:
    """Year-to-year noise by region and site, each [draw, year]."""
    n_years = len(of.years)
    return [noise.paths(of.seed, region.id, draws, n_years, fixed(region.settings)) for region in of.regions]


def region_values(
    of: Case, draws: range, where: Array, multipliers: Sequence[Mapping[str, Array]] | None = None
) -> list[dict[str, Array]]:
    """Values of every parameter by region and path, each [draw or 1, year]. where: as `points` gives it.

    multipliers: as `noises` gives them, where they are known.
    """
    own, traced = of.parameters, [one for one, _ in of.indicators]
    moved = noises(of, draws) if multipliers is None else multipliers
    return [
        values(region.settings, of.years, of.seed, draws, at, by_site, own)
        | past_growth(traced, region.settings, of.base_year, of.seed, draws)
        for region, at, by_site in zip(of.regions, where, moved, strict=True)
    ]


def yearly(
    of: Case, tables: Sequence[Mapping[str, Array]], by: Afterwards, n_lanes: int, which: range | None = None
) -> Given:
    """The inputs of every year, or of some, by position.

    tables: values of every parameter by region, each [lane or 1, year]; by: what the same years are measured by.
    """
    which = range(len(of.years)) if which is None else which
    years = of.years[: which.stop]
    tables = [{path: value[:, : len(years)] for path, value in table.items()} for table in tables]
    rates, counts, headship = [], [], []
    for region, own_values in zip(of.regions, tables, strict=True):
        allowed = kept_from_villages(own_values, has_villages(region.pop))
        rates.append(population.rates(allowed, years, n_lanes, of.deaths_off_trend[: len(years)]))
        counts.append(population.counts(allowed, years, n_lanes))
        headship.append(population.headship(own_values, years, n_lanes))
    heads = np.stack(headship, axis=1)
    least = _together([table["household.least_size"] for table in tables])
    values = {name: _together([table[name] for table in tables]) for name in ECONOMIC}
    values = at_market(values, years, of.completions)
    chosen = slice(which.start, which.stop)
    economy = packed(economy_inputs(values, heads, least), len(years), (n_lanes, len(of.regions)))
    built = [of.table.ids.index(id_) for id_ in delivered(of.services, of.projects)]
    return Given(
        years=years[chosen],
        rates=_by_year(rates)[chosen],
        counts=_by_year(counts)[chosen],
        economy=economy[chosen],
        services=standards(of.acting, by.norms).of_years(chosen),
        running_cost=of_years(side_by_side([by.prices.running_cost[at] for at in built]), chosen),
    )


def afterwards(of: Case, tables: Sequence[Mapping[str, Array]]) -> Afterwards:
    """What the years are measured by once they are over. tables: as for `yearly`."""
    services = {
        path: _by_year_where_needed(_together([table[path] for table in tables])) for path in of.service_parameters
    }
    return Afterwards(
        years=of.years,
        norms=norms(of.table, services),
        prices=prices(of.table, services),
        others={path: _together([table[path] for table in tables]).transpose(2, 0, 1) for path in OTHERS},
        indicators={one.id: over_years(one, tables[0], of.years).T for one, _ in of.indicators},
    )


def _by_year(regions: Sequence[Array]) -> Array:
    """Columns of all regions [year, draw, region, column], of those of each [draw, year, column]."""
    found = np.empty((regions[0].shape[1], len(regions[0]), len(regions), regions[0].shape[2]))
    for region, columns in enumerate(regions):
        found[:, :, region] = columns.transpose(1, 0, 2)
    return found


def _by_year_where_needed(values: Array) -> Array:
    """Values [lane or 1, region, year] with years in front, or as one year where all years agree."""
    steady = not values.strides[-1] or bool((values == values[..., :1]).all())
    return (values[..., :1] if steady else values).transpose(2, 0, 1)


def _together(parts: Sequence[Array]) -> Array:
    """Values of one parameter [lane or 1, region, year]; one lane stands for all where all agree."""
    if len(parts) == 1:
        return parts[0][:, np.newaxis]
    n_lanes = max(len(part) for part in parts)
    return np.stack([np.broadcast_to(part, (n_lanes, part.shape[1])) for part in parts], axis=1)
