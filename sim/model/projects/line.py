"""The projects of one region in one draw, in line: compiled, as long as money, land and crews suffice for all."""

from typing import Any, NamedTuple

import numpy as np

from sim.model.arrays import Array, Integers
from sim.model.compiled import rule
from sim.model.projects.months import GRID

YEAR = 12.0


class ProjectsSums:
    """Projects of a region at a year's end: open, building (begun and not open), waiting (approved and not begun)."""

    projects_open: float
    projects_building: float
    projects_waiting: float


class Line(NamedTuple):
    """The projects from the first to before the last of `span`.

    facts: as `sim.model.projects.pools.Facts`; chance: of approval, construction, opening [month] and cost [yuan];
    stages: approved, started, completed, opened [month]; order: work space; each [project].
    """

    facts: Any
    span: tuple[int, int]
    chance: tuple[Array, Array, Array, Array]
    stages: tuple[Array, Array, Array, Array]
    order: Integers


@rule
def year(line: Line, begin: float, limits: Any) -> bool:
    """Whether crews are there for all that money and land suffice for; if so, their dates are written.

    Nobody overtakes, and money and land are there from the year's start: where they end, so does the line. begin: of
    the year [month].
    """
    facts, (first, last) = line.facts, line.span
    approved, started, completed, opened = line.stages
    end, queued = begin + YEAR, 0
    for one in range(first, last):
        if np.isnan(approved[one]) and facts.begins[one] < end:
            approved[one] = facts.begins[one] + np.rint(line.chance[0][one] * limits.approval_time * GRID) / GRID
        if np.isnan(started[one]) and approved[one] < end:
            line_up(line, one, queued)
            queued += 1
    moment, served = begin, paid(line, queued, limits)
    for place in range(served):
        one = line.order[place]
        moment = np.maximum(moment, approved[one])
        started[one] = moment
        completed[one] = moment + line.chance[1][one]
        opened[one] = opening(completed[one] + line.chance[2][one], facts.month[one])
    if crews(line, served, limits):
        return True
    for place in range(served):
        one = line.order[place]
        started[one] = completed[one] = opened[one] = np.nan
    return False


@rule
def line_up(line: Line, one: int, queued: int) -> None:
    """Put a project in its place by rank among those that are queued already."""
    place = queued
    while place > 0 and goes_before(line, one, line.order[place - 1]):
        line.order[place] = line.order[place - 1]
        place -= 1
    line.order[place] = one


@rule
def goes_before(line: Line, one: int, other: int) -> bool:
    """Whether a project ranks before another: by quarter of approval, priority, its moment, entry and number."""
    approved, facts = line.stages[0], line.facts
    quarter, of_other = approved[one] // 3.0, approved[other] // 3.0
    if quarter != of_other:
        return bool(quarter < of_other)
    if facts.priority[one] != facts.priority[other]:
        return bool(facts.priority[one] < facts.priority[other])
    if approved[one] != approved[other]:
        return bool(approved[one] < approved[other])
    return bool(facts.tie[one] < facts.tie[other])


@rule
def opening(moment: float, month: float) -> float:
    """When it opens: in the calendar month asked for, where one is (NaN: in any), at the first that comes."""
    since = (moment - (month - 1.0)) % 12.0
    return moment if np.isnan(month) or since < 1.0 else moment + (12.0 - since)


@rule
def paid(line: Line, queued: int, limits: Any) -> int:
    """How many of the queue money and land suffice for, from the first on."""
    money, land = whole(limits.money), whole(limits.land)
    for place in range(queued):
        one = line.order[place]
        money -= line.chance[3][one]
        land -= line.facts.land[one]
        if money < 0.0 or land < 0.0:
            return place
    return queued


@rule
def whole(amount: float) -> float:
    """An amount in whole units; nothing where it is not known."""
    return float(np.floor(amount)) if amount > 0.0 else 0.0


@rule
def crews(line: Line, queued: int, limits: Any) -> bool:
    """Whether crews are there at the start of each of the queue."""
    facts, (first, last) = line.facts, line.span
    started, completed = line.stages[1], line.stages[2]
    everyone = 0.0
    for one in range(first, last):
        everyone += facts.crews[one]
    most = np.minimum(np.rint(limits.crews), everyone)
    for place in range(queued):
        one = line.order[place]
        if facts.crews[one] == 0.0:
            continue
        busy = 0.0
        for other in range(first, last):
            at_work = started[other] <= started[one] and completed[other] > started[one]
            # it takes its own crews even if it is built in no time
            busy += facts.crews[other] if at_work or other == one else 0.0
        if busy > most:
            return False
    return True


@rule
def counted(span: tuple[int, int], stages: Any, begin: float, sums: ProjectsSums) -> None:
    """How many are open, building and waiting at a year's end. stages: approved, started, completed, opened."""
    approved, started, _, opened = stages
    end, is_open, building, waiting = begin + YEAR, 0, 0, 0
    for one in range(span[0], span[1]):
        is_open += opened[one] < end
        building += opened[one] >= end
        waiting += np.isnan(started[one]) and approved[one] < end
    sums.projects_open, sums.projects_building, sums.projects_waiting = float(is_open), float(building), float(waiting)


@rule
def taken(amount: Array, span: tuple[int, int], started: Array, begin: float) -> float:
    """What those that began in the year take, of an amount by project."""
    total = 0.0
    for one in range(span[0], span[1]):
        if begin <= started[one] < begin + YEAR:
            total += amount[one]
    return total


@rule
def delivered(
    facts: Any, span: tuple[int, int], opened: Array, parts: tuple[Integers, Array], begin: float, amounts: Array
) -> None:
    """What those that open in the year deliver [zone, thing], added. parts: rows (project, thing) and amounts."""
    rows, amount = parts
    for part in range(rows.shape[0]):
        one, thing = rows[part, 0], rows[part, 1]
        if span[0] <= one < span[1] and begin <= opened[one] < begin + YEAR:
            amounts[facts.zone[one], thing] += amount[part]
