"""Rates fitted to two censuses: the shipped ones are what the command makes, and a known truth is found again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.common.errors import InvalidInput
from sim.evidence.calibrate.fit import county, fit
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.region import Calibration, away_csv, calibrate, rates_yaml, residuals_json
from sim.evidence.calibrate.replay import Decade, end
from sim.model.axes import AWAY, CITY, OUTSIDE_REGISTRATION, RURAL, TOWN
from sim.model.people.villages import INTO_VILLAGES
from sim.places.base_year import base_year
from sim.places.census import AGE_STARTS, read_region
from sim.places.china.national import load_national
from sim.scenario.yaml.yaml_core import load
from tests.scenarios import ROOT

JIESHOU = ROOT / "scenarios" / "regions" / "jieshou"
YUEXIU = ROOT / "scenarios" / "regions" / "yuexiu"


@pytest.fixture(scope="module")
def fitted() -> Calibration:
    return calibrate(JIESHOU)


def numbers(text: str, separator: str = ",") -> list[float]:
    return [float(cell) for line in text.splitlines()[1:] for cell in line.split(separator)[2:]]


@pytest.fixture(scope="module")
def in_towns_only() -> Calibration:
    return calibrate(YUEXIU, draws=0)


@pytest.mark.parametrize(("folder", "kept"), [(JIESHOU, "fitted"), (YUEXIU, "in_towns_only")])
def test_the_shipped_rates_are_what_the_command_makes(
    folder: Path, kept: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Spreads are made again for one region alone, since they take the time of many fits."""
    made: Calibration = request.getfixturevalue(kept)
    again = tmp_path / "rates.yaml"
    again.write_text(rates_yaml(made), encoding="utf-8")
    new, shipped = load(again).data, load(folder / "rates.yaml").data
    assert new["set"].keys() == shipped["set"].keys()
    for path, entry in shipped["set"].items():
        value, other = entry["value"], new["set"][path]["value"]
        pairs = zip(value.values(), other.values(), strict=True) if isinstance(value, dict) else [(value, other)]
        for one, two in pairs:
            assert one == pytest.approx(two, rel=1e-3, abs=1e-6), path
    if len(made.fit.drawn):
        np.testing.assert_allclose(new["correlation"]["matrix"], shipped["correlation"]["matrix"], atol=5e-3)
    np.testing.assert_allclose(
        numbers(away_csv(made.fit.pop)), numbers((folder / "away.csv").read_text("utf-8")), rtol=1e-3, atol=0.1
    )


def test_a_district_without_villages_is_fitted_with_all_its_people_in_towns(in_towns_only: Calibration) -> None:
    """All residents are urban, so that both totals are met at once, and no rate leads into villages."""
    errors = {item.name: item.error for item in in_towns_only.fit.observations}
    assert not in_towns_only.fit.pop[RURAL].any()
    assert errors["resident"] == pytest.approx(errors["urban"], abs=1e-12)
    assert abs(errors["resident"]) < 0.003
    rates = {rate.path: rate.value for rate in in_towns_only.rates.rates}
    assert all(rates[path] == 0.0 for path in INTO_VILLAGES if path in rates)
    assert rates["away.return_to_city"] > rates["away.return_to_town"] > 0.0


def test_the_fit_meets_the_second_census(fitted: Calibration) -> None:
    errors = {item.name: abs(item.error) for item in fitted.fit.observations}
    assert errors["urban"] < 0.001
    assert errors["resident"] < 0.005
    assert errors["city"] < 0.005
    ages = [error for name, error in errors.items() if name.startswith(("male", "female"))]
    assert np.mean(ages) < 0.06
    assert max(ages) < 0.15
    assert "residual" not in residuals_json(fitted)
    assert len(fitted.fit.observations) == 2 * 19 + 4


def test_the_fit_is_deterministic(fitted: Calibration) -> None:
    np.testing.assert_array_equal(calibrate(JIESHOU, draws=0).fit.parameters, fitted.fit.parameters)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_known_truth_is_found_again(seed: int) -> None:
    """A decade is run with drawn parameters; a fit to its result meets it and covers parameters the census shows."""
    rows = read_region(JIESHOU)
    national = load_national()
    decade = Decade(
        base_year(rows[2010], national, other=rows[2020]).pop, range(2011, 2021), 2500.0, national, "341282"
    )
    rng = np.random.default_rng(seed)
    truth = 0.5 * rng.normal(size=len(FREE_PARAMETERS)) * [parameter.deviation for parameter in FREE_PARAMETERS]
    made = end(county(decade), truth[np.newaxis])[0]
    residents = made[:AWAY].sum(axis=(0, 1))
    ages = np.add.reduceat(residents, list(AGE_STARTS), axis=1)
    second = replace(
        rows[2020],
        resident=float(residents.sum()),
        urban=float(made[CITY].sum() + made[TOWN].sum()),
        city_area=float(made[CITY].sum()),
        same_province=float(made[:AWAY, OUTSIDE_REGISTRATION].sum()),
        other_province=0.0,
        male_by_age=tuple(ages[0]),
        female_by_age=tuple(ages[1]),
    )
    found = fit(decade, second)
    assert max(abs(item.error) for item in found.observations) < 0.03
    shown = (
        [parameter.name for parameter in FREE_PARAMETERS].index("fertility"),
        [parameter.name for parameter in FREE_PARAMETERS].index("arrive"),
    )
    deviations = np.sqrt(np.diag(found.covariance))
    for parameter in shown:
        assert abs(found.parameters[parameter] - truth[parameter]) < 3.0 * deviations[parameter]
    assert np.mean(np.abs(found.parameters - truth) < 2.0 * deviations) > 0.85


def test_one_census_is_not_enough(tmp_path: Path) -> None:
    for name in ("region.yaml", "census.csv"):
        text = (JIESHOU / name).read_text("utf-8")
        kept = [line for line in text.splitlines() if not line.startswith("2010,")]
        (tmp_path / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="two censuses"):
        calibrate(tmp_path)
