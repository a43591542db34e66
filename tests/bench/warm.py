"""A case kept warm: milliseconds from a moved lever to its answer, and against a run of the changed case."""

from functools import partial

import numpy as np

from sim.run.ensemble import simulate
from sim.run.lanes import Wanted
from sim.run.moves import Strength, changed
from sim.run.warm import Warm
from tests.bench.table import Row, at_most, plain
from tests.bench.timing import PROCESSOR, WALL, paired, seconds
from tests.scenarios import prepared

_MOVES = (Strength("industrial-park-jobs"),)
_AT = np.array([[1.3]])


def rows() -> list[Row]:
    """Answers on two threads, a policy moved from 2021 on."""
    case = prepared("pilot").case
    moved = changed(case, _MOVES, _AT[0])
    found = []
    for draws, year, aim in ((1_000, 2035, 80), (1_000, 2025, None), (100, 2035, 15)):
        kept = Warm(case, range(draws))
        answer = partial(kept.answer, _MOVES, _AT, [Wanted("urbanization_rate", 0, year)], 2)
        warm, run = paired(answer, partial(simulate, moved, range(draws), (), 2), 7, WALL)
        what = f"warm answer of {draws:,} draws to {year}, a policy moved"
        found.append(plain(what, 1e3 * warm, "ms", 0) if aim is None else at_most(what, 1e3 * warm, "ms", aim, 0))
        found.append(plain("– of processor time", 1e3 * seconds(answer, 5, PROCESSOR), "ms", 0))
        found.append(plain(f"{what} ÷ run of the changed case to 2035", warm / run, "×", 2))
    return found
