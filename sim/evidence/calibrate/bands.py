"""How wide the draws of each contrast should be, learnt from counties whose own prefecture was left out.

Conformal (Vovk, Gammerman & Shafer 2005; normalised and by kind of region): a county's scale follows from what its
census shows, and the band reaches as far, in scales, as the middle 80% of errors of its kind did.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.special import stdtrit

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.contrasts import CONTRASTS
from sim.evidence.calibrate.hierarchy import FREEDOM, rowwise
from sim.evidence.calibrate.inputs import Inputs
from sim.model.arrays import Array, Flags, Integers

BAND: Final = 0.8
FEW: Final = 60.0
"""Counties of a kind at which its own reach counts as much as that of all."""

RIDGE: Final = 15.0
"""Spread of the logarithm of errors over the prior variance of the straight columns [1]: scales differ little."""

_EDGE: Final = float(stdtrit(FREEDOM, 0.5 + BAND / 2.0))
_SMALL: Final = 0.05
"""Errors below this quantile count as it: their logarithm says nothing of scale."""


@quickclass(frozen=True, slots=True)
class Scales:
    """Logarithm of the scale of errors: centre [contrast], effects [straight column, contrast]."""

    centre: Array
    effects: Array

    def of(self, inputs: Inputs) -> Array:
        """Scale of each contrast's error [county, contrast]."""
        logs = self.centre + rowwise(inputs.columns[:, : inputs.straight], self.effects)
        return np.asarray(np.exp(logs), dtype=np.float64)


@quickclass(frozen=True, slots=True)
class Bands:
    """Scales, how many of them the 80% band reaches, and how errors of contrasts go together.

    reach: [contrast] by kind of region ("" for any other); less: the same of counties without the figures that not
    every table has; together: correlations [contrast, contrast].
    """

    scales: Scales
    reach: dict[str, Array]
    less: dict[str, Array]
    together: Array

    def half(self, inputs: Inputs) -> Array:
        """Half the width of the 80% band of each contrast [county, contrast]."""
        pairs = zip(inputs.kinds, inputs.beyond, strict=True)
        tables = [(self.reach if beyond else self.less, kind) for kind, beyond in pairs]
        reach = np.stack([table.get(kind, table[""]) for table, kind in tables])
        return np.asarray(self.scales.of(inputs) * reach, dtype=np.float64)

    def spread(self, inputs: Inputs) -> Array:
        """Scale of Student's t whose middle 80% is the band [county, contrast]."""
        return np.asarray(self.half(inputs) / _EDGE, dtype=np.float64)


def bands(inputs: Inputs, errors: Array, without: Array, known: Flags, part: Integers) -> Bands:
    """Learn the bands from errors [county, contrast] of forecasts that a county's prefecture did not enter.

    without: such errors had the county lacked the figures that not every table has; known [county, contrast]; part:
    of the counties, each left out whole when its scale is learnt [county].
    """
    off = np.where(known, np.abs(errors), 0.0)
    floor = np.array([_least(off[known[:, c], c]) for c in range(_N)])
    logs = np.log(np.maximum(off, floor))
    honest = np.empty_like(logs)
    for number in np.unique(part):
        held = np.flatnonzero(part == number)
        honest[held] = _scales(inputs.take(np.flatnonzero(part != number)), logs[part != number]).of(inputs.take(held))
    reach = _reaches(off / honest, known, inputs.kinds)
    less = _reaches(np.abs(without) / honest, known, inputs.kinds)
    standard = np.clip(np.where(known, errors / honest, 0.0), -4.0, 4.0)
    together = np.corrcoef(standard.T) + 1e-3 * np.eye(_N)
    return Bands(_scales(inputs, logs), reach, less, together)


_N: Final = len(CONTRASTS)


def _least(off: Array) -> float:
    """The error below which none counts: a low quantile, or where so many are met exactly, the least of the others."""
    above = off[off > 0.0]
    if not above.size:
        return 1.0
    return float(np.quantile(off, _SMALL) or above.min())


def _scales(inputs: Inputs, logs: Array) -> Scales:
    columns = inputs.columns[:, : inputs.straight]
    centre = logs.mean(axis=0)
    normal = columns.T @ columns + RIDGE * np.eye(columns.shape[1])
    return Scales(centre, np.linalg.solve(normal, columns.T @ (logs - centre)))


def _reaches(standard: Array, known: Flags, kinds: Sequence[str]) -> dict[str, Array]:
    """Quantile of errors in scales by kind [contrast], of few counties drawn towards that of all."""
    everyone = _quantile(standard, known)
    found = {"": everyone}
    names = np.array(kinds)
    for kind in sorted(set(kinds)):
        rows = names == kind
        count = float(rows.sum())
        found[kind] = (count * _quantile(standard[rows], known[rows]) + FEW * everyone) / (count + FEW)
    return found


def _quantile(standard: Array, known: Flags) -> Array:
    """The conformal quantile of each contrast, of those known [contrast]."""
    found = np.ones(_N)
    for c in range(_N):
        of = standard[known[:, c], c]
        if len(of):
            found[c] = np.quantile(of, min(BAND * (1.0 + 1.0 / len(of)), 1.0))
    return found
