"""Folders in which answers are made: held by a lock, cleared when nobody holds them; here, and as under Windows."""

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sim.common import locks
from sim.common.staging import alone, clear, staging
from tests.common import as_there
from tests.paths import ROOT

SYSTEMS = ("here", "windows")
_AS_THERE = """
from sim.common import locks
from tests.common import as_there
locks.fcntl, locks.msvcrt = None, as_there
"""
_HOLD = """
import sys
from pathlib import Path
from sim.common.staging import alone, staging
folder = Path(sys.argv[1])
with staging(folder, ".partial-") if sys.argv[2] == "staging" else alone(folder) as made:
    print(made, flush=True)
    input()
"""


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Locks as they are here, or as they are under Windows, where no open file can be removed."""
    if request.param == "windows":
        monkeypatch.setattr(locks, "fcntl", None)
        monkeypatch.setattr(locks, "msvcrt", as_there)
    return str(request.param)


@contextmanager
def other(folder: Path, what: str, system: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Another process that holds a folder until it is told to let go, and what it says of it."""
    code = (_AS_THERE if system == "windows" else "") + _HOLD
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder), what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


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


def test_what_a_killed_process_held_is_cleared_and_what_a_living_one_holds_is_not(tmp_path: Path, system: str) -> None:
    with other(tmp_path, "staging", system) as (process, said):
        held = Path(said)
        clear(tmp_path, ".partial-")
        assert held.is_dir()
        process.kill()
        process.wait()
    clear(tmp_path, ".partial-")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("system")
def test_a_folder_of_the_same_process_number_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / f".partial-{os.getpid()}").mkdir()
    with staging(tmp_path, ".partial-") as made:
        assert [path.name for path in tmp_path.iterdir()] == [made.name]


def test_who_names_files_waits_for_another_process_and_leaves_nothing(tmp_path: Path, system: str) -> None:
    entered = threading.Event()

    def name() -> None:
        with alone(tmp_path):
            entered.set()

    with other(tmp_path, "alone", system) as (process, _):
        waiting = threading.Thread(target=name)
        waiting.start()
        assert not entered.wait(0.4)
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        assert entered.wait(10.0)
        waiting.join()
        process.wait()
    assert list(tmp_path.iterdir()) == []


def test_who_waits_for_a_process_that_is_killed_goes_on(tmp_path: Path, system: str) -> None:
    with other(tmp_path, "alone", system) as (process, _):
        assert locks.lock(tmp_path, wait=False) is None
        process.kill()
        process.wait()
        begun = time.monotonic()
        with alone(tmp_path):
            assert time.monotonic() - begun < 5.0
    assert list(tmp_path.iterdir()) == []
    with other(tmp_path, "alone", system) as (process, _):
        clear(tmp_path, ".partial-")
        assert (tmp_path / locks.NAME).exists()
        process.kill()
        process.wait()
    clear(tmp_path, ".partial-")
    assert list(tmp_path.iterdir()) == []


def test_only_one_of_many_processes_is_in_at_a_time(tmp_path: Path, system: str) -> None:
    """Each adds 1 to what it reads: none is lost where they take turns, and files that are let go of are removed."""
    count = tmp_path / "count"
    count.write_text("0", encoding="utf-8")
    code = (
        "import sys\nfrom pathlib import Path\nfrom sim.common.staging import alone\nfolder = Path(sys.argv[1])\n"
        "for _ in range(60):\n with alone(folder):\n  file = folder / 'count'\n"
        "  file.write_text(str(int(file.read_text()) + 1))\n"
    )
    code = (_AS_THERE if system == "windows" else "") + code
    started = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT) for _ in range(3)]
    assert [one.wait(60.0) for one in started] == [0, 0, 0]
    assert count.read_text(encoding="utf-8") == "180"
    assert [path.name for path in tmp_path.iterdir()] == ["count"]


def test_a_link_in_the_place_of_a_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / locks.NAME).symlink_to(tmp_path / "elsewhere")
    with alone(tmp_path / "folder"):
        assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_another_process_began_to_use_while_it_was_cleared_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lock is made between the removal of the files of the folder and of the folder itself."""
    left, taken = tmp_path / ".partial-new", list[locks.Lock | None]()
    left.mkdir()

    def begun(folder: Path, *, ignore_errors: bool) -> None:
        assert ignore_errors
        (folder / locks.NAME).unlink(missing_ok=True)
        taken.append(locks.lock(folder, wait=False))
        (folder / "mine").write_text("x", encoding="utf-8")

    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", begun)
        clear(tmp_path, ".partial-")
    assert taken[0] is not None
    assert sorted(path.name for path in left.iterdir()) == [locks.NAME, "mine"]
    assert locks.lock(left, wait=False) is None
    locks.release(taken[0])
    clear(tmp_path, ".partial-")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_locks_stops_nobody_and_keeps_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(file: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(locks.fcntl, "flock", refused)
    with alone(tmp_path):
        (tmp_path / "mine").write_text("x", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_lock_of_another_user_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may not write a file may still lock it."""
    opens = os.open

    def as_another(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).name == locks.NAME and flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opens(path, flags, mode)

    held = locks.lock(tmp_path, wait=False)
    assert (tmp_path / locks.NAME).stat().st_mode & 0o444 == 0o444
    monkeypatch.setattr(os, "open", as_another)
    assert locks.lock(tmp_path, wait=False) is None
    assert held is not None
    os.close(held.opened)  # as where it was killed
    other_users = locks.lock(tmp_path, wait=False)
    assert other_users is not None
    locks.release(other_users)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_removed_while_it_is_open_is_removed_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As under Windows, with the folder that it lies in."""
    opened: list[int] = []
    closes, unlinks = os.close, Path.unlink

    def close(file: int) -> None:
        opened.clear()
        closes(file)

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if opened:
            raise PermissionError(13, "Permission denied")
        unlinks(path, missing_ok)

    with alone(tmp_path):
        opened.append(1)
        monkeypatch.setattr(os, "close", close)
        monkeypatch.setattr(Path, "unlink", unlink)
    assert list(tmp_path.iterdir()) == []
