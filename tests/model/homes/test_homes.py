"""Homes: conservation, parts that add up, steady states, a trend without drift, programmes, unknown stocks."""

from dataclasses import fields
from operator import itemgetter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import subject
from sim.model.axes import CITY, RURAL, TOWN
from sim.model.inputs import each
from tests.model.homes.homes_years import PERSONS, begin, changed, defaults, lane, nothing_opened, one, run, steady
from tests.model.oracle import homes_homes as homes
from tests.model.oracle import measures
from tests.model.oracle.homes_demand import share_below
from tests.model.oracle.homes_stock import RESETTLEMENT, SLOTS, TENURES, BaseHomes, Homes, Occupants, Opened
from tests.model.oracle.homes_supply import advance, steady_line
from tests.model.oracle.homes_zones import in_place, reclassified

MEASURES = subject.measures("homes").values()
PARAMETERS = tuple(subject.parameters("homes").values())
POLICIES = tuple(parameter.path for parameter in PARAMETERS if parameter.unit == "home/year")
RENEWAL = {"homes.shanty_units": 600.0, "homes.monetised": 0.4}


def smooth(year: int) -> np.ndarray:
    """Towns that grow by 3% a year at first and 1.5% at last, villages that shrink by 1.5%."""
    growth = 0.03 * year - 0.0005 * year**2
    return lane(80_000 * np.exp(growth), 40_000 * np.exp(growth), 110_000 * 0.985**year)


counts = st.one_of(st.just(0.0), st.floats(1e-6, 2e5))


def up_to(most: float) -> st.SearchStrategy[float]:
    """Nothing, or a number that leaves homes that can be divided by."""
    return st.one_of(st.just(0.0), st.floats(1e-6, most))


units = st.one_of(st.just(0.0), st.floats(1e-6, 5e3))
"""Households of a zone: none, or an amount that a float can be divided by and multiplied back."""


@st.composite
def years(draw: st.DrawFn) -> tuple[list[np.ndarray], dict[str, float]]:
    """Five years of households that go up and down, and programmes of any size."""
    path = [lane(*(draw(counts) for _ in range(3))) for _ in range(6)]
    values = {name: draw(units) for name in POLICIES}
    values |= {"homes.monetised": draw(up_to(1.0)), "homes.reuse": draw(up_to(1.0))}
    values |= {"homes.construction": draw(up_to(6.0)), "homes.renovation_time": draw(up_to(6.0))}
    values |= {"homes.demolition": draw(up_to(0.1)), "homes.displaced": draw(up_to(1.0))}
    values |= {"homes.in_place": draw(up_to(1.0)), "homes.market_activity": draw(up_to(2.0))}
    return path, values


@settings(deadline=None, max_examples=60)
@given(years())
def test_homes_are_conserved_and_parts_add_up(case: tuple[list[np.ndarray], dict[str, float]]) -> None:
    path, values = case
    now = changed(values)
    before = begin(lambda year: path[year], now)
    for after, flows in run(lambda year: path[year], [now] * 5):
        before = reclassified(before, in_place(before.households, after.households, now.in_place))
        scale = 1.0 + np.abs(before.homes)
        built = flows.completed.sum(axis=0)
        np.testing.assert_array_less(np.abs(after.homes - before.homes + flows.demolished - built) / scale, 1e-9)
        need = flows.demand
        parts = need.growth + need.improvement + need.replacement + need.vacancy + need.reused
        assert np.array_equal(parts, need.total)
        assert need.total.min() >= 0.0
        assert need.reused.max() <= 0.0
        line_before = before.market.sum(axis=0) if not before.is_base else None
        if line_before is not None:
            still = line_before + flows.started[0] - flows.completed[0]
            np.testing.assert_allclose(after.market.sum(axis=0), still, atol=1e-6 * scale.max())
        for stock in (after.homes, after.floor, after.market):
            assert np.min(stock) >= -1e-9 * scale.max()
        before = after


