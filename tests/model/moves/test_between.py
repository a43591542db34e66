"""Moves between regions of a group: who leaves one arrives in another, and the first year is as fitted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.model.axes import CITY, TOWN
from sim.model.moves.between import gravity
from sim.model.moves.pull import NOWHERE
from sim.model.people.kernels.year import ARRIVALS
from tests.model.oracle import moves_between as between
from tests.model.oracle.moves_between import Movers

N_COLUMNS = ARRIVALS + 10
SHARE = np.full((2, 3), 0.2)
ONE = np.ones((2, 3))
people = arrays(np.float64, (2, 3), elements=st.floats(1.0, 1e6))
pulls = arrays(np.float64, (2, 3), elements=st.floats(-1.0, 1.0))


@given(people, pulls)
def test_destinations_share_the_movers_and_nobody_stays(mass: np.ndarray, attraction: np.ndarray) -> None:
    to = between.destinations(mass, attraction)
    np.testing.assert_allclose(to.sum(axis=2), 1.0)
    assert (to[:, range(3), range(3)] == 0.0).all()


def test_a_region_alone_has_nowhere_to_send_to() -> None:
    assert (between.destinations(np.ones((2, 1)), np.zeros((2, 1))) == 0.0).all()


def test_pulls_beyond_all_measure_give_numbers() -> None:
    weight, pulls = np.empty(3), np.zeros((3, NOWHERE + 1))
    pulls[:, CITY] = (1e4, 1e4 - 1.0, -1e4)
    total = gravity(np.ones(3), pulls, weight)
    np.testing.assert_allclose(weight / total, np.array([np.e, 1.0, 0.0]) / (np.e + 1.0))
    np.testing.assert_allclose(between.destinations(np.ones((1, 3)), pulls[np.newaxis, :, CITY])[0, 2], weight / total)


@given(people, people, people)
def test_the_first_year_is_as_fitted(left: np.ndarray, mass: np.ndarray, arrivals: np.ndarray) -> None:
    rates = np.ones((2, 3, N_COLUMNS))
    rates[..., ARRIVALS + CITY], rates[..., ARRIVALS + TOWN] = 0.7 * arrivals, 0.3 * arrivals
    to = between.destinations(mass, np.zeros((2, 3)))
    movers = between.first(Movers(left), SHARE, to, between.fitted(rates, ONE))
    moved = between.moved(movers, SHARE, to)
    assert movers.usual is not None
    assert (movers.usual <= 0.9 * arrivals * (1.0 + 1e-12)).all()
    np.testing.assert_allclose(moved.sum(axis=1), movers.usual)
    np.testing.assert_allclose(between.arriving(rates, moved, movers, ONE), rates, rtol=1e-9)


def test_more_leavers_arrive_and_all_of_them() -> None:
    left, mass = np.full((2, 3), 1000.0), np.full((2, 3), 1e5)
    rates = np.ones((2, 3, N_COLUMNS)) * 1000.0
    to = between.destinations(mass, np.zeros((2, 3)))
    movers = between.first(Movers(left), SHARE, to, between.fitted(rates, ONE))
    more = Movers(left * 2.0, movers.usual, movers.kept)
    moved = between.moved(more, SHARE, to)
    after = between.arriving(rates, moved, more, ONE)
    extra = (after - rates)[..., [ARRIVALS + CITY, ARRIVALS + TOWN]].sum(axis=-1)
    np.testing.assert_allclose(extra, SHARE * left)
    np.testing.assert_allclose(moved.sum(axis=(1, 2)), (SHARE * left * 2.0).sum(axis=1))
    other = np.ones(N_COLUMNS, dtype=bool)
    other[[ARRIVALS + CITY, ARRIVALS + TOWN]] = False
    np.testing.assert_array_equal(after[..., other], rates[..., other])
