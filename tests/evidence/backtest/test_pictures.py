"""Pictures of a backtest: well-formed, and their dots where the figures are."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from sim.evidence.backtest.quantities import QUANTITIES
from sim.evidence.backtest.run import Backtest, Options, backtest
from sim.evidence.backtest.tables import SIMULATION, by_kind, everyone
from sim.output.charts.svg import Panel, axes, dots, picture, words
from sim.output.documents.backtest_pictures import pictures
from sim.places.china.national import load_national
from tests.evidence.backtest.counties import first_rows, pairs_of, second_rows, truth


@pytest.fixture(scope="module")
def made() -> Backtest:
    rows = first_rows(44, seed=5)
    later = second_rows(rows, truth(rows, seed=5))
    return backtest(pairs_of(rows, later), load_national(), Options(draws=20, folds=2, seed=3, jobs=2))


def test_every_picture_is_well_formed_and_small(made: Backtest) -> None:
    drawn = pictures(made)
    assert len(drawn) == 3
    for text in drawn.values():
        root = ET.fromstring(text)
        assert root.tag.endswith("svg")
        assert text.startswith("<svg ")
        assert len(text.encode()) < 300_000
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for one in root.iter("{http://www.w3.org/2000/svg}text"):
            assert 0.0 <= float(one.attrib["x"]) <= width
            assert 0.0 <= float(one.attrib["y"]) <= height


def test_a_dot_a_county(made: Backtest) -> None:
    forecast = pictures(made)["backtest-forecast.svg"]
    assert len(made.first) < forecast.count("h0") <= 2 * len(made.first)


def test_errors_by_kind_are_those_of_the_tables(made: Backtest) -> None:
    shown = re.findall(r">(\d+\.\d)</text>", pictures(made)["backtest-kinds.svg"])
    for table in by_kind(made).values():
        score = table.scores[SIMULATION][0]
        assert score is not None
        assert f"{score.error:.1f}" in shown


def test_bands_name_every_quantity(made: Backtest) -> None:
    text = pictures(made)["backtest-bands.svg"]
    assert everyone(made).counties == 44
    assert all(quantity.name.zh in text for quantity in QUANTITIES)


def test_values_lie_where_axes_say() -> None:
    panel = Panel(10.0, 20.0, 100.0, 50.0, (0.0, 2.0), (-1.0, 1.0))
    assert (panel.across(1.0), panel.down(1.0), panel.down(-1.0)) == (60.0, 20.0, 70.0)
    path = dots(panel, [(1.0, 0.0), (5.0, 0.0), (np.nan, 0.0)], "#000000", 3.0)
    assert re.findall(r"M[\d.]+ [\d.]+h0", path) == ["M60.0 45.0h0"]
    ticks = axes(panel, [(0.0, "a")], [(1.0, "<b>")])
    assert "&lt;b&gt;" in "".join(ticks)
    ET.fromstring(picture(200, 100, "a < b", [*ticks, words(1, 1, "&")]))
