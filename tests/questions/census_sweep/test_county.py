"""One county of a table: its run is that of the region it would be added as."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.common.language import Text
from sim.evidence.calibrate.prior import prior_rates
from sim.evidence.calibrate.writing import Backing, rates_text
from sim.model.draws.setting import Setting
from sim.places.census import CensusRow, read_row
from sim.places.region_add import region_add
from sim.questions.census_sweep.county import Asked, county_case, outlook
from sim.questions.census_sweep.goal import goal_of, parse_goal
from sim.run.ensemble import simulate
from sim.run.scenario_run import run
from sim.scenario import scenario
from tests.questions.census_sweep.tables import census, county

FEW = Asked(draws=20, horizon=2027)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return census(tmp_path_factory.mktemp("table"), county("370199", 20), county("341299", 30))


@pytest.fixture(scope="module")
def row(file: Path) -> CensusRow:
    return read_row(file, "370199")


def _added(file: Path, folder: Path, row: CensusRow) -> Path:
    """A trend scenario of the region that `townward region add` would make of the row."""
    region_add(file, row.code, folder / "regions")
    text = rates_text(prior_rates(row), Backing("# rates", Text("", "learnt"), Text("", "learnt")))
    (folder / "regions" / row.code / "rates.yaml").write_text(text.replace('zh: ""', "zh: 习得"), encoding="utf-8")
    trend = folder / "trend.yaml"
    trend.write_text(
        f"name: trend\ntitle: {{zh: 趋势, en: Trend}}\nregion: '{row.code}'\nhorizon: {FEW.horizon}\ntest_year: 2025\n"
        f"draws: {FEW.draws}\nseed: {FEW.seed}\n",
        encoding="utf-8",
    )
    return trend


def test_it_is_the_run_of_the_region_it_would_be_added_as(tmp_path: Path, file: Path, row: CensusRow) -> None:
    """The files round rates to six digits and deviations to four, so that results differ by less than that."""
    trend = scenario(_added(file, tmp_path, row), [])
    for ours, theirs in zip(county_case(row, FEW).regions[0].settings, trend.settings[row.code], strict=True):
        _same(ours, theirs)
    series = run(trend, 1).tables.series.frame()
    found = outlook(row, goal_of(row.code, None), FEW)
    of_rate = series[(series["measure"] == "urbanization_rate") & series["quantile"].isin((0.1, 0.5, 0.9))]
    for year, band in ((2025, found.rate), (2027, found.horizon_rate)):
        np.testing.assert_allclose(band, of_rate[of_rate["year"] == year].sort_values("quantile")["value"], rtol=2e-4)
    residents = series[(series["measure"] == "resident") & (series["quantile"] == 0.5)].set_index("year")["value"]
    np.testing.assert_allclose([found.residents, found.horizon_residents], residents[[2025, 2027]], rtol=2e-4)


def _same(ours: Setting, theirs: Setting) -> None:
    assert (ours.path, ours.change, ours.years, ours.key) == (theirs.path, theirs.change, theirs.years, theirs.key)
    assert (ours.start, ours.end, ours.lag, ours.ramp, ours.intensity) == (
        theirs.start,
        theirs.end,
        theirs.lag,
        theirs.ramp,
        theirs.intensity,
    )
    np.testing.assert_allclose(ours.values, theirs.values, rtol=1e-4)
    assert (ours.dist is None) == (theirs.dist is None)
    if ours.dist is not None and theirs.dist is not None:
        assert ours.dist.kind == theirs.dist.kind
        assert ours.dist.sd == pytest.approx(theirs.dist.sd, abs=1e-4)


def test_the_base_year_is_the_census(row: CensusRow) -> None:
    ensemble = simulate(county_case(row, FEW), range(2))
    np.testing.assert_allclose(ensemble.of("resident")[0], row.resident, rtol=1e-6)
    np.testing.assert_allclose(ensemble.of("urbanization_rate")[0], row.urbanization_rate, rtol=1e-6)


def test_the_probability_falls_as_the_target_rises_and_is_the_share_of_draws(row: CensusRow) -> None:
    rates = simulate(county_case(row, FEW), range(FEW.draws)).of("urbanization_rate")[5].astype(np.float64)
    median = float(np.median(rates))
    found = [outlook(row, parse_goal(f"{value!r}@2025"), FEW) for value in (0.03, median, 0.99)]
    assert [one.probability for one in found] == [1.0, float((rates >= median).mean()), 0.0]
    assert [one.status for one in found] == ["certain", "possible", "out of reach"]
    assert all(one.error > 0.0 for one in found)
    assert found[0].rate == found[2].rate


def test_a_county_does_not_know_the_others_but_by_its_code(row: CensusRow) -> None:
    goal = goal_of(row.code, None)
    assert outlook(row, goal, FEW) == outlook(replace(row, name="another name"), goal, FEW)
    assert outlook(row, goal, FEW) != outlook(replace(row, code="370198"), goal, FEW)
