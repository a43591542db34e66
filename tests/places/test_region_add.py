"""A new region's folder: whole or not at all, and read back as it was written."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from sim.common.errors import InvalidInput
from sim.places import region_add as adding
from sim.places.census import read_region
from sim.places.census.stem import stem
from sim.places.region_add import Naming, region_add
from tests.census_rows import figures_2010, figures_2020, write


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "c_2020.csv", figures_2020()), write(tmp_path / "c_2010.csv", figures_2010())


def test_the_folder_reads_back(tables: tuple[Path, Path], tmp_path: Path) -> None:
    report = region_add(tables[0], "某某县", tmp_path / "regions", earlier=tables[1])
    assert report.folder == tmp_path / "regions" / "341299"
    back = read_region(report.folder)
    assert back[2020] == report.row
    assert report.earlier is not None
    assert back[2010] == replace(report.earlier, prefecture="某市")
    content = yaml.safe_load((report.folder / "region.yaml").read_text(encoding="utf-8"))
    assert content["code"] == "341299"
    assert content["name"]["zh"] == "某某县"
    assert content["province"] == {"zh": "安徽省", "en": "Anhui"}
    assert (content["base_year"], content["census"]) == (2020, "census.csv")
    assert {note["kind"] for note in content["notes"]} == {"observed", "estimated", "assumed", "missing"}
    assert sorted(path.name for path in report.folder.parent.iterdir()) == ["341299"]


def test_the_report_says_what_was_assumed_in_both_languages(tables: tuple[Path, Path], tmp_path: Path) -> None:
    report = region_add(tables[0], "341299", tmp_path)
    english, chinese = "\n".join(report.lines("en")), "\n".join(report.lines("zh"))
    assert "[assumed] people away" in english
    assert "[missing] built-up area" in english
    assert "[假设] 外出人口" in chinese
    assert "[缺失] 城区人口" in chinese


def test_an_existing_folder_is_kept_unless_told(tables: tuple[Path, Path], tmp_path: Path) -> None:
    folder = region_add(tables[0], "341299", tmp_path, naming=Naming("mou", "Mou County")).folder
    (folder / "history.csv").write_text("area\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="exists"):
        region_add(tables[0], "341299", tmp_path, naming=Naming("mou"))
    region_add(tables[0], "341299", tmp_path, naming=Naming("mou"), replace=True)
    assert (folder / "history.csv").read_text(encoding="utf-8") == "area\n"
    assert yaml.safe_load((folder / "region.yaml").read_text(encoding="utf-8"))["history"] == "history.csv"


def test_nothing_is_left_when_writing_fails(
    tables: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, rows: object) -> None:
        path.write_text("year,item", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(adding, "write_rows", full)
    with pytest.raises(InvalidInput, match="the disk is full"):
        region_add(tables[0], "341299", tmp_path / "regions")
    assert list((tmp_path / "regions").iterdir()) == []


@pytest.mark.parametrize("bad", ["../up", "a/b", ".hidden", "x" * 65, "made\n", "C:made", "made.", "nul", "COM1"])
def test_an_id_that_is_no_name_is_refused(tables: tuple[Path, Path], tmp_path: Path, bad: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be an id"):
        region_add(tables[0], "341299", tmp_path / "regions", naming=Naming(bad))
    assert not (tmp_path / "regions").exists()


def test_the_same_year_twice_is_refused(tables: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="same census year"):
        region_add(tables[0], "341299", tmp_path / "regions", earlier=tables[0])


def test_a_changed_code_is_found_by_name(tables: tuple[Path, Path], tmp_path: Path) -> None:
    early = write(tmp_path / "d_2010.csv", figures_2010() | {"code": "341230"})
    report = region_add(tables[0], "341299", tmp_path / "regions", earlier=early)
    assert sorted(read_region(report.folder)) == [2010, 2020]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2020,resident,,,many", "value: 'many' is not a number"),
        ("2020,residnet,,,5", "item: no figure of a census is called 'residnet'; did you mean resident?"),
        ("2020,persons,male,3-7,5", "age_group: '3-7' must be one of 0, 1-4, 5-9"),
        ("2020,persons,other,0,5", "sex: 'other' must be one of male, female"),
        ("x,urban,,,5", "year: 'x' must be a year in 1953…2100"),
        ("2011,urban,male,,5", "sex: urban is of all ages and both sexes"),
        ("2011,households,,,5", "unit: households is in 户"),
        ("2011,children_ever_born_15_64,,,5", "unit: children_ever_born_15_64 is in child/woman"),
    ],
)
def test_a_broken_census_file_is_refused(tables: tuple[Path, Path], tmp_path: Path, line: str, said: str) -> None:
    folder = region_add(tables[0], "341299", tmp_path).folder
    with (folder / "census.csv").open("a", encoding="utf-8") as file:
        file.write(line + ",人,x\n")
    with pytest.raises(InvalidInput) as caught:
        read_region(folder)
    assert said in str(caught.value)
    assert "census.csv:" in str(caught.value)


def test_a_district_that_was_a_county_is_found_by_its_stem(tables: tuple[Path, Path], tmp_path: Path) -> None:
    late = write(tmp_path / "e_2020.csv", figures_2020() | {"code": "341203", "county": "某某区"})
    report = region_add(late, "341203", tmp_path / "regions", earlier=tables[1])
    assert report.earlier is not None
    assert report.earlier.name == "某某县"
    assert "[observed] the census before: there it is 某某县 (code 341299)" in "\n".join(report.lines("en"))
    adding.refresh_notes(report.folder)
    notes = yaml.safe_load((report.folder / "region.yaml").read_text(encoding="utf-8"))["notes"]
    assert any("341299" in note["method"]["en"] for note in notes)


def test_a_code_that_changed_hands_is_told_and_its_new_holder_not_taken(tmp_path: Path) -> None:
    late = write(tmp_path / "c_2020.csv", figures_2020() | {"code": "341203", "county": "某某县"})
    swapped = [figures_2010() | {"code": "341203", "county": "别的县"}, figures_2010()]
    early = write(tmp_path / "c_2010.csv", *swapped)
    report = region_add(late, "341203", tmp_path / "regions", earlier=early)
    assert report.earlier is not None
    assert (report.earlier.name, report.earlier.code) == ("某某县", "341299")
    assert "341203, its code here, is that of 别的县 there: codes have changed hands" in "\n".join(report.lines("en"))
    renamed = write(tmp_path / "d_2010.csv", swapped[0])
    report = region_add(late, "341203", tmp_path / "other", earlier=renamed)
    assert "there it is 别的县, taken as the same area by its code (341203) alone" in "\n".join(report.lines("en"))


def test_another_place_of_the_table_is_never_taken(tables: tuple[Path, Path], tmp_path: Path) -> None:
    early = write(tmp_path / "f_2010.csv", figures_2010() | {"code": "341230", "county": "别的县"})
    with pytest.raises(InvalidInput, match="neither its code nor its name"):
        region_add(tables[0], "341299", tmp_path / "regions", earlier=early)
    elsewhere = write(tmp_path / "g_2010.csv", figures_2010() | {"code": "421230"})
    with pytest.raises(InvalidInput, match="neither its code nor its name"):
        region_add(tables[0], "341299", tmp_path / "regions", earlier=elsewhere)


def test_a_pair_of_two_areas_is_not_used(
    tables: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.places.census.earlier.LEAST_RATIO", 1.01)
    report = region_add(tables[0], "341299", tmp_path / "regions", earlier=tables[1])
    assert report.earlier is None
    assert list(read_region(report.folder)) == [2020]
    assert "[missing] the census before" in "\n".join(report.lines("en"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("乐都县", "乐都"),
        ("乐都区", "乐都"),
        ("从化巿", "从化"),
        ("滑县", "滑县"),
        ("互助土族自治县", "互助土族"),
        ("高新区", "高新"),
    ],
)
def test_the_stem_of_a_name(name: str, expected: str) -> None:
    assert stem(name) == expected
