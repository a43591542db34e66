"""The decade between two censuses, run once for many counties: each county is a lane of one run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.figures import figures_of
from sim.evidence.calibrate.free_parameters import FreeParameter
from sim.evidence.calibrate.split import SHARE, share_at, split
from sim.model.arrays import Array, Integers, within
from sim.model.axes import AWAY, N_AGES, POP_SHAPE, ZONES
from sim.model.engine import trajectory
from sim.model.people import rates as population
from sim.model.people.flows import ARRIVAL_PATHS
from sim.model.people.state import State
from sim.model.people.step import WEIGHTS, Constants, Flows, YearInputs, step
from sim.model.people.villages import has_villages, kept_from_villages
from sim.model.registry import FIXED_PREFIXES, PARAMETERS
from sim.places.china.national import National

R = TypeVar("R")

ARRIVAL_SHARES = (0.6, 0.25, 0.15)
"""Where outsiders arrive: county seat, towns, villages (assumption)."""


@quickclass(frozen=True, slots=True)
class Decade:
    """What is known before the fit: the first census as a base year, and the years until the second.

    pop: persons [zone, registration, sex, age]; arrivals: prior of outsiders arriving a year [persons]; code: of the
    county, whose first digits are the province whose expectation of life is published; reclassified: of villagers who
    become urban, those whose village does, before the fit [1].
    """

    pop: Array
    years: range
    arrivals: float
    national: National
    code: str
    reclassified: float = SHARE


@quickclass(frozen=True, slots=True)
class Lanes:
    """Counties that live through the same years, and which of them each lane is.

    pop: persons [county, zone, registration, sex, age]; arrivals: outsiders arriving a year before any parameter
    [persons], [county, zone without away]; headship: level of headship rates against the national schedule in
    the first year [1], [county]; mortality: level of deaths before any parameter [1], [county, year]; reclassified: as
    of a decade [county]; rows: county of each lane [lane].
    """

    pop: Array
    arrivals: Array
    headship: Array
    mortality: Array
    reclassified: Array
    years: range
    national: National
    parameters: tuple[FreeParameter, ...]
    rows: Integers

    def take(self, lanes: Integers) -> "Lanes":
        """These lanes, in this order; one may be taken many times."""
        return replace(self, rows=self.rows[lanes])

    def part(self, block: slice) -> "Lanes":
        """A stretch of lanes."""
        return replace(self, rows=self.rows[block])


def lanes_of(
    decades: Sequence[Decade], households: Sequence[float | None], parameters: tuple[FreeParameter, ...]
) -> Lanes:
    """One lane a county; all must live through the same years. households: at the first census."""
    first = decades[0]
    if any(decade.years != first.years for decade in decades):
        raise ValueError("counties of one batch must live through the same years")
    pop = np.stack([decade.pop for decade in decades])
    arrivals = np.outer([decade.arrivals for decade in decades], ARRIVAL_SHARES)
    heads = (pop[:, :AWAY].sum(axis=(1, 2)) * first.national.headship).sum(axis=(1, 2))
    level = np.array([given or np.nan for given in households]) / heads
    level = np.where(np.isfinite(level), level, np.nanmedian(level) if np.isfinite(level).any() else 1.0)
    deaths = np.stack([decade.national.province_mortality_of(decade.code, decade.years) for decade in decades])
    shares = np.array([decade.reclassified for decade in decades])
    rows = np.arange(len(decades))
    return Lanes(pop, arrivals, level, deaths, shares, first.years, first.national, parameters, rows)


def together(parts: Sequence[Lanes]) -> Lanes:
    """The lanes of many, one after the other; all must live through the same years."""

    def joined(of: Callable[[Lanes], Array]) -> Array:
        return np.concatenate([of(part) for part in parts])

    return replace(
        parts[0],
        pop=joined(lambda part: part.pop[part.rows]),
        arrivals=joined(lambda part: part.arrivals[part.rows]),
        headship=joined(lambda part: part.headship[part.rows]),
        mortality=joined(lambda part: part.mortality[part.rows]),
        reclassified=joined(lambda part: part.reclassified[part.rows]),
        rows=np.arange(sum(len(part.rows) for part in parts)),
    )


def central(lanes: Lanes, parameters: Array) -> dict[str, Array]:
    """Values of all parameters, each [lane, year] or [1, year] (the fixed ones repeat their number)."""
    n_years = len(lanes.years)
    defaults = _defaults(n_years)
    values = dict(defaults)
    for zone, path in ARRIVAL_PATHS.items():
        values[path] = np.repeat(lanes.arrivals[lanes.rows, zone, np.newaxis], n_years, axis=1)
    values["fertility.tfr"] = np.array([[lanes.national.tfr_of(year) for year in lanes.years]])
    values["fertility.males_per_female"] = np.array(
        [[lanes.national.males_per_female_of(year) for year in lanes.years]]
    )
    values["mortality.level"] = lanes.mortality[lanes.rows]
    for free, column in zip(lanes.parameters, parameters.T, strict=True):
        number = column[:, np.newaxis]
        for path in free.paths if free.kind != "split" else ():
            values[path] = values[path] * np.exp(number) if free.kind == "times" else values[path] + number
    values = split(values, _reclassified(lanes, parameters))
    values = kept_from_villages(values, has_villages(lanes.pop)[lanes.rows, np.newaxis])
    return {
        path: value if value is defaults[path] else within(value, PARAMETERS[path].low, PARAMETERS[path].high)
        for path, value in values.items()
    }


@lru_cache(maxsize=4)
def _defaults(n_years: int) -> dict[str, Array]:
    """What parameters are where nothing sets them, each [1, year]; read only."""
    found = {path: np.full((1, n_years), parameter.default) for path, parameter in PARAMETERS.items()}
    for value in found.values():
        value.flags.writeable = False
    return found


def _reclassified(lanes: Lanes, parameters: Array) -> Array:
    """Of villagers who become urban, those whose village does [lane, 1]."""
    numbers = [column for free, column in zip(lanes.parameters, parameters.T, strict=True) if free.kind == "split"]
    return share_at(lanes.reclassified[lanes.rows], sum(numbers, start=np.zeros(1)))[:, np.newaxis]


def end_figures(lanes: Lanes, parameters: Array) -> Array:
    """Figures of the last year, [lane, figure], of lanes with these parameters [lane, theta]."""
    values = central(lanes, parameters)
    change = (1.0 + values["household.headship_trend"]).prod(axis=1)
    level = lanes.headship[lanes.rows] * change
    return figures_of(run(lanes, values), level[:, np.newaxis, np.newaxis] * lanes.national.headship)


def end(lanes: Lanes, parameters: Array) -> Array:
    """Persons at the end of the last year, [lane, zone, registration, sex, age]."""
    return run(lanes, central(lanes, parameters))


def run(lanes: Lanes, values: Mapping[str, Array]) -> Array:
    """Persons after those years with central values and no noise, [lane, zone, registration, sex, age]."""
    last, _ = lived(lanes, values, lambda state, flows: None)
    people: Array = last.pop[0]
    return people


def lived(lanes: Lanes, values: Mapping[str, Array], record: Callable[[State, Flows], R]) -> tuple[State, list[R]]:
    """The last year of such a run, one draw of many regions, and what `record` made of each year."""
    constants = _constants(lanes, values)
    n_lanes = len(lanes.rows)
    rates = population.rates(values, lanes.years, n_lanes, lanes.national.deaths_off_trend(lanes.years))
    counts = population.counts(values, lanes.years, n_lanes)
    given = [
        YearInputs(year, np.ascontiguousarray(rates[np.newaxis, :, i]), np.ascontiguousarray(counts[np.newaxis, :, i]))
        for i, year in enumerate(lanes.years)
    ]
    start = State(lanes.years[0] - 1, lanes.pop[lanes.rows][np.newaxis])
    return trajectory(lambda state, x: step(constants, state, x), start, given, record)


def _constants(lanes: Lanes, values: Mapping[str, Array]) -> Constants:
    n_lanes, national = len(lanes.rows), lanes.national
    fixed = {
        path: np.broadcast_to(value[:, 0], n_lanes) for path, value in values.items() if path.startswith(FIXED_PREFIXES)
    }
    deaths = population.zone_deaths(national.deaths_ratio, national.zone_mortality)
    fertility = np.broadcast_to(national.fertility_of(lanes.years[len(lanes.years) // 2]), (len(ZONES), N_AGES))
    return Constants(
        deaths_ratio=np.repeat(deaths[np.newaxis], n_lanes, axis=0),
        fertility=np.repeat(fertility[np.newaxis], n_lanes, axis=0),
        profiles=population.flow_profiles(fixed),
        arrival_profile=population.arrival_profile(fixed, national.age_structure_of(lanes.years[0] - 1)),
        weights=np.zeros((n_lanes, len(WEIGHTS), AWAY, POP_SHAPE[2] * POP_SHAPE[3])),
    )
