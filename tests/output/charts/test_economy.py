"""Charts of the economy say what the tables say, in both languages, and are left out where there is nothing."""

import json
import math
from collections.abc import Callable
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.common.typography import has_chinese
from sim.model.projects.records import Moment
from sim.output.charts import contributions, facilities, homes, jobs, money, pipeline
from sim.output.charts.style import Figure
from sim.run.curves import curves
from sim.run.tables import RunTables
from tests.output.charts.county import REGION, jieshou
from tests.output.charts.economy import ADDED, PARTS, PROJECTS, changed, county, row

Draw = Callable[[RunTables, Language], Figure | None]

RUN = county()
FIGURES: dict[str, Draw] = {
    "waterfall": homes.waterfall,
    "labour": jobs.LABOUR.draw,
    "new jobs": jobs.new_jobs,
    "incomes": jobs.INCOMES.draw,
    "ratio": jobs.INCOME_RATIO.draw,
    "budget": money.BUDGET.draw,
    "land": money.LAND.draw,
    "growth": facilities.growth,
    "adequacy": facilities.adequacy,
    "gantt": pipeline.gantt,
    "steps": lambda run, language: contributions.steps(run.contributions or ADDED, language),
}


def drawn(which: str, language: Language, run: RunTables = RUN) -> Figure:
    figure = FIGURES[which](run, language)
    assert figure is not None
    return figure


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", FIGURES)
def test_plotly_accepts_every_figure_in_the_readers_language(which: str, language: Language) -> None:
    figure = drawn(which, language)
    assert len(go.Figure(figure).data) == len(figure["data"]) > 0
    json.dumps(figure, allow_nan=False)
    figure["layout"].pop("font"), figure["layout"].pop("hoverlabel")
    said = json.dumps(figure, ensure_ascii=False)
    assert has_chinese(said) == (language == "zh")
    if language == "zh":
        for word in ("yuan", "homes", "people", "median", "means", "hectare", "project", "points"):
            assert word not in json.dumps(figure["layout"]["title"], ensure_ascii=False).lower() + said


def test_the_waterfall_adds_up_from_parts_to_demand_to_gap() -> None:
    sums = homes.totals(RUN)
    assert sums["demand"] == pytest.approx(sum(sums[part] for part in PARTS))
    assert sums["gap"] == pytest.approx(sums["demand"] - sums["completed"])
    trace = drawn("waterfall", "en")["data"][0]
    steps = [value for value, kind in zip(trace["y"], trace["measure"], strict=True) if kind == "relative"]
    assert 1e3 * sum(steps) == pytest.approx(sums["gap"], abs=1.0)
    totals = [value for value, kind in zip(trace["y"], trace["measure"], strict=True) if kind == "total"]
    assert totals == pytest.approx([sums["demand"] / 1e3, sums["gap"] / 1e3], abs=1e-3)
    five = curves(RUN, ["home_demand"]).mean("home_demand")
    assert sums["demand"] == pytest.approx(sum(five[year] for year in range(2021, 2026)))


def test_bars_of_homes_say_numbers_in_the_unit_of_the_axis() -> None:
    trace = drawn("waterfall", "en")["data"][0]
    assert [float(said.replace("−", "-").replace(",", "")) for said in trace["text"]] == pytest.approx(
        trace["y"], abs=0.06
    )
    assert all(len(said) <= len("−12.34") for said in trace["text"])
    assert all("homes" in said for said in trace["customdata"])


def test_more_homes_than_needed_are_called_so() -> None:
    built = changed(RUN, "homes_completed", 1e5)
    names = drawn("waterfall", "en", built)["data"][0]["x"]
    assert names[-1] == "Built<br>beyond demand"
    assert drawn("waterfall", "en")["data"][0]["x"][-1] == "Gap"


def test_money_is_in_hundred_millions_or_millions_of_yuan() -> None:
    zh, en = drawn("budget", "zh"), drawn("budget", "en")
    assert zh["layout"]["annotations"][-1]["text"].endswith("亿元/年")
    assert en["layout"]["annotations"][-1]["text"] == "million yuan a year"
    spent = curves(RUN, ["money_spent"]).mean("money_spent")
    assert zh["data"][1]["y"] == pytest.approx([value / 1e8 for value in spent.values()], abs=1e-6)
    assert en["data"][1]["y"] == pytest.approx([value / 1e6 for value in spent.values()], abs=1e-6)
    assert drawn("land", "en")["layout"]["annotations"][-1]["text"] == "hectares a year"


