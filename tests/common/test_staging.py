"""Folders in which answers are made: held by a lock, cleared when nobody holds them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.common.staging import clear, staging

_HOLD = """
import sys
from pathlib import Path
from sim.common.staging import staging
with staging(Path(sys.argv[1]), ".partial-") as made:
    print(made, flush=True)
    input()
"""


def test_a_folder_lasts_as_long_as_it_is_wanted(tmp_path: Path) -> None:
    with staging(tmp_path, ".partial-") as made:
        (made / "file").write_text("x")
        clear(tmp_path, ".partial-")
        assert (made / "file").is_file()
    assert list(tmp_path.iterdir()) == []


def test_another_prefix_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    clear(tmp_path, ".partial-")
    assert (tmp_path / "mine").is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="needs locks that end with their process")
def test_what_a_killed_process_held_is_cleared_and_what_a_living_one_holds_is_not(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        held = Path(other.stdout.readline().strip())
        clear(tmp_path, ".partial-")
        assert held.is_dir()
        other.kill()
        other.wait()
    clear(tmp_path, ".partial-")
    assert not held.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs locks that end with their process")
def test_a_folder_of_the_same_process_number_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / f".partial-{os.getpid()}").mkdir()
    with staging(tmp_path, ".partial-") as made:
        assert [path.name for path in tmp_path.iterdir()] == [made.name]