@settings(deadline=None, max_examples=40)
@given(years())
def test_measures_add_up(case: tuple[list[np.ndarray], dict[str, float]]) -> None:
    path, values = case
    now = changed(values)
    for after, flows in run(lambda year: path[year], [now] * 3):
        stocks, yearly = homes.stock_totals(after, now), homes.flow_totals(flows, now)
        close = {"rel": 1e-9, "abs": 1e-4}
        parts = [
            yearly[f"home_demand.{part}"] for part in ("growth", "improvement", "replacement", "vacancy", "reused")
        ]
        assert one(sum(parts)) == pytest.approx(one(yearly["home_demand"]), **close)
        assert one(yearly["homes_completed"]) == pytest.approx(
            one(sum(yearly[f"homes_completed.{tenure}"] for tenure in TENURES)), **close
        )
        for zone in ("", "urban_", "city_", "town_", "rural_"):
            assert np.all(stocks[f"{zone}homes_empty"] >= 0.0)
            assert np.all(stocks[f"{zone}homes_empty"] <= stocks[f"{zone}homes"] + 1e-9)
        assert one(stocks["homes"]) == pytest.approx(one(stocks["urban_homes"] + stocks["rural_homes"]), **close)
        money = [value for name, value in yearly.items() if name.startswith("home_investment.")]
        assert one(sum(money)) == pytest.approx(one(yearly["home_investment"]), **close)


def test_the_base_year_is_the_census() -> None:
    now = defaults()
    stock = begin(steady(80_000, 40_000, 110_000), now)
    population = {"resident": 621_000, "urban": 324_000, "rural": 297_000}
    people = {key: np.full((1, 1), value, dtype=np.float64) for key, value in population.items()}
    found = measures.economy(homes.stock_totals(stock, now), people)
    assert one(found["floor_per_person"]) == pytest.approx(41.0, rel=1e-12)
    assert one(found["city_vacancy_rate"]) == pytest.approx(0.2, rel=1e-12)
    assert one(found["rural_vacancy_rate"]) == pytest.approx(0.107, rel=1e-12)
    city, town, rural = (stock.floor / stock.homes)[0, 0] / PERSONS
    assert city / town == pytest.approx(36.52 / 42.29, rel=1e-4)
    assert rural / town == pytest.approx(46.8 / 42.29, rel=1e-4)
    assert np.all(homes.vacancy_change(stock) == 0.0)
    assert one(homes.adequacy(stock)) == pytest.approx(1.0, rel=1e-15)


def test_nothing_changes_where_nobody_comes_and_nothing_is_lost() -> None:
    now = changed({"homes.demolition": 0.0, "homes.improvement": 0.0})
    path = steady(50_000, 20_000, 90_000)
    first = begin(path, now)
    for stock, flows in run(path, [now] * 5):
        assert not flows.demand.total.any()
        assert not flows.completed.any()
        assert np.array_equal(stock.homes, first.homes)
        assert np.array_equal(stock.floor, first.floor)


def test_a_steady_county_builds_what_it_loses() -> None:
    now = changed({"homes.improvement": 0.0})
    for stock, flows in run(steady(50_000, 20_000, 90_000), [now] * 15):
        assert flows.completed.sum(axis=0) == pytest.approx(flows.demolished, rel=1e-9)
        assert np.abs(homes.vacancy_change(stock)).max() < 1e-12


@pytest.mark.parametrize("lag", [0.0, 1.0, 2.5, 6.0])
def test_a_smooth_trend_does_not_drift(lag: float) -> None:
    now = changed({"homes.construction": lag})
    for stock, _ in run(smooth, [now] * 15):
        change = homes.vacancy_change(stock)[0, 0]
        assert np.abs(change[[CITY, TOWN]]).max() < 0.01


