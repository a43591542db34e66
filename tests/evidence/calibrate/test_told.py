"""What `townward region calibrate` says of what the censuses tell, leaves in its record, and the page makes of it."""

import json
import re
import shutil
from pathlib import Path

import pytest

from docs.write.calibration import page, read, read_proof
from sim.cli.main import _run
from sim.common.errors import Exit, InvalidInput
from sim.evidence.calibrate.free_parameters import FREE_PARAMETERS
from sim.evidence.calibrate.posterior import posterior
from sim.evidence.calibrate.region import Calibration, calibrate, decade_of, residuals_json, told
from sim.places.china.national import load_national
from tests.scenarios import ROOT

JIESHOU = ROOT / "scenarios" / "regions" / "jieshou"


@pytest.fixture(scope="module")
def fitted() -> Calibration:
    return calibrate(JIESHOU, draws=0)


def test_the_command_says_what_cannot_be_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "jieshou"
    shutil.copytree(JIESHOU, copy)
    assert _run(["region", "calibrate", str(copy), "--lang", "en"]) == Exit.DONE
    said = capsys.readouterr().out
    assert f"of {len(FREE_PARAMETERS)} parameters" in said
    assert "Leaving and return may rise and fall together: only their difference is known" in said
    assert "hardly speak of: moves back to villages" in said


def test_leaving_and_returning_trade_off(fitted: Calibration) -> None:
    names = [free.name for free in FREE_PARAMETERS]
    found = told(fitted)
    tied = {(names[pair.first], names[pair.second]): pair.after for pair in found.pairs}
    assert tied["leave", "return"] > 0.5
    assert 7.0 < found.determined < 13.0
    assert found.contraction[names.index("fertility")] > 0.95


def test_the_record_and_the_page(fitted: Calibration, tmp_path: Path) -> None:
    decade = decade_of(fitted.first, fitted.second, load_national())
    check = posterior(decade, fitted.second, fitted.fit, draws=64)
    path = tmp_path / "341282.json"
    path.write_text(residuals_json(fitted, check), encoding="utf-8")
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["posterior"]["draws"] == 256
    assert set(content["posterior"]["shift"]) == {free.name for free in FREE_PARAMETERS}
    assert len(content["identifiability"]["parameters"]) == len(FREE_PARAMETERS)
    text = page([read(path)])
    for heading in ("## What two censuses tell", "## How good the posterior is"):
        assert heading in text
    assert re.search(r"leaving − return \(\+0\.7\d\)", text)
    assert "最常分不开的" in text
    assert "## Proof" not in text
    path.write_text(residuals_json(fitted), encoding="utf-8")
    assert "## How good the posterior is" not in page([read(path)])


def test_the_proof_is_shown_as_its_record_says(tmp_path: Path) -> None:
    band = {"held": 0.791, "error": 0.012, "least": 0.74, "most": 0.83, "held_of_directions": 0.68}
    band["held_of_fixed"] = 0.77
    parameter = {"coverage": [0.5, 0.8, 0.95], "mean_place": 0.44, "chance_if_uniform": 0.001}
    one = {"data_sets": 512, "bands": {"0.8": band}, "parameters": {"leave": parameter}}
    county = {"normal": one, "shaken": one, "name": "界首市"}
    path = tmp_path / "proof.json"
    path.write_text(json.dumps({"counties": {"x": county}, "study": one | {"name": "y"}}), "utf-8")
    text = page([], read_proof(path))
    row = "| 界首市, two censuses, shaken | 512 | 80% | 79.1% | 1.2% | 74.0% | 83.0% | 68.0% | 77.0% | – |"
    assert row in text
    assert "界首市: leaving (−6)" in text
    assert read_proof(tmp_path / "none.json") is None
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"proof\.json"):
        read_proof(path)
