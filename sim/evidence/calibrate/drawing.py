"""Draws of a decade for counties of which one census is known."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.special import gammaincinv, ndtri

from sim.common.quickclass import quickclass
from sim.evidence.calibrate.bands import BAND, Bands
from sim.evidence.calibrate.batch import run_many
from sim.evidence.calibrate.closing import FARTHEST
from sim.evidence.calibrate.contrasts import contrast_values, contrasts, levers, noise_variance
from sim.evidence.calibrate.figures import HOUSEHOLDS, N_AGE, N_FIGURES, RESIDENT, URBAN
from sim.evidence.calibrate.free_parameters import LEARNT_PARAMETERS, deviations
from sim.evidence.calibrate.hierarchy import FREEDOM, Learnt, Linear
from sim.evidence.calibrate.inputs import Inputs
from sim.evidence.calibrate.replay import Lanes
from sim.model.arrays import Array
from sim.model.draws.rng import uniforms

N_LEARNT: Final = len(LEARNT_PARAMETERS)
PILOT: Final = 60
"""Draws by which it is seen how runs bend."""

LEAST_PART: Final = 0.05
"""Of the variance of each contrast, at least this comes from parameters."""

LEAST_BEND: Final = 0.4
NORMAL_EDGE: Final = float(ndtri(0.5 + BAND / 2.0))


@quickclass(frozen=True, slots=True)
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
    learnt: Learnt, bands: Bands, lanes: Lanes, inputs: Inputs, at: Linear, noises: Sequence[Noise], jobs: int
) -> Array:
    """Figures of every draw [county, draw, figure]: parameters drawn around those expected (`at`), the decade run.

    What the draws make of each contrast is as wide as was learnt, and lies around the run with expected parameters.
    """
    here = contrasts(at.logs, at.slopes)
    lever = levers(here.slopes, learnt.spread)
    away = np.stack([_drawn(learnt, kind, given) for kind, given in zip(inputs.kinds, noises, strict=True)])
    wide = bands.spread(inputs)
    left_over = noise_variance(at.logs, learnt.errors)
    wide = np.sqrt(np.maximum(wide**2 - left_over, LEAST_PART * wide**2))
    made = np.einsum("ick,idk->idc", here.slopes, away)
    wanted = np.einsum("icb,idb->idc", turning(learnt, bands, here.slopes, inputs.kinds, wide), made)
    off = away - np.einsum("ikc,idc->idk", lever, made)
    pilot = _runs(lanes, _around(at, off + _moved(lever, wanted))[:, :PILOT], jobs)
    came = contrast_values(np.log(np.maximum(pilot, 1.0))) - here.values[:, np.newaxis]
    bent = _bent(wanted[:, :PILOT], came)
    wanted = wanted / np.where(wanted > 0.0, bent[:, :1], bent[:, 1:])
    left = np.stack([given.figures for given in noises]) * learnt.errors
    return _with_errors(_runs(lanes, _around(at, off + _moved(lever, wanted)), jobs), left)


def _around(at: Linear, away: Array) -> Array:
    """Parameters so far from those expected [county, draw, theta], none farther than any is drawn."""
    return np.asarray(at.parameters[:, np.newaxis] + np.clip(away, -FARTHEST, FARTHEST), dtype=np.float64)


def _moved(lever: Array, wanted: Array) -> Array:
    """Changes of parameters [county, draw, theta] that make these changes of contrasts [county, draw, contrast]."""
    return np.asarray(np.einsum("ikc,idc->idk", lever, wanted), dtype=np.float64)


def _bent(wanted: Array, came: Array) -> Array:
    """What comes of a change of a contrast over what is wanted [county, 2, contrast], upwards and downwards.

    wanted, came [county, draw, contrast]. Runs bend where lines do not: no urban share passes 100%.
    """
    found = []
    for side in (wanted > 0.0, wanted <= 0.0):
        asked = np.where(side, np.abs(wanted), 0.0).sum(axis=1)
        got = np.where(side, came * np.sign(wanted), 0.0).sum(axis=1)
        found.append(np.clip(got / np.maximum(asked, 1e-9), LEAST_BEND, 1.0 / LEAST_BEND))
    return np.stack(found, axis=1)


def turning(learnt: Learnt, bands: Bands, slopes: Array, kinds: Sequence[str], wide: Array) -> Array:
    """What changes of contrasts that draws of parameters make are multiplied by [county, contrast, contrast].

    They are then as wide [county, contrast], and go together as was learnt. slopes: of contrasts
    [county, contrast, theta].
    """
    spread = np.stack([learnt.by_kind.get(kind, learnt.by_kind[""]) for kind in kinds])
    covariance = slopes @ spread @ slopes.transpose(0, 2, 1)
    own = np.linalg.cholesky(covariance + 1e-9 * np.einsum("icc->i", covariance)[:, None, None] * np.eye(wide.shape[1]))
    wished = wide[..., np.newaxis] * np.linalg.cholesky(bands.together)
    return np.asarray(wished @ np.linalg.inv(own), dtype=np.float64)


def covariances(learnt: Learnt, bands: Bands, at: Linear, inputs: Inputs) -> Array:
    """Covariance of scaled parameters around those expected, as wide as draws are [county, theta, theta]."""
    slopes = contrasts(at.logs, at.slopes).slopes
    lever = levers(slopes, learnt.spread)
    turn = turning(learnt, bands, slopes, inputs.kinds, bands.half(inputs) / NORMAL_EDGE)
    wider = np.eye(slopes.shape[2]) + lever @ (turn - np.eye(slopes.shape[1])) @ slopes
    spread = np.stack([learnt.by_kind.get(kind, learnt.by_kind[""]) for kind in inputs.kinds])
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