def test_shrinking_villages_use_what_is_left_first_and_then_empty() -> None:
    slow = run(lambda year: lane(0, 0, 90_000 * 0.995**year), [defaults()] * 10)
    fast = run(lambda year: lane(0, 0, 90_000 * 0.96**year), [defaults()] * 10)
    assert abs(homes.vacancy_change(slow[-1][0])[0, 0, RURAL]) < 0.005
    assert homes.vacancy_change(fast[-1][0])[0, 0, RURAL] > 0.1
    assert fast[-1][1].demand.total[0, 0, RURAL] == 0.0


def test_supply_that_does_not_come_leaves_households_without_homes() -> None:
    now = changed({"homes.market_response": 0.0})
    last = run(lambda year: lane(50_000 * 1.05**year, 0, 0), [now] * 12)[-1][0]
    lacking = one(homes.stock_totals(last, now)["home_shortage"])
    assert lacking == pytest.approx(one(last.households[0, 0, CITY] - last.homes[0, 0, CITY]), rel=1e-12)
    assert lacking > 10_000
    empty, stock = (one(homes.stock_totals(last, now)[name]) for name in ("homes_empty", "homes"))
    assert 0.0 <= empty <= stock
    assert one(homes.adequacy(last)) < 0.8


def test_a_shock_is_met_after_the_construction_time() -> None:
    """Households jump by 1,000 in year 3: the market starts homes in year 4 and completes them from year 6 on."""
    now = changed({"homes.demolition": 0.0, "homes.improvement": 0.0, "homes.market_correction": 0.0})
    found = run(lambda year: lane(50_000 + 1_000 * (year >= 3), 0, 0), [now] * 9)
    asked = [one(flows.demand.total[0, 0, CITY]) for _, flows in found]
    built = [one(flows.completed[0, 0, 0, CITY]) for _, flows in found]
    assert asked == pytest.approx([0, 0, 1_250, 0, 0, 0, 0, 0, 0], abs=1e-6)
    assert built == pytest.approx([0, 0, 0, 0, 0, 625, 625, 0, 0], abs=1e-6)


@settings(deadline=None)
@given(st.lists(st.floats(0.0, 1e5), min_size=1, max_size=8), st.floats(0.0, one(SLOTS)))
def test_everything_started_is_completed_after_its_lag(starts: list[float], lag: float) -> None:
    line, done = np.zeros((SLOTS, 1)), []
    for number in [*starts, *([0.0] * (SLOTS + 1))]:
        finished, line = advance(line, np.array([number]), np.array([lag]))
        done.append(one(finished[0]))
    assert sum(done) == pytest.approx(sum(starts), rel=1e-12, abs=1e-9)
    when = sum(year * number for year, number in enumerate(done))
    assert when == pytest.approx(sum((year + lag) * number for year, number in enumerate(starts)), rel=1e-9, abs=1e-6)


@settings(deadline=None)
@given(st.floats(0.0, 1e5), st.floats(0.0, one(SLOTS)))
def test_a_steady_line_stays_as_it_is(flow: float, lag: float) -> None:
    line = steady_line(np.array([flow]), np.array([lag]))
    assert line.sum() == pytest.approx(flow * lag, rel=1e-12, abs=1e-9)
    done, after = advance(line, np.array([flow]), np.array([lag]))
    assert one(done[0]) == pytest.approx(flow, rel=1e-12, abs=1e-9)
    assert after == pytest.approx(line, rel=1e-9, abs=1e-6)


def assert_same(one: object, two: object) -> None:
    for field in fields(one):  # type: ignore[arg-type]
        left, right = getattr(one, field.name), getattr(two, field.name)
        if hasattr(left, "__dataclass_fields__"):
            assert_same(left, right)
        else:
            assert np.array_equal(left, right, equal_nan=not isinstance(left, bool)), field.name


def test_a_policy_of_no_strength_changes_no_digit() -> None:
    plain = defaults()
    zero = changed(dict.fromkeys(POLICIES, 0.0))
    for without, with_ in zip(run(smooth, [plain] * 6), run(smooth, [zero] * 6), strict=True):
        assert_same(without[0], with_[0])
        assert_same(without[1], with_[1])


