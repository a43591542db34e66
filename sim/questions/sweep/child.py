"""A process of our own that runs pieces one after the other, and that can be ended at any moment.

The parent writes pickled pieces to its standard input and reads answers from its standard output, each after its
length. A child whose parent is gone, however it went, ends at once: nobody would take its results.
"""

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, Any, Final

from sim.common.errors import Fault, InvalidInput

BEGUN: Final = b"begun"
_LENGTH: Final = 8
_LOOK: Final = 0.05
"""Seconds between two looks at the clock."""
_START: Final = 600.0
"""Seconds that a process may take to load the program and to prepare itself."""
_IDLE: Final = 60.0
"""Seconds without work after which a child ends by itself."""
_SOURCE: Final = "from sim.questions.sweep.child import serve; serve()"


class TimedOutError(Exception):
    """A piece took longer than it may; its process was ended."""


class LostError(Exception):
    """A process ended before it answered."""


class Child:
    """A process that runs pieces, seen from the one that started it."""

    def __init__(self) -> None:
        path = os.pathsep.join(dict.fromkeys(os.path.abspath(part) for part in sys.path))  # noqa: PTH100
        self._process = subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-P", "-c", _SOURCE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
        )

    @property
    def alive(self) -> bool:
        """Whether it can be given work."""
        return self._process.poll() is None

    def run(self, piece: bytes, limit: Callable[[], float]) -> tuple[Any, float]:
        """The result of a pickled piece, and the seconds it took.

        limit: seconds it may take, asked again and again while it runs.

        Raises TimedOutError, LostError, InvalidInput, or what the piece itself raises.
        """
        try:
            assert self._process.stdin is not None
            _put(self._process.stdin, piece)
        except (OSError, ValueError):
            raise LostError from None
        answer = self._answer(lambda: _START)
        begun = time.monotonic()
        if answer == BEGUN:
            answer = self._answer(limit)
        kind, content = pickle.loads(answer)  # noqa: S301 - of our own child
        if kind == "result":
            return content, time.monotonic() - begun
        raise InvalidInput(content) if kind == "invalid" else content

    def _answer(self, limit: Callable[[], float]) -> bytes:
        begun = time.monotonic()
        answered, late = threading.Event(), threading.Event()

        def watch() -> None:
            while not answered.wait(_LOOK):
                if time.monotonic() - begun > limit():
                    late.set()
                    self._process.kill()
                    return

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        assert self._process.stdout is not None
        try:
            found = _get(self._process.stdout)
        finally:
            answered.set()
            watching.join()
        if found is None:
            raise TimedOutError if late.is_set() else LostError
        return found

    def end(self) -> None:
        """End it now, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                continue


def serve() -> None:
    """Run pieces from standard input until it ends; what the child itself runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends its children
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints goes to standard error, between no two answers
    pieces: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, pieces), daemon=True).start()
    try:
        while True:
            _put(answers, _done(pieces.get(timeout=_IDLE), answers))
    except (queue.Empty, OSError):
        os._exit(0)


def _receive(source: IO[bytes], pieces: "queue.SimpleQueue[bytes]") -> None:
    while True:
        piece = _get(source)
        if piece is None:
            os._exit(1)
        pieces.put(piece)


def _done(given: bytes, answers: IO[bytes]) -> bytes:
    """The pickled answer to a piece: its result, or what was raised."""
    try:
        piece = pickle.loads(given)  # noqa: S301 - from the parent
        piece.prepare()
        _put(answers, BEGUN)
        return pickle.dumps(("result", piece.run()), protocol=pickle.HIGHEST_PROTOCOL)
    except InvalidInput as invalid:
        faults: tuple[Fault, ...] = invalid.faults
        return pickle.dumps(("invalid", faults))
    except Exception as problem:  # noqa: BLE001 - it is raised again in the parent
        return _raised(problem)


def _raised(problem: Exception) -> bytes:
    try:
        answer = pickle.dumps(("raised", problem))
        pickle.loads(answer)  # noqa: S301 - an exception may be pickled and not come back
    except Exception:  # noqa: BLE001 - whatever it is, its words can be said
        return pickle.dumps(("raised", RuntimeError(f"{type(problem).__name__}: {problem}")))
    return answer


def _put(to: IO[bytes], content: bytes) -> None:
    to.write(len(content).to_bytes(_LENGTH, "big"))
    to.write(content)
    to.flush()


def _get(source: IO[bytes]) -> bytes | None:
    """The next content, or None where there will be none."""
    try:
        head = source.read(_LENGTH)
        size = int.from_bytes(head, "big")
        content = source.read(size) if len(head) == _LENGTH else b""
    except (OSError, ValueError):
        return None
    return content if len(head) == _LENGTH and len(content) == size else None
