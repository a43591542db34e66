"""What a table says of several regions names them; what all of them share stands once."""

from dataclasses import replace

import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.common.paths import library
from sim.output.office.note_sheets import assumptions, provenance
from sim.output.report.assumptions import assumptions_table
from sim.output.report.listing import marks_table
from sim.output.report.of_regions import assumptions_of, marks_of
from sim.run.scenario_run import _assumptions, _mark_regions, ready
from sim.run.tables import RunTables
from sim.scenario import scenario
from tests.output.charts.county import jieshou
from tests.output.layout.shown import shown
from tests.output.report.test_sources import Cells


@pytest.fixture(scope="module")
def tables() -> RunTables:
    """Those of Guangzhou's eleven districts, whose people away are known in three ways."""
    of = scenario(library() / "scenarios" / "guangzhou" / "trend.yaml")
    prepared = ready(of)
    places = ((of.main, of.groups[0].name), *((one.id, one.name) for one in of.regions))
    return replace(
        jieshou(draws=40),
        regions=places,
        assumptions=_assumptions(of),
        marks=tuple((mark.what, mark.kind, mark.method) for base in prepared.base_years for mark in base.marks),
        mark_regions=_mark_regions(of, prepared),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_rows_have_the_same_name(tables: RunTables, language: Language) -> None:
    for made in (marks_table(tables), assumptions_table(tables)):
        rows = [row[0] for row in Cells(shown(made, language=language)).rows if len(row) > 1]
        assert len(rows) == len(set(rows)) > 10


def test_people_away_are_of_these_districts(tables: RunTables) -> None:
    away = [(mark[2].en, names) for mark, names in marks_of(tables) if mark[0].en == "people away"]
    assert [names.zh if names else None for _, names in away] == [
        "荔湾区、越秀区、海珠区、从化区、增城区",
        "天河区",
        "白云区、番禺区、黄埔区、花都区、南沙区",
    ]
    ages = next(names for mark, names in marks_of(tables) if mark[0].en == "ages of people away")
    assert ages is not None
    assert ages.zh == "除荔湾区、越秀区、海珠区、从化区、增城区外"
    assert ages.en == "all but Liwan, Yuexiu, Haizhu, Conghua, Zengcheng"


def test_what_all_share_names_none(tables: RunTables) -> None:
    by_path = {one.path: names for one, names in assumptions_of(tables)}
    assert by_path["mortality.decline"] is None
    assert by_path["fertility.tfr"] is not None
    assert sum(one.path == "fertility.tfr" for one, _ in assumptions_of(tables)) == 11


def test_sheets_name_them_too_and_a_run_of_one_region_has_no_such_column(tables: RunTables) -> None:
    named, alone = (assumptions(one, "en").table.columns for one in (tables, jieshou(draws=40)))
    assert [column.heading.en for column in named][:2] == ["Assumption", "Regions"]
    assert [column.heading.en for column in alone][:2] == ["Assumption", "Path"]
    said = [str(row[0]) for row in provenance([tables], "zh").table.rows]
    assert "外出人口：天河区" in said


def test_a_run_kept_by_an_earlier_version_is_shown_without(tables: RunTables) -> None:
    assert all(names is None for _, names in marks_of(replace(tables, mark_regions=())))


def test_of_two_of_three_regions_both_are_named_and_of_three_of_four_the_other(tables: RunTables) -> None:
    def said(count: int) -> str:
        places = tuple((f"r{i}", Text(f"区{i}", f"R{i}")) for i in range(count))
        own, rest = ((Text(word, word), "observed", Text(word, word)) for word in "ab")
        of = (rest,) * (count - 1)
        made = replace(tables, regions=places, marks=(own, *of), mark_regions=tuple(id_ for id_, _ in places))
        names = marks_of(made)[1][1]
        assert names is not None
        return names.en

    assert said(3) == "R1, R2"
    assert said(4) == "all but R0"
