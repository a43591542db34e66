"""A county with one census gets rates learnt across others, and runs on them."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from docs.write.prior import dump
from sim.cli import main
from sim.common.errors import Exit
from sim.evidence.calibrate import unfitted
from sim.evidence.calibrate.bands import Bands, Scales
from sim.evidence.calibrate.contrasts import CONTRASTS, contrasts
from sim.evidence.calibrate.design import design_of
from sim.evidence.calibrate.drawing import NORMAL_EDGE, covariances
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS, deviations
from sim.evidence.calibrate.inputs import inputs_of
from sim.evidence.calibrate.learning import (
    lanes_of_rows,
    learn_from,
    linear_at,
    own_fits,
    run_scale,
    sample_of,
)
from sim.evidence.calibrate.prior import Prior, load_prior, parse, prior_rates
from sim.evidence.calibrate.replay import end
from sim.evidence.calibrate.unfitted import unfitted_rates, unlike
from sim.model.axes import AWAY, CITY, TOWN
from sim.places.census import CensusRow, read_region, write_rows
from sim.places.china.national import load_national
from sim.run.scenario_run import run
from sim.run.tables import RunTables
from sim.scenario import scenario
from tests.census_rows import figures_2010, figures_2020, write
from tests.evidence.backtest.counties import first_rows, second_rows, truth
from tests.scenarios import ROOT

REGIONS = ROOT / "scenarios" / "regions"
LEARNT_FROM = f"regression learnt from {load_prior().manifest['counties']:,} counties"


def of(text: str) -> dict[str, dict[str, object]]:
    content: dict[str, dict[str, object]] = yaml.safe_load(text)["set"]
    return content


@pytest.fixture(scope="module")
def learnt_without_the_last() -> tuple[Prior, CensusRow, CensusRow]:
    """A prior learnt from 60 made-up counties but the last, and that one's two censuses."""
    rows = first_rows(60, seed=11)
    later = second_rows(rows, truth(rows, seed=11))
    first, second = rows[:-1], later[:-1]
    sample = sample_of(first, second, load_national())
    design = design_of(first, [second])
    inputs, without = inputs_of(design, first), inputs_of(design, first, without=True)
    scales = {2010: run_scale(sample.still, sample.base)}
    known = learn_from(sample, own_fits(sample, 2), inputs, without, scales, np.arange(len(first)))
    return (
        Prior(design, known, {"parameters": [parameter.name for parameter in LEARNT_PARAMETERS]}),
        rows[-1],
        later[-1],
    )


def test_a_county_left_out_is_forecast_better_than_by_no_change(
    learnt_without_the_last: tuple[Prior, CensusRow, CensusRow],
) -> None:
    prior, first, came = learnt_without_the_last
    pop = end(lanes_of_rows([first], range(2011, 2021), load_national()), prior.expected(first).parameters[np.newaxis])[
        0
    ]
    resident = pop[:AWAY].sum()
    rate = (pop[CITY].sum() + pop[TOWN].sum()) / resident
    assert abs(resident / came.resident - 1.0) < 0.06
    assert abs(rate - came.urbanization_rate) < 0.5 * abs(first.urbanization_rate - came.urbanization_rate)
    uncertain = {one.path: one.deviation for one in prior_rates(first, prior).uncertain}
    assert 0.1 < uncertain["away.leave_rural"] < 1.5


def test_a_file_keeps_all_that_was_learnt(learnt_without_the_last: tuple[Prior, CensusRow, CensusRow]) -> None:
    """Targets, bands and all: what is read again expects of a county what was learnt."""
    prior, row, _ = learnt_without_the_last
    again = parse(dump(prior), "prior")
    one, two = prior.expected(row), again.expected(row)
    np.testing.assert_allclose(two.parameters / deviations(), one.parameters / deviations(), atol=0.02)
    np.testing.assert_allclose(np.diag(two.covariance), np.diag(one.covariance), rtol=0.02)
    flat = replace(prior.known.targets.like, effects=np.zeros_like(prior.known.targets.like.effects))
    bare = replace(prior.known, targets=replace(prior.known.targets, like=flat))
    assert np.abs(replace(prior, known=bare).expected(row).parameters - one.parameters).max() > 1e-3


def test_the_covariance_is_as_wide_as_the_bands_and_goes_together_as_errors_did(
    learnt_without_the_last: tuple[Prior, CensusRow, CensusRow],
) -> None:
    prior, row, _ = learnt_without_the_last
    lanes, unit = prior.expected(row).lanes, deviations()
    at, inputs = linear_at(lanes, np.zeros((1, len(unit)))), inputs_of(prior.design, [row])
    together = np.full((len(CONTRASTS), len(CONTRASTS)), 0.3) + 0.7 * np.eye(len(CONTRASTS))
    half = np.array([0.03, 0.10, 0.05, 0.04, 0.12])
    scales = Scales(np.zeros(len(CONTRASTS)), np.zeros((inputs.straight, len(CONTRASTS))))
    made = covariances(prior.known.learnt, Bands(scales, {"": half}, {"": half}, together), at, inputs)[0]
    slopes = contrasts(at.logs, at.slopes).slopes[0]
    found = slopes @ made @ slopes.T
    wide = half / NORMAL_EDGE
    np.testing.assert_allclose(found, together * np.outer(wide, wide), rtol=0.1)


