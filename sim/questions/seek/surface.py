"""What stands for the model while a mix is looked for: a smooth surface through the margins of all that was tried."""

from collections.abc import Callable
from typing import Final

import numpy as np

from sim.model.arrays import Array

Cost = Callable[[Array], Array]
"""What positions cost [position]. Positions in 0…1 [position, lever]."""

_SMOOTHING: Final = 1e-9
_WIDE: Final = 1024
"""Positions that are looked at all over the ranges."""
_CLOSE: Final = 384
"""Positions that are looked at about the best of them, in each of so many narrower rings."""
_RINGS: Final = 0.3 * 0.5 ** np.arange(9)
_BEST: Final = 6
_STAYS: Final = 0.3
"""How often a lever of a position near the best is that of the best, or as it is at present."""


def surface(positions: Array, values: Array) -> Callable[[Array], Array]:
    """A smooth function through values [position, goal] at positions [position, lever], which gives those at others.

    Radial basis functions, cubic with a plane (Wendland, H. (2004), Scattered data approximation, chapter 8,
    doi:10.1017/CBO9780511617539).
    """
    from scipy.interpolate import RBFInterpolator  # noqa: PLC0415  (loaded where it is needed)

    return RBFInterpolator(positions, values, kernel="cubic", smoothing=_SMOOTHING)


def least(cost: Cost, present: Array, start: Array, random: np.random.Generator) -> Array:
    """The position of least cost, looked for everywhere and then in ever narrower rings about the best ones.

    Effort has its kinks where a lever stays as it is, so that many of the positions have some that do. start: a
    position that is known to be good.
    """
    n = len(present)
    wide = random.uniform(size=(_WIDE, n))
    known = np.concatenate([[start, present], _staying(wide, present, random), wide])
    costs = cost(known)
    for ring in _RINGS:
        order = np.argsort(costs, kind="stable")[:_BEST]
        best, costs = known[order], costs[order]
        centre = best[random.integers(len(best), size=_CLOSE)]
        near = np.clip(centre + ring * random.standard_normal((_CLOSE, n)), 0.0, 1.0)
        near = _staying(_staying(near, centre, random), present, random)
        known, costs = np.concatenate([best, near]), np.concatenate([costs, cost(near)])
    return np.asarray(known[int(np.argmin(costs))])


def _staying(at: Array, where: Array, random: np.random.Generator) -> Array:
    """Positions of which some levers are as they are elsewhere."""
    return np.where(random.uniform(size=at.shape) < _STAYS, where, at)
