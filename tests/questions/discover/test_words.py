"""Conditions and answers in words."""

from math import inf

import numpy as np
import pytest

from sim.common.language import Text
from sim.questions.discover import discovered
from sim.questions.discover.box import Box
from sim.questions.discover.cases import TIMES, YEAR, Varied
from sim.questions.discover.question import Criterion
from sim.questions.discover.words import conditions, extent, failure, ticks
from tests.questions.discover.synthetic import corner, made, noisy, spread

RATE = Varied("a", Text("返回率", "return"), "share/year", ())
TIME = Varied("b", Text("倍数", "factor"), TIMES, ())
FROM = Varied("c", Text("起始年", "first year"), YEAR, (2021.0, 2022.0, 2023.0, 2024.0))
FORCE = Varied("d", Text("力度", "strength"), "", (0.0, 1.0, 2.0))


@pytest.mark.parametrize(
    ("factor", "low", "high", "zh", "en"),
    [
        (RATE, -inf, 0.014, "低于 1.4%/年", "under 1.4% a year"),
        (RATE, 0.014, inf, "高于 1.4%/年", "over 1.4% a year"),
        (TIME, 0.8, 1.25, "在 × 0.8 与 × 1.25 之间", "between × 0.8 and × 1.25"),
        (FROM, 2022.5, inf, "不早于 2023 年", "2023 or later"),
        (FROM, -inf, 2022.5, "不晚于 2022 年", "2022 or earlier"),
        (FROM, -inf, 2021.5, "为 2021 年", "2021"),
        (FROM, 2021.5, 2023.5, "在 2022 年 到 2023 年 之间", "from 2022 to 2023"),
        (FORCE, -inf, 1.5, "不高于 1", "1 or less"),
        (FORCE, 0.5, inf, "不低于 1", "1 or more"),
    ],
)
def test_limits_are_said_with_their_units(factor: Varied, low: float, high: float, zh: str, en: str) -> None:
    assert extent(factor, low, high, "zh") == zh
    assert extent(factor, low, high, "en") == en


def test_conditions_are_joined() -> None:
    box = Box((-inf, 1.1, 2022.5), (0.014, inf, inf))
    assert conditions(box, (RATE, TIME, FROM), "en") == (
        "“return” is under 1.4% a year, “factor” is over × 1.1 and “first year” is 2023 or later"
    )
    assert Text(conditions(box, (RATE, TIME, FROM), "zh"), "").in_("zh") == (
        "“返回率”低于 1.4%/年，且“倍数”高于 × 1.1，且“起始年”不早于 2023 年"
    )


def test_failures_are_said_as_they_were_asked_for() -> None:
    title, target = Text("城镇化率(2025年)", "urbanization rate, 2025"), Text("人口", "population")

    def said(statistic: str, side: str, limit: float, of: Text | None) -> str:
        return failure(Criterion("c", title, "m", 2025, statistic, "share", side, limit, of)).en  # type: ignore[arg-type]

    assert said("probability", "below", 0.5, target) == "the target “population” is missed"
    assert said("probability", "below", 0.8, target) == "the probability of reaching “population” is under 80%"
    assert said("median", "above", 0.525, None) == "“urbanization rate, 2025” is over 52.5%"
    assert said("q10", "below", 0.52, None) == "“urbanization rate, 2025” (10% quantile) is under 52%"


def test_the_answer_says_conditions_coverage_and_density() -> None:
    points = spread(1000, 4)
    found = discovered(made(points, corner(points)))
    first = found.sentences[0]
    assert first.en == (
        "The target “population” is missed when “returns” is under 40% a year and “moves to the seat” is over × 0.3: "
        "this covers 100% of the failures, and 100% of such cases fail (of all cases, 28%)."
    )
    assert "未能达到，主要发生在：“外出人口返回”低于 40%/年，且“农村人口进城”高于 × 0.3。" in first.in_("zh")
    assert "of the sweep's 1,000 members fail (its probability is under 50%)." in found.sentences[1].en


def test_the_figures_in_the_answer_are_those_of_the_box_that_is_told() -> None:
    points = spread(1200, 4)
    fails = noisy(corner(points), 0.07)
    (one, *_) = discovered(made(points, fails)).boxes
    within = one.box.inside(points)
    assert one.shares.coverage == fails[within].sum() / fails.sum()
    assert one.shares.density == fails[within].mean()


def test_rare_failures_come_more_often_not_mostly() -> None:
    random = np.random.default_rng(3)
    points = random.random((3000, 3))
    fails = random.random(3000) < np.where(points[:, 0] < 0.3, 0.3, 0.02)
    found = discovered(made(points, fails))
    assert found.boxes[0].shares.density < 0.5
    assert "is missed more often when" in found.sentences[0].en
    assert "更常发生在" in found.sentences[0].zh


def test_nothing_found_is_said() -> None:
    random = np.random.default_rng(2)
    found = discovered(made(random.random((300, 3)), random.random(300) < 0.4))
    assert not found.boxes
    assert found.sentences[0].en.startswith("No simple condition tells the failures apart")
    assert len(found.sentences) == 2


def test_several_boxes_are_told_and_what_is_left() -> None:
    points = spread(3000, 4)
    fails = (points[:, 0] < 0.4) & (points[:, 1] < 0.5) | (points[:, 2] > 0.7) & (points[:, 3] > 0.6)
    found = discovered(made(points, noisy(fails, 0.02)))
    assert found.sentences[1].en.startswith("A further ")
    assert any("are scattered and have no such simple condition" in text.en for text in found.sentences)
    covered = sum(one.shares.coverage for one in found.boxes)
    assert found.together.coverage == pytest.approx(covered)


def test_ticks_leave_the_unit_to_the_title() -> None:
    assert ticks(RATE, 0.005, 0.04, "en") == ((0.01, 0.02, 0.03, 0.04), ("1", "2", "3", "4"), "% a year")
    assert ticks(TIME, 0.5, 3.0, "zh")[1] == ("× 0.5", "× 1", "× 1.5", "× 2", "× 2.5", "× 3")
    assert ticks(FROM, 2021.0, 2024.0, "zh")[1] == ("2021", "2022", "2023", "2024")
    assert ticks(RATE, 0.02, 0.02, "en")[0] == (0.02,)
