"""Peeling and pasting: analytic steps, invariants, another program's trajectory, known boxes recovered."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.arrays import Array, Flags
from sim.questions.discover.box import Box, Face, everything, shares
from sim.questions.discover.choice import Wish, best_box, covering, roundings
from sim.questions.discover.prim import least_members, pasted, peeled
from tests.questions.discover.synthetic import corner, noisy, spread


def random_cases(seed: int, members: int = 200) -> tuple[Array, Flags]:
    random = np.random.default_rng(seed)
    points = random.random((members, 3))
    points[:, 2] = np.floor(4.0 * points[:, 2])
    fails = (points[:, 0] + 0.2 * points[:, 2] > random.uniform(0.5, 1.2)) ^ (random.random(members) < 0.1)
    return points, fails


def test_the_first_peel_takes_a_twentieth_where_nothing_fails() -> None:
    points = np.column_stack([(np.arange(100) + 0.5) / 100, np.mod(np.arange(100) * 0.618, 1.0)])
    first, second = peeled(points, points[:, 0] > 0.5)[:2]
    assert first == everything(2)
    assert second.faces == (Face(0, "low"),)
    assert second.low[0] == pytest.approx(0.05)
    own = shares(second.inside(points), points[:, 0] > 0.5)
    assert (own.coverage, own.members) == (1.0, 95)
    assert own.density == pytest.approx(50 / 95)


def test_peeling_ends_where_all_fail() -> None:
    points = spread(500, 2)
    last = peeled(points, points[:, 0] > 0.7)[-1]
    assert shares(last.inside(points), points[:, 0] > 0.7).density == 1.0


def test_a_factor_with_few_levels_is_peeled_level_by_level() -> None:
    points = np.repeat([2021.0, 2022.0, 2023.0, 2024.0], 50)[:, np.newaxis]
    fails = points[:, 0] >= 2023.0
    assert [box.low[0] for box in peeled(points, fails)] == [-np.inf, 2021.5, 2022.5]


def test_a_checkerboard_does_not_stop_the_peeling() -> None:
    """Where no single cut gains anything, Friedman & Fisher's procedure goes on with the best one."""
    at = (np.arange(20) + 0.5) / 20
    points = np.array([(a, b) for a in at for b in at])
    fails = (points[:, 0] > 0.5) ^ (points[:, 1] > 0.5)
    last = peeled(points, fails)[-1]
    assert shares(last.inside(points), fails).density == 1.0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_each_box_lies_within_the_one_before(seed: int) -> None:
    points, fails = random_cases(seed)
    held = [box.inside(points) for box in peeled(points, fails)]
    assert held[0].all()
    for wider, narrower in pairwise(held):
        assert (narrower <= wider).all()
        assert narrower.sum() < wider.sum()
    assert held[-1].sum() >= least_members(fails)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 30))
def test_pasting_costs_neither_coverage_nor_density(seed: int, place: int) -> None:
    points, fails = random_cases(seed)
    trajectory = peeled(points, fails)
    box = trajectory[min(place, len(trajectory) - 1)]
    wider = pasted(box, points, fails)
    before, after = (shares(one.inside(points), fails) for one in (box, wider))
    assert (box.inside(points) <= wider.inside(points)).all()
    assert after.density >= before.density
    assert after.coverage >= before.coverage


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_only_the_order_of_values_matters(seed: int) -> None:
    points, fails = random_cases(seed)
    bent = np.column_stack([np.exp(3.0 * points[:, 0]), points[:, 1] ** 3, points[:, 2]])
    for one, other in zip(peeled(points, fails), peeled(bent, fails), strict=True):
        np.testing.assert_array_equal(one.inside(points), other.inside(bent))


def test_the_trajectory_is_that_of_another_program() -> None:
    """ema_workbench 2.5.3, prim.Prim(peel_alpha=0.05), on the same cases: mass, coverage and density of its peels.

    Its quantiles fall a member aside of ours, so that boxes of the same mass are compared.
    """
    points = spread(1000, 4)
    fails = noisy(corner(points), 0.08)
    own = [shares(box.inside(points), fails) for box in peeled(points, fails)]
    published = [(0.733, 0.9393, 0.4011), (0.536, 0.8946, 0.5224), (0.392, 0.8498, 0.6786), (0.286, 0.8179, 0.8951)]
    for mass, coverage, density in published:
        like = min(own, key=lambda step: abs(step.mass - mass))
        assert like.mass == pytest.approx(mass, rel=0.03)
        assert like.coverage == pytest.approx(coverage, abs=0.02)
        assert like.density == pytest.approx(density, abs=0.02)


def test_a_known_box_is_found_the_better_the_more_members_there_are() -> None:
    errors = []
    for members in (250, 1000, 4000):
        points = spread(members, 4)
        box = best_box(points, corner(points), Wish(), (0.0,) * 4)
        assert box.faces == (Face(0, "high"), Face(1, "low"))
        errors.append(max(abs(box.high[0] - 0.4), abs(box.low[1] - 0.3)))
    assert errors[0] < 0.02
    assert errors[2] < errors[0]
    assert errors[2] < 0.002


def test_a_known_box_is_found_under_noise_and_the_idle_factors_are_left_alone() -> None:
    points = spread(2000, 5)
    (box,) = covering(points, noisy(corner(points), 0.05), Wish())
    assert box.faces == (Face(0, "high"), Face(1, "low"))
    assert box.high[0] == pytest.approx(0.4, abs=0.02)
    assert box.low[1] == pytest.approx(0.3, abs=0.02)


def test_two_boxes_are_found_one_after_the_other_the_larger_first() -> None:
    points = spread(3000, 4)
    large = (points[:, 0] < 0.4) & (points[:, 1] < 0.5)
    small = (points[:, 2] > 0.7) & (points[:, 3] > 0.6)
    first, second = covering(points, large | small, Wish())
    assert first.faces == (Face(0, "high"), Face(1, "high"))
    assert second.faces == (Face(2, "low"), Face(3, "low"))
    np.testing.assert_allclose([first.high[0], first.high[1]], [0.4, 0.5], atol=0.02)
    np.testing.assert_allclose([second.low[2], second.low[3]], [0.7, 0.6], atol=0.02)


def test_a_band_within_a_factor_gets_both_limits() -> None:
    points = spread(1500, 3)
    (box,) = covering(points, (points[:, 1] > 0.35) & (points[:, 1] < 0.65), Wish())
    assert box.faces == (Face(1, "low"), Face(1, "high"))
    np.testing.assert_allclose([box.low[1], box.high[1]], [0.35, 0.65], atol=0.02)


def test_noise_is_seldom_told_as_a_condition() -> None:
    found = 0
    for seed in range(20):
        random = np.random.default_rng(seed)
        found += len(covering(random.random((400, 4)), random.random(400) < 0.3, Wish())) > 0
    assert found <= 3


def test_boxes_do_not_depend_on_the_order_of_members() -> None:
    points = spread(600, 3)
    fails = noisy(corner(points), 0.1)
    order = np.random.default_rng(1).permutation(600)
    assert covering(points, fails, Wish()) == covering(points[order], fails[order], Wish())


def test_a_limit_parts_members_and_none_is_on_both_sides() -> None:
    points = np.array([[1.0], [2.0], [3.0]])
    below, above = Box((-np.inf,), (2.0,)), Box((2.0,), (np.inf,))
    assert (below.inside(points) ^ above.inside(points)).all()
    assert roundings(points) == (0.0,)
