"""The commands of sweeps as users call them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sim.cli import main as entry
from sim.cli.batches import duration
from sim.common.errors import Exit
from sim.questions.sweep import runner
from tests.questions.census_sweep.tables import census, county
from tests.questions.sweep.sweeps import contents, written
from tests.scenarios import JIESHOU

FAILING = {"fertility.tfr": {"low": 1, "high": 6}, "fertility.tfr.times": {"low": 0.5, "high": 5}}


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        entry(list(arguments))
    return int(left.value.code or 0)


def test_what_a_listed_factor_does_is_told_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flows = {"away.return_to_city_count": {"low": 0, "high": 1000}, "away.return_to_town_count": {"values": [0, 800]}}
    output = [{"measure": "resident", "year": 2021}]
    design = {"kind": "morris", "size": 4, "seed": 1}
    file = written(tmp_path, factors=flows, design=design, draws=1, outputs=output)
    out = str(tmp_path / "out")
    assert code("sweep", str(file), "-o", out, "--jobs", "1") == Exit.DONE
    capsys.readouterr()
    assert code("sensitivity", out, "--format", "json") == Exit.DONE
    (said,) = json.loads(capsys.readouterr().out)
    found = {one["factor"]: one["value"] for one in said["indices"] if one["index"] == "mu_star"}
    assert found["away.return_to_city_count"] == pytest.approx(1000.0, rel=0.01)
    assert found["away.return_to_town_count"] == pytest.approx(800.0, rel=0.01)


def test_a_sweep_is_run_asked_and_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, design={"kind": "saltelli", "size": 8}, draws=2)
    out = str(tmp_path / "out")
    assert code("sweep", str(file), "-o", out, "--jobs", "1", "--lang", "en") == Exit.DONE
    said = capsys.readouterr()
    assert "32 members, 0 failed" in said.out
    assert "32/32 members" in said.err
    assert "\r" not in said.err
    assert code("query", out, "select count(*) as n from outputs", "--format", "json") == Exit.DONE
    assert json.loads(capsys.readouterr().out) == [{"n": 32}]
    assert code("query", out, "select member, births_2022_median from outputs limit 2", "--format", "csv") == Exit.DONE
    assert capsys.readouterr().out.startswith("member,births_2022_median\n0,")
    formula = "select '=1+1' as \"@a\", -1.5 as b"
    assert code("query", out, formula, "--format", "csv") == Exit.DONE
    assert capsys.readouterr().out == "'@a,b\n'=1+1,-1.5\n"
    assert code("sensitivity", out, "--output", "births_2022_median", "--lang", "zh") == Exit.DONE
    assert "“fertility.tfr”牵动“births to residents" not in (answer := capsys.readouterr().out)
    assert "“fertility.tfr”牵动“出生人口" in answer
    assert (tmp_path / "out" / "sensitivity.html").stat().st_size > 1e6


def test_a_sweep_started_again_runs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = str(written(tmp_path)), str(tmp_path / "out")
    assert code("sweep", file, "-o", out, "--jobs", "1") == Exit.DONE
    before = contents(tmp_path / "out")
    capsys.readouterr()
    assert code("sweep", file, "-o", out, "--format", "json") == Exit.DONE
    assert json.loads(capsys.readouterr().out)["run_now"] == 0
    assert contents(tmp_path / "out") == before


def test_a_partial_sweep_has_its_own_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = str(written(tmp_path, FAILING, {"kind": "grid", "size": 2})), str(tmp_path / "out")
    for _ in range(2):
        assert code("sweep", file, "-o", out, "--jobs", "1", "--lang", "en") == Exit.PARTIAL_SWEEP
        said = capsys.readouterr()
        assert "4 members" in said.out
        assert "1 failed" in said.out
        assert "from failures" in said.err
    assert code("query", out, "from failures", "--format", "json") == Exit.DONE
    assert "--set 'fertility.tfr=6.0'" in json.loads(capsys.readouterr().out)[0]["settings"]
    assert code("sensitivity", out, "--lang", "zh") == Exit.INVALID_INPUT
    assert "--missing" in capsys.readouterr().err
    assert code("sensitivity", out, "--missing", "nearest") == Exit.DONE


def test_a_dry_run_says_the_cost_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(written(tmp_path, design={"kind": "latin", "size": 5000}))
    for lang, words in (("zh", "5000 个成员"), ("en", "5000 members × 3 draws")):
        assert code("sweep", file, "-o", str(tmp_path / "out"), "--dry-run", "--lang", lang) == Exit.DONE
        assert words in capsys.readouterr().out
    assert code("sweep", file, "--dry-run", "--format", "json", "--jobs", "2") == Exit.DONE
    cost = json.loads(capsys.readouterr().out)
    assert 0.1 < cost["seconds"] < 600.0
    assert 1e5 < cost["disk_bytes"] < 1e6
    assert not (tmp_path / "out").exists()


def test_bad_input_is_a_message_and_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = str(written(tmp_path)), str(tmp_path / "out")
    assert code("sweep", str(tmp_path / "none.yaml")) == Exit.INVALID_INPUT
    assert code("sweep", file, "-o", out, "--jobs", "1") == Exit.DONE
    assert code("sweep", file, "-o", out, "--draws", "9") == Exit.INVALID_INPUT
    assert code("query", out, "selec") == Exit.INVALID_INPUT
    assert code("query", str(tmp_path), "select 1") == Exit.INVALID_INPUT
    assert code("sensitivity", out, "--output", "nothing") == Exit.INVALID_INPUT
    assert code("sensitivity", out, "--method", "morris") == Exit.INVALID_INPUT
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", sorted({path.name for path in (JIESHOU / "sweeps").glob("*.yaml")} - {"policies.yaml"})
)
def test_shipped_sweeps_run_at_small_size(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (JIESHOU / "sweeps" / name).read_text("utf-8")
    text = re.sub(r"size: \d+", f"size: {64 if 'latin' in text else 8}", text)
    scenario = next(line.split(": ")[1] for line in text.splitlines() if line.startswith("scenario:"))
    file = tmp_path / name
    file.write_text(text.replace(f"scenario: {scenario}", f"scenario: {JIESHOU / scenario}"), encoding="utf-8")
    out = str(tmp_path / "out")
    assert code("sweep", str(file), "-o", out, "--draws", "4", "--jobs", "1", "--format", "json") == Exit.DONE
    assert json.loads(capsys.readouterr().out)["failed"] == 0
    assert code("sensitivity", out, "--format", "json") == Exit.DONE
    found = json.loads(capsys.readouterr().out)
    assert any(one["sentences"] for one in found)


def test_times_are_said_in_the_unit_they_have() -> None:
    assert [duration(seconds).en for seconds in (4.4, 600.0, 7200.0)] == ["4 s", "10 min", "2.0 h"]


def test_a_census_table_is_run_county_by_county(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = str(census(tmp_path)), str(tmp_path / "out")
    asked = ("--census", file, "-o", out, "--draws", "4", "--horizon", "2026", "--jobs", "1")
    assert code("sweep", *asked, "--dry-run", "--format", "json") == Exit.DONE
    cost = json.loads(capsys.readouterr().out)
    exact = {"counties": 5, "members": 5, "unread": 0, "draws": 4, "horizon": 2026, "folder": out, "processes": 1}
    assert {key: cost[key] for key in exact} == exact
    assert 0.01 < cost["seconds"] < 60.0
    assert cost["memory_bytes"] > 1e8
    assert not (tmp_path / "out").exists()
    for lang, words in (("zh", "5 个县 × 4 次抽样"), ("en", "5 counties × 4 draws to 2026; on 1 process(es) about")):
        assert code("sweep", *asked, "--dry-run", "--lang", lang) == Exit.DONE
        assert words in capsys.readouterr().out
    assert code("sweep", *asked, "--lang", "zh") == Exit.DONE
    said = capsys.readouterr()
    assert "5 个县按趋势推算至 2026 年" in said.out
    assert "5/5" in said.err
    assert code("sweep", *asked, "--format", "json") == Exit.DONE
    record = json.loads(capsys.readouterr().out)
    assert (record["counties"], record["failed"], record["run_now"]) == (5, 0, 0)
    assert sum(record["statuses"].values()) == 5
    assert code("sweep", *asked, "--target", "50%@2025") == Exit.INVALID_INPUT
    assert "target" in capsys.readouterr().err


def test_rows_of_a_table_that_cannot_be_used_make_the_batch_partial(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = census(tmp_path, county("341299", 20), county("430199", 20) | {"female": "x"})
    asked = ("--census", str(file), "-o", str(tmp_path / "out"), "--draws", "2", "--horizon", "2026", "--jobs", "1")
    assert code("sweep", *asked, "--target", "50%@2025", "--lang", "en") == Exit.PARTIAL_SWEEP
    said = capsys.readouterr()
    assert "1 county on the trend" in said.out
    assert "against 50% by the end of 2025" in said.out
    assert "0 counties could not be run and 1 row cannot be used" in said.err
    assert (tmp_path / "out" / "unread.csv").is_file()


def test_a_sweep_or_a_table_is_asked_for_and_not_both(tmp_path: Path) -> None:
    file, rows = str(written(tmp_path)), str(census(tmp_path))
    assert code("sweep") == Exit.USAGE
    assert code("sweep", file, "--census", rows) == Exit.USAGE
    assert code("sweep", file, "--target", "65%@2025") == Exit.USAGE
    assert code("sweep", file, "--limit", "0") == Exit.USAGE
    assert code("sweep", "--census", rows, "--target", "65") == Exit.INVALID_INPUT
    assert code("sweep", "--census", rows, "--horizon", "2019") == Exit.INVALID_INPUT
    assert code("sweep", "--census", str(tmp_path / "none_2020.csv")) == Exit.INVALID_INPUT


def test_a_limit_and_a_scheduler_are_heard(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = str(written(tmp_path)), str(tmp_path / "out")
    asked: list[runner.Means] = []
    real = runner.run

    def heard(batch: Any, means: runner.Means, *others: Any) -> runner.Progress:
        asked.append(means)
        return real(batch, runner.Means(), *others)

    monkeypatch.setattr(runner, "run", heard)
    assert code("sweep", file, "-o", out, "--jobs", "3", "--limit", "2.5", "--scheduler", "tcp://a:1") == Exit.DONE
    assert asked == [runner.Means(3, "tcp://a:1", 2.5)]
    monkeypatch.undo()
    assert code("sweep", file, "-o", str(tmp_path / "new"), "--scheduler", "no.json", "--lang", "en") == 3
    assert "neither an address" in capsys.readouterr().err
