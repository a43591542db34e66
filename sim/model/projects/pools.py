"""The project pools of all regions and draws, a year at a time.

Where money, land and crews suffice for all that are approved in a year, nobody waits but for those of higher rank, and
the dates follow without a queue. Only pools in which something runs short are simulated (`sim.model.projects.queue`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Array, Flags, Integers
from sim.model.compiled import STRICT, kernel
from sim.model.projects import line
from sim.model.projects.draws import drawn
from sim.model.projects.months import month_of
from sim.model.projects.project import Project
from sim.model.projects.queue import simulate
from sim.model.projects.records import Progress, Supply
from sim.model.projects.stages import Draws, Stages
from sim.model.projects.times import opens
from sim.model.records import Records


class Facts(NamedTuple):
    """What is known of the projects of all regions, each [project].

    begins: when approval begins, or the stage of the base year [month]; month: the calendar month in which each may
    open, NaN for any; land [m²]; crews: that each takes while it is built; priority, and tie: the order of entries and
    numbers among equals; zone.
    """

    begins: Array
    month: Array
    land: Array
    crews: Array
    priority: Array
    tie: Array
    zone: Integers


@dataclass(frozen=True)
class Programme:
    """The projects in the order of their regions, with what chance made of them in every draw.

    first: of each region's projects, and the number of all [region + 1]; delivers: what each delivers, rows
    (project, thing) and amounts.
    """

    projects: tuple[Project, ...]
    facts: Facts
    first: Integers
    draws: Draws
    delivers: Integers
    amounts: Array

    def of(self, region: int) -> slice:
        """The projects of a region."""
        return slice(int(self.first[region]), int(self.first[region + 1]))

    def of_draws(self, which: slice) -> "Programme":
        """The same for some of its draws."""
        return replace(self, draws=Draws(*(getattr(self.draws, one.name)[which] for one in fields(Draws))))


class Limits:
    """What a year's projects may use.

    money [yuan] and land [m²]: all that may be committed in the year, what was left before included; crews: rounded
    to whole ones; approval_time: factor on approvals that begin in the year.
    """

    money: float
    land: float
    crews: float
    approval_time: float


def programme(
    projects: Sequence[Project], regions: Sequence[str], seed: int, draws: range, base_year: int, things: Sequence[str]
) -> Programme:
    """The projects shared out to their regions, with the chance of each draw.

    things: what projects may deliver. Raises ValueError for a delivery that `things` does not name.
    """
    mine = tuple(one for region in regions for one in projects if one.region == region)
    counts = [sum(one.region == region for one in mine) for region in regions]
    parts = [(index, things.index(part.what), part.amount) for index, one in enumerate(mine) for part in one.delivers]
    order = sorted(range(len(mine)), key=lambda i: (mine[i].entry, mine[i].number))
    facts = Facts(
        begins=np.array([one.begins for one in mine]),
        month=np.array([np.nan if one.opens_in is None else one.opens_in for one in mine]),
        land=np.array([one.land for one in mine]),
        crews=np.array([one.crews for one in mine], dtype=np.float64),
        priority=np.array([one.priority for one in mine], dtype=np.float64),
        tie=np.argsort(np.array(order, dtype=np.int64)).astype(np.float64),
        zone=np.array([one.zone for one in mine], dtype=np.int64),
    )
    return Programme(
        mine,
        facts,
        np.array([0, *np.cumsum(counts)], dtype=np.int64),
        drawn(mine, seed, draws, base_year),
        np.array([part[:2] for part in parts], dtype=np.int64).reshape(-1, 2),
        np.array([part[2] for part in parts], dtype=np.float64),
    )


def at_base(of: Programme, base_year: int) -> Stages:
    """Every pipeline at the base year's end."""
    facts, draws, stage = of.facts, of.draws, np.array([one.stage for one in of.projects])
    building, waiting = stage == "construction", stage == "waiting"
    under_way = ~building & ~waiting & (facts.begins < month_of(base_year + 1))
    approved = np.where(
        under_way, facts.begins + draws.approval, np.where(building | waiting, facts.begins, np.nan)
    ).reshape(draws.approval.shape)
    started = np.where(building, facts.begins, np.full_like(approved, np.nan))
    completed = started + draws.construction
    return Stages(approved, started, completed, opens(completed, draws.opening, facts.month))


