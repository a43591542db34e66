"""The project pools of all regions and groups of draws, a year at a time: arrays in, arrays out.

Where money, land and crews suffice for all that are approved in a year, nobody waits but for those of higher rank, and
the dates follow without a queue. Only pools in which something runs short are simulated (`sim.model.projects.queue`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from sim.model.arrays import Array, Flags, Integers
from sim.model.axes import ZONES
from sim.model.projects.draws import drawn
from sim.model.projects.months import month_of
from sim.model.projects.project import Project
from sim.model.projects.queue import simulate
from sim.model.projects.records import Progress, Supply
from sim.model.projects.stages import Draws as AllDraws
from sim.model.projects.times import approval_ends, opens
from tests.model.oracle.projects_stages import Draws, Stages

Pipelines = tuple[Stages, ...]
"""Where every project stands, by region."""


@dataclass(frozen=True)
class Pool:
    """The projects of a region with what chance made of them in every group."""

    projects: tuple[Project, ...]
    draws: Draws

    @cached_property
    def begins(self) -> Array:
        """When approval begins, or the stage of the base year [month], [project]."""
        return np.array([one.begins for one in self.projects])

    @cached_property
    def month(self) -> Array:
        """The calendar month in which each may open, NaN for any [project]."""
        return np.array([np.nan if one.opens_in is None else one.opens_in for one in self.projects])

    @cached_property
    def land(self) -> Array:
        """Land that each takes [m²], [project]."""
        return np.array([one.land for one in self.projects])

    @cached_property
    def crews(self) -> Array:
        """Crews that each takes while it is built [project]."""
        return np.array([one.crews for one in self.projects], dtype=np.float64)

    @cached_property
    def rank(self) -> tuple[Array, Array]:
        """Priority and, among equals, the order of entries and numbers, each [project]."""
        order = sorted(range(len(self.projects)), key=lambda i: (self.projects[i].entry, self.projects[i].number))
        return np.array([one.priority for one in self.projects], dtype=np.float64), np.argsort(order).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Programme:
    """pools: by region; none where there are no projects."""

    pools: tuple[Pool, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a year's projects may use.

    money [yuan] and land [m²]: all that may be committed in the year, what was left before included; crews: rounded
    to whole ones; approval_time: factor on approvals that begin in the year.
    """

    money: Array
    land: Array
    crews: Array
    approval_time: Array

    def of(self, region: int) -> "Limits":
        """Those of one region with an axis for its projects [group, 1], in whole yuan, m² and crews."""
        columns = (value[:, [region]] for value in (self.money, self.land, self.crews, self.approval_time))
        money, land, crews, approval_time = columns
        return Limits(money=np.floor(money), land=np.floor(land), crews=np.rint(crews), approval_time=approval_time)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a year's projects did and delivered.

    spent [yuan], land [m²], waiting, building, completed [projects]. spent, land: of those that began
    to be built in the year; at its end: waiting: approved and not begun; building: begun and not open; completed:
    open. opened: amounts by zone and thing [group, region, zone, thing].
    """

    spent: Array
    land: Array
    waiting: Array
    building: Array
    completed: Array
    opened: Array


def programme(
    projects: Sequence[Project], regions: Sequence[str], seed: int, groups: Sequence[int], base_year: int
) -> Programme:
    """The projects shared out to their regions, with the chance of each group. groups: their numbers."""
    if not projects:
        return Programme()
    span = range(min(groups), max(groups) + 1)  # one call for all is many times faster
    rows = np.array(groups) - span.start
    shared = [tuple(one for one in projects if one.region == region) for region in regions]
    return Programme(tuple(Pool(mine, _at(drawn(mine, seed, span, base_year), rows)) for mine in shared))


def at_base(of: Programme, base_year: int) -> Pipelines:
    """Every pipeline at the base year's end."""
    return tuple(_at_base(pool, base_year) for pool in of.pools)


def year_of(
    of: Programme, before: Pipelines, year: int, limits: Limits, things: Sequence[str]
) -> tuple[Pipelines, Outcome]:
    """Every pipeline at a year's end, and what the year brought.

    things: names of what projects may deliver, in the order of the last axis. Nothing is carried over here: what is
    left of money and land is the caller's to give again. Raises KeyError for a delivery that `things` does not name.
    """
    if not of.pools:
        return before, _nothing(limits.money.shape, len(things))
    after = tuple(
        advance(pool, stages, year, limits.of(region))
        for region, (pool, stages) in enumerate(zip(of.pools, before, strict=True))
    )
    outcomes = [_outcome(pool, stages, year, things) for pool, stages in zip(of.pools, after, strict=True)]
    names = [field.name for field in fields(Outcome)]
    return after, Outcome(**{name: np.stack([getattr(one, name) for one in outcomes], axis=1) for name in names})


