"""Pipelines of groups and regions: each is the pipeline alone, and leftovers may be kept by the caller."""

from dataclasses import replace

import numpy as np
import pytest
from project_pools import BASE, project

from sim.axes import CITY, RURAL, ZONES
from sim.process.project_draws import drawn
from sim.process.project_groups import Limits, at_base, programme, year_of
from sim.process.projects import advance, start
from sim.scenario.distribution import Distribution
from sim.scenario.project import Chance, Delivers, Project
from sim.stocks.pipeline import Supply

REGIONS = ("shire", "gondor")
THINGS = ("jobs", "places")
GROUPS = (3, 5, 4)


def made() -> list[Project]:
    spread = Chance(9.0, Distribution("triangular", low=3.0, high=15.0))
    ones = [
        replace(project(f"p{number}", cost=float(number % 3), land=1.0), region=REGIONS[number % 2], approval=spread)
        for number in range(8)
    ]
    ones[0] = replace(ones[0], zone=RURAL, delivers=(Delivers("jobs", 5.0), Delivers("places", 1.0)))
    return ones


def limits(money: float, land: float, crews: float = 2.4) -> Limits:
    shape = (len(GROUPS), len(REGIONS))
    return Limits(np.full(shape, money), np.full(shape, land), np.full(shape, crews), np.ones(shape))


def test_each_region_and_group_is_its_own_pipeline() -> None:
    of = programme(made(), REGIONS, 7, GROUPS, BASE)
    grid, outcome, years = year_of(of, at_base(of, BASE), limits(3.0, 9.0), THINGS)
    for region, name in enumerate(REGIONS):
        mine = [one for one in made() if one.region == name]
        for group, number in enumerate(GROUPS):
            chance = drawn(mine, 7, range(number, number + 1), BASE)[0]
            progress, year = advance(mine, chance, start(mine, chance, BASE), Supply(3.0, 9.0, 2))
            assert grid[group][region] == progress
            assert years[group][region] == year
            assert outcome.spent[group, region] == year.spent
            assert outcome.land[group, region] == year.land


def test_amounts_stand_by_zone_and_thing_and_add_up() -> None:
    of = programme(made(), REGIONS, 7, GROUPS, BASE)
    grid = at_base(of, BASE)
    opened = np.zeros((len(GROUPS), len(REGIONS), len(ZONES), len(THINGS)))
    started = opened.copy()
    for _ in range(6):
        grid, outcome, _ = year_of(of, grid, limits(9.0, 9.0), THINGS)
        opened += outcome.opened
        started += outcome.started
    assert np.all(opened == started)
    assert opened[:, 0, RURAL].tolist() == [[5.0, 1.0]] * len(GROUPS)
    assert opened[:, 0, CITY].tolist() == [[0.0, 30.0]] * len(GROUPS)
    assert np.all(outcome.completed == 4.0)
    assert not (outcome.waiting + outcome.building + outcome.approving).any()


def test_a_delivery_that_nobody_asked_for_is_an_error() -> None:
    at_once = [replace(one, approval=Chance(0.0, one.construction.dist)) for one in made()]
    of = programme(at_once, REGIONS, 7, GROUPS, BASE)
    with pytest.raises(KeyError, match="jobs"):
        year_of(of, at_base(of, BASE), limits(9.0, 9.0), ("places",))


def test_what_the_caller_keeps_and_gives_again_is_what_the_pipeline_would_have_carried() -> None:
    of = programme(made(), REGIONS, 7, GROUPS, BASE)
    grid = at_base(of, BASE)
    carried = [[start(mine, chance, BASE) for mine, chance in zip(of.projects, row, strict=True)] for row in of.drawn]
    left = np.zeros((len(GROUPS), len(REGIONS)))
    quota = left.copy()
    for _ in range(8):
        left, quota = left + 1.0, quota + 1.0
        given = replace(limits(0.0, 0.0, 9.0), money=left, land=quota)
        grid, outcome, _ = year_of(of, grid, given, THINGS)
        left, quota = left - outcome.spent, quota - outcome.land
        for group, row in enumerate(of.drawn):
            for region, chance in enumerate(row):
                mine, before = of.projects[region], carried[group][region]
                carried[group][region], _ = advance(mine, chance, before, Supply(1.0, 1.0, 9))
    assert [[one.dates for one in row] for row in grid] == [[one.dates for one in row] for row in carried]
    assert left.tolist() == [[one.money for one in row] for row in carried]


def test_no_projects_at_all_is_a_year_of_nothing() -> None:
    of = programme([], REGIONS, 7, GROUPS, BASE)
    grid, outcome, _ = year_of(of, at_base(of, BASE), limits(5.0, 5.0), THINGS)
    assert not any(array.any() for array in (outcome.spent, outcome.opened, outcome.waiting, outcome.completed))
    assert outcome.opened.shape == (len(GROUPS), len(REGIONS), len(ZONES), len(THINGS))
    assert grid == ()
