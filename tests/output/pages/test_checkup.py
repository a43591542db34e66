"""The page: its figures are accepted by Plotly, each language keeps to itself, hostile texts stay texts."""

import json
from dataclasses import replace
from functools import cache

import plotly.graph_objects as go
import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.common.typography import has_chinese
from sim.output.layout.render import render
from sim.output.pages.checkup import page
from sim.questions.checkup.findings import Checkup
from sim.questions.checkup.run import Asked, checkup
from sim.questions.checkup.watch import watched
from tests.output.layout.shown import shown
from tests.questions.checkup.scenes import figure, jieshou


@cache
def found(people: float = 650_000.0) -> Checkup:
    rows = [
        figure("urbanization_rate", 2021, 0.487),
        figure("resident", 2021, people),
        figure("births", 2021, 6_400.0),
    ]
    extra = watched(["urbanization_rate>=53%@2026"], jieshou())
    return checkup(jieshou(), rows, Asked(2021, extra, (2020, 2021), 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_plotly_accepts_every_figure(language: Language) -> None:
    figures = page(found(), language).figures
    assert {"track-0", "odds", "moved", "causes"} <= set(figures)
    for one in figures.values():
        assert go.Figure(one).data
        json.dumps(one, allow_nan=False)
        if language == "en":
            texts = json.dumps([one["data"], one["layout"]["meta"]], ensure_ascii=False)
            assert not has_chinese(texts)


def test_figures_outside_their_forecast_are_drawn_apart() -> None:
    people = page(found(700_000.0), "en").figures["track-1"]
    names = [trace.get("name", "") for trace in people["data"]]
    assert "Published, outside" in names
    assert people["data"][names.index("Published, outside")]["y"] == [700.0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_six_steps_are_there(language: Language) -> None:
    text = shown(*page(found(), language).body, language=language)
    for id_ in ("observed", "status", "inputs", "first", "again", "watch"):
        assert f'id="{id_}"' in text
    assert has_chinese(text) == (language == "zh")


def test_hostile_names_stay_text() -> None:
    hostile = replace(found(), place=Text("<script>x</script>", "<script>x</script>"))
    whole = render(page(hostile, "en"), "en")
    assert "<script>x" not in whole
    assert "&lt;script&gt;x" in whole
