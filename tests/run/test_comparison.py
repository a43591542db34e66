"""Scenarios side by side: every kind of target has its paired difference, and what is the same is said to be."""

import json
import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.common.language import LANGUAGES, Language
from sim.common.typography import has_chinese
from sim.output.report.compared import amounts, change, verdicts
from sim.run.answers import Verdict
from sim.run.comparison import Changes, Difference, changes, judged, rows
from sim.run.scenario_run import Run, openings
from sim.run.scenario_run import run as simulate
from tests.output.layout.shown import shown
from tests.scenarios import resolved

DRAWS = 40


@cache
def run(name: str, *overrides: str) -> Run:
    return simulate(resolved(name, f"draws={DRAWS}", *overrides), 2)


@cache
def compared(*names: str) -> Changes:
    return changes([run(name) for name in names])


def verdict(of: Run, id_: str) -> Verdict:
    return next(said for said in of.tables.verdicts if said.id == id_)


def draws(of: Run, measure: str, year: int = 2025) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return of.ensemble.of(measure)[of.ensemble.years.index(year)].astype(np.float64)


def test_a_scenario_is_the_same_as_itself_on_every_target() -> None:
    first, own = compared("pilot", "pilot")
    assert first == {}
    kinds = {"T205": "people", "T224": "a capacity", "T336": "an opening", "T219": "a need", "T265": "a delivery"}
    assert set(kinds) <= set(own)
    assert all(found.same and found.low == found.median == found.high == 0.0 for found in own.values())
    assert {said.id for said in run("pilot").tables.verdicts if said.probability is not None} <= set(own)


def test_less_money_changes_what_is_built_and_not_where_people_live() -> None:
    _, poor = compared("pilot", "tight-budget")
    assert poor["T207"].same
    assert poor["T219"].same
    for id_ in ("T224", "T336", "T265"):
        assert not poor[id_].same
    assert poor["T336"].median > 0.0
    assert poor["T265"].low < 0.0
    assert poor["T265"].high <= 0.0
    assert poor["T224"].low < 0.0


def test_a_need_differs_as_what_drives_it_does() -> None:
    _, _, trend = compared("pilot", "tight-budget", "trend")
    said = verdict(run("trend"), "T219")
    apart = float(said.value or 0.0) * (
        draws(run("trend"), said.answer.driver) - draws(run("pilot"), said.answer.driver)
    )
    expected = np.quantile(apart, (0.1, 0.5, 0.9))
    found = trend["T219"]
    np.testing.assert_allclose([found.low, found.median, found.high], expected)
    assert found.unit == said.answer.need_unit


def test_a_facility_differs_as_its_capacity_by_its_driver_does() -> None:
    pilot, trend = run("pilot"), run("trend")
    ratio = [draws(of, "capacity.hospital_beds") / draws(of, "resident") for of in (trend, pilot)]
    found = compared("pilot", "tight-budget", "trend")[2]["T224"]
    np.testing.assert_allclose(found.median, np.quantile(ratio[0] - ratio[1], 0.5))
    assert found.unit == verdict(pilot, "T224").unit


def test_a_project_differs_by_the_months_it_opens_later_in_the_same_group() -> None:
    late, pilot = run("late-start"), run("pilot")
    own, before = (openings(of.scenario, of.ensemble)["south-campus"] for of in (late, pilot))
    months = [12.0 * (mine - theirs) for mine, theirs in zip(own, before, strict=True) if mine and theirs]
    found = compared("pilot", "late-start")[1]["T336"]
    assert found.unit == "month"
    assert min(months) - 1e-9 <= found.median <= max(months) + 1e-9
    assert found.median > 6.0


def test_the_other_way_round_every_difference_has_the_other_sign() -> None:
    _, there = compared("pilot", "tight-budget")
    _, back = compared("tight-budget", "pilot")
    for id_, one in there.items():
        assert one.same == back[id_].same
        if one.unit != "month":
            assert (one.low, one.high) == pytest.approx((-back[id_].high, -back[id_].low))


