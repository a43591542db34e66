"""The page and its figures: everything there, in both languages, true to the cases."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from sim.common.language import LANGUAGES, Language
from sim.output.charts import discovery as charts
from sim.output.charts import parallel, tree
from sim.output.charts.dimension import FAILS, HOLDS, Dimension, sample
from sim.output.charts.words import wrapped
from sim.output.pages import discover as discover_page
from sim.questions.discover import Discovery, discovered
from sim.questions.discover.record import record
from sim.questions.discover.strength import strongest
from tests.questions.discover.synthetic import corner, made, noisy, spread


def found(method: str = "prim", factors: int = 4, members: int = 900) -> Discovery:
    points = spread(members, factors)
    fails = corner(points) if factors > 1 else points[:, 0] < 0.4
    return discovered(made(points, noisy(fails, 0.05)), method)  # type: ignore[arg-type]


PRIM, TREE = found(), found("tree")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("one", [PRIM, TREE], ids=["prim", "tree"])
def test_the_page_has_the_answer_first_and_every_figure(one: Discovery, language: Language, tmp_path: Path) -> None:
    page = discover_page.page(one, language)
    expected = {"scatter", "tradeoff", "parallel", "responses"} | ({"tree"} if one.method == "tree" else set())
    assert set(page.figures) == expected
    discover_page.write(one, tmp_path / "page.html", language)
    text = (tmp_path / "page.html").read_text("utf-8")
    for id_ in page.figures:
        assert text.count(f'id="{id_}"') == 1
    assert text.count('id="figures"') == 1
    assert text.index(one.sentences[0].in_(language)[:20]) < text.index('id="scatter"')
    assert not math.isnan(len(json.dumps(dict(page.figures), allow_nan=False)))


def test_one_factor_is_drawn_against_the_outcome() -> None:
    one = found(factors=1)
    figure = discover_page.page(one, "en").figures["scatter"]
    assert figure["layout"]["yaxis"]["title"]["text"] == "Population"
    assert figure["layout"]["shapes"][0]["x1"] == one.boxes[0].box.high[0]


def test_nothing_found_still_makes_a_page() -> None:
    random = np.random.default_rng(2)
    nothing = discovered(made(random.random((300, 3)), random.random(300) < 0.4))
    for language in LANGUAGES:
        page = discover_page.page(nothing, language)
        assert page.figures["scatter"]["layout"]["shapes"] == []
    assert discovered(nothing.cases, "tree").boxes == ()
    assert "tree" not in discover_page.page(discovered(nothing.cases, "tree"), "zh").figures


def test_the_scatter_frames_the_box_and_parts_members_by_verdict() -> None:
    box = PRIM.boxes[0].box
    figure = discover_page.page(PRIM, "en").figures["scatter"]
    frame = figure["layout"]["shapes"][0]
    first, second = strongest(PRIM)[:2]
    ends = {0: (frame["x0"], frame["x1"]), 1: (frame["y0"], frame["y1"])}
    for place, column in enumerate((first, second)):
        values = PRIM.cases.points[:, column]
        assert ends[place] == (max(box.low[column], values.min()), min(box.high[column], values.max()))
    drawn = {trace["marker"]["color"]: len(trace["x"]) for trace in figure["data"]}
    assert drawn == {HOLDS: int((~PRIM.cases.fails).sum()), FAILS: int(PRIM.cases.fails.sum())}


def test_members_that_do_not_meet_other_conditions_are_faint() -> None:
    points = spread(2000, 4)
    one = discovered(made(points, (points[:, 0] < 0.5) & (points[:, 1] < 0.5) & (points[:, 2] < 0.5)))
    assert len(one.boxes[0].box.columns) == 3
    figure = discover_page.page(one, "en").figures["scatter"]
    assert sorted({trace["marker"]["opacity"] for trace in figure["data"]}) == [0.16, 0.8]
    assert "faint" in figure["layout"]["meta"]["subtitle"]


def test_the_star_is_the_box_and_the_dots_are_the_trajectory() -> None:
    steps, star = discover_page.page(PRIM, "en").figures["tradeoff"]["data"]
    assert star["x"] == [round(100.0 * PRIM.boxes[0].shares.coverage, 2)]
    assert star["y"] == [round(100.0 * PRIM.boxes[0].shares.density, 2)]
    assert len(steps["x"]) == len(PRIM.curve)
    assert steps["x"][0] == 100.0


def line(values: np.ndarray, **more: object) -> Dimension:  # type: ignore[type-arg]
    return Dimension("x", values, 0.0, 1.0, (0.0, 1.0), ("0", "1"), **more)  # type: ignore[arg-type]


def test_parallel_coordinates_draw_a_sample_with_failures_in_front() -> None:
    points = spread(3000, 3)
    fails = corner(points)
    axes = [line(points[:, i], limits=(None, 0.4) if i == 0 else (None, None)) for i in range(3)]
    figure = parallel.parallel(axes, fails, ("fails", "holds"), ("t", "s"), "en")
    lines = [trace for trace in figure["data"] if trace["x"] != [None]]
    assert sum(trace["y"].count(None) for trace in lines) == parallel.MOST
    colours = [trace["line"]["color"] for trace in lines]
    assert colours == sorted(colours, key=lambda colour: colour == FAILS)
    share = sum(trace["y"].count(None) for trace in lines if trace["line"]["color"] == FAILS) / parallel.MOST
    assert share == pytest.approx(fails.mean(), abs=0.01)
    bars = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert [(bar["y0"], bar["y1"]) for bar in bars] == [(0.0, 0.4)]
    assert all(0.0 <= y <= 1.0 for trace in lines for y in trace["y"] if y is not None)


def test_samples_are_proportional_but_keep_rare_failures() -> None:
    fails = np.arange(10_000) < 100
    picked = sample(fails, 400)
    assert len(picked) == 400
    assert fails[picked].sum() == 60
    np.testing.assert_array_equal(picked, sample(fails, 400))
    np.testing.assert_array_equal(sample(fails[:50], 400), np.arange(50))


def test_responses_are_the_shares_of_groups_with_their_intervals() -> None:
    values = np.repeat([1.0, 2.0], 50)
    fails = np.concatenate([np.arange(50) < 25, np.zeros(50, dtype=bool)])
    of = Dimension("x", values, 1.0, 2.0, (1.0, 2.0), ("1", "2"), levels=(1.0, 2.0))
    curve = charts.responses([of], fails, ("t", "s"), "en")["data"][0]
    assert curve["y"] == [50.0, 0.0]
    low, high = charts.wilson(0.5, 50)
    assert curve["error_y"]["arrayminus"][0] == pytest.approx(100.0 * (0.5 - low), abs=0.01)
    assert (round(low, 4), round(high, 4)) == (0.3664, 0.6336)
    assert charts.wilson(0.0, 50) == pytest.approx((0.0, 0.0713), abs=1e-4)


def test_the_tree_shows_every_group_and_marks_what_is_told() -> None:
    figure = discover_page.page(TREE, "en").figures["tree"]
    boxes = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    labels = [note["text"] for note in figure["layout"]["annotations"] if "members" in note["text"]]
    assert len(boxes) == len(labels) == 5
    assert sum(box["line"]["width"] > 2 for box in boxes) == len(TREE.boxes)
    assert "Returns: under" in " ".join(label.replace("<br>", " ") for label in labels)
    with pytest.raises(ValueError, match="nothing"):
        charts.tradeoff([], (0, 0), 0, ("", ""), "en")
    assert tree.tree(tree.Group(3, 1), ("t", "s"), "zh")["layout"]["annotations"][0]["text"].startswith("<b>33%")


def test_names_break_between_words_and_never_within_a_number() -> None:
    assert wrapped("moves from villages", 12) == ["moves from", "villages"]
    assert wrapped("外出人口返回县城低于 2.04%/年?", 13) == ["外出人口返回县城低于 ", "2.04%/年?"]
    assert wrapped("外出人口返回县城 [%/年]", 12)[-1] == "[%/年]"


def test_the_record_is_whole_and_without_what_is_no_number() -> None:
    for one in (PRIM, TREE):
        kept = json.loads(json.dumps(record(one), allow_nan=False))
        assert kept["boxes"][0]["coverage"] == one.boxes[0].shares.coverage
        assert {limit["factor"] for limit in kept["boxes"][0]["limits"]} == {
            "away.return_to_city",
            "transfer.rural_to_city.times",
        }
        assert kept["failures"] == int(one.cases.fails.sum())
        assert (kept["tree"] is None) == (one.method == "prim")
