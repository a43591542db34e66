"""One published five-year period of the United Nations, through the simulator's kernels."""

from dataclasses import replace
from pathlib import Path

import pytest

from docs.write.lifetable import COALE_DEMENY
from docs.write.validation import un_five_year
from docs.write.validation.check import Check, Status
from docs.write.validation.project import AT_END, AT_END_BEARING, HALF_AND_HALF, project
from docs.write.validation.un_five_year import Country, error_under, identify, rates_of, read_countries

from .published import five_year_folder

NORTH = replace(COALE_DEMENY, family="north", greville_from=5)


def only(folder: Path) -> Country:
    (country,) = read_countries(folder / un_five_year.FOLDER)
    return country


def test_a_country_of_any_name_passes(tmp_path: Path) -> None:
    lines: list[Check] = un_five_year.checks(five_year_folder(tmp_path, "DEU", "XYZ"))
    assert [line.status for line in lines] == [Status.WITHIN, Status.WITHIN]
    assert all("XYZ 2010–2015" in line.name for line in lines)
    assert all(line.figure is not None and line.figure < 1e-4 for line in lines)


def test_migrants_who_do_not_bear_miss_the_published_births(tmp_path: Path) -> None:
    country = replace(only(five_year_folder(tmp_path, "DEU", "DEU")), convention=AT_END)
    assert any(line.status is Status.BEYOND for line in un_five_year.compare(country))


def test_code_zero_is_half_and_half_and_takes_the_north_family(tmp_path: Path) -> None:
    country = only(five_year_folder(tmp_path, "KEN", "KEN"))
    assert country.convention == HALF_AND_HALF
    by, learnt = identify(country, [1965])
    assert by == NORTH
    assert "1965–1970" in learnt
    period = project(country.population[1965], rates_of(country, 1965, by), country.convention)
    assert error_under(period.population, country.population[1970], 85) < 3e-4


def test_without_earlier_periods_the_default_is_taken(tmp_path: Path) -> None:
    assert identify(only(five_year_folder(tmp_path, "DEU", "DEU")), []) == (COALE_DEMENY, "default")


def test_an_unknown_code_is_at_the_end(tmp_path: Path) -> None:
    folder = five_year_folder(tmp_path, "DEU", "DEU")
    path = folder / un_five_year.FOLDER / "mig_code.csv"
    path.write_text("iso3,mig_code\nDEU,5\n", encoding="utf-8")
    assert only(folder).convention == AT_END_BEARING
    path.unlink()
    assert only(folder).convention == AT_END_BEARING


def test_open_groups_below_one_hundred_are_collapsed(tmp_path: Path) -> None:
    country = only(five_year_folder(tmp_path, "DEU", "DEU"))
    assert rates_of(country, 2010, COALE_DEMENY).survival.shape == (2, 21)
    other = country.other[2010]
    short = replace(country, other={2010: replace(other, migrants=other.migrants[:, :18])})
    assert rates_of(short, 2010, COALE_DEMENY).survival.shape == (2, 18)


@pytest.mark.parametrize("file", ["population", "mx", "fertility", "net_migration"])
def test_a_missing_file_is_reported(tmp_path: Path, file: str) -> None:
    folder = five_year_folder(tmp_path, "DEU", "DEU")
    (folder / un_five_year.FOLDER / f"{file}.csv").unlink()
    (line,) = un_five_year.checks(folder)
    assert line.status is Status.ABSENT
    assert file in line.name
