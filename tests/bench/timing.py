"""How long a call takes, measured so that a noisy machine does not decide the answer."""

import gc
import time
from collections.abc import Callable


def seconds(call: Callable[[], object], repeats: int = 5) -> float:
    """Shortest of several runs after one that warms up [s]."""
    call()
    best = float("inf")
    for _ in range(repeats):
        gc.collect()
        begun = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - begun)
    return best


def paired(one: Callable[[], object], other: Callable[[], object], repeats: int = 5) -> tuple[float, float]:
    """Shortest times of two calls, run in turn so that both meet the same machine [s]."""
    one()
    other()
    best = [float("inf"), float("inf")]
    for _ in range(repeats):
        for i, call in enumerate((one, other)):
            begun = time.perf_counter()
            call()
            best[i] = min(best[i], time.perf_counter() - begun)
    return best[0], best[1]
