"""Pools of groups and regions: the arrays are the simulated queue, and leftovers may be kept by the caller."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.axes import CITY, RURAL, ZONES
from sim.model.draws.distribution import Distribution
from sim.model.projects import pools as project_groups
from sim.model.projects.pools import Limits, Outcome, Pipelines, Programme, at_base, programme, year_of
from sim.model.projects.project import Chance, Delivers, Project
from sim.model.projects.queue import simulate
from sim.model.projects.records import Supply
from tests.model.projects.project_pools import BASE, Pool, in_arrays, pools, project, run, start, supplies, whole

REGIONS = ("shire", "gondor")
THINGS = ("jobs", "places")
GROUPS = (3, 5, 4)
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
) -> Limits:
    return Limits(
        money=np.full(shape, money),
        land=np.full(shape, land),
        crews=np.full(shape, crews),
        approval_time=np.full(shape, approval),
    )


def year_by_year(of: Programme, given_: list[Supply]) -> tuple[Pipelines, list[Outcome]]:
    """One region and group, whose leftovers are carried over."""
    stages, left, quota, outcomes = at_base(of, BASE), 0.0, 0.0, []
    for year, supply in enumerate(given_, BASE + 1):
        left, quota = left + whole(supply.money), quota + whole(supply.land)
        one = limits(left, quota, supply.crews, (1, 1), supply.approval_time)
        stages, outcome = year_of(of, stages, year, one, THINGS)
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
    assert stages[0].of(0) == progress.dates
    for outcome, year in zip(outcomes, years, strict=True):
        numbers = (outcome.spent, outcome.land, outcome.waiting, outcome.building)
        assert [float(number[0, 0]) for number in numbers] == [year.spent, year.land, year.waiting, year.building]
        assert outcome.opened.sum() == sum(part.amount for part in year.opened)


def test_the_queue_is_simulated_only_where_something_runs_short() -> None:
    of = programme(made(), REGIONS, 7, GROUPS, BASE)
    for given_, simulated in ((limits(99.0, 99.0, 9.0), 0), (limits(2.0, 99.0, 9.0), 6), (limits(99.0, 9.0, 1.0), 6)):
        with patch.object(project_groups, "simulate", wraps=simulate) as queue:
            year_of(of, at_base(of, BASE), BASE + 1, given_, THINGS)
        assert queue.call_count == simulated


def test_each_region_and_group_is_its_own_pipeline() -> None:
    of = programme(made(), REGIONS, 7, GROUPS, BASE)
    stages, outcome = year_of(of, at_base(of, BASE), BASE + 1, limits(3.0, 9.0), THINGS)
    for region, name in enumerate(REGIONS):
        mine = [one for one in made() if one.region == name]
        for group, number in enumerate(GROUPS):
            alone = programme(mine, (name,), 7, (number,), BASE)
            pool = Pool(tuple(mine), alone.pools[0].draws.of(0))
            progress, (year,) = simulate(mine, pool.drawn, start(pool), (Supply(3.0, 9.0, 2),))
            assert stages[region].of(group) == progress.dates
            assert outcome.spent[group, region] == year.spent
            assert outcome.land[group, region] == year.land


def test_amounts_stand_by_zone_and_thing_and_what_began_opens() -> None:
    of = programme(made(), REGIONS, 7, GROUPS, BASE)
    stages = at_base(of, BASE)
    opened = np.zeros((len(GROUPS), len(REGIONS), len(ZONES), len(THINGS)))
    for year in YEARS:
        stages, outcome = year_of(of, stages, year, limits(9.0, 9.0), THINGS)
        opened += outcome.opened
    assert opened[:, 0, RURAL].tolist() == [[5.0, 1.0]] * len(GROUPS)
    assert opened[:, 0, CITY].tolist() == [[0.0, 30.0]] * len(GROUPS)
    assert np.all(outcome.completed == 4.0)
    assert not (outcome.waiting + outcome.building).any()


def test_a_delivery_that_nobody_asked_for_is_an_error() -> None:
    at_once = [replace(one, approval=Chance(0.0, Distribution("certain"))) for one in made()]
    at_once = [replace(one, construction=Chance(1.0, Distribution("certain"))) for one in at_once]
    of = programme(at_once, REGIONS, 7, GROUPS, BASE)
    with pytest.raises(KeyError, match="jobs"):
        year_of(of, at_base(of, BASE), BASE + 1, limits(9.0, 9.0), ("places",))


def test_no_projects_at_all_is_a_year_of_nothing() -> None:
    of = programme([], REGIONS, 7, GROUPS, BASE)
    stages, outcome = year_of(of, at_base(of, BASE), BASE + 1, limits(5.0, 5.0), THINGS)
    assert not any(array.any() for array in (outcome.spent, outcome.opened, outcome.waiting, outcome.completed))
    assert outcome.opened.shape == (len(GROUPS), len(REGIONS), len(ZONES), len(THINGS))
    assert stages == ()


def test_a_region_without_projects_beside_one_that_has_them() -> None:
    mine = [one for one in made() if one.region == "gondor"]
    of = programme(mine, REGIONS, 7, GROUPS, BASE)
    _, outcome = year_of(of, at_base(of, BASE), BASE + 1, limits(9.0, 9.0, 9.0), THINGS)
    assert not outcome.spent[:, 0].any()
    assert outcome.spent[:, 1].all()
