"""Pieces of work that need nothing of the program, and that hang, fail or lose their process where a test wants it."""

import os
import signal
import time
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Numbers:
    """The result of `Doing`: what each member came to; those that failed."""

    found: tuple[int, ...]
    failures: tuple[tuple[int, str], ...] = ()

    def joined(self, other: "Numbers") -> "Numbers":
        return Numbers((*self.found, *other.found), (*self.failures, *other.failures))


@dataclass(frozen=True)
class Doing:
    """Members that are numbers: each gives its square; what is done with some of them is told by name."""

    members: tuple[int, ...]
    hang: tuple[int, ...] = ()
    kill: tuple[int, ...] = ()
    fail: tuple[int, ...] = ()
    scratch: str = ""
    """A folder where the first loss of a process is noted, after which it is lost no more; none: it is always lost."""
    slow: float = 0.0
    preparing: float = 0.0

    @property
    def size(self) -> int:
        return len(self.members)

    def prepare(self) -> None:
        time.sleep(self.preparing)

    def run(self) -> Numbers:
        time.sleep(self.slow)
        for member in self.members:
            if member in self.hang:
                time.sleep(600.0)
            if member in self.kill and not self._noted(member):
                os.kill(os.getpid(), signal.SIGKILL)
            if member in self.fail:
                raise ZeroDivisionError(f"member {member}")
        print("a stray line")  # noqa: T201 - must not disturb the answers
        return Numbers(tuple(member**2 for member in self.members))

    def _noted(self, member: int) -> bool:
        if not self.scratch:
            return False
        note = Path(self.scratch) / str(member)
        if note.exists():
            return True
        note.touch()
        return False

    def halves(self) -> tuple["Doing", "Doing"]:
        middle = len(self.members) // 2
        return replace(self, members=self.members[:middle]), replace(self, members=self.members[middle:])

    def given_up(self, error: str) -> Numbers:
        return Numbers((), tuple((member, error) for member in self.members))
