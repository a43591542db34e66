"""A case kept warm: milliseconds from a moved lever to its answer, and against a run of the changed case."""

from functools import partial

import numpy as np

from sim.run.ensemble import simulate
from sim.run.lanes import Wanted
from sim.run.moves import Strength, changed
from sim.run.warm import Warm
from tests.bench.timing import paired
from tests.scenarios import prepared

_MOVES = (Strength("industrial-park-jobs"),)
_AT = np.array([[1.3]])


def rows() -> list[tuple[str, str, str, bool | None]]:
    """What was measured on two threads, the figure, the aim, and whether it is met; a policy moved from 2021 on."""
    case = prepared("pilot").case
    moved = changed(case, _MOVES, _AT[0])
    found: list[tuple[str, str, str, bool | None]] = []
    for draws, year, aim in ((1_000, 2035, 80), (1_000, 2025, None), (100, 2035, 15)):
        kept = Warm(case, range(draws))
        answer = partial(kept.answer, _MOVES, _AT, [Wanted("urbanization_rate", 0, year)], 2)
        warm, run = paired(answer, partial(simulate, moved, range(draws), (), 2), 3)
        what = f"warm answer of {draws:,} draws to {year}, a policy moved"
        took, within = 1e3 * warm, "" if aim is None else f"≤ {aim} ms"
        found.append((what, f"{took:.0f} ms", within, None if aim is None else took <= aim))
        found.append((f"{what} ÷ run of the changed case to 2035", f"{warm / run:.2f} ×", "", None))
    return found
