"""The user's own boundaries: a GeoJSON file, matched to counties by code or name, drawn as paths in a plane.

No boundaries are shipped: none that we know is free to pass on, and a published map of China needs an approval number.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Never

import numpy as np

from sim.common import plain
from sim.common.errors import Fault, InvalidInput, Place, fault, nearest
from sim.common.inert import shown
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.model.arrays import Array
from sim.output.texts import tr

LARGEST: Final = 256 << 20
"""Bytes of a file of boundaries."""
WIDTH: Final = 1600
"""Steps of the drawing from west to east: corners are put on this grid, so that neighbours keep a common border."""
_CODE_LENGTH: Final = 6
_COUNTRY: Final = "156"
"""What codes of counties begin with in files of TianDiTu (ISO 3166)."""
_NOTICES: Final = ("copyright", "license", "licence", "attribution", "source", "审图号", "approval")


@quickclass(frozen=True, slots=True)
class Drawn:
    """Outlines of counties as SVG paths, by position of the county; what had no match; the file's own notice.

    without: positions of counties that the file has no outline of; unmatched: names of outlines that are no county's;
    key: the property that they were matched by; width, height: of the drawing.
    """

    paths: Mapping[int, str]
    without: tuple[int, ...]
    unmatched: tuple[str, ...]
    key: str
    width: int
    height: int
    notice: str


@quickclass(frozen=True, slots=True)
class _Outline:
    """A feature: its properties, and its rings, each [corner, (x, y)]."""

    properties: Mapping[str, str]
    rings: tuple[Array, ...]


def boundaries(file: Path, codes: Sequence[str], names: Sequence[str], key: str | None = None) -> Drawn:
    """The outlines of counties from a GeoJSON file. key: the property with the code or name, else that which fits most.

    Raises InvalidInput where the file is no GeoJSON of outlines, or none of them fits a county.
    """
    content = _content(file)
    found = _outlines(file, content)
    chosen, matched = _matched(file, found, codes, names, key)
    projected = _projected([ring for index in matched.values() for ring in found[index].rings])
    paths, size = _paths(matched, found, projected)
    used = set(matched.values())
    left = tuple(_called(one, chosen) for index, one in enumerate(found) if index not in used)
    without = tuple(index for index in range(len(codes)) if index not in matched)
    return Drawn(paths, without, left, chosen, *size, _notice(content))


def outlines(file: Path) -> Sequence[object]:
    """The outlines that a GeoJSON file holds. Raises InvalidInput where it is none, or is damaged."""
    return _outlines(file, _content(file))


def _content(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(plain.content(file, LARGEST), parse_constant=_no_number)
    except (ValueError, RecursionError) as problem:
        raise fault(str(file), "", tr("is no GeoJSON: {problem}", problem=shown(str(problem))[:120])) from None
    if not isinstance(found, dict):
        raise fault(str(file), "", tr("is no GeoJSON: an object is expected"))
    if found.get("type") == "Topology":
        raise fault(str(file), "type", tr("is TopoJSON; convert it to GeoJSON first"))
    if found.get("type") != "FeatureCollection" or not isinstance(found.get("features"), list):
        raise fault(str(file), "type", tr("is no GeoJSON: a FeatureCollection with features is expected"))
    return found


def _no_number(name: str) -> Never:
    raise ValueError(f"{name} is no number")


def _outlines(file: Path, content: Mapping[str, Any]) -> list[_Outline]:
    """The features that are outlines. Raises InvalidInput with the first damaged ones, or if none is an outline."""
    found, faults = [], []
    for index, feature in enumerate(content["features"]):
        try:
            outline = _outline(feature)
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
            text = tr("its corners are no pairs of numbers")
            faults.append(Fault(Place(str(file)), f"features[{index}]", text))
            continue
        if outline is not None:
            found.append(outline)
    if faults:
        raise InvalidInput(faults[:3])
    if not found:
        raise fault(str(file), "features", tr("holds no outline (Polygon or MultiPolygon)"))
    return found


def _outline(feature: Any) -> _Outline | None:
    """A feature as an outline; None where it is a point or line, or has no shape. Raises on what is none."""
    geometry = feature["geometry"]
    if geometry is None or geometry["type"] not in ("Polygon", "MultiPolygon"):
        return None
    shapes = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    rings = tuple(_ring(ring) for shape in shapes for ring in shape)
    said = {str(key): str(value) for key, value in (feature.get("properties") or {}).items() if _is_word(value)}
    return _Outline(said, rings) if rings else None


def _ring(corners: Any) -> Array:
    ring = np.array([corner[:2] for corner in corners], dtype=np.float64)
    if ring.ndim != 2 or ring.shape[1] != 2 or len(ring) < 3 or not np.isfinite(ring).all():
        raise ValueError
    return ring


def _is_word(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _matched(
    file: Path, outlines: Sequence[_Outline], codes: Sequence[str], names: Sequence[str], key: str | None
) -> tuple[str, dict[int, int]]:
    """The property that fits, and the outline of each county by position."""
    properties = list(dict.fromkeys(name for outline in outlines for name in outline.properties))
    if key is not None and key not in properties:
        problem = tr("no outline has the property {key}", key=key)
        raise InvalidInput([Fault(Place("--key"), "", problem, nearest(key, properties))])
    found = {name: _by_property(name, outlines, codes, names) for name in ([key] if key else properties)}
    best = max(found, key=lambda name: len(found[name]), default="")
    if not best or not found[best]:
        some = ", ".join(shown(name) for name in properties[:12])
        raise fault(
            str(file), "", tr("no outline has the code or the name of a county (properties: {some})", some=some)
        )
    return best, found[best]


def _by_property(name: str, outlines: Sequence[_Outline], codes: Sequence[str], names: Sequence[str]) -> dict[int, int]:
    """Outlines by position of the county: of its code, else of its name where that stands once in both."""
    by_code = {code: index for index, code in enumerate(codes)}
    counted = Counter(names)
    by_name = {one: index for index, one in enumerate(names) if counted[one] == 1}
    said = [outline.properties.get(name, "").strip() for outline in outlines]
    times = Counter(said)
    found: dict[int, int] = {}
    for index, words in enumerate(said):
        county = by_code.get(_code(words))
        if county is None and times[words] == 1:
            county = by_name.get(words)
        if county is not None:
            found.setdefault(county, index)
    return found


def _code(words: str) -> str:
    """The six digits of a county's code: without the country before it, or what lies inside the county after it."""
    digits = words.partition(".")[0]
    if not digits.isdigit():
        return ""
    if len(digits) == len(_COUNTRY) + _CODE_LENGTH and digits.startswith(_COUNTRY):
        digits = digits.removeprefix(_COUNTRY)
    return digits[:_CODE_LENGTH]


