"""Pools of draws and regions: the arrays are the simulated queue, and leftovers may be kept by the caller."""

from dataclasses import dataclass, replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.axes import CITY, RURAL, ZONES
from sim.model.draws.distribution import Distribution
from sim.model.projects import pools as project_groups
from sim.model.projects.line import ProjectsSums
from sim.model.projects.pools import Limits, Programme, at_base, programme
from sim.model.projects.project import Chance, Delivers, Project
from sim.model.projects.queue import simulate
from sim.model.projects.records import Supply
from sim.model.projects.stages import Stages
from sim.model.records import Records, layout
from tests.model.projects.project_pools import (
    BASE,
    THINGS,
    Pool,
    in_arrays,
    pools,
    project,
    run,
    start,
    supplies,
    whole,
)
from tests.model.projects.project_pools import year as projects_year

REGIONS = ("shire", "gondor")
DRAWS = range(3, 6)
YEARS = range(BASE + 1, BASE + 7)


def made() -> list[Project]:
    spread = Chance(9.0, Distribution("triangular", low=3.0, high=15.0))
    ones = [
        replace(project(f"p{number}", cost=float(number % 3), land=1.0), region=REGIONS[number % 2], approval=spread)
        for number in range(8)
    ]
    ones[0] = replace(ones[0], zone=RURAL, delivers=(Delivers("jobs", 5.0), Delivers("places", 1.0)))
    return ones


def limits(
    money: float, land: float, crews: float = 2.4, shape: tuple[int, int] = (3, 2), approval: float = 1
) -> Records:
    found = np.empty(shape, layout(Limits))
    for name, value in (("money", money), ("land", land), ("crews", crews), ("approval_time", approval)):
        found[name] = value
    return found


@dataclass(frozen=True)
class Outcome:
    """What a year's projects did, each [draw, region]; opened: [draw, region, zone, thing]."""

    sums: Records
    spent: np.ndarray
    land: np.ndarray
    opened: np.ndarray


def year_of(of: Programme, stages: Stages, year: int, given_: Records) -> Outcome:
    """The year's projects, their stages moved on in place."""
    sums = np.empty(given_.shape, layout(ProjectsSums))
    found = projects_year(of, stages, year, given_, sums)
    return Outcome(sums, found.spent, found.land, found.opened)


def year_by_year(of: Programme, given_: list[Supply]) -> tuple[Stages, list[Outcome]]:
    """One region and draw, whose leftovers are carried over."""
    stages, left, quota, outcomes = at_base(of, BASE), 0.0, 0.0, []
    for year, supply in enumerate(given_, BASE + 1):
        left, quota = left + whole(supply.money), quota + whole(supply.land)
        outcome = year_of(of, stages, year, limits(left, quota, supply.crews, (1, 1), supply.approval_time))
        left, quota = left - float(outcome.spent[0, 0]), quota - float(outcome.land[0, 0])
        outcomes.append(outcome)
    return stages, outcomes


@settings(max_examples=150, deadline=None)
@given(pools(), supplies(), st.booleans())
def test_the_arrays_are_the_queue_simulated_year_by_year(one: Pool, given_: list[Supply], plenty: bool) -> None:
    if plenty:  # so that what follows without a queue is met often, and with crews that just suffice
        given_ = [replace(supply, money=1e9, land=1e9, crews=supply.crews + 4) for supply in given_]
    stages, outcomes = year_by_year(in_arrays(one), given_)
    progress, years = run(one, given_)
    assert stages.of(0) == progress.dates
    for outcome, year in zip(outcomes, years, strict=True):
        numbers = (outcome.spent, outcome.land, *(outcome.sums[f"projects_{what}"] for what in ("waiting", "building")))
        assert [float(number[0, 0]) for number in numbers] == [year.spent, year.land, year.waiting, year.building]
        assert outcome.opened.sum() == sum(part.amount for part in year.opened)


def test_the_queue_is_simulated_only_where_crews_run_short() -> None:
    of = programme(made(), REGIONS, 7, DRAWS, BASE, THINGS)
    for given_, simulated in ((limits(99.0, 99.0, 9.0), 0), (limits(2.0, 99.0, 9.0), 0), (limits(99.0, 9.0, 1.0), 6)):
        with patch.object(project_groups, "simulate", wraps=simulate) as queue:
            year_of(of, at_base(of, BASE), BASE + 1, given_)
        assert queue.call_count == simulated


def test_each_region_and_draw_is_its_own_pipeline() -> None:
    of = programme(made(), REGIONS, 7, DRAWS, BASE, THINGS)
    stages = at_base(of, BASE)
    outcome = year_of(of, stages, BASE + 1, limits(3.0, 9.0))
    for region, name in enumerate(REGIONS):
        mine = [one for one in made() if one.region == name]
        for draw, number in enumerate(DRAWS):
            alone = programme(mine, (name,), 7, range(number, number + 1), BASE, THINGS)
            pool = Pool(tuple(mine), alone.draws.of(0, np.arange(len(mine))))
            progress, (year,) = simulate(mine, pool.drawn, start(pool), (Supply(3.0, 9.0, 2),))
            assert stages.among(of.of(region)).of(draw) == progress.dates
            assert outcome.spent[draw, region] == year.spent
            assert outcome.land[draw, region] == year.land


def test_amounts_stand_by_zone_and_thing_and_what_began_opens() -> None:
    of = programme(made(), REGIONS, 7, DRAWS, BASE, THINGS)
    stages = at_base(of, BASE)
    opened = np.zeros((len(DRAWS), len(REGIONS), len(ZONES), len(THINGS)))
    for year in YEARS:
        outcome = year_of(of, stages, year, limits(9.0, 9.0))
        opened += outcome.opened
    assert opened[:, 0, RURAL].tolist() == [[5.0, 1.0]] * len(DRAWS)
    assert opened[:, 0, CITY].tolist() == [[0.0, 30.0]] * len(DRAWS)
    assert np.all(outcome.sums["projects_open"] == 4.0)
    assert not (outcome.sums["projects_waiting"] + outcome.sums["projects_building"]).any()


def test_a_delivery_that_nobody_asked_for_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        programme(made(), REGIONS, 7, DRAWS, BASE, ("places",))


def test_no_projects_at_all_is_a_year_of_nothing() -> None:
    of = programme([], REGIONS, 7, DRAWS, BASE, THINGS)
    outcome = year_of(of, at_base(of, BASE), BASE + 1, limits(5.0, 5.0))
    assert not any(outcome.sums[name].any() for name in outcome.sums.dtype.names or ())
    assert not outcome.spent.any()
    assert not outcome.opened.any()


def test_a_region_without_projects_beside_one_that_has_them() -> None:
    mine = [one for one in made() if one.region == "gondor"]
    of = programme(mine, REGIONS, 7, DRAWS, BASE, THINGS)
    outcome = year_of(of, at_base(of, BASE), BASE + 1, limits(9.0, 9.0, 9.0))
    assert not outcome.spent[:, 0].any()
    assert outcome.spent[:, 1].all()
