"""Scores against their definitions, and the matching of counties."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from sim.evidence.backtest.quantities import QUANTITIES, RATE, errors, of_rows
from sim.evidence.backtest.scores import BANDS, crps, score_draws, score_points
from sim.places.census import CensusRow
from sim.places.census.pairs import match, pairs
from tests.evidence.backtest.counties import first_rows

N = len(QUANTITIES)


def test_crps_of_normal_draws() -> None:
    """Gneiting & Raftery (2007): σ (z (2Φ(z) − 1) + 2φ(z) − 1/√π) for a normal forecast."""
    draws = np.sort(norm.ppf((np.arange(4000) + 0.5) / 4000))[np.newaxis]
    for truth in (0.0, 0.7, -2.0):
        exact = truth * (2 * norm.cdf(truth) - 1) + 2 * norm.pdf(truth) - 1 / np.sqrt(np.pi)
        assert crps(draws - truth)[0] == pytest.approx(exact, abs=1e-3)


def test_crps_of_a_single_figure_is_its_error() -> None:
    assert crps(np.array([[3.0]]))[0] == 3.0
    assert crps(np.full((1, 5), -2.0))[0] == pytest.approx(2.0)


def test_coverage_of_honest_draws() -> None:
    rng = np.random.default_rng(1)
    centre = rng.uniform(0.4, 0.6, size=(1500, N))
    draws = centre[:, np.newaxis] + 0.01 * rng.normal(size=(1500, 200, N))
    came = centre + 0.01 * rng.normal(size=(1500, N))
    scores = score_draws(centre, draws, came)
    for score in scores:
        assert score is not None
        np.testing.assert_allclose(score.coverage, np.array(BANDS) / 100.0, atol=0.04)
    rate = scores[RATE]
    assert rate is not None
    assert rate.error == pytest.approx(100 * 0.01 * np.sqrt(2 / np.pi), rel=0.06)
    assert abs(rate.bias) < 0.1


def test_missing_figures_are_left_out_not_counted() -> None:
    came = np.full((3, N), 0.5)
    said = came + 0.1
    said[0] = np.nan
    said[:, 1] = np.nan
    scores = score_points(said, came)
    assert scores[1] is None
    assert scores[RATE] is not None
    assert scores[RATE].counties == 2
    assert scores[RATE].error == pytest.approx(10.0)


def test_errors_are_in_points_or_percent() -> None:
    row = of_rows(first_rows(1, seed=2))
    found = errors(row * 1.1, row)
    for quantity, value in zip(QUANTITIES, found[0], strict=True):
        expected = 10.0 if quantity.unit == "percent" else 10.0 * row[0, QUANTITIES.index(quantity)]
        assert value == pytest.approx(expected)


def named(row: CensusRow, code: str, name: str, times: float = 1.0) -> CensusRow:
    return replace(row, code=code, name=name, resident=times * row.resident)


def test_counties_are_matched_by_name_then_code_then_stem() -> None:
    like = replace(first_rows(1, seed=3)[0], resident=100_000.0)
    first = [
        named(like, "130207", "丰润区"), named(like, "130208", "丰南区"), named(like, "371324", "苍山县"),
        named(like, "632121", "乐都县"), named(like, "420101", "孤独县"), named(like, "110101", "太仓巿"),
    ]  # fmt: skip
    second = [
        named(like, "130207", "丰南区"), named(like, "130208", "丰润区"), named(like, "371324", "兰陵县"),
        named(like, "630202", "乐都区"), named(like, "110101", "太仓市"),
    ]  # fmt: skip
    found = {pair.first.name: pair.second.name for pair in match(first, second)}
    assert found == {"丰润区": "丰润区", "丰南区": "丰南区", "苍山县": "兰陵县", "乐都县": "乐都区", "太仓巿": "太仓市"}


def test_a_code_that_changed_hands_is_no_proof_and_what_proved_it_is_told() -> None:
    like = replace(first_rows(1, seed=3)[0], resident=100_000.0)
    first = [named(like, "360402", "庐山区"), named(like, "360427", "星子县"), named(like, "340101", "甲乙县")]
    second = [named(like, "360402", "濂溪区"), named(like, "340202", "甲乙县"), named(like, "340101", "丙丁县")]
    found = pairs(first, second)
    assert [(pair.first.name, pair.second.name, pair.by) for pair in found.pairs] == [
        ("庐山区", "濂溪区", "code"), ("甲乙县", "甲乙县", "province")
    ]  # fmt: skip
    assert {by: count for by, count in found.matched.items() if count} == {"province": 1, "code": 1}
    assert [pair.first.name for pair in found.moved] == ["甲乙县"]
    assert "甲乙县: 340101 in" in found.told()[-1].en


def test_changed_boundaries_and_small_places_are_left_out() -> None:
    like = replace(first_rows(1, seed=3)[0], resident=100_000.0)
    first = [named(like, f"34010{i}", f"某{i}县") for i in range(4)]
    first[3] = named(like, "340103", "某3县", 0.15)
    second = [
        named(like, "340100", "某0县", 1.59), named(like, "340101", "某1县", 1.61),
        named(like, "340102", "某2县", 0.64), named(like, "340103", "某3县", 0.15),
    ]  # fmt: skip
    found = pairs(first, second)
    assert [pair.first.name for pair in found.pairs] == ["某0县"]
    assert (found.unmatched, found.small, found.changed) == (0, 1, 2)
