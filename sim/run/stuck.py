"""Projects that wait for money which can never come together within the run, from what a run keeps.

All of a project's cost is committed when it starts, and what is left of a year's money may be carried over only so
far: one that costs more than any year can have stands at the head of the queue for good, and all others wait behind it.
"""

from collections.abc import Mapping

from sim.model.projects.project import Project
from sim.model.projects.records import ProjectRow
from sim.model.projects.times import rank
from sim.run.tables import RunTables, Stuck
from sim.scenario import explain
from sim.scenario.resolved import ResolvedScenario


def stuck(scenario: ResolvedScenario, tables: RunTables) -> tuple[Stuck, ...]:
    """The projects that were approved, never start in the median run and cost more than any year can have, by rank.

    Costs and parameters are taken at their central values, the money of a year at its mean over the draws.
    """
    projects = {project.id: project for project in scenario.projects}
    waiting = sorted((row for row in tables.projects if _waits(row)), key=_rank)
    return tuple(
        found
        for region in dict.fromkeys(row.region for row in waiting)
        for found in _of_region([row for row in waiting if row.region == region], projects, scenario, tables)
    )


def _of_region(
    waiting: list[ProjectRow], projects: Mapping[str, Project], scenario: ResolvedScenario, tables: RunTables
) -> list[Stuck]:
    at_most = _at_most(scenario, tables, waiting[0].region)
    found = []
    for position, row in enumerate(waiting):
        project, since = projects[row.id], row.approved.median or row.begins
        cost = project.cost.central * project.budget_share
        year, most = max(((y, m) for y, m in at_most.items() if y >= int(since)), key=lambda pair: pair[1])
        if cost > most:
            behind = len(waiting) - position - 1
            found.append(
                Stuck(
                    id=row.id,
                    entry=row.entry,
                    name=row.name,
                    region=row.region,
                    since=since,
                    cost=cost,
                    most=most,
                    year=year,
                    behind=behind,
                )
            )
    return found


def _at_most(scenario: ResolvedScenario, tables: RunTables, region: str) -> dict[int, float]:
    """What a year has if nothing was spent before: carried over, its own money, and credit without any debt [yuan]."""
    revenue, residents = (_means(tables, measure, region) for measure in ("money_year", "resident"))
    capital, ceiling, carry = (
        _values(scenario, region, f"budget.{name}") for name in ("capital", "debt_ceiling", "carry")
    )
    base = residents[scenario.base_year]
    return {
        year: max(carry[year - 1] * max(revenue.get(year - 1, 0.0), 0.0) + revenue[year], 0.0)
        + ceiling[year] * capital[year] * base
        for year in revenue
    }


def _values(scenario: ResolvedScenario, region: str, path: str) -> dict[int, float]:
    """Central values of a parameter by year, that of the first year also for the base year."""
    one = next(found for found in explain(scenario, path) if found.region == region)
    years = range(scenario.base_year, scenario.horizon + 1)
    known = dict(zip(one.years, one.values, strict=True))
    return {year: known.get(year, one.values[0]) for year in years}


def _means(tables: RunTables, measure: str, region: str) -> dict[int, float]:
    series = tables.series
    mine = (series["measure"] == measure) & (series["region"] == region) & (series["statistic"] == "mean")
    return dict(series.where(mine).rows("year", "value"))


def _waits(row: ProjectRow) -> bool:
    return row.approved.median is not None and row.started.median is None


def _rank(row: ProjectRow) -> tuple[float, int, float, str, int]:
    return rank(12.0 * (row.approved.median or 0.0), row.priority, row.entry, row.number)
