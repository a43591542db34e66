"""A map without boundaries: a tile for each province where people look for it, in it a square for each county."""

from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from typing import Final

from sim.common.quickclass import quickclass

_PLACES: Final[Mapping[str, tuple[int, int]]] = {
    "23": (7, 0),
    "15": (4, 1),
    "11": (5, 1),
    "22": (7, 1),
    "65": (0, 2),
    "64": (3, 2),
    "14": (4, 2),
    "13": (5, 2),
    "12": (6, 2),
    "21": (7, 2),
    "63": (1, 3),
    "62": (2, 3),
    "61": (3, 3),
    "41": (4, 3),
    "37": (5, 3),
    "54": (0, 4),
    "51": (2, 4),
    "50": (3, 4),
    "42": (4, 4),
    "34": (5, 4),
    "32": (6, 4),
    "31": (7, 4),
    "53": (2, 5),
    "52": (3, 5),
    "43": (4, 5),
    "36": (5, 5),
    "33": (6, 5),
    "45": (3, 6),
    "44": (4, 6),
    "35": (5, 6),
    "71": (6, 6),
    "46": (4, 7),
    "81": (5, 7),
    "82": (6, 7),
}
"""Column and row of each province's tile, by the first two digits of its code."""
_COLUMNS: Final = 8
_BROAD: Final = 1.25
"""A tile's squares across over those down, about."""
_NAME: Final = 12
"""Room that a tile's name takes [squares]."""
_LABEL: Final = 3
"""Room over the squares of a tile for its name [squares]."""
_AIR: Final = 2
"""Room between tiles [squares]."""


@quickclass(frozen=True, slots=True)
class Tile:
    """A province, or a prefecture where there is one province alone: its key, and where its name stands."""

    key: str
    x: int
    y: int


@quickclass(frozen=True, slots=True)
class Tiles:
    """Where each square stands [square], in the order asked for; the tiles; and the size of it all."""

    squares: tuple[tuple[int, int], ...]
    tiles: tuple[Tile, ...]
    width: int
    height: int


def tiles(codes: Sequence[str], provinces: Sequence[str], prefectures: Sequence[str]) -> Tiles:
    """A square for each county, in its province's tile in the order of codes; of one province, in its prefecture's.

    provinces: the first two digits of each county's province.
    """
    is_one = len(set(provinces)) == 1
    keys = list(prefectures) if is_one else provinces
    members: dict[str, list[int]] = {}
    for index in sorted(range(len(codes)), key=lambda one: (codes[one], one)):
        members.setdefault(keys[index], []).append(index)
    side = {key: ceil(sqrt(_BROAD * len(own))) for key, own in members.items()}
    places = _in_rows(members) if is_one else _on_the_map(members)
    left = min(column for column, _ in places.values())
    across, tops = max(*side.values(), _NAME) + _AIR, _tops(members, side, places)
    squares, made = [(0, 0)] * len(codes), []
    for key, own in members.items():
        x, y = (places[key][0] - left) * across, tops[places[key][1]]
        made.append(Tile(key, x, y))
        for place, index in enumerate(own):
            squares[index] = (x + place % side[key], y + _LABEL + place // side[key])
    width = max(tile.x for tile in made) + across - _AIR
    return Tiles(tuple(squares), tuple(made), width, max(y for _, y in squares) + 1)


def _tops(
    members: Mapping[str, Sequence[int]], side: Mapping[str, int], places: Mapping[str, tuple[int, int]]
) -> dict[int, int]:
    """Where each row of tiles begins: below the highest of the row before."""
    found, top = {}, 0
    for row in sorted({row for _, row in places.values()}):
        found[row] = top
        heights = [ceil(len(members[key]) / side[key]) for key in members if places[key][1] == row]
        top += max(heights) + _LABEL + _AIR
    return found


def _on_the_map(members: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, int]]:
    """Places of provinces; of codes that are none's, in rows below."""
    below = max(row for _, row in _PLACES.values()) + 1
    others = [key for key in members if key not in _PLACES]
    found = {key: (place % _COLUMNS, below + place // _COLUMNS) for place, key in enumerate(others)}
    return found | {key: _PLACES[key] for key in members if key in _PLACES}


def _in_rows(members: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, int]]:
    across = ceil(sqrt(1.6 * len(members)))
    return {key: (place % across, place // across) for place, key in enumerate(members)}
