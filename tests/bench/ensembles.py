"""Whole ensembles: what the model takes besides the kernel, threads, and growth with draws, years, regions, members."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sim.model.people.kernels.step import space
from sim.model.people.step import LEDGER_WIDTH, N_CELLS, N_GROUPS, ROUTES
from sim.run.case import Case, inputs, points, start
from sim.run.ensemble import simulate
from tests.bench.population import lanes_year
from tests.bench.table import Row, at_least, at_most, plain
from tests.bench.timing import WALL, paired, seconds
from tests.scenarios import prepared

DRAWS = 2000
LINEAR = 2.3
"""What twice as much may take at most, a busy machine's noise included."""


def rows() -> list[Row]:
    """The whole model over the kernel, and one thread over two."""
    case = prepared("pilot").case
    whole, kernel = paired(lambda: simulate(case, range(DRAWS)), _kernel_alone(case))
    one, two = paired(lambda: simulate(case, range(DRAWS)), lambda: simulate(case, range(DRAWS), jobs=2), 5, WALL)
    return [
        plain("population kernel over the lane-years of a run, a lane-year", 1e6 * kernel / _lane_years(case), "µs"),
        plain("whole model with all measures, a lane-year", 1e6 * whole / _lane_years(case), "µs"),
        at_most("whole model with all measures ÷ population kernel", whole / kernel, "×", 1.6, 2),
        at_least("ensemble: one thread ÷ two threads", one / two, "×", 1.8),
    ]


def growth() -> list[Row]:
    """What twice as many draws, years and regions take over once."""
    case, longer = prepared("pilot").case, prepared("pilot", "horizon=2050").case
    once, more = _timed(case, DRAWS), []
    for what, of, draws in (
        ("draws", case, 2 * DRAWS),
        ("years", longer, DRAWS),
        ("regions", twice(case), DRAWS),
    ):
        more.append(at_most(f"time with twice the {what}", _timed(of, draws) / once, "×", LINEAR, 2))
    return more


def _timed(case: Case, draws: int) -> float:
    return seconds(lambda: simulate(case, range(draws)), 3)


def _lane_years(case: Case) -> int:
    return DRAWS * len(case.years)


def twice(case: Case) -> Case:
    """The same county two times over, as two regions."""
    both = {
        name: np.concatenate([getattr(case.constants, name)] * 2)
        for name in ("deaths_ratio", "fertility", "profiles", "arrival_profile", "weights")
    }
    region = case.regions[0]
    regions = (region, replace(region, id="twin"))
    return replace(case, regions=regions, constants=replace(case.constants, **both))


def _kernel_alone(case: Case) -> Callable[[], None]:
    """The population kernel by itself, over the same lane-years."""
    block = range(200)
    given = inputs(case, block, points(case, block))[0]
    old = np.repeat(start(case).pop, len(block), axis=0).reshape(len(block), 1, N_CELLS, N_GROUPS)
    new, ledger, before = np.empty_like(old), np.empty((len(block), 1, LEDGER_WIDTH)), np.empty((len(block), 1))
    of, work = case.constants.taken, space(N_CELLS, N_GROUPS, given.rates.shape[3])

    def years() -> None:
        for _ in range(DRAWS // len(block)):
            for rates, counts in zip(given.rates, given.counts, strict=True):
                lanes_year(old, new, rates, counts, of.schedules, ROUTES, ledger, before, work)

    return years
