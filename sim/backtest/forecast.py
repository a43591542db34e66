"""Draws of the second census for counties of which only the first is known."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtri

from sim.backtest.quantities import QUANTITIES, of_figures
from sim.calibrate.batch import run_many
from sim.calibrate.figures import HOUSEHOLDS, N_AGE, N_FIGURES, RESIDENT, URBAN
from sim.calibrate.hierarchy import FREEDOM, Learnt
from sim.calibrate.lanes import Lanes
from sim.calibrate.learnt_knobs import LEARNT_KNOBS, deviations
from sim.rng import uniforms

Array = NDArray[np.float64]

N_KNOBS: Final = len(LEARNT_KNOBS)
FARTHEST: Final = 6.0
"""Deviations beyond which no knob is drawn."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Standard draws of a county: of its knobs [draw, knob] (Student's t) and of what knobs leave [draw, figure]."""

    knobs: Array
    figures: Array


def noise(seed: int, code: str, draws: int) -> Noise:
    """The draws of a county, which no other county and no data changes."""
    numbers = uniforms(seed, f"backtest/{code}", range(draws), N_KNOBS + N_FIGURES + 1)
    normal = ndtri(numbers[:, :-1])
    tail = np.sqrt(FREEDOM / (2.0 * gammaincinv(FREEDOM / 2.0, numbers[:, -1])))
    return Noise(normal[:, :N_KNOBS] * tail[:, np.newaxis], normal[:, N_KNOBS:])


def draw_quantities(
    learnt: Learnt, lanes: Lanes, expected: Array, kinds: tuple[str, ...], noises: list[Noise], jobs: int
) -> Array:
    """Quantities of every draw [county, 1 + draw, quantity]: knobs are drawn around those expected, the decade is run.

    Draw 0 is the run with the expected knobs themselves.
    """
    factors = {kind: np.linalg.cholesky(spread) for kind, spread in learnt.by_kind.items()}
    drawn = np.stack(
        [
            mean + np.clip(given.knobs @ factors.get(kind, factors[""]).T, -FARTHEST, FARTHEST)
            for mean, given, kind in zip(expected, noises, kinds, strict=True)
        ]
    )
    counties, draws, _ = drawn.shape
    rows = np.repeat(np.arange(counties), draws)
    central = of_figures(run_many(lanes, expected * deviations(), jobs))
    figures = run_many(lanes.take(rows), drawn.reshape(-1, N_KNOBS) * deviations(), jobs)
    left = np.concatenate([given.figures for given in noises]) * learnt.errors
    around = of_figures(_with_errors(figures, left)).reshape(counties, draws, len(QUANTITIES))
    return np.concatenate([central[:, np.newaxis], around], axis=1)


def _with_errors(figures: Array, left: Array) -> Array:
    """Figures with what the knobs leave unexplained; ages still add up to the residents."""
    noisy = figures.copy()
    noisy[:, :N_AGE] *= np.exp(left[:, :N_AGE])
    noisy[:, [RESIDENT, URBAN, HOUSEHOLDS]] *= np.exp(left[:, [RESIDENT, URBAN, HOUSEHOLDS]])
    return noisy
