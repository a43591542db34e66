"""Charts of what it would take: Plotly accepts them, they say it in the reader's language, nothing is lost."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.common.typography import has_chinese
from sim.output.charts import seek as charts
from sim.output.charts.style import Figure, axis_of
from sim.output.pages.seek import page
from sim.questions.seek.ask import Answer, answer
from tests.output.layout.shown import shown as markup
from tests.questions.seek.cases import around, asked, goal, lever

LEVER = charts.LeverAxis("x", 0.0, 2.0, 1.0, 1.5, (1.4, 1.7))


def answered(value: float) -> Answer:
    goals = [goal(value), goal(value / 2.0, id_="G2")]
    levers = [lever(key="a"), lever(key="b")]
    return answer(asked(goals, levers), around(lambda at: 5.0 * at[:, 0], lambda at: at[:, 0] + 4.0 * at[:, 1]))


FOUND, MISSED, MET = answered(1.0), answered(50.0), answered(-9.0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("of", [FOUND, MISSED, MET], ids=lambda of: of.status)
def test_plotly_accepts_every_figure_of_a_page(of: Answer, language: Language) -> None:
    shown = page(of, language)
    assert len(shown.figures) == 1 + 2 * 3
    for figure in shown.figures.values():
        assert len(go.Figure(figure).data) == len(figure["data"])
        json.dumps(figure, allow_nan=False)


@pytest.mark.parametrize("of", [FOUND, MISSED, MET], ids=lambda of: of.status)
def test_an_english_page_has_no_chinese(of: Answer) -> None:
    shown = page(of, "en")
    assert not has_chinese(markup(*shown.body))
    assert not has_chinese("".join(json.dumps(texts(figure), ensure_ascii=False) for figure in shown.figures.values()))


def test_the_line_between_enough_and_not_runs_where_the_margin_is_0() -> None:
    figure = page(FOUND, "en").figures["feasible"]
    shading, edge, now, then = figure["data"]
    assert edge["contours"]["start"] == edge["contours"]["end"] == 0
    assert np.array_equal(np.array(edge["z"]) >= 0.0, np.array(shading["z"]) >= 80.0)
    assert (now["x"], now["y"]) == ([0.0], [0.0])
    assert FOUND.found is not None
    assert (then["x"][0], then["y"][0]) == FOUND.found.at
    assert len(page(MISSED, "en").figures["feasible"]["data"]) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lever_that_was_found_and_its_interval_are_marked(language: Language) -> None:
    figure = charts.probabilities([0.0, 1.0, 2.0], {"a": [0.1, 0.5, float("nan")]}, [0.8], LEVER, ("t", "s"), language)
    uprights = {shape["x0"] for shape in figure["layout"]["shapes"] if shape["xref"] == "x"}
    assert uprights == {1.0, 1.5, 1.4}
    assert figure["data"][0]["y"] == [10.0, 50.0, None]
    assert any(note["text"] == "<b>1.5</b>" for note in figure["layout"]["annotations"])


def test_an_open_interval_goes_to_the_end_of_the_range() -> None:
    for marked, ends in (
        (charts.LeverAxis("x", 0.0, 2.0, 1.0, 1.5, (1.4, None)), (1.4, 2.0)),
        (charts.LeverAxis("x", 0.0, 2.0, 1.0, 0.5, (0.6, None)), (0.0, 0.6)),
    ):
        bands = ([1.0, 2.0], [2.0, 3.0], [3.0, 4.0])
        axis = axis_of("person", "en")
        figure = charts.outcome([0.0, 2.0], bands, (2.5, "2.5"), axis, marked, ("t", "s"), "en")
        (stripe,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
        assert (stripe["x0"], stripe["x1"]) == ends


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.probabilities([], {}, [], LEVER, ("", ""), "en")


def test_a_hostile_name_stays_text() -> None:
    words = Text("<b>x</b>", "<img src=x onerror=alert(1)>")
    figure = charts.feasible(
        ([0.0, 1.0], [0.0, 1.0]),
        [[0.1, 0.2], [0.3, 0.9]],
        [[-1.0, -0.5], [-0.2, 0.3]],
        "just 80%",
        (charts.LeverAxis(words.en, 0.0, 1.0, 0.0, None), LEVER),
        ("t", "s"),
        "en",
    )
    assert "<img" not in json.dumps(figure)


def texts(figure: Figure) -> list[object]:
    """Every text of a figure but its fonts."""
    layout = {key: value for key, value in figure["layout"].items() if key not in ("font", "hoverlabel")}
    return [figure["data"], layout]
