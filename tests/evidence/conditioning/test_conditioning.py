"""A run held to figures published since the base year."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sim.evidence.conditioning.clues import POWER, STRAYED, Clue, clues, level_of, load
from sim.evidence.conditioning.condition import conditioned
from sim.run.scenario_run import Run, run
from sim.scenario import scenario
from tests.paths import ROOT


@cache
def done(name: str, observed: str = "published") -> Run:
    asked = ("draws=200", "horizon=2026", "test_year=2025", f"observed={observed}")
    return run(scenario(ROOT / "scenarios" / f"{name}.yaml", asked), 1)


def test_a_county_without_figures_leans_on_its_prefecture_with_a_wider_error() -> None:
    found = {one.measure: one for one in clues(done("jieshou/trend"))}
    rate = found["urbanization_rate"]
    assert (rate.whose, rate.area) == ("prefecture", "阜阳市")
    start = float(done("jieshou/trend").ensemble.of("urbanization_rate")[0, 0])
    of_city = load()["341200"].values
    assert rate.values[0] == pytest.approx(
        start + of_city["urbanization_rate", 2021] - of_city["urbanization_rate", 2020]
    )
    own, leaning = (one.errors(2020, 1.0)[0, 0] for one in (_as_own(rate), rate))
    assert leaning == pytest.approx(own + (STRAYED["county", "prefecture", "urbanization_rate"] * 0.1**POWER) ** 2)
    assert 0.0 < rate.weight(done("jieshou/trend").ensemble) < 0.6


def _as_own(clue: Clue) -> Clue:

    return replace(clue, whose="own")


def test_own_figures_come_before_those_of_the_area_around() -> None:
    found = {(one.place, one.measure): one for one in clues(done("hanyin/trend"))}
    assert found["hanyin", "resident"].whose == "own"
    assert found["hanyin", "urbanization_rate"].whose == "province"


def test_draws_that_agree_are_taken_more_often_and_the_run_keeps_both() -> None:
    before = done("jieshou/trend")
    after = conditioned(before)
    held = after.tables.held
    assert held is not None
    assert held.worth >= 50.0
    assert after.ensemble.chosen is not None
    assert len(after.ensemble.chosen) == 200
    (rate,) = (one for one in clues(before) if one.measure == "urbanization_rate")
    off = [
        float(
            np.abs(
                of.ensemble.of("urbanization_rate")[of.ensemble.years.index(rate.years[-1])] - rate.values[-1]
            ).mean()
        )
        for of in (before, after)
    ]
    assert off[1] < off[0]
    low, median, _ = held.after["urbanization_rate"][2025]
    assert low < median
    assert held.before["urbanization_rate"][2025][1] == pytest.approx(
        float(np.median(before.ensemble.of("urbanization_rate")[5])), abs=1e-6
    )


def test_a_scenario_that_asks_for_none_is_left_as_it_is() -> None:
    before = done("jieshou/trend", "none")
    assert conditioned(before) is before


def test_shipped_figures_have_a_base_a_source_and_fit_the_census() -> None:
    known = load()
    assert {"000000", "340000", "341200"} <= set(known)
    for code, area in known.items():
        for measure, year in area.values:
            assert area.sources[measure, year], code
            if measure == "resident":
                ratio = area.values[measure, year] / area.values[measure, 2020]
                assert 0.9 < ratio < 1.1, (code, year)
            else:
                assert -0.01 < area.values[measure, year] - area.values[measure, 2020] < 0.09, (code, year)


def test_a_base_year_carried_forward_keeps_its_totals_and_learns_from_earlier_figures() -> None:
    asked = ("draws=200", "plan=null", "base_year=2025", "test_year=2026", "horizon=2027")
    before = run(scenario(ROOT / "scenarios" / "jieshou" / "trend.yaml", asked), 1)
    found = clues(before)
    assert [(one.whose, one.area, one.years) for one in found if one.measure == "resident"] == [
        ("prefecture", "阜阳市", (2021, 2022))
    ]
    after = conditioned(before)
    assert after.tables.held is not None
    assert after.ensemble.chosen is not None
    for name in ("urban", "rural"):
        (wanted, all_draws) = (float(np.median(one.ensemble.of(name)[0])) for one in (after, before))
        assert wanted == pytest.approx(all_draws, rel=1e-6)
    plain = before.ensemble.of("urbanization_rate")[-1, list(after.ensemble.chosen)]
    assert np.abs(after.ensemble.of("urbanization_rate")[-1] - plain).max() > 1e-6


def test_places_are_told_by_their_codes_and_districts_stray_farthest() -> None:
    assert [level_of(code) for code in ("440106", "341282", "610921", "341200", "")] == [
        *("district", "county", "county"),
        *("prefecture", "prefecture"),
    ]
    for measure in ("resident", "urbanization_rate"):
        far = [STRAYED[kind, "province", measure] for kind in ("district", "county", "prefecture")]
        assert far == sorted(far, reverse=True)
