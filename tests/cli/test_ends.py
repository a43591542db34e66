"""However a command ends, it says so in a line and leaves with a documented code: signals, a machine that gives up."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sim.cli import files
from sim.cli.main import _run
from sim.common import machine
from sim.common.errors import Exit
from tests.scenarios import JIESHOU

WAITING = """\
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background ignores it, and so would this
from sim.cli import files, main
def wait(*given):
    print("waits", flush=True)
    time.sleep(60)
files.resolve = wait

main(["validate", {file!r}])
"""


@pytest.fixture
def back() -> Iterator[None]:
    """To the folder that the tests were started in."""
    before = Path.cwd()
    yield
    os.chdir(before)


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_command_as_interrupted_without_a_word(tmp_path: Path, number: signal.Signals) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("name: own\nregion: jieshou\n", encoding="utf-8")
    variables = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WAITING.format(file=str(file))]
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"waits\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert (out, err.strip()) == (b"", b"")
        assert process.returncode == Exit.INTERRUPTED


@pytest.mark.parametrize(("problem", "said"), [
    (MemoryError(), "there is not enough memory"),
    (OSError(28, "No space left on device", "/data/x"), "the system refused: the disk is full (/data/x)"),
    (OSError(24, "Too many open files"), "the system refused: Too many open files (—)"),
    (duckdb.IOException("IO Error: No space left on device\n\nmore"), "the tables cannot be read or written: IO Error"),
])  # fmt: skip
def test_what_the_machine_refuses_is_no_fault_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: Exception, said: str
) -> None:
    def refuse(*given: object) -> None:
        raise problem

    monkeypatch.setattr(files, "resolve", refuse)
    (tmp_path / "own.yaml").write_text("name: own\n", encoding="utf-8")
    assert _run(["validate", str(tmp_path / "own.yaml"), "--lang", "en"]) == Exit.INVALID_INPUT
    found = capsys.readouterr().err
    assert said in found
    assert found.count("\n") == 1
    assert "internal error" not in found


@pytest.mark.skipif(sys.platform == "win32", reason="an open folder cannot be removed")
@pytest.mark.usefixtures("back")
def test_a_working_folder_that_is_gone_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.yaml").write_text("name: own\n", encoding="utf-8")
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    monkeypatch.setattr(files, "resolve", lambda *given: Path.cwd())
    assert _run(["validate", str(tmp_path / "own.yaml"), "--lang", "en"]) == Exit.INVALID_INPUT
    assert "the folder that the command was started in is gone" in capsys.readouterr().err


def test_without_the_memory_that_the_libraries_need_nothing_is_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "allowed", lambda: 1 << 30)
    assert _run(["run", str(JIESHOU / "trend.yaml"), "--lang", "en"]) == Exit.INVALID_INPUT
    assert "this process may take 1.0 GB of address space, 1.5 are needed" in capsys.readouterr().err


def test_a_process_leaves_at_once_with_its_code_and_after_all_that_others_do_at_the_end() -> None:
    script = "import atexit; from sim.cli import main; atexit.register(print, 'others'); main()"
    variables = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    for words, code in ((["--version"], Exit.DONE), (["validate", "none.yaml"], Exit.INVALID_INPUT)):
        done = subprocess.run(
            [sys.executable, "-c", script, *words], env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == code
        assert done.stdout.splitlines()[-1] == "others"
