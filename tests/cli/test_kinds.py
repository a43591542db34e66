"""`validate` and `schema` know scenarios, sweeps, seeks and studies, by their keys."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sim.cli import main as entry
from sim.cli.kinds import kind_of, schema, shapes
from sim.common.errors import Exit
from sim.common.paths import library
from sim.scenario.yaml.checking import keys_of
from tests.scenarios import JIESHOU

SCENARIOS = library() / "scenarios"
STUDY = SCENARIOS / "anyang" / "studies" / "2021-2023.yaml"
FILES = {
    "scenario": JIESHOU / "pilot.yaml",
    "sweep": JIESHOU / "sweeps" / "levers.yaml",
    "seek": JIESHOU / "seeks" / "cheapest-mix.yaml",
    "study": STUDY,
}
COMMANDS = {"sweep": "sweep", "seek": "seek", "study": "calibrate"}


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        entry(list(arguments))
    return int(left.value.code or 0)


def test_every_shipped_file_is_known_by_its_keys() -> None:
    for folder, kind in (("sweeps", "sweep"), ("seeks", "seek"), ("studies", "study")):
        files = list(SCENARIOS.glob(f"*/{folder}/*.yaml"))
        assert files
        assert {kind_of(file) for file in files} == {kind}
    scenarios = [file for file in SCENARIOS.glob("*/*.yaml") if "extends" in file.read_text("utf-8")]
    assert {kind_of(file) for file in scenarios} == {"scenario"}


@pytest.mark.parametrize("kind", FILES)
def test_a_slip_or_a_missing_key_does_not_change_the_kind(kind: str, tmp_path: Path) -> None:
    content = yaml.safe_load(FILES[kind].read_text("utf-8"))
    own = [key for key in content if key not in ("name", "title", "scenario", "draws")]
    for key in own[:-1]:
        file = tmp_path / "x.yaml"
        file.write_text(yaml.safe_dump({k: v for k, v in content.items() if k != key}, allow_unicode=True), "utf-8")
        assert kind_of(file) == kind
        slip = {(f"{k}x" if k == key else k): v for k, v in content.items()}
        file.write_text(yaml.safe_dump(slip, allow_unicode=True), "utf-8")
        assert kind_of(file) == kind


def test_what_cannot_be_read_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    for text in ("a: [", "[1, 2]", ""):
        file.write_text(text, "utf-8")
        assert kind_of(file) == "scenario"
    assert kind_of(tmp_path / "none.yaml") == "scenario"


@pytest.mark.parametrize("kind", FILES)
def test_valid_files(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert code("validate", str(FILES[kind]), "--format", "json") == Exit.DONE
    said = json.loads(capsys.readouterr().out)
    assert said["valid"] is True
    assert said[kind] == yaml.safe_load(FILES[kind].read_text("utf-8"))["name"]
    assert str(FILES[kind]) in said["files"]
    assert all(Path(path).is_file() for path in said["files"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_file_asks_is_said(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert code("validate", str(FILES["seek"]), "--lang", language) == Exit.DONE
    said = capsys.readouterr().out
    assert {"zh": "指标 2 项，可变因素 4 项，200 次抽样", "en": "2 target(s), 4 lever(s), 200 draws"}[language] in said


@pytest.mark.parametrize("kind", COMMANDS)
def test_faults_are_those_of_the_command_that_runs_it(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = yaml.safe_load(FILES[kind].read_text("utf-8")) | {"scenario": str(JIESHOU / "plot.yaml"), "sead": 1}
    file = tmp_path / "x.yaml"
    for wrong in (content, {key: value for key, value in content.items() if key != "sead"}):
        file.write_text(yaml.safe_dump(wrong, allow_unicode=True), "utf-8")
        assert code("validate", str(file), "--lang", "en") == Exit.INVALID_INPUT
        checked = capsys.readouterr().err
        assert code(COMMANDS[kind], str(file), "--lang", "en", "-o", str(tmp_path / "out")) == Exit.INVALID_INPUT
        assert checked == capsys.readouterr().err
        assert f"{file}:" in checked


def test_set_changes_scenarios_and_seeks_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("validate", str(FILES["seek"]), "--set", "fertility.tfr=99", "--lang", "en") == Exit.INVALID_INPUT
    assert "99 is outside the allowed" in capsys.readouterr().err
    assert code("validate", str(FILES["sweep"]), "--set", "fertility.tfr=1.1") == Exit.USAGE


@pytest.mark.parametrize("kind", FILES)
def test_schema_of_each_kind(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert code("schema", kind) == Exit.DONE
    made = json.loads(capsys.readouterr().out)
    assert set(made["properties"]) == set(keys_of(shapes()[kind]))  # type: ignore[index]
    assert made["additionalProperties"] is False
    assert made["title"].startswith("townward ")
    for key in made["properties"].values():
        zh, _, en = key["description"].partition(" / ")
        assert zh != en
        assert en
    assert made == schema(kind)  # type: ignore[arg-type]


def test_a_scenario_is_checked_without_the_models_of_the_others() -> None:
    """So that a check of a scenario stays instant."""
    source = (
        "import sys; from sim.cli.main import townward; "
        f"townward.main(['validate', {str(FILES['scenario'])!r}], standalone_mode=False, obj={{}}); "
        "print([name for name in sys.modules if name.startswith("
        "('sim.questions.seek', 'sim.questions.sweep', 'sim.evidence.study', 'numpy'))])"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_new_folder_has_the_seeks_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "mine"
    assert code("new", "jieshou", "-o", str(target)) == Exit.DONE
    capsys.readouterr()
    names = {path.name for path in (target / "seeks").glob("*.yaml")}
    assert names == {path.name for path in (JIESHOU / "seeks").glob("*.yaml")}
    assert code("validate", str(target / "seeks" / "jobs.yaml"), "--format", "json") == Exit.DONE
    assert str(target / "pilot.yaml") in json.loads(capsys.readouterr().out)["files"]
