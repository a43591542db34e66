"""Draws by shaking figures and prior: exact where runs are linear, and of every county by itself."""

from dataclasses import replace

import numpy as np
import pytest

from sim.evidence.calibrate import batch, shaken
from sim.evidence.calibrate.batch import Belief, fit_many
from sim.evidence.calibrate.figures import N_FIGURES, Figures
from sim.evidence.calibrate.fit import county
from sim.evidence.calibrate.region import decade_of
from sim.evidence.calibrate.replay import Lanes
from sim.evidence.calibrate.shaken import spread_of
from sim.model.arrays import Array
from sim.places.census import read_region
from sim.places.china.national import load_national
from tests.paths import SCENARIOS

THETAS = 4
COUNT = 128


@pytest.fixture
def lanes() -> Lanes:
    rows = read_region(SCENARIOS / "regions" / "jieshou")
    one = county(decade_of(rows[2010], rows[2020], load_national()))
    return replace(one, rows=np.zeros(2, dtype=np.int64))


@pytest.fixture
def slopes(monkeypatch: pytest.MonkeyPatch) -> Array:
    """Slopes [figure, theta] of runs that are linear in their logarithms."""
    known = np.random.default_rng(2).normal(size=(N_FIGURES, THETAS)) / 8.0

    def run_many(of: Lanes, parameters: Array, jobs: int = 2, ran: object = None) -> Array:
        return np.asarray(np.exp(8.0 + parameters @ known.T))

    monkeypatch.setattr(batch, "run_many", run_many)
    return known


def test_linear_runs_are_drawn_from_their_own_normal(lanes: Lanes, slopes: Array) -> None:
    rng = np.random.default_rng(3)
    weights = np.full((2, N_FIGURES), 5.0)
    weights[:, -3:] = 0.0
    target = Figures(8.0 + rng.normal(size=(2, THETAS)) @ slopes.T, weights)
    belief = Belief(np.zeros((2, THETAS)), np.diag([1.0, 4.0, 0.25, 1.0]))
    found = fit_many(lanes, target, belief)
    drawn = shaken.shaken(lanes, target, found, belief, COUNT, seed=5)
    exact = np.linalg.inv(slopes[:-3].T @ slopes[:-3] * 25.0 + belief.precision)
    scale = np.sqrt(np.diag(exact))
    np.testing.assert_allclose((drawn.mean(axis=1) - found.parameters) / scale, 0.0, atol=1e-3)
    np.testing.assert_allclose((spread_of(drawn) - exact) / np.outer(scale, scale), 0.0, atol=1e-3)


def test_many_shakes_have_no_chance_in_mean_and_covariance_and_few_stay_as_drawn() -> None:
    many = shaken.standard(np.random.default_rng(1), (2, 40, 6))
    np.testing.assert_allclose(many.mean(axis=1), 0.0, atol=1e-12)
    np.testing.assert_allclose(spread_of(many), np.broadcast_to(np.eye(6), (2, 6, 6)), atol=1e-12)
    plain = np.random.default_rng(1).standard_normal((2, 40, 6))
    assert all(np.corrcoef(many[..., i].ravel(), plain[..., i].ravel())[0, 1] > 0.9 for i in range(6))
    few = shaken.standard(np.random.default_rng(1), (2, 6, 6))
    np.testing.assert_array_equal(few, np.random.default_rng(1).standard_normal((2, 6, 6)))


def test_draws_are_the_same_every_time_and_none_are_none(lanes: Lanes, slopes: Array) -> None:
    target = Figures(np.full((2, N_FIGURES), 8.0), np.full((2, N_FIGURES), 5.0))
    belief = Belief(np.zeros((2, THETAS)), np.eye(THETAS))
    found = fit_many(lanes, target, belief)
    one, two = (shaken.shaken(lanes, target, found, belief, 8, seed=1) for _ in range(2))
    np.testing.assert_array_equal(one, two)
    assert not np.array_equal(one, shaken.shaken(lanes, target, found, belief, 8, seed=2))
    assert shaken.shaken(lanes, target, found, belief, 0).shape == (2, 0, THETAS)


def test_spread_is_the_covariance_of_draws() -> None:
    drawn = np.random.default_rng(4).normal(size=(3, 50, 2))
    np.testing.assert_allclose(spread_of(drawn), [np.cov(one.T) for one in drawn])