def test_renovation_moves_quality_and_no_homes() -> None:
    base = BaseHomes(floor_per_person=41.0, old=8_000.0)
    nows = [changed({"homes.renovation_units": 5_349.0 * (year == 1)}) for year in range(1, 5)]
    plain, renewed = run(smooth, [defaults()] * 4, base), run(smooth, nows, base)
    for (without, _), (with_, _) in zip(plain, renewed, strict=True):
        assert np.array_equal(without.homes, with_.homes)
        assert np.array_equal(without.floor, with_.floor)
    assert [one(stock.since.renovation[0, 0]) for stock, _ in renewed] == [5_349.0] * 4
    done = [one(homes.stock_totals(stock, nows[0])["renovated"]) for stock, _ in renewed]
    assert done == [0.0, 5_349.0, 5_349.0, 5_349.0]
    assert one(renewed[0][0].old[0, 0]) == pytest.approx(one(plain[0][0].old[0, 0]) - 5_349.0)
    spent = homes.flow_totals(renewed[0][1], nows[0])
    assert one(spent["home_investment.renovation"]) == pytest.approx(5_349 * 26_755)


def test_no_more_is_renewed_than_there_is() -> None:
    base = BaseHomes(floor_per_person=41.0, old=1_000.0, shanty=500.0)
    now = changed({"homes.renovation_units": 800.0, "homes.shanty_units": 400.0})
    last = run(steady(50_000, 20_000, 0), [now] * 4, base)[-1][0]
    assert 800.0 < one(last.since.renovation[0, 0]) <= 1_000.0
    assert 400.0 < one(last.since.shanty[0, 0]) <= 500.0
    assert one(last.old[0, 0]) == pytest.approx(0.0, abs=1e-9)


def test_shantytown_renewal_replaces() -> None:
    """1,000 homes fall in year 1; 600 are built again for those who lived there, the market builds 400 more."""
    quiet = {"homes.demolition": 0.0, "homes.improvement": 0.0, "homes.market_correction": 0.0, "homes.monetised": 0.4}
    nows = [changed(quiet | {"homes.shanty_units": 1_000.0 * (year == 1)}) for year in range(1, 9)]
    found = run(steady(50_000, 0, 0), nows)
    first = begin(steady(50_000, 0, 0), nows[0])
    assert one(found[0][0].homes.sum() - first.homes.sum()) == pytest.approx(-1_000.0)
    assert one(found[0][1].demand.replacement.sum()) == pytest.approx(1_000.0)
    need = [one(homes.stock_totals(stock, nows[0])["resettlement_waiting"]) for stock, _ in found]
    assert need == pytest.approx([600, 600, 300, 0, 0, 0, 0, 0], abs=1e-6)
    market = [one(flows.completed[0].sum()) for _, flows in found]
    assert market == pytest.approx([0, 0, 0, 200, 200, 0, 0, 0], abs=1e-6)
    assert one(found[-1][0].homes.sum()) == pytest.approx(one(first.homes.sum()), rel=1e-12)


def test_a_backlog_of_resettlement_homes_is_delivered_at_once() -> None:
    now = changed({"homes.resettlement_deliveries": 22_310 / 3})
    found = run(smooth, [now] * 3)
    assert one(found[-1][0].since.delivered[0, 0, RESETTLEMENT]) == pytest.approx(22_310)


def test_subsidised_homes_displace_a_share_of_the_market() -> None:
    quiet = {"homes.market_correction": 0.0, "homes.construction": 1.0}
    plain = run(steady(50_000, 0, 0), [changed(quiet)] * 6)
    social = run(steady(50_000, 0, 0), [changed(quiet | {"homes.public_rental_starts": 100.0})] * 6)
    fewer = [one((a.started[0] - b.started[0]).sum()) for (_, a), (_, b) in zip(plain, social, strict=True)]
    assert fewer[:2] == pytest.approx([0.0, 60.0], abs=1e-6)


