"""Whole ensembles: threads, and how time grows with draws, years and regions."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sim.model.people.kernels.year import lanes_year
from sim.model.people.step import LEDGER_WIDTH, N_CELLS, N_GROUPS, ROUTES
from sim.run.case import Case, points, start
from sim.run.ensemble import simulate
from tests.bench.timing import paired, seconds
from tests.scenarios import prepared

DRAWS = 2000


def twice(case: Case) -> Case:
    """The same county two times over, as two regions."""
    both = {
        name: np.concatenate([getattr(case.constants, name)] * 2)
        for name in ("deaths_ratio", "fertility", "profiles", "arrival_profile", "weights")
    }
    region = case.regions[0]
    regions = (region, replace(region, id="twin"))
    return replace(case, regions=regions, constants=replace(case.constants, **both))


def measure() -> dict[str, float]:
    """Seconds of ensembles of one county, and ratios of twice as much to once."""
    case = prepared("pilot").case
    longer = prepared("pilot", "horizon=2050").case
    one, two = paired(lambda: simulate(case, range(DRAWS)), lambda: simulate(case, range(DRAWS), jobs=2))
    whole, kernel = paired(lambda: simulate(case, range(DRAWS)), _kernel_alone(case))
    return {
        "one_thread": one,
        "two_threads": two,
        "whole_to_kernel": whole / kernel,
        "kernel_alone": kernel,
        "double_draws": seconds(lambda: simulate(case, range(2 * DRAWS)), 3) / one,
        "double_years": seconds(lambda: simulate(longer, range(DRAWS)), 3) / one,
        "double_regions": seconds(lambda: simulate(twice(case), range(DRAWS)), 3) / one,
    }


def _kernel_alone(case: Case) -> Callable[[], None]:
    """The population kernel by itself, over the same lane-years."""
    from sim.run.case import inputs

    block = range(200)
    given = [year.people for year in inputs(case, block, points(case, block))[0].of()]
    old = np.repeat(start(case).pop, len(block), axis=0).reshape(len(block), 1, N_CELLS, N_GROUPS)
    new, ledger, before = np.empty_like(old), np.empty((len(block), 1, LEDGER_WIDTH)), np.empty((len(block), 1))
    of = case.constants

    def years() -> None:
        for _ in range(DRAWS // len(block)):
            for year in given:
                lanes_year(old, new, year.rates, year.counts, of.schedules, ROUTES, ledger, before)

    return years
