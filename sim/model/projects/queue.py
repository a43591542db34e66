"""The pipeline of a region's projects as a queue for money, land and crews: a discrete-event simulation on SimPy.

Projects are served strictly by rank: the quarter in which approval ends, priority, the moment approval ends, entry and
number. Nobody overtakes: a project starts when all before it have started and its money, land and crews are there. The
rank depends on nothing that is granted, so more money, land or crews never make any project start later. A simulation
begins from plain records and ends in plain records: no event or generator outlives a call.
"""

import math
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import simpy

from sim.model.projects.months import month_of
from sim.model.projects.project import Project
from sim.model.projects.records import Dates, Delivery, Drawn, Progress, ProjectYear, Shortage, Supply
from sim.model.projects.times import approval_ends, opens, rank

Events = Generator[simpy.Event, Any, None]

_BUILDING, _ABSENT, _QUEUED = range(3)
"""Who is served first when a crew is free: those who have one, crews that are not there this year, the queue."""


def simulate(
    projects: Sequence[Project], drawn: Drawn, progress: Progress, supplies: Sequence[Supply]
) -> tuple[Progress, tuple[ProjectYear, ...]]:
    """The pipeline some years on in one simulation, and what each year brought."""
    desk = _desk(projects, drawn, progress, supplies)
    years = []
    try:
        for supply in supplies:
            _open_year(desk, progress.year + 1, supply)
            desk.env.run(until=month_of(progress.year + 2))
            progress = _read(desk, progress.year + 1)
            years.append(_brought(projects, drawn, progress, _shortages(desk)))
    finally:
        for generator in desk.generators:
            generator.close()
    return progress, tuple(years)


@dataclass(slots=True)
class _Desk:
    """Scratch of one simulation.

    hands: crews of all its years, of which `absent` are not there; queue: those that wait, by rank; claims: what the
    first of them has asked for.
    """

    projects: Sequence[Project]
    drawn: Drawn
    env: simpy.Environment
    money: simpy.Container
    land: simpy.Container
    crews: simpy.PriorityResource
    hands: int
    dates: list[Dates]
    last: simpy.Event | None = None
    queue: list[int] = field(default_factory=list)
    claims: dict[Shortage, simpy.Event] = field(default_factory=dict)
    absent: list[simpy.resources.resource.PriorityRequest] = field(default_factory=list)
    generators: list[Events] = field(default_factory=list)


def _desk(projects: Sequence[Project], drawn: Drawn, progress: Progress, supplies: Sequence[Supply]) -> _Desk:
    now = month_of(progress.year + 1)
    env = simpy.Environment(initial_time=now)
    building = [index for index, dates in enumerate(progress.dates) if _is_building(dates, now)]
    in_use = sum(projects[index].crews for index in building)
    hands = max(1, in_use, *(_crews(supply, projects) for supply in supplies))
    desk = _Desk(
        projects,
        drawn,
        env,
        simpy.Container(env, init=progress.money),
        simpy.Container(env, init=progress.land),
        simpy.PriorityResource(env, hands),
        hands,
        list(progress.dates),
    )
    for index in building:
        requests = _requests(desk, projects[index].crews, _BUILDING)
        _run(desk, _finish(desk, index, requests))
    _line_up(desk, (index for index, dates in enumerate(progress.dates) if _is_waiting(dates) and _before(dates, now)))
    return desk


def _open_year(desk: _Desk, year: int, supply: Supply) -> None:
    """Puts the year's money, land and crews in, and those whose approval ends this year at the end of the queue."""
    now, end = month_of(year), month_of(year + 1)
    _fill(desk.money, supply.money)
    _fill(desk.land, supply.land)
    _set_crews(desk, desk.hands - _crews(supply, desk.projects))
    desk.dates[:] = _admitted(desk.projects, desk.drawn, desk.dates, year, supply.approval_time)
    coming = (index for index, dates in enumerate(desk.dates) if _is_waiting(dates) and not _before(dates, now))
    _line_up(desk, (index for index in coming if _before(desk.dates[index], end)))


def _line_up(desk: _Desk, coming: Iterable[int]) -> None:
    for index in sorted(coming, key=lambda index: _rank(desk.projects[index], desk.dates[index])):
        turn, desk.last = desk.last, desk.env.event()
        desk.queue.append(index)
        _run(desk, _build(desk, index, turn, desk.last))


def _run(desk: _Desk, events: Events) -> None:
    desk.generators.append(events)
    desk.env.process(events)


def _build(desk: _Desk, index: int, turn: simpy.Event | None, begun: simpy.Event) -> Events:
    """A project from approval to the end of its construction. turn: the start of the one before it."""
    env, project, cost = desk.env, desk.projects[index], desk.drawn.cost[index]
    yield env.timeout(max(0.0, _known(desk.dates[index].approved) - env.now))
    if turn is not None:
        yield turn
    desk.claims = {}
    if cost > 0.0:
        desk.claims["money"] = desk.money.get(cost)
    if project.land > 0.0:
        desk.claims["land"] = desk.land.get(project.land)
    yield env.all_of(desk.claims.values())
    requests = _requests(desk, project.crews, _QUEUED)
    desk.claims["crew"] = env.all_of(requests)
    yield desk.claims["crew"]
    desk.claims = {}
    desk.queue.remove(index)
    desk.dates[index] = _started(project, desk.drawn, index, desk.dates[index], env.now)
    begun.succeed()
    yield from _finish(desk, index, requests)