def test_projects_open_renew_and_renovate() -> None:
    built = np.zeros((len(TENURES), 1, 1, 3))
    built[RESETTLEMENT + 1, 0, 0, TOWN] = 300.0
    opened = Opened(built, lane(0, 500, 0), np.array([[70.0]]))
    plain, found = run(smooth, [defaults()] * 2), run(smooth, [defaults()] * 2, opened={1: opened})
    assert one((found[0][0].homes - plain[0][0].homes)[0, 0, TOWN]) == pytest.approx(-200.0)
    totals = homes.stock_totals(found[0][0], defaults())
    assert one(totals["resettlement_need"]) == pytest.approx(250.0)
    assert one(totals["resettlement_delivered"]) == pytest.approx(300.0)
    assert one(totals["renovated"]) == 70.0
    money = homes.flow_totals(found[0][1], defaults())
    assert one(money["home_investment.shanty"]) == 0.0
    assert one(money["home_investment.renovation"]) == 0.0


def test_what_is_not_known_is_not_invented() -> None:
    now = changed({"homes.public_rental_starts": 100.0, "homes.construction": 1.0})
    stock = run(smooth, [now] * 3, settled=2_000.0)[-1][0]
    totals = homes.stock_totals(stock, now)
    for name in ("public_rental_stock", "public_rental_gap", "affordable_rental_gap", "old_homes", "shanty_homes"):
        assert np.isnan(totals[name]).all(), name
    assert one(totals["public_rental_delivered"]) == pytest.approx(200.0)
    households = stock.households.sum()
    expected = 0.1 * households * 0.2 + 6_000 * 0.05 / 2.0
    assert one(totals["public_rental_need"]) == pytest.approx(expected, rel=1e-12)
    assert one(totals["affordable_rental_need"]) == pytest.approx(6_000 * 0.15 / 2.0)
    known = run(smooth, [now] * 3, BaseHomes(41.0, rented=0.1, public_rental=5_000.0))[-1][0]
    gap = homes.stock_totals(known, now)
    assert one(gap["public_rental_gap"]) == pytest.approx(max(0.1 * households * 0.2 - 5_200.0, 0.0))


def test_renters_are_townspeople() -> None:
    stock = begin(steady(1_000, 0, 99_000), defaults(), BaseHomes(41.0, rented=0.5))
    assert one(homes.stock_totals(stock, defaults())["public_rental_need"]) == pytest.approx(1_000 * 0.2)


def test_places_that_become_town_bring_their_homes() -> None:
    now = defaults()
    before = begin(steady(80_000, 40_000, 100_000), now)
    shares = np.array([[[0.1, 0.05, 0.0]]])
    people = lane(85_000, 50_000, 85_000)
    stock, flows = homes.year(before, Occupants(people, people * PERSONS, np.zeros((1, 1)), shares),
                              nothing_opened(1, 1), now)  # fmt: skip
    assert flows.demand.growth.max() == pytest.approx(0.0, abs=1e-6)
    moved = before.homes[0, 0, RURAL] * 0.1
    assert stock.homes[0, 0, TOWN] == pytest.approx(before.homes[0, 0, TOWN] + moved, rel=1e-3)
    assert np.abs(homes.vacancy_change(stock)).max() < 1e-12
    assert stock.residents.sum() == pytest.approx(before.residents.sum())


def test_a_declared_vacancy_that_rises_is_built_for() -> None:
    nows = [changed({"homes.vacancy_city": 0.2 if year < 2 else 0.25}) for year in range(1, 40)]
    last = run(steady(50_000, 0, 0), nows)[-1][0]
    assert homes.vacancy_change(last)[0, 0, CITY] == pytest.approx(0.05, abs=0.005)


