"""Sheets as a workbook: a page each, rows as high as their text, charts beside the tables, nothing hidden or reckoned.

Every text is written as a text: what begins like a formula stays what was typed.
"""

import unicodedata
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any, Final, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sim.common.language import Language
from sim.common.typography import has_chinese, typeset
from sim.output.charts.style import INK, MUTED
from sim.output.layout.parts import Column
from sim.output.layout.values import Cell
from sim.output.office.chart import FONTS, HEADING_FONTS, chart, place_data, rows_of
from sim.output.office.sheet import Sheet
from sim.output.texts import tr

_HEAD: Final = 3
"""The row of the columns' headings; above it title, remark and a space."""
_NARROWEST: Final = 8.0
_WIDEST: Final = 46.0
_HEADING: Final = 18.0
_LINE: Final = 14.5
"""Height of a line of text [points]."""
_TALLEST: Final = 400.0
_ONE_PAGE: Final = 45
"""Rows up to which a sheet is printed on one page."""
_LONGEST_NAME: Final = 31
_CHART: Final = (620, 360)
"""Width and height [pixels]."""
_PYRAMID: Final = (400, 420)
_BESIDE: Final = 8
"""Columns up to which charts stand beside the table, and not below it."""
_FORBIDDEN: Final = "[]:*?/\\'"


class _Looks(NamedTuple):
    """Formats of a workbook."""

    title: Any
    remark: Any
    head: Any
    text: Any
    group: Any
    plain: Any
    numbers: dict[str, Any]