def _finish(desk: _Desk, index: int, requests: list[simpy.resources.resource.PriorityRequest]) -> Events:
    yield desk.env.timeout(_known(desk.dates[index].completed) - desk.env.now)
    for request in requests:
        desk.crews.release(request)


def _requests(desk: _Desk, crews: int, rank: int) -> list[simpy.resources.resource.PriorityRequest]:
    return [desk.crews.request(priority=rank) for _ in range(crews)]


def _set_crews(desk: _Desk, absent: int) -> None:
    """Takes crews away, as they become free, or gives them back, so that `absent` of all are not there."""
    desk.absent.extend(_requests(desk, absent - len(desk.absent), _ABSENT))
    while len(desk.absent) > absent:
        request = desk.absent.pop()  # the last asked is the first that may still wait
        if request.triggered:
            desk.crews.release(request)
        else:
            request.cancel()


def _fill(container: simpy.Container, amount: float) -> None:
    whole = _whole(amount)
    if whole > 0.0 and container.level < math.inf:
        container.put(whole)


def _read(desk: _Desk, year: int) -> Progress:
    """The records at a year's end; what the head of the queue has been given without starting goes back."""
    index = desk.queue[0] if desk.queue else None
    granted = {name for name, event in desk.claims.items() if event.triggered}
    money = desk.drawn.cost[index] if index is not None and "money" in granted else 0.0
    land = desk.projects[index].land if index is not None and "land" in granted else 0.0
    return Progress(year, desk.money.level + money, desk.land.level + land, tuple(desk.dates))


def _shortages(desk: _Desk) -> tuple[Shortage, ...]:
    return tuple(name for name, event in desk.claims.items() if not event.triggered)


def _brought(projects: Sequence[Project], drawn: Drawn, after: Progress, short_of: tuple[Shortage, ...]) -> ProjectYear:
    now, end = month_of(after.year), month_of(after.year + 1)
    pairs = tuple(enumerate(after.dates))
    opened = [index for index, dates in pairs if dates.opened is not None and now <= dates.opened < end]
    begun = [index for index, dates in pairs if dates.started is not None and now <= dates.started < end]
    approving = sum(dates.started is None and not _before(dates, end) for dates in after.dates)
    return ProjectYear(
        year=after.year,
        opened=_sums(projects, opened),
        started=_sums(projects, begun),
        spent=sum((drawn.cost[index] for index in begun), 0.0),
        invested=sum((drawn.investment[index] for index in begun), 0.0),
        land=sum((projects[index].land for index in begun), 0.0),
        approving=approving,
        waiting=sum(dates.started is None for dates in after.dates) - approving,
        building=sum(dates.opened is not None and dates.opened >= end for dates in after.dates),
        short_of=short_of,
    )


def _sums(projects: Sequence[Project], indices: Sequence[int]) -> tuple[Delivery, ...]:
    total: dict[tuple[str, int], float] = {}
    for index in indices:
        for part in projects[index].delivers:
            key = part.what, projects[index].zone
            total[key] = total.get(key, 0.0) + part.amount
    return tuple(Delivery(what, zone, total[what, zone]) for what, zone in sorted(total))


def _admitted(
    projects: Sequence[Project], drawn: Drawn, dates: Sequence[Dates], year: int, approval_time: float
) -> tuple[Dates, ...]:
    """The dates with the end of approval of those whose approval begins this year."""
    end = month_of(year + 1)
    return tuple(
        replace(one, approved=float(approval_ends(project.begins, drawn.approval[index], approval_time)))
        if one.approved is None and project.begins < end
        else one
        for index, (project, one) in enumerate(zip(projects, dates, strict=True))
    )


def _started(project: Project, drawn: Drawn, index: int, dates: Dates, now: float) -> Dates:
    completed = now + drawn.construction[index]
    month = math.nan if project.opens_in is None else float(project.opens_in)
    return Dates(dates.approved, now, completed, float(opens(completed, drawn.opening[index], month)))


def _rank(project: Project, dates: Dates) -> tuple[float, int, float, str, int]:
    return rank(_known(dates.approved), project.priority, project.entry, project.number)


def _crews(supply: Supply, projects: Sequence[Project]) -> int:
    return min(supply.crews, sum(project.crews for project in projects))


def _whole(amount: float) -> float:
    return float(math.floor(amount)) if math.isfinite(amount) else amount


def _is_waiting(dates: Dates) -> bool:
    return dates.approved is not None and dates.started is None


def _is_building(dates: Dates, now: float) -> bool:
    return dates.completed is not None and dates.completed > now


def _before(dates: Dates, moment: float) -> bool:
    return dates.approved is not None and dates.approved < moment


def _known(moment: float | None) -> float:
    assert moment is not None
    return moment