def test_share_below_a_norm_is_that_of_a_lognormal() -> None:
    rng = np.random.default_rng(5)
    spread, mean = 0.5, 41.0
    sample = rng.lognormal(np.log(mean) - spread**2 / 2, spread, 400_000)
    found = share_below(np.array(mean), np.array(35.0), np.array(spread))
    assert one(found) == pytest.approx((sample < 35.0).mean(), abs=0.003)


def test_lanes_do_not_touch_each_other() -> None:
    """Three draws of two regions together give what each gives alone."""
    rng = np.random.default_rng(3)
    paths = rng.uniform(1e4, 9e4, (5, 3, 2, 3))
    spread = {parameter.path: parameter.default * rng.uniform(0.9, 1.1, (3, 2)) for parameter in PARAMETERS}
    spread["homes.shanty_units"] = rng.uniform(0, 500, (3, 2))
    now = changed(spread, 3, 2)
    together = run(lambda year: paths[year], [now] * 4)
    for at in np.ndindex(3, 2):
        lanes = (slice(at[0], at[0] + 1), slice(at[1], at[1] + 1))
        own = paths[:, *lanes]
        alone = run(own.__getitem__, [each(now, itemgetter(lanes))] * 4)
        for (many, _), (single, _) in zip(together, alone, strict=True):
            assert np.array_equal(many.homes[at], single.homes[0, 0])
            assert np.array_equal(many.floor[at], single.floor[0, 0])


def test_parameters_that_all_draws_share_may_be_given_once() -> None:
    rng = np.random.default_rng(4)
    paths = rng.uniform(1e4, 9e4, (4, 3, 2, 3))
    values = {parameter.path: parameter.default * rng.uniform(0.9, 1.1, (1, 2)) for parameter in PARAMETERS}
    values |= {path: rng.uniform(0, 500, (1, 2)) for path in POLICIES}
    once = changed(values, 1, 2)
    often = each(once, lambda value: np.repeat(value, 3, axis=0))
    shared, own = (run(paths.__getitem__, [now] * 3, settled=100.0) for now in (once, often))
    for (left, flows), (right, same) in zip(shared, own, strict=True):
        assert np.array_equal(left.homes, right.homes)
        given, expected = homes.flow_totals(flows, once), homes.flow_totals(same, often)
        given, expected = given | homes.stock_totals(left, once), expected | homes.stock_totals(right, often)
        for name, value in expected.items():
            np.testing.assert_allclose(np.broadcast_to(given[name], (3, 2)), value, rtol=1e-12, err_msg=name)


def test_a_restarted_run_is_the_whole_run() -> None:
    now = changed(RENEWAL)
    whole = run(smooth, [now] * 6)
    stock: Homes = whole[2][0]
    for year in range(4, 7):
        people = smooth(year)
        stock, _ = homes.year(stock, Occupants(people, people * PERSONS, np.zeros((1, 1))), nothing_opened(1, 1), now)
    assert_same(stock, whole[-1][0])


def test_every_measure_is_declared_once_with_what_the_process_gives() -> None:
    now = defaults()
    after, flows = run(smooth, [now])[0]
    stocks = homes.stock_totals(after, now)
    given = measures.economy(stocks, {name: np.ones((1, 1)) for name in ("resident", "urban", "rural")})
    empty = {measure.part for measure in MEASURES if measure.id.endswith("vacancy_rate")}
    assert set(given) == {measure.id for measure in MEASURES if not measure.is_flow} | empty
    assert set(homes.flow_totals(flows, now)) == {measure.id for measure in MEASURES if measure.is_flow}


def test_parameters_are_in_range_and_say_where_they_come_from() -> None:
    assert len({parameter.path for parameter in PARAMETERS}) == len(PARAMETERS)
    for parameter in PARAMETERS:
        assert parameter.low <= parameter.default <= parameter.high
        assert parameter.path.startswith("homes.")
        assert parameter.evidence.zh
        assert parameter.evidence.en
        assert (parameter.default == 0.0) == (parameter.path in POLICIES), parameter.path
