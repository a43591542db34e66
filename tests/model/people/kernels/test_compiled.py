"""Kernels are compiled wherever they run, and kept where they can be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_PROBE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from probe import twice
print(twice(21))
"""
_MODULE = """
from sim.model.compiled import OPTIONS, kernel

@kernel(OPTIONS)
def twice(number):
    return 2 * number
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "probe.py").write_text(_MODULE, encoding="utf-8")
    return tmp_path / "code"


def _twice(module: Path, cache: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _PROBE, str(module)],
        env=os.environ | {"NUMBA_CACHE_DIR": str(cache), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("damage", [b"", b"\x80\x04", bytes(200)])
def test_a_damaged_cache_is_made_anew(module: Path, tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "cache"
    assert _twice(module, cache) == "42"
    for kind in ("nbi", "nbc"):
        (file,) = cache.rglob(f"*.{kind}")
        file.write_bytes(damage)
        assert _twice(module, cache) == "42"
        assert all(one.stat().st_size > len(damage) for one in cache.rglob("*.nb?"))


def test_without_a_folder_to_keep_them_they_are_compiled_in_memory(module: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert _twice(module, tmp_path / "file" / "cache") == "42"
