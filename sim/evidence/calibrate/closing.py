"""Parameters moved by the least change, in units of their spread, that brings runs to their targets.

A regression of parameters shrinks each parameter alone, while a census figure hangs on many of them at once. The
forecast stays a run.
"""

from typing import Final

import numpy as np

from sim.evidence.calibrate.figures import HOUSEHOLDS, N_AGE, OUTSIDE, SEAT
from sim.model.arrays import Array

FARTHEST: Final = 6.0
"""Deviations beyond which no parameter is expected or drawn."""

_CLOSED_TO: Final = np.array([*[0.03] * N_AGE, 0.004, 0.004, 9.0, 9.0, 0.006])
"""How closely the logarithm of each figure is to meet its target; seat and outsiders stay as they come."""


def closing(slopes: Array, spread: Array, gaps: Array) -> Array:
    """Change of scaled parameters [county, theta] that closes gaps [county, figure] with the least movement.

    S J' (J S J' + E)⁻¹ gap: slopes J [county, figure, theta], spread S [theta, theta].
    """
    moved = slopes @ spread
    scale = moved @ slopes.transpose(0, 2, 1) + np.diag(_CLOSED_TO**2)
    return np.asarray(
        np.einsum("ifk,if->ik", moved, np.linalg.solve(scale, gaps[..., np.newaxis])[..., 0]), dtype=np.float64
    )


assert SEAT < OUTSIDE < HOUSEHOLDS
