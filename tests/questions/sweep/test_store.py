"""Sweeps that never lose work: killed, changed, in the way, on one process or several."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from sim.common.errors import InvalidInput
from sim.common.staging import staging
from sim.questions.sweep import block as blocks
from sim.questions.sweep import patience, pool, runner, store
from sim.questions.sweep.child import LostError
from sim.questions.sweep.folder import read_table
from sim.questions.sweep.patience import TIME_LIMIT
from sim.questions.sweep.plan import Sweep
from sim.questions.sweep.query import query
from sim.questions.sweep.read import read
from sim.questions.sweep.runner import Means
from sim.run import folder as run_folder
from sim.run.folder import parquet
from tests.questions.sweep.pieces import Hanging
from tests.questions.sweep.sweeps import TREND, contents, small, written
from tests.scenarios import ROOT

KILLS = random.Random(5)


def silent(now: runner.Progress) -> None:
    """Nobody watches."""


def run(folder: Path, sweep: Sweep, jobs: int = 0) -> runner.Progress:
    return runner.run(store.opened(sweep, folder), Means(jobs), silent)


@pytest.fixture
def blocks_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "block_size", lambda members, draws: 2)


def test_a_folder_holds_the_design_and_a_row_for_each_member(tmp_path: Path) -> None:
    done = run(tmp_path / "out", small(tmp_path))
    assert (done.members, done.done, done.before, done.failed) == (6, 6, 0, 0)
    assert set(contents(tmp_path / "out")) == {
        "members.parquet",
        "points.parquet",
        "sweep.json",
        "outputs/00000.parquet",
    }
    rows = duckdb.execute(
        f"SELECT member, \"fertility.tfr\", births_2022_median FROM '{tmp_path}/out/members.parquet'"
        f" JOIN '{tmp_path}/out/outputs/*.parquet' USING (member) ORDER BY 2"
    ).fetchall()
    assert len(rows) == 6
    births = [row[2] for row in rows]
    assert births == sorted(births)


def test_blocks_rest_on_the_sweep_alone_and_cover_every_member_once() -> None:
    for members, draws in ((1, 1), (6, 3), (100_000, 1), (1000, 200), (3, 100_000)):
        size = store.block_size(members, draws)
        assert size >= 1
        assert size * draws <= max(4000, draws, 200 + draws)
    assert store.block_size(1000, 200) == 20


@pytest.mark.usefixtures("blocks_of_two")
def test_a_sweep_goes_on_where_it_was_and_ends_in_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = small(tmp_path)
    run(tmp_path / "whole", sweep)
    whole = contents(tmp_path / "whole")
    assert {f"outputs/0000{i}.parquet" for i in range(3)} <= set(whole)
    ran = []
    real = blocks.run_block
    monkeypatch.setattr(blocks, "run_block", lambda *given: ran.append(given[1].start) or real(*given))
    for lost in ("outputs/00001.parquet", "outputs/00000.parquet"):
        (tmp_path / "whole" / lost).unlink()
        run(tmp_path / "whole", sweep)
        assert contents(tmp_path / "whole") == whole
    assert ran == [2, 0]
    assert run(tmp_path / "whole", sweep).before == 6


@pytest.mark.usefixtures("blocks_of_two")
def test_several_processes_give_the_same_bytes(tmp_path: Path) -> None:
    factors = {"fertility.tfr": {"low": 1, "high": 6}, "fertility.tfr.times": {"low": 0.5, "high": 5}}
    sweep = small(tmp_path, factors, {"kind": "grid", "size": 2})
    none, one, two = (run(tmp_path / str(jobs), sweep, jobs) for jobs in (0, 1, 2))
    assert none.failed == one.failed == two.failed == 1
    assert contents(tmp_path / "0") == contents(tmp_path / "1") == contents(tmp_path / "2")


def _started(file: Path, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "ignore", "-m", "sim.cli", "sweep", str(file), "-o", str(folder), "--jobs", "1"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _kill_again_and_again(tmp_path: Path, kills: int) -> None:
    file = written(tmp_path, design={"kind": "latin", "size": 2000}, draws=2)
    assert _started(file, tmp_path / "whole").wait() == 0
    whole = contents(tmp_path / "whole")
    folder = tmp_path / "killed"
    cut = 0
    for _ in range(kills):
        process = _started(file, folder)
        wanted = len(list(folder.glob("outputs/*.parquet"))) + KILLS.randint(0, 2)
        while process.poll() is None and len(list(folder.glob("outputs/*.parquet"))) < wanted:
            time.sleep(0.002)
        time.sleep(KILLS.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        cut += process.wait() == -signal.SIGKILL
    assert cut
    assert not {name: data for name, data in contents(folder).items() if name in whole and data != whole[name]}
    assert _started(file, folder).wait() == 0
    assert contents(folder) == whole


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_killed_at_random_moments_it_ends_in_the_same_bytes(tmp_path: Path) -> None:
    _kill_again_and_again(tmp_path, 1)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_killed_twenty_times_it_ends_in_the_same_bytes(tmp_path: Path) -> None:
    _kill_again_and_again(tmp_path, 20)


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    sweep = small(tmp_path)
    run(tmp_path / "out", sweep)
    whole = contents(tmp_path / "out")
    outputs = tmp_path / "out" / "outputs"
    (outputs / ".partial-left").mkdir()
    (outputs / ".partial-left" / "00000.parquet").write_bytes(b"half a fi")
    with staging(outputs, ".partial-") as living:
        store.opened(sweep, tmp_path / "out")
        assert living.exists()
        assert not (outputs / ".partial-left").exists()
    store.opened(sweep, tmp_path / "out")
    assert contents(tmp_path / "out") == whole


@pytest.mark.usefixtures("blocks_of_two")
@pytest.mark.parametrize("damage", ["nothing", "half", "another block", "another kind", "another sweep"])
def test_a_block_that_is_not_whole_is_run_again(tmp_path: Path, damage: str) -> None:
    sweep, folder = small(tmp_path), tmp_path / "out"
    run(folder, sweep)
    before = contents(folder)
    files = sorted((folder / "outputs").iterdir())
    other = folder / "members.parquet" if damage == "another kind" else files[-1]
    content = {"nothing": b"", "half": files[0].read_bytes()[:-40]}.get(damage, other.read_bytes())
    if damage == "another sweep":
        parquet(read_table(files[0]), "0123456789abcdef")(files[0])
    else:
        files[0].write_bytes(content)
    assert len(files) > 1
    run(folder, sweep)
    assert contents(folder) == before


@pytest.mark.usefixtures("blocks_of_two")
def test_a_folder_removed_under_way_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "out"

    def remove(now: runner.Progress) -> None:
        if now.done == 2:
            shutil.rmtree(folder)

    with pytest.raises(InvalidInput, match="removed while the sweep was run"):
        runner.run(store.opened(small(tmp_path), folder), Means(0), remove)
    assert not folder.exists()


def test_another_program_of_the_same_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep = small(tmp_path)
    store.opened(sweep, tmp_path / "out")
    monkeypatch.setattr(store, "code", lambda: "another")
    with pytest.raises(InvalidInput, match=r"code \(.* → another\): has changed"):
        store.opened(sweep, tmp_path / "out")


def test_a_changed_input_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(TREND, tmp_path / "own.yaml")
    file = written(tmp_path, scenario="own.yaml")
    folder = tmp_path / "out"
    run(folder, read(file))
    before = contents(folder)
    text = (tmp_path / "own.yaml").read_text("utf-8")
    (tmp_path / "own.yaml").write_text(text.replace("seed: 2020", "seed: 2021"), encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"own\.yaml: has changed since the sweep was begun"):
        store.opened(read(file), folder)
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    store.opened(read(file), folder)
    with pytest.raises(InvalidInput, match=r"draws \(3 → 4\)"):
        store.opened(read(file, 4), folder)
    with pytest.raises(InvalidInput, match=r"small\.yaml: has changed"):
        store.opened(small(tmp_path, scenario="own.yaml", design={"kind": "latin", "size": 7}), folder)
    written(tmp_path, scenario="own.yaml")
    monkeypatch.setattr(store, "__version__", "99")
    with pytest.raises(InvalidInput, match="version"):
        store.opened(read(file), folder)
    monkeypatch.undo()
    (folder / "members.parquet").write_bytes(b"PAR1 something else PAR1")
    with pytest.raises(InvalidInput, match=r"members\.parquet: has changed"):
        store.opened(read(file), folder)
    (folder / "members.parquet").write_bytes(before["members.parquet"])
    assert contents(folder) == before


def test_the_folder_is_known_again_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path)
    run(tmp_path / "out", read(file))
    monkeypatch.chdir(tmp_path)
    assert runner.run(store.opened(read(Path("small.yaml")), Path("out")), Means(), silent).before == 6


def test_results_of_somebody_else_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "out" / "outputs").mkdir(parents=True)
    with pytest.raises(InvalidInput, match="holds results but no"):
        store.opened(small(tmp_path), tmp_path / "out")


@pytest.mark.usefixtures("blocks_of_two")
def test_a_full_disk_loses_nothing_that_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep = small(tmp_path)
    run(tmp_path / "whole", sweep)
    real, times = run_folder.parquet, iter(range(100))

    def full(table: object, mark: str = "") -> object:
        write = real(table, mark)  # type: ignore[arg-type]

        def half(path: Path) -> None:
            write(path)
            if next(times) == 3:
                path.write_bytes(path.read_bytes()[:10])
                raise OSError(28, "No space left on device")

        return half

    monkeypatch.setattr(store, "parquet", full)
    with pytest.raises(InvalidInput, match="the disk is full"):
        run(tmp_path / "out", sweep)
    assert sorted(path.name for path in (tmp_path / "out" / "outputs").iterdir()) == ["00000.parquet"]
    monkeypatch.undo()
    monkeypatch.setattr(store, "block_size", lambda members, draws: 2)
    assert run(tmp_path / "out", sweep).before == 2
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(InvalidInput, match="cannot write into this folder"):
        store.opened(small(tmp_path), tmp_path / "file" / "out")


@pytest.mark.usefixtures("blocks_of_two")
def test_lost_processes_are_given_up_and_what_is_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep = small(tmp_path)
    run(tmp_path / "whole", sweep)
    kept = store.opened(sweep, tmp_path / "out")

    def losing(pieces: Any, jobs: int, limit: float | None) -> Any:
        assert (len(pieces), jobs, limit) == (3, 2, 9.0)
        yield 0, pieces[0].run()
        raise LostError

    monkeypatch.setattr(pool, "results", losing)
    with pytest.raises(InvalidInput, match="lost again and again"):
        runner.run(kept, Means(2, limit=9.0), silent)
    assert [block.start for block in kept.missing()] == [2, 4]
    monkeypatch.undo()
    assert runner.run(kept, Means(), silent).before == 2
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.usefixtures("blocks_of_two")
def test_a_member_that_hangs_in_the_only_process_is_recorded_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `--jobs 1` runs it, without a limit of the user's."""
    monkeypatch.setattr(patience, "FIRST", 3.0)
    monkeypatch.setattr(patience, "FLOOR", 3.0)
    monkeypatch.setattr(patience, "FACTOR", 0.0)
    sweep = small(tmp_path)
    run(tmp_path / "whole", sweep)
    monkeypatch.setattr(
        store.Store, "piece", lambda own, block, place: Hanging(sweep, block, own.at[block.start : block.stop], hangs=3)
    )
    done = runner.run(store.opened(sweep, tmp_path / "out"), Means(1), silent)
    assert (done.done, done.failed) == (6, 1)
    ((member, error, asked),) = query(tmp_path / "out", "from failures").itertuples(index=False)
    assert (member, error) == (3, TIME_LIMIT)
    assert asked.startswith("--set 'away.return_to_city.times=")
    assert query(tmp_path / "out", "select member from outputs order by 1")["member"].tolist() == [0, 1, 2, 4, 5]
    whole, out = contents(tmp_path / "whole"), contents(tmp_path / "out")
    assert {name for name in out if out[name] != whole.get(name)} == {"outputs/00001.parquet", "failures/00001.parquet"}
    monkeypatch.undo()
    assert runner.run(store.opened(sweep, tmp_path / "out"), Means(), silent).before == 6


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see the processes")
def test_processes_end_with_the_one_that_started_them() -> None:
    script = (
        "import os, threading, time; from sim.questions.sweep import child\n"
        "from tests.questions.sweep.squares import Doing\n"
        "import pickle\n"
        "one = child.Child()\n"
        "print(one._process.pid, flush=True)\n"
        "one.run(pickle.dumps(Doing((1,), hang=(1,))), lambda: 600.0)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=ROOT)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    time.sleep(0.3)
    assert _alive(worker)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 10.0
    while _alive(worker) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _alive(worker)


def _alive(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return False


def test_progress_says_its_rate_and_what_is_left() -> None:
    now = runner.Progress(100, 40, 20, 1, 10.0)
    assert (now.rate, now.left) == (2.0, None)
    assert replace(now, done=100).left == 0.0
    warm = replace(now, warm=(30, 8.0))
    assert (warm.rate, warm.left) == (5.0, 12.0)


@pytest.mark.parametrize(("jobs", "told_from"), [(1, 4), (2, 8)])
def test_what_a_process_loads_before_its_first_block_is_no_measure_of_those_to_come(
    jobs: int, told_from: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each process loads for 100 s, and then takes 1 s a block."""
    at, told = [0.0], list[runner.Progress]()
    pieces = iter(range(100))

    def results(*_: object) -> Iterator[tuple[int, Any]]:
        for block in range(8):
            at[0] = 100.0 + 1.0 + next(pieces) // jobs
            yield block, SimpleNamespace(failures=())

    monkeypatch.setattr(runner.time, "perf_counter", lambda: at[0])
    monkeypatch.setattr(runner, "_results", results)
    monkeypatch.setattr(runner, "failures", lambda batch: 0)
    batch = SimpleNamespace(
        folder=tmp_path,
        members=16,
        missing=lambda: [range(first, first + 2) for first in range(0, 16, 2)],
        write=lambda block, first: None,
    )
    runner.run(batch, Means(jobs), told.append)
    assert [now.done for now in told if now.left is None] == list(range(0, told_from, 2))
    first = next(now for now in told if now.left is not None)
    assert first.left == pytest.approx((8 - first.done // 2) / jobs)
