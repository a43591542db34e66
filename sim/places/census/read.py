"""Reading one row of a county census table (CSV, UTF-8), found by its code or its name."""

import csv
import io
import math
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput, Place, fault, nearest
from sim.places.census.check import Check, agree
from sim.places.census.row import AGE_GROUPS, ITEMS, CensusRow
from sim.places.china.province_names import province_name
from sim.places.texts import tr

FIRST_YEAR: Final = 1953
LAST_YEAR: Final = 2100
BLANKS: Final = frozenset({"", "-", "–", "—", "…", "NA", "N/A", "nan", "NaN"})
NAME_COLUMNS: Final = ("county", "name", "region")
SEX_COLUMNS: Final = ("male", "female")


@dataclass(frozen=True, slots=True)
class CensusRegion:
    """A row of a census table, by its code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class _Table:
    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    name_column: str

    def cell(self, row: tuple[str, ...], column: str) -> str:
        if column not in self.header:
            return ""
        index = self.header.index(column)
        return row[index].strip() if index < len(row) else ""

    def region(self, row: tuple[str, ...]) -> CensusRegion:
        return CensusRegion(self.cell(row, "code"), self.cell(row, self.name_column))


def list_regions(path: Path) -> tuple[CensusRegion, ...]:
    """Every region of a census table, in the order of the file; InvalidInput if it cannot be read."""
    table = _table(path)
    return tuple(table.region(row) for _, row in table.rows)


def read_row(path: Path, code: str, year: int | None = None) -> CensusRow:
    """The row of the region with this code or name.

    year: the census year; without it, the one year the file's name contains.
    InvalidInput: the file, the code or the year is unknown, a cell is not a number, or the figures do
    not agree (see `sim.places.census.check`).
    """
    table = _table(path)
    census_year = _year(path, year)
    line, row = _find(table, code)
    return _parse(table, line, row, census_year)


def read_rows(path: Path, year: int | None = None) -> tuple[tuple[CensusRow, ...], tuple[Fault, ...]]:
    """Every usable row of a census table in the order of the file, and what is wrong with the others.

    InvalidInput: the file or the year, or no row of it, can be used.
    """
    table = _table(path)
    census_year = _year(path, year)
    rows: list[CensusRow] = []
    faults: list[Fault] = []
    for line, cells in table.rows:
        try:
            rows.append(_parse(table, line, cells, census_year))
        except InvalidInput as problem:
            faults.extend(problem.faults)
    if not rows:
        raise InvalidInput(faults) if faults else fault(str(path), "", "表中没有一行数据", "the table has no row")
    return tuple(rows), tuple(faults)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise fault(str(path), "", f"读不到文件:{reason}", f"cannot read the file: {reason}") from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_utf8(path, "UTF-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8(path, _guess(data)) from None


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
        f"文件不是 UTF-8 编码(疑为 {encoding});请另存为“CSV UTF-8”后再用",
        f"not UTF-8 (it looks like {encoding}); save it as CSV UTF-8 and try again",
    )


def _table(path: Path) -> _Table:
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        rows = tuple((reader.line_num, tuple(row)) for row in reader if any(cell.strip() for cell in row))
    except csv.Error as problem:
        raise fault(str(path), "", f"不是合格的 CSV:{problem}", f"not a valid CSV: {problem}") from None
    _check_header(path, header)
    name = next((column for column in NAME_COLUMNS if column in header), "")
    return _Table(str(path), header, rows, name)


def _check_header(path: Path, header: tuple[str, ...]) -> None:
    place = Place(str(path), 1, 1)
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


def _year(path: Path, year: int | None) -> int:
    if year is None:
        found = sorted({int(text) for text in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", path.name)})
        if len(found) != 1:
            raise fault(
                str(path),
                "year",
                "文件名看不出是哪一年的普查,请用 --year 指明",
                "the file's name does not say the census year; give --year",
            )
        year = found[0]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise fault(
            str(path),
            "year",
            f"年份 {year},应在 {FIRST_YEAR}–{LAST_YEAR}",
            f"year {year}, expected {FIRST_YEAR}–{LAST_YEAR}",
        )
    return year


def _find(table: _Table, wanted: str) -> tuple[int, tuple[str, ...]]:
    wanted = wanted.strip()
    regions = [(table.region(row), line, row) for line, row in table.rows]
    for test in (
        lambda region: region.code == wanted,
        lambda region: region.name == wanted,
        lambda region: len(wanted) >= 2 and wanted in region.name,
    ):
        hits = [(line, row) for region, line, row in regions if test(region)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            raise _several(table, wanted, [table.region(row) for _, row in hits])
    raise _unknown(table, wanted, [region for region, _, _ in regions])


def _label(region: CensusRegion) -> str:
    province = province_name(region.code)
    return f"{region.code} {region.name}" + (f"({province.zh})" if province else "")


def _several(table: _Table, wanted: str, hits: list[CensusRegion]) -> InvalidInput:
    names = "、".join(_label(region) for region in hits[:8]) + ("……" if len(hits) > 8 else "")
    return fault(
        table.file,
        "code",
        f"{wanted!r} 有 {len(hits)} 行:{names};请写六位代码",
        f"{wanted!r} is {len(hits)} rows: {names}; give the six-digit code",
    )


def _unknown(table: _Table, wanted: str, regions: list[CensusRegion]) -> InvalidInput:
    labels = {region.code: _label(region) for region in regions}
    labels.update({region.name: _label(region) for region in regions})
    matches = get_close_matches(wanted, list(labels), n=3, cutoff=0.5)
    close = "、".join(dict.fromkeys(labels[match] for match in matches)) or None
    problem = tr(
        "no {wanted!r} among the {regions} regions of the table; expected a six-digit code or a name",
        wanted=wanted,
        regions=len(regions),
    )
    return InvalidInput([Fault(Place(table.file), "code", problem, close)])


def _number(check: Check, table: _Table, row: tuple[str, ...], column: str) -> float | None:
    text = table.cell(row, column)
    if text in BLANKS:
        return None
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = math.nan
    if math.isfinite(value) and 0 <= value < 1e10:
        return value
    index = table.header.index(column)
    start = 1 + sum(len(cell) + 1 for cell in row[:index])
    place = Place(check.place.file, check.place.line, start)
    problem = tr("{text!r}, expected a number of 0 or more", text=text)
    check.faults.append(Fault(place, column, problem))
    return None


def _parse(table: _Table, line: int, cells: tuple[str, ...], year: int) -> CensusRow:
    check = Check(Place(table.file, line, 1))
    if len(cells) > len(table.header):
        columns = len(table.header)
        check.fault("", f"{len(cells)} 格,表头 {columns} 列", f"{len(cells)} cells under {columns} columns")
    figures = {item.name: _item(check, table, cells, item.columns) for item in ITEMS}
    ages = {sex: [_number(check, table, cells, f"{sex}_{group}") for group in AGE_GROUPS] for sex in SEX_COLUMNS}
    region = table.region(cells)
    province = province_name(region.code)
    identity = CensusRow(
        year=year,
        code=region.code,
        name=region.name,
        province=table.cell(cells, "province") or (province.zh if province else None),
        prefecture=table.cell(cells, "prefecture") or None,
        resident=0.0,
        male=0.0,
        female=0.0,
        urban=0.0,
        rural=0.0,
        male_by_age=(),
        female_by_age=(),
    )
    return finish(check, identity, figures, ages)


def _item(check: Check, table: _Table, cells: tuple[str, ...], columns: tuple[str, ...]) -> float | None:
    present = next((column for column in columns if column in table.header), None)
    return None if present is None else _number(check, table, cells, present)


def finish(
    check: Check, identity: CensusRow, figures: dict[str, float | None], ages: dict[str, list[float | None]]
) -> CensusRow:
    """The row of these figures, made to agree; InvalidInput with every fault of it."""
    if check.faults:
        raise InvalidInput(check.faults)
    row = agree(check, identity, figures, ages)
    if check.faults:
        raise InvalidInput(check.faults)
    return row
