"""What a kernel is compiled from: modules and tables."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.model.compiled import sources

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
CALL = "import kernel; print(kernel.times(2.0), len(kernel.times.stats.cache_hits))"


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
