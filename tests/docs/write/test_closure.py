"""Sums of counties beside published figures."""

import csv
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from docs.write.closure import MOST, Closure, closure, nation, page, share_of_nation
from docs.write.closure_solve import MET, by_kind, learnt_weights, solved, write
from docs.write.closure_sums import NATION, NO_FACTORS, RESIDENTS, URBAN, YEARS, Sums, prepared, summed
from docs.write.folder import published
from sim.places.census import read_region
from tests.scenarios import ROOT

ROW = read_region(ROOT / "scenarios" / "regions" / "jieshou")[2020]


def later(*rows: tuple[str, str, int, float, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["code", "measure", "year", "value", "unit"])


def test_counties_run_from_their_census_and_a_copy_adds_the_same_again() -> None:
    one, two = summed(prepared([ROW])), summed(prepared([ROW, replace(ROW, code="341283")]))
    assert one.of[0, 0, RESIDENTS] == pytest.approx(ROW.resident)
    assert one.of[0, 0, URBAN] == pytest.approx(ROW.urban)
    np.testing.assert_allclose(two.of[:, 1], one.of[:, 0])
    assert two.changes(NATION) == pytest.approx(one.changes("340000"))
    assert 5.0 < one.changes(NATION)["birth_rate", 2021] < 15.0


def test_changes_are_ratios_points_and_rates_per_thousand() -> None:
    years = np.array([[100.0, 40.0, 0.0, 0.0], *([[110.0, 55.0, 2.1, 1.05]] * 5)])
    found = Sums(("110101",), years[:, np.newaxis]).changes("110000")
    assert found["resident_pop", 2021] == pytest.approx(10.0)
    assert found["urbanization_rate", 2021] == pytest.approx(10.0)
    assert found["birth_rate", 2021] == pytest.approx(20.0)
    assert found["death_rate", 2021] == pytest.approx(10.0)


def test_published_figures_are_changes_since_the_census() -> None:
    table = later(
        (NATION, "resident_pop", 2024, 1.02, "万人"),
        (NATION, "urbanization_rate", 2024, 67.0, "%"),
        (NATION, "births", 2024, 9.0, "万人"),
    )
    found = published(table, NATION, 1e4, 63.9)
    assert found == pytest.approx({("resident_pop", 2024): 2.0, ("urbanization_rate", 2024): 3.1})


def test_the_page_shows_runs_and_fact_and_the_mean_error() -> None:
    years = np.array([[100.0, 40.0, 0.0, 0.0], *([[110.0, 55.0, 2.1, 1.05]] * 5)])
    closer = np.array([[100.0, 40.0, 0.0, 0.0], *([[109.0, 55.0, 2.1, 1.05]] * 5)])
    plain, nearer = (Sums(("340101",), one[:, np.newaxis]) for one in (years, closer))
    of = Closure(plain, nearer, plain)
    province = replace(ROW, code="340000", resident=200.0, urban=80.0)
    table = later(("340000", "resident_pop", 2021, 216.0, "人"))
    text = page(of, [province], table, {"340000": "安徽省"})
    assert "| 2021 | +10.00 | +9.00 | +0.03 | +10.00 |" in text
    assert "| 安徽省 | +2.00 | +1.00 | – |" in text
    assert "0.0% of China's residents, too small a part" in text


def test_factors_are_found_that_make_made_up_counties_change_as_a_made_up_nation_does(tmp_path: Path) -> None:
    names = ("甲区", "乙市", "丙县")
    blocks = prepared([replace(ROW, code=f"34128{i}", name=name) for i, name in enumerate(names)])
    moved = [[0.7, 0.6, 0.8, 0.9, 0.5], [0.9, 0.4, 1.1, 0.8, 0.7], [1.1, 1.05, 1.0, 0.95, 1.1]]
    given = {"leave": 0.5, "return": 0.6}
    factors = np.array([*moved, *([factor] * 5 for factor in given.values())])
    wanted = by_kind(factors, learnt_weights())
    target = summed(blocks, wanted).changes(NATION)
    found = solved(blocks, target, learnt_weights(), given)
    reached = summed(blocks, found).changes(NATION)
    for measure in MET:
        for year in YEARS:
            assert reached[measure, year] == pytest.approx(target[measure, year], abs=0.01)
    np.testing.assert_allclose(found, wanted, atol=0.06)
    write({"learnt": found, "fitted": found}, tmp_path / "factors.csv")
    with (tmp_path / "factors.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * (found.size + len(found) * len(found[0]))
    held = [float(row["factor"]) for row in rows if row["year"] == "2026" and row["rates"] == "learnt"]
    np.testing.assert_allclose(held, found[:, :, -3:].mean(axis=2).ravel(), atol=1e-4)
    assert all((float(row["deviation"]) >= 0.03) == (row["year"] == "2026") for row in rows)


def test_a_factor_acts_on_its_own_kind_and_year_alone() -> None:
    blocks = prepared([replace(ROW, code="341281", name="甲区"), replace(ROW, code="341282", name="乙县")])
    factors = NO_FACTORS.copy()
    factors[0, 0, 2] = 0.5
    plain, changed = summed(blocks).of, summed(blocks, factors).of
    np.testing.assert_array_equal(plain[:, 1], changed[:, 1])
    np.testing.assert_array_equal(plain[:3, 0], changed[:3, 0])
    assert (changed[3:, 0, RESIDENTS] < plain[3:, 0, RESIDENTS]).all()


@pytest.mark.slow
def test_all_counties_add_up_to_the_nation() -> None:
    sums, fact = closure(Path(os.environ["CENSUS_DATA"])), nation()
    if share_of_nation(sums.residents) < MOST:
        pytest.skip("these counties are too small a part of the nation")
    run = sums.after.changes(NATION)
    for year in YEARS:
        assert run["resident_pop", year] == pytest.approx(fact["resident_pop", year], abs=0.3)
        assert run["urbanization_rate", year] == pytest.approx(fact["urbanization_rate", year], abs=0.15)
        assert run["birth_rate", year] == pytest.approx(fact["birth_rate", year], abs=0.05)
