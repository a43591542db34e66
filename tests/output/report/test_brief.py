"""The brief: at most four A4 pages with date, page numbers and sources, and no program in it."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sim.common.language import LANGUAGES, Language, Text
from sim.common.typography import has_chinese
from sim.output.layout.render import render_brief
from sim.output.report.brief import brief
from sim.run.tables import Contents
from tests.output.charts.county import jieshou
from tests.output.report.test_browser import CHROMIUM
from tests.output.report.test_page import Outline

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


def test_a_title_cannot_leave_the_foot_of_the_page() -> None:
    hostile = replace(RUN, title=Text('"; } </style><b>', '"; } </style><b>'))
    text = render_brief(brief(hostile, "en", DAY), "en")
    assert text.count("</style>") == 1
    foot = re.search(r"@bottom-left \{ content: \"([^\"]*)\"; \}", text)
    assert foot is not None
    assert "<" not in foot.group(1)


@pytest.mark.browser
@pytest.mark.skipif(not Path(CHROMIUM).is_file(), reason=f"no chromium at {CHROMIUM}")
def test_it_prints_on_at_most_four_pages(tmp_path: Path) -> None:
    page, made = tmp_path / "brief.html", tmp_path / "brief.pdf"
    page.write_text(render_brief(brief(RUN, "zh", DAY), "zh"), encoding="utf-8")
    flags = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
    quiet = ("--disable-background-networking", "--disable-component-update", f"--user-data-dir={tmp_path / 'profile'}")
    command = [CHROMIUM, *flags, *quiet, f"--print-to-pdf={made}", "--no-pdf-header-footer", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", made.read_bytes()))
    assert 1 <= pages <= 4
