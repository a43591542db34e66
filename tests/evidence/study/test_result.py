"""What a study leaves: a scenario that runs as the posterior says, tables, a page; and the command."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.cli.main import _run
from sim.common.errors import Exit
from sim.evidence.inference.proposal import moved
from sim.evidence.study.model import widened
from sim.evidence.study.read import read_study
from sim.evidence.study.result import Result, calibrate
from sim.evidence.study.words import headline, misfit, record, trust
from sim.output.pages.study import page
from sim.run.ensemble import simulate
from sim.run.scenario_run import ready
from sim.scenario import scenario
from tests.evidence.study.studies import FIGURES, study_file
from tests.output.layout.shown import shown
from tests.scenarios import ROOT

ANYANG = ROOT / "scenarios" / "anyang" / "studies" / "2021-2023.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("study")


@pytest.fixture(scope="module")
def out(folder: Path) -> Path:
    """The command's folder of results."""
    path = str(study_file(folder, "vary: [fertility.tfr, away.leave_rural]\n"))
    assert _run(["calibrate", path, "-o", str(folder / "out"), "--draws", "256", "--lang", "en"]) == Exit.DONE
    return folder / "out"


@pytest.fixture(scope="module")
def found(folder: Path, out: Path) -> Result:
    return calibrate(read_study(folder / "study.yaml", draws=256))


def test_the_written_scenario_draws_from_the_posterior(out: Path, found: Result) -> None:
    study = found.study
    years = [f"horizon={study.later.years[-1]}", f"test_year={study.later.years[-1]}"]
    written = ready(scenario(out / "fitted.yaml", years)).case
    after = moved(study.later, study.paths, widened(study, found.fitted.posterior))
    for measure in ("resident", "urbanization_rate", "births", "away"):
        one, two = simulate(written, range(64)).of(measure), simulate(after, range(64)).of(measure)
        np.testing.assert_allclose(one, two, rtol=2e-6, err_msg=measure)


def test_the_written_scenario_is_another_than_the_first(out: Path, found: Result) -> None:
    before = simulate(found.study.later, range(64)).of("resident")
    years = [f"horizon={found.study.later.years[-1]}", f"test_year={found.study.later.years[-1]}"]
    after = simulate(ready(scenario(out / "fitted.yaml", years)).case, range(64)).of("resident")
    assert np.abs(after[-1] / before[-1] - 1.0).max() > 0.002


def test_the_written_scenario_runs_from_the_command(out: Path, tmp_path: Path) -> None:
    arguments = ["run", str(out / "fitted.yaml"), "--draws", "20", "-o", str(tmp_path / "run"), "--lang", "en"]
    assert _run(arguments) == Exit.DONE
    assert _run(["validate", str(out / "fitted.yaml")]) == Exit.DONE


def test_the_same_again_over_what_was_there(folder: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    arguments = ["calibrate", str(folder / "study.yaml"), "-o", str(out), "--draws", "256", "--format", "json"]
    assert _run([*arguments, "--lang", "en", "--jobs", "2"]) == Exit.DONE
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    said = json.loads(capsys.readouterr().out)
    assert said["misfit_after"] < said["misfit_before"]
    assert said["folder"] == str(out)


def test_the_record_says_what_was_fitted(out: Path, found: Result) -> None:
    content = json.loads((out / "calibration.json").read_text(encoding="utf-8"))
    assert content == json.loads(json.dumps(record(found)))
    assert [one["path"] for one in content["parameters"] if one["varied"]] == ["fertility.tfr", "away.leave_rural"]
    assert len(content["figures"]) == 9
    assert 0.0 < content["identifiability"]["determined"] <= 2.0
    rows = (out / "residuals.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 10


def test_better_met_than_before(found: Result) -> None:
    assert misfit(found, fitted=True) < misfit(found, fitted=False)
    for one in found.residuals:
        assert one.error > one.chance > 0.0
        assert one.off == pytest.approx((one.value - one.after) / one.error)
    fertility = next(one for one in found.moved if one.path == "fertility.tfr")
    assert fertility.shift < 0.0
    assert fertility.left < 0.8


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_has_every_figure_and_id_once(found: Result, language: str) -> None:
    made = page(found, language)  # type: ignore[arg-type]
    whole = shown(*made.body, language=language)
    assert set(made.figures) == {"track-0", "track-1", "track-2", "residuals", "parameters"}
    for id_ in (*made.figures, *("answer", "series", "left", "told")):
        assert whole.count(f'id="{id_}"') == 1
    # the page's own script is called figures
    assert 'id="figures"' not in whole
    assert len(made.figures["residuals"]["data"][1]["x"]) == 9


def test_words_on_a_rough_posterior(found: Result) -> None:
    rough = replace(found.fitted, final=replace(found.fitted.final, efficiency=0.1, shape=0.9))
    assert "rough" in trust(rough, 256).en
    assert "usable" in trust(replace(found.fitted, final=found.fitted.laplace), 256).en
    assert headline(found)[0].en.startswith("9 figures of 2021–2023")


def test_a_folder_that_cannot_be_written(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "taken"
    taken.write_text("x", encoding="utf-8")
    arguments = ["calibrate", str(folder / "study.yaml"), "-o", str(taken), "--draws", "64", "--lang", "en"]
    assert _run(arguments) == Exit.INVALID_INPUT
    assert "cannot write" in capsys.readouterr().err
    assert taken.read_text(encoding="utf-8") == "x"


def test_faults_leave_with_their_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = study_file(tmp_path, figures=FIGURES.replace("births", "birth"))
    assert _run(["calibrate", str(path), "--lang", "en"]) == Exit.INVALID_INPUT
    assert "did you mean births?" in capsys.readouterr().err


def test_the_shipped_study_of_anyang_is_ready() -> None:
    """Read only: its fit takes some seconds and is run by the documents."""
    study = read_study(ANYANG)
    assert len(study.case.regions) == 9
    assert study.rows["anyang"] == 0
    assert sum(len(one.until(2023)) for one in study.series) == 13
