"""`validate` knows the tables that are filled in for a region, and the ledger of a plan."""

from pathlib import Path

import pytest

from sim.cli.table_files import kind_of_table
from sim.common.errors import Exit
from sim.common.paths import library
from tests.cli.test_kinds import code

SCENARIOS = library() / "scenarios"
TABLES = {
    "figures": "区域,指标,年份,数值,单位,系列,来源,备注\n界首市,常住人口,2021,64.6,万人,estimate,公报,\n",
    "targets": "编号,指标,类别,测度,比较,目标值,单位,目标年,依据\n"
    "A1,城镇化率,结果,常住人口城镇化率,不低于,50,%,2025,规划\n",
    "capacities": "设施,数值,单位,年份,依据类别,来源\n幼儿园学位,15000,个,2020,assumption,教育局\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("kind", TABLES)
def test_tables_are_told_by_their_headings(
    kind: str, encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(TABLES[kind], encoding)
    assert kind_of_table(file) == kind
    assert code("validate", str(file), "--lang", "en") == Exit.DONE
    assert capsys.readouterr().out.endswith(": 1.\n")
    head = TABLES[kind].splitlines()[0]
    file.write_text(f"{head}\n", encoding)
    assert code("validate", str(file), "--lang", "en") == Exit.INVALID_INPUT
    assert "nothing is filled in yet" in capsys.readouterr().err


def test_every_fault_of_a_table_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(TABLES["figures"].replace("2021", "21").replace("万人", "万户"), "gbk")
    assert code("validate", str(file), "--lang", "en") == Exit.INVALID_INPUT
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert all(line.startswith(f"{file}:2:") for line in said)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_without_commas_is_told_what_is_expected(
    mark: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(TABLES["figures"].replace(",", mark), "utf-8")
    assert code("validate", str(file), "--lang", "zh") == Exit.INVALID_INPUT
    assert "各列应以逗号分隔" in capsys.readouterr().err


def test_lines_of_a_plan_are_held_against_the_measures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "指标.csv"
    file.write_text(TABLES["targets"].replace("常住人口城镇化率", "常住人口城镇化绿"), "gbk")
    assert code("validate", str(file), "--lang", "zh") == Exit.INVALID_INPUT
    said = capsys.readouterr().err
    assert said.startswith(f"{file}:2:")
    assert "是否想写 常住人口城镇化率？" in said


def test_a_workbook_by_name_alone_is_told_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_text(TABLES["figures"], "utf-8")
    assert code("validate", str(file), "--lang", "zh") == Exit.INVALID_INPUT
    assert "另存为 .xlsx" in capsys.readouterr().err


def test_a_file_that_is_no_such_table_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("county,thing,year,amount\n", "utf-8")
    assert kind_of_table(file) is None
    assert kind_of_table(tmp_path / "none.csv") is None


def test_files_of_the_library_are_valid(capsys: pytest.CaptureFixture[str]) -> None:
    files = [*SCENARIOS.glob("plans/outcomes/*.yaml"), *SCENARIOS.glob("regions/*/capacity.yaml")]
    files += SCENARIOS.glob("regions/*/history.csv")
    assert len(files) > 10
    assert {code("validate", str(file)) for file in files} == {Exit.DONE}


def test_a_ledger_speaks_of_lines_of_its_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "outcomes").mkdir()
    (tmp_path / "jieshou.yaml").write_bytes((SCENARIOS / "plans" / "jieshou.yaml").read_bytes())
    ledger = (SCENARIOS / "plans" / "outcomes" / "jieshou.yaml").read_text("utf-8")
    (tmp_path / "outcomes" / "jieshou.yaml").write_text(ledger.replace("id: T205", "id: X205", 1), "utf-8")
    assert code("validate", str(tmp_path / "outcomes" / "jieshou.yaml"), "--lang", "en") == Exit.INVALID_INPUT
    assert "the plan has no line X205" in capsys.readouterr().err


def test_a_service_is_named_in_chinese_or_by_its_id_but_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    again = "kindergarten_places,16000,个,2020,assumption,教育局\n"
    file.write_text(TABLES["capacities"] + again, "utf-8")
    assert code("validate", str(file), "--lang", "zh") == Exit.INVALID_INPUT
    assert "幼儿园学位重复给出" in capsys.readouterr().err
