"""What the second census is expected to show of a county, learnt across counties: the mean of several predictors.

Each predictor is a regression of how far the second census lies from a run with no parameter changed. Residents,
households and ages are predicted in logarithms, the urban share in points: its errors count in points.
Forecasts are runs that meet these targets (`sim.evidence.calibrate.closing`).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.contrasts import CONTRASTS, contrast_values
from sim.evidence.calibrate.covariates import Scale
from sim.evidence.calibrate.figures import HOUSEHOLDS, OUTSIDE, RESIDENT, SEAT, URBAN, Figures
from sim.evidence.calibrate.hierarchy import FREEDOM, rowwise
from sim.evidence.calibrate.inputs import Inputs
from sim.model.arrays import Array, Integers
from sim.places.china.province_names import PROVINCES

RUN: Final = len(CONTRASTS)
OWN: Final = 2 * RUN
"""Columns of what the run without changed parameters says: growth of each contrast; the same of districts."""
LIKE: Final = (0.5, 0.5)
STRAIGHT: Final = (1.0, 4.0, 2.0)
"""Of each predictor: spread of what is predicted over the prior variance of columns [1]; then the prior variance, of
the second that of straight covariates against the design's, and of both that of the run's columns."""

PASSES: Final = 4
PARTS: Final = 5
_KEYS: Final = [RESIDENT, URBAN, HOUSEHOLDS]
_LEAST_SHARE: Final = 1e-4


@quickclass(frozen=True, slots=True)
class Predictor:
    """A regression of gaps: centre [figure], effects [column, figure]."""

    centre: Array
    effects: Array

    def gaps(self, columns: Array) -> Array:
        """Expected gap of each figure [county, figure], of the urban share where urban people stand."""
        return np.asarray(self.centre + rowwise(columns, self.effects), dtype=np.float64)


@quickclass(frozen=True, slots=True)
class Targets:
    """Predictors, by likeness and straight, and by census year the scale of what runs without parameters say."""

    scales: dict[int, Scale]
    like: Predictor
    straight: Predictor

    def logs(self, inputs: Inputs, run: Array) -> Array:
        """Targets as logarithms of figures [county, figure]; the run's where nothing is predicted.

        run: logarithms of figures of the run with no parameter changed [county, figure].
        """
        like, straight = both_columns(inputs, own_columns(inputs, run, self.scales))
        return met(run, (self.like.gaps(like) + self.straight.gaps(straight)) / 2.0)


def predictors(inputs: Inputs, run: Array, gaps: Array, scales: dict[int, Scale]) -> Targets:
    """Learn the gaps [county, figure] of runs [county, figure] without parameters from counties."""
    like, straight = both_columns(inputs, own_columns(inputs, run, scales))
    return Targets(scales, predictor(like, gaps), predictor(straight, gaps))


def met(run: Array, gaps: Array) -> Array:
    """Logarithms of figures [county, figure] that lie so far from the run's."""
    found = run + gaps
    found[:, [SEAT, OUTSIDE]] = run[:, [SEAT, OUTSIDE]]
    share = np.exp(run[:, URBAN] - run[:, RESIDENT]) + gaps[:, URBAN]
    found[:, URBAN] = found[:, RESIDENT] + np.log(np.clip(share, _LEAST_SHARE, 1.0))
    return np.asarray(found, dtype=np.float64)


def gaps_of(target: Figures, run: Array) -> Array:
    """How far the second census lies from the run [county, figure]; 0 where it gives no figure."""
    found = np.where(target.known, target.logs - run, 0.0)
    share = np.exp(target.logs[:, URBAN] - target.logs[:, RESIDENT]) - np.exp(run[:, URBAN] - run[:, RESIDENT])
    found[:, URBAN] = np.where(target.known[:, URBAN] & target.known[:, RESIDENT], share, 0.0)
    return found


def growth(run: Array, base: Figures) -> Array:
    """Growth of each contrast that the run says [county, contrast]; NaN where the first census lacks it."""
    found = contrast_values(run) - contrast_values(base.logs)
    found[~base.known[:, HOUSEHOLDS], RUN - 1] = np.nan
    return np.asarray(found, dtype=np.float64)


def own_columns(inputs: Inputs, run: Array, scales: dict[int, Scale]) -> Array:
    """Columns of what the run says [county, OWN], with prior variance 1 together."""
    scale = scales[min(scales, key=lambda known: abs(known - inputs.year))]
    standard = scale.standard(growth(run, inputs.base))
    known = np.where(np.isfinite(standard), standard, 0.0) / np.sqrt(RUN)
    return np.concatenate([known, known * inputs.districts[:, np.newaxis]], axis=1)


def both_columns(inputs: Inputs, own: Array) -> tuple[Array, Array]:
    """Columns of the predictor by likeness and of the straight one [county, column], for a penalty of 1."""
    spread, of_run = LIKE
    like = np.concatenate([inputs.columns, np.sqrt(of_run) * own], axis=1) / np.sqrt(spread)
    spread, of_straight, of_run = STRAIGHT
    first = inputs.columns[:, : inputs.straight] * np.sqrt(of_straight)
    province = inputs.columns[:, inputs.straight : inputs.straight + len(PROVINCES)]
    line = np.concatenate([first, province, np.sqrt(of_run) * own], axis=1) / np.sqrt(spread)
    return like, line


def predictor(columns: Array, gaps: Array) -> Predictor:
    """Learn the gaps [county, figure] from columns [county, column]; counties far off the others count less."""
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
    return Predictor(centre, effects)


def parts(prefecture: Sequence[str]) -> Integers:
    """Which of PARTS each county is in [county]: whole prefectures in the order of their codes, dealt out."""
    number = {name: place % PARTS for place, name in enumerate(sorted(set(prefecture)))}
    return np.array([number[name] for name in prefecture])
