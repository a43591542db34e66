"""What lies around a county, and further figures of its row: read, refused, kept, and never taken from a part."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.places.census import CensusRow, read_region, read_row, write_rows
from sim.places.census import surroundings as around
from tests.census_rows import figures_2020, write
from tests.scenarios import ROOT

JIESHOU = ROOT / "scenarios" / "regions" / "jieshou"


@pytest.fixture
def row() -> CensusRow:
    return replace(read_region(JIESHOU)[2020], further={})


def test_distances_on_the_globe() -> None:
    """A degree of latitude is 111.19 km; Beijing and Shanghai are 1,067 km apart (their usual coordinates)."""
    assert around.distance((110.0, 30.0), (110.0, 31.0)) == pytest.approx(111.195, abs=0.01)
    assert around.distance((116.41, 39.90), (121.47, 31.23)) == pytest.approx(1067.0, abs=3.0)


def test_sums_and_neighbours_of_a_whole_table(row: CensusRow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(around, "WHOLE", 3)
    far = replace(row, code="340101", name="远区", resident=2.0 * row.resident, urban=2.0 * row.urban)
    near = replace(row, code="341283", name="近县", urban=0.5 * row.urban)
    points = {row.code: (115.0, 33.0), near.code: (115.0, 33.5), far.code: (117.0, 32.0)}
    found = around.surrounded([row, near, far], points)[0].further
    assert found["prefecture_residents"] == pytest.approx(2.0 * row.resident)
    assert found["province_residents"] == pytest.approx(4.0 * row.resident)
    assert found["prefecture_urban_share"] == pytest.approx(0.75 * row.urbanization_rate)
    assert found["within_60_km_residents"] == pytest.approx(2.0 * row.resident)
    assert found["to_capital"] == pytest.approx(around.distance((115.0, 33.0), (117.0, 32.0)))
    assert "to_metropolis" not in found
    alone = around.surrounded([row, near, far])[0].further
    assert set(alone) == {name for name in found if name.startswith(("prefecture", "province"))}


def test_a_part_of_a_table_says_nothing_of_what_lies_around(row: CensusRow) -> None:
    assert around.surrounded([row, replace(row, code="341283")], {row.code: (115.0, 33.0)})[0] is row


def test_centres_are_found_by_stem_and_bad_ones_said_with_their_line(tmp_path: Path, row: CensusRow) -> None:
    file = tmp_path / "centres.csv"
    file.write_text("code,longitude,latitude,name\n341299,115.4,33.3,界首县\n", encoding="utf-8")
    other = replace(row, code="341283", name="某某县")
    assert around.located([row, other], file) == {row.code: (115.4, 33.3), other.code: (115.4, 33.3)}
    file.write_text("code,longitude,latitude,name\n341282,33.3,115.4,界首市\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"centres\.csv:2.*longitude"):
        around.located([row], file)


def test_further_figures_are_read_and_kept(tmp_path: Path) -> None:
    given = figures_2020() | {"ind_mining_pct": "12.5", "children_ever_born_15_64": "1.4", "bath_pct": ""}
    read = read_row(write(tmp_path / "c_2020.csv", given), given["code"])
    assert read.further == {"ind_mining_pct": 12.5, "children_ever_born_15_64": 1.4}
    shutil.copy(JIESHOU / "region.yaml", tmp_path / "region.yaml")
    west = replace(read, further=read.further | {"longitude": -70.25})
    write_rows(tmp_path / "census.csv", [west])
    assert read_region(tmp_path)[2020].further == west.further
    with pytest.raises(InvalidInput, match="more than 100%"):
        read_row(write(tmp_path / "d_2020.csv", given | {"ind_mining_pct": "125"}), given["code"])


def test_shipped_counties_have_all_of_it() -> None:
    row = read_region(JIESHOU)[2020]
    assert 0.0 < row.further["ind_manufacturing_pct"] < 100.0
    assert row.further["prefecture_residents"] > row.resident
    assert 100.0 < row.further["to_capital"] < 300.0
