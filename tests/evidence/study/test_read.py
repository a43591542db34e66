"""What a study file may say: faults with their places, what may vary, and which figures count."""

from pathlib import Path

import numpy as np
import pytest

from sim.common.errors import InvalidInput
from sim.evidence.study.model import spots
from sim.evidence.study.read import read_study
from sim.run.ensemble import simulate
from sim.run.scenario_run import ready
from sim.scenario.resolved import ResolvedScenario
from tests.evidence.study.studies import FIGURES, VARY, study_file
from tests.scenarios import JIESHOU


def faults(folder: Path, more: str = VARY, figures: str = FIGURES) -> str:
    with pytest.raises(InvalidInput) as raised:
        read_study(study_file(folder, more, figures))
    return raised.value.message("en")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("vry: [away]\n", "study.yaml:4:1: vry"),
        ("vary: [away.leave_rual]\n", "vary[0]: no parameter or group of them is called away.leave_rual"),
        ("vary: [away.leave_rual]\n", "did you mean away.leave_rural?"),
        ("vary: [away, away.leave_rural]\n", "vary[1]: away.leave_rural is given twice"),
        ("vary: [profile.leave.peak]\n", "vary[0]: one number for the whole run"),
        ("vary: [boundary.town_to_city]\n", "vary[0]: it has no uncertainty: give it a dist under priors"),
        ("vary: []\n", "vary"),
        ("priors: {fertility.tfrr: {value: 1.1}}\n", "study.yaml:4:10: priors.fertility.tfrr"),
        ("priors: {fertility.tfr: {value: 11}}\n", "11 is outside the allowed 0.3…8 [children/woman]"),
        ("priors: {fertility.tfr: {value: 1.1, dist: {lognormal: {sd: -1}}}}\n", "study.yaml:4"),
        ("period: {from: 2023, to: 2021}\n", "years reversed"),
        ("period: {from: 2030}\n", "period: no figure to fit in 2030"),
        ("draws: 3\n", "draws"),
    ],
)
def test_faults_are_placed(tmp_path: Path, more: str, said: str) -> None:
    assert said in faults(tmp_path, more)


def test_a_bounded_prior_cannot_be_fitted(tmp_path: Path) -> None:
    prior = "priors: {fertility.tfr: {value: 1.1, dist: {uniform: {low: 1.0, high: 1.3}}}}\nvary: [fertility.tfr]\n"
    assert "only parameters with a normal or lognormal dist" in faults(tmp_path, prior)


def test_what_the_scenario_sets_is_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(f"name: own\nextends: {JIESHOU / 'trend.yaml'}\nset: {{away.leave_rural: 0.03}}\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as raised:
        read_study(study_file(tmp_path, "vary: [away.leave_rural]\n", scenario=own))
    assert "the scenario itself sets away.leave_rural" in raised.value.message("en")
    left = read_study(study_file(tmp_path, "", scenario=own))
    assert "away.leave_rural" not in left.paths
    assert "away.leave_town" in left.varied


def test_files_that_are_not_there(tmp_path: Path) -> None:
    path = study_file(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("figures.csv", "figure.csv").replace("trend.yaml", "trnd.yaml"), encoding="utf-8")
    with pytest.raises(InvalidInput) as raised:
        read_study(path)
    message = raised.value.message("en")
    assert "study.yaml:2:11: scenario: no such file" in message
    assert "did you mean trend.yaml?" in message
    assert "study.yaml:3:9: series: no such file" in message
    assert "did you mean figures.csv?" in message
    assert "找不到文件" in raised.value.message("zh")


def test_faults_of_the_series_have_line_and_column(tmp_path: Path) -> None:
    bad = FIGURES.replace("urbanization_rate,2022", "urbanisation,2022").replace("64.6,万人", "64.6,户")
    message = faults(tmp_path, figures=bad)
    assert "figures.csv:3:20: unit" in message
    assert "figures.csv:7:1: measure: no measure is called urbanisation" in message


def test_figures_far_from_the_runs_are_refused(tmp_path: Path) -> None:
    assert "check unit and region" in faults(tmp_path, figures=FIGURES.replace("64.6,万人", "646,万人"))


def test_a_period_takes_its_years_only(tmp_path: Path) -> None:
    whole = read_study(study_file(tmp_path))
    some = read_study(study_file(tmp_path, VARY + "period: {from: 2022, to: 2022}\n"))
    assert {spot.figure.year for spot in spots(whole)} == {2021, 2022, 2023}
    assert {spot.figure.year for spot in spots(some)} == {2022}
    # base-year rows still link areas
    by_measure = {one.measure: one.link.ratio for one in some.series}
    assert by_measure["resident"] == pytest.approx(650246 / base(some.scenario), rel=1e-6)
    assert whole.last_year == 2023
    assert some.case.years[-1] == 2022


def base(of: ResolvedScenario) -> float:
    return float(simulate(ready(of).case, range(1)).of("resident")[0, 0])


def test_groups_of_parameters_and_those_that_follow(tmp_path: Path) -> None:
    study = read_study(study_file(tmp_path, "vary: [transfer, fertility.tfr]\n"))
    assert study.varied[-1] == "fertility.tfr"
    assert all(path.startswith("transfer.") for path in study.varied[:-1])
    assert len(study.varied) == 6
    assert "away.leave_rural" in study.paths[study.n_varied :]
    region = study.case.regions[0]
    assert region.correlation is not None
    assert region.correlation_paths == study.paths
    np.linalg.cholesky(region.correlation)


def test_an_own_prior_takes_the_place_of_the_regions(tmp_path: Path) -> None:
    prior = "priors: {boundary.town_to_city: {value: 0.004, dist: {lognormal: {sd: 0.5}}, source: assumption}}\n"
    study = read_study(study_file(tmp_path, prior + "vary: [boundary.town_to_city]\n"))
    assert study.varied == ("boundary.town_to_city",)
    setting = next(s for s in study.case.regions[0].settings if s.path == "boundary.town_to_city")
    assert setting.values == (0.004,)
    assert setting.dist is not None
    assert setting.dist.sd == 0.5
