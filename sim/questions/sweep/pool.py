"""Pieces done in this process, or in others of this machine."""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from queue import SimpleQueue
from typing import Final

from sim.questions.sweep.patience import Hand, Patience
from sim.questions.sweep.piece import Part, Piece

_AHEAD: Final = 2
"""Pieces handed out for each process: enough to keep it busy, few enough to keep memory flat."""


def results(pieces: Sequence[Piece[Part]], jobs: int, limit: float | None) -> Iterator[tuple[int, Part]]:
    """The number of each piece with its result, in the order in which they are done, on `jobs` processes.

    jobs: 0, without a limit, is this process itself, where nothing can be ended. limit: seconds a piece may take before
    the member that holds it up is looked for (None: see `patience`). Raises LostError where the process of a
    piece is lost again and again.
    """
    if jobs == 0 and limit is None:
        for index, piece in enumerate(pieces):
            piece.prepare()
            yield index, piece.run()
        return
    patience = Patience(limit)
    hands = [Hand(patience) for _ in range(max(jobs, 1))]
    try:
        yield from _by_hands(pieces, hands)
    finally:
        for hand in hands:
            hand.close()


def _by_hands(pieces: Sequence[Piece[Part]], hands: Sequence[Hand]) -> Iterator[tuple[int, Part]]:
    free: SimpleQueue[Hand] = SimpleQueue()
    for hand in hands:
        free.put(hand)

    def done(piece: Piece[Part]) -> Part:
        hand = free.get()
        try:
            return hand.do(piece)
        finally:
            free.put(hand)

    waiting = iter(enumerate(pieces))
    running: dict[Future[Part], int] = {}
    threads = ThreadPoolExecutor(len(hands))
    try:
        while True:
            for index, piece in waiting:
                running[threads.submit(done, piece)] = index
                if len(running) >= _AHEAD * len(hands):
                    break
            if not running:
                return
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield running.pop(future), future.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
