"""A native chart in a document: the chart of a scratch workbook, with a workbook of its numbers behind it."""

import io
import zipfile
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm
from xlsxwriter import Workbook

from sim.common.language import Language
from sim.output.office.chart import chart, place_data
from sim.output.office.sheet import Drawing

_CHART: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET: Final = "Sheet1"
_SIZE: Final = (15.5, 8.6)
_LOW: Final = (15.5, 6.6)
_PYRAMID: Final = (11.0, 11.0)
_INLINE: Final = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Chart {number}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart r:id="{id}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
)


def add_chart(document: Any, drawing: Drawing, number: int, language: Language, *, low: bool) -> None:
    """Add the chart in a paragraph of its own.

    number: from 1, of all charts of the document; low: as a brief has room for.
    """
    package = document.part.package
    numbers = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _WORKBOOK, _numbers(drawing), package)
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, _CHART, b"", package)
    id_ = part.relate_to(numbers, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _chart_xml(drawing, id_, language)  # noqa: SLF001 - its text names the relation that was just made
    width, height = (Cm(one) for one in (_PYRAMID if drawing.lying else _LOW if low else _SIZE))
    related = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    inline = _INLINE.format(width=int(width), height=int(height), number=number, id=related)
    paragraph.add_run()._r.append(parse_xml(inline))  # noqa: SLF001 - the library has no charts of its own


def _numbers(drawing: Drawing) -> bytes:
    """A workbook with the numbers of a chart, which opens when the chart is changed."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        place_data(book.add_worksheet(_SHEET), drawing, 0, book.add_format())
    return made.getvalue()


def _chart_xml(drawing: Drawing, numbers: str, language: Language) -> bytes:
    """The chart as the workbook writes it, its numbers with it, related to the workbook behind it."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_SHEET)
        place_data(sheet, drawing, 0, book.add_format())
        sheet.insert_chart(0, 0, chart(book, drawing, _SHEET, 0, language))
    with zipfile.ZipFile(made) as archive:
        text = archive.read("xl/charts/chart1.xml").decode()
    link = f'<c:externalData r:id="{numbers}"><c:autoUpdate val="0"/></c:externalData>'
    before = "<c:printSettings>" if "<c:printSettings>" in text else "</c:chartSpace>"
    return text.replace(before, link + before, 1).encode()
