"""Villagers who become urban, split into those who move to town and those whose village becomes town where it stands.

Two censuses show the sum of both; how it splits they hardly tell. The share of the second is therefore a parameter of
its own with a wide prior. Of 211 million urban residents that China gained from 2000 to 2010, 84 million became urban
where they lived, about as many as in the decade before (Chen & Song 2014, doi:10.1016/j.chieco.2014.07.005). As large a
part of the gain of 2010–2020 would be 0.69, as many persons 0.62 of the 74 million whom learnt rates take from the
villages of 1,960 counties to their towns.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from scipy.special import expit, logit

from sim.evidence.calibrate.free_parameters import FreeParameter
from sim.model.arrays import Array

RECLASSIFIED: Final = {
    "transfer.rural_to_city": "boundary.rural_to_city",
    "transfer.rural_to_town": "boundary.rural_to_town",
}
"""The reclassification beside each move to town."""

SHARE: Final = 0.6
"""Of villagers who become urban, those whose village is reclassified."""

SHARE_OF_RENAMED: Final = 0.68
"""The same where a county became a district or a county-level city between the censuses.

Their urban share rose by 3.0 ± 0.8 points more than that of counties alike in province, kind and urban share (63 of
1,960 pairs of county rows, censuses of 2010 and 2020); all of that is taken as reclassification.
"""

OF_ALL: Final = 0.77
"""Villagers a year per villager that a rate of 1 moves: rates are means of working ages (counties, census of 2010)."""

_SOURCES: Final = {boundary: move for move, boundary in RECLASSIFIED.items()}


def split(values: Mapping[str, Array], share: Array) -> dict[str, Array]:
    """Values in which the rates of moves to town hold moves alone, and reclassification the rest.

    values: of every parameter [lane or 1, year], moves to town with all who become urban; share: of them reclassified
    [lane, 1].
    """
    found = dict(values)
    for move, boundary in RECLASSIFIED.items():
        found[boundary] = values[boundary] + OF_ALL * share * values[move]
        found[move] = (1.0 - share) * values[move]
    return found


def share_at(before: Array, number: Array) -> Array:
    """The share [...] at a fitted number [...], which moves its logit from that of the share before the fit [...]."""
    return np.asarray(expit(logit(before) + number), dtype=np.float64)


def loads(parameters: Sequence[FreeParameter], paths: Sequence[str], share: float) -> Array:
    """Change of the logarithm of each path with each parameter [path, theta], at this share."""
    return np.array([[_load(parameter, path, share) for parameter in parameters] for path in paths])


def _load(parameter: FreeParameter, path: str, share: float) -> float:
    if parameter.kind == "split":
        return -share if path in RECLASSIFIED else 1.0 - share if path in _SOURCES else 0.0
    return float(_SOURCES.get(path, path) in parameter.paths)
