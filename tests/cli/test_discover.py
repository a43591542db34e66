"""The command that says in which conditions a plan fails."""

import json
import re
from pathlib import Path

import pytest

from sim.cli import main as entry
from sim.common.errors import Exit
from tests.questions.discover.synthetic import corner, folder, noisy, spread
from tests.scenarios import JIESHOU


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        entry(list(arguments))
    return int(left.value.code or 0)


@pytest.fixture
def sweep(tmp_path: Path) -> str:
    points = spread(600, 3)
    values = {"p1": 1.0 - noisy(corner(points), 0.04), "rate": 0.4 + 0.2 * points[:, 0]}
    return str(folder(tmp_path / "sweep", points, values))


def test_the_answer_comes_first_and_the_page_beside_the_sweep(sweep: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert code("discover", sweep, "--lang", "en") == Exit.DONE
    said = capsys.readouterr().out
    assert said.startswith("The target “population” is missed when “returns” is under 40% a year and")
    assert re.search(r"coverage  density  factors\n +100% +\d+% +0\n", said)
    assert (Path(sweep) / "discover.html").stat().st_size > 1e6
    kept = json.loads((Path(sweep) / "discover.json").read_text("utf-8"))
    assert kept["sentences"][0]["en"] == said.splitlines()[0]


def test_a_tree_in_chinese_into_another_folder(sweep: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "answer"
    asked = ("--output", "rate", "--below", "50%", "--method", "tree", "--lang", "zh", "-o", str(out))
    assert code("discover", sweep, *asked) == Exit.DONE
    said = capsys.readouterr().out
    assert said.startswith("“量rate”（10% 分位数）低于 50%，主要发生在：“外出人口返回”低于")
    assert sorted(path.name for path in out.iterdir()) == ["discover.html", "discover.json"]


def test_json_holds_boxes_and_the_trade_off(sweep: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert code("discover", sweep, "--missed", "T205", "--density", "0.9", "--format", "json") == Exit.DONE
    found = json.loads(capsys.readouterr().out)
    assert found["boxes"][0]["density"] >= 0.9
    assert [limit["side"] for limit in found["boxes"][0]["limits"]] == ["up to", "over"]
    assert found["tradeoff"][0]["coverage"] == 1.0
    assert found["stability"]["status"] == "settled"


def test_bad_questions_are_messages_with_exit_3_and_nothing_is_written(
    sweep: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code("discover", sweep, "--missed", "T999") == Exit.INVALID_INPUT
    assert code("discover", sweep, "--output", "rate", "--below", "10%", "--lang", "zh") == Exit.INVALID_INPUT
    said = capsys.readouterr().err
    assert "没有一个成员失败" in said
    assert "Traceback" not in said
    assert code("discover", str(tmp_path / "none")) == Exit.INVALID_INPUT
    assert code("discover", sweep, "--density", "2") == Exit.USAGE
    assert not (Path(sweep) / "discover.html").exists()


def test_the_shipped_sweep_is_run_and_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (JIESHOU / "sweeps" / "failing.yaml").read_text("utf-8")
    text = re.sub(r"size: \d+", "size: 256", text).replace("pilot.yaml", str(JIESHOU / "pilot.yaml"))
    file, out = tmp_path / "failing.yaml", str(tmp_path / "out")
    file.write_text(text, encoding="utf-8")
    assert code("sweep", str(file), "-o", out, "--draws", "4", "--jobs", "1") == Exit.DONE
    capsys.readouterr()
    assert code("discover", out, "--lang", "en") == Exit.DONE
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("The target “resident population of the county seat” is missed ")
    assert "“returns to the county seat” is under" in first
    assert "a year" in first
