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
    """How far a batch is. before: members that were done when it was started; seconds: since then."""

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
    for index, result in _results(batch, missing, means, say) if missing else ():
        batch.write(result, missing[index].start)
        failed += len(result.failures)
        now = Progress(batch.members, now.done + len(missing[index]), before, failed, time.perf_counter() - begun)
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