def _called(outline: _Outline, key: str) -> str:
    return shown(outline.properties.get(key, "") or next(iter(outline.properties.values()), "?"))[:60]


def _projected(rings: Sequence[Array]) -> list[Array]:
    """Rings on a plane [any length], north up: degrees by Albers' equal-area conic projection, others as they are."""
    corners = np.concatenate(rings)
    if (np.abs(corners) > np.array([180.0, 90.0])).any():
        return list(rings)
    low, high = (np.deg2rad(corners[:, 1].min()), np.deg2rad(corners[:, 1].max()))
    first, second = low + (high - low) / 6.0, high - (high - low) / 6.0
    cone = max((np.sin(first) + np.sin(second)) / 2.0, 1e-3)
    constant = np.cos(first) ** 2 + 2.0 * cone * np.sin(first)
    middle = np.deg2rad((corners[:, 0].min() + corners[:, 0].max()) / 2.0)
    made = []
    for ring in rings:
        across, up = np.deg2rad(ring[:, 0]) - middle, np.deg2rad(ring[:, 1])
        radius = np.sqrt(np.maximum(constant - 2.0 * cone * np.sin(up), 0.0)) / cone
        made.append(np.column_stack((radius * np.sin(cone * across), -radius * np.cos(cone * across))))
    return made


def _paths(
    matched: Mapping[int, int], outlines: Sequence[_Outline], rings: Sequence[Array]
) -> tuple[dict[int, str], tuple[int, int]]:
    """SVG paths on the grid by position of the county, and width and height of the drawing."""
    corners = np.concatenate(rings)
    low, high = corners.min(axis=0), corners.max(axis=0)
    step = max(float((high - low).max()), 1e-12) / WIDTH
    paths, place = {}, 0
    for county, index in matched.items():
        count = len(outlines[index].rings)
        paths[county] = "".join(_path(ring, low, high, step) for ring in rings[place : place + count])
        place += count
    width, height = (max(1, int(np.ceil(length / step))) for length in high - low)
    return paths, (width, height)


def _path(ring: Array, low: Array, high: Array, step: float) -> str:
    """A ring on the grid without corners that fall together; a speck stays a speck."""
    x = np.rint((ring[:, 0] - low[0]) / step).astype(np.int64)
    y = np.rint((high[1] - ring[:, 1]) / step).astype(np.int64)
    moved = np.concatenate(([True], (np.diff(x) != 0) | (np.diff(y) != 0)))
    x, y = x[moved], y[moved]
    steps = " ".join(f"{dx} {dy}" for dx, dy in zip(np.diff(x).tolist(), np.diff(y).tolist(), strict=True))
    return f"M{x[0]} {y[0]}l{steps or '1 0'}z"


def _notice(content: Mapping[str, Any]) -> str:
    """What the file says of its own origin."""
    said = [f"{key}: {content[key]}" for key in content if key.lower() in _NOTICES and isinstance(content[key], str)]
    return shown("; ".join(said))[:400]


def said_of(drawn: Drawn, many: int) -> Text:
    """How many counties have an outline."""
    return tr(
        "outlines of {found} of {many} counties (by “{key}”); {others} outlines are no county's",
        found=len(drawn.paths),
        many=many,
        key=drawn.key,
        others=len(drawn.unmatched),
    )
