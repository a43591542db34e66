"""The report in a real browser with the network off: every chart is drawn, nothing is asked for."""

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from sim.common.language import LANGUAGES, Language
from sim.output.report import compare, write
from sim.run.columns import Columns
from tests.output.charts.county import hostile, jieshou
from tests.output.charts.economy import county
from tests.output.live.axe import shorten, violations
from tests.output.live.browser import opened

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).is_file(), reason=f"no chromium at {CHROMIUM}; set CHROMIUM to its path"),
]


def closed_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def rendered(page: Path, profile: Path) -> str:
    """The page's document after its scripts have run, in a browser that can reach nothing."""
    command = [
        CHROMIUM,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        f"--user-data-dir={profile}",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--proxy-server=127.0.0.1:{closed_port()}",
        "--window-size=1280,2000",
        "--virtual-time-budget=20000",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def root_data(document: str) -> dict[str, int]:
    """The counts that the page's script leaves on the root element."""
    root = re.search(r"<html[^>]*>", document)
    assert root is not None, document[:500]
    return {name: int(value) for name, value in re.findall(r'data-(\w+)="(\d+)"', root.group())}


def charts(document: str) -> dict[str, str]:
    """What stands in the place of each chart."""
    body = document[: document.index('<script type="application/json"')]
    pieces = re.split(r"<figure>", body)[1:]
    found = {}
    for piece in pieces:
        id_ = re.search(r'id="([^"]+)"', piece)
        assert id_ is not None
        found[id_.group(1)] = piece[: piece.index("<figcaption")]
    return found


def assert_drawn(document: str, expected: set[str]) -> None:
    drawn = charts(document)
    assert set(drawn) >= expected
    assert root_data(document) == {"drawn": len(drawn), "failed": 0, "blocked": 0, "requests": 0}
    for id_, piece in drawn.items():
        assert 'data-drawn="true"' in piece, id_
        assert "main-svg" in piece, id_
        assert int(re.findall(r"--buttons: (\d+)px", piece)[0]) >= 58, f"buttons of {id_} lie on its title"
        traces = re.findall(r'class="(?:trace |sankey-link|bars|point|hm")', piece)
        assert traces, f"{id_} is empty"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_is_drawn_and_nothing_is_requested(language: Language, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write(jieshou(draws=60), path, language)
    document = rendered(path, tmp_path / "profile")
    assert_drawn(document, {"fan", "zones", "sources", "moves", "pyramid"})
    assert ("下载为 PNG 图片" in document) == (language == "zh")
    assert "Share chart" not in document.split('<script type="application/json"')[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_of_an_economy_is_drawn_in_its_own_place(language: Language, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write(county(draws=30), path, language)
    document = rendered(path, tmp_path / "profile")
    economy = {"policy-steps", "labour", "new-jobs", "incomes", "income-ratio", "home-demand", "need-growth"}
    assert_drawn(document, economy | {"adequacy", "gantt", "budget", "land"})


def test_axe_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write(county(draws=30), path, "zh")
    none = (
        'id="figures">{"sort": "s", "figures": {}, "choices": {}}</script>'  # charts take long and are looked at above
    )
    text = re.sub(r'id="figures">.*?</script>', none, path.read_text(encoding="utf-8"), flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")
    with opened() as browser:
        browser.get(path.as_uri())
        shorten(browser)
        assert violations(browser) == []


def test_a_comparison_is_drawn(tmp_path: Path) -> None:
    runs = [jieshou(draws=60), jieshou("trend", 0.8, draws=60)]
    path = tmp_path / "comparison.html"
    compare(runs, path, "en", Columns.joined([run.series for run in runs[1:]]))
    document = rendered(path, tmp_path / "profile")
    assert_drawn(document, {"medians-urbanization_rate", "medians-city", "probabilities", "difference-city"})


def test_a_hostile_title_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write(hostile(), path, "en", others=[jieshou("trend", 0.8, draws=60)])
    document = rendered(path, tmp_path / "profile")
    title = re.search(r"<title>(.*?)</title>", document, re.DOTALL)
    assert title is not None
    assert title.group(1) != "owned"
    assert "<img" not in document.split('<script type="application/json"')[0]
    assert_drawn(document, {"fan", "probabilities"})


def test_a_script_that_was_not_written_by_the_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write(jieshou(draws=60), path, "en")
    foreign = "<script>document.documentElement.dataset.owned = '1'</script><img src='https://example.invalid/x.png'>"
    path.write_text(path.read_text(encoding="utf-8").replace("<main>", f"<main>{foreign}"), encoding="utf-8")
    data = root_data(rendered(path, tmp_path / "profile"))
    assert "owned" not in data
    assert data["failed"] == 0
    assert data["blocked"] + data["requests"] > 0, "what a page asks for would not be seen"


CHOOSE = """<script>addEventListener("load", function () {
  function set(box, kind, value) {
    var one = document.getElementById(box).closest("figure").querySelector(kind);
    one.value = value;
    one.dispatchEvent(new Event(kind === "select" ? "change" : "input"));
  }
  set("fan", "select", "resident");
  set("pyramid", "[data-slider]", "2");
  document.querySelector("thead button").click();
});</script>"""


def test_a_measure_and_a_year_are_chosen_and_a_table_is_sorted(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write(jieshou(draws=60), path, "en")
    text = path.read_text(encoding="utf-8")
    open_policy = re.sub(r"script-src [^;]*;", "script-src 'unsafe-inline';", text, count=1)
    path.write_text(open_policy.replace("</body>", f"{CHOOSE}</body>"), encoding="utf-8")
    document = rendered(path, tmp_path / "profile")
    assert root_data(document)["failed"] == 0
    assert 'id="fan-words">Residents. ' in document
    assert 'id="pyramid-words">Age pyramid: 2035 against 2020. ' in document
    assert 'aria-valuetext="2035"' in document
    assert 'aria-sort="ascending"' in document
