"""`townward targets`: lists and counts, in both languages and as JSON, without loading the model."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.cli.main import _run


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = _run(["targets", *arguments])
    said = capsys.readouterr()
    assert code == 0, said.err
    return said.out


def test_summary_counts_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    summary = json.loads(output(capsys, "--summary", "--format", "json"))
    listed = json.loads(output(capsys, "--format", "json"))
    assert summary["total"] == len(listed) == 443
    assert sum(document["total"] for document in summary["documents"]) == summary["total"]
    for kind, count in summary["kinds"].items():
        assert count == sum(line["kind"] == kind for line in listed)
    for name, count in summary["classes"].items():
        assert count == sum(line["class"] == name for line in listed)


def test_lines_of_one_plan_in_either_language(capsys: pytest.CaptureFixture[str]) -> None:
    english = output(capsys, "hanyin", "--lang", "en").splitlines()
    chinese = output(capsys, "hanyin", "--lang", "zh").splitlines()
    assert len(english) == len(chinese) == 73
    lit = next(line for line in english if "T297" in line)
    assert "[need]" in lit
    park = next(line for line in english if "T296" in line)
    assert "[conditional]" in park
    assert "≥ 12 m² per person" in park
    stage = next(line for line in english if "T304" in line)
    assert "2023" in stage
    assert "[milestone]" in stage
    assert any("[情景自定]" in line for line in chinese)
    assert "全部" in output(capsys, "--summary", "--lang", "zh")


def test_an_unknown_plan_is_invalid_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["targets", "anyangg", "--lang", "en"]) == 3
    assert "anyang" in capsys.readouterr().err


def test_it_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom sim.cli.main import _run\n_run(['targets', '--summary'])\n"
        "print([n for n in ('numpy', 'scipy', 'pandas', 'numba', 'plotly', 'duckdb') if n in sys.modules])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.splitlines()[-1] == "[]"
