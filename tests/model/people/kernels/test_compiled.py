"""Kernels are compiled wherever they run, and kept where they can be."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from numba.core import config

from sim.model import compiled

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


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Any]:
    """A kernel with a number from elsewhere compiled into it, as of sources that hold that number."""
    file = tmp_path / "taken.py"
    file.write_text("FACTOR = 0\n\ndef times(number):\n    return FACTOR * number\n", encoding="utf-8")
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "cache"))

    def make(factor: int) -> Any:
        monkeypatch.setattr(compiled, "sources", lambda model: str(factor).ljust(32, "0"))
        spec = importlib.util.spec_from_file_location("taken", file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        monkeypatch.setitem(sys.modules, "taken", module)
        module.__dict__["FACTOR"] = factor
        return compiled.kernel(compiled.OPTIONS)(module.times)

    return make


def kept(kernel: Any) -> Any:
    """The files in which a kernel is kept."""
    return kernel.compiled._cache._cache_file


@pytest.mark.parametrize("killed_at", ["_save_data", "_save_index"])
def test_a_kill_while_kernels_are_kept_never_leaves_those_of_other_sources(
    made: Callable[[int], Any], monkeypatch: pytest.MonkeyPatch, killed_at: str
) -> None:
    assert made(2)(21) == 42
    kernel = made(3)

    def kill(*_: object) -> None:
        raise OSError(killed_at)

    monkeypatch.setattr(kept(kernel), killed_at, kill)
    assert kernel(21) == 63
    assert made(3)(21) == 63
    assert made(2)(21) == 42


def test_two_that_keep_kernels_at_once_keep_each_its_own(
    made: Callable[[int], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = made(2), made(2)
    late: list[tuple[Any, ...]] = []
    for one in (first, second):
        monkeypatch.setattr(kept(one), "_load_index", dict)
    write = kept(first)._save_data
    monkeypatch.setattr(kept(first), "_save_data", lambda *of: late.append(of))
    assert (first(21), second(1.5)) == (42, 3.0)
    write(*late[0])
    assert (made(2)(1.5), made(2)(21)) == (3.0, 42)


def test_kernels_of_other_sources_are_cleared(made: Callable[[int], Any], tmp_path: Path) -> None:
    for factor in (2, 3):
        assert made(factor)(21) == 21 * factor
    assert [file.name.split(".")[-2][:12] for file in tmp_path.rglob("*.nbc")] == ["3" + "0" * 11]
    again = made(3)
    assert again(21) == 63
    assert sum(again.compiled.stats.cache_hits.values()) == 1
