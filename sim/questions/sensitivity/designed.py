"""Indices that rest on how members were drawn: blocks of Saltelli, curves of FAST, trajectories of Morris, grids."""

from typing import Final

import numpy as np
from scipy.special import stdtrit

from sim.model.arrays import Array, Flags
from sim.questions.sensitivity.index import FEW, Index, NoIndicesError, index
from sim.questions.sweep.curves import HARMONICS, frequencies
from sim.questions.texts import tr

_RESAMPLES: Final = 100
_SEED: Final = 2020
_FEWEST_OF_CURVE: Final = 65
"""Members of a curve of FAST below which frequencies run into each other."""
_STILL: Final = 1e-9


def sobol(points: Array, outcome: Array) -> tuple[Index, ...]:
    """First (Saltelli 2010) and total (Jansen) indices, with bootstrap intervals over whole blocks."""
    blocks = (outcome - outcome.mean()).reshape(-1, points.shape[1] + 2)
    count = len(blocks)
    if count < 2:
        raise NoIndicesError(FEW)
    first, total = _of_blocks(blocks)
    random = np.random.default_rng(_SEED)
    again = np.stack([_of_blocks(blocks[random.integers(count, size=count)]) for _ in range(_RESAMPLES)])
    half = _wide(count) * again.std(axis=0, ddof=1)
    return index("first", first, half[0]), index("total", total, half[1])


def _of_blocks(blocks: Array) -> Array:
    """First and total indices of every factor, from blocks A, AB…, B of centred results."""
    one, mixed, other = blocks[:, :1], blocks[:, 1:-1], blocks[:, -1:]
    whole = np.concatenate([one, other]).var()
    if whole == 0.0:
        return np.zeros((2, mixed.shape[1]))
    first, total = (other * (mixed - one)).mean(axis=0), 0.5 * ((one - mixed) ** 2).mean(axis=0)
    return np.asarray(np.stack([first, total]) / whole)


def _wide(count: int) -> float:
    """Half a 95% interval of a mean against its standard error, which few parts make too small."""
    return float(stdtrit(count - 1, 0.975)) * float(np.sqrt(count / (count - 1)))


def fast(points: Array, outcome: Array) -> tuple[Index, ...]:
    """First and total indices by the spectrum of each factor's own curve."""
    if len(outcome) < _FEWEST_OF_CURVE * points.shape[1]:
        raise NoIndicesError(FEW)
    curves = outcome[: len(outcome) // points.shape[1] * points.shape[1]].reshape(points.shape[1], -1)
    own, _ = frequencies(curves.shape[1], len(curves))
    power = np.abs(np.fft.rfft(curves - curves.mean(axis=1, keepdims=True))[:, 1 : (curves.shape[1] + 1) // 2]) ** 2
    whole = power.sum(axis=1)
    varied = whole > 0.0
    whole = np.where(varied, whole, 1.0)
    first = power[:, np.arange(1, HARMONICS + 1) * own - 1].sum(axis=1) / whole
    total = 1.0 - power[:, : own // 2].sum(axis=1) / whole
    return index("first", first), index("total", np.where(varied, total, 0.0))


def effects(points: Array, outcome: Array) -> Array:
    """Elementary effects: a step's change of the result over the step that was taken [trajectory, factor]."""
    n = points.shape[1]
    steps = np.diff(points.reshape(-1, n + 1, n), axis=1)
    change = np.diff(outcome.reshape(-1, n + 1), axis=1)[..., np.newaxis]
    moved = np.abs(steps) > _STILL
    return np.asarray(np.divide(change, steps, out=np.zeros_like(steps), where=moved).sum(axis=1))


def morris(points: Array, outcome: Array) -> tuple[Index, ...]:
    """Mean size of a factor's elementary effects, and their spread."""
    found = effects(points, outcome)
    count = len(found)
    if count < 2:
        raise NoIndicesError(FEW)
    sizes = np.abs(found)
    half = _wide(count) * sizes.std(axis=0) / np.sqrt(count)
    return index("mu_star", sizes.mean(axis=0), half), index("sigma", found.std(axis=0, ddof=1))


def anova(points: Array, outcome: Array) -> tuple[Index, ...]:
    """Shares of variance over a full grid; nothing is estimated, so that there is no interval."""
    positions = [np.unique(points[:, column], return_inverse=True) for column in range(points.shape[1])]
    shape = tuple(len(known) for known, _ in positions)
    if np.prod(shape) != len(outcome):
        raise NoIndicesError(tr("the grid is not whole"))
    cube = np.empty(shape)
    cube[tuple(inverse for _, inverse in positions)] = outcome
    axes = range(len(shape))
    whole = cube.var()
    first = [cube.mean(axis=tuple(a for a in axes if a != axis)).var() / whole for axis in axes]
    total = [1.0 - cube.mean(axis=axis).var() / whole for axis in axes]
    return index("first", np.array(first)), index("total", np.array(total))


def alone(points: Array, column: int) -> Flags:
    """Members in which no other factor has left its base [member]."""
    others = np.arange(points.shape[1]) != column
    return np.asarray((points[:, others] == points[0, others]).all(axis=1))


def swing(points: Array, outcome: Array) -> tuple[Index, ...]:
    """The largest less the smallest result with all other factors at their base."""
    swings = [float(np.ptp(outcome[alone(points, column)])) for column in range(points.shape[1])]
    return (index("swing", np.array(swings)),)
