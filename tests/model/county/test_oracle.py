"""The compiled year is the year in NumPy: every sum of every lane, in any case, whatever it is given."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.county import Given, county_years, room, years
from sim.model.projects.project import THINGS
from sim.model.registry import ECONOMIC, PARAMETERS
from sim.run.case import Case, afterwards, points, programme_of, region_values, setup, yearly
from sim.run.scenario_run import ready
from sim.scenario import scenario
from tests.model.oracle import whole
from tests.paths import SCENARIOS

DRAWS = range(2, 5)
YEARS = 5
CASES = ("jieshou/pilot", "jieshou/tight-budget", "haidong/works-2021", "guangzhou/plan")
FREE = tuple(path for path in ECONOMIC if not path.startswith("control."))
"""Totals are reached by other moves, which the kernel's own tests hold."""
HELD = {"homes.floor_spread", "homes.affordable_persons", "homes.floor_area_ratio"}
"""Parameters by which something is divided: their range is that of the table, never 0."""


@cache
def case_of(place: str) -> Case:
    of = ready(scenario(SCENARIOS / f"{place}.yaml", ("horizon=2025",))).case
    return replace(of, regions=of.regions[:3], groups=((0, 1, 2),) if of.groups else (), constants=_first(of))


def _first(of: Case) -> object:
    constants = of.constants
    names = ("deaths_ratio", "fertility", "profiles", "arrival_profile", "weights")
    return replace(constants, **{name: getattr(constants, name)[:3] for name in names})


@st.composite
def moved(draw: st.DrawFn) -> dict[str, np.ndarray]:
    """Some parameters of the economy anywhere in their range, other in each draw and year."""
    paths = draw(st.lists(st.sampled_from(FREE), min_size=0, max_size=25, unique=True))
    seed = draw(st.integers(0, 2**32 - 1))
    rng, found = np.random.default_rng(seed), {}
    for path in paths:
        of = PARAMETERS[path]
        low, high = (of.default / 2.0, of.default * 2.0) if path in HELD else (of.low, min(of.high, 1e9))
        found[path] = np.clip(rng.uniform(low, high, (len(DRAWS), YEARS)), of.low, of.high)
    return found


@pytest.mark.parametrize("place", CASES)
@settings(max_examples=12, deadline=None)
@given(moved())
def test_every_sum_of_every_year_is_that_of_the_numpy_year(place: str, changes: dict[str, np.ndarray]) -> None:
    case = case_of(place)
    tables = [table | changes for table in region_values(case, DRAWS, points(case, DRAWS))]
    by = afterwards(case, tables)
    now: Given = yearly(case, tables, by, len(DRAWS))
    kept, first = setup(case, programme_of(case, DRAWS), now.first)
    kept_years = room(first, case.years)
    county_years(kept, first, now, kept_years)
    found = [years.at_base(kept, first.capacity, by.of(by.years[:1]))]
    found += [years.sums(kept, kept_years.of(year), by.of([year])) for year in case.years]
    largest: dict[str, float] = {}
    for number, (own, expected) in enumerate(zip(found, whole.sums(case, DRAWS, kept, now, by), strict=True)):
        _same(number, {name: value[0] for name, value in own.items()}, expected, largest)


def _same(number: int, own: dict[str, np.ndarray], expected: dict[str, np.ndarray], largest: dict[str, float]) -> None:
    """Equal to rounding of the largest value so far: a stock that ran down keeps the rounding of what it was."""
    not_reported = {f"delivered.{thing}" for thing in THINGS}
    ratios = {"urbanization_rate", "hukou_urbanization_rate", "household_size"}
    for name in expected.keys() - not_reported - ratios:
        value = np.broadcast_to(expected[name], own[name].shape)
        largest[name] = max(largest.get(name, 0.0), float(np.abs(np.nan_to_num(value)).max()))
        np.testing.assert_allclose(
            own[name], value, rtol=1e-12, atol=1e-12 * largest[name], err_msg=f"{name} in year {number}"
        )