def write_workbook(sheets: Sequence[Sheet], title: tuple[str, str], path: Path, language: Language) -> None:
    """Write the sheets; the last one has the numbers of all charts. title: of the whole, and a line about it."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    font = {"font_name": FONTS[language], "font_size": 10}
    with Workbook(str(path), {**options, "default_format_properties": font}) as book:
        book.set_properties({"title": title[0], "subject": title[1], "author": "townward"})
        looks, taken, made = _looks(book, language), set[str](), []
        for sheet in sheets:
            name = _name(sheet.name, taken)
            made.append((sheet, book.add_worksheet(name)))
            _write_sheet(made[-1][1], sheet, title, looks, language)
        charts = [(sheet, page) for sheet, page in made if sheet.charts]
        if charts:
            data = book.add_worksheet(_name(tr("Chart data", context="sheet").in_(language), taken))
            _place_charts(book, data, charts, looks, language)


def _looks(book: Workbook, language: Language) -> _Looks:
    font = {"font_name": FONTS[language], "font_size": 10, "valign": "vcenter"}
    line = {"border": 1, "border_color": "#c8d0d8"}
    heading = {"font_name": HEADING_FONTS[language], "valign": "vcenter"}
    known: dict[str, Any] = {}
    for code in ("0", "#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "0%", '"<1%"', '">99%"', "General"):
        known[code] = book.add_format({**font, **line, "num_format": code, "align": "right"})
    head = {**heading, **line, "font_size": 10, "bold": language == "en"}
    return _Looks(
        title=book.add_format({**heading, "font_size": 15, "bold": language == "en", "font_color": INK}),
        remark=book.add_format({**font, "font_color": MUTED}),
        head=book.add_format({**head, "bg_color": "#dce8f1", "text_wrap": True, "align": "center"}),
        text=book.add_format({**font, **line, "text_wrap": True, "indent": 1}),
        group=book.add_format({**head, "bg_color": "#f2f5f8"}),
        plain=book.add_format({"num_format": "#,##0.00"}),
        numbers=known,
    )


def _name(wanted: str, taken: set[str]) -> str:
    """A name for a tab: without signs that Excel forbids, not too long, and not twice."""
    plain = "".join(" " if sign in _FORBIDDEN else sign for sign in wanted).strip()[:_LONGEST_NAME] or "-"
    number, name = 1, plain
    while name.lower() in taken:
        number += 1
        name = f"{plain[: _LONGEST_NAME - 4]} {number}"
    taken.add(name.lower())
    return name


def _write_sheet(page: Worksheet, sheet: Sheet, title: tuple[str, str], looks: _Looks, language: Language) -> None:
    table = sheet.table
    heads = [_said(column.heading, language) for column in table.columns]
    widths = [_width(heads[place], [row[place] for row in table.rows if len(row) > 1]) for place in range(len(heads))]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    page.write_string(0, 0, _said(table.caption, language), looks.title)
    page.set_row(0, 24)
    page.write_string(1, 0, f"{title[0]}  {title[1]}", looks.remark)
    page.set_row(_HEAD, _height(heads, widths))
    for place, head in enumerate(heads):
        page.write_string(_HEAD, place, head, looks.head)
    for line, row in enumerate(table.rows, start=_HEAD + 1):
        _write_row(page, line, row, table.columns, looks)
        page.set_row(
            line,
            _height([one if isinstance(one, str) else "" for one in row], widths if len(row) > 1 else [sum(widths)]),
        )
    end = _HEAD + 1 + len(table.rows)
    source = tr("Source: {source}", source=sheet.source).in_(language)
    page.write_string(end, 0, source, looks.remark)
    _print(page, len(table.rows), (end, len(heads) - 1), language)


def _print(page: Worksheet, rows: int, last: tuple[int, int], language: Language) -> None:
    page.freeze_panes(_HEAD + 1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    page.fit_to_pages(1, 1 if rows <= _ONE_PAGE else 0)
    page.repeat_rows(_HEAD)
    page.set_footer(tr("&L&A&RPage &P of &N", context="footer").in_(language))
    page.hide_gridlines(2)
    if rows > _ONE_PAGE:
        page.autofilter(_HEAD, 0, last[0] - 1, last[1])


def _write_row(page: Worksheet, line: int, row: Sequence[Cell], columns: Sequence[Column], looks: _Looks) -> None:
    if len(row) == 1:
        page.write_string(line, 0, str(row[0]), looks.group)
        for place in range(1, len(columns)):
            page.write_blank(line, place, None, looks.group)
        return
    for place, (value, column) in enumerate(zip(row, columns, strict=True)):
        if value is None:
            page.write_blank(line, place, None, looks.text)
        elif isinstance(value, int | float):
            page.write_number(line, place, value, looks.numbers[number_format(value, column)])
        else:
            page.write_string(line, place, typeset(str(value)), looks.text)


def number_format(value: float, column: Column) -> str:
    """How a number is shown: a year bare, a probability never rounded to certainty, others with separators."""
    if column.kind == "year":
        return "0"
    if column.kind == "share":
        return '"<1%"' if 0.0 < value < 0.01 else '">99%"' if 0.99 < value < 1.0 else "0%"
    if column.decimals:
        return "#,##0." + "0" * min(column.decimals, 3)
    size = abs(value)
    if size >= 1000.0 or value == round(value):
        return "#,##0"
    return "#,##0.0" if size >= 10.0 else "General"


def _said(words: Any, language: Language) -> str:
    return typeset(words if isinstance(words, str) else words.in_(language))


def shown_width(text: str) -> float:
    """How wide a text is, in digits: Chinese characters take two."""
    return sum(2.1 if unicodedata.east_asian_width(sign) in "WFA" else 1.05 for sign in text)


def _width(head: str, cells: Sequence[Cell]) -> float:
    """Wide enough for most cells: numbers whole, texts in a few lines, headings in two."""
    numbers = max((len(f"{one:,.0f}") + 4 for one in cells if isinstance(one, int | float)), default=0)
    lengths = sorted(shown_width(one) for one in cells if isinstance(one, str))
    texts = lengths[int(0.9 * (len(lengths) - 1))] + 1.5 if lengths else 0.0
    heading = max(shown_width(part) for part in head.split("\n")) / (1 if "\n" in head else 2) + 2.0
    return min(max(_NARROWEST, numbers, min(heading, _HEADING), min(texts, _WIDEST)), _WIDEST)


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """As high as the cell with most lines; spreadsheets do not reckon that of wrapped Chinese themselves."""
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=False)), default=1)
    return min(_LINE * lines + 3.0, _TALLEST)


def _lines(text: str, width: float) -> int:
    """Lines of a text; words that are not Chinese leave some of a line empty."""
    room = max(width - 2.2, 1.0)
    loose = 1.0 if has_chinese(text) else 1.15
    return sum(max(ceil(loose * shown_width(part) / room), 1) for part in text.split("\n"))


def _place_charts(
    book: Workbook, data: Worksheet, pages: Sequence[tuple[Sheet, Worksheet]], looks: _Looks, language: Language
) -> None:
    """Charts beside their tables, or below wide ones; their numbers on a sheet that can be seen."""
    data.set_column(0, 0, 14)
    data.set_column(1, 12, 16, looks.plain)
    row = 0
    for sheet, page in pages:
        many = len(sheet.table.columns)
        beside = many <= _BESIDE and not any(drawing.lying for drawing in sheet.charts)
        top = _HEAD if beside else _HEAD + len(sheet.table.rows) + 3
        for place, drawing in enumerate(sheet.charts):
            place_data(data, drawing, row, looks.group)
            made = chart(book, drawing, data.get_name(), row, language)
            width, height = _PYRAMID if drawing.lying else _CHART
            made.set_size({"width": width, "height": height})
            left, down = (15, place * (height + 15)) if beside else (place * (width + 15), 0)
            at = {"x_offset": left, "y_offset": down, "object_position": 3}
            page.insert_chart(top, many if beside else 0, made, at)
            row += rows_of(drawing)
    data.set_landscape()
    data.fit_to_pages(1, 0)
