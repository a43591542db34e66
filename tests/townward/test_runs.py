"""Runs from Python are the runs of the command, and their folders are its folders."""

import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import townward
from sim.cli import main
from sim.common.language import same
from sim.run.ensemble import simulate
from sim.run.saved import quantiles
from sim.run.scenario_run import ready
from tests.paths import ROOT
from tests.scenarios import resolved

FILE = "jieshou/pilot.yaml"
CHANGES = {"horizon": 2026, "policies.industrial-park-jobs.intensity": 0.5}
AS_SET = ("horizon=2026", "policies.industrial-park-jobs.intensity=0.5")


@pytest.fixture(scope="module")
def result() -> townward.Result:
    return townward.run(FILE, CHANGES, draws=12, jobs=1)


def test_importing_it_loads_nothing_and_every_name_is_there() -> None:
    asked = "import sys, townward; assert not {'numpy', 'pandas', 'pydantic'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], env={"PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0
    assert set(dir(townward)) == set(townward.__all__)
    assert all(getattr(townward, name) is not None for name in townward.__all__)
    with pytest.raises(AttributeError, match="no attribute 'walk'"):
        _ = townward.walk


def test_draws_are_those_of_the_case(result: townward.Result) -> None:
    scenario = resolved("pilot", *AS_SET, "draws=12")
    ensemble = simulate(ready(scenario).case, range(12))
    found = result.draws("city", "jieshou")
    assert (list(found.index), list(found.columns)) == ([*range(2020, 2027)], [*range(12)])
    np.testing.assert_array_equal(found, ensemble.of("city"))
    np.testing.assert_allclose(result.quantiles("city")[0.5], found.median(axis=1), rtol=1e-6)
    assert townward.scenario(FILE, AS_SET, draws=12).settings == townward.scenario(FILE, CHANGES, draws=12).settings


def test_a_scenario_that_was_checked_may_be_run(result: townward.Result) -> None:
    again = townward.run(townward.scenario(FILE, CHANGES, draws=12), jobs=1)
    assert again.verdicts == result.verdicts
    pd.testing.assert_frame_equal(again.series, result.series)


def test_its_folder_is_that_of_the_command(result: townward.Result, tmp_path: Path) -> None:
    mine, theirs = result.save(tmp_path / "mine", language="en", keep_draws=True), tmp_path / "theirs"
    words = [word for change in AS_SET for word in ("--set", change)]
    path = ROOT / "scenarios" / FILE
    with pytest.raises(SystemExit) as left:
        main(["run", str(path), *words, "--draws", "12", "--lang", "en", "--keep-draws", "-o", str(theirs)])
    assert not left.value.code
    names = {file.name for file in theirs.iterdir()}
    assert {file.name for file in mine.iterdir()} == names
    assert [n for n in names - {"manifest.json"} if (mine / n).read_bytes() != (theirs / n).read_bytes()] == []


def test_a_folder_keeps_the_files_as_they_were_read(tmp_path: Path) -> None:
    file, original = tmp_path / "mine.yaml", b"name: mine\nextends: jieshou/trend.yaml\nhorizon: 2026\n"
    file.write_bytes(original)
    done = townward.run(file, draws=2)
    file.write_text("name: other\n", encoding="utf-8")
    kept = done.save(tmp_path / "kept")
    assert sha256(original).hexdigest() in json.loads((kept / "manifest.json").read_text("utf-8"))["inputs"].values()
    with zipfile.ZipFile(kept / "inputs.zip") as archive:
        assert original in [archive.read(name) for name in archive.namelist()]


def test_a_folder_is_opened_again(result: townward.Result, tmp_path: Path) -> None:
    saved = townward.open_run(result.save(tmp_path / "kept"))
    assert (saved.manifest["draws"], saved.manifest["command"]) == (12, ["townward.run"])
    assert [one["id"] for one in saved.verdicts] == [one.id for one in result.verdicts]
    pd.testing.assert_frame_equal(saved.quantiles("rural"), result.quantiles("rural"))
    with pytest.raises(townward.InvalidInput, match="holds no run"):
        townward.open_run(tmp_path)


def test_a_wrong_name_is_told_with_the_nearest(result: townward.Result) -> None:
    for ask in (result.quantiles, result.draws):
        with pytest.raises(townward.InvalidInput, match="did you mean city"):
            ask("citty")
        with pytest.raises(townward.InvalidInput, match="did you mean jieshou"):
            ask("city", "jeishou")


def test_it_shows_itself_in_a_notebook(result: townward.Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOWNWARD_LANG", "zh")
    shown = result._repr_html_()
    assert str(result) in shown
    assert "常住人口城镇化率" in shown
    assert shown.count("<tr") == len(result.verdicts) + 1


def test_scenarios_are_compared_on_the_same_draws() -> None:
    both = townward.compare("jieshou/trend.yaml", FILE, changes=["horizon=2026"], draws=12, jobs=1)
    trend, pilot = (one.draws("urbanization_rate").loc[2025] for one in both.results)
    row = both.table[(both.table["target"] == "T207") & (both.table["scenario"] == "pilot")].iloc[0]
    assert row["difference"] == pytest.approx(float((pilot - trend).median()), rel=1e-5)


def test_measures_and_regions_are_called_by_their_names(result: townward.Result) -> None:
    by_id = result.draws("city", "jieshou")
    assert result.draws("县城（城区）常住人口", "界首市").equals(by_id)
    assert result.quantiles("县城(城区)常住人口", "界首市").equals(result.quantiles("city"))
    with pytest.raises(townward.InvalidInput, match=r"did you mean 县城\(城区\)常住人口"):
        result.draws("县城（城区）常驻人口")


def test_a_measure_of_which_a_run_knows_nothing_is_told(result: townward.Result) -> None:
    """Not an empty table."""
    series = result.series
    without = series[series["measure"] != "city"]
    called = {id_: one.name for id_, one in result.done.tables.measures.items()}
    assert "city" in called
    with pytest.raises(townward.InvalidInput, match="the run has nothing of this name"):
        quantiles(without, "city", None, called)


def test_the_first_region_is_the_first_of_the_run() -> None:
    rows = [(region, "city", 2021, 0.5, value) for region, value in (("a", 1.0), ("b", 2.0))]
    series = pd.DataFrame(rows, columns=["region", "measure", "year", "quantile", "value"])
    assert quantiles(series, "city", None).loc[2021, 0.5] == 1.0
    places = {"b": same("B"), "a": same("A")}
    assert quantiles(series, "city", None, None, places).loc[2021, 0.5] == 2.0
    assert quantiles(series, "city", "A", None, places).loc[2021, 0.5] == 1.0