def advance(of: Programme, stages: Stages, year: int, limits: Records) -> None:
    """Every pipeline at a year's end, in place. limits: [draw, region].

    Nothing is carried over here: what is left of money and land is the caller's to give again.
    """
    if not of.projects:
        return
    is_short = np.zeros(limits.shape, dtype=np.bool_)
    draws = of.draws
    lines = (stages.approved, stages.started, stages.completed, stages.opened)
    chance = (draws.approval, draws.construction, draws.opening, draws.cost)
    advanced(of.facts, of.first, chance, lines, month_of(year), limits, is_short)
    for draw, region in np.argwhere(is_short).tolist():
        _queue(of, stages, year, limits[draw, region], draw, of.of(region))


def _queue(of: Programme, stages: Stages, year: int, limits: np.void, draw: int, mine: slice) -> None:
    """One pipeline in which something is short: those that wait, and those that hold crews, at the year's end."""
    holding = np.nan_to_num(stages.completed[draw, mine]) > month_of(year)
    waiting = np.isnan(stages.started[draw, mine]) & (stages.approved[draw, mine] < month_of(year + 1))
    which = mine.start + np.flatnonzero(holding | waiting)
    supply = Supply(np.floor(limits["money"]), np.floor(limits["land"]), int(np.rint(limits["crews"])))
    progress = Progress(year - 1, 0.0, 0.0, stages.of(draw, which))
    after, _ = simulate([of.projects[one] for one in which], of.draws.of(draw, which), progress, (supply,))
    stages.put(draw, after.dates, which)


@kernel(STRICT)
def advanced(
    facts: Facts,
    first: Integers,
    chance: tuple[Array, ...],
    stages: tuple[Array, ...],
    begin: float,
    limits: Records,
    is_short: Flags,
) -> None:
    """Every pipeline a year on, in place, but for those in which something is short [draw, region], which is written.

    chance: of approval, construction, opening and cost; stages: approved, started, completed, opened [draw, project].
    """
    approved, started, completed, opened = stages
    approval, construction, opening, cost = chance
    order = np.empty(facts.begins.shape[0], dtype=np.int64)
    for draw in range(limits.shape[0]):
        for region in range(limits.shape[1]):
            now = line.Line(
                facts,
                (first[region], first[region + 1]),
                (approval[draw], construction[draw], opening[draw], cost[draw]),
                (approved[draw], started[draw], completed[draw], opened[draw]),
                order,
            )
            is_short[draw, region] = not line.year(now, begin, limits[draw, region])


def brought(of: Programme, stages: Stages, year: int, sums: Records, opened: Array) -> tuple[Array, Array]:
    """What the year's projects spent [yuan] and what land they took [m²], each [draw, region].

    sums: as they stand at its end, written; opened: what they deliver [draw, region, zone, thing], added.
    """
    spent, used = np.zeros(sums.shape), np.zeros(sums.shape)
    lines = (stages.approved, stages.started, stages.completed, stages.opened)
    parts = (of.delivers, of.amounts)
    summed(of.facts, of.first, of.draws.cost, lines, parts, month_of(year), sums, (spent, used, opened))
    return spent, used


@kernel(STRICT)
def summed(
    facts: Facts,
    first: Integers,
    cost: Array,
    stages: tuple[Array, ...],
    parts: tuple[Integers, Array],
    begin: float,
    sums: Records,
    found: tuple[Array, Array, Array],
) -> None:
    """As `brought` for every lane. found: what is spent, the land that is taken, what is delivered."""
    approved, started, completed, opened = stages
    spent, used, amounts = found
    for draw in range(sums.shape[0]):
        own = (approved[draw], started[draw], completed[draw], opened[draw])
        for region in range(sums.shape[1]):
            span = (first[region], first[region + 1])
            line.counted(span, own, begin, sums[draw, region])
            spent[draw, region] = line.taken(cost[draw], span, own[1], begin)
            used[draw, region] = line.taken(facts.land, span, own[1], begin)
            line.delivered(facts, span, own[3], parts, begin, amounts[draw, region])
