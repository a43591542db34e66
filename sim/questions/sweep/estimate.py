"""What a sweep would cost, from a small timing of its own members."""

import os
import sys
import time
from math import ceil
from typing import Final

from sim.common.quickclass import quickclass
from sim.questions.sweep.block import run_block
from sim.questions.sweep.plan import Sweep
from sim.questions.sweep.store import block_size, drawn
from sim.run.warm import LANES

_STATE_BYTES: Final = 2 * 8 * 12 * 202
"""A lane's population before and after a year."""
_OUTCOME_BYTES: Final = 4


@quickclass(frozen=True, slots=True)
class Estimate:
    """Members and draws of a sweep; seconds on the given processes; bytes of memory of all of them and on disk."""

    members: int
    draws: int
    seconds: float
    memory: float
    disk: float


def estimate(sweep: Sweep, jobs: int) -> Estimate:
    """The cost of a whole sweep: its first members are run once to warm up and once by the clock."""
    _, at = drawn(sweep)
    idle, hands = held(), side_by_side(jobs, ceil(len(at) / block_size(len(at), sweep.draws)))
    sample = range(min(len(at), max(1, LANES // sweep.draws)))
    run_block(sweep, sample, at[: len(sample)])
    begun = time.perf_counter()
    run_block(sweep, sample, at[: len(sample)])
    each = (time.perf_counter() - begun) / len(sample)
    lanes = min(LANES, len(at) * sweep.draws)
    own = held() + lanes * _STATE_BYTES + sweep.draws * len(sweep.outputs) * _OUTCOME_BYTES
    columns = 2 * (len(sweep.factors) + 1) + len(sweep.outputs) + 1
    return Estimate(len(at), sweep.draws, each * len(at) / hands, idle + own * hands, len(at) * columns * 8.0)


def side_by_side(jobs: int, blocks: int) -> int:
    """How many processes would really work at a time: no more than there are blocks, or processors."""
    return max(1, min(jobs, blocks, os.cpu_count() or 1))


def held() -> float:
    """Memory that this process has held at most [bytes]; 0 where the system does not say."""
    try:
        import resource  # noqa: PLC0415  (not on Windows)
    except ImportError:
        return 0.0
    held = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return held if sys.platform == "darwin" else held * 1024.0
