"""Figures say what the tables say, in the reader's language, and Plotly accepts them."""

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.common.typography import has_chinese
from sim.model.registry import MEASURES
from sim.output.charts import comparison, fan, growth, moves, pyramid, zones
from sim.output.charts.style import Figure
from sim.run.columns import Columns
from sim.run.curves import curves
from sim.run.tables import SERIES_COLUMNS, RunTables
from tests.output.charts.county import REGION, differences, hostile, jieshou, measures

Draw = Callable[[RunTables, Language], Figure | None]

RUN = jieshou()
FIGURES: dict[str, Draw] = {
    "rate": fan.rate,
    "seat": fan.seat,
    "zones": zones.POPULATION.draw,
    "sources": growth.sources,
    "pyramid": pyramid.residents,
    "moves": moves.sankey,
}


def drawn(which: str, language: Language) -> Figure:
    figure = FIGURES[which](RUN, language)
    assert figure is not None
    return figure


def by_name(figure: Figure, name: str) -> dict[str, object]:
    return next(trace for trace in figure["data"] if trace.get("name") == name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", FIGURES)
def test_plotly_accepts_every_figure(which: str, language: Language) -> None:
    figure = drawn(which, language)
    built = go.Figure(figure)
    assert len(built.data) == len(figure["data"]) > 0
    json.dumps(figure, allow_nan=False)


@pytest.mark.parametrize("which", FIGURES)
def test_english_figures_have_no_chinese_and_chinese_ones_no_english_words(which: str) -> None:
    english = drawn(which, "en")
    english["layout"].pop("font"), english["layout"].pop("hoverlabel")
    assert not has_chinese(json.dumps(english, ensure_ascii=False))
    chinese = json.dumps(_texts(drawn(which, "zh")), ensure_ascii=False).lower()
    for word in (
        "people",
        "thousand",
        "median",
        "band",
        "base year",
        "resident",
        "total",
        "county",
        "census",
        "target",
    ):
        assert word not in chinese


def _texts(figure: Figure) -> list[object]:
    layout = figure["layout"]
    said = [layout["title"]["text"], *[note["text"] for note in layout.get("annotations", [])]]
    for trace in figure["data"]:
        said += [trace.get("name"), trace.get("hovertemplate"), trace.get("text"), trace.get("node", {}).get("label")]
        said += [trace.get("link", {}).get("customdata")]
    return said


def test_the_fan_draws_the_quantiles_of_the_table() -> None:
    figure, found = fan.rate(RUN, "en"), curves(RUN, ["urbanization_rate"])
    median = by_name(figure, "Median")
    assert median["y"] == pytest.approx([100 * v for v in found.quantile("urbanization_rate", 0.5).values()])
    band = by_name(figure, "80% band")
    n = len(found.years)
    assert band["x"] == [*found.years, *reversed(found.years)]
    assert band["y"][:n] == pytest.approx([100 * v for v in found.quantile("urbanization_rate", 0.1).values()])
    assert band["y"][n:][::-1] == pytest.approx([100 * v for v in found.quantile("urbanization_rate", 0.9).values()])


def test_the_diamond_stands_at_the_targets_year_and_value() -> None:
    for figure, value in ((fan.rate(RUN, "en"), 55.0), (fan.seat(RUN, "en"), 250.0), (fan.seat(RUN, "zh"), 25.0)):
        diamond = next(trace for trace in figure["data"] if trace.get("marker", {}).get("symbol") == "diamond")
        assert (diamond["x"], diamond["y"]) == ([2025], [pytest.approx(value)])


def test_a_target_in_percent_stands_where_the_same_share_does() -> None:
    verdict = replace(RUN.verdicts[0], value=55.0, unit="%")
    figure = fan.rate(replace(RUN, verdicts=(verdict,)), "en")
    assert figure["data"][-1]["y"] == [pytest.approx(55.0)]


def test_published_figures_are_black_dots_in_the_unit_of_the_axis() -> None:
    census = by_name(fan.rate(RUN, "en"), "Census")
    assert census["marker"]["color"] == "#000000"
    assert dict(zip(census["x"], census["y"], strict=True)) == {
        2010: pytest.approx(38.2192, abs=1e-3),
        2020: pytest.approx(47.3970, abs=1e-3),
    }
    assert by_name(fan.seat(RUN, "zh"), "普查")["y"] == [pytest.approx(20.742)]


def test_the_axis_of_a_rate_does_not_start_at_zero_and_units_are_named() -> None:
    figure = fan.rate(RUN, "zh")
    assert "rangemode" not in figure["layout"]["yaxis"]
    assert figure["layout"]["yaxis"]["ticksuffix"] == "%"
    assert not figure["layout"]["annotations"][-1]["visible"], "of percent the ticks tell"
    assert fan.seat(RUN, "zh")["layout"]["annotations"][-1]["visible"]
    assert fan.seat(RUN, "zh")["layout"]["annotations"][-1]["text"].endswith("万人")
    assert fan.seat(RUN, "en")["layout"]["annotations"][-1]["text"] == "thousand people"


def test_the_base_year_has_a_line_and_words_unless_the_chart_begins_there() -> None:
    rate, seat = fan.rate(RUN, "en")["layout"], fan.seat(RUN, "en")["layout"]
    assert rate["shapes"][0]["x0"] == rate["shapes"][0]["x1"] == 2020
    assert [note["text"] for note in rate["annotations"]] == ["base year 2020", "%"]
    assert seat["shapes"] == rate["shapes"]
    assert [note["text"] for note in seat["annotations"]] == ["thousand people"]


def test_zones_are_the_medians_of_the_tables() -> None:
    figure = drawn("zones", "en")
    stacked = [trace for trace in figure["data"] if trace.get("stackgroup")]
    for zone, trace in zip(("city", "town", "rural"), stacked, strict=True):
        medians = curves(RUN, [zone]).quantile(zone, 0.5).values()
        assert trace["y"] == pytest.approx([value / 1e3 for value in medians], rel=1e-6)
    assert figure["data"][-1]["name"].startswith("Away")


def test_sources_add_up_to_the_growth_of_urban_residents() -> None:
    figure = growth.sources(RUN, "en")
    total = by_name(figure, "Total")
    urban = curves(RUN, ["urban"]).mean("urban")
    grown = [(urban[year] - urban[year - 1]) / 1e3 for year in total["x"]]
    assert total["y"] == pytest.approx(grown, abs=1e-6)
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert [sum(v) for v in zip(*(trace["y"] for trace in bars), strict=True)] == pytest.approx(total["y"], abs=1e-5)
    assert "Reclassification" not in {trace["name"] for trace in bars}, "a source that is nothing takes no room"


def test_the_pyramid_has_men_left_women_right_and_the_totals_of_the_table() -> None:
    figure = pyramid.residents(RUN, "en")
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    men = -sum(sum(trace["x"]) for trace in bars if min(trace["x"]) < 0)
    women = sum(sum(trace["x"]) for trace in bars if min(trace["x"]) >= 0)
    people = RUN.pyramid.frame()
    rows = people[(people["year"] == 2025) & (people["zone"] != "away")]
    by_sex = rows.groupby("sex")["value"].sum()
    assert (men, women) == (pytest.approx(by_sex["male"] / 1e3), pytest.approx(by_sex["female"] / 1e3))
    outlines = [trace for trace in figure["data"] if trace["type"] == "scatter"]
    base = people[(people["year"] == 2020) & (people["zone"] != "away")]["value"].sum()
    assert sum(sum(trace["customdata"]) for trace in outlines) == pytest.approx(base / 1e3)
    shown = max(abs(x) for trace in bars for x in trace["x"])
    assert figure["layout"]["xaxis"]["range"][1] >= shown


def test_the_sankey_carries_the_mean_moves_of_the_year() -> None:
    trace = moves.sankey(RUN, "en")["data"][0]
    routes = moves.routes()
    found = curves(RUN, list(routes))
    expected = sum(found.mean(measure)[2025] for measure in routes)
    assert sum(trace["link"]["value"]) == pytest.approx(expected, abs=1.0)
    n = len(trace["node"]["label"])
    assert all(0 <= end < n for end in (*trace["link"]["source"], *trace["link"]["target"]))
    assert set(trace["link"]["source"]).isdisjoint(trace["link"]["target"])


def test_every_measure_that_a_chart_asks_for_exists() -> None:
    asked = {*moves.routes(), *(f"urban_growth.{key}" for key in growth.NAMES)}
    assert asked <= set(MEASURES)
    moving = {
        id_ for id_ in MEASURES if id_.startswith("moves.") and not id_.startswith(("moves.hukou", "moves.boundary"))
    }
    assert moving == set(moves.routes()), "a move that the Sankey leaves out"


def test_titles_cannot_write_markup_into_a_figure() -> None:
    run = hostile()
    for figure in (comparison.medians([run], "city", "en"), comparison.probabilities([run], "en")):
        text = json.dumps(figure)
        assert "<script" not in text
        assert "<img" not in text


def test_each_scenario_has_one_colour_in_every_chart() -> None:
    runs = [RUN, jieshou("trend", 0.8), jieshou("jobs", 1.3)]
    paired = differences(runs, [measures(pull=pull) for pull in (1.0, 0.8, 1.3)])
    seen: dict[str, set[str]] = {}
    figures = [
        comparison.medians(runs, "urbanization_rate", "en"),
        comparison.medians(runs, "city", "en"),
        comparison.probabilities(runs, "en"),
        comparison.differences(runs, paired, "city", "en"),
    ]
    for figure in figures:
        go.Figure(figure)
        for trace in figure["data"]:
            colour = trace.get("line", {}).get("color") if trace.get("mode") == "lines" else trace["marker"]["color"]
            if trace.get("showlegend", True) and trace["name"] in {run.title.en for run in runs}:
                seen.setdefault(trace["name"], set()).add(colour)
    assert {len(colours) for colours in seen.values()} == {1}
    assert len(set.union(*seen.values())) == 3


def test_targets_of_one_place_are_not_drawn_beside_others() -> None:
    run = jieshou("jobs")
    series = Columns(
        {name: run.series[name] for name in SERIES_COLUMNS} | {"region": np.full(len(run.series), "other")}
    )
    elsewhere = replace(run, regions=(("other", Text("别处", "Elsewhere")),), series=series)
    alone, places = (comparison.medians([RUN, one], "city", "en") for one in (run, elsewhere))
    names = [{trace.get("name") for trace in one["data"]} for one in (alone, places)]
    assert {"Target of the plan", "Census"} <= names[0]
    assert not {"Target of the plan", "Census"} & names[1]
    assert len([trace for trace in places["data"] if trace.get("fill") == "toself"]) == 2


def test_many_scenarios_show_their_bands_beside_the_last_year_only() -> None:
    few = comparison.medians([jieshou("trend"), jieshou("jobs")], "city", "en")
    many = comparison.medians([replace(RUN, scenario=str(i)) for i in range(5)], "city", "en")
    assert sum(trace.get("fill") == "toself" for trace in few["data"]) == 2
    assert sum(trace.get("fill") == "toself" for trace in many["data"]) == 0
    bars = [trace for trace in many["data"] if "error_y" in trace]
    found = curves(RUN, ["city"])
    low, high = (found.quantile("city", quantile)[2035] / 1e3 for quantile in (0.1, 0.9))
    for bar in bars:
        assert bar["y"][0] - bar["error_y"]["arrayminus"][0] == pytest.approx(low)
        assert bar["y"][0] + bar["error_y"]["array"][0] == pytest.approx(high)
    places = [bar["x"][0] for bar in bars]
    assert len(set(places)) == 5
    assert 2035 < min(places) < max(places) < many["layout"]["xaxis"]["range"][1]


def test_paired_differences_are_of_the_scenario_and_signed() -> None:
    runs = [RUN, jieshou("trend", 0.8), jieshou("jobs", 1.3)]
    paired = differences(runs, [measures(pull=pull) for pull in (1.0, 0.8, 1.3)])
    figure = comparison.differences(runs, paired, "urbanization_rate", "en")
    lines = {trace["name"]: trace["y"] for trace in figure["data"] if trace.get("showlegend", True)}
    assert set(lines) == {"Trend", "Jobs first"}
    assert lines["Trend"][0] == lines["Jobs first"][0] == 0
    assert max(lines["Trend"][1:]) < 0 < min(lines["Jobs first"][1:])
    assert figure["layout"]["annotations"][0]["text"] == "percentage points"


def test_probabilities_keep_every_assessed_target() -> None:
    figure = comparison.probabilities([RUN], "en")
    assert figure["data"][0]["x"] == [pytest.approx(100 * v.probability, abs=0.01) for v in RUN.verdicts[:2]]
    assert len(figure["layout"]["yaxis"]["ticktext"]) == 2


def test_probabilities_and_their_errors_stay_between_0_and_100_in_the_row_of_their_target() -> None:
    sure, never = (
        replace(
            RUN,
            verdicts=tuple(
                replace(v, answer=replace(v.answer, probability=chance, probability_error=0.03))
                for v in RUN.verdicts[:2]
            ),
        )
        for chance in (1.0, 0.01)
    )
    figure = comparison.probabilities([sure, never, RUN, RUN, RUN], "en")
    rows = figure["layout"]["yaxis"]["tickvals"]
    for trace in figure["data"]:
        error = trace["error_x"]
        for x, above, below in zip(trace["x"], error["array"], error["arrayminus"], strict=True):
            assert 0.0 <= x - below <= x + above <= 100.0
        assert [round(y) for y in trace["y"]] == rows[: len(trace["y"])]
    spots = [trace["y"][0] for trace in figure["data"]]
    assert spots == sorted(spots, reverse=True), "the first scenario on top, as in the legend"


def test_another_region_is_drawn_from_its_own_rows() -> None:
    other = Columns.of_frame(RUN.series.frame().assign(region="000001", value=RUN.series["value"] * 2.0))
    both = replace(
        RUN,
        regions=((REGION, Text("甲", "A")), ("000001", Text("乙", "B"))),
        series=Columns.joined([RUN.series, other]),
    )
    one, two = (by_name(fan.seat(both, "en", region), "Median")["y"] for region in (REGION, "000001"))
    assert two == pytest.approx([2.0 * value for value in one])