def advance(pool: Pool, before: Stages, year: int, limits: Limits) -> Stages:
    """The projects of a region at a year's end. limits: as `Limits.of` gives them, each [group, 1]."""
    end = month_of(year + 1)
    entering = np.isnan(before.approved) & (pool.begins < end)
    ends = approval_ends(pool.begins, pool.draws.approval, limits.approval_time)
    approved = np.where(entering, ends, before.approved)
    stages = replace(before, approved=approved)
    queue = np.isnan(before.started) & (approved < end)
    if not queue.any():
        return stages
    in_turn = _in_turn(pool, approved, queue, month_of(year))
    free = _begun(pool, stages, queue, in_turn)
    for group in np.flatnonzero(~_suffice(pool, free, queue, limits)).tolist():
        money, land, crews = (float(value[group, 0]) for value in (limits.money, limits.land, limits.crews))
        supply = Supply(money, land, int(crews))
        progress = Progress(year - 1, 0.0, 0.0, stages.of(group))
        free.put(group, simulate(pool.projects, pool.draws.of(group), progress, (supply,))[0].dates)
    return free


def _at_base(pool: Pool, base_year: int) -> Stages:
    stage = np.array([one.stage for one in pool.projects])
    building, waiting = stage == "construction", stage == "waiting"
    under_way = ~building & ~waiting & (pool.begins < month_of(base_year + 1))
    approved = np.where(under_way, pool.begins + pool.draws.approval, np.where(building | waiting, pool.begins, np.nan))
    unknown = np.full_like(approved, np.nan)
    stages = Stages(approved, unknown, unknown, unknown)
    return _begun(pool, stages, np.broadcast_to(building, approved.shape), np.broadcast_to(pool.begins, approved.shape))


def _in_turn(pool: Pool, approved: Array, queue: Flags, begin: float) -> Array:
    """When those in the queue start if nobody waits but for those of higher rank [group, project]."""
    priority, tie = (np.broadcast_to(key, approved.shape) for key in pool.rank)
    order = np.lexsort((tie, approved, priority, approved // 3.0, ~queue))
    ready = np.where(queue, np.maximum(approved, begin), begin)
    starts = np.empty_like(approved)
    np.put_along_axis(starts, order, np.maximum.accumulate(np.take_along_axis(ready, order, 1), axis=1), 1)
    return starts


def _begun(pool: Pool, stages: Stages, which: Flags, moments: Array) -> Stages:
    started = np.where(which, moments, stages.started)
    completed = np.where(which, moments + pool.draws.construction, stages.completed)
    opened = np.where(which, opens(moments + pool.draws.construction, pool.draws.opening, pool.month), stages.opened)
    return Stages(stages.approved, started, completed, opened)


def _suffice(pool: Pool, stages: Stages, queue: Flags, limits: Limits) -> Flags:
    """Whether money, land and crews are there for all of the queue at the start of each [group]."""
    money = (queue * pool.draws.cost).sum(axis=1) <= limits.money[:, 0]
    land = (queue * pool.land).sum(axis=1) <= limits.land[:, 0]
    crews = np.minimum(limits.crews[:, 0], pool.crews.sum())
    enough: Flags = money & land
    for one in np.flatnonzero(queue.any(axis=0) & (pool.crews > 0.0)):
        moment = stages.started[:, [one]]
        busy = (stages.started <= moment) & (stages.completed > moment)
        busy[:, one] = True  # it takes its crews even if it is built in no time
        enough &= ~queue[:, one] | ((busy * pool.crews).sum(axis=1) <= crews)
    return enough


def _outcome(pool: Pool, after: Stages, year: int, things: Sequence[str]) -> Outcome:
    """What a region's projects did in the year: as in `Outcome` without the axis of regions."""
    now, end = month_of(year), month_of(year + 1)
    begun = (after.started >= now) & (after.started < end)
    is_open = after.opened < end
    is_waiting = np.isnan(after.started) & (after.approved < end)
    return Outcome(
        spent=(begun * pool.draws.cost).sum(axis=1),
        land=(begun * pool.land).sum(axis=1),
        waiting=is_waiting.sum(axis=1, dtype=np.float64),
        building=(after.opened >= end).sum(axis=1, dtype=np.float64),
        completed=is_open.sum(axis=1, dtype=np.float64),
        opened=_amounts(pool.projects, is_open & (after.opened >= now), things),
    )


def _amounts(projects: Sequence[Project], which: Flags, things: Sequence[str]) -> Array:
    """What some projects deliver, by zone and thing [group, zone, thing]. which: [group, project]."""
    column = {thing: index for index, thing in enumerate(things)}
    amounts = np.zeros((len(which), len(ZONES), len(things)))
    for index in np.flatnonzero(which.any(axis=0)).tolist():
        for part in projects[index].delivers:
            amounts[:, projects[index].zone, column[part.what]] += which[:, index] * part.amount
    return amounts


def _nothing(shape: tuple[int, ...], n_things: int) -> Outcome:
    """A year without any project. shape: groups and regions."""
    zero = np.zeros(shape)
    return Outcome(
        spent=zero,
        land=zero,
        waiting=zero,
        building=zero,
        completed=zero,
        opened=np.zeros((*shape, len(ZONES), n_things)),
    )


def _at(draws: AllDraws, rows: Integers) -> Draws:
    return Draws(*(np.ascontiguousarray(getattr(draws, field.name)[rows]) for field in fields(Draws)))
