"""The command as users call it, its files and its page."""

import json
from pathlib import Path

import pytest

from sim.cli import main as entry
from sim.errors import Exit
from sim.language import LANGUAGES, Language
from sim.typography import has_chinese
from tests.seek.cases import JOBS, PILOT


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        entry(["seek", str(PILOT), *arguments])
    return int(left.value.code or 0)


def options(target: str = "city>=233000@2025", top: int = 10) -> list[str]:
    return ["--target", target, "--vary", f"{JOBS}=0:{top}", "--probability", "0.6", "--draws", "40", "--jobs", "1"]


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
    assert first.split(",")[0].replace("≥", "≥") in page
    assert page.count('id="lever-0-probability"') == 1


def test_json_is_the_whole_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert code(*options(), "-o", str(out), "--format", "json") == Exit.DONE
    said = json.loads(capsys.readouterr().out)
    assert said["status"] == "found"
    assert said["found"]["targets"][0]["probability"] >= 0.6
    assert said["found_scenario"] == str(out / "found.yaml")
    assert json.loads((out / "seek.json").read_text("utf-8"))["found"] == said["found"]
    low, high = said["interval"]["low"], said["interval"]["high"]
    assert low < said["found"]["at"][JOBS] < high


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
