"""Workbooks are read back: the customary sheets, values as numbers, charts with their numbers, nothing that runs."""

import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sim.common.errors import InvalidInput
from sim.common.language import Language, Text
from sim.common.typography import sentence
from sim.output import office
from sim.output.layout.parts import Column
from sim.output.office import economy_sheets
from sim.output.office.chart import chart, place_data
from sim.output.office.people_sheets import _groups
from sim.output.office.sheet import Drawing, Series
from sim.output.office.workbook import number_format, shown_width
from sim.output.report.facilities import is_counted
from sim.run.columns import Columns
from sim.run.curves import curves
from sim.run.tables import RunTables
from tests.output.charts.county import hostile, jieshou
from tests.output.charts.economy import county

ZH = [
    "指标体系表",
    "人口规模预测表",
    "城镇化率",
    "年龄构成",
    "住房需求分解表",
    "设施需求缺口表",
    "项目库",
    "资金",
    "用地",
]


def written(tables: RunTables, folder: Path, language: Language) -> Workbook:
    path = folder / f"{language}.xlsx"
    office.write(tables, path, "xlsx", language)
    return openpyxl.load_workbook(path)


def column(page: Worksheet, heading: str) -> list[object]:
    """The cells below a heading, up to the source."""
    heads = [str(cell.value or "").split("\n")[0] for cell in page[4]]
    place = heads.index(heading)
    return [row[place].value for row in page.iter_rows(min_row=5, max_row=page.max_row - 1)]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written(county(), tmp_path_factory.mktemp("office"), "zh")


def test_the_customary_sheets_in_both_languages(book: Workbook, tmp_path: Path) -> None:
    assert [name for name in ZH if name not in book.sheetnames] == []
    assert book.sheetnames[-1] == "图表数据"
    english = written(county(), tmp_path, "en").sheetnames
    assert len(english) == len(book.sheetnames)
    assert {"Targets", "Urbanization", "Facilities", "Chart data"} <= set(english)


def test_values_are_numbers_and_those_of_the_run(tmp_path: Path) -> None:
    tables = jieshou()
    page = written(tables, tmp_path, "zh")["城镇化率"]
    medians = curves(tables, ["urbanization_rate"]).quantile("urbanization_rate", 0.5)
    assert column(page, "年份") == list(medians)
    assert column(page, "中位数") == pytest.approx([100.0 * value for value in medians.values()])
    assert page.freeze_panes == "B5"
    assert page.print_title_rows == "$4:$4"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9  # A4


def test_the_plan_says_of_every_line_what_the_run_says(tmp_path: Path) -> None:
    tables = jieshou()
    bound = tuple(replace(one, nature="binding") for one in tables.verdicts[:1]) + tables.verdicts[1:]
    page = written(replace(tables, verdicts=bound), tmp_path, "zh")["指标体系表"]
    assert column(page, "编号") == [verdict.id for verdict in tables.verdicts]
    assert column(page, "达标概率") == [verdict.probability for verdict in tables.verdicts]
    assert column(page, "属性")[:2] == ["约束性", None]
    rate = next(place for place, one in enumerate(tables.verdicts) if one.measure == "urbanization_rate")
    assert column(page, "中位数")[rate] == pytest.approx(100.0 * tables.verdicts[rate].band[1], abs=0.01)
    assert str(column(page, "目标值")[rate]).startswith("≥")


def test_money_is_scaled_before_it_is_written(book: Workbook, tmp_path: Path) -> None:
    tables = county()
    spent = curves(tables, ["money_spent"]).mean("money_spent")
    years = [year for year in spent if year > tables.base_year]
    for page, size, unit in (
        (book["资金"], 1e8, "亿元"),
        (written(tables, tmp_path, "en")["Money"], 1e6, "million yuan"),
    ):
        heads = [str(cell.value) for cell in page[4]]
        place = 2
        assert unit in heads[place]
        cells = [row[place].value for row in page.iter_rows(min_row=5, max_row=4 + len(years))]
        assert cells == pytest.approx([spent[year] / size for year in years])


def test_no_sheet_row_or_column_is_hidden_and_charts_have_numbers(book: Workbook, tmp_path: Path) -> None:
    for page in book.worksheets:
        assert page.sheet_state == "visible"
        assert not any(one.hidden for one in (*page.column_dimensions.values(), *page.row_dimensions.values()))
    office.write(county(), tmp_path / "a.xlsx", "xlsx", "zh")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        charts = [archive.read(one).decode() for one in archive.namelist() if one.startswith("xl/charts/chart")]
    assert len(charts) >= 8
    assert sum("<c:areaChart>" in one and "<c:lineChart>" in one for one in charts) == 2  # the fans
    assert sum('<c:barDir val="bar"/>' in one for one in charts) == 3  # the pyramids
    assert all(one.count("<c:v>") > 20 for one in charts)


def test_pyramids_are_of_the_years_that_reports_speak_of(tmp_path: Path) -> None:
    tables = county()
    people = tables.pyramid.frame()
    between = people[people["year"] == tables.base_year].assign(year=tables.base_year + 1)
    every = Columns.of_frame(pd.concat([people, between]))
    page = written(replace(tables, pyramid=every), tmp_path, "zh")["年龄构成"]
    assert page.max_column == 1 + 2 * len({tables.base_year, tables.test_year, tables.horizon})


