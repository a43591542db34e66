"""Sheets as a document for a bureau: A4, headings in 黑体, text in 宋体, numbered captions above the tables.

Header rows are repeated, pages numbered, and charts are native: whoever opens the document can change them.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from sim.common.language import Language
from sim.common.typography import has_chinese, typeset
from sim.output.layout.parts import Answers, Bullets, Column, Page, Paragraph, Picture, Row, Section, Table
from sim.output.layout.values import Cell, Words, formatted, spoken
from sim.output.office.chart import FONTS, HEADING_FONTS
from sim.output.office.document_chart import add_chart
from sim.output.office.sheet import Drawing, Sheet
from sim.output.office.workbook import number_format, shown_width
from sim.output.texts import tr

_MARGIN: Final = 2.2
_PAGE: Final = (21.0, 29.7)
_MANY: Final = 8
"""Columns from which on a table lies on a page turned on its side."""
_FEWEST: Final = 6.0
"""Width that a column is never narrower than, in digits."""
_MOST: Final = 40.0
_NARROW: Final = 13.0
"""Width up to which a column is given what it wants, in digits; wider ones share the rest."""
_ROOM: Final = 0.2
"""Share of a page that wide columns need at least, else all are narrowed."""
_BRIEF: Final = 7
"""Columns of a table in a brief; those behind them are on the page and in the appendix."""
_LONG: Final = {"assumptions": 40, "published": 40}
"""Rows up to which a table of sources is printed; all of them are in the workbook."""


def write_document(
    sheets: Sequence[Sheet], title: tuple[str, str], answer: Sequence[str], path: Path, language: Language
) -> None:
    """Write the sheets as chapters, each with its table and charts.

    title: of the whole, and a line about it; answer: what is said before any table, a paragraph each.
    """
    made = _Made(title, language)
    for paragraph in answer:
        _paragraph(made.document, paragraph, 10.5)
    for sheet in sheets:
        made.chapter(sheet)
    made.document.save(str(path))


def write_brief(
    page: Page, drawings: Sequence[Drawing], appendix: Sequence[Sheet], path: Path, language: Language
) -> None:
    """Write a brief: its sections, with native charts where it has pictures, and sheets as an appendix, if any."""
    made = _Made((_said(page.heading, language), _said(page.about, language)), language)
    for section in page.body:
        if section:
            made.section(section, drawings)
    if appendix:
        made.document.add_page_break()  # type: ignore[no-untyped-call]
        made.document.add_heading(tr("Appendix: all tables").in_(language), level=1)
    for sheet in appendix:
        made.chapter(sheet, level=2)
    made.document.save(str(path))


class _Made:
    """A document as it is made: tables and figures are numbered through."""

    def __init__(self, title: tuple[str, str], language: Language) -> None:
        self.document = Document()
        _dress(self.document, language)
        self.document.core_properties.title, self.document.core_properties.author = title[0], "townward"
        self.document.add_heading(title[0], level=0)
        _paragraph(self.document, title[1], 10, centred=True)
        self._language, self._tables, self._figures, self._is_wide = language, 0, 0, False

    def chapter(self, sheet: Sheet, level: int = 1) -> None:
        """A sheet with its charts; one of many columns on a page turned on its side."""
        sheet = Sheet(sheet.name, filled(sheet.table), sheet.source, sheet.charts)
        wide = len(sheet.table.columns) >= _MANY
        if wide != self._is_wide:
            self._is_wide = wide
            _turn(self.document.add_section(), wide=wide)
        self.document.add_heading(sheet.name, level=level)
        self._table(sheet, wide=wide)
        for drawing in sheet.charts:
            self._chart(drawing)

    def section(self, section: Section, drawings: Sequence[Drawing]) -> None:
        """A section of a page; its pictures are the drawings."""
        self.document.add_heading(_said(section.title, self._language), level=1)
        for part in section.parts:
            if isinstance(part, Answers):
                for line in part.lines:
                    _paragraph(self.document, spoken(line, self._language), 11.5)
            elif isinstance(part, Table) and part:
                self._plain_table(part)
            elif isinstance(part, Paragraph):
                _paragraph(self.document, spoken(part.words, self._language), 10.5)
            elif isinstance(part, Bullets):
                for item in part.items:
                    _paragraph(self.document, f"· {spoken(item, self._language)}", 9)
            elif isinstance(part, Picture):
                for drawing in drawings:
                    self._chart(drawing, low=True)

    def _plain_table(self, table: Table) -> None:
        """A table of a page with its cells as texts, and its notes."""
        if table.rows:
            shown = table.columns[:_BRIEF]
            columns = tuple(Column(column.heading, "number" if column.is_number else "words") for column in shown)
            rows = tuple(self._texts(row[:_BRIEF], shown) for row in table.rows)
            self._table(Sheet("", replace(table, columns=columns, rows=rows), ""), wide=False)
        for note in table.notes:
            _paragraph(self.document, _said(note, self._language), 9)

    def _texts(self, row: Row, columns: Sequence[Column]) -> Row:
        if len(row) == 1:
            return (spoken(row[0], self._language),)
        said = (
            formatted(value, of.kind, of.decimals, of.unit, self._language)
            for value, of in zip(row, columns, strict=True)
        )
        return tuple(spoken(value, self._language) for value in said)

    def _table(self, sheet: Sheet, *, wide: bool) -> None:
        self._tables += 1
        _add_table(self.document, sheet, self._tables, self._language, wide=wide)

    def _chart(self, drawing: Drawing, *, low: bool = False) -> None:
        self._figures += 1
        add_chart(self.document, drawing, self._figures, self._language, low=low)
        caption = tr("Figure {number}  {title}", number=self._figures, title=drawing.title)
        said = _paragraph(self.document, caption.in_(self._language), 9, centred=True, bold=True)
        said.paragraph_format.keep_with_next = False


def filled(table: Table) -> Table:
    """A table without columns of numbers in which no row has any; columns of words may be there to be filled in."""
    rows = [row for row in table.rows if len(row) > 1]
    kept = [
        place
        for place, column in enumerate(table.columns)
        if not column.is_number or any(row[place] not in (None, "") for row in rows)
    ]
    shown = tuple(row if len(row) == 1 else tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=shown)


def _dress(document: Any, language: Language) -> None:
    """A4, the fonts of Chinese documents, and numbered pages."""
    _turn(document.sections[0], wide=False)
    for name, font, size in (
        ("Normal", FONTS[language], 10.5),
        ("Title", HEADING_FONTS[language], 20),
        ("Heading 1", HEADING_FONTS[language], 15),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = RGBColor(0x1C, 0x27, 0x33)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), font)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _number_pages(document.sections[0].footer.paragraphs[0])


def _turn(section: Any, *, wide: bool) -> None:
    width, height = reversed(_PAGE) if wide else _PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)


def _number_pages(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001 - the library has no fields of its own


def _paragraph(document: Any, text: str, size: float, *, centred: bool = False, bold: bool = False) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(typeset(text))
    run.font.size, run.bold = Pt(size), bold
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.keep_with_next = bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _add_table(document: Any, sheet: Sheet, number: int, language: Language, *, wide: bool) -> None:
    """Its caption above, its source below."""
    table, columns = sheet.table, sheet.table.columns
    caption = tr("Table {number}  {title}", number=number, title=_said(table.caption, language))
    _paragraph(document, caption.in_(language), 10, centred=True, bold=True).paragraph_format.space_before = Pt(6)
    heads, rows = [_said(column.heading, language) for column in columns], table.rows[: _LONG.get(table.id)]
    made = document.add_table(rows=1 + len(rows), cols=len(columns), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    size = 7.5 if wide else 9.0
    room = (_PAGE[1] if wide else _PAGE[0]) - 2 * _MARGIN
    widths = _widths(heads, rows, columns, room, size)
    _fill_head(made, heads, size, language)
    for line, row in zip(made._tbl.tr_lst[1:], rows, strict=True):  # noqa: SLF001 - rows by index are found anew each time
        _fill(line, row, columns, size, language)
    _set_widths(made, widths)
    if len(rows) < len(table.rows):
        left = tr(
            "the first {shown} of {all} rows; all of them are in the workbook", shown=len(rows), all=len(table.rows)
        )
        _paragraph(document, left.in_(language), 8)
    if sheet.source:
        _paragraph(document, tr("Source: {source}", source=sheet.source).in_(language), 8)


def _said(words: Words, language: Language) -> str:
    return typeset(words if isinstance(words, str) else words.in_(language))


def _fill_head(made: Any, heads: Sequence[str], size: float, language: Language) -> None:
    line = made._tbl.tr_lst[0]  # noqa: SLF001
    properties = line.get_or_add_trPr()
    for name in ("w:tblHeader", "w:cantSplit"):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), "true")
        properties.append(mark)
    for cell, head in zip(line.tc_lst, heads, strict=True):
        _write(cell, head, size, "center", HEADING_FONTS[language])
        _shade(cell, "DCE8F1")


def _fill(line: Any, row: Row, columns: Sequence[Column], size: float, language: Language) -> None:
    mark = OxmlElement("w:cantSplit")
    line.get_or_add_trPr().append(mark)
    cells = line.tc_lst
    if len(row) == 1:
        first = cells[0].merge(cells[-1])
        _write(first, typeset(str(row[0])), size, "left", HEADING_FONTS[language])
        _shade(first, "F2F5F8")
        return
    for cell, value, column in zip(cells, row, columns, strict=True):
        is_number = isinstance(value, int | float) or column.is_number
        _write(cell, shown(value, column), size, "right" if is_number else "left")


def shown(value: Cell, column: Column) -> str:
    """A cell as a text: numbers as the workbook formats them."""
    if value is None:
        return ""
    if not isinstance(value, int | float):
        return typeset(str(value))
    code = number_format(value, column)
    if code.startswith('"'):
        return code.strip('"')
    if code == "0%":
        return f"{value:.0%}"
    if code == "0":
        return f"{value:.0f}"
    text = f"{value:.6g}" if code == "General" else f"{value:,.{len(code.partition('.')[2])}f}"
    return text.replace("-", "−")


def _write(cell: Any, text: str, size: float, align: str, font: str = "") -> None:
    """The text of a cell, in one paragraph; the library's own cells take too long for tables of many rows."""
    paragraph = cell.p_lst[0]
    properties = paragraph.get_or_add_pPr()
    for name, values in (("w:spacing", {"w:before": "20", "w:after": "20"}), ("w:jc", {"w:val": align})):
        mark = OxmlElement(name)
        for key, value in values.items():
            mark.set(qn(key), value)
        properties.append(mark)
    run = paragraph.add_r()
    look = run.get_or_add_rPr()
    if font:
        fonts = look.get_or_add_rFonts()
        for kind in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), font)
    look.get_or_add_sz().val = Pt(size)
    for place, part in enumerate(text.split("\n")):
        if place:
            run.add_br()
        run.add_t(part)


