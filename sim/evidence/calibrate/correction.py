"""What runs with expected parameters miss of the second census, learnt across counties and taken back to parameters.

A regression of parameters shrinks each parameter alone, while a census figure hangs on many of them at once. Here the
figures that runs miss are regressed on the same columns and on what the run itself says; the parameters are then moved
by the least change, in units of their spread, that closes the gap. The forecast stays a run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.evidence.calibrate.figures import HOUSEHOLDS, N_AGE, N_FIGURES, OUTSIDE, RESIDENT, SEAT, URBAN, Figures
from sim.evidence.calibrate.hierarchy import FREEDOM, left_out
from sim.model.arrays import Array, Flags

RIDGE: Final = 2.0
"""Spread of the gaps over the prior variance of their dependence on the regression's columns [1]."""

OWN_RIDGE: Final = 0.005
"""The same for their dependence on what the run says."""

OWN_COLUMNS: Final = 7
"""Columns of what the run says: growth of residents, urban share and households; of districts; being one."""

PASSES: Final = 5
_CLOSED_TO: Final = np.array([*[0.04] * N_AGE, 0.004, 0.004, 9.0, 9.0, 0.006])
"""How closely the logarithm of each figure is to meet the corrected one; seat and outsiders stay as they come."""

_KEYS: Final = [RESIDENT, URBAN, HOUSEHOLDS]


@dataclass(frozen=True, slots=True)
class Correction:
    """Expected gap of the logarithm of each figure: centre [figure], effects [column, figure]."""

    centre: Array
    effects: Array

    @classmethod
    def none(cls, columns: int) -> "Correction":
        """No gap anywhere, of a regression of parameters with so many columns."""
        return cls(np.zeros(N_FIGURES), np.zeros((columns + OWN_COLUMNS, N_FIGURES)))

    def gaps(self, columns: Array) -> Array:
        """Expected gap of each figure [county, figure]; the urban share keeps what the run says."""
        return _keep_rate(self.centre + columns @ self.effects)


def _keep_rate(gaps: Array) -> Array:
    kept = gaps.copy()
    kept[:, URBAN] = kept[:, RESIDENT]
    return kept


def gap_columns(columns: Array, run: Array, base: Figures, districts: Flags) -> Array:
    """Columns of the regression of gaps [county, column].

    columns: of the regression of parameters; run: logarithms of the run's figures [county, figure]; base: figures of
    the first census; districts: whether a county is one [county].
    """
    growth = np.where(base.known, run - base.logs, 0.0)
    rate = growth[:, URBAN] - growth[:, RESIDENT]
    own = np.stack([growth[:, RESIDENT], rate, growth[:, HOUSEHOLDS]], axis=1)
    district = districts[:, np.newaxis].astype(np.float64)
    parts = np.concatenate([own, own * district, 0.3 * district], axis=1)
    return np.concatenate([columns / np.sqrt(RIDGE), parts / np.sqrt(OWN_RIDGE)], axis=1)


def correction(columns: Array, run: Array, target: Figures, prefecture: Sequence[str]) -> tuple[Correction, Array]:
    """Learn the gaps from counties run with parameters that their own prefecture did not enter.

    columns: as `gap_columns` gives them. Counties far off in residents, urban people or households count less. Also
    the gaps expected of each county [county, figure] had its own prefecture not been learnt from.
    """
    gaps = np.where(target.known, target.logs - run, 0.0)
    weights = np.ones(len(gaps))
    for _ in range(PASSES):
        centre = weights @ gaps / weights.sum()
        weighted = columns * weights[:, np.newaxis]
        effects = np.linalg.solve(weighted.T @ columns + np.eye(columns.shape[1]), weighted.T @ (gaps - centre))
        off = (gaps - centre - columns @ effects)[:, _KEYS]
        scale = (off * weights[:, np.newaxis]).T @ off / weights.sum() + 1e-8 * np.eye(len(_KEYS))
        distance = np.einsum("ik,kl,il->i", off, np.linalg.inv(scale), off)
        weights = (FREEDOM + len(_KEYS)) / (FREEDOM + distance)
        weights /= weights.mean()
    left = left_out(columns, gaps - centre - columns @ effects, weights, prefecture, 1.0)
    return Correction(centre, effects), _keep_rate(gaps - left)


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
