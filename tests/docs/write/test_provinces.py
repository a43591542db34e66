"""The pace of provinces is found from their figures, and a folder's other places are scored beside them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from docs.write.closure_sums import MEASURES, YEARS
from docs.write.since_2020 import provinces as scored
from docs.write.since_2020.data_page import data_sections
from docs.write.since_2020.provinces import PACES, Facts, Provinces, errors, facts, pace, said, score
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.replay import Decade, lanes_of
from sim.places.base_year import base_year
from sim.places.census import read_region
from sim.places.china.national import load_national
from tests.scenarios import ROOT

KNOWN = np.array([-0.4, 0.3, -0.2, -0.3, 0.1, -0.05])


@pytest.fixture(scope="module")
def made() -> Provinces:
    """Six provinces like Jieshou, of different size, urban share and outsiders."""
    national = load_national()
    like = read_region(ROOT / "scenarios" / "regions" / "jieshou")[2020]
    rows = tuple(
        replace(
            like,
            code=f"{code}0000",
            name=f"某{code}省",
            urban=share * like.resident,
            rural=(1.0 - share) * like.resident,
            city_area=None,
            other_province=outside * like.resident,
        )
        for code, share, outside in zip(
            (34, 36, 41, 42, 44, 61), (0.3, 0.4, 0.5, 0.6, 0.7, 0.8), (0.01, 0.05, 0.02, 0.1, 0.2, 0.15), strict=True
        )
    )
    decades = [Decade(base_year(row, national).pop, YEARS, 0.1 * row.resident, national, row.code) for row in rows]
    lanes = lanes_of(decades, [None] * len(rows), FREE_PARAMETERS)
    return Provinces(rows, lanes, np.zeros((len(rows), len(FREE_PARAMETERS))))


def test_the_pace_that_made_the_figures_is_found(made: Provinces) -> None:
    fact = Facts(said(made, np.tile(KNOWN, (len(made.rows), 1))))
    found = pace(made, fact, np.arange(len(made.rows)))
    np.testing.assert_allclose(found[list(PACES).index("to_town")], -0.3, atol=0.03)
    np.testing.assert_allclose(found[list(PACES).index("fertility")], 0.1, atol=0.02)
    assert np.abs(errors(said(made, np.tile(found, (len(made.rows), 1))), fact)).max() < 0.5


def test_no_province_is_scored_with_its_own_figures(made: Provinces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scored, "FOLDS", 3)
    fact = Facts(said(made, np.tile(KNOWN, (len(made.rows), 1))))
    other = Facts(fact.values.copy())
    other.values[2, :, 0] += 3.0
    one, two = score(made, fact), score(made, other)
    np.testing.assert_array_equal(one.half[2], two.half[2])
    np.testing.assert_allclose(two.paced[2, :, 0], one.paced[2, :, 0] - 3.0, atol=1e-9)
    assert not np.allclose(one.paced[3], two.paced[3])


def test_the_page_says_what_was_aimed_at_and_what_is_missed(made: Provinces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scored, "FOLDS", 2)
    resident = made.rows[0].resident
    table = pd.DataFrame(
        [("340000", "resident_pop", 2021, resident / 1e4, "万人"), ("340000", "births", 2021, 1.0, "万人")],
        columns=["code", "measure", "year", "value", "unit"],
    )
    fact = facts(made, table)
    assert fact.known.sum() == 1
    assert fact.values[0, 0, MEASURES.index("resident_pop")] == pytest.approx(0.0)
    text = data_sections(made, fact, score(made, fact), ())
    assert "| residents 常住人口 (%) | 1 | 0.00 |" in text
    assert "below no change | **no 否** |" in text
    assert "births 出生 (%) | 0" not in text
