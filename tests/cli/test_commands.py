"""Commands as users call them: what they print, what they write, and how they fail."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from unicodedata import east_asian_width

import duckdb
import numpy as np
import pytest
from click.testing import CliRunner, Result

from sim.cli import main as entry
from sim.cli.help_pages import columns
from sim.cli.main import COMMANDS, townward
from sim.common.errors import Exit
from sim.common.typography import has_chinese
from tests.census_rows import figures_2020, write
from tests.scenarios import JIESHOU, ROOT

PILOT, TREND = str(JIESHOU / "pilot.yaml"), str(JIESHOU / "trend.yaml")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    assert code("run", PILOT, "--draws", "60", "-o", str(folder), "--keep-draws", "--lang", "zh") == Exit.DONE
    return folder


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        entry(list(arguments))
    return int(left.value.code or 0)


def called(*arguments: str) -> Result:
    return CliRunner().invoke(townward, list(arguments), catch_exceptions=False, standalone_mode=False)


def test_a_run_loads_no_library_that_it_can_do_without(tmp_path: Path) -> None:
    asked = ["run", TREND, "--draws", "10", "-o", str(tmp_path)]
    code = (
        f"import sys\nfrom sim.cli.main import _run\nassert _run({asked!r}) == 0\n"
        "print([n for n in ('pandas', 'plotly', 'scipy.linalg', 'scipy.stats', 'fastparquet') if n in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_names_every_command() -> None:
    text = called("--help").output
    for name in ("run", "compare", "validate", "explain", "schema", "new", "region", "doctor"):
        assert f"  {name} " in text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_the_language_that_was_asked_for_and_fits_a_terminal(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for before in (("--lang", "en"), ("--lang", "zh")):
        assert code(*before, command, "--help") == Exit.DONE
        lines = capsys.readouterr().out.splitlines()
        assert has_chinese("".join(lines)) == (before[1] == "zh")
        widths = [sum(1 + (east_asian_width(sign) in "WF") for sign in line) for line in lines]
        assert max(widths) <= 80
    assert lines[0].startswith("用法：townward")
    assert "Show this message" not in "".join(lines)


@pytest.mark.parametrize("command", [*([name] for name in COMMANDS), ["region", "add"], ["region", "calibrate"]])
def test_what_an_option_takes_is_said_in_the_readers_language_and_explanations_stand_in_a_column(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert code("--lang", "zh", *command, "--help") == Exit.DONE
    listed = capsys.readouterr().out.split("选项：\n")[1].splitlines()
    options = [re.fullmatch(r"(  -\S.*?)(?:  +(\S.*))?", line) for line in listed if line.startswith("  -")]
    assert not [found[0] for found in options if found and re.search("[A-Z]{2,}", found[1])]
    starts = {columns(found[0][: found.start(2)]) for found in options if found and found[2]}
    assert len(starts) == 1


def test_a_run_leaves_a_whole_folder(written: Path) -> None:
    names = {path.name for path in written.iterdir()}
    assert names == {
        "scenario.resolved.yaml",
        "series.parquet",
        "pyramid.parquet",
        "tables.json",
        "inputs.zip",
        "summary.csv",
        "verdicts.csv",
        "verdicts.json",
        "report.html",
        "manifest.json",
        "draws.parquet",
    }


def test_series_are_long_with_their_units(written: Path) -> None:
    file = written / "series.parquet"
    columns = [name for name, *_ in duckdb.execute(f"DESCRIBE SELECT * FROM '{file}'").fetchall()]
    assert columns == ["scenario", "region", "zone", "year", "measure", "unit", "statistic", "quantile", "value"]
    rows = duckdb.execute(
        f"SELECT quantile, value FROM '{file}' WHERE measure = 'urbanization_rate' AND year = 2025"
        " AND statistic = 'quantile' ORDER BY quantile"
    ).fetchall()
    assert [quantile for quantile, _ in rows] == [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
    values = [value for _, value in rows]
    assert values == sorted(values)
    assert 0.45 < values[3] < 0.60


def test_draws_are_kept_when_asked_and_give_the_quantiles(written: Path) -> None:
    draws = duckdb.execute(
        f"SELECT value FROM '{written / 'draws.parquet'}' WHERE measure = 'city' AND year = 2025 ORDER BY draw"
    ).fetchnumpy()["value"]
    assert draws.shape == (60,)
    assert draws.dtype == np.float32
    (median,) = duckdb.execute(
        f"SELECT value FROM '{written / 'series.parquet'}' WHERE measure = 'city' AND year = 2025 AND quantile = 0.5"
    ).fetchone()
    assert median == pytest.approx(float(np.quantile(draws.astype(float), 0.5)), rel=1e-6)


def test_verdicts_are_a_list_with_fixed_names(written: Path) -> None:
    verdicts = json.loads((written / "verdicts.json").read_text("utf-8"))
    assert len(verdicts) == 92
    for verdict in verdicts:
        assert {"id", "measure", "value", "status"} <= verdict.keys()
        if "probability" in verdict:
            assert 0.0 <= verdict["probability"] <= 1.0
            assert verdict["probability_error"] > 0.0
            assert verdict["year"] == 2025


def test_spreadsheets_open_the_tables(written: Path) -> None:
    for name in ("summary.csv", "verdicts.csv"):
        content = (written / name).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert "城镇化率" in content.decode("utf-8-sig")
    with (written / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["指标代码"]: row for row in csv.DictReader(file)}  # one a measure
    rate = rows["urbanization_rate"]
    assert (rate["区域"], rate["指标"]) == ("界首市", "常住人口城镇化率")
    low, middle, high = (float(rate[f"2025 年{part}"]) for part in ("低值（10%）", "中位数", "高值（90%）"))
    assert 0.45 < low < middle < high < 0.60
    assert all(len(value) <= len("-0.0001234567") for row in rows.values() for value in list(row.values())[5:])
    counted = [row for row in rows.values() if row["单位"] in ("人", "户", "套")]
    assert len(counted) > 20
    assert all(value.lstrip("-").isdecimal() for row in counted for value in list(row.values())[5:] if value)
    with (written / "verdicts.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {"编号", "指标", "目标值", "判断", "概率"} <= set(lines[0])
    assert "难以实现" in {line["判断"] for line in lines}
    by_id = {line["编号"]: line for line in lines}
    units = {id_: by_id[id_]["单位"] for id_ in ("T205", "T208", "T209", "T222", "T224", "T245")}
    expected = {"T205": "人", "T208": "百分点", "T209": "%/年", "T222": "比例", "T224": "张/人", "T245": "家"}
    assert units == expected
    assert (by_id["T205"]["实际结果"], by_id["T339"]["实际结果"]) == ("未见结果", "已实现")
    assert by_id["T209"]["低（10%）"] == "", "what peers did a year is no band of the line"
    assert by_id["T205"]["低（10%）"]


def test_the_manifest_names_every_input_by_hash(written: Path) -> None:
    manifest = json.loads((written / "manifest.json").read_text("utf-8"))
    assert manifest["seed"] == 2020
    assert manifest["draws"] == 60
    names = {Path(name).name for name in manifest["inputs"]}
    assert {"pilot.yaml", "trend.yaml", "jieshou.yaml", "region.yaml", "rates.yaml"} <= names
    assert all(len(digest) == 64 for digest in manifest["inputs"].values())


def test_the_same_seed_gives_the_same_numbers(written: Path, tmp_path: Path) -> None:
    assert code("run", PILOT, "--draws", "60", "-o", str(tmp_path), "--jobs", "1") == Exit.DONE
    one, two = (
        duckdb.execute(f"SELECT value FROM '{folder / 'series.parquet'}'").fetchnumpy()["value"]
        for folder in (written, tmp_path)
    )
    np.testing.assert_array_equal(one, two)


def test_json_on_standard_output_is_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert code("run", TREND, "--draws", "20", "-o", str(tmp_path), "--format", "json") == Exit.DONE
    answer = json.loads(capsys.readouterr().out)
    assert answer["scenario"] == "trend"
    assert len(answer["verdicts"]) == 92
    assert code("explain", TREND, "away", "--format", "json") == Exit.DONE
    assert all(item["path"].startswith("away.") for item in json.loads(capsys.readouterr().out))
    assert code("validate", TREND, "--format", "json") == Exit.DONE
    assert json.loads(capsys.readouterr().out)["valid"] is True
    assert code("schema") == Exit.DONE
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("https://json-schema.org")
    assert code("region", "list", "--format", "json") == Exit.DONE
    assert {"jieshou"} <= {one["id"] for one in json.loads(capsys.readouterr().out)}


def test_a_missed_target_fails_only_when_asked(tmp_path: Path) -> None:
    assert code("run", TREND, "--draws", "20", "-o", str(tmp_path), "--fail-on-miss") == Exit.TARGET_MISSED


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "none"
    assert code("run", TREND, "-o", str(folder), "--dry-run", "--lang", "en") == Exit.DONE
    assert "1000 draws" in capsys.readouterr().out
    assert not folder.exists()


def test_bad_input_is_one_message_and_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("name: x\nregion: jieshuo\nhorizon: 2035\ndraw: 10\n", encoding="utf-8")
    for lang, word in (("en", "did you mean"), ("zh", "是否想写")):
        assert code("validate", str(file), "--lang", lang) == Exit.INVALID_INPUT
        said = capsys.readouterr()
        assert not said.out
        assert word in said.err
        assert "jieshou" in said.err
        assert "draws" in said.err
        assert "Traceback" not in said.err
    assert code("run", str(tmp_path / "missing.yaml")) == Exit.INVALID_INPUT


def test_wrong_usage_is_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("run", PILOT, "--draws", "none") == Exit.USAGE
    assert code("rum") == Exit.USAGE
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked", [("rum", "--lang", "zh"), ("rum", "--lang=zh"), ("run", "x.yaml", "--drows", "--lang", "zh")]
)
def test_wrong_usage_is_told_in_the_language_that_was_asked_for(
    asked: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOWNWARD_LANG", "en")
    assert code(*asked) == Exit.USAGE
    assert "是否想写" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    assert code("run", TREND, "--draws", "10", "-o", str(tmp_path / "x"), "--lang", "en") == Exit.INVALID_INPUT
    assert "cannot write" in capsys.readouterr().err


def test_a_file_in_the_way_of_the_folder_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    arguments = ("run", TREND, "--draws", "10", "-o", str(tmp_path / "taken"), "--lang", "en")
    assert code(*arguments) == Exit.INVALID_INPUT
    assert "cannot write" in capsys.readouterr().err
    assert (tmp_path / "taken").read_text("utf-8") == "mine"


def test_a_failed_part_leaves_the_old_run_whole(tmp_path: Path) -> None:
    from sim.run.folder import publish, text_file

    publish(tmp_path, {"a.txt": text_file("old"), "b.txt": text_file("old")})

    def broken(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise RuntimeError("disk on fire")

    with pytest.raises(RuntimeError):
        publish(tmp_path, {"a.txt": text_file("new"), "b.txt": broken})
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {"a.txt": "old", "b.txt": "old"}


def test_an_internal_error_is_one_line_and_exit_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TOWNWARD_DEBUG", raising=False)
    monkeypatch.setattr("sim.cli.files.resolve", lambda *_: 1 / 0)
    assert code("validate", TREND, "--lang", "en") == Exit.INTERNAL
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "Traceback" not in said


def test_an_interrupt_is_exit_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.cli.files.resolve", stopped)
    assert code("validate", TREND) == Exit.INTERRUPTED


def test_scenarios_are_compared_draw_by_draw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(JIESHOU / f"{name}.yaml") for name in ("trend", "pilot", "jobs-first")]
    assert code("compare", *files, "--draws", "40", "-o", str(tmp_path), "--format", "json") == Exit.DONE
    rows = json.loads(capsys.readouterr().out)
    city = [row for row in rows if row["target"] == "T205"]
    assert [row["scenario"] for row in city] == ["trend", "pilot", "jobs-first"]
    assert city[0]["difference"] is None
    assert 0 < city[1]["difference"] < city[2]["difference"]
    assert (tmp_path / "report.html").stat().st_size > 1_000_000


def test_a_new_folder_runs_and_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "mine"
    assert code("new", "jieshou", "-o", str(target), "--lang", "en") == Exit.DONE
    assert {"trend.yaml", "pilot.yaml", "open-hukou.yaml", "jobs-first.yaml", "low-migration.yaml"} <= {
        path.name for path in target.iterdir()
    }
    assert code("validate", str(target / "pilot.yaml")) == Exit.DONE
    capsys.readouterr()
    assert code("new", "jieshou", "-o", str(target), "--lang", "en") == Exit.INVALID_INPUT
    assert "exists" in capsys.readouterr().err
    assert code("new", "jieshou", "-o", str(target), "--xlsx", "--lang", "en") == Exit.DONE
    assert (target / "mine.xlsx").is_file()
    assert code("new", "jieshou", "-o", str(target), "--xlsx", "--lang", "en") == Exit.INVALID_INPUT
    capsys.readouterr()
    for name in ("安阳", "安阳市"):
        assert code("new", name, "-o", str(tmp_path / name)) == Exit.DONE
        assert (tmp_path / name / "plan.yaml").is_file()
    capsys.readouterr()
    assert code("new", "jieshu", "--lang", "en") == Exit.INVALID_INPUT
    assert "jieshou" in capsys.readouterr().err


def test_a_region_shows_how_its_base_year_came_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("region", "show", "jieshou", "--lang", "zh") == Exit.DONE
    said = capsys.readouterr().out
    assert "外出人口" in said
    assert "[估计] 单岁年龄：" in said
    assert "农村户口" in said
    assert not {"city", "rural", "outside"} & set(said.split())


def test_the_doctor_finds_this_machine_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("doctor", "--format", "json") == Exit.DONE
    checks = json.loads(capsys.readouterr().out)
    assert all(check["ok"] for check in checks)


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("--version") == Exit.DONE
    text = (ROOT / "sim" / "__init__.py").read_text("utf-8")
    assert capsys.readouterr().out.strip().split()[-1] in text


def test_a_run_that_ends_with_its_test_year_is_reported(tmp_path: Path) -> None:
    assert code("run", PILOT, "--draws", "16", "--set", "horizon=2025", "-o", str(tmp_path / "r")) == Exit.DONE
    assert (tmp_path / "r" / "report.html").is_file()


def test_a_sweep_of_counties_to_the_year_0_is_refused(tmp_path: Path) -> None:
    table = write(tmp_path / "a_2020.csv", figures_2020())
    assert code("sweep", "--census", str(table), "--horizon", "0", "--draws", "2") == Exit.INVALID_INPUT


@pytest.mark.parametrize(
    ("language", "heading"),
    [("zh", "用法：townward [选项] 命令 [参数]...\n\n"), ("en", "Usage: townward [OPTIONS] COMMAND [ARGS]...\n\n")],
)
def test_without_a_command_there_is_a_page_of_help(
    language: str, heading: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code("--lang", language) == Exit.USAGE
    assert capsys.readouterr().err.splitlines()[0] == {"zh": "缺少命令", "en": "a command is missing"}[language]
    monkeypatch.setenv("TOWNWARD_LANG", language)
    assert code() == Exit.USAGE
    said = capsys.readouterr().err
    assert said.startswith(heading)
    assert "\\n" not in said


def test_a_missing_choice_is_told_with_what_there_is_to_choose(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("template", "--lang", "zh") == Exit.USAGE
    said = capsys.readouterr().err.splitlines()
    assert said == ["缺少参数 {targets|region|capacities|figures}", "帮助：townward template -h"]


def test_a_slip_in_the_name_of_a_policy_has_the_name_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("validate", PILOT, "--set", "policies.园区扩容增刚.intensity=2", "--lang", "zh") == Exit.INVALID_INPUT
    assert capsys.readouterr().err.rstrip().endswith("是否想写 园区扩容增岗？")
