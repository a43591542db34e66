"""When the projects of a pool get through their stages, over groups of draws: the rows of a Gantt chart."""

import math
from collections.abc import Sequence

from sim.scenario.project import Project
from sim.stocks.pipeline import Dates, Moment, Progress, ProjectRow, month_of


def rows(projects: Sequence[Project], ends: Sequence[Progress], test_year: int) -> list[ProjectRow]:
    """A row a project of one region, in their order. ends: the pipeline at the run's end, one entry a group.

    A date after the run's end is not within the run, even where it is known already. Raises ValueError without groups.
    """
    if not ends:
        raise ValueError("no groups to take quantiles of")
    return [
        _row(project, [end.dates[index] for end in ends], ends, test_year) for index, project in enumerate(projects)
    ]


def _row(project: Project, dates: Sequence[Dates], ends: Sequence[Progress], test_year: int) -> ProjectRow:
    last = month_of(ends[0].year + 1)
    test = month_of(test_year + 1)
    lead = _lead(project)
    in_time = test if project.opens_in is None else month_of(test_year) + project.opens_in
    return ProjectRow(
        project.id,
        project.entry,
        project.number,
        project.name,
        project.kind,
        project.region,
        project.zone,
        project.priority,
        tuple(part.what for part in project.delivers),
        project.begins / 12.0,
        _moment([one.approved for one in dates], last),
        _moment([one.started for one in dates], last),
        _moment([one.opened for one in dates], last),
        lead,
        (in_time - lead) / 12.0,
        sum(one.opened is not None and one.opened < test for one in dates) / len(dates),
        len(dates),
    )


def _lead(project: Project) -> float:
    """What the stages that lie ahead take by their central durations [month]."""
    left = {
        "approval": (project.approval, project.construction),
        "waiting": (project.construction,),
        "construction": (project.construction,),
    }[project.stage]
    return sum(chance.central for chance in (*left, project.opening))


def _moment(moments: Sequence[float | None], end: float) -> Moment:
    known = sorted(math.inf if moment is None or moment >= end else moment for moment in moments)
    return Moment(*(_quantile(known, share) for share in (0.1, 0.5, 0.9)))


def _quantile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that at least that share of all do not exceed, in years; None where it is beyond the run."""
    value = ordered[max(math.ceil(share * len(ordered) - 1e-9) - 1, 0)]
    return value / 12.0 if math.isfinite(value) else None
