"""Indices from any independent sample, each against what chance alone would give.

Members are put into classes of a factor, and the results in each class held against all of them. Results enter by
rank, or as a variance; ties stay together, so that a result that many members share is counted as what it is.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from sim.model.arrays import Array, Integers
from sim.questions.sensitivity.index import FEW, Index, NoIndicesError

FEWEST: Final = 20
_PER_CLASS: Final = 40
_MOST_CLASSES: Final = 32
_RESULT_CLASSES: Final = 10
_FINE_CLASSES: Final = 200
"""Of results, for distances between their distributions."""
_PAWN_CLASSES: Final = 10
_SHUFFLES: Final = 50
_RESAMPLES: Final = 40
_SEED: Final = 2020
_ATOM: Final = 0.05

_GRID: Final = np.linspace(-4.0, 4.0, 81)
_STEP: Final = 0.1
_EDGES: Final = _GRID[:-1] + 0.5 * _STEP
_LAGS: Final = np.arange(-40, 41) * _STEP
"""Of normal scores."""

_Statistic = Callable[[Integers, Array], float]


def has_atoms(outcome: Array) -> bool:
    """Whether more than a twentieth of the members share one result: yes or no, a few values, a limit reached."""
    _, counts = np.unique(outcome, return_counts=True)
    return int(counts.max()) > max(1.0, _ATOM * len(outcome))


def variance(points: Array, outcome: Array) -> tuple[Index, ...]:
    """First-order shares of variance: the correlation ratio over classes of a factor, less what chance gives."""
    return (_estimated("first", _explained, points, outcome, _usual(outcome), corrected=True),)


def delta(points: Array, outcome: Array) -> tuple[Index, ...]:
    """Borgonovo's δ of the results' ranks, less what chance gives, and the first order.

    δ is the same for any rising function of the results: densities are estimated of their normal scores, so that one
    result far away spoils none; results that many members share are counted instead.
    """
    of, ranks = _apart, _classes(outcome, _RESULT_CLASSES).astype(np.float64)
    if not has_atoms(outcome):
        scores = ndtri((rankdata(outcome) - 0.5) / len(outcome))
        of, ranks = _apart_smoothed, np.clip(np.searchsorted(_EDGES, scores), 0, len(_GRID) - 1).astype(np.float64)
    found = _estimated("delta", of, points, ranks, _usual(outcome), corrected=True)
    return found, *variance(points, outcome)


def pawn(points: Array, outcome: Array) -> tuple[Index, ...]:
    """Median Kolmogorov–Smirnov distance of the results in a class from all results."""
    ranks = _classes(outcome, _FINE_CLASSES).astype(np.float64)
    return (_estimated("pawn", _distance, points, ranks, _PAWN_CLASSES, corrected=False),)


def _usual(outcome: Array) -> int:
    return min(_MOST_CLASSES, max(4, len(outcome) // _PER_CLASS))


def _classes(values: Array, most: int) -> Integers:
    """Classes of equal size, or the values themselves where there are no more than `most` of them [member]."""
    known, inverse = np.unique(values, return_inverse=True)
    if len(known) <= most:
        return np.asarray(inverse, dtype=np.int64)
    ranked = ((rankdata(values) - 0.5) / len(values) * most).astype(np.int64)
    return np.asarray(np.unique(ranked, return_inverse=True)[1], dtype=np.int64)


def _estimated(name: str, of: _Statistic, points: Array, results: Array, most: int, *, corrected: bool) -> Index:
    """A statistic of every factor. corrected: made 0 where it is what shuffled results give on average."""
    if len(results) < FEWEST:
        raise NoIndicesError(FEW)
    columns = [_classes(column, most) for column in points.T]
    random = np.random.default_rng(_SEED)
    mean, limit = _by_chance(of, columns, results, random)
    rows = [random.integers(len(results), size=len(results)) for _ in range(_RESAMPLES)]
    values = np.array([of(column, results) for column in columns])
    half = 1.96 * np.array([np.std([of(column[row], results[row]) for row in rows], ddof=1) for column in columns])
    if corrected:
        values, half, limit = (values - mean) / (1.0 - mean), half / (1.0 - mean), (limit - mean) / (1.0 - mean)
    return Index(name, values, half, limit)


def _by_chance(of: _Statistic, columns: list[Integers], results: Array, random: np.random.Generator) -> Array:
    """Mean of the statistic when results are shuffled, and three standard deviations above it [2, factor].

    It rests on the sizes of the classes alone, so that factors with the same sizes share it.
    """
    shuffled = [random.permutation(results) for _ in range(_SHUFFLES)]
    sizes = [tuple(sorted(np.bincount(column).tolist())) for column in columns]
    known: dict[tuple[int, ...], tuple[float, float]] = {}
    for size, column in zip(sizes, columns, strict=True):
        if size not in known:
            found = np.array([of(column, one) for one in shuffled])
            known[size] = float(found.mean()), float(found.mean() + 3.0 * found.std(ddof=1))
    return np.array([known[size] for size in sizes]).T


def _explained(column: Integers, results: Array) -> float:
    """The share of the variance that lies between classes."""
    sizes = np.bincount(column)
    centred = results - results.mean()
    whole = float(centred @ centred)
    sums = np.bincount(column, weights=centred)
    return 0.0 if whole == 0.0 else float((sums[sizes > 0] ** 2 / sizes[sizes > 0]).sum()) / whole


def _table(column: Integers, ranks: Array, least: int = 1) -> Array:
    """Members by class of the factor and of the result, without empty classes of the factor."""
    wide = max(int(ranks.max()) + 1, least)
    cells = np.bincount(column * wide + ranks.astype(np.int64), minlength=(int(column.max()) + 1) * wide)
    table = cells.reshape(-1, wide).astype(np.float64)
    return np.asarray(table[table.sum(axis=1) > 0.0])


def _apart(column: Integers, ranks: Array) -> float:
    """Half the mean absolute difference between the results' distribution in a class and in all."""
    table = _table(column, ranks)
    shares, whole = table.sum(axis=1, keepdims=True) / table.sum(), table.sum(axis=0) / table.sum()
    return 0.5 * float(np.abs(table / table.sum() - shares * whole).sum())


def _apart_smoothed(column: Integers, ranks: Array) -> float:
    """The same of densities on the grid of normal scores, by Gaussian kernels with Silverman's width."""
    table = _table(column, ranks, len(_GRID))
    sizes = table.sum(axis=1)
    whole = _density(table.sum(axis=0))
    distances = [float(np.abs(_density(row) - whole).sum()) for row in table]
    return 0.5 * float(sizes @ np.array(distances)) / float(sizes.sum())


def _density(counts: Array) -> Array:
    """Probabilities on the grid, smoothed."""
    size = counts.sum()
    shares = counts / size
    spread = np.sqrt(max(float(shares @ _GRID**2 - (shares @ _GRID) ** 2), _STEP**2))
    kernel = np.exp(-0.5 * (_LAGS / (spread * (0.75 * size) ** -0.2)) ** 2)
    smooth = np.convolve(shares, kernel / kernel.sum())
    return np.asarray(smooth)


def _distance(column: Integers, ranks: Array) -> float:
    """The median over classes of the largest distance between the two distribution functions."""
    table = _table(column, ranks).cumsum(axis=1)
    whole = table.sum(axis=0)
    return float(np.median(np.abs(table / table[:, -1:] - whole / whole[-1]).max(axis=1)))
