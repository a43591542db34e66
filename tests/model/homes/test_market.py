"""The market in a bust, homes that stay where they are when a village becomes town, and the ceiling of floor area."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.axes import CITY, RURAL, TOWN
from sim.model.homes.market import YEARS_TO_DEVIATE, at_market
from sim.places.china.national import load_national
from tests.model.economy import table
from tests.model.homes.homes_years import begin, changed, defaults, lane, one, run, steady
from tests.model.oracle.homes_homes import flow_totals, vacancy, vacancy_change
from tests.model.oracle.homes_sizes import sizes
from tests.model.oracle.homes_stock import BaseHomes
from tests.model.oracle.homes_supply import market_share
from tests.model.oracle.homes_zones import in_place, reclassified

PUBLISHED = {2021: 1.1, 2022: 0.9}
YEARS = range(2019, 2031)


def test_the_market_follows_the_published_path_and_then_its_own() -> None:
    now = table({"homes.market_level": 0.5, "homes.market_after": 1.3})
    over_years = {path: np.repeat(value[..., np.newaxis], len(YEARS), axis=-1) for path, value in now.items()}
    found = at_market(over_years, YEARS, PUBLISHED)
    slowed = found["homes.market_activity"][0, 0]
    activity = dict(zip(YEARS, slowed, strict=True))
    assert (activity[2019], activity[2020]) == (1.0, 1.0)
    assert (activity[2021], activity[2022]) == pytest.approx((0.55, 0.45))
    assert activity[2023] == pytest.approx(0.45 * 1.3 ** (1 / YEARS_TO_DEVIATE))
    assert activity[2027] == pytest.approx(0.45 * 1.3) == activity[2030]
    for path in ("homes.improvement", "homes.demolition"):
        np.testing.assert_allclose(found[path][0, 0], now[path][0, 0] * slowed)
    assert found["homes.market_response"] is over_years["homes.market_response"]


def test_without_a_published_year_nothing_changes() -> None:
    now = table()
    assert at_market(now, YEARS, {}) == now


def test_the_nations_completions_are_told_against_2020() -> None:
    found = load_national().completions
    assert min(found) == 2021
    assert found[2024] == pytest.approx(537_410_000 / 659_100_000)


@given(st.floats(0.0, 1.0), st.floats(0.0, 0.5))
def test_a_slack_market_wakes_up_where_homes_are_scarce(activity: float, vacancy: float) -> None:
    now = changed({"homes.market_activity": activity})
    stock = begin(steady(50_000, 20_000, 30_000), changed({"homes.vacancy_city": vacancy}))
    share = market_share(stock, np.full((1, 1, 3), 0.2), now)[0, 0, CITY]
    expected = activity + (1.0 - activity) * (1.0 - min(vacancy / 0.1, 1.0))
    assert share == pytest.approx(expected, abs=1e-9)


def test_a_bust_is_built_less_from_the_first_year_on() -> None:
    def path(year: int) -> np.ndarray:
        return lane(50_000 * 1.01**year, 20_000, 30_000)

    usual, slack = (
        [one(flow_totals(flows, now)["home_floor_completed"]) for _, flows in run(path, [now] * 4)]
        for now in (defaults(), changed({"homes.market_activity": 0.5}))
    )
    assert slack[0] == pytest.approx(0.5 * usual[0])
    assert all(a < 0.6 * b for a, b in zip(slack, usual, strict=True))


@given(st.floats(0.0, 1.0))
def test_homes_in_place_follow_what_villages_lose_to_towns(share: float) -> None:
    before = begin(steady(50_000, 20_000, 30_000), defaults())
    after = lane(51_000, 20_500, 27_000)
    moved = reclassified(before, in_place(before.households, after, np.full((1, 1), share)))
    assert moved.households[0, 0].tolist() == pytest.approx(
        [50_000 + 1_000 * share, 20_000 + 500 * share, 30_000 - 1_500 * share]
    )
    assert moved.homes.sum() == pytest.approx(before.homes.sum())
    assert moved.floor.sum() == pytest.approx(before.floor.sum())


@pytest.mark.parametrize("after", [lane(51_000, 20_500, 30_000), lane(49_000, 19_000, 27_000)])
def test_no_home_is_in_place_where_only_one_side_changes(after: np.ndarray) -> None:
    before = lane(50_000, 20_000, 30_000)
    assert not in_place(before, after, np.ones((1, 1))).any()


def test_new_homes_gain_less_the_nearer_floor_is_to_its_ceiling() -> None:
    now = changed({f"homes.floor_ceiling_{zone}": 60.0 for zone in ("city", "town", "rural")})
    gains = []
    for floor in (20.0, 50.0, 60.0, 80.0):
        stock = begin(steady(50_000, 20_000, 30_000), now, BaseHomes(floor_per_person=floor))
        mean = stock.floor / stock.homes
        near = stock.floor * stock.households / stock.homes / stock.residents / 60.0
        gain = sizes(stock, now)[0][0] / mean
        gains.append(gain[0, 0])
        assert (gain[near >= 1.0] <= 1.0).all()
        assert (gain[near < 1.0] > 1.0).all()
        np.testing.assert_allclose(gain[near >= 1.0], 1.0 / near[near >= 1.0])
    assert all((a > b).all() for a, b in pairwise(gains))
    assert gains[0][[CITY, TOWN, RURAL]] == pytest.approx(now.new_floor_ratio[0, 0], rel=0.05)


def test_moves_get_used_to_what_a_slump_makes_of_vacancy() -> None:
    def path(year: int) -> np.ndarray:
        return lane(50_000 * 1.02**year, 20_000, 30_000)

    last = [run(path, [changed({"homes.market_activity": activity})] * 8)[-1][0] for activity in (0.0, 0.3, 1.0)]
    still, slump, usual = (
        [one(found[0, 0, CITY]) for found in (vacancy_change(it), vacancy(it) - it.usual)] for it in last
    )
    assert usual[0] == usual[1]
    assert slump[1] < -0.03
    assert slump[1] / 2.0 < slump[0] < 0.0
    assert still[0] == pytest.approx(0.0, abs=1e-12)


def test_a_zone_without_homes_stays_without_them_in_a_slump() -> None:
    now = changed({"homes.market_activity": 0.3})
    for stock, flows in run(lambda year: lane(50_000 * 1.01**year, 20_000, 0), [now] * 3):
        assert stock.homes[0, 0, RURAL] == 0.0
        assert flows.started[:, 0, 0, RURAL].tolist() == [0.0] * len(flows.started)
        assert np.isfinite(stock.felt).all()
