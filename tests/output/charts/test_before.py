"""A measure before and after: the bands are those of the runs, and neither can be taken for the other."""

from sim.common.language import Text
from sim.output.charts.before import AFTER, BEFORE, Bands, before_and_after
from sim.output.charts.style import axis_of

WIDE = Bands({2021: 0.40, 2022: 0.41}, {2021: 0.45, 2022: 0.46}, {2021: 0.50, 2022: 0.51})
NARROW = Bands({2021: 0.44, 2022: 0.45}, {2021: 0.46, 2022: 0.47}, {2021: 0.48, 2022: 0.49})


def test_bands_and_medians_are_those_given_in_the_unit_of_the_axis() -> None:
    names = Text("拟合前", "Before the fit"), Text("拟合后", "After the fit")
    grey, blue, dashed, line = before_and_after((WIDE, NARROW), names, axis_of("share", "en"), "en")
    assert grey["y"] == [40.0, 41.0, 51.0, 50.0]
    assert blue["y"] == [44.0, 45.0, 49.0, 48.0]
    assert (dashed["y"], line["y"]) == ([45.0, 46.0], [46.0, 47.0])
    assert (dashed["line"]["color"], line["line"]["color"]) == (BEFORE, AFTER)
    assert dashed["line"]["dash"] == "dash"
    assert "dash" not in line["line"]


def test_the_legend_names_each_band_once_and_says_what_it_is() -> None:
    names = Text("基年预测", "At the outset"), Text("现在", "Now")
    traces = before_and_after((WIDE, NARROW), names, axis_of("share", "zh"), "zh")
    shown = [trace["name"] for trace in traces if trace.get("showlegend", True)]
    assert shown == ["基年预测\uff0880%\uff09", "现在\uff0880%\uff09"]
    assert [trace["name"] for trace in traces[2:]] == ["基年预测的中位数", "现在的中位数"]
