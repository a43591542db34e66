"""The map without boundaries: no two counties in one place, each in its province's tile."""

from hypothesis import given
from hypothesis import strategies as st

from sim.output.atlas.tiles import tiles

CODES = st.lists(st.integers(100000, 999999).map(str), min_size=1, max_size=300)


@given(CODES)
def test_every_county_has_a_square_of_its_own_inside_the_drawing(codes: list[str]) -> None:
    made = tiles(codes, [code[:2] for code in codes], [code[:4] for code in codes])
    assert len(set(made.squares)) == len(codes)
    assert all(0 <= x < made.width and 0 <= y < made.height for x, y in made.squares)


def test_a_province_stands_together_north_above_south_and_west_before_east() -> None:
    codes = ["650102", "650103", "230102", "460105", "310101"]
    made = tiles(codes, [code[:2] for code in codes], codes)
    (west, _), (beside, _), (_, north), (_, south), (east, _) = made.squares
    assert beside == west + 1
    assert west < east
    assert north < south
    assert {tile.key for tile in made.tiles} == {"65", "23", "46", "31"}


def test_one_province_alone_is_parted_by_prefecture() -> None:
    made = tiles(["341202", "341203", "341302"], ["34"] * 3, ["阜阳市", "阜阳市", "宿州市"])
    assert [tile.key for tile in made.tiles] == ["阜阳市", "宿州市"]
