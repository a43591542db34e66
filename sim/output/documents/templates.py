"""Empty tables to fill in: a plan's targets, a region's census row, its capacities, and its yearly figures."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from sim.common import sheets
from sim.common.grid import CSV, letters
from sim.common.language import Language
from sim.output.documents.scenario_workbook import write_template
from sim.output.texts import tr
from sim.places.census.headings import CENSUS
from sim.scenario.names import names_for
from sim.scenario.workbook import columns

_LAYOUTS: Final = {"targets": (columns.PLAN, columns.TARGETS), "capacities": (columns.CAPACITIES,)}
_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {"region": CENSUS, "figures": sheets.HISTORY}


def write(table: str, path: Path, language: Language) -> None:
    """Write the table of that name (targets, region, capacities, figures).

    A name that ends in .csv has the headings alone.
    """
    if path.suffix.lower() == CSV:
        with path.open("w", encoding="utf-8-sig", newline="") as file:  # so that Excel takes it for UTF-8
            csv.writer(file, lineterminator="\n").writerow(_heads(table, language))
    elif table in _LAYOUTS:
        write_template(_LAYOUTS[table], names_for(path), path, language)
    else:
        _write_headings(table, path, language)


def _heads(table: str, language: Language) -> list[str]:
    """The headings of the table itself, in their order."""
    if table in _LAYOUTS:
        return [column.heading.in_(language) for column in _LAYOUTS[table][-1].columns]
    return [zh if language == "zh" else en for zh, en in _HEADINGS[table].items()]


def _write_headings(table: str, path: Path, language: Language) -> None:
    """A sheet of headings alone; of figures with the indicators that the charts know beside it."""
    name = {"region": tr("Census row", context="sheet"), "figures": tr("Yearly figures", context="sheet")}[table]
    book = Workbook()
    page = book.worksheets[0]
    page.title = name.in_(language)
    heads = _heads(table, language)
    for place, head in enumerate(heads, start=1):
        cell = page.cell(1, place, head)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DCE8F1")
        page.column_dimensions[letters(place - 1)].width = max(12, 2 * len(head) + 2)
    page.freeze_panes = "A2"
    if table == "figures":
        known = book.create_sheet(tr("Lists", context="sheet").in_(language))
        for line, (zh, en) in enumerate(sheets.INDICATORS.items(), start=1):
            known.cell(line, 1, zh)
            known.cell(line, 2, en)
    book.save(path)
