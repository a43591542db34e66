"""Sums of counties beside published figures."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from docs.write.closure import NATION, RESIDENTS, URBAN, Sums, page, published, summed
from sim.places.census import read_region
from tests.scenarios import ROOT

ROW = read_region(ROOT / "scenarios" / "regions" / "jieshou")[2020]


def later(*rows: tuple[str, str, int, float, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["code", "measure", "year", "value", "unit"])


def test_counties_run_from_their_census_and_a_copy_adds_the_same_again() -> None:
    one, two = summed([ROW]), summed([ROW, replace(ROW, code="341283")])
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


def test_the_page_shows_run_and_fact_and_the_mean_error() -> None:
    years = np.array([[100.0, 40.0, 0.0, 0.0], *([[110.0, 55.0, 2.1, 1.05]] * 5)])
    sums = Sums(("340101",), years[:, np.newaxis])
    province = replace(ROW, code="340000", resident=200.0, urban=80.0)
    table = later(("340000", "resident_pop", 2021, 216.0, "人"), (NATION, "resident_pop", 2021, 198.0, "人"))
    text = page(sums, [province], table, {"340000": "安徽省"})
    assert "| 2021 | +10.00 | -1.00 | +10.00 | – |" in text
    assert "| 安徽省 | +2.00 | – | – | – |" in text
    assert "50.0% of China" in text
