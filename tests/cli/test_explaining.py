"""`explain` of targets and outputs, and runs that were changed by `--set`."""

import json
import re
from pathlib import Path

import pytest

from sim.cli import main as entry
from sim.common.errors import Exit
from tests.scenarios import JIESHOU

PILOT = str(JIESHOU / "pilot.yaml")
SMALL = ("--set", "draws=40", "--set", "horizon=2026")


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        entry(list(arguments))
    return int(left.value.code or 0)


def test_a_target_is_explained_by_its_parts_and_by_what_holds_it_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("explain", PILOT, "T207", *SMALL, "--lang", "en") == Exit.DONE
    said = capsys.readouterr().out
    assert said.startswith("T207 2025  urbanization rate of residents (55%): Out of reach")
    assert "(scenarios/plans/jieshou.yaml:" in said
    assert "what holds it back: " in said
    assert "Urban residents (urban) " in said
    assert "(transfer.rural_to_" in said


def test_an_output_is_explained_in_both_languages_and_a_slip_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("explain", PILOT, "resident", *SMALL, "--lang", "zh", "--format", "json") == Exit.DONE
    told = json.loads(capsys.readouterr().out)["made_of"]
    assert [part for _, part in told["made"]["parts"]] == ["city", "town", "rural"]
    assert code("explain", PILOT, "urbnization_rate", "--lang", "zh") == Exit.INVALID_INPUT
    assert "urbanization_rate" in capsys.readouterr().err


def test_a_value_is_explained_in_the_words_of_the_reader(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("explain", PILOT, "--lang", "zh") == Exit.DONE
    said = capsys.readouterr().out
    heads = re.findall(r"^\S+ = .* (\[.*?\])  ", said, re.MULTILINE)
    assert heads
    assert not [unit for unit in heads if re.search(r"[a-z]{3}", unit)]
    acting = re.findall(r"^    \S+\.(?:yaml|csv)\S*: (.*)$", said, re.MULTILINE)
    assert {line.split()[0] for line in acting} == {"设为", "乘以", "加"}
    assert not [line for line in acting if re.search(r"[a-z]{3}", line)]
    assert code("explain", PILOT, "transfer.rural_to_city", "--lang", "en") == Exit.DONE
    assert "times 1.02 ± lognormal, 2022…" in capsys.readouterr().out


def test_a_changed_run_leaves_the_folder_of_the_unchanged_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert code("run", PILOT, "--draws", "20", "--set", "horizon=2026", "--lang", "en") == Exit.DONE
    (folder,) = (tmp_path / "results").iterdir()
    assert folder.name == "jieshou-pilot-horizon-2026-draws-20"
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["changes"] == ["horizon=2026", "draws=20"]
    assert "Pilot plan, changed: horizon=2026, draws=20" in (folder / "report.html").read_text("utf-8")
