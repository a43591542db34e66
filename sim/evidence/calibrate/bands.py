"""How wide the draws of each contrast should be, learnt from counties whose own prefecture was left out.

The spread of parameters is learnt for all of them together. What its draws make of the urban share or of residents may
be too narrow or too wide; a factor for each contrast and kind of region puts that right, from the middle 80% of errors.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import stdtrit

from sim.evidence.calibrate.contrasts import (
    CONTRASTS,
    contrast_logs,
    contrasts,
    known_contrasts,
    noise_variance,
    parameter_variance,
)
from sim.evidence.calibrate.figures import Figures
from sim.evidence.calibrate.hierarchy import FREEDOM, Learnt, Linear
from sim.model.arrays import Array, Flags

BAND: Final = 0.8
LEAST, MOST = 0.3, 3.0
FEW: Final = 60.0
"""Counties of a kind at which its own factor counts as much as that of all."""


@dataclass(frozen=True, slots=True)
class Widths:
    """Factor on the deviation of each contrast that parameters make [contrast], by kind of region."""

    by_kind: dict[str, Array]

    def of(self, kind: str) -> Array:
        """The factors of a kind; of all regions where the kind was not learnt."""
        return self.by_kind.get(kind, self.by_kind[""])


def widths(learnt: Learnt, at: Linear, gaps: Array, target: Figures, kinds: tuple[str, ...]) -> Widths:
    """Learn the factors.

    at: runs made linear at parameters that the own prefecture did not enter; gaps: expected gap of each figure there
    [county, figure], which a forecast would close.
    """
    off = contrast_logs(target.logs) - contrast_logs(at.logs + gaps)
    known = known_contrasts(target)
    here = contrasts(at.logs, at.slopes)
    noise = noise_variance(at.logs, learnt.errors)
    names = np.array(kinds)
    made = np.empty_like(off)
    for kind in sorted(set(kinds)):
        rows = names == kind
        made[rows] = parameter_variance(here.slopes[rows], learnt.by_kind.get(kind, learnt.by_kind[""]))
    everyone = _factors(off, made, noise, known)
    found = {"": everyone}
    for kind in sorted(set(kinds)):
        rows = names == kind
        own, count = _factors(off[rows], made[rows], noise[rows], known[rows]), float(rows.sum())
        found[kind] = (count * own + FEW * everyone) / (count + FEW)
    return Widths(found)


def refined(before: Widths, draws: Array, target: Figures, kinds: tuple[str, ...]) -> Widths:
    """The factors put right by runs: draws of figures [county, draw, figure] of counties left out, made with `before`.

    Runs bend where lines do not (no urban share passes 100%), so their bands can be narrower than lines say.
    """
    logs = contrast_logs(np.log(np.maximum(draws, 1.0)))
    low, middle, high = np.quantile(logs, [0.5 - BAND / 2.0, 0.5, 0.5 + BAND / 2.0], axis=1)
    off = contrast_logs(target.logs) - middle
    reach = np.abs(off) / np.maximum(np.where(off > 0.0, high - middle, middle - low), 1e-6)
    known = known_contrasts(target)
    names = np.array(kinds)
    everyone = _reach(reach, known)
    found = {"": before.of("") * everyone}
    for kind in sorted(set(kinds)):
        rows = names == kind
        count = float(rows.sum())
        ratio = (count * _reach(reach[rows], known[rows]) + FEW * everyone) / (count + FEW)
        found[kind] = np.clip(before.of(kind) * ratio, LEAST, MOST)
    return Widths(found)


def _reach(reach: Array, known: Flags) -> Array:
    """How far the middle of the errors reaches, in half-widths of the band [contrast]."""
    return np.array(
        [float(np.quantile(reach[known[:, c], c], BAND)) if known[:, c].any() else 1.0 for c in range(reach.shape[1])]
    )


def _factors(off: Array, made: Array, noise: Array, known: Flags) -> Array:
    """Factors [contrast] at which the band holds its share of these errors [county, contrast]."""
    edge = float(stdtrit(FREEDOM, 0.5 + BAND / 2.0))
    factors = np.ones(len(CONTRASTS))
    for contrast in range(len(CONTRASTS)):
        rows = known[:, contrast]
        if not rows.any():
            continue
        error, parameter, rest = np.abs(off[rows, contrast]), made[rows, contrast], noise[rows, contrast]
        choices = np.geomspace(LEAST, MOST, 93)
        held = np.array([(error <= edge * np.sqrt(f**2 * parameter + rest)).mean() for f in choices])
        factors[contrast] = choices[int(np.argmin(np.abs(held - BAND)))]
    return factors
