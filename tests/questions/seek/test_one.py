"""One lever: the least change that is enough, where it is known."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.common.language import LANGUAGES
from sim.questions.seek.ask import answer
from sim.questions.seek.words import ended, sentences, shown
from tests.questions.seek.cases import DRAWS, around, asked, goal, lever, needed


@settings(max_examples=25, deadline=None)
@given(st.floats(-0.9, 0.9), st.floats(0.3, 0.95), st.sampled_from([-1.0, 1.0]))
def test_a_monotone_lever_goes_to_where_the_quantile_meets_the_target(
    present: float, probability: float, sign: float
) -> None:
    """mean 10 x, spread 1: enough where 10 x ≥ value + what the probability needs."""
    value = 10.0 * (present + 0.05) if sign > 0.0 else 10.0 * (-present + 0.05)
    exact = sign * (value + needed(probability)) / 10.0
    found = answer(asked([goal(value)], [lever(present)], probability), around(lambda at: sign * 10.0 * at[:, 0]))
    if abs(exact) > 1.0:
        assert found.status == ("not reachable" if sign * exact > 0.0 else "met already")
        return
    if sign * (exact - present) <= 0.0:
        assert found.status == "met already"
        assert found.found is not None
        assert found.found.at == (present,)
        return
    assert found.status == "found"
    assert found.found is not None
    assert sign * (found.found.at[0] - exact) >= -1e-6
    assert found.found.at[0] == pytest.approx(exact, abs=2.1e-3)  # rounded outward to 0.001
    assert found.found.judged[0].probability >= probability
    typed = float(ended(found, "en")[0].removeprefix("× "))
    assert sign * (typed - exact) >= -1e-6
    assert len(f"{abs(typed):.9g}") <= len("0.001")
    assert found.alone[0].curve.shapes == ("rising" if sign > 0.0 else "falling",)


def test_the_interval_is_where_the_exact_answer_lies_for_other_numbers_of_successes() -> None:
    found = answer(asked([goal(1.0)], [lever(low=0.0)]), around(lambda at: 3.0 * at[:, 0]))
    half = 1.96 * (0.8 * 0.2 / DRAWS) ** 0.5
    assert found.around[0] == pytest.approx((1.0 + needed(0.8 - half)) / 3.0, abs=1e-5)
    assert found.around[1] == pytest.approx((1.0 + needed(0.8 + half)) / 3.0, abs=1e-5)
    edge = answer(asked([goal(2.1)], [lever(low=0.0)]), around(lambda at: 3.0 * at[:, 0]))
    assert edge.found is not None
    assert edge.around[1] is None


def test_of_two_crossings_the_nearer_one_is_taken_and_the_lever_is_said_not_to_be_monotone() -> None:
    mean = around(lambda at: 10.0 * (1.0 - 4.0 * (at[:, 0] - 0.2) ** 2))
    for present, side in ((-0.9, -1.0), (1.0, 1.0)):
        found = answer(asked([goal(5.0)], [lever(present)]), mean)
        reach = ((1.0 - (5.0 + needed(0.8)) / 10.0) / 4.0) ** 0.5
        assert found.found is not None
        assert found.found.at[0] == pytest.approx(0.2 + side * reach, abs=2e-3)
        ((low, high),) = found.alone[0].met
        assert (low, high) == (pytest.approx(0.2 - reach, abs=1e-5), pytest.approx(0.2 + reach, abs=1e-5))
        assert found.alone[0].curve.shapes == ("turning",)
        assert "not monotone" in " ".join(sentences(found, "en"))
        assert "不单调" in " ".join(sentences(found, "zh"))


def test_the_best_is_said_where_none_is_enough() -> None:
    found = answer(asked([goal(5.0)], [lever(-0.5)]), around(lambda at: 4.0 - 4.0 * (at[:, 0] - 0.3) ** 2))
    assert found.status == "not reachable"
    assert found.found is None
    assert found.best.at[0] == pytest.approx(0.3, abs=0.01)
    share = float((4.0 + np.sort(around(lambda at: at[:, 0])(np.zeros((1, 1)))[0, 0]) >= 5.0).mean())
    assert found.best.judged[0].probability == pytest.approx(share)
    assert found.best.judged[0].assured == pytest.approx(4.0 - needed(0.8), abs=1e-4)
    for language in LANGUAGES:
        assert f"{100 * share:.0f}%" in sentences(found, language)[0]
        assert ended(found, language) == ["× 0.3"]
        assert "× 0.3" in re.findall(r"× [-\d.]*\d", sentences(found, language)[0])


def test_millions_are_said_with_separators() -> None:
    people = replace(lever(1.5e6, 1e6, 2e6, kind="set"), unit="person")
    assert shown(people, 1_234_567.0, "en") == "1,234,570 people"
    assert shown(people, 999_999.0, "en") == "999,999 people"


def test_what_is_reached_of_a_gain_is_said_in_points() -> None:
    of = goal(0.0311)
    gain = replace(of, target=replace(of.target, unit="share", written_unit="百分点"))
    found = answer(asked([gain], [lever(-0.5)]), around(lambda at: 0.0 * at[:, 0] - 3.0))
    assert found.best.judged[0].assured < -1.0
    said = sentences(found, "en")[0]
    assert "3.11 points" in said
    assert " points or more is reached" in said
    assert "个百分点。" in sentences(found, "zh")[0]


def test_a_lever_without_effect_is_said_to_have_none() -> None:
    found = answer(asked([goal(5.0)], [lever()]), around(lambda at: 0.0 * at[:, 0]))
    assert found.alone[0].curve.shapes == ("flat",)
    assert "no difference" in sentences(found, "en")[1]


def test_years_stay_whole() -> None:
    years = lever(2026.0, 2021.0, 2030.0, kind="from")
    found = answer(asked([goal(3.0)], [years]), around(lambda at: 2026.4 - at[:, 0]))
    last = np.floor(2026.4 - 3.0 - needed(0.8))
    assert found.found is not None
    assert found.found.at == (last,)
    assert "earlier: 2022 instead of 2026" in sentences(found, "en")[0]


def test_every_goal_has_to_hold_and_the_binding_one_is_named() -> None:
    goals = [goal(1.0), goal(2.0, id_="G2")]
    found = answer(asked(goals, [lever()]), around(lambda at: 5.0 * at[:, 0], lambda at: 5.0 * at[:, 0]))
    assert found.found is not None
    assert found.found.at[0] == pytest.approx((2.0 + needed(0.8)) / 5.0, abs=1.1e-3)
    assert found.found.binding.goal.id == "G2"
    against = answer(asked(goals, [lever()]), around(lambda at: 5.0 * at[:, 0], lambda at: -5.0 * at[:, 0]))
    assert against.status == "not reachable"
    assert against.alone[0].curve.shapes == ("rising", "falling")
    assert "harms another" in " ".join(sentences(against, "en"))


def test_shares_are_said_in_percent() -> None:
    rate = replace(lever(), kind="set", unit="share/year")
    assert shown(rate, 0.0219763, "en") == "2.19763%/year"
    assert shown(rate, 0.0219763, "zh") == "2.19763%/年"
    assert shown(replace(rate, unit="share"), 0.41, "en") == "41%"
