"""Margins and probabilities: the same question in two forms, and nothing is tried twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.arrays import Array, Kept
from sim.questions.seek.response import SURE, Response
from sim.run.reaching import reaches
from sim.scenario.resolved import Comparison
from tests.questions.seek.cases import DRAWS, around, goal, needed

OPS: list[Comparison] = ["at_least", "at_most", "about", "equal"]


@given(
    st.lists(st.floats(-5.0, 5.0, width=32), min_size=1, max_size=40),
    st.floats(0.01, 0.99),
    st.sampled_from(OPS),
    st.sampled_from([0.0, 1.5]),
)
def test_the_margin_is_0_or_more_exactly_where_the_probability_is_enough(
    outcomes: list[float], asked: float, op: Comparison, tolerance: float
) -> None:
    target = goal(1.0, op, tolerance=tolerance, probability=asked)
    given_ = np.array(outcomes, dtype=np.float32)[np.newaxis, np.newaxis]
    response = Response(lambda at: given_, [target], [0.0])
    share = reaches(np.array(outcomes), target.target).mean()
    assert (response.least(np.zeros((1, 1)))[0] >= 0.0) == (share >= asked - 1e-9)
    assert response.probabilities(np.zeros((1, 1)))[0, 0] == share


def test_what_is_assured_is_reached_with_the_probability_asked_for() -> None:
    for op, sign in (("at_least", 1.0), ("at_most", -1.0)):
        response = Response(around(lambda at: at[:, 0]), [goal(0.0, op)], [0.0])
        judged = response.point([0.0], 0.0).judged[0]
        assert judged.assured == pytest.approx(-sign * needed(0.8), abs=1e-6)
        assert judged.median == pytest.approx(0.0, abs=1e-6)
    response = Response(around(lambda at: at[:, 0]), [goal(0.0, "about", tolerance=0.1, probability=0.5)], [0.0])
    assert response.point([0.0], 0.0).judged[0].assured == pytest.approx(0.6745, abs=0.02)


def test_a_setting_is_tried_once() -> None:
    tried: list[int] = []
    plain = around(lambda at: at[:, 0])

    def counted(at: Array) -> Kept:
        tried.append(len(at))
        return plain(at)

    response = Response(counted, [goal(0.0)], [0.0])
    at = np.array([[0.0], [1.0], [1.0], [2.0]])
    response.least(at)
    response.probabilities(at)
    response.point([2.0], 0.0)
    assert tried == [1, 2]
    assert response.tried == 3


def test_all_goals_together_are_less_likely_than_the_hardest() -> None:
    response = Response(
        around(lambda at: at[:, 0], lambda at: -at[:, 0]),
        [goal(0.0, probability=0.5), goal(0.5, "at_most", probability=0.5)],
        [0.0],
    )
    point = response.point([0.3], 0.0)
    shares = [judged.probability for judged in point.judged]
    assert point.together <= min(shares)
    assert point.binding.probability == min(shares)


def test_a_setting_that_is_not_allowed_is_worse_than_any() -> None:
    response = Response(around(lambda at: np.where(at[:, 0] > 1.0, np.nan, at[:, 0])), [goal(0.0)], [0.0])
    assert response.least(np.array([[2.0], [1.0]])).tolist()[0] == -np.inf
    assert np.isnan(response.probabilities(np.array([[2.0]]))[0, 0])


def test_levels_are_two_binomial_errors_apart() -> None:
    response = Response(around(lambda at: at[:, 0]), [goal(0.0)], [0.0])
    (low,), (high,) = response.levels(-SURE), response.levels(SURE)
    assert (low + high) / 2 == pytest.approx(0.8)
    assert high - low == pytest.approx(2 * 1.96 * (0.8 * 0.2 / DRAWS) ** 0.5, rel=1e-4)
    # more draws than there are cannot be enough
    few = Response(around(lambda at: at[:, 0] + 99.0, draws=4), [goal(0.0, probability=0.9)], [0.0])
    assert not few.can_ask(SURE)
    assert few.least(np.zeros((1, 1)), SURE)[0] == -np.inf


def test_each_goal_has_the_probability_that_is_asked_for_it() -> None:
    at = np.array([[0.0]])
    both = [goal(0.0, probability=0.5), goal(0.0, id_="G2", probability=0.9)]
    response = Response(around(lambda at: at[:, 0], lambda at: at[:, 0]), both, [0.0])
    alone = [Response(around(lambda at: at[:, 0]), [one], [0.0]).least(at)[0] for one in both]
    assert response.margins(at)[:, 0].tolist() == alone
    assert alone[0] > alone[1]
    excess, likely = response.hardest(at)
    assert (excess[0], likely[0]) == (pytest.approx(-0.4), 0.5)
    assert [one.assured for one in response.point([0.0], 0.0).judged] == [
        pytest.approx(-needed(odds), abs=1e-6) for odds in (0.5, 0.9)
    ]
