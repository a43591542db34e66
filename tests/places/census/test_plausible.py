"""Figures that agree with each other and yet are those of no county: units of ten thousand, fractions, totals."""

from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.places.census import CensusRow, read_row, read_rows
from sim.places.census.plausible import ranges
from tests.census_rows import figures_2010, figures_2020, write

COUNTS = ("resident", "male", "female", "urban", "rural", "households")


def county(**changed: str) -> dict[str, str]:
    """A made-up county of both layouts, ten times as large as the other tests' so that nothing of it is rare."""
    row = figures_2010() | figures_2020() | {"registered": "5000", "city_area": "1500"}
    counted = [
        key for key in row if key.startswith(("male", "female", "away", "in_")) or key in (*COUNTS, "registered")
    ]
    row |= {key: str(10 * int(row[key])) for key in counted} | {"city_area": "15000"}
    return row | {"floor_area_per_person": "41.76", "hh_one_person": "4000", "birth_rate_per_1000": "10.6"} | changed


def read(tmp_path: Path, row: dict[str, str]) -> CensusRow:
    return read_row(write(tmp_path / "a_2020.csv", row), "341299")


def test_an_ordinary_county_has_nothing_rare(tmp_path: Path) -> None:
    assert not read(tmp_path, county()).warnings


@pytest.mark.parametrize(
    "changed",
    [
        {"households": "1.6"},
        {"households": "2"},
        {"households": "1000000000"},
        {"households": "1"},
        {"city_area": "1.5"},
        {"city_area": "2"},
        {"hh_one_person": "0.4"},
        {"households": "40000", "household_population": "38000"},
        {"households": "13000", "household_population": "38000", "household_size": "29.2"},
        {"registered": "5"},
        {"away_registration_other_province": "0.05"},
        {"nonagricultural_hukou_pct": "0.31"},
        {"birth_rate_per_1000": "0.0106"},
        {"floor_area_per_person": "0"},
        {"floor_area_per_person": "999999999"},
        {"floor_area_per_person": "41,76"},
        {"mean_years_schooling": "89"},
        {"employed_sample": "60000"},
        {"employed_sample": "2000", "employed_agriculture_sample": "2001"},
        {"county": ""},
        {"county": "县" * 3000},
    ],
    ids=lambda changed: ",".join(f"{key}={value[:8]}" for key, value in changed.items()),
)
def test_what_no_county_has_is_refused_where_it_stands(tmp_path: Path, changed: dict[str, str]) -> None:
    path = write(tmp_path / "a_2020.csv", county(**changed))
    with pytest.raises(InvalidInput) as refused:
        read_row(path, "341299")
    assert f"{path}:2:" in refused.value.message("zh")
    assert {fault.path for fault in refused.value.faults} & {*changed, "nonagricultural_share", "birth_rate"} or (
        "one_person" in refused.value.message("en") or "sample" in refused.value.message("en")
    )


def test_a_whole_table_in_ten_thousands_is_refused(tmp_path: Path) -> None:
    row = county()
    wan = {
        key: f"{float(row[key]) / 1e4:.4f}"
        for key in row
        if key.startswith(("male", "female", "away")) or key in COUNTS
    }
    with pytest.raises(InvalidInput, match="no whole number, so it seems to be written in 万; write it one by one, as"):
        read(tmp_path, row | wan)


def test_old_men_alone_are_no_county(tmp_path: Path) -> None:
    row = county() | {key: "0" for key in county() if key.startswith(("male_", "female_"))}
    row |= {"male_85+": "50000", "male": "50000", "female": "0", "resident": "50000", "urban": "0", "rural": "50000"}
    with pytest.raises(InvalidInput, match=r"male / female = inf, expected 0\.9–1\.73"):
        read(tmp_path, row | {"city_area": ""})


def test_what_is_rare_is_marked_with_what_is_usual(tmp_path: Path) -> None:
    (said,) = read(tmp_path, county(floor_area_per_person="9")).warnings
    assert said.en.startswith("floor_area_per_person = 9: rare, 12.8–83.7 in all but one in a thousand counties")


def test_a_printed_household_size_is_held_against_people_and_households(tmp_path: Path) -> None:
    people, households = 9_500 * 4, 13_000
    printed = {"households": str(households), "household_population": str(people), "hh_one_person": "3000"}
    assert not read(tmp_path, county(**printed, household_size="2.92")).warnings
    (said,) = read(tmp_path, county(**printed, household_size="2.82")).warnings
    assert said.en == "2.82 printed, but 38000 people in 13000 households are 2.92"


def test_thousands_and_full_width_digits_are_read(tmp_path: Path) -> None:
    row = read(tmp_path, county(households="16,000", floor_area_per_person="41.76"))
    assert (row.households, row.floor_area_per_person) == (16_000, 41.76)


def test_every_range_is_in_order() -> None:
    assert all(one.least <= one.usual_low < one.usual_high <= one.most for one in ranges())


def test_totals_and_repeated_rows_are_no_counties(tmp_path: Path) -> None:
    other = county() | {"code": "341298", "county": "他县"}
    path = write(
        tmp_path / "a_2020.csv",
        county() | {"code": "340000", "county": "安徽省"},
        county() | {"code": "341200", "county": "某市"},
        county() | {"code": "", "county": "合 计"},
        county(),
        county(),
        other,
        county() | {"code": "341297", "county": "甲县"},
        county() | {"code": "341297", "county": "乙县"},
    )
    rows, faults = read_rows(path)
    assert [row.code for row in rows] == ["341299", "341298"]
    assert {fault.place.line: fault.problem.en for fault in faults} == {
        2: "安徽省 is a total, not a county, and is left out",
        3: "某市 is a total, not a county, and is left out",
        4: "合 计 is a total, not a county, and is left out",
        6: "code 341299 is there twice, lines 5 and 6",
        8: "code 341297 is there twice, lines 8 and 9",
        9: "code 341297 is there twice, lines 8 and 9",
    }


@pytest.mark.parametrize("code", ["34128", "3.41282E5", "３４１２８２", "341282000000", "041282"])
def test_a_code_that_is_none_is_no_county(tmp_path: Path, code: str) -> None:
    rows, faults = read_rows(write(tmp_path / "a_2020.csv", county() | {"code": code}, county()))
    assert [row.code for row in rows] == ["341299"]
    assert [(one.place.line, one.problem.en) for one in faults] == [
        (2, f"{code!r} is not a six-digit code (GB/T 2260)")
    ]


def test_a_prefecture_without_counties_is_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a_2020.csv", county() | {"code": "441900", "county": "东莞市"}, county())
    rows, faults = read_rows(path)
    assert [row.name for row in rows] == ["东莞市", "某某县"]
    assert not faults


def test_a_row_that_is_there_twice_is_said_with_its_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "a_2020.csv", county(), county())
    with pytest.raises(InvalidInput, match="'341299' is there twice, in lines 2, 3"):
        read_row(path, "341299")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: "表1 分县人口\n\n" + text, "the header seems to be in line 3"),
        (lambda text: text.replace(",", ";"), "separated by ';'"),
        (lambda text: text.replace(",", "\t"), "separated by"),
        (lambda text: text + "\0", "a.*:3:1: a NUL character"),
    ],
    ids=["title", "semicolons", "tabs", "nul"],
)
def test_what_is_no_table_says_one_thing(tmp_path: Path, change: object, message: str) -> None:
    path = write(tmp_path / "a_2020.csv", county())
    assert callable(change)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(InvalidInput, match=message) as refused:
        read_row(path, "341299")
    assert len(refused.value.faults) == 1
