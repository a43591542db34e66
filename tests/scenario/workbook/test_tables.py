"""A plan's lines, capacities, yearly figures and a census row from sheets with Chinese headings, xlsx and GBK CSV."""

import codecs
import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from sim.cli import main
from sim.common.errors import Exit, InvalidInput
from sim.common.language import LANGUAGES
from sim.common.sheets import HISTORY, INDICATORS
from sim.places.census.headings import CENSUS
from sim.places.census.read import read_row
from sim.places.census.table import read_table
from sim.places.history import read_history
from sim.places.inputs import check_regions
from sim.run.lines import lines as of_lines
from sim.scenario import scenario
from sim.scenario.process import Award, Programme
from sim.scenario.targets import read
from sim.scenario.workbook.columns import MEANT
from tests.census_rows import figures_2020, write
from tests.scenarios import ROOT

TARGETS = [
    ("编号", "指标", "类别", "属性", "测度", "比较", "目标值", "单位", "目标年", "依据", "不评估原因"),
    ("T1", "常住人口城镇化率", "结果指标", "约束性", "urbanization_rate", "≥", 55, "%", 2025, "指标表第1行", None),
    ("T2", "每千人床位", "结果指标", "预期性", None, None, None, None, 2025, "指标表第2行", "没有现状数据"),
]
HELD = ("参照的项目进度", "基期值", "基期年份", "基期来源", "评选命名")
CAPACITIES = [
    ("设施", "数值", "单位", "年份", "依据类别", "来源"),
    ("hospital_beds 医院床位", 5000, "张", 2021, "statistic 统计数", "统计公报"),
]
PLAN = """\
id: mine
title: {zh: 我的规划, en: My plan}
source: {title: {zh: 文件, en: Document}, issuer: {zh: 市政府, en: City}, date: 2022年}
region: jieshou
base_year: 2020
targets: %s
"""


