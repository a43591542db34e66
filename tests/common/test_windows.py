"""What another system does otherwise, simulated here: locks, folders, encodings, line ends, disks, open files."""

import ast
import ctypes
import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sim.common import locks, machine, paths, staging
from sim.common.errors import InvalidInput
from sim.run import folder as answers
from sim.run.folder import publish, text_file
from tests.common import as_there
from tests.paths import ROOT
from tests.scenarios import JIESHOU


def _synced_as_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what may be written is synced, and no folder is opened."""
    sync, opens = os.fsync, os.open

    def fsync(file: int) -> None:
        if fcntl.fcntl(file, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")
        sync(file)

    def open_(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied")
        return opens(path, flags, mode)

    monkeypatch.setattr(staging, "IS_WINDOWS", True)
    monkeypatch.setattr(locks, "fcntl", None)
    monkeypatch.setattr(locks, "msvcrt", as_there)
    monkeypatch.setattr(answers, "IS_WINDOWS", True)
    there = SimpleNamespace(open=open_, fsync=fsync, close=os.close, O_RDWR=os.O_RDWR, O_RDONLY=os.O_RDONLY)
    monkeypatch.setattr(staging, "os", there)


def test_an_answer_is_written_and_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _synced_as_there(monkeypatch)
    for text in ("one", "two"):
        publish(tmp_path, {"table.csv": text_file(text), "manifest.json": text_file("{}")})
        assert (tmp_path / "table.csv").read_text("utf-8") == text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "table.csv"]


def test_a_table_that_is_open_in_excel_is_named_and_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _synced_as_there(monkeypatch)
    publish(tmp_path, {"table.csv": text_file("one"), "manifest.json": text_file("first")})
    opens = Path.open

    def open_(path: Path, mode: str = "r", **how: object) -> object:
        if path == tmp_path / "table.csv" and mode == "r+b":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opens(path, mode, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", open_)
    with pytest.raises(InvalidInput, match=r"table\.csv: another program has it open: close it there"):
        publish(tmp_path, {"table.csv": text_file("two"), "manifest.json": text_file("second")})
    monkeypatch.undo()
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {
        "table.csv": "one",
        "manifest.json": "first",
    }


def test_a_run_needs_no_module_that_only_other_systems_have(tmp_path: Path) -> None:
    lacking = "import sys\nfor one in ('fcntl', 'resource', 'pwd', 'grp', 'termios'): sys.modules[one] = None\n"
    asked = ["run", str(JIESHOU / "trend.yaml"), "--draws", "3", "-o", str(tmp_path / "run"), "--lang", "zh"]
    source = f"{lacking}from sim.cli.main import main\nmain({asked!r})"
    environment = os.environ | {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "报告" in done.stdout.decode("gbk")
    assert (tmp_path / "run" / "manifest.json").is_file()


@pytest.mark.parametrize("encoding", ["gbk", "cp1252"])
def test_a_minus_stays_a_minus_where_the_encoding_lacks_it(encoding: str) -> None:
    source = (
        "import sys, click, sim.cli.main\nmodule = sys.modules['sim.cli.main']\n"
        "module._run = lambda arguments: click.echo('−1.7 m²') or 0\nmodule.main([])"
    )
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, env=environment, check=True)
    assert done.stdout.decode(encoding).strip() == ("-1.7 m²" if encoding == "cp1252" else "-1.7 m2")


@pytest.mark.parametrize(("answers_", "expected"), [(1, 8 << 30), (0, 16 << 30)])
def test_memory_is_what_the_system_says(answers_: int, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(pointer: Any) -> int:
        status = pointer._obj
        assert status.length == ctypes.sizeof(status) == 64
        status.total = 8 << 30
        return answers_

    kernel = SimpleNamespace(kernel32=SimpleNamespace(GlobalMemoryStatusEx=ask))
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)
    monkeypatch.setattr(ctypes, "c_ulong", ctypes.c_uint32)
    monkeypatch.setattr(machine, "IS_WINDOWS", True)
    monkeypatch.setattr(machine, "_OF_CONTAINER", Path("none"))
    assert machine.memory.__wrapped__() == expected


def test_a_file_on_another_disk_is_named_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, file = tmp_path / "here", tmp_path / "there" / "pilot.yaml"
    assert paths.from_folder(file, here) == "../there/pilot.yaml"

    def relpath(path: Path, start: Path) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", relpath)
    assert paths.from_folder(file, here) == file.as_posix()


def _written() -> Iterator[tuple[str, set[str]]]:
    """Where a text is read or written, and what is said of how."""
    for file in sorted((ROOT / "sim").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name, said = node.func.attr, {str(one.arg) for one in node.keywords}
                modes = [ast.literal_eval(one) for one in node.args[:1] if isinstance(one, ast.Constant)]
                writes = name == "open" and modes in (["w"], ["x"], ["a"])
                if (name == "write_text" and said) or writes:
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", said


def test_texts_have_the_same_bytes_on_every_system() -> None:
    found = list(_written())
    assert len(found) > 10
    assert [place for place, said in found if not {"encoding", "newline"} <= said] == []
