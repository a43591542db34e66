"""What lies around each county of a table: its prefecture and province, and, with coordinates, residents nearby.

Plain Python: census rows are read without a numerical library.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Final

from sim.common.errors import Fault, InvalidInput, Place
from sim.common.quickclass import quickclass
from sim.places.census.further import REACHES
from sim.places.census.row import AGE_STARTS, CensusRow
from sim.places.census.stem import stem
from sim.places.texts import tr

CENTRES: Final = "centres.csv"
"""A table `code,longitude,latitude,name` of county seats that may lie beside a county table."""

WHOLE: Final = 1000
"""Rows from which on a table is taken for a whole nation's."""

METROPOLES: Final = ("1101", "3101", "4401", "4403")
"""Prefectures of Beijing, Shanghai, Guangzhou, Shenzhen."""

_RADIUS: Final = 6371.0
_CELL: Final = 2.0
_YOUNG: Final = AGE_STARTS.index(15)
_OLD: Final = AGE_STARTS.index(60)

_BEYOND: Final = 1.001 * max(REACHES) / _RADIUS
"""Latitudes [radians] so far apart that no reach spans them."""

Point = tuple[float, float]
_Angles = tuple[float, float, float]
"""Longitude and latitude [radians], and the cosine of the latitude."""
_Around = tuple[_Angles, float, float, float]
"""Where a county lies, its residents, urban residents and outsiders."""


@quickclass(frozen=True, slots=True)
class _Sum:
    """Persons of some counties."""

    resident: float = 0.0
    urban: float = 0.0
    outside: float = 0.0
    young: float = 0.0
    old: float = 0.0

    def with_(self, row: CensusRow) -> "_Sum":
        young = sum(row.male_by_age[:_YOUNG]) + sum(row.female_by_age[:_YOUNG])
        old = sum(row.male_by_age[_OLD:]) + sum(row.female_by_age[_OLD:])
        return _Sum(
            self.resident + row.resident,
            self.urban + row.urban,
            self.outside + (row.outside or 0.0),
            self.young + young,
            self.old + old,
        )


def surrounded(
    rows: Sequence[CensusRow], centres: Mapping[str, Point] | None = None, asked: Sequence[CensusRow] | None = None
) -> tuple[CensusRow, ...]:
    """The rows of a whole table with the figures `SUMS`, and `NEAR` where there are coordinates [degrees] by code.

    asked: those of the rows that are wanted; without it, all.
    A table of under `WHOLE` rows is taken for a part of a nation's, whose sums would say nothing; it stays as it is.
    """
    wanted = rows if asked is None else asked
    if len(rows) < WHOLE:
        return tuple(wanted)
    prefectures, provinces = _sums(rows, _prefecture), _sums(rows, _province)
    near: Sequence[dict[str, float]] = [{} for _ in wanted]
    if centres:
        near = _near(rows, centres, wanted)
    return tuple(
        replace(
            row,
            further={
                **row.further,
                **_told("prefecture", prefectures[_prefecture(row)]),
                **_told("province", provinces[_province(row)]),
                **own,
            },
        )
        for row, own in zip(wanted, near, strict=True)
    )


def located(rows: Sequence[CensusRow], path: Path) -> dict[str, Point]:
    """Coordinates of the rows' seats by code, from a table of centres; InvalidInput where it is none.

    By the name's stem within the prefecture, else by code, else by a stem that is unique in the province; a
    seat that is not in the table lies where its prefecture's others do, on average.
    """
    by_code, by_prefecture, by_province = _centres(path)
    found: dict[str, Point] = {}
    for row in rows:
        name = stem("".join(row.name.split()))
        here = by_prefecture.get((row.code[:4], name)) or by_code.get(row.code)
        there = by_province.get((row.code[:2], name), [])
        point = here or (there[0] if len(there) == 1 else None)
        if point:
            found[row.code] = point
    groups: dict[str, list[Point]] = defaultdict(list)
    for code, point in found.items():
        groups[code[:4]].append(point)
    for row in rows:
        others = groups.get(row.code[:4])
        if row.code not in found and others:
            found[row.code] = _middle([(point, 1.0) for point in others])
    return found


def seats(path: Path) -> int:
    """How many seats a table of centres has; InvalidInput where it is none."""
    return len(_centres(path)[0])


def _centres(
    path: Path,
) -> tuple[dict[str, Point], dict[tuple[str, str], Point], dict[tuple[str, str], list[Point]]]:
    by_code: dict[str, Point] = {}
    by_prefecture: dict[tuple[str, str], Point] = {}
    by_province: dict[tuple[str, str], list[Point]] = defaultdict(list)
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                line += 1
                code, point = row["code"], (float(row["longitude"]), float(row["latitude"]))
                if not (-180.0 <= point[0] <= 180.0 and -90.0 <= point[1] <= 90.0):
                    raise ValueError(f"{point[0]:g}, {point[1]:g}")
                by_code[code] = point
                name = stem("".join((row.get("name") or "").split()))
                by_prefecture[code[:4], name] = point
                by_province[code[:2], name].append(point)
    except (OSError, UnicodeDecodeError, KeyError, TypeError, ValueError, csv.Error) as problem:
        text = tr("expected the columns code, longitude, latitude [degrees]: {problem}", problem=problem)
        raise InvalidInput([Fault(Place(str(path), line, 1), "longitude, latitude", text)]) from None
    return by_code, by_prefecture, by_province


