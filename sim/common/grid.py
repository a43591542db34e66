"""Tables as people keep them: sheets of a workbook, or a CSV in UTF-8 or GBK; every cell knows where it stands.

A workbook is read as values: nothing in it is reckoned, and no part of it is looked at beyond what sheets hold.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from sim.common.csv_header import misplaced
from sim.common.errors import Fault, InvalidInput, Place, fault, nearest
from sim.common.language import Text
from sim.common.plain import content
from sim.common.texts import tr

Value = None | bool | int | float | str

WORKBOOK: Final = ".xlsx"
CSV: Final = ".csv"
MOST_BYTES: Final = 8 << 20
_MOST_UNPACKED: Final = 64 << 20
_MOST_PARTS: Final = 500
_MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 300
_TITLES: Final = 5
"""Rows in which a header is looked for: titles may stand above it."""


class Mark(NamedTuple):
    """Where a cell stands, line and column counted from 0; cell: as spreadsheets name it, with its sheet."""

    file: str
    line: int
    column: int
    cell: str = ""

    @property
    def place(self) -> Place:
        """The place of a fault of it."""
        return Place(self.file, self.line + 1, self.column + 1, self.cell)


class Grid(NamedTuple):
    """The cells of a sheet, or of a CSV (whose name is empty). rows: each with its number, from 0."""

    file: str
    name: str
    rows: tuple[tuple[int, tuple[Value, ...]], ...]

    def mark(self, row: int, column: int) -> Mark:
        """Where a cell stands."""
        return Mark(self.file, row, column, f"{self.name}!{letters(column)}{row + 1}" if self.name else "")

    def fault(self, row: int, column: int, problem: Text, close: str | None = None, path: str = "") -> Fault:
        """A fault of a cell."""
        return Fault(self.mark(row, column).place, path, problem, close)


class Header(NamedTuple):
    """The row of headings of a grid: the column of each that is known, and the rows below."""

    columns: dict[str, int]
    rows: tuple[tuple[int, tuple[Value, ...]], ...]
    row: int


def letters(column: int) -> str:
    """A column as spreadsheets name it: A for 0, AA for 26."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def is_workbook(path: Path) -> bool:
    """Whether a file is read as a workbook, by its name."""
    return path.suffix.lower() == WORKBOOK


def grids(path: Path) -> tuple[Grid, ...]:
    """The sheets of a workbook, or the one grid of a CSV. Raises InvalidInput where it cannot be read."""
    return _sheets(path) if is_workbook(path) else (_csv(path),)


def header(grid: Grid, known: Sequence[str], faults: list[Fault], *, others: bool = False) -> Header | None:
    """The headings of a grid: of its first rows the one that has most of those known.

    Others are faults, or columns as well where `others` is set.
    """
    best: tuple[int, int] | None = None
    for index, (_, cells) in enumerate(grid.rows[:_TITLES]):
        many = sum(heading(cell) in known for cell in cells)
        if many and (best is None or many > best[1]):
            best = (index, many)
    if best is None:
        words = ", ".join(known)
        other = misplaced("\n".join(str(cells[0]) for _, cells in grid.rows), known)
        faults.append(grid.fault(0, 0, other or tr("no row of headings is here; expected are {words}", words=words)))
        return None
    row, cells = grid.rows[best[0]]
    columns: dict[str, int] = {}
    for column, cell in enumerate(cells):
        name = heading(cell)
        if not name:
            continue
        if name not in known and not others:
            faults.append(grid.fault(row, column, tr("no column is called {name}", name=name), nearest(name, known)))
        elif name in columns:
            faults.append(grid.fault(row, column, tr("the column {name} is there twice", name=name)))
        columns.setdefault(name, column)
    return Header(columns, grid.rows[best[0] + 1 :], row)


def heading(cell: Value) -> str:
    """A heading as it is compared: its first line, with plain brackets and digits."""
    return " ".join(normalize("NFKC", cell).split("\n")[0].split()) if isinstance(cell, str) else ""


def text_of(value: Value) -> str:
    """A cell as a text: whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _sheets(path: Path) -> tuple[Grid, ...]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra of the installation
    except ImportError:
        problem = tr('to read Excel files, install the extra office: pip install "townward[office]"')
        raise fault(str(path), "", problem) from None
    packed = io.BytesIO(content(path, MOST_BYTES))
    try:
        _check(path, packed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it leaves out of a workbook, such as pictures
            book = load_workbook(packed, read_only=True, data_only=True, keep_links=False)
            return tuple(_grid(path, page.title, page) for page in book.worksheets)
    except InvalidInput:
        raise
    except zipfile.BadZipFile:
        problem = tr("not a workbook, or one of before 2007: open it in a spreadsheet program and save it as .xlsx")
        raise fault(str(path), "", problem) from None
    except Exception as problem:  # noqa: BLE001 - a damaged workbook makes the library fail in any way
        said = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise fault(str(path), "", tr("not a workbook that can be read: {said}", said=said)) from None


def _check(path: Path, packed: io.BytesIO) -> None:
    """Refuse what unpacks to more than any table, and documents that define things of their own."""
    with zipfile.ZipFile(packed) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise fault(str(path), "", tr("the workbook is larger than any table that is expected"))
        if any(b"<!DOCTYPE" in archive.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))):
            raise fault(str(path), "", tr("not a workbook that can be read: {said}", said="DOCTYPE"))
    packed.seek(0)


def _grid(path: Path, name: str, page: Any) -> Grid:
    page.reset_dimensions()  # what a file says of its own size is not believed
    rows = []
    for number, cells in enumerate(page.iter_rows(values_only=True)):
        if number >= _MOST_ROWS:
            raise fault(str(path), "", tr("the workbook is larger than any table that is expected"))
        values = tuple(_plain(cell) for cell in cells[:_MOST_COLUMNS])
        if any(value is not None for value in values):
            rows.append((number, values))
    return Grid(str(path), name, tuple(rows))


def _plain(cell: object) -> Value:
    """A cell as plain data: texts without spaces around them, dates as they are written, whole numbers whole."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, bool | int | float) else str(cell)


def decoded(written: bytes) -> tuple[str, str] | None:
    """The text of a table in UTF-8 or GBK, and which of the two; None where it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = written.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else (text, encoding)
    return None


def _csv(path: Path) -> Grid:
    found = decoded(content(path, MOST_BYTES))
    if found is None:
        raise fault(str(path), "", tr("neither UTF-8 nor GBK: save the table as CSV again"))
    text, _ = found
    try:
        lines = csv.reader(io.StringIO(text, newline=""))
        rows = []
        for cells in lines:
            values = tuple(cell.strip() or None for cell in cells[:_MOST_COLUMNS])
            if any(value is not None for value in values):
                rows.append((lines.line_num - 1, values))
    except csv.Error as problem:
        raise fault(str(path), "", tr("not a valid CSV: {problem}", problem=problem)) from None
    return Grid(str(path), "", tuple(rows[:_MOST_ROWS]))
