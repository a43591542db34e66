"""A county census table as a file: its text, its header and its rows, before any figure is looked at."""

import csv
import io
from functools import cached_property
from pathlib import Path
from typing import Final

from sim.common.csv_header import misplaced
from sim.common.errors import Fault, InvalidInput, Place, fault, nearest
from sim.common.plain import content
from sim.common.quickclass import quickclass
from sim.common.sheets import Sheet, is_sheet, read_sheet
from sim.places.census.headings import CENSUS
from sim.places.census.row import AGE_GROUPS
from sim.places.texts import tr

NAME_COLUMNS: Final = ("county", "name", "region")
SEX_COLUMNS: Final = ("male", "female")


@quickclass(frozen=True, slots=True)
class CensusRegion:
    """A row of a census table, by its code and name."""

    code: str
    name: str


@quickclass(frozen=True)
class Table:
    """A table as read: its header, and its rows with the lines they stand in."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    name_column: str
    sheet: Sheet | None = None

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each column stands, from 0."""
        return {column: position for position, column in reversed([*enumerate(self.header)])}

    def place(self, line: int, row: tuple[str, ...], column: str) -> Place:
        """Where a cell stands."""
        if self.sheet is not None:
            return self.sheet.place(line - 1, column)
        return Place(self.file, line, 1 + sum(len(cell) + 1 for cell in row[: self.positions[column]]))

    def cell(self, row: tuple[str, ...], column: str) -> str:
        """The cell of a column, empty where the row or the table has none."""
        index = self.positions.get(column)
        return row[index].strip() if index is not None and index < len(row) else ""

    def region(self, row: tuple[str, ...]) -> CensusRegion:
        """The region that a row is of."""
        return CensusRegion(self.cell(row, "code"), self.cell(row, self.name_column))


def _text(path: Path) -> str:
    data = content(path)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_utf8(path, "UTF-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8(path, _guess(data)) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InvalidInput([Fault(Place(str(path), line, 1), "", tr("a NUL character stands here: this is no text"))])
    return text


def _guess(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "binary?"
    return "GBK"


def _not_utf8(path: Path, encoding: str) -> InvalidInput:
    return fault(
        str(path),
        "",
        tr("not UTF-8 (it looks like {encoding}); save it as CSV UTF-8 and try again", encoding=encoding),
    )


def read_table(path: Path) -> Table:
    """The table of a file; InvalidInput where it is no table of counties."""
    if is_sheet(path, CENSUS):
        return _of_sheet(path)
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        _check_first(path, header, text)
        rows = tuple((reader.line_num, tuple(row)) for row in reader if any(cell.strip() for cell in row))
    except csv.Error as problem:
        raise fault(str(path), "", tr("not a valid CSV: {problem}", problem=problem)) from None
    _check_header(Place(str(path), 1, 1), header)
    name = next((column for column in NAME_COLUMNS if column in header), "")
    return Table(str(path), header, rows, name)


def _of_sheet(path: Path) -> Table:
    """The same from a workbook, or from a CSV in GBK or with Chinese headings."""
    sheet = read_sheet(path, CENSUS)
    _check_header(sheet.grid.mark(0, 0).place, sheet.columns)
    rows = tuple((row + 1, cells) for row, cells in sheet.rows)
    return Table(str(path), sheet.columns, rows, "county", sheet)


def _check_header(place: Place, header: tuple[str, ...]) -> None:
    faults: list[Fault] = []
    named = [column for column in header if column]
    twice = tr("the column is there twice")
    faults.extend(Fault(place, column, twice) for column in sorted({name for name in named if named.count(name) > 1}))
    for column in ("code", *(f"{sex}_{group}" for sex in SEX_COLUMNS for group in AGE_GROUPS)):
        if column not in header:
            problem = tr("this column is missing")
            faults.append(Fault(place, column, problem, nearest(column, header)))
    if not any(column in header for column in NAME_COLUMNS):
        faults.append(Fault(place, "county", tr("no column with the region's name")))
    if faults:
        raise InvalidInput(faults)


def _check_first(path: Path, header: tuple[str, ...], text: str) -> None:
    """Say what the first line is where it is no header at all: separated otherwise, or a title."""
    problem = None if "code" in header else misplaced(text, ("code",))
    if problem is not None:
        raise InvalidInput([Fault(Place(str(path), 1, 1), "", problem)])
