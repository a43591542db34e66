"""Running what is missing of a sweep, in this process or in several."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.errors import fault
from sim.sweep.block import Block, run_block
from sim.sweep.plan import Sweep
from sim.sweep.store import FAILURES, Store, kept, read_table

Array = NDArray[np.float64]
Done = tuple[range, Block]

_AHEAD: Final = 2
"""Blocks handed out for each process: enough to keep it busy, few enough to keep memory flat."""
_LOSSES: Final = 3
"""Times that processes may be lost before the sweep gives up; what is written stays."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sweep is. before: members that were done when it was started; seconds: since then."""

    members: int
    done: int
    before: int
    failed: int
    seconds: float

    @property
    def rate(self) -> float:
        """Members a second since the start."""
        return (self.done - self.before) / self.seconds if self.seconds > 0.0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds left at this rate; None where nothing is known yet."""
        return (self.members - self.done) / self.rate if self.rate > 0.0 else None


def run(store: Store, jobs: int, report: Callable[[Progress], None]) -> Progress:
    """Run every block that is missing, on `jobs` processes, and say how far it is after each.

    The files do not depend on the number of processes. Raises InvalidInput where the folder cannot be written or
    processes are lost again and again.
    """
    missing = store.missing()
    members = len(store.at)
    before = members - sum(len(block) for block in missing)
    failed = failures(store)
    begun = time.perf_counter()
    now = Progress(members, before, before, failed, 0.0)
    report(now)
    for block, result in _results(store, missing, min(jobs, len(missing))):
        store.write(result, block.start)
        failed += len(result.failures)
        now = Progress(members, now.done + len(block), before, failed, time.perf_counter() - begun)
        report(now)
    return now


def failures(store: Store) -> int:
    """Failed members of the blocks that are written."""
    begun = {store.folder / FAILURES / f"{block.start // store.block:05d}.parquet" for block in store.missing()}
    files = [file for file in kept(store.folder, FAILURES) if file not in begun]
    return len(read_table(files)) if files else 0


def _results(store: Store, missing: Sequence[range], jobs: int) -> Iterator[Done]:
    if jobs <= 1:
        for block in missing:
            yield block, run_block(store.sweep, block, store.at[block.start : block.stop])
        return
    remaining = {block.start: block for block in missing}
    for _ in range(_LOSSES):
        try:
            for block, result in _in_processes(store.sweep, store.at, list(remaining.values()), jobs):
                del remaining[block.start]
                yield block, result
            return
        except BrokenProcessPool:
            continue
    raise fault(
        str(store.folder),
        "",
        "计算进程多次中断;已完成的部分仍在,可减少 --jobs 后重新运行同一命令",
        "processes were lost again and again; what is done is kept: run the same command again, with fewer --jobs",
    )


def _in_processes(sweep: Sweep, at: Array, missing: Sequence[range], jobs: int) -> Iterator[Done]:
    context = multiprocessing.get_context("spawn")
    waiting = iter(missing)
    running: dict[Future[Block], range] = {}
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=end_with_parent) as pool:
        try:
            while True:
                for block in waiting:
                    running[pool.submit(run_block, sweep, block, at[block.start : block.stop])] = block
                    if len(running) >= _AHEAD * jobs:
                        break
                if not running:
                    return
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield running.pop(future), future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went: nobody would take its results."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        watch = threading.Thread(target=_leave_after, args=(parent,), daemon=True)
        watch.start()


def _leave_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
