"""Workbooks to fill in: sheets with headings, what to write below each, and lists to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sim.common.language import Language, Text
from sim.model.registry import MEASURES, PARAMETERS
from sim.model.services.service import EVIDENCE
from sim.output.texts import tr
from sim.scenario.workbook import columns as sheets
from sim.scenario.workbook.columns import Column, Layout
from sim.scenario.workbook.rows import LAYOUTS, Row, rows_of

_ROWS: Final = 200
"""Rows below the headings in which cells have lists to choose from."""
_HEAD: Final = PatternFill("solid", fgColor="DCE8F1")
_WIDE: Final = ("source", "note", "title", "text", "value", "reason")
_FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "dist": (),
    "kind": ("outcome", "standard", "commitment", "deadline", "rule"),
    "op": ("at_least", "at_most", "about", "equal"),
    "apart_from_projects": ("是", "否"),
    "nature": ("binding", "expected"),
}
_SPREADS: Final[Mapping[str, Text]] = {
    "normal": tr("bell-shaped"),
    "lognormal": tr("bell-shaped in its logarithm, never below 0"),
    "uniform": tr("all values between two alike"),
    "triangular": tr("between two values, one the likeliest"),
    "certain": tr("no spread"),
}
Names = Mapping[str, Mapping[str, Text]]
"""What may be chosen, by kind of name: ids, and what each is called."""


def write_scenario(data: Mapping[str, Any], names: Names, path: Path, language: Language) -> None:
    """Write a scenario's data as a workbook that reads back to the same. names: of what it may name."""
    _write(LAYOUTS, rows_of(data), names, path, language)


def write_template(layouts: Sequence[Layout], names: Names, path: Path, language: Language) -> None:
    """Write an empty workbook of some sheets; those of keys have a row for each key."""
    keys = {sheets.SCENARIO.name.zh: sheets.KEYS, sheets.PLAN.name.zh: sheets.PLAN_KEYS}
    rows: dict[str, list[Row]] = {
        one.name.zh: [{("key",): key} for key in keys.get(one.name.zh, {})] for one in layouts
    }
    _write(layouts, rows, names, path, language)


def _write(
    layouts: Sequence[Layout], rows: Mapping[str, list[Row]], names: Names, path: Path, language: Language
) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    pages = [(layout, book.create_sheet(layout.name.in_(language))) for layout in layouts]
    lists = _lists(book, names, language)
    for layout, page in pages:
        _fill(page, layout, rows[layout.name.zh], language)
        for place, column in enumerate(layout.columns, start=1):
            _offer(page, place, column, lists)
    book.save(path)


def _fill(page: Worksheet, layout: Layout, rows: Iterable[Row], language: Language) -> None:
    for place, column in enumerate(layout.columns, start=1):
        cell = page.cell(1, place)
        _put(cell, column.heading.in_(language))
        cell.font, cell.fill = Font(bold=True), _HEAD
        if column.help is not None:
            cell.comment = Comment(column.help.in_(language), "townward", height=60, width=260)
        wide = bool(column.key) and column.key[-1] != "en" and any(part in _WIDE for part in column.key)
        page.column_dimensions[get_column_letter(place)].width = 34 if wide or column.form == "name" else 13
    page.freeze_panes = "A2"
    for line, row in enumerate(_explained(layout, rows, language), start=2):
        for place, column in enumerate(layout.columns, start=1):
            if row.get(column.key) is not None and column.key:
                _put(page.cell(line, place), row[column.key])
        if layout.columns[-1].key == ():
            _put(page.cell(line, len(layout.columns)), row.get((), ""))


def _explained(layout: Layout, rows: Iterable[Row], language: Language) -> Iterable[Row]:
    """Rows of keys with the key as people call it, and what it is."""
    known = {**sheets.PLAN_KEYS, **sheets.KEYS} if layout is sheets.SCENARIO else sheets.PLAN_KEYS
    for row in rows:
        key = row.get(("key",))
        if layout in (sheets.SCENARIO, sheets.PLAN) and key in known:
            name, what, _ = known[key]
            yield {**row, ("key",): name.in_(language), (): what.in_(language)}
        else:
            yield row


def _put(cell: Any, value: Any) -> None:
    """A value as what it is: a text that begins like a formula stays a text, as does what no spreadsheet can hold."""
    if isinstance(value, bool):
        value = "是" if value else "否"
    elif isinstance(value, float) and float(f"{value:.15g}") != value:
        value = repr(value)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _lists(book: Workbook, names: Names, language: Language) -> dict[str, str]:
    """The sheet of lists, and the range of each by the key of the column that it is for."""
    page = book.create_sheet(tr("Lists", context="sheet").in_(language))
    offered: dict[str, list[str]] = {key: list(words) for key, words in _FIXED.items()}
    if language == "zh":
        offered |= {
            key: list({id_: word for word, id_ in words.items()}.values()) for key, words in sheets.MEANT.items()
        }
    offered["dist"] = [f"{id_} {word.in_(language)}" for id_, word in _SPREADS.items()]
    offered["change"] = [word.in_(language) for word in sheets.CHANGES.values()]
    offered["evidence"] = [f"{key} {word.in_(language)}" for key, word in EVIDENCE.items()]
    offered["path"] = [f"{one.path} {one.name.in_(language)}" for one in PARAMETERS.values()]
    offered["measure"] = offered["driver"] = [f"{one.id} {one.name.in_(language)}" for one in MEASURES.values()]
    for kind, key in (("policies", "use"), ("services", "service"), ("regions", "region"), ("plans", "plan")):
        offered[key] = [f"{id_} {name.in_(language)}" for id_, name in names.get(kind, {}).items()]
    ranges = {}
    for place, (key, words) in enumerate(offered.items(), start=1):
        letter = get_column_letter(place)
        _put(page.cell(1, place), key)
        page.column_dimensions[letter].width = 40
        for line, word in enumerate(words, start=2):
            _put(page.cell(line, place), word)
        if words:
            ranges[key] = f"'{page.title}'!${letter}$2:${letter}${len(words) + 1}"
    return ranges


def _offer(page: Worksheet, place: int, column: Column, lists: Mapping[str, str]) -> None:
    """A list to choose from, which does not keep anyone from writing something else."""
    if not column.key or column.key[-1] not in lists or column.form == "number":
        return
    letter = get_column_letter(place)
    offer = DataValidation(type="list", formula1=f"={lists[column.key[-1]]}", allow_blank=True, showErrorMessage=False)
    offer.add(f"{letter}2:{letter}{_ROWS}")
    page.add_data_validation(offer)
