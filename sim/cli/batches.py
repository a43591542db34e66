"""What every batch says of itself: how far it is, and what it would cost."""

import sys
import time
from typing import TYPE_CHECKING

import click

from sim.cli.texts import tr
from sim.common.language import Language, Text

if TYPE_CHECKING:
    from sim.questions.sweep.estimate import Estimate
    from sim.questions.sweep.runner import Progress

_EVERY = 10.0
"""Seconds between two lines of progress where nobody is watching."""


class Reporter:
    """Says how far a sweep is: one line that changes on a terminal, now and then a plain line elsewhere."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._terminal = sys.stderr.isatty()
        self._said = 0.0

    def __call__(self, now: "Progress") -> None:
        """Takes note of a block that is done."""
        ended = now.done == now.members
        if now.done == now.before or not (self._terminal or ended or time.monotonic() - self._said > _EVERY):
            return
        self._said = time.monotonic()
        text = progress_line(now).in_(self._language)
        if self._terminal:
            click.echo(f"\r\x1b[K{text}", err=True, nl=ended)
        else:
            click.echo(text, err=True)


def progress_line(now: "Progress") -> Text:
    """How far a sweep is, with its rate and the time left."""
    left = duration(now.left) if now.left is not None else tr("unknown")
    return tr(
        "{done}/{members} members, {failed} failed, {rate:.3g} a second, {left} left",
        done=now.done,
        members=now.members,
        failed=now.failed,
        rate=now.rate,
        left=left,
    )


def duration(seconds: float) -> Text:
    """A time as people say it."""
    if seconds < 90.0:
        return tr("{seconds:.0f} s", seconds=seconds)
    if seconds < 5400.0:
        return tr("{seconds:.0f} min", seconds=seconds / 60.0)
    return tr("{seconds:.1f} h", seconds=seconds / 3600.0)


def takes_about(cost: "Estimate", jobs: int) -> Text:
    """Time, memory and disk of what would be run."""
    took, memory, disk = duration(cost.seconds), cost.memory / 1e9, max(cost.disk / 1e6, 0.1)
    return tr(
        "on {jobs} process(es) about {took}, memory about {memory:.1f} GB, disk at most {disk:.1f} MB",
        jobs=jobs,
        took=took,
        memory=memory,
        disk=disk,
    )


def cost_record(cost: "Estimate", jobs: int) -> dict[str, object]:
    """What would be run and what it would cost, for programs: times in seconds, sizes in bytes."""
    return {
        "members": cost.members,
        "draws": cost.draws,
        "processes": jobs,
        "seconds": cost.seconds,
        "memory_bytes": cost.memory,
        "disk_bytes": cost.disk,
    }
