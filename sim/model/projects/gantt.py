"""When the projects of a pool get through their stages, over groups of draws: the rows of a Gantt chart."""

from collections.abc import Sequence

import numpy as np

from sim.model.arrays import Array
from sim.model.projects.months import month_of
from sim.model.projects.project import Project
from sim.model.projects.records import Moment, ProjectRow
from sim.model.projects.stages import Stages


def rows(projects: Sequence[Project], stages: Stages, horizon: int, test_year: int) -> list[ProjectRow]:
    """A row a project of one region, in their order. stages: where they stand at the end of the last year, `horizon`.

    A date after the run's end is not within the run, even where it is known already. Raises ValueError without groups.
    """
    if not len(stages.opened):
        raise ValueError("no groups to take quantiles of")
    return [_row(project, stages, index, horizon, test_year) for index, project in enumerate(projects)]


def _row(project: Project, stages: Stages, index: int, horizon: int, test_year: int) -> ProjectRow:
    end, opened = month_of(horizon + 1), stages.opened[:, index]
    test = month_of(test_year + 1)
    ahead = lead(project)
    return ProjectRow(
        id=project.id,
        entry=project.entry,
        number=project.number,
        name=project.name,
        kind=project.kind,
        region=project.region,
        zone=project.zone,
        priority=project.priority,
        delivers=tuple(part.what for part in project.delivers),
        begins=project.begins / 12.0,
        approved=_moment(stages.approved[:, index], end),
        started=_moment(stages.started[:, index], end),
        opened=_moment(opened, end),
        lead=ahead,
        latest=(to_open_in(project, test_year) - ahead) / 12.0,
        opened_by_test=float((opened < test).mean()),
        groups=len(opened),
    )


def to_open_in(project: Project, year: int) -> float:
    """The last moment at which it may be done so as to open in a year [month]."""
    return month_of(year + 1) if project.opens_in is None else month_of(year) + project.opens_in


def lead(project: Project) -> float:
    """What the stages that lie ahead take by their central durations [month]."""
    left = {
        "approval": (project.approval, project.construction),
        "waiting": (project.construction,),
        "construction": (project.construction,),
    }[project.stage]
    return sum(chance.central for chance in (*left, project.opening))


def _moment(moments: Array, end: float) -> Moment:
    """The smallest moments that 10%, 50% and 90% of all do not exceed; None where that is beyond the run."""
    known = np.sort(np.where(moments < end, moments, np.inf))
    places = [max(int(np.ceil(share * len(known) - 1e-9)) - 1, 0) for share in (0.1, 0.5, 0.9)]
    return Moment(*(float(known[place]) / 12.0 if np.isfinite(known[place]) else None for place in places))
