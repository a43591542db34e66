"""The project pools of a run: seconds of arrays where all is there, and of queues where something is short."""

from unittest.mock import patch

import numpy as np

from sim.model.projects import pools
from sim.model.projects.line import ProjectsSums
from sim.model.projects.pools import Limits, at_base, programme
from sim.model.records import layout
from tests.bench.table import Row, at_most, plain
from tests.bench.timing import seconds
from tests.model.projects.project_pools import BASE, THINGS, project, year

GROUPS, PROJECTS, YEARS = 20, 40, 15
SHORT, PLENTY = (120.0, 2.0), (1e6, 1000.0)
"""Money of a year, of which the projects of a year ask for 200, and crews."""


def rows() -> list[Row]:
    """Twenty lanes of forty projects for fifteen years, with too little money and too few crews, and with plenty."""
    with patch.object(pools, "simulate", wraps=pools.simulate) as queue:
        _run(*SHORT)
        simulated = queue.call_count
        _run(*PLENTY)
    assert 0 < simulated == queue.call_count, "only pools that are short of crews are simulated"
    short, plenty = seconds(lambda: _run(*SHORT)), seconds(lambda: _run(*PLENTY))
    what = (
        f"project pools with too little money and too few crews, {GROUPS} lanes × {PROJECTS} projects × {YEARS} years"
    )
    return [
        at_most(what, short, "s", 0.5, 3),
        Row("– of its lane-years, simulated with SimPy", f"{simulated} of {GROUPS * YEARS}"),
        plain("– a pool that is simulated for a year", 1e3 * (short - plenty) / simulated, "ms", 2),
        Row("the same with too little ÷ with plenty", f"{short / plenty:.0f} ×"),
    ]


def _run(money: float, crews: float) -> None:
    begins = [12.0 * (BASE + 1 + index % 10) for index in range(PROJECTS)]
    projects = [project(f"p{index:02}", begins=begins[index], cost=50.0) for index in range(PROJECTS)]
    of = programme(projects, ["shire"], 1, range(GROUPS), BASE, THINGS)
    limits, sums = np.empty((GROUPS, 1), layout(Limits)), np.empty((GROUPS, 1), layout(ProjectsSums))
    stages, left = at_base(of, BASE), np.zeros((GROUPS, 1))
    for number in range(BASE + 1, BASE + 1 + YEARS):
        left = left + money
        limits["money"], limits["land"], limits["crews"], limits["approval_time"] = left, 1e6, crews, 1.0
        left = left - year(of, stages, number, limits, sums).spent
