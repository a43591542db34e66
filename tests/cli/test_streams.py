"""Where a command speaks to: any encoding, a closed pipe, a terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_SCENARIO = 'name: own\ntitle: {zh: 村, en: "m³ é \\u202e 村"}\nregion: jieshou\n'


def _validated(folder: Path, *more: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    file = folder / "own.yaml"
    file.write_text(_SCENARIO, encoding="utf-8")
    command = [sys.executable, "-m", "sim.cli", "validate", str(file), "--lang", "en", *more]
    variables = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment
    return subprocess.run(command, env=variables, capture_output=True, check=False)


@pytest.mark.parametrize("encoding", ["gbk", "latin-1", "cp1252", "utf-8", "utf-16"])
def test_a_sign_that_the_encoding_lacks_stops_nothing(tmp_path: Path, encoding: str) -> None:
    done = _validated(tmp_path, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode(encoding)
    assert "valid" in text
    assert "\x1b" not in text
    assert json.loads(_validated(tmp_path, "--format", "json", PYTHONIOENCODING=encoding).stdout.decode(encoding))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pipe that ends")
def test_a_closed_pipe_is_no_fault_of_the_program(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    (tmp_path / "own.yaml").write_text(_SCENARIO, encoding="utf-8")
    command = [sys.executable, "-m", "sim.cli", "validate", str(tmp_path / "own.yaml")]
    variables = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=variables, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (130, b"")
