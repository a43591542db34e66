"""The brief: at most four A4 pages with date, page numbers and sources, and no program in it."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.common.typography import has_chinese
from sim.output.layout.parts import Table
from sim.output.layout.render import render_brief
from sim.output.office.totals_sheet import totals
from sim.output.report.brief import brief
from sim.output.run_folder import completed
from sim.run.scenario_run import run
from sim.run.tables import Contents, Led, RunTables
from sim.scenario import scenario
from tests.output.charts.county import jieshou
from tests.output.report.test_browser import CHROMIUM
from tests.output.report.test_page import Outline
from tests.paths import ROOT

RUN = replace(jieshou(draws=60), contents=Contents((), ("horizon=2030",), None, ()))
DAY = date(2026, 3, 9)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_the_answer_its_date_and_its_sources_and_runs_nothing(language: Language) -> None:
    text = render_brief(brief(RUN, language, DAY), language)
    said = "".join(Outline(text.replace("<title>", "<title >")).said)
    assert "2026-03-09" in said
    assert "horizon=2030" in said
    assert "<script" not in text
    assert "counter(page)" in text
    assert text.count("<svg") >= 2
    sources = text[text.index('id="sources"') :]
    assert ("规划" if language == "zh" else "Plan: ") in sources
    if language == "en":
        assert not has_chinese(re.sub(r'<span lang="zh">.*?</span>', "", said))


def test_control_totals_are_said_in_the_brief_and_on_a_sheet_of_their_own() -> None:
    fitted = replace(
        RUN,
        led=(
            Led(
                place=RUN.regions[0][0],
                measure="resident",
                year=2030,
                persons=700_000.0,
                off=0.2,
                free=(640_000.0, 660_000.0, 680_000.0),
                is_more=True,
                probability=0.03,
                probability_error=0.01,
                moves=(4_000.0, 5_000.0, 6_000.0),
                moves_free=(1_000.0, 2_000.0, 3_000.0),
                source=Text("规划", "plan"),
            ),
        ),
    )
    assert 'id="totals"' not in render_brief(brief(RUN, "en", DAY), "en")
    text = render_brief(brief(fitted, "en", DAY), "en")
    assert "residents 2030 = 700,000 people, held in every draw to half a person" in text
    many = replace(fitted, led=tuple(replace(fitted.led[0], year=year) for year in range(2024, 2034)))
    text = render_brief(brief(many, "en", DAY), "en")
    assert "residents 2030 =" not in text
    assert "residents 2031 =" in text
    assert "7 more in the full report." in text
    assert not totals(RUN, "en")
    (row,) = totals(fitted, "zh").table.rows
    assert row[1:5] == ("常住人口", 2030, 70.0, 0.2)
    assert row[-1] == "规划"


def test_a_title_cannot_leave_the_foot_of_the_page() -> None:
    hostile = replace(RUN, title=Text('"; } </style><b>', '"; } </style><b>'))
    text = render_brief(brief(hostile, "en", DAY), "en")
    assert text.count("</style>") == 1
    foot = re.search(r"@bottom-left \{ content: \"([^\"]*)\"; \}", text)
    assert foot is not None
    assert "<" not in foot.group(1)


@cache
def prefecture() -> RunTables:
    """Of nine districts and counties, with a plan of 159 lines."""
    return completed(run(scenario(ROOT / "scenarios" / "anyang" / "plan.yaml", ["draws=20"]), 1)).tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prefecture_has_its_regions_and_sources_in_the_readers_language(language: Language) -> None:
    said = "".join(Outline(render_brief(brief(prefecture(), language, DAY), language)).said)
    assert len(prefecture().regions) == 12
    for _, name in prefecture().regions:
        assert name.in_(language) in said
    assert ("2020年人口普查" in said) == (language == "zh")
    assert ("2020 census" in said) == (language == "en")
    assert 'data-table="regions"' not in render_brief(brief(RUN, language, DAY), language)
    many = replace(prefecture(), regions=prefecture().regions * 2)
    rows = next(one for one in brief(many, language, DAY).body if one.id == "figures").parts[1]
    assert isinstance(rows, Table)
    assert len(rows.rows) == 16
    assert rows.notes


@pytest.mark.browser
@pytest.mark.skipif(not Path(CHROMIUM).is_file(), reason=f"no chromium at {CHROMIUM}")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("of", [lambda: RUN, prefecture], ids=["county", "prefecture"])
def test_it_prints_on_at_most_four_pages(of: Callable[[], RunTables], language: Language, tmp_path: Path) -> None:
    page, made = tmp_path / "brief.html", tmp_path / "brief.pdf"
    page.write_text(render_brief(brief(of(), language, DAY), language), encoding="utf-8")
    flags = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
    quiet = ("--disable-background-networking", "--disable-component-update", f"--user-data-dir={tmp_path / 'profile'}")
    command = [CHROMIUM, *flags, *quiet, f"--print-to-pdf={made}", "--no-pdf-header-footer", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", made.read_bytes()))
    assert 1 <= pages <= 4
