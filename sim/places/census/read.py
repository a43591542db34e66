"""Reading one row of a county census table (CSV, UTF-8), found by its code or its name."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput, Place, fault
from sim.common.written import number
from sim.places.census.check import Check, agree
from sim.places.census.further import FURTHER
from sim.places.census.row import AGE_GROUPS, ITEMS, NOBODY, CensusRow, Item
from sim.places.census.surroundings import CENTRES, WHOLE, located, surrounded
from sim.places.census.table import SEX_COLUMNS, CensusRegion, Table, read_table
from sim.places.census.totals import not_counties
from sim.places.china.province_names import province_name
from sim.places.texts import tr

FIRST_YEAR: Final = 1953
LAST_YEAR: Final = 2100
_COUNTED: Final = frozenset({"人", "户"})
_FEW: Final = 1000
"""Below this a count with decimals is no estimate but thousands or ten thousands."""
_LONGEST_NAME: Final = 60
BLANKS: Final = frozenset({"", "-", "–", "—", "…", "NA", "N/A", "nan", "NaN"})


def list_regions(path: Path) -> tuple[CensusRegion, ...]:
    """Every region of a census table, in the order of the file; InvalidInput if it cannot be read."""
    table = read_table(path)
    return tuple(table.region(row) for _, row in table.rows)


def read_row(path: Path, code: str, year: int | None = None) -> CensusRow:
    """The row of the region with this code or name.

    year: the census year; without it, the one year the file's name contains.
    InvalidInput: the file, the code or the year is unknown, a cell is not a number, or the figures do
    not agree (see `sim.places.census.check`).
    """
    table = read_table(path)
    census_year = _year(path, year)
    line, cells = _find(table, code)
    row = _parse(table, line, cells, census_year)
    if row.kind == "province" or len(table.rows) < WHOLE:
        return row
    others = [one for one in _usable(table, census_year, []) if one.code != row.code]
    return _around(path, [*others, row], [row])[0]


def read_rows(path: Path, year: int | None = None) -> tuple[tuple[CensusRow, ...], tuple[Fault, ...]]:
    """Every usable row of a census table in the order of the file, and what is wrong with the others.

    InvalidInput: the file or the year, or no row of it, can be used.
    """
    table = read_table(path)
    census_year = _year(path, year)
    faults: list[Fault] = []
    rows = _usable(table, census_year, faults)
    if not rows:
        raise InvalidInput(faults) if faults else fault(str(path), "", tr("the table has no row"))
    return _around(path, rows), tuple(faults)


def _around(path: Path, rows: Sequence[CensusRow], asked: Sequence[CensusRow] | None = None) -> tuple[CensusRow, ...]:
    """The rows that are asked for (all) with what lies around them; coordinates, where a table of them lies beside."""
    centres = path.with_name(CENTRES)
    return surrounded(rows, located(rows, centres) if centres.is_file() else None, asked)


def _usable(table: Table, year: int, faults: list[Fault]) -> list[CensusRow]:
    """Every usable row of a table; what is wrong with the others is added to `faults`."""
    rows = []
    others = not_counties(table)
    for line, cells in table.rows:
        if line in others:
            faults.append(others[line])
            continue
        try:
            rows.append(_parse(table, line, cells, year))
        except InvalidInput as problem:
            faults.extend(problem.faults)
    return rows


def _year(path: Path, year: int | None) -> int:
    if year is None:
        found = sorted({int(text) for text in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", path.name)})
        if len(found) != 1:
            raise fault(
                str(path),
                "year",
                tr("the file's name does not say the census year; give --year"),
            )
        year = found[0]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise fault(
            str(path),
            "year",
            tr("year {year}, expected {first_year}–{last_year}", year=year, first_year=FIRST_YEAR, last_year=LAST_YEAR),
        )
    return year


def _find(table: Table, wanted: str) -> tuple[int, tuple[str, ...]]:
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
        if len({table.region(row) for _, row in hits}) == 1:
            raise _twice(table, wanted, [line for line, _ in hits])
        if hits:
            raise _several(table, wanted, [table.region(row) for _, row in hits])
    raise _unknown(table, wanted, [region for region, _, _ in regions])


def _label(region: CensusRegion) -> str:
    province = province_name(region.code)
    return f"{region.code} {region.name}" + (f"({province.zh})" if province else "")


def _several(table: Table, wanted: str, hits: list[CensusRegion]) -> InvalidInput:
    names = "、".join(_label(region) for region in hits[:8]) + ("……" if len(hits) > 8 else "")
    return fault(
        table.file,
        "code",
        tr("{wanted!r} is {hits} rows: {names}; give the six-digit code", wanted=wanted, hits=len(hits), names=names),
    )


def _twice(table: Table, wanted: str, lines: list[int]) -> InvalidInput:
    listed = ", ".join(str(line) for line in lines)
    problem = tr("{wanted!r} is there twice, in lines {listed}; keep one of them", wanted=wanted, listed=listed)
    return InvalidInput([Fault(Place(table.file, lines[1], 1), "code", problem)])


def _unknown(table: Table, wanted: str, regions: list[CensusRegion]) -> InvalidInput:
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


def _number(check: Check, table: Table, row: tuple[str, ...], column: str) -> float | None:
    text = table.cell(row, column)
    if text in BLANKS:
        return None
    value = number(text, grouped=True)
    if value is not None and 0 <= value < 1e10:
        return value
    problem = tr("{text!r}, expected a number of 0 or more", text=text)
    check.faults.append(Fault(_cell(check, table, row, column), column, problem))
    return None


def _cell(check: Check, table: Table, row: tuple[str, ...], column: str) -> Place:
    return table.place(check.place.line, row, column)


def _parse(table: Table, line: int, cells: tuple[str, ...], year: int) -> CensusRow:
    check = Check(Place(table.file, line, 1))
    if len(cells) > len(table.header):
        columns = len(table.header)
        check.fault("", tr("{given} cells under {columns} columns", given=len(cells), columns=columns))
    figures = {item.name: _item(check, table, cells, item) for item in ITEMS}
    ages = {sex: [_number(check, table, cells, f"{sex}_{group}") for group in AGE_GROUPS] for sex in SEX_COLUMNS}
    region = table.region(cells)
    _check_name(check, region.name)
    province = province_name(region.code)
    identity = replace(
        NOBODY,
        year=year,
        code=region.code,
        name=region.name,
        province=table.cell(cells, "province") or (province.zh if province else None),
        prefecture=table.cell(cells, "prefecture") or None,
        further=_further(check, table, cells),
    )
    return finish(check, identity, figures, ages)


def _item(check: Check, table: Table, cells: tuple[str, ...], item: Item) -> float | None:
    present = next((column for column in item.columns if column in table.positions), None)
    if present is None:
        return None
    value = _number(check, table, cells, present)
    check.columns[item.name] = partial(_cell, check, table, cells, present)
    if value is not None and item.unit in _COUNTED and value < _FEW and value != int(value):
        problem = tr(
            "{value:g} {unit} is no whole number, so it seems to be written in 万; write it one by one, as {whole:.0f}",
            value=value,
            unit=item.unit,
            whole=value * 10_000,
        )
        check.faults.append(Fault(_cell(check, table, cells, present), present, problem))
    return value


def _further(check: Check, table: Table, cells: tuple[str, ...]) -> dict[str, float]:
    """What else the table has of the region; shares are in %."""
    found = {}
    for one in FURTHER:
        if one.column not in table.positions:
            continue
        value = _number(check, table, cells, one.column)
        if value is None:
            continue
        if one.unit == "%" and value > 100.0:
            problem = tr("{value:g}% is more than 100%", value=value)
            check.faults.append(Fault(_cell(check, table, cells, one.column), one.column, problem))
        found[one.name] = value
    return found


def _check_name(check: Check, name: str) -> None:
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        problem = tr(
            "a name of 1–{most} characters is expected, not {given} of them", most=_LONGEST_NAME, given=len(name)
        )
        check.fault("county", problem)


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
