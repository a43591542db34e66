"""No source is shown in the other language, save what was only ever written in one, and that is marked."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim.scenario.shapes
from sim.cli.main import townward
from sim.common.language import LANGUAGES, Language, Text
from sim.common.paths import library
from sim.common.typography import has_chinese
from sim.output.layout.parts import Column, Table
from sim.output.report.assumptions import assumptions_table
from sim.output.report.listing import observed_table, unassessed_table
from sim.output.report.panel import titled
from sim.run.answers import NoAnswer
from sim.run.columns import Columns
from sim.run.scenario_run import _assumptions
from sim.run.tables import Assumption, RunTables
from sim.run.verdict import _said
from tests.output.charts.county import jieshou
from tests.output.layout.shown import shown

FILES = sorted((library() / "scenarios" / "jieshou").glob("*.yaml"))


class Cells(HTMLParser):
    """The texts of each row of a table, cell by cell, without what is marked as a quotation."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.marked: list[bool] = []
        self.quotations: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.marked.append(("lang", "zh") in attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td") and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.marked.pop()

    def handle_data(self, data: str) -> None:
        if any(self.marked):
            self.quotations.append(data)
        elif self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


def tables(file: Path) -> RunTables:
    """A small run with the assumptions and the plan of a scenario."""
    scenario = sim.scenario.scenario(file)
    assert scenario.plan is not None
    said = tuple(_said(target, NoAnswer(reason=target.reason), "tracked") for target in scenario.plan.targets)
    return replace(jieshou(draws=40), assumptions=_assumptions(scenario), verdicts=said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_assumptions_of_shipped_files_are_in_one_language(file: Path, language: Language) -> None:
    made = Cells(shown(assumptions_table(tables(file)), language=language))
    head, *rows = made.rows
    assert head[3] == ("来源" if language == "zh" else "Source")
    assert len(rows) > 40
    subjects = [row[0] for row in rows if len(row) == 1]
    assert len(subjects) == len(set(subjects)) > 4
    assert not {"其他", "Other"} & set(subjects), "a subject that nothing names"
    for name, value, unit, source in (row for row in rows if len(row) > 1):
        assert source
        if language == "zh":
            assert has_chinese(name)
            assert has_chinese(source)
        else:
            assert not any(map(has_chinese, (name, value, unit, source)))
    assert not made.quotations


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_of_the_plan_are_in_one_language(language: Language) -> None:
    run = tables(FILES[0])
    markup = shown(unassessed_table(run, language), language=language)
    for text in ("".join(cells) for cells in Cells(markup).rows[1:]):
        assert has_chinese(text) == (language == "zh"), text
    assert not Cells(markup).quotations
    for verdict in run.verdicts:
        one = Table("t", "t", (Column("t"),), ((titled(verdict),),))
        name = Cells(shown(one, language=language)).rows[1][0]
        place = name.partition("·")[2]
        assert has_chinese(place) == (language == "zh"), name


def test_a_source_given_in_chinese_only_is_marked_on_an_english_page() -> None:
    only = Assumption("a.b", Text("名", "name"), "1", "share", Text("年鉴", "年鉴"), "x.yaml:1:1")
    run = replace(jieshou(draws=40), assumptions=(only,))
    assert Cells(shown(assumptions_table(run))).quotations == ["年鉴"]
    assert not Cells(shown(assumptions_table(run), language="zh")).quotations


def test_published_figures_name_their_census_in_either_language() -> None:
    run = jieshou(draws=40)
    sources = ["2020 census", *["某公报"] * (len(run.observed) - 1)]
    observed = Columns.of_frame(run.observed.frame().assign(source=sources))
    english = Cells(shown(observed_table(replace(run, observed=observed), "en")))
    chinese = Cells(shown(observed_table(replace(run, observed=observed), "zh"), language="zh"))
    assert (english.rows[1][4], chinese.rows[1][4]) == ("2020 census", "2020年人口普查")
    assert set(english.quotations) == {"某公报"}
    assert chinese.rows[2][4] == "某公报"


@pytest.mark.parametrize("language", LANGUAGES)
def test_explain_gives_sources_in_the_language_asked_for(language: Language) -> None:
    done = CliRunner().invoke(townward, ["explain", str(FILES[0]), "--lang", language])
    head = "    来源: " if language == "zh" else "    source: "
    sources = [line.removeprefix(head) for line in done.output.splitlines() if line.startswith(head)]
    assert len(sources) > 60
    assert all(has_chinese(source) == (language == "zh") for source in sources)


def test_explain_gives_both_languages_as_json() -> None:
    done = CliRunner().invoke(townward, ["explain", str(FILES[0]), "away.leave_city", "--format", "json"])
    (item,) = json.loads(done.output)
    assert set(item["source"]) == {"zh", "en"}
    assert [set(setting["source"]) for setting in item["chain"]] == [{"zh", "en"}] * len(item["chain"])
    assert item["chain"]
