"""The pipelines of all regions and groups of draws, a year at a time: arrays in, arrays out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.axes import ZONES
from sim.process.project_draws import drawn
from sim.process.projects import advance, start
from sim.scenario.project import Project
from sim.stocks.pipeline import Delivery, Drawn, Progress, ProjectYear, Supply

Array = NDArray[np.float64]
Pipelines = tuple[tuple[Progress, ...], ...]
"""The state of every pipeline, [group][region]."""


@dataclass(frozen=True, slots=True)
class Programme:
    """projects: by region; drawn: what chance made of them, [group][region]; empty where there are no projects."""

    projects: tuple[tuple[Project, ...], ...]
    drawn: tuple[tuple[Drawn, ...], ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a year's projects may use, each [group, region].

    money [yuan] and land [m²]: all that may be committed in the year, what was left before included; crews: rounded
    to whole ones; approval_time: factor on approvals that begin in the year.
    """

    money: Array
    land: Array
    crews: Array
    approval_time: Array


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a year's projects did and delivered.

    spent, invested [yuan], land [m²], approving, waiting, building, completed [projects]: [group, region], as in
    `ProjectYear`, completed being those that opened since the base year. opened, started: amounts by zone and thing
    [group, region, zone, thing].
    """

    spent: Array
    invested: Array
    land: Array
    approving: Array
    waiting: Array
    building: Array
    completed: Array
    opened: Array
    started: Array


def programme(
    projects: Sequence[Project], regions: Sequence[str], seed: int, groups: Sequence[int], base_year: int
) -> Programme:
    """The projects shared out to their regions, with the chance of each group. groups: their numbers."""
    shared = tuple(tuple(one for one in projects if one.region == region) for region in regions)
    if not projects:
        return Programme(shared, ())
    span = range(min(groups), max(groups) + 1) if groups else range(0)  # one call for all is many times faster
    by_region = [drawn(mine, seed, span, base_year) for mine in shared]
    return Programme(shared, tuple(tuple(chances[group - span.start] for chances in by_region) for group in groups))


def at_base(of: Programme, base_year: int) -> Pipelines:
    """Every pipeline at the base year's end."""
    return tuple(
        tuple(start(mine, chance, base_year) for mine, chance in zip(of.projects, chances, strict=True))
        for chances in of.drawn
    )


def year_of(
    of: Programme, before: Pipelines, limits: Limits, things: Sequence[str]
) -> tuple[Pipelines, Outcome, tuple[tuple[ProjectYear, ...], ...]]:
    """Every pipeline a year on, what that brought, and the same in detail [group][region].

    things: names of what projects may deliver, in the order of the last axis. Nothing is carried over here: what is
    left of money and land is the caller's to give again. Raises KeyError for a delivery that `things` does not name.
    """
    if not any(of.projects):
        return before, _nothing(limits.money.shape, len(things)), ()
    after, years = [], []
    for group, chances in enumerate(of.drawn):
        pairs = []
        for region, (mine, chance) in enumerate(zip(of.projects, chances, strict=True)):
            given = replace(before[group][region], money=0.0, land=0.0)
            pairs.append(advance(mine, chance, given, _supply(limits, group, region)))
        after.append(tuple(progress for progress, _ in pairs))
        years.append(tuple(year for _, year in pairs))
    return tuple(after), _outcome(years, after, things), tuple(years)


def _supply(limits: Limits, group: int, region: int) -> Supply:
    at = group, region
    crews = int(np.rint(limits.crews[at]))
    return Supply(float(limits.money[at]), float(limits.land[at]), crews, float(limits.approval_time[at]))


def _outcome(
    years: Sequence[Sequence[ProjectYear]], after: Sequence[Sequence[Progress]], things: Sequence[str]
) -> Outcome:
    def of(value: Callable[[ProjectYear], float]) -> Array:
        return np.array([[value(year) for year in row] for row in years], dtype=np.float64)

    completed = [[_opened(progress) for progress in row] for row in after]
    return Outcome(
        of(lambda year: year.spent),
        of(lambda year: year.invested),
        of(lambda year: year.land),
        of(lambda year: year.approving),
        of(lambda year: year.waiting),
        of(lambda year: year.building),
        np.array(completed, dtype=np.float64),
        np.array([[_amounts(year.opened, things) for year in row] for row in years]),
        np.array([[_amounts(year.started, things) for year in row] for row in years]),
    )


def _nothing(shape: tuple[int, ...], n_things: int) -> Outcome:
    """A year without any project. shape: groups and regions."""
    zero, amounts = np.zeros(shape), np.zeros((*shape, len(ZONES), n_things))
    return Outcome(zero, zero, zero, zero, zero, zero, zero, amounts, amounts)


def _opened(progress: Progress) -> int:
    end = 12.0 * (progress.year + 1)
    return sum(dates.opened is not None and dates.opened < end for dates in progress.dates)


def _amounts(deliveries: Sequence[Delivery], things: Sequence[str]) -> Array:
    column = {thing: index for index, thing in enumerate(things)}
    amounts = np.zeros((len(ZONES), len(things)))
    for one in deliveries:
        amounts[one.zone, column[one.what]] += one.amount
    return amounts
