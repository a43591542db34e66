"""`townward crosscheck` from the outside."""

import json
from pathlib import Path

import pytest

from sim.cli import main
from sim.common.errors import Exit
from tests.scenarios import ROOT

TREND = str(ROOT / "scenarios" / "jieshou" / "trend.yaml")


def leave(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as left:
        main(["crosscheck", *arguments])
    return int(left.value.code or 0)


def test_json_has_every_method_with_its_score(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        leave([TREND, "--draws", "20", "--year", "2025", "--format", "json", "--input", "farmland=400000"]) == Exit.DONE
    )
    said = json.loads(capsys.readouterr().out)
    by = {one["method"]: one for one in said["methods"]}
    assert (said["year"], len(by)) == (2025, 7)
    low, high = by["townward"]["urbanization_rate_band_80"]
    assert 45.0 < low < by["townward"]["urbanization_rate"] < high < 60.0
    assert by["surplus_labour"]["urbanization_rate"] > 40.0
    assert by["composite_growth"]["resident_error"] > 5.0
    assert "urbanization_rate" not in by["economic_correlation"]


@pytest.mark.parametrize(("language", "word"), [("en", "not applicable"), ("zh", "不适用")])
def test_text_in_both_languages(language: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert leave([TREND, "--draws", "20", "--lang", language]) == Exit.DONE
    assert word in capsys.readouterr().out


def test_bad_input_is_one_message(capsys: pytest.CaptureFixture[str]) -> None:
    assert leave([TREND, "--year", "2050", "--lang", "en"]) == Exit.INVALID_INPUT
    assert "2021…2035" in capsys.readouterr().err
    assert leave([TREND, "--input", "farmlnd=3", "--lang", "en"]) == Exit.INVALID_INPUT
    assert "did you mean farmland" in capsys.readouterr().err
    assert leave([str(Path("nowhere.yaml"))]) == Exit.INVALID_INPUT
