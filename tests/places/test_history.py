"""A region's history: what is wrong with it is said with line and column, and validate reads it as a run does."""

import csv
import shutil
from pathlib import Path

import pytest

from sim.cli import main
from sim.common.errors import Exit, InvalidInput
from sim.common.paths import library
from sim.places.history import history_of, read_history

HEAD = "area,indicator,year,value,unit,series,source,note\n"
ROW = "界首市,resident_pop,2021,64.6,万人,estimate,x,\n"


def test_figures_are_in_the_units_of_the_model(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text("\ufeff" + HEAD + ROW + "界首市,gdp,2021,２１５,亿元,bulletin,x,\n", encoding="utf-8")
    people, product = read_history(path)
    assert (people.measure, people.in_model, people.model_unit) == ("resident", 646_000, "person")
    assert (product.measure, product.value, product.unit) == (None, 215, "亿元")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEAD.replace("indicator", "indicater") + ROW,
            "1:1: indicator: this column is missing; did you mean",
        ),
        (HEAD.replace(",", ";") + ROW.replace(",", ";"), "1:1: the cells are separated by ';'"),
        ("表1\n" + HEAD + ROW, "1:1: the header seems to be in line 2"),
        (HEAD + ROW.replace("64.6,万", '"646,000",'), "2:23: value: write 646000 without a comma"),
        (HEAD + ROW.replace("64.6", "nan"), "2:23: value: 'nan' is not a number"),
        (HEAD + ROW.replace("64.6", "-5"), "2:23: value: -5 万人 cannot be"),
        (HEAD + ROW.replace("64.6", "1e300"), "2:23: value: 1e\\+300 万人 cannot be"),
        (HEAD + ROW.replace("2021", "2021年"), "2:18: year: '2021年' is no year in 1900…2100"),
        (HEAD + ROW.replace("2021", "MMX"), "2:18: year: 'MMX' is no year"),
        (HEAD + ROW.replace("万人", "%"), "2:28: unit: unit '%' does not fit; allowed: .*万人"),
        (HEAD + ROW + "界首市,resident_pop\n", "3:1: 2 cells under 8 columns"),
    ],
)
def test_every_fault_has_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "history.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=f"history.csv:{said}") as refused:
        read_history(path)
    assert len(refused.value.faults) == 1


def test_gbk_is_read_and_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(HEAD + ROW, encoding="utf-8")
    known = read_history(path)
    path.write_bytes((HEAD + ROW).encode("gbk"))
    assert read_history(path) == known
    path.write_bytes((HEAD + ROW).encode("utf-16"))
    with pytest.raises(InvalidInput, match=r"history\.csv:1:1: not UTF-8"):
        read_history(path)


@pytest.mark.parametrize(("row", "is_sound"), [
    (ROW, True),
    (ROW.replace("万人", "人"), False),
    (ROW.replace("64.6", "6460"), False),
    ("界首市,urbanization_rate,2021,0.487,%,estimate,x,\n", False),
    ("界首市,urbanization_rate,2021,48.7,%,estimate,x,\n", True),
    ("界首市,urban_district_pop,2021,22,人,estimate,x,\n", False),
    (ROW + "安徽省,resident_pop,2021,6105,万人,estimate,x,\n", True),
])  # fmt: skip
def test_figures_of_another_size_than_the_region_are_refused(tmp_path: Path, row: str, is_sound: bool) -> None:
    path = tmp_path / "history.csv"
    path.write_text(HEAD + row, encoding="utf-8")
    if is_sound:
        assert history_of(path, "界首市", 650_870.0)
    else:
        with pytest.raises(InvalidInput, match=r"2:1: value: .* cannot be of a region of 650,870 residents"):
            history_of(path, "界首市", 650_870.0)


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(left.value.code or 0)


@pytest.mark.parametrize("spoilt", ["history.csv", "census.csv", "away.csv", "region.yaml"])
def test_validate_reads_what_a_run_reads(tmp_path: Path, spoilt: str, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = library() / "scenarios" / "regions" / "jieshou"
    folder = Path(shutil.copytree(shipped, tmp_path / "regions" / "jieshou"))
    scenario = tmp_path / "e.yaml"
    scenario.write_text("name: e\nregion: jieshou\nhorizon: 2026\n", encoding="utf-8")
    assert code("validate", str(scenario)) == Exit.DONE
    if spoilt == "region.yaml":
        text = (folder / spoilt).read_text(encoding="utf-8")
        (folder / spoilt).write_text(text.replace("base_year: 2020", "base_year: 2015"), encoding="utf-8")
        (folder / "capacity.yaml").unlink()  # of 2022, which is not of that base year either
    else:
        (folder / spoilt).write_text("x\n1\n", encoding="utf-8")
    assert code("validate", str(scenario), "--lang", "en") == Exit.INVALID_INPUT
    said = capsys.readouterr().err
    assert (spoilt if spoilt != "region.yaml" else "no census figures of the base year 2015") in said
    assert len(set(said.splitlines())) == len(said.splitlines())


@pytest.mark.parametrize("path", sorted((library() / "scenarios" / "regions").glob("*/history.csv")), ids=str)
def test_shipped_histories_are_sound(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        given = sum(bool(row["value"]) for row in csv.DictReader(file))
    assert len(read_history(path)) == given


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((ROW.replace("界首市", "界首"),), "2:1: area: a row counts where its area is called 界首市.*mean 界首市"),
        ((ROW.replace("界首市", "jieshou"), ROW.replace("界首市", "x")), "2:1: area: .*'jieshou'$"),
        ((ROW, ROW.replace("界首市", "界首").replace("2021", "2022")), "3:1: area: .*'界首'; did you mean 界首市"),
        ((ROW, ROW.replace("界首市", "界 首 市").replace("2021", "2022")), "3:1: area: .*did you mean 界首市"),
    ],
)
def test_rows_that_would_be_passed_over_are_refused(tmp_path: Path, rows: tuple[str, ...], said: str) -> None:
    path = tmp_path / "history.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    with pytest.raises(InvalidInput, match=f"history.csv:{said}") as refused:
        history_of(path, "界首市", 650_870.0)
    assert len(refused.value.faults) == 1


def test_rows_of_other_places_may_stand_beside(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(HEAD + ROW + ROW.replace("界首市", "阜阳市"), encoding="utf-8")
    assert len(history_of(path, "界首市", 650_870.0)) == 2


def test_an_indicator_is_known_by_its_chinese_name_and_a_slip_of_it_refused(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(HEAD + ROW.replace("resident_pop", "常住人口"), encoding="utf-8")
    assert read_history(path)[0].measure == "resident"
    path.write_text(HEAD + ROW.replace("resident_pop", "resident_pops"), encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"2:5: indicator: no indicator is called .*did you mean resident_pop"):
        read_history(path)


def test_an_areas_fault_is_told_with_those_of_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(HEAD + ROW.replace("界首市", "界首").replace(",2021,", ",21,"), encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        history_of(path, "界首市", 650_870.0)
    assert [one.path for one in refused.value.faults] == ["year", "area"]
