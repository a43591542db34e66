"""The project pools of a run: seconds of arrays where all is there, and of queues where something is short."""

from tests.bench.timing import seconds
from tests.model.projects.project_pools import BASE, project

GROUPS, PROJECTS, YEARS = 20, 40, 15


def measure() -> dict[str, float]:
    """Seconds that twenty groups of forty projects take for fifteen years, with plenty and with too little of all."""
    return {"plenty": seconds(lambda: _run(1e6, 1000.0)), "short": seconds(lambda: _run(200.0, 8.0))}


def _run(money: float, crews: float) -> None:
    import numpy as np

    from sim.model.projects.pools import Limits, at_base, programme, year_of

    begins = [12.0 * (BASE + 1 + index % 10) for index in range(PROJECTS)]
    projects = [project(f"p{index:02}", begins=begins[index], cost=50.0) for index in range(PROJECTS)]
    of = programme(projects, ["shire"], 1, range(GROUPS), BASE)
    each = np.ones((GROUPS, 1))
    stages, left = at_base(of, BASE), np.zeros((GROUPS, 1))
    for year in range(BASE + 1, BASE + 1 + YEARS):
        left = left + money
        limits = Limits(money=left, land=1e6 * each, crews=crews * each, approval_time=each)
        stages, outcome = year_of(of, stages, year, limits, ("places",))
        left = left - outcome.spent
