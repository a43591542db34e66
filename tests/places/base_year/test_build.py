"""From a census row to people by zone, registration, sex and age."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.common.language import Text
from sim.common.paths import library
from sim.model.axes import (
    AWAY,
    CITY,
    OUTSIDE_REGISTRATION,
    POP_SHAPE,
    RURAL,
    RURAL_REGISTRATION,
    TOWN,
    URBAN_REGISTRATION,
)
from sim.places.base_year import AwayEstimate, BaseYear, base_year
from sim.places.census import AGE_STARTS, CensusRow, read_region, read_row, read_rows
from sim.places.china.national import load_national
from tests.census_rows import figures_2010, figures_2020, write
from tests.paths import REFERENCE

CENSUS = REFERENCE / "census"


def jieshou() -> dict[int, CensusRow]:
    return read_region(library() / "scenarios" / "regions" / "jieshou")


def made(tmp_path: Path, year: int) -> CensusRow:
    figures = figures_2020() if year == 2020 else figures_2010()
    return read_row(write(tmp_path / f"counties_{year}.csv", figures), "341299")


def assert_is_the_census(row: CensusRow, base: BaseYear) -> None:
    pop = base.pop
    assert pop.shape == POP_SHAPE
    assert np.isfinite(pop).all()
    assert (pop >= 0).all()
    assert not pop[AWAY, OUTSIDE_REGISTRATION].any()
    groups = np.add.reduceat(pop[:AWAY].sum(axis=(0, 1)), AGE_STARTS, axis=1)
    tolerance = 1e-9 * row.resident
    np.testing.assert_allclose(groups, [row.male_by_age, row.female_by_age], rtol=0, atol=tolerance)
    assert pop[(CITY, TOWN), :].sum() == pytest.approx(row.urban, abs=tolerance)
    assert pop[RURAL].sum() == pytest.approx(row.rural, abs=tolerance)
    assert pop[:, OUTSIDE_REGISTRATION].sum() == pytest.approx(row.outside or 0.0, abs=tolerance)


@pytest.mark.parametrize("year", [2010, 2020])
def test_the_totals_of_jieshou_are_the_census(year: int) -> None:
    row = jieshou()[year]
    base = base_year(row, load_national())
    assert_is_the_census(row, base)
    if row.city_area is not None:
        assert base.pop[CITY].sum() == pytest.approx(row.city_area, rel=1e-9)
    if row.registered is not None:
        assert base.pop[:, :OUTSIDE_REGISTRATION].sum() == pytest.approx(row.registered, rel=1e-9)
        share = base.pop[:, URBAN_REGISTRATION].sum() / base.pop[:, :OUTSIDE_REGISTRATION].sum()
        assert share == pytest.approx((row.nonagricultural_share or 0) / 100, rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(
    urban=st.floats(0.0, 1.0),
    city=st.one_of(st.none(), st.floats(0.0, 1.0)),
    outside=st.floats(0.0, 1.0),
    within=st.one_of(st.none(), st.floats(0.0, 1.0)),
    registered=st.one_of(st.none(), st.floats(0.2, 3.0)),
    share=st.one_of(st.none(), st.floats(0.0, 100.0)),
)
@example(urban=0.0, city=None, outside=1.0, within=None, registered=None, share=None)
def test_any_row_gives_its_totals(
    urban: float,
    city: float | None,
    outside: float,
    within: float | None,
    registered: float | None,
    share: float | None,
) -> None:
    row = jieshou()[2020]
    n = row.resident

    def of(share: float | None, total: float = n) -> float | None:
        return None if share is None else float(round(share * total))

    urban_persons = float(round(urban * n))
    row = replace(
        row,
        urban=urban_persons,
        rural=n - urban_persons,
        city_area=of(city, urban_persons),
        same_province=of(outside),
        other_province=None,
        elsewhere_same_county=of(within),
        registered=of(registered),
        nonagricultural_share=None if share is None else round(share, 2),
    )
    assert_is_the_census(row, base_year(row, load_national()))


def test_the_pattern_of_ages_by_residence_is_plausible() -> None:
    pop = base_year(jieshou()[2020], load_national()).pop[:AWAY].sum(axis=(1, 2))
    shares = pop / pop.sum(axis=1, keepdims=True)
    working, old, school = (shares[:, ages].sum(axis=1) for ages in (slice(20, 45), slice(65, None), slice(6, 15)))
    assert working[CITY] > working[TOWN] > working[RURAL]
    assert old[RURAL] > 1.3 * old[TOWN]
    assert 0.8 < school[TOWN] / school[RURAL] < 1.1


def test_ages_of_outsiders_are_those_of_migrants() -> None:
    pop = base_year(jieshou()[2020], load_national()).pop
    by_hukou = pop[:RURAL].sum(axis=(0, 2))
    young = by_hukou[:, 20:35].sum(axis=1) / by_hukou.sum(axis=1)
    assert young[OUTSIDE_REGISTRATION] > young[RURAL_REGISTRATION] > young[URBAN_REGISTRATION]


def test_the_seat_follows_the_other_year_where_the_row_lacks_it() -> None:
    rows = jieshou()
    base = base_year(rows[2010], load_national(), other=rows[2020])
    share = base.pop[CITY].sum() / base.pop[(CITY, TOWN), :].sum()
    assert share == pytest.approx(207420 / 308493, rel=1e-9)
    mark = next(mark for mark in base.marks if "seat" in mark.what.en)
    assert mark.kind == "estimated"
    alone = base_year(rows[2010], load_national())
    assert next(mark for mark in alone.marks if "seat" in mark.what.en).kind == "assumed"


def test_a_given_estimate_of_those_away_stands(tmp_path: Path) -> None:
    away = np.arange(2 * 2 * 101, dtype=np.float64).reshape(2, 2, 101)
    estimate = AwayEstimate(away, Text("由2010年推算", "projected from 2010"))
    for year in (2010, 2020):
        row = made(tmp_path, year)
        base = base_year(row, load_national(), away=estimate)
        # of the year with a published share of urban hukou, hukou gives way to it, and nothing else
        np.testing.assert_allclose(base.pop[AWAY].sum(axis=0), away.sum(axis=0), rtol=1e-12)
        assert np.array_equal(base.pop[AWAY, :OUTSIDE_REGISTRATION], away) == (year == 2010)
        assert_is_the_census(row, base)
        assert any(mark.method.en == "projected from 2010" for mark in base.marks)
    with pytest.raises(ValueError, match="shape"):
        AwayEstimate(away[0], Text("", ""))


def test_fewer_registered_than_local_residents_means_none_away(tmp_path: Path) -> None:
    row = replace(made(tmp_path, 2010), registered=1000.0)
    base = base_year(row, load_national())
    assert not base.pop[AWAY].any()
    assert any("none taken as away" in mark.method.en for mark in base.marks)


def test_every_missing_figure_is_named(tmp_path: Path) -> None:
    base = base_year(replace(made(tmp_path, 2020), same_province=None, other_province=None), load_national())
    missing = " ".join(mark.what.en for mark in base.marks if mark.kind == "missing")
    for words in ("built-up area", "registered population", "another province", "people from outside"):
        assert words in missing


@pytest.mark.skipif(not CENSUS.is_dir(), reason="the reference census tables are not beside the checkout")
@pytest.mark.parametrize("year", [2010, 2020])
def test_fifty_rows_of_the_county_tables(year: int) -> None:
    path = CENSUS / f"counties_{year}.csv"
    rows, _ = read_rows(path)
    national = load_national()
    for row in np.random.default_rng(year).choice(np.array(rows, dtype=object), 50, replace=False):
        assert_is_the_census(row, base_year(row, national))