def test_rates_of_a_file_are_those_of_the_prior_with_their_spread(tmp_path: Path) -> None:
    row = read_region(REGIONS / "jieshou")[2020]
    write_rows(tmp_path / "census.csv", [row])
    (tmp_path / "region.yaml").write_text((REGIONS / "jieshou" / "region.yaml").read_text("utf-8"), "utf-8")
    found = unfitted_rates(tmp_path)
    assert found.kind == "estimated"
    assert LEARNT_FROM in found.method.en
    written, expected = of(found.content), {rate.path: rate for rate in prior_rates(row).rates}
    for path in ("away.leave_rural", "transfer.rural_to_city", "outside.arrive_city"):
        assert written[path]["value"] == pytest.approx(expected[path].value, rel=1e-5)
        spread = written[path]["dist"]["lognormal"]["sd"]  # type: ignore[index]
        assert spread == pytest.approx(expected[path].deviation, abs=1e-4)
    assert written["fertility.tfr"]["dist"]


def test_a_district_without_villages_sends_nobody_there() -> None:
    content = unfitted_rates(REGIONS / "tianhe").content
    written = of(content)
    assert written["away.return_to_rural"]["value"] == 0
    assert "dist" not in written["away.return_to_rural"]
    assert "away.return_to_rural" not in yaml.safe_load(content)["correlation"]["paths"]


def test_deaths_start_from_the_provinces_published_expectation_of_life() -> None:
    national = load_national()
    for folder in sorted(REGIONS.iterdir()):
        if (folder / "census.csv").is_file():
            row = read_region(folder)[2020]
            level = next(rate.value for rate in prior_rates(row).rates if rate.path == "mortality.level")
            assert level == pytest.approx(national.province_mortality_of(row.code, [2020])[0]), folder.name


def test_a_region_unlike_those_learnt_from_gets_balanced_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    row = read_region(REGIONS / "jieshou")[2020]
    assert not unlike(row)
    assert unlike(replace(row, code="340000"))
    assert unlike(replace(row, resident=19_000.0))
    monkeypatch.setattr(unfitted, "unlike", lambda row: True)
    found = unfitted_rates(REGIONS / "baiyun")
    assert found.kind == "assumed"
    assert "correlation" not in found.content
    arrivals = [entry["value"] for path, entry in of(found.content).items() if path.startswith("outside.arrive")]
    assert sum(arrivals) > 100_000.0  # type: ignore[arg-type]


def _same_to_the_last_digit(shipped: str, now: str) -> None:
    """Two files of six digits: the last may stand on either side of a half."""
    number = re.compile(r"-?\d+\.\d+")
    assert number.sub("#", shipped) == number.sub("#", now)
    found, made = (np.array(number.findall(text), dtype=np.float64) for text in (shipped, now))
    np.testing.assert_allclose(found, made, rtol=2e-6, atol=1.5e-6)


def test_shipped_regions_without_a_fit_hold_what_would_be_written_now() -> None:
    checked = 0
    for folder in sorted(REGIONS.iterdir()):
        rates = folder / "rates.yaml"
        if rates.is_file() and "region add" in rates.read_text("utf-8"):
            _same_to_the_last_digit(rates.read_text("utf-8"), unfitted_rates(folder).content)
            notes = yaml.safe_load((folder / "region.yaml").read_text("utf-8"))["notes"]
            assert any(re.search("learnt from", note["method"]["en"]) for note in notes)
            checked += 1
    assert checked == 11


def larger(row: dict[str, str]) -> dict[str, str]:
    """The made-up county with a hundred times its people, as large as those that rates were learnt from."""
    kept = {"code", "province", "prefecture", "county", "nonagricultural_hukou_pct"}
    return {key: value if key in kept or not value else str(100 * int(value)) for key, value in row.items()}


def added(folder: Path, *more: str) -> RunTables:
    """A county added by the command, its scenario checked and run."""
    census = str(write(folder / "c_2020.csv", larger(figures_2020())))
    for arguments in (
        ["region", "add", "--census", census, "--code", "341299", "--id", "mou", "-o", str(folder / "regions"), *more],
        ["validate", str(folder / "mou" / "trend.yaml")],
    ):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == Exit.DONE
    return run(scenario(folder / "mou" / "trend.yaml", ["draws=200", "horizon=2030"]), 1).tables


def test_a_county_added_from_one_census_runs_with_a_spread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    series = added(tmp_path, "--lang", "en").series
    assert LEARNT_FROM in capsys.readouterr().out
    notes = yaml.safe_load((tmp_path / "regions" / "mou" / "region.yaml").read_text("utf-8"))["notes"]
    assert [note["kind"] for note in notes if note["what"]["en"].startswith("rates")] == ["estimated"]

    def value(measure: str, year: int, quantile: float) -> float:
        chosen = (series["measure"] == measure) & (series["year"] == year) & (series["quantile"] == quantile)
        return float(series["value"][chosen][0])

    start = value("resident", 2020, 0.5)
    assert 0.75 < value("resident", 2030, 0.5) / start < 1.25
    assert value("urbanization_rate", 2030, 0.5) > value("urbanization_rate", 2020, 0.5)
    assert value("urbanization_rate", 2030, 0.9) - value("urbanization_rate", 2030, 0.1) > 0.05


def test_a_county_with_both_censuses_is_still_fitted(tmp_path: Path) -> None:
    earlier = str(write(tmp_path / "c_2010.csv", larger(figures_2010())))
    added(tmp_path, "--earlier", earlier)
    text = (tmp_path / "regions" / "mou" / "rates.yaml").read_text("utf-8")
    assert "fitted to the censuses of 2010 and 2020" in text
    assert "learnt" not in (tmp_path / "regions" / "mou" / "region.yaml").read_text("utf-8")
