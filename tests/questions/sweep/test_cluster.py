"""A real Dask scheduler with two workers on this machine: the same bytes, also when a worker is killed midway."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sim.common.errors import InvalidInput
from sim.common.language import Text
from sim.questions.census_sweep.answer import publish_answer
from sim.questions.census_sweep.batch import opened, table
from sim.questions.census_sweep.county import Asked
from sim.questions.sweep import cluster, runner, store
from sim.questions.sweep.patience import TIME_LIMIT
from sim.questions.sweep.place import Place
from sim.questions.sweep.plan import Sweep
from sim.questions.sweep.runner import Means, Progress
from tests.questions.census_sweep.tables import census
from tests.questions.sweep.squares import Doing, Numbers
from tests.questions.sweep.sweeps import contents, small
from tests.scenarios import ROOT

pytest.importorskip("distributed", reason="the extra cluster is not installed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")

_PATIENCE = 60.0


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of its own."""

    file: Path
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text("utf-8"))["address"])

    def add(self) -> "subprocess.Popen[bytes]":
        """Another worker, of one thread, without a nanny that would start it again."""
        command = ["worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        self.workers.append(_dask(self.file.parent, *command))
        return self.workers[-1]

    def wait(self, workers: int) -> None:
        """Until so many workers have come."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=_PATIENCE)

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def _dask(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    source = f"from distributed.cli.dask_{arguments[0]} import main; main()"
    with (folder / f"{arguments[0]}-{time.monotonic_ns()}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", source, *arguments[1:]],
            stdout=log,
            stderr=log,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False"},
        )


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    found = Cluster(file, _dask(folder, "scheduler", *options))
    until = time.monotonic() + _PATIENCE
    while not file.is_file() and time.monotonic() < until:
        time.sleep(0.05)
    found.add()
    found.add()
    yield found
    found.end()


@pytest.fixture(autouse=True)
def blocks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "block_size", lambda members, draws: 2)


def silent(now: Progress) -> None:
    """Nobody watches."""


def failing(folder: Path) -> Sweep:
    factors = {"fertility.tfr": {"low": 1, "high": 6}, "fertility.tfr.times": {"low": 0.5, "high": 5}}
    return small(folder, factors, {"kind": "grid", "size": 4})


def test_a_cluster_gives_the_same_bytes(tmp_path: Path, there: Cluster) -> None:
    sweep = failing(tmp_path)
    one = runner.run(store.opened(sweep, tmp_path / "one"), Means(), silent)
    many = runner.run(store.opened(sweep, tmp_path / "many"), Means(scheduler=str(there.file)), silent)
    assert one.failed == many.failed > 0
    assert contents(tmp_path / "one") == contents(tmp_path / "many")
    again = runner.run(store.opened(sweep, tmp_path / "many"), Means(scheduler=there.address), silent)
    assert (again.before, again.done) == (16, 16)


def test_a_census_table_gives_the_same_bytes_on_a_cluster(tmp_path: Path, there: Cluster) -> None:
    of = table(census(tmp_path), Asked(draws=3, horizon=2026))
    for name, means in (("one", Means()), ("many", Means(scheduler=there.address))):
        batch = opened(of, tmp_path / name)
        assert runner.run(batch, means, silent).failed == 0
        publish_answer(batch, "zh")
    assert contents(tmp_path / "one") == contents(tmp_path / "many")


def test_a_worker_killed_midway_loses_nothing(tmp_path: Path, there: Cluster) -> None:
    sweep = small(tmp_path, design={"kind": "latin", "size": 24}, draws=4)
    runner.run(store.opened(sweep, tmp_path / "one"), Means(), silent)
    victim = there.add()
    there.wait(3)
    killed: list[int] = []

    def kill(now: Progress) -> None:
        if now.done >= 2 and not killed:
            killed.append(now.done)
            victim.send_signal(signal.SIGKILL)

    done = runner.run(store.opened(sweep, tmp_path / "many"), Means(scheduler=there.address), kill)
    assert victim.wait() == -signal.SIGKILL
    assert killed
    assert killed[0] < 24
    assert (done.done, done.failed) == (24, 0)
    assert contents(tmp_path / "one") == contents(tmp_path / "many")


def test_a_piece_that_a_killed_worker_held_is_done_by_another(there: Cluster) -> None:
    """Every worker holds some of these; one is killed while it works on them."""
    victim = there.add()
    there.wait(3)
    pieces = [Doing((n,), slow=0.1) for n in range(30)]
    found: dict[int, Numbers] = {}
    for index, result in cluster.results(pieces, there.address, None, lambda text: None):
        if len(found) == 5:
            victim.send_signal(signal.SIGKILL)
        found[index] = result
    assert found == {n: Numbers((n**2,)) for n in range(30)}


def test_a_member_that_hangs_on_a_worker_is_found(there: Cluster) -> None:
    pieces = [Doing((0, 1, 2, 3), hang=(2,)), Doing((4, 5))]
    found = dict(cluster.results(pieces, there.address, 0.5, lambda text: None))
    assert found == {0: Numbers((0, 1, 9), ((2, TIME_LIMIT),)), 1: Numbers((16, 25))}


def test_a_worker_with_another_program_is_refused_by_name(there: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    own = cluster.program()
    monkeypatch.setattr(cluster, "program", lambda: own | {"numpy": "0.1"})
    with pytest.raises(InvalidInput, match=rf"numpy: it has {re.escape(own['numpy'])}, this machine 0\.1: install"):
        list(cluster.results([Doing((1,))], there.address, None, lambda text: None))


def test_a_worker_that_sees_other_files_is_refused(
    tmp_path: Path, there: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = small(tmp_path)
    kept = store.opened(sweep, tmp_path / "out")
    real = kept.place()
    gone = Place(real.folder, (*real.hashes, (str(tmp_path / "nowhere.yaml"), "0")))
    monkeypatch.setattr(store.Store, "place", lambda own: gone)
    with pytest.raises(InvalidInput, match=r"nowhere\.yaml: a worker does not see this file"):
        runner.run(kept, Means(scheduler=there.address), silent)
    other = Place(real.folder, tuple((name, "0") for name, _ in real.hashes))
    monkeypatch.setattr(store.Store, "place", lambda own: other)
    with pytest.raises(InvalidInput, match="another version of this file"):
        runner.run(kept, Means(scheduler=there.address), silent)
    assert len(kept.missing()) == 3


def test_files_are_known_wherever_the_library_lies(tmp_path: Path) -> None:
    place = store.opened(small(tmp_path), tmp_path / "out").place()
    names = [name for name, _ in place.hashes]
    assert "library:scenarios/jieshou/trend.yaml" in names
    assert str((tmp_path / "small.yaml").resolve()) in names
    place.enter()


def test_a_scheduler_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 0.5)
    with pytest.raises(InvalidInput, match="no scheduler answers"):
        list(cluster.results([Doing((1,))], "tcp://127.0.0.1:9", None, lambda text: None))
    with pytest.raises(InvalidInput, match="neither an address"):
        list(cluster.results([Doing((1,))], str(tmp_path / "none.json"), None, lambda text: None))
    monkeypatch.delenv("DASK_SCHEDULER_ADDRESS", raising=False)
    with pytest.raises(InvalidInput, match="names no scheduler-address"):
        list(cluster.results([Doing((1,))], cluster.FROM_CONFIG, None, lambda text: None))


def test_the_scheduler_of_dasks_configuration_is_used(there: Cluster) -> None:
    import dask

    with dask.config.set({"scheduler-address": there.address}):
        assert dict(cluster.results([Doing((3,))], cluster.FROM_CONFIG, None, lambda text: None)) == {0: Numbers((9,))}


def test_without_the_extra_its_name_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InvalidInput, match=r"townward\[cluster\]"):
        list(cluster.results([Doing((1,))], "tcp://127.0.0.1:9", None, lambda text: None))


def test_a_cluster_without_workers_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    empty = Cluster(file, _dask(tmp_path, "scheduler", *options))
    said: list[Text] = []
    try:
        until = time.monotonic() + _PATIENCE
        while not file.is_file() and time.monotonic() < until:
            time.sleep(0.05)

        def told(text: Text) -> None:
            said.append(text)
            empty.add()

        assert dict(cluster.results([Doing((3,))], empty.address, None, told)) == {0: Numbers((9,))}
        assert [text.en for text in said] == ["the cluster has no worker yet, waiting …"]
    finally:
        empty.end()


def test_a_lost_scheduler_is_said_and_what_is_written_stays(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    lost = Cluster(file, _dask(tmp_path, "scheduler", *options))
    until = time.monotonic() + _PATIENCE
    while not file.is_file() and time.monotonic() < until:
        time.sleep(0.05)
    lost.add()
    found: list[int] = []

    def gather() -> None:
        pieces = [Doing((n,), slow=0.05) for n in range(200)]
        for index, _ in cluster.results(pieces, lost.address, None, lambda text: None):
            found.append(index)
            if len(found) == 3:
                lost.scheduler.kill()

    try:
        with pytest.raises(InvalidInput, match="connection to the scheduler was lost"):
            gather()
        assert 3 <= len(found) < 200
    finally:
        lost.end()
