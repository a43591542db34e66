"""Reading a row of a census table: both layouts, gaps, contradictions, wrong files."""

import csv
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.places.census import CensusRow, list_regions, read_region, read_row
from tests.census_rows import AGES, figures_2010, figures_2020, write


def test_both_layouts_are_read(tmp_path: Path) -> None:
    late = read_row(write(tmp_path / "counties_2020.csv", figures_2020()), "341299")
    assert (late.year, late.name, late.prefecture, late.kind) == (2020, "某某县", "某市", "county")
    assert (late.outside, late.elsewhere_same_county, late.registered, late.city_area) == (200, 600, None, None)
    assert late.male_by_age == AGES
    early = read_row(write(tmp_path / "counties_2010.csv", figures_2010()), "某某县")
    assert (early.year, early.outside, early.registered, early.nonagricultural_share) == (2010, 100, 5000, 15.5)
    assert not early.warnings


def test_a_byte_order_mark_and_blank_cells_are_read(tmp_path: Path) -> None:
    row = figures_2020() | {"rural": "", "away_registration_same_province": "", "male": "", "female_30-34": ""}
    read = read_row(write(tmp_path / "a.csv", row, encoding="utf-8-sig"), "341299", 2020)
    assert read.rural == read.resident - 2000
    assert read.outside == 50
    assert read.male == sum(AGES)
    assert read.female_by_age == AGES
    assert len(read.warnings) == 1


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("110101", "东城区", "district"),
        ("429021", "神农架林区", "county"),
        ("520203", "六枝特区", "county"),
        ("341282", "界首市", "city"),
        ("340000", "安徽省", "province"),
        ("150921", "卓资县", "county"),
    ],
)
def test_the_kind_of_region(tmp_path: Path, code: str, name: str, kind: str) -> None:
    path = write(tmp_path / "a_2020.csv", figures_2020() | {"code": code, "county": name})
    assert read_row(path, code).kind == kind


def test_a_name_is_found_by_a_part_of_it_and_refused_when_it_is_two(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a_2020.csv",
        figures_2020(),
        figures_2020() | {"code": "120101", "county": "和平区"},
        figures_2020() | {"code": "210102", "county": "和平区"},
    )
    assert read_row(path, "某某").code == "341299"
    with pytest.raises(InvalidInput, match=r"120101 和平区.*210102 和平区"):
        read_row(path, "和平区")
    with pytest.raises(InvalidInput, match="did you mean 341299 某某县"):
        read_row(path, "341298")
    assert [region.code for region in list_regions(path)] == ["341299", "120101", "210102"]


def test_one_misprinted_group_is_put_right(tmp_path: Path) -> None:
    wrong = str(AGES[8] + 300)
    read = read_row(write(tmp_path / "a_2020.csv", figures_2020() | {"female_35-39": wrong}), "341299")
    assert read.female_by_age == AGES
    assert "female_35-39" in read.warnings[0].en


def test_a_small_difference_is_scaled_and_said(tmp_path: Path) -> None:
    read = read_row(write(tmp_path / "a_2020.csv", figures_2020() | {"male_0": "34"}), "341299")
    assert sum(read.male_by_age) == pytest.approx(sum(AGES), rel=1e-12)
    assert "scaled" in read.warnings[0].en


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"urban": "9000"}, "urban \\+ rural"),
        ({"urban": "", "rural": ""}, "both urban and rural"),
        ({"resident": "0"}, "more than 0"),
        ({"resident": "9000"}, "male \\+ female"),
        ({"male_5-9": "-3"}, "number of 0 or more"),
        ({"male_5-9": "many"}, "'many'"),
        ({"male_5-9": "inf"}, "'inf'"),
        ({"male_5-9": "1e300"}, "'1e300'"),
        ({"male_5-9": "", "male_0": ""}, "age groups missing: 0, 5-9"),
        ({"male_5-9": "2000"}, "the parts add up"),
        ({"city_area": "2100"}, "more than the 2000 urban"),
        ({"away_registration_other_province": "99999"}, "registered in other counties"),
    ],
)
def test_figures_that_cannot_be_are_refused(tmp_path: Path, change: dict[str, str], message: str) -> None:
    path = write(tmp_path / "a_2020.csv", figures_2020() | change)
    with pytest.raises(InvalidInput, match=message) as refused:
        read_row(path, "341299")
    assert f"{path}:2:" in refused.value.message("zh")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a_2020.csv", figures_2020() | {"urban": "x", "male_0": "y", "female_0": "z"})
    with pytest.raises(InvalidInput) as refused:
        read_row(path, "341299")
    assert [fault.path for fault in refused.value.faults] == ["urban", "male_0", "female_0"]


def test_wrong_encodings_and_files_are_refused(tmp_path: Path) -> None:
    gbk = write(tmp_path / "a_2020.csv", figures_2020(), encoding="gbk")
    assert read_row(gbk, "341299") == read_row(write(tmp_path / "u_2020.csv", figures_2020()), "341299")
    wide = write(tmp_path / "b_2020.csv", figures_2020(), encoding="utf-16")
    with pytest.raises(InvalidInput, match="UTF-16"):
        read_row(wide, "341299")
    with pytest.raises(InvalidInput, match="no such file"):
        read_row(tmp_path / "none_2020.csv", "341299")
    with pytest.raises(InvalidInput, match="--year"):
        read_row(write(tmp_path / "county.csv", figures_2020()), "341299")
    fewer = {key: value for key, value in figures_2020().items() if key not in ("male_0", "code")}
    with pytest.raises(InvalidInput, match="male_0: this column is missing"):
        read_row(write(tmp_path / "c_2020.csv", fewer), "341299")


def test_the_shipped_rows_of_jieshou() -> None:
    from sim.common.paths import library

    rows = read_region(library() / "scenarios" / "regions" / "jieshou")
    assert list(rows) == [2010, 2020]
    assert (rows[2010].resident, rows[2010].registered) == (561956, 785417)
    assert (rows[2020].resident, rows[2020].urban, rows[2020].city_area) == (650870, 308493, 207420)
    assert isinstance(rows[2020], CensusRow)
    assert sum(rows[2020].male_by_age) == rows[2020].male


def test_the_history_of_jieshou_marks_its_series() -> None:
    from sim.common.paths import library

    with (library() / "scenarios" / "regions" / "jieshou" / "history.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["area"] for row in rows} == {"界首市", "阜阳市"}
    residents = {(row["area"], row["year"]): row["series"] for row in rows if row["indicator"] == "resident_pop"}
    assert residents["阜阳市", "2019"] == "pre-census estimate"
    assert residents["阜阳市", "2020"] == "census"
    assert residents["阜阳市", "2022"] == "yearly estimate"
    natural = [row for row in rows if row["indicator"] == "natural_increase_rate" and row["year"] == "2022"]
    assert sorted(row["value"] for row in natural) == ["-1.53", "-2.53"]
    assert all(row["note"] for row in natural)
    assert all(row["source"] and row["unit"] and row["series"] for row in rows)
