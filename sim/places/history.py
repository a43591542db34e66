"""A region's `history.csv`: published figures of other years, every cell checked when it is read."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from sim.common.csv_header import misplaced
from sim.common.errors import Fault, InvalidInput, Place, nearest
from sim.common.language import Text
from sim.common.plain import content
from sim.common.quickclass import quickclass
from sim.common.sheets import HISTORY, Sheet, is_sheet, read_sheet
from sim.common.sheets import INDICATORS as INDICATOR_NAMES
from sim.common.units import UnitError, factor
from sim.common.written import number, without_groups
from sim.places.census.stem import plain, stem
from sim.places.texts import tr

COLUMNS: Final = ("area", "indicator", "year", "value", "unit", "series", "source", "note")
_NEEDED: Final = COLUMNS[:-1]
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
MOST: Final = 1e10
"""More people or households than there are; other figures may be anything."""
LEAST_RATE: Final = 0.02
"""Urban share below which no county lies: the least is 2.76% in all but one in a thousand (census of 2010)."""
_SLIP: Final = 0.9
"""How like a known indicator one is that means it; others may be called anything, and no chart shows them."""
MOST_TIMES: Final = 30.0
"""How many times the residents of a census year another year's may be; parts of them may be as small again."""

INDICATORS: Final = {
    "resident_pop": ("resident", "person"),
    "urban_pop": ("urban", "person"),
    "rural_pop": ("rural", "person"),
    "urban_district_pop": ("city", "person"),
    "registered_pop": ("registered", "person"),
    "urbanization_rate": ("urbanization_rate", "share"),
    "family_households": ("households", "households"),
    "age_0_14": ("age_0_14", "person"),
    "age_15_59": ("age_15_59", "person"),
    "age_60plus": ("age_60_plus", "person"),
    "age_65plus": ("age_65_plus", "person"),
}
"""The measure and unit of each indicator that the charts show."""


Refuse = Callable[[str, Text, str | None], None]
"""Keeps a fault of a column: what is wrong, and the nearest right name."""


@quickclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A figure of a history. value: in `unit` as written; measure: the model's, with its value in the model's unit."""

    area: str
    indicator: str
    year: int
    value: float
    unit: str
    series: str
    source: str
    measure: str | None
    in_model: float
    model_unit: str
    place: Place


def read_history(path: Path) -> tuple[Published, ...]:
    """The figures of a history, rows without a value left out; InvalidInput with every fault, by line and column."""
    found = _read(path)
    if found.faults:
        raise InvalidInput(found.faults)
    return found.figures


class _Read(NamedTuple):
    """What a history says: its figures, where each area stands first among rows with a value, and every fault."""

    figures: tuple[Published, ...]
    areas: dict[str, Place]
    faults: list[Fault]


def _read(path: Path) -> _Read:
    """All rows of a history. Raises InvalidInput where they cannot be told apart or their columns are not known."""
    if is_sheet(path, HISTORY):
        return _of_sheet(path)
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [cell.strip() for cell in next(reader, [])]
        rows = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as problem:
        raise _broken(path, tr("not a valid CSV: {problem}", problem=problem)) from None
    faults = _header_faults(path, header, text)
    if faults:
        raise InvalidInput(faults)
    return _of_rows(header, [(cells, _CsvRow(path, line, header, cells)) for line, cells in rows])


def _of_rows(header: list[str], rows: Sequence[tuple[list[str], "_CsvRow | _SheetRow"]]) -> _Read:
    faults: list[Fault] = []
    found = [_figure(cells, header, at, faults) for cells, at in rows]
    areas: dict[str, Place] = {}
    for cells, at in rows:
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if row.get("area") and row.get("value"):
            areas.setdefault(row["area"], at.place(""))
    return _Read(tuple(figure for figure in found if figure is not None), areas, faults)


class _CsvRow(NamedTuple):
    """A line of a CSV."""

    path: Path
    line: int
    header: list[str]
    cells: list[str]

    def place(self, column: str) -> Place:
        """Where a cell stands, the line where the column is empty."""
        start = 1 + sum(len(cell) + 1 for cell in self.cells[: self.header.index(column)]) if column else 1
        return Place(str(self.path), self.line, start)


class _SheetRow(NamedTuple):
    """A row of a sheet."""

    sheet: Sheet
    row: int

    def place(self, column: str) -> Place:
        """Where a cell stands, the first of the row where the column is empty."""
        return self.sheet.place(self.row, column or self.sheet.columns[0])


def _of_sheet(path: Path) -> _Read:
    """The same from a workbook, or from a CSV in GBK or with Chinese headings."""
    sheet = read_sheet(path, HISTORY)
    missing = [name for name in _NEEDED if name not in sheet.columns]
    if missing:
        head = {column: name for name, column in HISTORY.items()}
        place = sheet.grid.mark(0, 0).place
        problem = tr("this column is missing")
        raise InvalidInput([Fault(place, f"{head[name]} ({name})", problem) for name in missing])
    return _of_rows(list(sheet.columns), [(list(cells), _SheetRow(sheet, row)) for row, cells in sheet.rows])


def history_of(path: Path, name: str, residents: float | None = None) -> tuple[Published, ...]:
    """The history of a region or group of that Chinese name, and so many residents where that is known.

    Raises InvalidInput also where no row, or a row of nearly that name, is of it: it would count for nothing; and for
    figures of another size, as 万人 without saying so, ten thousand times too small, or a fraction with the unit %.
    """
    found = _read(path)
    own = [one for one in found.figures if one.area == name]
    faults = found.faults + _misnamed(found.areas, name)
    if residents is not None:
        faults += [_of_size(one, residents) for one in own if not _is_of_size(one, residents)]
    if faults:
        raise InvalidInput(faults)
    return found.figures


def _misnamed(areas: Mapping[str, Place], name: str) -> list[Fault]:
    """The first row of each area that would be passed over, though it is this one, or though none is."""
    first = {area: place for area, place in areas.items() if area != name}
    if name in areas:
        first = {area: place for area, place in first.items() if plain(area) in (name, stem(name))}
    close = {area: name if nearest(plain(area), [name]) else None for area in first}
    wanted = [area for area in first if close[area]] or list(first)[:1]
    return [
        Fault(
            first[area],
            "area",
            tr("a row counts where its area is called {name}; this one is {given!r}", name=name, given=area),
            close[area],
        )
        for area in wanted
    ]


def _of_size(one: Published, residents: float) -> Fault:
    problem = tr(
        "{value:g} {unit} cannot be of a region of {residents:,.0f} residents: check value and unit",
        value=one.value,
        unit=one.unit,
        residents=residents,
    )
    return Fault(one.place, "value", problem)


def _is_of_size(one: Published, residents: float) -> bool:
    if one.measure == "urbanization_rate":
        return one.in_model >= LEAST_RATE
    if one.measure is None or one.model_unit not in ("person", "households"):
        return True
    least = 1.0 / MOST_TIMES if one.measure in ("resident", "registered") else 1.0 / (MOST_TIMES * MOST_TIMES)
    return one.in_model == 0.0 or least <= one.in_model / residents <= MOST_TIMES


def _text(path: Path) -> str:
    try:
        return content(path).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        text = tr("not UTF-8 (perhaps GBK); save it as CSV UTF-8 and try again")
        raise InvalidInput([Fault(Place(str(path), line, 1), "", text)]) from None


def _broken(path: Path, problem: Text) -> InvalidInput:
    return InvalidInput([Fault(Place(str(path), 1, 1), "", problem)])


def _header_faults(path: Path, header: list[str], text: str) -> list[Fault]:
    place, other = Place(str(path), 1, 1), misplaced(text, COLUMNS)
    if other is not None:
        return [Fault(place, "", other)]
    missing = [name for name in _NEEDED if name not in header]
    return [Fault(place, name, tr("this column is missing"), nearest(name, header)) for name in missing]


def _figure(cells: list[str], header: list[str], at: _CsvRow | _SheetRow, faults: list[Fault]) -> Published | None:
    row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    row["indicator"] = INDICATOR_NAMES.get(row.get("indicator", ""), row.get("indicator", ""))
    before = len(faults)

    def refuse(column: str, problem: Text, close: str | None = None) -> None:
        faults.append(Fault(at.place(column), column, problem, close))

    if len(cells) > len(header) or any(name not in row for name in _NEEDED):
        problem = tr("{given} cells under {columns} columns", given=len(cells), columns=len(header))
        faults.append(Fault(at.place(""), "", problem))
        return None
    year, value = number(row["year"]), number(row["value"])
    if year is None or year != int(year) or not FIRST_YEAR <= year <= LAST_YEAR:
        allowed = f"{FIRST_YEAR}…{LAST_YEAR}"
        refuse("year", tr("{given!r} is no year in {allowed}", given=row["year"], allowed=allowed))
    if value is None and row["value"]:
        refuse("value", not_a_number(row["value"]))
    measure, unit, scale = _measure(row, refuse)
    if measure is not None and value is not None and not 0.0 <= value * scale <= (1.0 if unit == "share" else MOST):
        refuse("value", tr("{value:g} {unit} cannot be", value=value, unit=row["unit"]))
    if len(faults) > before or year is None or value is None:
        return None
    return Published(
        area=row["area"],
        indicator=row["indicator"],
        year=int(year),
        value=value,
        unit=row["unit"],
        series=row["series"],
        source=row["source"],
        measure=measure,
        in_model=value * scale,
        model_unit=unit,
        place=at.place(""),
    )


@lru_cache(maxsize=1024)
def _slip_of(name: str) -> str | None:
    """The indicator that a name is a slip of, where it is so near to one; files name few, many times."""
    found = get_close_matches(name.lower(), INDICATORS, n=1, cutoff=_SLIP)
    return found[0] if found else None


def _measure(row: dict[str, str], refuse: Refuse) -> tuple[str | None, str, float]:
    """The model's measure of a row, its unit, and the factor to it; no measure where the model has none."""
    known = INDICATORS.get(row["indicator"])
    if known is None:
        close = _slip_of(row["indicator"])
        if close is not None:
            refuse("indicator", tr("no indicator is called {given!r}", given=row["indicator"]), close)
        return None, row["unit"], 1.0
    measure, unit = known
    try:
        return measure, unit, factor(row["unit"], unit)
    except UnitError as problem:
        allowed = ", ".join(problem.allowed)
        text = tr("unit {unit!r} does not fit; allowed: {allowed}", unit=row["unit"], allowed=allowed)
        refuse("unit", text, problem.close)
        return None, unit, 1.0


def not_a_number(given: str) -> Text:
    """What to say of a cell that is no number, and of one with commas between its thousands."""
    plain = without_groups(given)
    if plain is not None:
        return tr("write {plain} without a comma, not {given!r}", plain=plain, given=given)
    return tr("{given!r} is not a number", given=given)
