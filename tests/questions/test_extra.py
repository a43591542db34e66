"""SciPy is an extra: what a run, a comparison and the live page import does without it, and what needs it says so."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from sim.cli import main
from sim.common.errors import Exit, InvalidInput
from sim.questions import extra
from tests.paths import ROOT

WITHOUT = """
import sys
from importlib import import_module

class No:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "scipy":
            raise ModuleNotFoundError(name=name)

sys.meta_path.insert(0, No())
for name in sys.argv[1:]:
    import_module(name)
"""
MODULES = (
    *("townward.runs", "townward.questions", "sim.cli.running", "sim.cli.compare", "sim.cli.serve"),
    *("sim.output.live.server", "sim.output.office.files", "sim.output.reproduce", "sim.questions.evaluate.evaluate"),
    *("sim.evidence.crosscheck.check", "sim.run.contributions", "sim.output.report"),
)


def test_what_a_run_and_the_page_import_does_without() -> None:
    command = [sys.executable, "-c", WITHOUT, *MODULES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_needs_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    extra.check_installed("seek")
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name == "scipy" else find_spec(name))
    with pytest.raises(InvalidInput, match=r"townward\[questions\]"):
        extra.check_installed("seek")


def test_a_command_that_misses_it_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "sim.cli.calibrate", raising=False)

    class No:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "sim.cli.calibrate":
                raise ModuleNotFoundError("No module named 'scipy'", name="scipy.optimize")

    monkeypatch.setattr(sys, "meta_path", [No(), *sys.meta_path])
    with pytest.raises(SystemExit) as left:
        main(["calibrate", "x.yaml"])
    assert left.value.code == Exit.INVALID_INPUT
    assert "townward[questions]" in capsys.readouterr().err
