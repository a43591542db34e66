"""The answer in words."""

from dataclasses import replace

import numpy as np
import pytest

from sim.common.language import LANGUAGES, Text
from sim.common.typography import has_chinese
from sim.output.report import headline
from sim.output.report.words import answer, needs, unassessed
from sim.run.answers import Driver, Outcome, Verdict
from sim.run.columns import Columns
from sim.run.curves import assessed
from sim.run.tables import RunTables
from tests.output.charts.county import jieshou

RUN = jieshou()
MISSED = Verdict(
    id="T1",
    title=Text("城镇化率", "Urbanization rate"),
    kind="outcome",
    measure="urbanization_rate",
    op="at_least",
    value=0.55,
    unit="share",
    year=2025,
    status="unlikely",
    answer=Outcome(
        probability=0.23,
        probability_error=0.0133,
        low=0.521,
        median=0.534,
        high=0.548,
        shortfall=0.016,
        first_year=2028,
        holds_back=(
            Driver("a", Text("返回县城的人", "people returning to the county seat"), -0.2, -0.01),
            Driver("b", Text("生育率", "fertility"), 0.9, 0.001),
        ),
    ),
)


def residents(run: RunTables, people: float) -> RunTables:
    series = run.series.frame()
    chosen = (series["measure"] == "resident") & (series["year"] == 2025) & np.isclose(series["quantile"], 0.5)
    series.loc[chosen, "value"] = people
    return replace(run, series=Columns.of_frame(series))


def test_the_answer_reads_as_a_planner_would_say_it() -> None:
    assert answer(residents(RUN, 700_000.0), MISSED, "en") == (
        "Unlikely: 23% (± 1) to reach 55% urban by the end of 2025. Median 53.4% (80% band 52.1–54.8); short by "
        "1.6 points, about 11,200 people in towns; reached in 2028 in the median run. What holds it back most: "
        "people returning to the county seat."
    )


def test_the_chinese_answer_says_the_same() -> None:
    said = headline(replace(residents(RUN, 700_000.0), verdicts=(MISSED,)), "zh")[0]
    for part in (
        "不太可能",
        "2025 年末",
        "55%",
        "23%",
        "53.4%",
        "52.1–54.8",
        "1.6个百分点",
        "11,200",
        "2028",
        "返回县城的人",
    ):
        assert part in said
    assert "(" not in said
    assert "," not in said.replace("11,200", "")


def test_the_shortfall_in_persons_is_the_gap_times_residents() -> None:
    for people in (10_000.0, 650_000.0):
        said = answer(residents(RUN, people), MISSED, "en")
        assert f"about {0.016 * people:,.0f} people in towns" in said


def test_a_target_that_is_met_lacks_nothing_and_nothing_holds_it_back() -> None:
    better = replace(MISSED.answer, probability=1.0, median=0.60, shortfall=0.0, first_year=2023)
    met = replace(MISSED, status="certain", answer=better)
    said = answer(RUN, met, "en")
    assert said.startswith("Certain: 100%")
    assert "short by" not in said
    assert "holds it back" not in said


def test_what_is_more_likely_than_not_is_decided_not_held_back() -> None:
    possible = replace(MISSED, status="possible", answer=replace(MISSED.answer, probability=0.6))
    assert "What decides it most" in answer(RUN, possible, "en")


def test_a_target_never_reached_says_until_when() -> None:
    assert "not reached by 2035" in answer(RUN, replace(MISSED, answer=replace(MISSED.answer, first_year=None)), "en")


@pytest.mark.parametrize(
    ("op", "word"), [("at_most", "stay within 55%"), ("about", "be about 55%"), ("equal", "be 55%")]
)
def test_the_comparison_is_said(op: str, word: str) -> None:
    assert word in answer(RUN, replace(MISSED, op=op), "en")


def test_every_line_of_the_plan_is_counted_once() -> None:
    parts = [*assessed(RUN), *needs(RUN), *unassessed(RUN)]
    assert sorted(v.id for v in parts) == sorted(v.id for v in RUN.verdicts)
    assert headline(RUN, "en")[-1] == (
        "8 lines in “Jieshou's pilot plan for new urbanization”: 2 with a probability, 3 as needs, 3 not assessed."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_mixed(language: str) -> None:
    text = " ".join(headline(RUN, language))  # type: ignore[arg-type]
    assert has_chinese(text) == (language == "zh")
    if language == "zh":
        assert not any(word in text.lower() for word in ("people", "median", "reach", "band", "points"))


def test_without_a_plan_the_answer_says_where_the_region_is_heading() -> None:
    tables = replace(RUN, verdicts=(), plan_title=None)
    (english,), (chinese,) = headline(tables, "en"), headline(tables, "zh")
    assert english.startswith("No plan to judge")
    assert str(tables.test_year) in english
    assert str(tables.horizon) in chinese
    assert "城镇化率" in chinese
