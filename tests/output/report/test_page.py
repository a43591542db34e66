"""One file, everything in it, every text escaped, the same for the same input."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.common.typography import has_chinese, sentence
from sim.output.layout.modebar import config
from sim.output.layout.parts import Folded, Page, Paragraph, Table
from sim.output.layout.render import render
from sim.output.layout.values import Estimate, Quantity, rank, under
from sim.output.report import compare, write
from sim.output.report.assumptions import assumptions_table
from sim.output.report.compared import NONE
from sim.output.report.contents import differing
from sim.output.report.listing import observed_table
from sim.output.report.since import since
from sim.output.report.single import page
from sim.run.answers import NoAnswer
from sim.run.columns import Columns
from sim.run.curves import curves
from sim.run.differing import Differing
from sim.run.tables import Contents, RunTables
from sim.scenario.resolved import PolicyRef
from tests.output.charts.county import hostile, jieshou
from tests.output.layout.shown import shown

RUN = jieshou(draws=60)
VOID = {"meta", "link", "line", "rect", "path", "br", "img", "input"}


class Outline(HTMLParser):
    """Tags, attributes and visible text of a page; complains about tags that are not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(text)
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.said.append(data)


def written(language: Language, tmp_path: Path) -> str:
    path = tmp_path / "report.html"
    write(RUN, path, language)
    return path.read_text(encoding="utf-8")


