"""What is kept of many draws: the same in a file as in memory."""

import numpy as np
import pytest

from sim.run import ensemble, space
from sim.run.ensemble import Ensemble, simulate
from tests.scenarios import prepared


def _of(draws: int) -> Ensemble:
    return simulate(prepared("pilot", "horizon=2025").case, range(3, 3 + draws), (2023,), 2)


def test_a_run_kept_in_files_is_the_run_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = _of(60)
    monkeypatch.setattr(space, "IN_MEMORY", 0)
    monkeypatch.setattr(ensemble, "BLOCK", 25)
    files = _of(60)
    np.testing.assert_array_equal(files.values, memory.values)
    np.testing.assert_array_equal(files.where, memory.where)
    for one, other in zip(files.pipelines, memory.pipelines, strict=True):
        np.testing.assert_array_equal(one.opened, other.opened)
    chosen = np.array([0, 0, 5, 59])
    np.testing.assert_array_equal(space.picked(files.values, chosen), memory.values[..., chosen])


def test_what_was_let_go_of_is_there_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "IN_MEMORY", 0)
    kept = space.space((3, 70_000))
    assert not kept.any()
    kept[1] = np.arange(70_000.0)
    space.let_go(kept[1:])
    np.testing.assert_array_equal(kept[1], np.arange(70_000.0))
    space.let_go(np.ones(3))


def test_without_room_on_the_disk_memory_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int, start: int, size: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(space, "IN_MEMORY", 0)
    monkeypatch.setattr(space.os, "posix_fallocate", full, raising=False)
    kept = space.kept_space((2, 3))
    kept += 1.0
    assert kept.dtype == np.float32
    assert kept.sum() == 6.0
