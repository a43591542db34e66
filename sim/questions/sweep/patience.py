"""How long a piece may take, and finding the member that takes longer."""

import pickle
import threading
from typing import Any, Final

from sim.questions.sweep.child import Child, LostError, TimedOutError
from sim.questions.sweep.piece import Part, Piece

TIME_LIMIT: Final = "time limit"
"""The error of a member that had no result in time; it names no number, so that the files do not depend on it."""
FIRST: Final = 600.0
FLOOR: Final = 30.0
FACTOR: Final = 20.0
"""Where the user sets no limit: seconds until a piece is done; then so many times the longest, at least FLOOR."""
LOSSES: Final = 3
"""Times that the process of one piece may be lost before the sweep gives up; what is written stays."""


class Patience:
    """Seconds that a piece may take: the user's limit, or what others have taken many times over."""

    def __init__(self, limit: float | None) -> None:
        self._limit = limit
        self._longest: float | None = None
        self._lock = threading.Lock()

    def __call__(self) -> float:
        """The limit as it stands now [s]."""
        if self._limit is not None:
            return self._limit
        return FIRST if self._longest is None else max(FLOOR, FACTOR * self._longest)

    def took(self, seconds: float) -> None:
        """Takes note of a piece that is done [s]."""
        with self._lock:
            self._longest = max(seconds, self._longest or 0.0)


class Hand:
    """Does pieces in a process of its own, which is replaced when it is lost or has to be ended."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._child: Child | None = None
        self._closed = False
        self._lock = threading.RLock()

    def do(self, piece: Piece[Part]) -> Part:
        """The result of a piece; the members that have none within the limit are given up.

        A piece that takes too long is halved until the member is found. Raises LostError where its process is lost
        again and again.
        """
        try:
            return self._tried(piece)
        except TimedOutError:
            if piece.size == 1:
                return piece.given_up(TIME_LIMIT)
        first, second = piece.halves()
        return self.do(first).joined(self.do(second))

    def _tried(self, piece: Piece[Part]) -> Part:
        packed = pickle.dumps(piece, protocol=pickle.HIGHEST_PROTOCOL)
        for _ in range(LOSSES):
            try:
                done: Part = self._once(packed)
            except (LostError, TimedOutError) as problem:
                self._drop()
                if isinstance(problem, TimedOutError):
                    raise
            else:
                return done
        raise LostError

    def _once(self, packed: bytes) -> Any:
        result, seconds = self._ready().run(packed, self._patience)
        self._patience.took(seconds)
        return result

    def _ready(self) -> Child:
        """A process that can be given work. Raises LostError once this hand is closed."""
        with self._lock:
            if self._closed:
                raise LostError
            if self._child is None or not self._child.alive:
                self._end()
                self._child = Child()
            return self._child

    def close(self) -> None:
        """End its process, and start no other."""
        with self._lock:
            self._closed = True
            self._end()

    def _drop(self) -> None:
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None
