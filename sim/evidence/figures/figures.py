"""A file of published figures: read, checked row by row, every fault with its line and column."""

import csv
import io
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Final

from sim.common.csv_header import misplaced
from sim.common.errors import Fault, InvalidInput, Place, fault, nearest
from sim.common.grid import is_workbook
from sim.common.language import Text
from sim.common.plain import content
from sim.common.quickclass import quickclass
from sim.common.units import UnitError, factor
from sim.common.written import number, without_groups
from sim.evidence.figures.errors import KINDS, Kind, is_share, own_error
from sim.evidence.texts import tr
from sim.model.registry import MEASURES
from sim.scenario.by_name import MEASURE_NAMES, close, known_id

COLUMNS: Final = ("region", "measure", "year", "value", "unit", "error", "kind", "source", "link", "use")
_NEEDED: Final = ("measure", "year", "value", "unit", "source")
_MOST_ERROR: Final = 2.0
"""Times its figure from which a standard error is a slip of its unit: the figure would say nothing."""
_SHOWN: Final = 40
"""Characters of a cell that a message repeats."""


@quickclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published figure.

    value, error (one standard error): in `unit`, the unit of the measure; link: the measure whose base-year figure says
    how the published area compares with the model's (its own where empty); used: whether it weighs the runs.
    """

    region: str
    measure: str
    year: int
    value: float
    unit: str
    error: float
    kind: Kind
    source: str
    link: str
    used: bool
    place: Place

    @property
    def key(self) -> tuple[str, str, int]:
        """What no two figures share: region, measure, year."""
        return self.region, self.measure, self.year


@quickclass(frozen=True, slots=True)
class Frame:
    """What a file of figures may speak of: regions by id with their names, and the first and last year."""

    regions: Mapping[str, Text]
    main: str
    base_year: int
    horizon: int


def read_figures(file: Path, frame: Frame) -> tuple[Figure, ...]:
    """All figures of a CSV file. Raises InvalidInput with every fault of every row."""
    lines = _text(file).splitlines(keepends=True)
    rows = list(csv.reader(lines))
    faults: list[Fault] = []
    names = [name.strip() for name in rows[0]] if rows else []
    faults.extend(_header_faults(file, names, "".join(lines)))
    if faults:
        raise InvalidInput(faults)
    found: dict[tuple[str, str, int], Figure] = {}
    reader = csv.reader(io.StringIO("".join(lines), newline=""))
    next(reader, None)
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        row = _Row(file, reader.line_num, names, cells, lines[reader.line_num - 1], faults)
        figure = row.figure(frame)
        if figure is None:
            continue
        if figure.key in found:
            before = found[figure.key].place.line
            row.fault("measure", tr("is given twice, first in line {before}", before=before))
        found.setdefault(figure.key, figure)
    if faults:
        raise InvalidInput(faults)
    if not found:
        raise fault(str(file), "", tr("there is no row of figures"))
    return tuple(found.values())


def _text(file: Path) -> str:
    """The file's text: UTF-8 with or without a mark, or what Chinese spreadsheets write."""
    data = content(file)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    if is_workbook(file):
        raise fault(str(file), "", tr("a CSV file is expected: save the sheet as CSV"))
    raise fault(str(file), "", tr("is neither UTF-8 nor GB18030 text"))


def _header_faults(file: Path, names: Sequence[str], text: str) -> list[Fault]:
    place = Place(str(file), 1, 1)
    other = misplaced(text, COLUMNS)
    if other is not None:
        return [Fault(place, "", other)]
    found = [
        Fault(place, name, tr("no column is called that"), nearest(name, COLUMNS))
        for name in names
        if name not in COLUMNS
    ]
    found += [
        Fault(place, name, tr("this column is missing"))
        for name in _NEEDED
        if name not in names and not any(one.nearest == name for one in found)
    ]
    return found


