"""A resolved scenario with its regions' base years: all that a run of any draw needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.axes import AWAY, POP_SHAPE, RURAL
from sim.national import National
from sim.parameters.transfer import ARRIVAL_PATHS, FLOWS
from sim.process import population
from sim.process.values import design, fixed, values
from sim.scenario.resolved import RegionRef, Setting
from sim.state import State
from sim.step import Constants, YearInputs

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RegionCase:
    """One region of a case: what the user set, its people in the base year, its households then."""

    id: str
    settings: tuple[Setting, ...]
    correlation_paths: tuple[str, ...]
    correlation: Array | None
    pop: Array
    households: float


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that decides a run. years: the years that are simulated, after the base year.

    groups: regions that are also reported together, each by their positions.
    """

    base_year: int
    years: range
    seed: int
    regions: tuple[RegionCase, ...]
    constants: Constants
    groups: tuple[tuple[int, ...], ...] = ()


def region_case(ref: RegionRef, settings: Sequence[Setting], pop: Array, households: float) -> RegionCase:
    """A region's case. pop: persons at the end of the base year [zone, hukou, sex, age]."""
    matrix = np.array(ref.correlation) if ref.correlation_paths else None
    return RegionCase(ref.id, tuple(settings), ref.correlation_paths, matrix, pop, households)


def case(
    base_year: int, horizon: int, seed: int, regions: Sequence[RegionCase], national: National, headship: Array
) -> Case:
    """The case of these regions from `base_year` to `horizon`.

    headship: national shape of headship rates [sex, age]; it is scaled to each region's households.
    """
    shapes = [fixed(region.settings) for region in regions]
    fertility = np.broadcast_to(national.fertility_of((base_year + horizon) // 2), (POP_SHAPE[0], POP_SHAPE[-1]))
    deaths = population.zone_deaths(national.deaths_ratio, national.zone_mortality)
    constants = Constants(
        deaths_ratio=np.stack([deaths] * len(regions)),
        fertility=np.stack([fertility] * len(regions)),
        profiles=np.stack([population.flow_profiles(shape) for shape in shapes]),
        arrival_profile=np.stack([population.arrival_profile(shape) for shape in shapes]),
        headship=np.stack([scaled_headship(region, headship) for region in regions]),
    )
    return Case(base_year, range(base_year + 1, horizon + 1), seed, tuple(regions), constants)


def scaled_headship(region: RegionCase, shape: Array) -> Array:
    """Headship rates [households/person], [zone without away, sex × age], that give the base year's households."""
    residents = region.pop[:AWAY].sum(axis=(0, 1))
    expected = float((residents * shape).sum())
    scale = region.households / expected if expected > 0.0 else 0.0
    return np.stack([(shape * scale).ravel()] * AWAY)


def start(of: Case, n_draws: int) -> State:
    """The base year, the same for every draw."""
    pop = np.stack([region.pop for region in of.regions])
    return State(of.base_year, np.repeat(pop[np.newaxis], n_draws, axis=0))


def points(of: Case, draws: range) -> Array:
    """Where each draw stands in the range of each parameter (0, 1), shape [region, draw, parameter].

    Regions share their draws: the uncertainty of a parameter is common to the counties of a prefecture.
    """
    return np.stack([design(of.seed, draws, region.correlation_paths, region.correlation) for region in of.regions])


def _without_villages(table: Mapping[str, Array], pop: Array) -> dict[str, Array]:
    """The values, with nobody moving to, or left with family in, the countryside of a region that has none."""
    if pop[RURAL].sum() > 0.0:
        return dict(table)
    return {path: np.zeros_like(value) if path in _TO_VILLAGES else value for path, value in table.items()}


_TO_VILLAGES = frozenset(
    name for flow in FLOWS if flow.destination == RURAL for name in (flow.path, f"{flow.path}_count")
) | {ARRIVAL_PATHS[RURAL], "fertility.left_behind"}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Inputs of every year for some draws. headship_factor: headship against the base year [draw, region, year]."""

    years: tuple[YearInputs, ...]
    headship_factor: Array


def inputs(of: Case, draws: range, where: Array) -> Inputs:
    """What the years are given. where: as `points` gives it for the same draws."""
    n_draws, n_years = len(draws), len(of.years)
    rates, counts, factors = [], [], []
    for region, at in zip(of.regions, where, strict=True):
        table = _without_villages(values(region.settings, of.years, of.seed, draws, at, region.id), region.pop)
        rates.append(population.rates(table, of.years, n_draws))
        counts.append(population.counts(table, of.years, n_draws))
        trend = np.broadcast_to(table["household.headship_trend"], (n_draws, n_years))
        factors.append(np.cumprod(1.0 + trend, axis=1))
    by_year, extra = np.stack(rates, axis=1), np.stack(counts, axis=1)
    years = tuple(
        YearInputs(year, np.ascontiguousarray(by_year[:, :, i]), np.ascontiguousarray(extra[:, :, i]))
        for i, year in enumerate(of.years)
    )
    return Inputs(years, np.stack(factors, axis=1))