def save(rows: list[tuple[object, ...]], path: Path) -> Path:
    """As a workbook, or as a CSV in GBK, by the name."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(path)
    else:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        path.write_bytes(text.getvalue().encode("gb18030"))
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    shutil.copytree(ROOT / "scenarios" / "regions" / "jieshou", tmp_path / "regions" / "jieshou")
    (tmp_path / "mine.yaml").write_text("name: mine\nregion: jieshou\nplan: mine\nhorizon: 2026\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_plan_reads_its_lines_from_a_sheet(home: Path, ending: str) -> None:
    save(TARGETS, home / "plans" / f"lines.{ending}")
    (home / "plans" / "mine.yaml").write_text(PLAN % f"lines.{ending}", encoding="utf-8")
    found = scenario(home / "mine.yaml")
    assert found.plan is not None
    first, second = found.plan.targets
    assert (first.measure, first.op, first.value, first.nature) == ("urbanization_rate", "at_least", 0.55, "binding")
    assert (second.nature, second.reason and second.reason.zh) == ("expected", "没有现状数据")
    assert home / "plans" / f"lines.{ending}" in found.inputs
    save([TARGETS[0], (*TARGETS[1][:4], "urbanisation_rate", *TARGETS[1][5:])], home / "plans" / f"lines.{ending}")
    with pytest.raises(InvalidInput) as wrong:
        scenario(home / "mine.yaml")
    place = "lines.xlsx Sheet!E2" if ending == "xlsx" else "lines.csv:2:5"
    assert (
        f"{place}: targets[0].measure: no measure is called urbanisation_rate; did you mean urbanization_rate?"
        in str(wrong.value)
    )


def test_a_plan_in_a_workbook_of_its_own(home: Path) -> None:
    path = home / "plans" / "mine.xlsx"
    with pytest.raises(SystemExit):
        main(["template", "targets", "-o", str(path), "--lang", "zh"])
    book = openpyxl.load_workbook(path)
    keys, lines = book["规划"], book["指标"]
    said = {"标识": "mine", "中文标题": "我的规划", "文件": "实施方案", "发布机关": "市政府", "日期": "2022年"}
    said |= {"区域": "jieshou 界首市", "基年": "2020"}
    for row in keys.iter_rows(min_row=2):
        row[1].value = said.get(str(row[0].value))
    heads = [str(cell.value) for cell in lines[1]]
    for line in TARGETS[1:]:
        row = dict(zip(TARGETS[0], line, strict=True))
        lines.append([row.get(head) for head in heads])
    book.save(path)
    plan = scenario(home / "mine.yaml").plan
    assert plan is not None
    assert (plan.title.zh, plan.issuer.en, plan.region, plan.base_year) == ("我的规划", "市政府", "jieshou", 2020)
    assert [one.id for one in plan.targets] == ["T1", "T2"]


@pytest.mark.parametrize("name", ["../lines.csv", "lines.pdf", "none.xlsx"])
def test_a_plan_names_a_table_beside_it(home: Path, name: str) -> None:
    save(TARGETS, home / "lines.csv")
    (home / "plans" / "mine.yaml").write_text(PLAN % name, encoding="utf-8")
    with pytest.raises(InvalidInput, match="a table beside this file is expected"):
        scenario(home / "mine.yaml")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_capacities_of_a_region_from_a_sheet(home: Path, ending: str) -> None:
    folder = home / "regions" / "jieshou"
    (folder / "capacity.yaml").unlink()
    save(CAPACITIES, folder / f"capacity.{ending}")
    (home / "mine.yaml").write_text("name: mine\nregion: jieshou\nhorizon: 2026\n", encoding="utf-8")
    found = scenario(home / "mine.yaml")
    assert found.capacities["jieshou"]["hospital_beds"].value == 5000.0
    assert folder / f"capacity.{ending}" in found.inputs
    save([CAPACITIES[0], ("hospital_bed", *CAPACITIES[1][1:])], folder / f"capacity.{ending}")
    with pytest.raises(InvalidInput, match=r"hospital_bed; did you mean hospital_beds\?"):
        scenario(home / "mine.yaml")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_yearly_figures_of_a_region_from_a_sheet(home: Path, ending: str) -> None:
    folder = home / "regions" / "jieshou"
    rows: list[tuple[object, ...]] = [
        ("区域", "指标", "年份", "数值", "单位", "系列", "来源"),
        ("界首市", "常住人口", 2023, 65.1, "万人", "yearly", "统计公报"),
        ("界首市", "城镇化率", 2023, 49.5, "%", "yearly", "统计公报"),
    ]
    path = save(rows, folder / f"figures.{ending}")
    found = read_history(path)
    assert [(one.measure, one.year, one.in_model) for one in found] == [
        ("resident", 2023, pytest.approx(651_000.0)),
        ("urbanization_rate", 2023, pytest.approx(0.495)),
    ]
    text = (
        (folder / "region.yaml")
        .read_text(encoding="utf-8")
        .replace("history: history.csv", f"history: figures.{ending}")
    )
    (folder / "region.yaml").write_text(text, encoding="utf-8")
    (home / "mine.yaml").write_text("name: mine\nregion: jieshou\nhorizon: 2026\n", encoding="utf-8")
    (region,) = scenario(home / "mine.yaml").regions
    assert region.history == path
    save([rows[0], ("界首市", "常住人口", "去年", 65.1, "米", "yearly", "统计公报")], path)
    with pytest.raises(InvalidInput) as wrong:
        check_regions([], [(path, "界首市")])
    places = ["Sheet!C2", "Sheet!E2"] if ending == "xlsx" else [":2:3", ":2:5"]
    assert [str(one.place).removeprefix(str(path)).strip() for one in wrong.value.faults] == places


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_census_row_from_a_sheet(tmp_path: Path, ending: str) -> None:
    plain = tmp_path / "census-2020.csv"
    write(plain, figures_2020())
    known = read_row(plain, "341299", 2020)
    table = read_table(plain)
    zh = {en: head for head, en in CENSUS.items()}
    kept = [place for place, column in enumerate(table.header) if column in zh]
    rows: list[tuple[object, ...]] = [("某县人口普查数据",), tuple(zh[table.header[place]] for place in kept)]
    rows += [tuple(cells[place] for place in kept) for _, cells in table.rows]
    found = read_row(save(rows, tmp_path / f"row-2020.{ending}"), "341299")
    assert (found.resident, found.urban, found.male_by_age) == (known.resident, known.urban, known.male_by_age)
    bad = [rows[0], rows[1], *((*row[:-1], "多") for row in rows[2:])]
    with pytest.raises(InvalidInput) as wrong:
        read_row(save(bad, tmp_path / f"row-2020.{ending}"), "341299")
    assert ("Sheet!" in str(wrong.value)) == (ending == "xlsx")


@pytest.mark.parametrize("table", ["targets", "region", "capacities", "figures"])
def test_a_template_has_the_headings_that_are_read(
    tmp_path: Path, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"{table}.xlsx"
    for left in (Exit.DONE, Exit.INVALID_INPUT):  # the second time it is there already
        with pytest.raises(SystemExit) as done:
            main(["template", table, "-o", str(path), "--lang", "zh"])
        assert done.value.code == left
    pages = openpyxl.load_workbook(path).worksheets
    heads = [str(cell.value) for cell in pages[1 if table == "targets" else 0][1]]
    wanted = {"targets": "目标值", "region": "男85岁及以上", "capacities": "设施", "figures": "数值"}
    assert wanted[table] in heads
    assert table != "figures" or (set(heads) == set(HISTORY) and pages[1]["A1"].value in INDICATORS)
    assert table != "region" or set(heads) == set(CENSUS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", ["targets", "region", "capacities", "figures"])
def test_a_template_in_csv_has_the_same_headings(
    tmp_path: Path, table: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some English ones have commas."""
    for ending, left in (("xlsx", Exit.DONE), ("csv", Exit.DONE), ("ods", Exit.INVALID_INPUT)):
        with pytest.raises(SystemExit) as done:
            main(["template", table, "-o", str(tmp_path / f"{table}.{ending}"), "--lang", language])
        assert done.value.code == left
    assert {"zh": "以 .xlsx 或 .csv 结尾", "en": "ends in .xlsx or .csv"}[language] in capsys.readouterr().err
    pages = openpyxl.load_workbook(tmp_path / f"{table}.xlsx").worksheets
    heads = [cell.value for cell in pages[1 if table == "targets" else 0][1]]
    data = (tmp_path / f"{table}.csv").read_bytes()
    assert data.startswith(codecs.BOM_UTF8)
    assert next(csv.reader([data.decode("utf-8-sig")])) == heads
    assert len(list(tmp_path.iterdir())) == 2


