"""Projects for tests, and the dates of a queue worked out by hand, without SimPy."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from hypothesis import strategies as st

from sim.common.errors import Place
from sim.common.language import Text
from sim.model.arrays import Flags, Integers
from sim.model.axes import ZONES
from sim.model.compiled import STRICT, kernel
from sim.model.draws.distribution import Distribution
from sim.model.projects.months import month_of
from sim.model.projects.pools import Brought, Lines, Pools, Programme, advanced, at_base, brought, programme, queue
from sim.model.projects.project import Chance, Delivers, Project, Stage
from sim.model.projects.queue import simulate
from sim.model.projects.records import Drawn, Progress, ProjectYear, Supply
from sim.model.projects.stages import Draws, Stages
from sim.model.records import Records

BASE = 2020
CERTAIN = Distribution("certain")


@dataclass(frozen=True)
class Pool:
    """Projects of one region and what chance made of them."""

    projects: tuple[Project, ...]
    drawn: Drawn


def chance(value: float) -> Chance:
    return Chance(value, CERTAIN)


def project(
    name: str,
    begins: float = month_of(BASE + 1),
    cost: float = 0.0,
    land: float = 0.0,
    crews: int = 1,
    priority: int = 1,
    stage: Stage = "approval",
    opens_in: int | None = None,
) -> Project:
    return Project(
        name, name, 0, Text(name, name), "school", "shire", 0, (Delivers("places", 10.0),), chance(0.0), chance(12.0),
        chance(0.0), opens_in, chance(cost), 1.0, land, crews, begins, stage, priority, None, Place("test"),
    )  # fmt: skip


def pool(
    projects: Sequence[Project],
    approval: Sequence[float] | float = 0.0,
    construction: Sequence[float] | float = 12.0,
) -> Pool:
    count = len(projects)
    spread = [
        tuple(float(value) for value in ([given] * count if isinstance(given, int | float) else given))
        for given in (approval, construction)
    ]
    cost = tuple(one.cost.central for one in projects)
    return Pool(tuple(projects), Drawn(spread[0], spread[1], (0.0,) * count, cost, cost))


THINGS = ("jobs", "places")


def in_arrays(pool: Pool) -> Programme:
    """The same as the programme of one region and one draw."""
    drawn = pool.drawn
    chance = Draws(*(np.array([getattr(drawn, field.name)]) for field in fields(drawn)))
    regions = list(dict.fromkeys(one.region for one in pool.projects))
    return replace(programme(pool.projects, regions, 1, range(1), BASE, THINGS), draws=chance)


def start(pool: Pool, money: float = 0.0, land: float = 0.0) -> Progress:
    """The base year's end; money and land: what is left over from before."""
    return Progress(BASE, money, land, at_base(in_arrays(pool), BASE).of(0))


def advance(pool: Pool, progress: Progress, supply: Supply) -> tuple[Progress, ProjectYear]:
    """One year on."""
    after, (year,) = simulate(pool.projects, pool.drawn, progress, (supply,))
    return after, year


def run(pool: Pool, supplies: Sequence[Supply], money: float = 0.0) -> tuple[Progress, list[ProjectYear]]:
    """Year after year from the base year."""
    progress = start(pool, money)
    years = []
    for supply in supplies:
        progress, year = advance(pool, progress, supply)
        years.append(year)
    return progress, years