def test_what_only_one_scenario_judges_has_no_difference_and_is_still_listed() -> None:
    runs = [run("trend"), run("pilot")]
    apart = changes(runs)
    assert "T336" not in apart[1]
    said = judged(runs)
    assert said["T336"][0] is None
    assert said["T336"][1] is not None
    table = [row for row in rows(runs, apart) if row["target"] == "T336"]
    assert [(row["scenario"], row["difference"], row["same"]) for row in table] == [("pilot", None, None)]


def test_other_draws_cannot_be_paired() -> None:
    other = simulate(resolved("pilot", f"draws={DRAWS}", "seed=99"), 2)
    assert changes([run("pilot"), other]) == [{}, {}]


def test_rows_are_json_and_have_the_same_keys() -> None:
    names = "pilot", "tight-budget", "trend"
    table = rows([run(name) for name in names], compared(*names))
    assert len({tuple(row) for row in table}) == 1
    json.dumps(table, allow_nan=False)
    ids = [row["target"] for row in table if row["scenario"] == "pilot"]
    chances = [row["probability"] is not None for row in table if row["scenario"] == "pilot"]
    assert chances == sorted(chances, reverse=True)
    assert {"T205", "T336", "T219", "T265"} <= set(ids)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e5), st.floats(0, 1e5), st.sampled_from(["person", "bed", "share", "month"]))
def test_every_difference_has_words_in_both_languages(middle: float, below: float, above: float, unit: str) -> None:
    one = Difference(unit, middle - below, middle, middle + above, same=False)
    for language in LANGUAGES:
        said = change(one, language)
        assert has_chinese(said) == (language == "zh")
        assert "nan" not in said


def test_a_difference_is_said_as_a_planner_would() -> None:
    def said(unit: str, low: float, median: float, high: float, language: Language = "en") -> str:
        return change(Difference(unit, low, median, high, same=False), language)

    assert said("person", 689, 1290, 2090) == "against the first +1,290 people (+689 … +2,090)"
    assert said("person", 689, 1290, 2090, "zh") == "比首个情景 +1,290人 (+689 … +2,090)"
    assert said("share", -0.01, -0.006, 0.0) == "against the first −0.6 points (−1.0 … 0.0)"
    assert said("person", 0.0, 0.001, 0.002) == "against the first hardly any difference"
    assert said("month", 6.0, 6.0, 6.2) == "against the first 6 months later"
    assert said("month", -1.0, 0.2, 3.0) == "against the first the same month (1 month earlier … 3 months later)"
    assert said("month", 3.0, math.inf, math.inf, "zh") == "比首个情景 期内不再启用 (晚 3 个月 … 期内不再启用)"
    assert said("month", -math.inf, -math.inf, 0.0).startswith("against the first now open within the run")
    same = Difference("bed", 0.0, 0.0, 0.0, same=True)
    assert change(same, "en") == "same as the first"
    assert change(same, "zh") == "与首个情景相同"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_sets_every_kind_of_target_beside_the_first(language: Language) -> None:
    names = "pilot", "tight-budget"
    tables, apart = [run(name).tables for name in names], compared(*names)
    page = shown(verdicts(tables, language, apart), amounts(tables, language, apart), language=language)
    page = page.replace("\xa0", " ").replace("（", "(").replace("）", ")")  # beside Chinese words they are typeset
    same = {"zh": "与首个情景相同", "en": "Same as the first"}[language]
    assert page.count(same) == sum(found.same for found in apart[1].values())
    for id_ in ("T224", "T336", "T265"):
        words = change(apart[1][id_], language)
        assert words[1:].replace("\xa0", " ") in page, id_
    assert {"zh": "张/千人", "en": "beds per 1,000 people"}[language] in page
    assert same not in shown(verdicts([replace(one) for one in tables], language), language=language)