def test_choices_of_a_chinese_template_are_chinese_and_read_as_meant(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["template", "targets", "-o", str(tmp_path / "t.xlsx"), "--lang", "zh"])
    lists = {
        str(column[0].value): [cell.value for cell in column[1:] if cell.value]
        for column in openpyxl.load_workbook(tmp_path / "t.xlsx")["清单"].iter_cols()
    }
    assert lists["kind"] == ["结果指标", "配置标准", "承诺事项", "时限要求", "规则"]
    assert lists["op"] == ["不低于", "不超过", "约", "等于"]
    assert lists["nature"] == ["约束性", "预期性"]
    assert lists["dist"][0] == "normal 正态分布"
    for key in ("kind", "op", "nature"):
        assert {MEANT[key][word] for word in lists[key]} == set(MEANT[key].values())


def test_a_plan_in_a_workbook_names_processes_and_its_scenario(home: Path) -> None:
    book = openpyxl.Workbook()
    plan, lines = book.worksheets[0], book.create_sheet("指标")
    plan.title = "规划"
    for row in (
        ("项目", "内容"),
        *(("标识", "mine"), ("中文标题", "我的规划"), ("文件", "文件"), ("发布机关", "县政府"), ("日期", "2026")),
        *(("区域", "jieshou"), ("基年", 2020), ("情景", "../mine.yaml")),
    ):
        plan.append(row)
    for row in (
        ("编号", "指标", "类别", "比较", "目标值", "单位", "目标年", "依据", *HELD),
        ("T1", "老旧小区", "结果指标", "≥", 90, "%", 2025, "表", "old-estates", 40, 2021, "年报", None),
        ("T2", "园林城市", "承诺事项", "≥", 1, "项", 2025, "表", None, None, None, None, "garden-city"),
    ):
        lines.append(row)
    file = home / "plans" / "mine.xlsx"
    book.save(file)
    (of_plan,) = read([str(file)])
    first, second = (target.process for target in of_plan.targets)
    assert isinstance(first, Programme)
    assert (first.base, first.since) == (pytest.approx(0.4), 2021)
    assert isinstance(second, Award)
    assert of_plan.scenario == "../mine.yaml"
    assert {line.class_ for line in of_lines([str(file)])} == {"conditional"}
    plan.append(("考核", 1))
    book.save(file)
    with pytest.raises(InvalidInput, match="no key is called 考核; allowed: id, Chinese title"):
        read([str(file)])


def test_a_kind_may_have_the_short_name_that_the_tally_of_targets_gives_it(tmp_path: Path) -> None:
    short = {"结果": "outcome", "标准": "standard", "承诺": "commitment", "时限": "deadline", "规则": "rule"}
    assert {word: MEANT["kind"][word] for word in short} == short
    head, outcome, _ = TARGETS
    table = save([head, tuple("结果" if one == "结果指标" else one for one in outcome)], tmp_path / "t.csv")
    (tmp_path / "mine.yaml").write_text(PLAN % table.name, encoding="utf-8")
    (of_plan,) = read([str(tmp_path / "mine.yaml")])
    assert [one.kind for one in of_plan.targets] == ["outcome"]
