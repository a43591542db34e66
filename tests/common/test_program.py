"""A program is known by its code."""

import shutil
import subprocess
import sys
from pathlib import Path

import sim
from sim.common.program import code


def _code(root: Path) -> str:
    ask = "from sim.common.program import code; print(code())"
    done = subprocess.run([sys.executable, "-c", ask], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_it_is_the_same_wherever_it_lies_and_another_with_any_other_line(tmp_path: Path) -> None:
    shutil.copytree(Path(sim.__file__).parent, tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    assert _code(tmp_path) == code()
    with (tmp_path / "sim" / "model" / "measures.py").open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    assert _code(tmp_path) != code()