def by_hand(pool: Pool, supplies: Sequence[Supply]) -> list[float]:
    """The start of each project (inf: not within the years), by going through the ranks once.

    A project starts at the first moment at or after its approval and the start of the one before it at which the
    money and land of all before it and its own have come in, and crews are free.
    """
    projects, drawn = pool.projects, pool.drawn
    begins = [month_of(BASE + 1 + index) for index in range(len(supplies))]
    end = month_of(BASE + 1 + len(supplies))
    started, approved = [float("inf")] * len(projects), []
    for index, one in enumerate(projects):
        year = int(min(max((one.begins - begins[0]) // 12, 0), len(supplies) - 1))
        factor = supplies[year].approval_time if one.begins >= begins[0] else 1.0
        length = round(drawn.approval[index] * factor * 1024) / 1024 if one.stage == "approval" else 0.0
        approved.append(one.begins + length)
        if one.stage == "construction":
            started[index] = one.begins
    ranks = sorted(
        (index for index, one in enumerate(projects) if one.stage != "construction" and approved[index] < end),
        key=lambda i: (approved[i] // 3, projects[i].priority, approved[i], projects[i].entry, projects[i].number),
    )
    money = land = 0.0
    moment = begins[0]
    for index in ranks:
        money += drawn.cost[index]
        land += projects[index].land
        moment = max(moment, approved[index])
        moments = [moment, *begins]
        moments += [started[i] + drawn.construction[i] for i in range(len(projects)) if started[i] < end]
        possible = [
            at for at in moments if moment <= at < end and _can_start(pool, supplies, index, at, (money, land), started)
        ]
        if not possible:
            break
        moment = started[index] = min(possible)
    return started


def _can_start(
    pool: Pool, supplies: Sequence[Supply], index: int, at: float, needs: tuple[float, float], started: list[float]
) -> bool:
    year = int((at - month_of(BASE + 1)) // 12)
    money = sum(whole(supply.money) for supply in supplies[: year + 1])
    land = sum(whole(supply.land) for supply in supplies[: year + 1])
    in_use = sum(
        one.crews
        for one, begun, length in zip(pool.projects, started, pool.drawn.construction, strict=True)
        if begun <= at < begun + length
    )
    need = pool.projects[index].crews
    enough = need == 0 or in_use + need <= supplies[year].crews
    return enough and money >= needs[0] and land >= needs[1]


def whole(amount: float) -> float:
    return amount - amount % 1 if amount < float("inf") else amount


def ticks(most: float) -> st.SearchStrategy[float]:
    """Durations on the grid of times, often whole and often nothing, so that moments coincide."""
    return st.one_of(
        st.just(0.0),
        st.integers(0, int(most)).map(float),
        st.integers(0, int(most * 1024)).map(lambda tick: tick / 1024),
    )


@st.composite
def pools(draw: st.DrawFn) -> Pool:
    """A pool of up to nine projects in any stage."""
    count = draw(st.integers(1, 9))
    made, construction = [], []
    base_end = month_of(BASE + 1)
    for number in range(count):
        stage: Stage = draw(st.sampled_from(["approval"] * 6 + ["waiting", "construction"]))
        length = draw(ticks(40.0))
        if stage == "approval":
            begins = base_end + draw(ticks(40.0))
        elif stage == "waiting":
            begins = base_end - draw(ticks(20.0))
        else:
            length = max(length, 1 / 1024)  # it began before the base year ended, and goes on
            begins = base_end - max(draw(ticks(length)), 1 / 1024)
        cost, land = float(draw(st.integers(0, 12))), float(draw(st.integers(0, 6)))
        crews, priority = draw(st.integers(0, 3)), draw(st.integers(1, 3))
        made.append(project(f"p{number}", begins, cost, land, crews, priority, stage))
        construction.append(length)
    return pool(made, draw(st.lists(ticks(24.0), min_size=count, max_size=count)), construction)


@st.composite
def supplies(draw: st.DrawFn, years: int = 6) -> list[Supply]:
    """Supplies of some years; limits change from year to year, and there may be none."""
    money = st.one_of(st.just(float("inf")), st.floats(0.0, 20.0))
    land = st.one_of(st.just(float("inf")), st.floats(0.0, 10.0))
    one = st.builds(Supply, money, land, st.integers(0, 6), st.sampled_from([1.0, 1.0, 0.5, 0.7, 1.3]))
    return draw(st.lists(one, min_size=years, max_size=years))


@kernel(STRICT)
def _advanced(of: Pools, stages: Lines, begin: float, limits: Records, is_short: Flags, order: Integers) -> None:
    for draw in range(limits.shape[0]):
        advanced(of, stages, draw, begin, limits[draw], is_short[draw], order)


@kernel(STRICT)
def _brought(of: Pools, stages: Lines, begin: float, sums: Records, found: Brought, order: Integers) -> None:
    for draw in range(sums.shape[0]):
        own = Brought(found.spent[draw], found.land[draw], found.opened[draw])
        brought(of, stages, draw, begin, sums[draw], own, order)


def year(of: Programme, stages: Stages, number: int, limits: Records, sums: Records) -> Brought:
    """The year's projects of every draw, their stages moved on in place, and what they did. limits: [draw, region]."""
    lines = (stages.approved, stages.started, stages.completed, stages.opened)
    is_short, order = np.zeros(limits.shape, np.bool_), np.empty(len(of.projects), np.int64)
    _advanced(of.taken, lines, month_of(number), limits, is_short, order)
    for draw in np.flatnonzero(is_short.any(axis=1)).tolist():
        queue(of, stages, number, limits[draw], is_short[draw], draw)
    opened = np.zeros((*limits.shape, len(ZONES), len(THINGS)))
    found = Brought(np.zeros(limits.shape), np.zeros(limits.shape), opened)
    _brought(of.taken, lines, month_of(number), sums, found, order)
    return found