def test_a_debt_of_nothing_takes_no_room() -> None:
    assert "Debt" in {trace["name"] for trace in drawn("budget", "en")["data"]}
    free = drawn("budget", "en", changed(RUN, "debt", 0.0))
    assert "Debt" not in {trace["name"] for trace in free["data"]}


def test_new_jobs_are_known_only_where_somebody_opens_them() -> None:
    assert jobs.new_jobs(changed(RUN, "new_jobs_gross", 0.0), "en") is None
    trace = drawn("new jobs", "en")["data"][0]
    high = curves(RUN, ["new_jobs_gross"]).quantile("new_jobs_gross", 0.9)
    assert [y + e for y, e in zip(trace["y"], trace["error_y"]["array"], strict=True)] == pytest.approx(
        list(high.values()), abs=1e-5
    )


def test_needs_are_drawn_against_the_base_year_and_what_begins_at_nothing_is_left_out() -> None:
    trace = drawn("growth", "en")["data"][0]
    rows = dict(zip(trace["y"], trace["z"], strict=True))
    assert list(rows) == ["<b>Education</b>", "Kindergarten places", "<b>Health</b>", "Hospital beds"]
    need = curves(RUN, ["need.hospital_beds"]).quantile("need.hospital_beds", 0.5)
    assert rows["Hospital beds"] == pytest.approx([100 * value / need[2020] for value in need.values()], abs=0.01)
    assert rows["Hospital beds"][0] == 100.0
    assert rows["<b>Health</b>"] == [None] * len(need)


def test_adequacy_is_drawn_where_the_stock_is_known_and_nowhere_else() -> None:
    trace = drawn("adequacy", "en")["data"][0]
    assert trace["y"] == ["<b>Health</b>", "Hospital beds"]
    met = curves(RUN, ["adequacy.hospital_beds"]).quantile("adequacy.hospital_beds", 0.5)
    assert trace["z"][1] == pytest.approx([100 * value for value in met.values()], abs=0.01)
    unknown = replace(RUN, series=RUN.series.where(RUN.series["measure"] != "adequacy.hospital_beds"))
    assert facilities.adequacy(unknown, "en") is None
    assert facilities.growth(replace(RUN, services=()), "en") is None


def test_like_projects_share_a_row_from_the_first_beginning_to_the_last_opening() -> None:
    found = {one.name.en: one for one in pipeline.batches(PROJECTS)}
    assert list(found) == ["south campus", "school", "airport", "water works"]
    school = found["school"]
    assert (school.many, school.begins, school.name.zh) == (2, 2022.5, "学校")
    assert school.opened == PROJECTS[2].opened
    assert school.approved == PROJECTS[1].approved


def test_the_gantt_marks_what_opens_in_time_and_cuts_what_opens_after_the_run() -> None:
    figure = drawn("gantt", "en")
    traces = {trace["name"]: trace for trace in figure["data"]}
    assert set(traces) == {
        "Approval",
        "Construction to opening",
        "Waiting for money, land or a crew",
        "Opens by the end of 2025",
        "Opens later",
    }
    assert traces["Opens by the end of 2025"]["y"] == ["South campus", "School ×2"]
    later = traces["Opens later"]
    assert (later["y"], later["x"]) == (["Airport"], [2027.0])
    assert later["x"][0] + later["error_x"]["array"][0] == RUN.horizon + 1, "a whisker ends with the run"
    waiting = traces["Waiting for money, land or a crew"]
    ends = [base + length for base, length in zip(waiting["base"], waiting["x"], strict=True)]
    assert ends[-1] == RUN.horizon + 1, "what never starts waits until the end"
    assert figure["layout"]["shapes"][0]["x0"] == 2026
    for trace in figure["data"]:
        assert len(set(trace["y"])) == len(trace["y"])


def test_bars_of_a_row_follow_each_other_without_a_hole() -> None:
    figure = drawn("gantt", "en")
    bars = {trace["name"]: trace for trace in figure["data"] if trace["type"] == "bar"}
    approval, building = bars["Approval"], bars["Construction to opening"]
    for i, label in enumerate(approval["y"]):
        if label in ("South campus", "Airport"):
            assert approval["base"][i] + approval["x"][i] == pytest.approx(building["base"][i], abs=1e-3)


