"""The user's own boundaries: matched by code or name, drawn without gaps, and every fault of a file said at once."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.common.errors import InvalidInput
from sim.output.atlas.boundaries import Drawn, boundaries

CODES = ("341282", "341221", "110101", "510199")
NAMES = ("界首市", "临泉县", "东城区", "东城区")


def square(x: float, y: float, side: float = 1.0) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(properties: Any, *rings: Any, kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": list(rings)}}


def drawn(folder: Path, *features: Any, key: str | None = None, **more: Any) -> Drawn:
    content = {"type": "FeatureCollection", "features": list(features)} | more
    (folder / "own.geojson").write_text(json.dumps(content), "utf-8")
    return boundaries(folder / "own.geojson", CODES, NAMES, key)


@pytest.mark.parametrize("code", [341282, "341282", "156341282", "341282000000", "341282.0"])
def test_a_county_is_found_by_its_code_as_files_write_it(tmp_path: Path, code: Any) -> None:
    found = drawn(tmp_path, feature({"id": 7, "gb": code}, square(115, 33)), license="CC BY 4.0")
    assert list(found.paths) == [0]
    assert (found.key, found.without, found.notice) == ("gb", (1, 2, 3), "license: CC BY 4.0")


def test_a_name_fits_only_where_it_stands_once(tmp_path: Path) -> None:
    shapes = [feature({"name": name}, square(i, 30)) for i, name in enumerate(("临泉县", "东城区", "别处", "界首市"))]
    found = drawn(tmp_path, *shapes)
    assert sorted(found.paths) == [0, 1]
    assert found.unmatched == ("东城区", "别处")
    assert [NAMES[index] for index in found.without] == ["东城区", "东城区"]


def test_neighbours_keep_their_common_border(tmp_path: Path) -> None:
    shapes = [feature({"code": code}, square(110 + i, 30)) for i, code in enumerate(CODES[:2])]
    paths = drawn(tmp_path, *shapes).paths
    corners = [_corners(paths[index]) for index in (0, 1)]
    assert len(set(corners[0]) & set(corners[1])) == 2


def _corners(path: str) -> list[tuple[int, int]]:
    start, steps = path.removeprefix("M").removesuffix("z").split("l")
    moves = np.array([*start.split(), *steps.split()], dtype=int).reshape(-1, 2).cumsum(axis=0)
    return [(int(x), int(y)) for x, y in moves]


def test_areas_stay_in_proportion_from_north_to_south(tmp_path: Path) -> None:
    shapes = [feature({"code": code}, square(110, lat)) for code, lat in zip(CODES[:2], (20, 50), strict=True)]
    paths = drawn(tmp_path, *shapes).paths
    south, north = (_area(_corners(paths[index])) for index in (0, 1))
    assert south / north == pytest.approx(np.cos(np.deg2rad(20.5)) / np.cos(np.deg2rad(50.5)), rel=0.05)


def _area(corners: list[tuple[int, int]]) -> float:
    x, y = np.array(corners, dtype=float).T
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2.0


def test_metres_are_taken_as_they_are_and_north_is_up(tmp_path: Path) -> None:
    shapes = [feature({"code": CODES[0]}, square(5e5, 4e6, 1e5)), feature({"code": CODES[1]}, square(5e5, 4.2e6, 1e5))]
    found = drawn(tmp_path, *shapes)
    assert max(y for _, y in _corners(found.paths[1])) < min(y for _, y in _corners(found.paths[0]))


def test_points_and_shapes_without_corners_are_passed_over(tmp_path: Path) -> None:
    good = feature({"code": CODES[0]}, square(110, 30))
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    nothing = {"type": "Feature", "properties": None, "geometry": None}
    speck = feature({"code": CODES[1]}, [[111, 30]] * 4)
    assert sorted(drawn(tmp_path, point, nothing, good, speck).paths) == [0, 1]


DAMAGED = [
    ([["a", "b"]] * 4, "features[0]"),
    ([[1]] * 4, "features[0]"),
    ([1, 2, 3], "features[0]"),
    ([[1, 2], [3, 4]], "features[0]"),
    ([[1e400, 2]] * 4, "is no GeoJSON"),
    ([[None, 2]] * 4, "features[0]"),
]


@pytest.mark.parametrize(("ring", "said"), DAMAGED)
def test_damaged_corners_are_said_by_their_feature(tmp_path: Path, ring: Any, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        drawn(tmp_path, feature({"code": CODES[0]}, ring))
    assert said in caught.value.message("en")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no GeoJSON"),
        ("[" * 100_000, "is no GeoJSON"),
        ("[1]", "an object is expected"),
        ('{"type": "Topology"}', "TopoJSON"),
        ('{"type": "FeatureCollection"}', "a FeatureCollection with features"),
        ('{"type": "FeatureCollection", "features": []}', "holds no outline"),
        ('{"type": "FeatureCollection", "features": [null]}', "features[0]"),
        ('{"type": "FeatureCollection", "features": [{"geometry": 1}]}', "features[0]"),
    ],
)
def test_what_is_no_geojson_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "own.geojson").write_text(text, "utf-8")
    with pytest.raises(InvalidInput) as caught:
        boundaries(tmp_path / "own.geojson", CODES, NAMES)
    assert said in caught.value.message("en")


def test_a_key_that_is_none_and_outlines_of_elsewhere_are_refused(tmp_path: Path) -> None:
    shape = feature({"codes": "341282", "name": "x\x1b[31m"}, square(1, 1))
    with pytest.raises(InvalidInput, match=r"code.*did you mean codes|no outline has the property") as caught:
        drawn(tmp_path, shape, key="code")
    assert "codes" in caught.value.message("en")
    with pytest.raises(InvalidInput) as caught:
        drawn(tmp_path, shape, key="name")
    assert "no outline has the code or the name" in caught.value.message("en")
    assert "\x1b" not in caught.value.message("en")
