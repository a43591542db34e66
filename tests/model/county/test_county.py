"""The whole county: what is counted is conserved, and what should change nothing changes nothing."""

from pathlib import Path

import numpy as np
import pytest

from sim.run.ensemble import Ensemble, simulate
from sim.run.scenario_run import openings, ready
from sim.scenario import scenario
from sim.scenario.resolved import ResolvedScenario
from tests.scenarios import ROOT

POOL = """
name: pool
extends: jieshou/trend.yaml
horizon: 2028
projects:
  - {id: hospital, kind: hospital, zone: city, delivers: {hospital_beds: 300}, from: 2021, source: a test}
  - {id: school, kind: primary-school, zone: town, delivers: {primary_places: 900}, count: 6, per_year: 2, source: test}
  - {id: park, kind: community-centre, zone: city, delivers: {jobs: 2000}, cost: {value: 3, unit: 亿元}, source: a test}
  - {id: flats, kind: public-rental, zone: city, delivers: {public_rental_homes: 400}, source: a test}
"""
TIGHT = "budget.capital=150"


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pool") / "pool.yaml"
    file.write_text(POOL, "utf-8")
    return file


def _run(file: Path, *overrides: str, draws: int = 60) -> tuple[ResolvedScenario, Ensemble]:
    found = scenario(file, overrides)
    return found, simulate(ready(found).case, range(draws))


@pytest.fixture(scope="module")
def done(pool: Path) -> Ensemble:
    return _run(pool, TIGHT)[1]


def _of(run: Ensemble, measure: str, row: int = 0) -> np.ndarray:
    return run.of(measure, row).astype(np.float64)


def test_homes_are_conserved(done: Ensemble) -> None:
    homes = _of(done, "homes")
    change = _of(done, "homes_completed") - _of(done, "homes_demolished")
    np.testing.assert_allclose(np.diff(homes, axis=0), change[1:], atol=0.1)
    parts = sum(
        _of(done, f"home_demand.{part}") for part in ("growth", "improvement", "replacement", "vacancy", "reused")
    )
    np.testing.assert_allclose(parts, _of(done, "home_demand"), atol=0.05)


def test_money_is_conserved(done: Ensemble) -> None:
    """What was left, came and was borrowed is what was spent, called in and is left."""
    left, debt, came = (_of(done, name) for name in ("money_left", "debt", "money_year"))
    repaid = 0.1 * debt[:-1]
    borrowed = np.diff(debt, axis=0) + repaid
    used = _of(done, "money_spent") + _of(done, "money_called_in")
    gained = left[:-1] + came[1:] + borrowed
    scale = np.abs(came).max()
    np.testing.assert_allclose(gained - used[1:], left[1:], atol=2e-6 * scale)
    assert used.max() > 0.0


def test_land_is_conserved(done: Ensemble) -> None:
    left = _of(done, "land_left")
    gained = left[:-1] + _of(done, "land_year")[1:]
    used = _of(done, "land_used") + _of(done, "land_called_in")
    boundary = _of(done, "boundary_left")
    np.testing.assert_allclose(gained - used[1:], left[1:], rtol=1e-5)
    np.testing.assert_allclose(-np.diff(boundary, axis=0), _of(done, "land_used")[1:], atol=4.0)


def test_jobs_are_counted_once(done: Ensemble) -> None:
    np.testing.assert_allclose(
        np.cumsum(_of(done, "new_jobs_gross"), axis=0), _of(done, "new_jobs_total"), rtol=1e-6, atol=1e-3
    )
    assert _of(done, "new_jobs_total")[-1].max() == pytest.approx(2000.0)


def test_places_come_from_projects_and_routine_only(done: Ensemble) -> None:
    beds, delivered = _of(done, "capacity.hospital_beds"), _of(done, "delivered.hospital_beds")
    gap = _of(done, "gap.hospital_beds")
    built = np.diff(delivered, axis=0)
    routine = np.diff(beds, axis=0) - built
    assert (routine >= -0.01).all()
    assert (routine[gap[1:] == 0.0] <= np.maximum(gap[:-1], 0.0)[gap[1:] == 0.0] + 30.0).all()
    assert set(np.unique(delivered[-1])) <= {0.0, 300.0}