def test_many_projects_are_cut_to_what_can_be_read_and_the_rest_is_counted() -> None:
    many = tuple(
        row(f"p{i}", Text("同名", "same name"), 2021.0 + i / 100, Moment(2024.0, 2024.0, 2024.0)) for i in range(60)
    )
    figure = drawn("gantt", "en", replace(RUN, projects=many))
    bars = figure["data"][0]
    assert len(bars["y"]) == len(set(bars["y"])) == pipeline.MOST
    assert "20 later ones are not drawn" in figure["layout"]["meta"]["subtitle"]


def test_a_region_shows_its_own_projects_and_a_group_shows_all() -> None:
    other = replace(PROJECTS[0], region="b", entry="other", id="other")
    run = replace(
        RUN,
        regions=(("all", Text("合计", "all")), (REGION, Text("甲", "A")), ("b", Text("乙", "B"))),
        projects=(*PROJECTS, other),
    )
    assert pipeline.chosen(run, "b") == (other,)
    assert pipeline.chosen(run) == pipeline.chosen(run, "all") == run.projects
    assert pipeline.chosen(run, "c") == ()
    figure = pipeline.gantt(run, "en")
    assert figure is not None
    assert {"South campus (A)", "South campus (B)"} <= set(figure["data"][0]["y"])


def test_without_projects_there_is_no_gantt() -> None:
    assert pipeline.gantt(replace(RUN, projects=()), "en") is None
    assert pipeline.gantt(jieshou(draws=20), "en") is None


@pytest.mark.parametrize(("moment", "said"), [(2023.0, "2023-01"), (2023.5, "2023-07"), (2025 + 11 / 12, "2025-12")])
def test_a_moment_is_said_as_its_month(moment: float, said: str) -> None:
    assert pipeline.month(moment) == said
    assert pipeline.month(math.nextafter(moment, 0.0)) == said, "a date on the edge of a month stays in it"


def test_the_steps_of_policies_add_up_to_all_of_them() -> None:
    trace = contributions.steps(ADDED, "en")["data"][0]
    assert trace["x"][-1] == pytest.approx(sum(trace["x"][:-1]))
    assert trace["x"] == pytest.approx([0.8, -0.1, 0.7])
    assert trace["measure"] == ["relative", "relative", "total"]
    assert trace["text"] == ["+0.800", "−0.100", "+0.700"]


def test_every_bar_of_the_homes_stands_inside_its_axis_with_room_for_words() -> None:
    for built in (0.0, 1e6):
        figure = drawn("waterfall", "zh", changed(RUN, homes.COMPLETED, built))
        low, high = figure["layout"]["yaxis"]["range"]
        steps, level = figure["data"][0], 0.0
        for size, kind in zip(steps["y"], steps["measure"], strict=True):
            level = size if kind == "total" else level + size
            assert low < level < high


def test_policies_of_one_name_keep_a_bar_each() -> None:
    same = replace(ADDED, rows=tuple(replace(one, name=Text("同", "same")) for one in ADDED.rows))
    labels = contributions.steps(same, "en")["data"][0]["y"]
    assert len(set(labels)) == len(labels) == 3


def test_small_contributions_lose_no_sign_and_nothing_has_none() -> None:
    assert contributions.signed(0.0, ADDED, "en") == "0.000"
    assert contributions.signed(-1e-9, ADDED, "en") == "0.000"
    assert contributions.signed(-0.02, replace(ADDED, after=0.6), "zh") == "−2.00"
    assert contributions.signed(-1200.0, replace(ADDED, unit="person"), "en") == "−1,200 people"


def test_titles_of_projects_and_policies_cannot_write_markup() -> None:
    bad = Text("<img src=x>", "<img src=x>")
    run = replace(RUN, projects=tuple(replace(one, name=bad) for one in PROJECTS))
    rows = tuple(replace(one, name=bad) for one in ADDED.rows)
    services = tuple(replace(one, name=bad) for one in RUN.services)
    for figure in (
        pipeline.gantt(run, "en"),
        contributions.steps(replace(ADDED, rows=rows), "en"),
        facilities.growth(replace(RUN, services=services), "en"),
    ):
        assert "<img" not in json.dumps(figure)
