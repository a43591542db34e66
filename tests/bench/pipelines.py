"""The project pools of a run: seconds of a queue for each group of draws."""

from tests.bench.timing import seconds
from tests.process.project_pools import pool, project

GROUPS, PROJECTS, YEARS = 20, 40, 15


def measure() -> dict[str, float]:
    """Seconds that twenty groups of forty projects take for fifteen years, and microseconds of a project-year."""
    from sim.process.projects import advance, start
    from sim.stocks.pipeline import Supply

    begins = [12.0 * (2021 + index % 10) for index in range(PROJECTS)]
    given = pool([project(f"p{index}", begins=begins[index], cost=50.0) for index in range(PROJECTS)], 9.0, 14.0)

    def run() -> None:
        for _ in range(GROUPS):
            progress = start(given.projects, given.drawn, 2020)
            for _ in range(YEARS):
                progress, _ = advance(given.projects, given.drawn, progress, Supply(200.0, 1e6, 8))

    whole = seconds(run)
    return {"whole": whole, "project_year": 1e6 * whole / (GROUPS * PROJECTS * YEARS)}
