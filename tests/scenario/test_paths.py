"""Where the library is looked for."""

from pathlib import Path

import pytest

import sim
import sim.scenario
from sim.common.errors import InvalidInput
from sim.common.paths import VARIABLE, library
from tests.scenario.scenario_folder import write


def test_the_source_tree_is_the_library_of_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert (library() / "scenarios" / "policies").is_dir()
    assert library() in Path(sim.__file__).resolve().parents or library().name == "_data"


def _library(folder: Path) -> None:
    shipped = library() / "scenarios" / "services.yaml"
    write(folder / "library" / "scenarios", {"services.yaml": shipped.read_text("utf-8")})


def test_the_variable_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _library(tmp_path)
    scenario = tmp_path / "mine" / "deep" / "x.yaml"
    scenario.parent.mkdir(parents=True)
    scenario.write_text("name: x\nregion: testshire\nextends: main.yaml\n", "utf-8")
    with pytest.raises(InvalidInput, match="testshire"):
        sim.scenario.scenario(scenario)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "library"))
    assert sim.scenario.scenario(scenario).regions[0].id == "testshire"


def test_what_lies_beside_a_scenario_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _library(tmp_path)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "library"))
    mine = write(tmp_path / "mine", {})
    assert sim.scenario.scenario(mine).regions[0].folder == tmp_path / "mine" / "regions" / "testshire"
