"""How long a call takes, measured so that a noisy machine does not decide the answer."""

import gc
import time
from collections.abc import Callable

Clock = Callable[[], float]
PROCESSOR: Clock = time.process_time
"""Of calls on one thread: what others do on the machine meanwhile is not counted."""
WALL: Clock = time.perf_counter
"""Of calls on several threads, and of what a person waits for."""


def seconds(call: Callable[[], object], repeats: int = 5, clock: Clock = PROCESSOR) -> float:
    """Shortest of several runs after one that warms up [s]."""
    call()
    best = float("inf")
    for _ in range(repeats):
        gc.collect()
        begun = clock()
        call()
        best = min(best, clock() - begun)
    return best


def paired(
    one: Callable[[], object], other: Callable[[], object], repeats: int = 5, clock: Clock = PROCESSOR
) -> tuple[float, float]:
    """Shortest times of two calls, run in turn so that both meet the same machine [s]."""
    one()
    other()
    best = [float("inf"), float("inf")]
    for _ in range(repeats):
        for i, call in enumerate((one, other)):
            begun = clock()
            call()
            best[i] = min(best[i], clock() - begun)
    return best[0], best[1]