def _shade(cell: Any, colour: str) -> None:
    mark = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        mark.set(qn(key), value)
    cell.get_or_add_tcPr().append(mark)


def _widths(
    heads: Sequence[str], rows: Sequence[Row], columns: Sequence[Column], room: float, size: float
) -> list[float]:
    """Widths in cm, by how long the texts of a column mostly are; none narrower than its words."""
    wanted, least = [], []
    for place, (head, column) in enumerate(zip(heads, columns, strict=True)):
        lengths = sorted(_longest(shown(row[place], column)) for row in rows if len(row) > 1) or [0.0]
        typical = lengths[-1] if column.kind != "words" else lengths[int(0.9 * (len(lengths) - 1))]
        words = max(shown_width(part) for part in head.split("\n")) / 2
        longest = 0.0 if has_chinese(head) else max(shown_width(word) for word in head.split())
        wanted.append(max(_FEWEST, min(typical, _MOST), min(max(words, longest), _FEWEST * 2)))
        said = [shown(row[place], column) for row in rows if len(row) > 1]
        least.append(min(max([_FEWEST, longest, *map(_longest_word, said)]), _NARROW))
    few = [_digits_in_cm(one, size) for one in least]
    narrow = {place: _digits_in_cm(one, size) for place, one in enumerate(wanted) if one <= _NARROW}
    wide = [place for place in range(len(columns)) if place not in narrow]
    left = room - sum(narrow.values())
    if not wide or left - sum(few[place] for place in wide) < _ROOM * room:
        return _shared(few, wanted, room)
    rest = dict(zip(wide, _shared([few[one] for one in wide], [wanted[one] for one in wide], left), strict=True))
    return [narrow[place] if place in narrow else rest[place] for place in range(len(columns))]


def _shared(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """The room for columns [cm]: each the least that it needs, and of what is left by what it wants."""
    spare = room - sum(least)
    if spare < 0.0:
        return [room * one / sum(least) for one in least]
    return [few + spare * one / sum(wanted) for few, one in zip(least, wanted, strict=True)]


def _longest_word(text: str) -> float:
    """Width of the longest word of a text, in digits; Chinese may be broken anywhere."""
    return max((shown_width(word) for word in text.split() if not has_chinese(word)), default=0.0)


def _longest(text: str) -> float:
    """Width of the longest of the lines of a text, in digits."""
    return max(shown_width(line) for line in text.split("\n"))


def _digits_in_cm(many: float, size: float) -> float:
    """Width of so many digits of a size in points, with the margins of a cell [cm]."""
    return many * size * 0.0195 + 0.42


def _set_widths(made: Any, widths: Sequence[float]) -> None:
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001
        column.w = Cm(width)
    for line in made._tbl.tr_lst:  # noqa: SLF001
        if len(line.tc_lst) == len(widths):
            for cell, width in zip(line.tc_lst, widths, strict=True):
                cell.width = Cm(width)
