"""Documents are read back: A4, Chinese fonts, captions, repeated headers, and charts that can be changed."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from sim.output import office
from sim.output.layout.parts import Column, Table
from sim.output.office import document, people_sheets
from sim.output.office.sheets import sheets
from tests.output.charts.economy import county


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("document") / "run.docx"
    office.write(county(), made, "docx", "zh", full=True, day=date(2026, 11, 29))
    return made


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = tmp_path_factory.mktemp("document") / "brief.docx"
    office.write(county(), made, "docx", "zh", day=date(2026, 11, 29))
    return docx.Document(str(made))


def test_the_brief_says_the_answer_first_and_is_short(brief: Any) -> None:
    said = [paragraph.text for paragraph in brief.paragraphs]
    assert said[2] == "结论"
    assert "概率" in said[3] or "目标" in said[3]
    assert any("2026-11-29" in text for text in said[:3])
    assert not any("附录" in text for text in said)
    assert all(len(table.columns) <= 7 and len(table.rows) <= 12 for table in brief.tables)
    assert len(brief.tables) <= 8
    assert len(brief.inline_shapes) in (0, 2)
    cells = [cell.text for table in brief.tables for row in table.rows for cell in row.cells]
    assert not any("object at" in text or "(zh=" in text for text in cells)


def test_numbers_of_a_brief_stand_at_the_right(brief: Any) -> None:
    (figures,) = (table for table in brief.tables if table.rows[0].cells[0].text == "指标" and len(table.columns) == 4)
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in figures.rows[1:]]
    left, right = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
    assert sides == [[left, right, right, right]] * len(sides)


def test_it_is_a4_in_the_fonts_of_chinese_documents(path: Path) -> None:
    document = docx.Document(str(path))
    for section in document.sections:
        size = sorted(round(side.cm, 1) for side in (section.page_width, section.page_height))
        assert size == [21.0, 29.7]
    fonts = {name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Normal", "Heading 1")}
    assert fonts == {"Normal": "宋体", "Heading 1": "黑体"}
    assert "PAGE" in document.sections[0].footer._element.xml


def test_the_tables_are_those_of_the_workbook(path: Path) -> None:
    document, made = docx.Document(str(path)), sheets(county(), "zh")
    before = len(document.tables) - len(made)  # those of the brief
    limited = {"assumptions": 40, "published": 40}  # all of them are in the workbook
    many = [min(len(sheet.table.rows), limited.get(sheet.table.id, 1000)) for sheet in made]
    assert [len(table.rows) - 1 for table in document.tables[before:]] == many
    first = document.tables[before]
    assert [cell.text for cell in first.columns[0].cells[1:]] == [str(row[0]) for row in made[0].table.rows]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    said = [paragraph.text for paragraph in document.paragraphs]
    for number, sheet in enumerate(made, start=before + 1):
        assert any(text.startswith(f"表 {number} ") for text in said), sheet.name
    assert sum(text.startswith("资料来源") for text in said) == len(made)


def test_columns_of_numbers_that_nobody_has_take_no_room() -> None:
    columns = (Column("a"), Column("b", "number"), Column("c", "share"), Column("d"))
    table = Table("t", "t", columns, (("head",), ("x", None, 0.5, None), ("y", "", None, "")))
    kept = document.filled(table)
    assert [column.heading for column in kept.columns] == ["a", "c", "d"]
    assert kept.rows == (("head",), ("x", 0.5, None), ("y", None, ""))


def test_charts_are_native_and_have_their_workbook(path: Path) -> None:
    drawn = [drawing for sheet in sheets(county(), "zh") for drawing in sheet.charts]
    of_brief = [people_sheets.urbanization(county(), "zh"), people_sheets.population(county(), "zh")]
    drawn = [sheet.charts[0] for sheet in of_brief if sheet.charts] + drawn
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        for number, drawing in enumerate(drawn, start=1):
            text = archive.read(f"word/charts/chart{number}.xml").decode()
            rels = archive.read(f"word/charts/_rels/chart{number}.xml.rels").decode()
            link = re.search(r'<c:externalData r:id="(\w+)">', text)
            assert link is not None
            assert f'Id="{link[1]}"' in rels
            assert f"embeddings/chart{number}.xlsx" in rels
            page = openpyxl.load_workbook(io.BytesIO(archive.read(f"word/embeddings/chart{number}.xlsx"))).active
            assert page is not None
            assert [cell.value for cell in page[2]][1 : len(drawing.series) + 1] == [one.name for one in drawing.series]
            assert page.cell(3, 2).value == pytest.approx(drawing.series[0].values[0])
        assert sum(name.startswith("word/charts/chart") for name in names) == len(drawn)
        kinds = archive.read("[Content_Types].xml").decode()
    assert kinds.count("drawingml.chart+xml") == len(drawn)


def test_no_word_is_broken_where_columns_share_a_page() -> None:
    heads = ["Verdict", "Target", "Value", "Probability", "Median and band", "Shortfall", "First reached"]
    target = "resident population of the county seat, part 2 (1), overall goals; indicator table, row 1"
    short = "about 28,800 people in towns, 4.4 points"
    row: tuple[str, ...] = (
        *("Out of reach", target, "at least 250,000 people", "<1% (± 0.2)", "224,900 people (218,000–234,000)"),
        *(short, "2033"),
    )
    widths = document._widths(heads, [row], [Column(head) for head in heads], 16.6, 9.0)
    assert sum(widths) == pytest.approx(16.6)
    for head, cell, width in zip(heads, row, widths, strict=True):
        longest = max(len(word) for word in (*head.split(), *cell.split()))
        assert width >= document._digits_in_cm(min(longest, document._NARROW), 9.0) - 1e-9, head


def test_columns_that_cannot_all_have_their_words_share_what_there_is() -> None:
    heads = ["incomprehensibly"] * 9
    widths = document._widths(heads, [("x" * 30,) * 9], [Column(head) for head in heads], 16.6, 9.0)
    assert widths == pytest.approx([16.6 / 9] * 9)