def test_the_same_people_leave_and_arrive_within_a_prefecture() -> None:
    found = scenario(ROOT / "scenarios" / "haidong" / "trend.yaml", ["horizon=2025"])
    run = simulate(ready(found).case, range(20))
    regions = range(len(found.groups), len(found.groups) + len(found.regions))
    came = sum(_of(run, "between_in", row) for row in regions)
    went = sum(_of(run, "between_out", row) for row in regions)
    np.testing.assert_allclose(came, went, rtol=1e-5)
    assert came[2:].min() > 0.0
    left = sum(_of(run, f"moves.away.leave_{zone}") for zone in ("city", "town", "rural"))
    assert (went[2:] <= left[1:-1]).all()


def test_doubling_a_standard_doubles_its_need(pool: Path) -> None:
    once = _run(pool, "service.nurses.standard=3", draws=5)[1]
    twice = _run(pool, "service.nurses.standard=6", draws=5)[1]
    np.testing.assert_array_equal(2.0 * _of(once, "need.nurses"), _of(twice, "need.nurses"))
    np.testing.assert_array_equal(_of(once, "need.primary_places"), _of(twice, "need.primary_places"))


def test_people_feel_places_and_not_norms(pool: Path) -> None:
    """A standard that is raised on the way opens a gap and moves nobody; beds that are missing would."""
    step = "service.hospital_beds.standard={value: {2020: 6, 2023: 6, 2024: 12}, unit: beds/1000}"
    low, high = (_run(pool, "services.routine=0", given, draws=20)[1] for given in ("horizon=2028", step))
    np.testing.assert_array_equal(low.of("resident"), high.of("resident"))
    assert _of(high, "adequacy.hospital_beds")[-1].max() < _of(low, "adequacy.hospital_beds")[-1].min()
    assert _of(high, "gap.hospital_beds")[-1].min() > 0.0


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        ("budget.capital=300", ()),
        ("budget.debt_ceiling=3", ("budget.carry=100", "budget.interest=0")),
        ("budget.grants=50000000", ()),
        ("land.extra=1e5", ()),
    ],
)
def test_more_money_or_land_never_opens_later(pool: Path, more: str, rules: tuple[str, ...]) -> None:
    """In every draw, beside itself. rules: of both runs.

    What is borrowed is no further money: it comes earlier and is paid back. A purse that has borrowed saves in other
    years than one that has not, and may lose more of it to the rule that calls in what is not carried over, so that
    one or two openings in a thousand are later. A higher ceiling delays nothing where all is carried
    over and no interest is paid.
    """
    little = openings(*_run(pool, TIGHT, *rules, draws=300))
    much = openings(*_run(pool, TIGHT, *rules, more, draws=300))
    assert much != little or more.startswith("land."), "money is short here, land is not"
    for entry, moments in much.items():
        for sooner, later in zip(moments, little[entry], strict=True):
            assert later is None or (sooner is not None and sooner <= later), entry


def test_money_matters_in_this_test(pool: Path) -> None:
    little, much = (openings(*_run(pool, money)) for money in (TIGHT, "budget.capital=3000"))
    assert any(much[entry] != little[entry] for entry in much)


def test_what_has_no_effect_changes_no_digit(pool: Path) -> None:
    """A pull of nothing, and standards of services whose stock is not known, leave the people as they are."""
    plain = _run(pool, draws=5)[1]
    other = _run(pool, "service.primary_places.standard=3", draws=5)[1]
    for measure in ("resident", "city", "urbanization_rate", "homes"):
        np.testing.assert_array_equal(plain.of(measure), other.of(measure))


def test_a_user_adds_a_service_without_code(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "name: mine\nextends: jieshou/trend.yaml\nhorizon: 2025\nservices:\n"
        "  - {id: charging_points, name: {zh: 充电点, en: charging points}, category: transport,\n"
        "     driver: urban_households, unit: 个,\n"
        "     standard: {value: 0.2, unit: 个/户, evidence: assumption, source: a test}}\n",
        "utf-8",
    )
    run = _run(file, draws=5)[1]
    np.testing.assert_allclose(_of(run, "need.charging_points"), 0.2 * _of(run, "urban_households"), rtol=1e-6)
    doubled = _run(file, "service.charging_points.standard.times=2", draws=5)[1]
    np.testing.assert_allclose(_of(doubled, "need.charging_points"), 2.0 * _of(run, "need.charging_points"), rtol=1e-6)
