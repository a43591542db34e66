"""A region's census rows in the project's own layout: one figure a line, with unit and source."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import yaml

from sim.common.errors import Place, fault
from sim.common.plain import content
from sim.places.census.check import Check
from sim.places.census.further import FURTHER
from sim.places.census.own import COLUMNS, PERSONS_BY_AGE, figures
from sim.places.census.read import finish
from sim.places.census.row import AGE_GROUPS, ITEMS, NOBODY, CensusRow
from sim.places.texts import tr

FILE: Final = "census.csv"
IDENTITY: Final = "region.yaml"
_AROUND: Final = "按同一分县表汇总;距离按县级驻地坐标"
"""Source of what lies around a county."""
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def write_rows(path: Path, rows: Iterable[CensusRow]) -> None:
    """Write the rows as `year,item,sex,age_group,value,unit,source`; blank figures are left out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerows(_lines(row))


def source_of(year: int) -> str:
    """The publication a county census row comes from."""
    known = {2010: "第六次全国人口普查分县资料", 2020: "第七次全国人口普查分县资料"}
    return known.get(year, f"{year}年人口普查分县资料")


def _lines(row: CensusRow) -> list[tuple[str, ...]]:
    year, source = str(row.year), source_of(row.year)
    lines: list[tuple[str, ...]] = []
    for item in ITEMS:
        value = getattr(row, item.name)
        if value is not None:
            lines.append((year, item.name, "", "", _number(value), item.unit, source))
    for one in FURTHER:
        if one.name in row.further:
            figure = _number(round(row.further[one.name], 6))
            lines.append((year, one.name, "", "", figure, one.unit, source if one.column else _AROUND))
    for sex, ages in (("male", row.male_by_age), ("female", row.female_by_age)):
        for group, value in zip(AGE_GROUPS, ages, strict=True):
            lines.append((year, PERSONS_BY_AGE, sex, group, _number(value), "人", source))
    return lines


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def read_region(folder: Path) -> dict[int, CensusRow]:
    """The census rows of a region folder by year, oldest first; InvalidInput with every fault of its files."""
    return read_own(folder / FILE, _identity(folder / IDENTITY))


def read_own(path: Path, identity: CensusRow | None = None) -> dict[int, CensusRow]:
    """The census rows of a file in the project's layout by year, oldest first. identity: of the region it is of.

    Raises InvalidInput with every fault.
    """
    found = figures(path, _cells(path))
    return {
        year: finish(
            Check(Place(str(path))),
            replace(identity or NOBODY, year=year, further=found[year].further),
            found[year].figures,
            found[year].ages,
        )
        for year in sorted(found)
    }


def _cells(path: Path) -> list[tuple[int, list[str]]]:
    try:
        text = content(path).decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(reader, [])
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except (UnicodeDecodeError, csv.Error) as problem:
        raise fault(str(path), "", tr("cannot read the census figures: {problem}", problem=problem)) from None
    if tuple(header[:5]) != COLUMNS[:5] or any(len(cells) < 5 for _, cells in lines):
        expected = ",".join(COLUMNS)
        raise fault(str(path), "", tr("expected the columns {expected}", expected=expected))
    return lines


def _identity(path: Path) -> CensusRow:
    try:
        data: Any = yaml.load(content(path).decode("utf-8-sig"), _LOADER)  # noqa: S506 - a safe one
        code, name = str(data["code"]), str(data["name"]["zh"])
        parent, province = data.get("parent") or {}, data.get("province") or {}
        return replace(NOBODY, code=code, name=name, province=province.get("zh"), prefecture=parent.get("zh"))
    except (UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as problem:
        raise fault(
            str(path),
            "",
            tr("cannot read the region's identity (code and name.zh): {problem}", problem=problem),
        ) from None
