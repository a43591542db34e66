"""Which box is told: significance against another program, wishes, readable limits."""

import numpy as np
import pytest
from scipy.stats import binomtest

from sim.questions.discover.box import Box, Face, shares
from sim.questions.discover.choice import Wish, best_box, covering, quasi_p, readable, rounded_to, roundings, simplified
from tests.questions.discover.synthetic import corner, noisy, spread

INF = np.inf


def test_quasi_p_is_the_binomial_test_against_the_box_without_the_limit() -> None:
    points = spread(400, 3)
    fails = noisy(corner(points), 0.2)
    box = Box((-INF, 0.3, -INF), (0.4, INF, 0.8))
    for face in box.faces:
        own, wider = (shares(one.inside(points), fails) for one in (box, box.without(face)))
        test = binomtest(own.failures, own.members, wider.density, alternative="greater")
        assert quasi_p(box, face, points, fails) == pytest.approx(test.pvalue, rel=1e-9)


def test_limits_that_mean_nothing_are_dropped() -> None:
    points = spread(800, 4)
    fails = corner(points)
    box = Box((-INF, 0.3, 0.02, -INF), (0.4, INF, INF, 0.97))
    assert simplified(box, points, fails, Wish()).faces == (Face(0, "high"), Face(1, "low"))
    assert quasi_p(box, Face(2, "low"), points, fails) > 0.5


def test_the_balance_is_the_correlation_of_being_inside_and_failing() -> None:
    points = spread(500, 2)
    fails = noisy(corner(points), 0.1)
    for box in (Box((-INF, 0.3), (0.4, INF)), Box((0.2, -INF), (0.9, 0.9)), Box((0.7, -INF), (INF, INF))):
        within = box.inside(points)
        assert Wish().score(shares(within, fails)) == pytest.approx(np.corrcoef(within, fails)[0, 1], abs=1e-12)
    assert Wish().score(shares(np.ones(500, dtype=bool), fails)) == 0.0


def test_where_most_fail_a_box_is_not_simply_everything() -> None:
    points = spread(1000, 3)
    fails = points[:, 0] + points[:, 1] < 1.6
    assert fails.mean() > 0.9
    own = shares(best_box(points, fails, Wish(), (0.0,) * 3).inside(points), fails)
    assert own.mass < 0.9
    assert own.density > fails.mean() + 0.05


def test_a_density_asked_for_comes_first() -> None:
    points = spread(2000, 2)
    fails = np.random.default_rng(1).random(2000) < np.clip(1.2 - 1.4 * points[:, 0], 0.0, 1.0)
    found = {d: shares(best_box(points, fails, Wish(d), (0.0, 0.0)).inside(points), fails) for d in (None, 0.7, 0.95)}
    assert found[0.7].density >= 0.7
    assert found[0.95].density >= 0.95
    assert found[0.95].coverage < found[0.7].coverage
    assert all(Wish().score(found[None]) >= Wish().score(other) for other in found.values())


def test_a_density_that_no_box_has_comes_as_near_as_can_be() -> None:
    random = np.random.default_rng(3)
    points = random.random((1000, 2))
    fails = random.random(1000) < np.where(points[:, 0] < 0.5, 0.6, 0.1)
    (box, *_) = covering(points, fails, Wish(0.99))
    assert shares(box.inside(points), fails).density < 0.99


@pytest.mark.parametrize(
    ("low", "high", "step"), [(0.0, 1.0, 0.005), (0.7, 1.3, 0.005), (0.005, 0.04, 0.0002), (0.0, 30_000.0, 200.0)]
)
def test_limits_are_said_to_a_hundredth_of_the_range(low: float, high: float, step: float) -> None:
    points = (low + (high - low) * spread(1000, 1)).reshape(-1, 1)
    assert roundings(points)[0] == pytest.approx(step)
    assert step <= 0.01 * (high - low)


def test_rounding_keeps_open_ends_and_never_crosses_limits() -> None:
    assert rounded_to(0.123456, 0.005) == 0.125
    assert rounded_to(-INF, 0.1) == -INF
    assert rounded_to(2022.5, 0.0) == 2022.5
    assert readable(Box((0.1,), (0.12,)), (0.1,)) == Box((0.1,), (0.12,))
    assert readable(Box((0.1234, -INF), (0.4567, INF)), (0.01, 0.1)) == Box((0.12, -INF), (0.46, INF))
