"""A base year after the census: the run goes on as it would have, from people brought to known totals."""

import numpy as np
import pytest

from sim.model.projects.months import month_of
from sim.run.ensemble import PAST, Ensemble, simulate
from sim.run.experiment import outcomes, unmoved
from sim.run.lanes import Wanted
from sim.run.moves import Value
from sim.run.scenario_run import ready
from sim.scenario import scenario
from tests.paths import SCENARIOS
from tests.scenarios import prepared

LAST = "horizon=2028"
_SINCE = ("urbanization_rate_gain", "urban_population_growth", "new_urban_households", "city_growth")


@pytest.fixture(scope="module")
def whole() -> Ensemble:
    return simulate(prepared("trend", LAST, "plan=null").case, range(30), range(2020, 2029))


@pytest.fixture(scope="module")
def begun() -> Ensemble:
    case = prepared(
        "trend", LAST, "plan=null", "base_year=2025", "test_year=2027", "control.urban=1", "control.rural=1"
    ).case
    return simulate(case, range(30), range(2025, 2029))


def test_without_controls_it_is_the_run_from_the_census_cut_short(whole: Ensemble, begun: Ensemble) -> None:
    assert begun.years == (2025, 2026, 2027, 2028)
    for name, measure in whole.measures.items():
        if name in _SINCE or name.startswith("base_"):
            continue
        expected = whole.of(name)[6 if measure.is_flow else 5 :]
        np.testing.assert_array_equal(begun.of(name)[1 if measure.is_flow else 0 :], expected, err_msg=name)
    np.testing.assert_allclose(begun.pyramids, whole.pyramids[5:], rtol=1e-12)


def test_gains_count_from_the_base_year(whole: Ensemble, begun: Ensemble) -> None:
    rate = whole.of("urbanization_rate")
    np.testing.assert_allclose(begun.of("urbanization_rate_gain"), rate[5:] - rate[5], atol=1e-7)
    np.testing.assert_array_equal(begun.of("base_urban"), np.broadcast_to(whole.of("urban")[5], (4, 30)))


def test_the_years_before_are_kept_for_figures(whole: Ensemble, begun: Ensemble) -> None:
    assert begun.past is not None
    assert begun.whole.years == tuple(range(2020, 2026))
    for name in PAST:
        np.testing.assert_array_equal(begun.whole.of(name), whole.of(name)[:6])


def test_people_are_brought_to_the_totals_and_keep_their_ages(whole: Ensemble) -> None:
    case = prepared(
        "trend", LAST, "plan=null", "base_year=2025", "test_year=2027", "control.urban=0.9", "control.rural=1.2"
    ).case
    found = simulate(case, range(30), (2025,))
    np.testing.assert_allclose(found.of("urban")[0], 0.9 * whole.of("urban")[5], rtol=1e-6)
    np.testing.assert_allclose(found.of("rural")[0], 1.2 * whole.of("rural")[5], rtol=1e-6)
    np.testing.assert_allclose(found.of("away")[0], whole.of("away")[5], rtol=1e-6)
    city, rural = found.pyramids[0, 0, 0], found.pyramids[0, 0, 2]
    np.testing.assert_allclose(city, 0.9 * whole.pyramids[5, 0, 0], rtol=1e-9)
    np.testing.assert_allclose(rural, 1.2 * whole.pyramids[5, 0, 2], rtol=1e-9)
    asked = [Wanted(name, 0, year) for name in ("urban", "urbanization_rate_gain") for year in (2025, 2028)]
    answered = unmoved(case, asked, range(30))
    for one, values in zip(asked, answered, strict=True):
        np.testing.assert_array_equal(values, found.of(one.measure)[one.year - 2025])


def test_works_begin_after_the_base_year(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("works") / "works.yaml"
    file.write_text(
        "name: works\nextends: jieshou/trend.yaml\nplan: null\nbase_year: 2025\ntest_year: 2028\nhorizon: 2030\n"
        "projects:\n"
        "  - {id: built, kind: primary-school, zone: city, delivers: {primary_places: 900}, stage: construction,"
        " since: 2025, source: a test}\n",
        "utf-8",
    )
    found = scenario(file)
    done = simulate(ready(found).case, range(20))
    assert (done.pipelines[0].opened >= month_of(2026)).all()
    assert not done.of("delivered.primary_places")[0].any()
    assert done.of("delivered.primary_places")[-1].any()


def test_a_shipped_place_is_carried_forward() -> None:
    found = scenario(SCENARIOS / "jieshou" / "trend.yaml", ("plan=null", "base_year=2025", "test_year=2027", LAST))
    assert (found.base_year, found.census_year, found.observed) == (2025, 2020, True)
    case = ready(found).case
    assert (case.base_year, case.first, case.shown[-1]) == (2020, 2025, 2028)


def test_a_moved_value_acts_after_the_base_year_as_a_set_one_does() -> None:
    asked = (LAST, "plan=null", "base_year=2025", "test_year=2027")
    wanted = [Wanted(name, 0, year) for name in ("resident", "births") for year in (2025, 2026, 2028)]
    moved = outcomes(
        prepared("trend", *asked).case, [Value("fertility.tfr", "times")], np.array([[1.5]]), wanted, range(10)
    )
    written = unmoved(prepared("trend", *asked, "fertility.tfr.times=1.5").case, wanted, range(10))
    np.testing.assert_array_equal(moved[:, 0], written)
    np.testing.assert_array_equal(moved[0, 0], unmoved(prepared("trend", *asked).case, wanted, range(10))[0])
