"""How good forecasts were: error, bias, CRPS, and how often their bands held what came."""

from dataclasses import replace
from typing import Final

import numpy as np

from sim.common.quickclass import quickclass
from sim.evidence.backtest.quantities import QUANTITIES, errors
from sim.model.arrays import Array

BANDS: Final = (50, 80, 95)


@quickclass(frozen=True, slots=True)
class Score:
    """Scores of one method on one quantity, in points or percent.

    crps: continuous ranked probability score, which for a single figure is its absolute error. coverage [1] and
    width of the 50, 80 and 95% bands, where the method has any.
    """

    counties: int
    error: float
    bias: float
    crps: float
    coverage: tuple[float, ...] = ()
    width: tuple[float, ...] = ()


def score_points(predicted: Array, came: Array) -> list[Score | None]:
    """Scores by quantity of single figures [county, quantity]; None where a method says nothing."""
    found: list[Score | None] = []
    for each in errors(predicted, came).T:
        known = each[np.isfinite(each)]
        if not len(known):
            found.append(None)
            continue
        error = float(np.abs(known).mean())
        found.append(Score(len(known), error, float(known.mean()), error))
    return found


def score_draws(central: Array, draws: Array, came: Array) -> list[Score | None]:
    """Scores by quantity of single figures [county, quantity] and of draws around them [county, draw, quantity]."""
    points = score_points(central, came)
    away = np.sort(errors(draws, came[:, np.newaxis]), axis=1)
    found: list[Score | None] = []
    for quantity in range(len(QUANTITIES)):
        point, each = points[quantity], away[:, :, quantity]
        each = each[np.isfinite(each).all(axis=1)]
        if point is None or not len(each):
            found.append(None)
            continue
        inside, width = zip(*(_band(each, band) for band in BANDS), strict=True)
        found.append(replace(point, crps=float(crps(each).mean()), coverage=inside, width=width))
    return found


def _band(away: Array, band: int) -> tuple[float, float]:
    """Share of counties whose truth (0) lies in the central band of the sorted draws, and the band's mean width."""
    tail = (1.0 - band / 100.0) / 2.0
    low, high = np.quantile(away, [tail, 1.0 - tail], axis=1)
    return float(((low <= 0.0) & (high >= 0.0)).mean()), float((high - low).mean())


def crps(away: Array) -> Array:
    """Continuous ranked probability score of sorted draws of an error, truth at 0 [county].

    E|X| − E|X − X'| / 2 with the draws as the distribution (Gneiting & Raftery 2007, doi:10.1198/016214506000001437).
    """
    draws = away.shape[1]
    weights = 2.0 * np.arange(1, draws + 1) - draws - 1.0
    spread = away @ weights / draws**2
    return np.asarray(np.abs(away).mean(axis=1) - spread, dtype=np.float64)