class _Row:
    """A row being read: its cells by column, and where each stands."""

    def __init__(
        self, file: Path, line: int, names: Sequence[str], cells: Sequence[str], raw: str, faults: list[Fault]
    ) -> None:
        self._file, self._line, self._raw, self._faults = file, line, raw, faults
        self._cells = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        self._order = list(names)
        self._width = len(cells)
        self._good = True

    def figure(self, frame: Frame) -> Figure | None:
        """The figure of the row; None with its faults kept."""
        if self._width > len(self._order):
            wide = f"{self._width} > {len(self._order)}"
            self.fault(self._order[-1], tr("has more cells than there are columns ({wide})", wide=wide))
        region, measure, year = self._region(frame), self._measure(), self._year(frame)
        value, kind, used = self._number("value"), self._kind(), self._used()
        if not self._cells.get("source"):
            self.fault("source", tr("the source is missing"))
        link = self._link()
        if measure is None or value is None:
            return None
        scale = self._scale(measure)
        error = self._error(measure, value, scale, kind)
        if year is not None and MEASURES[measure].is_flow and year == frame.base_year:
            first = frame.base_year + 1
            self.fault("year", tr("flows are simulated from {first} on", first=first))
        if not self._good or region is None or year is None:
            return None
        unit = MEASURES[measure].unit
        place = Place(str(self._file), self._line, self._column("value"))
        source = self._cells["source"]
        return Figure(
            region=region,
            measure=measure,
            year=year,
            value=value * scale,
            unit=unit,
            error=error,
            kind=kind,
            source=source,
            link=link,
            used=used,
            place=place,
        )

    def fault(self, column: str, problem: Text, close: str | None = None) -> None:
        """Keeps a fault of one cell."""
        self._good = False
        place = Place(str(self._file), self._line, self._column(column))
        self._faults.append(Fault(place, column, problem, close))

    def _column(self, name: str) -> int:
        """Where a cell begins in its line, from 1."""
        if name not in self._order:
            return 1
        at, quoted = 0, False
        wanted = self._order.index(name)
        for position, mark in enumerate(self._raw):
            if at == wanted:
                return position + 1
            quoted ^= mark == '"'
            at += mark == "," and not quoted
        return len(self._raw.rstrip("\r\n")) + 1

    def _region(self, frame: Frame) -> str | None:
        given = self._cells.get("region", "")
        if not given:
            return frame.main
        found = known_id(given, frame.regions)
        if found in frame.regions:
            return found
        problem = tr("no region of the scenario is called {given}", given=given)
        self.fault("region", problem, close(given, frame.regions))
        return None

    def _measure(self) -> str | None:
        return self._known_measure("measure", self._cells.get("measure", ""))

    def _known_measure(self, column: str, given: str) -> str | None:
        found = known_id(given, MEASURE_NAMES)
        if found in MEASURES:
            return found
        self.fault(column, tr("no measure is called {given}", given=given), close(given, MEASURE_NAMES))
        return None

    def _year(self, frame: Frame) -> int | None:
        given = self._cells.get("year", "")
        allowed = f"{frame.base_year}…{frame.horizon}"
        year = number(given)
        if year is not None and given.isdigit() and frame.base_year <= year <= frame.horizon:
            return int(year)
        given = given if len(given) <= _SHOWN else f"{given[:_SHOWN]}…"
        self.fault("year", tr("{given} must be a year in {allowed}", given=given, allowed=allowed))
        return None

    def _number(self, column: str) -> float | None:
        given = self._cells.get(column, "")
        value = number(given)
        if value is not None:
            return value
        plain = without_groups(given)
        if plain is not None:
            self.fault(column, tr("write {plain} without a comma, not {given!r}", plain=plain, given=given))
            return None
        self.fault(column, tr("{given} is not a number", given=given or tr("an empty cell")))
        return None

    def _kind(self) -> Kind:
        given = self._cells.get("kind", "") or "estimate"
        for kind in KINDS:
            if given == kind:
                return kind
        self.fault(
            "kind",
            tr("{given} is not one of {kinds}", given=given, kinds=", ".join(KINDS)),
            nearest(given, KINDS),
        )
        return "estimate"

    def _used(self) -> bool:
        given = (self._cells.get("use", "") or "yes").lower()
        if given in {"yes", "no", "是", "否"}:
            return given in {"yes", "是"}
        self.fault("use", tr("{given} must be yes or no", given=given))
        return True

    def _link(self) -> str:
        given = self._cells.get("link", "")
        return (self._known_measure("link", given) or "") if given else ""

    def _scale(self, measure: str) -> float:
        """What the written value is multiplied by to be in the measure's unit."""
        written, unit = self._cells.get("unit", ""), MEASURES[measure].unit
        wanted = unit
        if unit == "person/year" and written in {"人", "person", "persons", "万人", "千人", "百万人"}:
            wanted = "person"  # a year's births are written as persons
        try:
            return factor(written, wanted)
        except UnitError as problem:
            self.fault(
                "unit",
                tr("unit {written} does not fit a measure in {unit}", written=written or tr("(empty)"), unit=unit),
                problem.close,
            )
            return 1.0

    def _error(self, measure: str, value: float, scale: float, kind: Kind) -> float:
        """The standard error in the measure's unit: in the row's unit, as per cent of a count, or the default."""
        given = self._cells.get("error", "")
        if not given:
            return own_error(measure, kind, value * scale)
        relative = given.endswith("%")
        if relative and is_share(measure):
            self.fault("error", tr("the error of a share is in the unit of its value, no %"))
            return 0.0
        try:
            size = float(given.removesuffix("%"))
        except ValueError:
            size = float("nan")
        if not (isfinite(size) and size > 0.0):
            self.fault("error", tr("{given} must be a number over 0", given=given))
            return 0.0
        error = abs(value * scale) * size / 100.0 if relative else size * scale
        if error > (1.0 if is_share(measure) else _MOST_ERROR * abs(value * scale)) and value:
            self.fault("error", tr("{given} is more than the figure: check its unit", given=given))
        return error


def merged(before: Sequence[Figure], now: Sequence[Figure]) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """All figures to date, those of `now` in the place of earlier ones; and the earlier ones that were revised."""
    by_key = {figure.key: figure for figure in before}
    changed = tuple(by_key[f.key] for f in now if f.key in by_key and by_key[f.key].value != f.value)
    by_key |= {figure.key: figure for figure in now}
    return tuple(by_key[key] for key in sorted(by_key)), changed
