"""Random lanes for property tests and benchmarks: valid inputs of the kernel and of the oracle."""

import numpy as np

from sim.model.arrays import Array, Integers
from sim.model.axes import AWAY, N_AGES, OUTSIDE_REGISTRATION, POP_SHAPE, REGISTRATIONS
from sim.model.people.changes import CHANGES
from sim.model.people.flows import FLOWS
from sim.model.people.kernels.year import N_LEADING
from sim.model.people.state import State
from sim.model.people.step import N_FLOWS, N_GROUPS, ROUTES, WEIGHTS, Constants, YearInputs
from tests.oracle import Year


def population(rng: np.random.Generator, lanes: tuple[int, int]) -> Array:
    """Random people with empty cells among them [draw, region, zone, registration, sex, age]."""
    pop = rng.gamma(0.5, 800.0, size=(*lanes, *POP_SHAPE))
    pop[rng.random((*lanes, *POP_SHAPE)) < 0.05] = 0.0
    pop[:, :, AWAY, OUTSIDE_REGISTRATION] = 0.0
    return pop


def constants(rng: np.random.Generator, regions: int) -> Constants:
    """Random schedules of `regions` regions."""
    fertility = np.zeros((regions, POP_SHAPE[0], N_AGES))
    fertility[..., 15:50] = rng.dirichlet(np.ones(35), size=(regions, POP_SHAPE[0]))
    profiles = rng.gamma(2.0, 0.5, size=(regions, N_FLOWS, N_GROUPS))
    profiles[:, len(FLOWS) :] = 1.0
    return Constants(
        deaths_ratio=rng.uniform(0.0, 0.5, size=(regions, POP_SHAPE[0], 2, N_AGES)),
        fertility=fertility,
        profiles=profiles,
        arrival_profile=rng.dirichlet(np.ones(N_GROUPS), size=(regions, AWAY)),
        weights=rng.uniform(0.0, 0.5, size=(regions, len(WEIGHTS), AWAY, N_GROUPS)),
    )


def inputs(rng: np.random.Generator, lanes: tuple[int, int], year: int = 2021, high: float = 0.2) -> YearInputs:
    """Random rates of a year; with `high` near 1 the flows of a cell pass the ceiling."""
    rates = np.zeros((*lanes, N_LEADING + N_FLOWS))
    rates[..., 0] = rng.uniform(0.5, 1.5, size=lanes)
    rates[..., 1] = rng.uniform(1.0, 1.2, size=lanes)
    rates[..., 2] = rng.uniform(0.0, 1.0, size=lanes)
    rates[..., 3:7] = rng.uniform(0.0, 3.0, size=(*lanes, 4))
    rates[..., 7:10] = rng.uniform(0.0, 5000.0, size=(*lanes, 3))
    rates[..., N_LEADING:] = rng.uniform(0.0, high, size=(*lanes, N_FLOWS))
    rates[..., N_LEADING:][rng.random((*lanes, N_FLOWS)) < 0.2] = 0.0
    counts = np.where(rng.random((*lanes, N_FLOWS)) < 0.2, rng.uniform(0.0, 500.0, size=(*lanes, N_FLOWS)), 0.0)
    counts[..., len(FLOWS) :] = 0.0
    return YearInputs(year, rates, counts)


def state(rng: np.random.Generator, lanes: tuple[int, int]) -> State:
    """A random stock at the end of 2020."""
    return State(2020, population(rng, lanes))


def oracle_year(of: Constants, given: YearInputs, draw: int, region: int) -> Year:
    """The same lane in the oracle's words."""
    rates = given.rates[draw, region]
    shape = (2, N_AGES)
    return Year(
        death_level=float(rates[0]),
        males_per_female=float(rates[1]),
        left_behind=float(rates[2]),
        tfr=rates[3:7],
        arrivals=rates[7:10],
        flow_rates=rates[N_LEADING:],
        flow_counts=given.counts[draw, region],
        deaths_ratio=of.deaths_ratio[region],
        fertility=of.fertility[region],
        profiles=of.profiles[region].reshape(N_FLOWS, *shape),
        arrival_profile=of.arrival_profile[region].reshape(AWAY, *shape),
        transfers=_routes(ROUTES.transfer),
        boundaries=_routes(ROUTES.boundary),
        settlements=_routes(ROUTES.registration),
    )


def _routes(table: Integers) -> list[tuple[int, int, int, int, int]]:
    n = len(REGISTRATIONS)
    return [
        (int(s) // n, int(s) % n, int(d) // n if d >= 0 else -1, int(d) % n if d >= 0 else -1, int(f))
        for s, d, f in table
    ]


assert len(FLOWS) + len(CHANGES) == N_FLOWS