def test_names_with_formulas_are_texts(tmp_path: Path) -> None:
    said = Text("=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")')
    tables = replace(hostile(), title=said, regions=((hostile().regions[0][0], said), *hostile().regions[1:]))
    for language in ("zh", "en"):
        office.write(tables, tmp_path / "h.xlsx", "xlsx", language)
        cells = [
            cell for page in openpyxl.load_workbook(tmp_path / "h.xlsx").worksheets for row in page for cell in row
        ]
        assert any("cmd" in str(cell.value) or "HYPERLINK" in str(cell.value) for cell in cells)
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert not any(cell.hyperlink for cell in cells)
        with zipfile.ZipFile(tmp_path / "h.xlsx") as archive:
            assert not any(
                "<f>" in archive.read(one).decode() for one in archive.namelist() if "worksheets/sheet" in one
            )


def test_rows_are_as_high_as_their_wrapped_text(book: Workbook) -> None:
    for page in book.worksheets[:-1]:
        for row in page.iter_rows(min_row=5, max_row=page.max_row - 1):
            texts = [cell for cell in row if isinstance(cell.value, str) and row[1].value is not None]
            for cell in texts:
                lines = shown_width(cell.value) / page.column_dimensions[cell.column_letter].width
                assert page.row_dimensions[cell.row].height >= 13.0 * lines, cell.coordinate


def test_a_probability_is_never_rounded_to_certainty() -> None:
    share = Column("p", "share")
    shown = [number_format(value, share) for value in (0.0, 0.004, 0.5, 0.996, 1.0)]
    assert shown == ["0%", '"<1%"', "0%", '">99%"', "0%"]


def test_without_the_extra_one_message_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("xlsxwriter", "docx"):
        monkeypatch.setitem(sys.modules, name, None)
    for form in office.FORMS:
        with pytest.raises(InvalidInput, match=r'pip install "townward\[office\]"'):
            office.write(jieshou(), tmp_path / f"a.{form}", form, "en")
    assert list(tmp_path.iterdir()) == []


def test_every_fifth_year_alone_is_named_at_an_axis_of_many(tmp_path: Path) -> None:
    years = tuple(map(str, range(2020, 2036)))
    drawing = Drawing(
        title="t", x="Year", y="", categories=years, series=(Series("a", (1.0,) * 16, "line", "#000000"),)
    )
    with xlsxwriter.Workbook(tmp_path / "one.xlsx") as book:
        sheet = book.add_worksheet("data")
        place_data(sheet, drawing, 0, None)
        sheet.insert_chart("E1", chart(book, drawing, "data", 0, "en"))
    page = openpyxl.load_workbook(tmp_path / "one.xlsx")["data"]
    assert [row[0].value for row in page.iter_rows(min_row=3)] == list(years)
    assert [row[2].value for row in page.iter_rows(min_row=3) if row[2].value] == ["2020", "2025", "2030", "2035"]
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        assert "data!$C$3:$C$18" in archive.read("xl/charts/chart1.xml").decode()


@pytest.mark.parametrize(("reach", "code"), [(40.0, "#,##0"), (3.0, "#,##0.0"), (0.3, "#,##0.00")])
def test_an_axis_has_no_more_decimals_than_its_steps_need_and_years_no_title(
    reach: float, code: str, tmp_path: Path
) -> None:
    years = tuple(map(str, range(2020, 2036)))
    low, band = Series("gap", (65.0,) * 16, "gap", "#000000"), Series("band", (reach,) * 16, "area", "#000000")
    lines = Series("line", (65.0, *(65.0 + reach,) * 15), "line", "#000000")
    for number, drawn in enumerate(((low, band), (lines,))):
        drawing = Drawing(
            title="t", x="Year", y="万人", categories=years, series=drawn, decimals=2, stacked=len(drawn) > 1
        )
        with xlsxwriter.Workbook(tmp_path / f"{number}.xlsx") as book:
            sheet = book.add_worksheet("data")
            place_data(sheet, drawing, 0, None)
            sheet.insert_chart("E1", chart(book, drawing, "data", 0, "zh"))
        with zipfile.ZipFile(tmp_path / f"{number}.xlsx") as archive:
            text = archive.read("xl/charts/chart1.xml").decode()
        assert f'formatCode="{code}"' in text
        assert "<a:t>万人</a:t>" in text
        assert "<a:t>Year</a:t>" not in text


def test_what_is_counted_is_whole() -> None:
    tables = county()
    sheet = economy_sheets.facilities(tables, "en")
    counted = {sentence(one.name.en) for one in tables.services if is_counted(one)}
    rows = [row for row in sheet.table.rows if len(row) > 1 and row[0] in counted]
    numbers = [value for row in rows for value in row[3:8] if isinstance(value, float)]
    assert numbers
    assert all(value == round(value) for value in numbers)


def test_groups_of_ages_are_of_those_who_live_there() -> None:
    """Not of those who are away."""
    tables = jieshou(draws=40)
    rows = tables.pyramid.rows("region", "year", "zone", "value")
    mine = [(zone, value) for region, year, zone, value in rows if region == "341282" and year == tables.base_year]
    away = sum(value for zone, value in mine if zone == "away")
    assert away > 0.0
    found = sum(sum(of) for of in _groups(tables, tables.base_year).values())
    assert found == pytest.approx(sum(value for _, value in mine) - away)
