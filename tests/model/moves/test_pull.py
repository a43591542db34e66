"""The pull of every move: 1 in the base year, up for what draws and down for what is drawn from."""

import numpy as np
import pytest

from sim.model.axes import AWAY, CITY, RURAL, TOWN
from sim.model.people.flows import ELSEWHERE, FLOWS
from sim.model.people.kernels.year import ARRIVALS, N_LEADING
from tests.model.economy import economy
from tests.model.oracle import moves_pull as pull
from tests.model.oracle.moves_pull import Conditions

NOW = economy().moves
ZERO = np.zeros((1, 1))
N_COLUMNS = N_LEADING + len(FLOWS) + 5


def _conditions(vacancy: float = 0.0, urban: float = 0.0, rural: float = 0.0, city_homes: float = 0.0) -> Conditions:
    homes = np.zeros((1, 1, 3))
    homes[..., CITY] = city_homes
    return Conditions(
        vacancy=ZERO + vacancy, urban_income=ZERO + urban, rural_income=ZERO + rural, homes=homes, adequacy=ZERO
    )


def _factors(of: Conditions) -> dict[str, float]:
    rates = np.ones((1, 1, N_COLUMNS))
    found = pull.pulled(rates, pull.attraction(of, NOW))[0, 0]
    assert (found[:ARRIVALS] == 1.0).all()
    assert (found[N_LEADING + len(FLOWS) :] == 1.0).all()
    by_flow = {flow.path: float(found[N_LEADING + index]) for index, flow in enumerate(FLOWS)}
    return by_flow | {f"arrive {zone}": float(found[ARRIVALS + zone]) for zone in (CITY, TOWN, RURAL)}


def test_in_the_base_year_no_digit_changes() -> None:
    rates = np.random.default_rng(1).random((3, 2, N_COLUMNS))
    nothing = np.zeros((3, 2, 4))
    assert pull.pulled(rates, nothing) is rates
    assert (pull.multipliers(nothing) == 1.0).all()


def test_vacant_jobs_draw_people_in_and_keep_them() -> None:
    factors = _factors(_conditions(vacancy=0.05))
    strength = NOW.pull.jobs.item()
    up, down = float(np.exp(strength * 0.05)), float(np.exp(-strength * 0.05))
    for flow in FLOWS:
        into = flow.destination in (CITY, TOWN)
        out = flow.source in (CITY, TOWN)
        expected = 1.0 if into == out else up if into else down
        assert factors[flow.path] == pytest.approx(expected)
    assert factors["arrive 0"] == pytest.approx(up)
    assert factors["arrive 2"] == 1.0


def test_rural_incomes_hold_back_moves_to_town() -> None:
    factors = _factors(_conditions(rural=0.1))
    assert factors["transfer.rural_to_city"] == pytest.approx(np.exp(-0.1))
    assert factors["transfer.city_to_rural"] == pytest.approx(np.exp(0.1))
    assert factors["away.return_to_city"] == 1.0


def test_empty_homes_of_the_seat_draw_from_towns_too() -> None:
    factors = _factors(_conditions(city_homes=0.1))
    assert factors["transfer.town_to_city"] > 1.0
    assert factors["transfer.rural_to_town"] == 1.0


def test_the_strongest_pull_is_bounded() -> None:
    factors = _factors(_conditions(vacancy=100.0))
    assert factors["transfer.rural_to_city"] == pytest.approx(np.exp(pull.STRONGEST))
    assert factors["away.leave_city"] == pytest.approx(np.exp(-pull.STRONGEST))


def test_places_beyond_the_region_are_never_more_attractive() -> None:
    assert {AWAY, ELSEWHERE} & {CITY, TOWN, RURAL} == set()
    assert (pull.attraction(_conditions(vacancy=1.0), NOW)[..., -1] == 0.0).all()
