"""A command in this process, as a user would see it: its exit code, what it said, how long it took."""

import contextlib
import io
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Final

from sim.cli.main import _run

LONGEST: Final = 1200
"""Seconds after which a command is called endless."""


@dataclass(frozen=True, slots=True)
class Answer:
    """code: the exit code, None where an exception left the command; seconds: of processor time, children's too."""

    code: int | None
    said: str
    seconds: float

    @property
    def is_broken(self) -> bool:
        """Whether it ended as no command should."""
        return self.code not in (0, 2, 3, 4, 5, 6)


def attempt(arguments: Sequence[str]) -> Answer:
    """The answer of the command line to these arguments."""
    out = io.StringIO()
    started = _spent()
    with _bounded(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code: int | None
        try:
            code = _run([*arguments, "--lang", "en"])
        except BaseException as problem:  # noqa: BLE001 - nothing may leave it
            code = None
            out.write(f"{type(problem).__name__}: {problem}")
    return Answer(code, out.getvalue(), _spent() - started)


def _spent() -> float:
    """Processor seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"longer than {LONGEST} s")
