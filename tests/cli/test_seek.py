"""The command as users call it, its files and its page."""

import json
from pathlib import Path

import pytest

from sim.cli import main as entry
from sim.common.errors import Exit
from sim.common.language import LANGUAGES, Language
from sim.common.typography import has_chinese
from tests.questions.seek.cases import JOBS, PILOT, beside


def code(*arguments: str, file: Path = PILOT, command: str = "seek") -> int:
    with pytest.raises(SystemExit) as left:
        entry([command, str(file), *arguments])
    return int(left.value.code or 0)


def options(target: str | None = None, top: int = 10) -> list[str]:
    """A goal that industrial-park jobs reach some way below tenfold, and not as planned."""
    goal, vary = target or beside("city", 1.01), f"{JOBS}=0:{top}"
    return ["--target", goal, "--vary", vary, "--probability", "0.6", "--draws", "40", "--jobs", "1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_said_first_and_written(
    language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code(*options(), "-o", str(tmp_path / "out"), "--lang", language) == Exit.DONE
    said = capsys.readouterr().out
    first = said.splitlines()[0]
    assert "60%" in first
    assert ("要使" if language == "zh" else "To have") in first
    assert has_chinese(said) == (language == "zh")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"found.yaml", "seek.html", "seek.json"}
    page = (tmp_path / "out" / "seek.html").read_text("utf-8")
    assert first.split(",")[0] in page.replace("\u00a0", " ")  # a sign stays on the line of its number
    assert page.count('id="lever-0-probability"') == 1


def test_json_is_the_whole_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert code(*options(), "-o", str(out), "--format", "json") == Exit.DONE
    said = json.loads(capsys.readouterr().out)
    assert said["status"] == "found"
    assert said["found"]["targets"][0]["probability"] >= 0.6
    assert said["found_scenario"] == str(out / "found.yaml")
    assert json.loads((out / "seek.json").read_text("utf-8"))["found"] == said["found"]
    low, high = said["interval"]["low"], said["interval"]["high"]  # none where it lies beyond the range
    assert low is not None or high is not None
    assert (low or 0.0) < said["found"]["at"][JOBS] < (high or 10.0)


def test_out_of_reach_is_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert code(*options(), "-o", str(out)) == Exit.DONE
    assert (out / "found.yaml").is_file()
    assert code(*options(top=1), "-o", str(out), "--lang", "en") == Exit.DONE
    assert "Not reachable within the allowed range" in capsys.readouterr().out
    assert not (out / "found.yaml").exists()  # no answer of an earlier question is left beside this one
    assert code(*options(top=1), "-o", str(out), "--fail-on-miss") == Exit.TARGET_MISSED
    assert code(*options(), "-o", str(out), "--fail-on-miss") == Exit.DONE


def test_bad_input_is_a_message_and_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out")
    assert code(*options("T999"), "-o", out, "--lang", "en") == Exit.INVALID_INPUT
    assert "--target: T999: there is no target T999" in capsys.readouterr().err
    assert code("--target", "T205") == Exit.INVALID_INPUT
    assert code(*options(), "--probability", "80") == Exit.INVALID_INPUT
    assert code(*options(), "--draws", "0") == Exit.USAGE
    assert not (tmp_path / "out").exists()
    (tmp_path / "file").write_text("")
    assert code(*options(), "-o", str(tmp_path / "file")) == Exit.INVALID_INPUT
    assert "Traceback" not in capsys.readouterr().err


def seek_file(folder: Path) -> Path:
    file = folder / "own.yaml"
    file.write_text(
        f"name: own-seek\ntitle: {{zh: 自己的问题, en: A question of my own}}\nscenario: {PILOT}\n"
        f"targets: [{beside('city', 1.01)}]\nvary: {{{JOBS}: {{low: 0, high: 10}}}}\nprobability: 0.6\ndraws: 40\n",
        "utf-8",
    )
    return file


def test_a_file_and_the_same_options_have_the_same_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert code("--format", "json", "--jobs", "1", "--lang", "en", file=seek_file(tmp_path)) == Exit.DONE
    of_file = json.loads(capsys.readouterr().out)
    assert of_file.pop("folder") == str(Path("results") / "own-seek")  # named by the file
    assert "A question of my own" in (tmp_path / "results" / "own-seek" / "seek.html").read_text("utf-8")
    assert code(*options(), "--format", "json") == Exit.DONE
    of_command = json.loads(capsys.readouterr().out)
    assert of_command.pop("folder") == str(Path("results") / "jieshou-pilot-seek")
    assert of_file.pop("found_scenario") != of_command.pop("found_scenario")
    assert of_file == of_command


def test_options_go_before_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = seek_file(tmp_path), str(tmp_path / "out")
    given = ("--probability", "0.5", "--draws", "20", "--seed", "7", "--vary", f"{JOBS}=0:9", "--set", "horizon=2030")
    assert code(*given, "--jobs", "1", "-o", out, "--format", "json", file=file) == Exit.DONE
    said = json.loads(capsys.readouterr().out)
    assert (said["probability_asked"], said["draws"], said["seed"], said["levers"][0]["high"]) == (0.5, 20, 7, 9.0)
    assert (tmp_path / "out" / "start.yaml").is_file()
    assert code("--jobs", "1", "-o", out, "--draws", "20", file=file) == Exit.DONE
    assert not (tmp_path / "out" / "start.yaml").exists()  # nothing was set this time


def test_what_is_set_before_policies_is_remarked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out")
    assert code(*options(), "-o", out, "--set", "transfer.rural_to_city=0.012", "--lang", "en") == Exit.DONE
    assert "transfer.rural_to_city: set here as in a scenario file" in capsys.readouterr().err
    assert code(*options(), "-o", out, "--set", "fertility.tfrr=1") == Exit.INVALID_INPUT
    assert "fertility.tfr?" in capsys.readouterr().err
