"""The command that compares scenarios, whichever comes first."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from sim.cli import main as entry
from sim.common.errors import Exit
from tests.paths import ROOT
from tests.scenarios import JIESHOU


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        entry(list(arguments))
    return int(left.value.code or 0)


def files(*names: str) -> list[str]:
    return [str(JIESHOU / f"{name}.yaml") for name in names]


def test_projects_needs_and_deliveries_are_set_beside_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("compare", *files("pilot", "late-start", "trend"), "--draws", "40", "-o", str(tmp_path))
    assert code(*asked, "--lang", "en") == Exit.DONE
    said = {block.split("  ")[0]: block for block in capsys.readouterr().out.split("\nT")}
    assert "Late start: 2" not in said["337"]
    assert "same as the first" in said["337"]
    assert "12 months later" in said["335"]
    assert "Trend" not in said["335"], "it has no such project"
    assert "need" in said["219"]
    assert "in time if begun by 2022-06" in said["265"], "its works begin when the scenario chose"
    assert "against the first −1,200 beds" in said["265"], "those that begin late bring nothing in time"
    assert code(*asked, "--lang", "zh") == Exit.DONE
    text = capsys.readouterr().out
    assert "与首个情景相同" in text
    assert "晚 12 个月" in text


def test_deliveries_that_hang_on_nothing_assumed_are_set_beside_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hanyin = [str(ROOT / "scenarios" / "hanyin" / f"{name}.yaml") for name in ("plan", "trend")]
    assert code("compare", *hanyin, "--draws", "10", "-o", str(tmp_path), "--lang", "en") == Exit.DONE
    said = {block.split("  ")[0]: block for block in capsys.readouterr().out.split("\nT")}
    assert said["286"].count("delivers") == 2


def test_the_table_is_written_as_json_and_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("compare", *files("trend", "pilot"), "--draws", "40", "-o", str(tmp_path), "--format", "json")
    assert code(*asked) == Exit.DONE
    table = json.loads(capsys.readouterr().out)
    assert table == json.loads((tmp_path / "comparison.json").read_text("utf-8"))
    opening = next(row for row in table if row["target"] == "T336")
    assert (opening["scenario"], opening["median"], opening["difference"]) == ("pilot", None, None)
    assert isinstance(opening["opens"], int)
    with (tmp_path / "comparison.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["target"] for row in csv.DictReader(file)] == [row["target"] for row in table]


def test_how_scenarios_differ_and_by_how_much_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("compare", *files("trend", "pilot"), "--draws", "40", "-o", str(tmp_path), "--lang", "en")
    assert code(*asked) == Exit.DONE
    before, _, targets = capsys.readouterr().out.partition("\nT205")
    assert targets
    assert "What differs: Trend | Pilot plan" in before
    assert "(schools-in-town): — | from 2022 · strength 1" in before
    assert "Pilot plan against Trend, 2025: urbanization rate +" in before
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.index("Pilot plan against Trend, 2025") < page.index("How the scenarios differ") < page.index("T205")


def test_places_are_set_side_by_side_without_an_effect(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = str(JIESHOU.parent / "hanyin" / "trend.yaml")
    asked = ("compare", *files("trend"), other, "--draws", "40", "-o", str(tmp_path), "--lang", "en")
    assert code(*asked) == Exit.DONE
    said = capsys.readouterr().out
    assert "no effect is reckoned" in said
    assert "against" not in said
    assert "Hanyin: Trend: 2025: " in said
    rows = json.loads((tmp_path / "comparison.json").read_text("utf-8"))
    assert {row["difference"] for row in rows} == {None}
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "2 places side by side" in page
    assert "against the first" not in page


def test_a_comparison_in_a_workbook_and_a_document(tmp_path: Path) -> None:
    asked = ["compare", *files("trend", "pilot"), "--draws", "20", "--set", "horizon=2026", "-o", str(tmp_path)]
    assert code(*asked, "--also", "xlsx", "--also", "docx", "--lang", "zh") == Exit.DONE
    rows = json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))
    page = openpyxl.load_workbook(tmp_path / "comparison.xlsx")["情景比较"]
    cells = [[cell.value for cell in row] for row in page.iter_rows(min_row=5, max_row=4 + len(rows))]
    assert [(row[0], row[2]) for row in cells] == [(one["target"], one["scenario_zh"]) for one in rows]
    assert [row[7] for row in cells] == [one["probability"] for one in rows]
    aimed = {str(row[0]): (row[4], row[3]) for row in cells}
    assert (aimed["T207"], aimed["T205"]) == ((55, "%"), (25, "万人"))
    assert (tmp_path / "comparison.docx").stat().st_size > 20_000
