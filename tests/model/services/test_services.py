"""Arithmetic of services: identities, additivity, stocks that are not known, and analytic courses of capacity."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.services.parameters import parameters_of, path
from sim.model.services.service import Capacity, Service
from sim.scenario.library import Reading
from sim.scenario.services import library, services
from tests.model.oracle import services_services as process

Values = Mapping[str, np.ndarray]


@pytest.fixture(scope="module")
def shipped() -> tuple[Service, ...]:
    reading = Reading()
    part = library(reading)
    assert part is not None
    return services([part], reading)


def defaults(table: tuple[Service, ...]) -> dict[str, np.ndarray]:
    return {name: np.full((1, 1), parameter.default) for name, parameter in parameters_of(table).items()}


def people(of: process.Table, draws: int = 3, regions: int = 2) -> np.ndarray:
    random = np.random.default_rng(4)
    return process.driving(of, {name: random.uniform(1e3, 1e6, (draws, regions)) for name in of.drivers})


def needed(of: process.Table, now: Values, drivers: np.ndarray) -> np.ndarray:
    return process.need(of, drivers, process.norms(of, now).per_driver)


def test_need_of_beds_is_what_a_planner_works_out_by_hand(shipped: tuple[Service, ...]) -> None:
    """651,000 residents × 7.5 beds per 1,000; ICU 2% of them; 1,900 primary pupils need 100 staff at 1:19."""
    of = process.table(shipped)
    measures = dict.fromkeys(of.drivers, np.zeros((1, 1)))
    measures |= {"resident": np.full((1, 1), 651_000.0), "age_6_11": np.full((1, 1), 1_900.0)}
    now = defaults(shipped) | {"service.hospital_beds.standard": np.full((1, 1), 7.5)}
    result = dict(zip(of.ids, needed(of, now, process.driving(of, measures))[0, 0], strict=True))
    assert result["hospital_beds"] == pytest.approx(4882.5)
    assert result["icu_beds"] == pytest.approx(97.65)
    assert result["primary_places"] == pytest.approx(1900.0)
    assert result["primary_teachers"] == pytest.approx(99.94)
    assert result["public_health_staff"] == pytest.approx(427.056)


def test_built_up_area_drives_toilets_roads_and_lights(shipped: tuple[Service, ...]) -> None:
    """200,000 urban residents at 95 m² are 19 km²: 76 toilets, 152 km of road, 7,600 lamps."""
    of = process.table(shipped)
    measures = dict.fromkeys(of.drivers, np.zeros((1, 1))) | {"urban": np.full((1, 1), 200_000.0)}
    result = dict(zip(of.ids, needed(of, defaults(shipped), process.driving(of, measures))[0, 0], strict=True))
    assert result["construction_land"] == pytest.approx(19e6)
    assert result["public_toilets"] == pytest.approx(76.0)
    assert result["road_length"] == pytest.approx(152.0)
    assert result["street_lights"] == pytest.approx(7600.0)
    assert result["water_supply"] == pytest.approx(31_200.0)
    assert result["sewage_treatment"] == pytest.approx(24_024.0)


def test_doubling_a_standard_doubles_its_need_and_those_it_drives_and_no_other(shipped: tuple[Service, ...]) -> None:
    of = process.table(shipped)
    drivers, now = people(of), defaults(shipped)
    before = needed(of, now, drivers)
    for index, service in enumerate(shipped):
        name = path(service, "standard")
        after = needed(of, now | {name: 2.0 * now[name]}, drivers)
        driven = {service.id}
        for other in of.services:
            driven |= {other.id} if other.parent in driven else set()
        factor = np.array([2.0 if id_ in driven else 1.0 for id_ in of.ids])
        np.testing.assert_array_equal(after, before * factor)
        assert of.ids[index] == service.id


def test_need_is_additive_over_regions(shipped: tuple[Service, ...]) -> None:
    of = process.table(shipped)
    drivers, now = people(of, draws=4, regions=5), defaults(shipped)
    together = needed(of, now, drivers.sum(axis=1, keepdims=True))
    np.testing.assert_allclose(needed(of, now, drivers).sum(axis=1, keepdims=True), together, rtol=1e-12)


def test_nothing_is_needed_without_people_and_a_loss_needs_nothing(shipped: tuple[Service, ...]) -> None:
    of = process.table(shipped)
    now = defaults(shipped)
    for value in (0.0, -5e4):
        drivers = process.driving(of, dict.fromkeys(of.drivers, np.full((2, 1), value)))
        need = needed(of, now, drivers)
        assert not need.any()
        stand = process.standing(need, np.zeros_like(need))
        assert (stand.adequacy == 1.0).all()
        assert not stand.gap.any()


amounts = st.floats(0.0, 1e9)


@settings(deadline=None)
@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=8))
def test_gap_less_surplus_is_need_less_capacity(pairs: list[tuple[float, float]]) -> None:
    need, capacity = np.array(pairs).T
    stand = process.standing(need, capacity)
    surplus = np.maximum(capacity - need, 0.0)
    np.testing.assert_allclose(stand.gap - surplus, need - capacity, rtol=1e-12, atol=0.0)
    assert ((stand.adequacy >= 0.0) & (stand.adequacy <= 1.0)).all()
    short = need > capacity
    np.testing.assert_array_equal(stand.gap > 0.0, short)
    np.testing.assert_array_equal(stand.adequacy[short], capacity[short] / need[short])
    assert (stand.adequacy[~short] == 1.0).all()
    assert (stand.gap * surplus == 0.0).all()


@settings(deadline=None)
@given(amounts, amounts, st.floats(0.0, 1e6), st.floats(0.0, 1.0), st.floats(0.0, 0.5), st.integers(1, 12))
def test_routine_closes_its_share_of_the_gap_each_year(
    first: float, need: float, opened: float, routine: float, retired: float, years: int
) -> None:
    one = np.array([1.0])
    year = process.Norms(one, routine * one, retired * one, one)
    capacity = np.array([first])
    for _ in range(years):
        kept = capacity * (1.0 - retired) + opened
        after = process.advance(capacity, np.array([need]), opened, year)
        assert (after >= kept * (1.0 - 1e-12)).all()
        assert (after <= np.maximum(kept, need) * (1.0 + 1e-12)).all()
        capacity = after
    if retired == 0.0 and opened == 0.0 and first < need:
        left = (need - first) * (1.0 - routine) ** years
        np.testing.assert_allclose(need - capacity, left, rtol=1e-6, atol=1e-6 * need)


def test_a_stock_that_is_not_known_stays_so_and_the_need_is_still_given(shipped: tuple[Service, ...]) -> None:
    of = process.table(shipped)
    drivers, now = people(of), defaults(shipped)
    beds = next(service for service in shipped if service.id == "hospital_beds")
    known = {beds.id: Capacity(beds.id, 4600.0, False, 2020, beds.standard, beds.place)}
    year = process.norms(of, now)
    need = process.need(of, drivers, year.per_driver)
    capacity = process.start(of, [known, {}], drivers, year.per_driver)
    column = of.ids.index(beds.id)
    assert (capacity[:, 0, column] == 4600.0).all()
    assert np.isnan(capacity).sum() == capacity.size - 3
    later = process.advance(capacity, need, 10.0, year)
    np.testing.assert_array_equal(np.isnan(later), np.isnan(capacity))
    stand = process.standing(need, later)
    assert np.isfinite(stand.need).all()
    mean, held = process.overall(stand.adequacy, year.weight)
    np.testing.assert_array_equal(mean[:, 0], stand.adequacy[:, 0, column])
    np.testing.assert_allclose(held[:, 0], beds.weight / sum(service.weight for service in shipped))
    np.testing.assert_array_equal(mean[:, 1], 1.0)
    assert not held[:, 1].any()
    price = process.prices(of, now)
    cost = process.to_close(stand.gap, price.unit_cost)
    np.testing.assert_allclose(cost[:, 0, column], stand.gap[:, 0, column] * 900_000.0)


def test_a_capacity_by_unit_of_driver_is_times_the_driver_of_the_base_year(
    shipped: tuple[Service, ...],
) -> None:
    of = process.table(shipped)
    drivers = people(of)
    norm = process.norms(of, defaults(shipped)).per_driver
    by_id = {service.id: service for service in shipped}
    known = {
        id_: Capacity(id_, 0.005, True, 2020, by_id[id_].standard, by_id[id_].place) for id_ in ("doctors", "icu_beds")
    }
    capacity = process.start(of, [known, known], drivers, norm)
    residents = drivers[..., of.drivers.index("resident")]
    need = process.need(of, drivers, norm)
    np.testing.assert_allclose(capacity[..., of.ids.index("doctors")], 0.005 * residents)
    np.testing.assert_allclose(
        capacity[..., of.ids.index("icu_beds")], 0.005 * need[..., of.ids.index("hospital_beds")]
    )


@given(st.lists(st.tuples(st.floats(0.0, 1.0) | st.just(np.nan), st.floats(0.01, 5.0)), min_size=1, max_size=6))
def test_overall_adequacy_is_a_mean_of_what_is_known(pairs: list[tuple[float, float]]) -> None:
    adequacy, weight = np.array(pairs).T
    mean, held = process.overall(adequacy, weight)
    known = ~np.isnan(adequacy)
    assert 0.0 <= held <= 1.0 + 1e-12
    if known.any():
        assert adequacy[known].min() - 1e-12 <= mean <= adequacy[known].max() + 1e-12
    else:
        assert (mean, held) == (1.0, 0.0)


def test_norms_follow_a_region_and_a_draw(shipped: tuple[Service, ...]) -> None:
    of = process.table(shipped)
    now = defaults(shipped) | {"service.doctors.standard": np.array([[2.0, 3.0], [2.5, 3.5]])}
    norm = process.norms(of, now).per_driver[..., of.ids.index("doctors")]
    np.testing.assert_allclose(norm, [[0.002, 0.003], [0.0025, 0.0035]])


def test_own_routine_replaces_that_of_all(shipped: tuple[Service, ...]) -> None:
    of = process.table(shipped)
    year = process.norms(of, defaults(shipped) | {"services.routine": np.full((1, 1), 0.07)})
    buses, beds = of.ids.index("bus_vehicles"), of.ids.index("hospital_beds")
    assert (year.routine[0, 0, buses], year.routine[0, 0, beds]) == (0.5, 0.07)
    assert (year.retirement[0, 0, buses], year.retirement[0, 0, beds]) == (0.1, 0.0)


def test_order_of_the_table_changes_nothing(shipped: tuple[Service, ...]) -> None:
    def depth(service: Service) -> int:
        return 0 if service.parent is None else 1 + depth(next(s for s in shipped if s.id == service.parent))

    other = tuple(sorted(shipped, key=lambda service: (depth(service), service.id)))
    now = defaults(shipped)
    one, two = process.table(shipped), process.table(other)
    measures = {name: np.full((1, 1), 1e5 + 7.0 * index) for index, name in enumerate(one.drivers)}
    first = dict(zip(one.ids, needed(one, now, process.driving(one, measures))[0, 0], strict=True))
    second = dict(zip(two.ids, needed(two, now, process.driving(two, measures))[0, 0], strict=True))
    assert first == second


def test_written_units_do_not_matter(shipped: tuple[Service, ...]) -> None:
    """Beds by 10,000 in place of by 1,000: the same need from ten times the figure."""
    at = [service.id for service in shipped].index("hospital_beds")
    by_myriad = replace(shipped[at], standard=replace(shipped[at].standard, unit="张/万人"))
    changed = (*shipped[:at], by_myriad, *shipped[at + 1 :])
    of = process.table(changed)
    drivers, now = people(of), defaults(shipped)
    tenfold = now | {"service.hospital_beds.standard": 10.0 * now["service.hospital_beds.standard"]}
    np.testing.assert_allclose(needed(of, tenfold, drivers), needed(process.table(shipped), now, drivers), rtol=1e-12)