def figures(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="figures">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    spec: dict[str, object] = json.loads(found.group(1))
    return spec


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_needs_nothing_else(language: Language, tmp_path: Path) -> None:
    outline = Outline(written(language, tmp_path))
    for tag, attributes in outline.tags:
        for name in ("src", "href", "action", "data", "srcset", "poster"):
            value = attributes.get(name)
            assert value is None or value.startswith(("#", "data:")), f"<{tag} {name}={value}>"
        assert "url(" not in (attributes.get("style") or "")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_only_the_scripts_written_into_the_page_may_run_and_nothing_may_be_fetched(tmp_path: Path) -> None:
    text = written("en", tmp_path)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert policy.group(1).startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src" not in policy.group(1)
    assert "script-src 'unsafe" not in policy.group(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_place_and_plotly_accepts_it(language: Language, tmp_path: Path) -> None:
    text = written(language, tmp_path)
    spec = figures(text)
    places = {a["id"] for tag, a in Outline(text).tags if tag == "div" and a.get("class") == "chart"}
    assert places == {*spec["figures"], *spec["choices"]}
    assert {"fan", "zones", "sources", "moves", "pyramid"} <= places
    for figure in (*spec["figures"].values(), *(one for own in spec["choices"].values() for one in own.values())):
        go.Figure(figure)
    assert {"urbanization_rate", "city", "resident"} <= set(spec["choices"]["fan"])
    assert [frame["name"] for frame in spec["choices"]["pyramid"][""]["frames"]] == ["2020", "2025", "2035"]


def test_the_page_is_in_one_language(tmp_path: Path) -> None:
    english = "".join(Outline(written("en", tmp_path)).said)
    assert not has_chinese(english)
    chinese = Outline(written("zh", tmp_path))
    assert ("html", {"lang": "zh-CN"}) in chinese.tags
    text = "".join(chinese.said).lower()
    for word in (
        "median",
        "target",
        "people",
        "residents",
        "shortfall",
        "draws",
        "assumption ",
        "need",
        "stock",
        "estimated",
    ):
        assert word not in text, word


def test_every_line_of_the_plan_is_in_the_page_with_its_reason(tmp_path: Path) -> None:
    said = "".join(Outline(written("en", tmp_path)).said)
    for verdict in RUN.verdicts:
        assert verdict.title.en in said
        assert verdict.id in said
        if isinstance(verdict.answer, NoAnswer) and verdict.answer.reason:
            assert sentence(verdict.answer.reason.en) in said
    assert "Their stock is unknown" in said
    assert all(row.path in said and sentence(row.source.en) in said for row in RUN.assumptions)
    assert all(row.place in said for row in RUN.assumptions if row.place != "townward")
    assert str(RUN.seed) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_stay_texts(language: Language) -> None:
    text = render(page(hostile(), language), language)
    outline = Outline(text)
    assert not [tag for tag, _ in outline.tags if tag == "img"]
    assert sum(tag == "script" for tag, _ in outline.tags) == 3
    assert not any(name.startswith("on") for _, attributes in outline.tags for name in attributes)
    assert "document.title='owned'" in "".join(outline.said)


def test_placeholders_in_texts_are_not_filled_in() -> None:
    odd = replace(RUN, scenario="$library", plan_title=replace(RUN.title, zh="$style", en="$style ${body}"))
    assert "$style ${body}" in "".join(Outline(render(page(odd, "en"), "en")).said)


def test_the_same_input_gives_the_same_file(tmp_path: Path) -> None:
    write(RUN, tmp_path / "a.html", "zh")
    write(jieshou(draws=60), tmp_path / "b.html", "zh")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_headings_and_tables_can_be_heard(tmp_path: Path) -> None:
    outline = Outline(written("en", tmp_path))
    assert sum(tag == "h1" for tag, _ in outline.tags) == 1
    ids = {attributes.get("id") for _, attributes in outline.tags}
    for tag, attributes in outline.tags:
        if tag == "th":
            assert attributes.get("scope") in {"col", "row"}
        if "aria-labelledby" in attributes:
            assert attributes["aria-labelledby"] in ids
    tables = sum(tag == "table" for tag, _ in outline.tags)
    assert tables == sum(tag == "caption" for tag, _ in outline.tags) >= 6


def test_the_mode_bar_uploads_nothing_and_speaks_chinese() -> None:
    for language in LANGUAGES:
        options = config(language)
        assert (options["displaylogo"], options["showSendToCloud"], options["plotlyServerURL"]) == (False, False, "")
    words = config("zh")["locales"]["zh-CN"]["dictionary"]
    assert all(has_chinese(word) for word in words.values())


def test_the_words_translated_are_those_plotly_says() -> None:
    from plotly.offline import get_plotlyjs

    library = get_plotlyjs()
    for word in config("zh")["locales"]["zh-CN"]["dictionary"]:
        assert f'"{word}"' in library, f"plotly.js does not say {word}"


def test_places_leave_out_the_folders_of_the_machine(tmp_path: Path) -> None:
    there = replace(RUN.assumptions[0], place="/home/someone/files/scenarios/jieshou/pilot.yaml:11:3")
    write(replace(RUN, assumptions=(there,)), tmp_path / "r.html", "en")
    said = "".join(Outline((tmp_path / "r.html").read_text(encoding="utf-8")).said)
    assert "scenarios/jieshou/pilot.yaml:11:3" in said
    assert "someone" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_at_the_top_lead_to_every_section_but_the_answer(language: Language, tmp_path: Path) -> None:
    text = written(language, tmp_path)
    nav = re.search(r"<nav.*?</nav>", text, re.DOTALL)
    assert nav is not None
    links = re.findall(r'href="#([^"]+)">([^<]+)<', nav.group())
    headings = re.findall(r'<h2 id="([^"]+)-title">([^<]+)<', text)
    assert [("answer", headings[0][1]), *links] == headings
    assert len(links) >= 5


def test_a_page_of_few_sections_has_no_links_to_them() -> None:
    few = replace_body(page(RUN, "en"), 2)
    assert "<nav" not in render(few, "en")


def replace_body(whole: Page, parts: int) -> Page:
    return Page(whole.heading, whole.about, whole.body[:parts])


def test_long_lists_are_folded_and_open_for_printing(tmp_path: Path) -> None:
    text = written("en", tmp_path)
    folds = re.findall(r"<details><summary>([^<]+)</summary>.*?<caption>([^<]+)<", text, re.DOTALL)
    assert [summary for summary, _ in folds] == [
        f"{len(RUN.assumptions)} values",
        f"{len(RUN.observed)} published figures",
    ]
    assert 'addEventListener("beforeprint"' in text
    assert not Folded("nothing", Table("none", "", (), ()))


def test_values_are_written_as_people_write_them() -> None:
    one = replace(RUN.assumptions[0], path="service.x.unit_cost", value="1.5e+07", unit="yuan", place="townward")
    two = replace(one, path="budget.x", value="-0.0045 … 12000")
    markup = shown(assumptions_table(replace(RUN, assumptions=(one, two))))
    assert "15,000,000" in markup
    assert "−0.0045 … 12,000" in markup
    assert "townward" not in markup
    assert markup.index("Facilities") < markup.index("Money, land and projects")


def test_a_sign_stays_on_the_line_of_its_number() -> None:
    said = shown(Paragraph("≥ 55% and × 1.2, a × b, ± <0.1"))
    assert "<p>≥\u00a055% and ×\u00a01.2, a × b, ±\u00a0&lt;0.1</p>" in said


def several() -> RunTables:
    """The county as a group of one that bears its name and two parts of it."""
    first = RUN.regions[0]
    parts = [("a", Text("甲区", "East")), ("b", Text("乙区", "West"))]
    series, pyramid = RUN.series.frame(), RUN.pyramid.frame()
    both = [series, *(series.assign(region=code, value=series["value"] / 2.0) for code, _ in parts)]
    pyramids = [pyramid, *(pyramid.assign(region=code) for code, _ in parts)]
    several, ages = (Columns.of_frame(pd.concat(one)) for one in (both, pyramids))
    return replace(RUN, regions=(first, *parts), series=several, pyramid=ages)


def test_several_regions_stand_in_one_table_and_are_chosen_in_each_chart() -> None:
    group = several()
    text = render(page(group, "en"), "en")
    said = "".join(Outline(text).said)
    assert "<h1>Jieshou: Pilot plan</h1>" in text
    assert "3 regions" in said
    rows = re.findall(r"<tr><th scope=\"row\">(Jieshou|East|West)</th>.*?</tr>", text, re.DOTALL)
    assert rows == ["Jieshou", "East", "West"]
    choices = figures(text)["choices"]
    assert {"a|urbanization_rate", "b|city", f"{group.regions[0][0]}|resident"} <= set(choices["fan"])
    assert set(choices["pyramid"]) == set(choices["zones"]) == {name for name, _ in group.regions}
    assert "b|2035" in choices["moves"]
    assert text.count('<select data-chooser="region"') == len(choices)


def test_published_figures_of_several_regions_name_theirs() -> None:
    group = several()
    observed = Columns.of_frame(group.observed.frame().assign(region="a"))
    assert "East" in shown(observed_table(replace(group, observed=observed), "en"))
    assert "East" not in shown(observed_table(RUN, "en"))


def test_a_run_without_plan_or_published_figures_still_has_a_page(tmp_path: Path) -> None:
    nothing = RUN.observed.where(RUN.observed["year"] < 0)
    bare = replace(RUN, verdicts=(), plan_title=None, observed=nothing, assumptions=(), marks=())
    write(bare, tmp_path / "bare.html", "en")
    outline = Outline((tmp_path / "bare.html").read_text(encoding="utf-8"))
    assert "needs" not in {attributes.get("id") for _, attributes in outline.tags}


def test_other_scenarios_are_set_beside_it(tmp_path: Path) -> None:
    write(RUN, tmp_path / "r.html", "en", others=[jieshou("trend", 0.8, draws=60)])
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert {"medians-urbanization_rate", "medians-city", "probabilities"} <= set(figures(text)["figures"])


def test_a_comparison_has_every_scenario_and_target(tmp_path: Path) -> None:
    runs = [RUN, jieshou("trend", 0.8, draws=60), jieshou("jobs", 1.3, draws=60)]
    compare(runs, tmp_path / "c.html", "en", Columns.joined([run.series for run in runs[1:]]))
    text = (tmp_path / "c.html").read_text(encoding="utf-8")
    said = "".join(Outline(text).said)
    for run in runs:
        assert run.title.en in said
    assert {"difference-city", "difference-urbanization_rate"} <= set(figures(text)["figures"])
    assert said.count("T214") == 1


def test_nothing_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing to compare"):
        compare([], tmp_path / "c.html", "en")
    assert not list(tmp_path.iterdir())


def _policy(name: Text) -> PolicyRef:
    return PolicyRef(
        id=name.en,
        name=name,
        from_plan=Text("情景", "a plan"),
        lever=None,
        start=2022,
        end=None,
        intensity=2.0,
        amount="40 人/年",
    )


def test_what_is_in_the_scenario_stands_before_the_charts() -> None:
    given = _policy(Text("公交", "buses"))
    apart = Differing("policy", "buses", given.name, (None, Text("力度 2", "strength 2")))
    held = Contents((given,), ("horizon=2030",), Text("趋势", "Trend"), (apart,))
    markup = render(page(replace(RUN, contents=held), "en"), "en")
    said = "".join(Outline(markup).said)
    assert "from 2022 · 40 people a year · strength 2" in said
    assert "Changed by --set: horizon=2030" in said
    assert "What differs from “Trend”" in said
    assert markup.index('id="contents"') < markup.index('id="since"') < markup.index('id="course"')


def test_policies_of_which_the_parent_has_none_are_told_once() -> None:
    said = Text("力度 1", "strength 1")
    names = [Text(f"政策{n}", f"policy {n}") for n in range(3)]
    apart = tuple(Differing("policy", name.en, name, (None, said)) for name in names)
    held = Contents(tuple(_policy(name) for name in names), (), Text("趋势", "Trend"), apart)
    table = differing(replace(RUN, contents=held), held)
    assert table is not None
    assert [row[1:] for row in table.rows if len(row) > 1] == [
        (NONE, Text("上表所列 3 项政策", "the 3 policies above"))
    ]
    one_more = replace(held, differing=apart[:1])
    table = differing(replace(RUN, contents=one_more), one_more)
    assert table is not None
    assert [row[1:] for row in table.rows if len(row) > 1] == [(NONE, said)]


def test_figures_since_the_base_year_are_held_against_the_band_of_their_year() -> None:
    low, high = (curves(RUN, ["resident"]).quantile("resident", at)[2022] for at in (0.1, 0.9))
    rows = [("resident", 2022, value, "person", "yearly", "a yearbook") for value in (high + 1.0, (low + high) / 2.0)]
    columns = ["measure", "year", "value", "unit", "series", "source"]
    told = []
    for row in rows:
        figure = pd.DataFrame([row], columns=columns).assign(region=RUN.regions[0][0])
        told.append(shown(since(replace(RUN, observed=Columns.of_frame(figure)), "en")))
    assert "0 of 1 published figures lie inside" in told[0]
    assert "above the band" in told[0]
    assert "1 of 1 published figures lie inside" in told[1]
    nothing = shown(since(replace(RUN, observed=RUN.observed.where(RUN.observed["year"] <= 2020)), "en"))
    assert "nothing checks the run yet" in nothing


def test_cells_are_sorted_by_what_they_are_worth() -> None:
    assert rank(Quantity(2.0, "%")) == pytest.approx(0.02)
    assert rank(Estimate(1.0, 2.0, 3.0, "person")) == 2.0
    assert rank(under(Quantity(5.0, "person"), "2020")) == 5.0
    assert rank("words") is None
