"""Several levers: the least effort, where it is known or can be counted out."""

from collections.abc import Callable

import numpy as np
import pytest

from sim.model.arrays import Array
from sim.questions.seek.ask import answer
from sim.questions.seek.one import effort
from sim.questions.seek.words import sentences
from tests.questions.seek.cases import around, asked, goal, lever, needed


def test_the_lever_with_most_effect_for_its_weight_does_it_alone_where_it_can() -> None:
    levers = [lever(key="a"), lever(key="b")]
    found = answer(asked([goal(1.0)], levers), around(lambda at: 5.0 * at[:, 0] + 4.0 * at[:, 1]))
    assert found.found is not None
    assert found.found.at == (pytest.approx((1.0 + needed(0.8)) / 5.0, abs=1.1e-3), 0.0)
    costly = [lever(key="a", weight=2.0), lever(key="b")]
    turned = answer(asked([goal(1.0)], costly), around(lambda at: 5.0 * at[:, 0] + 4.0 * at[:, 1]))
    assert turned.found is not None
    assert turned.found.at == (0.0, pytest.approx((1.0 + needed(0.8)) / 4.0, abs=1.1e-3))
    assert "left as it is: lever a" in sentences(turned, "en")[0]


def test_the_next_lever_helps_where_one_is_not_enough() -> None:
    levers = [lever(key="a"), lever(key="b"), lever(key="c")]
    mean = around(lambda at: 5.0 * at[:, 0] + 4.0 * at[:, 1] - at[:, 2])
    found = answer(asked([goal(6.0)], levers), mean)
    assert found.found is not None
    exact = (1.0, (6.0 + needed(0.8) - 5.0) / 4.0, 0.0)
    assert found.found.effort == pytest.approx(sum(exact) / 2.0, rel=0.01)
    assert found.found.at == pytest.approx(exact, abs=0.03)
    assert [one.found for one in found.alone] == [None, None, None]


@pytest.mark.parametrize(
    "mean",
    [
        lambda at: 6.0 * np.sqrt(np.abs(at[:, 0]) + 1e-9) + 6.0 * np.sqrt(np.abs(at[:, 1]) + 1e-9),
        lambda at: 9.0 * at[:, 0] * at[:, 1] + 1.0 * at[:, 0],
        lambda at: (
            5.0 * np.exp(-8.0 * (at[:, 0] - 0.8) ** 2 - 8.0 * (at[:, 1] + 0.6) ** 2)
            + 6.0 * np.exp(-8.0 * (at[:, 0] + 0.7) ** 2 - 8.0 * (at[:, 1] + 0.3) ** 2)
        ),
    ],
    ids=["roots", "product", "two hills"],
)
def test_no_grid_point_is_cheaper(mean: Callable[[Array], Array]) -> None:
    """Counted out on 201 × 201 settings; the answer costs no more than the cheapest of them and a step."""
    levers = (lever(key="a"), lever(key="b", weight=1.3))
    found = answer(asked([goal(3.0)], levers), around(mean))
    axis = np.linspace(-1.0, 1.0, 201)
    at = np.stack([part.ravel() for part in np.meshgrid(axis, axis)], axis=1)
    enough = mean(at) >= 3.0 + needed(0.8)
    cheapest = min(effort(levers, row) for row in at[enough])
    assert found.found is not None
    assert found.found.is_met
    assert found.found.effort <= cheapest + 0.012
    assert found.found.effort == pytest.approx(effort(levers, np.array(found.found.at)))


def test_it_never_costs_more_than_one_lever_alone() -> None:
    levers = [lever(key="a"), lever(key="b")]
    found = answer(asked([goal(2.0)], levers), around(lambda at: 6.0 * at[:, 0] ** 3 + 3.0 * at[:, 1] ** 5))
    alone = [one.found.effort for one in found.alone if one.found is not None]
    assert found.found is not None
    assert found.found.effort <= min(alone) + 1e-9


def test_the_best_of_what_is_out_of_reach() -> None:
    levers = [lever(key="a"), lever(key="b")]
    found = answer(
        asked([goal(9.0)], levers),
        around(lambda at: 8.5 - 5.0 * (at[:, 0] - 0.25) ** 2 - 5.0 * (at[:, 1] + 0.5) ** 2),
    )
    assert found.status == "not reachable"
    assert found.best.at == pytest.approx((0.25, -0.5), abs=0.15)
    assert found.best.judged[0].assured == pytest.approx(8.5 - needed(0.8), abs=0.1)


def test_years_in_a_mix_stay_whole() -> None:
    levers = [lever(2026.0, 2021.0, 2030.0, "a", kind="from"), lever(key="b")]
    found = answer(asked([goal(4.0)], levers), around(lambda at: 2026.0 - at[:, 0] + 2.0 * at[:, 1]))
    assert found.found is not None
    year, other = found.found.at
    assert year == int(year)
    assert 2026.0 - year + 2.0 * other >= 4.0 + needed(0.8) - 1e-5


def test_the_interval_is_a_share_of_the_change() -> None:
    levers = [lever(key="a"), lever(key="b")]
    found = answer(asked([goal(2.0)], levers), around(lambda at: 5.0 * at[:, 0] + at[:, 1]))
    low, high = found.around
    assert low is not None
    assert high is not None
    assert low < 1.0 < high
    response = (2.0 + needed(0.8 - 1.96 * (0.16 / 200) ** 0.5)) / 5.0
    assert low * (found.found.at[0] if found.found else 0.0) == pytest.approx(response, abs=2e-3)


def test_the_same_seed_gives_the_same_answer() -> None:
    def once() -> object:
        levers = [lever(key="a"), lever(key="b"), lever(key="c")]
        mean = around(lambda at: 3.0 * at[:, 0] * at[:, 1] + 4.0 * at[:, 2] + at[:, 0])
        return answer(asked([goal(2.0)], levers), mean)

    assert once() == once()


def test_the_region_says_what_is_enough() -> None:
    levers = [lever(key="a"), lever(key="b")]
    found = answer(asked([goal(1.0)], levers), around(lambda at: 5.0 * at[:, 0] + 4.0 * at[:, 1]))
    area = found.region
    assert area is not None
    x, y = np.meshgrid(area.x, area.y)
    assert np.array_equal(np.array(area.margin) >= 0.0, 5.0 * x + 4.0 * y >= 1.0 + needed(0.8))
    assert np.array_equal(np.array(area.probability) >= 0.8, np.array(area.margin) >= 0.0)
    assert 0.2 < area.share < 0.5


def test_what_only_a_corner_can_do_is_not_called_out_of_reach() -> None:
    levers = [lever(1.0, 0.0, 10.0, "a"), lever(1.0, 1.0, 3.0, "b")]
    mean = around(lambda at: at[:, 0] + np.log(1.0 + at[:, 1] ** 2) * 2.0)
    most = 10.0 + np.log(10.0) * 2.0
    found = answer(asked([goal(most - needed(0.8) - 0.05)], levers), mean)
    assert found.status == "found"
    beyond = answer(asked([goal(most - needed(0.8) + 0.05)], levers), mean)
    assert beyond.status == "not reachable"
    assert beyond.best.at == (10.0, 3.0)
