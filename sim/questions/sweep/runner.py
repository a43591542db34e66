"""Running what is missing of a batch: in this process, in several, or on a cluster."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from sim.common.errors import fault
from sim.common.language import Text
from sim.common.quickclass import quickclass
from sim.questions.sweep import cluster, pool
from sim.questions.sweep.child import LostError
from sim.questions.sweep.folder import FAILURES, kept, read_table
from sim.questions.sweep.piece import Joined, Piece
from sim.questions.sweep.place import Place
from sim.questions.texts import tr


class Outcome(Joined, Protocol):
    """The result of a block: it lists the members that failed."""

    @property
    def failures(self) -> tuple[Any, ...]:
        """The members that failed."""
        ...


class Batch(Protocol):
    """Members in blocks, each of which is kept once it is whole."""

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        ...

    @property
    def members(self) -> int:
        """How many members it has."""
        ...

    def missing(self) -> list[range]:
        """Blocks that have not been written yet."""
        ...

    def place(self) -> Place:
        """The files that the members' numbers rest on."""
        ...

    def piece(self, block: range, place: Place | None) -> Piece[Any]:
        """A block as a piece of work; place: the files to look at first, where another machine may do it."""
        ...

    def write(self, block: Any, first: int) -> None:
        """Write a block that begins with the member `first`."""
        ...

    def name(self, block: range) -> str:
        """The name of a block's files."""
        ...


@quickclass(frozen=True, slots=True)
class Progress:
    """How far a batch is. before: members that were done when it was started; seconds: since then.

    warm: members that were done, and the seconds, when every process had its first block behind it, in which it
    compiles or loads what it needs; None as long as not as many blocks more are done.
    """

    members: int
    done: int
    before: int
    failed: int
    seconds: float
    warm: tuple[int, float] | None = None

    @property
    def rate(self) -> float:
        """Members a second since processes are warm, or since the start."""
        done, seconds = self.warm or (self.before, 0.0)
        return (self.done - done) / (self.seconds - seconds) if self.seconds > seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds left at the rate of warm processes; None where it is not known yet."""
        if self.done == self.members:
            return 0.0
        return (self.members - self.done) / self.rate if self.warm and self.rate > 0.0 else None


@quickclass(frozen=True, slots=True)
class Means:
    """What a batch is run on: processes of this machine, or the workers of a cluster's scheduler.

    jobs: 0, without a limit, is this process itself, which a member that hangs would hold up for ever. limit: seconds
    that a block may take before the member that holds it up is looked for (None: by what others took).
    """

    jobs: int = 0
    scheduler: str | None = None
    limit: float | None = None


def run(
    batch: Batch, means: Means, report: Callable[[Progress], None], say: Callable[[Text], None] = lambda text: None
) -> Progress:
    """Run every block that is missing, and say how far it is after each.

    The files depend neither on the number of processes nor on a cluster. Raises InvalidInput where the folder cannot
    be written or processes are lost again and again.
    """
    missing = batch.missing()
    before = batch.members - sum(len(block) for block in missing)
    failed = failures(batch)
    begun = time.perf_counter()
    now = Progress(batch.members, before, before, failed, 0.0)
    report(now)
    hands, warm = max(1, min(means.jobs, len(missing))), (before, 0.0)
    for blocks, (index, result) in enumerate(_results(batch, missing, means, say) if missing else (), 1):
        batch.write(result, missing[index].start)
        failed += len(result.failures)
        done, seconds = now.done + len(missing[index]), time.perf_counter() - begun
        warm = (done, seconds) if blocks == hands else warm
        now = Progress(batch.members, done, before, failed, seconds, warm if blocks >= 2 * hands else None)
        report(now)
    return now


def failures(batch: Batch) -> int:
    """Failed members of the blocks that are written."""
    begun = {batch.name(block) for block in batch.missing()}
    files = [file for file in kept(batch.folder, FAILURES) if file.name not in begun]
    return len(read_table(files)) if files else 0


def _results(
    batch: Batch, missing: list[range], means: Means, say: Callable[[Text], None]
) -> Iterator[tuple[int, Any]]:
    place = None if means.scheduler is None else batch.place()
    pieces = [batch.piece(block, place) for block in missing]
    if means.scheduler is not None:
        yield from cluster.results(pieces, means.scheduler, means.limit, say)
        return
    try:
        yield from pool.results(pieces, min(means.jobs, len(pieces)), means.limit)
    except LostError:
        raise fault(
            str(batch.folder),
            "",
            tr(
                "processes were lost again and again; what is done is kept: "
                "run the same command again, with fewer --jobs"
            ),
        ) from None