def _prefecture(row: CensusRow) -> str:
    return row.code[:4]


def _province(row: CensusRow) -> str:
    return row.code[:2]


def _sums(rows: Sequence[CensusRow], group: Callable[[CensusRow], str]) -> dict[str, _Sum]:
    found: dict[str, _Sum] = defaultdict(_Sum)
    for row in rows:
        found[group(row)] = found[group(row)].with_(row)
    return found


def _told(area: str, of: _Sum) -> dict[str, float]:
    return {
        f"{area}_residents": of.resident,
        f"{area}_urban_share": of.urban / of.resident,
        f"{area}_outsider_share": of.outside / of.resident,
        f"{area}_young_share": of.young / of.resident,
        f"{area}_old_share": of.old / of.resident,
    }


def _near(
    rows: Sequence[CensusRow], centres: Mapping[str, Point], wanted: Sequence[CensusRow]
) -> list[dict[str, float]]:
    """Figures from coordinates of every wanted row; none where a row has none."""
    points = [centres.get(row.code) for row in rows]
    seats = _seats(rows, points)
    metropoles = [seats[code] for code in METROPOLES if code in seats]
    cells: dict[tuple[int, int], list[_Around]] = defaultdict(list)
    for row, point in zip(rows, points, strict=True):
        if point:
            cells[_cell(point)].append((_on_globe(point), row.resident, row.urban, row.outside or 0.0))
    found: list[dict[str, float]] = []
    for row in wanted:
        point = centres.get(row.code)
        if point is None:
            found.append({})
            continue
        own = _around(point, cells)
        capital, seat = seats.get(row.code[:2] + "01"), seats.get(row.code[:4])
        if capital:
            own["to_capital"] = distance(point, capital)
        if metropoles:
            own["to_metropolis"] = min(distance(point, one) for one in metropoles)
        if seat:
            own["to_seat"] = distance(point, seat)
        found.append(own | {"longitude": point[0], "latitude": point[1]})
    return found


def _around(point: Point, cells: Mapping[tuple[int, int], Sequence[_Around]]) -> dict[str, float]:
    """Residents within `REACHES`, and their urban share and outsiders."""
    totals = {reach: [0.0, 0.0, 0.0] for reach in REACHES}
    here, (x, y) = _on_globe(point), _cell(point)
    for across in range(-2, 3):
        for up in range(-1, 2):
            for there, resident, urban, outside in cells.get((x + across, y + up), ()):
                if abs(here[1] - there[1]) > _BEYOND:
                    continue
                apart = _apart(here, there)
                for reach, sums in totals.items():
                    if apart <= reach:
                        sums[0] += resident
                        sums[1] += urban
                        sums[2] += outside
    found = {}
    for reach, (resident, urban, outside) in totals.items():
        found[f"within_{reach}_km_residents"] = resident
        found[f"within_{reach}_km_urban_share"] = urban / resident
        found[f"within_{reach}_km_outsider_share"] = outside / resident
    return found


def _cell(point: Point) -> tuple[int, int]:
    return int(point[0] // _CELL), int(point[1] // _CELL)


def _seats(rows: Sequence[CensusRow], points: Sequence[Point | None]) -> dict[str, Point]:
    """Where each prefecture's city is: the middle of its districts by urban residents, else its most urban county."""
    groups: dict[str, list[tuple[Point, float, bool]]] = defaultdict(list)
    for row, point in zip(rows, points, strict=True):
        if point:
            groups[row.code[:4]].append((point, row.urban + 1.0, row.kind == "district"))
    found = {}
    for code, members in groups.items():
        districts = [(point, urban) for point, urban, district in members if district]
        most = max(members, key=lambda one: one[1])
        found[code] = _middle(districts) if districts else most[0]
    return found


def _middle(points: Sequence[tuple[Point, float]]) -> Point:
    weight = sum(w for _, w in points)
    return sum(p[0] * w for p, w in points) / weight, sum(p[1] * w for p, w in points) / weight


def distance(one: Point, other: Point) -> float:
    """Distance on the globe [km] of two points (longitude, latitude) [degrees], by the haversine formula."""
    return _apart(_on_globe(one), _on_globe(other))


def _on_globe(point: Point) -> _Angles:
    x, y = map(radians, point)
    return x, y, cos(y)


def _apart(one: _Angles, other: _Angles) -> float:
    half = sin((one[1] - other[1]) / 2.0) ** 2 + one[2] * other[2] * sin((one[0] - other[0]) / 2.0) ** 2
    return 2.0 * _RADIUS * asin(sqrt(half))
