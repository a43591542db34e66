"""Durations and costs: distributions, what is known at the base year, the same numbers however they are asked for."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.draws.distribution import Distribution
from sim.model.projects.draws import drawn, probability_below, quantiles
from sim.model.projects.months import GRID, month_of
from sim.model.projects.project import Chance
from tests.model.projects.project_pools import BASE, project

POINTS = np.linspace(0.001, 0.999, 999)
SCHOOL = Chance(14.0, Distribution("triangular", low=11.0, high=24.0))
HOSPITAL = Chance(30.0, Distribution("lognormal", sd=0.3))
FLAT = Chance(9.0, Distribution("uniform", low=6.0, high=12.0))
SHAPES = (SCHOOL, HOSPITAL, FLAT, Chance(6.0, Distribution("triangular", low=6.0, high=12.0)))
GROUPS = range(200)


@pytest.mark.parametrize("chance", SHAPES)
def test_quantiles_and_probabilities_are_each_others_inverse(chance: Chance) -> None:
    months = quantiles(chance, POINTS)
    assert np.all(np.diff(months) > 0.0)
    assert np.array([probability_below(chance, month) for month in months]) == pytest.approx(POINTS, abs=1e-12)


def test_central_values_are_mode_median_and_the_number_itself() -> None:
    assert quantiles(HOSPITAL, np.array([0.5]))[0] == pytest.approx(30.0)
    densest = np.diff(quantiles(SCHOOL, POINTS)).argmin()
    assert quantiles(SCHOOL, POINTS)[densest] == pytest.approx(14.0, abs=0.05)
    assert quantiles(replace(FLAT, dist=Distribution("certain")), POINTS).tolist() == [9.0] * 999
    with pytest.raises(ValueError, match="normal"):
        quantiles(Chance(1.0, Distribution("normal", sd=1.0)), POINTS)


@pytest.mark.parametrize(
    ("chance", "value", "expected"),
    [(SCHOOL, 11.0, 0.0), (SCHOOL, 24.0, 1.0), (SCHOOL, 14.0, 3.0 / 13.0), (FLAT, 7.5, 0.25), (HOSPITAL, 0.0, 0.0),
     (Chance(5.0, Distribution("certain")), 4.9, 0.0), (Chance(5.0, Distribution("certain")), 5.0, 1.0)],
)  # fmt: skip
def test_probability_of_known_points(chance: Chance, value: float, expected: float) -> None:
    assert probability_below(chance, value) == pytest.approx(expected)


def test_each_group_has_its_own_numbers_whoever_asks_and_whatever_else_there_is() -> None:
    one = replace(project("a"), construction=SCHOOL, approval=FLAT, cost=replace(FLAT, central=9.0))
    other = replace(one, id="b")
    together = drawn([one, other], 7, GROUPS, BASE)
    later = drawn([one, other], 7, range(150, 160), BASE)
    assert [later.of(group) for group in range(10)] == [together.of(group) for group in range(150, 160)]
    alone = drawn([other], 7, range(3, 4), BASE).of(0)
    assert (alone.construction[0], alone.approval[0]) == (together.construction[3, 1], together.approval[3, 1])
    assert len({together.of(group).construction for group in GROUPS}) == len(GROUPS)
    assert drawn([one], 8, range(1), BASE).construction[0, 0] != together.construction[0, 0]


def test_durations_follow_their_distribution_and_lie_on_the_grid() -> None:
    one = replace(project("a"), construction=SCHOOL, cost=Chance(1000.0, Distribution("certain")), budget_share=0.255)
    made = drawn([one], 1, range(4000), BASE)
    months = made.construction[:, 0]
    assert np.all(months * GRID == np.rint(months * GRID))
    assert months.mean() == pytest.approx((11.0 + 14.0 + 24.0) / 3.0, abs=0.15)
    assert set(zip(made.investment[:, 0], made.cost[:, 0], strict=True)) == {(1000.0, 255.0)}


@given(st.integers(0, 60), st.sampled_from(["approval", "construction"]), st.sampled_from(SHAPES))
def test_a_stage_under_way_at_the_base_year_has_not_ended_by_then(elapsed: int, stage: str, chance: Chance) -> None:
    since = month_of(BASE + 1) - elapsed
    one = replace(project("a", since, stage=stage), approval=chance, construction=chance)  # type: ignore[arg-type]
    lengths = getattr(drawn([one], 1, range(50), BASE), stage)[:, 0]
    assert np.all(lengths >= elapsed)
    if chance.dist.kind == "lognormal" or elapsed < chance.dist.low:
        assert len(set(lengths)) > 1


def test_what_has_gone_on_for_long_is_drawn_from_the_rest_of_its_distribution() -> None:
    one = replace(project("a", month_of(BASE + 1) - 9.0, stage="construction"), construction=FLAT)
    lengths = drawn([one], 1, range(2000), BASE).construction[:, 0]
    assert lengths.mean() == pytest.approx(10.5, abs=0.1)  # uniform from 6 to 12, known to be over 9
