"""`townward checkup`: what it prints, what it leaves, how it goes on, how it fails."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.cli.main import _run
from tests.scenarios import JIESHOU, ROOT

PILOT = str(JIESHOU / "pilot.yaml")
FAST = ("--draws", "60", "--set", "horizon=2026", "--jobs", "1")
ROWS = (
    "region,measure,year,value,unit,source\n"
    "jieshou,urbanization_rate,2021,48.7,%,test\n"
    "jieshou,resident,2021,65.0,万人,test\n"
    "jieshou,urbanization_rate,2022,49.9,%,test\n"
    "jieshou,resident,2022,64.9,万人,test\n"
)


@pytest.fixture
def observed(tmp_path: Path) -> str:
    file = tmp_path / "observed.csv"
    file.write_text(ROWS, encoding="utf-8")
    return str(file)


def test_a_chain_of_two_years(observed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = str(tmp_path / "2021"), tmp_path / "2022"
    assert _run(["checkup", PILOT, "--observed", observed, "--year", "2021", "-o", first, "--lang", "en", *FAST]) == 0
    text = capsys.readouterr().out
    assert "in 2021: 2 figures" in text
    assert "at the outset" in text
    assert "T207 2025" in text
    arguments = ["checkup", PILOT, "--observed", observed, "--after", first, "-o", str(second), "--lang", "zh", *FAST]
    assert _run([*arguments, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["year"], told["last_year"]) == (2022, 2021)
    assert {path.name for path in second.iterdir()} == {
        "checkup.json",
        "observed.csv",
        "targets.csv",
        "inputs.csv",
        "report.html",
    }
    assert (second / "targets.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    page = (second / "report.html").read_text(encoding="utf-8")
    for step in ("体检", "评价", "诊断", "治理", "复查", "监测预警"):
        assert step in page
    assert "http" not in page.split("<script")[0].replace("http-equiv", "")
    assert json.loads((second / "checkup.json").read_text(encoding="utf-8"))["targets"] == told["targets"]


def test_the_figures_of_the_user_are_never_replaced(observed: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(Path(observed).parent)
    assert _run(["checkup", PILOT, "--observed", observed, "-o", folder, "--lang", "en", *FAST]) == 3
    assert "is an input of this command" in capsys.readouterr().err
    assert Path(observed).read_text(encoding="utf-8") == ROWS


def test_bad_files_are_invalid_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(ROWS.replace("resident,2021", "residant,2021"), encoding="utf-8")
    assert _run(["checkup", PILOT, "--observed", str(file), "--lang", "en"]) == 3
    said = capsys.readouterr().err
    assert "bad.csv:3:9: measure: no measure is called residant; did you mean resident?" in said
    assert _run(["checkup", PILOT, "--lang", "en"]) == 2


def test_the_shipped_figures_of_anyang_fit_its_scenarios(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ROOT / "scenarios" / "anyang"
    arguments = ["checkup", str(folder / "plan.yaml"), "--observed", str(folder / "observed" / "figures.csv")]
    arguments += ["--draws", "60", "--set", "horizon=2025", "-o", str(tmp_path / "a"), "--format", "json"]
    assert _run([*arguments, "--watch", "urbanization_rate>=58%@2025", "--evaluate", "2020", "2023"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["year"] == 2023
    link = {curve["measure"]: curve["link"] for curve in told["curves"]}
    assert link["resident"]["ratio"] == pytest.approx(5_477_614 / 5_284_597, rel=1e-6)
    assert {one["id"] for one in told["targets"]} >= {"T055", "T151", "W1"}
    assert len(told["evaluation"]["figures"]) == 14


def test_help_is_instant() -> None:
    code = (
        "import sys\nfrom sim.cli.main import _run\n_run(['checkup', '--help'])\n"
        "print([n for n in ('numpy', 'scipy', 'pandas', 'numba', 'plotly', 'duckdb') if n in sys.modules])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.splitlines()[-1] == "[]"
