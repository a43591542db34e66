"""Draws of a decade for counties of which one census is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import gammaincinv, ndtri

from sim.evidence.calibrate.bands import Widths
from sim.evidence.calibrate.batch import run_many
from sim.evidence.calibrate.contrasts import contrast_logs, contrasts, levers
from sim.evidence.calibrate.figures import HOUSEHOLDS, N_AGE, N_FIGURES, RESIDENT, URBAN
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS, deviations
from sim.evidence.calibrate.hierarchy import FREEDOM, Learnt, Linear
from sim.evidence.calibrate.replay import Lanes
from sim.model.arrays import Array
from sim.model.draws.rng import uniforms

N_LEARNT: Final = len(LEARNT_PARAMETERS)
FARTHEST: Final = 6.0
"""Deviations beyond which no parameter is drawn."""

PILOT: Final = 60
"""Draws of which the median is brought to the run with the expected parameters."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Standard draws of a county: of parameters [draw, theta] (Student's t) and of what these leave [draw, figure]."""

    parameters: Array
    figures: Array


def noise(seed: int, code: str, draws: int) -> Noise:
    """The draws of a county, which no other county and no data changes."""
    numbers = uniforms(seed, f"decade/{code}", range(draws), N_LEARNT + N_FIGURES + 1)
    normal = ndtri(numbers[:, :-1])
    tail = np.sqrt(FREEDOM / (2.0 * gammaincinv(FREEDOM / 2.0, numbers[:, -1])))
    return Noise(normal[:, :N_LEARNT] * tail[:, np.newaxis], normal[:, N_LEARNT:])


def draw_figures(
    learnt: Learnt, widths: Widths, lanes: Lanes, at: Linear, kinds: Sequence[str], noises: Sequence[Noise], jobs: int
) -> Array:
    """Figures of every draw [county, draw, figure]: parameters drawn around those expected (`at`), the decade run.

    What the draws make of each contrast is as wide as was learnt, and its median is the run with expected parameters.
    """
    here = contrasts(at.logs, at.slopes)
    lever = levers(here.slopes, learnt.spread)
    away = np.stack([_drawn(learnt, kind, given) for kind, given in zip(kinds, noises, strict=True)])
    factors = np.stack([widths.of(kind) for kind in kinds])
    away = np.einsum("ikl,idl->idk", stretching(here.slopes, lever, factors), away)
    pilot = _runs(lanes, at.parameters[:, np.newaxis] + away[:, :PILOT], jobs)
    slip = here.logs - np.median(contrast_logs(np.log(np.maximum(pilot, 1.0))), axis=1)
    drawn = at.parameters[:, np.newaxis] + away + np.einsum("ikc,ic->ik", lever, slip)[:, np.newaxis]
    left = np.stack([given.figures for given in noises]) * learnt.errors
    return _with_errors(_runs(lanes, drawn, jobs), left)


def stretching(slopes: Array, lever: Array, factors: Array) -> Array:
    """What draws of parameters are multiplied by so that each contrast is as wide as was learnt [county, theta, theta].

    slopes [county, contrast, theta] and lever [county, theta, contrast] of the contrasts; factors [county, contrast].
    """
    return np.asarray(np.eye(slopes.shape[2]) + np.einsum("ikc,ic,icl->ikl", lever, factors - 1.0, slopes))


def covariances(learnt: Learnt, widths: Widths, at: Linear, kinds: Sequence[str]) -> Array:
    """Covariance of scaled parameters around those expected, as wide as draws are [county, theta, theta]."""
    slopes = contrasts(at.logs, at.slopes).slopes
    wider = stretching(slopes, levers(slopes, learnt.spread), np.stack([widths.of(kind) for kind in kinds]))
    spread = np.stack([learnt.by_kind.get(kind, learnt.by_kind[""]) for kind in kinds])
    return np.asarray(wider @ spread @ wider.transpose(0, 2, 1))


def _drawn(learnt: Learnt, kind: str, given: Noise) -> Array:
    """Draws of a county's scaled parameters around those expected [draw, theta]."""
    spread = learnt.by_kind.get(kind, learnt.by_kind[""])
    return np.asarray(np.clip(given.parameters @ np.linalg.cholesky(spread).T, -FARTHEST, FARTHEST), dtype=np.float64)


def _runs(lanes: Lanes, parameters: Array, jobs: int) -> Array:
    """Figures [county, draw, figure] of runs with scaled parameters [county, draw, theta]."""
    counties, draws, _ = parameters.shape
    rows = np.repeat(np.arange(counties), draws)
    return run_many(lanes.take(rows), parameters.reshape(-1, N_LEARNT) * deviations(), jobs).reshape(
        counties, draws, N_FIGURES
    )


def _with_errors(figures: Array, left: Array) -> Array:
    """Figures with what the parameters leave unexplained [..., figure]."""
    noisy = figures.copy()
    noisy[..., :N_AGE] *= np.exp(left[..., :N_AGE])
    totals = [RESIDENT, URBAN, HOUSEHOLDS]
    noisy[..., totals] *= np.exp(left[..., totals])
    noisy[..., URBAN] = np.minimum(noisy[..., URBAN], noisy[..., RESIDENT])
    return noisy
