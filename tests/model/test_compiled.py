"""What a kernel is compiled from: modules and tables."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from numba.core import config
from numba.core.errors import TypingError

from sim.model.compiled import STRICT, kernel, rule, sources

MODEL = """
from pathlib import Path
from sim.model import compiled
compiled.__file__ = __file__
TABLE = Path(__file__).with_name("table.csv")
FACTOR = float(TABLE.read_text())

@compiled.kernel(compiled.STRICT)
def times(one):
    return one * FACTOR
"""
CALL = "import kernel; print(kernel.times(2.0), len(kernel.times.compiled.stats.cache_hits))"


def test_a_number_of_a_table_that_is_compiled_in_follows_the_table(tmp_path: Path) -> None:
    (tmp_path / "kernel.py").write_text(MODEL, encoding="utf-8")
    said = []
    for number in ("3.0", "3.0", "5.0"):
        (tmp_path / "table.csv").write_text(number, encoding="utf-8")
        said.append(_called(tmp_path))
    assert said == ["6.0 0", "6.0 1", "10.0 0"]


def _called(folder: Path) -> str:
    path = os.pathsep.join((str(folder), str(Path(__file__).parents[2])))
    environment = os.environ | {"PYTHONPATH": path, "NUMBA_CACHE_DIR": str(folder / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", CALL], check=True, capture_output=True, text=True, env=environment, cwd=folder
    )
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["rule.py", "subject/parameters.csv", "subject/new.csv"])
def test_what_is_compiled_in_follows_every_module_and_table(tmp_path: Path, name: str) -> None:
    (tmp_path / "subject").mkdir()
    (tmp_path / "rule.py").write_text("1\n", encoding="utf-8")
    (tmp_path / "subject" / "parameters.csv").write_text("1\n", encoding="utf-8")
    before = sources.__wrapped__(tmp_path)
    (tmp_path / name).write_text("2\n", encoding="utf-8")
    assert sources.__wrapped__(tmp_path) != before


@rule
def halved(one: float) -> float:
    return one / 2.0


@kernel(STRICT)
def quartered(one: float) -> float:
    return halved(halved(one))


@kernel(STRICT)
def eighth(one: float) -> float:
    return halved(quartered(one))


@pytest.fixture(autouse=True)
def kept_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))


def test_a_rule_gives_the_same_within_a_kernel_and_by_itself() -> None:
    assert (quartered(5.0), halved(halved(5.0)), halved.py_func(2.5)) == (1.25, 1.25, 1.25)


def test_no_kernel_calls_another_whose_code_is_not_kept() -> None:
    with pytest.raises(TypingError, match="quartered"):
        eighth(1.0)
