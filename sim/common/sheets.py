"""Tables of places as people keep them: workbooks, CSV in GBK or with Chinese headings, in the program's columns."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.grid import Grid, Header, decoded, grids, header, heading, is_workbook, text_of
from sim.common.plain import content

HISTORY: Final = {
    "区域": "area",
    "指标": "indicator",
    "年份": "year",
    "数值": "value",
    "单位": "unit",
    "系列": "series",
    "来源": "source",
    "备注": "note",
}
"""Headings of published figures, and the columns that they are."""
INDICATORS: Final = {
    "常住人口": "resident_pop",
    "城镇人口": "urban_pop",
    "乡村人口": "rural_pop",
    "城区人口": "urban_district_pop",
    "户籍人口": "registered_pop",
    "城镇化率": "urbanization_rate",
    "家庭户": "family_households",
    "0-14岁": "age_0_14",
    "15-59岁": "age_15_59",
    "60岁及以上": "age_60plus",
    "65岁及以上": "age_65plus",
}
"""Indicators of published figures by their Chinese names."""


class Sheet(NamedTuple):
    """A table in the program's columns: the rows below the header, each by column, and where a cell stands."""

    grid: Grid
    columns: tuple[str, ...]
    places: tuple[int, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def place(self, row: int, column: str) -> Place:
        """Where a cell stands."""
        return self.grid.mark(row, self.places[self.columns.index(column)]).place


def is_sheet(path: Path, headings: Mapping[str, str]) -> bool:
    """Whether a file is a workbook, or a CSV in GBK or with Chinese headings. Raises InvalidInput if it is no file."""
    if is_workbook(path):
        return True
    found = decoded(content(path))
    if found is None:
        return False
    text, encoding = found
    first = text.splitlines()[:1]
    return encoding != "utf-8-sig" or any(heading(cell) in headings for line in first for cell in line.split(","))


def read_sheet(path: Path, headings: Mapping[str, str]) -> Sheet:
    """The first sheet of a file that has these headings, or the columns themselves. Raises InvalidInput if none has."""
    names = {**headings, **{column: column for column in headings.values()}}
    faults: list[Fault] = []
    for grid in grids(path):
        tried: list[Fault] = []
        found = header(grid, list(names), tried, others=True) if grid.rows else None
        if found is not None:
            if tried:
                raise InvalidInput(tried)
            return _sheet(grid, found, names)
        faults = faults or tried
    raise InvalidInput(faults)


def _sheet(grid: Grid, found: Header, names: Mapping[str, str]) -> Sheet:
    columns = tuple(names.get(name, name) for name in found.columns)
    places = tuple(found.columns.values())
    rows = tuple(
        (row, tuple(text_of(cells[place]) if place < len(cells) else "" for place in places))
        for row, cells in found.rows
    )
    return Sheet(grid, columns, places, tuple((row, cells) for row, cells in rows if any(cells)))
