"""The pilot scenario of Jieshou, opened as a page opens it, on few draws."""

from functools import cache
from pathlib import Path

from sim.questions.live.opened import Opened
from tests.scenarios import JIESHOU

DRAWS = 200
JOBS = "policies.industrial-park-jobs.intensity"
SIZE = "policies.industrial-park-jobs.amount"
FIRST = "policies.bus-integration.from"
HUKOU = "policies.hukou-zero-threshold.intensity"
RATE = "away.return_to_city"
MOVES = {JOBS: 1.6, SIZE: 4000.0, FIRST: 2024.0, HUKOU: 1.0, RATE: 1.2, "transfer.rural_to_city.times": 1.2}
"""Levers of every kind: a policy in use by strength, size and first year, one of the library, a rate, a factor."""


@cache
def opened(file: Path = JIESHOU / "pilot.yaml", draws: int = DRAWS) -> Opened:
    """A scenario, opened once for all tests."""
    return Opened(file, draws, 1)
