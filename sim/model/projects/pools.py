"""The project pools of all regions and draws, a year at a time.

Money and land are there from a year's start, so that the line of those that are approved ends where they do; where
crews suffice for the rest, nobody of it waits but for those of higher rank, and the dates follow without a queue. Only
pools in which crews run short are simulated (`sim.model.projects.queue`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array, Flags, Integers
from sim.model.compiled import part, rule
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


@quickclass(frozen=True)
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

    @property
    def taken(self) -> "Pools":
        """As kernels take it."""
        draws = self.draws
        chance = (draws.approval, draws.construction, draws.opening, draws.cost)
        return Pools(self.facts, self.first, chance, self.delivers, self.amounts)


class Limits:
    """What a year's projects may use.

    money [yuan] and land [m²]: all that may be committed in the year, what was left before included; crews: rounded
    to whole ones; approval_time: factor on approvals that begin in the year.
    """

    money: float
    land: float
    crews: float
    approval_time: float


def shares(projects: Sequence[Project], regions: Sequence[str]) -> Integers:
    """The first project of each region where they stand region after region, and how many there are [region + 1]."""
    counts = [sum(one.region == region for one in projects) for region in regions]
    return np.array([0, *np.cumsum(counts, dtype=np.int64)], dtype=np.int64)


def programme(
    projects: Sequence[Project], regions: Sequence[str], seed: int, draws: range, base_year: int, things: Sequence[str]
) -> Programme:
    """The projects shared out to their regions, with the chance of each draw.

    things: what projects may deliver. Raises ValueError for a delivery that `things` does not name.
    """
    mine = tuple(one for region in regions for one in projects if one.region == region)
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
        shares(mine, regions),
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


class Pools(NamedTuple):
    """A programme as kernels take it.

    first: of each region's projects; chance: of approval, construction, opening [month] and cost [yuan], each
    [draw, project]; delivers: rows (project, thing), and amounts.
    """

    facts: Facts
    first: Integers
    chance: tuple[Array, Array, Array, Array]
    delivers: Integers
    amounts: Array


class Brought(NamedTuple):
    """What a year's projects did in a draw, by region.

    spent [yuan]; land [m²]: taken; opened: what they deliver [region, zone, thing].
    """

    spent: Array
    land: Array
    opened: Array


Lines = tuple[Array, Array, Array, Array]
"""When projects are approved, begin, are completed and open, each [draw, project]."""


@part
def line_of(of: Pools, stages: Lines, draw: int, region: int, order: Integers) -> line.Line:
    """The projects of a region in a draw. order: work space [project]."""
    approval, construction, opening, cost = of.chance
    approved, started, completed, opened = stages
    return line.Line(
        of.facts,
        (of.first[region], of.first[region + 1]),
        (approval[draw], construction[draw], opening[draw], cost[draw]),
        (approved[draw], started[draw], completed[draw], opened[draw]),
        order,
    )


@rule
def advanced(
    of: Pools, stages: Lines, draw: int, begin: float, limits: Records, is_short: Flags, order: Integers
) -> bool:
    """Every pipeline of a draw a year on, in place, but for those in which crews are short; whether none is.

    begin: of the year [month]; limits [region]; is_short: written [region]. Nothing is carried over here: what is left
    of money and land is the caller's to give again.
    """
    is_enough = True
    if of.facts.begins.shape[0] == 0:
        return is_enough
    for region in range(limits.shape[0]):
        is_short[region] = not line.year(line_of(of, stages, draw, region, order), begin, limits[region])
        is_enough = is_enough and not is_short[region]
    return is_enough


def queue(of: Programme, stages: Stages, year: int, limits: Records, is_short: Flags, draw: int) -> None:
    """The pipelines of a draw in which crews are short, simulated, in place. limits, is_short: [region]."""
    for region in np.flatnonzero(is_short).tolist():
        _queue(of, stages, year, limits[region], draw, of.of(region))


def _queue(of: Programme, stages: Stages, year: int, limits: np.void, draw: int, mine: slice) -> None:
    """One pipeline in which something is short: those that wait, and those that hold crews, at the year's end."""
    holding = np.nan_to_num(stages.completed[draw, mine]) > month_of(year)
    waiting = np.isnan(stages.started[draw, mine]) & (stages.approved[draw, mine] < month_of(year + 1))
    which = mine.start + np.flatnonzero(holding | waiting)
    supply = Supply(np.floor(limits["money"]), np.floor(limits["land"]), int(np.rint(limits["crews"])))
    progress = Progress(year - 1, 0.0, 0.0, stages.of(draw, which))
    after, _ = simulate([of.projects[one] for one in which], of.draws.of(draw, which), progress, (supply,))
    stages.put(draw, after.dates, which)


@rule
def brought(of: Pools, stages: Lines, draw: int, begin: float, sums: Records, found: Brought, order: Integers) -> None:
    """What the year's projects of a draw did, written. begin: of the year [month]; sums: at its end [region]."""
    found.opened[:] = 0.0
    for region in range(sums.shape[0]):
        own = line_of(of, stages, draw, region, order)
        line.counted(own.span, own.stages, begin, sums[region])
        found.spent[region] = line.taken(own.chance[3], own.span, own.stages[1], begin)
        found.land[region] = line.taken(of.facts.land, own.span, own.stages[1], begin)
        line.delivered(of.facts, own.span, own.stages[3], (of.delivers, of.amounts), begin, found.opened[region])
