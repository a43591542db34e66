"""Raking: the table nearest to a seed that has given margins.

Iterative proportional fitting (Deming & Stephan 1940, Annals of Mathematical Statistics 11(4):
427–444, doi:10.1214/aoms/1177731829). The result keeps the seed's odds ratios, so it is the seed's
pattern with the margins put right; cells that are zero in the seed stay zero.
"""

from collections.abc import Sequence

import numpy as np

from sim.common.quickclass import quickclass
from sim.model.arrays import Array


class NoTableError(ValueError):
    """No table has these margins with the seed's zeros, or only the limit of endless rounds has them."""


@quickclass(frozen=True, slots=True)
class Margin:
    """A margin to meet: the axes that remain, in rising order, and the totals over the other axes."""

    axes: tuple[int, ...]
    totals: Array


@quickclass(frozen=True, slots=True)
class Raked:
    """A raked table, the rounds it took, and the largest miss of a margin [share of the grand total]."""

    table: Array
    rounds: int
    miss: float


def rake(seed: Array, margins: Sequence[Margin], tolerance: float = 1e-12, rounds: int = 5000) -> Raked:
    """The table with the seed's odds ratios and the margins' totals [units of the margins], shape of `seed`.

    The last margin is met to rounding, the others to `tolerance` of the grand total.
    ValueError: shapes that do not fit, negative or non-finite numbers, margins with different grand
    totals. NoTableError, a ValueError: a total above zero where the seed has only zeros, or no convergence
    within `rounds` (zeros that contradict the margins, or nearly).
    """
    _check(seed, margins)
    table = seed.astype(np.float64, copy=True)
    total = float(margins[-1].totals.sum())
    if total == 0.0:
        return Raked(np.zeros_like(table), 0, 0.0)
    margins = [Margin(margin.axes, margin.totals * (total / margin.totals.sum())) for margin in margins]
    miss = np.inf
    for done in range(1, rounds + 1):
        for margin in margins:
            table *= _factors(table, margin)
        miss = max(_miss(table, margin) for margin in margins) / total
        if miss <= tolerance:
            return Raked(table, done, miss)
    raise NoTableError(f"no table with these margins and zeros: off by {miss:.3g} of the total after {rounds} rounds")


def _others(table: Array, margin: Margin) -> tuple[int, ...]:
    return tuple(axis for axis in range(table.ndim) if axis not in margin.axes)


def _factors(table: Array, margin: Margin) -> Array:
    sums = table.sum(axis=_others(table, margin))
    factors: Array = np.divide(margin.totals, sums, out=np.zeros_like(sums), where=sums > 0)
    shape = [table.shape[axis] if axis in margin.axes else 1 for axis in range(table.ndim)]
    return factors.reshape(shape)


def _miss(table: Array, margin: Margin) -> float:
    return float(np.abs(table.sum(axis=_others(table, margin)) - margin.totals).max())


def _check(seed: Array, margins: Sequence[Margin]) -> None:
    if not margins:
        raise ValueError("raking needs a margin")
    if not np.isfinite(seed).all() or (seed < 0).any():
        raise ValueError("the seed is negative or not finite somewhere")
    grand = float(margins[-1].totals.sum())
    for margin in margins:
        if tuple(sorted(set(margin.axes))) != margin.axes or any(axis >= seed.ndim for axis in margin.axes):
            raise ValueError(f"axes {margin.axes} of a table of {seed.ndim}")
        if margin.totals.shape != tuple(seed.shape[axis] for axis in margin.axes):
            raise ValueError(f"totals of shape {margin.totals.shape} over axes {margin.axes} of {seed.shape}")
        if not np.isfinite(margin.totals).all() or (margin.totals < 0).any():
            raise ValueError("a total is negative or not finite")
        if abs(float(margin.totals.sum()) - grand) > 1e-9 * max(grand, 1.0):
            raise ValueError(f"margins with different grand totals: {margin.totals.sum():.10g} and {grand:.10g}")
        empty = (seed.sum(axis=_others(seed, margin)) <= 0) & (margin.totals > 0)
        if empty.any():
            raise NoTableError(f"a total above zero at {np.argwhere(empty)[0].tolist()} where the seed is all zero")
