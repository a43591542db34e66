"""The figures of a region's own `census.csv`, read line by line, every fault with its place and the nearest name."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Literal

from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.common.units import UnitError, factor, is_known
from sim.common.written import number
from sim.places.census.further import FURTHER
from sim.places.census.read import FIRST_YEAR, LAST_YEAR
from sim.places.census.row import AGE_GROUPS, ITEMS
from sim.places.texts import tr

COLUMNS: Final = ("year", "item", "sex", "age_group", "value", "unit", "source")
PERSONS_BY_AGE: Final = "persons"
_LARGEST: Final = 1e10
_SIGNED: Final = ("longitude", "latitude")
_OF_ROW: Final = frozenset(one.name for one in ITEMS)
_ALL: Final = (*(one.name for one in ITEMS), *(one.name for one in FURTHER), PERSONS_BY_AGE)
_UNITS: Final = {
    **{one.name: one.unit for one in ITEMS},
    **{one.name: one.unit for one in FURTHER},
    PERSONS_BY_AGE: "人",
}
_GROUPS: Final = {group: at for at, group in enumerate(AGE_GROUPS)}
_BY_SEX: Final = ("male", "female")

Column = Literal["year", "item", "sex", "age_group", "value", "unit", "source"]


@quickclass(frozen=True, slots=True)
class OfYear:
    """The figures of one census: of the row, by age for each sex, and further ones; None where there is none."""

    figures: dict[str, float | None]
    ages: dict[str, list[float | None]]
    further: dict[str, float]


def figures(path: Path, lines: Iterable[tuple[int, Sequence[str]]]) -> dict[int, OfYear]:
    """The figures of a file by year. lines: their numbers and cells. Raises InvalidInput with every fault."""
    found: dict[int, OfYear] = {}
    seen: dict[tuple[int, str, str, str], int] = {}
    faults: list[Fault] = []
    for line, cells in lines:
        year, value, wrong = _read(cells)
        key = (year, cells[1], cells[2], cells[3])
        if not wrong and key in seen:
            wrong.append(("item", tr("is given twice, first in line {before}", before=seen[key]), None))
        seen.setdefault(key, line)
        faults.extend(Fault(_place(path, line, cells, column), column, text, like) for column, text, like in wrong)
        if not wrong:
            _keep(found, key, value)
    if faults:
        raise InvalidInput(faults)
    return found


def _keep(found: dict[int, OfYear], key: tuple[int, str, str, str], value: float) -> None:
    year, item, sex, group = key
    if year not in found:
        ages: dict[str, list[float | None]] = {one: [None] * len(AGE_GROUPS) for one in _BY_SEX}
        found[year] = OfYear(dict.fromkeys(_OF_ROW), ages, {})
    of = found[year]
    if item == PERSONS_BY_AGE:
        of.ages[sex][_GROUPS[group]] = value
    elif item in _OF_ROW:
        of.figures[item] = value
    else:
        of.further[item] = value


def _read(cells: Sequence[str]) -> tuple[int, float, list[tuple[Column, Text, str | None]]]:
    """The year and the value of a line, and what is wrong with it: the column, the problem, the nearest right name."""
    written, item, sex, group, amount = cells[:5]
    wrong: list[tuple[Column, Text, str | None]] = []
    year = int(written) if written.isdecimal() and len(written) == 4 else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        allowed = f"{FIRST_YEAR}…{LAST_YEAR}"
        wrong.append(("year", tr("{given} must be a year in {allowed}", given=_short(written), allowed=allowed), None))
    if item not in _UNITS:
        problem = tr("no figure of a census is called {given}", given=_short(item))
        wrong.append(("item", problem, nearest(item, _ALL)))
    elif item == PERSONS_BY_AGE:
        wrong += _of_ages(sex, group)
    elif sex or group:
        wrong.append(
            ("sex", tr("{item} is of all ages and both sexes: leave sex and age_group empty", item=item), None)
        )
    unit = cells[5] if len(cells) > 5 else ""
    if unit and item in _UNITS and not _is_same(unit, _UNITS[item]):
        wrong.append(("unit", tr("{item} is in {unit}", item=item, unit=_UNITS[item]), None))
    value = number(amount)
    if value is None:
        wrong.append(("value", tr("{given} is not a number", given=_short(amount)), None))
    elif not (0.0 <= value < _LARGEST or (item in _SIGNED and -180.0 <= value <= 180.0)):
        wrong.append(("value", tr("{given} is no count, share or degree", given=_short(amount)), None))
    return year, value or 0.0, wrong


def _is_same(unit: str, wanted: str) -> bool:
    if unit == wanted or not is_known(wanted):
        return unit == wanted
    try:
        return factor(unit, wanted) == 1.0
    except UnitError:
        return False


def _of_ages(sex: str, group: str) -> Iterable[tuple[Column, Text, str | None]]:
    if sex not in _BY_SEX:
        allowed = ", ".join(_BY_SEX)
        yield "sex", tr("{given} must be one of {allowed}", given=_short(sex), allowed=allowed), nearest(sex, _BY_SEX)
    if group not in _GROUPS:
        allowed = ", ".join(AGE_GROUPS)
        problem = tr("{given} must be one of {allowed}", given=_short(group), allowed=allowed)
        yield "age_group", problem, nearest(group, AGE_GROUPS)


def _short(given: str) -> Text:
    return tr("an empty cell") if not given else tr("{given}", given=repr(given[:40]))


def _place(path: Path, line: int, cells: Sequence[str], column: str) -> Place:
    at = COLUMNS.index(column)
    return Place(str(path), line, 1 + sum(len(cell) + 1 for cell in cells[:at]))
