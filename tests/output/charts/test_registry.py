"""A chart of a report is one entry of a list; charts over the years are written as data."""

from dataclasses import replace

import plotly.graph_objects as go
import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.output.charts import registry
from sim.output.charts.over_years import Chart, Series
from sim.output.charts.registry import CHARTS, of_section
from sim.output.charts.style import TARGET
from sim.run.columns import Columns
from sim.run.curves import curves
from tests.output.charts.county import jieshou
from tests.output.charts.economy import county

RUN = county()
MOVED = Chart(
    section="people",
    id="moved",
    title=Text("外出与返回", "Leaving and returning"),
    note=Text("均值", "Means"),
    series=(
        Series("moves.away.leave_rural", Text("外出", "Leaving"), TARGET, "bar"),
        Series("moves.away.return_to_city", Text("返回", "Returning"), "#000000"),
    ),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_is_all_that_a_new_chart_needs(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    before = of_section("people", RUN, language)
    monkeypatch.setattr(registry, "CHARTS", (*CHARTS, MOVED))
    after = of_section("people", RUN, language)
    figure = after.pop("moved")
    assert after == before
    go.Figure(figure)
    bars, band, line = figure["data"]
    assert [trace["name"] for trace in figure["data"]] == [
        text.in_(language) for text in (MOVED.series[0].name, MOVED.series[1].name, MOVED.series[1].name)
    ]
    found = curves(RUN, [one.measure for one in MOVED.series])
    size = 1e4 if language == "zh" else 1e3
    assert bars["y"] == pytest.approx([v / size for v in found.mean(MOVED.series[0].measure).values()], abs=1e-6)
    middle = found.quantile(MOVED.series[1].measure, 0.5)
    assert line["y"] == pytest.approx([value / size for value in middle.values()], abs=1e-6)
    assert band["y"][: len(middle)] == [low for low, _ in line["customdata"]]


def test_what_the_run_does_not_report_is_left_out() -> None:
    unknown = replace(MOVED, series=(Series("no_such_measure", Text("无", "none"), TARGET),))
    assert unknown.draw(RUN, "en") is None
    assert of_section("money", jieshou(), "en") == {}
    assert list(of_section("money", RUN, "en")) == ["budget", "land"]


def test_every_chart_has_an_id_of_its_own_and_another_region_its_own_values() -> None:
    assert len({one.id for one in CHARTS}) == len(CHARTS)
    other = Columns.of_frame(RUN.series.frame().assign(region="000001", value=RUN.series["value"] * 2.0))
    both = replace(RUN, series=other, regions=(*RUN.regions, ("000001", Text("他县", "Other"))))
    here, there = MOVED.draw(RUN, "en"), MOVED.draw(both, "en", "000001")
    assert here is not None
    assert there is not None
    assert there["data"][0]["y"] == pytest.approx([2.0 * value for value in here["data"][0]["y"]], abs=1e-5)
